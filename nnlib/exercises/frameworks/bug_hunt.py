"""Exercise, a bug hunt: a network carried over from PyTorch, with its weights misread and a softmax too many."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

FIRST, LAST = "np.maximum(0, X @ W1.T + b1)", "hidden @ W2.T + b2"
LOSS = "-np.mean(np.log(softmax(z)[np.arange(len(y)), y]))"
RESHAPED = {"W1.T": "W1.reshape(W1.shape[::-1])", "W2.T": "W2.reshape(W2.shape[::-1])"}
TWICE = {"softmax(z)[": "softmax(softmax(z))["}


def some_network(rng):
    """Return the arrays of a small network as PyTorch keeps them, samples, and labels."""
    inputs, hidden, classes, n = (int(size) for size in rng.integers(2, 5, 4))
    shapes = (hidden, inputs), (hidden,), (classes, hidden), (classes,)
    arrays = [np.round(rng.normal(size=shape), 1) for shape in shapes]
    return arrays, np.round(rng.normal(size=(n, inputs)), 1), rng.integers(0, classes, n)


EXERCISE = Exercise(
    name="frameworks-bug-hunt",
    asks="loss_of(arrays, X, y)",
    solution=f"""
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss_of(arrays, X, y):
    W1, b1, W2, b2 = arrays
    hidden = {FIRST}
    z = {LAST}
    return {LOSS}
""",
    hints=(
        "Begin with one sample, and with the tool: `from_torch` and `network.trace` give the hidden layer as it should be.",
        "PyTorch keeps weights as (outputs, inputs). Does `reshape` turn such a table, or does it fill a new one, row by row? "
        "And how many softmaxes are there between z and the loss?",
        "Take `W1.T` and `W2.T`, and hand z itself to the loss, which makes the probabilities.",
    ),
    inputs=(
        (
            [
                np.array([[1.0, 2.0], [-1.0, 0.5], [3.0, 0.0]]),
                np.array([0.0, 1.0, -1.0]),
                np.array([[1.0, 0.0, 2.0], [0.5, -1.0, 0.0]]),
                np.array([0.1, -0.1]),
            ],
            np.array([[1.0, 0.0], [0.5, 2.0]]),
            np.array([0, 1]),
        ),
        (
            [np.array([[2.0, -1.0], [0.0, 1.0]]), np.zeros(2), np.array([[1.0, 3.0], [-2.0, 0.0]]), np.zeros(2)],
            np.array([[1.0, 1.0], [2.0, 0.0], [0.0, 3.0]]),
            np.array([1, 0, 0]),
        ),
    ),
    random=some_network,
    wrong=(
        Wrong(
            "nothing is mended yet",
            "The program is as broken as it was.",
            "What does the hidden layer give for one sample, here and in a network that `from_torch` has filled?",
            "There are two bugs: the weights are misread, and there is a softmax too many.",
            change=RESHAPED | TWICE,
        ),
        Wrong(
            "a softmax too many",
            "The sums z are right now, and the loss is not: it can never be small, however sure the network is.",
            "What goes into the loss, sums or probabilities? And what does the loss do first?",
            "Hand z itself to the loss: it has the softmax inside.",
            change=TWICE,
        ),
        Wrong(
            "the weights are reshaped",
            "One softmax is right. But the weights are still misread.",
            "Write down a table of 2 × 3 numbers, its transpose, and what reshaping it to 3 × 2 makes of it.",
            "Take the transpose, `W1.T` and `W2.T`.",
            change=RESHAPED,
            others=({"W1.T": 'W1.reshape(W1.shape[::-1], order="F")', "W2.T": 'W2.reshape(W2.shape[::-1], order="F")'},),
        ),
        Wrong(
            "only one of the tables is turned",
            "One of the two tables of weights is still misread.",
            "The first and the second layer are kept in the same way.",
            "Both need it: `W1.T` and `W2.T`.",
            change={"W2.T": "W2.reshape(W2.shape[::-1])"},
            others=({"W1.T": "W1.reshape(W1.shape[::-1])"},),
        ),
        Wrong(
            "there is no softmax left",
            "Now there is no softmax left: you take the logarithm of sums, which can be negative.",
            "What must stand inside of the logarithm?",
            "The loss takes z, and makes one softmax of it.",
            change={"softmax(z)[": "z["},
        ),
        Wrong(
            "the hidden layer has lost its ReLU",
            "Your hidden layer is linear now.",
            "What stood around `X @ W1 + b1` in the broken program?",
            f"`{FIRST}`.",
            change={FIRST: "X @ W1.T + b1"},
        ),
        Wrong(
            "a ReLU too many",
            "You have put a ReLU behind the last layer, too.",
            "May z be negative, before a softmax?",
            f"The last layer is `{LAST}`, and nothing else.",
            change={LAST: f"np.maximum(0, {LAST})"},
        ),
        Wrong(
            "the biases are gone",
            "Your program no longer uses the biases.",
            "Which of the four arrays does it use?",
            "Add `b1` and `b2`, one number for each column.",
            change={" + b1": "", " + b2": ""},
            others=({" + b1": ""}, {" + b2": ""}),
        ),
        Wrong(
            "the sum in place of the mean",
            "Your loss grows with the number of samples.",
            "What is PyTorch's loss by default: the sum over the batch, or the mean?",
            "Take `np.mean`.",
            change={"np.mean": "np.sum"},
        ),
        Wrong(
            "the mean of all classes",
            "You average the logarithms of all classes, and not those of the right ones alone.",
            "Which column of each row belongs to its label?",
            "Pick them out: `[np.arange(len(y)), y]`.",
            change={"[np.arange(len(y)), y]": ""},
        ),
        Wrong(
            "the logarithm is gone",
            "Your loss is the mean probability, with a minus.",
            "What is the cross-entropy of a probability?",
            "Take the logarithm of the probabilities, before the mean.",
            change={"np.log(softmax(z)[np.arange(len(y)), y])": "softmax(z)[np.arange(len(y)), y]"},
        ),
        Wrong(
            "the loss is negative",
            "Your loss has the wrong sign.",
            "The logarithm of a probability is negative. What is a loss?",
            "Put a minus before the mean.",
            change={"return -np": "return np"},
        ),
        Wrong(
            "the softmax runs down the columns",
            "Your softmax runs down the columns, across the samples.",
            "Which numbers must add up to 1: those of a sample, or those of a class?",
            "Sum up along `axis=1`.",
            change={"axis=1": "axis=0"},
        ),
    ),
)
