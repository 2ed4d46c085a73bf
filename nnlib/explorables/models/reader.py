"""A network that reads digits by anybody's pen, and how far a picture is from all that it was trained on.

Its weights are in nnlib/data/reader.npz: a page has no minute to wait for them. `make` says how they were made, and a test
makes them anew.
"""

from typing import NamedTuple

import numpy as np

from nnlib import datasets
from nnlib.arrays import Array
from nnlib.network import Network, mlp
from nnlib.optimizers import AdamW
from nnlib.training import train

SIZES = (64, 128, 64, 10)
WRITERS = 7494  # the pen digits by 30 people to train on; the others are by other people
ROUNDS = 20  # how often each pen digit is drawn, each time a little differently
STAGES = ((0.002, 16), (0.0005, 6), (0.0001, 3))  # learning rate and epochs
STEPS = 64  # a weight is stored in whole 64ths
REMEMBERED = 1000  # pen digits to compare a drawing with
INK_STEP = 4  # of what is remembered the ink is stored in whole fours, 0 … 16: it takes less room, and tells as much
HELD_OUT_SHARE = 0.985  # of the digits by other people are nearer than `far`
WIDTHS, PENS = (0.5, 0.75, 1.0), (1.2, 2.0, 2.8)  # that digits are held out in
NO_DIGITS = (
    *([0, bar, 100, bar, 50, bar, 50, 100, 50, 0] for bar in (40, 50, 60, 70)),  # crosses
    [0, 0, 100, 100, 50, 50, 0, 100, 100, 0],
    [0, 0, 100, 100, 50, 50, 0, 100, 100, 0, 50, 50, 0, 50, 100, 50],
    [0, 50, 100, 50],
    [50, 50, 50, 50],  # a dot
)


def reader() -> Network:
    """Return the trained network: it takes the ink in 8 × 8 cells, from 0 to 1."""
    network = mlp(SIZES, dtype=np.float64, rng=0)
    network.parameters[:] = datasets.stored("reader.npz")["parameters"] / STEPS
    return network


def scanned():
    """Return the scanned digits (X, y) to train on, and those that are held out."""
    return datasets.split(*datasets.digits(), (0.8, 0.2), rng=0)


def drawn(rng):
    """Return the pen digits to train on as pictures, (7494, 64): each with its own pen, width, slant and small errors.

    A one may be as narrow as a line; the data do not tell, as each digit in them is stretched to the same width.
    """
    X, y = (part[:WRITERS] for part in datasets.pen_digits())
    width = rng.uniform(0.35, 1.15, WRITERS)
    width[y == 1] *= rng.uniform(0, 1, np.count_nonzero(y == 1))
    points = X + rng.normal(0, 2, X.shape)
    return datasets.ink(points, width, pen=rng.uniform(0.8, 4.2, WRITERS), slant=rng.uniform(-0.3, 0.3, WRITERS))


def make() -> dict:
    """Return the arrays of reader.npz: the parameters, what a drawing is compared with, and from where on it is far."""
    rng = np.random.default_rng(0)
    (X, y), _ = scanned()
    pictures = [drawn(rng) for _ in range(ROUNDS)]
    labels = np.tile(datasets.pen_digits().y[:WRITERS], ROUNDS)
    X_train = np.concatenate([*pictures, *[X] * 12]) / 16
    y_train = np.concatenate([labels, *[y] * 12])
    network = mlp(SIZES, dropout=0.1, dtype=np.float64, rng=0)
    for stage, (rate, epochs) in enumerate(STAGES):
        how = {"loss": "cross_entropy", "optimizer": AdamW(rate, weight_decay=0.02), "epochs": epochs, "batch_size": 64}
        for _ in train(network, X_train, y_train, rng=stage, **how):
            pass
    return {"parameters": np.round(network.parameters * STEPS).astype(np.int16), **compared(pictures[0], X)}


def compared(pictures, scanned) -> dict:
    """Return some of the pictures trained on, pictures of no digit, and the distance of which 98.5 of 100 digits fall short."""
    known, others = map(_rounded, (np.concatenate([pictures[:REMEMBERED], scanned[::6]]), no_digits()))
    distances = np.concatenate([nearest(pictures, known) for pictures in held_out().values()])
    return {"known": known, "others": others, "far": np.quantile(distances, HELD_OUT_SHARE)}


def _rounded(pictures):
    return (INK_STEP * np.round(pictures / INK_STEP)).astype(np.uint8)


def held_out() -> dict:
    """Return the pen digits of the people whom the network has not seen, as pictures, by (width, pen)."""
    points = datasets.pen_digits().X[WRITERS:]
    return {(width, pen): datasets.ink(points, width, pen) for width in WIDTHS for pen in PENS}


def no_digits() -> Array:
    """Return pictures of crosses, lines and dots, each in several widths, pens and slants."""
    width, pen, slant = (a.ravel() for a in np.meshgrid([0.6, 0.9, 1.2], [1.2, 2.2, 4.2], [-0.15, 0.15]))
    return np.concatenate([datasets.ink([shape] * len(pen), width, pen, slant) for shape in NO_DIGITS])


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
    other: Array  #: From the nearest picture of a cross, a line or a dot, which are no digits.
    far: float  #: 98.5 of 100 digits by other people are nearer than this.

    @property
    def strange(self) -> Array:
        """Return which of the pictures are like no digit of the training: too far from all, or nearer to no digit."""
        return (self.near > self.far) | (self.near > self.other)


def likeness(pictures) -> Likeness:
    """Return how far each of the pictures, (samples, 64) with ink from 0 to 16, is from the digits of the training."""
    arrays = datasets.stored("reader.npz")
    return Likeness(nearest(pictures, arrays["known"]), nearest(pictures, arrays["others"]), float(arrays["far"]))
