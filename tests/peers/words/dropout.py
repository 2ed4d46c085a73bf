"""Dropout of 0.2

What becomes of the ones that survive, and does a layer drop anything when it is made and called, without another word?
"""

import numpy as np

NONE = {"playground": "no dropout", "jax": "no layers: they come from Flax, Equinox and others", "scikit_learn": "no dropout"}


def nnlib():
    """divided by 0.8 while it trains; nothing is dropped unless `training=True`"""
    from nnlib.layers import Dropout

    layer, ones = Dropout(0.2, rng=0), np.ones((1, 1000))
    assert (layer.forward(ones) == 1).all()
    kept = layer.forward(ones, training=True)
    assert np.isclose((kept == 0).mean(), 0.2, atol=0.05)
    return f"{kept.max():.2f}; no"


def pytorch():
    """divided by 0.8 while it trains, which it does from the start, until `eval()` is called"""
    import torch

    torch.manual_seed(0)
    layer, ones = torch.nn.Dropout(0.2), torch.ones(1000)
    kept = layer(ones)
    assert np.isclose((kept == 0).float().mean().item(), 0.2, atol=0.05)
    assert (layer.eval()(ones) == 1).all()
    return f"{kept.max().item():.2f}; yes"


def keras():
    """divided by 0.8 while it trains; nothing is dropped unless `training=True` or within `fit`"""
    import keras

    keras.utils.set_random_seed(0)
    layer, ones = keras.layers.Dropout(0.2), np.ones(1000, "float32")
    assert (keras.ops.convert_to_numpy(layer(ones)) == 1).all()
    kept = keras.ops.convert_to_numpy(layer(ones, training=True))
    assert np.isclose((kept == 0).mean(), 0.2, atol=0.05)
    return f"{kept.max():.2f}; no"
