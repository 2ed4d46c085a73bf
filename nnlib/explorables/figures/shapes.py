"""Shapes: a forward pass, matrix by matrix, with sizes to choose; where they don't agree, nnlib's own error says so."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import literal
from nnlib.layers import Activation, Dense
from nnlib.network import Network
from nnlib.neuron import SUBSCRIPTS

MAX_SIZE = 5  # rows or columns
SIZES = {"samples": "rows of X", "features": "columns of X", "rows1": "rows of W₁",
         "columns1": "columns of W₁", "rows2": "rows of W₂", "columns2": "columns of W₂"}  # fmt: skip
# Enough numbers for any size: a matrix is the corner of a larger one, and keeps its numbers when it grows.
NUMBERS = np.random.default_rng(4).integers(-10, 11, (5, MAX_SIZE, MAX_SIZE)) / 10
WANTED_PARAMETERS = 23
WANTED = {"X": (5, 2), "W1": (2, 4), "W2": (4, 3)}
ORDER, COUNT = "a network to order", "23 parameters"
PROGRAM = """\
import numpy as np

from nnlib import Activation, Dense, Network

X = np.array({X})
first = Dense({rows1}, {columns1}, weights={W1}, bias={b1}, dtype="float64")
second = Dense({rows2}, {columns2}, weights={W2}, bias={b2}, dtype="float64")
try:
    network = Network([first, Activation("relu"), second, Activation("sigmoid")])
    for number in network.forward(X).ravel():
        print(f"{{number:.9f}}")
except ValueError as error:
    print(error)
