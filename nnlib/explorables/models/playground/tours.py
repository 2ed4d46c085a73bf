"""The guided tours: eight of them, each a set of settings in which something goes wrong, and a task that the figure recognizes.

A tour says what may be changed; all else stays as it opens, so that one thing is learned at a time. Its task is met by what the
network has really done, and where the settings make that impossible, it says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib.explorables.models.playground.run import of, session_of, stopped
from nnlib.explorables.writing import percent, plural, text

FREE_PLAY = "free play"
OPENING = 20  # epochs, in which a tour says what one sees
RIGHT = 0.95  # the share of the test points that most tours ask for
IN_TIME = 10  # epochs, of the tour on the learning rate
LOW_LOSS = 0.2  # of the tour on the learning rate
CURED = 0.45  # the test loss that the tour on overfitting asks for
TO_THE_END = 200  # epochs, of the tour on overfitting
SOON = {"scale": 50, "depth": 100}  # epochs

# What every tour begins with; a test compares it with the figure's controls.
BASE = {
    "data": "circle", "noise": 0, "noise_on": "what its law says", "share": 50, "draw": 1, "standardize": "as given",
    "features": ["x₁", "x₂"], "layers": [4, 2], "activation": "tanh", "activations": [], "weights": "uniform ±0.5", "start": 1,
    "loss": "squared error", "optimizer": "SGD", "learning_rate": 0.03, "batch_size": 10, "penalty": "none",
    "penalty_rate": 0.001, "dropout": 0, "patience": 0, "frozen": [],
}  # fmt: skip
LABELS = {"data": "the data set", "noise_on": "what the noise is on", "share": "the share of the training points",
          "draw": "the draw of the data", "standardize": "the scale of the features", "weights": "the first weights",
          "start": "the draw of the weights", "learning_rate": "the learning rate", "batch_size": "the batch size",
          "penalty_rate": "the rate of the penalty", "patience": "early stopping",
          "activations": "the activation of a layer", "frozen": "the frozen layers"}  # fmt: skip


def fruits():
    """Return a table of some eighty fruits: weight in grams, share of sugar, and whether it is a sweet kind, by a line."""
    count = np.arange(80)
    grams, sugar = (120 + 100 * (count * 0.618034 % 1)).round(), (0.06 + 0.1 * (count * 0.754878 % 1)).round(3)
    beyond = (grams - 170) / 50 + (sugar - 0.11) / 0.05
    rows = np.column_stack([grams, sugar, beyond > 0])[np.abs(beyond) > 0.15]
    return {"columns": ["weight in g", "share of sugar", "is sweet"], "rows": rows.tolist()}


class Seen:
    """What a tour looks at: the settings, and how far the run with these settings has come."""

    def __init__(self, settings, state):
        self.settings, self.session = settings, session_of(settings)
        self.state = state if state["of"] == of(settings) else self.session.start()
        self.curve = self.state["curve"]  # rows of epoch, training loss, test loss, and the shares that are right of either

    @property
    def epoch(self) -> int:
        """How many epochs this run has made."""
        return self.state["epoch"]

    @cached_property
    def losses(self):
        """The training and the test loss, with the weights that early stopping has gone back to, where it has."""
        return (self.session.measured(self.state) if self.stopped else self.curve[-1])[1:3]

    @property
    def stopped(self) -> bool:
        """Whether early stopping has ended this run."""
        return stopped(self.state, self.settings)

    @property
    def right(self) -> float:
        """The share of the test points that are right now; none before the first epoch."""
        return float(self.curve[-1, 4]) if self.epoch else 0.0

    def right_within(self, epochs) -> bool:
        """Whether it got the test points right within so many epochs."""
        return bool(np.any(self.curve[1:][self.curve[1:, 0] <= epochs, 4] >= RIGHT))

    @cached_property
    def network(self):
        """The network as it is."""
        return self.session.network_at(self.state)

    @cached_property
    def hidden(self) -> list:
        """What the hidden layers put out for the training points, an array (points, neurons) for each."""
        outputs = self.network.trace(self.session.X)
        kinds = [type(layer).__name__ for layer in self.network.layers]
        return [a for kind, a in zip(kinds, outputs, strict=True) if kind == "Activation"][:-1]

    @property
    def dead(self) -> int:
        """How many ReLU neurons put out 0 for every training point."""
        return sum(int((a <= 0).all(axis=0).sum()) for a in self.hidden)

    @property
    def different(self) -> int:
        """How many neurons of the first hidden layer differ: not silent, and neither equal to another nor its mirror image."""
        first = next(layer for layer in self.network.layers if hasattr(layer, "weights"))
        found = []
        for one in np.vstack([first.weights, first.bias]).T:
            if np.abs(one[:-1]).max() > 1e-6 and not any(np.allclose(one, sign * other) for other in found for sign in (1, -1)):
                found.append(one)
        return len(found)


@dataclass(frozen=True)
class Tour:
    """One tour.

    Parameters
    ----------
    changes : the settings that it opens with, where they are not BASE's
    opening : what one sees first
    task : what to do
    free : the names of the settings that the reader may change; the others stay
    met : a function from what is `Seen` to whether the task is met
    remark : a function from what is `Seen` to a sentence about where one stands, or what makes it impossible; "" for none
    learned : a closing sentence
    chapter : the chapter that explains it
    """

    changes: dict
    opening: str
    task: str
    free: tuple
    met: Callable
    remark: Callable
    learned: str
    chapter: str

    @property
    def settings(self) -> dict:
        """The settings that it opens with, all that have to do with learning."""
        return BASE | self.changes

    def strayed(self, settings) -> list:
        """Return the names of the settings that are not the tour's."""
        return [name for name, value in self.settings.items() if name not in self.free and not _same(settings[name], value)]

    def done(self, settings, state) -> bool:
        """Return whether the task is met."""
        return not self.strayed(settings) and bool(self.met(Seen(settings, state)))

    def say(self, settings, state) -> tuple:
        """Return what to tell the reader, and whether the task is met."""
        strayed = self.strayed(settings)
        if strayed:
            names = " and ".join(LABELS.get(name, f"the {name}") for name in strayed)
            return f"{self.task} Put back {names}: this tour is about something else. Or press its button again.", False
        seen = Seen(settings, state)
        if self.met(seen):
            return f"{self.task} {self.learned} The chapter “{self.chapter}” explains it.", True
        remark = self.remark(seen)
        return " ".join(filter(None, [self.opening if seen.epoch <= OPENING else "", self.task, remark])), False


