"""An explorable for the tests: it has every kind of panel, whether or not a chapter shows it yet."""

import numpy as np

from nnlib import mlp
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import text

ACROSS = np.linspace(-4, 4, 81)
BOX = (-2.0, 2.0)


class Gallery(Explorable):
    name = "gallery"
    title = "Every kind of panel"
    controls = (
        number("x", "place x", 1.0, -4, 4, 0.05),
        number("w1", "weight w₁", 1.5, -6, 6, 0.1),
        number("w2", "weight w₂", -0.5, -2, 2, 0.05),
        choice("mark", "lit", ("none", "forward", "backward")),
    )

    def picture(self, settings, state):
        x, mark = settings["x"], settings["mark"]
        return [*_curves(x), *_trace(x), *_landscape(settings), _classes(), _in_bytes(), *_graph(settings),
                *_numbers(settings, mark), _at_times(mark)]  # fmt: skip

    def describe(self, settings, state):
        return f"At {text(settings['x'])} tanh is {text(np.tanh(settings['x']))}."


def _curves(x):
    y, slope = np.tanh(x), 1 - np.tanh(x) ** 2
    lines = [
        panels.line(np.column_stack([ACROSS, np.tanh(ACROSS)]), "curve", "φ = tanh"),
        panels.line(np.column_stack([ACROSS, 1 - np.tanh(ACROSS) ** 2]), "curve", "its derivative φ′"),
        panels.line([[x - 3, y - 3 * slope], [x + 3, y + 3 * slope]], "tangent", "the tangent"),
        panels.line([[x, -1.5], [x, y], [-4, y]], "guide"),
    ]
    point = panels.handle("point", "point on the curve", (x, y), {"x": (1, 0, 0)})
    layers = np.arange(1, 11)
    depth = [("tanh", np.column_stack([layers, 0.42**layers])), ("relu", np.column_stack([layers, 0.9**layers]))]
    depth += [("sigmoid", np.column_stack([layers, 0.2**layers]))]
    return [
        panels.series("curve", "A point on a curve", ("z", -4, 4), ("φ", -1.5, 1.5), lines, handles=[point]),
        panels.series("depth", "The gradient through layers", ("layer", 0, 10), ("gradient", 1e-8, 1, "log"), depth),
    ]


def _at_times(mark):
    """Return a panel that has something to show while a mark is set."""
    axes = ("t", 0, 1), ("y", 0, 1)
    if mark == "none":
        return panels.hidden(panels.series("at times", "Shown at times", *axes, []))
    return panels.series("at times", "Shown at times", *axes, [panels.line([[0, 0], [1, 1]], "curve", mark)])


def _trace(x):
    t = np.linspace(0, 100, 401)
    period = 30 - 4 * x
    phase = (t % period) / period
    spikes = np.arange(period, 100, period)
    strokes = np.column_stack([np.repeat(spikes, 2), np.tile([-50, 20], len(spikes))])
    voltage = panels.line(np.column_stack([t, -65 + 15 * phase]), "curve", "membrane voltage V")
    lines = [voltage, panels.line([[0, -50], [100, -50]], "level", "threshold"), panels.line(strokes, "spikes", "spikes")]
    current = [panels.line([[0, 0], [10, 0], [10, 1.8], [100, 1.8]], "curve", "current")]
    return [
        panels.series(
            "voltage", "The voltage", ("time in ms", 0, 100), ("V in mV", -75, 25), lines, aspect=3.2, wide=True, reads=True
        ),
        panels.series("current", "The current", ("time in ms", 0, 100), ("I in nA", 0, 2), current, aspect=5, wide=True),
    ]


