"""Loss and slope: one prediction and its target, what it costs by two losses, and how hard each loss pulls on it."""

from functools import lru_cache

import numpy as np

from nnlib.activations import sigmoid
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import text
from nnlib.gradients import numerical_gradient
from nnlib.losses import LOSSES

PREDICTION_ENDS = (0.005, 0.995)  # where ŷ is 0 or 1, cross-entropy may be infinite
Y_HAT = np.linspace(*PREDICTION_ENDS, 199)
MAX_LOSS, MAX_SLOPE = 5.0, 8.0  # of the axes; a curve ends where it leaves them
SQUARED, CROSS = "squared error", "cross-entropy"
# What nnlib calls each loss, its formula, and its slope in ŷ.
FORMULAS = {
    SQUARED: ("mse", "(ŷ − y)²", "2(ŷ − y)"),
    CROSS: ("binary_cross_entropy", "−y ln ŷ − (1 − y) ln(1 − ŷ)", "(1 − y)/(1 − ŷ) − y/ŷ"),
}
STRONGEST, IGNORED, CLOSEST = "the strongest pull", "badly wrong, gently pulled", "the losses come closest"
SMALL_ERROR = 0.2  # the challenge: a neuron that is at least MIN_ERROR wrong is pulled like one that is this wrong,
MIN_ERROR = 0.9
PULLS_AGREE = 0.01  # to within this


