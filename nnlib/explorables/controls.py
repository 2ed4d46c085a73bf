"""What a reader can set: each control has a name, a label, a default, its legal values, and a check of them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlib.arrays import Array, as_number, as_numbers, choose

MOST_POINTS = 400


@dataclass(frozen=True)
class Control:
    """One thing that can be set.

    Attributes
    ----------
    name, label : the setting's name in code, and in the figure
    kind : "number", "choice", "points" or "drawing"
    default : the value to begin with
    low, high, step : ends and step of a number; ends of both coordinates of points
    scale : "linear" or "log": how a slider runs from low to high
    options : the legal values of a choice
    """

    name: str
    label: str
    kind: str
    default: Any
    low: float = 0.0
    high: float = 1.0
    step: float = 0.0
    scale: str = "linear"
    options: tuple = ()

    def check(self, value):
        """Return the clean value, or raise ValueError or TypeError with what is legal."""
        if self.kind == "number":
            return as_number(value, self.name, self.low, self.high)
        if self.kind == "choice":
            choose(value, dict.fromkeys(self.options), self.name)
            return value
        if self.kind == "points":
            return _as_points(value, self)
        return _as_drawing(value, self)


def number(name, label, default, low, high, step, scale="linear") -> Control:
    """Return a control for a number from `low` to `high`."""
    return Control(name, label, "number", float(default), low, high, step, scale)


def choice(name, label, options, default=None) -> Control:
    """Return a control for one of `options`, the first of them unless `default` is given."""
    return Control(name, label, "choice", default or options[0], options=tuple(options))


def points(name, label, default, low, high) -> Control:
    """Return a control for labeled points, rows of (x₁, x₂, −1 or +1)."""
    return Control(name, label, "points", np.asarray(default, dtype=float), low, high)


def drawing(name, label, default) -> Control:
    """Return a control for a drawing: (rows, columns) numbers from 0 (paper) to 1 (ink)."""
    return Control(name, label, "drawing", default)


def _as_points(value, control) -> Array:
    numbers = as_numbers(value, control.name)
    if (numbers.size and numbers.shape[1:] != (3,)) or len(numbers) > MOST_POINTS:
        raise ValueError(
            f"{control.name} has shape {numbers.shape}, but a point is a row of three, (x1, x2, label), "
            f"and {MOST_POINTS} points are the most."
        )
    rows = numbers.reshape(-1, 3)
    if not np.isin(rows[:, 2], (-1, 1)).all():
        raise ValueError(f"{control.name} has labels {np.unique(rows[:, 2])}: the third number of a row is -1 or +1.")
    clipped = rows.copy()
    clipped[:, :2] = rows[:, :2].clip(control.low, control.high)
    return clipped


def _as_drawing(value, control) -> Array:
    image = as_numbers(value, control.name)
    if image.shape != control.default.shape:
        raise ValueError(
            f"{control.name} has shape {image.shape}, but a drawing has {control.default.shape}: give it that shape."
        )
    if image.min() < 0 or image.max() > 1:
        raise ValueError(
            f"{control.name} has values {image.min():g} … {image.max():g}, but ink goes from 0 (paper) to 1: scale them."
        )
    return image
