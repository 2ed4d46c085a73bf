"""Exercise: the forward pass of a network with one hidden layer, for a whole batch."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def two_layers(rng):
    """Return a batch and the parameters of two layers, at random; the sizes all differ."""
    samples, features, hidden, outputs = rng.permutation([2, 3, 4, 5])
    shapes = (samples, features), (features, hidden), (hidden,), (hidden, outputs), (outputs,)
    return tuple(rng.normal(size=shape) for shape in shapes)


EXERCISE = Exercise(
    name="layers-forward",
    asks="forward(X, W1, b1, W2, b2)",
    solution="""
import numpy as np


def forward(X, W1, b1, W2, b2):
    A1 = np.maximum(0, X @ W1 + b1)
    return A1 @ W2 + b2
""",
    hints=(
        "Begin with the hidden layer: its weighted sums are X @ W1 + b1, a row for each sample.",
        "ReLU makes A1 of them, number by number: np.maximum(0, …). The next layer takes A1 as its input.",
        "Return A1 @ W2 + b2, with no activation behind it.",
    ),
    inputs=(tuple(map(np.array, ([[1.0, 2.0]], [[1.0, -1.0], [0.5, 1.0]], [0.0, -3.0], [[2.0], [-1.0]], [0.5]))),),
    random=two_layers,
    wrong=(
        Wrong(
            "no activation",
            "The products are right, but nothing stands between them.",
            "Without an activation your two layers are one layer in disguise.",
            "Apply ReLU to the hidden layer: A1 = np.maximum(0, X @ W1 + b1).",
            change={"np.maximum(0, X @ W1 + b1)": "X @ W1 + b1"},
        ),
        Wrong(
            "ReLU on the output too",
            "Your outputs are never negative, and the right ones sometimes are.",
            "Look at the last line: the question asks for an activation in the hidden layer only.",
            "Return A1 @ W2 + b2 as it is.",
            change={"return A1 @ W2 + b2": "return np.maximum(0, A1 @ W2 + b2)"},
        ),
        Wrong(
            "the bias comes too late",
            "The hidden outputs are not right: some of them are negative.",
            "The bias belongs to the weighted sum, so it is added before the activation.",
            "Put b1 inside: np.maximum(0, X @ W1 + b1).",
            change={"X @ W1 + b1)": "X @ W1) + b1"},
        ),
        Wrong(
            "the hidden biases are left out",
            "Something is missing from the weighted sums of the hidden layer.",
            "Try an X of zeros: what is left is what the biases say.",
            "Add b1 before the activation: np.maximum(0, X @ W1 + b1).",
            change={"X @ W1 + b1": "X @ W1"},
        ),
        Wrong(
            "the output biases are left out",
            "The hidden layer is right; each column of your output is off by a constant.",
            "Which of the five arguments do you never use?",
            "Add the last bias: A1 @ W2 + b2.",
            change={"A1 @ W2 + b2": "A1 @ W2"},
        ),
        Wrong(
            "the order of the product",
            "The weights and the samples are multiplied in the wrong order: the shapes do not fit.",
            "X is (samples, inputs) and W is (inputs, outputs). In which order do the two sizes of the inputs meet?",
            "The samples come first: X @ W1, and A1 @ W2.",
            change={"X @ W1": "W1 @ X"},
            others=({"A1 @ W2": "W2 @ A1"}, {"X @ W1": "W1.T @ X"}, {"X @ W1": "X @ W1.T"}, {"X @ W1": "W1.T @ X.T"}),
        ),
        Wrong(
            "a product number by number",
            "`*` multiplies number by number, and a layer needs the matrix product.",
            "Each neuron adds up over all inputs. Which sign does that?",
            "Write `@`: X @ W1.",
            change={"X @ W1": "X * W1"},
            others=({"A1 @ W2": "A1 * W2"}, {"X @ W1": "X * W1", "A1 @ W2": "A1 * W2"}),
        ),
        Wrong(
            "another activation",
            "Your hidden layer has another activation than ReLU.",
            "Which activation does the question name?",
            "ReLU is np.maximum(0, …), number by number.",
            change={"np.maximum(0, X @ W1 + b1)": "1 / (1 + np.exp(-(X @ W1 + b1)))"},
            others=({"np.maximum(0, X @ W1 + b1)": "np.tanh(X @ W1 + b1)"},),
        ),
        Wrong(
            "`max` in place of `maximum`",
            "`max` looks for the largest of all numbers, and ReLU compares each with 0.",
            "How many numbers come out of your `max`, and how many should?",
            "Compare number by number: np.maximum(0, X @ W1 + b1).",
            change={"np.maximum(0, X @ W1 + b1)": "np.max(0, X @ W1 + b1)"},
            others=(
                {"np.maximum(0, X @ W1 + b1)": "max(0, X @ W1 + b1)"},
                {"np.maximum(0, X @ W1 + b1)": "max(X @ W1 + b1, 0)"},
                {"np.maximum(0, X @ W1 + b1)": "np.max(X @ W1 + b1, 0)"},
            ),
        ),
        Wrong(
            "only the hidden layer is returned",
            "You return the outputs of the hidden layer.",
            "Two of the arguments belong to a second layer. Where are they used?",
            "Return A1 @ W2 + b2.",
            change={"return A1 @ W2 + b2": "return A1"},
        ),
    ),
)
