"""Every function of the table is right in worked examples, agrees with its derivative, and is safe far out."""

import math
import warnings

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import activations
from nnlib.activations import ACTIVATIONS, sigmoid, softmax, softmax_derivative, softplus, tanh

NAMES = list(ACTIVATIONS)
NUMBERWISE = [name for name in NAMES if name != "softmax"]
SMOOTH = [name for name in NUMBERWISE if name not in ("step", "relu", "leaky_relu")]
z_values = st.floats(-1e6, 1e6)
moderate = st.floats(-30, 30)


def slope_by_differences(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / (2 * h)


def test_the_table_has_the_functions_of_the_course_by_their_names():
    assert "identity step sigmoid tanh relu leaky_relu elu gelu gelu_tanh silu softplus softmax".split() == NAMES
    for name, pair in ACTIVATIONS.items():
        assert pair.function is getattr(activations, name).unchecked
        assert pair.derivative is getattr(activations, f"{name}_derivative").unchecked


@pytest.mark.parametrize(
    ("name", "at_minus_1", "at_0", "at_2"),
    [
        ("identity", -1, 0, 2),
        ("step", 0, 1, 1),
        ("sigmoid", 1 / (1 + math.e), 1 / 2, 1 / (1 + math.exp(-2))),
        ("tanh", -(math.e**2 - 1) / (math.e**2 + 1), 0, (math.e**4 - 1) / (math.e**4 + 1)),
        ("relu", 0, 0, 2),
        ("leaky_relu", -0.01, 0, 2),
        ("elu", 1 / math.e - 1, 0, 2),
        ("gelu", -(1 + math.erf(-1 / math.sqrt(2))) / 2, 0, 1 + math.erf(2 / math.sqrt(2))),
        (
            "gelu_tanh",
            -(1 + math.tanh(-math.sqrt(2 / math.pi) * 1.044715)) / 2,
            0,
            1 + math.tanh(math.sqrt(2 / math.pi) * 2.35772),
        ),
        ("silu", -1 / (1 + math.e), 0, 2 / (1 + math.exp(-2))),
        ("softplus", math.log(1 + 1 / math.e), math.log(2), math.log(1 + math.exp(2))),
    ],
)
def test_worked_values(name, at_minus_1, at_0, at_2):
    a = ACTIVATIONS[name].function(np.array([-1.0, 0.0, 2.0]))
    np.testing.assert_allclose(a, [at_minus_1, at_0, at_2], rtol=1e-15, atol=1e-16)


@pytest.mark.parametrize(
    ("name", "at_minus_1", "at_0", "at_2"),
    [
        ("identity", 1, 1, 1),
        ("step", 0, 0, 0),
        ("sigmoid", math.e / (1 + math.e) ** 2, 1 / 4, math.exp(2) / (1 + math.exp(2)) ** 2),
        ("tanh", 1 / math.cosh(1) ** 2, 1, 1 / math.cosh(2) ** 2),
        ("relu", 0, 0, 1),
        ("leaky_relu", 0.01, 0.01, 1),
        ("elu", 1 / math.e, 1, 1),
        (
            "silu",
            1 / (1 + math.e) - math.e / (1 + math.e) ** 2,
            1 / 2,
            (math.exp(2) + 3) * math.exp(2) / (1 + math.exp(2)) ** 2,
        ),
        ("softplus", 1 / (1 + math.e), 1 / 2, 1 / (1 + math.exp(-2))),
    ],
)
def test_worked_slopes_and_at_a_kink_the_one_to_the_left(name, at_minus_1, at_0, at_2):
    slopes = ACTIVATIONS[name].derivative(np.array([-1.0, 0.0, 2.0]))
    np.testing.assert_allclose(slopes, [at_minus_1, at_0, at_2], rtol=1e-14)


@pytest.mark.parametrize("name", NUMBERWISE)
def test_derivatives_agree_with_differences(name):
    z = np.linspace(-6.01, 6.01, 101)  # no point falls on the kinks at 0
    z = z[abs(z) > 1e-3]
    pair = ACTIVATIONS[name]
    np.testing.assert_allclose(pair.derivative(z), slope_by_differences(pair.function, z), rtol=1e-7, atol=1e-10)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "gelu_tanh", "silu"])
