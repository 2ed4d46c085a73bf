"""Too much capacity: a network learns a few noisy points by heart, and the validation points tell; cures are at hand."""

from functools import lru_cache

import numpy as np

from nnlib import datasets
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import percent, plural, text
from nnlib.losses import binary_cross_entropy
from nnlib.network import mlp
from nnlib.optimizers import Adam
from nnlib.training import train

EPOCHS = 200
MOST_POINTS, VALIDATION_POINTS = 200, 100
PLANE_X, PLANE_Y = (-2.0, 3.0), (-2.25, 2.75)
PLANE_CELLS = 32
TOPS = (1.0, 1.5, 2.0, 3.0, 5.0, 10.0)  # of the axis of the loss; what is more stands there
MIN_RISE = 0.2  # a run overfits that ends so far above its lowest validation loss
MAX_RISE = 0.05  # the challenge: the cured run ends at most so far above the lowest of the one that overfit
DATA, CURES = ("points", "draw"), ("hidden", "weight_decay", "dropout")
LABELS = {"hidden": "hidden neurons", "weight_decay": "weight decay", "dropout": "dropout"}
ONE_CURE, IN_TIME = "find one cure", "stop in time"
PROGRAM = """\
import numpy as np

from nnlib import Adam, datasets, mlp, train

X, y = datasets.moons(300, noise=0.3, rng={draw})
(X, y), (X_val, y_val) = datasets.split(X, y, (2 / 3, 1 / 3), rng={draw})
X, y, y_val = X[:{points}], y[:{points}, None], y_val[:, None]
network = mlp([2, {hidden}, 1], output="sigmoid", dropout={dropout}, dtype=np.float64, rng={draw})
{training}for name, inputs, targets in (("training", X, y), ("validation", X_val, y_val)):
    right = (network.forward(inputs) >= 0.5) == targets
    print(f"{{name}} points: {{right.mean():.9f}} right")
"""
TRAINING = """\
optimizer = Adam(0.02, weight_decay={weight_decay})
for epoch in train(network, X, y, loss="binary_cross_entropy", optimizer=optimizer, epochs={epochs},
                   validation=(X_val, y_val), patience={patience}):
    pass
print(f"epoch {{epoch.number}}: loss {{epoch.loss:.9f}}, validation loss {{epoch.validation_loss:.9f}}")
"""


