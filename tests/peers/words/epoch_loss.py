"""The loss of an epoch

Two equal samples in batches of one: the first costs 1, the step makes the second cost ¼, the next step leaves 1/16.
What is told?
"""

import numpy as np

NONE = {"pytorch": "no loop: it is yours, and so is the sum", "jax": "no loop: it is yours, and so is the sum"}
READ = {"playground": ("1/16: all samples anew, after the last step", "src/playground.ts, oneStep and getLoss")}


def nnlib():
    """the mean over the samples, each batch before its own step, no penalty"""
    from nnlib import SGD, fit, mlp

    network = mlp([1, 1], output="identity", dtype=np.float64, rng=0)
    settings = {"loss": "mse", "optimizer": SGD(0.25), "epochs": 1, "batch_size": 1, "progress": False}
    [epoch] = fit(network, np.zeros((2, 1)), np.ones(2), **settings)
    assert np.isclose(epoch.loss, (1 + 1 / 4) / 2) and np.isclose((1 - network.layers[0].bias[0]) ** 2, 1 / 16)
    return f"{epoch.loss:.3f}"


def keras():
    """the mean over the samples, each batch before its own step, penalties included; `evaluate` tells what is left"""
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.25), "mse")
    [loss] = model.fit(np.zeros((2, 1)), np.ones((2, 1)), batch_size=1, verbose=0).history["loss"]
    left = model.evaluate(np.zeros((2, 1)), np.ones((2, 1)), verbose=0)
    assert np.isclose(loss, (1 + 1 / 4) / 2) and np.isclose(left, 1 / 16)
    return f"{loss:.3f}"


def scikit_learn():
    """the mean over the samples, each batch before its own step, the penalty included; its losses are halves here"""
    from sklearn.neural_network import MLPRegressor

    X, y = np.zeros((2, 1)), np.ones(2)
    model = MLPRegressor(solver="sgd", momentum=0, alpha=0, learning_rate_init=0.5, batch_size=1).partial_fit(X, y)
    for weights, bias, start in zip(model.coefs_, model.intercepts_, (-1, 0), strict=True):
        weights[:], bias[:] = 0, start  # ReLU of −1 is 0: the last bias alone will learn
    model.partial_fit(X, y)
    assert np.isclose(model.loss_, (1 + 1 / 4) / 2 / 2) and np.isclose((1 - model.predict([[0.0]])[0]) ** 2, 1 / 16)
    return f"{model.loss_:.4f}"
