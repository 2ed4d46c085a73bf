"""Layers forward and backward: worked by hand, against differences, in their precision, and once each."""

import copy
import pickle
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.activations import ACTIVATIONS
from nnlib.initializers import normal
from nnlib.layers import Activation, Dense, Dropout, Layer, _ones, as_batch, product
from nnlib.network import LAYERS, Network


def worked_dense():
    return Dense(2, 3, weights=[[1, 2, 3], [4, 5, 6]], bias=[10, 20, 30])


def test_dense_forward_by_hand():
    # the row (1, −1): 1·1 − 1·4 + 10 = 7, 1·2 − 1·5 + 20 = 17, 1·3 − 1·6 + 30 = 27
    assert worked_dense().forward([[1, -1], [0, 2]]).tolist() == [[7, 17, 27], [18, 30, 42]]


def test_dense_backward_by_hand():
    layer = worked_dense()
    layer.forward([[1, -1], [0, 2]])
    to_input = layer.backward([[1, 0, 2], [0, 1, 1]])
    # ∂L/∂W = Xᵀ δ: first row 1·(1, 0, 2) + 0·(0, 1, 1), second −1·(1, 0, 2) + 2·(0, 1, 1)
    assert layer.weights_gradient.tolist() == [[1, 0, 2], [-1, 2, 0]]
    assert layer.bias_gradient.tolist() == [1, 1, 3]
    # ∂L/∂X = δ Wᵀ: (1 + 6, 4 + 12), (2 + 3, 5 + 6)
    assert to_input.tolist() == [[7, 16], [5, 11]]


def test_dense_gradients_agree_with_differences():
    rng = np.random.default_rng(0)
    layer, X, c = Dense(3, 2, dtype=np.float64, rng=0), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    layer.forward(X)
    to_input, h = layer.backward(c), 1e-5

    def slope(array, place):
        here, values = array[place], []
        for array[place] in (here + h, here - h):
            values.append((layer.forward(X) * c).sum())
        array[place] = here
        return (values[0] - values[1]) / (2 * h)

    for array, gradient in ((layer.weights, layer.weights_gradient), (layer.bias, layer.bias_gradient), (X, to_input)):
        for place in np.ndindex(array.shape):
            assert abs(slope(array, place) - gradient[place]) < 1e-9


def test_without_to_input_the_gradients_are_the_same_and_nothing_is_returned():
    one, two = worked_dense(), worked_dense()
    for layer in (one, two):
        layer.forward([[1, -1]])
    one.backward([[1, 2, 3]])
    assert two.backward([[1, 2, 3]], to_input=False) is None
    assert np.array_equal(one.gradients, two.gradients)


def test_weights_and_bias_are_views_of_one_vector_and_so_are_their_gradients():
    layer = worked_dense()
    assert layer.parameters.tolist() == [1, 2, 3, 4, 5, 6, 10, 20, 30]
    layer.parameters += 1
    assert layer.weights.tolist() == [[2, 3, 4], [5, 6, 7]]
    assert layer.bias.tolist() == [11, 21, 31]
    layer.gradients[:] = range(9)
    assert layer.weights_gradient.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert layer.bias_gradient.tolist() == [6, 7, 8]


