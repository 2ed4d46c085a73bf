"""Whoever comes from another library is told our name for what is meant, and by one module that knows theirs."""

import inspect
import warnings

import numpy as np
import pytest

import nnlib
from nnlib import (
    SGD,
    Activation,
    Adam,
    AdamW,
    Dense,
    Dropout,
    Network,
    Neuron,
    Perceptron,
    RMSProp,
    check_gradients,
    datasets,
    fit,
    mlp,
    plotting,
    train,
)
from nnlib.activations import ACTIVATIONS
from nnlib.arrays import choose
from nnlib.initializers import INITIALIZERS
from nnlib.losses import LOSSES
from nnlib.training import step
from nnlib.wording.foreign import closest, words

X, Y = datasets.moons(rng=0)
HOW = {"loss": "cross_entropy", "optimizer": Adam(), "epochs": 1}
TABLES = {**ACTIVATIONS, **LOSSES, **INITIALIZERS}


def network(output="softmax", outputs=2):
    return mlp([2, 4, outputs], output=output, rng=0)


def answer(call, error=TypeError):
    with pytest.raises(error) as caught:
        call()
    assert caught.type is error
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("ReLU", "relu"),
        ("LeakyReLU", "leaky_relu"),
        ("leaky-relu", "leaky_relu"),
        ("Sigmoid", "sigmoid"),
        ("logistic", "sigmoid"),
        ("linear", "identity"),
        ("swish", "silu"),
        ("Softmax", "softmax"),
        ("heaviside", "step"),
        ("bce", "binary_cross_entropy"),
        ("BCELoss", "binary_cross_entropy"),
        ("binary_crossentropy", "binary_cross_entropy"),
        ("log_loss", "binary_cross_entropy"),
        ("BCEWithLogitsLoss", "binary_cross_entropy_with_logits"),
        ("CrossEntropyLoss", "cross_entropy"),
        ("cross-entropy", "cross_entropy"),
        ("categorical_crossentropy", "cross_entropy"),
        ("sparse_categorical_crossentropy", "cross_entropy"),
        ("NLLLoss", "cross_entropy"),
        ("MSE", "mse"),
        ("MSELoss", "mse"),
        ("mean_squared_error", "mse"),
        ("squared_error", "mse"),
        ("glorot_uniform", "xavier"),
        ("kaiming_normal", "he"),
        ("rleu", "relu"),
        ("cross_entrpy", "cross_entropy"),
    ],
)
def test_a_foreign_or_misspelled_name_is_told_in_ours(name, ours):
    [table] = [table for table in (ACTIVATIONS, LOSSES, INITIALIZERS) if ours in table]
    assert answer(lambda: choose(name, table, "it"), ValueError).endswith(f"Got {name!r} instead. Did you mean {ours!r}?")


def test_the_doors_ask_for_the_name_that_is_meant():
    assert "Did you mean 'relu'?" in answer(lambda: mlp([2, 4, 2], activation="ReLU"), ValueError)
    assert "Did you mean 'sigmoid'?" in answer(lambda: Neuron([1.0], activation="logistic"), ValueError)
    assert "Did you mean 'he'?" in answer(lambda: Dense(2, 3, weights="kaiming"), ValueError)
    assert "Did you mean 'binary_cross_entropy'?" in answer(lambda: fit(network(), X, Y, **{**HOW, "loss": "bce"}), ValueError)


def test_every_foreign_name_leads_to_one_that_exists():
    for ours, theirs in words("names").items():
        assert ours in TABLES
        for word in theirs.split():
            assert closest(word, TABLES) == ours


def nothing(*_):
    return 0.0


