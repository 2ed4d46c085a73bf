"""More of what learners get wrong, part by part of nnlib: the type of the error, its words, and nothing that has changed.

`test_bad_input.py` has the mistakes with a network and its samples; here are those with all else.
"""

import json
import zipfile
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib import pyplot as plt
from odd import raised_by_nnlib, state

from nnlib import (
    SGD,
    Activation,
    Adam,
    BatchNorm,
    Dense,
    Dropout,
    LayerNorm,
    Network,
    Neuron,
    Perceptron,
    Residual,
    check_gradients,
    datasets,
    exercises,
    fit,
    mlp,
    numerical_gradient,
    one_hot,
    plotting,
    train,
)
from nnlib.activations import sigmoid, softmax, tanh_derivative
from nnlib.autodiff import Value
from nnlib.biology import SpikingNeuron, synaptic_current
from nnlib.clinic import examine
from nnlib.exchange import from_keras, from_torch, to_onnx
from nnlib.initializers import he
from nnlib.losses import cross_entropy, mse
from nnlib.optimizers import cosine
from nnlib.sweep import sweep
from nnlib.training import step

X = np.random.default_rng(0).normal(size=(12, 2))
Y = np.arange(12) % 3


class Cell:
    """A layer of a learner's own that forgot to be one."""

    def forward(self, X):
        return X


@pytest.fixture
def it(tmp_path):
    """Return what a mistake can be made with: things that have been used already, and files."""
    it = SimpleNamespace(network=mlp([2, 4, 3], rng=0), optimizer=Adam(), rng=np.random.default_rng(0))
    list(train(it.network, X, Y, loss="cross_entropy", optimizer=it.optimizer, epochs=2, rng=0))
    it.dense, it.norm, it.block = Dense(2, 3, rng=0), BatchNorm(2), Residual([Dense(2, 2, rng=0)])
    it.perceptron = Perceptron(1.0, 10).fit(X, np.where(X[:, 0] > 0, 1, -1))
    it.neuron, it.value, it.spiking = Neuron([1.0, -2.0]), Value([[1.0, 2.0], [3.0, 4.0]]), SpikingNeuron()
    it.history = fit(mlp([2, 3], rng=0), X, Y, loss="cross_entropy", optimizer=SGD(0.1), epochs=2, progress=False)
    it.folder = tmp_path
    it.network.save(tmp_path / "alone.npz")
    it.network.save(tmp_path / "both.npz", optimizer=it.optimizer)
    (tmp_path / "table.csv").write_text("a,b\n1,2\n")
    (tmp_path / "empty.npz").write_bytes(b"")
    (tmp_path / "half.npz").write_bytes((tmp_path / "both.npz").read_bytes()[:300])
    np.savez(tmp_path / "foreign.npz", weights=np.ones(3))
    np.save(tmp_path / "one.npy", np.ones(3))
    with zipfile.ZipFile(tmp_path / "model.keras", "w") as file:
        file.writestr("config.json", json.dumps({"class_name": "Sequential"}))
    (tmp_path / "kept.jsonl").write_text("not a line of results\n")
    return it


