"""The perceptron: one epoch by hand, the textbook's loop beside it, Novikoff's bound, and what it refuses."""

import warnings

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nnlib import datasets
from nnlib.perceptron import Perceptron, find_mistakes, margin, next_mistake, novikoff_bound, signed_rows, update

few = settings(max_examples=60)

AND = datasets.gate("and").X, np.array([-1, -1, -1, 1])
XOR = datasets.gate("xor").X, np.array([-1, 1, 1, -1])
seeds = st.integers(0, 2**32)


def separable(seed, samples=40, features=3):
    """Return X, y and the weights and bias that made y, with no point closer to the boundary than 0.05."""
    rng = np.random.default_rng(seed)
    weights, bias = rng.standard_normal(features), 0.3 * rng.standard_normal()
    X = rng.standard_normal((4 * samples, features))
    z = X @ weights + bias
    X, z = X[abs(z) > 0.05][:samples], z[abs(z) > 0.05][:samples]
    return X, np.where(z > 0, 1, -1), weights, bias


def textbook(X, y, learning_rate, epochs, weights, bias):
    """Return weights, bias and the mistakes of each epoch: the rule, one row at a time."""
    mistakes = []
    for _ in range(epochs):
        mistakes.append(0)
        for x, label in zip(X, y, strict=True):
            if label * (x @ weights + bias) <= 0:
                weights = weights + learning_rate * label * x
                bias = bias + learning_rate * label
                mistakes[-1] += 1
        if mistakes[-1] == 0:
            break
    return weights, bias, mistakes


# By hand


def test_one_epoch_by_hand():
    # AND with η = 1, from w = (0, 0), b = 0.
    # (0, 0) → −1: z =  0, a mistake:  w = (0, 0), b = −1
    # (0, 1) → −1: z = −1, right
    # (1, 0) → −1: z = −1, right
    # (1, 1) → +1: z = −1, a mistake:  w = (1, 1), b = 0
    perceptron = Perceptron(learning_rate=1, epochs=1).fit(*AND)
    assert (perceptron.weights.tolist(), perceptron.bias, perceptron.mistakes) == ([1, 1], 0, [2])
    # The second: (0, 0): z = 0, b = −1. (0, 1): z = 0, w = (1, 0), b = −2. (1, 0): z = −1, right.
    # (1, 1): z = −1, a mistake: w = (2, 1), b = −1.
    perceptron = Perceptron(learning_rate=1, epochs=2).fit(*AND)
    assert (perceptron.weights.tolist(), perceptron.bias, perceptron.mistakes) == ([2, 1], -1, [2, 3])


@pytest.mark.parametrize("name", ["and", "or", "nand", "nor"])
def test_it_learns_each_gate_that_a_line_can_separate(name):
    X, y = datasets.gate(name)
    perceptron = Perceptron().fit(X, 2 * y - 1)
    assert (perceptron.predict(X) == 2 * y - 1).all()
    assert perceptron.mistakes[-1] == 0
    assert 0 not in perceptron.mistakes[:-1]


def test_xor_cycles_with_four_mistakes_an_epoch_and_never_ends():
    perceptron = Perceptron(learning_rate=1, epochs=50).fit(*XOR)
    later = Perceptron(learning_rate=1, epochs=51).fit(*XOR)
    assert len(perceptron.mistakes) == 50
    assert set(perceptron.mistakes[2:]) == {4}
    assert perceptron.weights.tolist() == later.weights.tolist()
    assert perceptron.bias == later.bias
    assert "not converged" in repr(perceptron)


def test_two_iris_species_are_learned_without_a_mistake_left():
    X, y = datasets.iris()
    X, y = X[y < 2][:, [0, 2]], 2 * y[y < 2] - 1
    perceptron = Perceptron(learning_rate=0.1).fit(X, y)
    assert (perceptron.predict(X) == y).all()
    assert perceptron.mistakes == [2, 2, 3, 2, 1, 0]


# The same as the textbook


