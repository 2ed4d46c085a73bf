"""Controls that are set in a panel, by drawing: points on a plane, and a drawing on a pad."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnlib.arrays import Array, as_numbers
from nnlib.explorables.controls.control import Control

MOST_POINTS = 400


@dataclass(eq=False)
class Points(Control):
    """Labeled points, rows of (x₁, x₂, −1 or +1), with x₁ and x₂ from `low` to `high`."""

    default: Array
    low: float
    high: float
    kind: ClassVar[str] = "points"

    def __post_init__(self):
        self.default = np.asarray(self.default, dtype=float)

    def check(self, value) -> Array:
        """Return the points, (points, 3); one that lies outside is moved to the edge."""
        numbers = as_numbers(value, self.name)
        if (numbers.size and numbers.shape[1:] != (3,)) or len(numbers) > MOST_POINTS:
            raise ValueError(
                f"{self.name} has shape {numbers.shape}, but a point is a row of three, (x1, x2, label), "
                f"and {MOST_POINTS} points are the most."
            )
        rows = numbers.reshape(-1, 3)
        if not np.isin(rows[:, 2], (-1, 1)).all():
            raise ValueError(f"{self.name} has labels {np.unique(rows[:, 2])}: the third number of a row is -1 or +1.")
        clipped = rows.copy()
        clipped[:, :2] = rows[:, :2].clip(self.low, self.high)
        return clipped

    def plain(self, value):
        """Return the points as lists."""
        return value.tolist()


@dataclass(eq=False)
class Drawing(Control):
    """A drawing in the shape of `default`: (rows, columns) numbers from 0 (paper) to 1 (ink)."""

    default: Array
    kind: ClassVar[str] = "drawing"

    def check(self, value) -> Array:
        """Return the ink, an array in the shape of the default."""
        image = as_numbers(value, self.name)
        if image.shape != self.default.shape:
            raise ValueError(f"{self.name} has shape {image.shape}, but a drawing has {self.default.shape}: give it that.")
        if image.min() < 0 or image.max() > 1:
            raise ValueError(
                f"{self.name} has values {image.min():g} … {image.max():g}, but ink goes from 0 (paper) to 1: scale them."
            )
        return image

    def plain(self, value):
        """Return the ink as lists."""
        return value.tolist()
