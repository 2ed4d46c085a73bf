"""What a network is to answer: targets y, checked, and brought into the form in which a loss takes them.

Each check takes y, the shape of the predictions ŷ, the precision of the network, and what to call y in an error.
"""

from nnlib.arrays import Array, as_labels, as_numbers, same_length


def as_values(y, shape, dtype, name="y") -> Array:
    """Return `y` as finite numbers of this shape; a list of n numbers and a column of n are taken for each other."""
    y = as_numbers(y, name, dtype)
    if (*y.shape, 1) == shape or y.shape == (*shape, 1):
        y = y.reshape(shape)
    if y.shape != shape:
        cure = "write one_hot(y)." if y.shape == shape[:1] else "give one number for each."
        raise ValueError(f"{name} has shape {y.shape}, but the predictions have shape {shape}: {cure}")
    return y


def as_bits(y, shape, dtype, name="y") -> Array:
    """Return `y` as zeros and ones of this shape."""
    y = as_values(y, shape, dtype, name)
    as_labels(y.ravel(), 2, name)
    return y


def as_classes(y, shape, dtype, name="y") -> Array:
    """Return `y`, labels or one-hot rows, as labels of shape (samples,), for predictions of shape (samples, classes)."""
    y = as_labels(y, shape[1], name)
    same_length(range(shape[0]), y, ("y_hat", name))
    return y
