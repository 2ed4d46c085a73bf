"""Exercise: one arm of the spiral, by its law."""

import math

from nnlib.exercises.exercise import Exercise, Wrong


def some_arm(rng):
    """Return how many points an arm has, and the direction in which it starts."""
    return int(rng.integers(2, 12)), float(rng.uniform(-4, 4))


EXERCISE = Exercise(
    name="playground-spiral",
    asks="arm(n, start)",
    solution="""
import numpy as np


def arm(n, start):
    i = np.arange(n)
    r = 5 * i / n
    t = 3.5 * np.pi * i / n + start
    return np.column_stack([r * np.sin(t), r * np.cos(t)])
""",
    hints=(
        "Begin with all the numbers of the points at once, 0 to n − 1: `np.arange(n)`.",
        "From them follow n radii and n angles, each by one line of the law. The coordinates are the columns of the result.",
        "`r = 5 * i / n`, `t = 3.5 * np.pi * i / n + start`, and then `np.column_stack([r * np.sin(t), r * np.cos(t)])`.",
    ),
    inputs=((4, 0.0), (4, math.pi), (7, math.pi), (2, 1.0)),
    random=some_arm,
    wrong=(
        Wrong(
            "sine and cosine have changed places",
            "Both coordinates are right, but they have changed places.",
            "Where is the arm when its angle is 0, to the right or up? The law has the sine first.",
            "The first column is `r * np.sin(t)`, the second `r * np.cos(t)`.",
            change={"[r * np.sin(t), r * np.cos(t)]": "[r * np.cos(t), r * np.sin(t)]"},
        ),
        Wrong(
            "counted from 1",
            "Your points are counted from 1, so that each is where the next should be.",
            "Where is the first point of the arm, with i = 0?",
            "`np.arange(n)` gives 0 to n − 1.",
            change={"np.arange(n)": "np.arange(1, n + 1)"},
        ),
        Wrong(
            "the last point reaches the end",
            "Your arm reaches radius 5. By the law the last point stays a little below it.",
            "What is i/n for the last point, with i = n − 1? Do you divide by n, or by n − 1?",
            "Divide by n. `np.linspace(0, 1, n)` divides by n − 1; `np.arange(n) / n` is what the law says.",
            change={"i = np.arange(n)": "i = np.arange(n) * n / (n - 1)"},
        ),
        Wrong(
            "the angle is in degrees",
            "Your angle is in degrees, and `np.sin` takes radians.",
            "How much is a full turn for `np.sin`: 360, or 2π?",
            "Leave the angle as the law has it, `3.5 * np.pi * i / n + start`.",
            change={"3.5 * np.pi * i / n + start": "630 * i / n + start"},
            others=({"3.5 * np.pi * i / n + start": "np.degrees(3.5 * np.pi * i / n + start)"},),
        ),
        Wrong(
            "twice as many turns",
            "Your arm makes twice as many turns as it should.",
            "How many turns are 3.5 π radians, if a full turn is 2π?",
            "The angle is `3.5 * np.pi * i / n`, without another factor of 2.",
            change={"3.5 * np.pi * i / n": "2 * 3.5 * np.pi * i / n"},
        ),
        Wrong(
            "π is forgotten",
            "Your arm hardly bends: π is missing in its angle.",
            "What is the angle of the law for i = n/2, and what is yours?",
            "The angle is `3.5 * np.pi * i / n + start`.",
            change={"3.5 * np.pi * i / n": "3.5 * i / n"},
        ),
        Wrong(
            "the start is forgotten",
            "All your arms lie on top of each other.",
            "Which of your lines depends on `start`?",
            "Add `start` to every angle.",
            change={" + start": ""},
        ),
        Wrong(
            "the start is added too early",
            "You add `start` to the number of the point, and it is an angle.",
            "Is `start` multiplied by 3.5 π and divided by n in the law?",
            "Add it last: `3.5 * np.pi * i / n + start`.",
            change={"3.5 * np.pi * i / n + start": "3.5 * np.pi * (i + start) / n"},
        ),
        Wrong(
            "the radius does not grow",
            "All your points lie on a circle: the radius is always 5.",
            "How far from the middle is the first point of the arm?",
            "The radius grows with the point's number: `r = 5 * i / n`.",
            change={"r = 5 * i / n": "r = 5 + 0 * i"},
        ),
        Wrong(
            "the radius is not divided",
            "Your radius grows by 5 from point to point.",
            "The arm should end near radius 5, however many points it has.",
            "Divide by n: `r = 5 * i / n`.",
            change={"r = 5 * i / n": "r = 5 * i"},
        ),
        Wrong(
            "the radius ends at 1",
            "Your arm has the right shape, and is five times too small.",
            "How far from the middle does the arm end by the law?",
            "Multiply by 5: `r = 5 * i / n`.",
            change={"r = 5 * i / n": "r = i / n"},
        ),
        Wrong(
            "a row for each coordinate",
            "Your array is lying on its side: two rows, and a column for each point.",
            "What shape has `X` in this book? A point is a row.",
            "Stack the two as columns: `np.column_stack([…, …])`, or take the transpose, `.T`.",
            change={"np.column_stack(": "np.array("},
        ),
        Wrong(
            "one long list",
            "You return one long list of numbers, and a point is a row of two.",
            "What shape does your result have, and which is asked for?",
            "Stack them as columns: `np.column_stack([r * np.sin(t), r * np.cos(t)])`.",
            change={"np.column_stack(": "np.concatenate("},
        ),
    ),
)
