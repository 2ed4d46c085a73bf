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
            "This is the rule for −1 and +1. With a label of 0 every example counts as a mistake, and is corrected by nothing.",
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
            "The length of your correction depends on z, and the perceptron's does not.",
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
            "Your answer may lie between 0 and 1, so examples that are right correct a little too.",
            "The perceptron answers 0 or 1. What makes that of z?",
            "Use the step: `y_hat = 1 if z >= 0 else 0`.",
            change={"    z =": "    import math\n    z =", "1 if z >= 0 else 0": "1 / (1 + math.exp(-z))"},
            others=({"1 if z >= 0 else 0": "min(max(z, 0), 1)"},),
        ),
        Wrong(
            "the answer is −1 or +1",
            "Your ŷ is −1 where it should be 0, so the corrections are too large there, or come where there is no mistake.",
            "Which two answers can this perceptron give?",
            "With labels 0 and 1, ŷ is 0 or 1: `y_hat = 1 if z >= 0 else 0`.",
            change={"1 if z >= 0 else 0": "1 if z >= 0 else -1"},
            others=({"1 if z >= 0 else 0": "(z > 0) * 1.0 - (z < 0)"},),  # np.sign
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
            "Both are right, but each is in the place of the other.",
            "In which order does the question ask for them?",
            "The weights come first, then the bias.",
            change={
                "return weights + (y - y_hat) * x, bias + (y - y_hat)": "return bias + (y - y_hat), weights + (y - y_hat) * x"
            },
        ),
        Wrong(
            "class 0 is never corrected",
            "Mistakes on the label 1 are corrected well, and those on the label 0 by nothing.",
            "At a mistake on the label 0, what is `y * x`?",
            "Correct by y − y_hat, which is −1 there: `weights + (y - y_hat) * x`.",
            change={"(y - y_hat)": "(y != y_hat) * y"},
        ),
        Wrong(
            "every mistake is corrected in one direction",
            "The right examples correct, but all in the same direction.",
            "A 1 that was answered with 0 needs a larger z, and a 0 that was answered with 1 a smaller one.",
            "Let the sign come from the difference: `(y - y_hat)` is +1 in the first case and −1 in the second.",
            change={"(y - y_hat)": "abs(y - y_hat)"},
            others=({"(y - y_hat)": "-abs(y - y_hat)"},),
        ),
        Wrong(
            "the step is at one half",
            "You compare z with one half. Small positive z come out wrong.",
            "One half is the middle between the *answers* 0 and 1. Where is the middle of z?",
            "The step of this perceptron is at zero: `y_hat = 1 if z >= 0 else 0`.",
            change={"z >= 0": "z >= 0.5"},
            others=({"z >= 0": "z > 0.5"},),
        ),
        Wrong(
            "on the fence every label corrects",
            "All is well except where z is exactly zero: there the rule for −1 and +1 corrects both labels.",
            "In this exercise the perceptron answers 1 at z = 0. For which label is that a mistake?",
            "Compute that answer, `y_hat = 1 if z >= 0 else 0`, and correct by y − y_hat.",
            change={"(y - y_hat)": "(2 * y - 1) * ((2 * y - 1) * z <= 0)"},
        ),
        Wrong(
            "the bias is corrected like a weight",
            "The weights are right. Your bias becomes an array, and it is a single number.",
            "The bias is the weight of an input that is always 1. Which input do you multiply its correction by?",
            "Leave x out of it: `bias + (y - y_hat)`.",
            change={"bias + (y - y_hat)": "bias + (y - y_hat) * x"},
        ),
        Wrong(
            "the correction is returned alone",
            "You return the correction, but the question asks for the weights and the bias after it.",
            "Where do the old weights and the old bias come in?",
            "Add the correction to them: `weights + (y - y_hat) * x` and `bias + (y - y_hat)`.",
            change={"return weights + (y - y_hat) * x, bias + (y - y_hat)": "return (y - y_hat) * x, y - y_hat"},
        ),
        Wrong(
            "the step points the other way",
            "Your ŷ is 1 where z is negative.",
            "Which answer does the perceptron give where z is large?",
            "Turn the comparison around: `y_hat = 1 if z >= 0 else 0`.",
            change={"z >= 0": "z <= 0"},
            others=({"z >= 0": "z < 0"},),
        ),
        Wrong(
            "the bias goes the wrong way",
            "The weights are right, and the bias is corrected in the opposite direction.",
            "The bias is the weight of an input that is always 1. Which sign has the correction of the other weights?",
            "Add here too: `bias + (y - y_hat)`.",
            change={"bias + (y - y_hat)": "bias - (y - y_hat)"},
        ),
        Wrong(
            "the products are not added up",
            "`weights * x` is an array of products, so your z is not a number.",
            "A weighted sum multiplies number by number, and then?",
            "Write `weights @ x`, which multiplies and adds up.",
            change={"weights @ x": "weights * x"},
            others=({"weights @ x": "weights * x", "1 if z >= 0 else 0": "(z >= 0) * 1"},),
        ),
        Wrong(
            "another learning rate",
            "The corrections have the right direction, and are too short: the learning rate here is 1.",
            "What do you multiply them by?",
            "Leave the factor out: `weights + (y - y_hat) * x`.",
            change={"(y - y_hat)": "0.1 * (y - y_hat)"},
            others=({"(y - y_hat)": "0.01 * (y - y_hat)"}, {"(y - y_hat)": "0.5 * (y - y_hat)"}),
        ),
        Wrong(
            "the weights are never corrected",
            "The bias is right, and the weights stay where they were.",
            "The rule has two halves, one for w and one for b.",
            "Correct the weights as well: `weights + (y - y_hat) * x`.",
            change={"weights + (y - y_hat) * x": "weights"},
        ),
        Wrong(
            "only the weights are returned",
            "One result comes back, and the question asks for two.",
            "Look at your `return`: what is missing behind the weights?",
            "Return both: `weights + (y - y_hat) * x` and `bias + (y - y_hat)`.",
            change={", bias + (y - y_hat)": ""},
        ),
    ),
)
