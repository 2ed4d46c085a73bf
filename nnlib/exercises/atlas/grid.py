"""Exercise: all combinations of some settings, in the order of a sweep."""

from nnlib.exercises.exercise import Exercise, Wrong


def some_grid(rng):
    """Return a grid of one to three settings with one to four values each."""
    names = ["rate", "hidden", "loss"][: rng.integers(1, 4)]
    return ({name: [int(value) for value in rng.permutation(9)[: rng.integers(1, 5)]] for name in names},)


MORE, ALL = "cell | {name: value}", "for cell in made for value in values"


EXERCISE = Exercise(
    name="atlas-grid",
    asks="cells(grid)",
    solution="""
def cells(grid):
    made = [{}]
    for name, values in grid.items():
        made = [cell | {name: value} for cell in made for value in values]
    return made
""",
    hints=(
        "Begin with the one cell that has no settings yet, an empty dictionary, and let each setting make more of them.",
        "With the next setting, each cell so far becomes as many cells as the setting has values. Which loop is the inner one, "
        "if the last setting is to change from cell to cell?",
        "For each name and its values: `made = [cell | {name: value} for cell in made for value in values]`.",
    ),
    inputs=(
        ({"hidden": [2, 4], "rate": [1, 3]},),
        ({"loss": ["mse"], "rate": [3, 1, 2], "hidden": [8, 2]},),
        ({},),
    ),
    random=some_grid,
    wrong=(
        Wrong(
            "the first setting changes from cell to cell",
            "You have all the cells, in another order.",
            "From one cell to the next, which setting changes: the first one of the grid, or the last one?",
            "The values are the inner loop: `for cell in made for value in values`.",
            change={"for cell in made for value in values": "for value in values for cell in made"},
        ),
        Wrong(
            "only values with the same place go together",
            "You pair the first values with each other, then the second ones, and so on.",
            "Two settings with two values each: how many combinations are there, two or four?",
            "Every value goes with every cell: two loops, one in the other.",
            change={ALL: "for cell, value in zip(made if made != [{}] else [{}] * len(values), values)"},
        ),
        Wrong(
            "each setting stands alone",
            "Each of your cells has one setting alone.",
            "What does a training need: one of the settings, or a value for each of them?",
            "Put the new setting beside those that the cell has already: `cell | {name: value}`.",
            change={f"[{MORE} {ALL}]": "[cell for cell in made if cell] + [{name: value} for value in values]"},
        ),
        Wrong(
            "only the last setting is left",
            "Your cells have the last setting alone.",
            "What happens to the settings that a cell has got before?",
            "Put the new setting beside them: `cell | {name: value}`.",
            change={"cell | {name: value}": "{name: value}"},
        ),
        Wrong(
            "only the first value is used",
            "You use the first value of each setting alone.",
            "How many cells does a setting with three values make of one?",
            "Loop over all of `values`.",
            change={"for value in values": "for value in values[:1]"},
        ),
        Wrong(
            "the last value is left out",
            "The last value of each setting is missing.",
            "How many values does your inner loop see?",
            "Loop over all of `values`.",
            change={"for value in values": "for value in values[:-1]"},
        ),
        Wrong(
            "it is a cell of lists",
            "Your cells hold the whole list of values.",
            "A training wants one learning rate, not a list of them.",
            "Write `{name: value}`, with one value.",
            change={"cell | {name: value} for cell in made for value in values": "cell | {name: values} for cell in made"},
        ),
        Wrong(
            "it is tuples of values",
            "Your cells are tuples of values, and nobody can see which value is of what.",
            "What tells a function that 3 is a learning rate, and not a number of neurons?",
            "Each cell is a dictionary, from the names to the values.",
            change={"    return made": "    return [tuple(cell.values()) for cell in made]"},
        ),
        Wrong(
            "the values are sorted",
            "You sort the values, and so the cells come in another order.",
            "In which order does the grid give them?",
            "Take the values as they come.",
            change={"for value in values": "for value in sorted(values)"},
        ),
        Wrong(
            "it is their number",
            "You return how many cells there are.",
            "Which settings does the third of them have?",
            "Return the cells themselves, a dictionary each.",
            change={"    return made": "    return len(made)"},
        ),
    ),
)
