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
    inputs=(tuple(map(np.array, ([[1.0, 2.0]], [[1.0, -1.0], [0.5, 1.0]], [0.0, -3.0], [[2.0], [-3.0]], [0.5]))),),
    random=two_layers,
    wrong=(
        Wrong(
            "the second layer skips the hidden one",
            "The second layer gets X, and the hidden outputs go nowhere.",
            "Look at the line with W2: what comes out of the hidden layer, and what goes into the next?",
            "Return A1 @ W2 + b2, with A1 from the hidden layer.",
            change={"A1 @ W2": "X @ W2"},
        ),
        Wrong(
            "no activation",
            "The products are right, but there is nothing between them.",
            "Without an activation your two layers are one layer in disguise.",
            "Apply ReLU to the hidden layer: A1 = np.maximum(0, X @ W1 + b1).",
            change={"np.maximum(0, X @ W1 + b1)": "X @ W1 + b1"},
        ),
        Wrong(
            "ReLU on the output too",
            "Your outputs are never negative, but the right ones sometimes are.",
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
            "A product has the wrong order, or a matrix lies on its side: the shapes do not fit.",
            "X is (samples, inputs) and W is (inputs, outputs). In which order do the two sizes of the inputs meet?",
            "The samples come first, and nothing is transposed: X @ W1, and A1 @ W2.",
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
            "Your hidden layer has an activation that is not ReLU.",
            "Which activation does the question name?",
            "ReLU is np.maximum(0, …), number by number.",
            change={"np.maximum(0, X @ W1 + b1)": "1 / (1 + np.exp(-(X @ W1 + b1)))"},
            others=({"np.maximum(0, X @ W1 + b1)": "np.tanh(X @ W1 + b1)"},),
        ),
        Wrong(
            "`max` in place of `maximum`",
            "`np.max` looks for the largest number of a table, and ReLU compares each with 0.",
            "How many numbers come out of your `np.max`, and how many should?",
            "Compare number by number: np.maximum(0, X @ W1 + b1).",
            change={"np.maximum(0, X @ W1 + b1)": "np.max(0, X @ W1 + b1)"},
            others=({"np.maximum(0, X @ W1 + b1)": "np.max(X @ W1 + b1, 0)"},),
        ),
        Wrong(
            "one comparison for the whole table",
            "Python's `max` and `if` need a single yes or no, and a table that is compared with 0 has one for each number.",
            "Which line compares the whole table with 0?",
            "Let NumPy compare number by number: np.maximum(0, X @ W1 + b1).",
            change={"np.maximum(0, X @ W1 + b1)": "max(0, X @ W1 + b1)"},
            others=({"np.maximum(0, X @ W1 + b1)": "max(X @ W1 + b1, 0)"},),
        ),
        Wrong(
            "only the hidden layer is returned",
            "You return the outputs of the hidden layer.",
            "Two of the arguments belong to a second layer. Where are they used?",
            "Return A1 @ W2 + b2.",
            change={"return A1 @ W2 + b2": "return A1"},
        ),
        Wrong(
            "both biases are left out",
            "Your products are right, and neither layer has its biases.",
            "Which of the five arguments do you never use?",
            "Add b1 before the activation, and b2 at the end.",
            change={"X @ W1 + b1": "X @ W1", "A1 @ W2 + b2": "A1 @ W2"},
        ),
        Wrong(
            "ReLU comes before the weights",
            "You apply ReLU to the inputs, and the hidden neurons have no activation.",
            "In which order does a neuron work: the activation of the sum, or the sum of the activations?",
            "First the weighted sums, then ReLU: np.maximum(0, X @ W1 + b1).",
            change={"np.maximum(0, X @ W1 + b1)": "np.maximum(0, X) @ W1 + b1"},
        ),
        Wrong(
            "`minimum` in place of `maximum`",
            "Your hidden outputs are never positive, and those of ReLU are never negative.",
            "What should become of −2, and what of 3?",
            "ReLU keeps what is above 0: np.maximum(0, X @ W1 + b1).",
            change={"np.maximum": "np.minimum"},
        ),
        Wrong(
            "another activation on the output",
            "The hidden layer is right, and then you squeeze the output through one activation too many.",
            "The question asks for a *linear* output layer. What does that leave out?",
            "Return A1 @ W2 + b2 as it is.",
            change={"return A1 @ W2 + b2": "return 1 / (1 + np.exp(-(A1 @ W2 + b2)))"},
            others=({"return A1 @ W2 + b2": "return np.tanh(A1 @ W2 + b2)"},),
        ),
        Wrong(
            "the hidden outputs are returned too",
            "The output is right, and you return the hidden layer beside it.",
            "The question asks for one array. How many do you return?",
            "Return A1 @ W2 + b2 alone.",
            change={"return A1 @ W2 + b2": "return A1, A1 @ W2 + b2"},
            others=({"return A1 @ W2 + b2": "return A1 @ W2 + b2, A1"},),
        ),
        Wrong(
            "the output has lost its shape",
            "The numbers are right, but they are in one long row.",
            "A batch is rows: each sample has its own row of outputs. Look for `.ravel()` or `.flatten()`.",
            "Return A1 @ W2 + b2 in the shape that it has.",
            change={"return A1 @ W2 + b2": "return (A1 @ W2 + b2).ravel()"},
        ),
        Wrong(
            "the biases have changed places",
            "Each layer adds the biases of the other one, and their number does not fit.",
            "There is a number in b1 for each hidden neuron, and in b2 for each output. Which product has that many columns?",
            "X @ W1 + b1, and A1 @ W2 + b2.",
            change={"X @ W1 + b1": "X @ W1 + b2", "A1 @ W2 + b2": "A1 @ W2 + b1"},
        ),
        Wrong(
            "only one sample goes through",
            "You send the first row of X through the network, but the question asks for the whole batch.",
            "How many rows has X, and how many has your result? Look for `X[0]`.",
            "Multiply the whole table: X @ W1.",
            change={"X @ W1": "X[0] @ W1"},
        ),
        Wrong(
            "yes or no in place of ReLU",
            "Your hidden neurons answer only yes or no: whether the sum is above 0, and not how far.",
            "ReLU keeps a positive sum as it is. What does `Z > 0` keep of it?",
            "Take np.maximum(0, X @ W1 + b1), or multiply the sums by `Z > 0`.",
            change={"np.maximum(0, X @ W1 + b1)": "(X @ W1 + b1 > 0).astype(float)"},
        ),
        Wrong(
            "the absolute value in place of ReLU",
            "Your hidden outputs are never negative, but what should be 0 is positive.",
            "What should become of −2?",
            "ReLU makes negative sums 0: np.maximum(0, X @ W1 + b1).",
            change={"np.maximum(0, X @ W1 + b1)": "np.abs(X @ W1 + b1)"},
        ),
    ),
)
