"""Neurons in a row: two inputs, one hidden neuron, one output neuron. It predicts and learns nothing; you set the weights."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.neurons import OUTPUT_SCALES
from nnlib.explorables.writing import text
from nnlib.neuron import Neuron

PLANE = (-2.0, 2.0)  # both axes
PLANE_CELLS = 48
SUMS = np.sort(np.append(np.linspace(-8, 8, 161), [-1e-9]))  # of the hidden neuron; a step jumps between −1e−9 and 0
OUTPUT_ENDS = {"step": (-0.25, 1.25), "sigmoid": (-0.25, 1.25), "tanh": (-1.25, 1.25), "relu": (-1, 6), "identity": (-6, 6)}
PASSED = {"step": "jumps", "sigmoid": "passes ½", "tanh": "passes 0", "relu": "leaves 0", "identity": "passes 0"}
LEFT, RIGHT = (-1.0, 0.5), (1.0, 1.0)  # the two points of a task: ■ and ●
OWN_LINE, FALLING = "a line between the points", "fall where the hidden rises"


class NeuronsInARow(Explorable):
    name = "neurons_in_a_row"
    title = "Neurons in a row"
    controls = (
        number("w1", "weight w₁", 1.5, -6, 6, 0.1),
        number("w2", "weight w₂", -1.0, -6, 6, 0.1),
        number("bias", "bias b", 0.0, -6, 6, 0.1),
        number("v", "weight v", 2.0, -6, 6, 0.1),
        number("c", "bias c", -1.5, -6, 6, 0.1),
        choice("activation", "activation φ", tuple(OUTPUT_SCALES), default="sigmoid"),
        number("x1", "probe x₁", -0.5, *PLANE, 0.05),
        number("x2", "probe x₂", -1.0, *PLANE, 0.05),
        choice("task", "task", (OWN_LINE, FALLING)),
    )

    def picture(self, settings, state):
        hidden, output = neurons(settings)
        probe = np.array([settings["x1"], settings["x2"]])
        field = run(hidden, output, panels.grid(PLANE, PLANE, PLANE_CELLS))
        held = [panels.handle("probe", "probe point", probe, {"x1": (1, 0, 0), "x2": (0, 1, 0)})]
        points = None
        if settings["task"] == OWN_LINE:
            points = panels.dots([RIGHT, LEFT], [1, -1], wrong=[not right for right in on_their_sides(settings)])
        passes = boundary(settings)
        ends = [] if passes is None else panels.boundary(hidden.weights, hidden.bias - passes, PLANE, PLANE)
        lines = [
            panels.line(panels.boundary(hidden.weights, hidden.bias, PLANE, PLANE), "old", "z = 0 of the hidden neuron"),
            panels.line(ends, "boundary", f"ŷ {PASSED[settings['activation']]}: the network's boundary"),
        ]
        return [
            panels.plane("plane", "The output ŷ over the plane", ("x₁", *PLANE), ("x₂", *PLANE),
                         field=field.reshape(PLANE_CELLS, PLANE_CELLS), scale=OUTPUT_SCALES[settings["activation"]],
                         lines=lines, points=points, handles=held),
            panels.network("diagram", "The two neurons, with the probe as input", *_diagram(settings, probe)),
            panels.series("composed", "Both outputs, by the hidden weighted sum z", ("z", -8, 8),
                          ("output", *OUTPUT_ENDS[settings["activation"]]), _curves(settings, probe)),
            panels.equations("equations", "The same in numbers", _equations(settings, probe), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        hidden, output = neurons(settings)
        probe = [settings["x1"], settings["x2"]]
        passed = PASSED[settings["activation"]]
        course = f"{'rises' if settings['v'] > 0 else 'falls'} with the hidden neuron, along the same arrow, and "
        passes = boundary(settings)
        course += f"nowhere {passed}" if passes is None else f"{passed} where z = {text(passes)}"
        if constant(settings):
            course = "is the same all over the plane"
        return (
            f"At the probe ({text(probe[0])}, {text(probe[1])}) the hidden neuron gives {text(hidden(probe), 3)} and the "
            f"output {text(run(hidden, output, probe), 3)}; the output {course}."
        )

    def challenge(self, settings, state):
        if settings["task"] == OWN_LINE:
            if settings["activation"] == "step":
                task = "A hidden step says 0 or 1 and nothing between, so a solid line can only run along the dashed one"
                return f"{task}: choose another activation.", False
            sums = neurons(settings)[0].net_input(np.array([RIGHT, LEFT]))
            apart = (sums >= 0).sum() == 1
            now = "the dashed line separates them too" if apart else "the dashed line leaves them on one side"
            task = "Let the solid line, not the dashed one, pass between ● and ■, with ● where ŷ is large"
            return f"{task}; now {now}.", bool(not apart and on_their_sides(settings).all())
        if settings["w1"] == settings["w2"] == 0:
            return "Without weights the hidden neuron is the same everywhere: give it one, and then let the output fall.", False
        hidden, answers = along(settings)
        fall = answers[0] - answers[-1]
        task = "Let the output fall by at least half a unit where the hidden neuron rises"
        return f"{task}: now from {text(answers[0])} to {text(answers[-1])}.", bool(hidden[-1] > hidden[0] and fall >= 0.5)

    def code(self, settings, steps):
        w1, w2, bias, v, c, activation, x1, x2 = (repr(settings[control.name]) for control in self.controls[:8])
        return f"""\
