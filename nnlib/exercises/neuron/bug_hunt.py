"""Exercise: a neuron with two bugs, found by comparing it with nnlib."""

from nnlib.exercises.exercise import Exercise, Wrong
from nnlib.exercises.neuron.weighted_sum import one_neuron

EXERCISE = Exercise(
    name="neuron-bug-hunt",
    asks="output(x, weights, bias)",
    solution="""
import math


def output(x, weights, bias):
    z = bias  # once, before the loop
    for x_i, w_i in zip(x, weights, strict=True):
        z += x_i * w_i
    return 1 / (1 + math.exp(-z))
""",
    hints=(
        "Compare its output with that of `Neuron` for the same numbers: first with one input, then with two.",
        "With one input only the last line can be wrong. With two inputs, look at what the loop does again and again.",
        "Set z to the bias once, before the loop, and write `math.exp(-z)`: an output near 1 belongs to a large z.",
    ),
    inputs=(([1.0, 2.0], [0.5, -0.25], 2.0), ([2.0], [1.5], 0.0), ([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], -1.5)),
    random=one_neuron,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Try a single input, and compare with `Neuron`: one bug shows at once. The other needs two inputs.",
            "One bug is a line inside the loop that belongs before it; the other is a sign in the last line.",
            change={"+= x_i * w_i": "= bias + x_i * w_i", "-z": "z"},
        ),
        Wrong(
            "the loop forgets",
            "One bug is fixed. With one input the output is right now; with two it is not.",
            "Print z inside the loop, and watch it begin again each time.",
            "Move `z = bias` before the loop, so that it runs only once.",
            change={"+= x_i * w_i": "= bias + x_i * w_i"},
        ),
        Wrong(
            "the output falls where it should rise",
            "One bug is fixed. The output is now one minus what it should be.",
            "Raise the bias: the output should rise, and it falls. The sum is right, so look at what comes after it.",
            "The sigmoid is 1 / (1 + e⁻ᶻ): write `math.exp(-z)`.",
            change={"-z": "z"},
        ),
        Wrong(
            "the bias is left out",
            "The loop adds up well now, but from nothing: the bias is gone.",
            "Try inputs that are all zero: what should the output depend on then?",
            "Begin with `z = bias`, before the loop.",
            change={"z = bias": "z = 0"},
        ),
        Wrong(
            "the bias is added for every input",
            "With one input the output is right now; with more, the bias counts too often.",
            "What happens inside your loop, again and again?",
            "A neuron has one bias: begin with `z = bias`, before the loop, and add only products in it.",
            change={"z = bias": "z = 0", "x_i * w_i": "x_i * w_i + bias"},
        ),
        Wrong(
            "the denominator is a difference",
            "Some of your outputs are negative or above 1, and a sigmoid's lie between 0 and 1.",
            "Look at the denominator: which operation does the sigmoid have there?",
            "The sigmoid is 1 / (1 + e⁻ᶻ), with a plus.",
            change={"1 + math.exp": "1 - math.exp"},
        ),
        Wrong(
            "the sigmoid is gone",
            "You return the weighted sum z. It is right, and what comes after it is missing.",
            "What does a `Neuron` do with z before it answers?",
            "Return 1 / (1 + math.exp(-z)).",
            change={"1 / (1 + math.exp(-z))": "z"},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first input counts.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`.",
            change={"    return 1": "        return 1"},
        ),
        Wrong(
            "only the last input counts",
            "The bias and all the products but the last are lost.",
            "Print z inside the loop: does it grow, or begin again?",
            "Add to what is there: `z += x_i * w_i`.",
            change={"z += x_i * w_i": "z = x_i * w_i"},
        ),
        Wrong(
            "the products are subtracted",
            "The products count against z, and the bias for it.",
            "With the bias 0, does a positive input with a positive weight raise the output or lower it? And a bias alone?",
            "Add the products to z, and write `math.exp(-z)`: only one minus is needed.",
            change={"z += ": "z -= "},
            others=({"z += ": "z -= ", "-z": "z"},),
        ),
        Wrong(
            "a step in place of the sigmoid",
            "You return 0 or 1, and this neuron has a sigmoid.",
            "What does a `Neuron` answer whose z is 0?",
            "Return 1 / (1 + math.exp(-z)).",
            change={"1 / (1 + math.exp(-z))": "float(z >= 0)"},
            others=({"1 / (1 + math.exp(-z))": "float(z > 0)"},),
        ),
    ),
)
