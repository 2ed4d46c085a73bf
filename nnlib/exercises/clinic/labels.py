"""Exercise: a perceptron whose rule wants -1 and 1, and whose data say 0 and 1."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def _separable(seed):
    """Return samples on both sides of a line that keeps clear of them, their labels 0 and 1, and more samples."""
    rng = np.random.default_rng(seed)
    w, b = rng.normal(size=2), rng.normal()
    X = rng.uniform(-3, 3, size=(60, 2))
    far = abs(X @ w + b) > np.linalg.norm(w)
    X = X[far][:6].round(2)
    return X, (X @ w + b > 0).astype(int), rng.uniform(-3, 3, size=(5, 2)).round(2)


def _taught(perceptron_class, X, y, others):
    """Return the answers after a long training: to the samples, and whether those to others are labels as well."""
    model = perceptron_class(X.shape[1])
    model.fit(X, y, 30)
    return np.asarray(model.predict(X), dtype=float), bool(np.isin(model.predict(others), (0, 1)).all())


AND = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
BELOW = np.array([[3.0, 0.5], [2.0, 0.2], [3.0, 2.5], [2.0, 2.0], [4.0, 3.0]])  # what is below a line
SIGN = "sign = 2 * label - 1"

EXERCISE = Exercise(
    name="clinic-labels-bug-hunt",
    asks="SignPerceptron",
    solution=f"""
import numpy as np


class SignPerceptron:
    def __init__(self, inputs):
        self.weights = np.zeros(inputs)
        self.bias = 0.0

    def predict(self, X):
        return np.where(X @ self.weights + self.bias > 0, 1, 0)

    def fit(self, X, y, epochs):
        for _ in range(epochs):
            for x, label in zip(X, y, strict=True):
                {SIGN}
                z = x @ self.weights + self.bias
                if sign * z <= 0:
                    self.weights = self.weights + sign * x
                    self.bias = self.bias + sign
""",
    hints=(
        "Go through one wrong answer with the label 0 by hand: what does the `if` say, and what is added?",
        "The rule needs a sign for each class, and a label 0 has none. Turn labels into signs where the rule begins.",
        "`sign = 2 * label - 1` makes −1 of 0, and 1 of 1. Use the sign in the rule, and let `predict` answer 0 and 1.",
    ),
    inputs=(
        (AND, np.array([0, 0, 0, 1]), AND + 0.25),
        (AND, np.array([0, 1, 1, 1]), AND - 0.25),
        (BELOW, np.array([1, 1, 0, 0, 0]), BELOW - 1.0),
        *map(_separable, (2, 3, 5)),
    ),
    use=_taught,
    wrong=(
        Wrong(
            "the rule still multiplies by the label 0",
            "The bug is still there: wrong answers with the label 0 correct nothing.",
            "In `fit`, what is `label * x` for such a sample?",
            "Begin with `sign = 2 * label - 1`, and use the sign in all three places where the label stood.",
            change={SIGN: "sign = label"},
            others=({SIGN: "sign = label", ", 1, 0)": ", 1, -1)"},),
        ),
        Wrong(
            "it answers with -1",
            "It learns now. But it still answers −1 where the label is 0.",
            "What does `predict` give on the negative side?",
            "Answer with the labels of the data: `np.where(… > 0, 1, 0)`.",
            change={", 1, 0)": ", 1, -1)"},
        ),
        Wrong(
            "the signs are turned around",
            "It answers 1 where 0 is wanted, and 0 where 1 is.",
            "Which sign has the label 1 in your rule?",
            "The label 1 is +1, and 0 is −1: `2 * label - 1`.",
            change={SIGN: "sign = 1 - 2 * label"},
        ),
        Wrong(
            "it never begins",
            "It answers 0 everywhere: nothing is ever corrected.",
            "From zero weights every z is 0. Is that a mistake in your rule?",
            "Keep the equals sign: `if sign * z <= 0`.",
            change={"sign * z <= 0": "sign * z < 0"},
        ),
        Wrong(
            "only the weights know the sign",
            "The weights are corrected with the sign, and the bias still with the label.",
            "What does a wrong answer with the label 0 add to the bias?",
            "Add the sign there, too: `self.bias + sign`.",
            change={"self.bias + sign": "self.bias + label"},
        ),
        Wrong(
            "only the bias knows the sign",
            "The bias is corrected with the sign, and the weights still with the label.",
            "What does a wrong answer with the label 0 add to the weights?",
            "Add the sign times x: `self.weights + sign * x`.",
            change={"self.weights + sign * x": "self.weights + label * x"},
        ),
        Wrong(
            "it is corrected where it was right",
            "Samples that are answered well are corrected, and the wrong ones are left alone.",
            "For a right answer, what sign has the product of sign and z?",
            "A right answer has a positive product, so a mistake is `sign * z <= 0`.",
            change={"sign * z <= 0": "sign * z >= 0"},
        ),
        Wrong(
            "the bias is never corrected",
            "The weights learn, and the boundary still goes through the origin.",
            "The rule has two halves: one for the weights, and one for …?",
            "Correct the bias as well: `self.bias + sign`.",
            change={"self.bias + sign": "self.bias"},
        ),
        Wrong(
            "the mistake is asked for by the label",
            "The corrections are right, but the question whether one is needed still uses the label.",
            "What is `label * z <= 0` for a label 0, whatever z is?",
            "Ask with the sign: `if sign * z <= 0`.",
            change={"sign * z <= 0": "label * z <= 0"},
        ),
    ),
)
