"""Exercise: δ of a single neuron, and the gradients that follow from it."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-blame",
    asks="gradients(x, y, weights, bias)",
    solution="""
from nnlib.activations import sigmoid


def gradients(x, y, weights, bias):
    a = sigmoid(x @ weights + bias)
    delta = 2 * (a - y) * a * (1 - a)
    return delta, delta * x, delta
""",
    hints=(
        "Begin with the forward pass: z, then a = σ(z). Then ask how the loss (a − y)² answers to a nudge of a.",
        "Two slopes are multiplied in δ: 2(a − y) from the loss, and a(1 − a) from the sigmoid. Inputs have no part in it yet.",
        "Return `delta`, then `delta * x`, since a nudge to a weight reaches z multiplied by its input, then `delta` again.",
    ),
    inputs=((np.array([1.0, 2.0]), 0.0, np.array([0.5, -0.25]), 0.0), (np.array([0.0, 3.0]), 1.0, np.array([1.0, -1.0]), 0.5)),
    random=lambda rng: (rng.normal(size=3), float(rng.integers(0, 2)), rng.normal(size=3), float(rng.normal())),
    wrong=(
        Wrong(
            "the slope of the sigmoid is left out",
            "Your δ is ∂L/∂a, the gradient of the output, and not yet ∂L/∂z.",
            "A nudge to z is flattened by the sigmoid before it reaches the loss: by which factor?",
            "Multiply by the slope of the sigmoid, a(1 − a).",
            change={" * a * (1 - a)": ""},
        ),
        Wrong(
            "the sign is turned around",
            "Every number has the wrong sign.",
            "Take a neuron whose output is too high: does more z raise the loss or lower it?",
            "The slope of (a − y)² is 2(a − y), the target last.",
            change={"(a - y)": "(y - a)"},
        ),
        Wrong(
            "the 2 of the square is lost",
            "Everything is half as large as it should be.",
            "What is the slope of e² at e?",
            "The slope of (a − y)² is 2(a − y): here the loss has no ½ in front of it, which would cancel the 2.",
            change={"2 * (a": "(a"},
        ),
        Wrong(
            "the slope is taken of z instead of a",
            "Your slope is z(1 − z), which is not the slope of the sigmoid.",
            "Which of the two numbers does the short formula of the slope take, the one before the sigmoid or the one after?",
            "Write a(1 − a), with a = σ(z).",
            change={"a = sigmoid": "z = x @ weights + bias\n    a = sigmoid", "* a * (1 - a)": "* z * (1 - z)"},
        ),
        Wrong(
            "the weights take the place of the inputs",
            "Your δ is right, and the gradient of the weights is not.",
            "Nudge w₁ a little: how far does z move? It is not by w₁ times as much.",
            "In z = w₁x₁ + … a nudge to w₁ arrives multiplied by x₁: return `delta * x`.",
            change={"delta * x": "delta * weights"},
        ),
        Wrong(
            "the bias is given an input",
            "Your δ and the weights are right, and the gradient of the bias is not.",
            "Nudge the bias: how far does z move?",
            "The bias is added as it is, so its gradient is δ itself.",
            change={"delta * x, delta": "delta * x, delta * bias"},
        ),
        Wrong(
            "the delta of the cross-entropy",
            "Your δ is a − y, which belongs to the cross-entropy. The loss here is (a − y)².",
            "Where has the slope of the sigmoid gone, and the 2 of the square? For this loss neither cancels.",
            "Multiply: 2(a − y) from the loss, times a(1 − a) from the sigmoid.",
            change={"2 * (a - y) * a * (1 - a)": "a - y"},
        ),
        Wrong(
            "the bias's gradient is 1",
            "A nudge to the bias moves z by just as much: that is the 1. But the loss is still a δ away.",
            "How much does the loss move when z moves by a little?",
            "The gradient of the bias is δ · 1: return `delta`.",
            change={"delta * x, delta\n": "delta * x, 1.0\n"},
        ),
        Wrong(
            "the results have changed places",
            "All of them are right, but some are in the place of others.",
            "In which order does the question ask for them?",
            "Return δ first, then the gradient of the weights, then that of the bias.",
            change={"return delta, delta * x, delta": "return delta * x, delta, delta"},
            others=({"return delta, delta * x, delta": "return delta, delta, delta * x"},),
        ),
        Wrong(
            "the bias is left out of the sum",
            "Your output is not that of this neuron.",
            "Which parameter do you not use on the way forward?",
            "Begin with `a = sigmoid(x @ weights + bias)`.",
            change={"x @ weights + bias": "x @ weights"},
        ),
        Wrong(
            "the slope is taken at a instead of z",
            "Your δ takes the slope of the sigmoid at the wrong place.",
            "`a` has been through the sigmoid already. Do you send it through a second time?",
            "Write a(1 − a), with a = σ(z).",
            change={"* a * (1 - a)": "* sigmoid(a) * (1 - sigmoid(a))"},
        ),
        Wrong(
            "δ itself is not returned",
            "You return two results, but the question asks for three.",
            "What does the question ask for first?",
            "Return `delta, delta * x, delta`.",
            change={"return delta, delta * x, delta": "return delta * x, delta"},
        ),
        Wrong(
            "a dot product with δ",
            "Your δ is a single number, and `@` wants arrays on both sides.",
            "Each weight has its own input. How many numbers does the gradient of the weights have?",
            "Multiply: `delta * x`.",
            change={"delta * x": "delta @ x"},
            others=(
                {"delta * x": "delta * x.sum()"},
                {"delta * x": "(delta * x).sum()"},
            ),
        ),
        Wrong(
            "the loss in place of its slope",
            "Your δ contains the loss itself, and its slope is wanted.",
            "How fast does e² grow as e grows?",
            "The slope of (a − y)² is 2(a − y).",
            change={"2 * (a - y)": "(a - y) ** 2"},
        ),
    ),
)