@few
@given(seeds, st.integers(1, 600), st.integers(1, 5), st.sampled_from([0.01, 0.5, 1.0]))
def test_it_makes_the_mistakes_of_the_textbooks_loop_in_the_same_order(seed, samples, features, learning_rate):
    rng = np.random.default_rng(seed)
    X, y = rng.standard_normal((samples, features)), rng.choice([-1, 1], samples)
    assume(abs(y.sum()) < samples)
    weights, bias, mistakes = textbook(X, y, learning_rate, 5, np.zeros(features), 0.0)
    perceptron = Perceptron(learning_rate, epochs=5).fit(X, y)
    assert perceptron.mistakes == mistakes
    assert perceptron.weights == pytest.approx(weights, abs=1e-9)
    assert perceptron.bias == pytest.approx(bias, abs=1e-9)


def test_it_finds_mistakes_beyond_the_first_blocks():
    X = np.ones((5000, 1))
    y = np.where(np.arange(5000) == 4000, -1, 1)
    # (0, 0): z = 0, a mistake, w = 1, b = 1. Row 4000: z = 2, a mistake, w = 0, b = 0. Row 4001: z = 0, the third.
    assert Perceptron(learning_rate=1, epochs=1).fit(X, y).mistakes == [3]
    assert next_mistake(X, y, [1], 1, 0) == 4000
    assert next_mistake(X, y, [1], 1, 4001) is None


def test_it_finds_a_mistake_in_whichever_row_it_is():
    X, y = np.ones((1100, 1)), np.ones(1100)
    for row in [*range(0, 1100, 7), 255, 256, 257, 767, 768, 769]:
        y[row] = -1
        assert next_mistake(X, y, [1], 0, 0) == next_mistake(X, y, [1], 0, row) == row
        y[row] = 1


@few
@given(seeds, st.sampled_from([1.0, 0.5, 2.0]))
def test_fit_is_update_at_each_mistake_to_the_last_bit(seed, learning_rate):
    X, y, _, _ = separable(seed)
    weights, bias, mistakes = np.zeros(X.shape[1]), 0.0, []
    while 0 not in mistakes:
        mistakes.append(0)
        index = next_mistake(X, y, weights, bias)
        while index is not None:
            weights, bias = update(weights, bias, X[index], y[index], learning_rate)
            mistakes[-1] += 1
            index = next_mistake(X, y, weights, bias, index + 1)
    perceptron = Perceptron(learning_rate).fit(X, y)
    assert perceptron.mistakes == mistakes
    assert perceptron.weights.tolist() == weights.tolist()
    assert perceptron.bias == bias


@few
@given(seeds, st.integers(1, 1200), st.floats(0, 0.5))
def test_the_fast_search_finds_what_a_loop_over_the_rows_finds(seed, samples, share):
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(samples, 2))
    rows[:, 0] = abs(rows[:, 0]) * np.where(rng.random(samples) < share, -1, 1)
    fast, slow = np.array([1.0, 0.0]), np.array([1.0, 0.0])
    found = []
    for index in find_mistakes(rows, fast):
        found.append(index)
        fast += rows[index]
    expected = []
    for index, row in enumerate(rows):
        if row @ slow <= 0:
            expected.append(index)
            slow += row
    assert found == expected
    assert fast.tolist() == slow.tolist()


def test_update_is_the_rule_and_changes_nothing_in_place():
    weights = np.array([1.0, 2.0])
    new, bias = update(weights, 0.5, np.array([3.0, -1.0]), -1, 0.1)
    assert new == pytest.approx([0.7, 2.1])
    assert bias == pytest.approx(0.4)
    assert weights.tolist() == [1, 2]


# What is proved about it


@few
@given(seeds, st.integers(1, 6), st.integers(5, 80))
def test_novikoffs_bound_holds(seed, features, samples):
    X, y, weights, bias = separable(seed, samples, features)
    assume(abs(y.sum()) < len(y))
    perceptron = Perceptron(1.0, epochs=100_000).fit(X, y)
    assert perceptron.mistakes[-1] == 0
    assert sum(perceptron.mistakes) <= novikoff_bound(X, y, weights, bias)
    assert sum(perceptron.mistakes) <= novikoff_bound(X, y, perceptron.weights, perceptron.bias)


@few
@given(seeds, st.floats(1e-6, 1e6))
def test_from_zero_weights_the_learning_rate_only_rescales(seed, learning_rate):
    X, y, _, _ = separable(seed)
    assume(abs(y.sum()) < len(y))
    one, other = Perceptron(1.0).fit(X, y), Perceptron(learning_rate).fit(X, y)
    assert other.mistakes == one.mistakes
    assert other.weights == pytest.approx(learning_rate * one.weights, rel=1e-12)
    assert other.bias == pytest.approx(learning_rate * one.bias, rel=1e-12)


