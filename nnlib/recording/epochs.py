"""An epoch by records: the samples in a new order, batch by batch in the memory of a record, its calls for each batch.

What `train` says of an epoch is measured once, by the loss's own functions, on the answers that each batch has left.
"""

import copy
from functools import partial

import numpy as np

from nnlib.layers import Dropout
from nnlib.recording.record import make_record, ours, replay
from nnlib.recording.tracing import owner

CHUNK = 2**17  # numbers of the samples that are laid out at a time: they stay in the processor's cache


class Tray:
    """Memory for some batches of one size, one after the other, and a record's calls for each of them."""

    def __init__(self, record, batches):
        self.record = record
        n, outputs = record.y_hat.shape
        self.X, self.y = (np.repeat(owner(array)[None], batches, axis=0) for array in (record.X, record.y))
        self.y_hat = np.empty((batches, outputs, n), record.y_hat.dtype)
        self.steps = []
        for X, y, y_hat in zip(self.X, self.y, self.y_hat, strict=True):
            self.steps.append([*record.bound(X, y), partial(np.copyto, y_hat, record.y_hat.T)])

    def lay(self, X, y):
        """Write samples, rows, to where the batches are."""
        n, features = self.record.X.shape
        count = len(X) // n
        self.X[:count, :-1] = X.reshape(count, n, features).transpose(0, 2, 1)
        y = self.record.targets(y)
        self.y[:count, : y.shape[1]] = y.reshape(count, n, -1).transpose(0, 2, 1)
        return self.steps[:count]

    def answers(self, count):
        """Return ŷ of all samples of the first so many batches, as rows."""
        return self.y_hat[:count].transpose(0, 2, 1).reshape(-1, self.y_hat.shape[1])


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
    """

    def __init__(self, network, loss, optimizer, backpropagate, X, y, size):
        self.network, self.loss, self.optimizer, self.backpropagate = network, loss, optimizer, backpropagate
        self.X, self.y, self.size = X, y, size
        self.why_not = None  #: Why there is no record, for those who wonder.
        self._seen = None
        self._trays = {}

    @np.errstate(over="ignore", invalid="ignore")
    def epoch(self, rng):
        """Train for one epoch; return its loss and its accuracy, or None, with nothing done, where there is no record."""
        if not self._ready():
            return None
        X, y = self.X, self.y
        if self.size == len(X):
            [tray] = self._trays.values()
            self._run(tray, tray.lay(X, y))
            y_hat = tray.answers(1)
        else:
            order = np.arange(len(X), dtype=np.int32)
            rng.shuffle(order)
            y, y_hat = y.take(order, axis=0), np.empty((len(X), self.network.outputs), X.dtype)
            start = 0
            while start < len(X):
                tray = self._trays[min(self.size, len(X) - start)]
                n = len(tray.record.X)
                end = start + min(len(tray.steps), (len(X) - start) // n) * n
                self._run(tray, tray.lay(X.take(order[start:end], axis=0), y[start:end]))
                y_hat[start:end] = tray.answers((end - start) // n)
                start = end
        return self.loss.value(y_hat, y), self.loss.accuracy(y_hat, y) if self.loss.answer else None

    def _run(self, tray, steps):
        optimizer, numbers, numbers_of = self.optimizer, tray.record.numbers, tray.record.numbers_of
        for step in steps:
            if len(numbers):
                numbers[:] = numbers_of(optimizer.steps)
            try:
                replay(step)
            finally:
                optimizer.steps += 1

    def _ready(self):
        seen = self._look()
        if self._seen is None or len(seen) != len(self._seen) or not all(map(_is, seen, self._seen)):
            self._trays = {}
            self._make()
            self._seen = self._look()
        return bool(self._trays)

    def _look(self):
        return _parts(self.network, self.optimizer)

    def _make(self):
        if not ours(self.network, self.loss, self.optimizer):
            self.why_not = "not all of it is nnlib's own"
            return
        self.optimizer.prepare(self.network.parameters, self.network.gradients)
        trays = {}
        for n in {self.size, len(self.X) % self.size or self.size}:
            made = make_record(self.network, self.loss, self.optimizer, self.backpropagate, n)
            if made is None or not self._proves(made, n):
                self.why_not = "a call that can't be recorded" if made is None else "it computes something else"
                return
            batches = len(self.X) // self.size if n == self.size else 1
            trays[n] = Tray(made, max(1, min(batches, CHUNK // made.X.size)))
        self._trays = trays

    def _proves(self, made, n):
        """Return whether a step by this record does what a plain step does; undo both."""
        network, optimizer = copy.deepcopy((self.network, self.optimizer))
        X, y = self.X[:n], self.y[:n]
        y_hat = network.propagate(X, training=True)
        self.backpropagate(network, self.loss, y_hat, y)
        optimizer.step(network.parameters, network.gradients)
        vectors = self.network.parameters, self.network.gradients, *self.optimizer._memory.values()
        before = [vector.copy() for vector in vectors]
        generators = [layer.rng.bit_generator for layer in self.network.layers if type(layer) is Dropout]
        states = [generator.state for generator in generators]
        try:
            made.X[:], made.y[:] = X, made.targets(y)
            made.numbers[:] = made.numbers_of(self.optimizer.steps)
            made.replay()
            plain = network.parameters, network.gradients, *optimizer._memory.values()
            return _close(made.y_hat, y_hat) and all(map(_close, vectors, plain))
        finally:
            for vector, old in zip(vectors, before, strict=True):
                vector[:] = old
            for generator, state in zip(generators, states, strict=True):
                generator.state = state


def _is(a, b):
    return a is b


def _parts(network, optimizer):
    """Return all objects on which a record depends."""
    parts = [network._parameters, network.gradients, *network.layers]
    for layer in network.layers:
        parts += [value for name, value in vars(layer).items() if name != "_memory"]
    parts += [value for name, value in vars(optimizer).items() if name != "steps"]
    return parts


def _close(a, b):
    scale = np.abs(b).max(initial=0)
    return bool(np.isclose(a, b, rtol=0, atol=np.finfo(b.dtype).eps ** 0.75 * (1 + scale), equal_nan=True).all())
