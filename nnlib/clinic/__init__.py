"""Checks for a reader's own program: whether it runs, its shapes agree, it steps downhill, and it can learn.

`examine` takes a program as it is: how a new one is made, how it is asked, how it is trained for one step. Each check says what
it saw, what that means, and what to look at next. Nothing needs to be known of the program's inside: its parameters are found
by what its answers depend on, and their slopes by differences.
"""

from functools import cached_property

import numpy as np

from nnlib.arrays import as_array, as_count, as_numbers
from nnlib.clinic import checks, learning
from nnlib.clinic.checklist import Checklist, Finding
from nnlib.clinic.program import Program, Stopped, apart

__all__ = ["Checklist", "Finding", "examine"]

SAMPLES = 500  # that are looked at, of more
#: The checks by their names, in the order in which faults are worth mending.
_CHECKS = {
    "shapes": checks.shapes,
    "asked row by row": checks.questions,
    "awake at the start": checks.start,
    "targets in reach": checks.reach,
    "taught by its targets": checks.given,
    "every label teaches": checks.teaches,
    "every parameter moves": checks.moves,
    "hidden neurons differ": checks.symmetry,
    "one step, downhill": learning.downhill,
    "more than one line": learning.line,
    "biases": learning.biases,
    "overfits twenty": learning.overfits,
    "other labels": learning.shuffled,
}
NAMES = "runs", *_CHECKS
NO_PARAMETERS = "shapes", "asked row by row", "every parameter moves"  # the checks where there is nothing to learn with


class Case(checks.Case):
    """A program with the outcome of training it on a few samples.

    Examples
    --------
    >>> X, y = np.array([[0.0], [1.0]]), np.array([0.0, 1.0])
    >>> program = Program(lambda: {"w": np.zeros(1)}, lambda net, X: X @ net["w"], None, X, y)
    >>> Case(program, rounds=10).trial is None  # nothing trains it
    True
    """

    @cached_property
    def trial(self):
        """What came of training on up to twenty samples; None where the program is not trained."""
        rows = self.rows
        return learning.trained(self, self.program.X[rows], self.program.y[rows]) if self.program.trains else None


def examine(fresh, predict, train, X, y, rounds=3000) -> Checklist:
    """Examine a program that is meant to learn, and return a `Checklist`.

    Raises ValueError where X is no table or y has another length. Whatever the program itself does becomes a finding; what it
    prints is not shown, and the random generators of NumPy and Python are left as they were.

    Parameters
    ----------
    fresh : callable
        Makes a new, untrained network: a class, or a function without arguments that returns any object.
    predict : callable
        From (network, X) to its answers, a row for each row of X. Hand over the answers before they are rounded.
    train : callable or None
        From (network, X, y): trains for one step, in place, or returns the network after it. None where nothing trains.
    X : array, shape (samples, features)
        Samples that it is meant for.
    y : array, shape (samples,) or (samples, outputs)
        Their targets, as the program wants them.
    rounds : int
        How many steps of training it may take to learn twenty of the samples by heart.

    Examples
    --------
    >>> from nnlib import Neuron
    >>> def predict(neuron, X):
    ...     return [neuron(x) for x in X]
    >>> checklist = examine(lambda: Neuron([0.5, -0.2], 0.1), predict, None, [[0, 0], [1, 1]], [0, 1])
    >>> checklist.faults
    ['every parameter moves']
    >>> checklist["shapes"]
    ✓ shapes: 2 samples get answers of shape (2,); the targets have (2,).
    """
    for values, name in ((X, "X"), (y, "y")):
        as_numbers(values, name)
    X, y = as_array(X), as_array(y)
    if X.ndim != 2 or not X.size:
        raise ValueError(f"X has shape {X.shape}, but samples are rows, (samples, features): write X.reshape(len(X), -1).")
    if not y.ndim or len(y) != len(X):
        raise ValueError(f"y has shape {y.shape}, but there are {len(X)} samples: pass a target for each row of X.")
    if len(X) > SAMPLES:
        few = np.linspace(0, len(X) - 1, SAMPLES).round().astype(int)
        X, y = X[few], y[few]
    case = Case(Program(fresh, predict, train, X, y), as_count(rounds, "rounds"))
    with apart():
        return examine_case(case)


def examine_case(case) -> Checklist:
    """Return the checklist of a `Case`, for whoever wants to know what came of its training as well."""
    found, program = Checklist([Finding("runs", *checks.runs(case))]), case.program
    if not found.passed:
        return found
    program.find_parameters(case.rng)
    for name in _CHECKS if program.parameters else NO_PARAMETERS:
        found.append(_checked(name, case))
        if name == "shapes" and found.faults:
            break  # what comes after compares answers with targets
    return found


def _checked(name, case):
    """Return the finding of a check, whatever the program does meanwhile."""
    try:
        return Finding(name, *_CHECKS[name](case))
    except Stopped as stopped:
        return Finding(name, None, f"Not checked: {checks.told(stopped)[0]}")
