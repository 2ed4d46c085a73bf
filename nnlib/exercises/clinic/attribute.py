"""Exercise: a backward pass that reads what the forward pass has not kept."""

from nnlib.exercises.clinic.networks import case, xor_case
from nnlib.exercises.exercise import Exercise, Wrong


def _walked(network_class, X, y, *parameters):
    """Go forward and back on two batches of different sizes; return the answers, and the parameters at the end."""
    network = network_class(*(parameter.copy() for parameter in parameters))
    answers = []
    for rows in (slice(None), slice(3)):
        output = network.forward(X[rows])
        answers.append(output.copy())
        network.backward(X[rows], y[rows], output)
    return *answers, network.W1, network.b1, network.W2, network.b2


KEPT = "self.hidden = sigmoid(X @ self.W1 + self.b1)"
LOCAL = "hidden = sigmoid(X @ self.W1 + self.b1)"
ANSWER = "return sigmoid(self.hidden @ self.W2 + self.b2)"
ERROR = "        hidden_error = output_delta @ self.W2.T\n"
SECOND = "        self.W2 = self.W2 + self.hidden.T @ output_delta\n"

EXERCISE = Exercise(
    name="clinic-attribute-bug-hunt",
    asks="BackwardNetwork",
    solution=f"""
from nnlib.activations import sigmoid


class BackwardNetwork:
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def forward(self, X):
        {KEPT}
        {ANSWER}

    def backward(self, X, y, output):
        output_delta = (y - output) * output * (1 - output)
{ERROR}        hidden_delta = hidden_error * self.hidden * (1 - self.hidden)
        self.W1 = self.W1 + X.T @ hidden_delta
        self.b1 = self.b1 + hidden_delta.sum(axis=0)
{SECOND}        self.b2 = self.b2 + output_delta.sum(axis=0)
""",
    hints=(
        "Which line of `backward` reads the attribute that is missing, and which line of `forward` computes that value?",
        "A variable of a method is gone when the method returns. What has `self.` in front of it stays.",
        "Write `self.hidden = …` in `forward`, and use `self.hidden` in its last line. Leave the constructor as it is.",
    ),
    inputs=(xor_case(), xor_case(1)),
    random=case,
    use=_walked,
    wrong=(
        Wrong(
            "the attribute is still missing",
            "`backward` still reads an attribute that nobody has set.",
            "Compare the names: under which does `forward` keep the hidden layer, and under which does `backward` read it?",
            "Let `forward` write `self.hidden = …`.",
            change={KEPT: LOCAL, ANSWER: ANSWER.replace("self.hidden", "hidden")},
        ),
        Wrong(
            "it is made in the constructor, and never filled",
            "Python no longer complains, and the gradients are wrong: `backward` reads the zeros of the constructor.",
            "Which line writes the hidden layer of *this* batch into the attribute?",
            "Take the line out of the constructor, and let `forward` keep what it computes: `self.hidden = …`.",
            when=lambda answer, results: "hidden" not in answer.forward.__code__.co_names and "hidden" in _constructor(answer),
        ),
        Wrong(
            "the weighted sum is kept, without its activation",
            "What you keep is the weighted sum, before the sigmoid.",
            "`self.hidden * (1 - self.hidden)` is the slope of a sigmoid, if `self.hidden` is what?",
            "Keep the activation: `self.hidden = sigmoid(X @ self.W1 + self.b1)`.",
            change={
                KEPT: "self.hidden = X @ self.W1 + self.b1",
                ANSWER: "return sigmoid(sigmoid(self.hidden) @ self.W2 + self.b2)",
            },
            others=({KEPT: "self.hidden = X @ self.W1 + self.b1"},),
        ),
        Wrong(
            "the biases of the hidden layer are lost",
            "The hidden layer that you keep has no biases.",
            "Compare your line with that of the broken program: what has been lost?",
            "Write `sigmoid(X @ self.W1 + self.b1)`.",
            change={KEPT: "self.hidden = sigmoid(X @ self.W1)"},
        ),
        Wrong(
            "the weights move before they are used",
            "The second layer is right, and the first one is a little off.",
            "With which W2 does the error go back, the old one or the new one?",
            "Compute `hidden_error` before W2 moves.",
            change={
                ERROR: "",
                "        hidden_delta =": f"{SECOND}{ERROR}        hidden_delta =",
                f"axis=0)\n{SECOND}": "axis=0)\n",
            },
        ),
        Wrong(
            "the slope of the hidden layer is left out",
            "The second layer is right, and the first one moves too far.",
            "What happens to the error on its way through the hidden neurons' activation?",
            "Multiply by `self.hidden * (1 - self.hidden)`.",
            change={"hidden_error * self.hidden * (1 - self.hidden)": "hidden_error"},
        ),
        Wrong(
            "a slope of the slope",
            "The slope of the hidden layer is taken of the wrong value.",
            "`self.hidden` is an activation already. Do you put it into a sigmoid once more?",
            "The slope is `self.hidden * (1 - self.hidden)`, without a further sigmoid.",
            change={
                "self.hidden * (1 - self.hidden)": "sigmoid(self.hidden) * (1 - sigmoid(self.hidden))",
            },
        ),
        Wrong(
            "it steps uphill",
            "All steps have the wrong sign.",
            "The program adds its steps. Which sign must the error have?",
            "Keep `y - output`.",
            change={"(y - output)": "(output - y)"},
        ),
        Wrong(
            "means in place of sums",
            "The weights are right, and the biases move too little.",
            "The weights add up the batch. Do the biases?",
            "Keep `.sum(axis=0)` for both biases.",
            change={".sum(": ".mean("},
        ),
        Wrong(
            "the first layer does not move",
            "The second layer learns, and the first one stays as it was.",
            "Which lines have you taken out?",
            "Keep the updates of W1 and b1.",
            change={
                "        self.W1 = self.W1 + X.T @ hidden_delta\n": "",
                "        self.b1 = self.b1 + hidden_delta.sum(axis=0)\n": "",
            },
        ),
    ),
)


def _constructor(network_class):
    return network_class.__init__.__code__.co_names