"""


def _sizes(*sizes) -> dict:
    return dict(zip(SIZES, map(float, sizes), strict=True))


class Shapes(Explorable):
    name = "shapes"
    title = "Shapes"
    controls = (
        *(number(name, label, _sizes(4, 3, 3, 5, 5, 2)[name], 1, MAX_SIZE, 1) for name, label in SIZES.items()),
        number("follow", "row to follow", 1, 1, MAX_SIZE, 1),
        choice("task", "task", (ORDER, COUNT)),
    )
    presets = {"XOR's network": _sizes(4, 2, 2, 2, 2, 1), "one feature too many": _sizes(4, 3, 2, 5, 5, 2),
               "layers that don't fit": _sizes(4, 3, 3, 5, 4, 2)}  # fmt: skip

    def picture(self, settings, state):
        made, (a, y_hat), error = run(settings)
        X, followed = made["X"], _followed(settings)
        samples = [f"sample-{i}" for i in range(len(X))]
        features, units, outputs = ([f"{name}-{j}" for j in range(MAX_SIZE)] for name in ("feature", "unit", "output"))

        def block(symbol, values, rows, columns):
            keys = columns[: values.shape[-1]]
            return panels.block(symbol, values, row_keys=rows and rows[: len(values)], column_keys=keys)

        first = [block("X", X, samples, features), "@", block("W₁", made["W1"], features, units), "+",
                 block("b₁", made["b1"], None, units)]  # fmt: skip
        second = ["@", block("W₂", made["W2"], units, outputs), "+", block("b₂", made["b2"], None, outputs)]
        first += ["= ✘"] if a is None else ["relu →", block("A₁", a, samples, units)]
        second = ["A₁ ?" if a is None else block("A₁", a, samples, units), *second]
        second += ["= ✘"] if y_hat is None else ["σ →", block("ŷ", y_hat, samples, outputs)]
        answer = np.zeros(made["W2"].shape[1]) if y_hat is None else y_hat[followed]
        lines, keys = _lines(made, a, error)
        keys = [" ".join(one[: made[name].shape[0]]) for one, name in ((features, "W1"), (units, "W2"))] + keys
        return [
            panels.matrices("first", "The hidden layer: A₁ = relu(X W₁ + b₁)", first, scale=2, digits=1),
            panels.matrices("second", "The output layer: ŷ = σ(A₁ W₂ + b₂)", second, scale=2, digits=1),
            panels.equations("says", "What must agree, and what nnlib says", lines, keys=keys, lit=samples[followed],
                             code=True, wide=True),
            panels.network("network", f"The network, with row {followed + 1} of X as its input",
                           *_diagram(made, a, answer, followed), aspect=1.3),
            panels.bars("answer", f"ŷ for row {followed + 1}" if error is None else "No output: the shapes don't agree",
                        [f"ŷ{str(k).translate(SUBSCRIPTS)}" for k in range(1, len(answer) + 1)], answer),
        ]  # fmt: skip

    def describe(self, settings, state):
        made, (a, y_hat), error = run(settings)
        if error is not None:
            return f"The shapes don't agree, and nnlib says: “{error.rstrip('.')}”."
        shapes = [value.shape for value in (made["X"], a, y_hat)]
        return (
            f"The batch X of shape {shapes[0]} becomes hidden outputs of shape {shapes[1]} and outputs ŷ of shape {shapes[2]}."
        )

    def challenge(self, settings, state):
        made, _, error = run(settings)
        if settings["task"] == ORDER:
            fit = sum(made[name].shape == shape for name, shape in WANTED.items())
            task = "Five samples with two features each go through four hidden neurons to three outputs: choose the six sizes"
            return f"{task}; now {fit} of the 3 tables X, W₁ and W₂ have the right shape.", fit == len(WANTED)
        count = sum(made[name].size for name in ("W1", "b1", "W2", "b2"))
        task = f"Build a network of exactly {WANTED_PARAMETERS} parameters whose shapes agree; now {count}"
        if error is not None:
            return f"{task}, and the shapes don’t agree.", False
        return f"{task}.", count == WANTED_PARAMETERS

    def code(self, settings, steps):
        made, _, _ = run(settings)
        sizes = {name: round(settings[name]) for name in SIZES}
        return PROGRAM.format(**{name: literal(value.tolist()) for name, value in made.items()}, **sizes)


def run(settings):
    """Return the arrays by name; the hidden outputs and the outputs, None where shapes don't agree; nnlib's error, or None."""
    n, p, rows1, columns1, rows2, columns2 = (round(settings[name]) for name in SIZES)
    X, W1, W2, b1, b2 = NUMBERS
    made = {
        "X": X[:n, :p],
        "W1": W1[:rows1, :columns1],
        "b1": b1[0, :columns1],
        "W2": W2[:rows2, :columns2],
        "b2": b2[0, :columns2],
    }
    first = [Dense(rows1, columns1, made["W1"], made["b1"], np.float64), Activation("relu")]
    second = [Dense(rows2, columns2, made["W2"], made["b2"], np.float64), Activation("sigmoid")]
    a = first[1].forward(first[0].forward(made["X"])) if p == rows1 else None
    try:
        return made, (a, Network(first + second).forward(made["X"])), None
    except ValueError as error:
        return made, (a, None), str(error)


def _followed(settings):
    return min(round(settings["follow"]), round(settings["samples"])) - 1


def _lines(made, a, error):
    """Return the two products as shapes, and what nnlib says of them; the keys of the first two are the caller's."""
    X, W1, W2 = (made[name].shape for name in ("X", "W1", "W2"))
    hidden = (X[0], W1[1])
    one = f"X @ W1:  {X} @ {W1} " + (f"→ {hidden}" if X[1] == W1[0] else f"✘  {X[1]} is not {W1[0]}")
    two = f"A1 @ W2: {hidden if a is not None else ('?', W1[1])} @ {W2} "
    two += f"→ {(X[0], W2[1])}" if error is None else "" if W1[1] == W2[0] else f"✘  {W1[1]} is not {W2[0]}"
    two = two.replace("'", "").rstrip()
    count = sum(made[name].size for name in ("W1", "b1", "W2", "b2"))
    last = f"Network({W1[0]} → {W1[1]} → {W2[1]}), {count} parameters" if error is None else f"ValueError: {error}"
    return [one, two, last], [None]


def _diagram(made, a, answer, followed):
    """Return nodes and edges. What has no partner, an input without a feature or a feature without weights, stays loose."""
    x, W1, W2 = made["X"][followed], made["W1"], made["W2"]
    hidden = np.zeros(W1.shape[1]) if a is None else a[followed]
    sides = (("x", x, len(W1), "feature"), ("a", hidden, len(W2), "unit"), ("ŷ", answer, 0, "output"))
    layers = [
        [panels.node(f"{name}{str(j + 1).translate(SUBSCRIPTS)}" if j < len(values) else "?", [*values, *[0] * MAX_SIZE][j],
                     key=f"{key}-{j}") for j in range(max(len(values), wanted))]
        for name, values, wanted, key in sides
    ]  # fmt: skip
    edges = [panels.edge((layer, i), (layer + 1, j), weight, "")
             for layer, W in enumerate((W1, W2)) for (i, j), weight in np.ndenumerate(W)]  # fmt: skip
    return layers, edges
