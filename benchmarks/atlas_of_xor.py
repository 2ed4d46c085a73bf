"""Count how many of a thousand starts learn XOR, for each of some two thousand combinations of settings.

The counts stand in nnlib/data/atlas_of_xor.npz, which the figure *the atlas of XOR* shows, with an example of each ending:
the first start of a cell that has learned, and the first that is stuck. Tests train some of the starts again with nnlib. To
count anew, on every core of this machine, which takes hours, or on the cluster at an address:

    .venv/bin/python benchmarks/atlas_of_xor.py
    .venv/bin/python benchmarks/atlas_of_xor.py tcp://10.0.0.1:8786

Stopped, it goes on from _build/atlas_of_xor.jsonl and _build/atlas_of_xor_examples.jsonl. All starts of a cell are trained at
once: they are the last axis of each array. A start has learned XOR when all four answers are on the right side of one half.
"""

import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

import numpy as np

from nnlib.explorables.models.atlas import AFTER, GRID, SEARCHED, STARTS, STEPS, Y, place, starts
from nnlib.sweep import sweep

ROOT = Path(__file__).parent.parent
RECORD, FILE = ROOT / "nnlib" / "data" / "atlas_of_xor.npz", ROOT / "_build" / "atlas_of_xor.jsonl"
EXAMPLES = FILE.with_stem("atlas_of_xor_examples")
CHUNK = 250  # starts that fit into a core's own memory
FEW = 32  # of which most often one has learned and one is stuck


def learned(hidden, activation, loss, optimizer, learning_rate, spread):
    """Return how many starts have learned XOR after 1,000 steps, and after 10,000."""
    first = starts(hidden, spread)
    chunks = [first[i : i + CHUNK] for i in range(0, STARTS, CHUNK)]
    found = [[right.sum() for right in trained(chunk, activation, loss, optimizer, learning_rate)] for chunk in chunks]
    return np.sum(found, axis=0).tolist()


def example(cell):
    """Return the first start of a cell, its settings as a list, that has learned XOR after 10,000 steps, and the first not.

    They are counted from 1; 0 where there is none among those that are searched.
    """
    *how, spread = cell
    first, right = starts(cell[0], spread), np.empty(0, bool)
    for chunk in (first[:FEW], first[FEW:SEARCHED]):
        right = np.append(right, *trained(chunk, *how[1:], after=(STEPS,)))
        if right.any() and not right.all():
            break
    return [int(ending.argmax()) + 1 if ending.any() else 0 for ending in (right, ~right)]


def trained(parameters, activation, loss, optimizer, learning_rate, after=AFTER):
    """Train from these parameters, (starts, 4 hidden + 1); return which have learned XOR after so many steps each."""
    network, found = Starts(parameters, activation, loss, optimizer, learning_rate), []
    with np.errstate(all="ignore"):  # what diverges has not learned
        for step in range(max(after)):
            network.step()
            if step + 1 in after:
                found.append(network.right())
    return found