def test_derivatives_agree_with_a_complex_step_to_the_last_digits(name, monkeypatch):
    monkeypatch.setattr(activations, "sigmoid", activations.sigmoid.unchecked)  # at the door, complex numbers are refused
    z = np.linspace(-5, 5, 41)
    pair = ACTIVATIONS[name]
    exact = pair.function(z + 1e-30j).imag / 1e-30
    np.testing.assert_allclose(pair.derivative(z), exact, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_a_derivative_takes_z_and_gives_the_same_when_a_is_passed_as_well(name):
    z = np.linspace(-8, 8, 60).reshape(6, 10)
    pair = ACTIVATIONS[name]
    np.testing.assert_allclose(pair.derivative(z, pair.function(z)), pair.derivative(z), rtol=1e-13, atol=1e-17)


@pytest.mark.parametrize("name", NAMES)
@given(z=arrays.arrays(np.float64, (2, 3), elements=z_values))
def test_nothing_warns_or_leaves_the_numbers_far_out(name, z):
    pair = ACTIVATIONS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for x in (z, z.astype(np.float32), z * 1e30):
            a = pair.function(x)
            assert np.isfinite(a).all()
            assert np.isfinite(pair.derivative(x)).all()
            assert np.isfinite(pair.derivative(x, a)).all()


@pytest.mark.parametrize("name", NAMES)
@given(z=arrays.arrays(np.float32, (3, 2), elements=st.floats(-1000, 1000, width=32)))
def test_float32_stays_float32_and_the_shape_stays(name, z):
    pair = ACTIVATIONS[name]
    a = pair.function(z)
    assert a.dtype == np.float32
    assert a.shape == z.shape
    slope = pair.derivative(z, a)
    assert slope.dtype == pair.derivative(z).dtype == np.float32
    assert slope.shape == (z.shape if name != "softmax" else (3, 2, 2))
    assert pair.backward(np.ones_like(z), z, a).dtype == np.float32


@pytest.mark.parametrize("name", NAMES)
def test_float32_agrees_with_float64(name):
    z = np.linspace(-20, 20, 80).astype(np.float32).reshape(8, 10)
    pair = ACTIVATIONS[name]
    np.testing.assert_allclose(pair.function(z), pair.function(z.astype(float)), rtol=3e-5, atol=1e-6)
    np.testing.assert_allclose(pair.derivative(z), pair.derivative(z.astype(float)), rtol=3e-5, atol=1e-6)


@pytest.mark.parametrize("name", NUMBERWISE)
def test_numbers_and_lists_are_welcome(name):
    pair = ACTIVATIONS[name]
    assert pair.function(0.5) == pair.function(np.array([0.5]))[0]
    assert pair.derivative(0.5) == pair.derivative(np.array([0.5]))[0]
    assert pair.function([-1.0, 2.0]).tolist() == pair.function(np.array([-1.0, 2.0])).tolist()
    assert pair.derivative([-1.0, 2.0]).tolist() == pair.derivative(np.array([-1.0, 2.0])).tolist()


@pytest.mark.parametrize("name", NAMES)
def test_the_input_is_left_as_it_was(name):
    z = np.linspace(-3, 3, 12).reshape(3, 4)
    before = z.copy()
    a = ACTIVATIONS[name].function(z)
    ACTIVATIONS[name].derivative(z, a)
    ACTIVATIONS[name].backward(np.ones_like(z), z, a)
    assert np.array_equal(z, before)


def test_saturated_values_are_exact():
    z = np.array([-1000.0, 1000.0])
    assert sigmoid(z).tolist() == [0, 1]
    assert tanh(z).tolist() == [-1, 1]
    assert softplus(z).tolist() == [0, 1000]
    assert softmax(np.array([1e4, 0.0, -1e4])).tolist() == [1, 0, 0]
    assert ACTIVATIONS["gelu"].function(z).tolist() == ACTIVATIONS["silu"].function(z).tolist() == [0, 1000]
    assert ACTIVATIONS["elu"].function(z).tolist() == [-1, 1000]


def test_the_far_tail_keeps_its_digits():
    np.testing.assert_allclose(sigmoid(np.array([-40.0, -700.0])), np.exp([-40.0, -700.0]), rtol=1e-15)
    # Φ(−10) = 7.61985302416052606597e−24, from tables of the normal distribution
    np.testing.assert_allclose(ACTIVATIONS["gelu"].function(-10.0), -7.61985302416052606597e-23, rtol=1e-14)


def naive_sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.xfail(reason="e¹⁰⁰⁰ overflows: this is what sigmoid mends", raises=RuntimeWarning, strict=True)
@given(arrays.arrays(np.float64, 3, elements=z_values))
def test_the_naive_sigmoid_is_safe_far_out(z):
    assert np.isfinite(naive_sigmoid(z)).all()


@given(moderate)
def test_sigmoid_is_symmetric_about_one_half(z):
    assert math.isclose(sigmoid(z) + sigmoid(-z), 1, rel_tol=1e-15)
    assert math.isclose(sigmoid(z), naive_sigmoid(z), rel_tol=1e-15)


@given(moderate)
def test_tanh_is_a_stretched_sigmoid(z):
    assert math.isclose(tanh(z), 2 * sigmoid(2 * z) - 1, rel_tol=1e-9, abs_tol=2e-16)


@given(moderate)
def test_softplus_is_minus_the_log_of_sigmoid(z):
    assert math.isclose(softplus(z), -math.log(sigmoid(-z)), rel_tol=1e-9, abs_tol=1e-15)


@given(arrays.arrays(np.float64, 20, elements=st.floats(-1e3, 1e3)))
def test_all_but_gelu_and_silu_never_fall(z):
    z = np.sort(z)
    for name in NUMBERWISE:
        if name not in ("gelu", "gelu_tanh", "silu"):
            a = ACTIVATIONS[name].function(z)
            assert (np.diff(a) >= -1e-15 * abs(a[1:])).all(), name


def test_gelu_tanh_is_within_its_stated_distance_of_gelu():
    z = np.linspace(-8, 8, 2001)
    distance = abs(activations.gelu_tanh(z) - activations.gelu(z)).max()
    assert 0.0004 < distance < 0.0005


def test_the_lowest_value_of_silu_is_the_stated_one():
    assert round(activations.silu(np.linspace(-3, 0, 3001)).min(), 3) == -0.278


def test_softmax_of_a_worked_row():
    # e⁰ = 1, e^log 2 = 2, e^log 5 = 5: the sum is 8
    np.testing.assert_allclose(softmax([[0, math.log(2), math.log(5)]]), [[1 / 8, 2 / 8, 5 / 8]], rtol=1e-15)


@given(arrays.arrays(np.float64, (3, 4), elements=moderate), st.floats(-1e3, 1e3))
def test_softmax_rows_add_up_to_1_and_ignore_a_shift(z, shift):
    p = softmax(z)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-15)
    assert (p > 0).all()
    np.testing.assert_allclose(softmax(z + shift), p, rtol=1e-9)


