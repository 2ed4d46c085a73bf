"""What a record makes of a training is what the training is defined as, whatever the layers, loss, optimizer and batches."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_ways import one_step, same

from nnlib import SGD, Activation, Adam, AdamW, Dense, Dropout, Network, RMSProp, datasets, fit, mlp
from nnlib.activations import ACTIVATIONS
from nnlib.arrays import one_hot
from nnlib.losses import LOSSES
from nnlib.optimizers import constant, cosine, step_decay, warm_up
from nnlib.recording import make_record
from nnlib.training import backpropagate

N = 29  # 4 batches of 7, and 1

OPTIMIZERS = {
    "sgd": lambda: SGD(0.1),
    "whole number": lambda: SGD(1),
    "momentum": lambda: SGD(0.1, momentum=0.9),
    "nesterov": lambda: SGD(0.1, momentum=0.9, nesterov=True),
    "rmsprop": lambda: RMSProp(0.01),
    "adam": lambda: Adam(0.01),
    "adamw": lambda: AdamW(0.01),
    "sgd, decay": lambda: SGD(0.1, weight_decay=0.01),
    "momentum, decay": lambda: SGD(0.1, momentum=0.5, weight_decay=0.01),
    "nesterov, decay": lambda: SGD(0.1, momentum=0.5, nesterov=True, weight_decay=0.01),
    "rmsprop, decay": lambda: RMSProp(0.01, alpha=0.9, epsilon=1e-6, weight_decay=0.01),
    "adam, decay": lambda: Adam(0.01, beta1=0, beta2=0.9, epsilon=1e-3, weight_decay=0.01),
    "adamw, no decay": lambda: AdamW(0.01, weight_decay=0),
    "sgd, cosine": lambda: SGD(partial(cosine, rate=0.1, steps=12)),
    "momentum, step_decay, decay": lambda: SGD(partial(step_decay, rate=0.1, every=4), 0.9, weight_decay=0.1),
    "nesterov, warm_up": lambda: SGD(partial(warm_up, rate=0.1, steps=7), 0.9, nesterov=True),
    "rmsprop, cosine": lambda: RMSProp(partial(cosine, rate=0.01, steps=9, low=0.001)),
    "adam, warm_up": lambda: Adam(partial(warm_up, rate=0.01, steps=9)),
    "adamw, cosine": lambda: AdamW(partial(cosine, rate=0.01, steps=9), weight_decay=0.1),
    "a schedule of NumPy's numbers": lambda: SGD(lambda step: np.float32(0.1) / (step + 1)),
    "a schedule that is constant": lambda: Adam(partial(constant, rate=0.01)),
    "a schedule that ends in 0": lambda: SGD(lambda step: max(0, 3 - step), momentum=0.9),
}


def data(n=N, inputs=2, seed=0):
    """Return n rows of normal numbers, and a generator for their targets."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, inputs)), rng


def targets(loss, outputs, n, rng):
    """Return targets that this loss takes."""
    if loss == "mse":
        return rng.normal(size=(n, outputs))
    if loss.startswith("binary"):
        return rng.integers(0, 2, (n, outputs))
    return rng.integers(0, outputs, n)


def training(way, layers, loss="mse", optimizer=OPTIMIZERS["sgd"], n=N, batch_size=7, epochs=3, dtype=np.float64):
    """Train these layers on random numbers; return all that training makes."""
    network = Network(layers(dtype))
    X, rng = data(n, network.inputs)
    y, new = targets(loss, network.outputs, n, rng), data(5, network.inputs, seed=1)[0]
    order, optimizer = np.random.default_rng(3), optimizer()
    how = {"loss": loss, "optimizer": optimizer, "epochs": epochs, "batch_size": batch_size, "rng": order}
    went = list(way(network, X, y, **how, validation=(new, targets(loss, network.outputs, 5, rng))))
    masks = [layer.rng.bit_generator.state["state"]["state"] for layer in network.layers if isinstance(layer, Dropout)]
    return network, optimizer, went, order.bit_generator.state["state"]["state"], masks


def dense(*sizes, activation="tanh", output="identity", dropout=0.0):
    """Return a function that makes the layers of `mlp` in a precision."""
    return lambda dtype: [*_taken_out(mlp(sizes, activation, output, dropout, dtype, rng=0).layers)]


def _taken_out(layers):
    for layer in layers:
        layer.in_network = False
    return layers


