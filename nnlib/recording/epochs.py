"""An epoch by records: the samples in a new order, batch by batch where a record reads them, and its calls for each batch.

What `train` tells of an epoch is measured by the loss's own functions, on the answers that many batches have left.
"""

import copy
import math
from collections import deque
from functools import partial
from itertools import chain, repeat
from operator import call

import numpy as np

from nnlib.layers import Dense, Dropout
from nnlib.recording.answers import Answers
from nnlib.recording.compiled import compiled
from nnlib.recording.record import make_record, ours
from nnlib.recording.tracing import Refused, owner

WORTH = 50  #: Steps a layer that must be ahead: in CPython, making a record takes as long as it spares in 13 to 45 of them.
MOST = 2**22  #: Numbers of activations in a batch up to which they stay in memory from step to step.
WIDE = 100  #: Features from which on samples are left in rows, rather than turned.
ROWS = 2**12  #: Rows up to which answers that are asked for after each epoch stay in memory, layer by layer.
CHUNK = 2**17, 32  #: Numbers, and batches, that are laid out at a time: they stay in the processor's cache.

# One call that goes through an iterator, as of functions that NumPy has in C: Ctrl-C comes before it, or after.
whole = deque(maxlen=0).extend


class Tray:
    """Memory for some batches of one size, one after the other, and a record's calls for each of them."""

    def __init__(self, record, batches, *samples):
        self.record = record
        n, outputs = record.y_hat.shape
        self.wide = owner(record.X) is record.X  # in rows
        self.X, self.y = (np.repeat(owner(array)[None], batches, axis=0) for array in (record.X, record.y))
        self.y_hat = np.empty((batches, outputs, n), record.y_hat.dtype)
        self.X_rows = self.X if self.wide else self.X[:, :-1].transpose(0, 2, 1)
        self.y_rows, self.answers = self.y[:, :-1].transpose(0, 2, 1), self.y_hat.transpose(0, 2, 1)
        self.steps = [
            [*record.bound_to(X, y), partial(np.copyto, y_hat, record.y_hat.T)]
            for X, y, y_hat in zip(self.X, self.y, self.y_hat, strict=True)
        ]
        self.first, self.batches, self.compiled = (), (self.y, self.y_hat, *samples), None

    def lay(self, X, rows, y):
        """Bring these rows of X, and their targets, to where the batches are; return the steps and their answers."""
        count = len(rows) // len(self.record.X)
        if self.compiled:  # it takes the rows by itself, but for labels
            self.compiled.rows[:count] = rows.reshape(count, -1)
            if y.ndim == 2:
                return self.steps[:count], self.answers[:count]
        elif self.wide:
            X.take(rows, axis=0, out=self.X[:count].reshape(len(rows), -1), mode="clip")
        else:
            self.X_rows[:count] = X.take(rows, axis=0).reshape(self.X_rows[:count].shape)
        self.y_rows[:count] = self.record.targets(y).reshape(self.y_rows[:count].shape)
        return self.steps[:count], self.answers[:count]


class Whole:
    """All samples as one batch: their record's calls, and before these what brings them to where it reads them."""

    def __init__(self, record, X, y):
        self.record = record
        first = []
        if owner(record.X) is record.X and X.flags.c_contiguous:
            record.read(X)  # in rows already
        else:
            first.append(partial(np.copyto, record.X, X))
        if y.ndim == 1:
            rows = record.targets(y)
            first.append(partial(record.table.take, y, 0, rows))
            y = rows
        self.first = [*first, partial(np.copyto, record.y, y)]
        self.batches, self.compiled = (), False if record.X is X else None
        self.steps = [record.bound]


