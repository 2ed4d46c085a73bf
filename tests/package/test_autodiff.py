"""The tape: every gate against nudging, whole networks against `Network.backward`, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import mlp, numerical_gradient
from nnlib.activations import ACTIVATIONS, softmax
from nnlib.autodiff import Value, gathered
from nnlib.losses import LOSSES
from nnlib.training import backpropagate

GATES = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "both twice": lambda a, b: a * b + a / b - a * a,
}
ALONE = {
    "negate": lambda a: -a,
    "power": lambda a: a**3,
    "root": lambda a: a**0.5,
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "sum": lambda a: a * a.sum(),
    "sum of columns": lambda a: a * a.sum(axis=0),
    "mean of rows": lambda a: a * a.mean(axis=1),
    "number on the left": lambda a: 1 - 2 / (3 + a) + 2 * a,
    "array on the left": lambda a: np.arange(3.0) * a + np.ones((2, 1)) / a - np.arange(3.0),
}


def weighted(value):
    """Return a number that depends on each element of `value` in a way of its own."""
    return (value * np.cos(np.arange(value.data.size)).reshape(value.data.shape)).sum()


def agree(build, *arrays):
    """Hold the tape's gradients of weighted(build(values)) against nudging each of the arrays."""
    values = [Value(array) for array in arrays]
    weighted(build(*values)).backward()
    for place, value in enumerate(values):

        def loss(array, place=place):
            moved = [Value(array if i == place else other) for i, other in enumerate(arrays)]
            return weighted(build(*moved)).data.item()

        assert value.gradient.shape == value.data.shape
        np.testing.assert_allclose(value.gradient, numerical_gradient(loss, arrays[place]), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("gate", GATES.values(), ids=GATES)
@pytest.mark.parametrize(
    "shapes", [((), ()), ((2, 3), (2, 3)), ((2, 3), (3,)), ((2, 1), (1, 3)), ((), (2, 3)), ((4, 2, 3), (2, 1))]
)
def test_a_gate_of_two_agrees_with_nudging_however_it_is_stretched(gate, shapes):
    rng = np.random.default_rng(0)
    agree(gate, *(rng.uniform(0.5, 2.0, shape) for shape in shapes))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(1, 3), max_size=3), st.integers(0, 7), st.integers(0, 3), st.integers(0, 100))
def test_whatever_numpy_stretches_the_tape_gathers(shape, ones, missing, seed):
    rng = np.random.default_rng(seed)
    other = tuple(1 if ones >> axis & 1 else length for axis, length in enumerate(shape))[missing:]
    agree(GATES["both twice"], rng.uniform(0.5, 2.0, shape), rng.uniform(0.5, 2.0, other))


@pytest.mark.parametrize("gate", ALONE.values(), ids=ALONE)
def test_a_gate_of_one_agrees_with_nudging(gate):
    agree(gate, np.random.default_rng(0).uniform(0.5, 2.0, (2, 3)))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_activation_agrees_with_nudging(name):
    agree(lambda z: z.activation(name), np.random.default_rng(0).normal(size=(2, 3)))


def test_matrices_agree_with_nudging():
    rng = np.random.default_rng(0)
    agree(lambda X, W, b: X @ W + b, rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=2))
    agree(lambda W: np.ones((4, 3)) @ W, rng.normal(size=(3, 2)))


def test_a_product_by_hand():
    """L = (x w + b)², x = 2, w = 3, b = −1: z = 5, ∂L/∂z = 10, so 30 for x, 20 for w, 10 for b."""
    x, w, b = Value(2.0), Value(3.0), Value(-1.0)
    ((x * w + b) ** 2).backward()
    assert (x.gradient.item(), w.gradient.item(), b.gradient.item()) == (30.0, 20.0, 10.0)


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name not in ("softmax", "step")])
def test_the_tape_and_a_network_agree(activation):
    """Cross-entropy of a softmax, written with exp and log alone, against the network's δ = (ŷ − y) / n."""
    rng = np.random.default_rng(0)
    X, labels = rng.normal(size=(5, 3)), rng.integers(2, size=5)
    network = mlp([3, 4, 2], activation=activation, dtype=np.float64, rng=0)
    loss = LOSSES["cross_entropy"]
    backpropagate(network, loss, network.forward(X, training=True), labels)
    first, last = network.layers[0], network.layers[2]
    W1, b1, W2, b2 = values = [Value(array) for array in (first.weights, first.bias, last.weights, last.bias)]
    z = (X @ W1 + b1).activation(activation) @ W2 + b2
    (-(np.eye(2)[labels] * (z - z.exp().sum(axis=1).log())).sum() / 5).backward()
    np.testing.assert_allclose(np.concatenate([value.gradient.ravel() for value in values]), network.gradients, atol=1e-14)


