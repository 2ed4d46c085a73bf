"""A chain of slopes: neurons in a row, one a layer, and how much of a change of the input is left after each of them."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import bracketed, compact, plural
from nnlib.neuron import OF_ONE_NEURON

MAX_LAYERS = 30
WANTED_LAYERS = 20  # of the challenge
KEPT = (0.1, 10.0)  # a slope of the whole chain between these is kept
SIZE_FLOOR, SIZE_TOP = 1e-20, 1e5  # the ends of the axis of sizes; what is less or more stands there
OUTPUT_LIMIT = 100.0  # an output beyond it stands there too
TASKS = {"keep the slope of tanh": "tanh", "keep the slope of the sigmoid": "sigmoid"}


class ChainOfSlopes(Explorable):
    name = "chain_of_slopes"
    title = "A chain of slopes"
    controls = (
        choice("activation", "function φ", tuple(OF_ONE_NEURON), default="sigmoid"),
        number("depth", "layers n", WANTED_LAYERS, 1, MAX_LAYERS, 1),
        number("weight", "weight w", 1.0, -6, 6, 0.1),
        number("bias", "bias b", 0.0, -3, 3, 0.1),
        number("x", "input x", 1.0, -3, 3, 0.1),
        choice("task", "task", tuple(TASKS)),
    )

    def picture(self, settings, state):
        outputs, factors = chain(settings["activation"], settings)
        slopes = np.cumprod(factors)
        signal = np.append(settings["x"], outputs).clip(-OUTPUT_LIMIT, OUTPUT_LIMIT)
        far = max(1.0, np.abs(signal).max())
        layers = np.arange(1, len(factors) + 1)
        lines = [
            panels.line(np.column_stack([[0, *layers], _on_axis([1, *slopes])]), "points", "slope so far"),
            panels.line(np.column_stack([layers, _on_axis(factors)]), "points", "factor w φ′(z) of the layer"),
            panels.line([[0, KEPT[0]], [MAX_LAYERS, KEPT[0]]], "level"),
            panels.line([[0, KEPT[1]], [MAX_LAYERS, KEPT[1]]], "level", "between 0.1 and 10"),
        ]
        end = panels.handle("probe", "number of layers", (layers[-1], _on_axis(slopes[-1:])[0]), {"depth": (1, 0, 0)})
        rows = [
            panels.row([name, compact(np.prod(chain(name, settings)[1]))], role="now" if name == settings["activation"] else "")
            for name in OF_ONE_NEURON
        ]
        return [
            panels.series("gradient", "Sizes of the factors and of their product", ("layer", 0, MAX_LAYERS),
                          ("size", SIZE_FLOOR, SIZE_TOP, "log"), lines, handles=[end], aspect=1.05),
            panels.table("functions", "The same chain with each function", ("φ", f"slope, n = {len(layers)}"), rows),
            panels.series("outputs", "The output of each layer", ("layer", 0, MAX_LAYERS), ("a", -far, far),
                          [("output a", np.column_stack([[0, *layers], signal]))]),
            panels.equations("equations", "The same in numbers", _equations(settings, factors)),
        ]  # fmt: skip

    def describe(self, settings, state):
        _, factors = chain(settings["activation"], settings)
        slope = np.prod(factors)
        moves = (
            f"moves the output {compact(slope)} times as far" if slope else "does not move the output: the slope is exactly 0"
        )
        chain_of = f"{plural(len(factors), 'layer')} of {settings['activation']}"
        return f"After {chain_of}, a small step of the input {moves}."

    def challenge(self, settings, state):
        wanted = TASKS[settings["task"]]
        if settings["activation"] != wanted:
            return f"Choose {wanted}: with the right weight, bias and input the slope of its chain survives.", False
        if settings["depth"] < WANTED_LAYERS:
            return f"Set the layers to {WANTED_LAYERS} or more: a short chain keeps its slope easily.", False
        slopes = np.abs(np.cumprod(chain(wanted, settings)[1]))[:WANTED_LAYERS]
        inside = (slopes >= KEPT[0]) & (slopes <= KEPT[1])
        until = len(inside) if inside.all() else int(inside.argmin())
        task = (
            f"With {wanted}: keep the slope between 0.1 and 10 through {WANTED_LAYERS} layers with one weight, bias, input; "
            f"now it stays there for {until}."
        )
        return task, bool(inside.all())

    def code(self, settings, steps):
        depth, weight, bias, x = (settings[name] for name in ("depth", "weight", "bias", "x"))
        return f"""\
from nnlib.activations import ACTIVATIONS

function, derivative = ACTIVATIONS[{settings["activation"]!r}]
a, slope = {x!r}, 1.0
for layer in range({round(depth)}):
    z = {weight!r} * a + {bias!r}
    a, slope = function(z), slope * {weight!r} * derivative(z)
print(f"output: {{a:.9f}}")
print(f"slope: {{slope:.9e}}")
"""


def chain(activation, settings):
    """Return what each neuron of the chain puts out, and the factor w φ′(z) by which it changes the slope: (n,) each."""
    function, derivative = OF_ONE_NEURON[activation]
    a, w, b = settings["x"], settings["weight"], settings["bias"]
    sums, outputs = [], []
    for _ in range(round(settings["depth"])):
        z = w * a + b
        a = float(function(z))
        sums.append(z)
        outputs.append(a)
    return np.array(outputs), w * np.asarray(derivative(np.array(sums)), dtype=float)


def _on_axis(values):
    """Return the sizes as the axis has room for them: 0 stands at its foot."""
    return np.clip(np.abs(values), SIZE_FLOOR, SIZE_TOP)


def _equations(settings, factors):
    first = " · ".join(bracketed(compact(factor)) for factor in factors[:3])
    more = " · …" if len(factors) > 3 else ""
    return [
        f"zₖ = w aₖ₋₁ + b,  aₖ = φ(zₖ),  a₀ = x = {compact(settings['x'])}",
        f"daₙ/dx = wφ′(z₁) · wφ′(z₂) · … = {first}{more} = {compact(np.prod(factors))}",
    ]
