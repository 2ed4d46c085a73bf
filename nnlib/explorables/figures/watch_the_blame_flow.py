"""Watch the blame flow: a trained network, any input; activations go forward through it, and δ comes back."""

from functools import cache

import numpy as np

from nnlib import datasets
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import scientific, text
from nnlib.losses import LOSSES
from nnlib.network import mlp
from nnlib.optimizers import Adam
from nnlib.training import train

SIZES = (2, 3, 3, 1)
ACTIVATIONS = ("sigmoid", "tanh", "relu")
EPOCHS = {"none": 0, "20 epochs": 20, "100 epochs": 100, "1,000 epochs": 1000}
HIDDEN_NEURONS = SIZES[1] + SIZES[2]
PLANE = (-3.0, 3.0)  # both axes
PLANE_CELLS = 48
NEURON_CELLS = 16  # of the picture in a neuron
NEAREST = "of the nearest point"
DELTA_FLOOR, DELTA_TOP = 1e-8, 10.0  # the ends of the axis of |δ|; what is less stands at its foot
MIN_ERROR = 0.5  # the challenges: |ŷ − y| is at least this, where the network is to be wrong,
MAX_SILENT_DELTA = 0.001  # and every |δ| of the first layer less than this, and not 0;
MIN_LOUD_DELTA = 1.0  # some |δ| of the first layer is at least this;
MIN_DEAD_NEURONS = 5  # so many hidden neurons have a δ of exactly 0
NOBODY, GROWING, NO_WAY = "nobody's fault", "a gradient that grows", "no way back"
SEARCHED_CELLS = 61  # an axis of the grid of inputs that are tried, to know what is possible
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


