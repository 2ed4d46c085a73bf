"""The squared error

One sample of two outputs, ŷ = (1, 2), whose targets are 0: what is the loss, and what its slope in the second output?
"""

import numpy as np

READ = {"playground": ("half the square; its networks have one output", "src/nn.ts, Errors")}


def nnlib():
    """the mean over samples and outputs, and its own slope"""
    from nnlib.losses import mse, mse_gradient

    found = mse([[1.0, 2.0]], [[0, 0]]), mse_gradient([[1.0, 2.0]], [[0, 0]])[0, 1]
    assert np.allclose(found, [(1 + 4) / 2, 2 * 2 / 2])
    return "{:.2f}, {:.1f}".format(*found)


def pytorch():
    """the mean over samples and outputs, and its own slope"""
    import torch

    y_hat = torch.tensor([[1.0, 2.0]], requires_grad=True)
    loss = torch.nn.MSELoss()(y_hat, torch.zeros(1, 2))
    loss.backward()
    assert np.allclose([loss.item(), y_hat.grad[0, 1].item()], [(1 + 4) / 2, 2 * 2 / 2])
    return f"{loss.item():.2f}, {y_hat.grad[0, 1].item():.1f}"


def keras():
    """the mean over samples and outputs, and its own slope"""
    import keras

    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(2, bias_initializer=lambda *_, **__: np.array([1.0, 2.0]))])
    model.compile(keras.optimizers.SGD(1.0), "mse")
    loss = float(model.train_on_batch(np.zeros((1, 1)), np.zeros((1, 2))))
    slope = 2.0 - model.layers[0].get_weights()[1][1]
    assert np.allclose([loss, slope], [(1 + 4) / 2, 2 * 2 / 2])
    return f"{loss:.2f}, {slope:.1f}"


def jax():
    """`squared_error` gives a number for each output, and leaves the mean to you; `l2_loss` is half of it"""
    import optax
    from jax import numpy as jnp

    errors, halves = (loss(jnp.array([[1.0, 2.0]]), jnp.zeros((1, 2))) for loss in (optax.squared_error, optax.l2_loss))
    assert np.allclose(errors, [[1, 4]]) and np.allclose(halves, [[0.5, 2]])
    return f"{errors[0, 0]:.0f} and {errors[0, 1]:.0f}"


def scikit_learn():
    """half the mean over samples and outputs is told; the slopes are of half the *sum* over the outputs"""
    from sklearn.neural_network import MLPRegressor

    X, y = np.zeros((1, 1)), np.zeros((1, 2))
    model = MLPRegressor(hidden_layer_sizes=1, solver="sgd", momentum=0, alpha=0, learning_rate_init=1.0).partial_fit(X, y)
    model.coefs_[1][:], model.intercepts_[1][:] = 0, [1, 2]
    model.partial_fit(X, y)
    slope = 2 - model.intercepts_[1][1]
    assert np.allclose([model.loss_, slope], [(1 + 4) / 2 / 2, 2])  # of that loss it would be 2 / 2
    return f"{model.loss_:.2f}, {slope:.1f}"