from nnlib import Neuron

hidden = Neuron([{w1}, {w2}], bias={bias}, activation={activation})
output = Neuron([{v}], bias={c}, activation={activation})
a = hidden([{x1}, {x2}])
print(f"hidden: {{a:.9f}}")
print(f"output: {{output([a]):.9f}}")
"""


def neurons(settings):
    """Return the hidden and the output neuron."""
    hidden = Neuron([settings["w1"], settings["w2"]], settings["bias"], settings["activation"])
    return hidden, Neuron([settings["v"]], settings["c"], settings["activation"])


def run(hidden, output, x):
    """Return the output for one row `x` (2,), a float, or for a batch (samples, 2): shape (samples,)."""
    return output(np.asarray(hidden(x))[..., None])


def along(settings):
    """Return what the hidden and the output neuron give at each of the hidden weighted sums `SUMS`."""
    _, output = neurons(settings)
    a = Neuron([1], activation=settings["activation"])(SUMS[:, None])
    return a, output(a[:, None])


def boundary(settings):
    """Return the hidden weighted sum at which the output's own sum v a + c passes 0; None where it passes it nowhere."""
    v, c, name = settings["v"], settings["c"], settings["activation"]
    if name == "step":
        return 0.0 if (c >= 0) != (v + c >= 0) else None
    a = -c / v if v else None  # what the hidden neuron must give
    if a is None:
        return None
    if name == "relu":
        return a + 0.0 if a > 0 or (a == 0 and v > 0) else None
    if name == "sigmoid":
        return float(np.log(a / (1 - a))) if 0 < a < 1 else None
    if name == "tanh":
        return float(np.arctanh(a)) if -1 < a < 1 else None
    return a + 0.0


def on_their_sides(settings):
    """Return for ● and ■ whether the output's own sum is above 0 at the one, and is not at the other."""
    hidden, output = neurons(settings)
    sums = output.net_input(np.asarray(hidden(np.array([RIGHT, LEFT])))[:, None])
    return (sums > 0) == [True, False]


def constant(settings):
    """Say whether the output is the same everywhere."""
    return settings["v"] == 0 or settings["w1"] == settings["w2"] == 0


def _curves(settings, probe):
    z = neurons(settings)[0].net_input(probe)
    a, answers = along(settings)
    low, high = OUTPUT_ENDS[settings["activation"]]
    passes = boundary(settings)
    there = [] if passes is None else [[passes, low], [passes, high]]
    return [
        panels.line([[z, low], [z, high]], "guide"),
        panels.line([[0, low], [0, high]], "old", "z = 0"),
        panels.line(there, "boundary", f"ŷ {PASSED[settings['activation']]}"),
        panels.line(np.column_stack([SUMS, a]), "curve", "hidden a"),
        panels.line(np.column_stack([SUMS, answers]), "curve", "output ŷ"),
    ]


def _diagram(settings, probe):
    hidden, output = neurons(settings)
    a = hidden(probe)
    layers = [
        [panels.node("x₁", probe[0]), panels.node("x₂", probe[1]), panels.node("1", 1)],
        [panels.node("a", a), panels.node("1", 1)],
        [panels.node("ŷ", output([a]))],
    ]
    names = [((0, 0), (1, 0), "w1", "w₁"), ((0, 1), (1, 0), "w2", "w₂"), ((0, 2), (1, 0), "bias", "b"),
             ((1, 0), (2, 0), "v", "v"), ((1, 1), (2, 0), "c", "c")]  # fmt: skip
    return layers, [panels.edge(source, target, settings[name], label, sets=name) for source, target, name, label in names]


def _equations(settings, probe):
    hidden, output = neurons(settings)
    a, name = hidden(probe), settings["activation"]
    return [
        f"hidden: a = φ(w₁x₁ + w₂x₂ + b) = {name}({text(hidden.net_input(probe))}) = {text(a, 3)}",
        f"output: ŷ = φ(v a + c) = {name}({text(output.net_input([a]))}) = {text(output([a]), 3)}",
    ]
