"""Learning rates side by side: the same network from the same first weights with nine of them, all trained at once.

`nnlib.recording.many` trains them with one more axis in front. Dropout draws for each network anew, so with dropout they are
trained one after the other. Either way each does what the reader's own run would do with that rate. In a page all of it takes
up to a second: a state says how much of it has been looked at, a few rows of the curves with each request.
"""

from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array
from nnlib.explorables import panels
from nnlib.explorables.models.playground.landscape import HIGHEST, losses
from nnlib.explorables.models.playground.layers import all_frozen, frozen_of
from nnlib.explorables.models.playground.run import MOVING, OPTIMIZERS, network_of, of, session_of
from nnlib.explorables.models.playground.task import key_of
from nnlib.explorables.writing import compact, plural
from nnlib.recording.many import Many
from nnlib.training import backpropagate

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
AXIS = (0.0005, 20.0)  # of the rates
STEPS, ONE_BY_ONE, MOST_EPOCHS = 2500, 1000, 200  # how long the race is: so many steps of each, but so many epochs at most
WORK = 12_000_000  # outputs of neurons that all of them together compute at most
ROWS = 50  # at most, of each curve
AT_ONCE = 4  # rows a request: up to a tenth of a second in a page
LEAST = 1e-6  # of the loss's axis; what is less stands there
_kept = {}


class Race(NamedTuple):
    """How nine rates did."""

    epochs: Array  #: At which the losses were measured, (rows,).
    losses: Array  #: Of the training points, (rows, rates); a million where a run has broken.
    last: int  #: The epoch at which the race is over.

    @property
    def best(self) -> int:
        """Which rate has the lowest loss in the end."""
        return int(self.losses[-1].argmin())

    @property
    def ends(self) -> Array:
        """Return how many rows each run is shown for: one that ends above where it began is lost from its first rise on.

        What follows jumps about by the last digits of its numbers, and differs from one computer to the next.
        """
        above = self.losses > self.losses[0]
        lost = (self.losses[-1] > self.losses[0]) & ~self.broken
        return np.where(lost, above.argmax(axis=0), len(self.epochs))

    @property
    def broken(self) -> Array:
        """Which runs have broken, (rates,)."""
        return self.losses[-1] >= HIGHEST


class Running:
    """A race that goes on from row to row of its curves."""

    def __init__(self, rows, losses):
        self.rows, self.losses = rows, losses  # an iterator, (rates,) a row
        self.found = []

    def until(self, count) -> Race:
        """Return the race up to its first `count` rows."""
        while len(self.found) < min(count, len(self.rows)):
            self.found.append(next(self.losses))
        return Race(self.rows[:count], np.array(self.found[:count]), int(self.rows[-1]))


def look(settings, state) -> tuple[dict, bool]:
    """Return the state with some more rows of the race looked at, and whether there are more."""
    running, at = _running(settings), _key_of(settings)
    done = min(_looked_at(settings, state) + AT_ONCE, len(running.rows))
    running.until(done)
    return state | {"looked": {"at": at, "done": done}}, done < len(running.rows)


def race_of(settings, state=None) -> Race:
    """Return the race with these settings, but for the learning rate, as far as a state has looked at it, or all of it."""
    running = _running(settings)
    return running.until((state and _looked_at(settings, state)) or len(running.rows))


def _looked_at(settings, state) -> int:
    """Return how many rows of the race a state has looked at."""
    looked = state.get("looked")
    return looked["done"] if looked and looked["at"] == _key_of(settings) else 0


def _key_of(settings) -> str:
    """Return the text of all that a race follows from."""
    skipped = ("learning_rate", "penalty_rate") if settings["penalty"] == "none" else ("learning_rate",)
    key = of(settings), *(key_of(settings[name]) for name in MOVING if name not in skipped)
    return repr(key)


def _running(settings) -> Running:
    """Return the race with these settings; the last one is remembered."""
    key = _key_of(settings)
    if key not in _kept:
        _kept.clear()
        _kept[key] = _race(session_of(settings), settings)
    return _kept[key]