class WatchTheBlameFlow(Explorable):
    name = "watch_the_blame_flow"
    title = "Watch the blame flow"
    controls = (
        number("x1", "input x₁", -0.5, *PLANE, 0.05),
        number("x2", "input x₂", -0.2, *PLANE, 0.05),
        choice("target", "target y", (NEAREST, "1", "0")),
        choice("activation", "hidden φ", ACTIVATIONS, default="tanh"),
        choice("trained", "training", tuple(EPOCHS), default="100 epochs"),
        choice("task", "task", (NOBODY, GROWING, NO_WAY)),
    )
    presets = {
        "on the border": {"x1": 0.0, "x2": 0.0, "target": "1"},
        "right and sure": {"x1": -1.5, "x2": 0.5, "target": "0"},
        "wrong and sure": {"x1": -1.5, "x2": 0.5, "target": "1"},
    }

    def start(self, settings):
        """Train the networks: in the book this is done once, when the page is built, and the page carries the result."""
        return {activation: rows.copy() for activation, rows in trained().items()}

    def picture(self, settings, state):
        X, labels = data()
        network, y = network_of(settings["activation"], settings, state), target(settings)
        outputs, deltas = both_ways(network, settings, y)
        seen = network.run(panels.grid(PLANE, PLANE, PLANE_CELLS)).reshape(PLANE_CELLS, PLANE_CELLS)
        wrong = (network.run(X)[:, 0] >= 0.5) != labels
        probe = panels.handle("probe", "input", (settings["x1"], settings["x2"]), {"x1": (1, 0, 0), "x2": (0, 1, 0)})
        return [
            panels.plane("plane", "Drag the input: ŷ over the plane, and the data", ("x₁", *PLANE), ("x₂", *PLANE), field=seen,
                         scale=(0, 0.5, 1), points=panels.dots(X, 2 * labels - 1, wrong=wrong), handles=[probe]),
            panels.network("forward", "Forward: a, with its picture over the plane; edges: w a",
                           *_forward(network, outputs), aspect=2.0),
            panels.network("backward", "Back: δ; edges: ∂L/∂w, thick where it is large",
                           *_backward(network, outputs, deltas), aspect=2.0),
            panels.equations("equations", "The same in numbers", _equations(outputs, deltas, y),
                             keys=[None, "layer3", "layer2", "layer1"]),
            panels.series("layers", "The largest |δ| in each layer, with each φ; 0 is the input", ("layer", 0, 3),
                          ("|δ|", DELTA_FLOOR, DELTA_TOP, "log"), _by_layer(settings, state, y)),
        ]  # fmt: skip

    def describe(self, settings, state):
        y = target(settings)
        outputs, deltas = both_ways(network_of(settings["activation"], settings, state), settings, y)
        sizes = ", ".join(scientific(size) for size in map(largest, deltas[:0:-1]))
        return (
            f"At ({text(settings['x1'])}, {text(settings['x2'])}) the network says {text(outputs[-1][0, 0])} where the target "
            f"is {text(y, 0)}; the largest δ of each layer, from the output back, is {sizes}."
        )

    def challenge(self, settings, state):
        y = target(settings)
        network = network_of(settings["activation"], settings, state)
        outputs, deltas = both_ways(network, settings, y)
        off, first, last = abs(float(outputs[-1][0, 0]) - y), largest(deltas[1]), largest(deltas[-1])
        if settings["task"] == NOBODY:
            task = (
                f"Find an input on which the network is wrong by {MIN_ERROR} or more, and yet no δ of the first layer reaches "
                f"{MAX_SILENT_DELTA}, though none is exactly 0; now it is wrong by {text(off)}, and the largest is "
                f"{scientific(first)}."
            )
        elif settings["task"] == GROWING:
            task = (
                f"A gradient can grow on its way: find an input whose largest δ in the first layer is {MIN_LOUD_DELTA:.0f} or "
                f"more, though the output's never reaches 0.3; now they are {scientific(first)} and {scientific(last)}."
            )
        else:
            silent = sum(int((delta == 0).sum()) for delta in deltas[1:-1])
            task = (
                f"Find an input on which the network is wrong by {MIN_ERROR} or more, and yet no gradient comes back through "
                f"{MIN_DEAD_NEURONS} of the {HIDDEN_NEURONS} hidden neurons: their δ is exactly 0; now it is wrong by "
                f"{text(off)}, and {silent} pass nothing on."
            )
        if not met(settings["task"], *everywhere(network, settings)).any():
            return f"{task} With this φ, training and target no input does it: change one of them.", False
        return task, bool(met(settings["task"], np.array([off]), deltas)[0])

    def code(self, settings, steps):
        names = {name: settings[name] for name in ("x1", "x2", "activation")}
        return PROGRAM.format(sizes=SIZES, epochs=EPOCHS[settings["trained"]], y=target(settings), **names)


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
    """Return the network trained as the settings say: the same object each time, overwritten by the next call."""
    network = _kept(activation)
    network.parameters[:] = state[activation][list(EPOCHS).index(settings["trained"])]
    return network


@cache
def _kept(activation):
    # Making it would take most of a picture's time.
    return mlp(SIZES, activation=activation, output="sigmoid", dtype=np.float64, rng=0)


def both_ways(network, settings, y):
    """Return x and the activations a of each layer, and ∂L/∂x and δ of each layer: two lists of (1, neurons)."""
    x, deltas = np.array([[settings["x1"], settings["x2"]]]), []
    outputs = network.trace(x)
    delta = LOSSES["mse"].gradient(outputs[-1], np.array([[y]]))
    for layer in reversed(network.layers):
        delta = layer.backward(delta)
        deltas.insert(0, delta)
    return [x, *outputs[1::2]], [deltas[0], *deltas[1::2]]


def target(settings) -> float:
    """Return the target y of the input."""
    if settings["target"] != NEAREST:
        return float(settings["target"])
    X, labels = data()
    return float(labels[((X - [settings["x1"], settings["x2"]]) ** 2).sum(axis=1).argmin()])


def everywhere(network, settings):
    """Return |ŷ − y|, (samples,), and ∂L/∂x and δ of each layer, (samples, neurons), for a grid of inputs."""
    x, y = searched(settings["target"])
    y_hat = network.forward(x)
    delta, deltas = LOSSES["mse"].gradient(y_hat, y) * len(x), []  # of each input by itself, not of their mean
    for layer in reversed(network.layers):
        delta = layer.backward(delta)
        deltas.insert(0, delta)
    return abs(y_hat - y)[:, 0], [deltas[0], *deltas[1::2]]


