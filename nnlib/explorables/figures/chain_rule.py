"""The chain rule: two functions in a row, and a nudge that travels through both."""

from typing import NamedTuple

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import bracketed, text


class Function(NamedTuple):
    """A function beside its derivative, and how a program and a formula write them."""

    function: object
    derivative: object
    program: str
    formula: str
    slope: str


def _activation(name, formula, slope):
    return Function(*ACTIVATIONS[name], f'ACTIVATIONS["{name}"]', formula, slope)


FUNCTIONS = {
    "double": Function(lambda u: 2.0 * u, lambda u: 2.0 + 0.0 * u, "lambda u: 2 * u, lambda u: 2", "2·□", "2"),
    "square": Function(lambda u: u**2, lambda u: 2.0 * u, "lambda u: u**2, lambda u: 2 * u", "□²", "2·□"),
    "sigmoid": _activation("sigmoid", "σ(□)", "σ(□)(1 − σ(□))"),
    "tanh": _activation("tanh", "tanh(□)", "1 − tanh(□)²"),
    "relu": _activation("relu", "max(0, □)", "1 where □ > 0, else 0"),
}
X_ENDS = (-2.0, 3.0)  # of x, with the longest nudge
X = np.linspace(*X_ENDS, 201)
PLACES = np.linspace(-2, 2, 81)  # of the slider of x
SIXFOLD, LOST, TRUE = "six times as much", "a nudge that is lost", "as good as the slopes"


class ChainRule(Explorable):
    name = "chain_rule"
    title = "The chain rule"
    controls = (
        choice("inner", "first function g", tuple(FUNCTIONS), default="square"),
        choice("outer", "second function f", tuple(FUNCTIONS), default="sigmoid"),
        number("x", "input x", 0.8, -2, 2, 0.05),
        number("nudge", "nudge Δx", 0.5, 0.01, 1, 0.01),
        choice("task", "task", (SIXFOLD, LOST, TRUE)),
    )

    def picture(self, settings, state):
        g, f = FUNCTIONS[settings["inner"]], FUNCTIONS[settings["outer"]]
        (x, u, y), (dx, du, dy), (slope_g, slope_f) = travel(settings)
        inner, all_u = _curve(g, X), _curve(f, np.linspace(*_ends(g.function(X)), 201))
        nudge = panels.handle("nudge", "end of the nudge", (x + dx, u), {"nudge": (1, 0, -x)})
        return [
            _stage("inner", f"First u = g(x), {settings['inner']}", "x", "u", inner, (x, u), (dx, du), slope_g,
                   [panels.handle("x", "point on the curve", (x, u), {"x": (1, 0, 0)}), nudge]),
            _stage("outer", f"Then y = f(u), {settings['outer']}", "u", "y", all_u, (u, y), (du, dy), slope_f, []),
            panels.network("diagram", "Values, and below each how y changes with it",
                           [[panels.node("x", x, gradient=slope_f * slope_g, sign="×")],
                            [panels.node("u", u, gradient=slope_f, sign="×")], [panels.node("y", y, gradient=1, sign="×")]],
                           [panels.edge((0, 0), (1, 0), None, "g", gradient=slope_g, key="inner"),
                            panels.edge((1, 0), (2, 0), None, "f", gradient=slope_f, key="outer")], aspect=2),
            panels.equations("equations", "The same in numbers", _equations(settings),
                             keys=["inner", "outer", None, None]),
        ]  # fmt: skip

    def describe(self, settings, state):
        (x, _, y), (dx, du, dy), (slope_g, slope_f) = travel(settings)
        return (
            f"At x = {text(x)} the slopes of {settings['inner']} and {settings['outer']} are {text(slope_g)} and "
            f"{text(slope_f)}, and their product is {text(slope_g * slope_f)}; a nudge of {text(dx)} moves u by {text(du)} and "
            f"y, which is {text(y)}, by {text(dy)}."
        )

    def challenge(self, settings, state):
        _, (dx, _, dy), (slope_g, slope_f) = travel(settings)
        product = slope_g * slope_f
        if settings["task"] == SIXFOLD:
            task = f"Choose functions and x so that a tiny nudge arrives six times as large; now {text(product)} times."
            return task + _impossible(settings, SIXFOLD), _done(SIXFOLD, slope_g, slope_f)
        if settings["task"] == LOST:
            task = "Let the nudge through g, with a slope of at least 1 or at most −1, and lose it in f: now the slopes are "
            task += f"{text(slope_g)} and {text(slope_f)}."
            return task + _impossible(settings, LOST), _done(LOST, slope_g, slope_f)
        if {settings["inner"], settings["outer"]} <= {"double", "relu"}:
            return "Choose a function that curves: where all lines are straight, the slopes are right for every nudge.", False
        told = f"now {text(product * dx, 3)} for {text(dy, 3)}"
        task = f"Shorten the nudge until slopes times nudge predicts the change of y to within 2 percent: {told}."
        return task, bool(dy and abs(dy - product * dx) <= 0.02 * abs(dy))

    def code(self, settings, steps):
        g, f = FUNCTIONS[settings["inner"]].program, FUNCTIONS[settings["outer"]].program
        named = "from nnlib.activations import ACTIVATIONS\n" if "ACTIVATIONS" in g + f else ""
        return f"""\
{named}from nnlib.gradients import numerical_gradient

g, g_slope = {g}
f, f_slope = {f}
x = {settings["x"]!r}
u = g(x)
print(f"values: {{u:.9f}} {{f(u):.9f}}")
print(f"slopes: {{g_slope(x):.9f}} {{f_slope(u):.9f}}")
print(f"their product: {{f_slope(u) * g_slope(x):.9f}}")
print(f"by a finite difference: {{numerical_gradient(lambda x: f(g(x)), x):.6f}}")
"""


