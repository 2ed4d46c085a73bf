"""Many networks trained at once are what each of them is that is trained alone."""

from functools import partial

import numpy as np
import pytest

from nnlib import SGD, Adam, AdamW, Dense, Network, RMSProp, datasets, mlp, train
from nnlib.normalization import LayerNorm
from nnlib.recording.many import Many
from nnlib.training import as_samples, backpropagate, loss_for

net = partial(mlp, output="identity")
RATES = [0.01, 0.03, 0.1]
OPTIMIZERS = {
    "plain steps": lambda rate: SGD(rate),
    "momentum": lambda rate: SGD(rate, momentum=0.9, nesterov=True),
    "decay": lambda rate: SGD(rate, weight_decay=0.01),
    "RMSProp": lambda rate: RMSProp(rate),
    "Adam": lambda rate: Adam(rate),
    "AdamW": lambda rate: AdamW(rate, weight_decay=0.1),
}
TASKS = {
    "mse": ("tanh", "identity", lambda y: y.astype(float)),
    "binary_cross_entropy": ("sigmoid", "sigmoid", lambda y: y),
    "binary_cross_entropy_with_logits": ("relu", "identity", lambda y: y),
}


def networks_of(activation, output, outputs=1, dtype=np.float64):
    return [mlp([2, 5, 4, outputs], activation, output, dtype=dtype, rng=seed) for seed in range(len(RATES))]


def at_once(networks, X, y, loss, optimizers, size, epochs, rng=0):
    chosen, rng = loss_for(networks[0], loss), np.random.default_rng(rng)
    many = Many(networks, chosen, optimizers, backpropagate, *as_samples(networks[0], chosen, X, y), size)
    return np.array([many.epoch(rng) for _ in range(epochs)]).T


def alone(networks, X, y, loss, optimizers, size, epochs):
    runs = [
        train(network, X, y, loss=loss, optimizer=optimizer, epochs=epochs, batch_size=size, rng=0)
        for network, optimizer in zip(networks, optimizers, strict=True)
    ]
    return np.array([[epoch.loss for epoch in run] for run in runs])


def compare(first, second, losses, tolerance=1e-12):
    np.testing.assert_allclose(*losses, rtol=tolerance, atol=tolerance)
    for one, other in zip(first, second, strict=True):
        np.testing.assert_allclose(one.parameters, other.parameters, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("size", [1, 7, 30], ids="batches of {}".format)
@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("loss", TASKS)
def test_each_network_learns_as_if_alone(loss, name, size):
    X, y = datasets.moons(30, rng=0)
    activation, output, targets = TASKS[loss]
    first, second = networks_of(activation, output), networks_of(activation, output)
    how = X, targets(y), loss, [OPTIMIZERS[name](rate) for rate in RATES], size, 3
    compare(first, second, (at_once(first, *how), alone(second, *how)))


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-4)])
def test_classes_by_softmax_in_either_precision(dtype, tolerance):
    X, y = datasets.moons(30, rng=0)
    first, second = (networks_of("relu", "softmax", 2, dtype) for _ in range(2))
    how = X, y, "cross_entropy", [Adam(rate) for rate in RATES], 8, 5
    compare(first, second, (at_once(first, *how), alone(second, *how)), tolerance)
    assert first[0].parameters.dtype == dtype


def test_one_that_diverges_stops_none_of_the_others():
    X, y = datasets.moons(30, rng=0)
    first = networks_of("relu", "identity")
    second = networks_of("relu", "identity")[::2]
    losses = at_once(first, X, y.astype(float), "mse", [SGD(0.01), SGD(1e6), SGD(0.1)], 30, 40)
    wanted = alone(second, X, y.astype(float), "mse", [SGD(0.01), SGD(0.1)], 30, 40)
    assert not np.isfinite(losses[1, -1])
    compare(first[::2], second, (losses[::2], wanted))


def test_weights_that_are_changed_between_epochs_are_trained_on():
    X, y = datasets.moons(30, rng=0)
    networks, loss = networks_of("tanh", "sigmoid"), "mse"
    chosen = loss_for(networks[0], loss)
    many = Many(networks, chosen, [SGD(0.1)] * 3, backpropagate, *as_samples(networks[0], chosen, X, y), 30)
    many.epoch()
    networks[1].parameters[:] = networks[0].parameters
    losses = many.epoch()
    assert losses[0] == losses[1] != losses[2]


@pytest.mark.parametrize(
    ("networks", "optimizers", "told"),
    [
        ([net([2, 3, 1]), net([2, 4, 1])], [SGD(0.1), SGD(0.2)], "alike"),
        ([net([2, 3, 1], activation="tanh"), net([2, 3, 1], activation="relu")], [SGD(0.1), SGD(0.2)], "alike"),
        ([net([2, 3, 1]), net([2, 3, 1], dtype=np.float64)], [SGD(0.1), SGD(0.2)], "alike"),
        ([net([2, 3, 1], dropout=0.5)] * 2, [SGD(0.1), SGD(0.2)], "Dropout"),
        ([net([2, 3, 1])] * 2, [SGD(0.1), SGD(0.2, momentum=0.9)], "learning rate"),
        ([net([2, 3, 1])] * 2, [SGD(0.1), SGD(lambda step: 0.1)], "learning rate"),
        ([net([2, 3, 1])] * 2, [SGD(0.1), Adam(0.1)], "learning rate"),
        ([net([2, 3, 1])] * 2, [SGD(0.1)], "as many optimizers"),
        ([Network([Dense(2, 2), LayerNorm(2), Dense(2, 1)])] * 2, [SGD(0.1), SGD(0.2)], "no record"),
    ],
)
def test_what_can_not_be_trained_at_once_is_refused_and_left_alone(networks, optimizers, told):
    before = [network.parameters.copy() for network in networks]
    X, y = np.zeros((4, 2), networks[0].dtype), np.zeros((4, 1), networks[0].dtype)
    with pytest.raises(ValueError, match=told):
        Many(networks, loss_for(networks[0], "mse"), optimizers, backpropagate, X, y, 4)
    assert all((network.parameters == old).all() for network, old in zip(networks, before, strict=True))
