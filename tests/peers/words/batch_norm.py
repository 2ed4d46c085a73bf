"""Batch normalization: its `momentum`, and its ε

A batch holds 0 and 2. What do the running mean and the running variance, which begin at 0 and 1, become?
"""

import numpy as np

NONE = {
    "playground": "no such layer",
    "jax": "no layers: they come from Flax, Equinox and others",
    "scikit_learn": "no such layer",
}


def nnlib():
    """a tenth of the new, the variance over n − 1; ε is 1e-5"""
    from nnlib.normalization import BatchNorm

    layer = BatchNorm(1, dtype=np.float64)
    a = layer.forward([[0.0], [2.0]], training=True)
    assert np.allclose([layer.mean, layer.variance], [[0.1], [0.9 + 0.1 * 2]]) and np.isclose(a[1, 0], 1 / np.sqrt(1 + 1e-5))
    return f"{layer.mean[0]:.2f}, {layer.variance[0]:.2f}"


def pytorch():
    """`momentum` 0.1 is the share of the new; the variance over n − 1; ε is 1e-5"""
    import torch

    layer = torch.nn.BatchNorm1d(1, dtype=torch.float64)
    a = layer(torch.tensor([[0.0], [2.0]], dtype=torch.float64))
    mean, variance = layer.running_mean.item(), layer.running_var.item()
    assert np.allclose([mean, variance], [0.1, 0.9 + 0.1 * 2]) and np.isclose(a[1, 0].item(), 1 / np.sqrt(1 + 1e-5))
    return f"{mean:.2f}, {variance:.2f}"


def keras():
    """`momentum` 0.99 is the share of the old; the variance over n; ε is 1e-3"""
    import keras

    layer = keras.layers.BatchNormalization()
    a = layer(np.array([[0.0], [2.0]], "float32"), training=True)
    mean, variance = float(layer.moving_mean.value[0]), float(layer.moving_variance.value[0])
    assert np.allclose([mean, variance], [0.01, 0.99 + 0.01 * 1]) and np.isclose(float(a[1, 0]), 1 / np.sqrt(1 + 1e-3))
    return f"{mean:.2f}, {variance:.2f}"
