"""The book works in three browsers: every figure, every exercise, the frames, the policy, and a page without its server.

Each is read whole by `tests/engines/check.py`; where anything is wrong in one of them, the claim does not hold.
"""

import sys

from record import ROOT, claim

sys.path.insert(0, str(ROOT / "tests" / "engines"))

import check

from nnlib.exercises import EXERCISES
from nnlib.explorables import EXPLORABLES

ALL = {"figures live": len(EXPLORABLES), "moved by keys": len(EXPLORABLES), "exercises solved": len(EXERCISES)}
KEPT = ("figures live", "moved by keys", "dragged", "trained", "exercises solved", "framed by another site", "policy")


def main():
    """Read the book in each engine; keep its version and how often each thing was right."""
    check.install(check.NEEDS)
    with claim("browsers") as figures:
        for engine in check.BROWSERS:
            found = check.check(engine)
            if found.faults:
                raise AssertionError(f"{engine}: {found.faults[0]}, and {len(found.faults) - 1} more")
            if less := {what: found.counts.get(what) for what, all_ in ALL.items() if found.counts.get(what) != (all_, all_)}:
                raise AssertionError(f"{engine} was not used whole: {less}, not {ALL}")
            name = engine.lower()
            figures[f"{name}_version"] = found.version
            for what in KEPT:
                figures[f"{name}_{what.replace(' ', '_')}"] = found.counts[what][0]


if __name__ == "__main__":
    main()
