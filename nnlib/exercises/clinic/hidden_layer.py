"""Exercise: the neuron that answers XOR with one half gets a hidden layer."""

from nnlib.exercises.clinic.networks import case, xor_case
from nnlib.exercises.exercise import Exercise, Wrong


def _trained(network_class, X, y, *parameters):
    """Return the answers of a new network, and those after one step of training, and after many."""
    network = network_class(*(parameter.copy() for parameter in parameters))
    answers = [network.think(X)]
    for steps in (1, 2, 20):
        network.train(X, y, steps)
        answers.append(network.think(X))
    return tuple(answers)


LOOP = "        for _ in range(steps):\n"
FORWARD = """\
            hidden = sigmoid(X @ self.W1 + self.b1)
            output = sigmoid(hidden @ self.W2 + self.b2)
"""
OUTSIDE = "".join(line[4:] for line in FORWARD.splitlines(keepends=True))
BACK = "delta2 @ self.W2.T * hidden * (1 - hidden)"
W2, B2 = "self.W2 = self.W2 + hidden.T @ delta2", "self.b2 = self.b2 + delta2.sum(axis=0)"
W1, B1 = "self.W1 = self.W1 + X.T @ delta1", "self.b1 = self.b1 + delta1.sum(axis=0)"

EXERCISE = Exercise(
    name="clinic-hidden-layer",
    asks="XorNetwork",
    solution=f"""
from nnlib.activations import sigmoid


class XorNetwork:
    def __init__(self, W1, b1, W2, b2):
        self.W1, self.b1, self.W2, self.b2 = W1, b1, W2, b2

    def think(self, X):
        hidden = sigmoid(X @ self.W1 + self.b1)
        return sigmoid(hidden @ self.W2 + self.b2)

    def train(self, X, y, steps):
        for _ in range(steps):
            hidden = sigmoid(X @ self.W1 + self.b1)
            output = sigmoid(hidden @ self.W2 + self.b2)
            delta2 = (y - output) * output * (1 - output)
            delta1 = {BACK}
            {W2}
            {B2}
            {W1}
            {B1}
""",
    hints=(
        "Begin with `think`: the hidden layer is computed from X, and the answers from the hidden layer.",
        "In `train`, `adjust` of the old program is the delta of the output. Which layer's input is it multiplied with now?",
        "The delta of the hidden layer is `delta2 @ self.W2.T * hidden * (1 - hidden)`; W1 moves by `X.T @ delta1`, and W2 by "
        "`hidden.T @ delta2`.",
    ),
    inputs=(xor_case(),),
    random=case,
    use=_trained,
    wrong=(
        Wrong(
            "the hidden layer does not learn",
            "It thinks with a hidden layer, but only the output's parameters move.",
            "What happens to W1 and b1 in `train`?",
            "Compute the hidden delta, and add `X.T @ delta1` to W1 and its sum over the rows to b1.",
            change={W1: "pass", B1: "pass"},
        ),
        Wrong(
            "the first weights move and the first biases do not",
            "W1 learns, and b1 stays as it was.",
            "How many arrays should a step move?",
            f"Move the biases too: `{B1}`.",
            change={B1: "pass"},
        ),
        Wrong(
            "the hidden layer has no activation",
            "Its hidden layer is a straight function of X, so all of it together is one neuron again.",
            "What stands around `X @ self.W1 + self.b1`?",
            "Put a sigmoid around it, in `think` and in `train`, and its slope `hidden * (1 - hidden)` into the delta.",
            change={
                "hidden = sigmoid(X @ self.W1 + self.b1)": "hidden = X @ self.W1 + self.b1",
                " * hidden * (1 - hidden)": "",
            },
            others=({"hidden = sigmoid(X @ self.W1 + self.b1)": "hidden = X @ self.W1 + self.b1"},),
        ),
        Wrong(
            "the slope of the hidden activation is left out",
            "It thinks rightly. In `train` the first layer's step is too long.",
            "On the way back, what stands between the hidden layer's output and its weighted sum?",
            "Multiply by the slope of the sigmoid, `hidden * (1 - hidden)`.",
            change={" * hidden * (1 - hidden)": ""},
        ),
        Wrong(
            "the weights are used after they have moved",
            "The steps of the first layer are a little off.",
            "With which W2 did the network answer, and with which do you go back?",
            "Compute both deltas first, and then move all four arrays.",
            change={
                f"            delta1 = {BACK}\n": "",
                f"            {B2}\n": f"            {B2}\n            delta1 = {BACK}\n",
            },
        ),
        Wrong(
            "the output's slope is left out",
            "The deltas are too large: they are those of another loss.",
            "The program that you mend multiplies its error by something. By what?",
            "Keep `(y - output) * output * (1 - output)`.",
            change={"(y - output) * output * (1 - output)": "y - output"},
        ),
        Wrong(
            "it steps uphill",
            "Its answers move away from the targets.",
            "You add the step to the parameters. Which sign must the error have then?",
            "With a plus in the update the error is `y - output`.",
            change={"(y - output)": "(output - y)"},
        ),
        Wrong(
            "means in place of sums",
            "The direction is right, and the steps are too short.",
            "The program that you mend adds up the corners, and divides by nothing.",
            "Keep the sums: `X.T @ delta1` and `delta1.sum(axis=0)`, without a division.",
            change={
                "hidden.T @ delta2": "hidden.T @ delta2 / len(X)",
                "X.T @ delta1": "X.T @ delta1 / len(X)",
                ".sum(": ".mean(",
            },
            others=({".sum(": ".mean("},),
        ),
        Wrong(
            "one step, whatever is asked",
            "It makes one step of training where several are asked for.",
            "Where does the loop over the steps begin, and what is in it?",
            "Everything from the way forward to the update belongs into `for _ in range(steps):`.",
            change={"range(steps)": "range(1)"},
        ),
        Wrong(
            "the way forward is not taken anew",
            "The first step is right, and those after it use what was computed before it.",
            "Which lines stand before the loop?",
            "Compute `hidden` and `output` inside the loop, with the parameters as they are by then.",
            change={LOOP + FORWARD: OUTSIDE + LOOP},
        ),
    ),
)
