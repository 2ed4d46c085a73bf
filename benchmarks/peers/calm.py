"""Whether the machine is free for a measurement: what programs take of its CPUs while ours all wait."""

import os
import time
from pathlib import Path

STAT = Path("/proc/stat")
CALM, TRIES = 0.25, 15  # CPUs; times that we wait


def taken(seconds=1.0):
    """Return how many CPUs are taken during the next seconds; 0 on systems that do not say."""
    if not STAT.exists():
        return 0.0
    before = _busy()
    time.sleep(seconds)
    return (_busy() - before) / seconds


def _busy():
    user, nice, system, _idle, _waiting, *others = map(int, STAT.read_text(encoding="utf-8").splitlines()[0].split()[1:8])
    return (user + nice + system + sum(others)) / os.sysconf("SC_CLK_TCK")


def wait(tries=TRIES):
    """Wait for a calm moment; return how many CPUs were taken in the calmest there was, and stop at the first."""
    least = taken()
    while least > CALM and tries > 1:
        least, tries = min(least, taken()), tries - 1
    return least
