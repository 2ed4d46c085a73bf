"""Exercise: which starts have a ReLU that is silent at all corners of XOR, all starts at once."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_starts(rng):
    """Return the first weights (starts, 2, hidden) and biases (starts, hidden) of some starts."""
    starts, hidden = (int(size) for size in rng.integers((4, 2), (9, 4)))
    return rng.uniform(-1, 1, (starts, 2, hidden)).round(2), rng.uniform(-0.6, 0.6, (starts, hidden)).round(2)


EXERCISE = Exercise(
    name="atlas-silent",
    asks="with_a_silent_relu(W, b)",
    solution="""
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def with_a_silent_relu(W, b):
    z = X @ W + b[:, None, :]
    silent = (z <= 0).all(axis=1)
    return silent.any(axis=1)
""",
    hints=(
        "Begin with all the weighted sums: `X @ W` multiplies the four corners by the table of every start, and has the shape "
        "(starts, 4, hidden).",
        "The biases have the shape (starts, hidden), and must go to all four corners: `b[:, None, :]`. A ReLU is silent where "
        "its sum is 0 or below.",
        "A neuron is silent if that is so at *all* corners, axis 1; a start counts if *any* of its neurons is.",
    ),
    inputs=(
        (
            np.array([[[1.0, -1.0], [1.0, -1.0]], [[1.0, -1.0], [-1.0, 1.0]], [[-0.5, 1.0], [-0.5, 1.0]]]),
            np.array([[0.0, 0.0], [0.0, 0.0], [0.25, -0.5]]),
        ),
        (np.array([[[-1.0, -1.0], [-2.0, -1.0]], [[0.5, -0.5], [0.5, 0.25]]]), np.array([[0.5, -0.25], [-2.0, 0.0]])),
    ),
    random=some_starts,
    wrong=(
        Wrong(
            "all neurons must be silent",
            "You count a start only if all of its neurons are silent.",
            "How many neurons does XOR need that can still learn?",
            "One silent neuron is enough: `any` over the neurons.",
            change={"silent.any(axis=1)": "silent.all(axis=1)"},
        ),
        Wrong(
            "silent at one corner is enough",
            "You count neurons that are silent at one of the corners. Nearly every ReLU is.",
            "A neuron that answers at one corner has a slope there. Can it learn?",
            "It is silent if its sum is 0 or below at *all* corners.",
            change={"(z <= 0).all(axis=1)": "(z <= 0).any(axis=1)"},
        ),
        Wrong(
            "the biases are left out",
            "Your answer does not depend on the biases.",
            "Can a neuron with two negative weights answer at the corner (0, 0)?",
            "Add `b[:, None, :]`, one bias a neuron, at each corner.",
            change={" + b[:, None, :]": ""},
            others=({"z = X @ W + b[:, None, :]": "z = W"},),
        ),
        Wrong(
            "zero counts as an answer",
            "You let a neuron pass whose sum is exactly 0 somewhere.",
            "What is max(0, z) at z = 0, and what slope does it pass on there?",
            "Write `z <= 0`.",
            change={"z <= 0": "z < 0"},
        ),
        Wrong(
            "loud in place of silent",
            "You look for neurons that answer everywhere.",
            "For which z is max(0, z) zero?",
            "Ask for `z <= 0`.",
            change={"z <= 0": "z > 0"},
        ),
        Wrong(
            "it is the starts without one",
            "You return the others: the starts in which every neuron is awake.",
            "Is it True where a start has a silent ReLU?",
            "Leave the `~` away.",
            change={"return silent": "return ~silent"},
        ),
        Wrong(
            "it is the neurons, not the starts",
            "You have found the silent neurons. The question is about starts.",
            "Your answer has a column for each neuron. What makes one answer a start of them?",
            "Ask for `any` over the neurons, axis 1.",
            change={"silent.any(axis=1)": "silent"},
        ),
        Wrong(
            "it is their number",
            "You return how many starts there are, and not which.",
            "Whoever picks out the starts needs a True or False for each.",
            "Return the array itself.",
            change={"silent.any(axis=1)": "silent.any(axis=1).sum()"},
        ),
        Wrong(
            "one corner is left out",
            "One corner is missing from your check.",
            "At which corner does the bias alone decide?",
            "Take all four corners.",
            change={"(z <= 0)": "(z[:, 1:] <= 0)"},
            others=({"(z <= 0)": "(z[:, :3] <= 0)"},),
        ),
    ),
)
