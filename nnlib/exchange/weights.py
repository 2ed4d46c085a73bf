"""Weights that another library has trained, as plain arrays, taken over into a network of the same shape.

A layer of Keras keeps its kernel as `Dense` does its weights, (inputs, outputs); one of PyTorch the other way around. Neither
library is needed here: what it hands out are arrays.
"""

import numpy as np

from nnlib.arrays import as_numbers
from nnlib.doors import as_list
from nnlib.layers import Dense
from nnlib.network import Network, Residual

SUCH_AS = "model.get_weights() of Keras, list(model.state_dict().values()) of PyTorch"


def from_keras(network, arrays):
    """Give a network the weights of a Keras model: `from_keras(network, model.get_weights())`.

    Parameters
    ----------
    network : Network
        With a Dense for each of the model's, the same activations, and no layer of normalization.
    arrays : list of array
        For each Dense, in order, its kernel (inputs, outputs) and its bias (outputs,).

    Raises
    ------
    ValueError or TypeError
        Where the arrays do not fit. Nothing has changed then.

    Examples
    --------
    >>> from nnlib import mlp
    >>> network = mlp([2, 1], output="identity")
    >>> from_keras(network, [[[1], [2]], [0.5]])
    >>> network.run([[1, 1]]).tolist()
    [[3.5]]
    """
    _take(network, arrays, np.asarray, "from_torch")


def from_torch(network, arrays):
    """Give a network the weights of a PyTorch model: `from_torch(network, model.state_dict().values())`.

    Parameters
    ----------
    network : Network
        With a Dense for each Linear of the model, the same activations, and no layer of normalization.
    arrays : list of array
        For each Dense, in order, its weight (outputs, inputs) and its bias (outputs,).

    Raises
    ------
    ValueError or TypeError
        Where the arrays do not fit. Nothing has changed then.

    Examples
    --------
    >>> from nnlib import mlp
    >>> network = mlp([2, 1], output="identity")
    >>> from_torch(network, [[[1, 2]], [0.5]])
    >>> network.run([[1, 1]]).tolist()
    [[3.5]]
    """
    _take(network, arrays, np.transpose, "from_keras")


def _take(network, arrays, turned, other):
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, such as mlp([2, 4, 2]). Got {network!r} instead.")
    dense = list(_dense(network.layers))
    arrays = [as_numbers(array, f"arrays[{i}]", network.dtype) for i, array in enumerate(as_list(arrays, "arrays", SUCH_AS))]
    if len(arrays) != 2 * len(dense):
        raise ValueError(
            f"there are {len(arrays)} arrays, but this network takes {2 * len(dense)}: weights and bias of each Dense."
        )
    for i, layer in enumerate(dense):
        for j, kept in ((2 * i, layer.weights), (2 * i + 1, layer.bias)):
            if turned(arrays[j]).shape != kept.shape:
                hint = f": did you mean {other}?" if arrays[j].T.shape == turned(kept).shape else ": are the layers the same?"
                raise ValueError(f"arrays[{j}] has shape {arrays[j].shape}, but {layer!r} takes {turned(kept).shape}{hint}")
    for i, layer in enumerate(dense):
        layer.weights, layer.bias = turned(arrays[2 * i]), arrays[2 * i + 1]


def _dense(layers):
    """Yield the layers with weights, in order; a block's within it."""
    for layer in layers:
        if isinstance(layer, Residual):
            yield from _dense(layer.layers)
        elif isinstance(layer, Dense):
            yield layer
        elif layer.parameters.size:
            raise ValueError(f"{layer!r} is no Dense: libraries differ in what they keep of it, so set its arrays one by one.")
