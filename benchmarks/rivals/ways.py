"""Which way a training takes: the plain one, or a record of it, replayed call by call or compiled."""

from collections import Counter
from contextlib import contextmanager

from nnlib import training

taken = Counter()  # epochs, by the way that they took
SLOWER = ["plain"] if hasattr(training, "Recorded") else []  # an older nnlib has no other
_only = ""


def _watched(recorded):
    class Watched(recorded):
        def epoch(self, rng):
            measured = None if _only == "plain" else super().epoch(rng)
            taken["plain" if measured is None else "replayed"] += 1
            return measured

    return Watched


if SLOWER:
    training.Recorded = _watched(training.Recorded)


@contextmanager
def only(way):
    """Allow no other way."""
    global _only
    _only, before = way, _only
    try:
        yield
    finally:
        _only = before


def told():
    """Return what was taken since it was last told, in words."""
    words = ", ".join(taken) or "plain"
    taken.clear()
    return words
