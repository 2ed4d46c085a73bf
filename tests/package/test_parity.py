"""nnlib computes what PyTorch and scikit-learn compute, in float64, to 1e-12.

Their numbers are in peers/recorded.json, with all that each case starts from; peers/record.py wrote it and tells how.
`make peers` has it compute them anew, and runs these tests with the file that NNLIB_PEERS names in the record's place.
One comparison is looser: above z = 20 PyTorch takes softplus for z itself, which is off by up to e⁻²⁰ = 2e-9.
"""

import hashlib
import json
import math
import os
import re
from pathlib import Path

import numpy as np
import pytest
from peers import record

from nnlib import datasets, losses, mlp, normalization, optimizers, train
from nnlib.activations import ACTIVATIONS
from nnlib.losses import LOSSES
from nnlib.training import as_samples, backpropagate

PINS = Path(__file__).parents[1] / "peers" / "requirements.txt"
PEERS = json.loads(Path(os.environ.get("NNLIB_PEERS", record.RECORD)).read_text(encoding="utf-8"))
NETWORKS, OPTIMIZERS, SCIKIT = PEERS["networks"], PEERS["optimizers"], PEERS["scikit-learn"]
TOLERANCE = 1e-12


def assert_same(ours, theirs, tolerance=TOLERANCE):
    """Fail unless each of our numbers is as near to theirs as the tolerance, relative to theirs where that is above 1."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    assert ours.dtype == np.float64 and ours.shape == theirs.shape
    assert (abs(ours - theirs) <= tolerance * np.maximum(1, abs(theirs))).all(), f"ours: {ours}\ntheirs: {theirs}"


def assert_near(ours, theirs):
    """Fail unless our numbers are in float32 and theirs to the precision that is left of it after a few dozen sums."""
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, rtol=2e-5, atol=2e-5)


def network_of(case, dtype=np.float64):
    """Return nnlib's network of a case, and the case's batch, ready for the loss."""
    network = mlp(case["sizes"], case["activation"], case["output"], dtype=dtype)
    network.parameters = case["parameters"]
    return network, *as_samples(network, LOSSES[case["loss"]], case["X"], case["y"])


def gradients(case, chain):
    """Return ∂L/∂parameters, by the chain rule through the output activation or the short way that training takes."""
    network, X, y = network_of(case)
    y_hat, loss = network.forward(X), LOSSES[case["loss"]]
    if chain:
        network.backward(loss.gradient(y_hat, y))
    else:
        backpropagate(network, loss, y_hat, y)
    return network.gradients


def trained(case, dtype=np.float64, **changed):
    """Return the parameters of the first network after the steps of a case's optimizer."""
    network, X, y = network_of(NETWORKS[0], dtype)
    optimizer = getattr(optimizers, case["optimizer"])(**case["settings"] | changed)
    list(train(network, X, y, loss=NETWORKS[0]["loss"], optimizer=optimizer, epochs=case["steps"]))
    return network.parameters


def of_networks(test):
    ids = [f"{case['activation']}-{case['loss']}-{len(case['sizes'])}" for case in NETWORKS]
    return pytest.mark.parametrize("case", NETWORKS, ids=ids)(test)


def of_optimizers(test):
    ids = ["-".join([case["optimizer"], *case["settings"]]) for case in OPTIMIZERS]
    return pytest.mark.parametrize("case", OPTIMIZERS, ids=ids)(test)


def test_every_activation_loss_and_optimizer_is_compared():
    used = {case[place] for case in NETWORKS for place in ("activation", "output")}
    assert used == set(ACTIVATIONS) - {"step"}  # which has no slope to train by, and no peer
    assert {case["activation"] for case in PEERS["points"]} == used - {"identity", "softmax"}
    compared = {case["loss"] for case in NETWORKS}
    assert {case["loss"] for case in SCIKIT["losses"]} == compared
    assert compared | {f"{name}_with_logits" for name in compared - {"mse"}} == set(LOSSES)
    assert {case["optimizer"] for case in OPTIMIZERS} == {"SGD", "RMSProp", "Adam", "AdamW"}


def test_every_case_that_record_py_lists_was_computed():
    assert [(case["sizes"], case["activation"], case["loss"]) for case in NETWORKS] == record.NETWORKS
    assert [(case["optimizer"], case["settings"]) for case in OPTIMIZERS] == record.OPTIMIZERS


def test_the_record_was_written_with_the_versions_that_make_peers_installs():
    pins = dict(re.findall(r"^([a-z-]+)==([\d.]+)", PINS.read_text(encoding="utf-8"), re.MULTILINE))
    versions = json.loads(record.RECORD.read_text(encoding="utf-8"))["versions"]
    assert {name: version.partition("+")[0] for name, version in versions.items()}.items() <= pins.items()


@pytest.mark.parametrize("case", PEERS["points"], ids=lambda case: case["activation"])
def test_activations_and_slopes_are_pytorchs_at_kinks_in_tails_and_between(case):
    function, derivative = ACTIVATIONS[case["activation"]]
    z = np.array(case["z"])
    assert_same(function(z), case["a"])
    assert_same(derivative(z), case["slope"])


