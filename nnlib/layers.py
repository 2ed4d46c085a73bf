"""Layers: what goes forward, and what comes back.

A batch is rows, `X @ W + b`. `forward` returns the layer's output and remembers what `backward` will need; `backward`
receives ∂L/∂output and returns ∂L/∂input, once after each `forward`. A layer computes in one precision, `dtype`.
`propagate` is `forward` for an X that has been checked: a network checks once, at its own door.
"""

from functools import lru_cache

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.arrays import Array, as_array, as_count, as_matrix, as_number, as_numbers, as_precision, as_rng, choose
from nnlib.doors import as_flag, as_rows, checked, for_each
from nnlib.initializers import INITIALIZERS
from nnlib.wording.foreign import our_arguments
from nnlib.wording.printable import printable


def _copy(values, view, name, owner):
    values = as_numbers(values, name, view.dtype)
    if values.shape != view.shape:
        cure = f"did you mean {name}.T?" if values.T.shape == view.shape else "give it that shape."
        raise ValueError(f"{name} has shape {values.shape}, but {owner!r} needs {view.shape}: {cure}")
    view[...] = values


def kept(name, meaning):
    """Return a property of a layer: an array that can be read, and into which what is assigned is copied."""

    def assign(layer, values):
        _copy(values, getattr(layer, f"_{name}"), name, layer)

    return property(lambda layer: getattr(layer, f"_{name}"), assign, doc=meaning)


class Layer:
    """What every layer is unless it says otherwise: without parameters, and as wide on one side as on the other.

    `parameters` and `gradients` are vectors (flat arrays), and `names` the arrays that are views of them, such as
    `weights` and `weights_gradient`; `inputs` and `outputs` are the features of a row, None where any number will do;
    `dtype` is the precision, None where that of X is kept; `settings` are the arguments that make such a layer again.

    Examples
    --------
    >>> class Double(Layer):
    ...     def forward(self, X, training=False):
    ...         return 2 * X
    ...     def backward(self, delta):
    ...         return 2 * delta
    >>> Double().forward(np.ones((1, 2))).tolist()
    [[2.0, 2.0]]
    """

    names = ()
    inputs = None
    outputs = None
    dtype = None
    in_network = False  #: Whether a network has taken this layer, and keeps its parameters among its own.
    _memory = None
    parameters = kept("parameters", "All parameters in one vector; what is assigned is copied into it.")
    _parameters = np.zeros(0, np.float32)
    gradients = _parameters  #: ∂L/∂parameters, as `backward` has left them, in one vector.

    def __init_subclass__(cls):
        """Give each kind of layer, also one of your own, `propagate`: its `forward` without a check at the door."""
        cls.propagate = getattr(cls.forward, "unchecked", cls.forward)
        cls.__init__ = our_arguments(cls.__init__)

    def use(self, parameters, gradients):
        """Keep the parameters and the gradients in these vectors from now on."""
        self._parameters = parameters
        self.gradients = gradients

    def __getstate__(self):  # a copy, by whatever way, is in no network yet …
        return {name: value for name, value in self.__dict__.items() if name != "in_network"}

    def __setstate__(self, state):  # … and its arrays, which came apart or may not be written to, are vectors of its own
        self.__dict__.update(state)
        self.use(np.array(self._parameters), np.array(self.gradients))

    def forget(self):
        """Drop what the last `forward` remembered."""
        self._memory = None

    def _recall(self, delta, to_input=True):
        """Return delta, checked, and what `forward` remembered, first of it the output, like which delta is; and forget it."""
        memory = self._memory
        if memory is None:
            raise ValueError(f"{self!r} has nothing to go back through: call forward before each backward.")
        if type(delta) is not Array or delta.dtype is not memory[0].dtype:  # else a layer after this one has made it
            delta = as_array(delta, self.dtype, "delta")
        if delta.shape != memory[0].shape:
            raise ValueError(f"delta has shape {delta.shape}, but the output of {self!r} had {memory[0].shape}.")
        as_flag(to_input, "to_input")
        self._memory = None
        return delta, *memory


def as_batch(layer, X, training=False):
    """Return what `forward` takes, X as rows that suit this layer or network, in its precision."""
    X = as_matrix(X, layer.inputs, dtype=layer.dtype) if layer.inputs else as_rows(X, "X")
    return layer, X, as_flag(training, "training")