@pytest.mark.parametrize("loss", ["hinge", nothing, LOSSES["mse"], None], ids=["name", "function", "Loss", "None"])
def test_a_loss_that_is_not_there_can_be_added_and_the_error_says_how(loss):
    message = answer(lambda: train(network(), X, Y, **{**HOW, "loss": loss}), ValueError)
    assert "loss must be one of 'mse', 'binary_cross_entropy'" in message
    assert message.endswith("LOSSES['name'] = Loss(value, gradient, targets=as_values), all three from nnlib.losses.")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: SGD(lr=0.1), "SGD has no argument 'lr': write learning_rate=…"),
        (lambda: Adam(lr=0.1, betas=(0.9, 0.99)), "Adam has no argument 'lr': write learning_rate=…"),
        (lambda: Adam(betas=(0.9, 0.99)), "Adam has no argument 'betas': write beta1=…"),
        (lambda: AdamW(eps=1e-7), "AdamW has no argument 'eps': write epsilon=…"),
        (lambda: RMSProp(rho=0.9), "RMSProp has no argument 'rho': write alpha=…"),
        (lambda: SGD(0.1, momentun=0.9), "SGD has no argument 'momentun': write momentum=…"),
        (lambda: Perceptron(eta0=0.1), "Perceptron has no argument 'eta0': write learning_rate=…"),
        (lambda: Perceptron(max_iter=10), "Perceptron has no argument 'max_iter': write epochs=…"),
        (lambda: Perceptron(random_state=0), "Perceptron has no argument 'random_state': write rng=…"),
        (lambda: Neuron(w=[1], b=0), "Neuron has no argument 'w': write weights=…"),
        (lambda: Dense(in_features=2, out_features=3), "Dense has no argument 'in_features': write inputs=…"),
        (lambda: Dense(2, units=3), "Dense has no argument 'units': write outputs=…"),
        (lambda: Dense(2, 3, use_bias=False), "Dense has no argument 'use_bias': write bias=…"),
        (lambda: Dropout(p=0.5), "Dropout has no argument 'p': write rate=…"),
        (lambda: mlp(hidden_layer_sizes=[2, 3]), "mlp has no argument 'hidden_layer_sizes': write sizes=…"),
        (lambda: mlp([2, 3], seed=0), "mlp has no argument 'seed': write rng=…"),
        (lambda: datasets.moons(n_samples=100), "moons has no argument 'n_samples': write samples=…"),
        (lambda: datasets.blobs(centers=3), "blobs has no argument 'centers': write classes=…"),
        (lambda: datasets.circles(random_state=0), "circles has no argument 'random_state': write rng=…"),
        (lambda: datasets.split(X, Y, test_size=0.2), "split has no argument 'test_size': write fractions=…"),
        (lambda: step(network(), X, Y, loss="mse", optimizer=SGD(0.1), lr=0.1), "SGD(learning_rate=…)"),
        (lambda: datasets.iris(return_X_y=True), "iris has no argument 'return_X_y': leave it out, the data unpack, X, y = …"),
    ],
)
def test_a_foreign_argument_is_told_in_ours(call, told):
    assert told in answer(call)


@pytest.mark.parametrize("by", [train, fit])
@pytest.mark.parametrize(
    ("foreign", "told"),
    [
        ({"validation_data": (X, Y)}, "write validation=…"),
        ({"eval_set": (X, Y)}, "write validation=…"),
        ({"seed": 0}, "write rng=…"),
        ({"batchsize": 8}, "write batch_size=…"),
        ({"n_epochs": 8}, "write epochs=…"),
        ({"criterion": "mse"}, "write loss=…"),
        ({"solver": "adam"}, "write optimizer=…"),
        ({"early_stopping": True}, "write patience=…"),
        ({"lr": 0.1}, "it is the optimizer's, write optimizer=SGD(learning_rate=…)."),
        ({"learningrate": 0.1}, "it is the optimizer's, write optimizer=SGD(learning_rate=…)."),
        ({"momentum": 0.9}, "it is the optimizer's, write optimizer=SGD(momentum=…)."),
        ({"shuffle": True}, "leave it out, the order is always new."),
        ({"callbacks": []}, "loop over train(…), and do after each epoch what you like."),
        ({"validation_split": 0.2}, "share the samples out first, by datasets.split, and pass validation=(X_val, y_val)."),
        ({"metrics": ["accuracy"]}, "leave it out, the accuracy of a classifier is always measured."),
    ],
)
def test_a_foreign_argument_of_training_is_told_in_ours_and_nothing_is_trained(by, foreign, told):
    net = network()
    before = net.parameters.tobytes(), net.terms
    [name] = foreign
    assert answer(lambda: by(net, X, Y, **HOW, **foreign)) == f"{by.__name__} has no argument {name!r}: {told}"
    assert (net.parameters.tobytes(), net.terms) == before


def test_fit_has_a_bar_that_is_switched_off_and_train_has_none():
    assert answer(lambda: fit(network(), X, Y, **HOW, verbose=0)) == "fit has no argument 'verbose': write progress=…"
    assert answer(lambda: train(network(), X, Y, **HOW, verbose=0)).endswith("fit(…, progress=False) too.")


def test_every_foreign_argument_leads_to_one_that_exists():
    makers = [*(getattr(nnlib, name) for name in nnlib.__all__ if name != "datasets"), datasets.split, datasets.moons]
    makers += [datasets.blobs]
    ours = {name for maker in makers for name in inspect.signature(maker).parameters}
    assert set(words("arguments")) - ours == set()


