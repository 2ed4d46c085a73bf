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
        Wrong(
            "the neurons are counted",
            "You add up the sizes, and there is a weight for each *pair* of an input and a neuron.",
            "Two inputs and three neurons: how many lines can you draw between them?",
            "For neighbors in `sizes` multiply: inputs * outputs, and add a bias for each neuron.",
            change={"    total = 0": "    return sum(sizes)\n    total = 0"},
            others=({"    total = 0": "    return sum(sizes[1:])\n    total = 0"},),
        ),
        Wrong(
            "three layers are written into it",
            "It works for one number of layers only.",
            "A network may have two sizes, or five. Which of your lines knows how many there are?",
            "Go through the neighbors, whatever their number: `zip(sizes, sizes[1:])`.",
            change={"    total = 0": "    a, b, c = sizes\n    total = 0"},
            others=(
                {"    total = 0": "    return sizes[0] * sizes[1] + sizes[1] + sizes[1] * sizes[2] + sizes[2]\n    total = 0"},
            ),
        ),
        Wrong(
            "the index runs past the end",
            "The last round of your loop asks for a size that is not there.",
            "A network with three sizes has two layers: how many rounds does your loop make?",
            "Loop over `range(len(sizes) - 1)`, or over the neighbors, `zip(sizes, sizes[1:])`.",
            change={
                "    for inputs, outputs in pairwise(sizes):": "    for i in range(len(sizes)):\n"
                "        inputs, outputs = sizes[i], sizes[i + 1]"
            },
        ),
    ),
)
