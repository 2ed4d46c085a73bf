"""The checks let clean values through, and refuse the others in words that say what to do."""

import warnings
from fractions import Fraction

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.arrays import (
    as_count,
    as_labels,
    as_matrix,
    as_number,
    as_numbers,
    as_precision,
    as_rng,
    as_vector,
    choose,
    one_hot,
    same_length,
)


def refusal(call, *arguments, **settings):
    """Return the type and the words of the error that a call raises."""
    with pytest.raises((ValueError, TypeError)) as caught:
        call(*arguments, **settings)
    return caught.type, str(caught.value)


def test_a_list_of_rows_becomes_a_matrix_of_float64():
    X = as_matrix([[1, 2], [3, 4]])
    assert X.dtype == np.float64
    assert X.tolist() == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_clean_matrix_passes_as_it_is_without_a_copy(dtype):
    X = np.ones((3, 2), dtype)
    assert as_matrix(X, 2) is X


def test_booleans_count_as_zeros_and_ones():
    assert as_numbers([True, False], "x").tolist() == [1.0, 0.0]


def test_a_matrix_is_cast_to_the_precision_asked_for():
    assert as_matrix([[1, 2]], dtype=np.float32).dtype == np.float32


def test_a_number_too_large_for_float32_is_refused_not_made_infinite():
    kind, words = refusal(as_matrix, [[1.0, 1e39]], dtype=np.float32)
    assert kind is ValueError
    assert "too large for float32" in words
    assert "float64" in words


@pytest.mark.parametrize(
    ("X", "words"),
    [
        ([1.0, 2.0], "X[None, :] or X.reshape(1, -1) for one sample, X[:, None] or X.reshape(-1, 1) for one feature"),
        (np.zeros((2, 3, 4)), "3 dimensions, shape (2, 3, 4), but a batch has two: write X.reshape(len(X), -1)"),
        (5.0, "0 dimensions, shape (), but a batch has two: pass a list of rows"),
        ([], "X has shape (0,)"),
        (np.zeros((0, 2)), "X is empty, shape (0, 2): pass at least one row"),
        (np.zeros((4, 2)), "X has 2 features, shape (4, 2), but 3 are expected: pass rows of 3"),
        (np.zeros((3, 4)), "X has 4 features, shape (3, 4), but 3 are expected: did you mean X.T?"),
        ([[1.0, np.nan], [np.nan, 0.0]], "2 values that are NaN or infinite, the first nan at X[0, 1]"),
        ([[1.0, 2.0], [-np.inf, 0.0]], "1 values that are NaN or infinite, the first -inf at X[1, 0]"),
        ([[1, 2], [3, 4], [5]], "X is ragged, see row 2"),
        ([[1, 2], [3, [4, 5]]], "X is ragged"),
    ],
)
def test_what_is_not_a_clean_batch_is_refused_with_a_cure(X, words):
    kind, told = refusal(as_matrix, X, 3)
    assert kind is ValueError
    assert words in told


def test_one_of_a_thing_is_told_as_one():
    assert "X has 1 feature, shape (4, 1), but 2 are expected" in refusal(as_matrix, np.zeros((4, 1)), 2)[1]
    assert "X has 2 features, shape (4, 2), but 1 is expected" in refusal(as_matrix, np.zeros((4, 2)), 1)[1]
    assert "x has 1 number, but 2 are expected" in refusal(as_vector, [1.0], 2)[1]


@pytest.mark.parametrize(
    ("X", "words"),
    [
        ([[1, "red"], [2, "blue"]], "X holds 'red' in column 1"),
        ([[1.0, None]], "X holds None in column 1"),
        ([[1.0, 2.0 + 1.0j]], "(1+0j) in column 0"),
        (None, "X holds None"),
        ({"a": 1}, "X holds {'a': 1}"),
    ],
)
def test_what_is_not_a_real_number_is_named(X, words):
    kind, told = refusal(as_matrix, X)
    assert kind is TypeError
    assert words in told
    assert "which is not a real number: encode" in told


@pytest.mark.parametrize(
    "X", [[["1", "2.5"]], np.array([["1", "2.5"]]), [[Fraction(1), 2.5]]], ids=["list", "array", "objects"]
)
def test_numbers_as_text_or_objects_are_told_how_they_become_numbers(X):
    kind, told = refusal(as_matrix, X)
    assert kind is TypeError
    assert told.startswith("X holds numbers as text or objects (")
    assert told.endswith("write np.array(X).astype(float).")
    assert np.array(X).astype(float).tolist() == [[1, 2.5]]


