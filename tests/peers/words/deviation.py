"""The standard deviation

Of the numbers 1, 2, 3 and 4, by the function of that name. Whoever standardizes in one library and
predicts in another meets it.
"""

import numpy as np

NONE = {"playground": "the points are taken as they are"}

OVER_N, LESS_1 = np.std([1, 2, 3, 4]), np.std([1, 2, 3, 4], ddof=1)


def nnlib():
    """over n, in `standardize`"""
    from nnlib.datasets import standardize

    scaled = standardize([[1.0], [2.0], [3.0], [4.0]])
    deviation = 1 / (scaled[1, 0] - scaled[0, 0])
    assert np.isclose(deviation, OVER_N)
    return f"{deviation:.3f}"


def pytorch():
    """over n − 1, in `std`"""
    import torch

    deviation = torch.tensor([1.0, 2, 3, 4]).std().item()
    assert np.isclose(deviation, LESS_1)
    return f"{deviation:.3f}"


def keras():
    """over n, in `ops.std` and in the layer `Normalization`"""
    import keras

    deviation = float(keras.ops.std(keras.ops.convert_to_tensor([1.0, 2, 3, 4])))
    layer = keras.layers.Normalization()
    layer.adapt(np.array([[1.0], [2], [3], [4]], "float32"))
    assert np.isclose(deviation, OVER_N) and np.isclose(float(np.ravel(layer.variance)[0]), OVER_N**2)
    return f"{deviation:.3f}"


def jax():
    """over n, in `jnp.std`, as in NumPy"""
    from jax import numpy as jnp

    deviation = float(jnp.std(jnp.array([1.0, 2, 3, 4])))
    assert np.isclose(deviation, OVER_N)
    return f"{deviation:.3f}"


def scikit_learn():
    """over n, in `StandardScaler`"""
    from sklearn.preprocessing import StandardScaler

    deviation = StandardScaler().fit([[1.0], [2], [3], [4]]).scale_[0]
    assert np.isclose(deviation, OVER_N)
    return f"{deviation:.3f}"
