"""Which way nnlib's trainings take: the plain one, or a record, which is compiled or replayed; an older nnlib has none."""

import sys
from collections import Counter
from contextlib import contextmanager
from importlib.util import find_spec

from nnlib import training

taken = Counter()  # epochs, by the way that they took, and the reason where it is the plain one
Recorded = getattr(training, "Recorded", None)
SLOWER = [*["replayed"] * bool(find_spec("nnlib.recording.compiled")), "plain"] if Recorded else []
_only = ""


def _watched(epoch):
    def watched(self, rng):
        measured = None if _only == "plain" else epoch(self, rng)
        taken["plain, by request" if _only == "plain" else self.way] += 1
        return measured

    return watched


def _asked(compiled):
    return lambda *arguments: compiled(*arguments) if not _only else None


if Recorded:
    Recorded.epoch = _watched(Recorded.epoch)
for name, module in sys.modules.items():
    if name.startswith("nnlib.recording.") and callable(vars(module).get("compiled")):
        module.compiled = _asked(module.compiled)


@contextmanager
def only(way):
    """Allow no other way; "" allows all."""
    global _only
    _only, before = way, _only
    try:
        yield
    finally:
        _only = before


def told():
    """Return what was taken since it was last told, in words."""
    words = "; ".join(taken) or "plain"
    taken.clear()
    return words
