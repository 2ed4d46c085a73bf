"""The data sets of the playground, with the laws of TensorFlow Playground (Smilkov and others, 2017) where it has them.

A law puts points on the plane from −6 to 6 and labels them: −1 and +1 for two classes, 0, 1 and 2 for three, and a number
of about −1 to 1 where a number is to be predicted. Noise ν, from 0 up, acts on the labels or on the points.
"""

import math
from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array

REACH = 6.0  # the plane is drawn from −6 to 6
HILLS = np.array([(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)])
LABELS, POINTS = "labels", "points"


class Law(NamedTuple):
    """A law of data.

    Examples
    --------
    >>> LAWS["circle"].kind, LAWS["circle"].noise_on
    ('two classes', 'labels')
    """

    kind: str  #: "two classes", "classes" or "numbers".
    count: int  #: How many points TensorFlow Playground draws, training and test points together.
    noise_on: str  #: On what noise acts in it: "labels" or "points".
    draw: object  #: Gives X (points, 2) and y (points,), from (count, noise, noise_on, rng).


def draw(law, count, noise, noise_on, rng) -> tuple[Array, Array]:
    """Return points X (count, 2) and labels y (count,) of a law by its name.

    Parameters
    ----------
    law : str
        A name in LAWS.
    count : int
    noise : float
        ν, from 0 up; in TensorFlow Playground it is 0 to 0.5.
    noise_on : str
        "labels" or "points".
    rng : numpy.random.Generator

    Examples
    --------
    >>> X, y = draw("exclusive or", 500, 0.0, "labels", np.random.default_rng(0))
    >>> bool((y == np.sign(X[:, 0] * X[:, 1])).all())
    True
    """
    return LAWS[law].draw(count, noise, noise_on, rng)


def circle(count, noise, noise_on, rng):
    """Return a disk of radius 2.5, +1, in a ring from 3.5 to 5, −1."""
    inner = count // 2
    radius = np.concatenate([rng.uniform(0, 2.5, inner), rng.uniform(3.5, 5, count - inner)])
    angle = rng.uniform(0, 2 * math.pi, count)
    points = radius[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    return _placed(points, lambda p: np.where(np.hypot(*p.T) < 2.5, 1.0, -1.0), noise_on, rng, 5 * noise)


def exclusive_or(count, noise, noise_on, rng):
    """Return four squares, pushed 0.3 away from the axes: +1 where the signs of x₁ and x₂ are the same."""
    points = rng.uniform(-5, 5, (count, 2))
    points += np.where(points > 0, 0.3, -0.3)
    return _placed(points, lambda p: np.where(p[:, 0] * p[:, 1] >= 0, 1.0, -1.0), noise_on, rng, 5 * noise)


def two_clouds(count, noise, noise_on, rng):
    """Return normal points around (2, 2), +1, and around (−2, −2), −1; noise makes their variance 0.5 + 7 ν."""
    y = np.where(np.arange(count) < count // 2, 1.0, -1.0)
    spread = math.sqrt(0.5 + 7 * noise) if noise_on == POINTS else math.sqrt(0.5)
    points = 2 * y[:, None] + spread * rng.standard_normal((count, 2))
    return points, _flipped(y, noise, noise_on, rng, (1.0, -1.0))


def spiral(count, noise, noise_on, rng):
    """Return two arms, +1 and −1, each of 1.75 turns and up to radius 5."""
    points, arm = _arms(count, 2, 1.75, noise, noise_on, rng)
    return points, _flipped(1.0 - 2.0 * arm, noise, noise_on, rng, (1.0, -1.0))


def three_arms(count, noise, noise_on, rng):
    """Return three arms, 0, 1 and 2, each of one turn; TensorFlow Playground has nothing like them."""
    points, arm = _arms(count, 3, 1.0, noise, noise_on, rng)
    return points, _flipped(arm, noise, noise_on, rng, (0, 1, 2))


def plane(count, noise, noise_on, rng):
    """Return the number (x₁ + x₂) / 10."""
    points = rng.uniform(-REACH, REACH, (count, 2))
    return _placed(points, lambda p: p.sum(axis=1) / 10, noise_on, rng, REACH * noise)


def hills(count, noise, noise_on, rng):
    """Return the heights of six hills and hollows, 1 − distance / 2 of the nearest or 0."""
    points = rng.uniform(-REACH, REACH, (count, 2))
    return _placed(points, _height, noise_on, rng, REACH * noise)


def _height(points):
    far = np.hypot(points[:, None, 0] - HILLS[:, 0], points[:, None, 1] - HILLS[:, 1])
    nearest = far.argmin(axis=1)
    return HILLS[nearest, 2] * np.maximum(0.0, 1 - far[np.arange(len(points)), nearest] / 2)


def _placed(points, label, noise_on, rng, most):
    """Return points and labels that depend on the place: of the shifted points, or of these, which are shifted then."""
    shifted = points + rng.uniform(-most, most, points.shape)
    return (points, label(shifted)) if noise_on == LABELS else (shifted, label(points))


def _arms(count, arms, turns, noise, noise_on, rng):
    arm = np.arange(count) * arms // count
    along = (np.arange(count) - np.ceil(arm * count / arms)) * arms / count
    angle = 2 * math.pi * (turns * along + arm / arms)
    points = 5 * along[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    shift = rng.uniform(-noise, noise, points.shape)
    return points + shift if noise_on == POINTS else points, arm


def _flipped(y, noise, noise_on, rng, labels):
    """Return labels of which a share ν, where noise acts on them, is drawn anew."""
    if noise_on == POINTS:
        return y
    return np.where(rng.random(len(y)) < noise, rng.choice(labels, len(y)), y)


#: The laws by their names.
LAWS = {
    "circle": Law("two classes", 500, LABELS, circle),
    "exclusive or": Law("two classes", 500, LABELS, exclusive_or),
    "two clouds": Law("two classes", 500, POINTS, two_clouds),
    "spiral": Law("two classes", 500, POINTS, spiral),
    "three arms": Law("classes", 500, POINTS, three_arms),
    "plane": Law("numbers", 1200, LABELS, plane),
    "hills": Law("numbers", 1200, LABELS, hills),
}
