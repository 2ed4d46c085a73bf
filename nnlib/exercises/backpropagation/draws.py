"""What the exercises on backpropagation are tried with: small networks and batches, drawn at random."""


def batch(rng, features=2, outputs=1):
    """Return X and y of two to five samples; y has the shape of the network's output."""
    samples = rng.integers(2, 6)
    return rng.normal(size=(samples, features)), rng.normal(size=(samples, outputs))


def two_layers(rng, inputs=2, hidden=3, outputs=1):
    """Return W1, b1, W2, b2."""
    sizes = ((inputs, hidden), (hidden,), (hidden, outputs), (outputs,))
    return tuple(rng.normal(size=size) for size in sizes)


def batch_and_layers(rng):
    """Return X, y, W1, b1, W2, b2."""
    return *batch(rng), *two_layers(rng)


def layer_at_work(rng, inputs=3, outputs=3):
    """Return δ, X, W and b of one dense layer; square unless told otherwise."""
    X, delta = batch(rng, inputs, outputs)
    return delta, X, rng.normal(size=(inputs, outputs)), rng.normal(size=outputs)


def through(layer_class, delta, X, weights, bias):
    """Send X forward and δ back through a dense layer of a learner's class; return output, gradients, and ∂L/∂X."""
    layer = layer_class(*weights.shape, weights=weights, bias=bias, dtype="float64")
    return layer.forward(X).copy(), layer.backward(delta), layer.weights_gradient.copy(), layer.bias_gradient.copy()