def test_assigned_weights_and_bias_are_copied_into_the_vector():
    layer, weights = worked_dense(), np.ones((2, 3))
    layer.weights, layer.bias = weights, (7, 8, 9)
    weights[:] = 0
    assert layer.parameters.tolist() == [1, 1, 1, 1, 1, 1, 7, 8, 9]
    layer.parameters = range(9)
    assert layer.weights.tolist() == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        (
            "weights",
            np.ones((3, 2)),
            r"weights has shape \(3, 2\), but Dense\(2 → 3\).* needs \(2, 3\): did you mean weights.T",
        ),
        ("weights", np.ones(6), r"weights has shape \(6,\), .* needs \(2, 3\): give it that shape"),
        ("weights", np.ones((1, 1)), r"weights has shape \(1, 1\), .*: give it that shape"),
        (
            "weights",
            [[1, 2, np.nan], [1, 2, 3]],
            r"weights has 1 values that are NaN or infinite, the first nan at weights\[0, 2\]",
        ),
        ("bias", [1, 2], r"bias has shape \(2,\), but Dense\(2 → 3\).* needs \(3,\)"),
        ("bias", [1, 2, np.inf], "bias has 1 values that are NaN or infinite"),
        ("bias", [[1], [2], [3]], r"bias has shape \(3, 1\)"),
    ],
)
def test_wrong_weights_are_refused_and_the_old_ones_stay(name, values, words):
    layer = worked_dense()
    with pytest.raises(ValueError, match=words):
        setattr(layer, name, values)
    assert layer.parameters.tolist() == [1, 2, 3, 4, 5, 6, 10, 20, 30]
    with pytest.raises(ValueError, match=words):
        Dense(2, 3, **{name: values})


def test_a_vector_of_the_wrong_length_is_refused():
    layer = worked_dense()
    with pytest.raises(ValueError, match=r"parameters has shape \(8,\), but Dense\(2 → 3\).* needs \(9,\)"):
        layer.parameters = range(8)


def test_weights_come_from_a_name_a_function_or_an_array():
    assert not Dense(2, 3, weights="zeros").weights.any()
    by_function = Dense(2, 3, weights=lambda inputs, outputs, rng: normal(inputs, outputs, rng, scale=0.01), rng=0)
    np.testing.assert_allclose(by_function.weights, 0.01 * Dense(2, 3, weights="normal", rng=0).weights, rtol=1e-6)
    assert Dense(2, 3, bias=0.5).bias.tolist() == [0.5, 0.5, 0.5]


@given(st.integers(0, 10))
def test_a_seed_gives_the_same_layer_bit_for_bit(seed):
    assert Dense(3, 4, rng=seed).parameters.tobytes() == Dense(3, 4, rng=np.random.default_rng(seed)).parameters.tobytes()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("given_as", [np.float32, np.float64, int, list])
def test_a_layer_computes_in_its_own_precision_whatever_it_is_given(dtype, given_as):
    X, delta = np.array([[1, 2], [3, 4]]), np.ones((2, 3))
    layer = Dense(2, 3, dtype=dtype, rng=0)
    z = layer.forward(X.tolist() if given_as is list else X.astype(given_as))
    to_input = layer.backward(delta.tolist() if given_as is list else delta.astype(given_as))
    assert z.dtype == to_input.dtype == layer.weights_gradient.dtype == layer.parameters.dtype == dtype


def test_the_input_and_delta_are_left_as_they_were():
    for layer in (worked_dense(), Activation("softmax"), Dropout(0.5, rng=0)):
        X = np.ones((4, 2), np.float32)
        output = layer.forward(X, training=True)
        delta = np.ones_like(output)
        layer.backward(delta)
        assert (X == 1).all()
        assert (delta == 1).all()


