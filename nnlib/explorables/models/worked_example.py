"""A 2-2-1 network on one sample, with every number of its forward and its backward pass kept by name.

Neurons 1 and 2 are hidden, neuron 3 is the output. `w12` leads from input 1 to neuron 2, `v1` from neuron 1 to the output,
and `b1`, `b2` and `c` are the biases. A number of the backward pass has the name of what the loss is differentiated by:
`w12` is ∂L/∂w₁₂, `da1` is ∂L/∂a₁, and `d1` is δ₁ = ∂L/∂z₁.
"""

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.explorables.explorable import remembered
from nnlib.gradients import SIDES, numerical_gradient
from nnlib.layers import Activation, Dense
from nnlib.losses import LOSSES
from nnlib.network import Network
from nnlib.optimizers import SGD

WEIGHTS = ("w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c")  # in the order of the network's parameters
EXAMPLE = (*WEIGHTS, "x1", "x2", "y", "activation", "loss", "learning_rate")  # its settings
KINK = 1e-3  # closer than this to z = 0, a difference may reach across the kink of a ReLU


def build(settings):
    """Return the network of these settings, its input (1, 2), its target (1, 1) and its loss."""
    w11, w12, w21, w22, b1, b2, v1, v2, c = (settings[name] for name in WEIGHTS)
    network = Network([
        Dense(2, 2, weights=[[w11, w12], [w21, w22]], bias=[b1, b2], dtype=np.float64),
        Activation(settings["activation"]),
        Dense(2, 1, weights=[[v1], [v2]], bias=[c], dtype=np.float64),
        Activation("sigmoid"),
    ])  # fmt: skip
    return network, np.array([[settings["x1"], settings["x2"]]]), np.array([[settings["y"]]]), LOSSES[settings["loss"]]


@remembered(*EXAMPLE, most=8)
def work(settings) -> dict:
    """Return every number of one forward and one backward pass by its name, each as the layers hand it on."""
    network, x, y, loss = build(settings)
    hidden, phi, output, sigma = network.layers
    z, a, z_out, y_hat = network.trace(x)
    dy = loss.gradient(y_hat, y)
    delta_out = loss.delta(y_hat, y) if loss.partner else sigma.backward(dy)
    da = output.backward(delta_out)
    delta = phi.backward(da)
    hidden.backward(delta)
    numbers = dict(zip(WEIGHTS, network.gradients.tolist(), strict=True))
    for j in (0, 1):
        numbers |= {f"z{j + 1}": z[0, j], f"a{j + 1}": a[0, j], f"da{j + 1}": da[0, j], f"d{j + 1}": delta[0, j]}
    slopes = [*ACTIVATIONS[settings["activation"]].derivative(z)[0], ACTIVATIONS["sigmoid"].derivative(z_out)[0, 0]]
    numbers |= {f"slope{j}": slope for j, slope in enumerate(slopes, start=1)}
    numbers |= {"z3": z_out[0, 0], "y_hat": y_hat[0, 0], "dy": dy[0, 0], "d3": delta_out[0, 0]}
    numbers["L"] = loss.value(y_hat, y)
    SGD(settings["learning_rate"]).step(network.parameters, network.gradients)
    numbers["after"] = loss.value(network.forward(x), y)
    return {name: float(number) for name, number in numbers.items()}


def losses_over(settings, name, values) -> list:
    """Return the loss for each of `values` of one weight, or of the learning rate of one step down the gradient."""
    network, x, y, loss = build(settings)
    start, gradients = network.parameters.copy(), np.array([work(settings)[weight] for weight in WEIGHTS])
    losses = []
    for value in values:
        network.parameters[:] = start
        if name in WEIGHTS:
            network.parameters[WEIGHTS.index(name)] = value
        elif value:
            SGD(value).step(network.parameters, gradients)
        losses.append(loss.value(network.forward(x), y))
    return losses


@remembered(*EXAMPLE, most=8)
def differences(settings) -> dict:
    """Return for each weight the gradient by finite differences and how far the other one is from it: (number, error).

    The error is relative to the largest of the nine gradients, or to a thousandth of the loss where that is more, as in
    `nnlib.check_gradients`: differences see no less. At the kink of a ReLU, the slope to either side will do.
    """
    network, x, y, loss = build(settings)
    numbers = work(settings)
    ours = np.array([numbers[name] for name in WEIGHTS])

    def loss_at(parameters):
        network.parameters[:] = parameters
        return loss.value(network.forward(x), y)

    start = network.parameters.copy()
    theirs = numerical_gradient(loss_at, start)
    if settings["activation"] == "relu" and min(abs(numbers["z1"]), abs(numbers["z2"])) < KINK:
        for side in SIDES:
            other = numerical_gradient(loss_at, start, side=side)
            theirs = np.where(abs(other - ours) < abs(theirs - ours), other, theirs)
    largest = max(abs(ours).max(), abs(theirs).max(), 1e-3 * numbers["L"], 1e-300)
    return dict(zip(WEIGHTS, zip(theirs.tolist(), (abs(ours - theirs) / largest).tolist(), strict=True), strict=True))
