"""Exercise: an update that comes too early."""

from nnlib.exercises.backpropagation.draws import batch_and_layers
from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-order-bug-hunt",
    asks="step(X, y, W1, b1, W2, b2, learning_rate)",
    solution="""
from nnlib.activations import sigmoid


def step(X, y, W1, b1, W2, b2, learning_rate):
    a = sigmoid(X @ W1 + b1)
    y_hat = a @ W2 + b2
    delta2 = 2 * (y_hat - y) / y.size
    delta1 = (delta2 @ W2.T) * a * (1 - a)
    W2 = W2 - learning_rate * a.T @ delta2
    b2 = b2 - learning_rate * delta2.sum(axis=0)
    W1 = W1 - learning_rate * X.T @ delta1
    b1 = b1 - learning_rate * delta1.sum(axis=0)
    return W1, b1, W2, b2
""",
    hints=(
        "What a step has used as its gradient is (old − new) / learning_rate: compare it with a numerical one, for each array.",
        "Halve the learning rate, and the error halves. A wrong formula would not do that: something has moved too early.",
        "First compute both δ with the old weights, and then update all four arrays.",
    ),
    inputs=(),
    random=lambda rng: (*batch_and_layers(rng), float(rng.uniform(0.05, 0.5))),
    wrong=(
        Wrong(
            "the second layer still moves too early",
            "The bug is still there: the second layer's step is right, and the first layer's nearly.",
            "The gradient goes back through W2. Through which W2: the one that made the output, or the one that it has become?",
            "Compute delta1 before the line that updates W2.",
            change={
                "    delta1 = (delta2 @ W2.T) * a * (1 - a)\n": "",
                "    W1 = W1": "    delta1 = (delta2 @ W2.T) * a * (1 - a)\n    W1 = W1",
            },
        ),
        Wrong(
            "the error is measured again after the update",
            "The first layer now learns from another error than the second.",
            "A step has one forward pass, and every gradient belongs to it.",
            "Measure once, compute both δ, then update all.",
            change={
                "    delta1 = (delta2 @ W2.T) * a * (1 - a)\n": "",
                "    W1 = W1": "    delta2 = 2 * (a @ W2 + b2 - y) / y.size\n"
                "    delta1 = (delta2 @ W2.T) * a * (1 - a)\n    W1 = W1",
            },
        ),
        Wrong(
            "the first layer moves first, and the hidden layer is computed again",
            "Now the first layer is right, and the second learns from a hidden layer that has moved.",
            "In `a.T @ delta2` belongs the hidden layer that made the output.",
            "Run the forward pass once, and update only when both δ are there.",
            change={
                "    W2 = W2": "    W1_new = W1 - learning_rate * X.T @ delta1\n"
                "    b1_new = b1 - learning_rate * delta1.sum(axis=0)\n    a = sigmoid(X @ W1_new + b1_new)\n    W2 = W2",
                "    W1 = W1 - learning_rate * X.T @ delta1": "    W1 = W1_new",
                "    b1 = b1 - learning_rate * delta1.sum(axis=0)": "    b1 = b1_new",
            },
        ),
        Wrong(
            "the gradients are returned",
            "You return the gradients, and the question asks for the parameters after a step.",
            "What becomes of the old weights?",
            "Subtract `learning_rate` times each gradient, and return `W1, b1, W2, b2`.",
            change={"return W1, b1, W2, b2": "return X.T @ delta1, delta1.sum(axis=0), a.T @ delta2, delta2.sum(axis=0)"},
        ),
        Wrong(
            "the slope is gone",
            "Nothing moves too early anymore. But on its way the hidden δ has lost the slope of the sigmoid.",
            "Compare your line for delta1 with the one that you began with.",
            "Keep `* a * (1 - a)`.",
            change={"(delta2 @ W2.T) * a * (1 - a)": "(delta2 @ W2.T)"},
        ),
        Wrong(
            "the results come in another order",
            "All four are right, and they come in another order than the question asks for.",
            "What did the last line return at the beginning?",
            "Return `W1, b1, W2, b2`.",
            change={"return W1, b1, W2, b2": "return W2, b2, W1, b1"},
            others=({"return W1, b1, W2, b2": "return W1, W2, b1, b2"},),
        ),
    ),
)
