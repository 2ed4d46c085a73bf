"""Normalization: worked by hand, against differences, by the batch in training and by what was seen in predicting."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import SGD, Activation, AdamW, BatchNorm, Dense, Dropout, LayerNorm, Network, check_gradients, datasets, train
from nnlib.gradients import numerical_gradient
from nnlib.normalization import EPSILON

KINDS = {"layer": LayerNorm, "batch": BatchNorm}
X = np.random.default_rng(0).normal(3, 2, (6, 4))


def made(kind, dtype=np.float64):
    """Return a layer of 4 features whose gains and biases are not those it begins with."""
    layer = KINDS[kind](4, dtype=dtype)
    layer.gain, layer.bias = [1, 2, -1, 0.5], [0, 1, 2, 3]
    return layer


def network(kind, dtype=np.float32):
    layers = [Dense(2, 4, rng=0, dtype=dtype), made(kind, dtype), Activation("tanh"), Dense(4, 2, rng=1, dtype=dtype)]
    return Network([*layers, Activation("softmax")])


def test_layer_normalization_by_hand():
    # the row (1, 3): mean 2, variance ((−1)² + 1²) / 2 = 1, x̂ = (−1, 1); gain 10 and bias 5: (−5, 15)
    layer = LayerNorm(2, dtype=np.float64)
    layer.gain, layer.bias = [10, 10], [5, 5]
    np.testing.assert_allclose(layer.forward([[1, 3], [30, 10]]), [[-5, 15], [15, -5]], rtol=1e-5)


def test_batch_normalization_by_hand():
    # the columns (1, 3) and (10, 30): means 2 and 20, variances 1 and 100, counted with n − 1 = 1: 2 and 200
    layer = BatchNorm(2, dtype=np.float64)
    np.testing.assert_allclose(layer.forward([[1, 10], [3, 30]], training=True), [[-1, -1], [1, 1]], rtol=1e-5)
    # a tenth of the way: from 0 to 2 and 20, from 1 to 2 and 200
    np.testing.assert_allclose(layer.mean, [0.2, 2])
    np.testing.assert_allclose(layer.variance, [1.1, 20.9])
    np.testing.assert_allclose(layer.forward([[0.2, 2 + np.sqrt(20.9 + EPSILON)]]), [[0, 1]], atol=1e-12)


def test_the_way_back_by_hand():
    # x = (0, 0, 3, 3): x̂ = (−1, −1, 1, 1), spread 3/2. g = (4, 0, 0, 0): mean 1, mean of g x̂ −1.
    # g − 1 − x̂ (−1) = (4 − 1 − 1, −1 − 1, −1 + 1, −1 + 1) = (2, −2, 0, 0), over 3/2: (4/3, −4/3, 0, 0)
    batch, row = BatchNorm(1, dtype=np.float64), LayerNorm(4, dtype=np.float64)
    batch.forward([[0], [0], [3], [3]], training=True)
    row.forward([[0, 0, 3, 3]])
    for back in (batch.backward([[4], [0], [0], [0]])[:, 0], row.backward([[4, 0, 0, 0]])[0]):
        np.testing.assert_allclose(back, [4 / 3, -4 / 3, 0, 0], atol=1e-4)
    assert batch.bias_gradient.tolist() == [4]
    np.testing.assert_allclose(batch.gain_gradient, [-4], rtol=1e-4)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_the_gradients_agree_with_differences(kind, training):
    layer, c = made(kind), np.random.default_rng(1).normal(size=X.shape)
    layer.forward(X)

    def loss(x, of_x=True):
        twin = copy.deepcopy(layer)  # whose running mean and variance may move
        if not of_x:
            twin.parameters = x
        return (twin.forward(x if of_x else X, training) * c).sum()

    to_input = numerical_gradient(loss, X), numerical_gradient(lambda p: loss(p, of_x=False), layer.parameters)
    layer.forward(X, training)
    np.testing.assert_allclose(layer.backward(c), to_input[0], atol=1e-8)
    np.testing.assert_allclose(layer.gradients, to_input[1], atol=1e-8)


@given(st.floats(-100, 100), st.floats(0.1, 100))
def test_what_moves_or_stretches_all_inputs_changes_nothing(move, stretch):
    for layer, training in ((made("layer"), False), (made("batch"), True)):
        np.testing.assert_allclose(layer.forward(move + stretch * X, training), layer.forward(X, training), atol=0.1)


def test_the_gradients_to_a_row_or_a_column_add_up_to_nothing():
    delta = np.random.default_rng(2).normal(size=X.shape)
    for layer, axis in ((made("layer"), 1), (made("batch"), 0)):
        layer.forward(X, training=True)
        back = layer.backward(delta)
        np.testing.assert_allclose(back.sum(axis), 0, atol=1e-12)
        np.testing.assert_allclose((back * X).sum(axis), 0, atol=1e-4)  # but for ε


def test_layer_normalization_is_the_same_in_training_and_row_by_row():
    layer = made("layer")
    assert np.array_equal(layer.forward(X), layer.forward(X, training=True))
    np.testing.assert_allclose(layer.forward(X)[2:3], layer.forward(X[2:3]))


def test_predicting_by_batch_normalization_does_not_hang_on_the_other_rows_and_changes_nothing():
    layer = made("batch")
    layer.forward(X, training=True)
    seen = layer.mean.copy(), layer.variance.copy()
    np.testing.assert_allclose(layer.forward(X)[2:3], layer.forward(X[2:3]), rtol=1e-12)
    assert np.array_equal(seen, (layer.mean, layer.variance))


def test_the_running_mean_and_variance_settle_at_those_of_the_data():
    layer = made("batch")
    for _ in range(300):
        layer.forward(X, training=True)
    np.testing.assert_allclose(layer.mean, X.mean(axis=0))
    np.testing.assert_allclose(layer.variance, X.var(axis=0, ddof=1))


def test_a_batch_of_one_row_is_refused_in_training_and_welcome_in_predicting():
    layer = made("batch")
    with pytest.raises(ValueError, match=r"BatchNorm cannot learn from a batch of one row.*: pass two or more rows"):
        layer.forward(X[:1], training=True)
    assert layer.mean.tolist() == [0] * 4
    assert layer.forward(X[:1]).shape == (1, 4)


def test_a_row_or_a_column_without_spread_stays_finite():
    for layer, even in ((made("layer"), np.full((3, 4), 7.0)), (made("batch"), np.full((3, 4), 7.0))):
        assert layer.forward(even, training=True).tolist() == [[0, 1, 2, 3]] * 3
        assert np.isfinite(layer.backward(np.ones((3, 4)))).all()


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_network_passes_the_check_of_its_gradients_as_it_trains(kind):
    one = network(kind)
    rows, labels = datasets.moons(20, rng=0)
    report = check_gradients(one, rows, labels, "cross_entropy")
    assert report.passed, report
    assert {row.parameter for row in report} == {"weights", "bias", "gain"}
    mean = getattr(one.layers[1], "mean", np.zeros(4))
    assert not mean.any()  # a copy was checked


def test_the_check_sees_a_backward_that_is_right_in_predicting_alone(monkeypatch):
    rows, labels = datasets.moons(20, rng=0)
    statistics = BatchNorm.statistics
    monkeypatch.setattr(BatchNorm, "statistics", lambda *of: (*statistics(*of)[:2], None))
    assert not check_gradients(network("batch"), rows, labels, "cross_entropy").passed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_layer_computes_in_its_own_precision(kind, dtype):
    layer = made(kind, dtype)
    z = layer.forward(X, training=True)
    assert {z.dtype, layer.backward(np.ones_like(X)).dtype, layer.gain_gradient.dtype, layer.gain.dtype} == {np.dtype(dtype)}
    other = np.float64 if dtype == np.float32 else np.float32
    [twin] = Network([layer]).astype(other).layers
    assert twin.forward(X).dtype == other
    assert getattr(twin, "mean", twin.gain).dtype == other


@pytest.mark.parametrize("kind", KINDS)
def test_gain_and_bias_are_views_and_what_is_assigned_is_copied(kind):
    layer, gain = made(kind), np.full(4, 9.0)
    layer.gain = gain
    gain[:] = 0
    assert layer.parameters.tolist() == [9] * 4 + [0, 1, 2, 3]
    with pytest.raises(ValueError, match=rf"gain has shape \(3,\), but {type(layer).__name__}\(4\).* needs \(4,\)"):
        layer.gain = [1, 2, 3]
    one = Network([layer, Dense(4, 1, dtype=np.float64)])
    one.parameters[:8] = range(8)
    assert (layer.gain.tolist(), layer.bias.tolist()) == ([0, 1, 2, 3], [4, 5, 6, 7])


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
@pytest.mark.parametrize("kind", KINDS)
def test_copies_and_files_hold_all_that_was_learned_and_seen(kind, duplicate, tmp_path):
    rows, labels = datasets.moons(60, rng=0)
    one = network(kind)
    list(train(one, rows, labels, loss="cross_entropy", optimizer=SGD(0.1), epochs=3, batch_size=20, rng=0))
    one.save(tmp_path / "one.npz")
    for twin in (duplicate(one), Network.load(tmp_path / "one.npz")):
        assert np.array_equal(twin.run(rows), one.run(rows))
        twin.forward(rows, training=True)
        twin.parameters[:] = 0
        assert one.layers[1].gain.any()
    mean = getattr(one.layers[1], "mean", None)
    assert mean is None or np.array_equal(Network.load(tmp_path / "one.npz").layers[1].mean, mean)


def test_decay_reaches_no_running_mean():
    layer = BatchNorm(2)
    one = Network([layer, Dense(2, 1, rng=0)])
    list(train(one, [[1, 2], [3, 5]], [0, 1], loss="mse", optimizer=AdamW(0.1, weight_decay=0.5), epochs=400, rng=0))
    np.testing.assert_allclose(layer.mean, [2, 3.5], rtol=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_normalization_as_the_first_layer(kind):
    one = Network([KINDS[kind](2), Dense(2, 2, rng=0), Activation("softmax")])
    rows, labels = datasets.moons(20, rng=0)
    assert check_gradients(one, rows, labels, "cross_entropy").passed
    one.forward(rows)
    assert one.backward(np.ones((20, 2)), to_input=False) is None
    with pytest.raises(ValueError, match="X has 3 features"):
        one.forward(np.ones((2, 3)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_input_and_delta_are_left_as_they_were(kind):
    layer, x, delta = made(kind), X.copy(), np.ones_like(X)
    layer.forward(x, training=True)
    layer.backward(delta)
    assert np.array_equal(x, X)
    assert (delta == 1).all()


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: LayerNorm(1), ValueError, "features must be a whole number of at least 2. Got 1 instead"),
        (lambda: BatchNorm(0), ValueError, "features must be a whole number of at least 1. Got 0 instead"),
        (lambda: BatchNorm("4"), TypeError, "features must be a whole number"),
        (lambda: LayerNorm(4, dtype=int), ValueError, "dtype must be np.float32 or np.float64"),
        (lambda: BatchNorm(2, mean=[1, 2, 3]), ValueError, r"mean has shape \(3,\), but BatchNorm\(2\).* needs \(2,\)"),
        (lambda: BatchNorm(2, variance=[1, -1]), ValueError, "variance holds -1, but a mean of squares is never below 0"),
        (lambda: BatchNorm(2, variance=np.nan), ValueError, "variance has 2 values that are NaN or infinite"),
        (lambda: BatchNorm(2).forward([1.0, 2.0]), ValueError, r"write X\[None, :\]"),
        (lambda: LayerNorm(2).forward(np.ones((4, 3))), ValueError, "X has 3 features"),
        (lambda: LayerNorm(2).backward(np.ones((4, 2))), ValueError, "call forward before each backward"),
        (lambda: Network([Dense(2, 3), LayerNorm(4)]), ValueError, r"layers\[0\], Dense\(2 → 3\).*, does not fit layers\[1\]"),
        (lambda: Network([Dense(2, 3), BatchNorm(3, dtype=np.float64)]), ValueError, "and the same dtype"),
    ],
)
def test_what_cannot_be_is_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_a_summary_names_them():
    lines = Network([Dense(2, 8, rng=0), BatchNorm(8), LayerNorm(8), Dropout(0.1), Dense(8, 1)]).summary().splitlines()
    assert [line.split() for line in lines[2:4]] == [["BatchNorm(8)", "8", "16"], ["LayerNorm(8)", "8", "16"]]
