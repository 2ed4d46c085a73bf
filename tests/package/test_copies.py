"""A copy is whole and apart by whatever way it was made, and goes on as the original would have."""

import copy
import io
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest

from nnlib import (
    SGD,
    Activation,
    Adam,
    Dense,
    Dropout,
    History,
    Network,
    Neuron,
    Perceptron,
    RMSProp,
    datasets,
    fit,
    mlp,
    train,
)
from nnlib.layers import Layer

X, Y = datasets.moons(rng=0)
HOW = {"loss": "cross_entropy", "epochs": 2, "batch_size": 32, "rng": 0}


def read_only(thing):
    """Return a thing out of buffers that may not be written to, as a process finds them in another one's memory."""
    buffers = []
    text = pickle.dumps(thing, 5, buffer_callback=buffers.append)
    return pickle.loads(text, buffers=[memoryview(bytes(buffer)) for buffer in buffers])


def by_files(thing, folder):
    """Return a thing whose arrays came out of files that are mapped into memory to be read, as joblib hands them on."""

    class Writer(pickle.Pickler):
        def persistent_id(self, value):
            if not isinstance(value, np.ndarray) or value.size == 0:
                return None
            path = folder / f"{len(list(folder.iterdir()))}.npy"
            np.save(path, value)
            return str(path)

    class Reader(pickle.Unpickler):
        def persistent_load(self, path):
            return np.load(path, mmap_mode="r")

    file = io.BytesIO()
    Writer(file).dump(thing)
    file.seek(0)
    return Reader(file).load()


WAYS = {
    **{
        f"pickle protocol {protocol}": lambda thing, folder, protocol=protocol: pickle.loads(pickle.dumps(thing, protocol))
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    },
    "pickle out of band": lambda thing, folder: read_only(thing),
    "files": by_files,
    "copy": lambda thing, folder: copy.copy(thing),
    "deepcopy": lambda thing, folder: copy.deepcopy(thing),
    "a copy of a copy": lambda thing, folder: read_only(copy.deepcopy(pickle.loads(pickle.dumps(thing, 5)))),
}


@pytest.fixture(params=WAYS)
def duplicate(request, tmp_path):
    return lambda thing: WAYS[request.param](thing, tmp_path)


def network():
    return mlp([2, 8, 2], dropout=0.2, dtype=np.float64, rng=0)


def trained(one, optimizer):
    list(train(one, X, Y, optimizer=optimizer, **HOW))
    return one.parameters.tobytes()


@pytest.mark.parametrize("make", [lambda: SGD(0.1), lambda: SGD(0.1, momentum=0.9), RMSProp, Adam])
def test_a_network_and_its_optimizer_go_on_training_to_the_same_numbers_without_the_original(duplicate, make):
    one, optimizer = network(), make()
    trained(one, optimizer)
    before = one.parameters.tobytes()
    twin, other = duplicate(one), duplicate(optimizer)
    assert np.array_equal(twin.predict_proba(X), one.predict_proba(X))
    after = trained(twin, other)
    assert one.parameters.tobytes() == before != after
    assert np.shares_memory(twin.layers[0].weights, twin.parameters)
    assert trained(one, optimizer) == after


def test_a_layer_of_a_network_is_free_once_it_is_copied_and_never_before(duplicate):
    one = network()
    twins = [duplicate(layer) for layer in one.layers]
    assert Network(twins).parameters.tobytes() == one.parameters.tobytes()
    for layers in (one.layers, twins):
        with pytest.raises(ValueError, match=r"layers\[0\], Dense\(2 → 8\).* is in a network already: pass copy.deepcopy"):
            Network(layers)


def test_a_copied_layer_is_apart_before_a_network_takes_it(duplicate):
    layer = Dense(2, 3, dtype=np.float64, rng=0)
    twin = duplicate(layer)
    twin.weights = np.zeros((2, 3))
    assert layer.weights.all()
    assert not twin.parameters[:6].any()
    twin.forward(X)
    twin.backward(np.ones((len(X), 3)))
    assert twin.gradients.all()
    assert not layer.gradients.any()


class Scale(Layer):
    """A layer of one's own: every number times one that is learned."""

    names = ("factor",)

    def __init__(self):
        self.use(np.ones(1), np.zeros(1))

    def use(self, parameters, gradients):
        super().use(parameters, gradients)
        self.factor, self.factor_gradient = parameters, gradients

    def forward(self, X, training=False):
        self._memory = X * self.factor, X
        return self._memory[0]

    def backward(self, delta):
        self.factor_gradient[:] = (delta * self._recall(delta)[1]).sum()
        return delta * self.factor


def test_a_layer_of_ones_own_is_copied_like_those_of_the_book(duplicate):
    one = Network([Dense(2, 2, dtype=np.float64, rng=0), Scale(), Activation("softmax")])
    twin, before = duplicate(one), one.parameters.tobytes()
    after = trained(twin, SGD(0.1))
    assert np.shares_memory(twin.layers[1].factor, twin.parameters)
    assert one.parameters.tobytes() == before != after == trained(one, SGD(0.1))


def test_the_small_things_are_copied_too(duplicate):
    neuron, perceptron = Neuron([1.0, 2.0], 3.0), Perceptron().fit(X, 2 * Y - 1)
    history = fit(network(), X, Y, optimizer=Adam(), progress=False, **HOW)
    assert duplicate(neuron)([1, 1]) == neuron([1, 1])
    assert np.array_equal(duplicate(perceptron).predict(X), perceptron.predict(X))
    twin = duplicate(history)
    assert (type(twin), twin, twin.loss) == (History, history, history.loss)


def test_a_layer_that_no_network_took_stays_free():
    layers = [Dense(2, 4, rng=0), Dropout(0.5), Dense(5, 2)]
    with pytest.raises(ValueError, match="does not fit"):
        Network(layers)
    assert Network(layers[:2]).outputs == 4


def losses_of(one, optimizer):
    """Return the losses of a network's training: what a process of a pool is asked for."""
    return [epoch.loss for epoch in train(one, X, Y, optimizer=optimizer, **HOW)]


@pytest.mark.parametrize("start", sorted({*multiprocessing.get_all_start_methods()} - {"fork"}))  # a fork copies nothing
def test_processes_train_networks_that_are_sent_to_them(start):
    one, optimizer = network(), Adam()
    trained(one, optimizer)
    with ProcessPoolExecutor(1, multiprocessing.get_context(start)) as pool:
        sent = pool.submit(losses_of, one, optimizer)
        assert sent.result(timeout=120) == losses_of(one, optimizer)
