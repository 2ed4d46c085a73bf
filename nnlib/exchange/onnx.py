"""A network as an ONNX file (Open Neural Network Exchange), which many programs read, onnxruntime among them.

The file holds a graph: nodes, each an operation on named arrays, and the constant ones among these arrays, the weights.
ONNX's `Gemm` computes X W + b with W of shape (inputs, outputs), as `Dense` does, so no weight needs to be transposed. The
names in the graph are the course's: X goes in, W1 and b1 are the first layer's, z1 is what it computes and a1 the activation
of it; y_hat comes out. The number of rows is left open. What acts in training alone, dropout, is left out.
"""

from collections import Counter
from pathlib import Path

import numpy as np

from nnlib.activations import LEAK
from nnlib.doors import as_path
from nnlib.exchange.protobuf import message
from nnlib.layers import Activation, Dense, Dropout
from nnlib.network import Network, Residual
from nnlib.normalization import EPSILON, BatchNorm, LayerNorm
from nnlib.wording.printable import printable

OPSET, FORMAT = 20, 9  #: The first operations with a GELU among them (2023), and the form of the file that goes with them.
TYPES = {"float32": 1, "float64": 11}  #: ONNX's numbers for what an array holds.

#: ONNX's operation for an activation, and its settings; the others are made of two.
OPERATIONS = {
    "sigmoid": ("Sigmoid", {}),
    "tanh": ("Tanh", {}),
    "relu": ("Relu", {}),
    "leaky_relu": ("LeakyRelu", {"alpha": LEAK}),
    "elu": ("Elu", {}),
    "gelu": ("Gelu", {}),
    "gelu_tanh": ("Gelu", {"approximate": "tanh"}),
    "softplus": ("Softplus", {}),
    "softmax": ("Softmax", {"axis": -1}),
}


def to_onnx(network, path):
    """Write a network to `path`, by custom "….onnx", in its own precision.

    A program such as onnxruntime then answers as `network.run` does, to the last digits of that precision. float32 is what
    such programs are made for: onnxruntime has no float64 for leaky_relu, elu, gelu and softplus. Write
    `to_onnx(network.astype(np.float32), path)` there.

    Raises TypeError where this is no Network, and ValueError where a layer, such as one of your own, is none of ONNX's.
    """
    Path(as_path(path)).write_bytes(onnx_bytes(network))


def onnx_bytes(network) -> bytes:
    """Return what `to_onnx` writes.

    Examples
    --------
    >>> from nnlib import mlp
    >>> model = onnx_bytes(mlp([2, 3, 1], "tanh", "sigmoid"))
    >>> [name in model for name in (b"Gemm", b"Tanh", b"Sigmoid")]
    [True, True, True]
    """
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, such as mlp([2, 4, 2]). Got {network!r} instead.")
    graph = Graph(network.dtype)
    graph.add_layers(network.layers, "X")
    graph.nodes[-1][1] = "y_hat"
    kind = TYPES[network.dtype.name]
    fields = [(1, _node(*node)) for node in graph.nodes]
    fields += [(2, "network"), *((5, _tensor(name, array, kind)) for name, array in graph.constants.items())]
    fields += [(11, _rows("X", network.inputs, kind)), (12, _rows("y_hat", network.outputs, kind))]
    return message((1, FORMAT), (2, "nnlib"), (7, message(*fields)), (8, message((2, OPSET))))


class Graph:
    """Nodes, lists [operation, name of its output, names of its inputs, settings], and constants, arrays by their names.

    Examples
    --------
    >>> graph = Graph(np.float32)
    >>> graph.add_layers([Dense(2, 1), Activation("silu")], "X")
    'a1'
    >>> [f"{output} = {operation}({', '.join(inputs)})" for operation, output, inputs, _ in graph.nodes]
    ['z1 = Gemm(X, W1, b1)', 's1 = Sigmoid(z1)', 'a1 = Mul(z1, s1)']
    """

    def __init__(self, dtype):
        self.dtype = dtype
        self.nodes = []
        self.constants = {}
        self._used = Counter()

    def add_layers(self, layers, x):
        """Add layers in a row, the first of them reading the array of the name `x`; return the name of what the last gives."""
        for layer in layers:
            x = self._layer(layer, x)
        return x

    def _layer(self, layer, x):
        kind = type(layer)
        if kind is Dense:
            return self._add("Gemm", "z", [x, self._keep("W", layer.weights), self._keep("b", layer.bias)])
        if kind is Activation:
            return self._activation(layer.name, x)
        if kind is Dropout:
            return x
        if kind is Residual:
            return self._add("Add", "z", [x, self.add_layers(layer.layers, x)])
        if kind not in (LayerNorm, BatchNorm):
            raise ValueError(
                printable(f"ONNX has nothing like {layer!r}: export a network that is made of nnlib's own layers.")
            )
        arrays = [x, self._keep("gain", layer.gain), self._keep("b", layer.bias)]
        if kind is LayerNorm:
            return self._add("LayerNormalization", "z", arrays, epsilon=EPSILON)
        arrays += [self._keep("mean", layer.mean), self._keep("variance", layer.variance)]
        return self._add("BatchNormalization", "z", arrays, epsilon=EPSILON)

    def _activation(self, name, z):
        if name == "identity":
            return z
        if name == "silu":
            return self._add("Mul", "a", [z, self._add("Sigmoid", "s", [z])])
        if name == "step":
            reached = self._add("GreaterOrEqual", "s", [z, self._keep("threshold", np.zeros(1))])
            return self._add("Cast", "a", [reached], to=TYPES[np.dtype(self.dtype).name])
        operation, settings = OPERATIONS[name]
        return self._add(operation, "a", [z], **settings)

    def _add(self, operation, letter, inputs, **settings):
        name = self._new(letter)
        self.nodes.append([operation, name, inputs, settings])
        return name

    def _keep(self, letter, array):
        name = self._new(letter)
        self.constants[name] = array.astype(self.dtype)
        return name

    def _new(self, letter):
        self._used[letter] += 1
        return f"{letter}{self._used[letter]}"


# What follows writes the messages of onnx.proto, whose fields have these numbers.


def _node(operation, output, inputs, settings):
    fields = [(1, name) for name in inputs]
    fields += [(2, output), (3, output), (4, operation)]
    return message(*fields, *((5, _setting(*setting)) for setting in settings.items()))


def _setting(name, value):
    field, kind = {float: (2, 1), int: (3, 2), str: (4, 3)}[type(value)]
    return message((1, name), (field, value), (20, kind))


def _tensor(name, array, kind):
    sizes = [(1, size) for size in array.shape]
    numbers = array.astype(array.dtype.newbyteorder("<")).tobytes()  # little-endian on every machine
    return message(*sizes, (2, kind), (8, name), (9, numbers))


def _rows(name, width, kind):
    """Say of an array that it has rows, as many as come, of so many features."""
    shape = message((1, message((2, "samples"))), (1, message((1, width))))
    return message((1, name), (2, message((1, message((1, kind), (2, shape))))))
