"""Exercise: the gradient by a part of the samples."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def a_batch(rng):
    """Return ten samples, their targets, weights, and the rows of a mini-batch."""
    X, y, w = rng.normal(size=(10, 2)), rng.normal(size=10), rng.normal(size=2)
    return X, y, w, rng.permutation(10)[: rng.integers(1, 7)]


EXERCISE = Exercise(
    name="gradient_descent-minibatch",
    asks="minibatch_gradient(X, y, w, rows)",
    solution="""
def minibatch_gradient(X, y, w, rows):
    X, y = X[rows], y[rows]
    error = X @ w - y
    return 2 * X.T @ error / len(rows)
""",
    hints=(
        "Begin with the samples of the batch, `X[rows]` and `y[rows]`; after that it is the gradient that you know.",
        "The errors of the batch are `X @ w - y`; each sample adds twice its error times its x. Then take the mean.",
        "With X and y cut to the batch, return `2 * X.T @ (X @ w - y) / len(rows)`.",
    ),
    inputs=(
        (np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([1.0, 2.0, 0.0]), np.zeros(2), np.array([0, 2])),
        (np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([1.0, 2.0, 0.0]), np.ones(2), np.array([1])),
    ),
    random=a_batch,
    wrong=(
        Wrong(
            "all samples",
            "You return the gradient of all samples, whatever the batch.",
            "Look for `rows`: which lines use it?",
            "Cut both first: `X, y = X[rows], y[rows]`.",
            change={"X, y = X[rows], y[rows]": "rows = X"},
        ),
        Wrong(
            "the mean over all samples",
            "The direction is right, and the length is too small by the share of the batch.",
            "By what do you divide: by the samples in the batch, or by all of them?",
            "Divide by `len(rows)`: then a batch of any size aims at the same gradient.",
            change={"X, y = X[rows], y[rows]": "n, X, y = len(X), X[rows], y[rows]", "len(rows)": "n"},
        ),
        Wrong(
            "a sum",
            "Large batches get long gradients, and a mean would not grow so.",
            "After adding up over the batch, one step is missing.",
            "Divide by `len(rows)`.",
            change={" / len(rows)": ""},
        ),
        Wrong(
            "downhill",
            "Each number has the wrong sign: you return the way downhill.",
            "The gradient points uphill. Is the error ŷ − y, or y − ŷ?",
            "Take `X @ w - y`; the minus of the step belongs to the optimizer.",
            change={"X @ w - y": "y - X @ w"},
        ),
        Wrong(
            "the 2 is missing",
            "Your gradient is half of the right one.",
            "What is the derivative of a square?",
            "Multiply by 2, which the square brings down.",
            change={"2 * X.T": "X.T"},
        ),
    ),
)
