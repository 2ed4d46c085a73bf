"""Adam: where ε stands

The first step of a weight whose slope is 1e-8, at the rate 0.001, with each library's own ε. Without ε it
would be the whole rate.
"""

import numpy as np

NONE = {"playground": "plain steps"}


def nnlib():
    """ε = 1e-8, added to the root after the bias correction"""
    from nnlib import Adam

    w = np.zeros(1)
    Adam(0.001).step(w, np.array([1e-8]))
    assert np.isclose(w[0], -0.001 * 1e-8 / (1e-8 + 1e-8))
    return f"{w[0]:.2e}"


def pytorch():
    """ε = 1e-8, added to the root after the bias correction"""
    import torch

    w = torch.zeros(1)
    w.grad = torch.tensor([1e-8])
    torch.optim.Adam([w], lr=0.001).step()
    assert np.isclose(w.item(), -0.001 * 1e-8 / (1e-8 + 1e-8))
    return f"{w.item():.2e}"


def keras():
    """ε = 1e-7, added to the root before the bias correction, which then makes it 32 times as large"""
    import keras

    w, adam = keras.Variable([0.0]), keras.optimizers.Adam(0.001)
    adam.apply([keras.ops.convert_to_tensor([1e-8])], [w])
    step = float(w.numpy()[0])
    assert np.isclose(step, -0.001 * 1e-8 / (1e-8 + 1e-7 / np.sqrt(1 - 0.999)))
    return f"{step:.2e}"


def jax():
    """ε = 1e-8, added to the root after the bias correction"""
    import optax
    from jax import numpy as jnp

    adam, w = optax.adam(0.001), jnp.zeros(1)
    step, _ = adam.update(jnp.array([1e-8]), adam.init(w))
    assert np.isclose(step[0], -0.001 * 1e-8 / (1e-8 + 1e-8))
    return f"{step[0]:.2e}"


def scikit_learn():
    """ε = 1e-8, added to the root before the bias correction, as in Keras"""
    from sklearn.neural_network._stochastic_optimizers import AdamOptimizer  # what MLPClassifier steps by

    w = np.zeros(1)
    AdamOptimizer([w], 0.001).update_params([w], [np.array([1e-8])])
    assert np.isclose(w[0], -0.001 * 1e-8 / (1e-8 + 1e-8 / np.sqrt(1 - 0.999)))
    return f"{w[0]:.2e}"
