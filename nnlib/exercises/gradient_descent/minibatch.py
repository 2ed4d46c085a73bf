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
        Wrong(
            "the first rows in place of the chosen ones",
            "Your batch has the right size, and the wrong samples in it.",
            "`rows` says which samples are in the batch, and not only how many.",
            "Choose them: `X[rows]` and `y[rows]`.",
            change={"X, y = X[rows], y[rows]": "X, y = X[: len(rows)], y[: len(rows)]"},
        ),
        Wrong(
            "the targets stay behind",
            "The samples are those of the batch, and the targets are not.",
            "After your first line, does the second row of X still belong to the second number of y?",
            "Cut both: `X, y = X[rows], y[rows]`.",
            change={"X, y = X[rows], y[rows]": "X = X[rows]"},
            others=({"X, y = X[rows], y[rows]": "X, y = X[rows], y[: len(rows)]"},),
        ),
        Wrong(
            "the error is not multiplied by the inputs",
            "You return the slope in the prediction, but the question asks for the gradient in w.",
            "A nudge to w₁ moves the prediction of a sample by its x₁ times as much.",
            "Multiply by the inputs: `2 * X.T @ error / len(rows)`.",
            change={"2 * X.T @ error / len(rows)": "2 * error / len(rows)"},
            others=({"2 * X.T @ error / len(rows)": "2 * error.mean()"},),
        ),
        Wrong(
            "it is the loss",
            "You return the loss of the batch, but the question asks for its gradient.",
            "How many numbers has a gradient in w?",
            "Return `2 * X.T @ error / len(rows)`.",
            change={"2 * X.T @ error / len(rows)": "(error**2).mean()"},
        ),
        Wrong(
            "a step is made",
            "You return weights after a step, but the question asks for the gradient.",
            "Who knows the learning rate? No parameter here does.",
            "Return the gradient itself.",
            change={"return 2 * X.T @ error / len(rows)": "return w - 2 * X.T @ error / len(rows)"},
        ),
        Wrong(
            "columns in place of rows",
            "You choose columns of X, which are features, and the samples are its rows.",
            "In `X[:, rows]` the first place is for the rows. What does the colon choose there?",
            "Choose rows: `X[rows]`, and `y[rows]`.",
            change={"X[rows]": "X[:, rows]"},
        ),
        Wrong(
            "a gradient for each sample",
            "You return the gradient of each sample, but the question asks for the mean of them.",
            "Along which axis do the samples lie?",
            "Average over the samples: `.mean(axis=0)`.",
            change={"return 2 * X.T @ error / len(rows)": "return 2 * X * error[:, None]"},
        ),
        Wrong(
            "averaged over the weights too",
            "You return one number, the average over the samples and over the weights.",
            "How many numbers does a gradient in w have?",
            "Average over the samples alone: `axis=0`.",
            change={"return 2 * X.T @ error / len(rows)": "return (2 * X * error[:, None]).mean()"},
        ),
        Wrong(
            "nothing is transposed",
            "X and the errors do not fit this way: both have a row for each sample.",
            "The gradient adds up over the samples. Which of the two must lie on its side?",
            "Write `X.T @ error`, with X cut to the batch.",
            change={"X.T @ error": "X @ error"},
        ),
    ),
)