@given(
    arrays.arrays(
        np.float64,
        arrays.array_shapes(min_dims=2, max_dims=2),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_every_finite_matrix_passes_however_large_its_numbers(X):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.array_equal(as_matrix(X), X)


@given(
    arrays.arrays(np.float32, (3, 4), elements=st.floats(-(2.0**100), 2.0**100, width=32)),
    st.integers(0, 11),
    st.sampled_from([np.nan, np.inf, -np.inf]),
)
def test_one_bad_number_anywhere_is_found_at_its_place(X, i, bad):
    X.flat[i] = bad
    kind, words = refusal(as_matrix, X)
    assert kind is ValueError
    assert f"has 1 values that are NaN or infinite, the first {bad} at X[{i // 4}, {i % 4}]" in words


def test_a_vector_is_one_row_of_numbers():
    assert as_vector((1, 2.5), 2).tolist() == [1.0, 2.5]
    assert "one row of numbers" in refusal(as_vector, [[1.0]])[1]
    assert "one row of numbers" in refusal(as_vector, [])[1]
    assert "x has 2 numbers, but 3 are expected" in refusal(as_vector, [1.0, 2.0], 3)[1]


def test_lengths_that_differ_are_both_named():
    same_length([1, 2], [3, 4])
    kind, words = refusal(same_length, np.zeros(90), np.zeros(100))
    assert kind is ValueError
    assert words == "y has 100 labels but X has 90 samples: pass one label per row of X."


@pytest.mark.parametrize(
    "y", [[0, 2, 1], [0.0, 2.0, 1.0], [[0], [2], [1]], [[1, 0, 0], [0, 0, 1], [0, 1, 0]], np.array([0, 2, 1], np.uint8)]
)
def test_labels_come_as_integers_floats_a_column_or_one_hot_rows(y):
    labels = as_labels(y, 3)
    assert labels.tolist() == [0, 2, 1]
    assert labels.dtype == np.intp


@pytest.mark.parametrize(
    ("y", "error", "words"),
    [
        (["cat", "dog"], TypeError, "classes, y = np.unique(y, return_inverse=True)"),
        ([0.5, 1.0], ValueError, "y holds 0.5, but labels are whole numbers"),
        ([-1, 1, 1], ValueError, "y has labels -1 and +1, but 0 and 1 are expected: write (y + 1) // 2"),
        ([-2, 0], ValueError, "y holds the label -2, but the classes are 0 … 2: renumber them from 0"),
        ([0, 7], ValueError, "y holds the label 7, but the classes are 0 … 2: renumber them from 0"),
        ([0, 1e30], ValueError, "y holds the label 1000000000000000019884624838656"),
        ([[1, 0], [0, 1]], ValueError, "y has shape (2, 2), but labels are one whole number a sample"),
        ([[1, 1, 0], [0, 1, 0]], ValueError, "one-hot rows, one 1 among zeros, a column for each of the 3 classes"),
        ([], ValueError, "y has shape (0,)"),
        (3, ValueError, "y has shape ()"),
        ([0, np.nan], ValueError, "y has 1 values that are NaN"),
    ],
)
def test_labels_that_are_none_are_refused_with_a_cure(y, error, words):
    kind, told = refusal(as_labels, y, 3)
    assert kind is error
    assert words in told


def test_one_hot_puts_a_1_in_the_column_of_each_label():
    assert one_hot([1, 0, 2]).tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    assert one_hot([0], classes=3, dtype=np.float32).dtype == np.float32
    assert "labels holds the label 3" in refusal(one_hot, [3], 3)[1]


@given(st.lists(st.integers(0, 6), min_size=1))
def test_labels_and_one_hot_rows_are_inverse(labels):
    assert as_labels(one_hot(labels, 7), 7).tolist() == labels


@pytest.mark.parametrize(
    ("value", "error"),
    [(0, ValueError), (-3, ValueError), (4.5, ValueError), ("4", TypeError), (True, ValueError), (None, TypeError)],
)
def test_a_count_is_a_whole_number_from_1(value, error):
    assert as_count(np.int64(4), "epochs") == 4
    kind, words = refusal(as_count, value, "epochs")
    assert kind is error
    assert words == f"epochs must be a whole number of at least 1. Got {value!r} instead."


@pytest.mark.parametrize(
    ("value", "settings", "interval"),
    [
        (-0.1, {"low": 0}, "[0, inf)"),
        (0, {"low": 0, "open_low": True}, "(0, inf)"),
        (1.0, {"low": 0, "high": 1, "open_high": True}, "[0, 1)"),
        (2, {"high": 1}, "(-inf, 1]"),
        (np.nan, {}, "(-inf, inf)"),
        (True, {}, "(-inf, inf)"),
    ],
)
def test_a_number_outside_its_interval_is_refused(value, settings, interval):
    kind, words = refusal(as_number, value, "rate", **settings)
    assert kind is ValueError
    assert words == f"rate must be a number in {interval}. Got {value!r} instead."


def test_the_ends_of_an_interval_belong_to_it_unless_they_are_open():
    assert as_number(0, "rate", 0, 1) == 0.0
    assert as_number(1, "rate", 0, 1) == 1.0
    assert refusal(as_number, "0.1", "rate")[0] is TypeError


def test_networks_compute_in_float32_or_float64():
    assert as_precision("float32") == np.float32
    assert as_precision(np.dtype(np.float64)) == np.float64
    assert refusal(as_precision, int)[1] == "dtype must be np.float32 or np.float64. Got <class 'int'> instead."


def test_a_misspelled_name_is_answered_with_the_closest_and_all_legal_ones():
    table = {"relu": 1, "tanh": 2}
    assert choose("tanh", table, "activation") == 2
    expected = "activation must be one of 'relu', 'tanh'. Got 'rleu' instead. Did you mean 'relu'?"
    assert refusal(choose, "rleu", table, "activation") == (ValueError, expected)
    assert refusal(choose, ["relu"], table, "activation")[0] is ValueError
    assert refusal(choose, "xyz", table, "activation")[1].endswith("Got 'xyz' instead.")


def test_a_seed_gives_the_same_numbers_and_a_generator_is_used_itself():
    assert as_rng(7).random() == as_rng(np.int64(7)).random()
    rng = np.random.default_rng(0)
    assert as_rng(rng) is rng
    assert as_rng(None).random() != as_rng(None).random()


@pytest.mark.parametrize("rng", ["0", 1.0, True, -1, [1]])
def test_what_is_neither_a_seed_nor_a_generator_is_refused(rng):
    kind, words = refusal(as_rng, rng)
    assert kind is TypeError
    assert f"Got {rng!r} instead" in words
