"""What a wrong answer costs: each loss directly beside its gradient.

A loss compares predictions ŷ with targets y of the same shape and returns one number, L, the mean over the batch; its
gradient ∂L/∂ŷ has that shape too. `checked` stands at the door of each and lets clean arrays in: what follows is the
formula. The table `LOSSES` has the formulas alone, for loops that have checked already.

Beside its partner, the activation that makes ŷ from z, a cross-entropy has the simplest gradient of all,
δ = ∂L/∂z = (ŷ − y) / n, which neither overflows nor vanishes where ŷ is 0 or 1: training always takes it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from nnlib.activations import sigmoid, softmax, softplus
from nnlib.arrays import Array, as_labels, as_matrix, as_number, as_numbers, same_length
from nnlib.doors import checked


def as_values(y, shape, dtype, name="y") -> Array:
    """Return `y` as finite numbers of this shape; a list of n numbers and a column of n are taken for each other."""
    y = as_numbers(y, name, dtype)
    if (*y.shape, 1) == shape or y.shape == (*shape, 1):
        y = y.reshape(shape)
    if y.shape != shape:
        cure = "write one_hot(y)." if y.shape == shape[:1] else "give one number for each."
        raise ValueError(f"{name} has shape {y.shape}, but the predictions have shape {shape}: {cure}")
    return y


def as_bits(y, shape, dtype, name="y") -> Array:
    """Return `y` as zeros and ones of this shape."""
    y = as_values(y, shape, dtype, name)
    soft = y[(y > 0) & (y < 1)]
    if soft.size:
        raise ValueError(
            f"{name} holds {soft[0]:g}, but this loss takes zeros and ones: write ({name} > 0.5).astype(int) where these "
            'were softened, or take the loss "mse" for any numbers.'
        )
    as_labels(y.ravel(), 2, name)
    return y


def as_classes(y, shape, dtype, name="y") -> Array:
    """Return `y`, labels or one-hot rows, as labels of shape (samples,), for predictions of shape (samples, classes)."""
    y = as_labels(y, shape[1], name)
    same_length(range(shape[0]), y, ("y_hat", name))
    return y


def _values(y_hat, y):
    y_hat = as_numbers(y_hat, "y_hat")
    return y_hat, as_values(y, y_hat.shape, y_hat.dtype)


def _bits(y_hat, y):
    y_hat = _as_probabilities(as_numbers(y_hat, "y_hat"))
    return y_hat, as_bits(y, y_hat.shape, y_hat.dtype)


def _classes(y_hat, y):
    y_hat = _as_probabilities(as_matrix(y_hat, name="y_hat"))
    return y_hat, as_classes(y, y_hat.shape, y_hat.dtype)


def _bits_of_logits(z, y):
    z = as_numbers(z, "z")
    return z, as_bits(y, z.shape, z.dtype)


def _classes_of_logits(z, y):
    z = as_matrix(z, name="z")
    return z, as_classes(y, z.shape, z.dtype)


def _as_probabilities(y_hat):
    outside = (y_hat < 0) | (y_hat > 1)
    if outside.any():
        worst = y_hat[outside][0]
        raise ValueError(f"y_hat holds {worst}, but probabilities lie in [0, 1]: apply sigmoid or softmax to z first.")
    return y_hat


@checked(_values)
def mse(y_hat, y) -> float:
    """Return the mean squared error, the mean of (ŷ − y)² over samples and outputs; any shape.

    Examples
    --------
    >>> mse([1, 2], [1, 4])
    2.0
    """
    error = y_hat - y
    return float(np.vdot(error, error)) / error.size


@checked(_values)
def mse_gradient(y_hat, y):
    """Return 2 (ŷ − y) / size, the shape of ŷ."""
    return (y_hat - y) * (2 / y_hat.size)


@checked(_bits)
def binary_cross_entropy(y_hat, y) -> float:
    """Return the mean of −y log ŷ − (1 − y) log(1 − ŷ) over samples and outputs; any shape.

    ŷ in [0, 1] is the probability of a 1; y is 0 or 1. A certain and wrong ŷ costs much, yet not infinitely.

    Examples
    --------
    >>> print(f"{binary_cross_entropy([0.9, 0.2], [1, 0]):.4f}")
    0.1643
    """
    yes = np.vdot(y, np.log(_floored(y_hat)))
    no = np.vdot(1 - y, np.log(_complement(y_hat)))
    return -float(yes + no) / y.size + 0.0  # + 0.0 turns −0.0 into 0.0: a certain and right ŷ costs nothing


@checked(_bits)
def binary_cross_entropy_gradient(y_hat, y):
    """Return (−y / ŷ + (1 − y) / (1 − ŷ)) / size, the shape of ŷ."""
    return ((1 - y) / _complement(y_hat) - y / _floored(y_hat)) * (1 / y.size)


@checked(_classes)
def cross_entropy(y_hat, y) -> float:
    """Return the mean over rows of −Σ y log ŷ, minus the log of the probability given to the true class.

    ŷ is (samples, classes) probabilities; y is integer labels, shape (samples,), or one-hot rows. A certain and wrong
    row costs much, yet not infinitely.

    Examples
    --------
    >>> print(f"{cross_entropy([[0.7, 0.3], [0.1, 0.9]], [0, 1]):.4f}")
    0.2310
    """
    return -float(np.vdot(_one_hot_like(y_hat, y), np.log(_floored(y_hat)))) / len(y) + 0.0  # no −0.0 here either


@checked(_classes)
def cross_entropy_gradient(y_hat, y):
    """Return −y / ŷ / n, shape (samples, classes), with y as one-hot rows."""
    return _one_hot_like(y_hat, y) / _floored(y_hat) * (-1 / len(y))


@checked(_bits_of_logits)
def binary_cross_entropy_with_logits(z, y) -> float:
    """Return the mean of log(1 + eᶻ) − y z, the binary cross-entropy of σ(z), to the last digit for any z; any shape."""
    return float(softplus(np.where(y, -z, z)).mean())


@checked(_bits_of_logits)
def binary_cross_entropy_with_logits_gradient(z, y):
    """Return (σ(z) − y) / size, the shape of z."""
    return (sigmoid(z) - y) * (1 / y.size)


@checked(_classes_of_logits)
def cross_entropy_with_logits(z, y) -> float:
    """Return the mean over rows of log Σ eᶻ − z of the true class: the cross-entropy of softmax(z), for any z.

    z is (samples, classes); y as for `cross_entropy`.
    """
    ahead = z - z[np.arange(len(y)), y][:, None]
    return float(np.logaddexp.reduce(ahead, axis=1).mean())


@checked(_classes_of_logits)
def cross_entropy_with_logits_gradient(z, y):
    """Return (softmax(z) − y) / n, shape (samples, classes), with y as one-hot rows."""
    return cross_entropy_delta(softmax(z), y)


def l2_penalty(parameters, weight_decay) -> float:
    """Return λ/2 ‖parameters‖², what an optimizer's `weight_decay` λ adds to the loss; any shape."""
    return as_number(weight_decay, "weight_decay", 0) / 2 * float(np.sum(np.square(as_numbers(parameters, "parameters"))))


