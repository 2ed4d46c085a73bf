"""Normalization: numbers brought to mean 0 and variance 1, wherever in a network they are, and then set anew.

x̂ = (x − mean) / √(variance + ε), with ε = 0.00001 against a division by 0, and z = gain ∘ x̂ + bias: what is good for
the network to come is learned. Layer normalization takes mean and variance of each row; batch normalization of each
column of the batch, in training, and what it has seen of the columns, in predicting.
"""

import numpy as np

from nnlib.arrays import as_count, as_precision
from nnlib.doors import checked, for_each
from nnlib.layers import Layer, as_batch, kept

EPSILON = 1e-5  # as in PyTorch
MOMENTUM = 0.1  # the share of each batch in the running mean and variance, as in PyTorch


class Normalization(Layer):
    """What layer and batch normalization share: a gain and a bias for each feature, and the way back.

    `gain` and `bias` are views of the vector `parameters`: what is assigned to them is copied into it. A kind of
    normalization says what its `statistics` are.

    Examples
    --------
    >>> class Whole(Normalization):  # the whole batch by one mean and one variance
    ...     def statistics(self, X, training):
    ...         return X.mean(), X.var(), (0, 1)
    >>> Whole(2, dtype=np.float64).forward([[1, 3], [1, 3]]).round(3).tolist()
    [[-1.0, 1.0], [-1.0, 1.0]]
    """

    names = ("gain", "bias")
    gain = kept("gain", "The gains, shape (features,).")
    bias = kept("bias", "The biases, shape (features,).")

    def __init__(self, features, dtype=np.float32):
        self.inputs = self.outputs = as_count(features, "features")
        dtype = as_precision(dtype)
        self.use(np.repeat(np.array([1, 0], dtype), features), np.zeros(2 * features, dtype))

    @property
    def settings(self):
        """The arguments that make such a layer again."""
        return {"features": self.inputs, "dtype": self.dtype.name}

    def use(self, parameters, gradients):
        """Keep the parameters and the gradients in these vectors from now on: the gains, then the biases."""
        super().use(parameters, gradients)
        self.dtype = parameters.dtype
        self._gain, self._bias = parameters.reshape(2, -1)  # rows are views
        self.gain_gradient, self.bias_gradient = gradients.reshape(2, -1)

    @checked(as_batch)
    def forward(self, X, training=False):
        """Return gain ∘ x̂ + bias, x̂ = (X − mean) / √(variance + ε)."""
        mean, variance, axis = self.statistics(X, training)
        spread = np.sqrt(variance + EPSILON)
        x_hat = (X - mean) / spread
        self._memory = self._gain * x_hat + self._bias, x_hat, spread, axis
        return self._memory[0]

    def backward(self, delta, to_input=True):
        """Set ∂L/∂gain = Σ δ ∘ x̂ and ∂L/∂bias = Σ δ, sums over the rows; return ∂L/∂X, or None unless `to_input`.

        With u = ∂L/∂x̂ = δ ∘ gain, ∂L/∂X = (u − mean(u) − x̂ ∘ mean(u ∘ x̂)) / √(variance + ε): what would only move the
        mean or stretch the spread, normalizing takes away. The means run as those of `forward` did. Where mean and
        variance were constants, as in predicting by batch normalization, ∂L/∂X = u / √(variance + ε).
        """
        delta, _, x_hat, spread, axis = self._recall(delta, to_input)
        self.gain_gradient[:] = (delta * x_hat).sum(axis=0)
        self.bias_gradient[:] = delta.sum(axis=0)
        u = delta * self._gain
        if axis is not None:
            u = u - u.mean(axis, keepdims=True) - x_hat * (u * x_hat).mean(axis, keepdims=True)
        return u / spread if to_input else None

    def __repr__(self):
        return f"{type(self).__name__}({self.inputs}), {self.parameters.size:,} parameters"


class LayerNorm(Normalization):
    """Layer normalization (Ba, Kiros and Hinton, 2016): each row by its own mean and variance, in training as in predicting.

    Parameters
    ----------
    features : int
        The numbers of a row, at least 2: of a single one nothing would be left.
    dtype : numpy.dtype
        np.float32 or np.float64.

    Examples
    --------
    >>> layer = LayerNorm(3, dtype=np.float64)
    >>> layer
    LayerNorm(3), 6 parameters
    >>> layer.forward([[1, 2, 3], [10, 20, 30]]).round(3).tolist()
    [[-1.225, 0.0, 1.225], [-1.225, 0.0, 1.225]]
    """

    def __init__(self, features, dtype=np.float32):
        super().__init__(as_count(features, "features", low=2), dtype)

    def statistics(self, X, training):
        """Return mean and variance of each row, shape (samples, 1), and the axis along which they were taken."""
        return X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True), 1


class BatchNorm(Normalization):
    """Batch normalization (Ioffe and Szegedy, 2015): each feature by its mean and variance in the batch.

    In training they are those of the batch, and after each batch a tenth of the way is gone from the running `mean` and
    `variance` to the batch's, whose variance is counted with n − 1 for n rows, as in PyTorch. Predicting goes by the
    running ones, so that the answer to one row does not hang on the other rows. A batch of one row has no variance:
    ValueError is raised in training.

    Parameters
    ----------
    features : int
        The numbers of a row.
    mean, variance : float or array (features,)
        What the running ones begin with.
    dtype : numpy.dtype
        np.float32 or np.float64.

    Examples
    --------
    >>> layer = BatchNorm(2, dtype=np.float64)
    >>> layer.forward([[1, 10], [3, 30]], training=True).round(3).tolist()
    [[-1.0, -1.0], [1.0, 1.0]]
    >>> layer.mean.round(3).tolist(), layer.variance.round(3).tolist()
    ([0.2, 2.0], [1.1, 20.9])
    """

    mean = kept("mean", "The running mean that predicting goes by, shape (features,).")
    variance = kept("variance", "The running variance that predicting goes by, shape (features,).")

    def __init__(self, features, mean=0.0, variance=1.0, dtype=np.float32):
        features = as_count(features, "features")
        self._mean, self._variance = np.zeros((2, features))
        super().__init__(features, dtype)
        self.mean = for_each(mean, features, "mean")
        self.variance = for_each(variance, features, "variance")
        if self.variance.min() < 0:
            raise ValueError(f"variance holds {self.variance.min():g}, but a mean of squares is never below 0: check it.")

    @property
    def settings(self):
        """The arguments that make such a layer again."""
        return {**super().settings, "mean": self.mean.tolist(), "variance": self.variance.tolist()}

    def use(self, parameters, gradients):
        """Keep the parameters and the gradients in these vectors from now on, and the running ones in their precision."""
        super().use(parameters, gradients)
        self._mean, self._variance = np.array([self._mean, self._variance], self.dtype)

    def statistics(self, X, training):
        """Return mean and variance, shape (features,), and the axis along which they were taken, None for the running ones."""
        if not training:
            return self._mean, self._variance, None
        n = len(X)
        if n == 1:
            raise ValueError("BatchNorm cannot learn from a batch of one row, which has no variance: pass two or more rows.")
        mean, variance = X.mean(axis=0), X.var(axis=0)
        self._mean += MOMENTUM * (mean - self._mean)
        self._variance += MOMENTUM * (variance * n / (n - 1) - self._variance)
        return mean, variance, 0
