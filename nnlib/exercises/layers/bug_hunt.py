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
            "One bug transposes a matrix that should stay as it is. The other is a ReLU where no ReLU belongs.",
            change={"a @ W + b)": "a @ W.T + b)", "return a @ W + b": "return np.maximum(0, a @ W.T + b)"},
        ),
        Wrong(
            "the weights are transposed",
            "One bug is fixed. The program still runs on square layers only, and is wrong there too.",
            "Call it with layers of the sizes 2 → 3 → 1 and read the shapes in the error.",
            "W is (inputs, outputs) already: write a @ W, without .T.",
            change={"a @ W + b": "a @ W.T + b"},
            others=({"np.maximum(0, a @ W + b)": "np.maximum(0, a @ W.T + b)"}, {"return a @ W + b": "return a @ W.T + b"}),
        ),
        Wrong(
            "ReLU on the output",
            "One bug is fixed. The outputs are right where they are positive, and 0 elsewhere.",
            "Compare with nnlib, a Network of Dense, Activation and Dense: what comes after its last layer?",
            "Treat the last layer by itself, after the loop: return a @ W + b.",
            change={"return a @ W + b": "return np.maximum(0, a @ W + b)"},
        ),
        Wrong(
            "no ReLU at all",
            "One bug is fixed, but you went too far: now there is no ReLU anywhere.",
            "The hidden layers need theirs, or all the layers collapse into one.",
            "Keep np.maximum in the loop over layers[:-1], and leave it out after the last layer.",
            change={"np.maximum(0, a @ W + b)": "a @ W + b"},
        ),
        Wrong(
            "the last layer is applied twice",
            "The last layer is applied twice, once with ReLU and once without.",
            "Does your loop go over all the layers, and do you then use layers[-1] again?",
            "Loop over layers[:-1] only, and treat the last layer after the loop.",
            change={"in layers[:-1]": "in layers"},
            others=({"in layers[:-1]": "in layers", "    W, b = layers[-1]\n": ""},),
        ),
        Wrong(
            "the last layer is missing",
            "The last layer is never applied.",
            "Your loop leaves it out, and so it has to come afterwards.",
            "After the loop, return a @ W + b with W, b = layers[-1].",
            change={"    W, b = layers[-1]\n    return a @ W + b": "    return a"},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first layer is applied.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`, so that the loop is finished first.",
            change={"        a = np.maximum(0, a @ W + b)": "        return np.maximum(0, a @ W + b)"},
            others=({"        a = np.maximum(0, a @ W + b)": "        return a @ W + b"},),
        ),
        Wrong(
            "ReLU where it does not belong, and only there",
            "The ReLUs have changed places: now the last layer has one, and the hidden layers have none.",
            "Which layers need their ReLU, and which one must not have it?",
            "Keep np.maximum in the loop over layers[:-1], and leave it out after the last layer.",
            change={"np.maximum(0, a @ W + b)": "a @ W + b", "return a @ W + b": "return np.maximum(0, a @ W + b)"},
        ),
        Wrong(
            "the first layer has no ReLU",
            "The first hidden layer has lost its ReLU.",
            "All layers but the *last* have one. Look at the condition that leaves it out.",
            "Leave ReLU out only after the last layer.",
            change={"    for W, b in layers[:-1]:": "    W, b = layers[0]\n    a = a @ W + b\n    for W, b in layers[1:-1]:"},
        ),
        Wrong(
            "every layer gets X",
            "Each layer works on X, and what the one before it computed is lost.",
            "What is the input of the second layer?",
            "Carry `a` from layer to layer: a = np.maximum(0, a @ W + b).",
            change={"a @ W + b": "X @ W + b"},
        ),
        Wrong(
            "the bias comes too late",
            "The hidden outputs are not right: some of them are negative.",
            "The bias belongs to the weighted sum, so it is added before the activation.",
            "Put b inside: np.maximum(0, a @ W + b).",
            change={"a @ W + b)": "a @ W) + b"},
        ),
        Wrong(
            "the order of the product",
            "The weights come before the samples in your product.",
            "The batch is (samples, inputs) and W is (inputs, outputs). In which order do the two sizes of the inputs meet?",
            "The samples come first: a @ W + b.",
            change={"a @ W + b": "W @ a + b"},
        ),
        Wrong(
            "two layers are written into it",
            "It works for networks of two layers only.",
            "The list may hold two layers, or three. Which of your lines knows how many there are?",
            "Loop over layers[:-1], and treat layers[-1] after the loop.",
            change={"    a = X": "    (_, _), (_, _) = layers\n    a = X"},
        ),
        Wrong(
            "another activation on the output",
            "The bugs are fixed, and then you squeeze the output through an activation.",
            "What should come after the last layer?",
            "Return a @ W + b as it is.",
            change={"return a @ W + b": "return 1 / (1 + np.exp(-(a @ W + b)))"},
        ),
        Wrong(
            "biases are left out",
            "A layer does not add its biases.",
            "Try an X of zeros: what is left is what the biases say.",
            "Every layer computes a @ W + b, the last one too.",
            change={"return a @ W + b": "return a @ W"},
            others=({"np.maximum(0, a @ W + b)": "np.maximum(0, a @ W)"}, {"a @ W + b": "a @ W"}),
        ),
    ),
)
