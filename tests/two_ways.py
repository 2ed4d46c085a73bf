"""Training as it is defined, written out, and the comparison of what it makes with what `nnlib.train` makes.

A scenario is a function that takes a way to train, `train` or `plain`, builds all it needs anew from fixed seeds, and
returns what is to be the same: networks, optimizers, epochs, arrays. `same` plays it both ways.
"""

import math
from contextlib import contextmanager

import numpy as np
import pytest

from nnlib import Epoch, Network, train
from nnlib.arrays import as_rng, is_finite
from nnlib.optimizers import Optimizer
from nnlib.recording import epochs
from nnlib.training import _NotFinite, as_samples, backpropagate, loss_for


@np.errstate(over="ignore", invalid="ignore")
def one_step(network, loss, optimizer, X, y):
    """Take the step of one batch; return its loss and its accuracy, of before."""
    y_hat = network.propagate(X, training=True)
    value = loss.value(y_hat, y)
    if not math.isfinite(value):
        raise _NotFinite
    accuracy = loss.accuracy(y_hat, y) if loss.answer else 0
    backpropagate(network, loss, y_hat, y)
    optimizer.step(network.parameters, network.gradients)
    return value, accuracy


def plain(network, X, y, *, loss, optimizer, epochs, batch_size=None, rng=None, validation=None):
    """Train as `train` is defined: batch by batch of a new order, forward, loss, backward, step; yield the epochs."""
    loss = loss_for(network, loss)
    X, y = as_samples(network, loss, X, y)
    size, rng = min(batch_size or len(X), len(X)), as_rng(rng)
    validation = validation and as_samples(network, loss, *validation)
    start = network.parameters.copy()
    for number in range(1, epochs + 1):
        order = None
        if size < len(X):
            order = np.arange(len(X), dtype=np.int32)
            rng.shuffle(order)
        total = right = 0
        try:
            for first in range(0, len(X), size):
                rows = slice(None) if order is None else order[first : first + size]
                value, accuracy = one_step(network, loss, optimizer, X[rows], y[rows])
                total += value * len(X[rows])
                right += accuracy * len(X[rows])
            measured = total / len(X), right / len(X) if loss.answer else None
            with np.errstate(over="ignore", invalid="ignore"):
                unseen = validation and network.run(validation[0])
                new = (None, None)
                if validation:
                    new = loss.value(unseen, validation[1]), loss.answer and loss.accuracy(unseen, validation[1])
            if not math.isfinite(measured[0] + (new[0] or 0)) or (number == epochs and not is_finite(network.parameters)):
                raise _NotFinite
        except _NotFinite:
            network.parameters[:] = start
            if hasattr(optimizer, "reset"):
                optimizer.reset()
            raise FloatingPointError(f"the loss is no longer finite in epoch {number}") from None
        yield Epoch(number, *measured, *new, 0.0)


def flat(thing):
    """Return the numbers of whatever a scenario returns, as a list of arrays, strings and None."""
    if isinstance(thing, Epoch):
        return list(thing[:5])
    if isinstance(thing, Network):
        return [thing.parameters.copy(), thing.gradients.copy()]
    if isinstance(thing, Optimizer):
        return flat(list(thing.state().items()))
    if isinstance(thing, list | tuple):
        return [number for part in thing for number in flat(part)]
    return [thing]


@contextmanager
def recording():
    """Let even the shortest training be recorded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(epochs, "WORTH", 0)
        yield


def outcome(scenario, way):
    """Return what a scenario makes by this way to train, or the error that it ends in."""
    try:
        with recording():
            return flat(scenario(way))
    except Exception as error:
        return [f"{type(error).__name__}: {str(error).split(': most often')[0]}"]


def same(scenario, tolerance=1e-12, ways=None):
    """Assert that a scenario comes out the same by `train` and by its definition, within this tolerance.

    `ways` are the ways that its trainings by `train` may have gone in the end, where that is known: "replayed" or "plain".
    """
    trainings = []

    def noted(*arguments, **settings):
        trainings.append(train(*arguments, **settings))
        return trainings[-1]

    expected, got = outcome(scenario, plain), outcome(scenario, noted)
    assert len(got) == len(expected), f"{got[0]} instead of {expected[0]}"
    for one, other in zip(expected, got, strict=True):
        assert type(one) is type(other), (one, other)
        if isinstance(one, np.ndarray):
            assert one.dtype == other.dtype
        if isinstance(one, np.ndarray | float):
            np.testing.assert_allclose(other, one, rtol=tolerance, atol=tolerance)
        else:
            assert one == other
    assert ways is None or {training.way.split(":")[0] for training in trainings} <= set(ways), trainings[-1].way
    return expected
