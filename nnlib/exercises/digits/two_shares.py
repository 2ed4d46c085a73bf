"""Exercise: two questions to a confusion matrix, one asked along its rows, one down its columns."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_counts(rng):
    """Return a confusion matrix at random; every class occurs, and is answered."""
    classes = int(rng.integers(2, 5))
    return (rng.integers(1, 9, (classes, classes)) + np.diag(rng.integers(1, 20, classes)),)


EXERCISE = Exercise(
    name="digits-two-shares",
    asks="read_and_trust(counts)",
    solution="""
import numpy as np


def read_and_trust(counts):
    right = np.diag(counts)
    read = right / counts.sum(axis=1)
    trust = right / counts.sum(axis=0)
    return read, trust
""",
    hints=(
        "Begin with the right answers: they are the diagonal, `np.diag(counts)`.",
        "All samples of a class stand in its row, all answers of that name in its column. Add them up with `.sum(axis=…)`.",
        "Return `right / counts.sum(axis=1), right / counts.sum(axis=0)`, where `right = np.diag(counts)`.",
    ),
    inputs=((np.array([[8, 2], [1, 9]]),), (np.array([[5, 1, 4], [1, 8, 1], [1, 2, 7]]),)),
    random=some_counts,
    wrong=(
        Wrong(
            "the two have changed places",
            "Both are right, and each stands in the place of the other.",
            "How many of the samples are read is asked first: that is a share of a *row*.",
            "Return the shares of the rows first, `axis=1`, then those of the columns, `axis=0`.",
            change={"return read, trust": "return trust, read"},
        ),
        Wrong(
            "both are shares of the rows",
            "The first is right, and the second says the same.",
            "All answers “8”, right or wrong, stand one below the other.",
            "For the second add up the columns, `counts.sum(axis=0)`.",
            change={"counts.sum(axis=0)": "counts.sum(axis=1)"},
        ),
        Wrong(
            "both are shares of the columns",
            "The second is right, and the first says the same.",
            "All samples of the class 8, read rightly or not, stand in one row.",
            "For the first add up the rows, `counts.sum(axis=1)`.",
            change={"counts.sum(axis=1)": "counts.sum(axis=0)"},
        ),
        Wrong(
            "shares of all samples",
            "Your numbers are too small: they are shares of *all* samples.",
            "If every 8 is read, the share of the eights that are read is 1, however few eights there are.",
            "Divide by the sum of the class's own row, or column, not of the whole table.",
            change={"counts.sum(axis=1)": "counts.sum()", "counts.sum(axis=0)": "counts.sum()"},
        ),
        Wrong(
            "the right answers are compared with the wrong ones",
            "You divide by the mistakes alone.",
            "With 8 right and 2 wrong the share is 8 of 10, not 8 of 2.",
            "Divide by the whole row, or column, with the right answers in it.",
            change={"counts.sum(axis=1)": "(counts.sum(axis=1) - right)", "counts.sum(axis=0)": "(counts.sum(axis=0) - right)"},
        ),
        Wrong(
            "whole numbers are divided into whole numbers",
            "All your shares are 0 or 1.",
            "What is 8 // 10?",
            "Divide with `/`.",
            change={
                "right / counts.sum(axis=1)": "right // counts.sum(axis=1)",
                "right / counts.sum(axis=0)": "right // counts.sum(axis=0)",
            },
        ),
        Wrong(
            "percent in place of shares",
            "Your numbers are a hundred times too large.",
            "A share lies between 0 and 1.",
            "Leave the factor of 100 out.",
            change={"right / counts": "100 * right / counts"},
        ),
        Wrong(
            "every number is divided, not only the right answers",
            "You return tables, and a number for each class is asked for.",
            "Which numbers of the table are right answers?",
            "Take the diagonal first: `right = np.diag(counts)`.",
            change={"right = np.diag(counts)": "right = counts"},
            others=({"right = np.diag(counts)": "right = counts * np.eye(len(counts))"},),
        ),
        Wrong(
            "one share for all classes",
            "You return how many answers are right altogether, and each class has its own share.",
            "How many numbers does `.sum()` without an axis give?",
            "Add up along one axis: `counts.sum(axis=1)` and `counts.sum(axis=0)`.",
            change={
                "right / counts.sum(axis=1)": "right.sum() / counts.sum()",
                "right / counts.sum(axis=0)": "right.sum() / counts.sum()",
            },
        ),
        Wrong(
            "tables in place of two lists",
            "Your numbers are right, but they come as tables with one column or one row.",
            "Print the shapes of your two results: a class has one number in each.",
            "Leave `keepdims` out: `right / counts.sum(axis=1), right / counts.sum(axis=0)`.",
            change={
                "return read, trust": "return read[:, None], trust[:, None]",
            },
            others=({"return read, trust": "return read[:, None], trust[None]"},),
        ),
    ),
)
