"""One neuron: its formula with the present weights, what it answers over the plane, and where the training points put it."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.arrays import Array
from nnlib.explorables import panels
from nnlib.explorables.models.playground.own import thinned
from nnlib.explorables.models.playground.run import session_of
from nnlib.explorables.models.playground.task import SEVERAL
from nnlib.explorables.writing import bracketed, compact, percent
from nnlib.layers import Activation, Dense

CELLS = 48  # an axis of a neuron's map
FLAT = 0.01  # a slope below this passes on less than a hundredth of a change
DOTS = 60  # of the training points on a neuron's curve
PHI = {
    "identity": "z",
    "sigmoid": "σ(z)",
    "relu": "max(0, z)",
    "leaky_relu": "max(0.01 z, z)",
    "softmax": "softmax of all z",
}
MOST = 1e6  # a number that is more counts as this
LOW, RAISED = (dict(zip("0123456789", digits, strict=True)) for digits in ("₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def place(settings, task) -> Array:
    """Return where in the task's plane the point is, (2,); its settings go from −6 to 6, whatever the plane."""
    low, high = np.transpose(task.plane).astype(float)
    return low + (high - low) / 12 * (np.array([settings["probe_x"], settings["probe_y"]]) + 6)


def sums(network, X):
    """Return z and a of each layer for X, two lists of (samples, neurons); `backward` may follow."""
    outs = network.trace(X)
    dense = [i for i, layer in enumerate(network.layers) if type(layer) is Dense]
    after = [i + 1 if i + 1 < len(outs) and type(network.layers[i + 1]) is Activation else i for i in dense]
    return [outs[i] for i in dense], [outs[i] for i in after]


def chosen(settings, network):
    """Return which neuron the settings choose, (layer, neuron) counted from 0: the last, where there are fewer."""
    sizes = [layer.outputs for layer in network.layers if type(layer) is Dense]
    layer = min(round(settings["layer"]), len(sizes)) - 1
    return layer, min(round(settings["neuron"]), sizes[layer]) - 1


def names_of(session) -> list:
    """Return what the numbers of each layer are called: those of the inputs, then those of each layer's neurons."""
    sizes = [layer.outputs for layer in session.network.layers if type(layer) is Dense]
    hidden = [[f"a{_low(j + 1)}{_raised(layer)}" for j in range(size)] for layer, size in enumerate(sizes[:-1], 1)]
    outputs = [f"ŷ{_low(j + 1)}" for j in range(sizes[-1])] if session.task.kind == SEVERAL else ["ŷ"]
    return [[*session.task.inputs], *hidden, outputs]


def _low(number):
    return "".join(LOW[digit] for digit in str(number))


def _raised(number):
    return f"⁽{''.join(RAISED[digit] for digit in str(number))}⁾"


def dense_of(network):
    """Return (Dense, name of the activation that follows it) for each layer with weights."""
    following = [*network.layers[1:], None]
    return [
        (layer, after.name if type(after) is Activation else "identity")
        for layer, after in zip(network.layers, following, strict=True)
        if type(layer) is Dense
    ]


def formula(weights, bias, names, write=compact) -> str:
    """Return a weighted sum in words: 0.52·x₁ − 1.10·x₂ + 0.30. A weight of 0 is a link that is gone."""
    terms = [(weight, f"·{name}") for weight, name in zip(weights, names, strict=True) if weight]
    terms += [(bias, "")] if bias or not terms else []
    signs = ["−" if number < 0 else "+" for number, _ in terms]
    written = [f"{sign} {write(abs(number))}{of}" for sign, (number, of) in zip(signs, terms, strict=True)]
    return " ".join(written).removeprefix("+ ").replace("− ", "−", signs[0] == "−")


class Neuron(NamedTuple):
    """What one neuron does; a softmax makes its outputs of all neurons of its layer."""

    layer: int  #: Counted from 0, as the next.
    number: int
    name: str  #: Of its output.
    activation: str
    weights: Array  #: (inputs,).
    bias: float
    inputs: list  #: The names of its inputs.
    at: Array  #: Where the point is that it is asked for, (2,),
    given: Array  #: what it is given there, (inputs,),
    z: float  #: and what it makes of that.
    a: float
    z_map: Array  #: The same over the plane, (CELLS, CELLS).
    a_map: Array
    z_training: Array  #: And for each training point, (points,).
    a_training: Array

    @property
    def dead(self):
        """Whether it is a ReLU that is 0 for every training point."""
        return self.activation == "relu" and not self.a_training.any()

    @property
    def flat(self) -> float:
        """The share of the training points where its slope is less than a hundredth."""
        if self.activation in ("identity", "softmax"):
            return 0.0
        slopes = ACTIVATIONS[self.activation].derivative(self.z_training, self.a_training)
        return float((abs(slopes) < FLAT).mean())


def neuron_of(settings, state) -> Neuron:
    """Return the neuron that the settings choose, with the weights of the state."""
    session = session_of(settings)
    at = place(settings, session.task)
    return _neuron(session, state["parameters"].tobytes(), *chosen(settings, session.network), *at.tolist())


