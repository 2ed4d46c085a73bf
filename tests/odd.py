"""What is wrong, or merely odd, in the place of one argument, and what a call of nnlib makes of it.

An outcome is "taken", "refused", in words of nnlib's own, or a fault: an error that nobody raised on purpose, such as one from
inside NumPy, a message that names neither the argument nor the value, a warning of NumPy's, or a changed state.
"""

import contextlib
import dis
import functools
import inspect
import io
import random
import tempfile
import warnings
from fractions import Fraction
from pathlib import Path

import numpy as np
from doors import right

import nnlib
from nnlib import Network
from nnlib.explorables.models.playground.own import TABLE
from nnlib.sweep import sweep

HERE = Path(nnlib.__file__).parent
DEEPEST = 9  # parts within parts that are compared
HUGE = 1e100  # numbers whose squares may overflow: that is what float64 is
CHANGES = ("optimizer", "network", "parameters")  # arguments that a right call changes as well
REFUSED = (ValueError, TypeError, FloatingPointError, AttributeError)


class Thing:
    """An object of no use to nnlib."""

    def __repr__(self):
        return "<a thing>"


#: Odd values for any argument.
ANYTHING = {
    "None": lambda: None,
    "True": lambda: True,
    "a text": lambda: "abc",
    "no text": lambda: "",
    "a number as text": lambda: "0.1",
    "bytes": lambda: b"abc",
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "-inf": lambda: float("-inf"),
    "0": lambda: 0,
    "-1": lambda: -1,
    "2.5": lambda: 2.5,
    "a huge whole number": lambda: 10**400,
    "2**70": lambda: 2**70,
    "2**31": lambda: 2**31,
    "complex": lambda: 1 + 2j,
    "a fraction": lambda: Fraction(1, 3),
    "a thing": Thing,
    "a class": lambda: Thing,
    "a function": lambda: lambda *_, **__: "abc",
    "a dictionary": dict,
    "an empty list": list,
    "a list of texts": lambda: ["a", "b"],
    "a list of None": lambda: [None, None],
    "ragged": lambda: [[1.0, 2.0], [3.0]],
    "deeply ragged": lambda: [[1.0, [2.0, 3.0]], [4.0, 5.0]],
    "a set": lambda: {1, 2},
    "a generator": lambda: (number for number in (1.0, 2.0)),
    "an array of no rows": lambda: np.zeros((0, 2)),
    "an array of 0": lambda: np.array(0.0),
    "an array of one": lambda: np.ones(1),
    "a 3-D array": lambda: np.ones((2, 2, 2)),
    "an array of complex numbers": lambda: np.ones((4, 2), complex),
    "an array of objects": lambda: np.array([[1.0, None], ["x", 2.0]], object),
    "an array of texts": lambda: np.array([["1", "2"], ["3", "x"]]),
    "an array of dates": lambda: np.array(["2026-01-01", "2026-01-02"], "datetime64[D]"),
    "an array of structures": lambda: np.zeros(3, [("a", float), ("b", int)]),
    "a masked array": lambda: np.ma.masked_invalid([[1.0, np.nan], [2.0, 3.0]]),
    "an array with nan": lambda: np.array([[1.0, np.nan], [2.0, 3.0]]),
    "whole numbers of one byte": lambda: np.array([1, 2, 3], np.int8),
    "another network": lambda: nnlib.mlp([5, 2], rng=0),
    "an optimizer": lambda: nnlib.SGD(0.1),
    "itself within itself": lambda: _endless(),
}


def _endless():
    endless = []
    endless.append(endless)
    return endless


def _changed_place(change):
    def changed(value, chance):
        array = np.array(value, float)
        array[tuple(chance.randrange(length) for length in array.shape)] = change
        return array

    return changed


#: Changes of a value that is right, where it is numbers; of others they make nothing.
OF_NUMBERS = {
    "one nan": _changed_place(np.nan),
    "one inf": _changed_place(np.inf),
    "one huge number": _changed_place(1e300),
    "one number below 0": _changed_place(-7.0),
    "one half": _changed_place(0.5),
    "transposed": lambda value, _: np.array(value).T,
    "one row less": lambda value, _: np.array(value)[:-1],
    "one row more": lambda value, _: np.concatenate([value, np.array(value)[:1]]),
    "one column less": lambda value, _: np.array(value)[..., :-1],
    "one dimension more": lambda value, _: np.array(value)[..., None],
    "one dimension before": lambda value, _: np.array(value)[None],
    "raveled": lambda value, _: np.ravel(value),
    "as texts": lambda value, _: np.array(value).astype(str),
    "as objects": lambda value, _: np.array(value).astype(object),
    "as booleans": lambda value, _: np.array(value) > 0.5,
    "as complex numbers": lambda value, _: np.array(value) + 0j,
    "as float16": lambda value, _: np.array(value).astype(np.float16),
    "as lists": lambda value, _: np.array(value).tolist(),
    "read-only": lambda value, _: _locked(value),
    "backward": lambda value, _: np.array(value)[::-1],
    "one ragged row": lambda value, _: [*np.array(value).tolist()[:-1], [1.0] * 7],
    "negative": lambda value, _: -np.array(value),
    "times 1e300": lambda value, _: np.array(value) * 1e300,
}