@pytest.mark.parametrize("learning_rate", [0.001, 0.01, 0.1, 0.3, 0.7, 3])
def test_the_learning_rate_only_rescales_where_points_fall_on_the_boundary_too(learning_rate):
    assert Perceptron(learning_rate).fit(*AND).mistakes == Perceptron(1).fit(*AND).mistakes


def test_from_other_weights_the_learning_rate_matters_and_the_seed_decides():
    X, y, _, _ = separable(1)
    fast, slow = Perceptron(1.0, rng=0).fit(X, y), Perceptron(1e-4, rng=0).fit(X, y)
    assert fast.mistakes != slow.mistakes
    assert slow.fit(X, y).weights.tolist() == Perceptron(1e-4, rng=0).fit(X, y).weights.tolist()
    assert slow.weights.tolist() != Perceptron(1e-4, rng=1).fit(X, y).weights.tolist()
    start = np.random.default_rng(0).uniform(-0.01, 0.01, 4)
    weights, bias, mistakes = textbook(X, y, 1e-4, 1000, start[:3], start[3])
    assert slow.mistakes == mistakes
    assert slow.weights == pytest.approx(weights, abs=1e-9)
    assert slow.bias == pytest.approx(bias, abs=1e-9)


# Margin and bound


def test_margin_and_bound_by_hand():
    # Points −1 and +1 on a line, w = 1, b = 0: y z = 1 for both, ‖(1, 0)‖ = 1, γ = 1. R = ‖(±1, 1)‖ = √2. (R / γ)² = 2.
    X, y = [[-1], [1]], [-1, 1]
    assert margin(X, y, [1], 0) == 1
    assert novikoff_bound(X, y, [1], 0) == pytest.approx(2)
    assert signed_rows(X, y).tolist() == [[1, -1], [1, 1]]
    assert margin(X, y, [2], 0) == 1  # the length of the weights does not matter
    assert margin(X, y, [-1], 0) == -1
    assert margin([[0], [4]], y, [3], -4) == pytest.approx(4 / 5)  # min(4, 8) / ‖(3, −4)‖


def test_weights_that_do_not_separate_have_no_bound():
    with pytest.raises(ValueError, match=r"don't separate the classes, margin -.*without a mistake"):
        novikoff_bound(*XOR, [1, 1], -0.5)
    with pytest.raises(ValueError, match="all 0"):
        margin(*XOR, [0, 0], 0)


# Predicting


def test_the_label_at_z_zero_is_plus_one_and_learning_still_counts_it_as_a_mistake():
    perceptron = Perceptron(learning_rate=1, epochs=1).fit([[1], [-1]], [1, -1])
    # (1) → +1: z = 0, a mistake, w = 1, b = 1. (−1) → −1: z = 0, a mistake again: w = 2, b = 0.
    assert (perceptron.weights.tolist(), perceptron.bias, perceptron.mistakes) == ([2], 0, [2])
    assert perceptron.net_input([[0]]).tolist() == [0]
    assert perceptron.predict([[0], [-0.1]]).tolist() == [1, -1]


def test_the_repr_tells_what_happened():
    perceptron = Perceptron(learning_rate=1)
    assert repr(perceptron) == "Perceptron(learning_rate=1), not fitted yet"
    perceptron.fit([[-1], [1]], [-1, 1])
    assert repr(perceptron) == "Perceptron(1 → 1), 2 parameters, 2 mistakes in 2 epochs: converged"


def test_what_is_accepted():
    expected = Perceptron().fit(*AND)
    X, y = AND
    for X_like, y_like in [
        (X.tolist(), y.tolist()),
        (X.astype(int), y.astype(float)),
        (X.astype(np.float32), y[:, None]),
    ]:
        assert Perceptron().fit(X_like, y_like).weights == pytest.approx(expected.weights)


def test_fit_leaves_what_it_is_given_as_it_was():
    X, y = AND[0].copy(), AND[1].copy()
    Perceptron().fit(X, y)
    assert np.array_equal(X, AND[0])
    assert np.array_equal(y, AND[1])


