"""The atlas of XOR: of a thousand starts, how many learn it, for any two settings; and any of them is trained anew, live."""

from functools import lru_cache

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.atlas import (
    AFTER,
    GRID,
    OPTIMIZERS,
    SEARCHED,
    STARTS,
    STEPS,
    X,
    Y,
    count,
    place,
    record,
    starts,
    wilson,
)  # fmt: skip
from nnlib.explorables.writing import compact, percent, plural, text
from nnlib.losses import LOSSES
from nnlib.network import mlp
from nnlib.training import train

NAMES = {
    "hidden units": "hidden",
    "activation": "activation",
    "loss": "loss",
    "optimizer": "optimizer",
    "learning rate η": "learning_rate",
    "spread of the first weights": "spread",
}
#: Each value of the grid, by what it is called in its control.
WORDS = {
    "hidden": {str(hidden): hidden for hidden in GRID["hidden"]},
    "activation": {name: name for name in GRID["activation"]},
    "loss": {"squared error": "mse", "cross-entropy": "binary_cross_entropy"},
    "optimizer": {name: name for name in GRID["optimizer"]},
    "learning_rate": {f"{rate:g}": rate for rate in GRID["learning_rate"]},
    "spread": {f"{spread:g}": spread for spread in GRID["spread"]},
}
COUNTED = {f"{steps:,} steps": steps for steps in reversed(AFTER)}
LEARNED, STUCK, BY_NUMBER = "the first that learns", "the first that is stuck", "by its number"
ENDINGS = {LEARNED: "learned", STUCK: "stuck"}  # the arrays of the record
PLANE, CELLS = (-0.5, 1.5), 24
ROWS = 250  # of the curve of the loss, at most
TOPS = (0.5, 1.0, 2.0, 5.0, 10.0)  # of the axis of the loss; what is more stands there
WANTED = 950  # a task: of a thousand starts, with two hidden units
BEST, FOR_ADAM, LATE = "two hidden units at their best", "where Adam is best", "a late start"
PROGRAM = """\
import numpy as np

from nnlib import {optimizer}, mlp, train
from nnlib.explorables.models.atlas import X, Y, starts
from nnlib.losses import LOSSES

network = mlp([2, {hidden}, 1], {activation!r}, output="sigmoid", dtype=np.float64)
network.parameters[:] = starts({hidden}, {spread})[{index}]
{training}y_hat = network.forward(X)
print(f"loss: {{LOSSES[{loss!r}].value(y_hat, Y):.9f}}")
for one in y_hat[:, 0]:
    print(f"output: {{one:.9f}}")
"""
TRAINING = """\
for epoch in train(network, X, Y, loss={loss!r}, optimizer={made}, epochs={steps}):
    pass
"""