def both(layers, **how):
    """Assert that training these layers so comes out as it is defined."""
    tolerance = 1e-12 if how.get("dtype", np.float64) == np.float64 else 2e-4
    same(lambda way: training(way, layers, **how), tolerance, ["replayed"])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_between_layers(name, dtype):
    both(dense(2, 5, 4, 2, activation=name), dtype=dtype)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_at_the_end(name, optimizer):
    both(dense(2, 5, 3, output=name), optimizer=OPTIMIZERS[optimizer])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss(loss, outputs, dtype):
    output = LOSSES[loss].partner or "identity"
    if "binary" in loss or outputs > 1:
        both(dense(2, 5, outputs, output=output), loss=loss, dtype=dtype)
    if output == "identity":  # which no layer need say
        both(lambda dtype: dense(2, 5, max(outputs, 2))(dtype)[:-1], loss=loss, dtype=dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("batch_size", [7, None])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer(optimizer, batch_size, dtype):
    layers = dense(2, 5, 3, output="softmax")
    how = {"batch_size": batch_size, "epochs": 3 if batch_size else 12, "dtype": dtype}
    both(layers, loss="cross_entropy", optimizer=OPTIMIZERS[optimizer], **how)


@pytest.mark.filterwarnings("ignore:batch_size:UserWarning")
@pytest.mark.parametrize("n", [1, 2, N, 33])
@pytest.mark.parametrize("batch_size", [1, 2, 7, 28, 32, None])
def test_every_size_of_batch_and_the_last_smaller_one(batch_size, n):
    both(dense(2, 5, 1), n=n, batch_size=batch_size, optimizer=lambda: SGD(0.02, momentum=0.5))
    both(dense(2, 4, 3, output="softmax"), loss="cross_entropy", n=n, batch_size=batch_size, optimizer=OPTIMIZERS["adam"])


@pytest.mark.parametrize("sizes", [(1, 1), (1, 1, 1), (1, 7, 1), (7, 1, 7), (40, 150, 3), (3, 2, 2, 2, 2, 2, 2, 2)])
@pytest.mark.parametrize(("n", "batch_size"), [(N, 4), (250, 120), (250, None)])
def test_every_shape(sizes, n, batch_size):
    both(dense(*sizes), n=n, batch_size=batch_size, epochs=2)


def dropped(*layers):
    """Return a function that makes layers in a precision, of their names: a number is a Dense, "drop" a Dropout."""

    def make(dtype, inputs=2):
        made, rng = [], np.random.default_rng(0)
        for layer in layers:
            if isinstance(layer, int):
                made.append(Dense(inputs, layer, weights="xavier", bias=0.1, dtype=dtype, rng=rng))
                inputs = layer
            elif isinstance(layer, float):
                made.append(Dropout(layer, rng))
            else:
                made.append(Activation(layer))
        return made

    return make


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "layers",
    [
        [3],
        [3, 4, 3],
        [0.3, 4, "relu", 3],
        [4, "relu", 0.5, 3],
        [4, 0.2, "tanh", 0.3, 3],
        [4, 0.0, "tanh", 3],
        [4, 0.2, 0.3, 3],
        [4, "tanh", 3, 0.3],
        ["tanh", 4, "relu", 3],
        ["softmax", 4, "softmax", 3, "softmax"],
        [4, "tanh", "relu", 3, "identity"],
        [4, "identity", "identity", "sigmoid", 3, "sigmoid", "softmax"],
        ["identity", 0.3, "step", "gelu", 5, 4, 0.1, "elu", 3, "tanh", 0.5],
    ],
    ids=str,
)
def test_every_order_of_layers(layers, dtype):
    both(dropped(*layers), dtype=dtype)
    both(dropped(*layers), dtype=dtype, batch_size=None, optimizer=OPTIMIZERS["adam"])
    if layers[-1] in (3, "identity", 0.3):
        both(dropped(*layers), dtype=dtype, loss="cross_entropy_with_logits")


EXAMPLES = {
    "layers": st.lists(st.sampled_from([*ACTIVATIONS, 1, 2, 5, 0.2, 0.5]), max_size=6),
    "loss": st.sampled_from(sorted(LOSSES)),
    "outputs": st.integers(1, 4),
    "optimizer": st.sampled_from(sorted(OPTIMIZERS)),
    "n": st.integers(1, 40),
    "batch_size": st.one_of(st.none(), st.integers(1, 40)),
    "epochs": st.integers(1, 3),
}


@pytest.mark.filterwarnings("ignore:batch_size:UserWarning", "ignore:all samples:UserWarning")
@given(**EXAMPLES)
@settings(max_examples=80)
def test_whatever_one_puts_together(layers, loss, outputs, optimizer, n, batch_size, epochs):
    partner = LOSSES[loss].partner
    outputs = max(outputs, 2 if partner == "softmax" or loss == "cross_entropy_with_logits" else 1)
    layers = [*layers, outputs, *([partner] if partner not in (None, "identity") else [])]
    how = {"loss": loss, "n": n, "batch_size": batch_size, "epochs": epochs}
    same(lambda way: training(way, dropped(*layers), optimizer=OPTIMIZERS[optimizer], **how), 1e-10)


