"""Exercise: a confusion matrix, counted."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_answers(rng):
    """Return labels, answers, half of which are right at least, and the number of classes."""
    classes, n = int(rng.integers(2, 6)), int(rng.integers(4, 30))
    y = rng.integers(0, classes, n)
    return y, np.where(rng.random(n) < 0.5, y, rng.integers(0, classes, n)), classes


LOOP = "    for true, answer in zip(y, answers, strict=True):\n        counts[true, answer] += 1\n"
EVERY = "    counts[:] = [[{} for j in range(classes)] for i in range(classes)]\n"

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
        "Go through the labels and the answers pair by pair: each pair adds one to a single place of the table.",
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
            "A true 0 that was read as a 1 belongs in row 0, column 1.",
            "The true label comes first: `counts[true, answer]`.",
            change={"counts[true, answer]": "counts[answer, true]"},
        ),
        Wrong(
            "each pair is counted once at most",
            "No number in your table is larger than 1.",
            "`counts[y, answers] += 1` first reads all the places and then writes them: where a pair occurs twice, 0 + 1 is "
            "written twice. And `= 1` writes a 1, however many there were.",
            "Go through the pairs one by one; or use `np.add.at(counts, (y, answers), 1)`, which adds each time.",
            change={LOOP: "    counts[y, answers] += 1\n"},
        ),
        Wrong(
            "only the right answers are counted",
            "The diagonal is right, but the mistakes beside it are missing.",
            "What does your loop do where the answer differs from the label?",
            "Count every pair, with `counts[true, answer] += 1`.",
            change={"        counts[true, answer] += 1": "        counts[true, answer] += true == answer"},
        ),
        Wrong(
            "only the mistakes are counted",
            "The mistakes are all there, but the diagonal is empty.",
            "Right answers count too: a true 2 that is read as a 2 belongs in row 2, column 2.",
            "Count every pair, with `counts[true, answer] += 1`.",
            change={"        counts[true, answer] += 1": "        counts[true, answer] += true != answer"},
        ),
        Wrong(
            "all rows are one list",
            "All the rows of your table are equal, because they are one and the same list.",
            "`[[0] * n] * n` makes one row and lists it n times. What happens to the others if you change one of them?",
            "Make a table whose rows are its own: `np.zeros((classes, classes), dtype=int)`.",
            change={"np.zeros((classes, classes), dtype=int)": "[[0] * classes] * classes", "[true, answer]": "[true][answer]"},
        ),
        Wrong(
            "shares or percentages in place of counts",
            "You return shares; the question asks for counts.",
            "How many times was a true 0 read as a 1? That is a whole number.",
            "Leave the division out.",
            change={"return counts": "return counts / counts.sum()"},
            others=tuple(
                {"return counts": f"return counts / {sums}"}
                for sums in (
                    "counts.sum() * 100",
                    "counts.sum(axis=1, keepdims=True)",
                    "np.maximum(counts.sum(axis=1, keepdims=True), 1)",
                )
            ),
        ),
        Wrong(
            "the loop ends too early",
            "Only the first pair is counted.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, under the `for`.",
            change={"+= 1\n    return": "+= 1\n        return"},
        ),
        Wrong(
            "only a list of right answers",
            "You return one number for each class, and the table has a row *and* a column for each.",
            "Where in your result could one see that an eight was read as a one?",
            "Make a table, `np.zeros((classes, classes), dtype=int)`, and add one to `counts[true, answer]`.",
            change={
                "np.zeros((classes, classes), dtype=int)": "np.zeros(classes, dtype=int)",
                "counts[true, answer] += 1": "counts[true] += true == answer",
            },
            others=(
                {"    return counts": "    return np.diag(counts)"},
                {"    return counts": "    return counts.sum(axis=1)"},
            ),
        ),
        Wrong(
            "labels and answers are counted apart",
            "You count how often a class occurs and how often an answer does, but not how often they occur *together*.",
            "A sample belongs in row i and column j when its label is i *and* its own answer is j.",
            "Go through the pairs: `for true, answer in zip(y, answers)`, and add one at `counts[true, answer]`.",
            change={LOOP: EVERY.format("sum(y == i) + sum(answers == j)")},
            others=(
                {LOOP: EVERY.format("sum(y == i) and sum(answers == j)")},
                {LOOP: EVERY.format("sum(y == i) * sum(answers == j)")},
                {LOOP: EVERY.format("min(sum(y == i), sum(answers == j))")},
            ),
        ),
        Wrong(
            "counting begins at one",
            "Every number in your table is too large by one.",
            "How often has a pair been seen before you look at the first one?",
            "Begin with zeros: `np.zeros((classes, classes), dtype=int)`.",
            change={"np.zeros(": "np.ones("},
        ),
        Wrong(
            "the shape is not a pair",
            "You give `np.zeros` two numbers, and it takes the second for a data type.",
            "How many arguments does a shape take: two numbers, or one pair of numbers?",
            "Put the shape in parentheses of its own: `np.zeros((classes, classes), dtype=int)`.",
            change={"np.zeros((classes, classes), dtype=int)": "np.zeros(classes, classes)"},
        ),
        Wrong(
            "as many pairs as classes",
            "You look at the first few pairs only: as many as there are classes.",
            "How often does your loop run, and how many samples are there?",
            "Go through all the pairs: `for true, answer in zip(y, answers)`.",
            change={"zip(y, answers, strict=True)": "list(zip(y, answers))[:classes]"},
            others=({LOOP: "    for i in range(classes):\n        counts[y[i], answers[i]] += 1\n"},),
        ),
        Wrong(
            "the classes are counted from the data",
            "Your table is too small: from 0 to the largest label there is one class more than the largest label says.",
            "How many classes are 0, 1 and 2? And what if the last class does not occur in the labels?",
            "The number is given: `np.zeros((classes, classes), dtype=int)`.",
            change={"(classes, classes)": "(y.max(), y.max())"},
            others=({"(classes, classes)": "(y.max() + 1, y.max() + 1)"}, {"(classes, classes)": "(len(set(y)), len(set(y)))"}),
        ),
    ),
)
