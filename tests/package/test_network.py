"""Networks: forward and backward worked by hand, one vector of parameters, predictions, and files."""

import copy
import os
import pickle

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Residual,
    RMSProp,
    check_gradients,
    datasets,
    mlp,
    train,
)
from nnlib.activations import ACTIVATIONS
from nnlib.network import CHUNK


def worked_network():
    """Return 2 → 2 (ReLU) → 1, all numbers whole."""
    hidden = Dense(2, 2, weights=[[1, 2], [3, -1]], bias=[0, 1], dtype=np.float64)
    return Network([hidden, Activation("relu"), Dense(2, 1, weights=[[2], [1]], bias=[5], dtype=np.float64)])


def test_a_forward_and_backward_pass_by_hand():
    network = worked_network()
    # x = (1, 2): z₁ = 1·1 + 2·3 + 0 = 7, z₂ = 1·2 − 2·1 + 1 = 1; ŷ = 7·2 + 1·1 + 5 = 20
    # x = (1, 4): z = (13, −1), a = (13, 0); ŷ = 31
    assert network.forward([[1, 2], [1, 4]]).tolist() == [[20], [31]]
    to_input = network.backward([[1], [10]])
    # output layer: ∂W = aᵀ δ = (7 + 130, 1 + 0), ∂b = 11; blame of a: (2, 1), (20, 10); ReLU stops the last 10
    # hidden layer: δ = (2, 1), (20, 0); ∂W = Xᵀ δ = (2 + 20, 1; 4 + 80, 2), ∂b = (22, 1)
    assert network.gradients.tolist() == [22, 1, 84, 2, 22, 1, 137, 1, 11]
    # ∂X = δ Wᵀ: (2·1 + 1·2, 2·3 − 1·1), (20·1, 20·3)
    assert to_input.tolist() == [[4, 5], [20, 60]]


def test_all_parameters_lie_in_one_vector_and_layers_see_it():
    network = worked_network()
    assert network.parameters.tolist() == [1, 2, 3, -1, 0, 1, 2, 1, 5]
    network.parameters += 1
    assert network.layers[0].weights.tolist() == [[2, 3], [4, 0]]
    assert network.layers[2].bias.tolist() == [6]
    network.layers[2].bias = [9]
    assert network.parameters[-1] == 9
    for layer in network.layers[::2]:
        assert np.shares_memory(layer.weights, network.parameters)
        assert np.shares_memory(layer.bias_gradient, network.gradients)


def test_assigned_parameters_are_copied_in_and_a_wrong_length_is_refused():
    network, vector = worked_network(), np.arange(9.0)
    network.parameters = vector
    vector[:] = 0
    assert network.layers[0].weights.tolist() == [[0, 1], [2, 3]]
    with pytest.raises(ValueError, match=r"parameters has shape \(8,\), but Network\(2 → 2 → 1\).* needs \(9,\)"):
        network.parameters = np.arange(8.0)
    assert network.parameters.tolist() == list(range(9))


def test_xor_by_hand_set_weights():
    hidden = Dense(2, 2, weights=[[1, 1], [1, 1]], bias=[-0.5, -1.5])  # at least one, both
    network = Network([hidden, Activation("step"), Dense(2, 1, weights=[[1], [-1]], bias=[-0.5]), Activation("step")])
    assert network.predict([[0, 0], [0, 1], [1, 0], [1, 1]]).tolist() == [0, 1, 1, 0]


def test_linear_layers_collapse_into_one():
    one, two = Dense(3, 4, dtype=np.float64, rng=0), Dense(4, 2, dtype=np.float64, bias=0.5, rng=1)
    single = Dense(3, 2, weights=one.weights @ two.weights, bias=one.bias @ two.weights + two.bias, dtype=np.float64)
    X = np.random.default_rng(0).normal(size=(5, 3))
    np.testing.assert_allclose(Network([one, two]).forward(X), single.forward(X), rtol=1e-13)


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "step"])
@pytest.mark.parametrize("output", ["identity", "sigmoid", "softmax"])
def test_backward_is_the_slope_in_every_parameter_and_every_input(activation, output):
    rng = np.random.default_rng(0)
    network = mlp([3, 4, 3, 2], activation, output, dtype=np.float64, rng=1)
    network.parameters += rng.normal(0, 0.1, network.parameters.shape)  # biases off 0, away from kinks
    X, c, h = rng.normal(size=(5, 3)), rng.normal(size=(5, 2)), 1e-5
    network.forward(X)
    to_input = network.backward(c)
    for array, gradient in ((network.parameters, network.gradients.copy()), (X, to_input)):
        for place in np.ndindex(array.shape):
            here, values = array[place], []
            for array[place] in (here + h, here - h):
                values.append((network.forward(X) * c).sum())
            array[place] = here
            assert abs((values[0] - values[1]) / (2 * h) - gradient[place]) < 1e-8


