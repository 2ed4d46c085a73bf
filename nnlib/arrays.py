"""Arrays, and the checks that every door of the package shares.

A batch is rows: `X` is (samples, features). Each check returns the clean value, or raises one error that names the
value, what is wrong with it, and how to fix it. Nothing is changed before the checks have passed.
"""

import functools
import math
import numbers
from contextvars import copy_context

import numpy as np

from nnlib.wording.foreign import closest
from nnlib.wording.printable import printable
from nnlib.wording.refusing import kind_of, no_numbers, ragged, refuse_containers, refuse_pairs, shown

Array = np.ndarray
MOST = 2**31  # more rows, classes or steps than that are a mistake, and in a page no array has them


def quiet(*faults):
    """Return a decorator for functions in which NumPy is not to warn of these faults, such as "over", an overflow.

    NumPy keeps its settings in the context, so a function that runs in a copy of it leaves the caller's as they were,
    whatever stops it: also Ctrl-C between the lines of `np.errstate` itself, which sets them back too late for that.
    """

    def decorate(function):
        silenced = np.errstate(**dict.fromkeys(faults, "ignore"))(function)
        return functools.wraps(function)(lambda *arguments, **by_name: copy_context().run(silenced, *arguments, **by_name))

    return decorate


def as_matrix(X, features=None, name="X", dtype=None, finite=True) -> Array:
    """Return `X` as a finite, floating-point (samples, features) array; whole numbers become float64."""
    refuse_pairs(X, name)
    X = as_numbers(X, name, dtype, finite)
    if X.ndim == 1:
        raise ValueError(
            f"{name} has shape {X.shape}, but a batch is rows, (samples, features): write {name}[None, :] or "
            f"{name}.reshape(1, -1) for one sample, {name}[:, None] or {name}.reshape(-1, 1) for one feature."
        )
    if X.ndim != 2:
        cure = f"write {name}.reshape(len({name}), -1)." if X.ndim > 2 else "pass a list of rows."
        raise ValueError(f"{name} has {X.ndim} dimensions, shape {X.shape}, but a batch has two: {cure}")
    if X.size == 0:
        raise ValueError(f"{name} is empty, shape {X.shape}: pass at least one row and one feature.")
    if features is not None and X.shape[1] != features:
        cure = f"did you mean {name}.T?" if X.shape[0] == features else f"pass rows of {features}."
        raise ValueError(f"{name} has {_count(X.shape[1], 'feature')}, shape {X.shape}, but {_wanted(features)}: {cure}")
    return X


def as_vector(x, length=None, name="x") -> Array:
    """Return `x` as a finite, floating-point, one-dimensional array, of `length` numbers where that is given."""
    x = as_numbers(x, name)
    if x.ndim != 1 or x.size == 0:
        raise ValueError(f"{name} has shape {x.shape}, but one row of numbers is expected, such as [0.5, -1.0].")
    if length is not None and len(x) != length:
        raise ValueError(f"{name} has {_count(len(x), 'number')}, but {_wanted(length)}: pass one number for each input.")
    return x


def _count(count, noun) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _wanted(count) -> str:
    return "1 is expected" if count == 1 else f"{count} are expected"


def as_numbers(values, name, dtype=None, finite=True) -> Array:
    """Return `values` as a floating-point array of any shape, in `dtype` where that is given, and check it is finite."""
    array = _of_numbers(values, name)
    clean = _converted(array, dtype or (array.dtype if array.dtype.kind == "f" else np.float64))
    if finite and not is_finite(clean):
        odd = np.argwhere(~np.isfinite(array)).tolist()
        if not odd:
            raise ValueError(f"{name} holds numbers too large for {clean.dtype}: standardize them, or use float64.")
        raise ValueError(
            f"{name} has {len(odd)} values that are NaN or infinite, "
            f"the first {array[*odd[0]]} at {name}{odd[0] or ''}: remove or fill them first."
        )
    return clean


_converted = quiet("over")(lambda array, dtype: array.astype(dtype, copy=False))


def as_array(values, dtype=None, name="z"):
    """Return `values` as an array of numbers; what stands for one while a step is recorded stays what it is."""
    if getattr(values, "tape", None) and dtype in (None, values.dtype):
        return values
    if type(values) is not Array or values.dtype.kind not in "fi":
        values = _of_numbers(values, name)
        dtype = dtype or (np.float64 if values.dtype.kind not in "fi" else None)  # 1 − x of these is no difference
    return np.asarray(values, dtype)


def _of_numbers(values, name) -> Array:
    """Return `values` as an array of real numbers or booleans, as they are, or raise."""
    refuse_containers(values, name)
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(ragged(values, name)) from None
    if array.dtype.kind not in "fiub":
        raise TypeError(no_numbers(array, name))
    return array


def is_finite(array) -> bool:
    """Return whether no number of `array` is NaN or infinite."""
    # A sum of squares is finite only where every number is: a fast look, before the slow one.
    return math.isfinite(np.vdot(array, array)) or bool(np.isfinite(array).all())


def same_length(X, y, names=("X", "y")):
    """Raise unless `y` has one entry for each row of `X`."""
    if len(X) != len(y):
        x, t = names
        raise ValueError(f"{t} has {len(y)} labels but {x} has {len(X)} samples: pass one label per row of {x}.")


