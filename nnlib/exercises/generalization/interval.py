"""Exercise: Wilson's interval for the share of right answers."""

from nnlib.exercises.exercise import Exercise, Wrong


def some_score(rng):
    """Return how many were right, of how many, and how many standard errors wide the interval is."""
    n = int(rng.integers(5, 500))
    return int(rng.integers(0, n + 1)), n, float(rng.choice([1.0, 1.645, 1.96, 2.576]))


ENDS = "(middle - d) / scale, (middle + d) / scale"


def _rounded(digits):
    return {ENDS: f"round((middle - d) / scale, {digits}), round((middle + d) / scale, {digits})"}


EXERCISE = Exercise(
    name="generalization-interval",
    asks="interval(right, n, z)",
    solution="""
import numpy as np


def interval(right, n, z):
    share = right / n
    d = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    middle = share + z**2 / (2 * n)
    scale = 1 + z**2 / n
    return (middle - d) / scale, (middle + d) / scale
""",
    hints=(
        "Begin with the share of right answers, `right / n`.",
        "Then d, the root; the middle, `share + z**2 / (2 * n)`; and what both ends are divided by, `1 + z**2 / n`.",
        "The ends are `(middle - d) / scale` and `(middle + d) / scale`. Under the root, add `z**2 / (4 * n**2)`.",
    ),
    inputs=((90, 100, 1.96), (20, 20, 1.96), (0, 10, 2.0), (442, 450, 1.96)),
    random=some_score,
    wrong=(
        Wrong(
            "it is the simple interval",
            "This is the simple interval, a number of standard errors to either side of the score.",
            "What does it say of a network that has read 20 of 20?",
            "Add what Wilson adds: to the middle, under the root, and the division of both ends.",
            change={
                " + z**2 / (4 * n**2)": "",
                " + z**2 / (2 * n)": "",
                "1 + z**2 / n": "1",
            },
        ),
        Wrong(
            "nothing is added under the root",
            "Your interval is too narrow, most of all where the score is near 0 or 1.",
            "What is under the root when every answer is right?",
            "Under the root, add `z**2 / (4 * n**2)`.",
            change={" + z**2 / (4 * n**2)": ""},
        ),
        Wrong(
            "the middle is the score",
            "Your interval lies around the score itself, and Wilson's is moved toward one half.",
            "Look at the middle of the formula: what is added to the score?",
            "The middle is `share + z**2 / (2 * n)`.",
            change={" + z**2 / (2 * n)": ""},
        ),
        Wrong(
            "the ends are not divided",
            "Both ends are too large: for 20 of 20 the upper one lies above 1.",
            "What is below the line in the formula?",
            "Divide both ends by `1 + z**2 / n`.",
            change={"scale = 1 + z**2 / n": "scale = 1"},
        ),
        Wrong(
            "only one part is divided",
            "You divide only a part of each end by `1 + z**2 / n`.",
            "A division comes before a sum: which parts are above the line?",
            "Put parentheses around the sum: `(middle - d) / scale`.",
            change={ENDS: "middle - d / scale, middle + d / scale"},
            others=({ENDS: "middle / scale - d, middle / scale + d"},),
        ),
        Wrong(
            "n is not squared",
            "What you add under the root is too large.",
            "Under the root there is z² / (4n²). Which n is squared in your line?",
            "Write `z**2 / (4 * n**2)`.",
            change={"4 * n**2": "4 * n"},
        ),
        Wrong(
            "without a parenthesis below the line",
            "You multiply where the formula divides.",
            "What does Python make of `z**2 / 2 * n`? It goes from left to right.",
            "Put what is below the line in parentheses: `z**2 / (2 * n)`, `z**2 / (4 * n**2)`.",
            change={"z**2 / (2 * n)": "z**2 / 2 * n"},
            others=(
                {"z**2 / (4 * n**2)": "z**2 / 4 * n**2"},
                {"z**2 / (2 * n)": "z**2 / 2 * n", "z**2 / (4 * n**2)": "z**2 / 4 * n**2"},
            ),
        ),
        Wrong(
            "z is not squared",
            "A square is missing: z should be squared in three places.",
            "Compare the three terms in which z is beside n with the formula.",
            "Write `z**2` in the middle, under the root, and below the line.",
            change={"z**2": "z"},
            others=({"z**2 / (2 * n)": "z / (2 * n)"}, {"1 + z**2 / n": "1 + z / n"}, {"z**2 / (4": "z / (4"}),
        ),
        Wrong(
            "the root is missing",
            "You have the square of d in place of d.",
            "A variance is a square; what is a standard error?",
            "Take the root: `np.sqrt(…)`.",
            change={"np.sqrt": ""},
        ),
        Wrong(
            "z is not multiplied in",
            "Your interval does not grow with z as it should: it is one standard error wide.",
            "What comes before the root in the formula for d?",
            "Multiply the root by z.",
            change={"z * np.sqrt": "np.sqrt"},
        ),
        Wrong(
            "the upper end comes first",
            "Both ends are right, but the upper one comes first.",
            "Which one has the minus?",
            "Return the lower end first, the one with `middle - d`.",
            change={ENDS: "(middle + d) / scale, (middle - d) / scale"},
        ),
        Wrong(
            "the number of right answers in place of their share",
            "You put the *number* of right answers where the share belongs.",
            "What does p̂ mean in the formula? It lies between 0 and 1.",
            "Begin with `share = right / n`.",
            change={
                "share = right / n": "share = right",
                "np.sqrt(share * (1 - share) / n": "np.sqrt(abs(share * (1 - share)) / n",
            },
            others=({"share = right / n": "share = right"},),
        ),
        Wrong(
            "percent in place of shares",
            "Your ends are percentages.",
            "The question asks for shares between 0 and 1.",
            "Leave the factor of 100 out.",
            change={ENDS: "100 * (middle - d) / scale, 100 * (middle + d) / scale"},
        ),
        Wrong(
            "the middle and the width in place of the ends",
            "You return the middle and d, but the question asks for the two ends.",
            "Where does the interval begin, and where does it end?",
            "Return the middle less d, and the middle plus d.",
            change={ENDS: "middle / scale, d / scale"},
            others=({ENDS: "middle, d"},),
        ),
        Wrong(
            "rounded",
            "Your ends are rounded.",
            "The difference is in the digits that `round` has cut off.",
            "Return the ends as they are; round only where you print.",
            change=_rounded(3),
            others=tuple(map(_rounded, (1, 2, 4))),
        ),
    ),
)
