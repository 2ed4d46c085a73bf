"""Exercise: the training loop that learns XOR."""

from nnlib.exercises.backpropagation.draws import two_layers
from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="backpropagation-xor",
    asks="train_xor(W1, b1, W2, b2, learning_rate, steps)",
    solution="""
import numpy as np

from nnlib.activations import sigmoid

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])


def train_xor(W1, b1, W2, b2, learning_rate, steps):
    for _ in range(steps):
        a = sigmoid(X @ W1 + b1)
        y_hat = sigmoid(a @ W2 + b2)
        delta2 = 2 * (y_hat - y) / y.size * y_hat * (1 - y_hat)
        delta1 = (delta2 @ W2.T) * a * (1 - a)
        W2 = W2 - learning_rate * a.T @ delta2
        b2 = b2 - learning_rate * delta2.sum(axis=0)
        W1 = W1 - learning_rate * X.T @ delta1
        b1 = b1 - learning_rate * delta1.sum(axis=0)
    return W1, b1, W2, b2
""",
    hints=(
        "Begin with one step: forward, the two δ, then the four updates. The loop around it is the last thing to write.",
        "Both layers end in a sigmoid, so each δ has a slope a(1 − a) in it; compute both before you move any weight.",
        "`delta2 = 2 * (y_hat - y) / y.size * y_hat * (1 - y_hat)`, `delta1 = (delta2 @ W2.T) * a * (1 - a)`, then take "
        "`learning_rate` times each gradient away from what it belongs to.",
    ),
    inputs=(),
    random=lambda rng: (*two_layers(rng, hidden=2), float(rng.uniform(0.5, 2)), int(rng.integers(1, 30))),
    wrong=(
        Wrong(
            "uphill",
            "The loss grows: your weights walk uphill.",
            "The gradient points to where the loss rises. Is your error ŷ − y, and is the step taken away?",
            "Subtract `learning_rate` times the gradient, which is made of ŷ − y.",
            change={"- learning_rate": "+ learning_rate"},
        ),
        Wrong(
            "the output's slope is left out",
            "Your output δ has no slope of the sigmoid in it.",
            "That would be right for the cross-entropy, where the slope cancels. Here the loss is the squared error.",
            "Multiply by ŷ(1 − ŷ).",
            change={" * y_hat * (1 - y_hat)": ""},
            others=(
                {"2 * (y_hat - y) / y.size * y_hat * (1 - y_hat)": "(y_hat - y) / y.size"},
                {"2 * (y_hat - y) / y.size * y_hat * (1 - y_hat)": "y_hat - y"},
            ),
        ),
        Wrong(
            "the loss is not averaged",
            "Your steps are four times as long as they should be.",
            "The loss is a mean over the four corners.",
            "Divide by `y.size`, once, in delta2.",
            change={" / y.size": ""},
        ),
        Wrong(
            "one step only",
            "With one step the weights are right, and with more they are not.",
            "When is the line that returns reached for the first time?",
            "Move `return` to the left, below the `for`.",
            change={"    return": "        return"},
        ),
        Wrong(
            "the second layer moves before the gradient has passed through it",
            "Nearly right: the hidden layer's δ is computed with weights that have moved already.",
            "In which order do you compute delta1 and update W2?",
            "First both δ, then all four updates.",
            change={
                "        delta1 = (delta2 @ W2.T) * a * (1 - a)\n": "",
                "        W1 = W1": "        delta1 = (delta2 @ W2.T) * a * (1 - a)\n        W1 = W1",
            },
        ),
        Wrong(
            "the biases stay where they were",
            "The weights learn, and the biases never move.",
            "How many updates does one step have?",
            "Update b1 and b2 too, with the sum of the rows of their δ.",
            change={" - learning_rate * delta2.sum(axis=0)": "", " - learning_rate * delta1.sum(axis=0)": ""},
        ),
        Wrong(
            "half of the sum in place of the mean",
            "Your δ is that of ½ · the *sum* of squares, which many texts use. Here the loss is the mean of the squares.",
            "The half cancels the 2, and a sum is divided by nothing. What does a mean of four squares have?",
            "Write `2 * (y_hat - y) / y.size`, times the slope of the sigmoid.",
            change={"2 * (y_hat - y) / y.size": "(y_hat - y)"},
            others=({"2 * (y_hat - y) / y.size": "(y_hat - y) / y.size"},),
        ),
        Wrong(
            "the hidden slope is left out",
            "The second layer's first step is right. On its way through the hidden sigmoids the gradient is not "
            "multiplied by their slope.",
            "What lies between the hidden layer's output and its weighted sum?",
            "Multiply `delta2 @ W2.T` by a(1 − a).",
            change={"(delta2 @ W2.T) * a * (1 - a)": "delta2 @ W2.T"},
        ),
        Wrong(
            "the forward pass runs only once",
            "The first step is right. All others learn from the outputs of the first.",
            "After a step the weights are others, and so are the outputs. Where do you compute them?",
            "Put the forward pass into the loop.",
            change={
                "    for _ in range(steps):\n        a = sigmoid(X @ W1 + b1)\n        y_hat = sigmoid(a @ W2 + b2)\n": "    "
                "a = sigmoid(X @ W1 + b1)\n    y_hat = sigmoid(a @ W2 + b2)\n    for _ in range(steps):\n"
            },
        ),
        Wrong(
            "one corner at a time",
            "You make a step after each corner, and the question wants one step for all four.",
            "Which loss is it that a step goes down: that of one corner, or the mean of them?",
            "Take the whole table X at once, and make one update a round.",
            change={
                "    for _ in range(steps):\n": "    for i in range(4 * steps):\n        x, t = X[[i % 4]], y[[i % 4]]\n",
                "sigmoid(X @ W1": "sigmoid(x @ W1",
                "2 * (y_hat - y) / y.size": "2 * (y_hat - t)",
                "* X.T @ delta1": "* x.T @ delta1",
            },
            others=(
                {
                    "    for _ in range(steps):\n": "    for i in range(4 * steps):\n        x, t = X[[i % 4]], y[[i % 4]]\n",
                    "sigmoid(X @ W1": "sigmoid(x @ W1",
                    "2 * (y_hat - y) / y.size": "2 * (y_hat - t) / y.size",
                    "* X.T @ delta1": "* x.T @ delta1",
                },
            ),
        ),
        Wrong(
            "tanh in the hidden layer",
            "Your hidden layer has tanh, and the question says sigmoids in both layers.",
            "Which activation does the question name?",
            "Write `a = sigmoid(X @ W1 + b1)`, with the slope a(1 − a).",
            change={
                "        a = sigmoid(X": "        a = np.tanh(X",
                "(delta2 @ W2.T) * a * (1 - a)": "(delta2 @ W2.T) * (1 - a**2)",
            },
        ),
        Wrong(
            "no sigmoid at the output",
            "Your output has no sigmoid, and the question says sigmoids in both layers.",
            "What happens to the last weighted sum before it is the answer?",
            "Write `y_hat = sigmoid(a @ W2 + b2)`, and put its slope into delta2.",
            change={"y_hat = sigmoid(a @ W2 + b2)": "y_hat = a @ W2 + b2", " * y_hat * (1 - y_hat)": ""},
            others=({"y_hat = sigmoid(a @ W2 + b2)": "y_hat = a @ W2 + b2"},),
        ),
        Wrong(
            "only the second layer learns",
            "W2 and b2 learn, and the first layer stays as it was.",
            "How many updates does one step have?",
            "Update W1 and b1 too, with delta1.",
            change={
                "W1 = W1 - learning_rate * X.T @ delta1": "pass",
                "b1 = b1 - learning_rate * delta1.sum(axis=0)": "pass",
            },
        ),
        Wrong(
            "the biases are averaged",
            "The weights' first step is right. The biases move too little.",
            "The mean over the corners is in delta2 already.",
            "Sum the rows of δ: `.sum(axis=0)`.",
            change={".sum(axis=0)": ".mean(axis=0)"},
        ),
        Wrong(
            "a bias for each corner",
            "After a step your biases have a row for each corner.",
            "A bias serves all four corners. What is its gradient made of?",
            "Sum the rows of δ: `delta1.sum(axis=0)`, and likewise delta2.",
            change={".sum(axis=0)": ""},
            others=(
                {"delta1.sum(axis=0)": "delta1"},
                {"delta2.sum(axis=0)": "delta2"},
            ),
        ),
        Wrong(
            "the gradient goes back through the weights the wrong way around",
            "On the way back W2 is not transposed, and the shapes do not fit.",
            "The δ of the output is (samples, outputs), W2 is (hidden, outputs): which sizes meet?",
            "Write `delta2 @ W2.T`.",
            change={"delta2 @ W2.T": "delta2 @ W2"},
            others=(
                {"delta2 @ W2.T": "W2 @ delta2"},
                {"delta2 @ W2.T": "W2.T @ delta2"},
            ),
        ),
    ),
)
