"""Binary cross-entropy of several outputs

One sample, two outputs, each of the probability ½: −ln ½ is 0.693. Mean or sum?
"""

import numpy as np

NONE = {"playground": "no cross-entropy"}
LN_2 = np.log(2)


def nnlib():
    """the mean over samples and outputs"""
    from nnlib.losses import binary_cross_entropy

    loss = binary_cross_entropy([[0.5, 0.5]], [[0, 1]])
    assert np.isclose(loss, LN_2)
    return f"{loss:.3f}"


def pytorch():
    """the mean over samples and outputs"""
    import torch

    loss = torch.nn.BCELoss()(torch.tensor([[0.5, 0.5]]), torch.tensor([[0.0, 1.0]])).item()
    assert np.isclose(loss, LN_2)
    return f"{loss:.3f}"


def keras():
    """the mean over samples and outputs"""
    import keras

    loss = float(keras.losses.BinaryCrossentropy()(np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]])))
    assert np.isclose(loss, LN_2)
    return f"{loss:.3f}"


def jax():
    """a number for each output of `sigmoid_binary_cross_entropy`: the mean is left to you"""
    import optax
    from jax import numpy as jnp

    losses = optax.sigmoid_binary_cross_entropy(jnp.zeros((1, 2)), jnp.array([[0.0, 1.0]]))
    assert np.allclose(losses, [[LN_2, LN_2]])
    return "{:.3f} and {:.3f}".format(*map(float, losses[0]))


def scikit_learn():
    """the mean over samples of the sum over outputs"""
    from sklearn.neural_network import MLPClassifier

    X, y = np.zeros((1, 1)), np.array([[0, 1]])
    model = MLPClassifier(1, alpha=0).partial_fit(X, y, classes=[0, 1])
    model.coefs_[1][:], model.intercepts_[1][:] = 0, 0
    model.partial_fit(X, y)
    assert np.isclose(model.loss_, 2 * LN_2)
    return f"{model.loss_:.3f}"
