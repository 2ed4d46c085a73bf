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
            "Whose input is in Xᵀδ, the network's or the layer's own?",
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
        Wrong(
            "the slope of the sigmoid",
            "The second layer is right. The first has the slope of the sigmoid, and its activation is tanh.",
            "Whose slope is a(1 − a)?",
            "The slope of tanh is 1 − a².",
            change={"1 - a**2": "a * (1 - a)"},
        ),
        Wrong(
            "the sign is turned around",
            "Every number has the wrong sign.",
            "Take an output that is too high: does more of it raise the loss or lower it?",
            "The slope of (ŷ − y)² is 2(ŷ − y), the target last.",
            change={"(y_hat - y)": "(y - y_hat)"},
        ),
        Wrong(
            "the biases have a row for each sample",
            "The weights are right. The gradients of the biases have a row for each sample.",
            "A bias serves all samples of the batch: a nudge to it reaches the loss through each of them.",
            "Sum the rows: `delta1.sum(axis=0)`, and likewise delta2.",
            change={".sum(axis=0)": ""},
            others=({"delta1.sum(axis=0)": "delta1"}, {"delta2.sum(axis=0)": "delta2"}),
        ),
        Wrong(
            "the results come in another order",
            "All four are right, and they come in another order than the question asks for.",
            "Backward the second layer comes first. What does the question want first?",
            "Return the gradients of W1, b1, W2 and b2, in this order.",
            change={
                "X.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)": "a.T @ delta2, delta2.sum(axis=0), "
                "X.T @ delta1, delta1.sum(axis=0)"
            },
            others=(
                {
                    "X.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)": "X.T @ delta1, a.T @ delta2, "
                    "delta1.sum(axis=0), delta2.sum(axis=0)"
                },
            ),
        ),
        Wrong(
            "the biases are averaged",
            "The weights are right. The gradients of the biases are too small, by a factor.",
            "The mean of the loss is in delta2 already.",
            "Sum the rows instead of averaging them: `.sum(axis=0)`.",
            change={".sum(axis=0)": ".mean(axis=0)"},
        ),
        Wrong(
            "a sigmoid in the hidden layer",
            "Your hidden layer has a sigmoid, and the question says tanh.",
            "Which activation does the question name?",
            "Write `np.tanh(X @ W1 + b1)`, and its slope 1 − a².",
            change={"np.tanh(X @ W1 + b1)": "1 / (1 + np.exp(-(X @ W1 + b1)))", "1 - a**2": "a * (1 - a)"},
        ),
        Wrong(
            "the output has an activation too",
            "Your output goes through tanh, and the question says that it has no activation.",
            "What may ŷ be, if it is any number?",
            "Write `y_hat = a @ W2 + b2`.",
            change={"y_hat = a @ W2 + b2": "y_hat = np.tanh(a @ W2 + b2)"},
        ),
        Wrong(
            "the gradient goes back through the weights the wrong way around",
            "On the way back W2 is not transposed, and the shapes do not fit.",
            "The δ of the output is (samples, outputs), W2 is (hidden, outputs): which sizes meet?",
            "Write `delta2 @ W2.T`.",
            change={"delta2 @ W2.T": "delta2 @ W2"},
            others=({"delta2 @ W2.T": "W2 @ delta2"}, {"delta2 @ W2.T": "W2.T @ delta2"}),
        ),
        Wrong(
            "half of the sum in place of the mean",
            "Your δ is that of ½ · the *sum* of squares, which many texts use. Here the loss is the mean of the squares.",
            "The half cancels the 2, and a sum is divided by nothing. What does a mean have?",
            "Write `2 * (y_hat - y) / y.size`.",
            change={"2 * (y_hat - y) / y.size": "(y_hat - y)"},
        ),
        Wrong(
            "divided by the samples only",
            "Every gradient is too large by one factor: the number of outputs.",
            "The loss is the mean over all elements of y. How many are there?",
            "Divide by `y.size`, which counts samples times outputs.",
            change={"y.size": "len(y)"},
        ),
        Wrong(
            "the slope is taken of z instead of a",
            "The second layer is right. In the first, the slope is 1 − z², which is not the slope of tanh.",
            "Does the short formula of the slope take the number before tanh, or the one after?",
            "Write 1 − a², with a = tanh(z).",
            change={"1 - a**2": "1 - (X @ W1 + b1) ** 2"},
        ),
        Wrong(
            "each layer has the other's input",
            "The biases are right, and in the weights' gradients the two inputs have changed places.",
            "The X in Xᵀδ is the input of the layer that δ belongs to. Which layer reads X?",
            "Write `X.T @ delta1` and `a.T @ delta2`.",
            change={"X.T @ delta1": "a.T @ delta1", "a.T @ delta2": "X.T @ delta2"},
        ),
        Wrong(
            "a slope for an output without activation",
            "Your delta2 has the slope of an activation in it, and the output has none.",
            "What lies between z and ŷ in the last layer?",
            "Nothing does: `delta2 = 2 * (y_hat - y) / y.size`.",
            change={"/ y.size": "/ y.size * y_hat * (1 - y_hat)"},
            others=({"/ y.size": "/ y.size * (1 - y_hat**2)"},),
        ),
        Wrong(
            "the mean is taken twice",
            "Every gradient is too small by one factor: the number of samples.",
            "Where do you divide? The mean of the loss is in delta2 already.",
            "Leave the second division out: Xᵀδ and the sum of the rows are sums.",
            change={"/ y.size": "/ y.size / len(X)"},
        ),
        Wrong(
            "no activation in the hidden layer",
            "Your hidden layer has no activation, and the question says tanh.",
            "What happens to z before the next layer reads it?",
            "Write `a = np.tanh(X @ W1 + b1)`, with the slope 1 − a² on the way back.",
            change={"np.tanh(X @ W1 + b1)": "X @ W1 + b1", " * (1 - a**2)": ""},
            others=({"np.tanh(X @ W1 + b1)": "X @ W1 + b1"},),
        ),
    ),
)
