"""A network that reads digits by anybody's pen, and how far a picture is from all that it was trained on.

Its weights are in nnlib/data/reader.npz: a page has no minute to wait for them. `make` says how they were made, and a test
makes them anew. What a drawing is compared with is drawn when it is first asked for, which takes a moment and no room.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from nnlib import datasets
from nnlib.arrays import Array
from nnlib.network import Network, mlp
from nnlib.optimizers import AdamW
from nnlib.training import train

SIZES = (64, 128, 64, 10)
WRITERS = 7494  # the pen digits by 30 people to train on; the others are by other people
ROUNDS = 40  # how often each pen digit is drawn, each time a little differently
STAGES = ((0.002, 12), (0.0005, 6), (0.0001, 3))  # learning rate and epochs
STEPS = 48  # a weight is stored in whole 48ths, in one byte
SCANNED_ROUNDS = 24  # how often the network sees each scanned digit meanwhile
REMEMBERED = 1000  # pen digits to compare a drawing with
KNOWN_SHARE = 6  # each sixth scanned digit is remembered as well
HELD_OUT_SHARE = 0.985  # of the digits by other people are nearer than `far`
WIDTHS, PENS = (0.5, 0.75, 1.0), (1.2, 2.0, 2.8)  # that digits are held out in
NO_DIGITS = (
    *([0, bar, 100, bar, 50, bar, 50, 100, 50, 0] for bar in (40, 50, 60, 70)),  # crosses
    [0, 0, 100, 100, 50, 50, 0, 100, 100, 0],
    [0, 0, 100, 100, 50, 50, 0, 100, 100, 0, 50, 50, 0, 50, 100, 50],
    [50, 0, 50, 100, 50, 50, 0, 25, 100, 75, 50, 50, 0, 75, 100, 25],  # a star
    [0, 50, 100, 50],
    [50, 50, 50, 50],  # a dot
)
DOTS = (2.0, 3.0, 4.0)  # the radius of dots in the corners, in cells of the paper


def reader() -> Network:
    """Return the trained network: it takes the ink in 8 × 8 cells, from 0 to 1."""
    network = mlp(SIZES, dtype=np.float64, rng=0)
    network.parameters[:] = datasets.stored("reader.npz")["parameters"] / STEPS
    return network


def scanned():
    """Return the scanned digits (X, y) to train on, and those that are held out."""
    return datasets.split(*datasets.digits(), (0.8, 0.2), rng=0)


def drawn(number, first=WRITERS):
    """Return the pen digits to train on as pictures, (7494, 64) or the `first` of them, as they are in one round.

    Each has its own pen, width, slant and small errors, in each round others. A one may be as narrow as a line; the data do
    not tell, as each digit in them is stretched to the same width.
    """
    rng = np.random.default_rng(number)
    X, y = (part[:WRITERS] for part in datasets.pen_digits())
    width = rng.uniform(0.35, 1.15, WRITERS)
    width[y == 1] *= rng.uniform(0, 1, np.count_nonzero(y == 1))
    points = X + rng.normal(0, 2, X.shape)
    pen, slant = rng.uniform(0.8, 4.2, WRITERS), rng.uniform(-0.3, 0.3, WRITERS)
    return datasets.ink(*(part[:first] for part in (points, width, pen, slant)))


def make() -> dict:
    """Return the arrays of reader.npz: the parameters, and the distance of which 98.5 of 100 digits fall short."""
    (X, y), _ = scanned()
    labels = np.tile(datasets.pen_digits().y[:WRITERS], ROUNDS)
    X_train = np.concatenate([*map(drawn, range(ROUNDS)), *[X] * SCANNED_ROUNDS]) / 16
    y_train = np.concatenate([labels, *[y] * SCANNED_ROUNDS])
    network = mlp(SIZES, dropout=0.1, dtype=np.float64, rng=0)
    for stage, (rate, epochs) in enumerate(STAGES):
        how = {"loss": "cross_entropy", "optimizer": AdamW(rate, weight_decay=0.02), "epochs": epochs, "batch_size": 64}
        for _ in train(network, X_train, y_train, rng=stage, **how):
            pass
    return {"parameters": np.round(network.parameters * STEPS).clip(-127, 127).astype(np.int8), "far": farthest()}


def farthest() -> float:
    """Return the distance of which 98.5 of 100 digits by other people fall short."""
    return float(np.quantile(np.concatenate([nearest(pictures, known()) for pictures in held_out().values()]), HELD_OUT_SHARE))


@cache
def known() -> Array:
    """Return some of the pictures trained on, which a drawing is compared with."""
    return np.concatenate([drawn(0, REMEMBERED), scanned()[0][0][::KNOWN_SHARE]])


def held_out() -> dict:
    """Return the pen digits of the people whom the network has not seen, as pictures, by (width, pen)."""
    points = datasets.pen_digits().X[WRITERS:]
    return {(width, pen): datasets.ink(points, width, pen) for width in WIDTHS for pen in PENS}


@cache
def no_digits() -> Array:
    """Return pictures of crosses, stars, lines and dots, each in several widths, pens and slants."""
    width, pen, slant = (a.ravel() for a in np.meshgrid([0.6, 0.9, 1.2], [1.2, 2.2, 4.2], [-0.15, 0.15]))
    lines = [datasets.ink([shape] * len(pen), width, pen, slant) for shape in NO_DIGITS]
    return np.concatenate([*lines, *map(corners, DOTS)])


def corners(radius) -> Array:
    """Return a picture (1, 64) of a dot in each corner of a square, as `datasets.fitted` squeezes it; radius in its cells."""
    side, half = datasets.FITTED_CELLS, datasets.WIDEST_CELLS / 2
    middles = np.abs(np.arange(side) + 0.5 - side / 2)
    across, down = middles / (2 * half / side) - (side / 2 - radius), middles[:, None] - (side / 2 - radius)
    cells = (radius + 0.5 - np.hypot(across, down)).clip(0, 1)
    return cells.reshape(8, 4, 8, 4).sum(axis=(1, 3)).reshape(1, 64)


def nearest(pictures, known) -> Array:
    """Return for each of the pictures, (samples, 64), how far the nearest one of `known` is.

    It is the length of the difference of the square roots of the ink, as shares: by the roots, faint ink counts too.
    """
    a, b = np.sqrt(np.reshape(pictures, (-1, 64)) / 16), np.sqrt(known / 16)
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return np.sqrt(squares.min(axis=1).clip(0))


class Likeness(NamedTuple):
    """How far pictures are from what the network was trained on, see `nearest`: one number for each of them."""

    near: Array  #: From the nearest of some 1,200 digits of the training.
    other: Array  #: From the nearest picture of a cross, a star, a line or dots, which are no digits.
    far: float  #: 98.5 of 100 digits by other people are nearer than this.

    @property
    def strange(self) -> Array:
        """Return which of the pictures are like no digit of the training: too far from all, or nearer to no digit."""
        return (self.near > self.far) | (self.near > self.other)


def likeness(pictures) -> Likeness:
    """Return how far each of the pictures, (samples, 64) with ink from 0 to 16, is from the digits of the training."""
    far = float(datasets.stored("reader.npz")["far"])
    return Likeness(nearest(pictures, known()), nearest(pictures, no_digits()), far)
