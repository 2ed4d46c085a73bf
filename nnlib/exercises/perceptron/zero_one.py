"""Exercise: the same rule for labels 0 and 1."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong
from nnlib.exercises.perceptron.correction import one_example

EXERCISE = Exercise(
    name="perceptron-zero-one",
    asks="correct_zero_one(x, y, weights, bias)",
    solution="""
def correct_zero_one(x, y, weights, bias):
    z = weights @ x + bias
    y_hat = 1 if z >= 0 else 0
    return weights + (y - y_hat) * x, bias + (y - y_hat)
""",
    hints=(
        "Begin with the perceptron's own answer: y_hat is 1 where z is zero or more, and 0 elsewhere.",
        "The difference y − y_hat is 0 where the answer is right, which changes nothing. What is it at a mistake?",
        "Return `weights + (y - y_hat) * x` and `bias + (y - y_hat)`.",
    ),
    inputs=(
        (np.array([1.0, 2.0]), 1, np.array([0.5, -0.5]), 0.0),
        (np.array([1.0, 2.0]), 0, np.array([0.5, -0.5]), 0.0),
        (np.array([2.0, 1.0]), 0, np.array([0.5, -0.5]), 0.0),
        (np.array([1.0, -1.0]), 0, np.zeros(2), 0.0),
        (np.array([1.0, -1.0]), 1, np.zeros(2), 0.0),
    ),
    random=lambda rng: one_example(rng, labels=(0, 1))[:4],
    wrong=(
        Wrong(
            "the rule for −1 and +1 with the labels 0 and 1",
            "This is the rule for −1 and +1. With a label of 0 it corrects by nothing, and with any label too often.",
            "Put y = 0 into your correction: it is 0 · x, however wrong the answer was.",
            "Correct by y − y_hat instead of y, where y_hat is the perceptron's own answer, 0 or 1.",
            change={
                "    return weights + (y - y_hat) * x, bias + (y - y_hat)": "    return (weights + y * x, bias + y) "
                "if y * z <= 0 else (weights, bias)"
            },
        ),
        Wrong(
            "every example pulls",
            "Every example of class 1 is added, even where the answer was right, and no other is ever taken away.",
            "Nothing in your correction depends on what the perceptron answers.",
            "Compute y_hat from z, and correct by y − y_hat, which is 0 where the answer is right.",
            change={"y_hat = 1 if z >= 0 else 0": "y_hat = 0"},
        ),
        Wrong(
            "the bias is never corrected",
            "The weights are right, and the bias stays where it was.",
            "The rule has two halves, one for w and one for b.",
            "The bias is the weight of an input that is always 1: `bias + (y - y_hat)`.",
            change={"bias + (y - y_hat)": "bias"},
        ),
        Wrong(
            "the difference is the wrong way around",
            "The right examples correct, in the wrong direction.",
            "Take a 1 that was answered with 0: the correction should add x, so that z grows.",
            "Write y − y_hat, the right answer first.",
            change={"(y - y_hat)": "(y_hat - y)"},
        ),
        Wrong(
            "the weighted sum takes the place of the answer",
            "Your correction has a length that depends on z; the perceptron's has not.",
            "What do you subtract from y: the weighted sum, or the answer 0 or 1 that the step makes of it?",
            "Put z through the step first: `y_hat = 1 if z >= 0 else 0`.",
            change={"1 if z >= 0 else 0": "z"},
        ),
        Wrong(
            "on the fence it answers 0",
            "All is well except where z is exactly zero.",
            "The step at zero answers 1, in this book: which examples are wrong there?",
            "Write `z >= 0` instead of `z > 0`.",
            change={"z >= 0": "z > 0"},
        ),
        Wrong(
            "a sigmoid in place of the step",
            "Your answer lies between 0 and 1, so every example corrects a little.",
            "The perceptron answers 0 or 1. What makes that of z?",
            "Use the step: `y_hat = 1 if z >= 0 else 0`.",
            change={"    z =": "    import math\n    z =", "1 if z >= 0 else 0": "1 / (1 + math.exp(-z))"},
        ),
        Wrong(
            "the answer is −1 or +1",
            "Your ŷ is −1 where it should be 0, so the corrections are too large there, or come where there is no mistake.",
            "Which two answers can this perceptron give?",
            "With labels 0 and 1, ŷ is 0 or 1: `y_hat = 1 if z >= 0 else 0`.",
            change={"1 if z >= 0 else 0": "1 if z >= 0 else -1"},
        ),
        Wrong(
            "z is computed without the bias",
            "Your weighted sum is missing a part, so the wrong examples correct.",
            "Which parameter do you use for the correction only?",
            "Add the bias: z = weights @ x + bias.",
            change={"weights @ x + bias": "weights @ x"},
        ),
        Wrong(
            "the results have changed places",
            "Both are right, and each stands in the place of the other.",
            "In which order does the question ask for them?",
            "The weights come first, then the bias.",
            change={
                "return weights + (y - y_hat) * x, bias + (y - y_hat)": "return bias + (y - y_hat), weights + (y - y_hat) * x"
            },
        ),
    ),
)
