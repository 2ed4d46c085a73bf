"""Exercise: a network that keeps its data set in the constructor, and has no biases."""

from nnlib.exercises.clinic.networks import case, xor_case
from nnlib.exercises.exercise import Exercise, Wrong


def _used(network_class, X, y, *parameters):
    """Ask for all samples, take two steps, then ask for others; return the answers and the parameters."""
    network = network_class(*(parameter.copy() for parameter in parameters))
    before = network.feedforward(X).copy()
    for rows in (slice(None), slice(3)):
        network.feedforward(X + 1)  # somebody looks at other samples in between
        network.backprop(X[rows], y[rows])
    return before, network.feedforward(1 - X[:2]), network.W1, network.b1, network.W2, network.b2


HIDDEN, OUTPUT = "sigmoid(X @ self.W1 + self.b1)", "sigmoid(self.hidden @ self.W2 + self.b2)"
B1, B2 = "self.b1 = self.b1 + delta1.sum(axis=0)", "self.b2 = self.b2 + delta2.sum(axis=0)"
FORWARD = "output = self.feedforward(X)"

EXERCISE = Exercise(
    name="clinic-stored-bug-hunt",
    asks="StoredNetwork",
    solution=f"""
from nnlib.activations import sigmoid


class StoredNetwork:
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def feedforward(self, X):
        self.hidden = {HIDDEN}
        return {OUTPUT}

    def backprop(self, X, y):
        {FORWARD}
        delta2 = (y - output) * output * (1 - output)
        delta1 = delta2 @ self.W2.T * self.hidden * (1 - self.hidden)
        self.W2 = self.W2 + self.hidden.T @ delta2
        {B2}
        self.W1 = self.W1 + X.T @ delta1
        {B1}
""",
    hints=(
        "Begin with the parameters of the methods: both need X, and `backprop` needs y. Nothing of the data belongs to the "
        "network.",
        "Then add a bias to each weighted sum: b1 for the hidden layer, b2 for the output. Which step do they take?",
        "A bias is the weight of an input that is always 1: `self.b1 + delta1.sum(axis=0)`, and `self.b2 + "
        "delta2.sum(axis=0)`. `backprop` calls `self.feedforward(X)` first.",
    ),
    inputs=(xor_case(),),
    random=case,
    use=_used,
    wrong=(
        Wrong(
            "it still looks for stored data",
            "It still reads data from the network, where nobody has put any.",
            "Which `self.X` and `self.y` are left in the two methods?",
            "Read the arguments: `X` in place of `self.X`, and `y` in place of `self.y`.",
            change={HIDDEN: "sigmoid(self.X @ self.W1 + self.b1)"},
            others=({"delta2 = (y -": "delta2 = (self.y -"}, {"self.W1 + X.T @": "self.W1 + self.X.T @"}),
        ),
        Wrong(
            "there are still no biases",
            "It can be asked anything now. But its weighted sums have no biases.",
            "What does each neuron of the hidden layer answer at (0, 0)?",
            "Add b1 and b2: `sigmoid(X @ self.W1 + self.b1)`, and the same for the output; and let both learn.",
            change={" + self.b1)": ")", " + self.b2)": ")", f"        {B1}\n": "", f"        {B2}\n": ""},
            others=({" + self.b1)": ")", " + self.b2)": ")"},),
        ),
        Wrong(
            "the hidden layer has no biases",
            "The output has a bias, and the hidden layer has none.",
            "Through which point do all its boundaries go?",
            "Add `self.b1` to the hidden layer's weighted sums.",
            change={" + self.b1)": ")"},
            others=({" + self.b1)": ")", f"        {B1}\n": ""},),
        ),
        Wrong(
            "the output has no bias",
            "The hidden layer has biases, and the output has none.",
            "How many weighted sums are there, and how many biases?",
            "Add `self.b2` to the output's weighted sum.",
            change={" + self.b2)": ")"},
            others=({" + self.b2)": ")", f"        {B2}\n": ""},),
        ),
        Wrong(
            "the biases do not learn",
            "The biases are there, and never change.",
            "How many arrays does `backprop` move?",
            f"Move them with their deltas: `{B1}`, and the same for b2.",
            change={f"        {B1}\n": "", f"        {B2}\n": ""},
            others=({f"        {B1}\n": ""}, {f"        {B2}\n": ""}),
        ),
        Wrong(
            "the biases move by a mean",
            "The biases move too little.",
            "The weights add up the batch. Do the biases?",
            "Take the sum over the rows, `delta1.sum(axis=0)`.",
            change={".sum(": ".mean("},
        ),
        Wrong(
            "the bias is added behind the activation",
            "The biases are added to the activations, and not to the weighted sums.",
            "On which side of the parenthesis does `+ self.b1` stand?",
            "Add it inside: `sigmoid(X @ self.W1 + self.b1)`.",
            change={HIDDEN: "sigmoid(X @ self.W1) + self.b1", OUTPUT: "sigmoid(self.hidden @ self.W2) + self.b2"},
            others=({HIDDEN: "sigmoid(X @ self.W1) + self.b1"},),
        ),
        Wrong(
            "it goes back with what was asked before",
            "`backprop` uses the answers of the last `feedforward`, whatever that was asked.",
            "Here somebody looks at other samples in between. Whose answers and hidden layer do you go back with?",
            "Let `backprop` begin with `output = self.feedforward(X)`.",
            change={
                f"        {FORWARD}\n": "        output = self.output\n",
                f"return {OUTPUT}": f"self.output = {OUTPUT}\n        return self.output",
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
            "the slope of the hidden layer is left out",
            "The second layer is right, and the first one moves too far.",
            "What happens to the error on its way through the hidden neurons' activation?",
            "Multiply by `self.hidden * (1 - self.hidden)`.",
            change={" * self.hidden * (1 - self.hidden)": ""},
        ),
        Wrong(
            "the slope of the output is left out",
            "All steps are too long: they are those of another loss.",
            "The program that you mend multiplies its error by something. By what?",
            "Keep `(y - output) * output * (1 - output)`.",
            change={"(y - output) * output * (1 - output)": "y - output"},
        ),
    ),
)
