"""First weights have the shape asked for, the spread that their source gives, and come from `rng` alone."""

import math

import numpy as np
import pytest

from nnlib.activations import ACTIVATIONS
from nnlib.initializers import INITIALIZERS, he, initializer_for, normal, uniform, xavier, zeros


@pytest.mark.parametrize("name", INITIALIZERS)
def test_weights_have_the_shape_inputs_by_outputs_in_float64(name):
    weights = INITIALIZERS[name](3, 5, np.random.default_rng(0))
    assert weights.shape == (3, 5)
    assert weights.dtype == np.float64


@pytest.mark.parametrize("name", [name for name in INITIALIZERS if name != "zeros"])
def test_a_seed_gives_the_same_weights_bit_for_bit_and_another_seed_others(name):
    first, again, other = (INITIALIZERS[name](4, 4, np.random.default_rng(seed)) for seed in (7, 7, 8))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_zeros_are_zeros_and_leave_the_generator_alone():
    rng = np.random.default_rng(0)
    assert not zeros(2, 3, rng).any()
    assert rng.random() == np.random.default_rng(0).random()


@pytest.mark.parametrize(
    ("draw", "variance"),
    [
        (uniform, 1 / 3),  # of numbers between −1 and 1: ∫x²/2 from −1 to 1
        (normal, 1),
        (xavier, 2 / (200 + 300)),
        (he, 2 / 200),
    ],
)
def test_the_variance_is_the_stated_one(draw, variance):
    weights = draw(200, 300, np.random.default_rng(0))
    # of 60,000 numbers: the mean is off by 0.4 % of the spread, the variance by up to 0.6 %; allow four times that
    assert abs(weights.mean()) < 0.016 * math.sqrt(variance)
    assert abs(weights.var() / variance - 1) < 0.024


def test_uniform_and_xavier_stay_within_their_bounds_and_reach_for_them():
    for weights, bound in (
        (uniform(100, 100, np.random.default_rng(0), 0.3), 0.3),
        (xavier(100, 50, np.random.default_rng(0)), math.sqrt(6 / 150)),
    ):
        assert 0.99 * bound < abs(weights).max() <= bound


@pytest.mark.parametrize("draw", [uniform, normal])
def test_scale_scales(draw):
    one, tenth = draw(3, 3, np.random.default_rng(0)), draw(3, 3, np.random.default_rng(0), scale=0.1)
    np.testing.assert_allclose(tenth, 0.1 * one, rtol=1e-14)


def test_he_keeps_the_signal_alive_through_twenty_layers_of_relu_and_plain_normal_numbers_do_not():
    def strength(draw):
        rng = np.random.default_rng(0)
        x = rng.normal(size=(100, 100))
        for _ in range(20):
            x = np.maximum(x @ draw(100, 100, rng), 0)
        return (x**2).mean()

    assert 0.1 < strength(he) < 10
    assert strength(normal) > 1e30
    assert strength(lambda inputs, outputs, rng: normal(inputs, outputs, rng, 0.01)) < 1e-30


def test_relu_and_its_kin_start_from_he_the_others_from_xavier():
    chosen = {name: initializer_for(name) for name in ACTIVATIONS}
    assert [name for name, draw in chosen.items() if draw == "he"] == "relu leaky_relu elu gelu gelu_tanh silu softplus".split()
    assert set(chosen.values()) == {"he", "xavier"}
