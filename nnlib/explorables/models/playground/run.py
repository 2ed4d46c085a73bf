"""A network that trains: from the settings to its first weights, and from a state to the one so many epochs later.

A `Session` holds one `train(…)`, which goes on from call to call, so that what `nnlib.recording` has made of it lives on. A
state is all that the next epochs follow from: parameters, what the optimizer remembers, and the random generators. It is
put in place, array by array, before it is trained on: so a rewound state goes on to the same numbers, to the last bit.
"""

import warnings
from collections import OrderedDict
from functools import partial
from itertools import pairwise
from operator import is_

import numpy as np

from nnlib.explorables.models.playground.layers import activations_of, all_frozen, frozen_of, sizes_of
from nnlib.explorables.models.playground.maps import maps_of
from nnlib.explorables.models.playground.penalties import PenalizedAdam, PenalizedRMSProp, PenalizedSGD
from nnlib.explorables.models.playground.task import DRAWN, NUMBERS, OWN, SEVERAL, key_of, of_task, task_of
from nnlib.initializers import uniform
from nnlib.layers import Activation, Dense, Dropout
from nnlib.losses import LOSSES
from nnlib.network import Network
from nnlib.recording.answers import Answers
from nnlib.training import train

SQUARED, CROSS = "squared error", "cross-entropy"
LOSS_NAMES = (SQUARED, CROSS)
SMALL = "uniform ±0.5"
#: The first weights and the first biases, by what the control calls them.
WEIGHTS = {SMALL: (partial(uniform, scale=0.5), 0.1), "xavier": ("xavier", 0.0), "he": ("he", 0.0), "zeros": ("zeros", 0.0)}
OPTIMIZERS = {
    "SGD": PenalizedSGD,
    "momentum": partial(PenalizedSGD, momentum=0.9),
    "RMSProp": PenalizedRMSProp,
    "Adam": PenalizedAdam,
}
PENALTIES = ("none", "L1", "L2")
NETWORK = ("layers", "activation", "activations", "weights", "start", "loss", "optimizer")  # a run with others begins anew
# And with others of these it goes on.
MOVING = ("learning_rate", "penalty", "penalty_rate", "batch_size", "dropout", "frozen")
ENDLESS = 10**9  # epochs
MOST_ROWS = 256  # of the curve that a state carries
MOST = 1e6  # of the length of all parameters, and of a loss: beyond, a run has broken
KEPT = 6  # sessions
SETTINGS = (*DRAWN, *OWN.values(), "standardize", "features", *NETWORK, "batch_size", "dropout")
_sessions, _last = OrderedDict(), []


def of(settings) -> str:
    """Return the text of all that a run begins anew with."""
    return repr((of_task(settings), tuple(key_of(settings[name]) for name in NETWORK)))


def session_of(settings) -> "Session":
    """Return the session that trains with these settings; the last ones are kept."""
    values = [settings[name] for name in SETTINGS]
    if len(_last) and all(map(is_, values, _last[0])):  # a reply asks many times, of the same values
        return _last[1]
    key = of(settings), round(settings["batch_size"]), settings["dropout"]
    if key not in _sessions:
        _sessions[key] = Session(settings)
        if len(_sessions) > KEPT:
            _sessions.popitem(last=False)
    _sessions.move_to_end(key)
    _last[:] = values, _sessions[key]
    return _sessions[key]


def forget():
    """Let the next session be a new one."""
    _sessions.clear()
    _last.clear()


def output_of(kind, loss) -> tuple[str, str]:
    """Return the output activation, and the loss of nnlib, for a kind of task."""
    if kind == NUMBERS:
        return "identity", "mse"
    if kind == SEVERAL:
        return "softmax", "mse" if loss == SQUARED else "cross_entropy"
    return ("tanh", "mse") if loss == SQUARED else ("sigmoid", "binary_cross_entropy")