def test_at_z_skips_the_output_activation_and_without_to_input_the_gradients_stay_the_same():
    network = mlp([3, 4, 2], "tanh", dtype=np.float64, rng=0)
    X, delta = np.ones((5, 3)), np.random.default_rng(0).normal(size=(5, 2))
    bare = Network(copy.deepcopy(network.layers[:-1]))
    network.forward(X)
    assert network.backward(delta, at_z=True, to_input=False) is None
    bare.forward(X)
    bare.backward(delta, at_z=True)
    assert np.array_equal(network.gradients, bare.gradients)


def test_a_dropout_on_the_inputs_comes_before_the_first_weights():
    network = Network([Dropout(0.5, rng=0), Dense(4, 2, rng=0), Activation("softmax")])
    X = np.ones((3, 4))
    network.forward(X, training=True)
    assert network.backward(np.ones((3, 2)), to_input=False) is None
    network.forward(X, training=True)
    to_input = network.backward(np.eye(3, 2))
    assert to_input.shape == (3, 4)
    assert (to_input == 0).any()


def test_dropout_acts_in_training_only():
    network = mlp([4, 50, 3], dropout=0.5, rng=0)
    X = np.ones((2, 4))
    assert np.array_equal(network.forward(X), network.forward(X))
    assert not np.array_equal(network.forward(X, training=True), network.forward(X, training=True))


def test_predictions_are_classes_for_softmax_bits_for_sigmoid_and_numbers_otherwise():
    X = np.random.default_rng(0).normal(size=(20, 3))
    softmax, sigmoid, sigmoids, identity = (
        mlp([3, n, n], "tanh", o, rng=0) for n, o in ((4, "softmax"), (1, "sigmoid"), (4, "sigmoid"), (2, "identity"))
    )
    assert np.array_equal(softmax.predict(X), softmax.forward(X).argmax(axis=1))
    assert np.array_equal(sigmoid.predict(X), (sigmoid.forward(X)[:, 0] >= 0.5).astype(int))
    assert sigmoid.predict(X).dtype.kind == "i"
    assert np.array_equal(sigmoids.predict(X), sigmoids.forward(X) >= 0.5)
    assert np.array_equal(identity.predict(X), identity.forward(X))
    assert np.array_equal(softmax.predict_proba(X), softmax.forward(X))
    with pytest.raises(ValueError, match="the output 'identity' gives no probabilities: use predict"):
        identity.predict_proba(X)


def test_many_rows_are_predicted_in_chunks_to_the_same_numbers():
    network = mlp([3, 5, 2], dtype=np.float64, rng=0)
    X = np.random.default_rng(0).normal(size=(2 * CHUNK + 3, 3))
    np.testing.assert_allclose(network.predict_proba(X), network.forward(X), rtol=1e-13)


def test_a_trace_has_the_output_of_every_layer():
    network = worked_network()
    # x = (1, 4): z = (13, −1), a = (13, 0); ŷ = 13·2 + 0·1 + 5 = 31, as above
    assert [output.tolist() for output in network.trace([[1, 4]])] == [[[13, -1]], [[13, 0]], [[31]]]
    network = mlp([3, 4, 2], dropout=0.5, rng=0)
    X = np.ones((5, 3))
    trace = network.trace(X)
    assert len(trace) == len(network.layers)
    assert np.array_equal(trace[-1], network.forward(X))
    assert {output.dtype for output in trace} == {network.dtype}


def test_after_a_trace_one_may_go_backward_as_after_a_forward_pass():
    network, same = mlp([3, 4, 2], dtype=np.float64, rng=0), mlp([3, 4, 2], dtype=np.float64, rng=0)
    X, delta = np.ones((5, 3)), np.arange(10.0).reshape(5, 2)
    network.trace(X)
    same.forward(X)
    assert np.array_equal(network.backward(delta), same.backward(delta))
    assert np.array_equal(network.gradients, same.gradients)


