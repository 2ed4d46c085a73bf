"""The precision of the numbers

A layer, as it is made, is given samples in float64: in what does it answer?
"""

import numpy as np

READ = {"playground": ("float64, as all numbers of JavaScript", "src/nn.ts, Node")}


def nnlib():
    """float32, unless made otherwise; samples are rounded"""
    from nnlib import mlp

    return str(mlp([3, 2]).forward(np.ones((1, 3))).dtype)


def pytorch():
    """float32, unless made otherwise; samples in float64 are refused, with a word about `dtype`"""
    import pytest
    import torch

    layer, X = torch.nn.Linear(3, 2), torch.from_numpy(np.ones((1, 3)))
    with pytest.raises(RuntimeError, match="dtype"):
        layer(X)
    return str(layer(X.float()).dtype).removeprefix("torch.")


def keras():
    """float32, unless made otherwise; samples are rounded"""
    import keras

    return keras.backend.standardize_dtype(keras.layers.Dense(2)(np.ones((1, 3))).dtype)


def jax():
    """float32, also where float64 is asked for, until `jax_enable_x64` is switched on"""
    import warnings

    from jax import numpy as jnp

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it does warn
        return str(jnp.ones(3, dtype="float64").dtype)


def scikit_learn():
    """the precision of the samples: float64 here, float32 for float32"""
    from sklearn.neural_network import MLPRegressor

    kinds = ["float64", "float32"]
    found = [MLPRegressor().partial_fit(np.ones((1, 3), kind), [1]).predict(np.ones((1, 3), kind)).dtype for kind in kinds]
    assert found == kinds
    return str(found[0])
