"""The first weights: random, so that neurons differ, and of a size that keeps signals alive through many layers.

Each function returns float64 weights of shape (inputs, outputs), drawn from the generator `rng`.
"""

import math

import numpy as np

from nnlib.doors import named


@named
def zeros(inputs, outputs, rng):
    """Return zeros: all neurons of a layer then compute the same, and learn the same, forever."""
    return np.zeros((inputs, outputs))


@named
def uniform(inputs, outputs, rng, scale=1.0):
    """Return numbers between −scale and scale, whatever the sizes: signals grow with √inputs."""
    return rng.uniform(-scale, scale, (inputs, outputs))


@named
def normal(inputs, outputs, rng, scale=1.0):
    """Return normal numbers with standard deviation `scale`, whatever the sizes: signals grow with √inputs."""
    return rng.normal(0.0, scale, (inputs, outputs))


@named
def xavier(inputs, outputs, rng):
    """Return uniform numbers within ±√(6 / (inputs + outputs)), for tanh and other functions symmetric about 0.

    Their variance is 2 / (inputs + outputs): Glorot and Bengio (2010), equation 16.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> xavier(64, 10, rng).shape
    (64, 10)
    >>> print(f"{xavier(64, 10, rng).std():.2f}")
    0.16
    """
    return uniform(inputs, outputs, rng, math.sqrt(6 / (inputs + outputs)))


@named
def he(inputs, outputs, rng):
    """Return normal numbers with variance 2 / inputs: a ReLU lets half the signal through, the 2 makes up for it.

    He, Zhang, Ren and Sun (2015), equation 10.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> print(f"{he(64, 10, rng).std():.2f}")
    0.18
    """
    return normal(inputs, outputs, rng, math.sqrt(2 / inputs))


#: The initializers by their names.
INITIALIZERS = {"zeros": zeros, "uniform": uniform, "normal": normal, "xavier": xavier, "he": he}


def initializer_for(activation) -> str:
    """Return the name of the initializer that suits the activation that follows: "he" for ReLU and its kin."""
    kin = ("relu", "leaky_relu", "elu", "gelu", "gelu_tanh", "silu", "softplus")
    return "he" if activation in kin else "xavier"