def test_predicting_leaves_nothing_for_backward():
    network = worked_network()
    y_hat = network.forward([[1, 2]])
    network.predict([[3, 4]])
    with pytest.raises(ValueError, match="call forward before each backward"):
        network.backward(np.ones_like(y_hat))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(X=arrays.arrays(np.float64, (4, 3), elements=st.floats(-100, 100)))
def test_everything_stays_in_the_precision_of_the_network(dtype, X):
    network = mlp([3, 4, 2], "elu", dropout=0.3, dtype=dtype, rng=0)
    y_hat = network.forward(X, training=True)
    to_input = network.backward(np.ones_like(y_hat))
    arrays_seen = [y_hat, to_input, network.parameters, network.gradients, network.predict_proba(X)]
    assert {array.dtype for array in arrays_seen} == {np.dtype(dtype)}


def test_mlp_is_dense_activation_and_dropout_in_turn():
    network = mlp([784, 128, 10], dropout=0.2)
    expected = "[Dense(784 → 128), 100,480 parameters, Activation(relu), Dropout(0.2), Dense(128 → 10), 1,290 parameters, "
    assert repr(network.layers) == expected + "Activation(softmax)]"
    assert repr(network) == "Network(784 → 128 → 10), 101,770 parameters"
    assert network.dtype == np.float32
    assert network.parameters.size == 784 * 128 + 128 + 128 * 10 + 10
    assert not network.layers[0].bias.any()


def test_the_summary_counts_every_layer():
    assert mlp([64, 32, 10], dropout=0.5).summary().splitlines() == [
        "layer                   output  parameters",
        "Dense(64 → 32)              32       2,080",
        "Activation(relu)            32           0",
        "Dropout(0.5)                32           0",
        "Dense(32 → 10)              10         330",
        "Activation(softmax)         10           0",
        "total                                2,410",
    ]


@given(st.integers(0, 100))
def test_a_seed_gives_the_same_network_bit_for_bit(seed):
    assert mlp([3, 4, 2], rng=seed).parameters.tobytes() == mlp([3, 4, 2], rng=np.random.default_rng(seed)).parameters.tobytes()


def test_another_seed_gives_another_network():
    assert not np.array_equal(mlp([3, 4, 2], rng=0).parameters, mlp([3, 4, 2], rng=1).parameters)


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))])
def test_a_copy_is_whole_and_apart(duplicate):
    network = mlp([3, 4, 2], dropout=0.2, dtype=np.float64, rng=0)
    twin = duplicate(network)
    assert np.array_equal(twin.predict_proba(np.ones((2, 3))), network.predict_proba(np.ones((2, 3))))
    before = network.parameters.copy()
    twin.parameters += 1
    assert np.array_equal(network.parameters, before)
    assert np.shares_memory(twin.layers[0].weights, twin.parameters)


def test_astype_gives_a_copy_in_the_other_precision():
    network = mlp([3, 4, 2], rng=0)
    double = network.astype(np.float64)
    assert double.parameters.dtype == double.layers[0].weights.dtype == double.forward(np.ones((1, 3))).dtype == np.float64
    assert np.array_equal(double.parameters, network.parameters)
    assert double.astype(np.float32).parameters.tobytes() == network.parameters.tobytes()
    assert network.parameters.dtype == np.float32


