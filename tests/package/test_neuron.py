"""One neuron: worked by hand, built into gates, and refusing what it cannot weigh."""

import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib import neuron as module
from nnlib.activations import ACTIVATIONS
from nnlib.datasets import gate
from nnlib.neuron import Neuron

few = settings(max_examples=60)


def test_worked_by_hand():
    # z = 2 · 0.5 + (−1) · 3 + 0.5 = −1.5, and a = 1 / (1 + e^1.5) = 0.18243
    neuron = Neuron([2, -1], bias=0.5)
    assert neuron.net_input([0.5, 3]) == -1.5
    assert neuron([0.5, 3]) == pytest.approx(1 / (1 + np.exp(1.5)))
    assert Neuron([2, -1], 0.5, "relu")([0.5, 3]) == 0
    assert Neuron([2, -1], 0.5, "identity")([0.5, 3]) == -1.5


@pytest.mark.parametrize(
    ("name", "weights", "bias"),
    [
        ("and", [1, 1], -1.5),  # 1 only for 1 + 1 − 1.5 = 0.5
        ("or", [1, 1], -0.5),  # 1 + 0 − 0.5 = 0.5 is enough
        ("nand", [-1, -1], 1.5),  # the AND with every sign turned
        ("nor", [-1, -1], 0.5),
        ("not", [-1], 0.5),
    ],
)
def test_gates_by_hand(name, weights, bias):
    X, y = gate(name)
    assert (Neuron(weights, bias, "step")(X) == y).all()
    steep = Neuron(20 * np.array(weights), 20 * bias)(X)  # a sigmoid is as good, if it is steep
    assert abs(steep - y).max() < 1e-4


def test_no_neuron_of_a_grid_of_weights_is_xor():
    X, y = gate("xor")
    grid = np.linspace(-2, 2, 9)
    best = max(((Neuron([w1, w2], b, "step")(X) == y).sum()) for w1 in grid for w2 in grid for b in grid)
    assert best == 3


def test_at_z_zero_a_step_answers_one():
    assert Neuron([1, 1], -1, "step")([1, 0]) == 1


@pytest.mark.parametrize("name", sorted(module.OF_ONE_NEURON))
def test_every_activation_is_the_function_of_the_weighted_sum(name):
    X = np.array([[0.3, -2], [1, 1], [0, 0.5]])
    expected = ACTIVATIONS[name].function(X @ [1.5, -0.5] + 0.25)
    assert Neuron([1.5, -0.5], 0.25, name)(X) == pytest.approx(expected, abs=1e-15)


def test_one_row_gives_a_float_and_a_batch_an_array():
    neuron = Neuron([1, 2])
    assert isinstance(neuron([1, 1]), float)
    assert isinstance(neuron.net_input([1, 1]), float)
    assert neuron([[1, 1]]).shape == neuron.net_input([[1, 1]]).shape == (1,)


@few
@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=6), st.floats(-1e3, 1e3), st.integers(1, 5))
def test_a_batch_is_its_rows_one_by_one(weights, bias, samples):
    neuron = Neuron(weights, bias, "tanh")
    X = np.sin(np.arange(samples * len(weights))).reshape(samples, -1)
    assert neuron(X) == pytest.approx([neuron(row) for row in X], abs=1e-9)


@few
@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5), st.floats(-5, 5))
def test_the_boundary_is_perpendicular_to_the_weights(w1, w2, bias, along):
    neuron = Neuron([w1, w2], bias)
    length = w1**2 + w2**2
    if length < 1e-3:
        return
    foot = -bias * neuron.weights / length
    aside = foot + along * np.array([-w2, w1])
    assert neuron(aside) == pytest.approx(0.5)


def test_the_neuron_keeps_weights_of_its_own():
    weights = np.array([1.0, 2.0])
    neuron = Neuron(weights)
    weights[:] = 0
    assert neuron.weights.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("neuron", "text"),
    [
        (Neuron([20, -20.5], -30), "Neuron(2 → 1): a = sigmoid(20·x₁ − 20.5·x₂ − 30)"),
        (Neuron([-1], activation="step"), "Neuron(1 → 1): a = step(−1·x₁)"),
        (Neuron([1, 2, 3, 4]), "Neuron(4 → 1): a = sigmoid(1·x₁ + 2·x₂ + 3·x₃ + 4·x₄)"),
        (Neuron([1, 2, 3, 4, 5]), "Neuron(5 → 1): a = sigmoid(1·x₁ + 2·x₂ + … + 5·x₅)"),
        (Neuron(np.arange(10)), "Neuron(10 → 1): a = sigmoid(0·x₁ + 1·x₂ + … + 9·x₁₀)"),
    ],
)
def test_the_repr_is_the_formula(neuron, text):
    assert repr(neuron) == text


def test_the_example_in_the_docstring_is_true():
    result = doctest.testmod(module)
    assert (result.attempted, result.failed) == (3, 0)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: Neuron([]), ValueError, "weights has shape"),
        (lambda: Neuron([[1, 2]]), ValueError, r"weights has shape \(1, 2\)"),
        (lambda: Neuron([1, np.nan]), ValueError, "weights has 1 values that are NaN"),
        (lambda: Neuron(["a"]), TypeError, "weights holds 'a'"),
        (lambda: Neuron([1 + 2j]), TypeError, "not a real number"),
        (lambda: Neuron([1], bias=np.inf), ValueError, "bias must be a number"),
        (lambda: Neuron([1], bias=[1]), TypeError, "bias must be a number"),
        (lambda: Neuron([1], activation="sigmod"), ValueError, "Got 'sigmod' instead. Did you mean 'sigmoid'"),
        (lambda: Neuron([1], activation="softmax"), ValueError, "Got 'softmax' instead"),
        (lambda: Neuron([1, 2])([1, 2, 3]), ValueError, "x has 3 numbers, but 2 are expected"),
        (lambda: Neuron([1, 2])(1), ValueError, r"x has shape \(\)"),
        (lambda: Neuron([1, 2])([[1, 2, 3]]), ValueError, "x has 3 features"),
        (lambda: Neuron([1, 2])(np.ones((2, 3))), ValueError, "did you mean x.T?"),
        (lambda: Neuron([1, 2])([[1, np.nan]]), ValueError, r"x has 1 values that are NaN.*x\[0, 1\]"),
        (lambda: Neuron([1, 2])([[1, 2], [3]]), ValueError, "x is ragged.* row 1"),
        (lambda: Neuron([1, 2])(np.ones((2, 2, 2))), ValueError, "x has 3 dimensions"),
        (lambda: Neuron([1, 2])(np.ones((0, 2))), ValueError, "x is empty"),
        (lambda: Neuron([1, 2])(None), TypeError, "None"),
        (lambda: Neuron([1], nonlinearity="relu"), TypeError, "no argument 'nonlinearity': write activation="),
    ],
)
def test_bad_input_is_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()
