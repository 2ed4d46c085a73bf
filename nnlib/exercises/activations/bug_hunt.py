"""Exercise: slopes that are wrong because a derivative expects the output, found by differences."""

from nnlib.exercises.exercise import Exercise, Wrong
from nnlib.exercises.neuron.weighted_sum import one_neuron

EXERCISE = Exercise(
    name="activations-bug-hunt",
    asks="weight_slopes(x, weights, bias)",
    solution="""
import numpy as np

from nnlib.activations import sigmoid


def sigmoid_slope(a):
    return a * (1 - a)  # right for a = σ(z), the output


def weight_slopes(x, weights, bias):
    x, weights = np.asarray(x), np.asarray(weights)
    z = x @ weights + bias
    return sigmoid_slope(sigmoid(z)) * x
""",
    hints=(
        "Take one input 1 and the bias 0, and compare with `numerical_gradient` at the weights 0, 1 and 5.",
        "At the weight 5 the program says a large negative number; the sigmoid never falls. Look at `sigmoid_slope` alone.",
        "It returns a (1 − a), which is the slope only if a is the output: call it with `sigmoid(z)`.",
    ),
    inputs=(([1.0, 2.0], [0.5, -0.25], 2.0), ([2.0], [1.5], 0.0), ([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], -1.5)),
    random=one_neuron,
    wrong=(
        Wrong(
            "the derivative gets the weighted sum",
            "The bug is still there: some of your slopes are negative where the output rises.",
            "Compare `sigmoid_slope(5.0)` with `numerical_gradient(sigmoid, 5.0)`.",
            "The formula a (1 − a) wants the output: hand it `sigmoid(z)` instead of z.",
            change={"sigmoid_slope(sigmoid(z))": "sigmoid_slope(z)"},
        ),
        Wrong(
            "the sigmoid is applied twice",
            "Your slopes are positive now, and all of them are near a quarter of the input: the sigmoid is applied twice.",
            "One of `sigmoid_slope` and its caller should apply the sigmoid, not both.",
            "Apply the sigmoid once, to z, and put its output into a (1 − a).",
            change={"sigmoid_slope(sigmoid(z))": "sigmoid_slope(sigmoid(sigmoid(z)))"},
        ),
        Wrong(
            "these are the slopes for the inputs",
            "The slope of the sigmoid is right now; what it is multiplied by is not.",
            "Moving a weight by a little changes z by that little times what?",
            "Multiply by x: the weights would give the slopes for the inputs.",
            change={"* x": "* weights"},
        ),
        Wrong(
            "the inputs are left out",
            "The slope of the sigmoid is right now, but every weight gets the same number.",
            "Moving a weight by a little changes z by that little times its input.",
            "Multiply by x at the end, as the program did.",
            change={"* x": "* np.ones(len(x))"},
        ),
        Wrong(
            "the sigmoid in place of its slope",
            "You multiply x by the output of the sigmoid, and its slope is asked for.",
            "How far does the output move when z moves by a little?",
            "Multiply the slope of the sigmoid by x: `sigmoid_slope(sigmoid(z)) * x`.",
            change={"sigmoid_slope(sigmoid(z)) * x": "sigmoid(z) * x"},
        ),
    ),
)
