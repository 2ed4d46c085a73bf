"""A tape: values that write down what they are made of, and walk back along it.

Each operation makes a new `Value` and notes, for each value that went in, how ∂L/∂result becomes ∂L/∂that value. The
walk back passes every value once, after all that was made of it, and **adds** what comes along each way. It knows no
networks and no layers: only these few gates, one line of calculus each.
"""

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.arrays import as_numbers, choose
from nnlib.doors import as_axis, as_power, refuse_factors, refuse_misfits


class Value:
    """An array of any shape that remembers how it was made; arrays of two shapes are stretched as NumPy stretches them.

    Attributes
    ----------
    data : numpy.ndarray
        The numbers, float64 unless they were floating-point already.
    gradient : numpy.ndarray
        ∂L/∂data, in the shape of `data`, after ``L.backward()``; zeros before.

    Examples
    --------
    >>> p = Value(3.0)
    >>> (p * p + p).backward()
    >>> p.gradient.item()
    7.0
    >>> X, w = Value([[1.0, 2.0], [3.0, 4.0]]), Value([[0.5], [-0.5]])
    >>> ((X @ w - 1) ** 2).mean().backward()
    >>> w.gradient.tolist()
    [[-6.0], [-9.0]]
    """

    __array_ufunc__ = None  # so that array * value asks the value, not each number of the array

    def __init__(self, data, ways=()):
        data = as_numbers(data, "data", finite=not ways)
        self.data = data if ways else data.copy()  # the reader's own array stays as it is, also when data is moved
        self.gradient = np.zeros_like(self.data)
        self.ways = ways  # pairs: a value that this one is made of, and the function from ∂L/∂self to ∂L/∂that value
        self.depth = 1 + max((value.depth for value, _ in ways), default=0)

    def __add__(self, other):
        other = _as_value(other, self)
        return Value(self.data + other.data, [(self, lambda g: g), (other, lambda g: g)])

    def __mul__(self, other):
        other = _as_value(other, self)
        return Value(self.data * other.data, [(self, lambda g: g * other.data), (other, lambda g: g * self.data)])

    def __pow__(self, power):
        n = as_power(power, self.data)
        return Value(self.data**n, [(self, lambda g: g * n * self.data ** (n - 1))])

    def __matmul__(self, other):
        """Return the product of two matrices; as in a layer, ∂L/∂X = δ Wᵀ and ∂L/∂W = Xᵀ δ."""
        other = _as_value(other)
        refuse_factors(self.data.shape, other.data.shape)
        return Value(self.data @ other.data, [(self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)])

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -_as_value(other)

    def __truediv__(self, other):
        return self * _as_value(other) ** -1

    def __rsub__(self, other):
        return _as_value(other) - self

    def __rtruediv__(self, other):
        return _as_value(other) / self

    def __rmatmul__(self, other):
        return _as_value(other) @ self

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        """Return e to the power of each number."""
        e = np.exp(self.data)
        return Value(e, [(self, lambda g: g * e)])

    def log(self):
        """Return the natural logarithm of each number."""
        return Value(np.log(self.data), [(self, lambda g: g / self.data)])

    def activation(self, name):
        """Return φ of each number, or of each row for "softmax", by its name in ACTIVATIONS."""
        pair, z = choose(name, ACTIVATIONS, "activation"), self.data
        a = pair.function(z)
        return Value(a, [(self, lambda g: pair.backward(g, z, a))])

    def sum(self, axis=None):
        """Return the sum along an axis, which stays, with length 1; or of all numbers, of shape ()."""
        total = self.data.sum(axis=as_axis(axis, self.data.shape), keepdims=axis is not None)
        return Value(total, [(self, lambda g: np.broadcast_to(g, self.data.shape))])

    def mean(self, axis=None):
        """Return the mean along an axis, which stays, with length 1; or of all numbers, of shape ()."""
        total = self.sum(axis)
        return total * (total.data.size / self.data.size)

    def tape(self) -> list:
        """Return this value and all that it is made of, each after everything that went into it."""
        found, waiting = {self: True}, [self]  # a dict keeps its order, so that sums are the same in every run
        while waiting:
            new = {value: True for value, _ in waiting.pop().ways if value not in found}
            found |= new
            waiting += new
        return sorted(found, key=lambda value: value.depth)

    def backward(self):
        """Set the gradients of this one number, L, with respect to every value that it is made of."""
        if self.data.size != 1:
            raise ValueError(f"a walk back begins at one number, not at shape {self.data.shape}: take its sum() or mean().")
        tape = self.tape()
        for value in tape:
            value.gradient = np.zeros_like(value.data)
        self.gradient = np.ones_like(self.data)
        for value in reversed(tape):
            for source, way in value.ways:
                source.gradient += gathered(way(value.gradient), source.data.shape)

    def __repr__(self):
        return f"Value({np.array2string(self.data, precision=4, separator=', ')})"


def _as_value(data, beside=None):
    value = data if isinstance(data, Value) else Value(data)
    if beside and value.data.shape != beside.data.shape:
        refuse_misfits(beside.data.shape, value.data.shape)
    return value


def gathered(gradient, shape):
    """Return the gradient of what was stretched from `shape`: a number used in many places gets the sum of all their blame."""
    gradient = gradient.sum(axis=tuple(range(gradient.ndim - len(shape))))
    return gradient.sum(axis=tuple(axis for axis, length in enumerate(shape) if length == 1), keepdims=True)