def test_above_20_softplus_goes_on_to_be_exact_where_pytorch_rounds_it_off():
    case = PEERS["softplus_above_20"]
    z = np.array(case["z"])
    function, derivative = ACTIVATIONS["softplus"]
    assert case["a"] == case["z"] and set(case["slope"]) == {1}
    assert_same(function(z), case["a"], math.exp(-20))
    assert_same(derivative(z), case["slope"], math.exp(-20))
    assert_same(function(z), z + np.log1p(np.exp(-z)))


@of_networks
def test_predictions_and_losses_are_pytorchs(case):
    network, X, y = network_of(case)
    y_hat = network.forward(X)
    assert_same(y_hat, case["y_hat"])
    assert_same(LOSSES[case["loss"]].value(y_hat, y), case["value"])


@pytest.mark.parametrize("chain", [True, False], ids=["chain", "short"])
@pytest.mark.parametrize("case", [case for case in NETWORKS if case["loss"] != "mse"], ids=lambda case: case["activation"])
def test_losses_from_logits_and_their_gradients_are_pytorchs(case, chain):
    case = case | {"output": "identity", "loss": f"{case['loss']}_with_logits"}
    network, X, y = network_of(case)
    assert_same(LOSSES[case["loss"]].value(network.forward(X), y), case["value"])
    assert_same(gradients(case, chain), case["gradients"])


@pytest.mark.parametrize("chain", [True, False], ids=["chain", "short"])
@of_networks
def test_the_gradient_of_every_parameter_is_pytorchs(case, chain):
    assert_same(gradients(case, chain), case["gradients"])


@of_networks
def test_the_gradient_of_every_input_is_pytorchs(case):
    network, X, y = network_of(case)
    assert_same(network.backward(LOSSES[case["loss"]].gradient(network.forward(X), y)), case["X_gradient"])


@pytest.mark.parametrize("case", PEERS["normalization"], ids=lambda case: case["layer"])
def test_normalization_is_pytorchs_in_training_on_the_way_back_and_in_predicting(case):
    layer = getattr(normalization, case["layer"])(4, dtype=np.float64)
    layer.gain, layer.bias = case["gain"], case["bias"]
    assert_same(layer.forward(case["X"], training=True), case["z"])
    assert_same(layer.backward(case["delta"]), case["X_gradient"])
    for name in {"gain_gradient", "bias_gradient", "mean", "variance"} & set(case):
        assert_same(getattr(layer, name), case[name])
    assert_same(layer.forward(case["other"]), case["predicted"])


@of_optimizers
def test_after_50_steps_the_parameters_are_those_of_pytorchs_optimizer(case):
    assert case["steps"] == 50
    assert_same(trained(case), case["parameters"])


@of_networks
def test_float32_stays_float32_and_near_to_pytorchs_float64(case):
    network, X, y = network_of(case, np.float32)
    y_hat = network.forward(X)
    assert_near(y_hat, case["y_hat"])
    back = network.backward(LOSSES[case["loss"]].gradient(y_hat, y))
    assert_near(back, case["X_gradient"])
    assert_near(network.gradients, case["gradients"])


@of_optimizers
def test_float32_stays_float32_for_50_steps_and_near_to_pytorchs_float64(case):
    assert_near(trained(case, np.float32), case["parameters"])


@pytest.mark.parametrize("name", ["RMSProp", "Adam", "AdamW"])
def test_an_epsilon_ten_times_too_large_is_found(name):
    [case] = [case for case in OPTIMIZERS if (case["optimizer"], case["settings"]) == (name, {})]
    with pytest.raises(AssertionError, match="ours"):
        assert_same(trained(case, epsilon=1e-7), case["parameters"])


@pytest.mark.parametrize("chain", [True, False], ids=["chain", "short"])
@of_networks
def test_gradients_twice_too_large_are_found(case, chain, monkeypatch):
    def twice(function):
        return function and (lambda *values: 2 * function(*values))

    loss = LOSSES[case["loss"]]
    monkeypatch.setitem(LOSSES, case["loss"], loss._replace(gradient=twice(loss.gradient), delta=twice(loss.delta)))
    with pytest.raises(AssertionError, match="ours"):
        assert_same(gradients(case, chain), case["gradients"])


@pytest.mark.parametrize("case", SCIKIT["losses"], ids=lambda case: case["loss"])
def test_losses_are_those_of_scikit_learn(case):
    assert_same(getattr(losses, case["loss"])(case["y_hat"], case["y"]), case["value"])


def test_standardizing_is_that_of_scikit_learn_also_for_a_constant_feature_and_a_second_set():
    case = SCIKIT["standardize"]
    assert np.ptp(case["X_train"], axis=0)[3] == 0
    for ours, theirs in zip(datasets.standardize(case["X_train"], case["X_test"]), case["scaled"], strict=True):
        assert_same(ours, theirs)


@pytest.mark.parametrize("name", SCIKIT["sha256"])
def test_data_sets_are_those_of_scikit_learn_to_the_last_bit(name):
    X, y = getattr(datasets, name)()
    assert hashlib.sha256(X.astype("<f8").tobytes() + y.astype("<i8").tobytes()).hexdigest() == SCIKIT["sha256"][name]
