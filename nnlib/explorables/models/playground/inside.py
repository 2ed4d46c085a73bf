"""Inside the network: one point's way through it and back, every gradient checked, and the formula of one neuron."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.arrays import Array
from nnlib.explorables import panels
from nnlib.explorables.models.playground.landscape import many_losses
from nnlib.explorables.models.playground.neuron import chosen, dense_of, formula, names_of, place, sums
from nnlib.explorables.models.playground.run import session_of
from nnlib.explorables.writing import bracketed, compact, plural, scientific
from nnlib.gradients import SIDES, GradientReport
from nnlib.layers import Dense

MOST_ROWS = 24  # neurons in the table of a point; of more, those of one layer are shown
MUCH = 100  # what an input may be so that differences are good
EPSILON = 1e-5  # of the differences, as in `nnlib.gradients.numerical_gradient`


class Point(NamedTuple):
    """What a network does with one point, forward and back; a layer here is a Dense with its activation."""

    at: Array  #: In the plane, (2,).
    inputs: Array  #: Its features, (1, inputs).
    z: list  #: The weighted sums of each layer, (1, neurons).
    a: list  #: The outputs of each layer, (1, neurons), the last of them ŷ.
    y: Array  #: The target, that of the nearest training point, as the loss takes it.
    loss: float  #: L of this point alone.
    deltas: list  #: δ = ∂L/∂z of each layer, (1, neurons).
    gradients: Array  #: ∂L/∂parameters, (parameters,).
    differences: Array  #: The same by differences of the loss.
    error: float  #: The largest difference between the two, relative to the largest gradient of its array.


def point_of(settings, state) -> Point:
    """Return what the network does with the point that the settings choose."""
    session = session_of(settings)
    return _point(session, state["parameters"].tobytes(), *place(settings, session.task).tolist())


@lru_cache(maxsize=2)
def _point(session, parameters, *at):
    task, network = session.task, session.network_at({"parameters": np.frombuffer(parameters)})
    at = np.array(at)
    x = task.features(at[None])
    nearest = int(np.square((task.X - at) / np.ptp(task.plane, axis=1)).sum(axis=1).argmin())
    y = session.y[nearest : nearest + 1]
    z, a = sums(network, x)
    value, deltas = session.loss.value(a[-1], y), backward(network, session.loss, a[-1], y)
    gradients = network.gradients.copy()
    return Point(at, x, z, a, y, value, deltas, gradients, *checked(network, session.loss, x, y, gradients))


def backward(network, loss, y_hat, y) -> list:
    """Set the network's gradients as `nnlib.training.backpropagate` does, and return δ of each layer on the way."""
    layers, deltas = [*network.layers], []
    if loss.partner:
        delta = loss.delta(y_hat, y)
        layers.pop()  # the output activation: beside its partner the loss gives δ at once
    else:
        delta = loss.gradient(y_hat, y)
    for layer in reversed(layers):
        if type(layer) is Dense:
            deltas.insert(0, delta)
        delta = layer.backward(delta)
    return deltas


def checked(network, loss, x, y, gradients):
    """Return the gradients by differences, and the largest error: what `nnlib.check_gradients` does, all parameters at once."""
    start = network.parameters.copy()
    h = EPSILON * np.maximum(1, abs(start))
    least = 1e-3 * loss.value(network.run(x), y) + 1e-300
    ends = np.cumsum([0, *(size for layer in network.layers for size in _sizes(layer))])
    arrays = [slice(*pair) for pair in pairwise(ends)]
    difference = np.full_like(start, np.inf)
    for terms in SIDES.values():  # beside the kink of a ReLU, the slope to either side will do
        other = sum(weight / h * many_losses(network, loss, start + np.diag(offset * h), x, y) for offset, weight in terms)
        difference = np.where(abs(difference - gradients) <= abs(other - gradients), difference, other)
        apart, size = abs(difference - gradients), np.maximum(abs(difference), abs(gradients))
        error = max(float(apart[part].max() / max(size[part].max(), least)) for part in arrays)
        if error <= GradientReport.tolerance:
            break
    return difference, error


def _sizes(layer):
    return [getattr(layer, name).size for name in layer.names]


def show(settings, state) -> dict:
    """Return the panels: what every neuron says and is told, and the chosen one in numbers, each gradient checked."""
    session, point = session_of(settings), point_of(settings, state)
    network = session.network_at(state)
    layer, j = chosen(settings, network)
    names = names_of(session)
    lines, keys = _lines(session, network, point, names, layer, j)
    rows = [panels.row([name, "", compact(value), ""], key=name) for name, value in zip(names[0], point.inputs[0], strict=True)]
    whole = sum(map(len, names[1:])) <= MOST_ROWS
    for i, (z, a, delta) in enumerate(zip(point.z, point.a, point.deltas, strict=True)):
        if whole or i in (layer, len(point.z) - 1):
            rows += [
                panels.row([name, *map(compact, numbers)], role="now" if (i, k) == (layer, j) else "", key=name)
                for k, (name, *numbers) in enumerate(zip(names[i + 1], z[0], a[0], delta[0], strict=True))
            ]
    title = f"The point ({compact(point.at[0])}, {compact(point.at[1])}) on its way through the network, and δ on its way back"
    if not whole:
        title += (
            f"; of the hidden layers, layer {layer + 1}" if layer < len(point.z) - 1 else "; choose another layer to see it"
        )
    return {
        "lens_table": panels.table("lens_table", title, ("output of", "z", "a", "δ = ∂L/∂z"), rows),
        "lens_equations": panels.equations(
            "lens_equations", "The backward pass, as in the chapter Backpropagation; beside each gradient a difference",
            lines, keys=keys),
    }  # fmt: skip


