"""The atlas of XOR: what was swept, the starts of it, and how many of them have learned: `nnlib/data/atlas_of_xor.npz`.

A network has two inputs, one hidden layer and a sigmoid output. Its weights begin uniformly between −spread and spread, its
biases at 0; start 17 of eight hidden units is the same numbers for every spread, times the spread, and for every other
setting. A step takes all four corners at once, and goes down the mean of their losses. `benchmarks/atlas_of_xor.py` counts.
"""

from functools import cache

import numpy as np

from nnlib import datasets
from nnlib.arrays import Array
from nnlib.optimizers import SGD, Adam

STARTS = 1000
STEPS = 10_000
AFTER = (1000, STEPS)  # the steps after which it is counted
SEARCHED = 250  # starts, for an example of each ending
GRID = {
    "hidden": (1, 2, 3, 4, 5, 6, 7, 8),
    "activation": ("sigmoid", "tanh", "relu"),
    "loss": ("mse", "binary_cross_entropy"),
    "optimizer": ("SGD", "momentum", "Adam"),
    "learning_rate": (0.03, 0.1, 0.3, 1.0, 3.0),
    "spread": (0.3, 1.0, 3.0),
}
OPTIMIZERS = {"SGD": SGD, "momentum": lambda rate: SGD(rate, momentum=0.9), "Adam": Adam}
X, Y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])
WITHIN = 1.96  # standard errors, to either side: 95 % of a bell curve


def starts(hidden, spread=1.0) -> Array:
    """Return the first parameters of all starts, (STARTS, 4 hidden + 1), each as `Network.parameters` has them."""
    count = 4 * hidden + 1
    drawn = np.random.default_rng(hidden).uniform(-1, 1, (STARTS, count)) * spread
    drawn[:, 2 * hidden : 3 * hidden] = 0
    drawn[:, -1] = 0
    return drawn


@cache
def record() -> dict:
    """Return the arrays of the record, by their names.

    `counts` (8, 3, 2, 3, 5, 3, 2), in the order of GRID: how many starts have learned after 1,000 steps, and after 10,000;
    `learned` and `stuck` (8, 3, 2, 3, 5, 3): the first start that has learned after 10,000 steps, and the first that has not,
    counted from 1; 0 where there is none among the first 250. Beside them stand the program, the versions and the seeds that
    it was made with.
    """
    return datasets.stored("atlas_of_xor.npz")


def place(**settings) -> tuple:
    """Return where a cell is in the arrays of the record, by the settings of GRID.

    Examples
    --------
    >>> place(hidden=2, activation="relu", loss="mse", optimizer="SGD", learning_rate=3.0, spread=0.3)
    (1, 2, 0, 0, 4, 0)
    """
    return tuple(values.index(settings[name]) for name, values in GRID.items())


def count(after=STEPS, **settings) -> int:
    """Return how many of the thousand starts of a cell have learned XOR after 1,000 steps, or after 10,000."""
    return int(record()["counts"][(*place(**settings), AFTER.index(after))])


def wilson(right, of=STARTS) -> tuple[float, float]:
    """Return Wilson's interval of 95 % around a share: where it lies among all starts, when `right` out of `of` were drawn.

    It holds for the shares near 0 and 1, too, where p ± 1.96 √(p (1 − p)/n) fails: with Edwin B. Wilson (1927), the ends are
    the shares p from which the one that was drawn is just 1.96 standard errors of p away.

    Examples
    --------
    >>> print("from {:.4f} to {:.4f}".format(*wilson(0)))
    from 0.0000 to 0.0038
    >>> print("from {:.4f} to {:.4f}".format(*wilson(500)))
    from 0.4691 to 0.5309
    """
    share, square = right / of, WITHIN**2
    middle, reach = share + square / (2 * of), WITHIN * np.sqrt(share * (1 - share) / of + square / (4 * of**2))
    return max(0.0, float((middle - reach) / (1 + square / of))), min(1.0, float((middle + reach) / (1 + square / of)))