class TooMuchCapacity(Explorable):
    name = "too_much_capacity"
    title = "Too much capacity"
    trains = True
    pace = 30
    opening = 100  # epochs: the validation loss has turned upward
    controls = (
        number("points", "training points", 40, 10, MOST_POINTS, 10),
        number("draw", "draw of the points", 10, 1, 20, 1),
        number("hidden", "hidden neurons", 64, 1, 128, 1, scale="log"),
        number("weight_decay", "weight decay c", 0, 0, 0.05, 0.001),
        number("dropout", "dropout rate", 0, 0, 0.9, 0.05),
        number("patience", "patience, in epochs", EPOCHS, 1, EPOCHS, 1, scale="log"),
        choice("task", "task", (ONE_CURE, IN_TIME)),
    )
    presets = {
        "too much": {"points": 40, "hidden": 64, "weight_decay": 0, "dropout": 0, "patience": EPOCHS},
        "too little": {"points": 40, "hidden": 1, "weight_decay": 0, "dropout": 0, "patience": EPOCHS},
        "more points": {"points": 200, "hidden": 64, "weight_decay": 0, "dropout": 0, "patience": EPOCHS},
    }

    def start(self, settings):
        return {"of": _chosen(settings), "epoch": 0, "overfit": None}

    def advance(self, state, settings, steps):
        """Train for `steps` epochs, with other settings than before anew; remember the first run on these points to overfit."""
        epoch, run = reached(settings, state), _run(settings)
        if not self.finished(settings, state):
            epoch = min(epoch + steps, EPOCHS)
            epoch = min(epoch, stop(run.until(epoch), settings["patience"]) or EPOCHS)
        overfit, losses = state["overfit"], run.until(epoch)
        chosen = _chosen(settings)
        if epoch == EPOCHS and losses[-1] >= (1 + MIN_RISE) * losses.min() and not _comparable(overfit, chosen):
            overfit = {"of": chosen, "losses": losses}
        return {"of": chosen, "epoch": epoch, "overfit": overfit}

    def finished(self, settings, state):
        epoch = reached(settings, state)
        return epoch == EPOCHS or stop(_run(settings).until(epoch), settings["patience"]) is not None

    def step(self, settings, state):
        """Return after how many epochs a state is."""
        return reached(settings, state)

    def picture(self, settings, state):
        seen = look(settings, state)
        run, (X, y), (X_val, y_val) = _run(settings), *data(settings)
        field = run.network_at(seen["weights_of"]).run(panels.grid(PLANE_X, PLANE_Y, PLANE_CELLS))[:, 0]
        field = field.reshape(PLANE_CELLS, PLANE_CELLS)
        boundary = panels.line(panels.contour(field, 0.5, PLANE_X, PLANE_Y), "contour", "the boundary")
        now = {"field": field, "scale": (0, 0.5, 1), "lines": [boundary]}

        def plane(name, label, points, labels, outputs):
            wrong = (outputs >= 0.5) != labels
            return panels.plane(name, f"{label}: {percent(1 - wrong.mean())} right", ("x₁", *PLANE_X), ("x₂", *PLANE_Y),
                                points=panels.dots(points, 2 * labels - 1, wrong=wrong[:, 0]), **now)  # fmt: skip

        return [
            plane("training", f"The {len(X)} training points", X, y, seen["outputs"][0]),
            plane("validation", f"The {len(X_val)} validation points", X_val, y_val, seen["outputs"][1]),
            _losses(seen),
            panels.table("numbers", "The loss in numbers", ("moment", "epoch", "training", "validation"), _rows(seen),
                         wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        seen = look(settings, state)
        training, validation = (text(loss, 3) for loss in seen["now"])
        if not seen["epoch"]:
            return (
                f"Before training the loss is {training} on the training points and {validation} on the validation points; "
                "press Play."
            )
        where = f"After {plural(seen['epoch'], 'epoch')}"
        if seen["stopped"]:
            where = f"Stopped after {plural(seen['epoch'], 'epoch')}, with the weights of epoch {seen['best']}"
        above = seen["losses"][-1] / seen["lowest"] - 1
        rise = f"{percent(above, int(above < 0.1))} above its lowest, of epoch {seen['best']}"
        if seen["best"] == seen["epoch"] or seen["stopped"]:
            rise = "its lowest so far"
        return f"{where}, the training loss is {training} and the validation loss {validation}, {rise}."

    def challenge(self, settings, state):
        return (self._one_cure if settings["task"] == ONE_CURE else self._in_time)(settings, state, look(settings, state))

    def _one_cure(self, settings, state, seen):
        over, overfit = seen["epoch"] == EPOCHS, state["overfit"]
        if overfit is None:
            task = (
                f"First let a network overfit: after all {EPOCHS} epochs its validation loss should be {percent(MIN_RISE)} or "
                "more above its lowest. Then find a cure."
            )
            if over:
                above = percent(seen["losses"][-1] / seen["lowest"] - 1)
                task += f" This one ends {above} above: give it more hidden neurons, or fewer points, or less of a cure."
            elif seen["stopped"]:
                task += f" This one has stopped early: set the patience to {EPOCHS}."
            return task, False
        lowest, of, chosen = overfit["losses"].min(), overfit["of"], _chosen(settings)
        one = "gray" if seen["gray"] is not None else "present"
        task = (
            f"The {one} run overfit. Change one thing, the hidden neurons, the weight decay or the dropout, so that the "
            f"validation loss after all {EPOCHS} epochs is at most {percent(MAX_RISE)} above the lowest of the {one} run: "
            f"{text((1 + MAX_RISE) * lowest, 3)} or less"
        )
        if not _comparable(overfit, chosen):
            again = f"take the {of['points']} points of draw {of['draw']} again, or let these overfit"
            return f"{task}. On other points that says nothing: {again}.", False
        changed = [LABELS[name] for name in CURES if of[name] != chosen[name]]
        if len(changed) > 1:
            return f"{task}. Now {' and '.join(changed)} differ from the gray run: one is enough.", False
        if seen["stopped"]:
            return f"{task}. This run has stopped early: set the patience to {EPOCHS}.", False
        if not changed or not over:
            return f"{task}.", False
        return f"{task}; it is {text(seen['losses'][-1], 3)}.", bool(seen["losses"][-1] <= (1 + MAX_RISE) * lowest)

    def _in_time(self, settings, state, seen):
        task = (
            f"Let it train for all {EPOCHS} epochs. Then find the smallest patience that stops it before the end and still "
            "gives back the weights of the lowest validation loss of all"
        )
        if reached(settings, state) < EPOCHS:
            return f"{task}{f': set it to {EPOCHS} first' if seen['stopped'] else ''}.", False
        losses = _run(settings).until(EPOCHS)
        wanted, best = smallest_patience(losses), int(losses.argmin()) + 1
        if best + wanted >= EPOCHS:
            return f"{task}. Here that comes in epoch {best}, so that none does: overfit more, or draw other points.", False
        if wanted == 1:
            return (
                f"{task}. Here the loss falls without a break up to epoch {best}: any does, so draw other points.",
                False,
            )
        now = f"stops in epoch {seen['epoch']}" if seen["stopped"] else "does not stop it"
        return f"{task}. Now it {now}.", bool(settings["patience"] == wanted)

    def code(self, settings, steps):
        run, patience = _run(settings), settings["patience"]
        epochs = min(steps, EPOCHS)
        stopped = stop(run.until(epochs), patience) is not None
        end = {"epochs": EPOCHS, "patience": round(patience)} if stopped else {"epochs": epochs, "patience": None}
        training = TRAINING.format(weight_decay=settings["weight_decay"], **end) if epochs else ""
        numbers = {name: round(settings[name]) for name in ("points", "draw", "hidden")}
        return PROGRAM.format(**numbers, dropout=settings["dropout"], training=training)


class _Run:
    """A run of training, with the validation loss and the weights after each epoch, trained as far as somebody has asked."""

    def __init__(self, points, draw, hidden, weight_decay, dropout):
        self.parts, self.optimizer = _points(points, draw), Adam(0.02, weight_decay=weight_decay)
        self.network = mlp([2, hidden, 1], output="sigmoid", dropout=dropout, dtype=np.float64, rng=draw)
        self.shown = mlp([2, hidden, 1], output="sigmoid", dtype=np.float64)
        self.training, self.records, self.weights = None, [], [self.network.parameters.copy()]

    def until(self, epoch):
        """Return the validation losses after each epoch up to this one."""
        if epoch and not self.training:
            how = {"loss": "binary_cross_entropy", "optimizer": self.optimizer, "epochs": EPOCHS}
            self.training = train(self.network, *self.parts[0], validation=self.parts[1], **how)
        while len(self.records) < epoch:
            self.records.append(next(self.training))
            self.weights.append(self.network.parameters.copy())
        return np.array([record.validation_loss for record in self.records[:epoch]])

    def network_at(self, epoch):
        """Return the network with the weights that it had after an epoch."""
        self.until(epoch)
        self.shown.parameters[:] = self.weights[epoch]
        return self.shown


def data(settings):
    """Return the training points and the validation points: pairs (points, 2), (points, 1)."""
    return _points(round(settings["points"]), round(settings["draw"]))


@lru_cache(maxsize=4)
def _points(points, draw):
    X, y = datasets.moons(MOST_POINTS + VALIDATION_POINTS, noise=0.3, rng=draw)
    (X, y), (X_val, y_val) = datasets.split(X, y, (2 / 3, 1 / 3), rng=draw)
    return (X[:points], y[:points, None]), (X_val, y_val[:, None])


def _chosen(settings):
    """Return the settings that a run follows from: the patience only decides where it stops."""
    whole = {name: round(settings[name]) for name in (*DATA, "hidden")}
    return whole | {name: settings[name] for name in ("weight_decay", "dropout")}


def _comparable(overfit, chosen):
    """Return whether there is a run that overfit, on the chosen points."""
    return overfit is not None and all(overfit["of"][name] == chosen[name] for name in DATA)


def _run(settings):
    return _run_of(*_chosen(settings).values())


@lru_cache(maxsize=4)
def _run_of(points, draw, hidden, weight_decay, dropout):
    return _Run(points, draw, hidden, weight_decay, dropout)


def reached(settings, state):
    """Return after how many epochs a state is; none, where it has been made with other settings: it begins anew."""
    return state["epoch"] if state["of"] == _chosen(settings) else 0


def stop(losses, patience):
    """Return after how many epochs early stopping ends a run with these validation losses, or None."""
    lowest, waited = np.inf, 0
    for epoch, loss in enumerate(losses, start=1):
        lowest, waited = (loss, 0) if loss < lowest else (lowest, waited + 1)
        if waited >= round(patience):
            return epoch
    return None


def smallest_patience(losses):
    """Return the smallest patience that does not end a run before the lowest of these validation losses."""
    new_lows = np.flatnonzero(losses < np.append(np.inf, np.minimum.accumulate(losses)[:-1]))
    return int(np.diff(new_lows).max(initial=1))


def look(settings, state) -> dict:
    """Return what there is to see: the losses so far, where the run stands or has stopped, and what its network says."""
    epoch, run = reached(settings, state), _run(settings)
    stopped = stop(run.until(epoch), settings["patience"])
    epoch = stopped or epoch
    losses = run.until(epoch)
    best = int(losses.argmin()) + 1 if epoch else 0
    weights_of = best if stopped else epoch
    network = run.network_at(weights_of)
    outputs = [network.run(X) for X, _ in data(settings)]
    overfit = state["overfit"]
    gray = overfit["losses"] if overfit and overfit["of"] != _chosen(settings) else None  # the run that overfit, beside this
    now = [binary_cross_entropy(a, y) for a, (_, y) in zip(outputs, data(settings), strict=True)]
    return {"epoch": epoch, "stopped": stopped is not None, "losses": losses, "best": best, "weights_of": weights_of,
            "learned": np.array([record.loss for record in run.records[:epoch]]), "lowest": losses.min(initial=np.inf),
            "outputs": outputs, "now": now, "gray": gray}  # fmt: skip


def _losses(seen):
    """Return the panel with the loss of both sets after each epoch, and that of the gray run."""
    epochs = np.arange(1, seen["epoch"] + 1)
    before = np.empty(0) if seen["gray"] is None else seen["gray"]
    highest = max([1.0, *seen["learned"], *seen["losses"], *before])
    top = next((top for top in TOPS if top >= highest), TOPS[-1])
    lines = [panels.line(np.column_stack([epochs, losses.clip(0, top)]), "curve", label)
             for label, losses in (("training", seen["learned"]), ("validation", seen["losses"]))]  # fmt: skip
    if len(before):
        gray = np.column_stack([np.arange(1, len(before) + 1), before.clip(0, top)])
        lines += [panels.line(gray, "old", "validation, gray run")]
    if seen["epoch"]:
        at = min(seen["lowest"], top)
        lines += [panels.line([[seen["best"], 0], [seen["best"], at]], "guide", f"the lowest, epoch {seen['best']}")]
    return panels.series("losses", "The loss, epoch by epoch", ("epoch", 0, EPOCHS), ("L", 0, top), lines, aspect=2.2,
                         wide=True)  # fmt: skip


def _rows(seen):
    if not seen["epoch"]:
        rows = [panels.row(["before training", "0", *(text(loss, 3) for loss in seen["now"])], role="now")]
    else:
        where = "stopped: these weights" if seen["stopped"] else "now"
        rows = [panels.row([where, str(seen["weights_of"]), *(text(loss, 3) for loss in seen["now"])], role="now")]
    if seen["epoch"] and not seen["stopped"]:
        rows += [panels.row(["lowest so far", str(seen["best"]), "", text(seen["lowest"], 3)])]
    if seen["gray"] is not None:
        losses = seen["gray"]
        rows += [panels.row(["gray run, lowest", str(int(losses.argmin()) + 1), "", text(losses.min(), 3)]),
                 panels.row(["gray run, end", str(EPOCHS), "", text(losses[-1], 3)])]  # fmt: skip
    return rows
