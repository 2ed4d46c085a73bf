"""What is learned from a certain mistake

A last layer whose biases are 0 for the true class and 20 for the other. By how much does a step at the rate 1 raise the first?
"""

import numpy as np

NONE = {"playground": "no cross-entropy"}


def nnlib():
    """by 1: δ = ŷ − y comes from the logits, whether the network ends in softmax or not"""
    from nnlib import SGD, mlp
    from nnlib.training import step

    found = []
    for output, loss in (("softmax", "cross_entropy"), ("identity", "cross_entropy_with_logits")):
        network = mlp([1, 2], output=output, rng=0)
        network.layers[0].bias = [0, 20]
        step(network, [[0.0]], [0], loss, SGD(1.0))
        found.append(network.layers[0].bias[0])
    assert np.allclose(found, 1)
    return f"{found[0]:.1f}"


def pytorch():
    """by 1: `CrossEntropyLoss` has the logits"""
    import torch

    bias = torch.tensor([[0.0, 20.0]], requires_grad=True)
    torch.nn.CrossEntropyLoss()(bias, torch.tensor([0])).backward()
    torch.optim.SGD([bias], lr=1.0).step()
    assert np.isclose(bias[0, 0].item(), 1)
    return f"{bias[0, 0].item():.1f}"


def keras():
    """by nothing: the probability was cut off at 1e-7, and a constant has no slope; with `from_logits=True` by 1"""
    import keras

    found = []
    for activation, logits in (("softmax", False), (None, True)):
        layer = keras.layers.Dense(2, activation, bias_initializer=lambda *_, **__: np.array([0.0, 20.0], "float32"))
        model = keras.Sequential([keras.Input((1,)), layer])
        model.compile(keras.optimizers.SGD(1.0), keras.losses.SparseCategoricalCrossentropy(from_logits=logits))
        model.train_on_batch(np.zeros((1, 1)), np.array([0]))
        found.append(float(layer.get_weights()[1][0]))
    assert found[0] == 0 and np.isclose(found[1], 1)
    return f"{found[0]:.1f}"


def jax():
    """by 1: its losses have the logits"""
    import jax
    import optax
    from jax import numpy as jnp

    def loss(bias):
        return optax.softmax_cross_entropy_with_integer_labels(bias, jnp.array(0))

    raised = -float(jax.grad(loss)(jnp.array([0.0, 20.0]))[0])
    assert np.isclose(raised, 1)
    return f"{raised:.1f}"


def scikit_learn():
    """by 1: its networks take δ = ŷ − y"""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(1, solver="sgd", momentum=0, alpha=0, learning_rate_init=1.0, random_state=0)
    model.partial_fit(np.zeros((3, 1)), [0, 1, 2], classes=[0, 1, 2])  # of two classes it would make one output
    model.coefs_[1][:], model.intercepts_[1][:] = 0, [0, 20, -20]
    model.partial_fit(np.zeros((1, 1)), [0])
    assert np.isclose(model.intercepts_[1][0], 1)
    return f"{model.intercepts_[1][0]:.1f}"
