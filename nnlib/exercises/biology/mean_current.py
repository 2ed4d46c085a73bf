"""Exercise: from the rates of many inputs to one mean current, a weighted sum."""

from nnlib.exercises.exercise import Exercise, Wrong


def some_inputs(rng):
    """Return rates in Hz, weights in nA, and the time constant of the synapses in ms, at random."""
    inputs = int(rng.integers(1, 6))
    return rng.uniform(0, 80, inputs), rng.normal(size=inputs), float(rng.uniform(2, 20))


EXERCISE = Exercise(
    name="biology-mean-current",
    asks="mean_current(rates, weights, time_constant)",
    solution="""
def mean_current(rates, weights, time_constant):
    total = 0.0
    for rate, weight in zip(rates, weights, strict=True):
        total += weight * time_constant * rate / 1000
    return total
""",
    hints=(
        "Begin with one spike: through a synapse of weight w and time constant τₛ it brings w τₛ, in nA · ms.",
        "An input of rate f brings f spikes in 1000 ms, so f w τₛ / 1000 nA on average. What do many inputs do together?",
        "Add up `weight * time_constant * rate / 1000` over all pairs of a rate and a weight.",
    ),
    inputs=(([40.0], [3.0], 5.0), ([100.0, 50.0], [1.0, -2.0], 5.0), ([0.0, 20.0, 10.0], [5.0, 2.0, -1.0], 10.0)),
    random=some_inputs,
    wrong=(
        Wrong(
            "milliseconds and seconds are mixed",
            "Your current is a thousand times too strong.",
            "Rates are in spikes per second, and the time constant is in ms.",
            "Divide by 1000: a rate of f Hz is f / 1000 spikes in a ms.",
            change={" / 1000": ""},
        ),
        Wrong(
            "the time constant is left out",
            "You add up weights and rates, but a synapse that lasts longer brings more.",
            "How much does a single spike bring, from its beginning until its current has died away?",
            "Each spike brings weight times time constant: multiply by it.",
            change={" * time_constant": ""},
        ),
        Wrong(
            "inhibition excites",
            "All your inputs push up, even those of negative weight.",
            "Look for an absolute value, or for a square.",
            "Take each weight with its sign: an inhibiting synapse takes current away.",
            change={"weight * time": "abs(weight) * time"},
        ),
        Wrong(
            "it is an average over the inputs",
            "With one input the current is right; with more it is too weak.",
            "The mean is taken over time, not over inputs. What happens when two synapses are open at the same time?",
            "Currents add up: do not divide by the number of inputs.",
            change={"return total": "return total / len(rates)"},
        ),
        Wrong(
            "lists are multiplied as if they were arrays",
            "The rates and the weights come as lists, and lists know no `@` and no `*` with each other.",
            "Print `type(rates)`: what can an array do that a list cannot?",
            "Turn them into arrays, `np.asarray(rates)`, or go through the pairs, `zip(rates, weights)`.",
            change={"    total = 0.0": "    return rates @ weights * time_constant / 1000\n    total = 0.0"},
            others=(
                {"    total = 0.0": "    return weights @ rates * time_constant / 1000\n    total = 0.0"},
                {"    total = 0.0": "    return sum(rates * weights) * time_constant / 1000\n    total = 0.0"},
            ),
        ),
        Wrong(
            "multiplied by 1000",
            "Your current is a million times too strong.",
            "A second has 1000 ms: does one ms see more spikes than a second, or fewer?",
            "Divide by 1000: a rate of f Hz is f / 1000 spikes in a ms.",
            change={" / 1000": " * 1000"},
        ),
        Wrong(
            "the sums are multiplied",
            "With one input the current is right. With more, every weight meets every rate.",
            "Each weight belongs to its own input: which rate should it be multiplied by?",
            "Multiply pair by pair, and add up the products.",
            change={"    return total": "    return sum(rates) * sum(weights) * time_constant / 1000"},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first input counts.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`.",
            change={"    return total": "        return total"},
        ),
        Wrong(
            "only the last input counts",
            "With one input the current is right. With more, each one takes the place of the one before.",
            "Print your sum inside the loop: does it grow, or begin again?",
            "Add to what is there: `total += …`.",
            change={"total += ": "total = "},
        ),
        Wrong(
            "divided by the time constant",
            "With a longer time constant your current gets weaker, and it should get stronger.",
            "How much does a single spike bring, all in all? A synapse that stays open longer brings more.",
            "Each spike brings weight times time constant: multiply by it.",
            change={"weight * time_constant": "weight / time_constant"},
        ),
        Wrong(
            "the currents are not added up",
            "You return one current for each input, and the cell feels only their sum.",
            "Where do the currents meet?",
            "Add them up, and return a single number.",
            change={
                "total = 0.0": "total = []",
                "total += weight * time_constant * rate / 1000": "total.append(weight * time_constant * rate / 1000)",
            },
        ),
        Wrong(
            "the threshold current is subtracted",
            "Your current is always too weak by the same amount.",
            "The question asks for the current that the inputs send, not for how far it lies above the threshold.",
            "Return the sum alone; the cell has no current of its own here, and its threshold does not matter yet.",
            change={"return total": "return total - 1.5"},
        ),
        Wrong(
            "divided by 1000 twice",
            "Your current is a thousand times too weak.",
            "Milliseconds and seconds meet once: in which of the factors?",
            "Divide by 1000 only once.",
            change={" / 1000": " / 1000 / 1000"},
        ),
        Wrong(
            "the rate is taken for the interval",
            "You divide by the rate, so an input that fires more often brings less, and a silent one stops the program.",
            "What does an input bring that never fires?",
            "Multiply by the rate: `weight * time_constant * rate / 1000`.",
            change={"* rate / 1000": "* 1000 / rate"},
            others=({"* rate / 1000": "/ rate"},),
        ),
    ),
)