class Dense(Layer):
    """Every input joined to every output, z = X W + b: X (samples, inputs), W (inputs, outputs), b (outputs,).

    `weights` and `bias` are views of the vector `parameters`: what is assigned to them is copied into it.

    Parameters
    ----------
    inputs, outputs : int
        The features of a row before and after the layer.
    weights : str, callable or array (inputs, outputs)
        An initializer, its name ("he", "xavier", "normal", "uniform", "zeros"), or the weights themselves.
    bias : float or array (outputs,)
        One number for all outputs, or one for each.
    dtype : numpy.dtype
        np.float32 or np.float64.
    rng : int or numpy.random.Generator, optional
        Where the weights are drawn from.

    Examples
    --------
    >>> layer = Dense(2, 1, weights=[[1], [2]], bias=[0.5])
    >>> layer
    Dense(2 → 1), 3 parameters
    >>> layer.forward([[1, 1], [0, 3]]).tolist()
    [[3.5], [6.5]]
    """

    names = ("weights", "bias")
    weights = kept("weights", "The weights W, shape (inputs, outputs).")
    bias = kept("bias", "The bias b, shape (outputs,).")

    def __init__(self, inputs, outputs, weights="he", bias=0.0, dtype=np.float32, rng=None):
        self.inputs = as_count(inputs, "inputs")
        self.outputs = as_count(outputs, "outputs")
        dtype = as_precision(dtype)
        rng = as_rng(rng)
        size = (self.inputs + 1) * self.outputs
        self.settings = {"inputs": self.inputs, "outputs": self.outputs, "weights": "zeros", "dtype": dtype.name}
        self.use(np.zeros(size, dtype), np.zeros(size, dtype))
        if isinstance(weights, str):
            weights = choose(weights, INITIALIZERS, "weights")
        self.weights = weights(self.inputs, self.outputs, rng) if callable(weights) else weights
        self.bias = for_each(bias, self.outputs, "bias")

    def use(self, parameters, gradients):
        """Keep the parameters and the gradients in these vectors from now on: the weights row by row, then the bias."""
        super().use(parameters, gradients)
        self.dtype = parameters.dtype
        shape = self.inputs, self.outputs
        split = self.inputs * self.outputs
        # Slices and their reshapes are views: they share the vectors' memory, and follow whatever moves them.
        self._weights = parameters[:split].reshape(shape)
        self._bias = parameters[split:]
        self.weights_gradient = gradients[:split].reshape(shape)
        self.bias_gradient = gradients[split:]

    @checked(as_batch)
    def forward(self, X, training=False):
        """Return X W + b, shape (samples, outputs)."""
        z = product(X, self._weights)
        z += self._bias
        self._memory = z, X
        return z

    def backward(self, delta, to_input=True):
        """Set ∂L/∂W = Xᵀ δ and ∂L/∂b = the sum of the rows of δ; return ∂L/∂X = δ Wᵀ, or None unless `to_input`.

        δ = ∂L/∂z has shape (samples, outputs), and each gradient the shape of what it belongs to.
        """
        delta, _, X = self._recall(delta, to_input)
        X.T.dot(delta, out=self.weights_gradient)
        np.dot(_ones(len(X), self.dtype), delta, out=self.bias_gradient)  # the sum of the rows, quicker than .sum(axis=0)
        return product(delta, self._weights.T) if to_input else None

    def __repr__(self):
        return printable(f"{type(self).__name__}({self.inputs} → {self.outputs}), {self.parameters.size:,} parameters")


def product(A, B):
    """Return A @ B.

    Of few rows `dot` is twice as quick, in CPython. From some hundred rows on `@` is, in a browser, without a BLAS.
    """
    return A.dot(B) if len(A) < 100 else A @ B


@lru_cache(maxsize=8)
def _ones(n, dtype):
    return np.ones(n, dtype)


class Activation(Layer):
    """A function of `nnlib.activations`, by name, of every number of the batch (softmax: of every row).

    Parameters
    ----------
    name : str
        A name from `nnlib.activations.ACTIVATIONS`.

    Examples
    --------
    >>> Activation("relu").forward([[-1, 2]]).tolist()
    [[0, 2]]
    """

    def __init__(self, name):
        self.pair = choose(name, ACTIVATIONS, "activation")
        self.name = name
        self.settings = {"name": name}

    @checked(as_batch)
    def forward(self, X, training=False):
        """Return a = φ(z), z being the layer's input."""
        a = self.pair.function(X)
        self._memory = a, X
        return a

    def backward(self, delta):
        """Return ∂L/∂z = φ′(z) ∂L/∂a, number by number; for softmax ∂L/∂a times the Jacobian, row by row."""
        delta, a, z = self._recall(delta)
        return self.pair.backward(delta, z, a)

    def __repr__(self):
        return f"Activation({self.name})"


class Dropout(Layer):
    """Silence each number with probability `rate` in training, and do nothing in predicting.

    The survivors are divided by 1 − rate ("inverted" dropout), so that the expected sum stays the same and the trained
    network needs no change (Srivastava and others, 2014).

    Parameters
    ----------
    rate : float
        From 0 to 1, and less than 1.
    rng : int or numpy.random.Generator, optional
        Decides which numbers are silenced.

    Examples
    --------
    >>> layer = Dropout(0.5, rng=0)
    >>> layer.forward(np.ones((1, 4))).tolist()
    [[1.0, 1.0, 1.0, 1.0]]
    >>> layer.forward(np.ones((1, 4)), training=True).tolist()
    [[2.0, 0.0, 0.0, 0.0]]
    """

    def __init__(self, rate, rng=None):
        self.rate = as_number(rate, "rate", 0, 1, open_high=True)
        self.rng = as_rng(rng)
        self.settings = {"rate": self.rate}

    @checked(as_batch)
    def forward(self, X, training=False):
        """Return X ∘ mask, the mask being 0 or 1 / (1 − rate) in training, and 1 in predicting."""
        mask = 1
        if training and self.rate:
            dtype = np.result_type(X, np.float32)
            mask = (self.rng.random(np.shape(X), dtype) >= self.rate) / dtype.type(1 - self.rate)
        self._memory = np.multiply(X, mask), mask
        return self._memory[0]

    def backward(self, delta):
        """Return ∂L/∂output ∘ mask: what was silenced gets no gradient."""
        delta, _, mask = self._recall(delta)
        return delta * mask

    def __repr__(self):
        return f"Dropout({self.rate:g})"
