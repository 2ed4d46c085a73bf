"""Exercise: training for a program that only predicts, by nothing but nudges."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def one_neuron(parameters, X):
    """Return the answers of a neuron with a tanh: two weights and a bias."""
    return np.tanh(X @ parameters[:2] + parameters[2])


def two_neurons(parameters, X):
    """Return the answers of two sigmoids that are added with weights: eight numbers."""
    hidden = 1 / (1 + np.exp(-(X @ parameters[:4].reshape(2, 2) + parameters[4:6])))
    return hidden @ parameters[6:]


def _case(rng):
    predict, size = ((one_neuron, 3), (two_neurons, 8))[rng.integers(2)]
    X = rng.normal(size=(6, 2)).round(2)
    return predict, rng.normal(size=size).round(2), X, rng.normal(size=6).round(2), float(rng.choice([0.1, 0.2, 0.5])), 4


SLOPES = "numerical_gradient(lambda p: np.mean((predict(p, X) - y) ** 2), parameters)"
LOOP, MEASURED = "    for _ in range(steps):\n", f"    slopes = {SLOPES}\n"

EXERCISE = Exercise(
    name="clinic-training",
    asks="train(predict, parameters, X, y, learning_rate, steps)",
    solution=f"""
import numpy as np

from nnlib import numerical_gradient


def train(predict, parameters, X, y, learning_rate, steps):
    for _ in range(steps):
        slopes = {SLOPES}
        parameters = parameters - learning_rate * slopes
    return parameters
""",
    hints=(
        "Begin with the loss, as a function of the parameters alone: the mean of the squared errors of `predict(p, X)`.",
        "`numerical_gradient` gives the slope of such a function in each parameter. Which step do you take then?",
        "In each step, `slopes = numerical_gradient(lambda p: np.mean((predict(p, X) - y) ** 2), parameters)`; go against "
        "them, and return the parameters at the end.",
    ),
    inputs=(
        (one_neuron, np.array([0.5, -0.3, 0.1]), np.array([[1.0, 2.0], [-1.0, 0.5]]), np.array([0.5, -0.5]), 0.1, 1),
        (one_neuron, np.array([0.2, 0.1, 0.0]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0.3, 0.9]), 0.5, 0),
    ),
    random=_case,
    close=(1e-5, 1e-8),
    wrong=(
        Wrong(
            "it steps uphill",
            "The loss rises with every step.",
            "Which way does a slope point, and which way do you want to go?",
            "Subtract: `parameters - learning_rate * slopes`.",
            change={"parameters - learning_rate": "parameters + learning_rate"},
        ),
        Wrong(
            "the sum of the squared errors",
            "The direction is right, and the steps are too long: by a factor that is the number of samples.",
            "Is your loss a sum, or a mean?",
            "Take the mean, `np.mean((predict(p, X) - y) ** 2)`.",
            change={"np.mean(": "np.sum("},
        ),
        Wrong(
            "half of the squared error",
            "The direction is right, and the steps are half as long as asked.",
            "Do you divide the loss by two?",
            "The loss is the mean of the squared errors, without one half.",
            change={"np.mean((predict(p, X) - y) ** 2)": "np.mean((predict(p, X) - y) ** 2) / 2"},
        ),
        Wrong(
            "the errors are not squared",
            "Your loss is the mean error, in which too high and too low cancel.",
            "What does the loss do to an error of −1?",
            "Square each error before the mean: `(predict(p, X) - y) ** 2`.",
            change={"(predict(p, X) - y) ** 2": "predict(p, X) - y"},
        ),
        Wrong(
            "the absolute errors",
            "Your loss is the mean of the absolute errors, whose slopes do not shrink near the target.",
            "Which loss does the exercise ask for?",
            "Square the errors: `(predict(p, X) - y) ** 2`.",
            change={"(predict(p, X) - y) ** 2": "np.abs(predict(p, X) - y)"},
        ),
        Wrong(
            "the root of the mean",
            "Your loss is the root of the mean squared error, which has other slopes.",
            "What stands around the mean?",
            "Leave the root out.",
            change={"np.mean((predict(p, X) - y) ** 2)": "np.sqrt(np.mean((predict(p, X) - y) ** 2))"},
        ),
        Wrong(
            "one step, whatever is asked",
            "It takes one step, or stops after it.",
            "Where does your `return` stand, and how far is it indented?",
            "Put it behind the loop, at the depth of `for`.",
            change={"    return parameters": "        return parameters"},
            others=({"range(steps)": "range(1)"},),
        ),
        Wrong(
            "the slopes of the start",
            "The first step is right, and those after it repeat it.",
            "Are the slopes measured anew after each step?",
            "Put the call of `numerical_gradient` into the loop, with the parameters as they are by then.",
            change={f"{LOOP}    {MEASURED}": f"{MEASURED}{LOOP}"},
        ),
        Wrong(
            "the learning rate is left out",
            "The direction is right, and the steps have the wrong length.",
            "Which of the arguments have you not used?",
            "Multiply the slopes by `learning_rate`.",
            change={"learning_rate * slopes": "slopes"},
        ),
        Wrong(
            "the slopes are returned",
            "You return the slopes, and the parameters after the training are asked for.",
            "What does somebody need who wants to predict with the trained program?",
            "Return `parameters`.",
            change={"return parameters": "return slopes"},
        ),
    ),
)
