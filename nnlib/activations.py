"""The functions that make a neuron interesting, each directly beside its derivative.

A function takes z, an array of any shape (or a number, or a list), and returns a = φ(z), of the same shape and
precision. A derivative takes the same z and returns φ′(z); where a = φ(z) is at hand, it may be passed as well, to save
work. At ±1000 and far beyond, nothing overflows and nothing warns. At a kink, φ′ is the slope to the left.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nnlib.arrays import as_array
from nnlib.doors import checked, of_numbers, of_rows

LEAK = 0.01  #: The slope of leaky_relu below 0, as in Maas, Hannun and Ng (2013)


def identity(z):
    """Return z itself: range (−∞, ∞), for the output of a regression."""
    return as_array(z)


def identity_derivative(z, a=None):
    """Return 1."""
    return np.ones_like(z)


def step(z):
    """Return 1 where z ≥ 0 and 0 elsewhere: the threshold of McCulloch and Pitts (1943)."""
    return np.heaviside(z, 1.0)


def step_derivative(z, a=None):
    """Return 0, which is why a network of steps cannot learn by gradients; at the jump there is no slope to return."""
    return np.zeros_like(z)


def sigmoid(z):
    """Return 1 / (1 + e⁻ᶻ), the logistic function σ: range (0, 1).

    Examples
    --------
    >>> sigmoid([-1000, 0, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """
    e = np.exp(np.minimum(z, 40.0))  # e⁴⁰ / (1 + e⁴⁰) is 1 to the last bit, so nothing is lost, and nothing overflows
    return e / (1.0 + e)


def sigmoid_derivative(z, a=None):
    """Return σ(z) (1 − σ(z)), at most 1/4."""
    a = sigmoid(z) if a is None else a
    return a * (1.0 - a)


def tanh(z):
    """Return the hyperbolic tangent, 2σ(2z) − 1: range (−1, 1).

    Examples
    --------
    >>> tanh([-100, 0, 100]).tolist()
    [-1.0, 0.0, 1.0]
    """
    return np.tanh(z)


def tanh_derivative(z, a=None):
    """Return 1 − tanh²(z), at most 1."""
    a = np.tanh(z) if a is None else a
    return 1.0 - a * a


def relu(z):
    """Return max(z, 0), the rectified linear unit (Nair and Hinton, 2010): range [0, ∞).

    Examples
    --------
    >>> relu([-2, 0, 3]).tolist()
    [0, 0, 3]
    """
    return np.maximum(z, 0)


def relu_derivative(z, a=None):
    """Return 1 where z > 0 and 0 elsewhere; z > 0 just where a > 0."""
    a = as_array(z if a is None else a)
    return (a > 0).astype(a.dtype)


def leaky_relu(z):
    """Return z where z > 0 and 0.01 z elsewhere (Maas, Hannun and Ng, 2013): never quite dead."""
    return np.maximum(z, np.multiply(z, LEAK))


def leaky_relu_derivative(z, a=None):
    """Return 1 where z > 0 and 0.01 elsewhere."""
    slope = relu_derivative(z)
    return slope + LEAK * (1 - slope)


def elu(z):
    """Return z where z > 0 and eᶻ − 1 elsewhere (Clevert, Unterthiner and Hochreiter, 2016): range (−1, ∞)."""
    return np.maximum(z, 0) + np.expm1(np.minimum(z, 0))


def elu_derivative(z, a=None):
    """Return 1 where z > 0 and eᶻ elsewhere."""
    return np.exp(np.minimum(z, 0))


def gelu(z):
    """Return z Φ(z), with Φ the standard normal distribution (Hendrycks and Gimpel, 2016), exactly.

    NumPy has no error function, so Python's is called number by number: `gelu_tanh` is much faster.
    """
    return z * _normal_distribution(z)


def gelu_derivative(z, a=None):
    """Return Φ(z) + z φ(z), with φ = Φ′ = e^(−z²/2) / √(2π) the normal density."""
    density = np.exp(-0.5 * np.clip(z, -40, 40) ** 2) / math.sqrt(2 * math.pi)  # 0 long before 40
    return _normal_distribution(z) + z * density


_erfc = np.frompyfunc(math.erfc, 1, 1)  # 1 − erf, which keeps all its digits in the far tail


def _normal_distribution(z):
    z = as_array(z)
    tail, dtype = _erfc(z / -math.sqrt(2)), np.result_type(z, np.float16)  # float16: float32 stays float32
    return 0.5 * (tail if getattr(tail, "dtype", None) == dtype else np.asarray(tail, dtype))


def gelu_tanh(z):
    """Return z σ(2u) = z (1 + tanh u) / 2, u = √(2/π) (z + 0.044715 z³): GELU to within 0.0005 (the same paper)."""
    return z * sigmoid(2 * _gelu_u(z))


def gelu_tanh_derivative(z, a=None):
    """Return σ + z σ (1 − σ) 2u′, with σ = σ(2u) and u′ = √(2/π) (1 + 0.134145 z²)."""
    s = sigmoid(2 * _gelu_u(z))
    slope = math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * np.clip(z, -30, 30) ** 2)
    return s + z * (s * (1 - s) * 2 * slope)


def _gelu_u(z):
    z = np.clip(z, -30, 30)  # beyond, σ(2u) is 0 or 1 to the last bit, and z³ would overflow in the end
    return math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)


def silu(z):
    """Return z σ(z), also called swish (Elfwing, Uchibe and Doya, 2018): range [−0.278, ∞)."""
    return z * sigmoid(z)


def silu_derivative(z, a=None):
    """Return σ(z) + z σ(z) (1 − σ(z))."""
    s = sigmoid(z)
    return s + (z * s if a is None else a) * (1 - s)


def softplus(z):
    """Return log(1 + eᶻ), a smooth ReLU (Dugas and others, 2001): range (0, ∞)."""
    return np.logaddexp(z, 0)


def softplus_derivative(z, a=None):
    """Return σ(z)."""
    return sigmoid(z)


def softmax(z):
    """Return eᶻ / Σ eᶻ along the last axis: each row becomes probabilities, which add up to 1.

    Examples
    --------
    >>> softmax([[0, 0], [0, 1000]]).tolist()
    [[0.5, 0.5], [0.0, 1.0]]
    """
    z = as_array(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))  # the same quotient, with no power above e⁰
    return e / e.sum(axis=-1, keepdims=True)


def softmax_derivative(z, a=None):
    """Return the Jacobian of each row, ∂aᵢ/∂zⱼ = aᵢ (1[i = j] − aⱼ): shape (..., classes, classes)."""
    a = softmax(z) if a is None else a
    return a[..., :, None] * (np.eye(a.shape[-1], dtype=a.dtype) - a[..., None, :])


class Pair(NamedTuple):
    """A function and its derivative, one number for each number, or one Jacobian for each row.

    Examples
    --------
    >>> relu = ACTIVATIONS["relu"]
    >>> relu.function([-2, 3]).tolist()
    [0, 3]
    >>> relu.derivative([-2, 3]).tolist()
    [0, 1]
    """

    function: Callable  #: Gives a = φ(z).
    derivative: Callable  #: Gives φ′(z), from z, and from a where it is at hand.

    def backward(self, delta, z, a):
        """Return ∂L/∂z = φ′(z) ∂L/∂a: the gradient times the slope, number by number, or row by row with a Jacobian."""
        slope = self.derivative(z, a)
        return delta * slope if slope.ndim == delta.ndim else (delta[..., None, :] @ slope)[..., 0, :]


#: The activations of the book by their names, as formulas alone, for layers and neurons, which have checked already.
ACTIVATIONS = {
    "identity": Pair(identity, identity_derivative),
    "step": Pair(step, step_derivative),
    "sigmoid": Pair(sigmoid, sigmoid_derivative),
    "tanh": Pair(tanh, tanh_derivative),
    "relu": Pair(relu, relu_derivative),
    "leaky_relu": Pair(leaky_relu, leaky_relu_derivative),
    "elu": Pair(elu, elu_derivative),
    "gelu": Pair(gelu, gelu_derivative),
    "gelu_tanh": Pair(gelu_tanh, gelu_tanh_derivative),
    "silu": Pair(silu, silu_derivative),
    "softplus": Pair(softplus, softplus_derivative),
    "softmax": Pair(softmax, softmax_derivative),
}

# By its own name each has a check at its door, in which `softmax` wants rows.
for _name, _pair in ACTIVATIONS.items():
    for _function in _pair:
        globals()[_function.__name__] = checked(of_rows if _name == "softmax" else of_numbers)(_function)