def _landscape(settings):
    w = panels.grid(BOX, BOX, 48)
    loss = (0.5 * w[:, 0] ** 2 + 4 * (w[:, 1] - 0.3 * w[:, 0]) ** 2).reshape(48, 48)
    turns = np.arange(25)
    lines = [panels.line(panels.contour(loss, level, BOX, BOX), "contour") for level in (0.25, 1, 2, 4, 8, 16)]
    lines += [panels.line(np.column_stack([-1.8 * 0.9**turns, 1.5 * (-0.8) ** turns]), "points", "SGD")]
    lines += [panels.line(np.column_stack([-1.8 * 0.8**turns, 1.5 * 0.7**turns]), "points", "Adam")]
    at = (settings["w1"] / 3, settings["w2"])
    now = panels.handle("now", "present weights", at, {"w1": (3, 0, 0), "w2": (0, 1, 0)})
    box = ("w₁", *BOX), ("w₂", *BOX)
    return [
        panels.plane(
            "loss", "The loss over two weights", *box, field=np.sqrt(loss), scale=(-5, 0, 5), lines=lines, handles=[now]
        )
    ]


def _classes():
    centers = np.array([[-1, -1], [1, -0.8], [0.2, 1.1], [-1.2, 1]])
    cells = panels.grid(BOX, BOX, 48)
    distance = ((cells[:, None] - centers) ** 2).sum(axis=2)
    shares = np.exp(-2 * distance) / np.exp(-2 * distance).sum(axis=1, keepdims=True)
    rng = np.random.default_rng(0)
    at = (centers[:, None] + rng.normal(0, 0.3, (4, 12, 2))).reshape(-1, 2).clip(*BOX)
    points = panels.dots(at, np.repeat(np.arange(4), 12), classes=4)
    return panels.plane("classes", "Four classes", ("x₁", *BOX), ("x₂", *BOX), field=shares.reshape(48, 48, 4), points=points)


def _in_bytes():
    cells, rng = panels.grid(BOX, BOX, 48), np.random.default_rng(1)
    field, at = np.rint(127.5 * (1 + np.sin(cells[:, 0]))).astype(np.uint8), rng.uniform(*BOX, (60, 2))
    points = panels.dots(at, np.sin(at[:, 0]), classes=0, unseen=np.arange(60) % 2)
    return panels.plane("bytes", "Numbers, half of them unseen", ("x₁", *BOX), ("x₂", *BOX), field=field.reshape(48, 48),
                        points=points)  # fmt: skip


def _graph(settings):
    network = mlp([2, 6, 1], activation="tanh", output="sigmoid", dtype=np.float64, rng=1)
    cells = panels.grid(BOX, BOX, 24)
    hidden = np.tanh(cells @ network.layers[0].weights + network.layers[0].bias)
    fields = [[cells[:, 0], cells[:, 1]], [*hidden.T], [np.asarray(network.forward(cells))]]
    layers = [[panels.node(f"n{j}", 0, field=field.reshape(24, 24)) for j, field in enumerate(layer)] for layer in fields]
    edges = [panels.edge((0, i), (1, j), network.layers[0].weights[i, j], "") for i in range(2) for j in range(6)]
    edges += [panels.edge((1, j), (2, 0), settings["w1"], "", sets="w1") for j in range(6)]
    w1, w2 = settings["w1"], settings["w2"]
    nodes = [[panels.node("x₁", 1.0), panels.node("x₂", -2.0)], [panels.node("z", w1 - 2 * w2, gradient=0.4, key="forward")],
             [panels.node("L", (w1 - 2 * w2) ** 2, gradient=1, key="backward")]]  # fmt: skip
    wires = [panels.edge((0, 0), (1, 0), w1, "w₁", sets="w1", gradient=0.4, key="forward"),
             panels.edge((0, 1), (1, 0), w2, "w₂", sets="w2", gradient=-0.8, key="forward"),
             panels.edge((1, 0), (2, 0), None, "square", gradient=1, key="backward")]  # fmt: skip
    return [
        _deep(network, cells, settings["w1"]),
        panels.network("pictures", "A picture in each neuron", layers, edges),
        panels.network("graph", "Values and gradients", nodes, wires),
        panels.network("neuron", "A neuron with its sum, and one that waits", *_worked(settings), gaps=(1, 0.5)),
    ]


