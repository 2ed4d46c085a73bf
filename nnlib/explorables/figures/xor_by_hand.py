"""XOR by hand: a 2-2-1 network and its nine numbers, what each hidden neuron answers, and what the output neuron sees of it."""

import numpy as np

from nnlib.datasets import gate
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import literal, text
from nnlib.layers import Activation, Dense
from nnlib.network import Network

PLANE = (-0.63, 1.62)  # no boundary of round numbers runs through the middle of a cell, where a step would hang on rounding
PLANE_CELLS = 48
NEURON_CELLS = 22  # of the pictures in the neurons
OUTPUT_TOLERANCE = 0.1
OUTPUT_SCALES = {"step": (0, 0.5, 1), "sigmoid": (0, 0.5, 1), "relu": (-2, 0, 2)}
HIDDEN_ENDS = {"step": PLANE, "sigmoid": PLANE, "relu": (-0.6, 3.0)}  # of the hidden outputs; what is beyond stands at the edge
# The edges: name, label, from, to. Node 2 of a layer is the constant 1, whose weights are the biases.
EDGES = (
    ("w11", "w₁₁", (0, 0), (1, 0)), ("w21", "w₂₁", (0, 1), (1, 0)), ("b1", "b₁", (0, 2), (1, 0)),
    ("w12", "w₁₂", (0, 0), (1, 1)), ("w22", "w₂₂", (0, 1), (1, 1)), ("b2", "b₂", (0, 2), (1, 1)),
    ("v1", "v₁", (1, 0), (2, 0)), ("v2", "v₂", (1, 1), (2, 0)), ("c", "c", (1, 2), (2, 0)),
)  # fmt: skip
OR_TWICE = dict(zip((edge[0] for edge in EDGES), (1, 1, -0.5, 1, 1, -0.5, 1, 1, -0.5), strict=True))
XOR, CERTAIN, XNOR = "XOR", "XOR, and sure of it", "XNOR"
PROGRAM = """\
from nnlib import Activation, Dense, Network, datasets

X, y = datasets.gate({gate!r})
hidden = Dense(2, 2, weights={W}, bias={b}, dtype="float64")
output = Dense(2, 1, weights={V}, bias={c}, dtype="float64")
network = Network([hidden, Activation({activation!r}), output, Activation({last!r})])
for y_hat in network.forward(X)[:, 0]:
    print(f"output: {{y_hat:.9f}}")
"""