def l2_penalty_gradient(parameters, weight_decay):
    """Return λ times the parameters, in their shape."""
    return as_number(weight_decay, "weight_decay", 0) * as_numbers(parameters, "parameters")


def cross_entropy_delta(y_hat, y):
    """Return (ŷ − y) / n, with y as one-hot rows, made of the labels `y` (samples,)."""
    delta = y_hat - _one_hot_like(y_hat, y)
    delta *= 1 / len(y)
    return delta


def _one_hot_like(y_hat, y):
    """Return labels as one-hot rows like ŷ: made for a batch at a time, they need no memory beside the data."""
    if y.ndim == 2:
        return y  # they are such rows: a recorded step has them
    y = y.astype(np.intp, copy=False)  # on 32 bits, as in a browser, `take` wants no longer ones
    return _identity(y_hat.shape[1], y_hat.dtype).take(y, axis=0)


@lru_cache(maxsize=8)
def _identity(classes, dtype):
    return np.eye(classes, dtype=dtype)


def _floored(y_hat):
    """Return ŷ, lifted off 0 by the least normal number: a ŷ near 0 is exact, so that log 0 is −708, in float32 −87."""
    return np.maximum(y_hat, _info(y_hat.dtype).tiny)


def _complement(y_hat):
    """Return 1 − ŷ, lifted off 0 by half the step from 1 to the next lower number: no 1 − ŷ is more exact than that."""
    return np.maximum(1 - y_hat, _info(y_hat.dtype).epsneg / 2)


_info = lru_cache(np.finfo)  # np.finfo is slow


def _highest(y_hat):
    return y_hat.argmax(axis=1)


class Loss(NamedTuple):
    """What a network needs of a loss to be trained and to answer, as functions that trust ŷ and y to have been checked.

    Examples
    --------
    >>> LOSSES["mse"].value(np.array([[1.0]]), np.array([[3.0]]))
    4.0
    """

    value: Callable  #: Gives L, a float, from (ŷ, y).
    gradient: Callable  #: Gives ∂L/∂ŷ, the shape of ŷ, from (ŷ, y).
    targets: Callable  #: Gives y, checked, as labels or in the shape of ŷ, from (y, shape of ŷ, dtype, name).
    partner: str | None = None  #: The output activation beside which `delta` holds, None where there is none.
    delta: Callable | None = None  #: Gives ∂L/∂z beside the partner, the shape of ŷ, from (ŷ, y).
    answer: Callable | None = None  #: Gives classes, as `targets` gives them, from ŷ; None for a regression.
    to_probabilities: Callable | None = None  #: Makes probabilities of ŷ; None where it holds them, or none.

    @property
    def accuracy(self):
        """The function that gives the share of right answers, from (ŷ, y); None for a regression."""
        return self.answer and (lambda y_hat, y: float(np.count_nonzero(self.answer(y_hat) == y) / y.size))


#: The losses of the book by their names.
LOSSES = {
    "mse": Loss(mse.unchecked, mse_gradient.unchecked, targets=as_values),
    "binary_cross_entropy": Loss(
        binary_cross_entropy.unchecked,
        binary_cross_entropy_gradient.unchecked,
        targets=as_bits,
        partner="sigmoid",
        delta=lambda y_hat, y: (y_hat - y) * (1 / y.size),
        answer=lambda y_hat: np.where(y_hat >= 0.5, 1, 0),
    ),
    "cross_entropy": Loss(
        cross_entropy.unchecked,
        cross_entropy_gradient.unchecked,
        targets=as_classes,
        partner="softmax",
        delta=cross_entropy_delta,
        answer=_highest,
    ),
    "binary_cross_entropy_with_logits": Loss(
        binary_cross_entropy_with_logits.unchecked,
        binary_cross_entropy_with_logits_gradient.unchecked,
        targets=as_bits,
        partner="identity",
        delta=binary_cross_entropy_with_logits_gradient.unchecked,
        answer=lambda z: np.where(z >= 0, 1, 0),
        to_probabilities=sigmoid,
    ),
    "cross_entropy_with_logits": Loss(
        cross_entropy_with_logits.unchecked,
        cross_entropy_with_logits_gradient.unchecked,
        targets=as_classes,
        partner="identity",
        delta=cross_entropy_with_logits_gradient.unchecked,
        answer=_highest,
        to_probabilities=softmax,
    ),
}