def _deep(network, cells, w):
    outputs = [cells, np.tanh(cells @ network.layers[0].weights), network.forward(cells)]
    weights = [network.layers[0].weights, w * network.layers[2].weights]
    fields = np.concatenate([part.T.reshape(-1, 24, 24) for part in outputs])
    return panels.layers("layers", "All weights as arrays", weights, [np.full(6, -0.5), [1.0]], fields=fields,
                         inputs=["x₁", "x₂"], outputs=["ŷ"], aspect=2.0)  # fmt: skip


def _worked(settings):
    z = settings["w1"] * settings["x"]
    layers = [[panels.node("x", settings["x"])], [panels.node("h", np.tanh(z), before=z, gradient=-2e-5)],
              [panels.node("later", None)]]  # fmt: skip
    return layers, [panels.edge((0, 0), (1, 0), settings["w1"], "w₁", sets="w1", gradient=0.0307),
                    panels.edge((1, 0), (2, 0), None, "")]  # fmt: skip


def _numbers(settings, mark):
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    W = np.array([[settings["w1"], -1, 0.5], [settings["w2"], 1, -2]])
    marks = [("right", "forward"), ("wrong", None), ("now", "backward"), ("", None)]
    rows = [
        panels.row([f"({a}, {b})", str(a & b), 0.25 * a], role=role, key=key)
        for (a, b), (role, key) in zip(X, marks, strict=True)
    ]
    samples, units = [f"sample-{i}" for i in range(4)], [f"unit-{j}" for j in range(3)]
    parts = [panels.block("X", X, row_keys=samples), "@", panels.block("W", W, column_keys=units), "+",
             panels.block("b", [0.1, 0, -0.1], column_keys=units), "=",
             panels.block("Z", X @ W + [0.1, 0, -0.1], row_keys=samples, column_keys=units)]  # fmt: skip
    counts = np.diag(np.arange(30.0, 40)) + (np.arange(100).reshape(10, 10) % 7 == 0)
    digits = [*"0123456789"]
    counted = panels.block("counts", counts, rows=digits, columns=digits)
    marks, places = ["none", "forward", "backward"], [-2.0, 0.0, 2.0, 4.0]
    chosen = [marks.index(mark), places.index(settings["x"])] if settings["x"] in places else None
    choices = panels.block("lit by place x", np.arange(12).reshape(3, 4), rows=marks, columns=[*map(str, places)],
                           chosen=chosen, sets=[{"mark": marks}, {"x": places}])  # fmt: skip
    keys = ["forward", "forward", "backward", None]
    lit = None if mark == "none" else mark
    return [
        panels.table("truth", "A truth table", ("input", "AND", "output"), rows),
        panels.equations(
            "lines", "Lines that light up", ["z = w₁x₁ + w₂x₂", "  = 1.5·1 + …", "L = z²", "done"], keys=keys, lit=lit
        ),
        panels.equations(
            "code", "The same in code", ["z = X @ W", "a = np.tanh(z)", "L = z**2", "print(L)"], keys=keys, code=True
        ),
        panels.bars("bars", "Bars", ["cat", "dog", "a longer name"], [0.1, 0.7, 0.2], best=1),
        panels.bars("signed bars", "Bars with signs", ["up", "down"], [0.5, -0.25], low=-1),
        panels.image("image", "An image", np.arange(12).reshape(3, 4), high=11),
        panels.image("signed", "An image with signs", np.arange(-4, 8).reshape(3, 4), low=-4, high=8, signed=True),
        panels.matrices("forward", "A forward pass", parts, scale=2),
        panels.matrices("confusion", "A confusion matrix", [counted], scale=40, digits=0),
        panels.matrices("choices", "A map to choose in", [choices], scale=12, digits=0),
    ]
