"""Nesterov momentum

Two steps with the slope 1, at the rate 0.1 with momentum 0.9, from 0; and is it on where nobody asks?
"""

import numpy as np

NONE = {"playground": "no momentum"}

TWO = [-0.19, -0.461]  # −0.1 − 0.09, then as much again and −0.1 × 0.81


def nnlib():
    """SGD has no momentum unless asked, and Nesterov's must be asked for besides"""
    from nnlib import SGD

    w, sgd, places = np.zeros(1), SGD(0.1, momentum=0.9, nesterov=True), []
    for _ in range(2):
        sgd.step(w, np.array([1.0]))
        places.append(float(w[0]))
    assert np.allclose(places, TWO) and SGD(0.1).momentum == 0 and not SGD(0.1).nesterov
    return "{:.2f}, {:.3f}".format(*places)


def pytorch():
    """SGD has no momentum unless asked, and Nesterov's must be asked for besides"""
    import torch

    w, places = torch.zeros(1), []
    sgd = torch.optim.SGD([w], lr=0.1, momentum=0.9, nesterov=True)
    for _ in range(2):
        w.grad = torch.ones(1)
        sgd.step()
        places.append(w.item())
    asked = torch.optim.SGD([w]).defaults
    assert np.allclose(places, TWO) and asked["momentum"] == 0 and not asked["nesterov"]
    return "{:.2f}, {:.3f}".format(*places)


def keras():
    """SGD has no momentum unless asked, and Nesterov's must be asked for besides"""
    import keras

    w, places = keras.Variable([0.0]), []
    sgd = keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True)
    for _ in range(2):
        sgd.apply([keras.ops.ones(1)], [w])
        places.append(float(w.numpy()[0]))
    plain = keras.optimizers.SGD()
    assert np.allclose(places, TWO) and plain.momentum == 0 and not plain.nesterov
    return "{:.2f}, {:.3f}".format(*places)


def jax():
    """SGD has no momentum unless asked, and Nesterov's must be asked for besides"""
    import optax
    from jax import numpy as jnp

    w, places = jnp.zeros(1), []
    sgd, plain = optax.sgd(0.1, momentum=0.9, nesterov=True), optax.sgd(0.1)
    state, of_plain = sgd.init(w), plain.init(w)
    for _ in range(2):
        step, state = sgd.update(jnp.ones(1), state)
        by_plain, of_plain = plain.update(jnp.ones(1), of_plain)
        w += step
        places.append(float(w[0]))
    assert np.allclose(places, TWO) and np.isclose(by_plain[0], -0.1)
    return "{:.2f}, {:.3f}".format(*places)


def scikit_learn():
    """SGD has momentum 0.9, and it is Nesterov's, unless told otherwise"""
    from sklearn.neural_network import MLPClassifier
    from sklearn.neural_network._stochastic_optimizers import SGDOptimizer

    w, places = np.zeros(1), []
    asked = MLPClassifier(solver="sgd").get_params()
    sgd = SGDOptimizer([w], 0.1, momentum=asked["momentum"], nesterov=asked["nesterovs_momentum"])
    for _ in range(2):
        sgd.update_params([w], [np.ones(1)])
        places.append(float(w[0]))
    assert np.allclose(places, TWO)
    return "{:.2f}, {:.3f}".format(*places)
