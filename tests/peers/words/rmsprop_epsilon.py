"""RMSProp: where ε stands

The first step of a weight whose slope is 1e-8, at the rate 0.001, with the defaults for all else.
"""

import numpy as np

NONE = {"playground": "plain steps", "scikit_learn": "no RMSProp: its networks have Adam, SGD and L-BFGS"}


def nnlib():
    """ε = 1e-8 beside the root; the running mean keeps 0.99 of itself"""
    from nnlib import RMSProp

    w = np.zeros(1)
    RMSProp(0.001).step(w, np.array([1e-8]))
    assert np.isclose(w[0], -0.001 * 1e-8 / (np.sqrt(0.01 * 1e-16) + 1e-8))
    return f"{w[0]:.2e}"


def pytorch():
    """ε = 1e-8 beside the root; the running mean keeps 0.99 of itself"""
    import torch

    w = torch.zeros(1, dtype=torch.float64)
    w.grad = torch.tensor([1e-8], dtype=torch.float64)
    torch.optim.RMSprop([w], lr=0.001).step()
    assert np.isclose(w.item(), -0.001 * 1e-8 / (np.sqrt(0.01 * 1e-16) + 1e-8))
    return f"{w.item():.2e}"


def keras():
    """ε = 1e-7 in the root; the running mean keeps 0.9 of itself"""
    import keras

    w, rmsprop = keras.Variable([0.0]), keras.optimizers.RMSprop(0.001)
    rmsprop.apply([keras.ops.convert_to_tensor([1e-8])], [w])
    step = float(w.numpy()[0])
    assert np.isclose(step, -0.001 * 1e-8 / np.sqrt(0.1 * 1e-16 + 1e-7))
    return f"{step:.2e}"


def jax():
    """ε = 1e-8 in the root; the running mean keeps 0.9 of itself"""
    import optax
    from jax import numpy as jnp

    rmsprop, w = optax.rmsprop(0.001), jnp.zeros(1)
    step, _ = rmsprop.update(jnp.array([1e-8]), rmsprop.init(w))
    assert np.isclose(step[0], -0.001 * 1e-8 / np.sqrt(0.1 * 1e-16 + 1e-8))
    return f"{step[0]:.2e}"
