"""Exercise: samples are set aside for the test, at random, each with its label."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_samples(rng):
    """Return samples, labels, the share to hold out, and an order, at random."""
    n = int(rng.choice([5, 7, 8, 9, 11, 12]))  # of which no share ends in a half, which one may round either way
    return rng.normal(size=(n, 2)), rng.integers(0, 3, n), float(rng.choice([0.2, 0.25, 0.4])), rng.permutation(n)


X = np.arange(8.0).reshape(4, 2)

EXERCISE = Exercise(
    name="digits-hold-out",
    asks="hold_out(X, y, share, order)",
    solution="""
def hold_out(X, y, share, order):
    X, y = X[order], y[order]
    tested = round(share * len(X))
    return X[tested:], y[tested:], X[:tested], y[:tested]
""",
    hints=(
        "Begin by bringing the samples into the given order: `X[order]` has its rows shuffled.",
        "The labels go into the same order. The first round(share · n) rows are then the test set, the others for training.",
        "With `X, y = X[order], y[order]` and `tested = round(share * len(X))`, return `X[tested:], y[tested:], X[:tested], "
        "y[:tested]`.",
    ),
    inputs=(
        (X, np.array([0, 1, 2, 3]), 0.25, np.array([2, 0, 3, 1])),
        (X, np.array([1, 1, 0, 0]), 0.5, np.array([3, 1, 0, 2])),
    ),
    random=some_samples,
    wrong=(
        Wrong(
            "the order is not used",
            "Your parts are the first and the last samples, as they come.",
            "Data are often sorted, by class or by writer: their first quarter is no fair sample. What is `order` for?",
            "Begin with `X, y = X[order], y[order]`.",
            change={"X, y = X[order], y[order]": "X, y = X, y"},
        ),
        Wrong(
            "the labels stay behind",
            "The samples are shuffled, and their labels are not.",
            "Is the first label still that of the first sample?",
            "Put both into the same order: `X, y = X[order], y[order]`.",
            change={"X, y = X[order], y[order]": "X = X[order]"},
        ),
        Wrong(
            "the test samples are trained on as well",
            "Your test set is right, and all of its samples are in the training set too.",
            "How many samples do your two parts have together, and how many were there?",
            "The training set begins where the test set ends: `X[tested:], y[tested:]`.",
            change={"X[tested:], y[tested:], X": "X, y, X"},
        ),
        Wrong(
            "the parts have changed places",
            "You return the small part first, as if it were for training.",
            "In which order are the four results asked for?",
            "The training samples and labels come first: `X[tested:], y[tested:], X[:tested], y[:tested]`.",
            change={"X[tested:], y[tested:], X[:tested], y[:tested]": "X[:tested], y[:tested], X[tested:], y[tested:]"},
        ),
        Wrong(
            "the share is trained on",
            "The parts have the wrong sizes: `share` of the samples are in your training set.",
            "With 4 samples and a share of a quarter, how many are tested?",
            "`share` is that of the test set: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "len(X) - round(share * len(X))"},
        ),
        Wrong(
            "cut off instead of rounded",
            "Your test set has one sample too few where the share is not a whole number of samples.",
            "What does `int` do to 1.75?",
            "Round: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "int(share * len(X))"},
        ),
        Wrong(
            "always rounded up",
            "Your test set has one sample too many where the share is not a whole number of samples.",
            "What becomes of 1.25: 1 or 2?",
            "Round to the nearest: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "int(share * len(X) + 0.9999)"},
        ),
        Wrong(
            "the four come in another order",
            "All four parts are right, and they come in another order than the question asks for.",
            "Some libraries return both tables first and then both lists of labels. What does this question want?",
            "First the training set, samples and labels; then the test set.",
            change={"X[tested:], y[tested:], X[:tested], y[:tested]": "X[tested:], X[:tested], y[tested:], y[:tested]"},
        ),
        Wrong(
            "the last samples are tested",
            "Your parts have the right sizes, and the test set is taken from the end.",
            "Which rows does the question want to test: the first ones in the new order, or the last?",
            "The test set is `X[:tested]`, the rest is for training.",
            change={
                "X[tested:], y[tested:], X[:tested], y[:tested]": "X[: len(X) - tested], y[: len(X) - tested], "
                "X[len(X) - tested :], y[len(X) - tested :]"
            },
        ),
        Wrong(
            "sorted back",
            "Each sample ends up where `order` says, which is not what `X[order]` does.",
            "The first row of `X[order]` is the one whose number stands first in `order`.",
            "Write `X, y = X[order], y[order]`; no `argsort` is needed.",
            change={"X, y = X[order], y[order]": "X, y = X[order.argsort()], y[order.argsort()]"},
        ),
    ),
)
