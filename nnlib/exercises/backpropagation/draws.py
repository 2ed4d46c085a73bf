"""What the exercises on backpropagation are tried with: small networks and batches, drawn at random."""

import numpy as np

from nnlib.network import Network


def batch(rng, features=2, outputs=1):
    """Return X and y of two to five samples; y has the shape of the network's output."""
    samples = rng.integers(2, 6)
    return rng.normal(size=(samples, features)), rng.normal(size=(samples, outputs))


def two_layers(rng, inputs=2, hidden=3, outputs=1):
    """Return W1, b1, W2, b2."""
    sizes = ((inputs, hidden), (hidden,), (hidden, outputs), (outputs,))
    return tuple(rng.normal(size=size) for size in sizes)


def batch_and_layers(rng):
    """Return X, y, W1, b1, W2, b2, for two outputs: a mean over the samples alone is another number then."""
    return *batch(rng, outputs=2), *two_layers(rng, outputs=2)


def layer_at_work(rng, inputs=3, outputs=3):
    """Return δ, X, W and b of one dense layer; square unless told otherwise."""
    X, delta = batch(rng, inputs, outputs)
    return delta, X, rng.normal(size=(inputs, outputs)), rng.normal(size=outputs)


def through(layer_class, delta, X, weights, bias):
    """Send X forward and δ back through a network of one layer, of a learner's class.

    Returns the output, the gradients that the network has from it, and ∂L/∂X.
    """
    layer = layer_class(*weights.shape, weights=weights, bias=bias, dtype="float64")
    network = Network([layer])
    output = network.forward(X).copy()
    to_input = network.backward(delta)
    gradients = network.gradients.copy()
    return output, to_input, gradients[: weights.size].reshape(weights.shape), gradients[weights.size :]


def reaches_the_network(layer_class) -> bool:
    """Say whether a layer of this class, once it has gone back, still has its gradients in the network's vector."""
    layer = layer_class(2, 2)
    network = Network([layer])
    network.forward(np.ones((1, 2)))
    network.backward(np.ones((1, 2)))
    return all(np.shares_memory(getattr(layer, f"{name}_gradient"), network.gradients) for name in layer.names)
