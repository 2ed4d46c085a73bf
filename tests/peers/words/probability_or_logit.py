"""What a cross-entropy is handed

Two classes, to which the network gives 0.9 and 0.1; the first is right, and −ln 0.9 is 0.105. What does
the loss of that name say?
"""

import numpy as np

NONE = {"playground": "no cross-entropy"}
RIGHT, TWICE = -np.log(0.9), -np.log(np.exp(0.9) / (np.exp(0.9) + np.exp(0.1)))


def nnlib():
    """probabilities; logits are for `cross_entropy_with_logits`"""
    from nnlib.losses import cross_entropy

    loss = cross_entropy([[0.9, 0.1]], [0])
    assert np.isclose(loss, RIGHT)
    return f"{loss:.3f}"


def pytorch():
    """logits: `CrossEntropyLoss` takes the softmax itself, a second time where the network has ended in one"""
    import torch

    loss = torch.nn.CrossEntropyLoss()(torch.tensor([[0.9, 0.1]]), torch.tensor([0])).item()
    assert np.isclose(loss, TWICE)
    return f"{loss:.3f}"


def keras():
    """probabilities; logits with `from_logits=True` alone"""
    import keras

    loss = float(keras.losses.SparseCategoricalCrossentropy()(np.array([0]), np.array([[0.9, 0.1]])))
    assert np.isclose(loss, RIGHT)
    return f"{loss:.3f}"


def jax():
    """logits, as all its cross-entropies are named after softmax or sigmoid"""
    import optax
    from jax import numpy as jnp

    loss = float(optax.softmax_cross_entropy_with_integer_labels(jnp.array([[0.9, 0.1]]), jnp.array([0]))[0])
    assert np.isclose(loss, TWICE)
    return f"{loss:.3f}"


def scikit_learn():
    """probabilities"""
    from sklearn.metrics import log_loss

    loss = log_loss([0], [[0.9, 0.1]], labels=[0, 1])
    assert np.isclose(loss, RIGHT)
    return f"{loss:.3f}"
