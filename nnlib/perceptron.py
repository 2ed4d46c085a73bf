"""The perceptron of Rosenblatt (1958), a neuron that learns: it changes at each mistake, and only there.

Labels y are −1 and +1, and z = x · w + b. A mistake is a sample with y z ≤ 0: on the wrong side of the boundary, or on
it. Its correction is w ← w + η y x, b ← b + η y: `update`. Since the bias is the weight of one more input that is always
1, all of this is said with the *signed rows* y (x, 1): a mistake is a row whose product with (w, b) is not positive, and
its correction adds η times that row.
"""

import warnings

import numpy as np

from nnlib.arrays import as_count, as_matrix, as_number, as_numbers, as_rng, as_vector, same_length
from nnlib.doors import checked, of_example
from nnlib.wording.foreign import our_arguments
from nnlib.wording.printable import printable

AHEAD = 256  # rows that the search for a mistake first looks at; the number doubles while none is found


class Perceptron:
    """A neuron with a step that learns from its mistakes, one sample at a time, in the order of the rows.

    Parameters
    ----------
    learning_rate : float
        η > 0. From zero weights it only rescales weights and bias: mistakes and predictions stay the same.
    epochs : int
        The most passes over the samples. Learning stops sooner, at the first epoch without a mistake.
    rng : int or numpy.random.Generator, optional
        None starts from zero weights and zero bias. Otherwise `fit` draws both between −0.01 and 0.01 first.

    Attributes
    ----------
    weights : numpy.ndarray
        What was learned, w, shape (features,); None before `fit`.
    bias : float
        What was learned, b; None before `fit`.
    mistakes : list of int
        The mistakes made in each epoch; a last entry of 0 says that learning has converged.

    References
    ----------
    F. Rosenblatt, "The perceptron", Psychological Review 65 (1958) 386-408.

    Examples
    --------
    >>> from nnlib import datasets
    >>> X, y = datasets.gate("AND")
    >>> perceptron = Perceptron(learning_rate=1).fit(X, 2 * y - 1)
    >>> perceptron.mistakes
    [2, 3, 3, 2, 2, 3, 2, 1, 0]
    >>> perceptron.predict(X).tolist()
    [-1, -1, -1, 1]
    """

    _shape = ()  # of the label of one sample, as fit met it

    @our_arguments
    def __init__(self, learning_rate=0.01, epochs=1000, rng=None):
        self.learning_rate = as_number(learning_rate, "learning_rate", low=0, open_low=True)
        self.epochs = as_count(epochs, "epochs")
        as_rng(rng)  # refused here rather than in fit
        self.rng = rng
        self.weights = None
        self.bias = None
        self.mistakes = []

    def fit(self, X, y):
        """Learn from `X` (samples, features) and labels `y` (samples,), −1 or +1; return the perceptron itself.

        Learning starts afresh at each call. ValueError or TypeError for bad input leaves the old weights as they were;
        a `y` of one class only is warned about.
        """
        rows = signed_rows(X, y)
        shape = np.shape(y)[1:]
        if (rows[:, -1] == rows[0, -1]).all():
            warnings.warn(f"y has only the label {rows[0, -1]:+.0f}: pass samples of both classes.", stacklevel=2)
        w = np.zeros(rows.shape[1]) if self.rng is None else as_rng(self.rng).uniform(-0.01, 0.01, rows.shape[1])
        w /= self.learning_rate  # in units of η: `update` then adds y (x, 1), the row as it is, exactly for whole numbers
        mistakes = []
        for _ in range(self.epochs):
            count = 0
            for index in find_mistakes(rows, w):
                w += rows[index]
                count += 1
            mistakes.append(count)
            if count == 0:
                break
        w *= self.learning_rate
        self.weights = w[:-1]
        self.bias = float(w[-1])
        self.mistakes = mistakes
        self._shape = shape
        return self

    def net_input(self, X):
        """Return z = X · w + b for a batch `X` (samples, features): shape (samples,)."""
        if self.weights is None:
            raise ValueError("This perceptron has no weights yet: call fit(X, y) first.")
        return as_matrix(X, len(self.weights)) @ self.weights + self.bias

    def predict(self, X):
        """Return the label of each row of `X`, +1 where z ≥ 0 and −1 elsewhere: shape (samples,), or as y in `fit`."""
        return np.where(self.net_input(X) >= 0, 1, -1).reshape(-1, *self._shape)

    def __repr__(self):
        if self.weights is None:
            return f"Perceptron(learning_rate={self.learning_rate:g}), not fitted yet"
        end = "converged" if self.mistakes[-1] == 0 else "not converged"
        made = f"{sum(self.mistakes):,} mistakes in {len(self.mistakes):,} epochs"
        return printable(f"Perceptron({len(self.weights)} → 1), {len(self.weights) + 1} parameters, {made}: {end}")


