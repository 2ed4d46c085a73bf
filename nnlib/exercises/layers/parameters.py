"""Exercise: how many numbers training may change in a network of given sizes."""

from nnlib.exercises.exercise import Exercise, Wrong

EXERCISE = Exercise(
    name="layers-parameters",
    asks="count_parameters(sizes)",
    solution="""
from itertools import pairwise


def count_parameters(sizes):
    total = 0
    for inputs, outputs in pairwise(sizes):
        total += inputs * outputs + outputs
    return total
""",
    hints=(
        "Begin with one layer: how many weights lead from its inputs to its neurons, and how many biases are there?",
        "A layer has a weight for each pair of an input and a neuron, and one bias for each neuron.",
        "Go through the neighbors in `sizes`, and add up inputs · outputs + outputs.",
    ),
    inputs=(([2, 2, 1],), ([3, 1],), ([64, 32, 10],)),
    random=lambda rng: (rng.integers(1, 9, rng.integers(2, 6)).tolist(),),
    wrong=(
        Wrong(
            "the biases are left out",
            "The weights are all there, but a network has other parameters too.",
            "For [3, 1] you count 3. A single neuron with three inputs has four numbers.",
            "Add one bias for each neuron of the layer: inputs * outputs + outputs.",
            change={" + outputs": ""},
        ),
        Wrong(
            "one bias a layer",
            "You count one bias for each layer, and it is one for each neuron.",
            "For [2, 2, 1] you count 8: which number of the network in the figure is missing?",
            "Add `outputs`, not 1, for each layer.",
            change={" + outputs": " + 1"},
        ),
        Wrong(
            "a bias for each input",
            "The weights are right, and there are too many or too few biases.",
            "A bias belongs to a neuron. You give one to each input of a layer.",
            "Add `outputs`, not `inputs`, for each layer.",
            change={" + outputs": " + inputs"},
        ),
        Wrong(
            "the inputs are counted as neurons",
            "You count too many: as many too many as the network has inputs.",
            "Inputs are given. Nothing is computed there, so there is no bias.",
            "Begin with `total = 0`, and count biases only for the neurons behind the weights.",
            change={"total = 0": "total = sizes[0]"},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first layer is counted.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`, so that the loop is finished first.",
            change={"    return total": "        return total"},
        ),
    ),
)