class Starts:
    """Networks 2-h-1, the last axis of every array, and one optimizer for all."""

    def __init__(self, parameters, activation, loss, optimizer, learning_rate):
        self.P = np.ascontiguousarray(parameters.T)
        h = (len(self.P) - 1) // 4
        self.G, self.one, self.two = np.empty_like(self.P), np.zeros_like(self.P), np.zeros_like(self.P)
        self.a, self.delta = (np.empty((4, h, self.P.shape[1])) for _ in range(2))
        self.parts = [self._parts(array, h) for array in (self.P, self.G)]
        self.phi, self.loss, self.rate, self.steps = activation, loss, learning_rate, 0
        self.descend = {"SGD": self._sgd, "momentum": self._momentum, "Adam": self._adam}[optimizer]

    @staticmethod
    def _parts(array, h):
        return array[:h], array[h : 2 * h], array[2 * h : 3 * h], array[3 * h : 4 * h], array[4 * h]

    def answers(self):
        """Return ŷ at the four corners, (4, starts)."""
        (u, v, b, w, c), a = self.parts[0], self.a
        a[0] = b
        np.add(v, b, out=a[1])
        np.add(u, b, out=a[2])
        np.add(u, a[1], out=a[3])
        if self.phi == "relu":
            np.maximum(a, 0, out=a)
        elif self.phi == "tanh":
            np.tanh(a, out=a)
        else:
            sigmoid(a)
        return sigmoid(np.einsum("nks,ks->ns", a, w) + c)

    def right(self):
        """Return which of them answer all four corners rightly, (starts,)."""
        return ((self.answers() >= 0.5) == Y).all(axis=0)

    def step(self):
        """Take one step on all four corners, for the mean of their losses."""
        (_, _, _, w, _), (du, dv, db, dw, dc) = self.parts
        y_hat, a, delta = self.answers(), self.a, self.delta
        out = (y_hat - Y) / 4
        if self.loss == "mse":
            out *= 2 * y_hat * (1 - y_hat)
        np.einsum("nks,ns->ks", a, out, out=dw)
        np.sum(out, axis=0, out=dc)
        np.multiply(w, out[:, None], out=delta)
        if self.phi == "relu":
            delta *= a > 0
        elif self.phi == "tanh":
            delta *= 1 - a * a
        else:
            delta *= a * (1 - a)
        np.add(delta[2], delta[3], out=du)
        np.add(delta[1], delta[3], out=dv)
        np.sum(delta, axis=0, out=db)
        self.steps += 1
        self.descend()

    def _sgd(self):
        self.G *= self.rate
        self.P -= self.G

    def _momentum(self):
        self.one *= 0.9
        self.one += self.G
        np.multiply(self.one, self.rate, out=self.G)
        self.P -= self.G

    def _adam(self, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.one += (1 - beta1) * (self.G - self.one)
        self.two += (1 - beta2) * (self.G**2 - self.two)
        corrected = np.sqrt(self.two / (1 - beta2**self.steps)) + epsilon
        self.P -= self.rate / (1 - beta1**self.steps) * self.one / corrected


def sigmoid(z):
    """Turn z into σ(z), in place, and return it."""
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    return np.reciprocal(z, out=z)


def recorded(counts, examples):
    """Return the arrays of the record, see `nnlib.explorables.models.atlas.record`.

    `counts` has (settings, counts) for each cell, `examples` ([settings as a list], [learned, stuck]) for those in which some
    have learned and some have not. Raises ValueError where a cell is missing, or an example is not what the counts say.
    """
    shape = tuple(map(len, GRID.values()))
    arrays = {"counts": np.full((*shape, len(AFTER)), -1), "learned": np.zeros(shape, int), "stuck": np.zeros(shape, int)}
    for settings, found in counts:
        arrays["counts"][place(**settings)] = found
    if missing := int((arrays["counts"] < 0).any(axis=-1).sum()):
        raise ValueError(f"{missing} of {np.prod(shape)} cells have not been counted: run this program to its end first.")
    last = arrays["counts"][..., -1]
    arrays["learned"][last == STARTS] = arrays["stuck"][last == 0] = 1
    for cell, (right, wrong) in examples:
        at = place(**dict(zip(GRID, cell, strict=True)))
        arrays["learned"][at], arrays["stuck"][at] = right, wrong
    if missing := int(((arrays["learned"] == 0) & (arrays["stuck"] == 0)).sum()):
        raise ValueError(f"the examples of {missing} cells are missing: run this program to its end first.")
    if (wrong := (arrays["learned"] > 0) & (last == 0) | (arrays["stuck"] > 0) & (last == STARTS)).any():
        raise ValueError(
            f"the examples of {wrong.sum()} cells are not what was counted: delete {EXAMPLES.name}, and run again."
        )
    made = {"program": "benchmarks/atlas_of_xor.py", "python": platform.python_version(), "numpy": np.__version__,
            "nnlib": version("nnlib"), "seeds": GRID["hidden"], "after": AFTER, "starts": STARTS}  # fmt: skip
    return {name: array.astype(np.uint16) for name, array in arrays.items()} | {k: np.array(v) for k, v in made.items()}


def main(address=None):
    """Count all, find the examples, and write the record."""
    FILE.parent.mkdir(exist_ok=True)
    if address:
        from distributed import Client

        with Client(address) as client:
            arrays = recorded(*counted(client.map))
    else:
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            arrays = recorded(*counted(lambda run, cells: [pool.submit(run, cell) for cell in cells]))
    np.savez(RECORD, **arrays)


def counted(spread):
    """Return the counts of all cells, and the examples of those in which some starts have learned and some have not."""
    how = {"map": spread, "wait": 3600, "progress": True}
    counts = [*sweep(learned, GRID, file=FILE, **how)]
    mixed = [[*settings.values()] for settings, (*_, last) in counts if 0 < last < STARTS]
    return counts, [(settings["cell"], found) for settings, found in sweep(example, {"cell": mixed}, file=EXAMPLES, **how)]


if __name__ == "__main__":
    main(*sys.argv[1:])