def test_softmax_minus_one_hot():
    z, y = np.array([[1.0, -2.0, 0.5]]), np.array([[0.0, 0.0, 1.0]])
    value = Value(z)
    (-(y * value.activation("softmax").log()).sum()).backward()
    np.testing.assert_allclose(value.gradient, softmax(z) - y, atol=1e-15)


def test_numbers_are_those_of_numpy():
    a = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 8.0]])
    value = Value(a)
    for ours, theirs in ((1 - value, 1 - a), (1 / value, 1 / a), (-value, -a), (value.mean(axis=1), [[7 / 3], [16 / 3]])):
        np.testing.assert_allclose(ours.data, theirs, rtol=1e-15)
    assert value.mean().data.item() == pytest.approx(23 / 6)
    assert [one.depth for one in (value, -value)] == [1, 2]  # -value is a product


def test_what_has_no_numbers_gathers_none():
    assert gathered(np.ones((2, 0)), (0,)).shape == (0,)


def test_a_second_walk_begins_anew():
    p = Value(3.0)
    L = p * p + p
    L.backward()
    L.backward()
    assert p.gradient == 7.0


def test_a_long_chain_needs_no_recursion():
    p = value = Value(1.0)
    for _ in range(5000):
        value = value + 0.001
    value.backward()
    assert p.gradient == 1.0
    assert len(value.tape()) == 10_001


def test_the_order_of_the_tape_is_the_same_in_every_run():
    def order():
        numbers = [Value(float(n)) for n in range(50)]
        return [value.data.item() for value in (sum(numbers[1:], numbers[0]) * 1.0).tape()]

    assert order() == order()


def test_two_ways_of_unequal_length_are_both_walked_in_order():
    p = Value(2.0)
    q = p * p
    (q * q * q + q).backward()  # 6 p⁵ + 2 p
    assert p.gradient == 196.0


def test_the_array_that_went_in_stays_as_it_is():
    W = np.ones((2, 2))
    value = Value(W)
    value.data -= 1
    assert W.tolist() == [[1, 1], [1, 1]]


def test_precision_is_kept():
    value = Value(np.ones((2, 2), np.float32))
    (value * value).sum().backward()
    assert value.gradient.dtype == np.float32


@pytest.mark.parametrize(
    ("act", "error", "words"),
    [
        (lambda: Value([1.0, 2.0]).backward(), ValueError, r"one number, not at shape \(2,\): take its sum\(\) or mean\(\)"),
        (lambda: Value(np.ones(0)).backward(), ValueError, r"one number, not at shape \(0,\)"),
        (lambda: Value([[1.0]]) @ Value([[[1.0]]]), ValueError, r"the right side of @ has shape \(1, 1, 1\)"),
        (lambda: Value([1.0, np.nan]), ValueError, "data has 1 values that are NaN"),
        (lambda: Value("red"), TypeError, "data holds 'red'"),
        (lambda: Value([[1.0]]) @ Value([1.0]), ValueError, r"the right side of @ has shape \(1,\)"),
        (lambda: np.ones(1) @ Value([[1.0]]), ValueError, r"the left side of @ has shape \(1,\)"),
        (lambda: Value([1.0, 2.0]) + Value([1.0, 2.0, 3.0]), ValueError, r"shapes \(2,\) \(3,\)"),
        (lambda: Value(2.0) ** Value(2.0), TypeError, "the power"),
        (lambda: Value(2.0).activation("Relu6"), ValueError, "activation must be one of"),
    ],
)
def test_what_cannot_be_is_refused_in_words(act, error, words):
    with pytest.raises(error, match=words):
        act()


def test_it_says_what_it_is():
    assert repr(Value([1.0, 2.5])) == "Value([1. , 2.5])"
