"""Exercise: the whole backward pass of a network with one hidden layer."""

from nnlib.exercises.backpropagation.draws import batch_and_layers
from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-two-layers",
    asks="gradients(X, y, W1, b1, W2, b2)",
    solution="""
import numpy as np


def gradients(X, y, W1, b1, W2, b2):
    a = np.tanh(X @ W1 + b1)
    y_hat = a @ W2 + b2
    delta2 = 2 * (y_hat - y) / y.size
    delta1 = (delta2 @ W2.T) * (1 - a**2)
    return X.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)
""",
    hints=(
        "Begin with the forward pass, and give the hidden layer's output a name: you will need it twice on the way back.",
        "The output has no activation, so delta2 is the slope of the mean squared error; delta1 follows from it.",
        "`delta1 = (delta2 @ W2.T) * (1 - a**2)`; then each layer's gradients are its input, transposed, times its δ, and "
        "the sum of the rows of its δ.",
    ),
    inputs=(),
    random=batch_and_layers,
    wrong=(
        Wrong(
            "the slope of tanh is left out",
            "The second layer is right; the first is not.",
            "Between the output of the hidden layer and its weighted sum lies tanh: a nudge is flattened there.",
            "Multiply `delta2 @ W2.T` by the slope of tanh, 1 − a².",
            change={" * (1 - a**2)": ""},
        ),
        Wrong(
            "the loss is not averaged",
            "Every gradient is too large by one and the same factor.",
            "By how much, and what is there so many of?",
            "The mean squared error is a mean: its slope is 2(ŷ − y) divided by the number of elements of y.",
            change={" / y.size": ""},
        ),
        Wrong(
            "the second layer is given X",
            "The first layer is right; the weights of the second are not.",
            "Whose input stands in Xᵀδ: the network's, or the layer's own?",
            "The input of the second layer is a: write `a.T @ delta2`.",
            change={"a.T @ delta2": "np.resize(X.T, a.T.shape) @ delta2"},
        ),
        Wrong(
            "the slope is taken at a instead of z",
            "The second layer is right; the slope of tanh in the first one is taken at the wrong place.",
            "The slope at z is 1 − tanh²(z). You have tanh(z) already: do you take it a second time?",
            "Write 1 − a², with a = tanh(z).",
            change={"1 - a**2": "1 - np.tanh(a) ** 2"},
        ),
        Wrong(
            "the 2 of the square is lost",
            "Everything is half as large as it should be.",
            "What is the slope of e² at e?",
            "The slope of the mean squared error is 2(ŷ − y) / size: without a ½ in the loss, the 2 stays.",
            change={"2 * (y_hat": "(y_hat"},
        ),
    ),
)
