"""Tune a neuron: two weights and a bias, the boundary they draw, and the output at one probe point."""

import numpy as np

from nnlib.datasets import gate
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.neurons import OUTPUT_SCALES
from nnlib.explorables.writing import bracketed, literal, text
from nnlib.neuron import Neuron

PLANE = (-2.0, 2.0)  # both axes
PLANE_CELLS = 64
ARROW_SCALE = 0.3  # length of the weights' arrow on the plane, for each unit of weight
PROBE = "the probe"
WANTED_OUTPUT = (0.7, 0.8)  # at the probe, from here to here
MOST_OF_XOR = 3  # points that a line can get right
HIDDEN_LINE = Neuron([1.5, -2.5], bias=1.0, activation="step")


class TuneANeuron(Explorable):
    name = "tune_a_neuron"
    title = "Tune a neuron"
    controls = (
        number("w1", "weight w₁", 1.0, -6, 6, 0.1),
        number("w2", "weight w₂", 2.0, -6, 6, 0.1),
        number("bias", "bias b", 0.5, -6, 6, 0.1),
        choice("activation", "activation φ", tuple(OUTPUT_SCALES), default="sigmoid"),
        number("x1", "probe x₁", 1.0, *PLANE, 0.05),
        number("x2", "probe x₂", -1.2, *PLANE, 0.05),
        choice("task", "task", (PROBE, "AND", "OR", "NAND", "XOR", "hidden line")),
    )

    def picture(self, settings, state):
        neuron, probe = self._neuron(settings), self._probe(settings)
        z, a = neuron.net_input(probe), neuron(probe)
        cells = panels.grid(PLANE, PLANE, PLANE_CELLS)
        points = None
        if settings["task"] != PROBE:
            X, y = _task(settings["task"])
            points = panels.dots(X, 2 * y - 1, wrong=self._decisions(settings, X) != y)
        line = panels.line(panels.boundary(neuron.weights, neuron.bias, PLANE, PLANE), "boundary", "z = 0")
        return [
            panels.plane(
                "plane",
                "The output a over the plane",
                ("x₁", *PLANE),
                ("x₂", *PLANE),
                field=np.asarray(neuron(cells)).reshape(PLANE_CELLS, PLANE_CELLS),
                scale=OUTPUT_SCALES[settings["activation"]],
                lines=[line],
                points=points,
                handles=_handles(settings),
            ),
            panels.network("diagram", "The neuron, with the probe as its input", *_diagram(settings, z, a)),
            panels.equations("equations", "The same in numbers", _equations(settings, z, a)),
        ]

    def describe(self, settings, state):
        neuron, probe = self._neuron(settings), self._probe(settings)
        w1, w2, bias, x1, x2 = (text(settings[name]) for name in ("w1", "w2", "bias", "x1", "x2"))
        score = "" if settings["task"] == PROBE else f", and {self._score(settings)[0]}"
        return (
            f"With weights {w1} and {w2} and bias {bias}, the probe at ({x1}, {x2}) gives "
            f"z = {text(neuron.net_input(probe))} and the output a = {text(neuron(probe), 3)}{score}."
        )

    def challenge(self, settings, state):
        if settings["task"] == PROBE:
            a = self._neuron(settings)(self._probe(settings))
            low, high = WANTED_OUTPUT
            task = f"Bring the output at the probe to between {low} and {high}; now it is {text(a, 3)}."
            if settings["activation"] == "step":
                task = "A step knows only 0 and 1: choose another activation, and bring the output to between the two."
            return task, low <= a <= high
        score, done = self._score(settings)
        limit = f"; no line gets more than {MOST_OF_XOR}" if settings["task"] == "XOR" else ""
        return f"{settings['task']}: {score}{limit}.", done

    def code(self, settings, steps):
        w1, w2, bias, activation, x1, x2 = (literal(settings[control.name]) for control in self.controls[:6])
        return f"""\
from nnlib import Neuron

neuron = Neuron([{w1}, {w2}], bias={bias}, activation={activation})
probe = [{x1}, {x2}]
print(f"z = {{neuron.net_input(probe):.9f}}")
print(f"a = {{neuron(probe):.9f}}")
"""

    def _neuron(self, settings):
        return Neuron([settings["w1"], settings["w2"]], settings["bias"], settings["activation"])

    def _probe(self, settings):
        return np.array([settings["x1"], settings["x2"]])

    def _score(self, settings):
        """Return in words how many points of the task are on their side of the line, and whether all are."""
        X, y = _task(settings["task"])
        right = int((self._decisions(settings, X) == y).sum())
        words = "is on its side" if right == 1 else "are on their side"
        return f"{right} of {len(y)} points {words} of the line", right == len(y)

    def _decisions(self, settings, X):
        return self._neuron(settings).net_input(X) >= 0


def _task(task):
    """Return the points (samples, 2) and the labels, 0 or 1, of a task."""
    if task == "hidden line":
        X = np.random.default_rng(7).uniform(-1.8, 1.8, (30, 2))
        X = X[abs(HIDDEN_LINE.net_input(X)) > 0.6]  # a margin, so that hand and eye can meet it
        return X, np.asarray(HIDDEN_LINE(X)).astype(int)
    return gate(task)


def _handles(settings):
    w1, w2, bias = settings["w1"], settings["w2"], settings["bias"]
    handles = [
        panels.handle("probe", "probe point", (settings["x1"], settings["x2"]), {"x1": (1, 0, 0), "x2": (0, 1, 0)}),
        panels.handle("weights", "tip of the weights' arrow", (ARROW_SCALE * w1, ARROW_SCALE * w2),
                      {"w1": (1 / ARROW_SCALE, 0, 0), "w2": (0, 1 / ARROW_SCALE, 0)}, start=(0, 0)),
    ]  # fmt: skip
    foot = panels.foot((w1, w2), bias)
    if foot is not None:
        aside = foot + np.array([-w2, w1]) / np.hypot(w1, w2)  # one unit along the line, clear of the arrow
        handles.append(panels.handle("bias", "boundary, which the bias shifts", aside.clip(*PLANE), {"bias": (-w1, -w2, 0)}))
    return handles


def _diagram(settings, z, a):
    inputs = [panels.node("x₁", settings["x1"]), panels.node("x₂", settings["x2"]), panels.node("1", 1)]
    weights = [("w1", "w₁"), ("w2", "w₂"), ("bias", "b")]
    edges = [panels.edge((0, i), (1, 0), settings[name], label, sets=name) for i, (name, label) in enumerate(weights)]
    return [inputs, [panels.node("z", z)], [panels.node("a", a)]], [
        *edges,
        panels.edge((1, 0), (2, 0), None, settings["activation"]),
    ]


def _equations(settings, z, a):
    w1, w2, bias, x1, x2 = (bracketed(text(settings[name])) for name in ("w1", "w2", "bias", "x1", "x2"))
    return [
        "z = w₁x₁ + w₂x₂ + b",
        f"  = {w1}·{x1} + {w2}·{x2} + {bias} = {text(z)}",
        f"a = φ(z) = {settings['activation']}({text(z)}) = {text(a, 3)}",
    ]
