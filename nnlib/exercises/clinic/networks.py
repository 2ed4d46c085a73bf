"""What the exercises of the clinic share: random networks with one hidden layer, and samples to train them on."""

import numpy as np


def case(rng, hidden=None):
    """Return X, y and the four arrays of a network with sigmoids, of sizes that are all different."""
    hidden = hidden or int(rng.integers(3, 6))
    X = np.round(rng.uniform(-2, 2, size=(7, 2)), 2)
    y = rng.integers(0, 2, size=(7, 1)).astype(float)
    shapes = (2, hidden), (hidden,), (hidden, 1), (1,)
    return X, y, *(np.round(rng.normal(size=shape), 2) for shape in shapes)


def xor_case(seed=0):
    """Return the corners of XOR, their targets, and a network with four hidden neurons."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([[0.0], [1.0], [1.0], [0.0]]), *case(np.random.default_rng(seed), 4)[2:]
