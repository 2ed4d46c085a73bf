"""Dot product: two arrows, their product, the angle between them, and the shadow of the one on the other."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import bracketed, text

PLANE = (-3.0, 3.0)  # both axes
PLANE_CELLS = 48
SHADOW_OFFSET = 0.12  # how far from the arrow w the shadow is drawn
MAX_PRODUCT = 13.0  # just above the product of the two longest arrows
ANGLES = np.linspace(-180, 180, 121)  # degrees
RIGHT_ANGLE, SAME_LENGTH, WIDE_ANGLE = "a right angle", "as large as can be", "large, at a wide angle"


class DotProduct(Explorable):
    name = "dot_product"
    title = "The dot product"
    controls = (
        number("w1", "w₁, across", 2.0, -2.5, 2.5, 0.1),
        number("w2", "w₂, up", 1.0, -2.5, 2.5, 0.1),
        number("x1", "x₁, across", 0.5, -2.5, 2.5, 0.1),
        number("x2", "x₂, up", 2.0, -2.5, 2.5, 0.1),
        choice("task", "task", (RIGHT_ANGLE, SAME_LENGTH, WIDE_ANGLE)),
    )

    def picture(self, settings, state):
        w, x = _arrows(settings)
        long_w, long_x, angle = _lengths_and_angle(w, x)
        lines = [panels.line(panels.boundary(w, 0.0, PLANE, PLANE), "boundary", "w · x = 0")]
        if long_w:
            unit = w / long_w
            foot = (unit @ x) * unit
            side = 1 if angle >= 0 else -1  # away from x, clear of the arrow w
            aside = SHADOW_OFFSET * np.array([unit[1], -unit[0]]) * side
            lines += [panels.line([x, foot], "guide"), panels.line([aside, foot + aside], "trail", "shadow of x")]
        handles = [panels.handle("w", "tip of w", w, {"w1": (1, 0, 0), "w2": (0, 1, 0)}, start=(0, 0), mark="w"),
                   panels.handle("x", "tip of x", x, {"x1": (1, 0, 0), "x2": (0, 1, 0)}, start=(0, 0), mark="x")]  # fmt: skip
        turned = np.column_stack([ANGLES, long_w * long_x * np.cos(np.radians(ANGLES))])
        turn = [
            panels.line([[angle, -MAX_PRODUCT], [angle, w @ x], [-180, w @ x]], "guide"),
            panels.line(turned, "curve", "x turned around"),
            panels.line([[angle, w @ x]], "points"),
        ]
        return [
            panels.plane("arrows", "Two arrows; the color is w · x for each tip of x", ("across", *PLANE),
                         ("up", *PLANE), field=(panels.grid(PLANE, PLANE, PLANE_CELLS) @ w).reshape(PLANE_CELLS, PLANE_CELLS),
                         scale=(-MAX_PRODUCT / 2, 0, MAX_PRODUCT / 2), lines=lines, handles=handles),
            panels.series("turn", "The product, as x turns around at its length", ("angle from w to x in degrees", -180, 180),
                          ("w · x", -MAX_PRODUCT, MAX_PRODUCT), turn, aspect=1.2),
            panels.equations("equations", "The same in numbers", _equations(w, x), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        w, x = _arrows(settings)
        angle = f", {text(abs(_lengths_and_angle(w, x)[2]), 0)} degrees apart," if w.any() and x.any() else ""
        return f"The arrows w = {_pair(w)} and x = {_pair(x)}{angle} have the dot product {text(w @ x)}."

    def challenge(self, settings, state):
        w, x = _arrows(settings)
        long_w, long_x, angle = _lengths_and_angle(w, x)
        if settings["task"] == RIGHT_ANGLE:
            task = "Make a right angle of two arrows, each at least 1 long, and look at the product."
            return task, bool(min(long_w, long_x) >= 1 and abs(abs(angle) - 90) < 1)
        if settings["task"] == SAME_LENGTH:
            task = f"Keep x about 2 long (now {text(long_x)}) and turn it until w · x is as large as it can be."
            return task, bool(long_w >= 1 and abs(long_x - 2) <= 0.1 and abs(angle) < 3)
        task = (
            f"Make w · x at least 4 with more than 60 degrees between the arrows (now {text(w @ x)}, {text(abs(angle), 0)}°)."
        )
        return task, bool(w @ x >= 4 and abs(angle) > 60)

    def code(self, settings, steps):
        w, x = (arrow.tolist() for arrow in _arrows(settings))
        return f"""\
import numpy as np

from nnlib import Neuron

w, x = np.array({w}), np.array({x})
neuron = Neuron(w, activation="identity")
print(f"dot product: {{w @ x:.9f}}")
print(f"a neuron without a bias: {{neuron(x):.9f}}")
print(f"lengths: {{np.linalg.norm(w):.9f}} and {{np.linalg.norm(x):.9f}}")
"""


def _arrows(settings):
    return np.array([settings["w1"], settings["w2"]]), np.array([settings["x1"], settings["x2"]])


def _lengths_and_angle(w, x):
    """Return both lengths, and the angle in degrees by which w must turn to point along x; 0 where an arrow has no length."""
    across = w[0] * x[1] - w[1] * x[0]
    return np.linalg.norm(w), np.linalg.norm(x), float(np.degrees(np.arctan2(across, w @ x)))


def _pair(arrow):
    return f"({text(arrow[0])}, {text(arrow[1])})"


def _equations(w, x):
    long_w, long_x, angle = _lengths_and_angle(w, x)
    w1, w2, x1, x2 = (bracketed(text(part)) for part in (*w, *x))
    shadow = f"{text(w @ x)} / {text(long_w)} = {text(w @ x / long_w)}" if long_w else "nothing, since w has no direction"
    return [
        f"w · x = w₁x₁ + w₂x₂ = {w1}·{x1} + {w2}·{x2} = {text(w @ x)}",
        f"w · x = ‖w‖ ‖x‖ cos α = {text(long_w)} · {text(long_x)} · cos {text(angle, 0)}° = {text(w @ x)}",
        f"shadow of x on w = w · x / ‖w‖ = {shadow}",
    ]