@lru_cache(maxsize=2)
def _neuron(session, parameters, layer, j, *at):
    task, network = session.task, session.network_at({"parameters": np.frombuffer(parameters)})
    dense, activation = dense_of(network)[layer]
    names, at = names_of(session), np.array(at)
    found = []
    for X in (at[None], panels.grid(*task.plane, CELLS)):
        x = task.features(X)
        z, a = sums(network, x)
        found += [z[layer][:, j].copy(), a[layer][:, j].copy()]
        if len(X) == 1:
            inputs = [x, *a][layer][0].copy()
    z, a = sums(network, session.X)
    maps = (values.clip(-MOST, MOST).reshape(CELLS, CELLS) for values in found[2:])
    return Neuron(layer, j, names[layer + 1][j], activation, dense.weights[:, j].copy(), float(dense.bias[j]), names[layer],
                  at, inputs, float(found[0][0]), float(found[1][0]), *maps, z[layer][:, j], a[layer][:, j])  # fmt: skip


def show(settings, state) -> dict:
    """Return the panels: the neuron's map, its activation with the training points on it, and its formula."""
    session, one = session_of(settings), neuron_of(settings, state)
    task = session.task
    border = panels.contour(one.z_map, 0.0, *task.plane)
    shown = {
        "lens_plane": panels.plane(
            "lens_plane", f"{one.name} over the plane; line: where its z is 0", *axes(task), field=one.a_map,
            scale=scale_of(one.a_map), lines=[panels.line(border, "contour")], points=given(task),
            handles=[probe(settings, task)]),
        "lens_equations": panels.equations("lens_equations", "The neuron in numbers", _lines(one)),
    }  # fmt: skip
    if one.activation != "softmax":
        shown["lens_series"] = _curve(one)
    return shown


def axes(task):
    """Return the plane's two axes, as `panels.plane` takes them."""
    return tuple((name, *ends) for name, ends in zip(task.axes, task.plane, strict=True))


def given(task):
    """Return the training points that lie in the plane, not too many, as `panels.plane` takes them."""
    low, high = np.transpose(task.plane)
    some = thinned(len(task.X))
    X, y = task.X[some], task.y[some]
    inside = (X.clip(low, high) == X).all(axis=1)
    return panels.dots(X[inside], y[inside], classes=len(task.classes) if task.kind == SEVERAL else None)


def probe(settings, task):
    """Return the handle on the point, which sets `probe_x` and `probe_y`."""
    (low_x, high_x), (low_y, high_y) = task.plane
    p, q = 12 / (high_x - low_x), 12 / (high_y - low_y)
    sets = {"probe_x": (p, 0, -p * low_x - 6), "probe_y": (0, q, -q * low_y - 6)}
    return panels.handle("lens_probe", "the point", place(settings, task), sets)


def scale_of(field):
    """Return the range of the colors: up to 1 the outputs' own, beyond as far as they go."""
    if field.min() >= 0 and field.max() <= 1:
        return 0.0, 0.5, 1.0
    end = max(1.0, float(abs(field).max()))
    return -end, 0.0, end


def _curve(one):
    z = one.z_training.clip(-MOST, MOST)
    low, high = min(-3.0, z.min(), one.z), max(3.0, z.max(), one.z)
    over = np.linspace(max(low, -MOST), min(high, MOST), 121)
    curve = ACTIVATIONS[one.activation].function(over)
    room = 0.05 * (np.ptp(curve) or 1.0)
    some = np.sort(z)[np.linspace(0, len(z) - 1, min(DOTS, len(z))).astype(int)]
    lines = [
        panels.line(np.column_stack([over, curve]), "curve", f"a = {PHI.get(one.activation, f'{one.activation}(z)')}"),
        panels.line(np.column_stack([some, ACTIVATIONS[one.activation].function(some)]), "points", "training points"),
    ]
    return panels.series("lens_series", "The points on its activation", ("z", over[0], over[-1]),
                         ("a", curve.min() - room, curve.max() + room), lines)  # fmt: skip


def _lines(one):
    numbers = [bracketed(compact(number)) for number in one.given]
    phi = PHI.get(one.activation, f"{one.activation}(z)")
    z, a = one.z_training, one.a_training
    return [
        f"z = {formula(one.weights, one.bias, one.inputs)}",
        f"{one.name} = {phi}",
        f"at ({compact(one.at[0])}, {compact(one.at[1])}):  z = {formula(one.weights, one.bias, numbers)} = {compact(one.z)},  "
        f"{one.name} = {compact(one.a)}",
        f"over the training points:  z from {compact(z.min())} to {compact(z.max())},  {one.name} from {compact(a.min())} to "
        f"{compact(a.max())};  z > 0 for {percent((z > 0).mean())} of them",
    ]


def say(settings, state) -> str:
    """Return the same as a sentence."""
    one = neuron_of(settings, state)
    a = one.a_training
    if one.name == "ŷ":
        which = "The output neuron"
    else:
        which = f"Neuron {one.number + 1} of {'the output' if '⁾' not in one.name else f'layer {one.layer + 1}'}"
    told = f"{which}: z = {formula(one.weights, one.bias, one.inputs)}, and at the point it answers {compact(one.a)}"
    if one.dead:
        return f"{told}; it is 0 for every training point, so no gradient comes back through it: a dead ReLU."
    if np.ptp(a) <= 1e-9 * abs(a).max(initial=1):
        return f"{told}; it answers the same for every training point, and so tells none of them from another."
    if one.flat >= 0.5:
        what = "0, and no gradient comes" if one.activation == "relu" else "saturated, and hardly any gradient comes"
        return f"{told}; for {percent(one.flat)} of the training points it is {what} back through it."
    return f"{told}; over the training points it goes from {compact(a.min())} to {compact(a.max())}."
