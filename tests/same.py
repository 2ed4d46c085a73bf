"""Whether a picture that a page shows is the one that CPython makes of the same settings."""

import numpy as np

CLOSE, NOTHING = 1e-6, 1e-9


def differences(shown, ours, path="picture"):
    """Yield where two pictures differ, in words: names and texts must be the same, numbers agree to 1e-6.

    That is 1e-6 of the number, and never more than 1e-6; what is smaller than 1e-9 is rounding.
    """
    if isinstance(ours, np.ndarray):
        yield from _differences_of_arrays(shown, ours, path)
    elif isinstance(ours, dict):
        if not isinstance(shown, dict) or shown.keys() != ours.keys():
            yield f"{path} has {_names(shown)}, not {_names(ours)}"
            return
        for key, value in ours.items():
            yield from differences(shown[key], value, f"{path}.{key}")
    elif isinstance(ours, (list, tuple)):
        if not isinstance(shown, list) or len(shown) != len(ours):
            yield f"{path} is {shown!r}, not {ours!r}"
            return
        for index, value in enumerate(ours):
            yield from differences(shown[index], value, f"{path}[{index}]")
    elif isinstance(ours, (float, np.floating)) and isinstance(shown, (int, float)):
        if not agree(shown, ours):
            yield f"{path} is {shown!r}, not {float(ours)!r}"
    elif shown != ours:
        yield f"{path} is {shown!r}, not {ours!r}"


def agree(shown, ours):
    """Return, number by number, whether they are the same to 1e-6."""
    return np.abs(np.subtract(shown, ours)) <= NOTHING + CLOSE * np.minimum(1, np.abs(ours))


def _differences_of_arrays(shown, ours, path):
    if shown["shape"] != list(ours.shape):
        yield f"{path} has the shape {shown['shape']}, not {list(ours.shape)}"
        return
    numbers = np.reshape(shown["data"], ours.shape)
    wrong = ~agree(numbers, ours.astype(float))
    if wrong.any():
        at = tuple(map(int, np.argwhere(wrong)[0]))
        yield f"{path}{list(at)} is {numbers[at]!r}, not {ours[at]!r}, and {int(wrong.sum())} of {ours.size} differ"


def _names(value):
    return sorted(value) if isinstance(value, dict) else repr(value)
