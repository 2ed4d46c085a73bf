"""Read the built book in Chromium, in Firefox and in WebKitGTK, as `make engines` does.

python tests/engines/check.py [--quick] [Chromium] [Firefox] [WebKitGTK]

In each engine every figure wakes, is moved by keys, dragged and trained, and shows what CPython computes; a figure lives in a
frame of another site; the policy refuses what it should; a page is read without its server; every exercise is answered with its
worked solution; and Python's start is measured. `--quick` takes some figures and one exercise, in the two engines that the
other tests do not use, and measures nothing. An engine that lacks something is installed where we may install; else it is
named, with the package that brings it, and fails the check.
"""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from engines import answered, begun, driven, framed, refused, unplugged  # noqa: E402 - beside the tests
from engines.browsers import BROWSERS, session  # noqa: E402
from engines.needs import NEEDS, install, missing  # noqa: E402
from engines.window import EngineError  # noqa: E402
from figures import PAGES  # noqa: E402
from web import serve  # noqa: E402

HTML = ROOT / "_build" / "html"
# A handle, an arrow, a weight; points that train; a curve; a run that opens in its middle; paper. No two are of one page.
QUICK = ["tune_a_neuron", "train_a_perceptron", "spiking_neuron", "race", "draw_a_digit"]


@dataclass
class Found:
    """What an engine was found to do: of each thing how often it was right, and how often it was tried."""

    version: str = ""
    counts: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)

    def take(self, what, which, fault):
        """Count one thing that was tried; `fault` says in words what was wrong, and is empty where it was right."""
        right, tried = self.counts.get(what, (0, 0))
        self.counts[what] = (right + (not fault), tried + 1)
        if fault:
            self.faults.append(f"{what}: {which}: {fault}")


def parts(engine, window, site, quick):
    """Return what is to be read, one part after the other; each yields (what, which, fault)."""
    yield driven.read(window, site, QUICK if quick else [*PAGES])
    yield framed.read(engine, window, HTML)
    yield refused.read(window, HTML)
    yield unplugged.read(window, HTML)
    yield answered.read(window, site, HTML, 1 if quick else None)


def check(engine, quick=False):
    """Read the book in an engine, tell of it line by line, and return what was found."""
    found, begun_at = Found(), time.monotonic()

    def tell(words):
        print(f"{engine}: {words} ({time.monotonic() - begun_at:.0f} s)", flush=True)

    def take(part):
        before = dict(found.counts)
        for what, which, fault in part:
            found.take(what, which, fault)
            if fault:
                tell(f"WRONG: {found.faults[-1]}")
            elif what == "starts of Python":
                tell(which)
        for what in [one for one in found.counts if one not in before]:
            right, tried = found.counts[what]
            tell(f"{what}: {right} of {tried}")

    try:
        if lack := engine in NEEDS and missing(engine):
            raise EngineError(lack)
        if not (HTML / "index.html").is_file():
            raise EngineError("the book is not built: run `make book` first")
        with serve(HTML) as site:
            with session(engine) as window:
                found.version = window.version
                for part in parts(engine, window, site, quick):
                    take(part)
            if not quick:  # starts are those of browsers of their own, and Playwright has one at a time
                take(begun.read(engine, site))
    except (EngineError, OSError) as error:
        found.faults.append(str(error))
        tell(f"FAILED: {error}")
    return found


def main(arguments):
    """Check the engines that are named, or all; return what is wrong, in words, or nothing."""
    quick = "--quick" in arguments
    chosen = [one for one in arguments if one != "--quick"] or list(NEEDS if quick else BROWSERS)
    if unknown := set(chosen) - BROWSERS.keys():
        return f"There is no engine {', '.join(sorted(unknown))}: choose from {', '.join(BROWSERS)}."
    install([engine for engine in chosen if engine in NEEDS])
    wrong = [engine for engine in chosen if check(engine, quick).faults]
    return f"The book was not found as it should be in {', '.join(wrong)}." if wrong else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
