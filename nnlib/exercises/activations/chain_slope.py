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
            "You multiply the slopes, but something else stretches a change on its way.",
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
            others=({"slope *=": "slope +=", "a, slope = x, 1.0": "a, slope = x, 0.0"},),
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
            "You return the last output, but the question asks for its slope.",
            "Which of your names holds the product of the slopes?",
            "Return `slope`.",
            change={"return slope": "return a"},
        ),
        Wrong(
            "only the last factor counts",
            "Your result is the factor of the last neuron alone.",
            "What happens in the second turn of the loop to what the first has found?",
            "Multiply onto what is there: `slope *= …`.",
            change={"slope *= w": "slope = w"},
            others=({"slope *= w * derivative(z)": "slope = derivative(z)"},),
        ),
        Wrong(
            "the factors are not multiplied",
            "You return all the factors in a list, but the question asks for their product.",
            "A difference passes through every neuron in turn. What becomes of it when it is halved, and halved again?",
            "Multiply them: `np.prod(…)`, or `slope *= …` in the loop.",
            change={"a, slope = x, 1.0": "a, slope = x, []", "slope *= w * derivative(z)": "slope.append(w * derivative(z))"},
        ),
        Wrong(
            "the input in place of the weight",
            "The slopes are right, and each is multiplied by the wrong one of the two factors of z.",
            "Look at z = w a: if a grows by 1, by how much does z grow?",
            "Multiply by w: the input a would be the slope with respect to the *weight*.",
            change={"w * derivative(z)": "a * derivative(z)"},
        ),
        Wrong(
            "the output moves on too early",
            "Your slopes are taken one neuron too late.",
            "In which order do your lines change a and use it? `w * a` means something else after a has changed.",
            "Keep the weighted sum first, `z = w * a`, and change a at the end of the turn.",
            change={
                "        z = w * a\n        slope *= w * derivative(z)\n        a = function(z)": "        "
                "a = function(w * a)\n        slope *= w * derivative(w * a)"
            },
        ),
        Wrong(
            "the row is run backward",
            "Your row begins with the last neuron.",
            "The first neuron receives x. Which weight is its own?",
            "Go through `weights` in their order.",
            change={"in weights": "in list(weights)[::-1]"},
        ),
        Wrong(
            "the name is called",
            "`activation` is a text, the name of a function, and a text cannot be called.",
            "What does `ACTIVATIONS[activation]` hold?",
            "Take both functions out: `function, derivative = ACTIVATIONS[activation]`.",
            change={"derivative(z)": "activation(z)"},
            others=({"function(z)": "activation(z)"}, {"z = w * a": "z = activation(w * a)"}),
        ),
        Wrong(
            "the pair is taken the wrong way around",
            "You have the function where its derivative belongs, and the derivative where the function belongs.",
            "Which comes first in `ACTIVATIONS[activation]`? Print the pair.",
            "The function is first: `function, derivative = ACTIVATIONS[activation]`.",
            change={"function, derivative =": "derivative, function ="},
        ),
        Wrong(
            "divided by the weight",
            "Each slope is divided by its weight.",
            "A large weight makes z follow a closely. Does that pass on more of a change, or less?",
            "Multiply by it: `slope *= w * derivative(z)`.",
            change={"w * derivative(z)": "derivative(z) / w"},
        ),
        Wrong(
            "the slopes are left out",
            "You multiply the weights alone, as if every function were the identity.",
            "What does the activation do to a change of z?",
            "Multiply by φ′(z) too: `slope *= w * derivative(z)`.",
            change={"w * derivative(z)": "w"},
        ),
        Wrong(
            "more than the slope is returned",
            "You return two results, but the question asks for one.",
            "Which of the two is the slope of the row?",
            "Return it alone: `return slope`.",
            change={"return slope": "return a, slope"},
            others=({"return slope": "return slope, a"},),
        ),
        Wrong(
            "the pair is called",
            "`ACTIVATIONS[activation]` is a pair of functions, and a pair cannot be called.",
            "Which of the two do you need for the output, and which for the slope?",
            "Take both out: `function, derivative = ACTIVATIONS[activation]`.",
            change={"function, derivative = ACTIVATIONS": "function = derivative = ACTIVATIONS"},
        ),
        Wrong(
            "a slope too many",
            "Your product has a factor more than there are neurons.",
            "What does it hold before the loop? x is an input, and has been through no activation yet.",
            "Begin with 1: `a, slope = x, 1.0`.",
            change={"a, slope = x, 1.0": "a, slope = x, derivative(x)"},
        ),
        Wrong(
            "a neuron is left out",
            "Your product has a factor less than there are neurons.",
            "Which weights does your loop go through? Count them.",
            "Go through all: `for w in weights`.",
            change={"in weights": "in weights[:-1]"},
            others=({"in weights": "in weights[1:]"},),
        ),
        Wrong(
            "every function is taken for the sigmoid",
            "With a sigmoid you are right, and with other functions you are not.",
            "The formula a (1 − a) is the slope of one function only. Which one does the caller ask for?",
            "Use the derivative that comes with the name: `derivative(z)`.",
            change={"derivative(z)": "function(z) * (1 - function(z))"},
        ),
        Wrong(
            "the weight is added",
            "You add the weight to the input, and a neuron multiplies.",
            "Look at the line that makes z.",
            "Write `z = w * a`.",
            change={"z = w * a": "z = w + a"},
        ),
        Wrong(
            "the outputs are multiplied in",
            "Weights and slopes are right. Each factor has the output in it as well.",
            "How far does the output move when z moves a little? The slope says it all.",
            "Leave the output out: `slope *= w * derivative(z)`.",
            change={"w * derivative(z)": "w * derivative(z) * function(z)"},
        ),
    ),
)