@pytest.mark.parametrize("batch_size", [7, None])
def test_one_generator_for_weights_masks_and_order(batch_size):
    def scenario(way):
        rng = np.random.default_rng(0)
        network, optimizer = mlp([2, 6, 4, 3], dropout=0.3, dtype=np.float64, rng=rng), Adam(0.01)
        X, y = rng.normal(size=(N, 2)), rng.integers(0, 3, N)
        how = {"loss": "cross_entropy", "optimizer": optimizer, "batch_size": batch_size, "rng": rng}
        went = [*way(network, X, y, epochs=3, **how), *way(network, X, y, epochs=2, **how)]
        return network, optimizer, went, rng.random()

    same(scenario)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "as_given",
    [
        lambda X, y: (X, y),
        lambda X, y: (X, one_hot(y)),
        lambda X, y: (X, y[:, None]),
        lambda X, y: (X, y.astype(np.int8)),
        lambda X, y: (X, y.astype(np.uint64)),
        lambda X, y: (X.tolist(), y.tolist()),
        lambda X, y: (np.asfortranarray(X), y),
        lambda X, y: (np.repeat(X, 2, axis=0)[::2], np.repeat(y, 2)[::2]),
        lambda X, y: (X[::-1], y[::-1]),
        lambda X, y: (np.hstack([X, X])[:, ::2], y),
        lambda X, y: (X.astype(np.float32), y),
        lambda X, y: (X.astype(">f8"), y),
        lambda X, y: (np.round(X).astype(int), y),
        lambda X, y: (np.frombuffer(X.tobytes()).reshape(X.shape), np.frombuffer(y.tobytes(), y.dtype)),  # read-only
        lambda X, y: (np.broadcast_to(X[:1], X.shape), y),
    ],
)
@pytest.mark.parametrize("batch_size", [7, None])
def test_samples_in_whatever_memory(as_given, batch_size, dtype):
    def scenario(way):
        X, rng = data()
        network, optimizer = mlp([2, 4, 3], dtype=dtype, rng=0), SGD(0.1)
        how = {"loss": "cross_entropy", "optimizer": optimizer, "batch_size": batch_size, "rng": 0}
        went = list(way(network, *as_given(X, rng.integers(0, 3, N)), epochs=2, **how))
        return network, optimizer, went

    same(scenario, 1e-12 if dtype == np.float64 else 1e-5)


def test_a_long_training_ends_as_it_is_defined():
    def scenario(way):
        X, y = datasets.moons(100, rng=0)
        network, optimizer = mlp([2, 8, 8, 2], "tanh", dtype=np.float64, rng=0), SGD(0.1, 0.5)
        how = {"loss": "cross_entropy", "optimizer": optimizer, "epochs": 30, "batch_size": 16, "rng": 0}
        return list(way(network, X, y, **how)), network, optimizer

    same(scenario, 1e-11)


def test_an_epoch_holds_plain_numbers_by_a_record_too():
    X, rng = data()
    [epoch] = fit(mlp([2, 4, 3], rng=0), X, rng.integers(0, 3, N), loss="cross_entropy", optimizer=SGD(0.1), epochs=1)
    assert [type(value) for value in epoch] == [int, float, float, type(None), type(None), float]


def test_large_errors_that_no_batch_overflows_by_do_not_stop_a_float32_training():
    # a batch's sum of squares is 10 · 10³⁷, below float32's 3.4 · 10³⁸; that of all samples would not be
    def scenario(way):
        X = np.zeros((400, 1))
        network, optimizer = Network([Dense(1, 1, weights="zeros")]), SGD(1e-9)
        y = np.full((400, 1), 3e18)
        return list(way(network, X, y, loss="mse", optimizer=optimizer, epochs=2, batch_size=10, rng=0)), network

    [*_, parameters, gradients] = same(scenario, 1e-5)
    assert np.isfinite(parameters).all() and np.isfinite(gradients).all()


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov, decay", "adamw, cosine"])
def test_a_record_is_data_numpy_functions_and_arrays_and_a_replay_is_a_step(optimizer):
    networks = [mlp([2, 5, 4, 3], "gelu_tanh", dropout=0.2, dtype=np.float64, rng=0) for _ in range(2)]
    moving, loss, (X, rng) = [OPTIMIZERS[optimizer]() for _ in range(2)], LOSSES["cross_entropy"], data()
    y = rng.integers(0, 3, N)
    moving[0].prepare(networks[0].parameters, networks[0].gradients)
    record = make_record(networks[0], loss, moving[0], backpropagate, N)
    for call in record.calls:
        owner = getattr(call.function, "__self__", call.function)
        assert type(owner).__module__.startswith("numpy"), call.function
        assert all(isinstance(value, np.ndarray | float | int) for value in call.inputs)
        assert isinstance(call.out, np.ndarray)
    for steps in range(3):
        record.X[:], record.y[:] = X, one_hot(y)
        record.numbers[:] = record.numbers_of(steps)
        record.replay()
        one_step(networks[1], loss, moving[1], X, y)
        np.testing.assert_allclose(networks[0].parameters, networks[1].parameters, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(networks[0].gradients, networks[1].gradients, rtol=1e-12, atol=1e-12)
