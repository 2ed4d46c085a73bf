"""The size of a batch where none is given

How many steps does an epoch of 1,000 samples take?
"""

import numpy as np

NONE = {"jax": "no loop: it is yours"}
READ = {"playground": ("10", "src/state.ts, State")}


def nnlib():
    """all samples at once"""
    from nnlib import SGD, fit, mlp

    sgd = SGD(0.1)
    network, settings = mlp([1, 1], output="identity"), {"loss": "mse", "epochs": 1, "progress": False}
    fit(network, np.zeros((1000, 1)), np.zeros(1000), optimizer=sgd, **settings)
    assert sgd.steps == 1
    return str(sgd.steps)


def pytorch():
    """1 sample, in `DataLoader`"""
    from torch.utils.data import DataLoader

    steps = sum(1 for _ in DataLoader(range(1000)))
    assert steps == 1000
    return f"{steps:,}"


def keras():
    """32 samples"""
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.zeros((1000, 1)), np.zeros(1000), verbose=0)
    steps = int(model.optimizer.iterations.value)
    assert steps == -(-1000 // 32)
    return str(steps)


def scikit_learn():
    """200 samples, or all where they are fewer"""
    from sklearn.neural_network import MLPRegressor

    model = MLPRegressor(solver="adam").partial_fit(np.zeros((1000, 1)), np.zeros(1000))
    assert model._optimizer.t == 1000 / 200  # Adam counts its steps
    return str(model._optimizer.t)
