"""The faults that any answer can have, in words. Each has a name and hints in stages: what is wrong, where, how to mend it."""

import traceback
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nnlib.exercises.values import is_numbers, kind, short

PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer. Two answers with the same mistake have faults of the same name."""

    name: str
    hints: tuple[str, ...]


def nothing(exercise) -> Fault:
    """Name an exercise that has not been begun."""
    what = f"{exercise.answer} returns nothing yet." if exercise.is_function else f"{exercise.answer} has no value yet."
    return Fault("nothing yet", (f"{what} {exercise.hints[0]}", *exercise.hints[1:]))


def no_function(exercise, answer) -> Fault:
    """Name an answer that is a value where a function is asked for."""
    what = f"{exercise.answer} is {kind(answer)}, and the question asks for a function."
    where = f"Look at how you define it: it begins with `def {exercise.asks}:`."
    how = f"Hand over the function itself, `{exercise.answer}`, without parentheses, which would call it."
    return Fault("no function", (what, where, how))


def raised(exercise, error, arguments) -> Fault:
    """Name an answer that ended with an error."""
    what = f"{exercise.answer} stopped with {type(error).__name__}: {error}".rstrip(".: ") + "."
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if not Path(frame.filename).is_relative_to(PACKAGE)]
    line = f"in line {lines[-1]}, " if lines else ""
    where = f"It happened {line}{_when(exercise, arguments)}."
    return Fault(f"raises {type(error).__name__}", (what, where, exercise.hints[-1]))


def mutates(exercise, arguments) -> Fault:
    """Name an answer that changes what it was given."""
    what = f"{exercise.answer} changes its input: whoever called it finds other numbers in it afterwards."
    where = f"It happened {_when(exercise, arguments)}: look for `+=` or `[…] =` on a parameter."
    how = "Put the result under a new name, `total = total + x`, or begin with a copy, `x = x.copy()`."
    return Fault("changes its input", (what, where, how))


def missing(exercise, result, printed) -> Fault | None:
    """Name a function that gives no result."""
    if result is not None:
        return None
    if not printed:
        return nothing(exercise)
    what = f"{exercise.answer} prints its answer and returns nothing."
    how = "Write `return` where it says `print`: a caller can compute with what is returned, and only read what is printed."
    return Fault("prints instead of returning", (what, "Look at its last line: is there a `return`?", how))


def odd(exercise, result, wanted) -> Fault | None:
    """Name a result that is not of the right kind and shape, or is not finite."""
    name, how = exercise.answer, exercise.hints[-1]
    if is_numbers(result) and is_numbers(wanted) and np.shape(result) == np.shape(wanted):
        if np.isfinite(result).all() or not np.isfinite(wanted).all():
            return None
        what = f"{name} gives a result that is not a finite number: {short(result)}."
        where = "Look for a division by zero, or for an exponential or a logarithm of something extreme."
        return Fault("not finite", (what, where, how))
    if kind(result) == kind(wanted):
        return None
    gives, where = ("gives", "Look at its last line") if exercise.is_function else ("is", "Look at where you set it")
    what = f"{name} {gives} {kind(result)}, and {kind(wanted)} is wanted."
    return Fault(f"{kind(result)} for {kind(wanted)}", (what, f"{where}: the result is {short(result)}.", how))


def differs(exercise, cases, bad, results, wanted) -> Fault:
    """Name results of which some, those with the numbers `bad`, are not the right ones."""
    first = bad[0]
    what = f"{len(bad)} of {len(cases)} tries come out wrong" if len(cases) > 1 else "it does not do what is asked"
    where = f"It gives {short(results[first])} {_when(exercise, cases[first])}, and {short(wanted[first])} is right."
    if not cases[first]:  # the right value would be the whole answer
        where = f"It is {short(results[first])}. {exercise.hints[0]}"
    return Fault("differs", (f"{exercise.answer} runs, but {what}.", where, exercise.hints[-1]))


def _when(exercise, arguments) -> str:
    """Return with which arguments an answer was tried, by name where it is a function."""
    if not exercise.is_function:
        return f"when it was tried with {', '.join(map(short, arguments))}" if arguments else "when it was read"
    names = [name.partition("=")[0] for name in exercise.asks.partition("(")[2].rstrip(")").split(", ")]
    given = zip(names, arguments, strict=False)  # a parameter with a default may be left out
    return f"when it was called with {', '.join(f'{name} = {short(value)}' for name, value in given)}"