FILE = ["is damaged, or not a network that save wrote"]
MISTAKES = {
    # Layers
    "a bias of the wrong length": (lambda it: Dense(2, 3, bias=[1, 2]), ValueError, ["bias has shape (2,)", "needs (3,)"]),
    "a ragged bias": (lambda it: Dense(2, 3, bias=[1, [2, 3]]), ValueError, ["bias is ragged", "row 1"]),
    "weights transposed": (lambda it: Dense(2, 3, weights=np.ones((3, 2))), ValueError, ["did you mean weights.T?"]),
    "weights assigned transposed": (lambda it: setattr(it.dense, "weights", np.ones((3, 2))), ValueError, ["weights.T"]),
    "an initializer misspelled": (lambda it: Dense(2, 3, weights="xaver"), ValueError, ["Did you mean 'xavier'?"]),
    "the labels handed to forward": (lambda it: it.dense.forward(X, Y), TypeError, ["training must be True or False"]),
    "a text in place of a slope": (lambda it: it.block.backward("abc"), ValueError, ["call forward before"]),
    "half precision": (lambda it: Dense(2, 3, dtype="float16"), ValueError, ["np.float32 or np.float64", "'float16'"]),
    "a dtype that is data": (lambda it: it.network.astype(np.ones(3)), ValueError, ["np.float32 or np.float64"]),
    "texts through an activation": (lambda it: sigmoid(["a", "b"]), TypeError, ["z holds 'a'", "encode it"]),
    "texts through an activation's layer": (lambda it: Activation("relu").forward([["a"]]), TypeError, ["holds 'a'"]),
    "complex numbers through dropout": (lambda it: Dropout(0.5).forward([[1j]]), TypeError, ["1j", "not a real number"]),
    "softmax of a single number": (lambda it: softmax(2.0), ValueError, ["z has shape ()", "rows"]),
    "another a than that of z": (lambda it: tanh_derivative([1.0, 2.0], [0.5]), ValueError, ["a has shape (1,)", "(2,)"]),
    "normalization of one feature": (lambda it: LayerNorm(1), ValueError, ["features", "at least 2", "Got 1"]),
    "a batch of one row": (lambda it: it.norm.forward([[1.0, 2.0]], True), ValueError, ["one row", "no variance"]),
    "a negative variance": (lambda it: BatchNorm(2, variance=-1.0), ValueError, ["variance holds -1", "never below 0"]),
    "a running mean of texts": (lambda it: BatchNorm(2, mean=["a", "b"]), TypeError, ["mean holds 'a'"]),
    "a block that changes the width": (lambda it: Residual([Dense(2, 3)]), ValueError, ["cannot add x to f(x)"]),
    "first weights of a negative size": (lambda it: he(-2, 3, 0), ValueError, ["inputs", "at least 1", "Got -2"]),
    # Networks
    "a network of no list": (lambda it: Network(Dense(2, 3)), TypeError, ["layers must be a list", "Got Dense(2 → 3)"]),
    "a layer that is none": (lambda it: Network([Dense(2, 3), Cell()]), TypeError, ["layers[1] must be a layer"]),
    "a layer used twice": (lambda it: Network([it.network.layers[0]]), ValueError, ["in a network already", "deepcopy"]),
    "sizes as a text": (lambda it: mlp("2, 4, 3"), ValueError, ["sizes must be a list", "'2, 4, 3'"]),
    "more neurons than any memory has": (lambda it: mlp([2, 10**12, 3]), ValueError, ["sizes[1]", "below 2147483648"]),
    "a slope of texts": (lambda it: it.network.backward([["a"]]), TypeError, ["delta holds 'a'", "encode it"]),
    # Optimizers and schedules
    "momentum 1": (lambda it: SGD(0.1, momentum=1), ValueError, ["momentum", "[0, 1)", "Got 1"]),
    "nesterov without momentum": (lambda it: SGD(0.1, nesterov=True), ValueError, ["momentum above 0", "0.9"]),
    "nesterov in words": (lambda it: SGD(0.1, 0.9, nesterov="yes"), TypeError, ["nesterov must be True or False"]),
    "beta above 1": (lambda it: Adam(beta1=1.5), ValueError, ["beta1", "[0, 1)", "Got 1.5"]),
    "a rate of NaN": (lambda it: setattr(it.optimizer, "learning_rate", np.nan), ValueError, ["learning_rate", "Got nan"]),
    "a schedule that is called": (lambda it: cosine(0, "0.1", 10), TypeError, ["rate", "Got '0.1'"]),
    "a schedule of no steps taken": (lambda it: cosine(-1, 0.1, 10), ValueError, ["step", "at least 0", "Got -1"]),
    "a step along lists": (lambda it: it.optimizer.step([1.0], [0.5]), TypeError, ["parameters must be", "array"]),
    "a step along other gradients": (
        lambda it: it.optimizer.step(it.network.parameters, np.ones(3, np.float32)),
        ValueError,
        ["gradients", "(3,)"],
    ),
    "another optimizer's state": (lambda it: SGD(0.1, 0.9).restore(it.optimizer.state()), ValueError, ["SGD remembers"]),
    "a state that is a list": (lambda it: it.optimizer.restore([1, 2]), TypeError, ["state must be", "Got list"]),
    # Files
    "a network that is not there": (lambda it: Network.load(it.folder / "none.npz"), FileNotFoundError, ["none.npz"]),
    "a table for a network": (lambda it: Network.load(it.folder / "table.csv"), ValueError, FILE),
    "an empty file": (lambda it: Network.load(it.folder / "empty.npz"), ValueError, FILE),
    "half a file": (lambda it: Network.load(it.folder / "half.npz"), ValueError, FILE),
    "a file of another program": (lambda it: Network.load(it.folder / "foreign.npz"), ValueError, FILE),
    "a single array": (lambda it: Network.load(it.folder / "one.npy"), ValueError, FILE),
    "a model of Keras": (lambda it: Network.load(it.folder / "model.keras"), ValueError, FILE),
    "a folder": (lambda it: Network.load(it.folder), IsADirectoryError, ["directory"]),
    "a number for a path": (lambda it: Network.load(0), TypeError, ["path must be the name of a file", "Got 0"]),
    "a network saved into nothing": (lambda it: it.network.save(None), TypeError, ["path must be the name of a file"]),
    "an optimizer's name saved": (
        lambda it: it.network.save(it.folder / "new.npz", optimizer="adam"),
        TypeError,
        ["such as SGD(0.1) or Adam()", "Got 'adam'"],
    ),
    "an optimizer that was not saved": (
        lambda it: Network.load(it.folder / "alone.npz", optimizer=it.optimizer),
        ValueError,
        ["has no optimizer in it"],
    ),
    "ONNX of a list of layers": (lambda it: to_onnx([it.dense], "x.onnx"), TypeError, ["network must be a Network"]),
    "ONNX without a path": (lambda it: to_onnx(it.network, None), TypeError, ["path must be the name of a file"]),
    "a dictionary of PyTorch": (
        lambda it: from_torch(it.network, {"0.weight": np.ones((4, 2))}),
        TypeError,
        ["arrays must be a list", "state_dict().values()"],
    ),
    "weights of Keras that are none": (lambda it: from_keras(it.network, None), TypeError, ["get_weights()", "Got None"]),
    "weights of Keras with NaN": (
        lambda it: from_keras(it.network, [np.full((2, 4), np.nan), np.ones(4), np.ones((4, 3)), np.ones(3)]),
        ValueError,
        ["arrays[0] has 8 values that are NaN"],
    ),
    "results in another program's file": (
        lambda it: list(sweep(dict, {"a": [1]}, file=it.folder / "kept.jsonl")),
        ValueError,
        ["kept.jsonl begins with", "name another file"],
    ),
    "a sweep over a single value": (lambda it: list(sweep(dict, {"a": 1})), TypeError, ["must be a list", "write [1]"]),
    "a sweep over nothing": (lambda it: list(sweep(dict, {"a": []})), ValueError, ["grid['a'] is empty"]),
    # Data
    "a gate that is none": (lambda it: datasets.gate("xand"), ValueError, ["gate must be one of", "Did you mean"]),
    "noise below 0": (lambda it: datasets.moons(noise=-0.1), ValueError, ["noise", "Got -0.1"]),
    "one sample of moons": (lambda it: datasets.moons(1), ValueError, ["samples", "at least 4", "Got 1"]),
    "fractions that are more than all": (
        lambda it: datasets.split(X, Y, (0.8, 0.4), rng=it.rng),
        ValueError,
        ["add up to 1"],
    ),
    "a class of one sample shared out": (
        lambda it: datasets.split(X, [0] * 11 + [1], rng=it.rng),
        ValueError,
        ["only 1 samples", "too few"],
    ),
    "the test set with other features": (lambda it: datasets.standardize(X, X[:, :1]), ValueError, ["others[0] has 1 feature"]),
    "a stroke of one point": (lambda it: datasets.ink([[1.0, 2.0]]), ValueError, ["rows of 2 numbers", "pairs"]),
    "one-hot of words": (lambda it: one_hot(["a", "b"]), TypeError, ["labels holds 'a'", "np.unique"]),
    "one-hot of too few classes": (lambda it: one_hot([0, 3], 3), ValueError, ["label 3", "0 … 2"]),
    "one-hot of minus one class": (lambda it: one_hot([0, 1], -1), ValueError, ["classes", "at least 1", "Got -1"]),
    # Losses and gradients
    "a loss of texts": (lambda it: mse(["a"], ["b"]), TypeError, ["y_hat holds 'a'"]),
    "logits in place of probabilities": (
        lambda it: cross_entropy([[2.0, -1.0]], [0]),
        ValueError,
        ["apply sigmoid or softmax"],
    ),
    "the gradient of a number": (lambda it: numerical_gradient(3.0, [1.0]), TypeError, ["f must be a function", "Got 3.0"]),
    "the gradient of an array": (
        lambda it: numerical_gradient(lambda x: x**2, [1.0, 2.0]),
        ValueError,
        ["f(x) has shape (2,)", "sum() or mean()"],
    ),
    "epsilon 0": (lambda it: numerical_gradient(np.sum, [1.0], epsilon=0), ValueError, ["epsilon", "Got 0"]),
    "a side that is none": (lambda it: numerical_gradient(np.sum, [1.0], side="top"), ValueError, ["side must be one of"]),
    "a gradient check by another loss": (
        lambda it: check_gradients(it.network, X, Y, "binary_cross_entropy"),
        ValueError,
        ["goes with the output 'sigmoid'"],
    ),
    "a step without an optimizer": (
        lambda it: step(it.network, X, Y, "cross_entropy", None),
        TypeError,
        ["such as SGD(0.1) or Adam()", "Got None"],
    ),
    # The tape
    "shapes that cannot be stretched": (lambda it: it.value + np.ones(3), ValueError, ["(2, 2)", "(3,)", "do not fit"]),
    "matrices that do not fit": (lambda it: it.value @ np.ones((3, 2)), ValueError, ["(2, 2)", "(3, 2)", "transpose"]),
    "a product with a vector": (lambda it: it.value @ np.ones(2), ValueError, ["right side of @", "two dimensions"]),
    "a value of text": (lambda it: it.value * "abc", TypeError, ["data holds 'abc'"]),
    "a division by 0": (lambda it: it.value / 0, ValueError, ["0 has no inverse"]),
    "a power that is a value": (lambda it: it.value**it.value, TypeError, ["the power", "Got Value"]),
    "an axis that is not there": (lambda it: it.value.sum(axis=2), ValueError, ["axis 2", "(2, 2)"]),
    "a walk back from many numbers": (lambda it: it.value.backward(), ValueError, ["begins at one number", "sum() or mean()"]),
    # Single neurons
    "a neuron with softmax": (lambda it: Neuron([1, 2], activation="softmax"), ValueError, ["activation must be one of"]),
    "a neuron of three inputs for two": (lambda it: it.neuron([1.0, 2.0, 3.0]), ValueError, ["x has 3 numbers", "2 are"]),
    "a perceptron's labels 0 and 1": (lambda it: it.perceptron.fit(X, Y % 2), ValueError, ["2 * y - 1"]),
    "a perceptron asked too early": (lambda it: Perceptron().predict(X), ValueError, ["call fit(X, y) first"]),
    "a perceptron's epochs as text": (lambda it: Perceptron(epochs="10"), TypeError, ["epochs", "Got '10'"]),
    "a threshold below rest": (lambda it: SpikingNeuron(threshold=-70), ValueError, ["below threshold", "lower resting"]),
    "no time between steps": (lambda it: it.spiking.simulate(2.0, dt=0), ValueError, ["dt", "Got 0"]),
    "currents for other steps": (lambda it: it.spiking.simulate([1.0, 2.0]), ValueError, ["2000 steps", "one number a step"]),
    "weights for other spikes": (
        lambda it: synaptic_current([1.0], [0.0, 1.0], [1.0, 2.0]),
        ValueError,
        ["there are 1 spikes"],
    ),
    # Plots, exercises, the clinic
    "a plot of an activation misspelled": (lambda it: plotting.activation("sigmoyd"), ValueError, ["Did you mean 'sigmoid'?"]),
    "a plot upside down": (lambda it: plotting.activation("tanh", 5, -5), ValueError, ["high", "Got -5"]),
    "a plane of three features": (lambda it: plotting.plane(it.network, np.ones((3, 3)), [0, 1, 2]), ValueError, ["2 are"]),
    "curves of nothing": (lambda it: plotting.curves([]), ValueError, ["no loss in its 0 epochs"]),
    "curves of numbers": (lambda it: plotting.curves([0.5, 0.25]), TypeError, ["history", "nnlib.fit"]),
    "curves of another quantity": (lambda it: plotting.curves(it.history, "speed"), ValueError, ["quantity must be one of"]),
    "a plot into a text": (lambda it: plotting.curves(it.history, ax="left"), TypeError, ["ax must be", "'left'"]),
    "a confusion of other lengths": (lambda it: plotting.confusion([0, 1], [0]), ValueError, ["predicted has 1 labels"]),
    "a drawing of no network": (lambda it: plotting.network([1, 2]), TypeError, ["network must be a Network"]),
    "digits of another size": (lambda it: plotting.digits(np.ones((3, 49))), ValueError, ["49 features", "64 are expected"]),
    "an exercise that is none": (
        lambda it: exercises.check("neuron-boundry", 1),
        ValueError,
        ["Did you mean 'neuron-boundary'?"],
    ),
    "an examination of text": (lambda it: examine(dict, dict, None, [["a"]], [1]), TypeError, ["X holds 'a'"]),
    "an examination of ragged rows": (lambda it: examine(dict, dict, None, [[1], [1, 2]], [0, 1]), ValueError, ["X is ragged"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_words_and_changes_nothing(mistake, it):
    make, error, words = MISTAKES[mistake]
    before, files = state(vars(it)), sorted(it.folder.iterdir())
    with pytest.raises(error) as caught:
        make(it)
    assert caught.type is error
    message = str(caught.value)
    assert [word for word in words if word not in message] == [], message
    assert raised_by_nnlib(caught.value) or isinstance(caught.value, OSError), "the words are somebody else's"
    assert state(vars(it)) == before and sorted(it.folder.iterdir()) == files
    assert plt.get_fignums() == [], "a picture has been begun"
