"""Many networks trained at once, a hundred learning rates or a hundred first weights: one more axis in front.

The calls of a record are data. What a call does for one network it does for all of them, where each array that differs
from network to network is a stack of such arrays; no other line of any formula is needed.
"""

from functools import partial

import numpy as np

from nnlib.arrays import quiet
from nnlib.layers import Dropout
from nnlib.recording.fusing import PRODUCTS, place
from nnlib.recording.record import make_record, ours
from nnlib.recording.tracing import by_number, owner


class Many:
    """Networks of one shape that learn from the same batches, each by an optimizer of its own.

    One that diverges stops none of the others: its loss is no longer finite. Raises ValueError where they can't be
    trained at once: where their shapes or their optimizers' settings differ, but for a constant learning rate, or where
    there is no record of a step.

    Parameters
    ----------
    networks : list of Network
        Trained in place, and without dropout.
    loss : Loss
    optimizers : list of Optimizer
        One for each network, whose settings are taken.
    backpropagate : callable
        `nnlib.training.backpropagate`.
    X, y : array
        The samples, as the loss takes them.
    size : int
        Samples a step.

    Examples
    --------
    >>> from nnlib import SGD, mlp
    >>> from nnlib.training import as_samples, backpropagate, loss_for
    >>> networks = [mlp([1, 1], output="identity", dtype=np.float64, rng=0) for _ in range(2)]
    >>> loss = loss_for(networks[0], "mse")
    >>> X, y = as_samples(networks[0], loss, [[0.0], [1.0]], [0.0, 1.0])
    >>> many = Many(networks, loss, [SGD(0.1), SGD(0.5)], backpropagate, X, y, size=2)
    >>> for _ in range(50):
    ...     losses = many.epoch()
    >>> losses.round(4).tolist()
    [0.0008, 0.0]
    """

    def __init__(self, networks, loss, optimizers, backpropagate, X, y, size):
        self.networks, self.loss, self.optimizers = list(networks), loss, list(optimizers)
        self.X, self.y, self.size, self.steps = X, y, size, 0
        network, optimizer = self._first()
        optimizer.learning_rate = lambda steps: None  # which makes it a number that may differ
        optimizer.prepare(network.parameters, network.gradients)
        self.rates = np.array([each.learning_rate for each in self.optimizers])
        self.stacks, self.records = {}, {}
        for n in dict.fromkeys((size, len(X) % size or size)):
            record = ours(network, loss, optimizer) and make_record(network, loss, optimizer, backpropagate, n)
            if not record:
                raise ValueError("networks can't be trained at once: there is no record of a step of theirs.")
            calls = [self._bound(call, record) for call in record.calls]
            self.records[n] = record, calls, self._stacked(record.y_hat, 2)
        self.parameters = self._stack(network.parameters)

    def _first(self):
        """Return a copy of the first network and of its optimizer, or raise ValueError where another is not like it."""
        network, optimizer = self.networks[0], self.optimizers[0]
        if len(self.networks) != len(self.optimizers):
            raise ValueError(f"{len(self.networks)} networks need as many optimizers. Got {len(self.optimizers)} instead.")
        for other in self.networks:
            if [*map(_described, other.layers)] != [*map(_described, network.layers)] or other.dtype != network.dtype:
                raise ValueError(f"networks must be alike: {other!r} is not like {network!r}.")
            if any(type(layer) is Dropout for layer in other.layers):
                raise ValueError("networks with Dropout can't be trained at once: train one after the other.")
        for other in self.optimizers:
            if _settings(other) != _settings(optimizer) or callable(other.learning_rate):
                raise ValueError("optimizers must be new, of one kind, and differ in nothing but a constant learning rate.")
        copied = type(optimizer).__new__(type(optimizer))
        copied.__dict__.update(vars(optimizer), _memory={})
        return network.astype(network.dtype), copied

    def _stack(self, array):
        """Return the stack of an array's memory, one copy for each network."""
        memory = owner(array)
        if id(memory) not in self.stacks:
            self.stacks[id(memory)] = memory, np.repeat(memory[None], len(self.networks), axis=0)
        return self.stacks[id(memory)][1]

    def _stacked(self, value, ndim):
        """Return a view like this one of all networks' memory, with so many dimensions after the first."""
        stack, between = self._stack(value), (1,) * (ndim - value.ndim)
        strides = stack.strides[:1] + (0,) * len(between) + value.strides
        return np.ndarray((len(stack), *between, *value.shape), value.dtype, stack, place(value), strides)

    def _bound(self, call, record):
        """Return a call on stacks, as a function of no arguments."""
        ndim = max(call.out.ndim, *(np.ndim(value) for value in call.inputs))
        shared = owner(record.X), owner(record.y)
        inputs = [
            self._stacked(value, ndim)
            if isinstance(value, np.ndarray) and all(owner(value) is not memory for memory in shared)
            else value
            for value in call.inputs
        ]
        if call.axis is not None:
            return partial(call.function, *inputs, axis=call.axis + 1, out=self._stacked(call.out, call.out.ndim))
        out = self._stacked(call.out, ndim)
        if call.function is np.copyto:
            return partial(np.copyto, out, *inputs)
        casting = {"casting": "unsafe"} if by_number(call.function) else {}
        return partial(np.matmul if call.function in PRODUCTS else call.function, *inputs, out=out, **casting)

    @quiet("over", "invalid")
    def epoch(self, rng=None):
        """Train all for one epoch, in the order that `rng`, a Generator, gives; return their losses, shape (networks,)."""
        order = np.arange(len(self.X), dtype=np.int32)
        if self.size < len(self.X):
            rng.shuffle(order)
        for network, row in zip(self.networks, self.parameters, strict=True):
            row[:] = network.parameters
        answers = np.empty((len(self.networks), len(order), self.networks[0].outputs), self.X.dtype)
        for start in range(0, len(order), self.size):
            rows = order[start : start + self.size]
            answers[:, start : start + self.size] = self._step(self.X[rows], self.y[rows])
        for network, row in zip(self.networks, self.parameters, strict=True):
            network.parameters[:] = row
        targets = self.y[order]
        return np.array([self.loss.value(y_hat, targets) for y_hat in answers])

    def _step(self, X, y):
        """Take a step on a batch; return ŷ, shape (networks, samples, outputs)."""
        record, calls, y_hat = self.records[len(X)]
        record.X[:], record.y[:] = X, record.targets(y)
        for i, number in enumerate(record.numbers_of(self.steps, self.rates)):
            self._stack(record.numbers)[:, i] = number
        for call in calls:
            call()
        self.steps += 1
        return y_hat


def _described(layer):
    return type(layer), layer.settings


def _settings(optimizer):
    return type(optimizer), {name: value for name, value in vars(optimizer).items() if name not in ("_learning_rate", "_kind")}
