"""`predict` answers in the shape and terms of y, so that what learners compare the two by is right."""

import copy
import pickle

import numpy as np
import pytest

from nnlib import SGD, Activation, Adam, Dense, Network, Perceptron, datasets, fit, mlp, one_hot, plotting, train
from nnlib.activations import sigmoid, softmax
from nnlib.losses import LOSSES, Loss, as_values, mse, mse_gradient
from nnlib.network import Terms
from nnlib.training import step

X, LABELS = datasets.blobs(90, classes=3, noise=1.5, rng=0)
BITS = (LABELS == 1).astype(int)
NUMBERS = np.sin(X[:, 0]) + X[:, 1]
ROWS = one_hot(LABELS)
# loss, output, outputs and y, in every shape that is legal for them
CLASSES = {
    **{
        f"{loss}, {form}": (loss, output, 3, y)
        for loss, output in (("cross_entropy", "softmax"), ("cross_entropy_with_logits", "identity"))
        for form, y in {"labels": LABELS, "column": LABELS[:, None], "list": LABELS.tolist(), "floats": LABELS * 1.0}.items()
    },
    **{
        f"{loss}, {form}": (loss, output, 1, y)
        for loss, output in (
            ("binary_cross_entropy", "sigmoid"),
            ("binary_cross_entropy_with_logits", "identity"),
            ("mse", "sigmoid"),
        )
        for form, y in {"bits": BITS, "column": BITS[:, None], "list": BITS.tolist(), "booleans": BITS == 1}.items()
    },
    **{
        f"{loss}, rows of bits": (loss, output, 3, ROWS)
        for loss, output in (("binary_cross_entropy", "sigmoid"), ("binary_cross_entropy_with_logits", "identity"))
    },
}
ONE_HOT = {
    f"{loss} of {output}": (loss, output, 3, ROWS)
    for loss, output in (("cross_entropy", "softmax"), ("cross_entropy_with_logits", "identity"), ("mse", "softmax"))
}
REGRESSIONS = {
    f"{output}, {form}": ("mse", output, outputs, y)
    for output in ("identity", "tanh", "relu")
    for form, outputs, y in (
        ("numbers", 1, NUMBERS),
        ("column", 1, NUMBERS[:, None]),
        ("list", 1, NUMBERS.tolist()),
        ("two columns", 2, np.column_stack([NUMBERS, X[:, 0]])),
        ("columns of columns", 2, np.column_stack([NUMBERS, X[:, 0]])[:, :, None]),
        ("zeros and ones", 1, BITS),
    )
} | {
    "sigmoid, softened": ("mse", "sigmoid", 3, 0.01 + 0.98 * ROWS),
    "sigmoid, shares": ("mse", "sigmoid", 1, sigmoid(NUMBERS)),
    "softmax, shares": ("mse", "softmax", 3, softmax(X @ np.ones((2, 3)) * [1, 2, 3])),
}


def trained(loss, output, outputs, y, epochs=30):
    network = mlp([2, 8, outputs], "tanh", output, dtype=np.float64, rng=0)
    history = fit(network, X, y, loss=loss, optimizer=Adam(0.05), epochs=epochs, validation=(X, y), progress=False)
    return network, history


@pytest.mark.parametrize("kind", CLASSES)
def test_the_share_of_equal_answers_is_the_accuracy(kind):
    network, history = trained(*CLASSES[kind])
    y = CLASSES[kind][-1]
    answers = network.predict(X)
    assert answers.shape == np.shape(y)
    assert answers.dtype.kind == "i"
    assert (answers == y).mean() > 0.5
    if history.validation_accuracy[-1] is not None:  # squared error measures none
        assert (answers == y).mean() == history.validation_accuracy[-1]
    assert network.predict(X[:7]).tolist() == answers[:7].tolist()


@pytest.mark.parametrize("kind", ONE_HOT)
def test_one_hot_rows_are_answered_by_one_hot_rows(kind):
    network, history = trained(*ONE_HOT[kind])
    answers = network.predict(X)
    assert answers.shape == ROWS.shape
    assert (answers.sum(axis=1) == 1).all()
    assert np.array_equal(answers.argmax(axis=1), network.run(X).argmax(axis=1))
    if history.validation_accuracy[-1] is not None:
        assert (answers == ROWS).all(axis=1).mean() == history.validation_accuracy[-1]


@pytest.mark.parametrize("kind", REGRESSIONS)
def test_the_mean_of_squared_differences_is_the_loss(kind):
    network, history = trained(*REGRESSIONS[kind])
    y = REGRESSIONS[kind][-1]
    assert network.predict(X).shape == np.shape(y)
    assert ((network.predict(X) - y) ** 2).mean() == pytest.approx(history.validation_loss[-1], rel=1e-12)


EVERY = CLASSES | ONE_HOT | REGRESSIONS