def _same(one, other):
    """Return whether two values of a setting are the same; of a table the rows count."""
    if isinstance(other, dict):
        return np.array_equal(one["rows"], other["rows"])
    return one == other


def _so_far(seen):
    return f"Now {percent(seen.right)} are right." if seen.epoch else ""


def _one_change(settings):
    """Return what was changed to part the circle: "features", "layers", both or neither, in a list."""
    return [name for name in ("features", "layers") if settings[name] != TOURS["no line will do"].settings[name]]


def _line_met(seen):
    small = len(seen.settings["features"]) <= 2 and (sum(seen.settings["layers"]) <= 3)
    return len(_one_change(seen.settings)) == 1 and small and seen.right >= RIGHT


def _line_remark(seen):
    layers, features, changed = seen.settings["layers"], seen.settings["features"], _one_change(seen.settings)
    if len(changed) == 2:
        return "Both have been changed: put one of them back."
    if sum(layers) > 3 or len(features) > 2:
        return "That is more than it takes."
    if not layers and {"x₁²", "x₂²"} != set(features):
        return "Impossible so far: with these features and no hidden layer, no boundary closes around the middle."
    return _so_far(seen)


def _few_met(seen):
    return seen.settings["layers"] == [3] and seen.right >= RIGHT


def _few_remark(seen):
    layers = seen.settings["layers"]
    if not layers or layers[0] < 3:
        return ("Impossible so far: each tanh neuron rises along one direction alone, and a sum of two always leaves a way out "
                "of the ring.")  # fmt: skip
    if layers != [3]:
        return "That is more than it takes, or more than one layer."
    return _so_far(seen)