class Recorded:
    """Trains by records as long as what they were made of stays what it was.

    Parameters
    ----------
    network, loss, optimizer
        As `nnlib.training` has them, checked.
    backpropagate : callable
        `nnlib.training.backpropagate`.
    X, y : array
        The samples, as the loss takes them.
    size : int
        Samples a step.
    epochs : int
        How many are to come.
    """

    def __init__(self, network, loss, optimizer, backpropagate, X, y, size, epochs):
        self.network, self.loss, self.optimizer, self.backpropagate = network, loss, optimizer, backpropagate
        self.X, self.y, self.size = X, y, size
        self.way = "plain"  #: How the last epoch was trained, "compiled", "replayed" or "plain", and why.
        self._steps = -(-len(X) // size)  # an epoch
        self._ahead = epochs * self._steps
        self._age = self._worth = WORTH * len(network.layers)
        self._trays = {}
        self._answers = self._never = None

    def epoch(self, rng):
        """Train for one epoch; return its loss and its accuracy, or None, with nothing done, where there is no record."""
        if not self._ready():
            return None
        if self.size == len(self.X):
            tray = self._trays[self.size]
            self._run(tray, tray.steps)
            return self._measured(tray.record.y_hat, self.y)
        total = right = 0
        for y_hat, y in self._shuffled(rng):
            value, accuracy = self._measured(y_hat, y)
            total += value * len(y)
            right += (accuracy or 0) * len(y)
        return total / len(self.X), right / len(self.X) if self.loss.answer else None

    def _measured(self, y_hat, y):
        return self._value(y_hat, y), self.loss.accuracy(y_hat, y) if self.loss.answer else None

    def _value(self, y_hat, y):
        value, n = self.loss.value(y_hat, y), self.size
        if math.isfinite(value) or n == len(y):
            return value
        # A sum over many samples may be too large for float32 where the sums over the batches are not.
        starts = range(0, len(y), n)
        return sum(self.loss.value(y_hat[i : i + n], y[i : i + n]) * len(y[i : i + n]) for i in starts) / len(y)

    def run(self, X):
        """Return ŷ of rows that are asked for after each epoch, as `network.run` does, in the same memory each time."""
        if not self._trays or X.shape[1] > WIDE or len(X) > ROWS:
            return self.network.run(X)
        if self._answers is None or self._answers.X is not X:
            try:
                self._answers = Answers(self.network, X)
            except Refused:
                return self.network.run(X)
        return self._answers.run()

    def _shuffled(self, rng):
        """Train tray by tray; yield the answers and the targets of each."""
        order = np.arange(len(self.X), dtype=np.int32)
        rng.shuffle(order)
        start = 0
        while start < len(order):
            tray = self._trays[min(self.size, len(order) - start)]
            n = len(tray.record.X)
            rows = order[start : start + min(len(tray.steps), (len(order) - start) // n) * n]
            y = self.y.take(rows, axis=0)
            steps, answers = tray.lay(self.X, rows, y)
            self._run(tray, steps)
            yield answers.reshape(len(rows), -1), y
            start += len(rows)

    def _run(self, tray, steps):
        optimizer, numbers, numbers_of = self.optimizer, tray.record.numbers, tray.record.numbers_of
        whole(map(call, tray.first))
        if tray.compiled:
            self.way = "compiled"
            tray.compiled.train(len(steps), optimizer)
            return
        for step in steps:
            if len(numbers):
                numbers[:] = numbers_of(optimizer.steps)
            calls = map(call, step)
            optimizer.steps += 1
            whole(calls)

    def _ready(self):
        """Return whether there are records, made of what is there now."""
        steps = self._steps
        self._ahead -= steps
        if self._trays and self._unchanged():
            self._age += steps
            return True
        self._trays, self._answers = {}, None
        self._age += steps
        if self._never:
            self.way = self._never
        elif self._ahead + steps < self._worth:
            self.way = f"plain: fewer than {self._worth} steps are to come"
        elif self._age - steps < self._worth:
            self.way = "plain: what it is made of changes too often"  # until as many steps have gone since the last record
        else:
            self._never = self._make()
            self.way = self._never or "replayed"
            self._age = steps
        return bool(self._trays)

    def _unchanged(self):
        (moving, *_), (known, *_) = self._now, self._known
        known["steps"] = moving["steps"]
        try:
            if self._now == self._known:
                return True
            self.network.forget()  # a `forward` in between is nothing
            records = [tray.record for tray in self._trays.values()]
            known.update((name, moving[name]) for name in records[0].settings if _alike(moving[name], known[name]))
            if self._now != self._known:
                return False
        except (ValueError, KeyError):  # two arrays, of which NumPy does not say whether they are equal: they are two
            return False
        for record in records:
            record.look_up()
        return True

    def _watch(self):
        """Remember all that a record is made of: every name of the optimizer, of the network, and of its layers."""
        self._now = [vars(thing) for thing in (self.optimizer, self.network, *self.network.layers)]
        self._known = [{name: _held(value) for name, value in names.items()} for names in self._now]

    def _make(self):
        """Make the records; return why there are none, or None."""
        network, loss, optimizer = self.network, self.loss, self.optimizer
        if not ours(network, loss, optimizer) or self.X.dtype != network.dtype:
            return "plain: not all of it is nnlib's own"
        widths = sum(layer.outputs for layer in network.layers if layer.outputs)
        if self.size * widths > MOST:
            return "plain: its batches are too large"
        optimizer.prepare(network.parameters, network.gradients)
        network.forget()
        wide = network.inputs > WIDE and type(network.layers[0]) is Dense
        trays = {}
        for n in dict.fromkeys((self.size, len(self.X) % self.size or self.size)):
            made = make_record(network, loss, optimizer, self.backpropagate, n, wide)
            if made is None:
                return "plain: a call can't be recorded"
            if not self._proves(made):
                return "plain: the record computes something else"
            if self.size == len(self.X):
                trays[n] = Whole(made, self.X, self.y)
            else:
                numbers, batches = CHUNK
                full = len(self.X) // self.size if n == self.size else 1
                batches = max(1, min(batches, full, numbers // (made.X.size + made.y.size + made.y_hat.size)))
                trays[n] = Tray(made, batches, self.X, self.y)
            if trays[n].compiled is None:
                trays[n].compiled = compiled(made, *trays[n].batches)
        self._trays = trays
        self._watch()
        return None

    def _proves(self, made):
        """Return whether a step by this record does what a plain step does; undo it."""
        network, optimizer = copy.deepcopy(self.network), copy.copy(self.optimizer)
        if callable(optimizer.learning_rate):  # it is asked once a step, and this is none
            optimizer.learning_rate = 0.01
        X, y = self.X[: len(made.X)], self.y[: len(made.X)]
        y_hat = network.propagate(X, training=True)
        self.backpropagate(network, self.loss, y_hat, y)
        optimizer.step(network.parameters, network.gradients)
        vectors = self.network.parameters, self.network.gradients, *self.optimizer._memory.values()
        before = [vector.copy() for vector in vectors]
        generators = [layer.rng.bit_generator for layer in self.network.layers if type(layer) is Dropout]
        states = [generator.state for generator in generators]
        # One call restores it all: Ctrl-C can't come in between.
        undo = chain(map(np.copyto, vectors, before), map(setattr, generators, repeat("state"), states))
        restoring = deque(maxlen=0).extend
        try:
            made.X[:], made.y[:] = X, made.targets(y)
            made.numbers[:] = made.numbers_of(optimizer.steps - 1, optimizer.learning_rate)
            made.replay()
            plain = network.parameters, network.gradients, *optimizer._memory.values()
            return _close(made.y_hat, y_hat) and all(map(_close, vectors, plain))
        finally:
            restoring(undo)


def _held(value):
    return value.copy() if type(value) in (dict, list) else value


def _alike(setting, known):
    """Return whether a setting that is looked up is still a number, and 0 as it was, or not."""
    return type(setting) in (int, float) and bool(setting) == bool(known)


def _close(a, b):
    scale = np.abs(b).max(initial=0)
    return bool(np.isclose(a, b, rtol=0, atol=np.finfo(b.dtype).eps ** 0.75 * (1 + scale), equal_nan=True).all())
