"""A network as an ONNX file: its graph, read back and run by `onnx_file`, is the network.

`make peers` runs the same in onnxruntime, peers/in_onnxruntime.py.
"""

import doctest
import importlib

import numpy as np
import pytest
from onnx_file import Model, fields

from nnlib import Activation, Dense, Dropout, Network, mlp
from nnlib.activations import ACTIVATIONS
from nnlib.exchange import onnx_bytes, protobuf, to_onnx
from nnlib.layers import Layer
from nnlib.network import LAYERS, Residual
from nnlib.normalization import BatchNorm, LayerNorm

DTYPES = [np.float32, np.float64]
X = np.random.default_rng(0).normal(size=(7, 3))


def every_layer(dtype):
    """Return a network with every kind of layer, blocks within blocks."""
    block = Residual([LayerNorm(4, dtype=dtype), Dense(4, 4, dtype=dtype, rng=1)])
    seen = BatchNorm(4, mean=[1, 2, 3, 4], variance=[4, 3, 2, 1], dtype=dtype)
    layers = [Activation("tanh"), Dense(3, 4, dtype=dtype, rng=2), seen, Dropout(0.5)]
    layers += [Residual([Dense(4, 4, dtype=dtype, rng=3), Activation("relu"), block]), Dense(4, 2, dtype=dtype, rng=4)]
    network = Network([*layers, Activation("identity")])
    network.parameters += np.linspace(-0.3, 0.3, network.parameters.size, dtype=dtype)
    return network


def assert_same(network, tolerance=None):
    """Fail unless the graph of a network computes what the network does."""
    model = Model(onnx_bytes(network))
    y_hat = model.run(X.astype(network.dtype))
    assert y_hat.dtype == network.dtype
    tolerance = tolerance or {"float32": 1e-6, "float64": 1e-14}[network.dtype.name]
    np.testing.assert_allclose(y_hat, network.run(X), rtol=tolerance, atol=tolerance)
    return model


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_graph_computes_what_the_network_does(activation, dtype):
    network = mlp([3, 5, 4, 2], activation, activation, dropout=0.5, dtype=dtype, rng=1)
    leak = 1e-7 if activation == "leaky_relu" else None  # ONNX has it in float32
    model = assert_same(network, leak)
    assert (model.opset, model.format) == (20, 9)


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_kind_of_layer_has_its_operations(dtype):
    network = every_layer(dtype)
    inside = [*network.layers, *network.layers[4].layers, *network.layers[4].layers[-1].layers]
    assert {type(layer) for layer in inside} == set(LAYERS.values())
    assert_same(network, 1e-6 if dtype is np.float32 else 1e-12)  # ε is in float32, too


def test_the_graph_has_the_names_of_the_course_and_rows_as_many_as_come():
    network = mlp([3, 4, 2], "silu", "softmax", dtype=np.float64, rng=0)
    model = Model(onnx_bytes(network))
    assert [f"{output} = {operation}({', '.join(inputs)})" for operation, inputs, output, _ in model.nodes] == [
        "z1 = Gemm(X, W1, b1)",
        "s1 = Sigmoid(z1)",
        "a1 = Mul(z1, s1)",
        "z2 = Gemm(a1, W2, b2)",
        "y_hat = Softmax(z2)",
    ]
    assert model.inputs == {"X": (np.float64, ["samples", 3])} and model.outputs == {"y_hat": (np.float64, ["samples", 2])}
    np.testing.assert_array_equal(model.constants["W1"], network.layers[0].weights)  # as it is: no transposing
    np.testing.assert_array_equal(model.constants["b2"], network.layers[2].bias)


def test_the_file_is_what_the_bytes_are(tmp_path):
    network = mlp([2, 3], rng=0)
    to_onnx(network, tmp_path / "model.onnx")
    assert (tmp_path / "model.onnx").read_bytes() == onnx_bytes(network)


def test_what_onnx_has_nothing_for_is_refused_before_a_file_is_begun(tmp_path):
    class Square(Layer):
        def forward(self, X, training=False):
            return X * X

        def __repr__(self):
            return "Square()"

    with pytest.raises(ValueError, match=r"ONNX has nothing like Square\(\): export a network that is made of nnlib's own"):
        to_onnx(Network([Dense(2, 2), Square()]), tmp_path / "model.onnx")
    with pytest.raises(TypeError, match="network must be a Network"):
        to_onnx(Dense(2, 2), tmp_path / "model.onnx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 2**31, 2**63 - 1, -1, -(2**63)])
def test_a_whole_number_is_read_again(number):
    assert fields(protobuf.message((1, number))) == {1: [number]}


def test_a_message_that_no_reader_takes_is_refused(monkeypatch):
    monkeypatch.setattr(protobuf, "MOST", 10)
    with pytest.raises(ValueError, match="longer than 2 GB"):
        onnx_bytes(mlp([2, 2]))


@pytest.mark.parametrize("name", ["onnx", "protobuf"])
def test_the_examples_give_what_they_say(name):
    module = importlib.import_module(f"nnlib.exchange.{name}")
    assert doctest.testmod(module, extraglobs={"np": np})[:] == (0, {"onnx": 6, "protobuf": 2}[name])
