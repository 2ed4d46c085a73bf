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
            "One bug is a line that stands inside the loop and belongs before it; the other is a sign in the last line.",
            change={"+= x_i * w_i": "= bias + x_i * w_i", "-z": "z"},
        ),
        Wrong(
            "the loop forgets",
            "One bug is mended. With one input the output is right now; with two it is not.",
            "Print z inside the loop, and watch it begin again each time.",
            "Move `z = bias` in front of the loop, so that it runs only once.",
            change={"+= x_i * w_i": "= bias + x_i * w_i"},
        ),
        Wrong(
            "the output falls where it should rise",
            "One bug is mended. The output is now one minus what it should be.",
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
    ),
)