def network_of(settings, task) -> tuple[Network, np.random.Generator]:
    """Return the network with its first weights, and the generator that they are from, which then goes on to dropout."""
    rng = np.random.default_rng(round(settings["start"]))
    sizes = sizes_of(settings, task)
    weights, bias = WEIGHTS[settings["weights"]]
    output, _ = output_of(task.kind, settings["loss"])
    layers = []
    activations = [*activations_of(settings), output]
    for i, ((inputs, outputs), activation) in enumerate(zip(pairwise(sizes), activations, strict=True), start=2):
        layers += [Dense(inputs, outputs, weights, bias, np.float64, rng)]
        layers += [Activation(activation)]
        if settings["dropout"] and i < len(sizes):
            layers.append(Dropout(settings["dropout"], rng))
    if output == "identity":
        del layers[-1]
    return Network(layers), rng


class Session:
    """One training that goes on, and what is measured of it."""

    def __init__(self, settings):
        self.task = task = task_of(settings)
        self.of = of(settings)
        self.network, self.dropout_rng = network_of(settings, task)
        self.order_rng = np.random.default_rng(round(settings["start"]))
        self.output, self.loss_name = output_of(task.kind, settings["loss"])
        self.loss = LOSSES[self.loss_name]
        self.optimizer = OPTIMIZERS[settings["optimizer"]](learning_rate=settings["learning_rate"])
        self.optimizer.prepare(self.network.parameters, self.network.gradients)
        self.optimizer.penalize(self.network)
        self.batch_size = min(round(settings["batch_size"]), max(len(task.X), 1))
        self.X, self.y = task.features(task.X), self._targets(task.y)
        self.y_test = self._targets(task.y_test)
        self._recorded_for, self.training = None, None
        self._seen = network_of(settings | {"dropout": 0}, task)[0]  # for pictures: they leave the training alone
        self._answers = self._maps = None
        if not task.trouble:
            self._answers = Answers(self.network, np.concatenate([self.X, task.features(task.X_test)]))
        self._first = self._state(0, {}) | {"curve": self._measured(0)[None]}

    def start(self) -> dict:
        """Return the state before the first epoch."""
        return self._first | {"parameters": self._first["parameters"].copy()}

    def network_at(self, state) -> Network:
        """Return a network with the state's weights; the next call writes others into it."""
        self._seen.parameters[:] = state["parameters"]
        return self._seen

    def maps(self, state, classes_only=False):
        """Return the pictures of a state, see `maps.Maps.draw`."""
        self._maps = self._maps or maps_of(self._seen, self.task)
        return self._maps.draw(state["parameters"], classes_only)

    def measured(self, state):
        """Return the row of the curve for a state that was changed by hand."""
        self.network.parameters[:] = state["parameters"]
        return self._measured(state["epoch"])

    def advance(self, state, settings, steps) -> dict:
        """Return the state `steps` epochs later, or where the run ends before: it breaks, or it stops early."""
        if self.task.trouble or finished(state, settings):
            return state
        self._load(state, settings)
        epoch, end = state["epoch"], state["epoch"] + steps
        patience, best = round(settings["patience"]), state["best"]
        rows = []
        while epoch < end:
            if not self._epoch():
                self._recorded_for = None
                kept = self.advance(state, settings, epoch - state["epoch"]) if epoch > state["epoch"] else state
                return kept | {"broke": moving(settings)}
            epoch += 1
            if patience or epoch == end or epoch % stride(end) == 0:
                rows.append(self._measured(epoch))
            if patience:
                if best is None or rows[-1][2] < best["loss"]:
                    best = {"epoch": epoch, "loss": rows[-1][2], "parameters": self.network.parameters.copy()}
                if epoch - best["epoch"] >= patience:
                    break
        after = self._state(epoch, state) | {"best": best if patience else None, "broke": None}
        if patience and epoch - best["epoch"] >= patience:
            after["parameters"] = best["parameters"]
        rows = np.concatenate([state["curve"], rows])
        every = rows[:, 0] % stride(epoch) == 0
        every[-1] = True
        return after | {"curve": rows[every]}

    def _epoch(self):
        """Train for one epoch; return whether all is well after it."""
        try:
            told = next(self.training)
        except FloatingPointError:
            return False
        p = self.network.parameters
        return p.dot(p) < MOST**2 and told.loss < MOST

    def _load(self, state, settings):
        """Put the state in place, in the arrays that are there already."""
        kind = settings["penalty"], frozen_of(settings)
        if kind != self._recorded_for:  # another step, and so another record, which a new training makes at once
            self._recorded_for = kind
            self.optimizer.freeze(self.network, kind[1])
            self.training = self._train()
        self.optimizer.learning_rate = settings["learning_rate"]
        for name in ("l1", "l2"):
            setattr(self.optimizer, name, settings["penalty_rate"] if settings["penalty"] == name.upper() else 0.0)
        self.network.parameters[:] = state["parameters"]
        self.optimizer.restore(state["optimizer"])
        for rng, numbers in zip((self.order_rng, self.dropout_rng), state["rng"], strict=True):
            unpack(rng, numbers)

    def _train(self):
        if self.training:
            self.training.close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            warnings.simplefilter("ignore", UserWarning)  # all samples may be of one class: the reader sees them
            return train(self.network, self.X, self.y, loss=self.loss_name, optimizer=self.optimizer, epochs=ENDLESS,
                         batch_size=self.batch_size, rng=self.order_rng)  # fmt: skip

    def _state(self, epoch, before):
        kept = {name: before.get(name) for name in ("curve", "best", "broke", "lens", "looked")}
        rng = np.stack([pack(self.order_rng), pack(self.dropout_rng)])
        parameters, memory = self.network.parameters.copy(), self.optimizer.state()
        return {"of": self.of, "epoch": epoch, "parameters": parameters, "optimizer": memory, "rng": rng} | kept

    def _measured(self, epoch):
        """Return (epoch, training loss, test loss, training accuracy, test accuracy)."""
        if self.task.trouble:
            return np.zeros(5)
        y_hat, n = self._answers.run(), len(self.X)
        parts = (y_hat[:n], self.y), (y_hat[n:], self.y_test)
        return np.array([epoch, *(self.loss.value(*part) for part in parts), *(self._right(*part) for part in parts)])

    def _right(self, y_hat, y):
        """Return the share of right answers, for numbers the share of their variance that is explained, or −1 and less."""
        if self.task.kind == NUMBERS:
            spread = float(y.var())
            return max(-1.0, 1 - self.loss.value(y_hat, y) / spread) if spread else 0.0
        if self.task.kind == SEVERAL:
            return float((y_hat.argmax(axis=1) == (y if y.ndim == 1 else y.argmax(axis=1))).mean())
        middle = 0.0 if self.output == "tanh" else 0.5
        return float(((y_hat >= middle) == (y > middle)).mean())

    def _targets(self, y):
        if self.task.kind == SEVERAL:
            return np.eye(len(self.task.classes))[y.astype(int)] if self.loss_name == "mse" else y.astype(int)
        return ((y + 1) / 2 if self.output == "sigmoid" else y)[:, None].astype(float)


