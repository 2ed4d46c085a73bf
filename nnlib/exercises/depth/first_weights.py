"""Exercise: the size of the first weights that keeps the mean square of a signal."""

from nnlib.exercises.exercise import Exercise, Wrong, names_in

EXERCISE = Exercise(
    name="depth-first-weights",
    asks="deviation(inputs, leak)",
    solution="""
import math


def deviation(inputs, leak):
    kept = (1 + leak**2) / 2
    return math.sqrt(1 / (inputs * kept))
""",
    hints=(
        "Which share of the mean square of z does this function keep? Half of the z are above 0, and half below.",
        "Above 0 all of z² is kept, below 0 it is leak² z²: on average (1 + leak²) / 2. The factor of a layer must be 1.",
        "Set inputs · variance · (1 + leak²) / 2 to 1, solve for the variance, and return its root.",
    ),
    inputs=((100, 0.0), (100, 1.0), (64, 0.5), (1, 0.0), (50, 0.01)),
    random=lambda rng: (int(rng.integers(2, 1000)), float(rng.uniform(0, 2))),
    wrong=(
        Wrong(
            "the variance in place of the deviation",
            "You return the variance of the weights, but the question asks for their standard deviation.",
            "The variance is a mean of squares. How does one come from it to the deviation?",
            "Take the root of the whole, by `math.sqrt`.",
            change={"math.sqrt(1 / (inputs * kept))": "1 / (inputs * kept)"},
        ),
        Wrong(
            "the leak does not count",
            "Your answer is the same for every leak: it is that of ReLU.",
            "What does leaky ReLU do with the half of the z that are negative?",
            "They keep leak² of their square: replace the half by (1 + leak²) / 2.",
            change={"(1 + leak**2) / 2": "1 / 2"},
        ),
        Wrong(
            "nothing is lost",
            "Your answer is the same for every leak: it is that of the identity, which loses nothing.",
            "ReLU throws away half of the mean square. Does your formula know?",
            "A layer keeps (1 + leak²) / 2 of it, and the weights must make up for the rest.",
            change={"(1 + leak**2) / 2": "1"},
        ),
        Wrong(
            "the leak is not squared",
            "With a leak of 0 or 1 you are right, and between them not.",
            "Average the *square* of leak · z.",
            "Square the leak: (1 + leak²) / 2.",
            change={"leak**2": "leak"},
        ),
        Wrong(
            "the sum is squared",
            "You square 1 + leak, and it is the two halves that are squared, each by itself.",
            "Above 0 the square of z is kept whole, and below 0 leak² of it.",
            "Write 1 + leak², not (1 + leak)².",
            change={"1 + leak**2": "(1 + leak) ** 2"},
        ),
        Wrong(
            "the leak is taken off",
            "Your weights grow with the leak, as if more were lost where the leak is larger.",
            "Does the negative half add to the mean square, or take from it?",
            "Add the two halves: 1 + leak².",
            change={"1 + leak**2": "1 - leak**2"},
            others=({"1 + leak**2": "(1 - leak) ** 2"},),
        ),
        Wrong(
            "the sum of the halves is not halved",
            "With a leak of 0 your weights are too small by the root of two.",
            "How many of the z are positive? And how many negative?",
            "Each half counts half: (1 + leak²) / 2.",
            change={"(1 + leak**2) / 2": "1 + leak**2"},
        ),
        Wrong(
            "halved twice",
            "Your weights are too large by the root of two.",
            "The sum of the two halves is divided by two once.",
            "Of the mean square of z a layer keeps (1 + leak²) / 2.",
            change={"/ 2": "/ 4"},
        ),
        Wrong(
            "the positive half is forgotten",
            "You count the negative half alone: with ReLU nothing would be left.",
            "What does this function do with the z above 0?",
            "They keep all of their square: 1 + leak², over 2.",
            change={"1 + leak**2": "leak**2"},
        ),
        Wrong(
            "multiplied by what is kept",
            "Your weights become larger where the function keeps more, and it should be the other way around.",
            "The factor inputs · variance · kept should be 1. Solve it for the variance.",
            "Divide by what is kept: 1 / (inputs · kept).",
            change={"1 / (inputs * kept)": "kept / inputs"},
        ),
        Wrong(
            "the weights grow with the inputs",
            "More inputs make your weights larger, and their sum is larger already.",
            "A sum of n terms has n times the mean square of one.",
            "Divide by the inputs: the variance is 1 / (inputs · kept).",
            change={"1 / (inputs * kept)": "inputs / kept"},
            others=({"1 / (inputs * kept)": "inputs * kept"},),
        ),
        Wrong(
            "the inputs are not under the root",
            "Your weights shrink too fast as the inputs become more.",
            "It is the *variance* that is inversely proportional to the inputs.",
            "Take the root of the whole: `math.sqrt(1 / (inputs * kept))`.",
            change={"math.sqrt(1 / (inputs * kept))": "math.sqrt(1 / kept) / inputs"},
        ),
        Wrong(
            "the bound of a uniform distribution",
            "Your number is too large by the root of three: it is the bound of uniform weights, and not their deviation.",
            "Numbers that are uniform within ±c have a variance of c² / 3.",
            "The question asks for the standard deviation: leave out the 3.",
            change={"math.sqrt(1 /": "math.sqrt(3 /"},
        ),
        Wrong(
            "weights in place of their deviation",
            "You draw weights, and the question is how large they should be: one number.",
            "Two calls with the same arguments should return the same number.",
            "Return the standard deviation itself.",
            when=lambda program, _: bool({"normal", "randn", "uniform", "standard_normal", "default_rng"} & names_in(program)),
        ),
    ),
)
