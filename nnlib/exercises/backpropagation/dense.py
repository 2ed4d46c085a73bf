"""Exercise: the backward pass of a dense layer."""

from nnlib.exercises.backpropagation.draws import layer_at_work
from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-dense",
    asks="dense_backward(delta, X, weights)",
    solution="""
def dense_backward(delta, X, weights):
    return X.T @ delta, delta.sum(axis=0), delta @ weights.T
""",
    hints=(
        "Begin with the shapes: each gradient has the shape of what it belongs to.",
        "The weights' gradient is (inputs, outputs): only one order of X and delta, one of them transposed, gives that.",
        "Return `X.T @ delta`, the sum of the rows of delta, and `delta @ weights.T`, in this order.",
    ),
    random=lambda rng: layer_at_work(rng, inputs=rng.integers(1, 5), outputs=rng.integers(1, 5))[:3],
    inputs=(),
    wrong=(
        Wrong(
            "the weights' gradient lies on its side",
            "The gradient of the weights comes out transposed.",
            "Compare its shape with that of the weights: (inputs, outputs).",
            "`X.T @ delta` has a row for each input; you have `delta.T @ X`.",
            change={"X.T @ delta": "delta.T @ X"},
        ),
        Wrong(
            "the bias is averaged",
            "The bias's gradient is too small, by a factor that is the number of samples.",
            "This δ belongs to a mean loss: it was divided by the number of samples once already.",
            "Add the rows up, `delta.sum(axis=0)`, and divide by nothing.",
            change={"delta.sum(axis=0)": "delta.mean(axis=0)"},
        ),
        Wrong(
            "the bias is summed along the wrong axis",
            "The bias's gradient has a number for each sample, and a bias has one for each output.",
            "Along which axis do the samples lie?",
            "Sum over the rows: `delta.sum(axis=0)`.",
            change={"axis=0": "axis=1"},
        ),
        Wrong(
            "the bias is not summed",
            "The bias's gradient has a row for each sample, and the layer has one bias for them all.",
            "Nudge one bias: how many samples does it reach?",
            "Its gradient is the sum over all of them: `delta.sum(axis=0)`.",
            change={"delta.sum(axis=0)": "delta"},
        ),
        Wrong(
            "the layer's gradients are averaged again",
            "The gradients of the weights are too small, by a factor that is the number of samples.",
            "This δ belongs to a mean loss: who has divided by the number of samples already?",
            "Divide by nothing here: the loss has done it.",
            change={"X.T @ delta, delta.sum(axis=0)": "X.T @ delta / len(X), delta.mean(axis=0)"},
        ),
        Wrong(
            "nothing goes back to the layer before",
            "The first two results are right, and the third is not what the layer before needs.",
            "What is ∂L/∂X, and which shape does it have?",
            "Return `delta @ weights.T`: each input is blamed through each of its weights.",
            change={"delta @ weights.T": "delta"},
        ),
    ),
)
