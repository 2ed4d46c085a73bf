"""Exercise: a sigmoid of one number that never overflows."""

from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="activations-safe-sigmoid",
    asks="safe_sigmoid(z)",
    solution="""
import math


def safe_sigmoid(z):
    e = math.exp(-abs(z))  # between 0 and 1, whatever z is
    return 1 / (1 + e) if z >= 0 else e / (1 + e)
""",
    hints=(
        "Only a positive exponent can overflow: which z makes the exponent of `math.exp(-z)` positive?",
        "For a negative z, multiply the numerator and the denominator of 1 / (1 + e⁻ᶻ) by eᶻ.",
        "Take `e = math.exp(-abs(z))`; return 1 / (1 + e) where z is not negative, and e / (1 + e) where it is.",
    ),
    inputs=((0.0,), (2.0,), (-3.0,), (1000.0,), (-1000.0,)),
    random=lambda rng: (float(rng.normal(scale=5)),),
    wrong=(
        Wrong(
            "the negative side is the mirror of the positive one",
            "Nothing overflows, and positive z come out right; negative ones give the output of −z.",
            "Where z is negative the output must be below one half; look at what you return there.",
            "Where z is negative, return e / (1 + e), with e itself in the numerator.",
            change={"e / (1 + e)": "1 / (1 + e)"},
        ),
        Wrong(
            "the two sides have changed places",
            "Your function falls where the sigmoid rises.",
            "Try 2 and −2: each gives the output of the other. Look at the condition.",
            "The form 1 / (1 + e) belongs to z ≥ 0, and e / (1 + e) to a negative z.",
            change={">= 0": "<= 0"},
        ),
        Wrong(
            "everything negative becomes 0",
            "Nothing overflows, but every negative z gives 0, and only the very large ones are that close to it.",
            "Try −3: the sigmoid is small there, and not zero.",
            "Where z is negative, return e / (1 + e) with `e = math.exp(z)`.",
            change={"e / (1 + e)": "0.0"},
        ),
        Wrong(
            "the denominator is lost",
            "Far out on the negative side the results are nearly right, but near 0 they are too large.",
            "Just below 0 the output should be about one half, and yours is about 1.",
            "Divide by 1 + e there too: e / (1 + e).",
            change={"else e / (1 + e)": "else e"},
        ),
    ),
)
