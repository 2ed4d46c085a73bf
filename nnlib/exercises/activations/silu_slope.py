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
            "One of the two terms is missing: your slope is right only at z = 0.",
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
            "This is SiLU itself, but the question asks for its slope.",
            "Compare it with `numerical_gradient(silu, 1.0)`.",
            "Use the product rule: s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "z * s"},
        ),
        Wrong(
            "the derivative gets the sigmoid instead of z",
            "Your derivative takes z, and you give it the output s: the sigmoid is applied twice.",
            "This is the trap of the chapter. Which of the two does your derivative want: the weighted sum z, or the output s?",
            "Hand it z itself, or write `s * (1 - s)` without it.",
            change={"s * (1 - s)": "sigmoid(s) * (1 - sigmoid(s))"},
            others=(
                {"s + z * s * (1 - s)": "z * sigmoid(s) * (1 - sigmoid(s))"},
                {"s + z * s * (1 - s)": "sigmoid(s) * (1 - sigmoid(s))"},
            ),
        ),
        Wrong(
            "a(1 − a) is taken of z",
            "Your slope of the sigmoid is z (1 − z), which is not its slope.",
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
            others=({"s + z * s * (1 - s)": "z * s * (1 - s) - s"},),
        ),
        Wrong(
            "the factor 1 − s is in both terms",
            "Multiplied out, yours is s (1 − s) + z · s (1 − s): the first term has a factor too many.",
            "The first term is f′ · g. With f = z that is 1 · s. Where does its 1 − s come from?",
            "Write `s * (1 + z * (1 - s))`, or, without factoring, `s + z * s * (1 - s)`.",
            change={"s + z * s * (1 - s)": "s * (1 + z) * (1 - s)"},
        ),
        Wrong(
            "a slope is added to a factor",
            "You add z and the slope of the sigmoid, and the product rule adds two products.",
            "Each term is the slope of one factor times the *other factor*. Which two products are they here?",
            "Write 1 · s for the first and z · s (1 − s) for the second: s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "z + s * (1 - s)"},
            others=({"s + z * s * (1 - s)": "1 + s * (1 - s)"},),
        ),
        Wrong(
            "a(1 − a) is taken of the whole output",
            "The short formula a (1 − a) belongs to the sigmoid alone, and you apply it to all of SiLU.",
            "SiLU is a product of two factors, and only one of them is a sigmoid.",
            "Use the product rule, with s (1 − s) as the slope of the second factor: s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "z * s * (1 - z * s)"},
        ),
        Wrong(
            "math.exp takes one number",
            "Numbers work, and arrays do not: `math.exp` takes a single number.",
            "The question asks for a number *or an array*. Which function does the sigmoid's work for both?",
            "Use `sigmoid` from `nnlib.activations`, or `np.exp`.",
            change={"    s = sigmoid(z)": "    import math\n    s = 1 / (1 + math.exp(-z))"},
        ),
        Wrong(
            "measured instead of derived",
            "You measure the slope with `numerical_gradient`, and the question asks for the formula.",
            "Keep it to check yourself. It also stops at an array here: a gradient needs one number to come out.",
            "Use the product rule: `s = sigmoid(z)`, then `s + z * s * (1 - s)`.",
            change={
                "    s = sigmoid(z)\n    return s + z * s * (1 - s)": "    from nnlib import numerical_gradient\n"
                "    return numerical_gradient(lambda z: z * sigmoid(z), z)"
            },
        ),
        Wrong(
            "a term has no slope in it",
            "One of your two terms is z · s, which is SiLU itself: no slope is in it.",
            "Each term of the product rule has the slope of one factor, and the other factor as it is.",
            "The two terms are 1 · s and z · s (1 − s).",
            change={"s + z * s * (1 - s)": "s + z * s"},
            others=({"s + z * s * (1 - s)": "z * s + s * (1 - s)"},),
        ),
        Wrong(
            "half of the sigmoid's slope",
            "The first term is right. In the second, the slope of the sigmoid is not whole.",
            "The slope of the sigmoid is a product of two factors. Which of them do you have?",
            "It is s (1 − s): s + z · s (1 − s).",
            change={"z * s * (1 - s)": "z * (1 - s)"},
            others=({"z * s * (1 - s)": "z * s * s"},),
        ),
        Wrong(
            "the first term lacks its factor",
            "The second term is right. The first is f′ · g, and you have f′ alone.",
            "The slope f′ is 1. What is g?",
            "It is s, so the term is 1 · s: write s + z · s (1 − s).",
            change={"s + z * s * (1 - s)": "1 + z * s * (1 - s)"},
        ),
    ),
)