def test_softmax_of_two_is_the_sigmoid_of_their_difference():
    z = np.linspace(-20, 20, 9)
    np.testing.assert_allclose(softmax(np.stack([z, 0 * z], axis=1))[:, 0], sigmoid(z), rtol=1e-15)


def test_the_jacobian_of_softmax_agrees_with_differences():
    z, h = np.array([[0.3, -1.2, 2.0], [0.0, 0.0, 0.0]]), 1e-5
    for j in range(3):
        nudge = h * np.eye(3)[j]
        column = (softmax(z + nudge) - softmax(z - nudge)) / (2 * h)
        np.testing.assert_allclose(softmax_derivative(z)[:, :, j], column, rtol=1e-8, atol=1e-11)


@pytest.mark.parametrize("name", NAMES)
def test_backward_is_the_gradient_of_any_weighted_sum_of_the_outputs(name):
    rng = np.random.default_rng(0)
    z, delta, h = rng.normal(size=(3, 4)) + 0.01, rng.normal(size=(3, 4)), 1e-5
    pair = ACTIVATIONS[name]
    gradient = pair.backward(delta, z, pair.function(z))
    for place in np.ndindex(z.shape):
        nudge = np.zeros_like(z)
        nudge[place] = h
        difference = ((pair.function(z + nudge) - pair.function(z - nudge)) * delta).sum() / (2 * h)
        assert math.isclose(gradient[place], difference, rel_tol=1e-7, abs_tol=1e-10)
