"""The shape of a dense layer's weights

From 3 inputs to 2 neurons: what must be transposed when weights are carried over?
"""

import numpy as np

NONE = {"jax": "no layers: they come from Flax, Equinox and others"}
READ = {"playground": ("no matrix: a number for each link", "src/nn.ts, Link")}


def nnlib():
    """(inputs, outputs): X W + b"""
    from nnlib.layers import Dense

    layer = Dense(3, 2)
    assert np.allclose(layer.forward(np.eye(3)), layer.weights)
    return str(layer.weights.shape)


def pytorch():
    """(outputs, inputs): X Wᵀ + b"""
    import torch

    layer = torch.nn.Linear(3, 2, bias=False)
    assert np.allclose(layer(torch.eye(3)).detach(), layer.weight.detach().T)
    return str(tuple(layer.weight.shape))


def keras():
    """(inputs, outputs): X W + b"""
    import keras

    layer = keras.layers.Dense(2)
    layer.build((None, 3))
    assert np.allclose(keras.ops.convert_to_numpy(layer(keras.ops.eye(3))), layer.get_weights()[0])
    return str(layer.get_weights()[0].shape)


def scikit_learn():
    """(inputs, outputs): X W + b"""
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(hidden_layer_sizes=2, activation="identity").partial_fit(np.eye(3), np.zeros(3))
    hidden = np.eye(3) @ model.coefs_[0] + model.intercepts_[0]
    assert np.allclose(model.predict(np.eye(3)), (hidden @ model.coefs_[1] + model.intercepts_[1])[:, 0])
    return str(model.coefs_[0].shape)
