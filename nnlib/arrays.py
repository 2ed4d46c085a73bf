"""Arrays, and the checks that every door of the package shares.

A batch is rows: `X` is (samples, features). Each check returns the clean value, or raises one error that names the
value, what is wrong with it, and how to mend it. Nothing is changed before the checks have passed.
"""

import difflib
import math
import numbers

import numpy as np

Array = np.ndarray


def as_matrix(X, features=None, name="X") -> Array:
    """Return `X` as a finite, floating-point (samples, features) array; whole numbers become float64."""
    X = as_numbers(X, name)
    if X.ndim == 1:
        raise ValueError(
            f"{name} has shape {X.shape}, but a batch is rows, (samples, features): "
            f"write {name}[None, :] for one sample, or {name}[:, None] for one feature."
        )
    if X.ndim != 2:
        cure = f"write {name}.reshape(len({name}), -1)." if X.ndim > 2 else "pass a list of rows."
        raise ValueError(f"{name} has {X.ndim} dimensions, shape {X.shape}, but a batch has two, (samples, features): {cure}")
    if X.size == 0:
        raise ValueError(f"{name} is empty, shape {X.shape}: pass at least one row and one feature.")
    if features is not None and X.shape[1] != features:
        cure = f"did you mean {name}.T?" if X.shape[0] == features else f"pass rows of {features}."
        raise ValueError(f"{name} has {X.shape[1]} features a row, shape {X.shape}, but {features} are expected: {cure}")
    return X


def as_vector(x, length=None, name="x") -> Array:
    """Return `x` as a finite, floating-point, one-dimensional array, of `length` numbers where that is given."""
    x = as_numbers(x, name)
    if x.ndim != 1 or x.size == 0:
        raise ValueError(f"{name} has shape {x.shape}, but one row of numbers is expected: pass a list such as [0.5, -1.0].")
    if length is not None and len(x) != length:
        raise ValueError(f"{name} has {len(x)} numbers, but {length} are expected: pass one number for each input.")
    return x


def as_numbers(values, name) -> Array:
    """Return `values` as a finite array of floating-point numbers of any shape."""
    try:
        array = np.asarray(values)
    except ValueError:
        lengths = [np.size(row) for row in values]
        row = next(i for i, length in enumerate(lengths) if length != lengths[0])
        raise ValueError(
            f"{name} is ragged: row {row} has {lengths[row]} numbers but row 0 has {lengths[0]}: give every row the same length."
        ) from None
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} holds {_first_odd(array)}, which is not a real number: encode every value as a real number first.")
    if array.dtype.kind != "f":
        array = array.astype(np.float64)
    finite = np.isfinite(array)
    if not finite.all():
        first = tuple(int(i) for i in np.argwhere(~finite)[0])
        place = f"[{', '.join(map(str, first))}]" if first else ""
        raise ValueError(
            f"{name} has {np.count_nonzero(~finite)} values that are NaN or infinite, the first {array[first]} at {name}{place}: "
            "remove or fill them first."
        )
    return array


def _first_odd(array) -> str:
    for place, value in np.ndenumerate(array):
        if not isinstance(value, numbers.Real):
            column = f" in column {place[-1]}" if array.ndim > 1 else ""
            return f"{value!r}{column}"
    return f"values of type {array.dtype}"


def same_length(X, y, names=("X", "y")):
    """Raise unless `y` has one entry for each row of `X`."""
    if len(X) != len(y):
        raise ValueError(
            f"{names[1]} has {len(y)} labels but {names[0]} has {len(X)} samples: pass one label per row of {names[0]}."
        )


def as_labels(y, classes=None, name="y") -> Array:
    """Return class labels as integers 0 … classes − 1, shape (samples,); a (samples, 1) column is flattened."""
    y = np.asarray(y)
    if y.dtype.kind in "US" or y.dtype.kind == "O":
        raise ValueError(
            f"{name} holds {y.flat[0]!r}, but labels are integers from 0: write classes, {name} = np.unique({name}, return_inverse=True)."
        )
    y = as_numbers(y, name)
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if y.ndim != 1 or y.size == 0:
        raise ValueError(f"{name} has shape {y.shape}, but labels are one integer a sample: pass shape (samples,).")
    whole = y.astype(np.int64)
    if (whole != y).any():
        raise ValueError(f"{name} holds {y[whole != y][0]}, but labels are whole numbers: pass the index of each sample's class.")
    if whole.min() < 0 and set(np.unique(whole)) <= {-1, 1}:
        raise ValueError(f"{name} has labels -1 and +1, but 0 and 1 are expected: write ({name} + 1) // 2.")
    if whole.min() < 0 or (classes is not None and whole.max() >= classes):
        worst = whole.min() if whole.min() < 0 else whole.max()
        legal = f"0 … {classes - 1}" if classes is not None else "0, 1, 2, …"
        raise ValueError(f"{name} holds the label {worst}, but the classes are {legal}: renumber the labels from 0.")
    return whole


def one_hot(labels, classes=None, dtype=np.float64) -> Array:
    """Return a (samples, classes) array with a 1 in the column of each row's label and 0 elsewhere.

    Raises ValueError where a label is not one of 0 … classes − 1.
    """
    labels = as_labels(labels, classes, name="labels")
    return np.eye(classes or int(labels.max()) + 1, dtype=dtype)[labels]


def as_count(value, name, low=1) -> int:
    """Return a whole number of at least `low`."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < low:
        raise (ValueError if isinstance(value, numbers.Number) else TypeError)(
            f"{name} must be a whole number of at least {low}. Got {value!r} instead."
        )
    return int(value)


def as_number(value, name, low=-math.inf, high=math.inf, open_low=False, open_high=False) -> float:
    """Return a finite number between `low` and `high`, the ends included unless they are open."""
    legal = isinstance(value, numbers.Real) and not isinstance(value, bool) and math.isfinite(value)
    if not legal or value < low or value > high or (open_low and value == low) or (open_high and value == high):
        interval = f"{'(' if open_low or low == -math.inf else '['}{low:g}, {high:g}{')' if open_high or high == math.inf else ']'}"
        raise (ValueError if isinstance(value, numbers.Number) else TypeError)(
            f"{name} must be a number in {interval}. Got {value!r} instead."
        )
    return float(value)


def choose(name, table, what):
    """Return `table[name]`, or raise an error that lists the legal names and the closest one."""
    if isinstance(name, str) and name in table:
        return table[name]
    close = difflib.get_close_matches(str(name), table, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise ValueError(f"{what} must be one of {', '.join(map(repr, table))}. Got {name!r} instead.{hint}")


def as_rng(rng) -> np.random.Generator:
    """Return a random generator: `rng` itself, or a new one from a seed (None: from the system's entropy)."""
    if rng is None or isinstance(rng, (int, np.integer, np.random.Generator)) and not isinstance(rng, bool):
        return np.random.default_rng(rng)
    raise TypeError(f"rng must be a whole number or a numpy.random.Generator. Got {rng!r} instead.")
