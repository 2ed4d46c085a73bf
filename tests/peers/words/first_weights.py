"""The first weights of a dense layer

From 784 inputs to 128 neurons of ReLU: how far from 0 do the weights lie, at most or by
their standard deviation, and the biases?
"""

import numpy as np

NONE = {"jax": "no layers: they come from Flax, Equinox and others"}
READ = {"playground": ("uniform to ±0.5, whatever the sizes; biases are 0.1", "src/nn.ts, Link and Node")}


def nnlib():
    """normal, √(2 / inputs) (He), before ReLU and its kin; Xavier before the others; biases are 0"""
    from nnlib import mlp

    layer = mlp([784, 128, 10], "relu", rng=0).layers[0]
    assert np.isclose(layer.weights.std(), np.sqrt(2 / 784), rtol=0.01) and not layer.bias.any()
    tanh = mlp([784, 128, 10], "tanh", rng=0).layers[0]
    assert np.isclose(abs(tanh.weights).max(), np.sqrt(6 / (784 + 128)), rtol=0.01)
    return f"deviation {layer.weights.std():.3f}; 0"


def pytorch():
    """uniform to ±1 / √inputs, whatever comes after; biases too"""
    import torch

    torch.manual_seed(0)
    layer = torch.nn.Linear(784, 128)
    assert np.allclose([layer.weight.abs().max().item(), layer.bias.abs().max().item()], 1 / np.sqrt(784), rtol=0.05)
    return f"±{layer.weight.abs().max().item():.4f}; ±{1 / np.sqrt(784):.4f}"


def keras():
    """uniform to ±√(6 / (inputs + outputs)) (Glorot, which is Xavier), whatever comes after; biases are 0"""
    import keras

    keras.utils.set_random_seed(0)
    layer = keras.layers.Dense(128, "relu")
    layer.build((None, 784))
    weights, bias = layer.get_weights()
    assert np.isclose(abs(weights).max(), np.sqrt(6 / (784 + 128)), rtol=0.001) and not bias.any()
    return f"±{abs(weights).max():.4f}; 0"


def scikit_learn():
    """uniform to ±√(6 / (inputs + outputs)), with 2 for the 6 before the logistic function; biases too"""
    from sklearn.neural_network import MLPClassifier

    found = {}
    for activation in ("relu", "logistic"):
        model = MLPClassifier(128, activation=activation, learning_rate_init=1e-12, random_state=0)
        model.partial_fit(np.zeros((10, 784)), np.arange(10), classes=np.arange(10))
        found[activation] = abs(model.coefs_[0]).max(), abs(model.intercepts_[0]).max()
    assert np.allclose(found["relu"], np.sqrt(6 / (784 + 128)), rtol=0.03)
    assert np.allclose(found["logistic"], np.sqrt(2 / (784 + 128)), rtol=0.03)
    return f"±{found['relu'][0]:.4f}; ±{np.sqrt(6 / (784 + 128)):.4f}"