def test_one_class_alone_is_warned_about():
    with pytest.warns(UserWarning, match=r"y has only the label \+1"):
        Perceptron().fit([[1], [2]], [1, 1])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert next_mistake([[1], [2]], [1, 1], [1], 0) is None


# Bad input

X2 = np.ones((4, 2))


@pytest.mark.parametrize(
    ("X", "y", "error", "words"),
    [
        ([1, 2, 3], [1, -1, 1], ValueError, r"reshape\(1, -1\).*reshape\(-1, 1\)"),
        (X2, [1, -1, 1], ValueError, "y has 3 labels but X has 4 samples"),
        ([[1, np.nan]], [1], ValueError, r"X has 1 values that are NaN.*X\[0, 1\]"),
        ([[1, np.inf]], [1], ValueError, "infinite"),
        (X2, [1, -1, np.nan, 1], ValueError, "y has 1 values that are NaN"),
        (np.ones((0, 2)), [], ValueError, "X is empty"),
        (X2, [], ValueError, r"y has shape \(0,\)"),
        ([["1", "red"]], [1], TypeError, "'red' in column 1"),
        ([[1, 2], [3]], [1, -1], ValueError, "X is ragged.* row 1"),
        (np.ones((4, 2, 2)), [1, -1, 1, 1], ValueError, r"X.reshape\(len\(X\), -1\)"),
        (X2, ["a", "b", "a", "b"], TypeError, r"y holds 'a'.*np.where\(names == "),
        (X2, [0, 1, 0, 1], ValueError, r"y holds the label 0, but .* -1 and \+1: write 2 \* y - 1"),
        (X2, [False, True, False, True], ValueError, r"write 2 \* y - 1"),
        (X2, [0, 1, 2, 1], ValueError, r"np.where\(y == k, 1, -1\)"),
        (X2, [0.5, 1, -1, 1], ValueError, "y holds the label 0.5"),
        (X2, np.ones((4, 2)), ValueError, r"y has shape \(4, 2\)"),
        (X2, 1, ValueError, r"y has shape \(\)"),
        (X2 + 1j, [1, -1, 1, -1], TypeError, "not a real number"),
        (None, [1], TypeError, "X holds None"),
        (X2, None, TypeError, "y holds None"),
    ],
)
def test_bad_samples_are_refused_in_words_and_leave_the_old_weights(X, y, error, words):
    perceptron = Perceptron(learning_rate=1).fit(*AND)
    before = perceptron.weights.tolist(), perceptron.bias, list(perceptron.mistakes)
    with pytest.raises(error, match=words):
        perceptron.fit(X, y)
    assert (perceptron.weights.tolist(), perceptron.bias, perceptron.mistakes) == before


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"learning_rate": 0}, ValueError, r"learning_rate must be a number in \(0, inf\). Got 0 instead"),
        ({"learning_rate": -0.1}, ValueError, "Got -0.1"),
        ({"learning_rate": "0.1"}, TypeError, "Got '0.1'"),
        ({"learning_rate": np.nan}, ValueError, "learning_rate"),
        ({"epochs": 0}, ValueError, "epochs must be a whole number of at least 1"),
        ({"epochs": 2.5}, ValueError, "Got 2.5"),
        ({"rng": "seed"}, TypeError, "rng must be a whole number"),
        ({"learningrate": 1}, TypeError, "learningrate"),
    ],
)
def test_bad_settings_are_refused_in_words(arguments, error, words):
    with pytest.raises(error, match=words):
        Perceptron(**arguments)


def test_predicting_before_fit_and_with_other_features_is_refused():
    with pytest.raises(ValueError, match=r"no weights yet: call fit\(X, y\) first"):
        Perceptron().predict([[1, 2]])
    perceptron = Perceptron().fit(*AND)
    with pytest.raises(ValueError, match=r"X has 3 features.*2 are expected"):
        perceptron.predict([[1, 2, 3]])
    with pytest.raises(ValueError, match=r"did you mean X\.T"):
        perceptron.predict(np.ones((2, 5)))
    with pytest.raises(ValueError, match=r"X\[None, :\]"):
        perceptron.predict([1, 2])


def test_searching_with_weights_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="weights has 3 numbers, but 2 are expected"):
        next_mistake(*AND, [1, 2, 3], 0)
    with pytest.raises(ValueError, match="start must be a whole number of at least 0"):
        next_mistake(*AND, [1, 2], 0, -1)
