"""A true class that was given the probability 0

Two logits, 0 for the true class and 200 for the other. In float32 the softmax makes 0 and 1 of them. What does it cost?
"""

import numpy as np

NONE = {"playground": "no cross-entropy"}


def nnlib():
    """−ln of the least normal number of the type; with `cross_entropy_with_logits` 200, the truth"""
    from nnlib.losses import cross_entropy, cross_entropy_with_logits

    worst = cross_entropy(np.array([[0, 1]], np.float32), [0])
    assert np.isclose(worst, -np.log(np.finfo(np.float32).tiny)) and cross_entropy_with_logits([[0.0, 200.0]], [0]) == 200
    return f"{worst:.2f}"


def pytorch():
    """200, the truth, of logits; `BCELoss`, which takes probabilities, stops at 100"""
    import torch

    of_logits = torch.nn.CrossEntropyLoss()(torch.tensor([[0.0, 200.0]]), torch.tensor([0])).item()
    of_zero = torch.nn.BCELoss()(torch.tensor([0.0]), torch.tensor([1.0])).item()
    assert of_logits == 200 and of_zero == 100
    return f"{of_logits:.0f}; {of_zero:.0f}"


def keras():
    """−ln 1e-7: probabilities are kept that far from 0 and 1; with `from_logits=True` 200, the truth"""
    import keras

    y, kinds = np.array([0]), (False, True)
    given = [np.array([[0, 1]], "float32"), np.array([[0, 200]], "float32")]
    found = [float(keras.losses.SparseCategoricalCrossentropy(kind)(y, X)) for kind, X in zip(kinds, given, strict=True)]
    assert np.allclose(found, [-np.log(1e-7), 200])
    return f"{found[0]:.2f}"


def jax():
    """200, the truth: it takes logits alone"""
    import optax
    from jax import numpy as jnp

    loss = float(optax.softmax_cross_entropy_with_integer_labels(jnp.array([[0.0, 200.0]]), jnp.array([0]))[0])
    assert loss == 200
    return f"{loss:.0f}"


def scikit_learn():
    """−ln of the machine epsilon of the type that the probabilities have: 15.94 in float32,
    more than twice as much in float64"""
    from sklearn.metrics import log_loss

    worst = [log_loss([0], np.array([[0, 1]], kind), labels=[0, 1]) for kind in ("float32", "float64")]
    assert np.allclose(worst, [-np.log(np.finfo(kind).eps) for kind in ("float32", "float64")], rtol=1e-4)
    return f"{worst[0]:.2f}"
