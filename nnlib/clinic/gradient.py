"""One step of training against the slopes of the answers, for whatever loss the program has in mind.

A step of gradient descent moves the parameters by Σ cₛ ∂aₛ/∂θ: for each answer aₛ its slopes, times a number cₛ that the loss
decides, −η ∂L/∂aₛ. The slopes are measured by differences, and the numbers fitted; a right backward pass leaves no rest.
"""

from dataclasses import dataclass

import numpy as np

NUDGE = {"double": 1e-5, "single": 1e-2}  # of a parameter, to both sides
TOLERANCE = {"double": 1e-3, "single": 5e-2}  # of the rest that no numbers explain, relative to the step


@dataclass
class Step:
    """A step on some samples, compared with the slopes of their answers."""

    rest: float  #: What the slopes do not explain, as a share of the step.
    pulls: np.ndarray  #: The numbers cₛ, one an answer.
    wrong: dict  #: {name of a parameter: (its step, the step of the slopes)}, where they differ.
    kind: str  #: "plain", "even" where all parameters step equally far, as Adam's first step is, or "wrong".


def precision(program, network) -> str:
    """Return in which precision a network computes, "double" or "single"."""
    kinds = {np.asarray(slot.value).dtype for slot in program.slots_of(network)}
    return "single" if np.dtype(np.float32) in kinds or np.dtype(np.float16) in kinds else "double"


def slopes(program, network, X) -> dict:
    """Return {name: ∂a/∂θ} with a column for each answer: the shape (numbers of the parameter, answers)."""
    found = {}
    nudge = NUDGE[precision(program, network)]
    for slot in program.slots_of(network):
        start = slot.array
        rows = []
        for place in np.ndindex(start.shape):
            sides = []
            for side in (1, -1):
                moved = start.copy()
                moved[place] += side * nudge
                slot.put(moved)
                sides.append(program.ask(network, X).ravel())
            rows.append((sides[0] - sides[1]) / (2 * nudge))
        slot.put(start)
        found[slot.name] = np.array(rows)
    return found


def compare(program, network, X, y) -> Step:
    """Compare one step on X and y with the slopes of the answers there; the network stays as it was."""
    before, measured = program.values(network), slopes(program, network, X)
    after = program.values(program.step(program.copy(network), X, y))
    names = [name for name in before if name in after and after[name].shape == before[name].shape]
    moved = {name: np.ravel(after[name] - before[name]) for name in names}
    return explain(before, moved, {name: measured[name] for name in names}, TOLERANCE[precision(program, network)])


def explain(before, moved, measured, tolerance) -> Step:
    """Return what a step that moves the parameters so, {name: numbers}, has to do with their slopes."""
    names = list(moved)
    step, table = np.concatenate([moved[name] for name in names]), np.vstack([measured[name] for name in names])
    size, answers = np.linalg.norm(step), table.shape[1]
    if not size:
        return Step(1.0, np.zeros(answers), {}, "none")
    decayed = np.concatenate([np.ravel(before[name]) * (before[name].size > 1) for name in names])[:, None]
    for more in (np.zeros((len(step), 0)), decayed):  # without and with weight decay
        columns = np.hstack([table, more])
        pulls = np.linalg.lstsq(columns, step)[0]
        rest = np.linalg.norm(columns @ pulls - step) / size
        if rest <= tolerance:
            return Step(rest, pulls[:answers], {}, "plain")
    if _is_even(step, table):
        return Step(0.0, np.full(answers, np.nan), {}, "even")
    return Step(rest, pulls[:answers], _wrong(names, moved, measured, tolerance), "wrong")


def _is_even(step, table) -> bool:
    """Say whether all numbers that have a slope step equally far, and with one answer the way of its slope or against it."""
    alive = np.abs(table).max(axis=1) > 1e-3 * np.abs(table).max()
    far = np.abs(step[alive])
    if not alive.any() or far.min() < 0.98 * far.max() or alive.sum() < 2:
        return False
    return table.shape[1] > 1 or abs(np.sum(np.sign(step[alive]) * np.sign(table[alive, 0]))) == alive.sum()


def _wrong(names, moved, measured, tolerance) -> dict:
    """Return the parameters that are at odds with the numbers cₛ which explain the most of them.

    Where two halves contradict each other, the later ones are believed: most programs list their layers from input to output,
    and the way back begins at the output.
    """
    best = {}
    for by in reversed(names):
        pulls = np.linalg.lstsq(measured[by], moved[by])[0]
        off = {}
        for name in names:
            wanted = measured[name] @ pulls
            if np.linalg.norm(wanted - moved[name]) > max(10 * tolerance, 1e-2) * np.linalg.norm([*wanted, *moved[name]]):
                off[name] = moved[name], wanted
        if np.any(pulls) and (not best or len(off) < len(best)):
            best = off
    return best or {name: (moved[name], measured[name][:, 0]) for name in names}
