"""Every loss is right in worked examples, agrees with its gradient, is finite, and refuses targets that are none."""

import math

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import SGD, Activation, Dense, Network, losses
from nnlib.activations import ACTIVATIONS, sigmoid, softmax
from nnlib.arrays import one_hot
from nnlib.losses import (
    LOSSES,
    as_bits,
    as_classes,
    as_values,
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    binary_cross_entropy_with_logits,
    cross_entropy,
    cross_entropy_gradient,
    cross_entropy_with_logits,
    l2_penalty,
    l2_penalty_gradient,
    mse,
    mse_gradient,
)

chances = arrays.arrays(np.float64, (3, 4), elements=st.floats(0, 1))
logits = arrays.arrays(np.float64, (3, 4), elements=st.floats(-8, 8))


def differences(f, x, h=1e-6):
    gradient = np.empty_like(x)
    for place in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[place] = h
        gradient[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return gradient


def test_the_table_has_the_losses_of_the_course():
    of_probabilities = [mse, binary_cross_entropy, cross_entropy]
    of_logits = [binary_cross_entropy_with_logits, cross_entropy_with_logits]
    assert [loss.value for loss in LOSSES.values()] == [loss.unchecked for loss in of_probabilities + of_logits]
    assert [loss.value.__name__ for loss in LOSSES.values()] == list(LOSSES)


def test_mse_is_the_mean_over_samples_and_outputs():
    y_hat, y = [[1.0, 2.0], [3.0, 4.0]], [[1.0, 0.0], [0.0, 5.0]]
    assert mse(y_hat, y) == (0**2 + 2**2 + 3**2 + 1**2) / 4
    assert mse_gradient(y_hat, y).tolist() == [[0, 2 * 2 / 4], [2 * 3 / 4, -2 * 1 / 4]]


def test_binary_cross_entropy_of_a_worked_example():
    # right with 0.9: −log 0.9; right with 1 − 0.2 = 0.8: −log 0.8
    assert math.isclose(binary_cross_entropy([0.9, 0.2], [1, 0]), -(math.log(0.9) + math.log(0.8)) / 2)
    np.testing.assert_allclose(binary_cross_entropy_gradient([0.9, 0.2], [1, 0]), [-1 / 0.9 / 2, 1 / 0.8 / 2])


def test_cross_entropy_of_a_worked_example_from_labels_and_from_one_hot_rows():
    p = [[0.7, 0.2, 0.1], [0.1, 0.5, 0.4]]
    expected = -(math.log(0.7) + math.log(0.4)) / 2
    assert math.isclose(cross_entropy(p, [0, 2]), expected)
    assert math.isclose(cross_entropy(p, [[1, 0, 0], [0, 0, 1]]), expected)
    np.testing.assert_allclose(cross_entropy_gradient(p, [0, 2]), [[-1 / 0.7 / 2, 0, 0], [0, 0, -1 / 0.4 / 2]])


def test_cross_entropy_of_two_classes_is_binary_cross_entropy():
    p = np.array([0.9, 0.2, 0.5])
    two = np.stack([1 - p, p], axis=1)
    assert math.isclose(cross_entropy(two, [1, 0, 1]), binary_cross_entropy(p, [1, 0, 1]))


@pytest.mark.parametrize("name", LOSSES)
def test_gradients_agree_with_differences(name):
    rng = np.random.default_rng(1)
    y_hat = rng.uniform(0.1, 0.9, (5, 3))
    loss = LOSSES[name]
    targets = {as_values: rng.normal(size=(5, 3)), as_bits: rng.integers(0, 2, (5, 3)), as_classes: rng.integers(0, 3, 5)}
    y = targets[loss.targets]
    numerical = differences(lambda p: loss.value(p, y), y_hat)
    np.testing.assert_allclose(loss.gradient(y_hat, y), numerical, rtol=1e-7, atol=1e-9)


DOORS = {name: (getattr(losses, name), getattr(losses, f"{name}_gradient")) for name in LOSSES}
PARTNERED = [name for name, loss in LOSSES.items() if loss.partner]


def targets_of(loss, labels):
    """Return labels of four classes as a loss takes them where it does not check."""
    return labels if loss.targets is as_classes else one_hot(labels, 4)


@pytest.mark.parametrize("name", PARTNERED)
@given(z=logits, labels=arrays.arrays(np.int64, 3, elements=st.integers(0, 3)))
def test_delta_beside_its_partner_is_the_slope_in_z(name, z, labels):
    loss = LOSSES[name]
    phi, y = ACTIVATIONS[loss.partner], targets_of(loss, labels)
    delta = loss.delta(phi.function(z), y)
    numerical = differences(lambda z: loss.value(phi.function(z), y), z, 1e-5)
    np.testing.assert_allclose(delta, numerical, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", PARTNERED)
def test_delta_is_the_gradient_carried_back_through_the_partner(name):
    loss, z = LOSSES[name], np.random.default_rng(2).normal(size=(6, 4))
    phi, y = ACTIVATIONS[loss.partner], targets_of(loss, np.array([0, 1, 2, 3, 0, 1]))
    y_hat = phi.function(z)
    np.testing.assert_allclose(loss.delta(y_hat, y), phi.backward(loss.gradient(y_hat, y), z, y_hat), rtol=1e-13, atol=1e-17)


@given(chances, arrays.arrays(np.int64, 3, elements=st.integers(0, 3)), st.sampled_from([np.float32, np.float64]))
def test_losses_and_gradients_of_any_probabilities_are_finite_and_no_loss_is_negative(p, labels, dtype):
    p = p.astype(dtype)
    for loss in LOSSES.values():
        y = loss.targets(one_hot(labels, 4), p.shape, dtype)
        value, gradient = loss.value(p, y), loss.gradient(p, y)
        assert 0 <= value < math.inf
        assert isinstance(value, float)
        assert np.isfinite(gradient).all()
        assert gradient.dtype == dtype
        assert gradient.shape == p.shape


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_certain_and_right_costs_nothing_and_certain_and_wrong_costs_much(dtype):
    sure = np.array([[1.0, 0.0]], dtype)
    assert str(cross_entropy(sure, [0])) == "0.0"
    assert str(binary_cross_entropy(sure, [[1, 0]])) == "0.0"
    assert cross_entropy(sure, [1]) == pytest.approx(-math.log(np.finfo(dtype).tiny))
    assert binary_cross_entropy(sure, [[0, 1]]) > 40


def test_a_small_chance_of_the_truth_keeps_its_exact_cost():
    assert cross_entropy([[1e-300, 1.0]], [0]) == pytest.approx(300 * math.log(10), rel=1e-14)
    assert binary_cross_entropy([1e-300], [1]) == pytest.approx(300 * math.log(10), rel=1e-14)


def test_the_fused_delta_does_not_vanish_where_the_answer_is_certain_and_wrong():
    z, y = np.array([[1000.0, -1000.0]]), np.array([[0.0, 1.0]])
    assert LOSSES["cross_entropy"].delta(softmax(z), np.array([1])).tolist() == [[1, -1]]
    assert LOSSES["cross_entropy_with_logits"].delta(z, np.array([1])).tolist() == [[1, -1]]
    assert LOSSES["binary_cross_entropy"].delta(sigmoid(z), y).tolist() == [[0.5, -0.5]]
    assert LOSSES["binary_cross_entropy_with_logits"].delta(z, y).tolist() == [[0.5, -0.5]]


@given(logits, arrays.arrays(np.int64, 3, elements=st.integers(0, 3)))
def test_a_loss_of_logits_is_that_of_their_probabilities(z, labels):
    assert cross_entropy_with_logits(z, labels) == pytest.approx(cross_entropy(softmax(z), labels), rel=1e-12, abs=1e-15)
    bits = one_hot(labels, 4)
    expected = binary_cross_entropy(sigmoid(z), bits)
    assert binary_cross_entropy_with_logits(z, bits) == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_a_loss_of_logits_is_exact_where_probabilities_have_no_more_digits():
    # log(1 + e^−50) = 1.93e-22, and e^−1000 is 0: the probabilities would be 1, and 0
    assert cross_entropy_with_logits([[0.0, -50.0]], [0]) == pytest.approx(math.exp(-50), rel=1e-14)
    assert cross_entropy_with_logits([[1000.0, -1000.0]], [1]) == 2000
    assert binary_cross_entropy_with_logits([50.0], [1]) == pytest.approx(math.exp(-50), rel=1e-14)
    assert binary_cross_entropy_with_logits([50.0, -800.0], [0, 1]) == (50 + 800) / 2


def test_the_l2_penalty_is_half_the_decay_times_the_sum_of_squares_and_its_gradient_what_weight_decay_adds():
    parameters = np.array([1.0, -2.0, 3.0])
    assert l2_penalty(parameters, 0.1) == pytest.approx(0.1 / 2 * (1 + 4 + 9))
    np.testing.assert_allclose(l2_penalty_gradient(parameters, 0.1), differences(lambda p: l2_penalty(p, 0.1), parameters))
    moved = parameters.copy()
    SGD(0.5, weight_decay=0.1).step(moved, np.zeros(3))
    np.testing.assert_allclose(moved, parameters - 0.5 * l2_penalty_gradient(parameters, 0.1), rtol=1e-15)


def test_accuracy_is_the_share_of_right_answers():
    p, labels = np.array([[0.6, 0.4], [0.1, 0.9], [0.8, 0.2]]), np.array([0, 1, 1])
    assert LOSSES["cross_entropy"].accuracy(p, labels) == 2 / 3
    assert LOSSES["binary_cross_entropy"].accuracy(p, one_hot(labels)) == 4 / 6
    assert LOSSES["cross_entropy_with_logits"].accuracy(np.log(p), labels) == 2 / 3
    assert LOSSES["binary_cross_entropy_with_logits"].accuracy(p - 0.5, one_hot(labels)) == 4 / 6
    assert LOSSES["mse"].accuracy is None


def test_one_half_counts_as_a_1_in_the_accuracy_as_in_predict():
    undecided = Network([Dense(1, 1, weights="zeros"), Activation("sigmoid")])
    assert undecided.predict([[3.0]]).tolist() == [1]
    assert LOSSES["binary_cross_entropy"].accuracy(undecided.predict_proba([[3.0]]), np.array([[1.0]])) == 1


def test_a_list_and_a_column_of_the_same_numbers_are_never_broadcast():
    column = np.array([[0.0], [1.0], [3.0]])
    assert mse(column, [0, 1, 1]) == 4 / 3
    assert mse([0, 1, 3], [[0], [1], [1]]) == 4 / 3
    assert mse_gradient(column, [0, 1, 1]).shape == (3, 1)
    assert binary_cross_entropy([[0.5], [0.5]], [0, 1]) == pytest.approx(math.log(2))


@pytest.mark.parametrize(
    ("loss", "y_hat", "y", "words"),
    [
        (
            mse,
            [1.0, 2.0, 3.0],
            [1.0, 2.0],
            r"y has shape \(2,\), but the predictions have shape \(3,\): give one number",
        ),
        (mse, np.zeros((3, 2)), [0, 1, 0], r"y has shape \(3,\).* \(3, 2\): write one_hot\(y\)"),
        (mse, np.zeros((3, 2)), np.zeros((2, 3)), r"y has shape \(2, 3\)"),
        (mse, [np.nan], [1.0], "y_hat has 1 values that are NaN"),
        (mse, [1.0], [np.inf], "y has 1 values that are NaN or infinite"),
        (
            binary_cross_entropy,
            [1.2],
            [1],
            r"y_hat holds 1.2, but probabilities lie in \[0, 1\]: apply sigmoid or softmax",
        ),
        (binary_cross_entropy, [-0.1], [1], r"y_hat holds -0.1"),
        (binary_cross_entropy, [0.5, 0.5], [-1, 1], r"write \(y \+ 1\) // 2"),
        (binary_cross_entropy, [0.5], [0.3], r"y holds 0.3, but .* zeros and ones: write \(y > 0.5\).astype\(int\)"),
        (binary_cross_entropy, [0.5], [2], "y holds the label 2, but the classes are 0 … 1"),
        (cross_entropy, [[0.5, 0.5]], [2], "y holds the label 2, but the classes are 0 … 1"),
        (cross_entropy, [[0.5, 0.5]], [-1], r"write \(y \+ 1\) // 2"),
        (cross_entropy, [[0.5, 0.5]], [0.5], "y holds 0.5, but labels are whole numbers"),
        (cross_entropy, [[0.5, 0.5]], [0, 1], "y has 2 labels but y_hat has 1 samples"),
        (cross_entropy, [[0.5, 0.5]], [[0.5, 0.5]], r"y has shape \(1, 2\), but labels are one whole number a sample"),
        (cross_entropy, [[2.0, -1.0]], [0], "y_hat holds 2.0"),
        (cross_entropy, [0.5, 0.5], [0], r"y_hat has shape \(2,\), but a batch is rows"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_cure(loss, y_hat, y, words):
    with pytest.raises(ValueError, match=words):
        loss(y_hat, y)


@pytest.mark.parametrize("name", LOSSES)
def test_value_and_gradient_refuse_alike(name):
    for function in DOORS[name]:
        with pytest.raises(ValueError, match="y has 1 values that are NaN"):
            function([[0.5, 0.5]], [[np.nan, 1.0]])


@pytest.mark.parametrize("name", LOSSES)
def test_the_table_has_the_formulas_which_give_the_same_results_without_a_check(name):
    loss, p = LOSSES[name], softmax(np.random.default_rng(3).normal(size=(5, 4)))
    value, gradient = DOORS[name]
    assert (loss.value, loss.gradient) == (value.unchecked, gradient.unchecked)
    y = targets_of(loss, np.array([0, 1, 2, 3, 3]))
    assert loss.value(p, y) == value(p, y)
    assert np.array_equal(loss.gradient(p, y), gradient(p, y))
