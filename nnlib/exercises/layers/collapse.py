"""Exercise: the one linear layer that does what two of them do."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def two_linear_layers(rng):
    """Return weights and biases of two layers, at random; all sizes are equal, so that a wrong order runs too."""
    size = rng.integers(2, 4)
    return tuple(rng.normal(size=shape) for shape in ((size, size), size, (size, size), size))


EXERCISE = Exercise(
    name="layers-collapse",
    asks="collapse(W1, b1, W2, b2)",
    solution="""
def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2
""",
    hints=(
        "Begin with (X W₁ + b₁) W₂ + b₂, and multiply it out.",
        "What multiplies X is the new W. What is left when X is zero is the new b.",
        "W = W₁ W₂, in this order, and b = b₁ W₂ + b₂; return both.",
    ),
    inputs=(tuple(map(np.array, ([[1.0, 2.0], [0.0, 1.0]], [1.0, -1.0], [[1.0, 0.0], [3.0, 1.0]], [0.5, 0.0]))),),
    random=two_linear_layers,
    wrong=(
        Wrong(
            "the biases are only added",
            "Your W is right. Your b would be right if the first bias went nowhere on its way.",
            "The first bias is added before the second layer, so the second layer's weights act on it too.",
            "Send b₁ through the second layer: b₁ W₂ + b₂.",
            change={"b1 @ W2 + b2": "b1 + b2"},
        ),
        Wrong(
            "the second bias is lost",
            "Your W is right, and b is missing a part.",
            "What do the two layers give for an X of zeros, step by step?",
            "Add the second layer's own bias at the end: b₁ W₂ + b₂.",
            change={"b1 @ W2 + b2": "b1 @ W2"},
        ),
        Wrong(
            "the first bias is lost",
            "Your W is right, and b is missing a part.",
            "What do the two layers give for an X of zeros, step by step?",
            "Send b₁ through the second layer, and add it: b₁ W₂ + b₂.",
            change={"b1 @ W2 + b2": "b2"},
        ),
        Wrong(
            "the matrices have changed places",
            "Your b is right. Your W is the product of the right matrices, in the wrong order.",
            "X comes from the left and meets W₁ first; the order of a matrix product matters.",
            "W = W₁ W₂: in the order in which X meets them.",
            change={"W1 @ W2": "W2 @ W1"},
        ),
        Wrong(
            "the bias comes from the wrong side",
            "Your W is right. In your b the first bias meets the second weights from the wrong side.",
            "The first layer's output, bias and all, comes from the left: (…) @ W₂.",
            "Take b₁ W₂ + b₂, in this order.",
            change={"b1 @ W2": "W2 @ b1"},
        ),
        Wrong(
            "the first bias goes through the first weights",
            "Your W is right. The first bias is sent through its own layer, which it comes after.",
            "Which weights does the first bias still have in front of it?",
            "Send it through the second layer: b₁ W₂ + b₂.",
            change={"b1 @ W2": "b1 @ W1"},
        ),
        Wrong(
            "multiplied number by number",
            "`*` multiplies number by number, and two layers need the matrix product.",
            "Each number of the new W adds up over the hidden neurons. Which sign does that?",
            "Write `@`: W1 @ W2.",
            change={"W1 @ W2": "W1 * W2"},
        ),
        Wrong(
            "the results have changed places",
            "Both are right, and each stands in the place of the other.",
            "In which order does the question ask for them?",
            "The weights come first, then the bias.",
            change={"return W1 @ W2, b1 @ W2 + b2": "return b1 @ W2 + b2, W1 @ W2"},
        ),
    ),
)
