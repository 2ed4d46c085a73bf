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
        "What multiplies X is the new W. What is left when X is all zeros is the new b.",
        "W = W₁ W₂, in this order, and b = b₁ W₂ + b₂; return both.",
    ),
    inputs=(tuple(map(np.array, ([[1.0, 2.0], [0.0, 1.0]], [1.0, -1.0], [[1.0, 0.0], [3.0, 1.0]], [0.5, 0.0]))),),
    random=two_linear_layers,
    wrong=(
        Wrong(
            "the biases are only added",
            "Your W is right. Your b would be right if the first bias did not go through the second layer.",
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
            "Each number of the result adds up over the hidden neurons. Which sign does that?",
            "Write `@`: W1 @ W2, and b1 @ W2 + b2.",
            change={"W1 @ W2": "W1 * W2"},
            others=({"W1 @ W2": "W1 * W2", "b1 @ W2": "b1 * W2"}, {"b1 @ W2": "b1 * W2"}),
        ),
        Wrong(
            "the results have changed places",
            "Both are right, but in the wrong order.",
            "In which order does the question ask for them?",
            "The weights come first, then the bias.",
            change={"return W1 @ W2, b1 @ W2 + b2": "return b1 @ W2 + b2, W1 @ W2"},
        ),
        Wrong(
            "the layers are added",
            "You add the two layers, and the second one acts on what comes out of the first.",
            "Put X W₁ + b₁ into the second layer, in the place of its input, and multiply out.",
            "The weights are multiplied, W₁ W₂, and b₁ goes through W₂: b₁ W₂ + b₂.",
            change={"return W1 @ W2, b1 @ W2 + b2": "return W1 + W2, b1 + b2"},
        ),
        Wrong(
            "both biases go through the second layer",
            "Your W is right. In your b the second bias is sent through the weights that it comes after.",
            "Which of the two biases still has W₂ in front of it?",
            "Only the first: b₁ W₂ + b₂.",
            change={"b1 @ W2 + b2": "(b1 + b2) @ W2"},
        ),
        Wrong(
            "written for columns",
            "These are the weights and biases for samples in columns, W₂ (W₁ x + b₁) + b₂.",
            "Here a batch is rows. On which side of W₁ is X?",
            "Begin with (X W₁ + b₁) W₂ + b₂: W = W₁ W₂, and b = b₁ W₂ + b₂.",
            change={"return W1 @ W2, b1 @ W2 + b2": "return W2 @ W1, W2 @ b1 + b2"},
        ),
        Wrong(
            "the weights lie on their side",
            "Your b is right. Your W has its rows and columns exchanged.",
            "A row of W belongs to an input of the first layer. Look for a `.T`.",
            "Return W₁ W₂ as it is.",
            change={"return W1 @ W2": "return (W1 @ W2).T"},
        ),
        Wrong(
            "only the weights are returned",
            "Your W is right, and b is missing: the question asks for both.",
            "What do the two layers give for an X of zeros? That is what b must give.",
            "Return W₁ W₂ and b₁ W₂ + b₂, with a comma between them.",
            change={"return W1 @ W2, b1 @ W2 + b2": "return W1 @ W2"},
        ),
        Wrong(
            "the biases are a table of one row",
            "The numbers are right, and your b has two dimensions where the biases of a layer have one.",
            "Compare its shape with that of b2. Look for `reshape`, `[None, :]` or `keepdims`.",
            "Use b1 as it is, a list of numbers: b1 @ W2 + b2.",
            change={"b1 @ W2 + b2": "b1.reshape(1, -1) @ W2 + b2"},
        ),
        Wrong(
            "the first bias goes through both layers",
            "Your W is right. In your b the first bias goes through its own weights as well, which it comes after.",
            "Which weights does the first bias still have in front of it?",
            "Only the second: b₁ W₂ + b₂.",
            change={"b1 @ W2": "b1 @ W1 @ W2"},
        ),
    ),
)
