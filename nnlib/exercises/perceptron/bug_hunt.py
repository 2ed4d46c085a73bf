"""Exercise: a perceptron with two bugs, betrayed by Novikoff's bound and found by comparing it with nnlib."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def clouds(rng):
    """Return two clouds of three points each, far enough apart and away from the origin, in random order, and 50 epochs."""
    order, center = rng.permutation(6), rng.normal(size=2)
    y = np.array([-1, -1, -1, 1, 1, 1])[order]
    return center + 0.3 * rng.normal(size=(6, 2)) + 1.2 * y[:, None], y, 50


EXERCISE = Exercise(
    name="perceptron-bug-hunt",
    asks="learn(X, y, epochs)",
    solution="""
import numpy as np


def learn(X, y, epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(epochs):
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (w @ x_i + b) <= 0:  # y times all of z
                w = w + y_i * x_i
                mistakes += 1
                b = b + y_i  # at a mistake, as w
    return w, b, mistakes
""",
    hints=(
        "Run it for one epoch on two examples, and compare its weights and its bias with those of `Perceptron`.",
        "One bug is in the `if`: which part of z does y_i multiply? The other is a line at the wrong depth.",
        "Write `y_i * (w @ x_i + b) <= 0`, and indent `b = b + y_i`, so that the bias changes only at a mistake.",
    ),
    inputs=(
        (np.array([[1.0, 2.0], [2.0, 0.0]]), np.array([-1, 1]), 1),
        (np.array([[3.0, 1.0], [1.0, 1.0], [2.0, 3.0]]), np.array([1, -1, 1]), 4),
    ),
    random=clouds,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Go through one epoch by hand, with one example of each label: which lines run when an answer is right?",
            "One bug is the depth of a line, the other the place of a bracket in the `if`.",
            change={"y_i * (w @ x_i + b) <= 0": "y_i * (w @ x_i) + b <= 0", "                b = b": "            b = b"},
        ),
        Wrong(
            "the bias moves at every example",
            "One bug is mended. The bias still moves where the answer is right.",
            "Look at how far each of the three lines below the `if` is indented.",
            "Indent `b = b + y_i` as far as the line above it.",
            change={"                b = b": "            b = b"},
        ),
        Wrong(
            "the bias keeps its sign in the test of a mistake",
            "One bug is mended. Examples with the label +1 are judged well, those with −1 by the wrong z.",
            "In the `if`, look at what y_i multiplies, and at what it does not.",
            "The label multiplies all of z, bias included: `y_i * (w @ x_i + b) <= 0`.",
            change={"y_i * (w @ x_i + b) <= 0": "y_i * (w @ x_i) + b <= 0"},
        ),
    ),
)
