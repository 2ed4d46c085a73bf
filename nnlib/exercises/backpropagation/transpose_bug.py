"""Exercise: a layer that sends the gradient back through the wrong weights."""

from nnlib.exercises.backpropagation.draws import layer_at_work, reaches_the_network, through
from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-transpose-bug-hunt",
    asks="MyDense",
    solution="""
from nnlib import Dense


class MyDense(Dense):
    def forward(self, X, training=False):
        self.X = X
        return X @ self.weights + self.bias

    def backward(self, delta, to_input=True):
        self.weights_gradient[:] = self.X.T @ delta
        self.bias_gradient[:] = delta.sum(axis=0)
        return delta @ self.weights.T
""",
    hints=(
        "Print the report of `check_gradients`, and read it from the last layer up: which is the last one that is right?",
        "A layer whose own gradients are right may hand a wrong gradient to the layers before it. Look at what it returns.",
        "The shapes are (samples, outputs) for δ and (samples, inputs) for ∂L/∂X. In a square layer two products fit: take "
        "the one with `self.weights.T`.",
    ),
    inputs=(),
    random=layer_at_work,
    use=through,
    wrong=(
        Wrong(
            "the gradient goes back through the weights the wrong way around",
            "The bug is still there: the layer's own gradients are right, and what it passes back is not.",
            "Forward, x₁ reaches the second output through the weight W₁₂. Through which weight does the gradient come back?",
            "Back through the same weight: ∂L/∂X is `delta @ self.weights.T`.",
            change={"delta @ self.weights.T": "delta @ self.weights"},
        ),
        Wrong(
            "the weights' gradient is transposed instead",
            "You have turned something around that was right.",
            "The layer's own gradients were right before: compare with the report of the program as it was.",
            "Leave `self.X.T @ delta` as it was, and transpose the weights in the line that returns.",
            change={"self.X.T @ delta": "(self.X.T @ delta).T", "self.weights.T": "self.weights"},
        ),
        Wrong(
            "both are transposed",
            "What the layer passes back is right now. But its own gradient has been turned around.",
            "Print the report again: which row is wrong now, and was right before?",
            "Put the weights' gradient back to `self.X.T @ delta`.",
            change={"self.X.T @ delta": "(self.X.T @ delta).T"},
        ),
        Wrong(
            "the gradients never reach the network",
            "Your layer puts new arrays in the place of its gradients, and the network never sees them: it would not learn.",
            "`weights_gradient` and `bias_gradient` are parts of one vector, `network.gradients`. What does `=` do to that?",
            "Write into the arrays that are there: `self.weights_gradient[:] = …` and `self.bias_gradient[:] = …`.",
            when=lambda layer_class, _: not reaches_the_network(layer_class),
        ),
        Wrong(
            "the factors have changed places",
            "What you return has its factors in another order, and mostly they do not fit.",
            "The result, ∂L/∂X, has a row for each sample, as δ has. Which of the two must be on the left?",
            "Return `delta @ self.weights.T`.",
            change={"delta @ self.weights.T": "self.weights @ delta"},
            others=(
                {"delta @ self.weights.T": "self.weights.T @ delta"},
                {"delta @ self.weights.T": "delta.T @ self.weights"},
                {"delta @ self.weights.T": "self.weights @ delta.T"},
            ),
        ),
        Wrong(
            "nothing is handed back",
            "Your backward computes ∂L/∂X and does not return it.",
            "Look at its last line: what does the layer before get?",
            "Write `return` in front of `delta @ self.weights.T`.",
            change={"return delta @ self.weights.T": "delta @ self.weights.T"},
        ),
    ),
)
