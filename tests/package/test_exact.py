"""What holds for any network, whatever its shape, activations, loss, optimizer and precision."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import SGD, Adam, AdamW, RMSProp, check_gradients, mlp, train
from nnlib.activations import ACTIVATIONS
from nnlib.losses import LOSSES
from nnlib.training import as_samples, backpropagate

PRECISIONS = [np.float32, np.float64]
OPTIMIZERS = {
    "SGD": lambda: SGD(0.05),
    "momentum": lambda: SGD(0.05, momentum=0.9, weight_decay=0.01),
    "Nesterov": lambda: SGD(0.05, momentum=0.9, nesterov=True),
    "RMSProp": RMSProp,
    "Adam": Adam,
    "AdamW": AdamW,
}


@st.composite
def tasks(draw):
    """Return how to make a network, its loss, samples and targets."""
    loss, rng = draw(st.sampled_from(list(LOSSES))), np.random.default_rng(draw(st.integers(0, 10_000)))
    output = LOSSES[loss].partner or draw(st.sampled_from(["identity", "tanh", "sigmoid", "softmax"]))
    inputs, hidden = draw(st.integers(1, 5)), draw(st.lists(st.integers(1, 5), max_size=3))
    task = loss.removesuffix("_with_logits")
    fewest = 2 if output == "softmax" or task == "cross_entropy" else 1  # a single class is always right
    outputs, samples = draw(st.integers(fewest, 4)), draw(st.integers(2, 9))
    how = {"sizes": [inputs, *hidden, outputs], "activation": draw(st.sampled_from(list(ACTIVATIONS))), "output": output}
    targets = {
        "mse": lambda: rng.normal(size=(samples, outputs)),
        "binary_cross_entropy": lambda: np.add.outer(range(samples), range(outputs)) % 2,
        "cross_entropy": lambda: np.arange(samples) % outputs,
    }
    return how | {"rng": int(rng.integers(1000))}, loss, rng.normal(size=(samples, inputs)), targets[task]()


def network_of(how, dtype=np.float64, dropout=0.0):
    """Return the network, its biases off 0, in order that no example lies on a kink."""
    network = mlp(**how, dtype=dtype, dropout=dropout)
    network.parameters += np.random.default_rng(0).normal(0, 0.1, network.parameters.size).astype(dtype)
    return network


def gradients(network, loss, X, y):
    """Return the loss and a copy of the gradients, as training computes them."""
    X, y = as_samples(network, LOSSES[loss], X, y)
    y_hat = network.forward(X)
    backpropagate(network, LOSSES[loss], y_hat, y)
    return LOSSES[loss].value(y_hat, y), network.gradients.copy()


@given(tasks())
def test_gradients_agree_with_differences(task):
    how, loss, X, y = task
    if how["activation"] == "step":  # whose slope is 0 everywhere, as are the differences
        how["activation"] = "identity"
    report = check_gradients(network_of(how), X, y, loss)
    assert report.passed, report


@given(tasks())
def test_each_row_is_answered_by_itself(task):
    how, _, X, _ = task
    network = network_of(how)
    together = network.forward(X)
    np.testing.assert_allclose(together, np.vstack([network.forward(row[None]) for row in X]), rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(together, network.run(X))


@given(tasks())
def test_loss_and_gradient_of_a_batch_are_the_means_of_those_of_its_rows_in_any_order(task):
    how, loss, X, y = task
    network = network_of(how)
    value, gradient = gradients(network, loss, X, y)
    values, rows = zip(*(gradients(network, loss, X[i : i + 1], y[i : i + 1]) for i in range(len(X))), strict=True)
    assert value == pytest.approx(np.mean(values), rel=1e-12)
    np.testing.assert_allclose(gradient, np.mean(rows, axis=0), rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(gradient, gradients(network, loss, X[::-1], y[::-1])[1], rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("dtype", PRECISIONS)
@given(task=tasks(), optimizer=st.sampled_from(list(OPTIMIZERS)))
def test_every_layer_and_its_gradients_and_the_optimizers_memory_stay_in_the_networks_precision(dtype, task, optimizer):
    how, loss, X, y = task
    network, optimizer = network_of(how, dtype, dropout=0.3), OPTIMIZERS[optimizer]()
    epochs = {"epochs": 2, "batch_size": 2, "rng": 0, "validation": (X, y)}
    list(train(network, X, y, loss=loss, optimizer=optimizer, **epochs))
    steps, *memory = optimizer.state().values()
    assert steps
    assert [vector.dtype for vector in memory] == [dtype] * len(optimizer.remembers)
    assert network.parameters.dtype == network.gradients.dtype == network.run(X).dtype == dtype
    signal = X.astype(dtype)
    for layer in network.layers:
        signal = layer.forward(signal, training=True)
        assert signal.dtype == dtype, layer
    for layer in reversed(network.layers):
        signal = layer.backward(signal)
        assert signal.dtype == dtype, layer
        assert not layer.names or layer.parameters.dtype == layer.gradients.dtype == dtype


@given(tasks())
def test_float32_is_near_to_float64(task):
    how, loss, X, y = task
    if how["activation"] == "step":  # which jumps where a rounding error crosses 0
        how["activation"] = "tanh"
    # Once, "invalid value in dot" was told of finite numbers, and never again: so the results are looked at, not the flag.
    with np.errstate(invalid="ignore"):
        single, double = (gradients(network_of(how, dtype), loss, X, y) for dtype in PRECISIONS)
    assert single[0] == pytest.approx(double[0], rel=1e-4, abs=1e-5)
    assert np.isfinite(single[1]).all()
    np.testing.assert_allclose(single[1], double[1], rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("dtype", PRECISIONS)
@given(task=tasks(), optimizer=st.sampled_from(list(OPTIMIZERS)), batch_size=st.sampled_from([None, 1, 2]))
def test_training_repeats_bit_for_bit_whatever_numpys_own_generator_does(dtype, task, optimizer, batch_size):
    how, loss, X, y = task
    runs = []
    for _ in range(2):
        np.random.random()  # noqa: NPY002 - drawn from, so that it stands elsewhere at each run
        network, maker = network_of(how, dtype, dropout=0.3), OPTIMIZERS[optimizer]()
        epochs = train(network, X, y, loss=loss, optimizer=maker, epochs=3, batch_size=batch_size, rng=1)
        runs.append(([epoch[:-1] for epoch in epochs], network.parameters.tobytes()))
    assert runs[0] == runs[1]
