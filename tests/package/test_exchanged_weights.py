"""Weights of other libraries, as plain arrays; `make peers` takes those of Keras and PyTorch."""

import doctest
from itertools import pairwise

import numpy as np
import pytest

from nnlib import Activation, Dense, Network, mlp
from nnlib.exchange import from_keras, from_torch, weights
from nnlib.network import Residual
from nnlib.normalization import LayerNorm


def arrays_of(sizes, seed=0):
    """Return arrays as Keras has them."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for i, o in pairwise(sizes) for shape in ((i, o), (o,))]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_takes_the_arrays_of_either_library(dtype):
    arrays, X = arrays_of([3, 4, 2]), np.random.default_rng(1).normal(size=(5, 3))
    z = np.tanh(X @ arrays[0] + arrays[1]) @ arrays[2] + arrays[3]
    for take, given in ((from_keras, arrays), (from_torch, [array.T for array in arrays])):
        network = mlp([3, 4, 2], "tanh", "identity", dtype=dtype, rng=0)
        take(network, given)
        np.testing.assert_allclose(network.run(X), z, rtol=0, atol=1e-5 if dtype is np.float32 else 1e-12)


def test_layers_within_a_block_are_taken_in_their_order():
    network = Network([Dense(2, 2), Residual([Dense(2, 2), Activation("relu"), Dense(2, 2)]), Dense(2, 1)])
    arrays = arrays_of([2, 2, 2, 2, 1])
    from_keras(network, iter(arrays))
    np.testing.assert_array_equal(network.layers[1].layers[2].weights, arrays[4].astype(np.float32))


@pytest.mark.parametrize(
    ("take", "arrays", "words"),
    [
        (from_keras, arrays_of([3, 4]), "there are 2 arrays, but this network takes 4"),
        (
            from_keras,
            [array.T for array in arrays_of([3, 4, 2])],
            r"arrays\[0\] has shape \(4, 3\).* did you mean from_torch",
        ),
        (from_torch, arrays_of([3, 4, 2]), r"arrays\[0\] has shape \(3, 4\), .* takes \(4, 3\): did you mean from_keras"),
        (from_keras, arrays_of([3, 5, 2]), r"arrays\[0\] has shape \(3, 5\), .* takes \(3, 4\): are the layers the same"),
        (from_keras, [*arrays_of([3, 4, 2])[:3], [1.0, np.nan]], r"arrays\[3\] has 1 values that are NaN"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_and_nothing_changes(take, arrays, words):
    network = mlp([3, 4, 2], rng=0)
    before = network.parameters.copy()
    with pytest.raises(ValueError, match=words):
        take(network, arrays)
    np.testing.assert_array_equal(network.parameters, before)


def test_what_is_no_network_or_has_another_layer_with_parameters_is_refused():
    with pytest.raises(TypeError, match="network must be a Network"):
        from_keras(Dense(2, 2), [])
    with pytest.raises(ValueError, match=r"LayerNorm.* is no Dense"):
        from_torch(Network([Dense(2, 2), LayerNorm(2)]), arrays_of([2, 2]))


def test_the_examples_give_what_they_say():
    assert doctest.testmod(weights)[:] == (0, 8)
