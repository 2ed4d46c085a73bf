"""The playground: everything of the course at once, a network that learns a plane of points, in the taught `nnlib`."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, each, number, pin, points, several, sizes
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.playground import in_keras, in_pytorch, layers, lenses, links, own, programs, run
from nnlib.explorables.models.playground.laws import LAWS
from nnlib.explorables.models.playground.maps import SCALE
from nnlib.explorables.models.playground.task import (
    AS_GIVEN,
    DATA,
    FEATURES,
    NOISE_ON,
    NUMBERS,
    SEVERAL,
    STANDARDIZED,
    TWO,
    YOUR_POINTS,
    YOUR_TABLE,
    raw,
    task_of,
)  # fmt: skip
from nnlib.explorables.models.playground.tours import FREE_PLAY, TOURS, presets
from nnlib.explorables.writing import compact, percent, plural, text

TEST_POINTS, CLASSES_ONLY = "test points", "classes only"
HIDDEN = ("tanh", "relu", "sigmoid", "identity", "leaky_relu", "elu", "gelu_tanh", "silu")
FARTHEST = 1000.0  # from 0, that a weight can be set by hand
WANTED = 0.95  # of the test points of the spiral
TOPS = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)  # of the axis of the loss; what is more stands there
CORNERS = [[2, 2, 1], [3, 1, 1], [1, 3, 1], [-2, -2, 1], [-3, -1, 1], [2, -2, -1], [3, -3, -1], [-2, 2, -1], [-1, 3, -1],
           [-3, 3, -1]]  # fmt: skip
#: What a run is trained by: another one can be pinned with other ones.
SETTINGS = (
    choice("data", "data", DATA),
    number("noise", "noise in %", 0, 0, 80, 5),
    choice("noise_on", "noise acts on", NOISE_ON),
    number("share", "training share in %", 50, 10, 90, 10),
    number("draw", "draw of the data", 1, 1, 99, 1),
    points("points", "your points", CORNERS, -6, 6),
    own.TABLE,
    choice("standardize", "features", (AS_GIVEN, STANDARDIZED)),
    several("features", "given to the network", tuple(FEATURES), ["x₁", "x₂"]),
    sizes("layers", "hidden layers", [4, 2]),
    choice("activation", "activation", HIDDEN),
    each("activations", "activation of a layer", "layers", (layers.AS_ALL, *HIDDEN)),
    choice("weights", "first weights", tuple(run.WEIGHTS)),
    number("start", "draw of the weights", 1, 1, 99, 1),
    choice("loss", "loss", run.LOSS_NAMES),
    choice("optimizer", "optimizer", tuple(run.OPTIMIZERS)),
    number("learning_rate", "learning rate η", 0.03, 0.000001, 10, 0.000001, scale="log"),
    number("batch_size", "batch size", 10, 1, 500, 1, scale="log"),
    choice("penalty", "penalty on weights", run.PENALTIES),
    number("penalty_rate", "penalty rate λ", 0.001, 0.00001, 20, 0.00001, scale="log"),
    number("dropout", "dropout rate", 0, 0, 0.8, 0.05),
    number("patience", "patience, 0 for none", 0, 0, 500, 1),
    several("frozen", "frozen layers", layers.NAMES, [], 0, "layers"),
)


class Playground(Explorable):
    name = "playground"
    title = "The playground"
    trains = True
    speed = 5  # epochs a picture: a circle is learned in seconds, and seen to be
    opens = "a link of TensorFlow Playground"
    opening = 10  # epochs: a picture that shows something
    controls = (
        *SETTINGS,
        several("show", "shown", (TEST_POINTS, CLASSES_ONLY), [], 0),
        choice("lens", "look closer at", lenses.NAMES),
        number("probe_x", "point, x₁", 1.5, -6, 6, 0.1),
        number("probe_y", "point, x₂", 1.5, -6, 6, 0.1),
        number("layer", "layer of the neuron", 1, 1, 7, 1),
        number("neuron", "neuron", 1, 1, 8, 1),
        pin("pinned", "pinned run", SETTINGS),
        choice("tour", "tour", (FREE_PLAY, *TOURS)),
    )
    groups = {
        "data": ("data", "noise", "noise_on", "share", "draw", "points", "table", "standardize"),
        "network": ("features", "layers", "activation", "activations", "weights", "start"),
        "training": ("loss", "optimizer", "learning_rate", "batch_size", "frozen"),
        "against overfitting": ("penalty", "penalty_rate", "dropout", "patience"),
        "look closer": ("tour", "show", "lens", "layer", "neuron", "pinned", "probe_x", "probe_y"),
    }
    needs = {
        "table": ("data", (YOUR_TABLE,)),
        "noise": ("data", tuple(LAWS)),
        "noise_on": ("data", tuple(LAWS)),
        "layer": ("lens", ("a neuron", "one point")),
        "neuron": ("lens", ("a neuron", "one point")),
        "pinned": ("lens", ("two runs",)),
        "penalty_rate": ("penalty", run.PENALTIES[1:]),
    }
    mode = "tour"
    presets = {
        "four corners": {"data": "exclusive or", "features": ["x₁", "x₂"], "layers": [4], "activation": "relu"},
        "the spiral": {"data": "spiral", "features": ["x₁", "x₂"], "layers": [8, 8], "optimizer": "Adam",
                       "learning_rate": 0.01},
        "three classes": {"data": "three arms", "layers": [8, 8], "loss": run.CROSS, "learning_rate": 0.1},
        "numbers": {"data": "hills", "layers": [8, 8], "learning_rate": 0.1},
    }  # fmt: skip

    def __init__(self):
        examples = {label: {"tour": FREE_PLAY} | preset for label, preset in self.presets.items()}
        self.presets = examples | presets(self.defaults())

    def check(self, settings):
        checked = layers.within(super().check(settings))
        return checked | {"pinned": checked["pinned"] and layers.within(checked["pinned"])}

    def start(self, settings):
        return run.session_of(settings).start()

    def advance(self, state, settings, steps):
        """Train for `steps` epochs, anew where the data or the network are other ones."""
        return lenses.advance(settings, current(state, settings), steps)

    def finished(self, settings, state):
        return bool(task_of(settings).trouble) or run.finished(current(state, settings), settings)

    def over(self, settings, state):
        state = current(state, settings)
        if trouble := task_of(settings).trouble:
            return f"Nothing can be learned yet: {trouble}."
        if state["broke"]:
            return f"No step is made: the run broke in epoch {state['epoch'] + 1}, and would again: {_cause(settings)}."
        if run.stopped(state, settings):
            return "No step is made: early stopping has ended the run. Give it more patience, or restart it."
        return super().over(settings, state)

    def step(self, settings, state):
        """Return after how many epochs a state is."""
        return current(state, settings)["epoch"]

    def edit(self, state, settings, edits):
        """Change parameters, counted as in `Network.parameters`, to ±1000 at the most; the loss is measured again."""
        state = current(state, settings)
        parameters = state["parameters"].copy()
        for place, value in edits.items():
            parameters[int(place)] = min(max(value, -FARTHEST), FARTHEST)
        state = state | {"parameters": parameters, "broke": None}
        row = run.session_of(settings).measured(state)
        return state | {"curve": np.concatenate([state["curve"][:-1], row[None]])}

    def opened(self, text):
        return links.opened(text)

    def look(self, settings, state):
        return lenses.look(settings, current(state, settings))

    def picture(self, settings, state):
        session, state = run.session_of(settings), current(state, settings)
        fields, large = session.maps(state, CLASSES_ONLY in settings["show"])
        return [
            _network(settings, session, state, fields),
            _output(settings, session.task, large),
            _curves(settings, state),
            _numbers(session, settings, state),
            *lenses.show(settings, state),
        ]

    def describe(self, settings, state):
        session, state = run.session_of(settings), current(state, settings)
        task = session.task
        if task.trouble:
            return f"Nothing can be learned yet: {task.trouble}."
        looked = lenses.say(settings, state)
        if looked and not state["broke"]:
            return looked
        told = "the explained share of the variance" if task.kind == NUMBERS else "the share of right answers"
        _, loss, test_loss, right, test_right = _now(session, settings, state)
        words = (
            f"the loss is {text(loss, 3)} on the training points and {text(test_loss, 3)} on the test points, {told} "
            f"{percent(right)} and {percent(test_right)}"
        )
        if state["broke"]:
            epoch = state["epoch"]
            before = f"Before it, after {plural(epoch, 'epoch')}," if epoch else "With the first weights"
            return f"The run broke in epoch {epoch + 1}: {_cause(settings)}. {before} {words}."
        if run.stopped(state, settings):
            best = state["best"]["epoch"]
            return f"Stopped after {plural(state['epoch'], 'epoch')}, with the weights of epoch {best}: {words}."
        frozen = layers.frozen_said(settings)
        return f"After {plural(state['epoch'], 'epoch')} {words}{f'; {frozen}' if frozen else ''}."

    def challenge(self, settings, state):
        state = current(state, settings)
        if settings["tour"] != FREE_PLAY:
            return TOURS[settings["tour"]].say(settings, state)
        task = (
            f"Let a network learn the spiral, given x₁ and x₂ alone, so that {percent(WANTED)} or more of its test points are "
            "right"
        )
        if settings["data"] != "spiral":
            return f"{task}; choose the spiral first.", False
        more = [name for name in settings["features"] if name not in ("x₁", "x₂")]
        if more:
            return f"{task}; leave {more[0]} out.", False
        if len(settings["features"]) < 2:
            return f"{task}; one of them alone can't tell the arms apart, give it both.", False
        if layers.all_frozen(settings):
            return f"{task}; {layers.frozen_said(settings)}.", False
        if all(one == "identity" for one in layers.activations_of(settings)):
            return f"{task}; without bends a network is a straight line, so give it hidden layers that bend.", False
        return f"{task}; now {percent(state['curve'][-1, 4])}.", bool(state["curve"][-1, 4] >= WANTED)

    def code(self, settings, steps):
        return programs.nnlib_program(settings, steps)

    def programs(self, settings, state):
        epochs = current(state, settings)["epoch"]
        makers = {"nnlib": programs.nnlib_program, "PyTorch": in_pytorch.pytorch_program, "Keras": in_keras.keras_program}
        return {} if task_of(settings).trouble else {library: make(settings, epochs) for library, make in makers.items()}

    def files(self, settings, state):
        return programs.files(settings, run.session_of(settings).network_at(current(state, settings)))


def current(state, settings):
    """Return a state, or where it is of other data or another network the one to begin with."""
    session = run.session_of(settings)
    return state if state["of"] == session.of else session.start()


def _now(session, settings, state):
    """Return the last row of the curve, or where early stopping has gone back to older weights that of these."""
    return session.measured(state) if run.stopped(state, settings) else state["curve"][-1]


def _cause(settings):
    rate, decay = settings["learning_rate"], settings["learning_rate"] * settings["penalty_rate"]
    if settings["penalty"] == "L2" and decay > 2:
        return (
            f"with η λ = {text(decay, 1)}, more than 2, each step of the L2 penalty makes every weight larger than it was; "
            "take a smaller penalty rate or learning rate"
        )
    return (
        f"its numbers grew beyond all bounds, for steps of the learning rate {rate:g} are too large here; take a smaller one, "
        "or standardized features"
    )


def _network(settings, session, state, fields):
    dense = [layer for layer in session.network_at(state).layers if layer.inputs]
    task = session.task
    label = f"The network after {plural(state['epoch'], 'epoch')}: {plural(state['parameters'].size, 'parameter')}"
    label = "; ".join([label, *filter(None, (layers.own_said(settings), layers.frozen_said(settings)))])
    return panels.layers(
        "network", label, [layer.weights.copy() for layer in dense], [layer.bias.copy() for layer in dense], fields=fields,
        scale=SCALE, inputs=task.inputs, outputs=task.classes if task.kind == SEVERAL else ["ŷ"],
        frozen=layers.frozen_of(settings), edits=True,
    )  # fmt: skip


def _output(settings, task, field):
    (low_x, high_x), (low_y, high_y) = task.plane
    is_own = settings["data"] == YOUR_POINTS
    at, labels = np.concatenate([task.X, task.X_test]), np.concatenate([task.y, task.y_test])
    unseen = np.arange(len(at)) >= len(task.X)
    if is_own:  # all of them, in the order in which they are set
        back = np.argsort(task.order)
        at, labels, unseen = at[back], labels[back], unseen[back]
    elif TEST_POINTS not in settings["show"]:
        at, labels, unseen = at[~unseen], labels[~unseen], unseen[~unseen]
    inside = np.flatnonzero((at >= (low_x, low_y)).all(axis=1) & (at <= (high_x, high_y)).all(axis=1))
    count = len(inside)
    inside = inside if is_own else inside[own.thinned(count)]
    wide, tall = (high_x - low_x) / 12, (high_y - low_y) / 12
    probe = panels.handle(
        "probe", "the point", (low_x + wide * (settings["probe_x"] + 6), low_y + tall * (settings["probe_y"] + 6)),
        {"probe_x": (1 / wide, 0, -low_x / wide - 6), "probe_y": (0, 1 / tall, -low_y / tall - 6)},
    )  # fmt: skip
    dots = panels.dots(
        at[inside], labels[inside], classes={TWO: None, NUMBERS: 0}.get(task.kind, len(task.classes)), unseen=unseen[inside],
        sets="points", edits=is_own,
    )  # fmt: skip
    said = own.thinned_said(count)
    label = f"The output, and the points{f': {said}' if said else ''}"
    output = panels.plane("output", label, (task.axes[0], low_x, high_x), (task.axes[1], low_y, high_y),
                          field=field, scale=SCALE, points=dots, handles=[probe])  # fmt: skip
    return panels.pointed(output, "network", ("layer", "neuron"))


def _curves(settings, state):
    curve = state["curve"]
    highest = curve[:, 1:3].max()
    top = next((top for top in TOPS if top >= highest), TOPS[-1])
    lines = [panels.line(np.column_stack([curve[:, 0], curve[:, column].clip(0, top)]), "curve", label)
             for column, label in ((1, "training"), (2, "test"))]  # fmt: skip
    lines += [line | {"at": line["at"].clip(max=[np.inf, top])} for line in lenses.stopping(settings, state)]
    return panels.series("curves", "The loss, epoch by epoch", ("epoch", 0, max(10, state["epoch"])), ("L", 0, top), lines,
                         aspect=2.2, reads=True)  # fmt: skip


def _numbers(session, settings, state):
    task = session.task
    _, loss, test_loss, right, test_right = _now(session, settings, state)
    losses = [text(one, 4) if one < 100 else compact(one) for one in (loss, test_loss)]
    shares = [percent(one, 1) for one in (right, test_right)]
    if task.trouble:  # nothing has been measured
        losses = shares = ["–", "–"]
    rows = [
        panels.row(["loss", *losses]),
        panels.row(["explained" if task.kind == NUMBERS else "right", *shares]),
        panels.row(["points", str(len(task.X)), str(len(task.X_test))]),
    ]
    if settings["standardize"] == STANDARDIZED:
        rows += [
            panels.row(cells) for cells in own.spread_rows(task.inputs, *(raw(X, task.inputs) for X in (task.X, task.X_test)))
        ]
    return panels.table("numbers", "In numbers", ("what", "training", "test"), rows)