def _dead_met(seen):
    return seen.epoch >= 20 and seen.right >= RIGHT and not seen.dead


def _dead_remark(seen):
    if not seen.epoch:
        return ""
    if seen.dead:
        return (f"Dead now: {seen.dead} of {sum(seen.settings['layers'])} neurons. No gradient reaches what is 0 for every "
                "point, and a smaller rate alone will not wake it: restart with one.")  # fmt: skip
    return _so_far(seen)


def _over_met(seen):
    return (seen.epoch >= TO_THE_END or seen.stopped) and seen.losses[1] <= CURED


def _over_remark(seen):
    if not seen.epoch:
        return ""
    training, test = seen.losses
    said = f"Now the test loss is {text(test, 3)}, after {plural(seen.epoch, 'epoch')}."
    if seen.stopped:
        return f"{said} Early stopping has gone back to its lowest, and that is too high: wait longer, or use another cure."
    lowest = seen.curve[seen.curve[:, 2].argmin()]
    if seen.epoch >= TO_THE_END and training > CURED:
        return f"{said} The training loss is high as well: this cure is too strong."
    return f"{said} It was lowest, {text(lowest[2], 3)}, after {plural(int(lowest[0]), 'epoch')}." if seen.epoch > 20 else said


def _rate_met(seen):
    return bool(np.any(seen.curve[seen.curve[:, 0] <= IN_TIME, 1] <= LOW_LOSS))


def _rate_remark(seen):
    if seen.epoch < IN_TIME:
        return ""
    loss = text(seen.curve[-1, 1], 3)
    return f"After {plural(seen.epoch, 'epoch')} the training loss is {loss}: restart with another rate."


def _scale_met(seen):
    return seen.settings["standardize"] == "standardized" and seen.right_within(SOON["scale"])


def _scale_remark(seen):
    if seen.settings["standardize"] != "standardized":
        return ("As the numbers are, one step is far too long for the weights of the grams, or far too short for those of the "
                "sugar.")  # fmt: skip
    if seen.epoch > SOON["scale"]:
        return f"{_so_far(seen)} That was not in time: standardized, it can bear a much higher rate. Restart with one."
    return _so_far(seen)


def _zero_met(seen):
    return seen.right >= RIGHT


def _zero_remark(seen):
    different = seen.different
    if not different:
        return "All four neurons are silent, and no gradient reaches them: impossible so far."
    said = f"{_so_far(seen)} The hidden layer has {plural(different, 'different neuron')}"
    if different < 3:
        return f"{said}, and mirror images count once: a ring takes three.".strip()
    return f"{said}.".strip()


def _depth_met(seen):
    return len(seen.settings["layers"]) == 1 and seen.right_within(SOON["depth"])


def _depth_remark(seen):
    layers = seen.settings["layers"]
    if not layers:
        return "Impossible so far: without a hidden layer the boundary is a line."
    if len(layers) > 1 and seen.right >= RIGHT:
        return f"{percent(seen.right)} are right, and still there is a layer too many."
    return _so_far(seen)


