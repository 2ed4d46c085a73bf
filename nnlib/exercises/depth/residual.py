"""Exercise: the way back through a residual block."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def a_block(rng):
    """Return a batch, the weights of a block, and the gradient that arrives at its output."""
    n, width = int(rng.integers(2, 6)), int(rng.integers(2, 5))
    return rng.normal(size=(n, width)), rng.normal(size=(width, width)), rng.normal(size=(n, width))


EXERCISE = Exercise(
    name="depth-residual",
    asks="block_backward(X, W, delta)",
    solution="""
def block_backward(X, W, delta):
    Z = X @ W
    through = delta * (Z > 0)
    X_gradient = delta + through @ W.T
    W_gradient = X.T @ through
    return X_gradient, W_gradient
""",
    hints=(
        "The output depends on X in two ways: straight, and through the layer. Begin with the way through the layer.",
        "Through the layer: first the slope of ReLU, `delta * (X @ W > 0)`, then what you know of a dense layer.",
        "With `through = delta * (X @ W > 0)`, return `delta + through @ W.T` and `X.T @ through`.",
    ),
    inputs=(
        (np.array([[1.0, -2.0]]), np.array([[2.0, 0.0], [1.0, 1.0]]), np.array([[1.0, 10.0]])),
        (np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[1.0, 10.0], [5.0, -3.0]])),
    ),
    random=a_block,
    wrong=(
        Wrong(
            "the way around is forgotten",
            "Your gradient of X goes through the layer alone, as if there were no way around it.",
            "X is also added to the output as it is. What comes back along that way?",
            "Add `delta` itself: `delta + through @ W.T`.",
            change={"delta + through @ W.T": "through @ W.T"},
        ),
        Wrong(
            "a 1 is added",
            "You add the number 1, and the derivative 1 belongs in front of what arrives.",
            "Delta is multiplied by 1 + f′. What is 1 times delta?",
            "Add `delta`: `delta + through @ W.T`.",
            change={"delta + through @ W.T": "1 + through @ W.T"},
        ),
        Wrong(
            "the ways are multiplied",
            "You multiply what comes back along the two ways.",
            "The output is a sum of two terms. How does a sum distribute a gradient?",
            "Add them: `delta + through @ W.T`.",
            change={"delta + through @ W.T": "delta * (through @ W.T)"},
        ),
        Wrong(
            "the way through is forgotten",
            "Your gradient of X comes back around the layer alone.",
            "X also went through the layer. What comes back from there?",
            "Add it: `delta + through @ W.T`.",
            change={"delta + through @ W.T": "delta"},
        ),
        Wrong(
            "X itself is added",
            "You add X, as in the forward pass, and it is gradients that come back.",
            "What arrives at the output, and is passed on around the layer as it is?",
            "Add `delta`: `delta + through @ W.T`.",
            change={"delta + through @ W.T": "X + through @ W.T"},
        ),
        Wrong(
            "the slope of ReLU is left out",
            "Gradients come back through neurons that were silent.",
            "Where z is below 0, the slope of ReLU is 0.",
            "Begin with `through = delta * (X @ W > 0)`, and use it for both results.",
            change={"delta * (Z > 0)": "delta"},
        ),
        Wrong(
            "the slope stands where X is above 0",
            "You look whether X is above 0, and ReLU looked at z.",
            "What went into ReLU?",
            "The sums: `delta * (X @ W > 0)`.",
            change={"(Z > 0)": "(X > 0)"},
        ),
        Wrong(
            "the slope stands where the output is above 0",
            "You look whether the output of the whole block is above 0, and ReLU looked at z.",
            "X was added after ReLU.",
            "The sums before ReLU: `delta * (X @ W > 0)`.",
            change={"(Z > 0)": "(X + Z * (Z > 0) > 0)"},
        ),
        Wrong(
            "the value of ReLU in place of its slope",
            "You multiply by the output of ReLU, and its slope belongs there.",
            "The slope of ReLU is 1 or 0.",
            "Write `delta * (X @ W > 0)`.",
            change={"(Z > 0)": "(Z * (Z > 0))"},
        ),
        Wrong(
            "the weights are not transposed",
            "The gradient goes through W the same way as X did.",
            "Forward, an input reaches an output by W[i, j]. By which weight does the blame of output j return to input i?",
            "Transpose: `through @ W.T`.",
            change={"W.T": "W"},
        ),
        Wrong(
            "delta in the gradient of the weights",
            "Your gradient of W takes what arrives at the block, and not what came through ReLU.",
            "The weights come before ReLU.",
            "Use `through`: `X.T @ through`.",
            change={"X.T @ through": "X.T @ delta"},
        ),
        Wrong(
            "the gradient of the weights lies on its side",
            "Your gradient of W is transposed.",
            "W has a row for each input. Which of your factors has the inputs in its columns?",
            "Write `X.T @ through`.",
            change={"X.T @ through": "through.T @ X"},
        ),
        Wrong(
            "the gradient of the weights is averaged",
            "Your gradient of W is divided by the number of samples.",
            "The mean over the batch is in delta already.",
            "Write `X.T @ through`, a sum over the samples.",
            change={"X.T @ through": "X.T @ through / len(X)"},
        ),
        Wrong(
            "the results have changed places",
            "The two gradients are right, and in the wrong order.",
            "The question asks for the gradient of X first.",
            "Return `X_gradient, W_gradient`.",
            change={"return X_gradient, W_gradient": "return W_gradient, X_gradient"},
        ),
        Wrong(
            "one gradient alone",
            "You return the gradient of X alone, but the question asks for that of W too.",
            "The weights of the block should learn as well.",
            "Return both: `X_gradient, W_gradient`.",
            change={"return X_gradient, W_gradient": "return X_gradient"},
        ),
    ),
)