class LossAndSlope(Explorable):
    name = "loss_and_slope"
    title = "Loss and slope"
    controls = (
        number("y_hat", "prediction ŷ", 0.2, *PREDICTION_ENDS, 0.005),
        choice("y", "target y", ("1", "0")),
        choice("loss", "loss L", tuple(FORMULAS)),
        choice("task", "task", (STRONGEST, IGNORED, CLOSEST)),
    )

    def picture(self, settings, state):
        y_hat, y, name = settings["y_hat"], int(settings["y"]), settings["loss"]
        value, slope, pull = at(name, y_hat, y)
        ends = np.array([0.0, 1.0])
        tangent = panels.line(np.column_stack([ends, value + slope * (ends - y_hat)]), "tangent", "the tangent")
        return [
            panels.series("loss", "What the prediction costs", ("prediction ŷ", 0, 1), ("L", 0, MAX_LOSS),
                          [*_lines(0, y, y_hat, value), tangent], handles=[_probe("loss", y_hat, value)],
                          aspect=2.2, wide=True),
            panels.series("by_prediction", "Its slope in ŷ", ("prediction ŷ", 0, 1), ("∂L/∂ŷ", *_toward(y, MAX_SLOPE)),
                          _lines(1, y, y_hat, slope),
                          handles=[_probe("slope in ŷ", y_hat, np.clip(slope, -MAX_SLOPE, MAX_SLOPE))]),
            panels.series("by_z", "Its slope in z, where ŷ = σ(z)", ("prediction ŷ", 0, 1), ("∂L/∂z", *_toward(y, 1.0)),
                          _lines(2, y, y_hat, pull), handles=[_probe("slope in z", y_hat, pull)]),
            panels.table("losses", "Both losses of this prediction", ("loss", "L", "∂L/∂ŷ", "∂L/∂z"), [
                panels.row([other, *(text(n, 3) for n in at(other, y_hat, y))], key=other,
                           role="now" if other == name else "") for other in FORMULAS]),
            panels.equations("equations", "The same in numbers", _equations(name, y_hat, y), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        y_hat, y, name = settings["y_hat"], int(settings["y"]), settings["loss"]
        value, slope, pull = (text(n, 3) for n in at(name, y_hat, y))
        return (
            f"The prediction {text(y_hat, 3)} for the target {y} costs {value} by {name}; "
            f"the slope is {slope} in the prediction and {pull} in the weighted sum z."
        )

    def challenge(self, settings, state):
        y_hat, y, name = settings["y_hat"], int(settings["y"]), settings["loss"]
        pull = abs(at(name, y_hat, y)[2])
        if settings["task"] == STRONGEST:
            most = np.abs(_curves(y)[name][2]).max()
            task = f"Drag the prediction to where squared error pulls hardest on z; here ∂L/∂z is {text(pull, 3)} from 0."
            if name != SQUARED:
                task = "Cross-entropy pulls harder and harder to the very end, so it has no such place: choose squared error."
            return task, name == SQUARED and pull >= 0.995 * most
        if settings["task"] == IGNORED:
            gentle = abs(at(name, abs(y - SMALL_ERROR), y)[2])
            task = (
                f"A prediction that is {SMALL_ERROR} off is pulled on z with {text(gentle, 3)}. Find one that is at least "
                f"{MIN_ERROR} off and pulled just as hard, to within {PULLS_AGREE}; here it is {text(pull, 3)}."
            )
            if name != SQUARED:
                task = "By cross-entropy, the pull on z is the error itself, so this cannot be: choose squared error."
            close = abs(pull - gentle) <= PULLS_AGREE
            return task, name == SQUARED and abs(y_hat - y) >= MIN_ERROR and close
        ratio = abs(at(CROSS, y_hat, y)[2] / at(SQUARED, y_hat, y)[2])
        task = f"Cross-entropy pulls on z {text(ratio)} times as hard as squared error. Find where it has the smallest lead."
        return task, ratio <= 2.001

    def code(self, settings, steps):
        return f"""\
import numpy as np

from nnlib import numerical_gradient
from nnlib.activations import sigmoid
from nnlib.losses import LOSSES

loss = LOSSES[{FORMULAS[settings["loss"]][0]!r}]
y_hat, y = np.array([{settings["y_hat"]!r}]), np.array([{settings["y"]}])
z = np.log(y_hat / (1 - y_hat))
print(f"loss: {{loss.value(y_hat, y):.9f}}")
print(f"slope in the prediction: {{loss.gradient(y_hat, y)[0]:.9f}}")
print(f"slope in z: {{numerical_gradient(lambda z: loss.value(sigmoid(z), y), z)[0]:.6f}}")
"""


def at(name, y_hat, y):
    """Return the loss of one prediction, and its slopes in ŷ and in z, where ŷ = σ(z)."""
    loss, (a, target) = LOSSES[FORMULAS[name][0]], np.array([[y_hat], [y]], dtype=float)
    slope = float(loss.gradient(a, target)[0])
    return loss.value(a, target), slope, slope * y_hat * (1 - y_hat)


@lru_cache(maxsize=2)
def _curves(y):
    """Return, for each loss, its value and both slopes along `Y_HAT`: (3, predictions)."""
    return {name: np.array([at(name, y_hat, y) for y_hat in Y_HAT.tolist()]).T for name in FORMULAS}


def _lines(which, y, y_hat, here):
    """Return a curve for each loss, and the guide from the point; a curve ends where it leaves the axes."""
    high = (MAX_LOSS, MAX_SLOPE, 1.0)[which]
    lines = [panels.line([[y_hat, 0], [y_hat, np.clip(here, -high, high)]], "guide")]
    for name, curves in _curves(y).items():
        inside = np.abs(curves[which]) <= high
        lines.append(panels.line(np.column_stack([Y_HAT, curves[which]])[inside], "curve", name, key=name))
    return lines


def _toward(y, most):
    """Return the ends of an axis for slopes, which push ŷ toward y: they are negative where y is 1."""
    return (-most, most / 8) if y else (-most / 8, most)


def _probe(of, y_hat, height):
    return panels.handle("probe", f"prediction, on the {of}", (y_hat, height), {"y_hat": (1, 0, 0)})


def _equations(name, y_hat, y):
    value, slope, pull = at(name, y_hat, y)
    _, formula, derived = FORMULAS[name]
    loss, z = LOSSES[FORMULAS[name][0]], np.log(y_hat / (1 - y_hat))
    measured = numerical_gradient(lambda z: loss.value(sigmoid(z), np.array([y])), [z])[0]
    return [
        f"L = {formula} = {text(value, 4)}",
        f"∂L/∂ŷ = {derived} = {text(slope, 4)}",
        f"∂L/∂z = ∂L/∂ŷ · ŷ(1 − ŷ) = {text(slope, 4)} · {text(y_hat * (1 - y_hat), 4)} = {text(pull, 4)}",
        f"check: (L(z + h) − L(z − h)) / 2h = {text(measured, 4)} with a tiny h",
    ]
