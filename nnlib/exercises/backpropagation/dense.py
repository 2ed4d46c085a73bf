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
            "Return `delta @ weights.T`: each input gets its gradient through each of its weights.",
            change={"delta @ weights.T": "delta"},
        ),
        Wrong(
            "the results come in another order",
            "All three are right, and they come in another order than the question asks for.",
            "Courses differ here: some return the inputs' gradient first. What does this question want first?",
            "Return the gradient of the weights, that of the bias, then that of X.",
            change={"X.T @ delta, delta.sum(axis=0), delta @ weights.T": "delta @ weights.T, X.T @ delta, delta.sum(axis=0)"},
            others=(
                {"X.T @ delta, delta.sum(axis=0), delta @ weights.T": "X.T @ delta, delta @ weights.T, delta.sum(axis=0)"},
                {"X.T @ delta, delta.sum(axis=0), delta @ weights.T": "delta @ weights.T, delta.sum(axis=0), X.T @ delta"},
            ),
        ),
        Wrong(
            "the bias's gradient is a table with one row",
            "The numbers are right. But the bias is a list of numbers, and your gradient is a table with one row.",
            "Compare the shape of your second result with that of the bias.",
            "Leave `keepdims` out: `delta.sum(axis=0)`.",
            change={"delta.sum(axis=0)": "delta.sum(axis=0, keepdims=True)"},
        ),
        Wrong(
            "the bias is summed over everything",
            "You return one number for the bias, and the layer has one bias for each output.",
            "Over which axis do the samples run?",
            "Sum over the samples only: `delta.sum(axis=0)`.",
            change={"delta.sum(axis=0)": "delta.sum()"},
        ),
        Wrong(
            "the gradient goes back through the weights the wrong way around",
            "The first two results are right. In the third, the weights are not transposed.",
            "The δ is (samples, outputs), the weights are (inputs, outputs), ∂L/∂X is (samples, inputs): which sizes meet?",
            "Return `delta @ weights.T`.",
            change={"delta @ weights.T": "delta @ weights"},
            others=(
                {"delta @ weights.T": "weights @ delta"},
                {"delta @ weights.T": "weights.T @ delta"},
                {"delta @ weights.T": "(weights @ delta.T)"},
            ),
        ),
        Wrong(
            "nothing is transposed",
            "X and δ do not fit as they are: both have their samples in the rows.",
            "The weights' gradient adds up over the samples. Which of the two must lie on its side?",
            "Write `X.T @ delta`.",
            change={"X.T @ delta": "X @ delta"},
            others=({"X.T @ delta": "X * delta"},),
        ),
    ),
)
