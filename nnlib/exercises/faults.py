"""The faults that any answer can have, in words. Each has a name and hints in stages: what is wrong, where, how to fix it."""

import dis
import functools
import inspect
import traceback
from dataclasses import dataclass

import numpy as np

from nnlib.exercises.errors import cure
from nnlib.exercises.values import apart, as_numbers, kind, same, short

NEARLY = 1e-3  # the relative error of an answer that is nearly right
IDLE = {"RESUME", "NOP", "COPY_FREE_VARS", "MAKE_CELL", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer. Two answers with the same mistake have faults of the same name."""

    name: str
    hints: tuple[str, ...]


def nothing(exercise) -> Fault:
    """Name an exercise that has not been begun."""
    what = f"{exercise.answer} returns nothing yet." if exercise.is_function else f"{exercise.answer} has no value yet."
    return Fault("nothing yet", (f"{what} {exercise.hints[0]}", *exercise.hints[1:]))


def not_asked_for(exercise, answer) -> Fault | None:
    """Name an answer that is a value where a function or a class is asked for, or is called with other parameters."""
    name, right = exercise.answer, exercise.right
    wanted = "function" if exercise.is_function else "class" if isinstance(right, type) else type(right).__name__
    if not callable(answer) or (wanted == "class" and not isinstance(answer, type)):
        what = f"{name} is {kind(answer)}, and the question asks for a {wanted}."
        begins = {"function": f"def {exercise.asks}:", "class": f"class {name}"}.get(wanted, f"{name} = {wanted}(")
        where = f"Look at how you define it: it begins with `{begins}`."
        how = f"Hand over the {wanted} itself, `{name}`, without parentheses, which would call it."
        if wanted not in ("function", "class"):
            how = f"Make one, `{name} = {wanted}(…)`, and hand it over by its name."
        return Fault(f"no {wanted}", (what, where, how))
    if not exercise.is_function:
        return None
    try:
        signature = inspect.signature(answer)
    except (TypeError, ValueError):  # some functions that are written in C do not tell
        return None
    try:
        signature.bind(*exercise.cases[0])
    except TypeError:
        what = f"{name} cannot be called as the question says, `{exercise.asks}`."
        where = f"Compare the parameters one by one: yours are `{signature}`."
        how = f"Begin with `def {exercise.asks}:`, the parameters in this order."
        return Fault("other parameters", (what, where, how))
    return None


def raised(exercise, answer, error, arguments) -> Fault:
    """Name an answer that ended with an error."""
    what = f"{exercise.answer} stopped with {type(error).__name__}: {error}".rstrip(".: ") + "."
    where = f"It happened {_line(answer, error)}{_when(exercise, arguments)}."
    return Fault(f"raises {type(error).__name__}", (what, where, cure(error)))


def endless(exercise, answer, error, arguments, seconds) -> Fault:
    """Name an answer that did not come to an end in time."""
    what = f"{exercise.answer} did not come to an end, and was stopped after {seconds:g} seconds."
    where = f"It was still running {_line(answer, error)}{_when(exercise, arguments)}. Which line should have ended the loop?"
    how = "Count the rounds, `for _ in range(…)`; or see that a line inside the `while` makes its condition false in the end."
    return Fault("does not end", (what, where, how))


def changes(exercise, arguments, changed) -> Fault:
    """Name an answer that changes what it was given; `changed` are the places of these arguments."""
    names = " and ".join(f"`{exercise.parameters[i]}`" for i in changed)
    what = f"{exercise.answer} changes its input, {names}: its caller finds other values in it afterwards."
    where = (
        f"It happened {_when(exercise, arguments)}. Look for what changes an array or a list in place: `+=`, `-=`, "
        "`[…] =`, `.append`, `.pop`, `.sort`."
    )
    how = "Put the result under a new name, `total = total + x`, or begin with a copy, `x = x.copy()`."
    return Fault("changes its input", (what, where, how))


def missing(exercise, answer, cases, results, printed) -> Fault | None:
    """Name a function that gives no result, always or sometimes."""
    none = [i for i, result in enumerate(results) if _is_nothing(result)]
    if not none:
        return None
    name = exercise.answer
    if len(none) < len(results):
        what = f"{name} returns nothing in {len(none)} of {len(results)} tries."
        where = f"It returns nothing {_when(exercise, cases[none[0]])}. Follow it there: which `return` does it reach?"
        how = "Every way through a function needs a `return`: put one behind the `if`, for where its condition does not hold."
        return Fault("returns nothing in some tries", (what, where, how))
    if printed:
        what = f"{name} prints its answer and returns nothing."
        how = "Write `return` where it says `print`: a caller can compute with what is returned, and only read what is printed."
        return Fault("prints instead of returning", (what, "Look at its last line: is there a `return`?", how))
    if not exercise.is_function or _is_idle(answer):
        return nothing(exercise)
    what = f"{name} computes something and returns nothing."
    where = "Look at its last line: is there a `return`, and does it say what to return?"
    how = "Write `return` in front of the result: what a function computes is lost when it ends, unless it is returned."
    return Fault("no return", (what, where, how))


def _is_nothing(result) -> bool:
    return result is None or (isinstance(result, tuple) and bool(result) and all(part is None for part in result))


def _is_idle(function) -> bool:
    """Say whether a function does nothing but return a constant."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return code is not None and all(step.opname in IDLE for step in dis.get_instructions(code))


def odd(exercise, arguments, result, wanted) -> Fault | None:
    """Name a result that is not of the right kind and shape, or is not finite."""
    name = exercise.answer
    which, result, wanted = _which(exercise, result, wanted)
    which = f"{which} of {name}" if which else name
    verb = "gives" if exercise.is_function and which == name else "is"
    numbers, right = as_numbers(result), as_numbers(wanted)
    if numbers is not None and right is not None and numbers.shape == right.shape:
        if np.isfinite(numbers).all() or not np.isfinite(right).all():
            return None
        what = f"{which} {'gives a result that is' if verb == 'gives' else 'is'} not a finite number: {short(result)}."
        where = f"It happened {_when(exercise, arguments)}. Look for a division by zero, or an exponential or a logarithm."
        how = "Print what each division divides by, and what each logarithm or exponential is given: one is 0, or too large."
        return Fault("not finite", (what, where, how))
    found, asked = kind(result), kind(wanted)
    if found == asked:
        return None
    if numbers is not None and numbers.ndim > 1 and not isinstance(result, np.ndarray):
        found += f" and the shape {numbers.shape}"
    what = f"{which} {verb} {found}, and {asked} is wanted."
    where = f"The result is {short(result)}."
    if arguments:  # else the right value would be the whole answer
        where = f"The result is {short(result)} {_when(exercise, arguments)}, and {short(wanted)} is right."
    return Fault(f"{found} for {asked}", (what, where, exercise.hints[-1]))


def differs(exercise, cases, bad, results, wanted) -> Fault:
    """Name results of which some, those with the numbers `bad`, are not the right ones."""
    first = bad[0]
    which, result, right = _which(exercise, results[first], wanted[first])
    name, how = "differs", exercise.hints[-1]
    what = f"{len(bad)} of {len(cases)} tries come out wrong" if len(cases) > 1 else "it does not do what is asked"
    off = max(_off(results[b], wanted[b]) for b in bad)
    if off <= NEARLY * _usual_size(wanted):
        name, what = "nearly right", f"{len(bad)} of {len(cases)} tries are not quite right: they are off by up to {off:.0e}"
        how = (
            "Look for something that is only nearly so: a rounded number, a small number that is added in a logarithm or a "
            "division, float32, a difference in place of a derivative, or a search that ends too early."
        )
    parts = sorted({part for b in bad for part in _bad_parts(exercise, results[b], wanted[b])})
    if which and len(parts) < len(wanted[first]):
        rest = "The other is right" if len(wanted[first]) == 2 else "The others are right"
        names, is_or_are = " and ".join(str(i + 1) for i in parts), "is" if len(parts) == 1 else "are"
        what += f"; result{'s' * (len(parts) > 1)} {names} of {len(wanted[first])} {is_or_are} to blame. {rest}"
    gives, wants, place = apart(result, right)
    begins = f"{which[0].upper()}{which[1:]} is {gives}" if which else f"It gives {gives}"
    where = f"{begins}{place} {_when(exercise, cases[first])}, and {wants} is right."
    if not cases[first]:  # the right value would be the whole answer
        where = f"It is {short(results[first])}. {exercise.hints[0]}"
    return Fault(name, (f"{exercise.answer} runs, but {what}.", where, how))


def _off(result, wanted) -> float:
    """Return by how much a result is off at most; infinite where there is no comparing."""
    if isinstance(wanted, (tuple, list)) and isinstance(result, (tuple, list)) and len(result) == len(wanted):
        return max(map(_off, result, wanted), default=np.inf)
    a, b = as_numbers(result), as_numbers(wanted)
    if a is None or b is None or a.shape != b.shape or not np.isfinite(a).all():
        return np.inf
    return float(np.max(abs(a - b), initial=0))


def _usual_size(wanted) -> float:
    """Return the median size of the numbers in some results that are not 0."""
    numbers = [np.ravel(as_numbers(part)) for part in _leaves(wanted) if as_numbers(part) is not None]
    sizes = abs(np.concatenate(numbers)) if numbers else np.zeros(0)
    return float(np.median(sizes[sizes > 0])) if (sizes > 0).any() else 0.0


def _leaves(value):
    if as_numbers(value) is None and isinstance(value, (tuple, list)):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _bad_parts(exercise, result, wanted) -> list[int]:
    """Return the places of the wrong ones, where several results are asked for and as many are given."""
    if not isinstance(wanted, tuple) or not isinstance(result, (tuple, list)) or len(result) != len(wanted):
        return []
    return [i for i, pair in enumerate(zip(result, wanted, strict=True)) if not same(*pair, exercise.close)]


def _which(exercise, result, wanted):
    """Return the first wrong one of several results: its name, it, and what is right there; else "", and both whole."""
    bad = _bad_parts(exercise, result, wanted)
    if not bad:
        return "", result, wanted
    return f"result {bad[0] + 1} of {len(wanted)}", result[bad[0]], wanted[bad[0]]


def _line(answer, error) -> str:
    """Return the line of the learner's own program in which an error happened, if it is known."""
    functions = vars(answer).values() if isinstance(answer, type) else [answer]
    files = {code.co_filename for code in map(_code, functions) if code}
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in files]
    if not frames:
        return ""
    text = f", `{frames[-1].line}`" if frames[-1].line and len(frames[-1].line) < 60 else ""
    return f"in line {frames[-1].lineno}{text}, "


def _code(function):
    while isinstance(function, functools.partial):
        function = function.func
    return getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None


def _when(exercise, arguments) -> str:
    """Return with which arguments an answer was tried, by name where it is a function."""
    if not exercise.is_function:
        return f"when it was tried with {', '.join(map(short, arguments))}" if arguments else "when it was read"
    given = zip(exercise.parameters, arguments, strict=False)  # a parameter with a default may be left out
    return f"when it was called with {', '.join(f'{name} = {short(value)}' for name, value in given)}"
