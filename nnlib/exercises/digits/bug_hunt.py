"""Exercise: a score that is too good to be true, found out by labels that mean nothing."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def heavy_tails(rng):
    """Return samples with outliers, so that the spread of a part differs from that of all; labels, an order, a number."""
    X = rng.standard_t(2, size=(30, 3))
    return X, (X[:, 0] + rng.normal(size=30) > 0).astype(int), rng.permutation(30), int(rng.integers(8, 16))


def a_case(seed):
    """Return such samples, always the same."""
    return heavy_tails(np.random.default_rng(seed))


PARTS = "X_known, y_known = X[held_out:], y[held_out:]"
OWN = "X_known.mean(axis=0), X_known.std(axis=0)"

EXERCISE = Exercise(
    name="digits-bug-hunt",
    asks="held_out_score(X, y, order, held_out)",
    solution=f"""
import numpy as np


def held_out_score(X, y, order, held_out):
    X, y = X[order], y[order]
    X_test, y_test = X[:held_out], y[:held_out]
    {PARTS}
    mean, spread = {OWN}
    X_test, X_known = (X_test - mean) / spread, (X_known - mean) / spread
    distances = ((X_test[:, None] - X_known) ** 2).sum(axis=2)
    answers = y_known[distances.argmin(axis=1)]
    return np.mean(answers == y_test)
""",
    hints=(
        "Shuffle the labels: an honest score falls to what a guess gets. What does yours do, and why?",
        "Go through the lines and ask of each number: was a test sample used to compute it?",
        "Cut off the test samples first. Mean, spread, neighbors and their labels come from the rest, `X[held_out:]` and "
        "`y[held_out:]`, alone.",
    ),
    inputs=(a_case(1), a_case(2)),
    random=heavy_tails,
    wrong=(
        Wrong(
            "the test samples are among the known ones",
            "The score is still 1, whatever the labels are.",
            "Which is the nearest of all samples to a test sample, and how far away is it?",
            "It is the sample itself. Look among the others only, `X[held_out:]`, with the labels `y[held_out:]`.",
            change={PARTS: "X_known, y_known = X, y"},
        ),
        Wrong(
            "labels of other samples, and the spread of all",
            "It finds the right neighbors now, and reads their labels in the wrong place.",
            "`argmin` counts from the first known sample. Does your list of labels begin there too?",
            "Take the labels of the known samples, `y[held_out:][…]`. Then look once more at where mean and spread come from.",
            change={"answers = y_known[": "answers = y[", OWN: "X.mean(axis=0), X.std(axis=0)"},
        ),
        Wrong(
            "labels of other samples",
            "Mean and spread are honest, and the labels of the neighbors are read in the wrong place.",
            "`argmin` counts from the first known sample. Does your list of labels begin there too?",
            "Take the labels of the known samples, `y[held_out:][…]`.",
            change={"answers = y_known[": "answers = y["},
        ),
        Wrong(
            "the spread of all samples",
            "One bug is mended, and the score is nearly honest. The test samples still have a say in something.",
            "From which samples are the mean and the spread computed?",
            "Compute both from the known samples alone, and standardize all samples by them.",
            change={OWN: "X.mean(axis=0), X.std(axis=0)"},
        ),
        Wrong(
            "the test samples by their own spread",
            "You standardize the test samples by their own mean and spread, and the known ones by theirs.",
            "Two equal flowers, one known and one new, should be equal afterwards too. Are they?",
            "Standardize both by the mean and the spread of the known ones.",
            change={"= (X_test - mean) / spread": "= (X_test - X_test.mean(axis=0)) / X_test.std(axis=0)"},
        ),
        Wrong(
            "nothing is standardized",
            "It is honest now; but the features are not standardized any longer, so the widest of them decides alone.",
            "Which lines have you taken out?",
            "Keep the standardizing, by the mean and the spread of the known samples.",
            change={OWN: "0.0, 1.0"},
        ),
        Wrong(
            "only the sample itself is left out",
            "Each test sample is compared with all the others, the other test samples among them.",
            "When the network is used, are the other test samples known, with their labels?",
            "Look for neighbors in `X[held_out:]` only, and take mean and spread from there too.",
            change={
                PARTS: "X_known, y_known = X, y",
                "    answers =": "    distances[np.arange(held_out), np.arange(held_out)] = np.inf\n    answers =",
            },
        ),
        Wrong(
            "the farthest one answers",
            "Your score is far too low: the label is that of the sample that is farthest away.",
            "Which of `argmin` and `argmax` finds the nearest?",
            "Take the label of the smallest distance, `distances.argmin(axis=1)`.",
            change={"argmin": "argmax"},
        ),
    ),
)
