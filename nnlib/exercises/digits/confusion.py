"""Exercise: a confusion matrix, counted."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_answers(rng):
    """Return labels, answers, half of which are right at least, and the number of classes."""
    classes, n = int(rng.integers(2, 6)), int(rng.integers(4, 30))
    y = rng.integers(0, classes, n)
    return y, np.where(rng.random(n) < 0.5, y, rng.integers(0, classes, n)), classes


LOOP = "    for true, answer in zip(y, answers, strict=True):\n        counts[true, answer] += 1\n"

EXERCISE = Exercise(
    name="digits-confusion",
    asks="count_answers(y, answers, classes)",
    solution=f"""
import numpy as np


def count_answers(y, answers, classes):
    counts = np.zeros((classes, classes), dtype=int)
{LOOP}    return counts
""",
    hints=(
        "Begin with a table of zeros, `np.zeros((classes, classes), dtype=int)`.",
        "Go through the pairs of a true label and an answer: each adds one to a single place of the table.",
        "In the loop over `zip(y, answers)` write `counts[true, answer] += 1`, and return counts after it.",
    ),
    inputs=(
        (np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 2, 0]), 3),
        (np.array([1, 1, 1]), np.array([1, 1, 0]), 3),
    ),
    random=some_answers,
    wrong=(
        Wrong(
            "rows and columns have changed places",
            "Your table lies on its side: the rows are the answers.",
            "A true 0 that was read as a 1 belongs into row 0, column 1.",
            "The true label comes first: `counts[true, answer]`.",
            change={"counts[true, answer]": "counts[answer, true]"},
        ),
        Wrong(
            "each pair is counted once at most",
            "No number in your table is larger than 1.",
            "`counts[y, answers] += 1` reads all the places first and writes then: where a pair occurs twice, 0 + 1 is "
            "written twice.",
            "Go through the pairs one by one; or use `np.add.at(counts, (y, answers), 1)`, which adds each time.",
            change={LOOP: "    counts[y, answers] += 1\n"},
        ),
        Wrong(
            "only the right answers are counted",
            "The diagonal is right, and beside it there is nothing: the mistakes are missing.",
            "What does your loop do where the answer differs from the label?",
            "Count every pair, with `counts[true, answer] += 1`.",
            change={"        counts[true, answer] += 1": "        counts[true, answer] += true == answer"},
        ),
        Wrong(
            "only the mistakes are counted",
            "The mistakes are all there, and the diagonal is empty.",
            "Right answers are counted too: a true 2 that is read as a 2 belongs into row 2, column 2.",
            "Count every pair, with `counts[true, answer] += 1`.",
            change={"        counts[true, answer] += 1": "        counts[true, answer] += true != answer"},
        ),
        Wrong(
            "all rows are one list",
            "All the rows of your table are equal, because they are one and the same list.",
            "`[[0] * n] * n` makes one row, and writes it down n times. What does a change in one of them do?",
            "Make a table with rows of its own: `np.zeros((classes, classes), dtype=int)`.",
            change={"np.zeros((classes, classes), dtype=int)": "[[0] * classes] * classes", "[true, answer]": "[true][answer]"},
        ),
        Wrong(
            "shares in place of counts",
            "You return shares, and counts are asked for.",
            "How many times was a true 0 read as a 1? That is a whole number.",
            "Leave the division out.",
            change={"return counts": "return counts / counts.sum()"},
            others=({"return counts": "return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)"},),
        ),
        Wrong(
            "the loop ends too early",
            "Only the first pair is counted.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`.",
            change={"+= 1\n    return": "+= 1\n        return"},
        ),
    ),
)
