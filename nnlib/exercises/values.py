"""Values as the judge sees them: whether two are alike, and what they are called in a sentence."""

import numpy as np

CLOSE = {"rtol": 1e-6, "atol": 1e-9}


def same(one, other) -> bool:
    """Say whether two values are alike: in kind and shape, texts exactly, numbers to six digits."""
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    if is_numbers(one) and is_numbers(other):
        return np.shape(one) == np.shape(other) and bool(np.allclose(one, other, equal_nan=True, **CLOSE))
    return type(one) is type(other) and bool(np.all(one == other))


def is_numbers(value) -> bool:
    """Say whether a value is a number, or an array or a list of numbers."""
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except ValueError:  # a ragged list
        return False


def kind(value) -> str:
    """Return what a value is, in words."""
    if isinstance(value, (bool, np.bool_)):
        return "True or False"
    if isinstance(value, str):
        return "a text"
    if not is_numbers(value):
        return f"a {type(value).__name__}"
    return f"an array of shape {np.shape(value)}" if np.ndim(value) else "a number"


def short(value) -> str:
    """Return a value as text that fits a sentence."""
    if is_numbers(value):
        value = np.round(np.asarray(value, dtype=float), 4).tolist()
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
