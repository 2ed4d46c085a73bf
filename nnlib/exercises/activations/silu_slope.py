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
    close=(1e-12, 1e-15),  # closer than a difference quotient comes
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
        Wrong(
            "the derivative gets the sigmoid instead of z",
            "A derivative function takes z, and yours is given the output s: the sigmoid is applied twice.",
            "Is the slope of the sigmoid at z asked for, or at the place σ(z)?",
            "Use `s * (1 - s)`, or hand z itself to the derivative: s + z · σ′(z).",
            change={"s * (1 - s)": "sigmoid(s) * (1 - sigmoid(s))"},
            others=(
                {"s + z * s * (1 - s)": "z * sigmoid(s) * (1 - sigmoid(s))"},
                {"s + z * s * (1 - s)": "sigmoid(s) * (1 - sigmoid(s))"},
            ),
        ),
        Wrong(
            "a(1 − a) is taken of z",
            "Your slope of the sigmoid is z (1 − z), which is no slope of it.",
            "The short formula a (1 − a) wants the output of the sigmoid. What do you put into it?",
            "Put s into it: s + z · s (1 − s).",
            change={"z * s * (1 - s)": "z * z * (1 - z)"},
        ),
        Wrong(
            "one term is subtracted",
            "Both terms are right, and the sign between them is not.",
            "The product rule has a plus: which rule has a minus?",
            "Add the two: s + z · s (1 − s).",
            change={"s + z": "s - z"},
        ),
    ),
)
