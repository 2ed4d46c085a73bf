"""GELU

The function at 1: by the bell curve's own area it is 0.84134, by the approximation with tanh 0.84119.
"""

import math

import numpy as np

NONE = {"playground": "tanh, ReLU, sigmoid, linear", "scikit_learn": "no GELU: identity, logistic, tanh and ReLU"}
EXACT = (1 + math.erf(1 / math.sqrt(2))) / 2
BY_TANH = (1 + math.tanh(math.sqrt(2 / math.pi) * (1 + 0.044715))) / 2


def nnlib():
    """exact; `gelu_tanh` is the approximation"""
    from nnlib.activations import gelu, gelu_tanh

    assert np.isclose(gelu(1.0), EXACT, rtol=1e-12) and np.isclose(gelu_tanh(1.0), BY_TANH, rtol=1e-12)
    return f"{float(gelu(1.0)):.5f}"


def pytorch():
    """exact; `approximate="tanh"` is the approximation"""
    import torch

    a = torch.nn.GELU()(torch.tensor(1.0)).item()
    assert np.isclose(a, EXACT, rtol=1e-6)
    return f"{a:.5f}"


def keras():
    """exact; `approximate=True` is the approximation"""
    import keras

    a = float(keras.activations.gelu(keras.ops.ones(1))[0])
    assert np.isclose(a, EXACT, rtol=1e-6)
    return f"{a:.5f}"


def jax():
    """the approximation; `approximate=False` is exact"""
    import jax

    a = float(jax.nn.gelu(1.0))
    assert np.isclose(a, BY_TANH, rtol=1e-6)
    return f"{a:.5f}"
