"""Doors: what a public function lets in, so that its own lines are the formula.

`nnlib.arrays` has the checks of samples and settings. Here is what has them made at a door, and those of all else.
"""

import functools
import inspect
import os

import numpy as np

from nnlib.arrays import as_array, as_count, as_number, as_numbers, as_rng, as_vector
from nnlib.wording.refusing import shown


def checked(check):
    """Return a decorator for functions whose arguments `check` takes and returns clean, or refuses with an error.

    So a function is its formula alone. It stays at hand as `function.unchecked`, for a loop that has checked once, at
    its own door.
    """

    def decorate(function):
        @functools.wraps(function)
        def door(*arguments, **by_name):
            return function(*check(*arguments, **by_name))

        door.unchecked = function
        function.__qualname__ += ".unchecked"  # where pickle finds it
        return door

    return decorate


def named(function):
    """Decorate a function that has each argument checked by its name, as `MEANS` says."""
    names = list(inspect.signature(function).parameters)

    @functools.wraps(function)
    def door(*arguments, **by_name):
        clean = [_clean(name, value) for name, value in zip(names, arguments, strict=False)]
        return function(*clean, *arguments[len(clean) :], **{name: _clean(name, by_name[name]) for name in by_name})

    return door


def _clean(name, value):
    return MEANS[name](value, name) if name in MEANS else value


def as_flag(value, name) -> bool:
    """Return True or False, from these or from 1 and 0."""
    if value is True or value is False:
        return value
    if isinstance(value, np.bool_ | int) and value in (0, 1):
        return bool(value)
    raise TypeError(f"{name} must be True or False. Got {shown(value)} instead.")


def as_path(path, name="path") -> str:
    """Return the path of a file as a text."""
    if isinstance(path, str | os.PathLike) and (text := os.fspath(path)) and isinstance(text, str):
        return text
    raise TypeError(f"{name} must be the name of a file, such as 'network.npz'. Got {shown(path)} instead.")


def as_list(values, name, such_as, kind=object, each="") -> list:
    """Return a list, of what can be listed and is no text, all of one kind, which `each` says in words."""
    if isinstance(values, str | bytes | dict) or not np.iterable(values):
        raise TypeError(f"{name} must be a list, such as {such_as}. Got {shown(values)} instead.")
    values = list(values)
    for i, value in enumerate(values):
        if not isinstance(value, kind):
            raise TypeError(f"{name}[{i}] must be {each}. Got {shown(value)} instead.")
    return values


def as_function(value, name):
    """Return what can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function from an array to a number. Got {shown(value)} instead.")
    return value


def as_optimizer(optimizer, method="step"):
    """Return an optimizer that has this method."""
    if isinstance(optimizer, type) or not hasattr(optimizer, method):
        raise TypeError(f"optimizer must be an object such as SGD(0.1) or Adam(). Got {shown(optimizer)} instead.")
    return optimizer


def as_one_number(value, name):
    """Return a number, as an array without dimensions."""
    value = as_numbers(value, name, finite=False)
    if value.ndim:
        raise ValueError(f"{name} has shape {value.shape}, but it must be one number: take its sum() or mean().")
    return value


def as_axis(axis, shape):
    """Return an axis of an array of this shape, or None."""
    if axis is not None and as_count(axis, "axis", low=-len(shape)) >= len(shape):
        raise ValueError(f"axis {axis} is none of an array of shape {shape}: count them from 0.")
    return axis


def as_power(power, base):
    """Return a power, below 0 only where no number of its base is 0."""
    power = as_number(power, "the power", -1000, 1000)
    if power < 0 and not base.all():
        raise ValueError("a 0 has no inverse: divide by, or raise to a power below 0, numbers that are none.")
    return power


def refuse_immovable(parameters, gradients):
    """Raise unless these are arrays that a step can move in place, one number for each of the other."""
    for name, vector in (("parameters", parameters), ("gradients", gradients)):
        if not isinstance(vector, np.ndarray) or vector.dtype.kind != "f" or not parameters.flags.writeable:
            raise TypeError(f"{name} must be an array of floats, which a step moves in place. Got {shown(vector)} instead.")
    if gradients.shape != parameters.shape:
        raise ValueError(f"gradients has shape {gradients.shape}: pass one for each of {parameters.size} numbers.")


def refuse_beyond(most, **arrays):
    """Raise where a number of these arrays is larger than `most`, or than its negative."""
    for name, array in arrays.items():
        if np.abs(array).max() > most:
            raise ValueError(f"{name} holds {array.flat[np.abs(array).argmax()]:g}, but numbers end at {most:g}: scale them.")


def as_rows(z, name="z"):
    """Return an array of numbers, in rows."""
    z = as_array(z, name=name)
    if not z.ndim or not z.size:
        raise ValueError(f"{name} has shape {z.shape}, but rows of numbers are expected, (samples, features).")
    return z


def of_example(weights, bias, x, y, learning_rate):
    """Return what a perceptron's rule takes, all of it numbers, and x as many as there are weights."""
    weights = as_vector(weights, name="weights")
    x = as_vector(x, len(weights))
    return weights, as_number(bias, "bias"), x, as_number(y, "y"), as_number(learning_rate, "learning_rate")


def for_each(value, count, name):
    """Return one number for each of so many, from a single one or from as many."""
    values = as_numbers(value, name, finite=False)
    return np.broadcast_to(values, count) if values.ndim == 0 else values


def of_numbers(z, a=None):
    """Return z and, where it is given, a = φ(z), as arrays of one shape."""
    z = as_array(z)
    if a is None:
        return (z,)
    a = as_array(a, name="a")
    if a.shape != z.shape:
        raise ValueError(f"a has shape {a.shape}, but z has {z.shape}: pass a = φ(z), or z alone.")
    return z, a


def of_rows(z, a=None):
    """Return the same, of z in rows of one number for each class."""
    return of_numbers(as_rows(z), a)


def refuse_misfits(shape, other):
    """Raise unless arrays of these shapes can be stretched to one."""
    if any(a != b and 1 not in (a, b) for a, b in zip(shape[::-1], other[::-1], strict=False)):
        raise ValueError(f"the shapes {shape} {other} do not fit: give an axis one length on both sides, or 1.")


def refuse_factors(shape, other):
    """Raise unless arrays of these shapes are matrices that can be multiplied."""
    for name, side in (("left", shape), ("right", other)):
        if len(side) != 2:
            raise ValueError(f"the {name} side of @ has shape {side}: give both sides two dimensions.")
    if shape[1] != other[0]:
        raise ValueError(f"the left side of @ has shape {shape}, the right one {other}: transpose one?")


def _not_negative(value, name):
    return as_number(value, name, 0)


def _from_0(value, name):
    return as_count(value, name, low=0)


#: What a name means wherever it is that of an argument, as the check of its value.
MEANS = {
    "inputs": as_count,
    "outputs": as_count,
    "every": as_count,
    "steps": as_count,
    "step": _from_0,
    "scale": _not_negative,
    "rate": _not_negative,
    "factor": _not_negative,
    "low": _not_negative,
    "epsilon": lambda value, name: as_number(value, name, 0, open_low=True),
    "rng": lambda value, _: as_rng(value),
    "f": as_function,
}
