"""The worked example: a 2-2-1 network on one sample, every number of both passes by its name, and the steps that find them.

Neurons 1 and 2 are hidden, neuron 3 is the output. `w12` leads from input 1 to neuron 2, `v1` from neuron 1 to the output,
and `b1`, `b2` and `c` are the biases. A number of the backward pass has the name of what the loss is differentiated by:
`w12` is ∂L/∂w₁₂, `da1` is ∂L/∂a₁, and `d1` is δ₁ = ∂L/∂z₁.
"""

from typing import NamedTuple

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.explorables.explorable import remembered
from nnlib.explorables.writing import bracketed, literal, scientific, text
from nnlib.gradients import SIDES, numerical_gradient
from nnlib.layers import Activation, Dense
from nnlib.losses import LOSSES
from nnlib.network import Network
from nnlib.optimizers import SGD

WEIGHTS = ("w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c")  # in the order of the network's parameters
EXAMPLE = (*WEIGHTS, "x1", "x2", "y", "activation", "loss", "learning_rate")  # its settings
KINK = 1e-3  # closer than this to z = 0, a difference may reach across the kink of a ReLU
SWAPS = "multiply swaps: the gradient of the sum, times what came along the edge"
DISTRIBUTES = "add distributes: a term of a sum gets its gradient whole"


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


class Step(NamedTuple):
    """One operation.

    `key` is the name of the number that it finds, `focus` a weight to watch meanwhile, and `numbers` the right side of
    `rule` with names in place of numbers: those of the settings, and of what the steps before have found.
    """

    key: str
    part: str
    focus: str
    rule: str
    numbers: str
    words: str


def _forward(j, i):
    focus = f"w1{j}"
    return (
        Step(f"z{j}", "forward", focus, f"z{i} = w₁{i}x₁ + w₂{i}x₂ + b{i}", f"{{w1{j}}}·{{x1}} + {{w2{j}}}·{{x2}} + {{b{j}}}",
             f"neuron {j} adds up what reaches it"),
        Step(f"a{j}", "forward", focus, f"a{i} = φ(z{i})", f"{{activation}}({{z{j}}})", "the sum goes through the activation"),
    )  # fmt: skip


def _backward(j, i):
    return (
        Step(f"da{j}", "backward", f"v{j}", f"∂L/∂a{i} = δ₃ v{i}", f"{{d3}}·{{v{j}}}",
             f"back along the edge: multiply swaps, and a{i} gets the weight"),
        Step(f"d{j}", "backward", f"b{j}", f"δ{i} = ∂L/∂z{i} = ∂L/∂a{i} · φ′(z{i})", f"{{da{j}}}·{{slope{j}}}",
             f"the slope at z{i} decides how much of the gradient goes on"),
        Step(f"w1{j}", "backward", f"w1{j}", f"∂L/∂w₁{i} = δ{i} x₁", f"{{d{j}}}·{{x1}}", SWAPS),
        Step(f"w2{j}", "backward", f"w2{j}", f"∂L/∂w₂{i} = δ{i} x₂", f"{{d{j}}}·{{x2}}", SWAPS),
        Step(f"b{j}", "backward", f"b{j}", f"∂L/∂b{i} = δ{i}", f"{{d{j}}}", DISTRIBUTES),
    )  # fmt: skip


def _output(loss):
    if loss == "mse":
        return (
            Step("L", "loss", "v1", "L = (ŷ − y)²", "({y_hat} − {y})²", "one number says how wrong the output is"),
            Step("dy", "backward", "c", "∂L/∂ŷ = 2 (ŷ − y)", "2·({y_hat} − {y})", "the way back begins where L is made"),
            Step("d3", "backward", "c", "δ₃ = ∂L/∂z₃ = ∂L/∂ŷ · σ′(z₃)", "{dy}·{slope3}",
                 "the slope of the sigmoid lets a part of it through"),
        )  # fmt: skip
    return (
        Step("L", "loss", "v1", "L = −y ln ŷ − (1 − y) ln(1 − ŷ)", "−{y}·ln {y_hat} − {rest}·ln(1 − {y_hat})",
             "one number says how wrong the output is"),
        Step("dy", "backward", "c", "∂L/∂ŷ = (ŷ − y) / (ŷ (1 − ŷ))", "",
             "the slope of the sigmoid is the same ŷ (1 − ŷ), and the two cancel"),
        Step("d3", "backward", "c", "δ₃ = ∂L/∂z₃ = ŷ − y", "{y_hat} − {y}", "no slope is left that could vanish"),
    )  # fmt: skip


def _walk(loss):
    return (
        *_forward("1", "₁"), *_forward("2", "₂"),
        Step("z3", "forward", "v1", "z₃ = v₁a₁ + v₂a₂ + c", "{v1}·{a1} + {v2}·{a2} + {c}", "the output neuron adds up in turn"),
        Step("y_hat", "forward", "v1", "ŷ = σ(z₃)", "sigmoid({z3})", "the output of the whole network"),
        *_output(loss),
        Step("v1", "backward", "v1", "∂L/∂v₁ = δ₃ a₁", "{d3}·{a1}", SWAPS),
        Step("v2", "backward", "v2", "∂L/∂v₂ = δ₃ a₂", "{d3}·{a2}", SWAPS),
        Step("c", "backward", "c", "∂L/∂c = δ₃", "{d3}", DISTRIBUTES),
        *_backward("1", "₁"), *_backward("2", "₂"),
        Step("update", "update", "learning_rate", "w ← w − η ∂L/∂w, for all nine at once",
             "", "a step downhill"),
    )  # fmt: skip