def moving(settings) -> dict:
    """Return the settings that change without a new start."""
    return {name: settings[name] for name in MOVING}


def stride(epoch) -> int:
    """Return every how many epochs a curve up to this one has a row: 1, and from then on twice as many, and again.

    Examples
    --------
    >>> [stride(epoch) for epoch in (1, 255, 256, 512)]
    [1, 1, 2, 4]
    """
    return 2 ** max(0, (int(epoch) // (MOST_ROWS // 2)).bit_length() - 1)


def stopped(state, settings) -> bool:
    """Return whether early stopping has ended the run."""
    best = state["best"]
    return bool(best and settings["patience"] and state["epoch"] - best["epoch"] >= round(settings["patience"]))


def finished(state, settings) -> bool:
    """Return whether more epochs would change nothing.

    It has broken and nothing was changed since, it has stopped, or no layer learns.
    """
    return state["broke"] == moving(settings) or stopped(state, settings) or all_frozen(settings)


def pack(rng):
    """Return the state of a generator as bytes, an array (37,)."""
    state = rng.bit_generator.state
    numbers = [state["state"][name].to_bytes(16, "little") for name in ("state", "inc")]
    numbers += [bytes([state["has_uint32"]]), state["uinteger"].to_bytes(4, "little")]
    return np.frombuffer(b"".join(numbers), np.uint8)


def unpack(rng, numbers):
    """Bring a generator into the state that `pack` has told."""
    of_bytes = partial(int.from_bytes, byteorder="little")
    told = np.asarray(numbers, np.uint8).tobytes()
    rng.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": of_bytes(told[:16]), "inc": of_bytes(told[16:32])},
        "has_uint32": told[32],
        "uinteger": of_bytes(told[33:]),
    }
