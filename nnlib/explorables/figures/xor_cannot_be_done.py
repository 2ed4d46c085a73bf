"""XOR cannot be done: four points and a line to drag; never more than three of the points are on their side."""

import numpy as np

from nnlib.datasets import gate
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import text
from nnlib.neuron import Neuron

PLANE = (-0.6, 1.6)  # both axes
PLANE_CELLS = 48
ARROW_SCALE = 0.3  # length of the weights' arrow, for each unit of weight
MIDDLE = 0.5  # both coordinates of the square's middle, where the arrow begins
X, Y = gate("XOR")
POINTS = tuple(f"({x1:g}, {x2:g})" for x1, x2 in X)
NEEDS = ("b < 0", "w₂ + b ≥ 0", "w₁ + b ≥ 0", "w₁ + w₂ + b < 0")  # of the corners, in the order of the data
SEARCH, PROOF = "find the best line", "prove it"


class XorCannotBeDone(Explorable):
    name = "xor_cannot_be_done"
    title = "XOR cannot be done"
    trains = True
    pace = 120
    controls = (
        number("w1", "weight w₁", -1.0, -3, 3, 0.1),
        number("w2", "weight w₂", 0.2, -3, 3, 0.1),
        number("bias", "bias b", 0.4, -3, 3, 0.1),
        choice("task", "task", (SEARCH, PROOF)),
    )

    def start(self, settings):
        return {"line": np.zeros(3), "counts": np.zeros(5)}  # the last random line, and how many had each score

    def advance(self, state, settings, steps):
        """Try the next `steps` random lines, each through a place in the square and in any direction."""
        line, counts = state["line"], state["counts"].copy()
        for tried in range(int(counts.sum()), int(counts.sum()) + steps):
            rng = np.random.default_rng(tried)
            turn, place = rng.uniform(0, 2 * np.pi), rng.uniform(0, 1, 2)
            weights = np.array([np.cos(turn), np.sin(turn)])
            line = np.append(weights, -weights @ place)
            counts[is_right(line).sum()] += 1
        return {"line": line, "counts": counts}

    def finished(self, settings, state):
        return False

    def picture(self, settings, state):
        line = readers_line(settings)
        good = is_right(line)
        field = np.asarray(Neuron(line[:2], line[2], "step")(panels.grid(PLANE, PLANE, PLANE_CELLS)))
        counts, tried = state["counts"], int(state["counts"].sum())
        reasons, keys = _lines(settings, state)
        lines = [
            panels.line(panels.boundary(state["line"][:2], state["line"][2], PLANE, PLANE), "old", "the last random line"),
            panels.line(panels.boundary(line[:2], line[2], PLANE, PLANE), "boundary", "your line"),
        ]
        rows = [
            panels.row([f"{point} wants {y}", need, text(Neuron(line[:2], line[2]).net_input(x), 1)],
                       role="right" if fine else "wrong", key="one" if y else "zero")
            for point, x, y, need, fine in zip(POINTS, X, Y, NEEDS, good, strict=True)
        ]  # fmt: skip
        of_what = "of your line" if line[:2].any() else "and there is no line: w = (0, 0)"
        return [
            panels.plane("plane", f"{good.sum()} of 4 points are on their side {of_what}", ("x₁", *PLANE), ("x₂", *PLANE),
                         field=field.reshape(PLANE_CELLS, PLANE_CELLS), scale=(0, 0.5, 1), lines=lines,
                         points=panels.dots(X, 2 * Y - 1, wrong=~good), handles=_handles(line)),
            panels.table("needs", "What each point asks of w₁, w₂ and b", ("point", "z must be", "z"), rows),
            panels.bars("scores", f"Random lines, {tried:,} so far, by score", [f"{n} of 4" for n in range(5)],
                        counts / max(1, tried), best=int(np.flatnonzero(counts).max()) if tried else None, aspect=2.2),
            panels.equations("proof", "Why" if settings["task"] == PROOF else "The score", reasons, keys=keys, wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        counts = state["counts"]
        tried = int(counts.sum())
        lines = f"{tried:,} random lines" if tried > 1 else "one random line"
        best = f", and the best of {lines} {np.flatnonzero(counts).max()}" if tried else ""
        line = readers_line(settings)
        score = is_right(line).sum()
        if not line[:2].any():
            return f"With w = (0, 0) there is no line: one answer everywhere is right at {score} of the 4 points{best}."
        return f"Your line has {score} of the 4 points on their side{best}."

    def challenge(self, settings, state):
        good = is_right(readers_line(settings))
        if settings["task"] == SEARCH:
            return f"Get as many points on their side as any line can; now {good.sum()} of 4.", bool(good.sum() == 3)
        left_over = np.flatnonzero(~good)
        if good[Y == 1].all() and len(left_over) == 1:
            return (
                f"Both rows that want 1 hold, and one that wants 0. What is left over, {POINTS[left_over[0]]}, must break.",
                True,
            )
        return "Satisfy both rows that want 1, and then one of the rows that want 0 as well. Which point is left over?", False

    def code(self, settings, steps):
        w1, w2, bias = (repr(settings[name]) for name in ("w1", "w2", "bias"))
        return f"""\
from nnlib import Neuron, datasets

X, y = datasets.xor()
neuron = Neuron([{w1}, {w2}], bias={bias}, activation="step")
print(f"right: {{(neuron(X) == y).sum()}}")
"""


def readers_line(settings):
    """Return (w₁, w₂, b)."""
    return np.array([settings["w1"], settings["w2"], settings["bias"]])


def is_right(line):
    """Return which of the four points a neuron with a step gets right."""
    return Neuron(line[:2], line[2], "step")(X) == Y


def _handles(line):
    w1, w2, bias = line
    tip = panels.handle("weights", "tip of the weights' arrow", (MIDDLE + ARROW_SCALE * w1, MIDDLE + ARROW_SCALE * w2),
                        {"w1": (1 / ARROW_SCALE, 0, -MIDDLE / ARROW_SCALE), "w2": (0, 1 / ARROW_SCALE, -MIDDLE / ARROW_SCALE)},
                        start=(MIDDLE, MIDDLE))  # fmt: skip
    ends = panels.boundary((w1, w2), bias, PLANE, PLANE)
    if not len(ends):
        return [tip]
    return [tip, panels.handle("bias", "boundary, which the bias shifts", ends.mean(axis=0), {"bias": (-w1, -w2, 0)})]


def _lines(settings, state):
    """Return lines and their keys: the score in words, or the contradiction."""
    w1, w2, bias = readers_line(settings)
    total = w1 + w2 + 2 * bias
    score = is_right(readers_line(settings)).sum()
    if settings["task"] == SEARCH:
        best = max(score, np.flatnonzero(state["counts"]).max(initial=0))
        yours = "your line" if w1 or w2 else "no line"
        return [f"{yours}: {score} of 4;  the best so far, random lines included: {best} of 4"], [None]
    sign = "≥" if total >= 0 else "<"
    broken = "the two that want 0 can't both hold" if total >= 0 else "the two that want 1 can't both hold"
    return [
        "the two that want 1, added: w₁ + w₂ + 2b ≥ 0",
        "the two that want 0, added: w₁ + w₂ + 2b < 0",
        f"here w₁ + w₂ + 2b = {text(total, 1)} {sign} 0, so {broken}; no number is both, so no line gets 4",
    ], ["one", "zero", None]