def find_mistakes(rows, w, start=0):
    """Yield the index of each signed row from `start` on with row · w ≤ 0; `w` may be corrected in place in between.

    That is what a loop over the rows would find, one after the other. Here a product takes a block of rows, since most
    are right once some have been learned from: 10,000 samples of 20 features take a thirtieth of the time.
    """
    block = AHEAD
    while start < len(rows):
        right = rows[start : start + block].dot(w) > 0
        first = int(right.argmin())  # the first that is not
        if right[first]:
            start += block
            block *= 2
        else:
            yield start + first
            start += first + 1
            block = AHEAD


def signed_rows(X, y):
    """Return y (x, 1) for each sample of `X` (samples, features) and `y` (samples,): shape (samples, features + 1)."""
    X = as_matrix(X)
    y = _as_signs(y)
    same_length(X, y)
    rows = np.empty((len(X), X.shape[1] + 1))
    np.multiply(X, y[:, None], out=rows[:, :-1])
    rows[:, -1] = y
    return rows


def next_mistake(X, y, weights, bias, start=0):
    """Return the index of the first mistake among the samples from `start` on, or None; `fit` searches likewise.

    `X` is (samples, features), `y` (samples,) of −1 and +1, `weights` (features,), `bias` a number.
    """
    rows = signed_rows(X, y)
    w = _joined(weights, bias, rows)
    return next(find_mistakes(rows, w, as_count(start, "start", low=0)), None)


@checked(of_example)
def update(weights, bias, x, y, learning_rate):
    """Return the new weights w + η y x, shape (features,), and the new bias b + η y: the perceptron's whole rule."""
    return weights + learning_rate * y * x, bias + learning_rate * y


def margin(X, y, weights, bias):
    """Return γ = min y (x · w + b) / ‖(w, b)‖: positive just where the weights separate the classes.

    The constant input 1 of the bias counts as a feature, in the norm as well.
    """
    rows = signed_rows(X, y)
    w = _joined(weights, bias, rows)
    if not w.any():
        raise ValueError("weights and bias are all 0, which is no boundary: pass weights that separate the classes.")
    return float((rows @ w).min() / np.linalg.norm(w))


def novikoff_bound(X, y, weights, bias):
    """Return (r / γ)²: from zero weights, a perceptron makes no more mistakes than this, in any order, at any η.

    r is the largest ‖(x, 1)‖, and γ the `margin` of *any* weights and bias that separate the classes; the best ones
    give the least bound. ValueError where they don't separate.

    References
    ----------
    A. B. J. Novikoff, "On convergence proofs on perceptrons", Symposium on the Mathematical Theory of Automata (1962).

    Examples
    --------
    >>> round(novikoff_bound([[0, 0], [1, 1]], [-1, 1], [1, 1], -1), 9)
    9.0
    """
    gamma = margin(X, y, weights, bias)
    if gamma <= 0:
        raise ValueError(f"These weights don't separate the classes, margin {gamma:.3g}: pass some without a mistake.")
    return float((np.linalg.norm(signed_rows(X, y), axis=1).max() / gamma) ** 2)


def _joined(weights, bias, rows):
    return np.append(as_vector(weights, rows.shape[1] - 1, "weights"), as_number(bias, "bias"))


def _as_signs(y):
    """Return labels −1 and +1 as float64 (samples,), or raise an error that says how to make them."""
    try:
        y = as_numbers(y, "y")
    except TypeError as error:
        raise TypeError(f"{error} For a perceptron, y = np.where(names == 'one of them', 1, -1).") from None
    y = y[:, 0] if y.ndim == 2 and y.shape[1] == 1 else y
    if y.ndim != 1 or y.size == 0:
        raise ValueError(f"y has shape {y.shape}, but labels are one number a sample: pass shape (samples,).")
    wrong = y[np.abs(y) != 1]
    if wrong.size:
        cure = "2 * y - 1" if set(y.tolist()) <= {0, 1} else "np.where(y == k, 1, -1) to tell class k from the others"
        raise ValueError(f"y holds the label {wrong[0]:g}, but a perceptron's labels are -1 and +1: write {cure}.")
    return y.astype(np.float64)