def as_labels(y, classes=None, name="y") -> Array:
    """Return labels 0 … classes − 1 as integers, shape (samples,), from numbers, a column of them, or one-hot rows."""
    given = y if isinstance(y, np.ndarray) and y.dtype.kind in "iu" else None
    y = as_numbers(y, name)
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    elif y.ndim == 2 and np.isin(y, (0, 1)).all() and (y.sum(axis=1) == 1).all() and classes in (None, y.shape[1]):
        y = y.argmax(axis=1)
    if y.ndim != 1 or y.size == 0:
        raise ValueError(
            f"{name} has shape {y.shape}, but labels are one whole number a sample, shape (samples,), or one-hot rows, "
            f"one 1 among zeros, a column for each of the {classes or ''} classes: pass one of these, such as "
            f"{name}.argmax(axis=1) of rows that were softened."
        )
    if (y % 1 != 0).any():
        raise ValueError(f"{name} holds {y[y % 1 != 0][0]}, but labels are whole numbers: pass each class's index.")
    if y.min() < 0 and np.isin(y, (-1, 1)).all():
        raise ValueError(f"{name} has labels -1 and +1, but 0 and 1 are expected: write ({name} + 1) // 2.")
    if y.min() < 0 or float(y.max()) >= (classes or MOST):
        worst = y.min() if y.min() < 0 else y.max()
        last = printable("…" if classes is None else f"… {classes - 1}")
        raise ValueError(f"{name} holds the label {worst:.0f}, but the classes are 0 {last}: renumber them from 0.")
    return (y if given is None or given.shape != y.shape else given).astype(np.intp, copy=False)


def one_hot(labels, classes=None, dtype=np.float64) -> Array:
    """Return a (samples, classes) array with a 1 in the column of each row's label and 0 elsewhere.

    Raises ValueError where a label is not one of 0 … classes − 1.

    Examples
    --------
    >>> one_hot([0, 2], 3).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    """
    labels = as_labels(labels, classes if classes is None else as_count(classes, "classes"), name="labels")
    if kind_of(dtype) not in list("fiub"):
        raise ValueError(f"dtype must be a type of numbers, such as float or int. Got {shown(dtype)} instead.")
    rows = np.zeros((len(labels), classes or int(labels.max()) + 1), dtype)
    rows[np.arange(len(labels)), labels] = 1
    return rows


def as_count(value, name, low=1) -> int:
    """Return a whole number of at least `low`, and below 2³¹: no array in a page has more places."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral) or not low <= value < MOST:
        error = ValueError if isinstance(value, numbers.Number) else TypeError
        below = f", and below {MOST}" if isinstance(value, numbers.Integral) and value >= MOST else ""
        raise error(f"{name} must be a whole number of at least {low}{below}. Got {shown(value)} instead.")
    return int(value)


def as_number(value, name, low=-math.inf, high=math.inf, open_low=False, open_high=False) -> float:
    """Return a finite number between `low` and `high`, the ends included unless they are open."""
    legal = isinstance(value, numbers.Real) and not isinstance(value, bool) and _is_finite(value)
    if not legal or value < low or value > high or (open_low and value == low) or (open_high and value == high):
        left = "(" if open_low or low == -math.inf else "["
        right = ")" if open_high or high == math.inf else "]"
        error = ValueError if isinstance(value, numbers.Number) else TypeError
        raise error(f"{name} must be a number in {left}{low:g}, {high:g}{right}. Got {shown(value)} instead.")
    return float(value)


def _is_finite(value) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number or a fraction that no float reaches
        return False


def as_precision(dtype) -> np.dtype:
    """Return np.dtype("float32") or np.dtype("float64"), the two that networks compute in."""
    if not isinstance(dtype, str | type | np.dtype) or dtype not in (np.float32, np.float64, "float32", "float64"):
        raise ValueError(f"dtype must be np.float32 or np.float64. Got {shown(dtype)} instead.")
    return np.dtype(dtype)


def choose(name, table, what, more=""):
    """Return `table[name]`, or raise an error that lists the legal names and the one that is meant, or says `more`."""
    if isinstance(name, str) and name in table:
        return table[name]
    meant = closest(name, table) if isinstance(name, str) else None
    hint = f" Did you mean {meant!r}?" if meant else more
    names = [*map(repr, table)]
    names = names if len(names) <= 20 else [*names[:3], f"… ({len(names)} names)"]
    raise ValueError(f"{what} must be one of {printable(', '.join(names))}. Got {shown(name)} instead.{hint}")


_new_rng = quiet()(lambda seed: np.random.default_rng(seed))  # NumPy makes it within `np.errstate`


def as_rng(rng) -> np.random.Generator:
    """Return a random generator: `rng` itself, or a new one from a seed (None: from the system's entropy)."""
    seed = isinstance(rng, numbers.Integral) and not isinstance(rng, bool) and rng >= 0
    if rng is None or seed or isinstance(rng, np.random.Generator):
        return _new_rng(rng)
    raise TypeError(f"rng must be a whole number from 0 up or a numpy.random.Generator. Got {shown(rng)} instead.")
