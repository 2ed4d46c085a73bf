"""One neuron learns: twice the same neuron and the same example, taught by squared error and by cross-entropy."""

from functools import lru_cache

import numpy as np

from nnlib.activations import sigmoid, sigmoid_derivative
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.writing import plural, text
from nnlib.losses import LOSSES

MAX_STEPS = 300
ARRIVED_WITHIN = 0.1  # of the target, an output has arrived
WANTED_LEAD = 10  # a challenge: squared error takes so many times as many steps
MAX_RATE, USUAL_RATE = 5.0, 0.5
MIN_ERROR = 0.9  # the other challenge: from a start that is so wrong, squared error is as quick as cross-entropy at this rate
Z_REACH = 9.0  # of the axis: no start and no step leads beyond
NAMES = {"squared error": "mse", "cross-entropy": "binary_cross_entropy"}
Z = np.linspace(-Z_REACH, Z_REACH, 181)
LONGER, RESCUE = "ten times as many steps", "rescue squared error"
PROGRAM = """\
import numpy as np

from nnlib import SGD, mlp, train
from nnlib.losses import LOSSES

X, y = np.array([[1.0]]), np.array([{y}])
for loss in ("mse", "binary_cross_entropy"):
    neuron = mlp([1, 1], output="sigmoid", dtype=np.float64)
    neuron.layers[0].weights[:] = {weight}
    neuron.layers[0].bias[:] = {bias}
    for _ in range({steps}):
        list(train(neuron, X, y, loss=loss, optimizer=SGD({learning_rate}), epochs=1))
    y_hat = neuron.forward(X)[0]
    print(f"{{loss}}: output {{y_hat[0]:.9f}}, loss {{LOSSES[loss].value(y_hat, y):.9f}}")
"""


