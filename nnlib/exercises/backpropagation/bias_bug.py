"""Exercise: biases whose gradient has a row for each sample."""

from nnlib.exercises.backpropagation.draws import batch_and_layers
from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-bias-bug-hunt",
    asks="gradients(X, y, W1, b1, W2, b2)",
    solution="""
from nnlib.activations import sigmoid


def gradients(X, y, W1, b1, W2, b2):
    a = sigmoid(X @ W1 + b1)
    y_hat = a @ W2 + b2
    delta2 = 2 * (y_hat - y) / y.size
    delta1 = (delta2 @ W2.T) * a * (1 - a)
    return X.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)
""",
    hints=(
        "Compare each gradient with the numerical one, and first of all the shapes.",
        "A bias serves all samples of the batch. A nudge to it reaches the loss once through each of them.",
        "The ways add up: the gradient of a layer's bias is the sum of the rows of its δ, `delta1.sum(axis=0)`.",
    ),
    inputs=(),
    random=batch_and_layers,
    wrong=(
        Wrong(
            "the biases still have a row for each sample",
            "The bug is still there: the gradients of the biases have a row for each sample.",
            "NumPy subtracts such a gradient without a word, and from then on the bias has as many rows as the batch.",
            "Sum the rows of δ: `delta1.sum(axis=0)`, and likewise delta2.",
            change={".sum(axis=0)": ""},
        ),
        Wrong(
            "only the second layer is fixed",
            "Half of it is fixed: the second bias is right, and the first is not.",
            "The same thing is wrong in two places.",
            "Sum the rows of delta1 too.",
            change={"delta1.sum(axis=0)": "delta1"},
        ),
        Wrong(
            "only the first layer is fixed",
            "Half of it is fixed: the first bias is right, and the second is not.",
            "The same thing is wrong in two places.",
            "Sum the rows of delta2 too.",
            change={"delta2.sum(axis=0)": "delta2"},
        ),
        Wrong(
            "averaged instead of summed",
            "The shapes are right now, and the numbers are too small, by a factor.",
            "The number of samples has been divided by already, in delta2.",
            "Sum the rows instead of averaging them.",
            change={".sum(axis=0)": ".mean(axis=0)"},
        ),
        Wrong(
            "summed over everything",
            "Each layer's biases now share one number.",
            "Three hidden neurons have three biases, each with its own gradient.",
            "Sum over the samples only: `axis=0`.",
            change={"sum(axis=0)": "sum()"},
        ),
        Wrong(
            "summed along the wrong axis",
            "There is now a number for each sample, and a layer has one bias for each neuron.",
            "Along which axis do the samples lie?",
            "Sum over the rows: `axis=0`.",
            change={"sum(axis=0)": "sum(axis=1)"},
        ),
        Wrong(
            "the biases' gradients are tables with one row",
            "The numbers are right. But a bias is a list of numbers, and your gradient is a table with one row.",
            "Compare the shapes of the gradients with those of b1 and b2.",
            "Leave `keepdims` out: `delta1.sum(axis=0)`, and likewise delta2.",
            change={".sum(axis=0)": ".sum(axis=0, keepdims=True)"},
        ),
        Wrong(
            "the first row in place of the sum",
            "The shapes are right now. But only the first sample counts.",
            "A nudge to a bias reaches the loss through every sample: what becomes of the others?",
            "Sum the rows: `delta1.sum(axis=0)`, and likewise delta2.",
            change={".sum(axis=0)": "[0]"},
        ),
        Wrong(
            "multiplied by the bias",
            "The shapes are right now, and you multiply by the bias itself.",
            "Nudge a bias by a little: how far does z move? Does that depend on how large the bias is?",
            "The gradient is the sum of the rows of δ, and nothing else.",
            change={"delta1.sum(axis=0)": "b1 * delta1.sum(axis=0)", "delta2.sum(axis=0)": "b2 * delta2.sum(axis=0)"},
        ),
    ),
)