def _locked(value):
    array = np.array(value)
    array.flags.writeable = False
    return array


def odd_values(value):
    """Return {name: function from a random.Random} of all that may stand in the place of a right value."""
    found = {name: lambda _, make=make: make() for name, make in ANYTHING.items()}
    if isinstance(value, np.ndarray | list | tuple) and (array := _as_numbers(value)) is not None and array.ndim:
        found |= {name: lambda chance, make=make: make(value, chance) for name, make in OF_NUMBERS.items()}
    return found


def _as_numbers(value):
    try:
        array = np.array(value)
    except (ValueError, TypeError):
        return None
    return array if array.dtype.kind in "fiub" and array.size else None


def attempt(name, door, argument, odd, seed=0):
    """Call a door with something odd in the place of an argument; return the outcome, and what it was in words."""
    target, arguments = right(name, door)
    given = odd_values(arguments[argument])[odd](random.Random(seed))
    others = {one: value for one, value in arguments.items() if one != argument}
    before, given_before = state((target, others)), state(given)
    outcome, words, result = _outcome(lambda: called(door[0], target, {**others, argument: given}, arguments), argument, given)
    if outcome == "refused" and state((target, others)) != before and not words.startswith("the loss is no longer finite"):
        return "fault", f"refused, and the state has changed: {words}"  # a training that fails on its way has drawn numbers
    if outcome == "taken" and is_tainted(result) and not is_tainted(given) and not is_huge(given):
        return "fault", f"taken, and the result has numbers that are none: {words}"
    if outcome != "fault" and not (outcome == "taken" and argument in CHANGES) and state(given) != given_before:
        return "fault", "the argument has changed"
    return outcome, words


def _outcome(call, argument, given):
    """Return the outcome of a call, what it was in words, and its result."""
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("always")
        try:
            result = call()
        except Exception as error:
            fault = judged(error, argument, given)
            return ("fault", fault, None) if fault else ("refused", str(error), None)
    odd_numbers = is_huge(given) or is_tainted(given)  # of which NumPy may warn
    theirs = [one for one in warned if one.category is RuntimeWarning and Path(one.filename).parent != HERE.parent / "tests"]
    theirs = [str(one.message) for one in theirs if "encountered" in str(one.message)]
    if theirs and not odd_numbers:
        return "fault", f"NumPy warns: {theirs[0]}", result
    return "taken", repr(result)[:200], result


def called(function, target, arguments, order=None):
    """Return what a function returns for arguments by name; what it yields, as a list."""
    by_name = {name: arguments[name] for name in order or arguments}
    positional = [] if target is None else [target]
    parameters = list(inspect.signature(function).parameters.values())
    several = next((place for place, one in enumerate(parameters) if one.kind == one.VAR_POSITIONAL), 0)
    for parameter in parameters[len(positional) : several + 1] if several else ():
        positional.append(by_name.pop(parameter.name))
    result = function(*positional, **by_name)
    return list(result) if hasattr(result, "__next__") else result


def _saved():
    with tempfile.TemporaryDirectory() as folder:
        path, optimizer = Path(folder, "network.npz"), nnlib.Adam()
        network = nnlib.mlp([2, 3, 2], dropout=0.1, rng=0)
        nnlib.train(network, np.eye(2), [0, 1], loss="cross_entropy", optimizer=optimizer, epochs=1).__next__()
        network.save(path, optimizer=optimizer)
        return path.read_bytes()


def _kept():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "results.jsonl")
        list(sweep(dict, {"width": [1, 2], "height": [3, 5]}, file=path))
        return path.read_bytes()


def load_network(path):
    """Load a network, and an optimizer's memory beside it."""
    return Network.load(path, optimizer=nnlib.Adam())


def load_results(path):
    """Load what a sweep has kept."""
    return list(sweep(dict, {"width": [1, 2], "height": [3, 5]}, file=path))


def load_table(path):
    """Read a table of one's own, as the playground does."""
    return TABLE.check({"text": Path(path).read_bytes().decode("utf-8", "replace")})


