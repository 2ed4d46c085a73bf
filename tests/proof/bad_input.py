"""Claim: nnlib takes what stands in the place of an argument, or refuses it in words of its own and has changed nothing."""

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from doors import doors, right  # noqa: E402
from matplotlib import pyplot as plt  # noqa: E402
from odd import ANYTHING, OF_NUMBERS, attempt, damaged, load_of, odd_values  # noqa: E402
from record import claim  # noqa: E402

SEEDS = 3  # places that chance picks, where a right array is changed
FILES = 3000

with claim("bad_input") as figures, tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    outcomes, faults, arguments, callables = Counter(), [], 0, doors()
    for name, door in callables.items():
        for argument, value in right(name, door)[1].items():
            arguments += 1
            for odd in odd_values(value):
                for seed in range(1 if odd in ANYTHING else SEEDS):
                    outcome, words = attempt(name, door, argument, odd, seed)
                    outcomes[outcome] += 1
                    faults += [f"{name}({argument}={odd}): {words}"] * (outcome == "fault")
        plt.close("all")
    files = Counter()
    for seed in range(FILES):
        what, content, load = damaged(random.Random(seed))
        outcome, words = load_of(content, load)
        files[outcome] += 1
        faults += [f"{what}, {seed}: {words}"] * (outcome == "fault")
    os.chdir("/")
    if faults:
        raise AssertionError("\n".join([f"{len(faults)} answers are bad:", *dict.fromkeys(faults)]))
    figures |= {"callables": len(callables), "arguments": arguments, "values": len(ANYTHING), "changes": len(OF_NUMBERS)}
    figures |= {"tried": outcomes.total(), "refused": outcomes["refused"], "taken": outcomes["taken"]}
    figures |= {"files": files.total(), "files_refused": files["refused"], "files_taken": files["taken"]}
    figures |= {"faults": len(faults)}