def travel(settings):
    """Return (x, u, y), how far a nudge of x moves each of them, and the slopes of g at x and of f at u."""
    g, f = FUNCTIONS[settings["inner"]], FUNCTIONS[settings["outer"]]
    x, dx = settings["x"], settings["nudge"]
    u, nudged = (float(g.function(at)) for at in (x, x + dx))
    y, nudged_y = (float(f.function(at)) for at in (u, nudged))
    return (x, u, y), (dx, nudged - u, nudged_y - y), (float(g.derivative(x)), float(f.derivative(u)))


def _done(task, slope_g, slope_f) -> bool:
    if task == SIXFOLD:
        return bool(abs(slope_f * slope_g - 6) < 0.1)
    return bool(abs(slope_g) >= 1 and abs(slope_f) < 0.01)


def _impossible(settings, task):
    """Return the words that say so where no x solves the task with these two functions, else nothing."""
    slopes = (travel(settings | {"x": float(x)})[2] for x in PLACES)
    return "" if any(_done(task, *pair) for pair in slopes) else " With these two functions no x will do: choose others."


def _ends(values):
    """Return the ends of an axis with room for all values."""
    room = max(0.5, 0.1 * np.ptp(values))
    return float(values.min() - room), float(values.max() + room)


def _curve(function, at):
    return np.column_stack([at, function.function(at)])


def _stage(name, label, across, up, curve, at, nudge, slope, handles):
    """Return one function with its tangent, and the triangle that a nudge makes on it."""
    (x, y), (dx, dy) = at, nudge
    ends = curve[[0, -1], 0]
    lines = [
        panels.line(curve, "curve", label, key=name),
        panels.line(np.column_stack([ends, y + slope * (ends - x)]), "tangent", "the tangent"),
        panels.line([[x, y], [x + dx, y], [x + dx, y + dy]], "trail"),
    ]
    return panels.series(name, label, (across, *ends), (up, *_ends(curve[:, 1])), lines, handles=handles, aspect=1.3)


def _equations(settings):
    (_, u, y), (dx, _, dy), (slope_g, slope_f) = travel(settings)
    g, f = FUNCTIONS[settings["inner"]], FUNCTIONS[settings["outer"]]
    factors = [bracketed(text(slope)) for slope in (slope_f, slope_g)]
    return [
        f"u = {g.formula.replace('□', 'x')} = {text(u)},  du/dx = {g.slope.replace('□', 'x')} = {text(slope_g)}",
        f"y = {f.formula.replace('□', 'u')} = {text(y)},  dy/du = {f.slope.replace('□', 'u')} = {text(slope_f)}",
        f"dy/dx = dy/du · du/dx = {factors[0]}·{factors[1]} = {text(slope_f * slope_g)}",
        f"this nudge: Δy / Δx = {text(dy, 3)} / {text(dx)} = {text(dy / dx)}",
    ]