def _lines(session, network, point, names, layer, j):
    """Return the lines of the chosen neuron, and for each the key that lights the neuron that it is about."""
    dense = [one for one, _ in dense_of(network)]
    name, delta, inputs = names[layer + 1][j], compact(point.deltas[layer][0, j]), names[layer]
    lines, keys = [_loss(session, point, names[-1]), _delta(session, network, point, names, layer, j)], [None, name]
    first = sum(one.parameters.size for one in dense[:layer]) + j  # the weights row by row, then the biases
    places = range(first, first + (len(inputs) + 1) * dense[layer].outputs, dense[layer].outputs)
    for source, value, at in zip([*inputs, None], [*[point.inputs, *point.a][layer][0], 1.0], places, strict=True):
        what = f"∂L/∂w from {source} = δ·{source} = {delta}·{bracketed(compact(value))}" if source else "∂L/∂b = δ"
        lines.append(f"{what} = {compact(point.gradients[at])};  by a difference {compact(point.differences[at])}")
        keys.append(source or name)
    return [*lines, verdict(point)], [*keys, None]


def _loss(session, point, names):
    """Return the line of the loss of the point."""
    y_hat, y = point.a[-1][0], point.y[0]
    total = compact(point.loss)
    if session.loss_name == "cross_entropy":
        return f"L = −ln {names[y]} = −ln {compact(y_hat[y])} = {total}"
    if session.loss_name == "binary_cross_entropy":
        ways = ("−ln ŷ", f"−ln {compact(y_hat[0])}") if y[0] else ("−ln(1 − ŷ)", f"−ln(1 − {compact(y_hat[0])})")
        return f"L = {ways[0]} = {ways[1]} = {total}"
    squares = [f"({compact(a)} − {bracketed(compact(b))})²" for a, b in zip(y_hat, y, strict=True)]
    if len(squares) == 1:
        return f"L = (ŷ − y)² = {squares[0]} = {total}"
    return f"L = mean of (ŷ − y)² = ({' + '.join(squares)}) / {len(squares)} = {total}"


def _delta(session, network, point, names, layer, j):
    """Return the line of the chosen neuron's δ."""
    activation, z, a = dense_of(network)[layer][1], point.z[layer], point.a[layer]
    name, delta = names[layer + 1][j], compact(point.deltas[layer][0, j])
    slope = "" if activation == "softmax" else compact(ACTIVATIONS[activation].derivative(z, a)[0, j])
    if layer < len(point.z) - 1:
        after, _ = dense_of(network)[layer + 1]
        told = formula(after.weights[j], 0.0, [bracketed(compact(number)) for number in point.deltas[layer + 1][0]])
        return f"δ of {name} = φ′(z) · sum of w δ = {slope}·({told}) = {delta}"
    y = point.y[0] == j if session.loss_name == "cross_entropy" else point.y[0, j]
    error = f"({compact(a[0, j])} − {bracketed(compact(y))})"
    if session.loss.partner:
        return f"δ of {name} = {name} − y = {error[1:-1]} = {delta}"
    if activation == "softmax":
        return f"δ of {name} = sum of 2 (ŷ − y) / {len(a[0])} · ∂ŷ/∂z over all outputs = {delta}"
    if activation == "identity":
        return f"δ of {name} = 2 ({name} − y) = 2·{error} = {delta}"
    return f"δ of {name} = 2 ({name} − y) φ′(z) = 2·{error}·{slope} = {delta}"


def verdict(point) -> str:
    """Return what the gradient check says, whatever it says."""
    count = plural(len(point.gradients), "gradient")
    if point.error <= GradientReport.tolerance:
        return f"gradient check passed: all {count} agree with differences of the loss, to {scientific(point.error)}"
    if not np.isfinite(point.error):
        return f"gradient check FAILED: the numbers of the {count} are too large for differences"
    cure = "; differences are too coarse for inputs as large: standardize them" if abs(point.inputs).max() > MUCH else ""
    return f"gradient check FAILED: of {count} some differ from differences of the loss by {scientific(point.error)}{cure}"


def say(settings, state) -> str:
    """Return the same as a sentence."""
    session, point = session_of(settings), point_of(settings, state)
    answers = ", ".join(map(compact, point.a[-1][0]))
    target = session.task.classes[point.y[0]] if point.y.ndim == 1 else ", ".join(map(compact, point.y[0]))
    sizes = ", ".join(scientific(abs(delta).max()) for delta in point.deltas[::-1])
    return (
        f"At ({compact(point.at[0])}, {compact(point.at[1])}) the network answers {answers}, where the target, that of the "
        f"nearest training point, is {target}: L = {scientific(point.loss)}; the largest δ of each layer, from the output "
        f"back, is {sizes}; {verdict(point)}."
    )
