"""Exercise: a running mean that does not remember that it began at 0."""

from nnlib.exercises.exercise import Exercise, Wrong

LINE = "        means.append(mean / (1 - beta**t))"


def some_values(rng):
    """Return a list of up to eight numbers and a share."""
    return rng.normal(3, 2, size=int(rng.integers(3, 9))).tolist(), float(rng.uniform(0.2, 0.95))


EXERCISE = Exercise(
    name="optimizers-running-mean",
    asks="running_means(values, beta)",
    solution="""
def running_means(values, beta):
    mean, means = 0.0, []
    for t, value in enumerate(values, start=1):
        mean = beta * mean + (1 - beta) * value
        means.append(mean / (1 - beta**t))
    return means
""",
    hints=(
        "Begin with a mean of 0 and a loop: each time the mean keeps a share `beta`, and takes in a share 1 − β of the number.",
        "After t numbers the weights add up to 1 − βᵗ. What goes into the list is the mean divided by that.",
        "In the loop, `mean = beta * mean + (1 - beta) * value`, then append `mean / (1 - beta**t)`, with t from 1 on.",
    ),
    inputs=(([8.0, 8.0, 2.0], 0.6), ([3.0, 3.0, 3.0, 3.0], 0.9), ([1.0, -1.0], 0.75)),
    random=some_values,
    wrong=(
        Wrong(
            "nothing is corrected",
            "Your means begin too near to 0.",
            "For numbers that are all 3, what should each mean be? Yours still counts the 0 from the start.",
            "Divide by the sum of the weights so far: `mean / (1 - beta**t)`.",
            change={"mean / (1 - beta**t)": "mean"},
        ),
        Wrong(
            "the count begins at 0",
            "You divide by 1 − β⁰ at the first number, and that is 0.",
            "How many numbers has the mean taken in when you divide for the first time?",
            "Count from 1: `enumerate(values, start=1)`.",
            change={"start=1": "start=0"},
            others=({", start=1": ""},),
        ),
        Wrong(
            "the count is one ahead",
            "Your means are too small at the beginning: you divide by the weights of one number more than there is.",
            "After the first number, what should the exponent be?",
            "The exponent counts the numbers so far, from 1 on.",
            change={"beta**t": "beta ** (t + 1)"},
        ),
        Wrong(
            "the corrected mean goes on",
            "The first mean is right, and then they run away.",
            "From which mean does the next round start: from the running one, or from the corrected one?",
            "Keep the two apart: append `mean / (1 - beta**t)`, and leave `mean` as it is.",
            change={LINE: "        mean = mean / (1 - beta**t)\n        means.append(mean)"},
        ),
        Wrong(
            "the shares are swapped",
            "Your mean keeps the share 1 − β of itself, and takes in β of the new number.",
            "With β = 9/10, should the mean follow every new number, or hardly move?",
            "Write `beta * mean + (1 - beta) * value`.",
            change={"beta * mean + (1 - beta) * value": "(1 - beta) * mean + beta * value"},
        ),
        Wrong(
            "times in place of to the power",
            "What you divide by is not the sum of the weights: after two numbers that is 1 − β².",
            "What does `*` do, and what does `**`?",
            "Write `beta**t`.",
            change={"beta**t": "beta * t"},
        ),
        Wrong(
            "a sum in place of a mean",
            "Your list holds sums: for numbers that are all 3 it goes on growing.",
            "Your weights are 1, β, β² and so on. To what do they add up after two numbers? To what should those of a mean?",
            "Take a share 1 − β of each number in, and divide by `1 - beta**t`, not by `1 - beta`.",
            change={"beta**t": "beta"},
            others=({"(1 - beta) * value": "value", "mean / (1 - beta**t)": "mean"},),
        ),
        Wrong(
            "divided by one number for all",
            "You divide all means by the same number, the sum of the weights at the *end*.",
            "How many numbers has the first of your means taken in?",
            "Count along: the exponent is 1 for the first mean, 2 for the second.",
            change={"beta**t": "beta ** len(values)"},
        ),
        Wrong(
            "all count alike",
            "You return plain means, in which the first number counts as much as the last.",
            "Where does `beta` come in?",
            "Let what is old fade: `mean = beta * mean + (1 - beta) * value`, then divide by `1 - beta**t`.",
            change={"mean / (1 - beta**t)": "sum(values[:t]) / t"},
        ),
        Wrong(
            "it begins with the first number",
            "You begin with the first number in place of 0, so it counts more than its share.",
            "What are the weights of the first and of the second number, after two of them?",
            "Begin with 0, and divide by `1 - beta**t`: that takes the 0 out again.",
            change={"mean, means = 0.0, []": "mean, means = values[0], []", "mean / (1 - beta**t)": "mean"},
            others=({"mean, means = 0.0, []": "mean, means = values[0], []"},),
        ),
        Wrong(
            "the new number comes in whole",
            "Your weights do not add up to 1: the new number comes in whole.",
            "For numbers that are all 3, what does your first entry say, and what the later ones?",
            "Take in a share: `(1 - beta) * value`.",
            change={"(1 - beta) * value": "value"},
        ),
        Wrong(
            "multiplied, not divided",
            "You make the means smaller still.",
            "The weights add up to less than 1, so m is too small. Which operation makes it larger?",
            "Divide by `1 - beta**t`.",
            change={"mean / (1": "mean * (1"},
        ),
        Wrong(
            "the zero is in the list",
            "Your list has one number too many: the 0 from the start.",
            "How many means are there after three numbers?",
            "Begin with an empty list.",
            change={"0.0, []": "0.0, [0.0]"},
        ),
        Wrong(
            "only the last mean",
            "You return one number, and the question asks for the mean after *each* of the numbers.",
            "Where do the others go?",
            "Append each mean to a list, and return the list after the loop.",
            change={"return means": "return means[-1]"},
        ),
        Wrong(
            "the loop ends too early",
            "Your list has one mean only.",
            "Look at how far your `return` is indented.",
            "The `return` belongs after the loop, not in it.",
            change={"    return means": "        return means"},
        ),
    ),
)
