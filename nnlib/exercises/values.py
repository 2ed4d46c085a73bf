"""Values as the judge sees them: whether two are alike, and what they are called in a sentence.

A learner's answer can be anything, so nothing here may fail, whatever a value does when it is compared or shown.
"""

import inspect
import math

import numpy as np

CLOSE = (1e-6, 1e-9)  # the relative and the absolute difference that two numbers may have
DIGITS = (4, 6, 9, 12, 17)  # with how many numbers are shown; more where fewer don't tell two of them apart
LONGEST = 80  # characters of a value in a sentence
NUMBERS = "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"


def same(one, other, close=CLOSE) -> bool:
    """Say whether two values are alike: in shape, texts exactly, numbers as close as asked."""
    a, b = as_numbers(one), as_numbers(other)
    if a is not None and b is not None:
        return a.shape == b.shape and bool(np.allclose(a, b, *close, equal_nan=True))
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(same(*pair, close) for pair in zip(one, other, strict=True))
    return one is other or _equal(one, other)


def _equal(one, other) -> bool:
    try:
        return type(one) is type(other) and bool(np.all(one == other))
    except Exception:  # it cannot be compared, so it is not the right answer
        return False


def as_numbers(value):
    """Return a number, or an array or a list of numbers, as an array of floats; None for anything else."""
    try:
        array = np.asarray(value)
        return array.astype(float) if array.dtype.kind in "biuf" else None
    except Exception:  # ragged, or of a kind that cannot become an array
        return None


def kind(value) -> str:
    """Return what a value is, in words."""
    if value is None:
        return "nothing (None)"
    if isinstance(value, (bool, np.bool_)):
        return "True or False"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, type):
        return "a class"
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple):
        return "a pair" if len(value) == 2 else f"a tuple of {count(len(value))}"
    if isinstance(value, list):
        return f"a list of length {len(value)}"
    numbers = as_numbers(value)
    if numbers is not None and not numbers.ndim:
        return "a number"
    if inspect.isroutine(value):
        return "a function"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def count(number) -> str:
    """Return a whole number in words, if it is a small one."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def short(value, digits=DIGITS[0]) -> str:
    """Return a value as text that fits a sentence: whole numbers whole, others rounded."""
    if inspect.isroutine(value) or isinstance(value, type):
        return value.__name__
    try:
        text = repr(_rounded(value, digits))
    except Exception:  # it cannot be shown
        return kind(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _rounded(value, digits):
    """Return a value with plain Python numbers of so many digits; numbers below 1 keep as many that count."""
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if type(value) in (tuple, list):
        return type(value)(_rounded(part, digits) for part in value)
    if isinstance(value, float) and math.isfinite(value):
        return round(value, digits) if abs(value) >= 1 else float(f"{value:.{digits}g}")
    return value


def apart(one, other) -> tuple[str, str, str]:
    """Return two values that are not alike as texts that differ, and the place where they do, if it must be said."""
    texts = _texts(one, other)
    a, b = as_numbers(one), as_numbers(other)
    if a is None or b is None or a.shape != b.shape or not a.ndim or not any(text.endswith("…") for text in texts):
        return *texts, ""
    distance = np.where(np.isfinite(a) & np.isfinite(b), abs(a - b), np.where(a == b, 0, np.inf))
    place = np.unravel_index(np.argmax(distance), a.shape)
    return *_texts(np.asarray(one)[place], np.asarray(other)[place]), f" at {list(map(int, place))}"


def _texts(one, other):
    """Return two values as texts, with as many digits as it takes to tell them apart."""
    for digits in DIGITS:
        texts = short(one, digits), short(other, digits)
        if texts[0] != texts[1]:
            break
    return texts
