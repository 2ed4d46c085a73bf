"""Exercise: the slope of a row of neurons."""

from nnlib.exercises.exercise import Exercise, Wrong


def one_chain(rng):
    """Return an input, some weights and the name of an activation, at random."""
    return float(rng.normal()), rng.normal(size=rng.integers(2, 6)).tolist(), str(rng.choice(["sigmoid", "tanh", "softplus"]))


EXERCISE = Exercise(
    name="activations-chain",
    asks="chain_slope(x, weights, activation)",
    solution="""
from nnlib.activations import ACTIVATIONS


def chain_slope(x, weights, activation):
    function, derivative = ACTIVATIONS[activation]
    a, slope = x, 1.0
    for w in weights:
        z = w * a
        slope *= w * derivative(z)
        a = function(z)
    return slope
""",
    hints=(
        "Begin with one neuron: a small change of x changes z = w x by w times as much, and a by φ′(z) times as much again.",
        "Go through the weights in a loop; keep the output so far, a, and the product so far, which begins as 1.",
        "For each w: `z = w * a`, then `slope *= w * derivative(z)`, then `a = function(z)`.",
    ),
    inputs=((1.0, [1.0], "sigmoid"), (0.5, [1.0, -2.0], "tanh"), (0.3, [2.0, 2.0, 2.0], "sigmoid")),
    random=one_chain,
    close=(1e-12, 1e-15),  # closer than a difference quotient comes
    wrong=(
        Wrong(
            "the weights are left out",
            "The slopes are multiplied rightly, but something else stretches a change on its way.",
            "Look at z = w a: how much does z change when a changes by 1?",
            "Multiply by w · φ′(z) for each neuron, not by φ′(z) alone.",
            change={"w * derivative(z)": "derivative(z)"},
        ),
        Wrong(
            "the slope is taken at the output",
            "Your derivative is asked at the wrong place.",
            "`derivative` expects the weighted sum; what do you hand to it?",
            "Call `derivative(z)` with z = w a, before the activation is applied.",
            change={"derivative(z)": "derivative(function(z))"},
        ),
        Wrong(
            "the factors are added",
            "You add the factors up, and changes of changes multiply.",
            "A change that is halved, and halved again, is a quarter of itself.",
            "Write `slope *= …`, beginning with 1.",
            change={"slope *=": "slope +="},
        ),
        Wrong(
            "the activation is never applied",
            "The first factor is right; from the second neuron on, the slopes are taken at the wrong places.",
            "What does the second neuron receive: the weighted sum of the first, or its output?",
            "End each turn of the loop with `a = function(z)`.",
            change={"a = function(z)": "a = z"},
        ),
        Wrong(
            "every neuron gets the first input",
            "The first factor is right; all the others are taken at the input x.",
            "In a row, each neuron's input is the output of the one before.",
            "End each turn of the loop with `a = function(z)`, and use that a in the next.",
            change={"        a = function(z)\n": ""},
        ),
        Wrong(
            "the slope is taken at the input",
            "Your derivative is asked at the neuron's input, before the weight.",
            "The activation is applied to the weighted sum z = w a: where is its slope wanted?",
            "Call `derivative(z)` with z = w a.",
            change={"derivative(z)": "derivative(a)"},
        ),
        Wrong(
            "the product begins with 0",
            "Your slope is always 0.",
            "What is 0 times anything?",
            "A product begins with 1: `slope = 1.0`.",
            change={"a, slope = x, 1.0": "a, slope = x, 0.0"},
        ),
        Wrong(
            "the product begins with x",
            "Your slope is x times too large.",
            "How much does the input change when the input changes by a little? That is the first factor.",
            "Begin with 1: x is where you start, not a slope.",
            change={"a, slope = x, 1.0": "a, slope = x, x"},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first neuron counts.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`.",
            change={"    return slope": "        return slope"},
        ),
        Wrong(
            "the output is returned",
            "You return the last output, and its slope is asked for.",
            "Which of your names holds the product of the slopes?",
            "Return `slope`.",
            change={"return slope": "return a"},
        ),
    ),
)