def test_a_layer_can_learn_on_its_own_without_a_network():
    X, y = np.array([[0.0], [1.0]]), np.array([[1.0], [3.0]])  # y = 2x + 1
    layer = Dense(1, 1, weights="zeros", dtype=np.float64)
    for _ in range(400):
        layer.backward((layer.forward(X) - y) * 2 / 2)
        layer.parameters -= 0.5 * layer.gradients
    np.testing.assert_allclose(layer.parameters, [2, 1], rtol=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_layer_applies_its_function_and_multiplies_by_its_slope(name):
    z, delta = np.array([[0.5, -1.5], [2.0, 0.1]]), np.array([[1.0, 2.0], [-1.0, 0.5]])
    layer, pair = Activation(name), ACTIVATIONS[name]
    assert np.array_equal(layer.forward(z), pair.function(z))
    assert np.array_equal(layer.backward(delta), pair.backward(delta, z, pair.function(z)))


@given(st.floats(0, 0.9), st.sampled_from([np.float32, np.float64]))
def test_dropout_silences_its_share_and_scales_up_the_rest(rate, dtype):
    X = np.ones((100, 100), dtype)
    layer = Dropout(rate, rng=0)
    output = layer.forward(X, training=True)
    assert output.dtype == dtype
    assert set(np.unique(output)) <= {0, dtype(1) / dtype(1 - rate)}
    assert abs((output == 0).mean() - rate) < 0.025  # five standard deviations of the share of 10,000
    assert np.array_equal(layer.backward(X), output)  # what was silenced gets no blame, the rest is scaled alike


def test_dropout_does_nothing_in_predicting():
    X = np.arange(6.0).reshape(2, 3)
    layer = Dropout(0.5, rng=0)
    assert np.array_equal(layer.forward(X), X)
    assert np.array_equal(layer.backward(X), X)
    assert np.array_equal(Dropout(0.0).forward(X, training=True), X)


def test_dropout_keeps_a_number_whose_draw_is_the_rate_itself():
    layer = Dropout(0.5)  # draws are from 0 to 1, without 1: half of them are below 0.5, and 0.5 is in the other half
    layer.rng = SimpleNamespace(random=lambda shape, dtype: np.full(shape, 0.5, dtype))
    assert layer.forward(np.array([[1.0, 2.0]]), training=True).tolist() == [[2, 4]]


def test_dropout_draws_a_new_mask_each_time_and_the_same_ones_from_the_same_seed():
    X = np.ones((5, 20))
    one, two = Dropout(0.5, rng=3), Dropout(0.5, rng=3)
    first, second = one.forward(X, training=True), one.forward(X, training=True)
    assert not np.array_equal(first, second)
    assert np.array_equal(first, two.forward(X, training=True))


@pytest.mark.parametrize("layer", [Dense(2, 2, rng=0), Activation("tanh"), Dropout(0.5, rng=0)])
def test_backward_needs_a_forward_of_its_own(layer):
    delta = np.ones((1, 2))
    with pytest.raises(ValueError, match=r"has nothing to go back through: call forward before each backward") as caught:
        layer.backward(delta)
    assert repr(layer) in str(caught.value)
    layer.forward(np.ones((1, 2)))
    layer.backward(delta)
    with pytest.raises(ValueError, match="call forward before each backward"):
        layer.backward(delta)
    layer.forward(np.ones((1, 2)))
    layer.forget()
    with pytest.raises(ValueError, match="call forward before each backward"):
        layer.backward(delta)


@pytest.mark.parametrize("layer", [Dense(2, 2, rng=0), Activation("tanh"), Dropout(0.5, rng=0)])
def test_a_delta_of_the_wrong_shape_is_refused_and_the_right_one_still_welcome(layer):
    layer.forward(np.ones((3, 2)))
    gradients = layer.gradients.copy()
    for delta in (np.ones((1, 2)), 1.0, np.ones((3, 3))):
        with pytest.raises(ValueError, match=r"delta has shape .*, but the output of .* had \(3, 2\)"):
            layer.backward(delta)
    assert np.array_equal(layer.gradients, gradients)
    assert layer.backward(np.ones((3, 2))).shape == (3, 2)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Dense(0, 3), ValueError, "inputs must be a whole number of at least 1. Got 0 instead"),
        (lambda: Dense(2, -3), ValueError, "outputs must be a whole number of at least 1. Got -3 instead"),
        (lambda: Dense(2, 4.5), ValueError, "outputs must be a whole number of at least 1. Got 4.5 instead"),
        (lambda: Dense(2, "3"), TypeError, "outputs must be a whole number"),
        (
            lambda: Dense(2, 3, weights="hee"),
            ValueError,
            r"weights must be one of .*'he'.* Got 'hee' instead. Did you mean 'he'",
        ),
        (lambda: Dense(2, 3, dtype=int), ValueError, "dtype must be np.float32 or np.float64"),
        (lambda: Dense(2, 3, rng="0"), TypeError, "rng must be a whole number"),
        (lambda: Activation("rleu"), ValueError, "Got 'rleu' instead. Did you mean 'relu'"),
        (lambda: Dropout(1.0), ValueError, r"rate must be a number in \[0, 1\). Got 1.0 instead"),
        (lambda: Dropout(1.5), ValueError, r"rate must be a number in \[0, 1\). Got 1.5 instead"),
        (lambda: Dropout(-0.1), ValueError, "Got -0.1 instead"),
        (lambda: worked_dense().forward([1.0, 2.0]), ValueError, r"write X\[None, :\]"),
        (lambda: worked_dense().forward(np.ones((4, 3))), ValueError, "X has 3 features"),
        (lambda: worked_dense().forward(np.ones((2, 5))), ValueError, "did you mean X.T"),
        (lambda: worked_dense().forward([["a", "b"]]), TypeError, "X holds 'a' in column 0"),
    ],
)
def test_layers_that_cannot_be_are_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda layer: pickle.loads(pickle.dumps(layer))])
def test_a_copy_has_the_same_weights_in_a_vector_of_its_own(duplicate):
    layer = worked_dense()
    twin = duplicate(layer)
    assert np.array_equal(twin.parameters, layer.parameters)
    twin.parameters += 1
    assert twin.bias.tolist() == [11, 21, 31]
    assert layer.bias.tolist() == [10, 20, 30]
    twin.forward([[1, 1]])
    twin.backward([[1, 1, 1]])
    assert twin.gradients.tolist() == [1] * 9


