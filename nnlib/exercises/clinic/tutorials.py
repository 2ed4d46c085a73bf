"""Five short programs with the faults that are all over the web, written afresh for this book: the patients of the clinic."""

from dataclasses import dataclass

XOR = "X, y = datasets.xor()\n"
COLUMN = f"{XOR}y = y[:, None]\n"
STUDENTS = """\
X = np.array([[2, 9], [1, 5], [3, 6], [6, 8], [8, 3], [9, 8]]) / 10
y = np.array([[0.55], [0.40], [0.52], [0.80], [0.72], [0.98]])
"""


@dataclass(frozen=True)
class Tutorial:
    """A program as its author published it, and how it is examined."""

    name: str  #: Of its fault, in a few words.
    program: str  #: Source text that defines its class.
    data: str  #: Source text that sets X and y.
    fresh: str  #: How a new one is made.
    predict: str  #: How it is asked, a function of a network and X.
    train: str  #: How it is trained for one step, a function of a network, X and y.
    imports: str = "from nnlib.activations import sigmoid\n"

    @property
    def text(self) -> str:
        """The program, its data and its examination, as one would type them."""
        imports = f"import numpy as np\n\nfrom nnlib import datasets\n{self.imports}from nnlib.clinic import examine\n"
        call = f"examine(\n    {self.fresh},\n    {self.predict},\n    {self.train},\n    X,\n    y,\n    rounds=1000,\n)"
        examined = f"{self.data}rng = np.random.default_rng(0)\nreport = {call}\nprint(report)\n"
        return f"{imports}\n\n{self.program.strip()}\n\n\n{examined}"


NO_HIDDEN_LAYER = Tutorial(
    "no hidden layer",
    """
class XorNetwork:
    def __init__(self, rng):
        self.weights = rng.uniform(-1, 1, size=(2, 1))
        self.bias = np.zeros(1)

    def think(self, X):
        return sigmoid(X @ self.weights + self.bias)

    def train(self, X, y, steps):
        for _ in range(steps):
            output = self.think(X)
            adjust = (y - output) * output * (1 - output)
            self.weights += X.T @ adjust
            self.bias += adjust.sum(axis=0)
""",
    COLUMN,
    "lambda: XorNetwork(rng)",
    "XorNetwork.think",
    "lambda network, X, y: network.train(X, y, 1)",
)

OTHER_LABELS = Tutorial(
    "labels that the rule does not know",
    """
class SignPerceptron:
    def __init__(self, inputs):
        self.weights = np.zeros(inputs)
        self.bias = 0.0

    def predict(self, X):
        return np.where(X @ self.weights + self.bias > 0, 1, -1)

    def fit(self, X, y, epochs):
        for _ in range(epochs):
            for x, label in zip(X, y, strict=True):
                z = x @ self.weights + self.bias
                if label * z <= 0:
                    self.weights = self.weights + label * x
                    self.bias = self.bias + label
""",
    'X, y = datasets.gate("AND")\n',
    "lambda: SignPerceptron(2)",
    "SignPerceptron.predict",
    "lambda network, X, y: network.fit(X, y, 1)",
    "",
)

NO_TRAINING = Tutorial(
    "no training",
    """
class ScoreNetwork:
    def __init__(self, rng):
        self.W1 = rng.normal(size=(2, 3))
        self.b1 = rng.normal(size=3)
        self.W2 = rng.normal(size=(3, 1))
        self.b2 = rng.normal(size=1)

    def predict(self, X):
        hidden = sigmoid(X @ self.W1 + self.b1)
        return sigmoid(hidden @ self.W2 + self.b2)
""",
    STUDENTS,
    "lambda: ScoreNetwork(rng)",
    "ScoreNetwork.predict",
    "None",
)

NEVER_SET = Tutorial(
    "an attribute that is never set",
    """
class BackwardNetwork:
    def __init__(self, rng):
        self.W1, self.b1 = rng.normal(size=(2, 4)), np.zeros(4)
        self.W2, self.b2 = rng.normal(size=(4, 1)), np.zeros(1)

    def forward(self, X):
        hidden = sigmoid(X @ self.W1 + self.b1)
        return sigmoid(hidden @ self.W2 + self.b2)

    def backward(self, X, y, output):
        output_delta = (y - output) * output * (1 - output)
        hidden_error = output_delta @ self.W2.T
        hidden_delta = hidden_error * self.hidden * (1 - self.hidden)
        self.W1 += X.T @ hidden_delta
        self.b1 += hidden_delta.sum(axis=0)
        self.W2 += self.hidden.T @ output_delta
        self.b2 += output_delta.sum(axis=0)

    def train(self, X, y, steps):
        for _ in range(steps):
            self.backward(X, y, self.forward(X))
""",
    COLUMN,
    "lambda: BackwardNetwork(rng)",
    "BackwardNetwork.forward",
    "lambda network, X, y: network.train(X, y, 1)",
)

STORED_DATA = Tutorial(
    "stored data and no biases",
    """
class StoredNetwork:
    def __init__(self, X, y, rng):
        self.X, self.y = X, y
        self.W1 = rng.normal(size=(X.shape[1], 4))
        self.W2 = rng.normal(size=(4, 1))

    def feedforward(self):
        self.hidden = sigmoid(self.X @ self.W1)
        self.output = sigmoid(self.hidden @ self.W2)
        return self.output

    def backprop(self):
        delta2 = (self.y - self.output) * self.output * (1 - self.output)
        delta1 = delta2 @ self.W2.T * self.hidden * (1 - self.hidden)
        self.W2 += self.hidden.T @ delta2
        self.W1 += self.X.T @ delta1

    def train(self, steps):
        for _ in range(steps):
            self.feedforward()
            self.backprop()
""",
    "X, y = 2 * datasets.xor().X - 1, datasets.xor().y[:, None]\n",
    "lambda: StoredNetwork(X, y, rng)",
    "lambda network, X: network.feedforward()",
    "lambda network, X, y: network.train(1)",
)

#: The five, in the order of the chapter.
TUTORIALS = {one.name: one for one in (NO_HIDDEN_LAYER, OTHER_LABELS, NO_TRAINING, NEVER_SET, STORED_DATA)}