@pytest.mark.parametrize("kind", EVERY)
def test_a_copy_answers_likewise_by_whatever_way_it_was_made(kind, tmp_path):
    network, _ = trained(*EVERY[kind], epochs=2)
    network.save(tmp_path / "model.npz")
    saved = Network.load(tmp_path / "model.npz")
    pickled = [pickle.loads(pickle.dumps(network, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for twin in (saved, copy.copy(network), copy.deepcopy(network), network.astype("float64"), *pickled):
        assert twin.terms == network.terms
        assert np.array_equal(twin.predict(X), network.predict(X))
    assert network.astype("float32").predict(X).shape == network.predict(X).shape


@pytest.mark.parametrize("kind", EVERY)
def test_a_loop_of_steps_leaves_the_same_terms_as_train(kind):
    loss, output, outputs, y = EVERY[kind]
    network, _ = trained(loss, output, outputs, y, epochs=1)
    other = mlp([2, 8, outputs], "tanh", output, dtype=np.float64, rng=0)
    step(other, X, y, loss, SGD(0.1))
    assert other.terms == network.terms


def test_before_training_a_network_answers_by_its_output():
    def untrained(output, outputs):
        return mlp([2, 4, outputs], output=output, dtype=np.float64, rng=0)

    assert np.array_equal(untrained("softmax", 3).predict(X), untrained("softmax", 3).run(X).argmax(axis=1))
    assert np.array_equal(untrained("sigmoid", 1).predict(X), untrained("sigmoid", 1).run(X)[:, 0] >= 0.5)
    assert np.array_equal(untrained("sigmoid", 3).predict(X), untrained("sigmoid", 3).run(X) >= 0.5)
    assert np.array_equal(untrained("identity", 1).predict(X), untrained("identity", 1).run(X)[:, 0])
    assert np.array_equal(untrained("tanh", 3).predict(X), untrained("tanh", 3).run(X))


def test_the_last_training_counts_and_one_that_did_not_come_about_does_not():
    network, _ = trained("cross_entropy_with_logits", "identity", 3, LABELS)
    before = network.terms, network.predict(X).tolist()
    with pytest.raises(FloatingPointError):
        list(train(network, X, X @ np.ones((2, 3)), loss="mse", optimizer=SGD(1e300), epochs=3))
    with pytest.raises(ValueError, match="y has shape"):
        fit(network, X, NUMBERS, loss="mse", optimizer=SGD(0.1), epochs=1)
    with pytest.raises(ValueError, match="y has shape"):
        step(network, X, NUMBERS, "mse", SGD(0.1))
    assert (network.terms, network.predict(X).tolist()) == before
    fit(network, X, X @ np.ones((2, 3)), loss="mse", optimizer=SGD(1e-9), epochs=1, progress=False)
    assert np.array_equal(network.predict(X), network.run(X))


def test_a_file_that_was_written_before_terms_were_is_answered_by_the_output(tmp_path):
    network, _ = trained("cross_entropy_with_logits", "identity", 3, LABELS)
    network.save(tmp_path / "model.npz")
    with np.load(tmp_path / "model.npz") as file:
        arrays = {name: file[name] for name in file if name != "terms"}
    np.savez(tmp_path / "old.npz", **arrays)
    assert np.array_equal(Network.load(tmp_path / "old.npz").predict(X), network.run(X))


@pytest.mark.parametrize(
    ("loss", "outputs", "y", "function"),
    [
        ("cross_entropy_with_logits", 3, LABELS, softmax),
        ("binary_cross_entropy_with_logits", 1, BITS, sigmoid),
        ("binary_cross_entropy_with_logits", 3, ROWS, sigmoid),
    ],
)
def test_a_network_of_logits_knows_its_probabilities_and_draws_its_plane(loss, outputs, y, function):
    network, _ = trained(loss, "identity", outputs, y)
    assert np.array_equal(network.predict_proba(X), function(network.run(X)))
    if y.ndim == 1:
        ax = plotting.plane(network, X, y)
        assert len(ax.collections) == max(outputs - 1, 1)  # a boundary before each class but the first
        plotting.plt.close(ax.figure)


def test_a_regression_gives_no_probabilities():
    network, _ = trained("mse", "identity", 1, NUMBERS)
    with pytest.raises(ValueError, match=r"gives no probabilities: use predict, or end in .*with_logits"):
        network.predict_proba(X)


@pytest.mark.parametrize("y", [2 * BITS - 1, (2 * BITS - 1)[:, None]], ids=["labels", "column"])
def test_a_perceptron_answers_in_the_shape_of_its_labels_too(y):
    perceptron = Perceptron(epochs=5).fit(X, y)
    assert perceptron.predict(X).shape == y.shape
    assert copy.deepcopy(perceptron).predict(X[:5]).shape == y[:5].shape
    assert (perceptron.predict(X) == y).mean() > 0.5
    ax = plotting.plane(perceptron, X, y.ravel())
    plotting.plt.close(ax.figure)


def test_a_loss_of_ones_own_is_answered_by_numbers_and_missed_where_it_is_not_known(monkeypatch, tmp_path):
    network = Network([Dense(2, 1, dtype=np.float64, rng=0), Activation("tanh")])
    with monkeypatch.context() as patch:
        patch.setitem(LOSSES, "mine", Loss(mse.unchecked, mse_gradient.unchecked, targets=as_values))
        list(train(network, X, NUMBERS, loss="mine", optimizer=SGD(0.1), epochs=1))
        assert network.terms == Terms("mine", ())
        assert np.array_equal(network.predict(X), network.run(X)[:, 0])
        network.save(tmp_path / "model.npz")
    loaded = Network.load(tmp_path / "model.npz")
    with pytest.raises(ValueError, match=r"the loss that this network was trained with must be one of .* Got 'mine' instead"):
        loaded.predict(X)
