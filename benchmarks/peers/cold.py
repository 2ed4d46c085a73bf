"""A cold start: from `python` to a network that has learned the digits, the imports and all compilation included."""

import os
import resource
import subprocess
import sys
import time

from peers.worker import environment

PROGRAM = """
import importlib, sys
sys.path.insert(0, sys.argv[1])
from peers.tasks import TASKS, data
task, (X, y) = TASKS["digits"], data("digits")
run, score = next(iter(importlib.import_module("peers." + sys.argv[2]).jobs(task, X, y).values()))
right = score(run())
assert right >= task.least, f"only {right:.1%} of the digits are read"
"""


def start(peer, folder):
    """Return the seconds that a fresh interpreter took, by the clock on the wall and of the CPU's own time."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", PROGRAM, folder, peer], check=True, env=os.environ | environment(1))
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
