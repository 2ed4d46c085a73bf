"""What is wrong with an array, in words: the parts of the checks in `nnlib.arrays` that only bad input ever reaches."""

import numpy as np

from nnlib.wording.printable import printable

LABELS = ("y", "validation y", "labels", "predicted")  # the arguments that may be classes


def ragged(values, name) -> str:
    """Return what keeps nested lists from being an array."""
    shapes = [shape_of(row) for row in values]
    row = next((i for i, shape in enumerate(shapes) if shape != shapes[0] or shape == (-1,)), 0)
    return f"{name} is ragged, see row {row}: give every row as many numbers as row 0."


def no_numbers(array, name) -> str:
    """Return what in an array is no number, and what to do about it."""
    labels = f" For labels: classes, {name} = np.unique({name}, return_inverse=True)." if name in LABELS else ""
    for place, value in np.ndenumerate(array):
        value = value.item() if isinstance(value, np.generic) else value
        try:
            float(value)  # in [[1, "red"]] NumPy has made the 1 a text as well: "red" is the one to name
        except (TypeError, ValueError, OverflowError):
            column = f" in column {place[-1]}" if array.ndim > 1 else ""
            return f"{name} holds {shown(value)}{column}, which is not a real number: encode it as one first.{labels}"
    return f"{name} holds numbers as text or objects ({array.dtype}): write np.array({name}).astype(float).{labels}"


def refuse_containers(values, name):
    """Raise for what NumPy would take for one object, or for numbers that are none."""
    hidden = sum(np.count_nonzero(part.mask) for part in _parts(values) if hasattr(part, "filled"))  # of numpy.ma
    if hidden:
        raise ValueError(f"{name} has {hidden} masked values: fill them, {name}.filled(0), or take out their rows first.")
    if hasattr(values, "toarray"):  # of scipy.sparse
        raise TypeError(f"{name} is sparse, a {type(values).__name__}: write {name}.toarray().")
    if hasattr(values, "__next__"):
        raise TypeError(f"{name} is a {type(values).__name__}, which is gone once it is read: write list({name}) first.")


def _parts(values):
    return [values, *values] if isinstance(values, list | tuple) else [values]


def refuse_pairs(X, name):
    """Raise where X and y come together, as one pair, or as one pair for each sample."""
    if not isinstance(X, list | tuple) or not X:
        return
    if isinstance(X, tuple) and len(X) == 2 and len(shape_of(X[0])) > 1:
        raise ValueError(f"{name} is a pair, of X and y it seems: unpack it, X, y = pair, and pass the two.")
    pairs = [row for row in X if isinstance(row, list | tuple) and len(row) == 2 and shape_of(row[0])]
    if len(pairs) == len(X) and (isinstance(X[0], tuple) or shape_of(X[0][0]) != shape_of(X[0][1])):
        raise ValueError(f"{name} is a list of pairs (x, y): write X, y = map(np.array, zip(*pairs)), and pass the two.")


def shape_of(values) -> tuple:
    """Return the shape of an array or of nested lists, (-1,) where these are ragged."""
    try:
        return np.shape(values)
    except ValueError:
        return (-1,)


def kind_of(dtype) -> str:
    """Return the letter of NumPy's for what kind of type this is, "" where it is none."""
    try:
        return np.dtype(dtype).kind
    except Exception:  # whatever NumPy makes of it, it is none
        return ""


def shown(value) -> str:
    """Return a value as an error names it: as Python writes it, cut where that is long."""
    try:
        text = repr(value)
    except ValueError:  # Python writes no whole number of more than some thousand digits
        return "a number of very many digits"
    return printable(text if len(text) <= 100 else f"{text[:100]} …")
