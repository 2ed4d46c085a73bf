"""A chain of slopes: neurons in a row, one a layer, and how much of a change of the input is left after each of them."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.neuron import OF_ONE_NEURON

DEEPEST, LAYERS = 30, 20  # the most layers, and those of the challenge
BAND = (0.1, 10.0)
FOOT, TOP = 1e-20, 1e5  # the ends of the axis; what is less or more stands there
FAR = 100.0  # an output beyond it stands there too
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SIGMOID_ONLY = "keep the sigmoid's"


class ChainOfSlopes(Explorable):
    name = "chain_of_slopes"
    title = "A chain of slopes"
    controls = (
        choice("activation", "function φ", tuple(OF_ONE_NEURON), default="sigmoid"),
        number("depth", "layers n", LAYERS, 1, DEEPEST, 1),
        number("weight", "weight w", 1.0, -6, 6, 0.1),
        number("bias", "bias b", 0.0, -3, 3, 0.1),
        number("x", "input x", 1.0, -3, 3, 0.1),
        choice("task", "task", ("keep the gradient", SIGMOID_ONLY)),
    )

    def picture(self, settings, state):
        outputs, factors = chain(settings["activation"], settings)
        gradients = np.cumprod(factors)
        signal = np.append(settings["x"], outputs).clip(-FAR, FAR)
        far = max(1.0, np.abs(signal).max())
        layers = np.arange(1, len(factors) + 1)
        lines = [
            panels.line(np.column_stack([[0, *layers], _shown([1, *gradients])]), "points", "gradient so far"),
            panels.line(np.column_stack([layers, _shown(factors)]), "points", "factor w φ′(z) of the layer"),
            *(panels.line([[0, end], [DEEPEST, end]], "level", "between 0.1 and 10" * (end > 1)) for end in BAND),
        ]
        end = panels.handle("probe", "number of layers", (layers[-1], _shown(gradients[-1:])[0]), {"depth": (1, 0, 0)})
        rows = [
            panels.row([name, power(np.prod(chain(name, settings)[1]))], role="now" * (name == settings["activation"]))
            for name in OF_ONE_NEURON
        ]
        return [
            panels.series("gradient", "Sizes of factors and gradient", ("layer", 0, DEEPEST), ("size", FOOT, TOP, "log"),
                          lines, handles=[end], aspect=1.05),
            panels.table("functions", "The same chain with each function", ("φ", f"gradient, n = {len(layers)}"), rows),
            panels.series("outputs", "What each layer puts out", ("layer", 0, DEEPEST), ("a", -far, far),
                          [("output a", np.column_stack([[0, *layers], signal]))]),
            panels.equations("equations", "The same in numbers", _equations(settings, factors)),
        ]  # fmt: skip

    def describe(self, settings, state):
        _, factors = chain(settings["activation"], settings)
        gradient = np.prod(factors)
        left = f"{power(gradient)} times as much" if gradient else "not at all: the gradient is exactly 0"
        layers = f"{len(factors)} layer{'s' * (len(factors) > 1)}"
        return f"After {layers} of {settings['activation']}, a small change of the input changes the output {left}."

    def challenge(self, settings, state):
        name = settings["activation"]
        _, factors = chain(name, settings)
        gradients = np.abs(np.cumprod(factors))
        kept = (gradients >= BAND[0]) & (gradients <= BAND[1])
        until = len(kept) if kept.all() else int(kept.argmin())
        task = f"Keep the gradient between 0.1 and 10 through {LAYERS} layers; now it stays there for {until}."
        if settings["task"] == SIGMOID_ONLY:
            if name != "sigmoid":
                return "Choose sigmoid: with the right weight, bias and input its gradient survives too.", False
            task = f"With sigmoid: {task[0].lower()}{task[1:]}"
        return task, until >= LAYERS

    def code(self, settings, steps):
        depth, weight, bias, x = (settings[name] for name in ("depth", "weight", "bias", "x"))
        return f"""\
from nnlib.activations import ACTIVATIONS

function, derivative = ACTIVATIONS[{settings["activation"]!r}]
a, gradient = {x!r}, 1.0
for layer in range({round(depth)}):
    z = {weight!r} * a + {bias!r}
    a, gradient = function(z), gradient * {weight!r} * derivative(z)
print(f"output: {{a:.9f}}")
print(f"gradient: {{gradient:.9e}}")
"""


def chain(activation, settings):
    """Return what each neuron of the chain puts out, and the factor w φ′(z) by which it changes the gradient: (n,) each."""
    function, derivative = OF_ONE_NEURON[activation]
    a, w, b = settings["x"], settings["weight"], settings["bias"]
    sums, outputs = [], []
    for _ in range(round(settings["depth"])):
        z = w * a + b
        a = float(function(z))
        sums.append(z)
        outputs.append(a)
    return np.array(outputs), w * np.asarray(derivative(np.array(sums)), dtype=float)


def power(value) -> str:
    """Return a number in a few signs, however large or small."""
    if value == 0 or 0.01 <= abs(value) < 1000:
        return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−") if value else "0"
    digits, exponent = f"{value:.1e}".split("e")
    return f"{digits}·10{str(int(exponent)).translate(RAISED)}".replace("-", "−")


def _shown(values):
    """Return the sizes as the axis has room for them: 0 stands at its foot."""
    return np.clip(np.abs(values), FOOT, TOP)


def _equations(settings, factors):
    first = " · ".join(_factor(power(factor)) for factor in factors[:3])
    more = " · …" * (len(factors) > 3)
    return [
        f"zₖ = w aₖ₋₁ + b,  aₖ = φ(zₖ),  a₀ = x = {power(settings['x'])}",
        f"∂aₙ/∂x = wφ′(z₁) · wφ′(z₂) · … = {first}{more} = {power(np.prod(factors))}",
    ]


def _factor(number):
    return f"({number})" if number.startswith("−") else number
