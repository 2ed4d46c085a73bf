"""Networks trained on two moons, one for each activation and some stages of its training, and both passes through them."""

from functools import cache

import numpy as np

from nnlib import datasets
from nnlib.losses import LOSSES
from nnlib.network import mlp
from nnlib.optimizers import Adam
from nnlib.training import train

SIZES = (2, 3, 3, 1)
ACTIVATIONS = ("sigmoid", "tanh", "relu")
EPOCHS = {"none": 0, "20 epochs": 20, "100 epochs": 100, "1,000 epochs": 1000}
PROGRAM = """\
import numpy as np

from nnlib import Adam, datasets, mlp, train
from nnlib.losses import LOSSES

X, labels = datasets.moons(120, noise=0.25, rng=2)
X, labels = 1.4 * (X - [0.5, 0.25]), labels[:, None].astype(float)
network = mlp({sizes}, activation={activation!r}, output="sigmoid", dtype=np.float64, rng=2)
if {epochs}:
    # One batch of all points: a training of 1,000 epochs passes through the shorter ones.
    for _ in train(network, X, labels, loss="mse", optimizer=Adam(0.02), epochs={epochs}, batch_size=len(X), rng=0):
        pass
x, y = np.array([[{x1!r}, {x2!r}]]), np.array([[{y!r}]])
outputs = network.trace(x)
delta, deltas = LOSSES["mse"].gradient(outputs[-1], y), []
for layer in reversed(network.layers):
    delta = layer.backward(delta)
    deltas.insert(0, delta)
for a in outputs[1::2]:
    print("a:", *(f"{{number:.9f}}" for number in a[0]))
for delta in deltas[1::2]:
    print("delta:", *(f"{{number:.9f}}" for number in delta[0]))
"""


@cache
def data():
    """Return two noisy moons in the middle of the plane: (X, labels)."""
    X, labels = datasets.moons(120, noise=0.25, rng=2)
    return 1.4 * (X - [0.5, 0.25]), labels


@cache
def trained():
    """Return the parameters of the networks by activation, one row for each of EPOCHS."""
    X, labels = data()
    found = {}
    for activation in ACTIVATIONS:
        network = mlp(SIZES, activation=activation, output="sigmoid", dtype=np.float64, rng=2)
        rows, y = [network.parameters.copy()], labels[:, None].astype(float)
        for epoch in train(network, X, y, loss="mse", optimizer=Adam(0.02), epochs=1000, batch_size=len(X), rng=0):
            if epoch.number in EPOCHS.values():
                rows.append(network.parameters.copy())
        found[activation] = np.array(rows)
    return found


def network_of(activation, settings, state):
    """Return the network with this activation, as far as the settings say that it is trained, until it is asked for again."""
    network = _kept(activation)
    network.parameters[:] = state[activation][list(EPOCHS).index(settings["trained"])]
    return network


@cache
def _kept(activation):
    return mlp(SIZES, activation=activation, output="sigmoid", dtype=np.float64, rng=0)  # its making takes most of a picture


def both_ways(network, settings, y):
    """Return x and the activations a of each layer, and ∂L/∂x and δ of each layer: two lists of (1, neurons)."""
    x, deltas = np.array([[settings["x1"], settings["x2"]]]), []
    outputs = network.trace(x)
    delta = LOSSES["mse"].gradient(outputs[-1], np.array([[y]]))
    for layer in reversed(network.layers):
        delta = layer.backward(delta)
        deltas.insert(0, delta)
    return [x, *outputs[1::2]], [deltas[0], *deltas[1::2]]
