"""Momentum, when the rate changes

Momentum 0.9: a slope of 1 at the rate 0.1, then a slope of 0 at the rate 0.01. Where is the weight, which began at 0?
"""

import numpy as np

NONE = {"playground": "no momentum"}


def nnlib():
    """the new rate multiplies the whole velocity: it brakes at once"""
    from nnlib import SGD

    w, sgd = np.zeros(1), SGD(0.1, momentum=0.9)
    sgd.step(w, np.array([1.0]))
    sgd.learning_rate = 0.01
    sgd.step(w, np.array([0.0]))
    assert np.isclose(w[0], -0.1 * 1 - 0.01 * 0.9)
    return f"{w[0]:.3f}"


def pytorch():
    """the new rate multiplies the whole velocity: it brakes at once"""
    import torch

    w = torch.zeros(1)
    sgd = torch.optim.SGD([w], lr=0.1, momentum=0.9)
    w.grad = torch.tensor([1.0])
    sgd.step()
    sgd.param_groups[0]["lr"], w.grad = 0.01, torch.tensor([0.0])
    sgd.step()
    assert np.isclose(w.item(), -0.1 * 1 - 0.01 * 0.9)
    return f"{w.item():.3f}"


def keras():
    """each slope keeps the rate of its own step: it rolls on at the old rate"""
    import keras

    w, sgd = keras.Variable([0.0]), keras.optimizers.SGD(0.1, momentum=0.9)
    sgd.apply([keras.ops.convert_to_tensor([1.0])], [w])
    sgd.learning_rate = 0.01
    sgd.apply([keras.ops.convert_to_tensor([0.0])], [w])
    place = float(w.numpy()[0])
    assert np.isclose(place, -0.1 * 1 - 0.1 * 0.9)
    return f"{place:.3f}"


def jax():
    """the new rate multiplies the whole velocity: it brakes at once"""
    import optax
    from jax import numpy as jnp

    w = jnp.zeros(1)
    sgd = optax.sgd(lambda step: jnp.where(step < 1, 0.1, 0.01), momentum=0.9)
    state = sgd.init(w)
    for slope in (1.0, 0.0):
        step, state = sgd.update(jnp.array([slope]), state)
        w += step
    assert np.isclose(w[0], -0.1 * 1 - 0.01 * 0.9)
    return f"{w[0]:.3f}"


def scikit_learn():
    """each slope keeps the rate of its own step, as in Keras"""
    from sklearn.neural_network._stochastic_optimizers import SGDOptimizer  # what MLPClassifier steps by

    w = np.zeros(1)
    sgd = SGDOptimizer([w], 0.1, momentum=0.9, nesterov=False)
    sgd.update_params([w], [np.array([1.0])])
    sgd.learning_rate = 0.01
    sgd.update_params([w], [np.array([0.0])])
    assert np.isclose(w[0], -0.1 * 1 - 0.1 * 0.9)
    return f"{w[0]:.3f}"
