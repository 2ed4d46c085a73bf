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
UNITS, ASPECT = 6.0, 1.85  # of height: half as many as of width, so that with the axes' margins a slope of 1 runs at 45 degrees
MAX_FLAT_SLOPE = 0.01  # a slope below this passes on less than a hundredth of a change
NEAR_THE_EDGE = 0.2  # so far from where saturation begins a place may be
FALLING = -0.05  # the largest slope of a place that clearly falls
# φ and φ′ as people write them, and the lowest value on the axis.
FORMULAS = {
    "identity": ("z", "1", -3),
    "step": ("1 where z ≥ 0, else 0", "0", -2.5),
    "sigmoid": ("1 / (1 + e⁻ᶻ)", "φ(z) (1 − φ(z))", -2.5),
    "tanh": ("2σ(2z) − 1", "1 − φ(z)²", -3),
    "relu": ("max(z, 0)", "1 where z > 0, else 0", -1),
    "leaky_relu": ("z where z > 0, else 0.01 z", "1 where z > 0, else 0.01", -1),
    "elu": ("z where z > 0, else eᶻ − 1", "1 where z > 0, else eᶻ", -1.5),
    "gelu": ("z Φ(z), Φ: normal distribution", "Φ(z) + z Φ′(z)", -1),
    "gelu_tanh": ("z σ(2u), u = √(2/π) (z + 0.044715 z³)", "σ(2u) + z σ′(2u) 2u′", -1),
    "silu": ("z σ(z)", "σ(z) + z σ(z) (1 − σ(z))", -1),
    "softplus": ("ln(1 + eᶻ)", "σ(z)", -1),
}
KINKED = ("relu", "leaky_relu")  # at z = 0
STEEPEST, SATURATED, FALLS = "the steepest place", "where saturation begins", "a place where it falls"
NO_STEEPEST = {  # functions that have no one steepest place, and why
    "identity": "identity is equally steep everywhere",
    "step": "step is flat on both sides of its jump, and the jump itself has no slope",
    "relu": "relu is equally steep wherever z is positive",
    "leaky_relu": "leaky_relu is equally steep wherever z is positive",
    "elu": "elu is equally steep wherever z is positive",
    "softplus": "softplus gets steeper forever, and its slope never quite reaches 1",
}


class Slopes(Explorable):
    name = "slopes"
    title = "Slopes"
    controls = (
        choice("activation", "function φ", tuple(FORMULAS), default="sigmoid"),
        number("z", "weighted sum z", 1.0, *Z_ENDS, 0.05),
        choice("task", "task", (STEEPEST, SATURATED, FALLS)),
    )

    def picture(self, settings, state):
        z, (a, slope) = settings["z"], _at(settings)
        function, derivative = OF_ONE_NEURON[settings["activation"]]
        low = FORMULAS[settings["activation"]][2]
        high = low + UNITS
        ends, run = np.array(Z_ENDS), -1.0 if z > Z_ENDS[1] - 1 else 1.0
        lines = [
            panels.line([[z, low], [z, a]], "guide"),
            panels.line([[z, a], [z + run, a], [z + run, a + run * slope]], "guide"),  # one across, the slope up
            panels.line(np.column_stack([Z, function(Z)]), "curve", "φ(z)"),
            panels.line(np.column_stack([ends, a + slope * (ends - z)]), "tangent", "the tangent"),
        ]
        slopes = [
            panels.line([[z, -0.25], [z, slope], [Z_ENDS[0], slope]], "guide"),
            panels.line(np.column_stack([Z, derivative(Z)]), "curve", "φ′(z)"),
        ]
        points = [panels.handle("probe", f"point on the {of}", (z, y), {"z": (1, 0, 0)})
                  for of, y in (("function", np.clip(a, low, high)), ("derivative", slope))]  # fmt: skip
        return [
            panels.series("function", "The function φ, with its tangent at z: 1 across, φ′(z) up", ("z", *Z_ENDS),
                          ("φ(z)", low, high), lines, handles=points[:1], aspect=ASPECT, wide=True),
            panels.series("derivative", "The slope of the tangent: the derivative φ′", ("z", *Z_ENDS), ("φ′(z)", -0.25, 1.25),
                          slopes, handles=points[1:], aspect=3.2, wide=True),
            panels.equations("equations", "The same in numbers", _equations(settings, a, slope), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        a, slope = _at(settings)
        return (
            f"At z = {text(settings['z'])}, {settings['activation']} is {scientific(a)} and its slope is {scientific(slope)}: "
            f"a small step of z moves the output {scientific(slope)} times as far."
        )

    def challenge(self, settings, state):
        name, z, (_, slope) = settings["activation"], settings["z"], _at(settings)
        slopes = OF_ONE_NEURON[name].derivative(Z)
        if settings["task"] == STEEPEST:
            if name in NO_STEEPEST:
                return f"{NO_STEEPEST[name]}: choose a function with one steepest place.", False
            return (
                f"Drag the point to where {name} is steepest; here its slope is {text(slope, 3)}.",
                slope >= 0.99 * slopes.max(),
            )
        if settings["task"] == SATURATED:
            edges = _edges(slopes)
            if name == "step":
                return "step is flat right up to its jump: choose a function that levels off.", False
            if not edges:
                return f"Between z = −6 and 6, {name} is saturated nowhere: choose a function that is.", False
            task = (
                f"Find where {name} begins to be saturated: the place nearest to 0 beyond which every slope is within "
                f"{MAX_FLAT_SLOPE} of 0; here it is {text(slope, 3)}."
            )
            return task, min(abs(z - edge) for edge in edges) <= NEAR_THE_EDGE
        if slopes.min() > FALLING:
            return f"{name} never falls: choose a function that does.", False
        return (
            f"Find a place where {name} falls, with a slope below {text(FALLING)}; here it is {text(slope, 3)}.",
            slope < FALLING,
        )

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


def _edges(slopes):
    """Return where a function with these slopes along `Z` begins to be saturated: one place, two or none."""
    steep = Z[np.abs(slopes) >= MAX_FLAT_SLOPE]
    ends = (steep.min(), steep.max()) if steep.size else Z_ENDS
    return [float(place) for place, end in zip(ends, Z_ENDS, strict=True) if place != end]


def _equations(settings, a, slope):
    name, z = settings["activation"], text(settings["z"])
    value, derived, _ = FORMULAS[name]
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