class XorByHand(Explorable):
    name = "xor_by_hand"
    title = "XOR by hand"
    controls = (
        *(number(name, f"weight {label}", OR_TWICE[name], -12, 12, 0.5) if name[0] in "wv" else
          number(name, f"bias {label}", OR_TWICE[name], -12, 12, 0.5) for name, label, _, _ in EDGES),
        choice("activation", "activation φ", tuple(OUTPUT_SCALES)),
        choice("task", "task", (XOR, CERTAIN, XNOR)),
    )  # fmt: skip
    presets = {"twice the same neuron": OR_TWICE, "nine zeros": dict.fromkeys(OR_TWICE, 0.0)}

    def picture(self, settings, state):
        X, y = _task(settings)
        network = build(settings)
        hidden, y_hat = answers(network, X)
        wrong = (y_hat >= 0.5) != y
        right, view = 4 - wrong.sum(), HIDDEN_ENDS[settings["activation"]]
        lines, handles = _boundaries(network)
        seen = panels.dots(hidden.clip(*view), 2 * y - 1, wrong=wrong)
        cut = panels.boundary(network.layers[2].weights[:, 0], network.layers[2].bias[0], view, view)
        rows = [
            panels.row([f"({x1:g},\u00a0{x2:g})", *map(text, a), text(answer), str(wanted)], role="wrong" if bad else "right")
            for (x1, x2), a, answer, wanted, bad in zip(X, hidden, y_hat, y, wrong, strict=True)
        ]
        return [
            panels.network("network", "The network: drag its nine numbers", *_diagram(settings, network), aspect=1.35,
                           wide=True),
            panels.plane("plane", f"The output ŷ over the inputs: {right} of 4 right", ("x₁", *PLANE), ("x₂", *PLANE),
                         field=_over(network.layers, PLANE), scale=(0, 0.5, 1), lines=lines,
                         points=panels.dots(X, 2 * y - 1, wrong=wrong), handles=handles),
            panels.plane("seen", "What the output neuron sees: the hidden outputs", ("a₁", *view), ("a₂", *view),
                         field=_over(network.layers[2:], view), scale=(0, 0.5, 1), points=seen,
                         lines=[panels.line(cut, "boundary", "v₁a₁ + v₂a₂ + c = 0")]),
            panels.table("corners", "The four corners", ("x", "a₁", "a₂", "ŷ", "y"), rows, wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        X, y = _task(settings)
        hidden, y_hat = answers(build(settings), X)
        first, second, output = (", ".join(text(number, 1) for number in column) for column in (*hidden.T, y_hat))
        right = ((y_hat >= 0.5) == y).sum()
        return (
            f"At the corners (0, 0), (0, 1), (1, 0) and (1, 1) the hidden neurons answer {first} and {second}, "
            f"and the output {output}: {right} of 4 are right."
        )

    def challenge(self, settings, state):
        X, y = _task(settings)
        _, y_hat = answers(build(settings), X)
        right, farthest = int(((y_hat >= 0.5) == y).sum()), np.abs(y_hat - y).max()
        if settings["task"] != CERTAIN:
            task = f"{settings['task']}: choose nine numbers that get all four corners right; now {right} of 4."
            return task, right == 4
        if settings["activation"] != "sigmoid":
            return "Choose sigmoid, whose answers are never exactly 0 or 1; then bring them close.", False
        task = f"Bring each output to within {OUTPUT_TOLERANCE} of its target; the farthest is now {text(farthest)} off."
        return task, bool(farthest <= OUTPUT_TOLERANCE)

    def code(self, settings, steps):
        W, b, V, c = (literal(value.tolist()) for value in parameters(settings))
        gate = XNOR if settings["task"] == XNOR else XOR
        activation, last = _activations(settings)
        return PROGRAM.format(gate=gate.lower(), W=W, b=b, V=V, c=c, activation=activation, last=last)


def parameters(settings):
    """Return W (2, 2), a column for each hidden neuron, b (2,), V (2, 1) and c (1,)."""
    w11, w21, b1, w12, w22, b2, v1, v2, c = (settings[name] for name in OR_TWICE)
    return np.array([[w11, w12], [w21, w22]]), np.array([b1, b2]), np.array([[v1], [v2]]), np.array([c])


def build(settings) -> Network:
    """Return the network with these nine numbers."""
    W, b, V, c = parameters(settings)
    phi, last = map(Activation, _activations(settings))
    return Network([Dense(2, 2, W, b, np.float64), phi, Dense(2, 1, V, c, np.float64), last])


def answers(network, X):
    """Return the hidden outputs (samples, 2) and the network's outputs (samples,)."""
    _, hidden, _, y_hat = network.trace(X)
    return hidden, y_hat[:, 0]


def _activations(settings):
    return settings["activation"], "step" if settings["activation"] == "step" else "sigmoid"


def _task(settings):
    return gate(XNOR if settings["task"] == XNOR else XOR)


def _over(layers, box):
    cells = panels.grid(box, box, PLANE_CELLS)
    for layer in layers:
        cells = layer.forward(cells)
    return cells.reshape(PLANE_CELLS, PLANE_CELLS)


def _boundaries(network):
    """Return the boundary of each hidden neuron, and a handle on each, which shifts it by the bias."""
    lines, handles = [], []
    for j, (w, bias) in enumerate(zip(network.layers[0].weights.T, network.layers[0].bias, strict=True)):
        ends = panels.boundary(w, bias, PLANE, PLANE)
        lines.append(panels.line(ends, "boundary", f"z{'₁₂'[j]} = 0"))
        if len(ends):
            at = ends[0] + (1 + j) / 3 * (ends[1] - ends[0])  # apart, where two boundaries are one
            handles.append(panels.handle(f"b{j + 1}", f"boundary of hidden neuron {j + 1}", at, {f"b{j + 1}": (*-w, 0)}))
    return lines, handles


def _diagram(settings, network):
    cells = panels.grid(PLANE, PLANE, NEURON_CELLS)
    hidden, y_hat = answers(network, cells)
    one, scale = panels.node("1", 1), OUTPUT_SCALES[settings["activation"]]

    def node(label, values, scale=(0, 0.5, 1)):
        return panels.node(label, 0, field=values.reshape(NEURON_CELLS, NEURON_CELLS), scale=scale)

    layers = [
        [node("x₁", cells[:, 0]), node("x₂", cells[:, 1]), one],
        [node("a₁", hidden[:, 0], scale), node("a₂", hidden[:, 1], scale), one],
        [node("ŷ", y_hat)],
    ]
    return layers, [panels.edge(start, end, settings[name], label, sets=name) for name, label, start, end in EDGES]
