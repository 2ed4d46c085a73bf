"""Exercise: the slope of another activation."""

from nnlib.exercises.backpropagation.draws import batch_and_layers
from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-activation-bug-hunt",
    asks="gradients(X, y, W1, b1, W2, b2)",
    solution="""
import numpy as np


def gradients(X, y, W1, b1, W2, b2):
    z = X @ W1 + b1
    a = np.tanh(z)
    y_hat = a @ W2 + b2
    delta2 = 2 * (y_hat - y) / y.size
    delta1 = (delta2 @ W2.T) * (1 - a**2)
    return X.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)
""",
    hints=(
        "Compare the four gradients with numerical ones: two of them are right. What lies between them and the others?",
        "Coming from the output, the gradient is right as far as W2. The next thing on its way is the activation.",
        "The hidden layer is tanh, whose slope is 1 − tanh²(z), or 1 − a².",
    ),
    inputs=(),
    random=batch_and_layers,
    wrong=(
        Wrong(
            "the slope is still the sigmoid's",
            "The bug is still there: the second layer is right, and the first is not.",
            "Which activation does the forward pass use, and whose slope is a(1 − a)?",
            "The slope of the sigmoid is a(1 − a), and the slope of tanh is 1 − a².",
            change={"1 - a**2": "a * (1 - a)"},
        ),
        Wrong(
            "z is squared instead of a",
            "This is the slope of tanh, but written for the output and given z.",
            "In 1 − tanh²(z), is it z that is squared, or tanh(z)?",
            "Write 1 − a², with a = tanh(z).",
            change={"1 - a**2": "1 - z**2"},
        ),
        Wrong(
            "tanh is taken twice",
            "This is the slope of tanh, but taken at a instead of z.",
            "Your a is tanh(z) already: what is tanh(a)?",
            "Write 1 − a², or 1 − tanh²(z).",
            change={"1 - a**2": "1 - np.tanh(a) ** 2"},
        ),
        Wrong(
            "the slope is left out",
            "Now the gradient passes tanh as if it were not there.",
            "Where tanh is flat, a nudge to z hardly changes a: where is that in your program?",
            "Multiply by the slope of tanh, 1 − a².",
            change={" * (1 - a**2)": ""},
        ),
        Wrong(
            "the forward pass is changed instead",
            "Forward and backward fit together now; but the network is another one.",
            "The forward pass was right: it is the definition of the network.",
            "Leave tanh in the forward pass, and give the backward pass its slope, 1 − a².",
            change={"np.tanh(z)": "1 / (1 + np.exp(-z))", "1 - a**2": "a * (1 - a)"},
        ),
        Wrong(
            "the square is in the wrong place",
            "The slope is nearly that of tanh: the square is in the wrong place.",
            "Try a = −½: is (1 − a)² less than 1, as a slope of tanh must be?",
            "The slope is 1 − a², the square on a alone.",
            change={"1 - a**2": "(1 - a) ** 2"},
        ),
        Wrong(
            "a factor of the sigmoid is left",
            "Half of the repair is made: a factor of the old slope is still there.",
            "The sigmoid's slope has two factors, a and 1 − a. Which of them has tanh's slope?",
            "Neither: it is 1 − a², and nothing else.",
            change={"1 - a**2": "a * (1 - a**2)"},
        ),
        Wrong(
            "the slope has the wrong sign",
            "The first layer's gradients have the wrong sign.",
            "Does tanh rise or fall?",
            "It rises, so its slope is positive: 1 − a².",
            change={"1 - a**2": "a**2 - 1"},
        ),
        Wrong(
            "a slope for an output without activation",
            "Now the second layer is wrong too: its δ has the slope of an activation, and the output has none.",
            "What lies between z and ŷ in the last layer?",
            "Nothing does: leave delta2 as it was.",
            change={"/ y.size": "/ y.size * (1 - y_hat**2)"},
            others=({"/ y.size": "/ y.size * y_hat * (1 - y_hat)"},),
        ),
    ),
)
