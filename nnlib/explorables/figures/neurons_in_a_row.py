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
WANTED = {"●": ((1.0, 1.0), 0.9), "■": ((-1.0, 0.5), 0.2)}
OUTPUT_TOLERANCE = 0.02
TWO_OUTPUTS, FALLING = "two given outputs", "fall where the hidden rises"


class NeuronsInARow(Explorable):
    name = "neurons_in_a_row"
    title = "Neurons in a row"
    controls = (
        number("w1", "weight w₁", 1.5, -6, 6, 0.1),
        number("w2", "weight w₂", -1.0, -6, 6, 0.1),
        number("bias", "bias b", 0.0, -6, 6, 0.1),
        number("v", "weight v", 2.0, -6, 6, 0.1),
        number("c", "bias c", -1.0, -6, 6, 0.1),
        choice("activation", "activation φ", tuple(OUTPUT_SCALES), default="sigmoid"),
        number("x1", "probe x₁", -0.5, *PLANE, 0.05),
        number("x2", "probe x₂", -1.0, *PLANE, 0.05),
        choice("task", "task", (TWO_OUTPUTS, FALLING)),
    )

    def picture(self, settings, state):
        hidden, output = neurons(settings)
        probe = np.array([settings["x1"], settings["x2"]])
        field = run(hidden, output, panels.grid(PLANE, PLANE, PLANE_CELLS))
        held = [panels.handle("probe", "probe point", probe, {"x1": (1, 0, 0), "x2": (0, 1, 0)})]
        points = None
        if settings["task"] == TWO_OUTPUTS:
            at = [place for place, _ in WANTED.values()]
            points = panels.dots(at, [1, -1], wrong=[abs(gap) > OUTPUT_TOLERANCE for gap in gaps(settings)])
        line = panels.line(panels.boundary(hidden.weights, hidden.bias, PLANE, PLANE), "boundary", "z = 0 of the hidden neuron")
        return [
            panels.plane("plane", "The output ŷ over the plane", ("x₁", *PLANE), ("x₂", *PLANE),
                         field=field.reshape(PLANE_CELLS, PLANE_CELLS), scale=OUTPUT_SCALES[settings["activation"]],
                         lines=[line], points=points, handles=held),
            panels.network("diagram", "The two neurons, with the probe as input", *_diagram(settings, probe)),
            panels.series("composed", "Both outputs, by the hidden weighted sum z", ("z", -8, 8),
                          ("output", *OUTPUT_ENDS[settings["activation"]]), _curves(settings, probe)),
            panels.equations("equations", "The same in numbers", _equations(settings, probe), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        hidden, output = neurons(settings)
        probe = [settings["x1"], settings["x2"]]
        course = f"{'rises' if settings['v'] > 0 else 'falls'} with the hidden neuron, along the same arrow"
        if settings["v"] == 0 or settings["w1"] == settings["w2"] == 0:
            course = "is the same all over the plane"
        return (
            f"At the probe ({text(probe[0])}, {text(probe[1])}) the hidden neuron gives {text(hidden(probe), 3)} and the "
            f"output {text(run(hidden, output, probe), 3)}; the output {course}."
        )

    def challenge(self, settings, state):
        if settings["task"] == TWO_OUTPUTS:
            parts = (f"{wanted} at {sign} (now {text(wanted + gap)})"
                     for (sign, (_, wanted)), gap in zip(WANTED.items(), gaps(settings), strict=True))  # fmt: skip
            done = (np.abs(gaps(settings)) <= OUTPUT_TOLERANCE).all()
            return f"Give the output {' and '.join(parts)}, to within {OUTPUT_TOLERANCE}.", bool(done)
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


def gaps(settings):
    """Return by how much the output differs from the wanted one at each of the two places."""
    return np.array([run(*neurons(settings), np.array(place)) - wanted for place, wanted in WANTED.values()])


def _curves(settings, probe):
    z = neurons(settings)[0].net_input(probe)
    a, answers = along(settings)
    low, high = OUTPUT_ENDS[settings["activation"]]
    return [
        panels.line([[z, low], [z, high]], "guide"),
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