CSV = "id;name;length;width;kind\n1;Ann;0,5;5;rosé\n2;Bea;2;;rosé\n3;Cy;3;7;lily\n4;Di;4;6;lily\n5;Eve;1;2;rosé\n"
FOREIGN = (
    b"",
    b"PK\x03\x04",
    b"\x93NUMPY\x01\x00",
    b"\x89HDF\r\n\x1a\n",
    b"{}",
    b"[[",
    b"a,b\n1,2\n",
    b"\x80\x04\x95",
    b"\0" * 100,
)
FILES = ((_saved, load_network), (_kept, load_results), (CSV.encode, load_table))


@functools.cache
def contents(make):
    """Return the bytes of a right file."""
    return make()


def damaged(chance):
    """Return what a file is, its bytes, which chance has damaged, and what loads it."""
    make, load = chance.choice(FILES)
    content = bytearray(contents(make))
    how = chance.choice(["cut", "flipped", "foreign", "filled", "joined"])
    if how == "cut":
        del content[chance.randrange(len(content)) :]
    elif how == "flipped":
        for _ in range(chance.choice([1, 1, 2, 20])):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif how == "foreign":
        content = bytearray(chance.choice(FOREIGN))
    elif how == "filled":
        start = chance.randrange(len(content))
        content[start : start + chance.randrange(1, 60)] = chance.randbytes(chance.randrange(60))
    else:
        content += contents(chance.choice(FILES)[0])
    return f"{load.__name__}, {how}", bytes(content), load


def load_of(content, load):
    """Return the outcome of loading a file with this content, and what it was in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        outcome, words, _ = _outcome(lambda: load(path), "path", None)
        if outcome == "refused" and path.read_bytes() != content:
            return "fault", f"refused, and the file has changed: {words}"
        return outcome, words


def judged(error, argument, given):
    """Return what is wrong with an error, "" where it is a sentence of nnlib's own about this argument."""
    if callable(given) and "Thing()" in str(error):  # the reader's own function has raised it
        return ""
    if isinstance(error, OSError) and error.filename:  # Python's own: it names the file
        return ""
    if not isinstance(error, REFUSED):
        return f"an error of another type: {error!r}"
    if not raised_by_nnlib(error):
        return f"nobody raised it on purpose: {error!r}"
    message = str(error)
    if len(message.split()) < 4 or len(message) > 1000:
        return f"no sentence: {error!r}"
    return ""


def raised_by_nnlib(error):
    """Say whether an error comes from a line of nnlib that raises it, and from no call in that line."""
    last = error.__traceback__
    while last.tb_next:
        last = last.tb_next
    code = last.tb_frame.f_code
    if HERE not in Path(code.co_filename).parents:
        return False
    [doing] = [one.opname for one in dis.get_instructions(code) if one.offset == last.tb_lasti]
    return doing == "RAISE_VARARGS"


def is_tainted(value, depth=0):
    """Say whether there is a number in a value that is NaN or infinite."""
    if isinstance(value, float | np.floating):
        return not np.isfinite(value)
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fc" and not np.isfinite(value).all()
    if isinstance(value, dict):
        return is_tainted(list(value.values()), depth)
    if isinstance(value, list | tuple) and depth < 5:
        return any(is_tainted(part, depth + 1) for part in value)
    if type(value).__module__.startswith("nnlib") and hasattr(value, "__dict__") and depth < 5:
        return is_tainted(vars(value), depth + 1)
    return False


def is_huge(value):
    """Say whether there is a number in a value whose square may overflow."""
    array = _as_numbers(value)
    return array is not None and array.dtype.kind in "fiu" and bool((abs(array.astype(float)) > HUGE).any())


def state(value, depth=0):
    """Return what can be compared of a value, however it is made."""
    if isinstance(value, np.ndarray) and value.dtype != object:
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, np.random.Generator):
        return repr(value.bit_generator.state)
    if value is None or isinstance(value, str | int | float | bytes | type) or inspect.isroutine(value):
        return value if value == value else "NaN"
    if isinstance(value, dict) and depth < DEEPEST:
        return [(name, state(part, depth + 1)) for name, part in value.items()]
    if isinstance(value, list | tuple) and depth < DEEPEST:
        return [type(value).__name__, *(state(part, depth + 1) for part in value)]
    if type(value).__module__.startswith("nnlib") and hasattr(value, "__dict__") and depth < DEEPEST:
        own = {name: part for name, part in vars(value).items() if part is not None}  # None is what the class says
        return [type(value).__name__, state(own, depth + 1)]
    return type(value).__name__