@pytest.mark.parametrize(
    ("layers", "error", "words"),
    [
        (
            lambda: [Dense(2, 4), Activation("relu"), Dense(5, 3)],
            ValueError,
            r"layers\[0\], Dense\(2 → 4\).* does not fit layers\[2\], Dense\(5 → 3\)",
        ),
        (
            lambda: [Dense(2, 4), Dense(4, 3, dtype=np.float64)],
            ValueError,
            r"float32, does not fit .*float64: .* the same dtype",
        ),
        (
            lambda: [Dense(2, 4), "relu"],
            TypeError,
            r"layers\[1\] must be a layer, such as Activation\('relu'\). Got 'relu' instead",
        ),
        (
            lambda: [Dense(2, 2)] * 2,
            ValueError,
            r"layers\[1\], Dense\(2 → 2\).* is in a network already: pass copy.deepcopy",
        ),
        (lambda: worked_network().layers, ValueError, r"layers\[0\], Dense\(2 → 2\).* is in a network already"),
        (lambda: [], ValueError, "pass at least one Dense"),
        (lambda: [Activation("relu")], ValueError, "layers holds no layer with weights"),
        (lambda: [Dense(2, 1), Activation("softmax")], ValueError, "softmax of one output is always 1: end in sigmoid"),
    ],
)
def test_layers_that_make_no_network_are_refused_when_it_is_built(layers, error, words):
    with pytest.raises(error, match=words):
        Network(layers())


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"sizes": [2, 0, 1]}, ValueError, r"sizes\[1\] must be a whole number of at least 1. Got 0 instead"),
        ({"sizes": [2, -3, 1]}, ValueError, r"sizes\[1\] .* Got -3 instead"),
        ({"sizes": [2, 4.5, 1]}, ValueError, r"sizes\[1\] .* Got 4.5 instead"),
        ({"sizes": [2]}, ValueError, r"sizes must be a list such as \[inputs, hidden, outputs\]. Got \[2\] instead"),
        ({"sizes": 3}, ValueError, "sizes must be a list"),
        ({"activation": "rleu"}, ValueError, "Got 'rleu' instead. Did you mean 'relu'"),
        ({"output": "sotfmax"}, ValueError, "Got 'sotfmax' instead. Did you mean 'softmax'"),
        ({"dropout": 1.0}, ValueError, r"dropout must be a number in \[0, 1\). Got 1.0 instead"),
        ({"dropout": 1.5}, ValueError, "Got 1.5 instead"),
        ({"dropout": "0.5"}, TypeError, "dropout must be a number"),
        ({"dtype": np.int64}, ValueError, "dtype must be np.float32 or np.float64"),
        ({"rng": 0.5}, TypeError, "rng must be a whole number"),
    ],
)
def test_networks_that_cannot_be_are_refused(settings, error, words):
    with pytest.raises(error, match=words):
        mlp(**{"sizes": [2, 4, 3], **settings})


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_saved_network_is_loaded_bit_for_bit(tmp_path, dtype):
    network = mlp([3, 4, 2], "gelu", dropout=0.25, dtype=dtype, rng=0)
    path = tmp_path / "a network.npz"
    network.save(path)
    loaded = Network.load(path)
    assert loaded.parameters.tobytes() == network.parameters.tobytes()
    assert loaded.dtype == dtype
    assert repr(loaded.layers) == repr(network.layers)
    assert [file.name for file in tmp_path.iterdir()] == ["a network.npz"]


def test_the_path_is_taken_as_it_is_and_the_file_holds_no_pickle(tmp_path):
    path = str(tmp_path / "model")
    mlp([3, 4, 2], rng=0).save(path)
    assert os.listdir(tmp_path) == ["model"]
    with np.load(path, allow_pickle=False) as file:
        assert sorted(file.files) == ["layers", "parameters", "terms"]


@pytest.mark.parametrize("batch_size", [None, 4])
@pytest.mark.parametrize("make", [lambda: SGD(0.1), lambda: SGD(0.1, momentum=0.9), RMSProp, Adam, AdamW])
def test_training_goes_on_from_a_file_to_the_same_numbers(tmp_path, make, batch_size):
    X, y = np.random.default_rng(0).normal(size=(10, 3)), np.arange(10) % 2
    path = tmp_path / "model.npz"

    def trained(network, optimizer, epochs, rng):
        list(train(network, X, y, loss="cross_entropy", optimizer=optimizer, epochs=epochs, batch_size=batch_size, rng=rng))

    whole, half = mlp([3, 4, 2], rng=0), mlp([3, 4, 2], rng=0)
    trained(whole, make(), 5, 0)
    optimizer, rng = make(), np.random.default_rng(0)
    trained(half, optimizer, 3, rng)
    half.save(path, optimizer=optimizer)
    continued = make()
    loaded = Network.load(path, optimizer=continued)
    assert loaded.parameters.tobytes() == half.parameters.tobytes() != whole.parameters.tobytes()
    trained(loaded, continued, 2, rng)  # the generator is not in the file: it has gone on by itself
    assert loaded.parameters.tobytes() == whole.parameters.tobytes()
    assert Network.load(path).parameters.tobytes() == half.parameters.tobytes()


def test_an_optimizer_that_the_file_has_not_or_of_another_kind_is_refused_and_stays_as_it_was(tmp_path):
    network, optimizer, path = worked_network(), Adam(), tmp_path / "model.npz"
    network.save(path)
    with pytest.raises(ValueError, match=r"model.npz has no optimizer in it: save it with optimizer=…"):
        Network.load(path, optimizer=optimizer)
    momentum = SGD(0.1, momentum=0.9)
    momentum.step(network.parameters, network.gradients)
    network.save(path, optimizer=momentum)
    with pytest.raises(ValueError, match="the state has steps, v, but Adam remembers steps, m, s"):
        Network.load(path, optimizer=optimizer)
    assert optimizer.state() == {"steps": 0}