def _race(session, settings):
    dropped = bool(settings["dropout"] and settings["layers"] and not all_frozen(settings))
    steps = -(-len(session.X) // session.batch_size)
    outputs = sum(layer.outputs for layer in session.network.layers if layer.outputs)
    most = min(MOST_EPOCHS, WORK // (len(session.X) * outputs * len(RATES)))
    epochs = int(np.clip((ONE_BY_ONE if dropped else STEPS) // steps, 1, max(1, most)))
    rows = np.unique(np.linspace(0, epochs, min(ROWS, epochs) + 1).astype(int))
    return Running(rows, (one_by_one if dropped else at_once)(session, settings, rows))


def at_once(session, settings, rows):
    """Yield the losses with each of the rates, (rates,), at each of the epochs `rows`."""
    networks, optimizers = [], []
    penalty = {} if settings["penalty"] == "none" else {settings["penalty"].lower(): settings["penalty_rate"]}
    for rate in RATES:
        network, _ = network_of(settings | {"dropout": 0}, session.task)
        optimizer = OPTIMIZERS[settings["optimizer"]](learning_rate=rate)
        optimizer.penalize(network, **penalty)
        optimizer.freeze(network, frozen_of(settings))
        optimizer.is_weight = (optimizers or [optimizer])[0].is_weight  # one array: then all have the same settings
        networks.append(network)
        optimizers.append(optimizer)
    many = Many(networks, session.loss, optimizers, backpropagate, session.X, session.y, session.batch_size)
    rng, epoch = np.random.default_rng(round(settings["start"])), 0
    for row in rows:
        for _ in range(row - epoch):
            many.epoch(rng)
        epoch = row
        parameters = np.array([network.parameters for network in networks])
        yield losses(session, parameters, len(session.X))


def one_by_one(session, settings, rows):
    """Yield the same, each rate trained as the reader's own run is."""
    runs = [(settings | {"learning_rate": rate, "patience": 0}, session.start()) for rate in RATES]
    for row in rows:
        runs = [(mine, session.advance(state, mine, int(row - state["epoch"])) if row else state) for mine, state in runs]
        yield np.array([HIGHEST if state["epoch"] < row else state["curve"][-1, 1] for _, state in runs])  # it has broken


def show(settings, state) -> dict:
    """Return the panels: the curves of all rates, the last loss against the rate, and the same as a table."""
    race = race_of(settings, state)
    epochs, own = int(race.epochs[-1]), state["curve"][:, :2]
    shown = race.losses.clip(LEAST)
    for i, end in enumerate(race.ends):
        shown[end:, i] = shown[0, i]
    usual = shown[shown < 10 * shown[0, 0]]
    ends = 10.0 ** np.floor(np.log10(usual.min())), 10.0 ** np.ceil(np.log10(usual.max()))
    axis = ("L", ends[0], max(ends[1], 10 * ends[0]), "log")
    shown = shown.clip(max=axis[2])
    order = [*range(race.best), *range(race.best + 1, len(RATES)), race.best]  # the best is drawn last
    curves = [np.column_stack([race.epochs, shown[:, i]])[: race.ends[i]] for i in range(len(RATES))]
    lines = [panels.line(curves[i], "curve", _group(race, i), key=_key(i), color=_color(race, i)) for i in order]
    mine = own[own[:, 0] <= race.last]
    lines.append(panels.line(np.column_stack([mine[:, 0], mine[:, 1].clip(*axis[1:3])]), "old", "your run"))
    last = [panels.line(np.column_stack([RATES, shown[-1]]), "points", f"after {plural(epochs, 'epoch')}"),
            panels.line([[AXIS[0], shown[0, 0]], [AXIS[1], shown[0, 0]]], "level", "at the start")]  # fmt: skip
    rate = settings["learning_rate"]
    at = rate, float(np.exp(np.interp(np.log(rate), np.log(RATES), np.log(shown[-1]))))
    handle = panels.handle("lens_rate", "your learning rate", at, {"learning_rate": (1, 0, 0)})
    return {
        "lens_series": panels.series("lens_series", "The training loss with each rate",
                                     ("epoch", 0, race.last), axis, lines),
        "lens_plane": panels.plane("lens_plane", f"The loss after {plural(epochs, 'epoch')}",
                                   ("learning rate η", *AXIS, "log"), axis, lines=last,
                                   handles=[handle] if AXIS[0] <= rate <= AXIS[1] else []),
        "lens_table": panels.table("lens_table", f"Nine learning rates, {plural(epochs, 'epoch')} each",
                                   ("learning rate η", "L in the end", "what it does"),
                                   [_row(race, i) for i in range(len(RATES))]),
    }  # fmt: skip


def _key(i):
    return f"rate {RATES[i]:g}"


def _group(race, i):
    """Return what stands in the legend: once for the rates below the best, once for the best, and once for those above."""
    named = {race.best: f"the best, {RATES[race.best]:g}", race.best - 1: "smaller rates", race.best + 1: "larger rates"}
    return named.get(i, "")


def _color(race, i):
    return 0 if i == race.best else 1 if i < race.best else 2


def fate(race, i) -> str:
    """Return in a few words how a rate did."""
    first, last = race.losses[0, i], race.losses[-1, i]
    if race.broken[i]:
        lost = race.epochs[race.losses[:, i] >= HIGHEST][0]
        return f"breaks, by epoch {lost}"
    if i == race.best:
        return "the best of these"
    if last >= first:
        return "ends higher than it began"
    return "hardly moves" if last > 0.9 * first else "learns"


def _row(race, i):
    last = compact(race.losses[-1, i]) if race.ends[i] == len(race.epochs) and not race.broken[i] else "–"
    role = "right" if i == race.best else "wrong" if race.losses[-1, i] >= race.losses[0, i] else ""
    return panels.row([f"{RATES[i]:g}", last, fate(race, i)], role=role, key=_key(i))


def say(settings, state) -> str:
    """Return the same as a sentence."""
    race = race_of(settings, state)
    said = []
    for word, wanted in (("hardly", "hardly moves"), ("ends", "ends higher than it began"), ("breaks", "breaks")):
        rates = [f"{RATES[i]:g}" for i in range(len(RATES)) if fate(race, i).startswith(word)]
        if rates:
            said.append(f"with {' and '.join([', '.join(rates[:-1])] * (len(rates) > 1) + rates[-1:])} it {wanted}")
    if race.losses[-1, race.best] >= race.losses[0, race.best]:
        told = "with none of them does the loss end below where it began"
    else:
        told = f"{RATES[race.best]:g} is the best, with a training loss of {compact(race.losses[-1, race.best])}"
    epochs = int(race.epochs[-1])
    so_far = f"{epochs} of {race.last} epochs each so far" if epochs < race.last else f"{plural(epochs, 'epoch')} each"
    return (
        f"Nine learning rates from the same first weights, {so_far}: "
        f"{'; '.join([told, *said])}. Yours is {settings['learning_rate']:g}."
    )
