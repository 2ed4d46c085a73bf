#!/bin/sh
# NumPy 2.4.6: Ctrl-C within `with np.errstate(...)` can leave the settings changed for good, as if there were no `with`.
#
# Guess beforehand: a `with` gives back what it took, whatever stops it, Ctrl-C first of all.
# Seen: of 1,000 interrupts of a loop of nothing but `with np.errstate(over="ignore"): pass`, a quarter leave "ignore" behind, and
# from then on an overflow of the reader's own is silent. `__enter__` is written in Python: where Ctrl-C comes after the call
# that changes the settings and before `__enter__` has returned, `__exit__` is never called. The decorator has the same gap
# before its `try`, and `np.random.default_rng` is made within such a decorator. It is not NumPy alone: every `with` of
# Python's own making has this gap (bpo-29988). What helps: NumPy keeps its settings in a context variable, and a function
# that runs in a copy of the context, contextvars.copy_context().run(function), leaves the caller's as they were.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6
"$folder/env/bin/python" - <<'PY'
import signal
from contextvars import copy_context

import numpy as np


def quietly():
    while True:
        with np.errstate(over="ignore"):
            pass


def interrupted(function):
    """Return how many of 1,000 interrupts leave other settings."""
    changed, before = 0, np.geterr()
    for i in range(1000):
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.0005 + 1e-7 * i)
            function()
        except KeyboardInterrupt:
            pass
        changed += np.geterr() != before
        np.seterr(**before)
    return changed


signal.signal(signal.SIGALRM, signal.default_int_handler)
by_with = interrupted(quietly)
in_a_copy = interrupted(lambda: copy_context().run(quietly))
print(f"of 1,000 interrupts, settings left changed: {by_with} by `with`, {in_a_copy} in a copy of the context")
assert by_with > 0
assert in_a_copy == 0
PY