def test_a_save_that_fails_leaves_the_older_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "model.npz"
    worked_network().save(path)
    before = path.read_bytes()

    def broken(file, **arrays):
        file.write(b"half a fi")
        raise OSError("the disk is full")

    monkeypatch.setattr(np, "savez", broken)
    with pytest.raises(OSError, match="the disk is full"):
        mlp([3, 4, 2]).save(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["model.npz"]


def test_a_layer_that_load_would_not_know_is_not_saved(tmp_path):
    class Own(Dense):
        pass

    with pytest.raises(ValueError, match=r"a layer to save must be one of 'Dense', .*'Residual'. Got 'Own' instead"):
        Network([Own(2, 1)]).save(tmp_path / "model.npz")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        Network.load(tmp_path / "none.npz")


def foreign_files():
    import io

    def npz(**arrays):
        file = io.BytesIO()
        np.savez(file, **arrays)
        return file.getvalue()

    layers, parameters = '[["Dense", {"inputs": 2, "outputs": 1}]]', np.ones(3, np.float32)
    plain = io.BytesIO()
    np.save(plain, parameters)
    return {
        "empty": b"",
        "text": b"dear diary",
        "npy": plain.getvalue(),
        "pickle": pickle.dumps({"weights": [1.0]}),
        "other npz": npz(x=parameters),
        "no json": npz(layers="dear diary", parameters=parameters),
        "no list": npz(layers="3", parameters=parameters),
        "unknown layer": npz(layers='[["os.system", {}]]', parameters=parameters),
        "unknown setting": npz(layers='[["Dense", {"inputs": 2, "exputs": 1}]]', parameters=parameters),
        "wrong sizes": npz(layers='[["Dense", {"inputs": 2, "outputs": 7}]]', parameters=parameters),
        "too few parameters": npz(layers=layers, parameters=parameters[:2]),
        "text for parameters": npz(layers=layers, parameters=np.array(["a", "b", "c"])),
        "NaN": npz(layers=layers, parameters=parameters * np.nan),
    }


@pytest.mark.parametrize(("kind", "content"), foreign_files().items(), ids=foreign_files())
def test_a_file_that_is_no_network_is_refused_by_its_name(tmp_path, kind, content):
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"model\.npz is damaged, or not a network that save wrote"):
        Network.load(path)


def test_a_pickle_in_a_file_is_never_run(tmp_path):
    class Trap:
        def __reduce__(self):
            return (tmp_path / "sprung").touch, ()

    path = tmp_path / "model.npz"
    for name in ("layers", "parameters"):
        arrays = {"layers": '[["Dense", {"inputs": 2, "outputs": 1}]]', "parameters": np.ones(3, np.float32)}
        np.savez(path, **{**arrays, name: np.array([Trap()], dtype=object)})
        with pytest.raises(ValueError, match="is damaged, or not a network that save wrote"):
            Network.load(path)
        assert not (tmp_path / "sprung").exists()


def test_a_file_cut_off_anywhere_is_refused(tmp_path):
    path = tmp_path / "model.npz"
    worked_network().save(path)
    whole = path.read_bytes()
    for length in range(0, len(whole), 25):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match="is damaged, or not a network that save wrote"):
            Network.load(path)


def test_a_flipped_bit_in_the_weights_is_noticed(tmp_path):
    path = tmp_path / "model.npz"
    network = worked_network()
    network.save(path)
    content = bytearray(path.read_bytes())
    content[content.index(network.parameters.tobytes()) + 3] ^= 1
    path.write_bytes(content)
    with pytest.raises(ValueError, match="is damaged"):
        Network.load(path)


# residual blocks


def block(width=3, dtype=np.float64, rng=0):
    rng = np.random.default_rng(rng)
    return Residual([Dense(width, 5, dtype=dtype, rng=rng), Activation("tanh"), Dense(5, width, dtype=dtype, rng=rng)])


def test_a_residual_block_by_hand():
    # f(x) = ReLU(x W): the row (1, −2) through W = ((2, 0), (0, 1)) is (2, −2), ReLU (2, 0), plus x: (3, −2)
    one = Residual([Dense(2, 2, weights=[[2, 0], [0, 1]]), Activation("relu")])
    assert one.forward([[1, -2]]).tolist() == [[3, -2]]
    # δ = (1, 10): back through ReLU (1, 0), through W (2, 0), and δ itself once more: (3, 10)
    assert one.backward([[1, 10]]).tolist() == [[3, 10]]
    assert one.gradients.tolist() == [1, 0, -2, 0, 1, 0]


