"""A linear model of two weights on real flowers: its gradient by all of them, and by mini-batches of them."""

from functools import lru_cache

import numpy as np

from nnlib import datasets

SAMPLES = 150
CLOUD = 60  # mini-batches that are tried at one place


@lru_cache(maxsize=1)
def flowers():
    """Return the irises' sepal and petal lengths, (150, 2), and petal widths, (150,), all standardized."""
    Z = datasets.standardize(datasets.iris().X)
    return Z[:, [0, 2]], Z[:, 3]


def each_gradient(w):
    """Return the gradient of each flower's squared error, (150, 2)."""
    X, y = flowers()
    return 2 * (X @ w - y)[:, None] * X


def gradients(w, size, seed):
    """Return the gradient of all flowers, (2,), and those of some random mini-batches of one size, (CLOUD, 2)."""
    each = each_gradient(w)
    rows = np.random.default_rng(seed).random((CLOUD, len(each))).argsort(axis=1)[:, :size]
    return each.mean(axis=0), each[rows].mean(axis=1)


def scatter(cloud):
    """Return the standard deviation of gradients around their mean: the root of the mean squared distance."""
    return np.sqrt(cloud.var(axis=0).sum())


def shrinks(size):
    """Return by what factor a mini-batch, drawn without replacement, scatters less than a single flower."""
    return np.sqrt((SAMPLES - size) / (np.maximum(size, 1e-3) * (SAMPLES - 1)))
