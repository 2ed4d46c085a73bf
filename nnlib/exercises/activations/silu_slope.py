"""Exercise: the derivative of SiLU, by the product rule."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="activations-silu-slope",
    asks="silu_slope(z)",
    solution="""
from nnlib.activations import sigmoid


def silu_slope(z):
    s = sigmoid(z)
    return s + z * s * (1 - s)
""",
    hints=(
        "Begin with the product rule: the slope of a product f · g is f′ · g + f · g′.",
        "Here f is z itself, with the slope 1, and g is the sigmoid s, with the slope s (1 − s).",
        "Write `s = sigmoid(z)`, and return 1 · s + z · s (1 − s).",
    ),
    inputs=((0.0,), (1.0,), (-2.0,), (np.linspace(-4, 4, 5),)),
    random=lambda rng: (float(rng.normal(scale=3)),),
    wrong=(
        Wrong(
            "the slopes are multiplied",
            "The slope of a product is not the product of the slopes.",
            "Each of the two factors changes while the other stays: that makes two terms.",
            "Add the two terms f′ · g and f · g′: s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "s * (1 - s)"},
        ),
        Wrong(
            "only the sigmoid changes",
            "One of the two terms is missing: at z = 0 your slope is 0, and the curve is not flat there.",
            "You have f · g′. What happens to the output when the factor z changes and the sigmoid stays?",
            "Add f′ · g, which is the sigmoid itself: s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "z * s * (1 - s)"},
        ),
        Wrong(
            "only z changes",
            "One of the two terms is missing: your slope is right at z = 0 alone.",
            "You have f′ · g. The sigmoid changes as well, when z does.",
            "Add z times the slope of the sigmoid: s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "s"},
        ),
        Wrong(
            "the factor z is lost",
            "Both terms are there, but one lacks a factor.",
            "In f · g′ the factor f stays as it is; what is f here?",
            "Multiply the slope of the sigmoid by z: s + z · s (1 − s).",
            change={"z * s * (1 - s)": "s * (1 - s)"},
        ),
        Wrong(
            "it is the function, not its slope",
            "This is SiLU itself, and its slope is asked for.",
            "Compare it with `numerical_gradient(silu, 1.0)`.",
            "Use the product rule: s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "z * s"},
        ),
    ),
)