def test_a_block_of_zeros_lets_everything_through_both_ways():
    one, X = Residual([Dense(2, 2, weights="zeros")]), np.array([[1.5, -2.0]], np.float32)
    assert np.array_equal(one.forward(X), X)
    assert np.array_equal(one.backward(X), X)


def deep(dtype=np.float32):
    inner = Residual([LayerNorm(3, dtype=dtype), block(dtype=dtype, rng=1), Dropout(0.3, rng=0)])
    layers = [Dense(2, 3, rng=0, dtype=dtype), block(dtype=dtype), BatchNorm(3, dtype=dtype), inner]
    return Network([*layers, Dense(3, 2, rng=1, dtype=dtype), Activation("softmax")])


def test_blocks_in_blocks_pass_the_check_of_their_gradients_and_each_layer_is_named():
    X, y = datasets.moons(20, rng=0)
    report = check_gradients(deep(), X, y, "cross_entropy")
    assert report.passed, report
    names = [row.layer for row in report]
    assert names[2:4] == ["1.0 Dense(3 → 5)"] * 2
    assert names[8:12] == ["3.0 LayerNorm(3)"] * 2 + ["3.1.0 Dense(3 → 5)"] * 2


def test_all_parameters_of_a_block_lie_in_the_vector_of_its_network():
    one = deep()
    weights = one.layers[3].layers[1].layers[0].weights
    assert np.shares_memory(weights, one.parameters)
    one.parameters[:] = range(one.parameters.size)
    assert one.layers[3].parameters.tolist()[:6] == [*one.layers[3].layers[0].gain, *one.layers[3].layers[0].bias]
    assert weights.ravel().tolist() == one.layers[3].parameters.tolist()[6:21]


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_network_of_blocks_is_trained_copied_and_saved(duplicate, tmp_path):
    X, y = datasets.moons(60, rng=0)
    one = deep()
    list(train(one, X, y, loss="cross_entropy", optimizer=SGD(0.1), epochs=2, batch_size=20, rng=0))
    one.save(tmp_path / "one.npz")
    for twin in (duplicate(one), Network.load(tmp_path / "one.npz")):
        assert np.array_equal(twin.run(X), one.run(X))
        assert twin.summary() == one.summary()
        twin.parameters[:] = 0
        assert not twin.layers[1].layers[0].weights.any()
        assert one.layers[1].layers[0].weights.all()
    assert one.astype(np.float64).layers[3].layers[1].dtype == np.float64


def test_a_block_that_is_copied_is_free():
    one = Network([block()])
    for twin in (copy.deepcopy(one.layers[0]), pickle.loads(pickle.dumps(one.layers[0]))):
        Network([twin]).parameters[:] = 0
    assert one.layers[0].layers[0].weights.all()
    with pytest.raises(ValueError, match=r"layers\[0\], Dense.* is in a network already"):
        Network(one.layers[0].layers)


def test_a_block_forgets_whole_and_needs_a_forward_before_each_backward():
    one = Network([block()])
    one.run(np.ones((2, 3)))
    assert one.layers[0].layers[0]._memory is None
    with pytest.raises(ValueError, match="call forward before each backward"):
        one.layers[0].backward(np.ones((2, 3)))


def test_dropout_in_a_block_acts_in_training_alone():
    one = Residual([Dense(2, 2, weights=[[1, 0], [0, 1]]), Dropout(0.5, rng=0)])
    X = np.ones((50, 2))
    assert (one.forward(X) == 2).all()
    assert set(np.unique(one.forward(X, training=True))) == {1, 3}


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (
            lambda: Residual([Dense(2, 3)]),
            ValueError,
            r"Residual\(2 → 3\).* cannot add x to f\(x\)",
        ),
        (lambda: Residual([]), ValueError, "layers holds no layer with weights"),
        (lambda: Residual([Dense(2, 2), "relu"]), TypeError, r"layers\[1\] must be a layer"),
        (
            lambda: Network([Dense(2, 3), block(4, np.float32)]),
            ValueError,
            r"Residual\(4 → 4\).*: give the second",
        ),
        (lambda: block().forward(np.ones((2, 4))), ValueError, "X has 4 features"),
    ],
)
def test_a_block_that_cannot_be_is_refused(make, error, words):
    with pytest.raises(error, match=words):
        make()
