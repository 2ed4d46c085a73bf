"""An L2 penalty of 0.1

A weight of 1 has no slope of its own. What does the penalty add to it, in a batch of one sample, and of ten?
"""

import numpy as np

READ = {"playground": ("λ/2 Σw², weights alone: 0.1 for any batch", "src/nn.ts, RegularizationFunction and updateWeights")}


def nnlib():
    """`weight_decay` λ of SGD: λ/2 Σp², over biases too, and never in the loss that is told"""
    from nnlib import SGD

    w = np.ones(1)
    SGD(1.0, weight_decay=0.1).step(w, np.zeros(1))  # by a gradient that any batch may have
    assert np.isclose(1 - w[0], 0.1)
    return "0.1, 0.1"


def pytorch():
    """`weight_decay` λ of SGD: λ/2 Σp², over biases too, and never in the loss that is told"""
    import torch

    w = torch.ones(1)
    w.grad = torch.zeros(1)  # which any batch may have
    torch.optim.SGD([w], lr=1.0, weight_decay=0.1).step()
    assert np.isclose(1 - w.item(), 0.1)
    return "0.1, 0.1"


def keras():
    """`L2(λ)` of a layer: λ Σw² without the half, over what it is given to alone, and in the loss that is told"""
    import keras

    found = []
    for samples in (1, 10):
        layer = keras.layers.Dense(1, kernel_initializer="ones", kernel_regularizer=keras.regularizers.L2(0.1))
        model = keras.Sequential([keras.Input((1,)), layer])
        model.compile(keras.optimizers.SGD(1.0), "mse")
        loss = model.train_on_batch(np.zeros((samples, 1)), np.zeros((samples, 1)))
        found.append(1 - float(layer.kernel.value[0, 0]))
        assert np.isclose(float(loss), 0.1)
    assert np.allclose(found, [0.2, 0.2])
    return "{:.1f}, {:.1f}".format(*found)


def jax():
    """`add_decayed_weights(λ)`: λ/2 Σp², over all it is given, and never in the loss that is told"""
    import optax
    from jax import numpy as jnp

    decay, w = optax.add_decayed_weights(0.1), jnp.ones(1)
    gradient, _ = decay.update(jnp.zeros(1), decay.init(w), w)  # which any batch may have
    assert np.isclose(gradient[0], 0.1)
    return "0.1, 0.1"


def scikit_learn():
    """`alpha` α: α/2 Σw², weights alone, divided by the size of the batch, and in the loss that is told"""
    from sklearn.neural_network import MLPRegressor

    def first_weight(samples, alpha):
        settings = {"hidden_layer_sizes": 1, "activation": "identity", "solver": "sgd", "momentum": 0, "random_state": 0}
        model = MLPRegressor(**settings, alpha=alpha, learning_rate_init=1.0, batch_size=samples)
        return model.partial_fit(np.zeros((samples, 1)), np.zeros(samples)).coefs_[0].item()

    found = [1 - first_weight(samples, 0.1) / first_weight(samples, 0.0) for samples in (1, 10)]
    assert np.allclose(found, [0.1, 0.01])
    return "{:.1f}, {:.2f}".format(*found)
