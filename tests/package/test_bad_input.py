"""What learners get wrong is answered by one clear error, raised by a check of our own, before anything has changed.

Each row is a mistake, the type of the error, and the words that its message must have: what is wrong, and what to do.
"""

import pickle

import numpy as np
import pytest
from odd import raised_by_nnlib

from nnlib import (
    SGD,
    Activation,
    Adam,
    AdamW,
    BatchNorm,
    Dense,
    Dropout,
    LayerNorm,
    Network,
    Neuron,
    Perceptron,
    Residual,
    RMSProp,
    check_gradients,
    datasets,
    fit,
    mlp,
    train,
)
from nnlib.losses import binary_cross_entropy, cross_entropy, cross_entropy_with_logits, l2_penalty, mse
from nnlib.optimizers import cosine, step_decay, warm_up
from nnlib.perceptron import margin, next_mistake
from nnlib.training import step

X = np.random.default_rng(0).normal(size=(40, 2))
Y = np.arange(40) % 3


def network():
    return mlp([2, 4, 3], rng=0)


def learn(by=train, **changes):
    """Train a small classifier with one thing wrong."""
    settings = {
        "network": network(),
        "X": X,
        "y": Y,
        "loss": "cross_entropy",
        "optimizer": SGD(0.1),
        "epochs": 1,
        "batch_size": 8,
        "rng": 0,
    }
    settings.update(changes)
    return by(settings.pop("network"), settings.pop("X"), settings.pop("y"), **settings)


def with_value(array, place, value):
    array = np.array(array, float)
    array[place] = value
    return array


def images():
    return np.zeros((40, 8, 8))


