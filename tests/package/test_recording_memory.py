"""Records are freed with what they were made of, take little beside the data, and are apart in threads."""

import gc
import tracemalloc
import weakref
from threading import Barrier, Thread

import numpy as np
import pytest
from two_ways import plain, recording

from nnlib import SGD, Activation, Adam, Dense, Network, fit, mlp, train
from nnlib.losses import LOSSES

HOW = {"loss": "cross_entropy", "rng": 0}


@pytest.fixture(autouse=True)
def _short_ones_too():
    with recording():
        yield


def samples(n=29, inputs=2, dtype=np.float64, outputs=3):
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, inputs)).astype(dtype), rng.integers(0, outputs, n)


@pytest.mark.parametrize("batch_size", [7, None])
def test_a_network_and_its_optimizer_are_freed_as_soon_as_nobody_has_them(batch_size):
    X, y = samples()
    network, optimizer = mlp([2, 4, 3], dropout=0.1, dtype=np.float64, rng=0), Adam(0.01)
    training = train(network, X, y, optimizer=optimizer, epochs=3, batch_size=batch_size, **HOW)
    next(training)
    training.close()
    ends = [weakref.ref(thing) for thing in (network, optimizer, network.layers[0], network.parameters, network.gradients, X)]
    del network, optimizer, training, X
    gc.collect()
    assert [end() for end in ends] == [None] * len(ends)


def grows(once, calls=16):
    """Assert that memory does not grow with each call.

    Of three windows the least counts: now and then a table of Python's own doubles in one of them.
    """
    objects, memory = [], []
    for i in range(calls):  # to warm up
        once(i)
    tracemalloc.start()
    try:
        for window in range(4):
            for i in range(calls if window else 10):
                once(i)
            gc.collect()
            objects.append(len(gc.get_objects()))
            memory.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert min(np.diff(objects)) < calls / 2
    assert min(np.diff(memory)) < 2000 * calls  # bytes; a record of this size has ten thousand


def test_memory_stays_flat_over_networks_that_come_and_go():
    X, y = samples()

    def once(i):
        network = mlp([2, 3 + i % 5, 3], dtype=np.float64, rng=0)
        fit(network, X, y, optimizer=Adam(0.01), epochs=1, batch_size=7 + i % 3, progress=False, **HOW)

    grows(once)


def test_memory_stays_flat_over_records_of_one_network():
    X, y = samples()
    network, optimizer = mlp([2, 3, 3], dtype=np.float64, rng=0), Adam(0.01)

    def once(i):
        optimizer.weight_decay = 0.001 + i / 1e6
        fit(network, X[: 20 + i % 9], y[: 20 + i % 9], optimizer=optimizer, epochs=1, batch_size=7, progress=False, **HOW)

    grows(once)


def test_memory_stays_flat_over_the_epochs_of_one_training():
    X, y = samples()
    network, optimizer = mlp([2, 3, 3], dtype=np.float64, rng=0), SGD(0.01, 0.9)
    training = train(network, X, y, optimizer=optimizer, epochs=10**6, batch_size=7, **HOW)

    def once(i):
        optimizer.weight_decay = 0.001 + i / 1e6  # another record
        next(training)

    grows(once)
    training.close()


def peak(way, X, y, outputs, loss, batch_size):
    network = mlp([X.shape[1], 32, outputs], output=LOSSES[loss].partner or "identity", dtype=X.dtype, rng=0)
    training = way(network, X, y, loss=loss, optimizer=Adam(0.001), epochs=2, batch_size=batch_size, rng=0)
    gc.collect()
    tracemalloc.start()
    try:
        for _ in training:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("outputs", "loss", "batch_size", "times"),
    [(10, "cross_entropy", 128, 1), (10, "cross_entropy", None, 2), (100, "mse", 128, 1), (100, "mse", None, 2)],
)
def test_large_data_take_no_more_memory_than_a_plain_training_and_the_data(outputs, loss, batch_size, times):
    X, y = samples(16000, 100, np.float32, 10)  # 6 MB
    y = X if loss == "mse" else y
    plainly = peak(plain, X, y, outputs, loss, batch_size)
    assert peak(train, X, y, outputs, loss, batch_size) < times * (plainly + X.nbytes)


@pytest.mark.parametrize("batch_size", [7, None])
def test_two_trainings_in_two_threads(batch_size):
    X, y = samples(60)
    how = HOW | {"batch_size": batch_size}

    def made(seed):
        rng = np.random.default_rng(seed)
        layers = [Dense(2, 8, dtype=np.float64, rng=rng), Activation("tanh"), Dense(8, 3, dtype=np.float64, rng=rng)]
        return Network([*layers, Activation("softmax")]), Adam(0.01)

    def run(i):
        together.wait()
        for _ in train(networks[i][0], X, y, optimizer=networks[i][1], epochs=40, **how):
            pass

    networks, together = [made(seed) for seed in range(4)], Barrier(4)
    threads = [Thread(target=run, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed, (network, optimizer) in enumerate(networks):
        alone, moving = made(seed)
        list(plain(alone, X, y, optimizer=moving, epochs=40, **how))
        np.testing.assert_allclose(network.parameters, alone.parameters, rtol=1e-9, atol=1e-9)
        assert optimizer.steps == moving.steps


def test_a_training_that_is_begun_in_one_thread_goes_on_in_another():
    X, y = samples()
    network, alone = (mlp([2, 4, 3], dtype=np.float64, rng=0) for _ in range(2))
    training = train(network, X, y, optimizer=SGD(0.1, 0.9), epochs=4, batch_size=7, **HOW)
    next(training)
    thread = Thread(target=lambda: list(training))
    thread.start()
    thread.join()
    list(plain(alone, X, y, optimizer=SGD(0.1, 0.9), epochs=4, batch_size=7, **HOW))
    np.testing.assert_allclose(network.parameters, alone.parameters, rtol=1e-12)
