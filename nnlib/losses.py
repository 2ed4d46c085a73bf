"""What a wrong answer costs: each loss directly beside its gradient.

A loss compares predictions ŷ with targets y of the same shape and returns one number, L, the mean over the batch; its
gradient ∂L/∂ŷ has that shape too. Both check what they get; `check=False` is for loops that have checked already.

Beside its partner, the activation that makes ŷ from z, a cross-entropy has the simplest gradient of all,
δ = ∂L/∂z = (ŷ − y) / n, which neither overflows nor vanishes where ŷ is 0 or 1: training always takes it.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nnlib.arrays import as_labels, as_matrix, as_numbers, one_hot, same_length


def mse(y_hat, y, check=True) -> float:
    """Return the mean squared error, the mean of (ŷ − y)² over samples and outputs; any shape."""
    y_hat, y = _pair(y_hat, y, as_values) if check else (y_hat, y)
    error = y_hat - y
    return float(np.vdot(error, error)) / error.size


def mse_gradient(y_hat, y, check=True):
    """Return 2 (ŷ − y) / size, the shape of ŷ."""
    y_hat, y = _pair(y_hat, y, as_values) if check else (y_hat, y)
    return (y_hat - y) * (2 / y_hat.size)


def binary_cross_entropy(y_hat, y, check=True) -> float:
    """Return the mean of −y log ŷ − (1 − y) log(1 − ŷ) over samples and outputs; any shape.

    ŷ in [0, 1] is the probability of a 1; y is 0 or 1. A certain and wrong ŷ costs much, yet not infinitely.
    """
    y_hat, y = _pair(y_hat, y, as_bits) if check else (y_hat, y)
    yes, no = np.vdot(y, np.log(_floored(y_hat))), np.vdot(1 - y, np.log(_complement(y_hat)))
    return abs(float(yes + no)) / y.size


def binary_cross_entropy_gradient(y_hat, y, check=True):
    """Return (−y / ŷ + (1 − y) / (1 − ŷ)) / size, the shape of ŷ."""
    y_hat, y = _pair(y_hat, y, as_bits) if check else (y_hat, y)
    return ((1 - y) / _complement(y_hat) - y / _floored(y_hat)) * (1 / y.size)


def cross_entropy(y_hat, y, check=True) -> float:
    """Return the mean over rows of −Σ y log ŷ, minus the log of the probability given to the true class.

    ŷ is (samples, classes) probabilities; y is integer labels, shape (samples,), or one-hot rows (only these where
    `check` is False). A certain and wrong row costs much, yet not infinitely.
    """
    y_hat, y = _pair(as_matrix(y_hat, name="y_hat"), y, as_one_hot) if check else (y_hat, y)
    return abs(float(np.vdot(y, np.log(_floored(y_hat))))) / len(y)


def cross_entropy_gradient(y_hat, y, check=True):
    """Return −y / ŷ / n, shape (samples, classes)."""
    y_hat, y = _pair(as_matrix(y_hat, name="y_hat"), y, as_one_hot) if check else (y_hat, y)
    return y / _floored(y_hat) * (-1 / len(y))


def _floored(y_hat):
    return np.maximum(y_hat, np.finfo(y_hat.dtype).tiny)  # so that log 0 is some −700, or −87 in float32


def _complement(y_hat):
    return np.maximum(1 - y_hat, np.finfo(y_hat.dtype).epsneg / 2)  # 1 − ŷ is no more exact than this


def _pair(y_hat, y, targets):
    y_hat = as_numbers(y_hat, "y_hat")
    outside = (y_hat < 0) | (y_hat > 1)
    if targets is not as_values and outside.any():
        worst = y_hat[outside][0]
        raise ValueError(f"y_hat holds {worst}, but probabilities lie in [0, 1]: apply sigmoid or softmax to z first.")
    return y_hat, targets(y, y_hat.shape, y_hat.dtype)


def as_values(y, shape, dtype, name="y"):
    """Return `y` as finite numbers of this shape; a list of n numbers and a column of n are taken for each other."""
    y = as_numbers(y, name, dtype)
    if (*y.shape, 1) == shape or y.shape == (*shape, 1):
        y = y.reshape(shape)
    if y.shape != shape:
        cure = "write one_hot(y)." if y.shape == shape[:1] else "give one number for each."
        raise ValueError(f"{name} has shape {y.shape}, but the predictions have shape {shape}: {cure}")
    return y


def as_bits(y, shape, dtype, name="y"):
    """Return `y` as zeros and ones of this shape."""
    y = as_values(y, shape, dtype, name)
    as_labels(y.ravel(), 2, name)
    return y


def as_one_hot(y, shape, dtype, name="y"):
    """Return `y`, labels or one-hot rows, as one-hot rows of shape (samples, classes)."""
    y = as_labels(y, shape[1], name)
    same_length(range(shape[0]), y, ("y_hat", name))
    return one_hot(y, shape[1], dtype)


class Loss(NamedTuple):
    """What training needs of a loss, as functions of (ŷ, y).

    `targets(y, shape of ŷ, dtype, name)` checks y and gives it the shape of ŷ; `partner` names the output activation
    beside which `delta` is ∂L/∂z; `accuracy` is the share of right answers, None for a regression.
    """

    value: Callable
    gradient: Callable
    targets: Callable
    partner: str | None = None
    delta: Callable | None = None
    accuracy: Callable | None = None


LOSSES = {
    "mse": Loss(mse, mse_gradient, as_values),
    "binary_cross_entropy": Loss(
        binary_cross_entropy,
        binary_cross_entropy_gradient,
        targets=as_bits,
        partner="sigmoid",
        delta=lambda y_hat, y: (y_hat - y) * (1 / y.size),
        accuracy=lambda y_hat, y: float(np.count_nonzero((y_hat >= 0.5) == y) / y.size),
    ),
    "cross_entropy": Loss(
        cross_entropy,
        cross_entropy_gradient,
        targets=as_one_hot,
        partner="softmax",
        delta=lambda y_hat, y: (y_hat - y) * (1 / len(y)),
        accuracy=lambda y_hat, y: float(np.count_nonzero(y_hat.argmax(axis=1) == y.argmax(axis=1)) / len(y)),
    ),
}
