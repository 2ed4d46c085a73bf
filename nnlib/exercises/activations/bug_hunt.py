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
    close=(1e-12, 1e-15),  # closer than a difference quotient comes
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
            "The slope of the sigmoid is right now, but the inputs are gone: every weight would get the same number.",
            "Moving a weight by a little changes z by that little times its input.",
            "Multiply by x at the end, as the program did.",
            change={"* x": "* np.ones(len(x))"},
            others=({" * x": ""},),
        ),
        Wrong(
            "the sigmoid in place of its slope",
            "You multiply x by the output of the sigmoid, but the question asks for its slope.",
            "How far does the output move when z moves by a little?",
            "Multiply the slope of the sigmoid by x: `sigmoid_slope(sigmoid(z)) * x`.",
            change={"sigmoid_slope(sigmoid(z)) * x": "sigmoid(z) * x"},
        ),
        Wrong(
            "only the sign is gone",
            "No slope has the wrong sign now, but the sizes are still wrong.",
            "Compare `sigmoid_slope(5.0)` with `numerical_gradient(sigmoid, 5.0)`: it is not only a matter of sign.",
            "The formula a (1 − a) wants the output: hand it `sigmoid(z)`, and leave out `abs`.",
            change={"sigmoid_slope(sigmoid(z)) * x": "abs(sigmoid_slope(z)) * x"},
            others=({"sigmoid_slope(sigmoid(z)) * x": "abs(sigmoid_slope(z) * x)"},),
        ),
        Wrong(
            "half of the formula gets the weighted sum",
            "One of the two factors has the output in it, and the other still has z.",
            "In a (1 − a) both letters are the same number.",
            "Compute `a = sigmoid(z)` once, and use it in both places.",
            change={"sigmoid_slope(sigmoid(z)) * x": "sigmoid(z) * (1 - z) * x"},
            others=({"sigmoid_slope(sigmoid(z)) * x": "z * (1 - sigmoid(z)) * x"},),
        ),
        Wrong(
            "the sigmoid comes after the slope",
            "You take the slope formula of z first and the sigmoid of that afterwards.",
            "What does `sigmoid_slope` have to be given, and what do you give it?",
            "Turn the two around: `sigmoid_slope(sigmoid(z))`.",
            change={"sigmoid_slope(sigmoid(z))": "sigmoid(sigmoid_slope(z))"},
        ),
        Wrong(
            "the bias is lost",
            "The slope is right, but at another place: your z lacks a part.",
            "Compare your line for z with the one of the program.",
            "Add the bias: `z = x @ weights + bias`.",
            change={" + bias": ""},
        ),
        Wrong(
            "the slopes are added up",
            "You return one number, and there is a slope for every weight.",
            "Where are the slopes of the single weights added?",
            "Return the array as it is, `sigmoid_slope(sigmoid(z)) * x`.",
            change={"return sigmoid_slope(sigmoid(z)) * x": "return (sigmoid_slope(sigmoid(z)) * x).sum()"},
            others=({"return sigmoid_slope(sigmoid(z)) * x": "return sigmoid_slope(sigmoid(z)) * x.sum()"},),
        ),
        Wrong(
            "the weights are multiplied in too",
            "The slope of the sigmoid is right now, and so is the x. The weights are too much.",
            "The weighted sum z is made of products wᵢ xᵢ. If one wᵢ grows by 1, by how much does z grow?",
            "By xᵢ: leave the weights out.",
            change={"* x": "* weights * x"},
        ),
        Wrong(
            "the output is returned too",
            "You return two results, but the question asks only for the slopes.",
            "Which of the two are the slopes?",
            "Return `sigmoid_slope(sigmoid(z)) * x` alone.",
            change={"return sigmoid_slope": "return sigmoid(z), sigmoid_slope"},
        ),
        Wrong(
            "the slope of tanh",
            "The slope of tanh is 1 − a², and this neuron has a sigmoid.",
            "Look up both rows in the gallery.",
            "For the sigmoid it is a (1 − a).",
            change={"return a * (1 - a)": "return 1 - a**2"},
        ),
        Wrong(
            "a bracket is missing",
            "The brackets around 1 − a are lost, so there is a minus between two products.",
            "Python multiplies before it subtracts.",
            "Write `a * (1 - a) * x`.",
            change={"sigmoid_slope(sigmoid(z)) * x": "sigmoid(z) * 1 - sigmoid(z) * x"},
            others=({"return a * (1 - a)": "return a * 1 - a"},),
        ),
        Wrong(
            "the sign is turned around",
            "Where the slope had the wrong sign it is positive now, and elsewhere it has become negative.",
            "Compare `sigmoid_slope(5.0)` and `sigmoid_slope(0.5)` with the measured slopes: it is not only a matter of sign.",
            "The formula a (1 − a) wants the output: hand it `sigmoid(z)`.",
            change={"sigmoid_slope(sigmoid(z)) * x": "-sigmoid_slope(z) * x"},
        ),
        Wrong(
            "the products are not added up",
            "`x * weights` is an array of products, so your z is an array.",
            "A weighted sum multiplies number by number, and then?",
            "Keep `x @ weights`, which multiplies and adds up.",
            change={"x @ weights": "x * weights"},
        ),
        Wrong(
            "the bias is added for every input",
            "Your z has the bias in it once for every input.",
            "What does your sum add up? Try it with three inputs.",
            "Add up the products first, and the bias once: `x @ weights + bias`.",
            change={"x @ weights + bias": "(x * weights + bias).sum()"},
        ),
    ),
)