def test_help_shows_the_arguments_of_what_refuses_foreign_ones():
    assert list(inspect.signature(fit).parameters) == ["network", "X", "y", "epochs", "progress", "settings"]
    assert list(inspect.signature(SGD).parameters) == ["learning_rate", "momentum", "nesterov", "weight_decay"]
    assert inspect.getsource(mlp).startswith("@our_arguments\ndef mlp(sizes")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("load", "it makes a new network and leaves this one as it is, write network = Network.load(path)."),
        ("fit", "write fit(network, X, y, loss=…, optimizer=…, epochs=…)."),
        ("evaluate", "write (network.predict(X) == y).mean()."),
        ("state_dict", "write network.save(path)."),
        ("coefs_", "write network.layers[0].weights, or network.parameters."),
    ],
)
def test_what_a_network_of_another_library_can_do_is_told_in_ours(name, told):
    assert answer(lambda: getattr(network(), name), AttributeError) == f"'Network' object has no attribute {name!r}: {told}"


def test_a_network_is_loaded_by_its_class_alone(tmp_path):
    net, path = network(), tmp_path / "model.npz"
    net.save(path)
    before = net.parameters.tobytes()
    assert "write network = Network.load(path)" in answer(lambda: net.load(path), AttributeError)
    assert net.parameters.tobytes() == before == Network.load(path).parameters.tobytes()
    assert not hasattr(net, "colour")
    assert words("methods").keys().isdisjoint(set(dir(Network)) - {"load"})


