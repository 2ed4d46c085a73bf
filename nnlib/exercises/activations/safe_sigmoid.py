"""Exercise: a sigmoid of one number that never overflows."""

from nnlib.exercises.exercise import Exercise, Wrong, names_in

OTHERS = {"np", "numpy", "exp2", "expm1", "tanh", "pow", "sigmoid", "ACTIVATIONS", "special", "e"}  # than math.exp


def _stands_still(sigmoid, _):
    """Say whether it stops falling, far out on the negative side."""
    return sigmoid(-600.0) <= sigmoid(-700.0)


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
    inputs=(
        (0.0,),
        (2.0,),
        (-3.0,),
        (1000.0,),
        (-1000.0,),
        (-16.0,),
        (-30.0,),
        (-600.0,),
        (-700.0,),
        (1e6,),
        (-1e6,),
    ),
    random=lambda rng: (float(rng.normal(scale=15)),),
    close=(1e-12, 0.0),  # the last few digits count, however small the result is
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
        Wrong(
            "it overflows",
            "One side is right, and far out on the other `math.exp` overflows.",
            "Its exponent may be as negative as you like, but not large. For which z is yours large?",
            "Choose the form by the sign of z, so that the exponent is never positive: `math.exp(-abs(z))`.",
            change={"return 1 / (1 + e) if z >= 0 else e / (1 + e)": "return 1 / (1 + math.exp(-z))"},
            others=(
                {"e / (1 + e)": "math.exp(-z) / (1 + math.exp(-z))"},
                {"return 1 / (1 + e) if z >= 0 else e / (1 + e)": "return math.exp(z) / (1 + math.exp(z))"},
                {
                    "return 1 / (1 + e) if z >= 0 else e / (1 + e)": "return 1 / (1 + math.exp(-z)) if z < 0 else "
                    "math.exp(z) / (1 + math.exp(z))"
                },
            ),
        ),
        Wrong(
            "one minus nearly one",
            "Nothing overflows, but far out on the negative side the digits are lost: 1 minus nearly 1 keeps only a few.",
            "Compare at z = −30 with `math.exp(-30)`, to which the sigmoid is nearly equal there.",
            "Where z is negative, return e / (1 + e), which needs no subtraction.",
            change={"e / (1 + e)": "1 - 1 / (1 + e)"},
            others=({"return 1 / (1 + e) if z >= 0 else e / (1 + e)": "return 0.5 * (1 + math.tanh(z / 2))"},),
        ),
        Wrong(
            "a step in place of the sigmoid",
            "Yours jumps from 0 to 1, and the sigmoid rises smoothly.",
            "Try z = 2 and z = −3: the right results are neither 0 nor 1.",
            "With `e = math.exp(-abs(z))`, return 1 / (1 + e) where z is not negative, and e / (1 + e) where it is.",
            change={"1 / (1 + e) if": "1.0 if", "e / (1 + e)": "0.0"},
            others=({"1 / (1 + e) if z >= 0": "1.0 if z > 0", "e / (1 + e)": "0.0"},),
        ),
        Wrong(
            "it is cut off",
            "Nothing overflows, but far out on the negative side your sigmoid stops, and the right one goes on falling.",
            "Compare at z = −30, −600 and −700 with `math.exp(z)`, to which the sigmoid is nearly equal there.",
            "Cut nothing off: where z is negative, return e / (1 + e) with `e = math.exp(z)`, which is right however small.",
            when=_stands_still,
        ),
        Wrong(
            "something other than `math.exp`",
            "The question allows nothing but `math.exp`, and you use something else that does the work.",
            "Which name in your program is not `math.exp`?",
            "Write it with `math.exp(-abs(z))` alone, and with one form for each sign of z.",
            when=lambda sigmoid, _: names_in(sigmoid) & OTHERS,
            always=True,
        ),
        Wrong(
            "a bracket is missing",
            "On one side your results are too large: a sum in the denominator has no brackets.",
            "`e / 1 + e` divides by 1 first, and adds e afterwards.",
            "Put the whole denominator in brackets: `e / (1 + e)`.",
            change={"e / (1 + e)": "e / 1 + e"},
            others=({"1 / (1 + e) if": "1 / 1 + e if"}, {"1 / (1 + e) if": "1 / 1 + e if", "e / (1 + e)": "e / 1 + e"}),
        ),
        Wrong(
            "a minus in the denominator",
            "At z = 0 your denominator is 0: 1 and e are subtracted.",
            "The only minus of the sigmoid is in the exponent.",
            "Write 1 + e in both denominators.",
            change={"1 / (1 + e) if": "1 / (1 - e) if"},
            others=({"1 / (1 + e) if": "1 / (1 - e) if", "e / (1 + e)": "e / (1 - e)"},),
        ),
        Wrong(
            "the exponent has the wrong sign",
            "Your function falls where the sigmoid rises, and it overflows on the positive side.",
            "At z = 2 the output should be close to 1. What is `math.exp(2)`?",
            "In 1 / (1 + e⁻ᶻ) the exponent is −z. Then choose the form by the sign of z: `math.exp(-abs(z))`.",
            change={"return 1 / (1 + e) if z >= 0 else e / (1 + e)": "return 1 / (1 + math.exp(z))"},
            others=({"return 1 / (1 + e) if z >= 0 else e / (1 + e)": "return math.exp(-z) / (1 + math.exp(-z))"},),
        ),
    ),
)