@cache
def searched(chosen):
    """Return the inputs that are tried, (samples, 2), and the target of each, (samples, 1)."""
    x = panels.grid(PLANE, PLANE, SEARCHED_CELLS)
    return x, np.array([[target({"target": chosen, "x1": x1, "x2": x2})] for x1, x2 in x.tolist()])


def met(task, off, deltas):
    """Return for which of some inputs a task is done: (samples,), true or false."""
    first = abs(deltas[1])
    if task == NOBODY:
        return (off >= MIN_ERROR) & (first.max(axis=1) < MAX_SILENT_DELTA) & (first.min(axis=1) > 0)
    if task == GROWING:
        return first.max(axis=1) >= MIN_LOUD_DELTA
    silent = sum((delta == 0).sum(axis=1) for delta in deltas[1:-1])
    return (off >= MIN_ERROR) & (silent >= MIN_DEAD_NEURONS)


def largest(delta) -> float:
    """Return the largest size in δ."""
    return float(np.abs(delta).max())


def _forward(network, outputs):
    cells = panels.grid(PLANE, PLANE, NEURON_CELLS)
    fields = [cells, *network.trace(cells)[1::2]]
    layers = [
        [panels.node(text(a), a, field=field.reshape(NEURON_CELLS, NEURON_CELLS), scale=_scale(field), key=f"layer{depth}")
         for a, field in zip(out[0], seen.T, strict=True)]
        for depth, (out, seen) in enumerate(zip(outputs, fields, strict=True))
    ]  # fmt: skip
    return layers, _edges(network, lambda depth, W: W * outputs[depth].T)


def _scale(field):
    """Return the colors' range: up to 1 the outputs' own, beyond as far as they go."""
    if field.min() >= 0 and field.max() <= 1:
        return 0, 0.5, 1
    end = max(1.0, abs(field).max())
    return -end, 0, end


def _backward(network, outputs, deltas):
    layers = [
        [panels.node(scientific(d), d, field=np.array([[shown(d) / 5]]), key=f"layer{depth}") for d in delta[0]]
        for depth, delta in enumerate(deltas)
    ]
    return layers, _edges(network, lambda depth, W: outputs[depth].T * deltas[depth + 1])


def shown(value):
    """Return a number as thick, or as full of color, as it is drawn: small ones larger, so that they are seen at all."""
    return np.sign(value) * 5 * np.sqrt(np.minimum(np.abs(value), 1))


def _edges(network, number_of):
    """Return the edges of all layers; `number_of` gives what an edge shows, (inputs, outputs), from its layer's weights."""
    dense = network.layers[::2]
    return [
        panels.edge((depth, i), (depth + 1, j), shown(values[i, j]), "", key=f"layer{depth + 1}")
        for depth, values in enumerate(number_of(depth, layer.weights) for depth, layer in enumerate(dense))
        for i in range(values.shape[0])
        for j in range(values.shape[1])
    ]


def _equations(outputs, deltas, y):
    y_hat = outputs[-1][0, 0]
    return [
        f"ŷ = {text(y_hat, 3)}, y = {text(y, 0)}: L = (ŷ − y)² = {scientific((y_hat - y) ** 2)}",
        f"δ⁽³⁾ = 2 (ŷ − y) σ′(Z⁽³⁾) = {scientific(deltas[3][0, 0])}",
        f"δ⁽²⁾ = (δ⁽³⁾ W⁽³⁾ᵀ) ∘ φ′(Z⁽²⁾), at most {scientific(largest(deltas[2]))}",
        f"δ⁽¹⁾ = (δ⁽²⁾ W⁽²⁾ᵀ) ∘ φ′(Z⁽¹⁾), at most {scientific(largest(deltas[1]))}",
    ]


def _by_layer(settings, state, y):
    curves = []
    for activation in ACTIVATIONS:
        _, deltas = both_ways(network_of(activation, settings, state), settings, y)
        curves.append((activation, [[depth, max(DELTA_FLOOR, largest(delta))] for depth, delta in enumerate(deltas)]))
    return curves