TOURS = {
    "no line will do": Tour(
        changes={"layers": []},
        opening="No hidden layer: one neuron, and its boundary is a line. Play, and watch it turn without an end.",
        task="Make one change, either to the features or to the layers, so that 95% of the test points are right: to two other "
        "features, or to three hidden neurons at most.",
        free=("features", "layers", "learning_rate", "start"),
        met=_line_met,
        remark=_line_remark,
        learned="What no line can part, a line can part in other features, made by hand or found by a hidden layer.",
        chapter="Layers and the multilayer perceptron",
    ),
    "one neuron too few": Tour(
        changes={"layers": [2]},
        opening="Two hidden neurons draw two edges. Play until nothing changes any more, and look for the gap.",
        task="Find the fewest neurons, in one hidden layer, that get 95% of the test points right.",
        free=("layers", "learning_rate", "start"),
        met=_few_met,
        remark=_few_remark,
        learned="Each neuron adds an edge, and three is the fewest that close a shape. No training could replace the third.",
        chapter="Layers and the multilayer perceptron",
    ),
    "dead neurons": Tour(
        changes={"layers": [8, 8], "activation": "relu", "learning_rate": 1.0},
        opening="A ReLU neuron that is 0 for every point has the slope 0 too. Play, and count the pictures without a color.",
        task="Keep ReLU, and get 95% of the test points right, after at least 20 epochs, with no dead neuron.",
        free=("learning_rate",),
        met=_dead_met,
        remark=_dead_remark,
        learned="One step that is too long can push a ReLU neuron below 0 for every point, and nothing brings it back.",
        chapter="Depth: signals that survive",
    ),
    "learning by heart": Tour(
        changes={"data": "exclusive or", "noise": 40, "noise_on": "points", "draw": 6, "share": 10, "layers": [8, 8],
                 "loss": "cross-entropy", "optimizer": "Adam", "learning_rate": 0.01},
        opening="Fifty noisy points, and room for all of them in the network. Play: one loss falls, the other one turns.",
        task="Find a cure: a penalty, dropout, early stopping, fewer neurons, or many more points. After "
        f"{TO_THE_END} epochs or more, or where early stopping ends the run, the test loss should be {text(CURED)} or less.",
        free=("penalty", "penalty_rate", "dropout", "patience", "layers", "share"),
        met=_over_met,
        remark=_over_remark,
        learned="A cure leaves less room, less time or less cause for learning by heart; too much leaves none for learning.",
        chapter="Generalization: learning, not memorizing",
    ),
    "too long a step": Tour(
        changes={"layers": [4], "learning_rate": 3.0},
        opening="The learning rate is 3. Play: after a few steps every neuron is saturated, and the loss stands still, high.",
        task=f"Find a learning rate with which the training loss is {text(LOW_LOSS, 1)} or less within {IN_TIME} epochs.",
        free=("learning_rate",),
        met=_rate_met,
        remark=_rate_remark,
        learned="Too small a rate arrives too late, too large a one never, and between them there is a factor of ten or less.",
        chapter="Gradient descent: walking downhill",
    ),
    "grams and shares": Tour(
        changes={"data": "your table", "table": fruits(), "layers": [4], "learning_rate": 0.0001},
        opening="Fruits: one feature is the weight, 120 to 220 grams, the other the share of sugar, about a tenth. Play, and "
        "try other rates too.",
        task=f"Get 95% of the test points right within {SOON['scale']} epochs.",
        free=("standardize", "learning_rate", "start"),
        met=_scale_met,
        remark=_scale_remark,
        learned="On one scale, one learning rate fits all weights: the valley has become rounder.",
        chapter="Gradient descent: walking downhill",
    ),
    "all zeros": Tour(
        changes={"weights": "zeros", "layers": [4], "learning_rate": 0.05},
        opening="All first weights are 0. Play: only the output's bias moves, ever.",
        task="Keep these first weights, but set a few of them by hand, as few as you can, so that it then learns to get 95% of "
        "the test points right.",
        free=("learning_rate",),
        met=_zero_met,
        remark=_zero_remark,
        learned="Equal neurons get equal gradients, and stay equal. That is why first weights are drawn at random.",
        chapter="Depth: signals that survive",
    ),
    "depth without need": Tour(
        changes={"data": "exclusive or", "layers": [8] * 6, "activation": "sigmoid", "learning_rate": 0.1},
        opening="Six hidden layers of eight sigmoid neurons. Play, for as long as you like.",
        task="Keep the sigmoid. With as few hidden layers as it takes, get 95% of the test points right within "
        f"{SOON['depth']} epochs.",
        free=("layers", "learning_rate", "start"),
        met=_depth_met,
        remark=_depth_remark,
        learned="Each sigmoid layer shrinks the gradient to a quarter or less; one layer was all that this task needed.",
        chapter="Depth: signals that survive",
    ),
}  # fmt: skip


def presets(defaults):
    """Return for each tour the settings that open it, given the figure's defaults."""
    return {title: defaults | tour.settings | {"tour": title} for title, tour in TOURS.items()}