@pytest.mark.parametrize(
    "door",
    [
        lambda one: fit(one, X, Y, **HOW),
        lambda one: train(one, X, Y, **HOW),
        lambda one: step(one, X, Y, "cross_entropy", SGD(0.1)),
    ],
    ids=["fit", "train", "step"],
)
@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Neuron([1.0, 2.0]), ["not of the type Neuron", "does not learn", 'mlp([inputs, 1], output="sigmoid")']),
        (Perceptron(), ["type Perceptron", "its own fit"]),
        ([Dense(2, 2), Activation("softmax")], ["type list", "Network(layers)"]),
        (Dense(2, 2), ["type Dense", "Network([layer])"]),
        (X, ["type ndarray", "the network comes first"]),
        (mlp, ["type function", "make a network first"]),
        (Network, ["type type", "make a network first"]),
        (None, ["type NoneType", "make one first"]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_network_is_told_how_it_becomes_one(door, one, words):
    message = answer(lambda: door(one))
    assert [word for word in words if word not in message] == [], message


def test_gradients_of_a_neuron_are_not_checked_either():
    assert "does not learn" in answer(lambda: check_gradients(Neuron([1.0, 2.0]), X, Y, "mse"))


PAIRS = [(X[i], Y[i]) for i in range(len(X))]
COLUMNS = [(X[i][:, None], np.eye(2)[Y[i]][:, None]) for i in range(len(X))]


@pytest.mark.parametrize(
    "pairs",
    [PAIRS, COLUMNS, tuple(PAIRS), [list(pair) for pair in PAIRS], [([0.0, 1.0], 1)] * 4, [([0, 1], [0, 1])] * 4],
    ids=["rows", "columns", "tuple", "lists", "plain", "one-hot"],
)
def test_pairs_are_told_how_to_come_apart(pairs):
    for call in (
        lambda: fit(network(), pairs, **HOW),
        lambda: fit(network(), pairs, Y, **HOW),
        lambda: network().predict(pairs),
    ):
        assert answer(call, ValueError).startswith("X is a list of pairs (x, y): write X, y = map(np.array, zip(*pairs))")


def test_the_cure_of_pairs_works():
    X_apart, y_apart = map(np.array, zip(*PAIRS, strict=True))
    assert fit(network(), X_apart, y_apart, **HOW, progress=False)[0].loss > 0


@pytest.mark.parametrize("pair", [datasets.moons(rng=0), (X.tolist(), Y.tolist()), (X, np.eye(2)[Y])])
def test_a_whole_data_set_is_told_to_be_unpacked(pair):
    for call in (lambda: fit(network(), pair, **HOW), lambda: network().predict(pair)):
        assert answer(call, ValueError) == "X is a pair, of X and y it seems: unpack it, X, y = pair, and pass the two."


def test_y_that_was_forgotten_is_missed():
    assert answer(lambda: fit(network(), X, **HOW)) == "y holds None: pass one label, or one number, for each row of X."


class Sparse:
    def toarray(self):
        return X


@pytest.mark.parametrize(
    ("value", "error", "told"),
    [
        (np.ma.masked_less(X, 0), ValueError, "masked values: fill them, X.filled(0), or take out their rows first."),
        (list(np.ma.masked_less(X, 0)), ValueError, "masked values: fill them"),
        (Sparse(), TypeError, "X is sparse, a Sparse: write X.toarray()."),
        (iter(X), TypeError, "which is gone once it is read: write list(X) first."),
        (zip(X, Y, strict=True), TypeError, "X is a zip, which is gone once it is read: write list(X) first."),
        ((row for row in X), TypeError, "X is a generator, which is gone"),
    ],
    ids=["masked", "list of masked", "sparse", "iterator", "zip", "generator"],
)
def test_arrays_in_strange_containers_are_refused_with_a_cure(value, error, told):
    assert told in answer(lambda: network().predict(value), error)


def test_masked_arrays_without_a_mask_are_arrays():
    assert np.array_equal(network().predict(np.ma.array(X)), network().predict(X))


def test_masked_labels_and_targets_are_refused_too():
    masked = np.ma.masked_equal(Y, 1)
    assert f"y has {Y.sum()} masked values" in answer(lambda: fit(network(), X, masked, **HOW), ValueError)
    regression = {**HOW, "loss": "mse"}
    assert "y has" in answer(lambda: fit(network("identity", 1), X, masked, **regression), ValueError)
    assert "y has" in answer(lambda: datasets.split(X, masked), ValueError)


@pytest.mark.parametrize(
    ("output", "outputs", "loss", "y", "cure"),
    [
        ("sigmoid", 1, "binary_cross_entropy", 0.01 + 0.98 * Y, "write (y > 0.5).astype(int) where these were softened"),
        ("sigmoid", 2, "binary_cross_entropy", 0.01 + 0.98 * np.eye(2)[Y], "write (y > 0.5).astype(int)"),
        ("identity", 2, "binary_cross_entropy_with_logits", 0.1 + 0.8 * np.eye(2)[Y], "write (y > 0.5).astype(int)"),
        ("softmax", 2, "cross_entropy", 0.01 + 0.98 * np.eye(2)[Y], "y.argmax(axis=1) of rows that were softened"),
        ("identity", 2, "cross_entropy_with_logits", 0.1 + 0.8 * np.eye(2)[Y], "y.argmax(axis=1) of rows that were softened"),
    ],
)
def test_softened_targets_are_told_how_to_be_hard_again(output, outputs, loss, y, cure):
    assert cure in answer(lambda: fit(network(output, outputs), X, y, **{**HOW, "loss": loss}), ValueError)


def test_text_labels_get_their_cure_at_every_door():
    names = np.array(["cat", "dog"])[Y]
    doors = [
        lambda: fit(network(), X, names, **HOW),
        lambda: fit(network("sigmoid", 1), X, names, **{**HOW, "loss": "binary_cross_entropy"}),
        lambda: datasets.split(X, names),
        lambda: plotting.plane(network(), X, names),
    ]
    for door in doors:
        message = answer(door)
        assert "', which is not a real number: encode it as one first." in message
        assert "classes, y = np.unique(y, return_inverse=True)" in message


def test_numbers_as_text_are_told_to_become_numbers():
    assert "write np.array(X).astype(float)" in answer(lambda: network().predict(X.astype(str)))
    assert "write np.array(y).astype(float)" in answer(lambda: fit(network(), X, Y.astype(str), **HOW))


def test_a_training_that_nobody_loops_over_says_so_where_it_was_lost():
    net = network()
    before = net.parameters.tobytes(), net.terms
    with pytest.warns(RuntimeWarning, match=r"train\(...\) was never looped over, so nothing was trained: write for") as caught:
        train(net, X, Y, **HOW)
    assert caught[0].filename == __file__
    assert (net.parameters.tobytes(), net.terms) == before


def test_a_training_that_is_shown_says_that_it_has_not_begun():
    training = train(network(), X, Y, **HOW)
    assert repr(training).startswith("Training, not begun: write for epoch in train(...)")
    next(training)
    assert repr(training).startswith("Training, begun")


@pytest.mark.parametrize("use", [list, next, lambda training: training.close()])
def test_a_training_that_was_begun_or_closed_says_nothing(use):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        use(train(network(), X, Y, **HOW))
