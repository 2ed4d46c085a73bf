"""Exercise: a numerical gradient of one's own."""

from dataclasses import dataclass

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


@dataclass(frozen=True)
class Curve:
    """A smooth function of several numbers, curved everywhere; it shows itself as the program that it is."""

    weights: tuple

    def __call__(self, x):
        """Return its value at x."""
        return float((self.weights * np.exp(x)).sum() + x[0] * x[-1] ** 2)

    def __repr__(self):
        return f"lambda x: ({list(self.weights)} * np.exp(x)).sum() + x[0] * x[-1] ** 2"


def a_curve(rng):
    """Return such a function of three numbers, a place, and a small h."""
    return Curve(tuple(rng.normal(size=3).round(1).tolist())), rng.normal(size=3), 0.001


EXERCISE = Exercise(
    name="backpropagation-difference",
    asks="slopes(f, x, h)",
    solution="""
import numpy as np


def slopes(f, x, h):
    result = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        result[i] = (f(up) - f(down)) / (2 * h)
    return result
""",
    hints=(
        "Begin with one element of x: a copy of x in which it is larger by h, and one in which it is smaller.",
        "The slope is what f has gained from the one to the other, divided by how far apart the two are.",
        "In a loop over i, `(f(up) - f(down)) / (2 * h)`, with fresh copies of x in every round.",
    ),
    inputs=((Curve((1.0, -2.0)), np.array([0.5, 1.0]), 0.001), (Curve((2.0,)), np.array([0.5]), 0.001)),
    random=a_curve,
    wrong=(
        Wrong(
            "one side only",
            "Nearly right: the error is of the size of h, and could be as small as h².",
            "You look to one side only, and f is curved: the curve shows in your slope.",
            "Look to both sides, and divide by 2h, the distance between them.",
            change={"down[i] -= h": "pass", "(2 * h)": "h"},
            others=({"up[i] += h": "pass", "(2 * h)": "h"},),
        ),
        Wrong(
            "the distance is taken for h",
            "All slopes are twice too large.",
            "How far apart are the two points?",
            "They are 2h apart: divide by `(2 * h)`.",
            change={"(2 * h)": "h"},
        ),
        Wrong(
            "multiplied by h",
            "Your slopes are far too small.",
            "Look at the brackets of the division: `/ 2 * h` divides by 2, and then multiplies by h.",
            "Write `/ (2 * h)`.",
            change={"(2 * h)": "2 * h"},
        ),
        Wrong(
            "the nudges stay",
            "The first slope is right, and the later ones are taken somewhere else.",
            "After its turn an element must be back where it was.",
            "Begin each round with fresh copies of x.",
            change={
                "        up, down = x.copy(), x.copy()\n": "",
                "result = np": "up, down = x.copy(), x.copy()\n    result = np",
            },
        ),
        Wrong(
            "all elements move at once",
            "All your slopes are the same number.",
            "Which elements of x move in one round?",
            "Move only the element i: `up[i] += h`.",
            change={"up[i] +=": "up +=", "down[i] -=": "down -="},
        ),
        Wrong(
            "downhill for uphill",
            "Every slope has the wrong sign.",
            "A slope is positive where f grows with x.",
            "Take f(up) − f(down), in this order.",
            change={"f(up) - f(down)": "f(down) - f(up)"},
        ),
        Wrong(
            "both names are one array",
            "All your slopes are 0: what you call up and what you call down is one and the same array.",
            "`up = x` makes no copy. What does `down[i] -= h` do to `up`?",
            "Copy: `up, down = x.copy(), x.copy()`, in each round.",
            change={"up, down = x.copy(), x.copy()": "up, down = x, x"},
            others=({"up, down = x.copy(), x.copy()": "up = down = x.copy()"},),
        ),
        Wrong(
            "nothing is divided",
            "You return how much f has gained, and not how steep it is.",
            "A slope is a gain divided by a distance. How far apart are the two points?",
            "Divide by `(2 * h)`.",
            change={" / (2 * h)": ""},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first element gets a slope.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`.",
            change={"    return result": "        return result"},
        ),
        Wrong(
            "no loop over the elements",
            "All elements of x move at once, so you get one number, and each element has a slope of its own.",
            "What does `x + h` do to an array?",
            "Go through the elements, and move one at a time.",
            change={
                "    result = np.zeros(len(x))": "    return (f(x + h) - f(x - h)) / (2 * h)\n    result = np.zeros(len(x))"
            },
        ),
        Wrong(
            "one side, and the distance of two",
            "All of your slopes are half as large as they should be.",
            "How far apart are the two places where you ask for f?",
            "Nudge the one up and the other down: then they are 2h apart.",
            change={"down[i] -= h": "pass"},
            others=({"up[i] += h": "pass"},),
        ),
        Wrong(
            "the slopes are added up",
            "You return one number, and each element of x has its own slope.",
            "What is the shape of a gradient in x?",
            "Collect the slopes in an array, one for each element.",
            change={"    return result": "    return result.sum()"},
        ),
        Wrong(
            "f gets a single element",
            "You call f with one number, and f takes the whole array x.",
            "What does f need besides the element that you nudge?",
            "Copy x, nudge one element of the copy, and give f the whole copy.",
            change={"(f(up) - f(down)) / (2 * h)": "(f(x[i] + h) - f(x[i] - h)) / (2 * h)"},
        ),
    ),
)
