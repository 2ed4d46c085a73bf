"""Exercise: a network that keeps the wrong thing on the way forward."""

from nnlib.exercises.backpropagation.draws import batch_and_layers
from nnlib.exercises.exercise import Exercise, Wrong


def _trained(network_class, X, y, *parameters):
    """Send X forward, then others, as a look at the validation loss does; then go back. Return what came out of it all."""
    network = network_class(*parameters)
    y_hat = network.forward(X)
    predicted = [network.predict(batch) for batch in (X, X + 1)]
    return y_hat, predicted, network.backward(y)


EXERCISE = Exercise(
    name="backpropagation-cache-bug-hunt",
    asks="TwoLayers",
    solution="""
import numpy as np


class TwoLayers:
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def predict(self, X):
        a = np.tanh(X @ self.W1 + self.b1)
        return a @ self.W2 + self.b2

    def forward(self, X):
        self.X, self.a = X, np.tanh(X @ self.W1 + self.b1)
        self.y_hat = self.a @ self.W2 + self.b2
        return self.y_hat

    def backward(self, y):
        delta2 = 2 * (self.y_hat - y) / y.size
        delta1 = (delta2 @ self.W2.T) * (1 - self.a**2)
        first = self.X.T @ delta1, delta1.sum(axis=0)
        second = self.a.T @ delta2, delta2.sum(axis=0)
        return *first, *second
""",
    hints=(
        "Call forward and backward and compare with numerical gradients: right. Now call predict in between.",
        "Find every line that writes to what backward reads: only forward may do that.",
        "Let predict compute with names of its own, `a` instead of `self.a`, so that it leaves nothing behind.",
    ),
    inputs=(),
    random=batch_and_layers,
    use=_trained,
    wrong=(
        Wrong(
            "predict still overwrites what forward has kept",
            "The bug is still there: a prediction in between changes what backward returns.",
            "Look at `self.a`: predict writes to it, and backward reads it.",
            "In predict, write `a` instead of `self.a`.",
            change={"        a = np": "        self.a = np", "return a @": "return self.a @"},
        ),
        Wrong(
            "predict calls forward",
            "Now predict is shorter, and it overwrites even more of what backward needs.",
            "Of what does forward keep X, a and ŷ, when it is predict that has called it?",
            "Let predict compute the two layers without keeping anything.",
            change={
                "        a = np.tanh(X @ self.W1 + self.b1)\n": "",
                "return a @ self.W2 + self.b2": "return self.forward(X)",
            },
        ),
        Wrong(
            "predict sets what was kept to zero",
            "Now predict clears what forward has kept, and the gradient gets lost on its way.",
            "A prediction may come between forward and backward: it must leave everything as it was.",
            "Do not touch `self` in predict at all.",
            change={"        return a @": "        self.a = 0 * self.a if hasattr(self, 'a') else 0\n        return a @"},
        ),
        Wrong(
            "predict has lost its activation",
            "Now backward is safe, but predict no longer answers as forward does.",
            "Compare the hidden layer of predict with that of forward.",
            "Keep the tanh: `a = np.tanh(X @ self.W1 + self.b1)`.",
            change={"        a = np.tanh(X @ self.W1 + self.b1)\n": "        a = X @ self.W1 + self.b1\n"},
        ),
        Wrong(
            "forward keeps nothing anymore",
            "Your forward no longer keeps the hidden layer that backward reads.",
            "Which of the two methods comes before backward: predict or forward?",
            "Let forward write `self.a`, and predict a name of its own.",
            change={"self.X, self.a = X, np": "self.X, a = X, np", "self.y_hat = self.a @": "self.y_hat = a @"},
        ),
        Wrong(
            "predict does not compute",
            "Your predict returns what forward has kept, for whatever X it is given.",
            "Call predict with other samples: what should it return?",
            "Let it compute, with names of its own: `a = np.tanh(X @ self.W1 + self.b1)`.",
            change={"return a @ self.W2 + self.b2": "return self.y_hat"},
        ),
        Wrong(
            "predict is gone",
            "Your class has no predict anymore, and somebody calls it.",
            "The bug is not that predict exists. What does it write to?",
            "Keep predict, and let it compute with names of its own.",
            change={"def predict": "def look"},
        ),
        Wrong(
            "the slope was right before",
            "Now predict leaves the cache alone, but the slope in backward is no longer that of tanh.",
            "Whose slope is a(1 − a)?",
            "Leave backward as it was: the slope of tanh is 1 − a².",
            change={"(1 - self.a**2)": "self.a * (1 - self.a)"},
        ),
    ),
)
