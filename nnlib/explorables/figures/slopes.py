"""Slopes: a point on any activation function, with its tangent, its value and its derivative."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import scientific, text
from nnlib.gradients import numerical_gradient
from nnlib.neuron import OF_ONE_NEURON

Z_ENDS = (-6.0, 6.0)
Z = np.sort(np.append(np.linspace(*Z_ENDS, 241), [-1e-9, 1e-9]))  # close on both sides of 0, where some functions jump or bend
MAX_FLAT_SLOPE = 0.01  # a slope below this passes on less than a hundredth of a change
# φ and φ′ as people write them, and the lowest and the highest value on the axis.
FORMULAS = {
    "identity": ("z", "1", -6, 6),
    "step": ("1 where z ≥ 0, else 0", "0", -0.5, 1.5),
    "sigmoid": ("1 / (1 + e⁻ᶻ)", "φ(z) (1 − φ(z))", -0.5, 1.5),
    "tanh": ("2σ(2z) − 1", "1 − φ(z)²", -1.5, 1.5),
    "relu": ("max(z, 0)", "1 where z > 0, else 0", -2, 6),
    "leaky_relu": ("z where z > 0, else 0.01 z", "1 where z > 0, else 0.01", -2, 6),
    "elu": ("z where z > 0, else eᶻ − 1", "1 where z > 0, else eᶻ", -2, 6),
    "gelu": ("z Φ(z), Φ: normal distribution", "Φ(z) + z Φ′(z)", -2, 6),
    "gelu_tanh": ("z σ(2u), u = √(2/π) (z + 0.044715 z³)", "σ(2u) + z σ′(2u) 2u′", -2, 6),
    "silu": ("z σ(z)", "σ(z) + z σ(z) (1 − σ(z))", -2, 6),
    "softplus": ("ln(1 + eᶻ)", "σ(z)", -2, 6),
}
KINKED = ("relu", "leaky_relu")  # at z = 0


class Slopes(Explorable):
    name = "slopes"
    title = "Slopes"
    controls = (
        choice("activation", "function φ", tuple(FORMULAS), default="sigmoid"),
        number("z", "weighted sum z", 1.5, *Z_ENDS, 0.05),
        choice("task", "task", ("the steepest place", "a saturated place", "a dead ReLU")),
    )

    def picture(self, settings, state):
        z, (a, slope) = settings["z"], _at(settings)
        function, derivative = OF_ONE_NEURON[settings["activation"]]
        low, high = FORMULAS[settings["activation"]][2:]
        ends = np.array(Z_ENDS)
        lines = [
            panels.line([[z, low], [z, a], [Z_ENDS[0], a]], "guide"),
            panels.line(np.column_stack([Z, function(Z)]), "curve", "φ(z)"),
            panels.line(np.column_stack([ends, a + slope * (ends - z)]), "tangent", "the tangent"),
        ]
        slopes = [
            panels.line([[z, -0.25], [z, slope], [Z_ENDS[0], slope]], "guide"),
            panels.line(np.column_stack([Z, derivative(Z)]), "curve", "φ′(z)"),
        ]
        points = [panels.handle("probe", f"point on the {of}", (z, y), {"z": (1, 0, 0)})
                  for of, y in (("function", a), ("derivative", slope))]  # fmt: skip
        return [
            panels.series("function", "The function φ, with its tangent at z", ("z", *Z_ENDS), ("φ(z)", low, high), lines,
                          handles=points[:1], aspect=2.2, wide=True),
            panels.series("derivative", "The slope of the tangent: the derivative φ′", ("z", *Z_ENDS), ("φ′(z)", -0.25, 1.25),
                          slopes, handles=points[1:], aspect=3.2, wide=True),
            panels.equations("equations", "The same in numbers", _equations(settings, a, slope), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        a, slope = _at(settings)
        return (
            f"At z = {text(settings['z'])}, {settings['activation']} is {scientific(a)} and its slope is {scientific(slope)}: "
            f"a small change of z changes the output {scientific(slope)} times as much."
        )

    def challenge(self, settings, state):
        name, z, (_, slope) = settings["activation"], settings["z"], _at(settings)
        slopes = OF_ONE_NEURON[name].derivative(Z)
        if settings["task"] == "the steepest place":
            task = f"Drag the point to where {name} is steepest; here its slope is {text(slope, 3)}."
            if slopes.max() == 0:
                task = f"{name} is flat on both sides of its jump, and the jump has no slope: choose another function."
            return task, slopes.max() > 0 and slope >= 0.99 * slopes.max()
        if settings["task"] == "a saturated place":
            task = f"Find where {name} is saturated: from there on outward, every slope is less than {MAX_FLAT_SLOPE} from 0."
            if (np.abs(slopes[[0, -1]]) >= MAX_FLAT_SLOPE).all():
                task = f"Between z = −6 and 6, {name} is saturated nowhere: choose a function that is."
            outward = slopes[z <= Z] if z > 0 else slopes[z >= Z]
            return task, max(abs(slope), *np.abs(outward)) < MAX_FLAT_SLOPE
        if name != "relu":
            return "Choose relu first: then find where it is dead, with a slope of exactly 0.", False
        return f"Find where relu is dead, with a slope of exactly 0; here it is {text(slope, 3)}.", slope == 0

    def code(self, settings, steps):
        return f"""\
from nnlib.activations import ACTIVATIONS
from nnlib.gradients import numerical_gradient

function, derivative = ACTIVATIONS[{settings["activation"]!r}]
z = {settings["z"]!r}
print(f"value: {{function(z):.9f}}")
print(f"slope: {{derivative(z):.9f}}")
print(f"by a finite difference: {{numerical_gradient(function, z):.6f}}")
"""


def _at(settings):
    """Return the value and the slope at z."""
    function, derivative = OF_ONE_NEURON[settings["activation"]]
    return float(function(settings["z"])), float(derivative(settings["z"]))


def _equations(settings, a, slope):
    name, z = settings["activation"], text(settings["z"])
    value, derived = FORMULAS[name][:2]
    return [
        f"φ(z) = {value}, and φ({z}) = {text(a, 4)}",
        f"φ′(z) = {derived}, and φ′({z}) = {text(slope, 4)}",
        _check(name, settings["z"]),
    ]


def _check(name, z):
    """Return the same slope in words, found without the derivative."""
    function = OF_ONE_NEURON[name].function
    if abs(z) < 1e-4 and name == "step":
        return "check: z = 0 is a jump, which has no slope; nnlib answers 0"
    if abs(z) < 1e-4 and name in KINKED:
        left, right = (text(numerical_gradient(function, z, side=side), 4) for side in ("left", "right"))
        return f"check: z = 0 is a kink, with the slope {left} to the left and {right} to the right; nnlib takes the left"
    return f"check: (φ(z + h) − φ(z − h)) / 2h = {text(numerical_gradient(function, z), 4)} with a tiny h"
