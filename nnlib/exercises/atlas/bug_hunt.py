"""Exercise, a bug hunt: a sweep that is to go on where it was stopped, and loses some cells and runs others again."""

from nnlib.exercises.exercise import Exercise, Wrong

CELLS = [{"rate": rate} for rate in (1, 2, 3, 4)]


def line(cell, result):
    """Return a line of the file, as `json.dumps` writes it."""
    return f'[{{"rate": {cell["rate"]}}}, {result}]'


def some_file(rng):
    """Return a function, cells, and the lines of a file: some of their results in any order, and one line that may be cut."""
    cells = [{"rate": int(rate)} for rate in rng.permutation(20)[: rng.integers(2, 7)]]
    kept = [line(cell, int(rng.integers(201, 300))) for cell in cells if rng.random() < 0.6]
    kept = [kept[place] for place in rng.permutation(len(kept))]
    if kept and rng.random() < 0.5:
        kept[-1] = kept[-1][: int(rng.integers(1, len(kept[-1]) - 1))]
    return ten_times, cells, kept


def ten_times(cell):
    """Return a result that is easy to know, and that no line of a file has: who runs a cell again is found out."""
    return 10 * cell["rate"]


GUARDED = """        try:
            cell, result = json.loads(line)
        except ValueError:  # the line was cut
            continue
"""
KEPT = "kept[json.dumps(cell)] = result"
BY_PLACE = "kept[json.dumps(cells[len(kept)])] = result"


EXERCISE = Exercise(
    name="atlas-bug-hunt",
    asks="go_on(run, cells, lines)",
    solution="""
import json


def go_on(run, cells, lines):
    kept = {}
    for line in lines:
        try:
            cell, result = json.loads(line)
        except ValueError:  # the line was cut
            continue
        kept[json.dumps(cell)] = result
    results = []
    for cell in cells:
        name = json.dumps(cell)
        if name not in kept:
            kept[name] = run(cell)
        results.append(kept[name])
    return results
""",
    hints=(
        "Begin with the tool: let `run` say for which cell it is called, and compare with the lines of the file.",
        "On a cluster the results come as they are ready, so the third line need not be that of the third cell. What says "
        "which cell a line is of? And what does a line look like that was being written when the power went?",
        "Keep the results in a dictionary, under `json.dumps(cell)`; leave out a line that `json.loads` refuses with a "
        "ValueError; and run the cells that are not in it.",
    ),
    inputs=(
        (ten_times, CELLS, [line(CELLS[0], 7), line(CELLS[1], 8)]),
        (ten_times, CELLS, [line(CELLS[2], 7), line(CELLS[0], 8)]),
        (ten_times, CELLS, [line(CELLS[1], 7), line(CELLS[0], 8), line(CELLS[3], 9)[:-4]]),
        (ten_times, CELLS, []),
    ),
    random=some_file,
    wrong=(
        Wrong(
            "nothing is mended yet",
            "The program is as broken as it was.",
            "Print what `run` is asked, and lay it beside the lines.",
            "Two things are wrong: results are taken by their place, and a line that was cut stops everything.",
            change={GUARDED: "        _, result = json.loads(line)\n", KEPT: BY_PLACE},
        ),
        Wrong(
            "results are taken by their place",
            "A cut line does no harm any more. But results go to the wrong cells.",
            "Let the file begin with the result of the third cell: which cell gets it?",
            "Each line begins with its cell: keep the result under that.",
            change={KEPT: BY_PLACE},
        ),
        Wrong(
            "a cut line stops everything",
            "Each result finds its cell now. But a line that was cut still raises an error.",
            "Where does the error come from, and what should become of that cell?",
            "Put a `try` around `json.loads`, and go on with the next line after a ValueError: the cell is then run again.",
            change={GUARDED: "        cell, result = json.loads(line)\n"},
        ),
        Wrong(
            "after a cut line nothing more is read",
            "You run everything again as soon as one line was cut.",
            "Are the lines before it worth nothing?",
            "Leave out that one line, and keep the others.",
            change={"            continue\n        kept[": "            kept = {}\n            break\n        kept["},
        ),
        Wrong(
            "everything is run again",
            "The results are good, and every cell has been run again.",
            "For which cells is `run` called? The file has some of them.",
            "Call `run` only where the cell is not among those that are kept.",
            change={"if name not in kept:": "if True:"},
        ),
        Wrong(
            "new results are left out",
            "Your results are those of the file alone.",
            "How many results should there be, if there are four cells?",
            "Append a result for each cell, whether it was kept or has just been run.",
            change={"        results.append(kept[name])": "        else:\n            results.append(kept[name])"},
        ),
        Wrong(
            "the results come in the file's order",
            "You have all results, in the order in which they came.",
            "Whoever calls knows the cells, and expects their results in the same order.",
            "Go through `cells` at the end, and look each one up.",
            change={"    return results": "    return list(kept.values())"},
        ),
        Wrong(
            "a cell that was cut counts as nothing",
            "The cell whose line was cut gets None for a result.",
            "Nobody knows that result. How do you get it?",
            "Leave the cell out of what is kept, and it is run again.",
            change={"            continue\n": "            cell, result = cells[len(kept)], None\n"},
        ),
        Wrong(
            "a result is kept by the number of the cell",
            "You return the cells beside their results.",
            "What is asked for: pairs, or results in the order of the cells?",
            "Append the result alone.",
            change={"results.append(kept[name])": "results.append([cell, kept[name]])"},
        ),
    ),
)
