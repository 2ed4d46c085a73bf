"""The atlas of XOR: what was swept, and the starts of it. The shares that learned XOR are in `nnlib/data/atlas_of_xor.npz`.

A network has two inputs, one hidden layer and a sigmoid output. Its weights begin uniformly between −spread and spread, its
biases at 0; start 17 of eight hidden units is the same numbers for every spread, times the spread, and for every other
setting. A step takes all four corners at once.
"""

import numpy as np

from nnlib.arrays import Array
from nnlib.optimizers import SGD, Adam

STARTS = 1000
STEPS = 10_000
GRID = {
    "hidden": (1, 2, 3, 4, 5, 6, 7, 8),
    "activation": ("sigmoid", "tanh", "relu"),
    "loss": ("mse", "binary_cross_entropy"),
    "optimizer": ("SGD", "momentum", "Adam"),
    "learning_rate": (0.03, 0.1, 0.3, 1.0, 3.0),
    "spread": (0.3, 1.0, 3.0),
}
OPTIMIZERS = {"SGD": SGD, "momentum": lambda rate: SGD(rate, momentum=0.9), "Adam": Adam}


def starts(hidden, spread=1.0) -> Array:
    """Return the first parameters of all starts, (STARTS, 4 hidden + 1), each as `Network.parameters` has them."""
    count = 4 * hidden + 1
    drawn = np.random.default_rng(hidden).uniform(-1, 1, (STARTS, count)) * spread
    drawn[:, 2 * hidden : 3 * hidden] = 0
    drawn[:, -1] = 0
    return drawn