TRANSPOSED = "did you mean X.T?"
MISTAKES = {
    # 1–14, 35: X
    "X is 1-D in training": (
        lambda: learn(X=X[:, 0]),
        ValueError,
        ["shape (40,)", "X.reshape(-1, 1)", "X.reshape(1, -1)"],
    ),
    "one sample is predicted as a 1-D row": (lambda: network().predict(X[0]), ValueError, ["shape (2,)", "X[None, :]"]),
    "one sample goes forward as a 1-D row": (lambda: network().forward([1.0, 2.0]), ValueError, ["X[None, :]"]),
    "X and y differ in length": (
        lambda: learn(y=Y[:37]),
        ValueError,
        ["y has 37 labels but X has 40 samples", "one label per row"],
    ),
    "X has too many features": (lambda: learn(X=np.zeros((40, 5))), ValueError, ["X has 5 features", "2 are expected"]),
    "predicted X has too few features": (
        lambda: network().predict(X[:, :1]),
        ValueError,
        ["X has 1 feature, shape", "2 are expected"],
    ),
    "X is transposed": (lambda: learn(X=X.T), ValueError, ["shape (2, 40)", TRANSPOSED]),
    "predicted X is transposed": (lambda: network().predict_proba(X.T), ValueError, [TRANSPOSED]),
    "NaN in X": (
        lambda: learn(X=with_value(X, (3, 1), np.nan)),
        ValueError,
        ["1 values that are NaN", "at X[3, 1]", "remove or fill"],
    ),
    "NaN in predicted X": (lambda: network().predict([[0, np.nan]]), ValueError, ["NaN", "X[0, 1]"]),
    "NaN in X of a forward pass": (lambda: network().forward([[0, np.nan]]), ValueError, ["NaN", "X[0, 1]"]),
    "infinity in X": (lambda: learn(X=with_value(X, (0, 0), -np.inf)), ValueError, ["infinite", "-inf at X[0, 0]"]),
    "a number that float32 cannot hold": (
        lambda: network().predict([[1e300, 0]]),
        ValueError,
        ["too large for float32", "float64"],
    ),
    "empty X": (lambda: learn(X=np.zeros((0, 2)), y=[]), ValueError, ["X is empty", "at least one row"]),
    "strings in X": (lambda: network().predict([[1, "red"]]), TypeError, ["'red' in column 1", "encode"]),
    "ragged X": (lambda: network().predict([[1, 2], [3]]), ValueError, ["ragged", "row 1"]),
    "3-D images": (
        lambda: mlp([64, 4, 3]).predict(images()),
        ValueError,
        ["shape (40, 8, 8)", "X.reshape(len(X), -1)"],
    ),
    "complex X": (lambda: network().predict([[1j, 0]]), TypeError, ["1j", "not a real number"]),
    "None for X": (lambda: network().predict(None), TypeError, ["X holds None"]),
    "NaN in the validation X": (
        lambda: learn(validation=(X * np.nan, Y)),
        ValueError,
        ["validation X has 80 values that are NaN"],
    ),
    # 8, 15–19, 33: y
    "NaN in y": (lambda: learn(y=with_value(Y, 2, np.nan)), ValueError, ["y has 1 values that are NaN", "y[2]"]),
    "NaN in the targets of a regression": (
        lambda: learn(network=mlp([2, 3, 1], output="identity"), loss="mse", y=np.full(40, np.nan)),
        ValueError,
        ["y has 40 values that are NaN"],
    ),
    "string labels": (
        lambda: learn(y=["cat", "dog"] * 20),
        TypeError,
        ["'cat'", "classes, y = np.unique(y, return_inverse=True)"],
    ),
    "None for y": (lambda: learn(y=None), TypeError, ["y holds None"]),
    "labels -1 and +1 for two classes": (lambda: learn(y=np.sign(X[:, 0])), ValueError, ["-1 and +1", "(y + 1) // 2"]),
    "labels -1 and +1 for one sigmoid": (
        lambda: learn(network=mlp([2, 3, 1], output="sigmoid"), loss="binary_cross_entropy", y=np.sign(X[:, 0])),
        ValueError,
        ["-1 and +1", "(y + 1) // 2"],
    ),
    "rows that are not one-hot": (
        lambda: learn(y=np.full((40, 3), 1 / 3)),
        ValueError,
        ["shape (40, 3)", "one-hot rows"],
    ),
    "one-hot rows of too many classes": (
        lambda: learn(y=np.eye(4)[Y]),
        ValueError,
        ["shape (40, 4)", "each of the 3 classes"],
    ),
    "integers for ten outputs of a regression": (
        lambda: learn(network=mlp([2, 3], output="identity"), loss="mse"),
        ValueError,
        ["y has shape (40,)", "(40, 3)", "write one_hot(y)"],
    ),
    "a column against a row, which NumPy would broadcast": (
        lambda: mse(np.zeros((40, 1)), np.zeros((1, 40))),
        ValueError,
        ["(1, 40)", "(40, 1)"],
    ),
    "float targets for a classifier": (lambda: learn(y=Y + 0.5), ValueError, ["y holds 0.5", "whole numbers"]),
    "a label out of range": (lambda: learn(y=np.where(Y == 2, 7, Y)), ValueError, ["label 7", "0 … 2"]),
    "a label out of range in validation": (
        lambda: learn(validation=(X, Y + 1)),
        ValueError,
        ["validation y holds the label 3", "0 … 2"],
    ),
    "probabilities above 1": (
        lambda: binary_cross_entropy([1.2], [1]),
        ValueError,
        ["y_hat holds 1.2", "[0, 1]", "sigmoid or softmax"],
    ),
    "probabilities below 0": (lambda: cross_entropy([[1.5, -0.5]], [0]), ValueError, ["[0, 1]", "sigmoid or softmax"]),
    # 21–23: learning rates
    **{
        f"learning rate {rate!r} for {maker.__name__}": (
            lambda maker=maker, rate=rate: maker(rate),
            error,
            ["learning_rate", f"Got {rate!r}"],
        )
        for maker in (SGD, RMSProp, Adam, AdamW)
        for rate, error in ((0, ValueError), (-0.1, ValueError), ("0.1", TypeError))
    },
    "a learning rate far too high": (
        lambda: list(learn(network=mlp([2, 3], output="identity"), loss="mse", y=np.eye(3)[Y], optimizer=SGD(1e4), epochs=100)),
        FloatingPointError,
        ["no longer finite in epoch", "learning rate is too high", "a tenth"],
    ),
    # 24–27: layers
    "a layer of 0": (lambda: mlp([2, 0, 3]), ValueError, ["sizes[1]", "at least 1", "Got 0"]),
    "a layer of -3": (lambda: Dense(2, -3), ValueError, ["outputs", "at least 1", "Got -3"]),
    "a layer of 4.5": (lambda: mlp([2, 4.5, 3]), ValueError, ["sizes[1]", "whole number", "Got 4.5"]),
    "sizes that do not chain": (
        lambda: Network([Dense(2, 4), Dense(5, 3)]),
        ValueError,
        ["Dense(2 → 4)", "Dense(5 → 3)", "as many inputs"],
    ),
    "a misspelled activation": (lambda: Activation("rleu"), ValueError, ["Got 'rleu'", "Did you mean 'relu'?"]),
    "a misspelled output": (
        lambda: mlp([2, 3], output="sofmax"),
        ValueError,
        ["Got 'sofmax'", "Did you mean 'softmax'?"],
    ),
    "dropout of everything": (lambda: Dropout(1.0), ValueError, ["rate", "[0, 1)", "Got 1.0"]),
    "dropout of more than everything": (
        lambda: mlp([2, 4, 3], dropout=1.5),
        ValueError,
        ["dropout", "[0, 1)", "Got 1.5"],
    ),
    "softmax of one output": (lambda: mlp([2, 4, 1]), ValueError, ["always 1", "sigmoid"]),
    # 28–29 and the other settings of training
    "batch_size 0": (lambda: learn(batch_size=0), ValueError, ["batch_size", "at least 1", "Got 0"]),
    "batch_size 2.5": (lambda: learn(batch_size=2.5), ValueError, ["batch_size", "whole number", "Got 2.5"]),
    "epochs 0": (lambda: learn(epochs=0), ValueError, ["epochs", "at least 1", "Got 0"]),
    "epochs 2.5": (lambda: learn(epochs=2.5), ValueError, ["epochs", "whole number", "Got 2.5"]),
    "patience 0": (lambda: learn(patience=0, validation=(X, Y)), ValueError, ["patience", "at least 1", "Got 0"]),
    "patience without validation": (lambda: learn(patience=3), ValueError, ["patience", "validation=(X, y)"]),
    "validation that is no pair": (
        lambda: learn(validation=X),
        TypeError,
        ["validation must be a pair (X, y)", "ndarray"],
    ),
    "a schedule over no steps": (lambda: cosine(3, 0.1, steps=0), ValueError, ["steps", "at least 1", "Got 0"]),
    "a warm-up over half a step": (lambda: warm_up(3, 0.1, steps=0.5), ValueError, ["steps", "whole number", "Got 0.5"]),
    "a rate that decays every 0 steps": (lambda: step_decay(3, 0.1, every=0), ValueError, ["every", "Got 0"]),
    "a loss of logits beside a softmax": (
        lambda: learn(loss="cross_entropy_with_logits"),
        ValueError,
        ["goes with the output 'identity'", "output is 'softmax'", "Activation('identity')"],
    ),
    "logits that are not finite": (
        lambda: cross_entropy_with_logits([[np.inf, 0.0]], [0]),
        ValueError,
        ["z has 1 values", "infinite"],
    ),
    "a negative L2 penalty": (lambda: l2_penalty([1.0], -0.1), ValueError, ["weight_decay", "Got -0.1"]),
    "a misspelled loss": (
        lambda: learn(loss="cross_entrpy"),
        ValueError,
        ["Got 'cross_entrpy'", "Did you mean 'cross_entropy'?"],
    ),
    "cross-entropy of sigmoids": (
        lambda: learn(network=mlp([2, 3], output="sigmoid")),
        ValueError,
        ["goes with the output 'softmax'", "output is 'sigmoid'", "Activation('softmax')"],
    ),
    "the name of an optimizer": (
        lambda: learn(optimizer="adam"),
        TypeError,
        ["such as SGD(0.1) or Adam()", "Got 'adam'"],
    ),
    "the class of an optimizer": (lambda: learn(optimizer=Adam), TypeError, ["such as SGD(0.1) or Adam()"]),
    "an rng that is none": (lambda: learn(rng="0"), TypeError, ["rng", "Got '0'"]),
    "bad input to fit": (lambda: learn(fit, y=Y[:37]), ValueError, ["y has 37 labels but X has 40 samples"]),
    "bad input to check_gradients": (
        lambda: check_gradients(network(), X.T, Y, "cross_entropy"),
        ValueError,
        [TRANSPOSED],
    ),
    # 30–31: the order of calls
    "probabilities of a regression": (
        lambda: mlp([2, 1], output="identity").predict_proba(X),
        ValueError,
        ["no probabilities", "use predict"],
    ),
    "backward before forward": (
        lambda: network().backward(np.ones((40, 3))),
        ValueError,
        ["Activation(softmax)", "call forward before"],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_words_by_a_check_of_our_own(mistake):
    make, error, words = MISTAKES[mistake]
    with pytest.raises(error) as caught:
        make()
    assert caught.type is error
    message = str(caught.value)
    assert [word for word in words if word not in message] == [], message
    assert raised_by_nnlib(caught.value)


def test_backward_twice_is_refused():
    once = network()
    once.backward(np.ones_like(once.forward(X)))
    gradients = once.gradients.copy()
    with pytest.raises(ValueError, match="call forward before each backward"):
        once.backward(np.ones((40, 3)))
    assert np.array_equal(once.gradients, gradients)


@pytest.mark.parametrize("by", [train, fit])
def test_a_keyword_that_nobody_knows_is_pythons_own_error(by):
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        learn(by, colour="blue")


@pytest.mark.parametrize(
    "changes",
    [
        {"X": X.T},
        {"X": X * np.nan},
        {"y": Y[:3]},
        {"y": Y + 1},
        {"loss": "mes"},
        {"epochs": 0},
        {"batch_size": 0},
        {"rng": "0"},
        {"validation": (X, Y[:3])},
        {"patience": 2},
    ],
    ids=str,
)
def test_a_refused_training_changes_neither_network_nor_optimizer_nor_generator(changes):
    net, optimizer, rng = network(), Adam(), np.random.default_rng(0)
    list(learn(network=net, optimizer=optimizer))
    before = net.parameters.tobytes(), net.gradients.tobytes(), pickle.dumps(optimizer.state())
    with pytest.raises((ValueError, TypeError)):
        learn(**{"network": net, "optimizer": optimizer, "rng": rng, **changes})
    assert (net.parameters.tobytes(), net.gradients.tobytes(), pickle.dumps(optimizer.state())) == before
    assert rng.random() == np.random.default_rng(0).random()


def test_an_optimizer_of_another_network_is_refused_at_the_call():
    optimizer, other = Adam(), mlp([2, 5, 3], rng=0)
    list(learn(optimizer=optimizer))
    before = other.parameters.tobytes()
    with pytest.raises(ValueError, match="make a new one for each network, or call reset"):
        learn(network=other, optimizer=optimizer)
    assert other.parameters.tobytes() == before


@pytest.mark.parametrize(
    ("given_X", "given_y"),
    [
        (X.tolist(), Y.tolist()),
        ((X * 10).astype(int), Y.astype(np.int8)),
        (X.astype(np.float32), Y.astype(float)),
        (np.asfortranarray(X), np.eye(3)[Y]),
        (X[::-1], Y[:, None]),
        (X > 0, np.eye(3, dtype=bool)[Y]),
    ],
    ids=["lists", "integers", "float32", "Fortran order, one-hot", "reversed view, column", "booleans"],
)
def test_what_is_merely_written_differently_is_accepted(given_X, given_y):
    [epoch] = learn(X=given_X, y=given_y)
    assert 0 < epoch.loss < 10
    assert network().predict(given_X).shape == (40,)


PERCEPTRON = Perceptron(1.0, 10).fit(X, np.where(X[:, 0] > 0, 1, -1))
DENSE = Dense(2, 3, dtype=np.float64, rng=0)
TWIN = mlp([2, 4, 3], dtype=np.float64, rng=0)
# Every public function of samples, as a function of them alone.
DOORS = {
    "Dense.forward": DENSE.forward,
    "Dense.forward, float32": Dense(2, 3, rng=0).forward,
    "Network.forward": TWIN.forward,
    "Network.forward, float32": network().forward,
    "Network.forward after dropout": Network([Dropout(0.5), Dense(2, 3, dtype=np.float64, rng=0)]).forward,
    "Network.run": TWIN.run,
    "Network.run, float32": network().run,
    "Network.run after dropout": Network([Dropout(0.5), Dense(2, 3, dtype=np.float64, rng=0)]).run,
    "LayerNorm.forward": LayerNorm(2, dtype=np.float64).forward,
    "BatchNorm.forward": BatchNorm(2, dtype=np.float64).forward,
    "BatchNorm.forward in training": lambda X: BatchNorm(2, dtype=np.float64).forward(X, training=True),
    "Residual.forward": Residual([Dense(2, 2, dtype=np.float64, rng=0)]).forward,
    "Network.run of a Residual": Network([Residual([BatchNorm(2), LayerNorm(2)])]).run,
    "Network.predict": TWIN.predict,
    "Network.predict_proba": TWIN.predict_proba,
    "Network.trace": lambda X: np.hstack(TWIN.trace(X)),
    "train": lambda X: [epoch.loss for epoch in learn(network=mlp([2, 4, 3], rng=0), X=X)],
    "validation": lambda X: [epoch.validation_loss for epoch in learn(validation=(X, Y))],
    "step": lambda X: step(network(), X, Y, "cross_entropy", Adam())[0],
    "check_gradients": lambda X: [row.backward for row in check_gradients(TWIN, X, Y, "cross_entropy")],
    "Perceptron.fit": lambda X: Perceptron(1.0, 10).fit(X, np.where(Y, 1, -1)).weights,
    "Perceptron.net_input": PERCEPTRON.net_input,
    "Perceptron.predict": PERCEPTRON.predict,
    "next_mistake": lambda X: next_mistake(X, np.where(Y, 1, -1), [1, 1], 0),
    "margin": lambda X: margin(X, np.where(Y, 1, -1), [1, 1], 0),
    "Neuron": Neuron([1.0, 2.0]),
    "standardize": datasets.standardize,
    "split": lambda X: np.vstack([part for part, _ in datasets.split(X, Y, rng=0)]),
    "mse": lambda X: mse(X, np.zeros((40, 2))),
    "mse of the targets": lambda X: mse(np.zeros((40, 2)), X),
    "cross_entropy_with_logits": lambda X: cross_entropy_with_logits(X, Y % 2),
    "l2_penalty": lambda X: l2_penalty(X, 0.1),
}
FORMS = {
    "a list": lambda X: X.tolist(),
    "float32": lambda X: X.astype(np.float32),
    "float64": lambda X: X.copy(),
    "Fortran order": np.asfortranarray,
    "every second column": lambda X: np.repeat(X, 2, axis=1)[:, ::2],
    "reversed rows": lambda X: X[::-1].copy()[::-1],
}
NUMBERS = np.round(4 * X)  # whole, so that they are the same numbers in every form


@pytest.mark.parametrize("form", [*FORMS, "integers"])
@pytest.mark.parametrize("door", DOORS)
def test_the_same_numbers_get_the_same_answer_however_they_are_written(door, form):
    expected = DOORS[door](NUMBERS)
    given = NUMBERS.astype(int) if form == "integers" else FORMS[form](NUMBERS)
    np.testing.assert_allclose(DOORS[door](given), expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("door", DOORS)
def test_what_is_no_number_is_refused_however_it_is_written(door, form, value):
    with pytest.raises(ValueError, match=r"has 1 values that are NaN or infinite, the first \S+ at [\w ]+\[3, 1\]"):
        DOORS[door](FORMS[form](with_value(NUMBERS, (3, 1), value)))
