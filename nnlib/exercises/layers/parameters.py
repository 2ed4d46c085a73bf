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
            "Your weights are all there, but a network has other parameters, too.",
            "For [3, 1] you count 3. A single neuron with three inputs has four numbers.",
            "Add one bias for each neuron of the layer: inputs * outputs + outputs.",
            change={" + outputs": ""},
        ),
        Wrong(
            "one bias a layer",
            "You count one bias for each layer, but every neuron has its own.",
            "For [2, 2, 1] you count 8: which number of the network in the figure is missing?",
            "Add `outputs`, not 1, for each layer.",
            change={" + outputs": " + 1"},
        ),
        Wrong(
            "a bias for each input",
            "Your weights are right, but the number of biases is not.",
            "A bias belongs to a neuron. You give one to each input of a layer.",
            "Add `outputs`, not `inputs`, for each layer.",
            change={" + outputs": " + inputs"},
        ),
        Wrong(
            "the inputs are counted as neurons",
            "You count one bias too many for each input of the network.",
            "Inputs are given. Nothing is computed there, so they have no bias.",
            "Begin with `total = 0`, and count a bias only for each neuron that weights lead to.",
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
            "You add up the sizes, but there is a weight for each *pair* of an input and a neuron.",
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
        Wrong(
            "a layer is left out",
            "One layer is missing from your count.",
            "For [2, 2, 1] there are two layers, from 2 to 2 and from 2 to 1. Which of them does your loop see?",
            "Three sizes make two pairs of neighbors: loop over `range(len(sizes) - 1)`, or over `zip(sizes, sizes[1:])`.",
            change={"pairwise(sizes)": "pairwise(sizes[:-1])"},
            others=({"pairwise(sizes)": "pairwise(sizes[1:])"},),
        ),
        Wrong(
            "only the last layer is counted",
            "You return the count of the last layer alone.",
            "Each round of your loop puts a new number into the total. What happens to the old one?",
            "Add it up: write `total +=`, not `total =`.",
            change={"total +=": "total ="},
        ),
        Wrong(
            "all sizes are multiplied",
            "You multiply all the sizes with each other, and a weight joins two neighboring layers only.",
            "For [64, 32, 10], does a weight lead from an input straight to an output?",
            "Multiply neighbors, and add up over the layers: inputs * outputs + outputs.",
            change={"    total = 0": "    import math\n    return math.prod(sizes) + sum(sizes[1:])\n    total = 0"},
            others=({"    total = 0": "    import math\n    return math.prod(sizes)\n    total = 0"},),
        ),
        Wrong(
            "mlp ends in softmax",
            "`mlp` puts a softmax at the end unless you say otherwise, and a softmax of a single output is refused.",
            "It stops at the first network with one output. The activation at the end has no parameters, so any will do.",
            'Write `mlp(sizes, output="identity").parameters.size`, and then count once by yourself.',
            change={"    total = 0": "    from nnlib import mlp\n    return mlp(sizes).parameters.size\n    total = 0"},
        ),
        Wrong(
            "a bias only at the output",
            "The output neurons have their biases, and the hidden neurons have none.",
            "For [2, 2, 1] you count 7. A hidden neuron is a neuron like any other.",
            "Add the biases inside the loop, for every layer: inputs * outputs + outputs.",
            change={" + outputs": "", "return total": "return total + sizes[-1]"},
        ),
        Wrong(
            "the layers are not added up",
            "You return a number for each layer, but the question asks for one number for the network.",
            "The right numbers are in your list. What is left to do with them?",
            "Add them up: `sum(…)`.",
            change={
                "total = 0": "total = []",
                "total += inputs * outputs + outputs": "total.append(inputs * outputs + outputs)",
            },
        ),
    ),
)
