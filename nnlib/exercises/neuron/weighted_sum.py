"""Exercise: the weighted sum of a neuron with any number of inputs."""

from nnlib.exercises.exercise import Exercise, Wrong


def one_neuron(rng):
    """Return inputs, weights and a bias, at random."""
    inputs = rng.integers(1, 6)
    return rng.normal(size=inputs), rng.normal(size=inputs), float(rng.normal())


LOOP = "    for x_i, w_i in zip(x, weights, strict=True):\n        z += x_i * w_i\n"  # of the solution
BY_INDEX = "    for i in {}:\n        z += x[i] * weights[i]\n"

EXERCISE = Exercise(
    name="neuron-weighted-sum",
    asks="weighted_sum(x, weights, bias)",
    solution="""
def weighted_sum(x, weights, bias):
    z = bias
    for x_i, w_i in zip(x, weights, strict=True):
        z += x_i * w_i
    return z
""",
    hints=(
        "Begin with the formula: z = w₁x₁ + w₂x₂ + … + b.",
        "You need one product for each input, all of them added up, and the bias added once.",
        "Start with `z = bias`; in a loop over `zip(x, weights)` add `x_i * w_i` to it; return z after the loop.",
    ),
    inputs=(([1.0, 2.0], [0.5, -0.25], 2.0), ([3.0], [-2.0], 0.5), ([0.0, 0.0, 0.0], [1.0, 2.0, 3.0], -1.5)),
    random=one_neuron,
    wrong=(
        Wrong(
            "the bias is left out",
            "The products are right, but something is missing from the sum.",
            "Try inputs that are all zero: only one thing is left then, and your function loses it.",
            "Add the bias, once: begin with `z = bias` rather than `z = 0`.",
            change={"z = bias": "z = 0"},
        ),
        Wrong(
            "the bias is added for every input",
            "With one input the sum is right; with more it is off by a multiple of the bias.",
            "Look at what happens inside the loop, again and again.",
            "A neuron has one bias, not one for each input: add it before the loop or after it.",
            change={"z = bias": "z = 0", "x_i * w_i": "x_i * w_i + bias"},
        ),
        Wrong(
            "the products are not added up",
            "You return one number for each input, and a weighted sum is a single number.",
            "`x * weights` multiplies pair by pair, and stops there.",
            "Add the products up: `x @ weights` does it for arrays, a loop for anything.",
            change={"z = bias": "z = []", "z += x_i * w_i": "z.append(x_i * w_i + bias)"},
            others=(
                {"z = bias": "z = []", "z += x_i * w_i": "z.append(x_i * w_i)"},
                {"z = bias": "z = []", "z += x_i * w_i": "z.append(x_i * w_i)", "return z": "return z + [bias]"},
            ),
        ),
        Wrong(
            "the loop ends too early",
            "Only the first input counts.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`, so that the loop is finished first.",
            change={"    return z": "        return z"},
        ),
        Wrong(
            "the sigmoid is applied already",
            "All your results lie between 0 and 1; a weighted sum can be any number.",
            "Look at what you return: the weighted sum z comes before the activation.",
            "Return z itself. The activation is the neuron's next step, and the question does not ask for it.",
            change={"return z": "import math; return 1 / (1 + math.exp(-z))"},
        ),
        Wrong(
            "lists are multiplied as if they were arrays",
            "The inputs and the weights may come as lists, and lists know no `@` and no `*` with each other.",
            "Print `type(x)`: what can an array do that a list cannot?",
            "Turn them into arrays first, `x, weights = np.asarray(x), np.asarray(weights)`, or use a loop with `zip`.",
            change={"    z = bias": "    return x @ weights + bias\n    z = bias"},
            others=(
                {"    z = bias": "    return weights @ x + bias\n    z = bias"},
                {"    z = bias": "    return sum(x * weights) + bias\n    z = bias"},
                {"    z = bias": "    return sum(weights * x) + bias\n    z = bias"},
                {"    z = bias": "    return (x * weights).sum() + bias\n    z = bias"},
                {"    z = bias": "    return x.dot(weights) + bias\n    z = bias"},
            ),
        ),
        Wrong(
            "the sums are multiplied",
            "With one input the sum is right. With more, every weight meets every input.",
            "Each weight belongs to its own input: w₁ to x₁, w₂ to x₂.",
            "Multiply pair by pair, and add up the products.",
            change={"    return z": "    return sum(x) * sum(weights) + bias"},
        ),
        Wrong(
            "the bias is subtracted",
            "The products are right, and the bias has the wrong sign.",
            "Try inputs that are all zero: what is left?",
            "Add the bias. It is a threshold that would be subtracted, the bias with the other sign.",
            change={"z = bias": "z = -bias"},
        ),
        Wrong(
            "two inputs are written into it",
            "It works for two inputs, and for no other number of inputs.",
            "A neuron may have one input, or a thousand. Which of your lines knows that there are two?",
            "Go through the pairs, whatever their number: `for x_i, w_i in zip(x, weights)`.",
            change={"    z = bias": "    return x[0] * weights[0] + x[1] * weights[1] + bias\n    z = bias"},
            others=(
                {"    z = bias": "    x1, x2 = x\n    z = bias"},
                {"    z = bias": "    w1, w2 = weights\n    z = bias"},
            ),
        ),
        Wrong(
            "only the last input counts",
            "With one input the sum is right. With more, each product takes the place of the one before.",
            "Print z inside the loop: does it grow, or begin again?",
            "Add to what is there: `z += x_i * w_i`.",
            change={"z += x_i * w_i": "z = bias + x_i * w_i"},
        ),
        Wrong(
            "multiplied by the bias",
            "The bias is a factor in your sum, and it should be a term of it.",
            "With a bias of 0, should the inputs stop counting?",
            "Add the bias to the sum, once.",
            change={"z = bias": "z = 0", "x_i * w_i": "x_i * w_i * bias"},
            others=({"z = bias": "z = 0", "return z": "return z * bias"},),
        ),
        Wrong(
            "added in place of multiplied",
            "You add each weight to its input, so a weight of 0 does not silence anything.",
            "A weight says how *much* an input counts. Which operation does that?",
            "Multiply pair by pair: `x_i * w_i`.",
            change={"x_i * w_i": "x_i + w_i"},
        ),
        Wrong(
            "an input is left out",
            "One of the inputs never counts: the first or the last.",
            "Print the index inside your loop, for two inputs. Python counts from 0.",
            "Go through all of them: `for i in range(len(x))`, or `zip(x, weights)`.",
            change={"zip(x, weights, strict=True)": "list(zip(x, weights))[:-1]"},
            others=({"zip(x, weights, strict=True)": "list(zip(x, weights))[1:]"},),
        ),
        Wrong(
            "the index runs past the end",
            "Your loop asks for one input more than there are.",
            "For two inputs, which indices does your `range` make? Python counts from 0.",
            "`range(len(x))` ends with the last index.",
            change={LOOP: BY_INDEX.format("range(len(x) + 1)")},
            others=({LOOP: BY_INDEX.format("range(1, len(x) + 1)")},),
        ),
        Wrong(
            "the pairs are added up",
            "`zip` makes pairs, and a sum of pairs is not a number.",
            "What should become of each pair before the sum?",
            "Multiply first: `sum(x_i * w_i for x_i, w_i in zip(x, weights))`.",
            change={"    z = bias": "    return sum(zip(x, weights)) + bias\n    z = bias"},
        ),
        Wrong(
            "a mean in place of a sum",
            "With one input the sum is right. With more, the products count too little.",
            "Does your function divide by the number of inputs?",
            "Add the products up: a weighted sum is not an average.",
            change={"return z": "return (z - bias) / len(x) + bias"},
            others=({"return z": "return z / len(x)"},),
        ),
        Wrong(
            "the step is applied already",
            "All your results are 0 or 1; a weighted sum can be any number.",
            "Look at what you return: the weighted sum z comes before the activation.",
            "Return z itself. The activation is the neuron's next step, and the question does not ask for it.",
            change={"return z": "return 1 if z >= 0 else 0"},
            others=({"return z": "return 1 if z > 0 else 0"},),
        ),
    ),
)
