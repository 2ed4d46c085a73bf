"""Leaky ReLU

What is left of −1, with the slope that is the default?
"""

import numpy as np

NONE = {"playground": "tanh, ReLU, sigmoid, linear", "scikit_learn": "no leaky ReLU: identity, logistic, tanh and ReLU"}


def nnlib():
    """a hundredth"""
    from nnlib.activations import leaky_relu

    return f"{float(leaky_relu(-1.0)):.2f}"


def pytorch():
    """a hundredth"""
    import torch

    return f"{torch.nn.LeakyReLU()(torch.tensor(-1.0)).item():.2f}"


def keras():
    """a fifth by `activation="leaky_relu"`, three tenths by the layer `LeakyReLU()`"""
    import keras

    one = np.array([-1.0], "float32")
    left = [float(kind(one)[0]) for kind in (keras.activations.get("leaky_relu"), keras.layers.LeakyReLU())]
    return "{:.2f}; {:.2f}".format(*left)


def jax():
    """a hundredth"""
    import jax

    return f"{float(jax.nn.leaky_relu(-1.0)):.2f}"