class OneNeuronLearns(Explorable):
    name = "one_neuron_learns"
    title = "One neuron learns"
    trains = True
    opening = 30  # one has arrived, the other has hardly begun to move
    pace = 60
    controls = (
        number("weight", "first weight w", 2.0, -4.5, 4.5, 0.1),
        number("bias", "first bias b", 2.0, -4.5, 4.5, 0.1),
        choice("y", "target y", ("0", "1")),
        number("learning_rate", "learning rate η", USUAL_RATE, 0.05, MAX_RATE, 0.01, scale="log"),
        choice("task", "task", (LONGER, RESCUE)),
    )
    presets = {"undecided": {"weight": 0.0, "bias": 0.0, "y": "0"}, "badly wrong": {"weight": 2.0, "bias": 2.0, "y": "0"},
               "nearly right": {"weight": -0.5, "bias": -1.0, "y": "0"}}  # fmt: skip

    def start(self, settings):
        return {"steps": 0}  # a run follows from its settings: when its start is dragged, it is redone from there

    def advance(self, state, settings, steps):
        return state if self.finished(settings, state) else {"steps": state["steps"] + steps}

    def finished(self, settings, state):
        return state["steps"] >= len(_run(settings)[0]) - 1

    def picture(self, settings, state):
        y, (z, losses, slopes) = int(settings["y"]), so_far(settings, state)
        highest = max(1.0, losses[0].max())
        count, shown, near = np.arange(len(z)), max(20, len(_run(settings)[0]) - 1), abs(y - ARRIVED_WITHIN)
        start = panels.handle("start", "start, which the bias shifts", (z[0, 0], slopes[0, 0]),
                              {"bias": (1, 0, -settings["weight"])})  # fmt: skip
        return [
            panels.series("outputs", "The outputs of both neurons", ("step", 0, shown), ("ŷ", 0, 1),
                          [*_pair(count, sigmoid(z)),
                           panels.line([[0, near], [shown, near]], "level", f"{ARRIVED_WITHIN} off")]),
            panels.series("losses", "Their losses, each by its own measure", ("step", 0, shown), ("L", 0, highest),
                          _pair(count, losses)),
            panels.series("pull", "Each step follows the slope in z", ("z", -Z_REACH, Z_REACH), ("∂L/∂z", -0.1 - y, 1.1 - y),
                          [*_slopes(y), *_pair(z, slopes)], handles=[start]),
            panels.table("neurons", "Where they are now", ("taught by", "ŷ", "∂L/∂z", "arrived"), _rows(settings, state)),
            panels.equations("equations", "One step, with the input x = 1", _equations(settings, z[-1], slopes[-1]), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        z, _, _ = so_far(settings, state)
        squared, cross = (text(a, 3) for a in sigmoid(z[-1]))
        return (
            f"After {plural(len(z) - 1, 'step')} toward the target {settings['y']}, the neuron taught by squared "
            f"error answers {squared} and the one taught by cross-entropy {cross}."
        )

    def challenge(self, settings, state):
        return self._longer(settings, state) if settings["task"] == LONGER else self._rescue(settings, state)

    def _longer(self, settings, state):
        squared, cross = arrivals(settings, state)
        task = f"Find a start from which squared error needs {WANTED_LEAD} times as many steps as cross-entropy"
        if not squared or not cross:
            late = f"; here it has not arrived after {MAX_STEPS}, where the run ends: begin nearer"
            return f"{task}{late if state['steps'] >= MAX_STEPS else ''}.", False
        now = f"; here it needs {squared}, and cross-entropy {cross}: {text(squared / cross, 1)} times as many."
        return task + now, squared >= WANTED_LEAD * cross

    def _rescue(self, settings, state):
        if abs(sigmoid(_run(settings)[0][0, 0]) - int(settings["y"])) < MIN_ERROR:
            return f"Choose a start that is badly wrong, with ŷ at least {MIN_ERROR} off; then rescue squared error.", False
        wanted, quickest = quickest_arrivals(settings)
        task = f"From this start, cross-entropy with η = {USUAL_RATE:g} needs {wanted} steps"
        if quickest is None or quickest > wanted:
            return f"{task}. Squared error cannot be so quick, even with η = {MAX_RATE:g}: begin a little less wrong.", False
        squared, _ = arrivals(settings, state)
        now = "" if squared is None else f" Now it needs {squared}."
        return f"{task}. Find a learning rate with which squared error needs just as many.{now}", squared == wanted

    def code(self, settings, steps):
        made = min(steps, len(_run(settings)[0]) - 1)
        return PROGRAM.format(**{name: settings[name] for name in ("y", "weight", "bias", "learning_rate")}, steps=made)


def values(z, y):
    """Return the losses and their slopes in z, at weighted sums z of the neurons taught by squared error and cross-entropy."""
    a, target = sigmoid(z), np.array([float(y)])
    squared, cross = (LOSSES[name] for name in NAMES.values())
    losses = squared.value(a[:1], target), cross.value(a[1:], target)
    slope = squared.gradient(a[:1], target) * sigmoid_derivative(z[:1], a[:1])
    return losses, (float(slope[0]), float(cross.delta(a[1:], target)[0]))


def so_far(settings, state):
    """Return z, L and ∂L/∂z of both neurons after each step that was made, (steps + 1, 2) each."""
    return _run(settings)[:, : state["steps"] + 1]


def arrivals(settings, state):
    """Return after how many steps each output was near its target for the first time, or None where it has not been yet."""
    near = abs(sigmoid(so_far(settings, state)[0]) - int(settings["y"])) < ARRIVED_WITHIN
    return [int(column.argmax()) if column.any() else None for column in near.T]


def quickest_arrivals(settings):
    """Return how many steps cross-entropy needs from this start with USUAL_RATE, and squared error with MAX_RATE, or None."""
    end = {"steps": MAX_STEPS}
    usual, fastest = (arrivals(settings | {"learning_rate": rate}, end) for rate in (USUAL_RATE, MAX_RATE))
    return usual[1], fastest[0]


@remembered("weight", "bias", "y", "learning_rate", most=8)
def _run(settings):
    """Return z, L and ∂L/∂z of both neurons, (3, steps + 1, 2), from the start until both have arrived or for MAX_STEPS."""
    z, y = np.full(2, settings["weight"] + settings["bias"]), int(settings["y"])
    run = [(z, *values(z, y))]
    while len(run) <= MAX_STEPS and (abs(sigmoid(z) - y) >= ARRIVED_WITHIN).any():
        # The weight, whose input is 1, and the bias each move by −η ∂L/∂z, and z by both.
        z = z - 2 * settings["learning_rate"] * np.array(run[-1][2])
        run.append((z, *values(z, y)))
    return np.array(run).swapaxes(0, 1)


@lru_cache(maxsize=2)
def _slopes(y):
    slopes = np.array([values(np.full(2, z), y)[1] for z in Z])
    return [panels.line(np.column_stack([Z, slope]), "old") for slope in slopes.T]


def _pair(x, pair):
    """Return a curve for each of the two neurons, out of the columns of `pair`."""
    return [panels.line(np.column_stack([x if x.ndim == 1 else x[:, i], pair[:, i]]), "points", label, key=NAMES[label])
            for i, label in enumerate(NAMES)]  # fmt: skip


def _rows(settings, state):
    z, _, slopes = so_far(settings, state)[:, -1]
    arrived = ["not yet" if steps is None else f"step {steps}" for steps in arrivals(settings, state)]
    return [
        panels.row([label, text(sigmoid(z)[i], 3), text(slopes[i], 3), when], role="" if when == "not yet" else "right",
                   key=NAMES[label])
        for i, (label, when) in enumerate(zip(NAMES, arrived, strict=True))
    ]  # fmt: skip


def _equations(settings, z, slopes):
    rate = settings["learning_rate"]
    return ["w ← w − η ∂L/∂z,  b ← b − η ∂L/∂z,  so z ← z − 2η ∂L/∂z"] + [
        f"{label}: z = {text(here)} ← {text(here)} − 2 · {rate:g} · ({text(slope, 3)}) = {text(here - 2 * rate * slope)}"
        for label, here, slope in zip(NAMES, z, slopes, strict=True)
    ]