#: The steps for each loss; they have the same keys, in the same order.
STEPS = {loss: _walk(loss) for loss in ("mse", "binary_cross_entropy")}
#: The keys in order.
KEYS = tuple(step.key for step in STEPS["mse"])


def in_numbers(step, settings, numbers) -> str:
    """Return what a step's rule comes to with the present numbers."""
    if step.key == "update":
        before, after = (scientific(numbers[name], 4) for name in ("L", "after"))
        return f"with η = {text(settings['learning_rate'], 1)}, L goes from {before} to {after}"
    if not step.numbers:
        return "which need not be computed"
    names = {name: scientific(numbers[name], 4) for name in numbers if name not in WEIGHTS}
    names |= {name: text(value) for name, value in settings.items() if not isinstance(value, str)}
    names["rest"] = text(1 - settings["y"])
    if not step.numbers.startswith(("sigmoid(", "{activation}(")):  # what stands in brackets needs no more of them
        names = {name: bracketed(number) for name, number in names.items()}
    result = scientific(numbers[step.key], 4)
    parts = step.numbers.format_map(names | {"activation": settings["activation"]})
    return f"= {result}" if parts.strip("()") == result else f"= {parts} = {result}"


def code_lines(settings):
    """Return the lines of NumPy that compute it all, a layer at a time, and the keys of each."""
    activation, mse = settings["activation"], settings["loss"] == "mse"
    phi = "np.maximum(z, 0)" if activation == "relu" else f"{activation}(z)"
    slope = {"sigmoid": "a * (1 - a)", "tanh": "(1 - a ** 2)", "relu": "(a > 0)"}[activation]
    lines = [
        ("z = x @ W + b", "z1 z2"),
        (f"a = {phi}", "a1 a2"),
        ("z_out = a @ V + c", "z3"),
        ("y_hat = sigmoid(z_out)", "y_hat"),
        (f"L = {'(y_hat - y) ** 2' if mse else '-y*log(y_hat) - (1-y)*log(1-y_hat)'}", "L"),
        ("dy = 2 * (y_hat - y)" if mse else "# dy and the sigmoid's slope cancel", "dy"),
        (f"delta_out = {'dy * y_hat * (1 - y_hat)' if mse else 'y_hat - y'}", "d3"),
        ("dV = a.T @ delta_out", "v1 v2"),
        ("dc = delta_out.sum(axis=0)", "c"),
        ("da = delta_out @ V.T", "da1 da2"),
        (f"delta = da * {slope}", "d1 d2"),
        ("dW = x.T @ delta", "w11 w21 w12 w22"),
        ("db = delta.sum(axis=0)", "b1 b2"),
        *[(f"{name} -= learning_rate * d{name}", "update") for name in "WbVc"],
    ]
    return [line for line, _ in lines], [keys for _, keys in lines]


def program(settings, steps) -> str:
    """Return a program that prints what the first `steps` steps have found."""
    w11, w12, w21, w22, b1, b2, v1, v2, c = (literal(settings[name]) for name in WEIGHTS)
    x1, x2, y, loss, rate = (settings[name] for name in ("x1", "x2", "y", "loss", "learning_rate"))
    return f"""\
import numpy as np

from nnlib import SGD, Activation, Dense, Network
from nnlib.losses import LOSSES

network = Network([
    Dense(2, 2, weights=[[{w11}, {w12}], [{w21}, {w22}]], bias=[{b1}, {b2}], dtype=np.float64),
    Activation({settings["activation"]!r}),
    Dense(2, 1, weights=[[{v1}], [{v2}]], bias=[{c}], dtype=np.float64),
    Activation("sigmoid"),
])
hidden, phi, output, sigma = network.layers
x, y, loss = np.array([[{x1!r}, {x2!r}]]), np.array([[{y!r}]]), LOSSES[{loss!r}]
z, a, z_out, y_hat = network.trace(x)
L = loss.value(y_hat, y)
{_back(loss)}
da = output.backward(delta_out)
delta = phi.backward(da)
hidden.backward(delta)
(w11, w12, w21, w22), (b1, b2) = hidden.weights_gradient.ravel(), hidden.bias_gradient
(v1, v2), (c,) = output.weights_gradient.ravel(), output.bias_gradient
SGD({rate!r}).step(network.parameters, network.gradients)
update = loss.value(network.forward(x), y)
(z1, z2), (a1, a2), (d1, d2) = z[0], a[0], delta[0]
(z3,), (y_hat,), (d3,) = z_out[0], y_hat[0], delta_out[0]
found = {{{", ".join(f'"{name}": {key}' for key, name in _PRINTED.items())}}}
for name, number in list(found.items())[:{sum(key in _PRINTED for key in KEYS[:steps])}]:
    print(f"{{name}} = {{number:.9f}}")
"""


_PRINTED = {step.key: step.rule.split(" = ")[0] for step in STEPS["mse"] if step.key not in ("dy", "da1", "da2")}
_PRINTED["update"] = "L after the step"


def _back(loss):
    if loss == "mse":
        return "dy = loss.gradient(y_hat, y)\ndelta_out = sigma.backward(dy)"
    return "dy = loss.gradient(y_hat, y)\ndelta_out = loss.delta(y_hat, y)  # beside its partner, the sigmoid"