class AtlasOfXor(Explorable):
    name = "atlas_of_xor"
    title = "The atlas of XOR"
    trains = True
    speed = 50  # steps a picture: a start is seen to learn within seconds
    unit = "step"
    opening = 10  # steps, for a curve
    controls = (
        choice("across", "across", tuple(NAMES), "hidden units"),
        choice("down", "down", tuple(NAMES), "activation"),
        choice("counted", "counted after", tuple(COUNTED)),
        number("hidden", "hidden units", 2, 1, 8, 1),
        *(choice(name, label, tuple(WORDS[name]), default)
          for (label, name), default in zip([*NAMES.items()][1:], ("tanh", None, None, "0.3", "1"), strict=True)),
        choice("which", "start", (LEARNED, STUCK, BY_NUMBER)),
        number("start", "number of the start", 1, 1, STARTS, 1),
        choice("task", "task", (BEST, FOR_ADAM, LATE)),
    )  # fmt: skip
    needs = {"start": ("which", (BY_NUMBER,))}
    presets = {
        "units and rates": {"across": "hidden units", "down": "learning rate η"},
        "activations and spreads": {"across": "spread of the first weights", "down": "activation", "learning_rate": "1"},
        "optimizers and rates": {"across": "learning rate η", "down": "optimizer", "activation": "sigmoid"},
        "a ReLU network": {"activation": "relu", "loss": "cross-entropy", "learning_rate": "3", "which": STUCK},
    }

    def start(self, settings):
        return {"of": _of(settings), "steps": 0}  # a run follows from its settings

    def advance(self, state, settings, steps):
        """Train for `steps` steps, with another cell or another start than before anew."""
        return {"of": _of(settings), "steps": run_of(settings).until(reached(settings, state) + steps)}

    def step(self, settings, state):
        """Return after how many steps the start is."""
        return reached(settings, state)

    def finished(self, settings, state):
        return reached(settings, state) == run_of(settings).end

    def picture(self, settings, state):
        run, steps = run_of(settings), reached(settings, state)
        network, y_hat = run.network_at(steps), run.answers(steps)
        field = network.run(panels.grid(PLANE, PLANE, CELLS)).reshape(CELLS, CELLS)
        boundary = panels.line(panels.contour(field, 0.5, PLANE, PLANE), "contour", "the boundary")
        wrong = ~is_right(y_hat)
        return [
            _map(settings),
            _losses(run, steps),
            panels.plane("plane", f"Its output after {plural(steps, 'step')}", ("x₁", *PLANE), ("x₂", *PLANE), field=field,
                         scale=(0, 0.5, 1), lines=[boundary], points=panels.dots(X, 2 * Y[:, 0] - 1, wrong=wrong)),
            panels.bars("answers", "Its answers ŷ, and the targets y",
                        [f"({x1:g}, {x2:g}), y = {y:g}" for (x1, x2), (y,) in zip(X, Y, strict=True)], y_hat[:, 0], aspect=1.8),
            panels.equations("numbers", "The chosen cell in numbers", _equations(settings, run, steps), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        run, steps = run_of(settings), reached(settings, state)
        right = is_right(run.answers(steps)).sum()
        now = "all four corners right" if right == len(X) else f"{right} of 4 corners right"
        return f"{_counted(settings)}; {_start(settings, run)}, after {plural(steps, 'step')}, has {now}{_fate(run, steps)}."

    def challenge(self, settings, state):
        return {BEST: self._best, FOR_ADAM: self._for_adam, LATE: self._late}[settings["task"]](settings, state)

    def _best(self, settings, state):
        task = f"Find settings with which at least {WANTED} of {STARTS:,} starts of two hidden units learn XOR"
        if cell_of(settings)["hidden"] != 2:
            return f"{task}; take two hidden units.", False
        found = count(**cell_of(settings))
        return f"{task}; here {found} do.", found >= WANTED

    def _for_adam(self, settings, state):
        task = "Find a cell in which Adam beats SGD and momentum by more than chance: its interval lies above both of theirs"
        cell = cell_of(settings)
        if cell["optimizer"] != "Adam":
            return f"{task}; choose Adam.", False
        found = {name: count(**cell | {"optimizer": name}) for name in OPTIMIZERS}
        intervals = {name: wilson(learned) for name, learned in found.items()}
        done = intervals["Adam"][0] > max(intervals["SGD"][1], intervals["momentum"][1])
        return f"{task}; here SGD has {found['SGD']}, momentum {found['momentum']} and Adam {found['Adam']}.", done

    def _late(self, settings, state):
        run, steps = run_of(settings), reached(settings, state)
        first, last = (count(after, **cell_of(settings)) for after in AFTER)
        task = f"Train a start that has not learned XOR after {AFTER[0]:,} steps, but has later"
        if last <= first:
            return f"{task}. In this cell as many have after {AFTER[0]:,} steps as after {STEPS:,}: try another.", False
        if steps < AFTER[0]:
            return f"{task}; this one is at step {steps}.", False
        if is_right(run.answers(AFTER[0])).all():
            return f"{task}; this one had learned it by then: try another.", False
        done = bool(is_right(run.answers(steps)).all())
        return f"{task}; this one had not by then, and {'has now' if done else 'has not yet'}.", done

    def code(self, settings, steps):
        run, cell = run_of(settings), cell_of(settings)
        rate, optimizer = cell["learning_rate"], "Adam" if cell["optimizer"] == "Adam" else "SGD"
        made = f"SGD({rate}, momentum=0.9)" if cell["optimizer"] == "momentum" else f"{optimizer}({rate})"
        steps = run.until(steps)
        training = TRAINING.format(loss=cell["loss"], made=made, steps=steps) if steps else ""
        return PROGRAM.format(**cell | {"optimizer": optimizer}, index=run.number - 1, training=training)


class Run:
    """A start that nnlib trains, as far as was asked for: its parameters after each step are kept.

    `end` is the step at which it ends: the last one, or the one before it breaks.
    """

    def __init__(self, cell, number):
        self.cell, self.number, self.end = cell, number, STEPS
        self.network, self.seen = (
            mlp([2, cell["hidden"], 1], cell["activation"], output="sigmoid", dtype=np.float64) for _ in range(2)
        )
        self.network.parameters[:] = first = starts(cell["hidden"], cell["spread"])[number - 1]
        self.parameters, self._losses, self._training = [first], [], None

    def until(self, steps):
        """Train until so many steps are made, or to the end; return how many are."""
        while len(self.parameters) <= min(steps, self.end):
            self._training = self._training or self._train()
            try:
                epoch = next(self._training)
            except FloatingPointError:
                self.end = len(self.parameters) - 1
            else:
                self.parameters.append(self.network.parameters.copy())
                self._losses.append(epoch.loss)  # measured before its step
        return min(steps, self.end)

    def _train(self):
        optimizer = OPTIMIZERS[self.cell["optimizer"]](self.cell["learning_rate"])
        return train(self.network, X, Y, loss=self.cell["loss"], optimizer=optimizer, epochs=STEPS)

    def network_at(self, steps):
        """Return a network with the parameters after so many steps; the next call writes others into it."""
        self.seen.parameters[:] = self.parameters[self.until(steps)]
        return self.seen

    def answers(self, steps):
        """Return ŷ at the four corners after so many steps, (4, 1)."""
        return self.network_at(steps).run(X).copy()

    def losses(self, steps):
        """Return the loss at the start and after each of so many steps, (steps + 1,)."""
        return np.array([*self._losses[:steps], LOSSES[self.cell["loss"]].value(self.answers(steps), Y)])


@lru_cache(maxsize=3)
def _run(cell, number):
    return Run(dict(zip(GRID, cell, strict=True)), number)


def run_of(settings) -> Run:
    """Return the run of the chosen start; the last three are kept."""
    return _run(tuple(cell_of(settings).values()), number_of(settings))


def cell_of(settings) -> dict:
    """Return the chosen cell, as GRID has its settings."""
    named = settings | {"hidden": str(round(settings["hidden"]))}
    return {name: WORDS[name][named[name]] for name in GRID}


def number_of(settings) -> int:
    """Return the number of the chosen start, from 1; 1 where none is known of the chosen ending."""
    if settings["which"] == BY_NUMBER:
        return round(settings["start"])
    return max(1, int(record()[ENDINGS[settings["which"]]][place(**cell_of(settings))]))


def reached(settings, state) -> int:
    """Return after how many steps the chosen start is: 0 where the state is of another one."""
    return state["steps"] if state["of"] == _of(settings) else 0


def is_right(y_hat):
    """Return which answers, (4, 1), are on the right side of one half: (4,)."""
    return ((y_hat >= 0.5) == Y)[:, 0]


def _of(settings):
    return repr((cell_of(settings), number_of(settings)))


def _map(settings):
    """Return the panel with the map: how many starts learn, for all values of two settings, the others as they are chosen."""
    after, cell = COUNTED[settings["counted"]], cell_of(settings)
    down, across = (NAMES[settings[way]] for way in ("down", "across"))
    names = [*GRID]
    at = [*place(**cell)]
    here = [at[names.index(name)] for name in (down, across)]
    for name in (down, across):
        at[names.index(name)] = slice(None)
    found = record()["counts"][(*at, AFTER.index(after))].astype(float)
    if down == across:
        rows, sets, here = ["all"], [{}, {across: _values(across)}], [0, here[1]]
        symbol, found = settings["across"], found[None]
    else:
        rows, sets = [*WORDS[down]], [{down: _values(down)}, {across: _values(across)}]
        symbol = f"{settings['down']} by {settings['across']}"
        found = found if names.index(down) < names.index(across) else found.T
    block = panels.block(symbol, found, rows=rows, columns=[*WORDS[across]], chosen=here, sets=sets)
    label = f"Of {STARTS:,} starts, so many have learned XOR after {after:,} steps"
    return panels.matrices("map", label, [block], scale=STARTS, digits=0)


def _values(name):
    """Return the values that the control of this name has, in the order of the grid."""
    return [float(hidden) for hidden in GRID[name]] if name == "hidden" else [*WORDS[name]]


def _losses(run, steps):
    shown = np.unique(np.linspace(0, steps, ROWS).astype(int))
    losses = run.losses(steps)[shown]
    top = next((top for top in TOPS if top >= losses.max()), TOPS[-1])
    curve = panels.line(np.column_stack([shown, losses.clip(0, top)]), "curve", "loss")
    return panels.series("losses", f"Start {run.number:,}: the loss, step by step", ("step", 0, max(100, steps)), ("L", 0, top),
                         [curve], reads=True)  # fmt: skip


def _counted(settings):
    """Return the count of the chosen cell in words, with its interval."""
    cell, after = cell_of(settings), COUNTED[settings["counted"]]
    found = count(after, **cell)
    low, high = wilson(found)
    return (
        f"With {plural(cell['hidden'], 'hidden unit')}, {cell['activation']}, {settings['loss']}, {cell['optimizer']}, "
        f"η = {settings['learning_rate']} and first weights within ±{settings['spread']}, {found:,} of {STARTS:,} starts have "
        f"learned XOR after {after:,} steps, so of all starts {percent(low, 1)} to {percent(high, 1)} do, with 95% confidence"
    )


def _start(settings, run):
    ending = ENDINGS.get(settings["which"])
    if ending and not record()[ending][place(**cell_of(settings))]:
        return f"of the first {SEARCHED} none {'learns' if ending == 'learned' else 'is stuck'}, and start {run.number:,}"
    return f"start {run.number:,}"


def _fate(run, steps):
    """Return what is to be said of a run that is at its end."""
    if steps < run.end:
        return ""
    return ", and that is its end" if run.end == STEPS else ", and then its numbers grow beyond all bounds"


def _equations(settings, run, steps):
    after = COUNTED[settings["counted"]]
    found = count(after, **cell_of(settings))
    low, high = wilson(found)
    return [
        f"p = {found} / {STARTS} = {text(found / STARTS, 3)} of the starts have learned after {after:,} steps",
        f"(p + z²/2n ± z √(p (1 − p)/n + z²/4n²)) / (1 + z²/n) = {text(low, 3)} … {text(high, 3)}, with z = 1.96, n = {STARTS}",
        f"{_start(settings, run)}, step {steps}: L = {compact(run.losses(steps)[-1])}{_fate(run, steps)}",
    ]
