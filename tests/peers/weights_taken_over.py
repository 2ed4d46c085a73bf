"""In the peers' environment: a network with the weights of a Keras or a PyTorch model answers as the model does.

Not collected by `make test`, which has neither library: `make peers` runs this file by its name.
"""

import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
import pytest
import torch

from nnlib import mlp
from nnlib.exchange import from_keras, from_torch

X = np.random.default_rng(0).normal(size=(7, 3)).astype(np.float32)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # in Keras's own code
def test_kerass_weights_are_taken_over():
    layers = [keras.layers.Dense(5, "relu"), keras.layers.Dense(4, "relu"), keras.layers.Dense(2, "softmax")]
    model, network = keras.Sequential([keras.Input((3,)), *layers]), mlp([3, 5, 4, 2])
    from_keras(network, model.get_weights())
    np.testing.assert_allclose(network.run(X), np.asarray(model(X)), rtol=1e-6, atol=1e-6)


def test_pytorchs_weights_are_taken_over():
    model = torch.nn.Sequential(torch.nn.Linear(3, 5), torch.nn.Tanh(), torch.nn.Linear(5, 2))
    network = mlp([3, 5, 2], "tanh", "identity")
    from_torch(network, model.state_dict().values())
    np.testing.assert_allclose(network.run(X), model(torch.tensor(X)).detach().numpy(), rtol=1e-6, atol=1e-6)
