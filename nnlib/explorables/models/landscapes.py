"""Losses over two weights, small enough to draw: each with its gradient and its curvatures; valleys can be turned."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array, quiet
from nnlib.explorables import panels

PLANE = (-2.0, 2.0)  # both weights
PLANE_CELLS = 48
VALLEY, RAVINE = "narrow valley", "ravine"  # those that can be turned


class Landscape(NamedTuple):
    """A loss L of two weights: functions of w = (w₁, w₂), whose two rows may hold many places at once, (2, …)."""

    loss: Callable  #: Gives L, shape (…).
    gradient: Callable  #: Gives ∂L/∂w, shape (2, …).
    hessian: Callable  #: Gives the second derivatives at one place, (2, 2).
    formula: str  #: L as people write it.
    program: tuple  #: Gradient and loss as a program writes them, expressions of `w`.
    quadratic: bool = True  #: Whether the curvatures are the same everywhere.


def _quadratic(l1, l2, formula, program) -> Landscape:
    return Landscape(
        lambda w: (l1 * w[0] ** 2 + l2 * w[1] ** 2) / 2,
        lambda w: np.array([l1 * w[0], l2 * w[1]]),
        lambda w: np.diag([l1, l2]),
        formula,
        program,
    )


def _product_hessian(w):
    off = 4 * w[0] * w[1] - 2
    return np.array([[2 * w[1] ** 2, off], [off, 2 * w[0] ** 2]])


LANDSCAPES = {
    "round bowl": _quadratic(2.0, 2.0, "w₁² + w₂²", ("2 * w", "w @ w")),
    VALLEY: _quadratic(1.0, 10.0, "½ w₁² + 5 w₂²", ("np.array([1, 10]) * w", "w[0]**2 / 2 + 5 * w[1]**2")),
    RAVINE: _quadratic(1.0, 25.0, "½ w₁² + 12.5 w₂²", ("np.array([1, 25]) * w", "w[0]**2 / 2 + 12.5 * w[1]**2")),
    # The squared error of the network ŷ = w₁w₂x on the one sample x = 1, y = 1.
    "saddle": Landscape(
        lambda w: (w[0] * w[1] - 1) ** 2,
        lambda w: 2 * (w[0] * w[1] - 1) * w[::-1],
        _product_hessian,
        "(w₁w₂ − 1)²",
        ("2 * (w[0] * w[1] - 1) * w[::-1]", "(w[0] * w[1] - 1)**2"),
        quadratic=False,
    ),
    "two basins": Landscape(
        lambda w: (w[0] + 1) ** 2 * ((w[0] - 1) ** 2 + 0.25) / 2 + w[1] ** 2,
        lambda w: np.array([(w[0] + 1) * ((w[0] - 1) ** 2 + 0.25) + (w[0] + 1) ** 2 * (w[0] - 1), 2 * w[1]]),
        lambda w: np.diag([6 * w[0] ** 2 - 1.75, 2.0]),
        "½ (w₁ + 1)² ((w₁ − 1)² + ¼) + w₂²",
        (
            "np.array([(w[0] + 1) * ((w[0] - 1)**2 + 0.25) + (w[0] + 1)**2 * (w[0] - 1), 2 * w[1]])",
            "(w[0] + 1)**2 * ((w[0] - 1)**2 + 0.25) / 2 + w[1]**2",
        ),
        quadratic=False,
    ),
}


@lru_cache(maxsize=64)
def landscape(name, tilt=0.0) -> Landscape:
    """Return a landscape by its name; a valley is turned by `tilt` degrees, counterclockwise."""
    plain = LANDSCAPES[name]
    if name not in (VALLEY, RAVINE) or not tilt:
        return plain
    angle = np.radians(tilt)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    # Rounded, and below added number by number: else two machines differ in the last digit, which RMSProp may blow up.
    hessian = (turn @ plain.hessian(None) @ turn.T).round(10)
    (h11, h12), (_, h22) = hessian
    program = f"np.array({hessian.tolist()!r})"
    return Landscape(
        lambda w: plain.loss((turn.T @ w.reshape(2, -1)).reshape(w.shape)),
        lambda w: np.array([h11 * w[0] + h12 * w[1], h12 * w[0] + h22 * w[1]]),
        lambda w: hessian,
        f"{plain.formula.replace('w', 'u')}, with axes u turned by {tilt:.0f}°".replace("-", "−"),
        (f"({program} * w).sum(axis=1)", f"w @ {program} @ w / 2"),
    )


@lru_cache(maxsize=64)
def drawn(name, tilt=0.0):
    """Return the field of a landscape, the values of its colors, and its contours, for `panels.plane`."""
    loss = landscape(name, tilt).loss(panels.grid(PLANE, PLANE, PLANE_CELLS).T)
    return relief(loss.reshape(PLANE_CELLS, PLANE_CELLS), PLANE, PLANE)


def relief(loss, x, y) -> tuple[Array, tuple, Array]:
    """Return field, scale and contours of losses on a grid; the root lets low ground and high ground both be seen."""
    height = np.sqrt(loss)
    top = height.max()
    levels = top * np.arange(1, 10) / 10
    contours = np.concatenate([panels.contour(height, level, x, y) for level in levels])
    return height, (-2 * top, 0.0, 2 * top), contours


def walk(ground, start, optimizer, steps) -> tuple[Array, Array | None]:
    """Take steps downhill on a landscape from `start`, (2,); a step that would leave the box ends the walk.

    Returns the places, (steps + 1, 2) or fewer, and where the step that leaves would have led, or None.
    """
    w, slope = np.array(start, dtype=float), np.empty(2)
    places = [w.copy()]
    for _ in range(steps):
        slope[:] = ground.gradient(w)
        optimizer.step(w, slope)
        if not (np.abs(w) <= PLANE[1]).all():
            return np.array(places), w
        places.append(w.copy())
    return np.array(places), None


@quiet("divide", "over")
def edge(inside, outside) -> Array:
    """Return where the way from a place inside the box to one outside crosses its edge."""
    way = outside - inside
    share = np.min((np.sign(way) * PLANE[1] - inside)[way != 0] / way[way != 0])
    return inside + share * way