def test_a_layer_says_what_it_is():
    assert repr(Dense(64, 32)) == "Dense(64 → 32), 2,080 parameters"
    assert [repr(Activation("relu")), repr(Dropout(0.2))] == ["Activation(relu)", "Dropout(0.2)"]


@pytest.mark.parametrize("layer", [Dense(3, 2, rng=0, dtype=np.float64), Activation("elu"), Dropout(0.25)])
def test_settings_make_such_a_layer_again(layer):
    again = LAYERS[type(layer).__name__](**layer.settings)
    assert repr(again) == repr(layer)
    assert again.parameters.dtype == layer.parameters.dtype


@pytest.mark.parametrize("rows", [1, 99, 100, 300])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_fast_product_is_the_plain_one(rows, dtype):
    rng = np.random.default_rng(0)
    A, B = rng.normal(size=(rows, 7)).astype(dtype), rng.normal(size=(7, 3)).astype(dtype)
    assert product(A, B).dtype == dtype
    np.testing.assert_allclose(product(A, B), A @ B, rtol=1e-5 if dtype == np.float32 else 1e-12)


def test_few_rows_are_multiplied_by_dot_and_many_by_the_operator():
    class Rows(list):
        def dot(self, other):
            return "dot"

        def __matmul__(self, other):
            return "@"

    assert [product(Rows(range(n)), None) for n in (1, 99, 100, 101)] == ["dot", "dot", "@", "@"]


def test_ones_are_made_once_for_each_length():
    assert _ones(3, np.dtype(np.float32)) is _ones(3, np.dtype(np.float32))


def test_a_layer_begins_without_parameters_and_without_a_network_and_predicts_unless_told():
    layer = Activation("relu")
    assert layer.parameters.size == layer.gradients.size == 0
    assert not layer.in_network
    Network([Dense(1, 1), layer])
    assert layer.in_network
    assert as_batch(worked_dense(), [[1, 2]])[2] is False


def test_a_layer_of_your_own_is_propagated_by_its_own_forward():
    class Twice(Layer):
        def forward(self, X, training=False):
            return 2 * X

    class Halved(Dense):
        def forward(self, X, training=False):
            return super().forward(X, training) / 2

    assert Twice().propagate(np.ones((1, 2))).tolist() == [[2, 2]]
    assert Halved(1, 1, weights=[[3.0]]).propagate(np.ones((1, 1))).tolist() == [[1.5]]
    assert Dense.propagate is Dense.forward.unchecked
