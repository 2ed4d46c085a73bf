"""Backprop, step by step: a 2-2-1 network on numbers of the reader's own, one operation at a time, forward and back."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.worked_example import (
    KEYS,
    STEPS,
    WEIGHTS,
    code_lines,
    differences,
    in_numbers,
    losses_over,
    program,
    work,
)
from nnlib.explorables.writing import scientific

STEP_COUNT = len(KEYS)
WEIGHT_ENDS = (-4.0, 4.0)
MAX_RATE = 20.0
LABELS = {"w11": "w₁₁", "w12": "w₁₂", "w21": "w₂₁", "w22": "w₂₂", "b1": "b₁", "b2": "b₂", "v1": "v₁", "v2": "v₂", "c": "c"}
KIND = {"w": "weight", "v": "weight", "b": "bias", "c": "bias"}
AT_FIRST = {"w11": 0.5, "w12": -0.7, "w21": -1.0, "w22": 0.6, "b1": 0.2, "b2": 0.1, "v1": 1.2, "v2": -0.8, "c": -0.3}
GRADIENT_TOLERANCE = 1e-6  # relative to the largest gradient: two that are no farther apart are the same
MIN_ERROR = 0.5  # the challenges: |ŷ − y| is at least this, where the output is to be wrong,
MIN_OUTPUT_WEIGHT = 1.0  # |v₁| and |v₂| are at least this,
MAX_SILENT_DELTA = 0.001  # and |δ₁| and |δ₂| less than this;
MIN_LEARNING_DELTA = 0.01  # |δ₁| and |δ₃| are at least this, where v₁ is to be idle and both neurons learn
VANISHING, IDLE, TOO_FAR = "a gradient that vanishes", "an idle weight", "a step too far"
NEVER_IDLE = {  # with these the idle weight can't be found, and why
    "sigmoid": "The output of a sigmoid is never 0: choose another φ.",
    "relu": "Where the output of a ReLU is 0, its slope is 0 too, and neuron 1 does not learn: choose another φ.",
}


class BackpropStepByStep(Explorable):
    name = "backprop_step_by_step"
    title = "Backprop, step by step"
    trains = True  # its state is how many of the steps are done
    pace = 1500
    controls = (
        number("x1", "input x₁", 0.8, -2, 2, 0.05),
        number("x2", "input x₂", -0.4, -2, 2, 0.05),
        number("y", "target y", 1.0, 0, 1, 0.05),
        *(number(name, f"{KIND[name[0]]} {LABELS[name]}", value, *WEIGHT_ENDS, 0.05) for name, value in AT_FIRST.items()),
        choice("activation", "hidden φ", ("sigmoid", "tanh", "relu")),
        choice("loss", "loss", ("mse", "binary_cross_entropy")),
        number("learning_rate", "learning rate η", 1.0, 0.1, MAX_RATE, 0.1),
        choice("task", "task", (VANISHING, IDLE, TOO_FAR)),
    )  # fmt: skip
    more = {"All weights and biases": tuple(AT_FIRST)}
    presets = {
        "the worked example": {"x1": 0.8, "x2": -0.4, "y": 1.0, **AT_FIRST},
        "twins": {**AT_FIRST, "w12": 0.5, "w22": -1.0, "b2": 0.2, "v2": 1.2},
        "all weights zero": dict.fromkeys(WEIGHTS, 0.0),
        "a saturated output": {**AT_FIRST, "v1": -2.5, "v2": -2.0, "c": -2.5},
    }

    def start(self, settings):
        return {"done": 0}

    def advance(self, state, settings, steps):
        return {"done": min(STEP_COUNT, state["done"] + steps)}

    def finished(self, settings, state):
        return state["done"] == STEP_COUNT

    def picture(self, settings, state):
        numbers, done = work(settings), state["done"]
        known, now = set(KEYS[:done]), _now(settings, done)
        lines, keys = code_lines(settings)
        return [
            panels.network("graph", "Values, and gradients in purple; in a neuron z above a",
                           *_graph(settings, numbers, known), gaps=(1, 1, 0.5), aspect=2.5, wide=True),
            panels.equations("now", "This step: the rule, the numbers, the code", _lines(now, settings, numbers, lines, keys),
                             keys=[*[now and now.key] * 3, None], lit=now and now.key, wide=True),
            panels.table("check", "Every gradient, and its judge; differences relative to the largest",
                         ("∂L/\u2060∂", "backprop", "finite difference", "relative difference"),
                         [_row(name, settings, numbers, known, now) for name in KEYS if name in WEIGHTS]),
            _slope(settings, numbers, known, now.focus if now else "w11"),
            panels.equations("code", "All of it in NumPy", lines, keys=keys, code=True, wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        now = _now(settings, state["done"])
        line = now and in_numbers(now, settings, work(settings))
        if now is None:
            waits = f"A network with {len(WEIGHTS)} weights waits"
            return f"{waits}: {STEP_COUNT} steps lead to its output, its loss and every gradient."
        return f"Step {state['done']} of {STEP_COUNT}, {now.part}: {now.rule}{' ' if line[0] == '=' else ', '}{line}."

    def challenge(self, settings, state):
        numbers = work(settings)
        if settings["task"] == VANISHING:
            off, most = abs(numbers["y_hat"] - settings["y"]), max(abs(numbers["d1"]), abs(numbers["d2"]))
            task = (
                f"With |ŷ − y| of at least {MIN_ERROR}, and v₁ and v₂ at least {MIN_OUTPUT_WEIGHT:.0f} in size, let hardly "
                f"any gradient reach the hidden neurons, |δ₁| and |δ₂| below {MAX_SILENT_DELTA}; now they are "
                f"{scientific(off)} and {scientific(most)}."
            )
            large = min(abs(settings["v1"]), abs(settings["v2"])) >= MIN_OUTPUT_WEIGHT
            return task, off >= MIN_ERROR and large and most < MAX_SILENT_DELTA
        if settings["task"] == IDLE:
            idle, learning = numbers["v1"], min(abs(numbers["d1"]), abs(numbers["d3"]))
            task = (
                f"Make the weight v₁ idle while both of its ends learn: ∂L/∂v₁ = 0, and |δ₁| and |δ₃| at least "
                f"{MIN_LEARNING_DELTA}; now they are {scientific(idle)} and at least {scientific(learning)}."
            )
            if settings["activation"] in NEVER_IDLE:
                return f"{task} {NEVER_IDLE[settings['activation']]}", False
            return task, abs(idle) < 1e-12 and learning >= MIN_LEARNING_DELTA
        task = (
            f"Downhill, and yet higher: find a target and a learning rate with which the step makes the loss larger; "
            f"now it goes from {scientific(numbers['L'])} to {scientific(numbers['after'])}."
        )
        return task, numbers["after"] > numbers["L"] + 1e-6

    def code(self, settings, steps):
        return program(settings, steps)


def _graph(settings, numbers, known):
    """Return the nodes and edges, each number where it belongs as soon as it is known."""

    def got(name):
        return numbers[name] if name in known else None

    def neuron(label, z, a, delta):
        return panels.node(label, got(a), before=got(z), gradient=got(delta), key=f"{z} {a} {delta} da{z[1:]}")

    def weight(source, target, name):
        passes = f"z{name[-1]}" if source[0] == 0 else "z3"  # the sum that it is a term of
        if name[0] == "v":
            passes += f" da{name[-1]}"  # what goes back along it
        return panels.edge(source, target, settings[name], LABELS[name], sets=name, gradient=got(name), key=f"{name} {passes}")

    layers = [
        [panels.node("x₁", settings["x1"]), panels.node("1", 1), panels.node("x₂", settings["x2"])],
        [neuron("h₁", "z1", "a1", "d1"), panels.node("1", 1), neuron("h₂", "z2", "a2", "d2")],
        [panels.node("ŷ", got("y_hat"), before=got("z3"), gradient=got("d3"), key="z3 y_hat dy d3")],
        [panels.node("L", got("L"), key="L dy update")],
    ]
    edges = [
        weight((0, 0), (1, 0), "w11"), weight((0, 0), (1, 2), "w12"), weight((0, 1), (1, 0), "b1"),
        weight((0, 1), (1, 2), "b2"), weight((0, 2), (1, 0), "w21"), weight((0, 2), (1, 2), "w22"),
        weight((1, 0), (2, 0), "v1"), weight((1, 1), (2, 0), "c"), weight((1, 2), (2, 0), "v2"),
        panels.edge((2, 0), (3, 0), None, "", key="L dy"),
    ]  # fmt: skip
    return layers, edges


def _now(settings, done):
    """Return the step that was done last, None before the first."""
    return STEPS[settings["loss"]][done - 1] if done else None


def _lines(now, settings, numbers, code, keys):
    if now is None:
        return ["Press Step, or Play:", "  forward to the loss, then back to every weight,", "  one operation at a time", " "]
    line = next(line for line, found in zip(code, keys, strict=True) if now.key in found.split())
    return [now.rule, f"  {in_numbers(now, settings, numbers)}", f"  {line}", f"{now.part}: {now.words}"]


def _row(name, settings, numbers, known, now):
    """Return a row of the table: its numbers appear when backprop has found the gradient."""
    difference, error = differences(settings)[name]
    found = [scientific(numbers[name], 4), scientific(difference, 4), scientific(error)] if name in known else [""] * 3
    agreed = "right" if error < GRADIENT_TOLERANCE else "wrong"
    role = "now" if now and now.key == name else agreed if name in known else ""
    return panels.row([LABELS[name], *found], role=role, key=name)


def _slope(settings, numbers, known, name):
    """Return the loss as one weight changes, or as the step grows longer; where the gradient is known, with its tangent."""
    low, high, here = 0.0, MAX_RATE, settings["learning_rate"]
    at, loss, slope, label = 0.0, numbers["L"], -sum(numbers[weight] ** 2 for weight in WEIGHTS), "η, the length of the step"
    height = numbers["after"]
    if name in WEIGHTS:
        low, high, here = *WEIGHT_ENDS, settings[name]
        at, slope, label, height = here, numbers[name], f"{KIND[name[0]]} {LABELS[name]}", loss
    across = np.linspace(low, high, 61)
    curve = losses_over(settings, name, across)
    top = next(top for top in (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if max(*curve, height) <= top)
    lines = [panels.line(np.column_stack([across, curve]), "curve", "the loss L")]
    if name in known or name not in WEIGHTS:
        ends = np.array([low, high])
        lines.append(panels.line(np.column_stack([ends, loss + slope * (ends - at)]), "tangent", "its slope by backprop"))
    knob = panels.handle("probe", label, (here, height), {name: (1, 0, 0)})
    return panels.series("slope", "The loss as this one number changes, and the slope that backprop finds", (label, low, high),
                         ("L", 0, top), lines, handles=[knob])  # fmt: skip
