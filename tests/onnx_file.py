"""An ONNX file read back and run without ONNX: the fields of its messages, and its operations in NumPy, as ONNX defines them.

What `make peers` runs in onnxruntime, and shows to ONNX's own checker, is so run everywhere.
"""

import math
import struct

import numpy as np

DTYPES = {1: np.dtype("<f4"), 11: np.dtype("<f8")}


def fields(data):
    """Return {number of a field: its values, in order} of a message."""
    found, at = {}, 0
    while at < len(data):
        key, at = _varint(data, at)
        number, way = divmod(key, 8)
        if way == 0:
            value, at = _varint(data, at)
        elif way == 5:
            value, at = struct.unpack("<f", data[at : at + 4])[0], at + 4
        else:
            assert way == 2
            size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
            assert len(value) == size
        found.setdefault(number, []).append(value)
    return found


def _varint(data, at):
    n = shift = 0
    while True:
        n |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return n - 2**64 if n >= 2**63 else n, at


class Model:
    """What a file says: `nodes`, (operation, inputs, output, settings), `constants`, and `inputs`, `outputs`: names, shapes."""

    def __init__(self, data):
        model = fields(data)
        [self.format], [graph], [opset] = model[1], model[7], model[8]
        [self.opset] = fields(opset)[2]
        graph = fields(graph)
        self.nodes = [_node(fields(node)) for node in graph[1]]
        self.constants = dict(_tensor(fields(tensor)) for tensor in graph.get(5, ()))
        self.inputs, self.outputs = (dict(_rows(fields(value)) for value in graph[number]) for number in (11, 12))

    def run(self, X):
        """Return y_hat."""
        known = self.constants | {"X": X}
        for operation, inputs, output, settings in self.nodes:
            known[output] = DOES[operation](*(known[name] for name in inputs), **settings)
        return known["y_hat"]


def _node(node):
    settings = {}
    for setting in map(fields, node.get(5, ())):
        [kind], [name] = setting[20], setting[1]
        [value] = setting[{1: 2, 2: 3, 3: 4}[kind]]
        settings[name.decode()] = value.decode() if kind == 3 else value
    [output], [operation] = node[2], node[4]
    return operation.decode(), [name.decode() for name in node[1]], output.decode(), settings


def _tensor(tensor):
    [kind], [name], [numbers] = tensor[2], tensor[8], tensor[9]
    return name.decode(), np.frombuffer(numbers, DTYPES[kind]).reshape(tensor[1])


def _rows(value):
    [name], [kind] = value[1], value[2]
    [array] = fields(kind)[1]
    [dtype], [shape] = fields(array)[1], fields(array)[2]
    sizes = [fields(size) for size in fields(shape)[1]]
    return name.decode(), (DTYPES[dtype], [size[1][0] if 1 in size else size[2][0].decode() for size in sizes])


def _gelu(z, approximate="none"):
    if approximate == "tanh":
        return z / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
    return (z / 2 * (1 + np.vectorize(math.erf)(z / math.sqrt(2)))).astype(z.dtype)


def _layer_norm(x, gain, bias, epsilon):
    return (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + epsilon) * gain + bias


def _softmax(z, axis):
    e = np.exp(z - z.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


DOES = {
    "Gemm": lambda A, B, C: A @ B + C,
    "Add": np.add,
    "Mul": np.multiply,
    "GreaterOrEqual": np.greater_equal,
    "Cast": lambda x, to: x.astype(DTYPES[to]),
    "Sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "Tanh": np.tanh,
    "Relu": lambda z: np.maximum(z, 0),
    "LeakyRelu": lambda z, alpha: np.where(z < 0, alpha * z, z),
    "Elu": lambda z: np.where(z < 0, np.exp(z) - 1, z),
    "Gelu": _gelu,
    "Softplus": lambda z: np.log(np.exp(z) + 1),
    "Softmax": _softmax,
    "LayerNormalization": _layer_norm,
    "BatchNormalization": lambda x, g, b, mean, var, epsilon: (x - mean) / np.sqrt(var + epsilon) * g + b,
}
