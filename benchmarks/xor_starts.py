"""Count how many random starts learn XOR, and how that depends on activation, width, loss and learning rate.

The numbers stand in nnlib/data/xor_starts.json, where the chapter on backpropagation reads them; a test runs a sample of
the starts again. To count anew, in about ten minutes on one core:

    nice -n 19 .venv/bin/python benchmarks/xor_starts.py

A network has two inputs, one hidden layer and one sigmoid output. Its weights begin uniformly between −1 and 1, its biases
at 0. A step takes all four corners at once, and goes down the *sum* of their losses: half the squared error, or the
cross-entropy. (The mean over the corners that nnlib takes would need twice the rate for the squared error, and four times
the rate for the cross-entropy.) A start has learned XOR when all four answers are on the right side of one half.

NumPy is all that is used here: the counts owe nothing to nnlib, and can judge it.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np

RECORD = Path(__file__).parent.parent / "nnlib" / "data" / "xor_starts.json"
STARTS, CHUNK = 10_000, 500  # a chunk is trained at once, and has a seed of its own: its place
STEPS = (1_000, 3_000, 10_000)  # after which it is counted
ACTIVATIONS = ("sigmoid", "tanh", "relu")
LOSSES = ("mse", "binary_cross_entropy")
RATES = (0.1, 1.0)
HIDDEN = (2, 3, 4)
X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([[0.0], [1.0], [1.0], [0.0]])


def sigmoid(z):
    """Return σ(z), which for z far below 0 is 0 without a warning."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


#: Each activation, and its slope as a function of its output.
PHI = {
    "sigmoid": (sigmoid, lambda a: a * (1 - a)),
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda a: (a > 0).astype(float)),
}


def draw(hidden, starts, seed):
    """Return the first W, b, V and c of many networks; the last axis is that of the starts."""
    rng = np.random.default_rng(seed)
    W, V = rng.uniform(-1, 1, (2, hidden, starts)), rng.uniform(-1, 1, (hidden, starts))
    return W, np.zeros((hidden, starts)), V, np.zeros(starts)


def forward(phi, W, b, V, c):
    """Return hidden activations, (4, hidden, starts), and answers, (4, starts)."""
    a = phi(np.einsum("ni,iks->nks", X, W) + b)
    return a, sigmoid(np.einsum("nks,ks->ns", a, V) + c)


def train_from(activation, loss, rate, parameters, steps):
    """Return the parameters after so many steps down the sum of the losses of the four corners."""
    phi, slope = PHI[activation]
    W, b, V, c = parameters
    for _ in range(steps):
        a, y_hat = forward(phi, W, b, V, c)
        delta2 = y_hat - Y
        if loss == "mse":
            delta2 *= y_hat * (1 - y_hat)
        delta1 = delta2[:, None] * V * slope(a)
        V = V - rate * np.einsum("nks,ns->ks", a, delta2)
        c = c - rate * delta2.sum(axis=0)
        W = W - rate * np.einsum("ni,nks->iks", X, delta1)
        b = b - rate * delta1.sum(axis=0)
    return W, b, V, c


def learned(activation, hidden, loss, rate, starts, seed):
    """Return which starts have learned XOR after each number of STEPS, (len(STEPS), starts), and which have gone silent.

    A start has gone silent if at the end one of its hidden neurons is 0 at all four corners: a ReLU for which nothing is left
    to learn from.
    """
    parameters, done, seen = draw(hidden, starts, seed), 0, []
    for steps in STEPS:
        parameters, done = train_from(activation, loss, rate, parameters, steps - done), steps
        a, y_hat = forward(PHI[activation][0], *parameters)
        seen.append(((y_hat > 0.5) == Y).all(axis=0))
    return np.array(seen), (a == 0).all(axis=0).any(axis=0)


def count(activation, hidden, loss, rate):
    """Return a row of the record: how many starts have learned after each number of steps; how many failed, and are silent."""
    solved, silent = np.zeros(len(STEPS), int), 0
    for seed in range(STARTS // CHUNK):
        right, quiet = learned(activation, hidden, loss, rate, CHUNK, seed)
        solved, silent = solved + right.sum(axis=1), silent + (quiet & ~right[-1]).sum()
        if seed == 0:
            first = solved[-1]
    return {"activation": activation, "hidden": hidden, "loss": loss, "rate": rate, "learned": solved.tolist(),
            "of_the_first": int(first), "failed_and_silent": int(silent)}  # fmt: skip


def main():
    """Count all cases, say each, and write the record."""
    rows = []
    for loss, rate, hidden, activation in product(LOSSES, RATES, HIDDEN, ACTIVATIONS):
        rows.append(count(activation, hidden, loss, rate))
        print(rows[-1], flush=True)
    head = {"starts": STARTS, "chunk": CHUNK, "steps": STEPS}
    lines = ",\n".join(json.dumps(row) for row in rows)
    RECORD.write_text(f'{json.dumps(head)[:-1]}, "rows": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
