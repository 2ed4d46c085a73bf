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
        "All samples of a class are in its row, and all answers that name it in its column. Add them up with `.sum(axis=…)`.",
        "Return `right / counts.sum(axis=1), right / counts.sum(axis=0)`, where `right = np.diag(counts)`.",
    ),
    inputs=((np.array([[8, 2], [1, 9]]),), (np.array([[5, 1, 4], [1, 8, 1], [1, 2, 7]]),)),
    random=some_counts,
    wrong=(
        Wrong(
            "the two have changed places",
            "Both are right, but they have changed places.",
            "The first question is how many samples of a class are read correctly: that is a share of a *row*.",
            "Return the shares of the rows first, `axis=1`, then those of the columns, `axis=0`.",
            change={"return read, trust": "return trust, read"},
        ),
        Wrong(
            "both are shares of the rows",
            "The first is right, but the second repeats it.",
            "All answers “8”, right or wrong, are in one *column*.",
            "For the second, add up the columns: `counts.sum(axis=0)`.",
            change={"counts.sum(axis=0)": "counts.sum(axis=1)"},
        ),
        Wrong(
            "both are shares of the columns",
            "The second is right, but the first repeats it.",
            "All samples of the class 8, read correctly or not, are in one *row*.",
            "For the first, add up the rows: `counts.sum(axis=1)`.",
            change={"counts.sum(axis=1)": "counts.sum(axis=0)"},
        ),
        Wrong(
            "shares of all samples",
            "Your numbers are too small: they are shares of *all* samples.",
            "If every 8 is read correctly, the share for 8 is 1, however few eights there are.",
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
            "You return tables; the question asks for one number per class.",
            "Which numbers of the table are right answers?",
            "Take the diagonal first: `right = np.diag(counts)`.",
            change={"right = np.diag(counts)": "right = counts"},
            others=({"right = np.diag(counts)": "right = counts * np.eye(len(counts))"},),
        ),
        Wrong(
            "one share for all classes",
            "You return the share of right answers over all classes, but each class has its own.",
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
            "Print the shapes of your two results: each should be (classes,).",
            "Leave `keepdims` out: `right / counts.sum(axis=1), right / counts.sum(axis=0)`.",
            change={
                "return read, trust": "return read[:, None], trust[:, None]",
            },
            others=({"return read, trust": "return read[:, None], trust[None]"},),
        ),
        Wrong(
            "only the first share",
            "You return one array, and the question asks two things.",
            "One array says how much of a class is read. Which one says how far an answer can be trusted?",
            "Return both: `right / counts.sum(axis=1), right / counts.sum(axis=0)`.",
            change={"return read, trust": "return read"},
            others=({"return read, trust": "return trust"},),
        ),
        Wrong(
            "all right answers together are divided",
            "Your shares are larger than 1: you divide the right answers of *all* classes by the samples of one.",
            "What does `np.trace` add up?",
            "Take the diagonal, a number for each class: `right = np.diag(counts)`.",
            change={"right = np.diag(counts)": "right = np.trace(counts)"},
        ),
        Wrong(
            "only one class",
            "You return two numbers, those of a single class.",
            "Your loop computes a share for each class. Where do the others go?",
            "Collect them in two lists with `append`, and return the lists after the loop; or divide whole arrays at once.",
            change={"return read, trust": "return read[-1], trust[-1]"},
            others=({"return read, trust": "return read[0], trust[0]"},),
        ),
        Wrong(
            "rounded",
            "Your shares are rounded.",
            "The difference is in the digits that `round` has cut off.",
            "Return the shares as they are; round only where you print.",
            change={"return read, trust": "return read.round(2), trust.round(2)"},
            others=tuple({"return read, trust": f"return read.round({n}), trust.round({n})"} for n in (1, 3, 4)),
        ),
        Wrong(
            "divided by the mean",
            "Your shares are too large, by a factor of the number of classes.",
            "A share is a part of the *whole* row. What does `mean` divide by once more?",
            "Divide by the sum: `counts.sum(axis=1)` and `counts.sum(axis=0)`.",
            change={"counts.sum(axis=1)": "counts.mean(axis=1)", "counts.sum(axis=0)": "counts.mean(axis=0)"},
        ),
        Wrong(
            "nothing is divided",
            "You return how many samples and answers there are of each class, and not which share of them is right.",
            "With 10 eights, of which 8 are read correctly, what is the share?",
            "Divide the right answers by these sums: `right / counts.sum(axis=1)`.",
            change={"right / counts": "counts"},
            others=({"right / counts.sum(axis=1)": "right", "right / counts.sum(axis=0)": "right"},),
        ),
        Wrong(
            "the shares of the mistakes",
            "You return the shares that are *wrong*.",
            "If every 8 is read correctly, what should the share for 8 be?",
            "Leave out the `1 - …`.",
            change={"right / counts": "1 - right / counts"},
        ),
        Wrong(
            "the largest number instead of the right one",
            "You divide the *largest* number of a row, which is not always the number of right answers.",
            "If most eights are read as ones, where are the right answers?",
            "Take the diagonal, `np.diag(counts)`.",
            change={
                "right / counts.sum(axis=1)": "counts.max(axis=1) / counts.sum(axis=1)",
                "right / counts.sum(axis=0)": "counts.max(axis=0) / counts.sum(axis=0)",
            },
        ),
        Wrong(
            "divided by one row and one column",
            "You divide by the numbers of the first row and the first column.",
            "How many samples of class 1 are there? They are all of row 1.",
            "Add up each row, `counts.sum(axis=1)`, and each column, `counts.sum(axis=0)`.",
            change={"counts.sum(axis=1)": "counts[0]", "counts.sum(axis=0)": "counts[:, 0]"},
            others=({"counts.sum(axis=1)": "counts[:, 0]", "counts.sum(axis=0)": "counts[0]"},),
        ),
    ),
)
