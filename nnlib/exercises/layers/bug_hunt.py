"""Exercise: a forward pass with two bugs; where all sizes differ, one of them betrays itself."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def square_layers(rng, size=None):
    """Return a batch and layers [(W, b), …] that all have as many inputs as outputs, so that W.T runs as well as W."""
    size = size or rng.integers(2, 4)
    layers = [(rng.normal(size=(size, size)), rng.normal(size=size)) for _ in range(rng.integers(2, 4))]
    return rng.normal(size=(4, size)), layers


EXERCISE = Exercise(
    name="layers-bug-hunt",
    asks="predict(X, layers)",
    solution="""
import numpy as np


def predict(X, layers):
    a = X
    for W, b in layers[:-1]:
        a = np.maximum(0, a @ W + b)
    W, b = layers[-1]
    return a @ W + b
""",
    hints=(
        "Try it on layers whose sizes all differ, 2 → 3 → 1: one bug stops the program there, and the shapes say where.",
        "Then build the same network with nnlib, relu inside and nothing at the end, and compare: when are they equal?",
        "Multiply by W as it is, a @ W + b, and leave ReLU out after the last layer.",
    ),
    inputs=(square_layers(np.random.default_rng(1), size=2),),
    random=square_layers,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Call it with layers of the sizes 2 → 3 → 1: it stops, and the shapes in the error show one bug.",
            "One bug turns a matrix that should stay as it is. The other is a ReLU where no ReLU belongs.",
            change={"a @ W + b)": "a @ W.T + b)", "return a @ W + b": "return np.maximum(0, a @ W.T + b)"},
        ),
        Wrong(
            "the weights are transposed",
            "One bug is mended. The program still runs on square layers only, and is wrong there too.",
            "Call it with layers of the sizes 2 → 3 → 1 and read the shapes in the error.",
            "W is (inputs, outputs) already: write a @ W, without .T.",
            change={"a @ W + b": "a @ W.T + b"},
        ),
        Wrong(
            "ReLU on the output",
            "One bug is mended. The outputs are right where they are positive, and 0 elsewhere.",
            "Compare with nnlib, a Network of Dense, Activation and Dense: what comes after its last layer?",
            "Treat the last layer by itself, after the loop: return a @ W + b.",
            change={"return a @ W + b": "return np.maximum(0, a @ W + b)"},
        ),
        Wrong(
            "no ReLU at all",
            "One bug is mended, and one thing too much: now there is no ReLU anywhere.",
            "The hidden layers need theirs, or all the layers collapse into one.",
            "Keep np.maximum in the loop over layers[:-1], and leave it out after the last layer.",
            change={"np.maximum(0, a @ W + b)": "a @ W + b"},
        ),
    ),
)
