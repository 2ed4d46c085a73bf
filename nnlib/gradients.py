"""Gradients by differences: slow and simple, and the judge of every backward pass."""

from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array, as_numbers, choose
from nnlib.doors import as_one_number, named
from nnlib.layers import Dropout
from nnlib.training import as_samples, backpropagate, loss_for
from nnlib.wording.printable import printable

#: For each side pairs (offset, weight), with which Σ weight f(x + offset h) / h is f′(x), but for an error of order h².
SIDES = {
    "both": ((1, 0.5), (-1, -0.5)),
    "left": ((0, 1.5), (-1, -2.0), (-2, 0.5)),
    "right": ((0, -1.5), (1, 2.0), (2, -0.5)),
}


@named
def numerical_gradient(f, x, epsilon=1e-5, side="both") -> Array:
    """Return ∂f/∂x, the shape of x, for a function f of an array x to a number; in float64.

    Each element is moved by `h = ε max(1, |x|)` to both sides, (f(x + h) − f(x − h)) / 2h, or, beside a kink, by h and 2h
    to one side.

    Parameters
    ----------
    f : callable
        Takes an array like x and returns a number.
    x : array
        Where the gradient is wanted; any shape.
    epsilon : float
        ε. At 1e-5 the error of the formula, of order h², and that of rounding balance.
    side : str
        "both", "left" or "right".

    Examples
    --------
    >>> numerical_gradient(lambda w: w[0] ** 2 + 3 * w[1], [2.0, 1.0]).round(6).tolist()
    [4.0, 3.0]
    """
    x = as_numbers(x, "x", np.float64).copy()
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        here = x[place]
        h = epsilon * max(1.0, abs(here))
        for offset, weight in choose(side, SIDES, "side"):
            x[place] = here + offset * h
            gradient[place] += weight / h * as_one_number(f(x), "f(x)")
        x[place] = here
    return gradient


class Row(NamedTuple):
    """One array of parameters, and where in it the two gradients differ most."""

    layer: str  #: The layer's place in the network, and what it is.
    parameter: str  #: "weights" or "bias".
    error: float  #: The largest difference between the two gradients, relative to the largest gradient.
    place: tuple  #: Where that is.
    backward: float  #: The gradient of `backward` there.
    difference: float  #: The numerical one.


class GradientReport(list):
    """A `Row` for each array of parameters; printed, a table that names the layers and parameters at fault.

    Examples
    --------
    >>> report = GradientReport([Row("0 Dense", "bias", 0.5, (1,), 1.0, 2.0)])
    >>> report.passed, report.largest
    (False, 0.5)
    """

    tolerance = 1e-7

    @property
    def largest(self) -> float:
        """The largest relative error."""
        return max(row.error for row in self)

    @property
    def passed(self) -> bool:
        """Whether every error is within the tolerance, 1e-7."""
        return all(row.error <= self.tolerance for row in self)

    def __repr__(self):
        lines = [f"{'layer':<22}{'parameter':<11}relative error"]
        for row in self:
            fault = f"WRONG at {list(row.place)}: backward {row.backward:.6g}, differences {row.difference:.6g}"
            verdict = "ok" if row.error <= self.tolerance else fault
            lines.append(f"{row.layer:<22}{row.parameter:<11}{row.error:.1e}  {verdict}")
        return printable("\n".join(lines))


def check_gradients(network, X, y, loss) -> GradientReport:
    """Compare the gradients of `backward` with differences of the loss, array by array; return a `GradientReport`.

    An error is relative to the largest gradient of its array, or to a thousandth of the loss where that is more:
    differences see no less. Where a ReLU is at its kink, the slope to either side will do. What is checked is a float64
    copy of the network as it is in training, but without dropout; in float32 differences are good to some 1e-4 only.

    What is compared is `network.gradients`, the vector that an optimizer steps with. Raises ValueError where a layer's
    gradient is no part of it any more, as after `self.weights_gradient = …` in place of `self.weights_gradient[:] = …`.

    Parameters
    ----------
    network, X, y, loss
        As for `nnlib.train`.

    Examples
    --------
    >>> from nnlib import datasets, mlp
    >>> X, y = datasets.moons(20, rng=0)
    >>> network = mlp([2, 3, 2], activation="tanh", dtype=np.float64, rng=0)
    >>> report = check_gradients(network, X, y, "cross_entropy")
    >>> report.passed
    True
    >>> [(row.layer, row.parameter) for row in report][:2]
    [('0 Dense(2 → 3)', 'weights'), ('0 Dense(2 → 3)', 'bias')]
    """
    loss = loss_for(network, loss)
    twin = network.astype(np.float64)
    for _, layer in _walk(twin.layers):
        if isinstance(layer, Dropout):
            layer.rate = 0.0
    parts = _parts(twin)
    X, y = as_samples(twin, loss, X, y)

    def loss_at(parameters):
        twin.parameters = parameters
        return loss.value(twin.propagate(X, training=True), y)

    start = twin.parameters.copy()
    least = 1e-3 * loss_at(start) + 1e-300
    if loss_at(start) != loss_at(start):
        raise ValueError("the loss changes by chance, so it has no differences: switch off what is drawn anew in training.")
    for _ in range(2):  # a gradient that is added to the one before is right only once
        backpropagate(twin, loss, twin.propagate(X, training=True), y)
        _refuse_replaced(twin, parts)
    backward = twin.gradients.copy()
    difference = np.full_like(start, np.inf)
    for side in SIDES:
        other = numerical_gradient(loss_at, start, side=side)
        difference = np.where(abs(difference - backward) <= abs(other - backward), difference, other)
        report = GradientReport(_rows(twin, parts, backward, difference, least))
        if report.passed:
            break
    return report


def _rows(network, parts, backward, difference, least):
    for called, _, name, view in parts:
        ours, theirs = (_part(network, view, vector) for vector in (backward, difference))
        apart = abs(ours - theirs)
        place = tuple(map(int, np.unravel_index(apart.argmax(), apart.shape)))
        error = apart[place] / max(abs(ours).max(), abs(theirs).max(), least)
        yield Row(called, name, float(error), place, float(ours[place]), float(theirs[place]))


def _walk(layers, place=""):
    """Yield (what it is called, layer) for each layer, and after it for those in it: in layer 2 are 2.0, 2.1 and so on."""
    for i, layer in enumerate(layers):
        yield f"{place}{i} {repr(layer).split(',')[0]}", layer
        yield from _walk(getattr(layer, "layers", ()), f"{place}{i}.")


def _parts(network):
    """Return (what its layer is called, layer, name, the part of `network.gradients` lent to it) for each parameter.

    It is asked before `backward` runs: a faulty one may put another array there.
    """
    walk = _walk(network.layers)
    return [(called, layer, name, getattr(layer, f"{name}_gradient")) for called, layer in walk for name in layer.names]


def _part(network, view, vector):
    """Return the part of a vector, as long as the gradients, that lies where `view` lies in `network.gradients`."""
    network.gradients[:] = vector
    return view.copy()


def _refuse_replaced(network, parts):
    """Raise ValueError where a layer's gradient is another array than the one that the network has lent to it."""
    for called, layer, name, view in parts:
        if not np.shares_memory(getattr(layer, f"{name}_gradient"), view):
            cure = printable(f"self.{name}_gradient[:] = …, not self.{name}_gradient = …")
            raise ValueError(
                f"the {name}_gradient of layer {called} is a new array that the network never sees, so training "
                f"would not move its {name}: write into the array that is there, {cure}"
            )
