"""What the judge says of any answer: each kind of mistake is planted into every exercise in which it can occur."""

import ast
import contextlib
import re
import signal
import threading

import numpy as np
import pytest

from nnlib import exercises
from nnlib.exercises import EXERCISES, limit
from nnlib.exercises.errors import CURES, cure
from nnlib.exercises.judge import judge
from nnlib.exercises.values import apart, as_numbers, short

FUNCTIONS = {name: exercise for name, exercise in EXERCISES.items() if exercise.is_function}
every = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
every_function = pytest.mark.parametrize("exercise", FUNCTIONS.values(), ids=FUNCTIONS)
GIVES = re.compile(r"(?:gives|is) (?P<gives>.+?)(?: at \[[\d, ]*\])? when it was .*, and (?P<wants>.+) is right\.$")


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch):
    monkeypatch.setattr(exercises, "_hinted", {})


def spoilt(exercise, change, tries=None):
    """Return the right answer with its results changed, in all tries or in those with these numbers."""
    calls = iter(range(10**6))

    def answer(*arguments):
        result = exercise.right(*arguments)
        return change(result) if tries is None or next(calls) in tries else result

    return answer


# no result


@every_function
def test_a_forgotten_return_is_no_exercise_that_was_not_begun(exercise):
    tree = ast.parse(exercise.solution)
    [function] = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == exercise.answer]
    for node in ast.walk(function):
        for statements in [getattr(node, "body", []), getattr(node, "orelse", [])]:
            if isinstance(statements, list):
                statements[:] = [ast.Expr(s.value) if isinstance(s, ast.Return) else s for s in statements]
    fault = judge(exercise, exercise.defined_by(ast.unparse(ast.fix_missing_locations(tree)))).fault
    assert fault.name == "no return"
    assert not any(hint in " ".join(fault.hints) for hint in exercise.hints)


@every_function
@pytest.mark.parametrize("which", [0, -1])
def test_a_result_that_is_missing_in_some_tries_is_named_with_the_input(exercise, which):
    tries = {range(len(exercise.cases))[which]}
    fault = judge(exercise, spoilt(exercise, lambda result: None, tries)).fault
    assert fault.name == "returns nothing in some tries"
    assert fault.hints[0] == f"{exercise.answer} returns nothing in 1 of {len(exercise.cases)} tries."
    assert short(exercise.cases[which][0]) in fault.hints[1]


# never the same number twice


def shifted(value, by=1e-5):
    """Return a value whose last number is a little larger."""
    if isinstance(value, tuple):
        return *value[:-1], shifted(value[-1], by)
    if isinstance(value, list):
        return [*value[:-1], shifted(value[-1], by)]
    array = np.array(value, dtype=float)
    array.flat[-1] += by * max(1, abs(array.flat[-1]))
    return array if array.ndim else float(array)


@every_function
@pytest.mark.parametrize("by", [1e-5, 1e-4, 0.3, 7])
def test_a_wrong_number_is_never_called_right(exercise, by):
    fault = judge(exercise, spoilt(exercise, lambda result: shifted(result, by))).fault
    if fault is None:  # its result is looked at in whole milliseconds
        assert exercise.name == "biology-bug-hunt"
        return
    if fault.name in ("differs", "nearly right"):
        texts = GIVES.search(fault.hints[1]).groupdict()
        assert texts["gives"] != texts["wants"]
        assert len(fault.hints[1]) < 700
        wanted = exercise.wanted[0]
        if isinstance(wanted, tuple) and not isinstance(wanted[-1], list):
            rest = "other is" if len(wanted) == 2 else "others are"
            assert f"result {len(wanted)} of {len(wanted)} is to blame. The {rest} right." in fault.hints[0]
            assert fault.hints[1].startswith(f"Result {len(wanted)} of {len(wanted)} is ")


@pytest.mark.parametrize("by", [1e-5, 1e-7, 1e-10, 1e-15])
@pytest.mark.parametrize("value", [0.5, 2.72391234, np.linspace(0, 1, 50), np.ones((9, 9)), [1.0, 2.0]])
def test_two_values_apart_are_two_texts(value, by):
    one, other, place = apart(shifted(value, by), value)
    assert one != other
    assert bool(place) == (np.size(value) > 10)


def test_an_answer_that_is_nearly_right_is_told_so():
    fault = judge(EXERCISES["neuron-boundary"], spoilt(EXERCISES["neuron-boundary"], lambda x: round(x, 5))).fault
    assert re.match(r"boundary_height runs, but \d+ of 23 tries are not quite right: they are off by up to ", fault.hints[0])
    assert "rounded" in fault.hints[2]


# kinds and inputs in the learner's terms


@every
def test_inputs_are_shown_as_they_are_given(exercise):
    for arguments in exercise.cases:
        for value in arguments:
            text = short(value)
            assert "object at 0x" not in text
            if isinstance(value, (int, np.ndarray)) and np.asarray(value).dtype.kind in "iu":
                assert "." not in text
            if as_numbers(value) is not None and not text.endswith("…"):
                assert np.allclose(ast.literal_eval(text), value, rtol=1e-3, atol=1e-4)


@every_function
def test_a_list_of_another_length_is_told_as_such_with_its_input(exercise):
    if not isinstance(exercise.wanted[0], list):
        return
    length = len(exercise.wanted[0])
    fault = judge(exercise, spoilt(exercise, lambda result: [*result, 5, 5])).fault
    assert f"a list of length {length + 2}, and a list of length {length} is wanted" in fault.hints[0]
    assert short(exercise.cases[0][0]) in fault.hints[1]


@every_function
def test_one_of_several_results_is_no_array_for_them_all(exercise):
    wanted = exercise.wanted[0]
    if not isinstance(wanted, tuple):
        return
    fault = judge(exercise, spoilt(exercise, lambda result: result[0])).fault
    asked = "a pair" if len(wanted) == 2 else "a tuple of "
    assert f"and {asked}" in fault.hints[0] or fault.name in {wrong.name for wrong in exercise.wrong}
    assert "an array of shape (2,) is wanted" not in fault.hints[0]


def test_a_part_of_the_wrong_shape_is_named_by_its_place():
    exercise = EXERCISES["backpropagation-dense"]
    keeps = exercise.solution.replace("delta.sum(axis=0)", "delta.sum(axis=0).reshape(1, 1, -1)")
    fault = judge(exercise, exercise.defined_by(keeps)).fault
    assert re.match(r"result 2 of 3 of dense_backward is an array of shape \(1, 1, \d\), and an array of shape", fault.hints[0])


@every_function
def test_other_parameters_are_named_before_anything_is_tried(exercise):
    fault = judge(exercise, lambda: 0).fault
    assert fault.name == "other parameters"
    assert exercise.asks in fault.hints[0]


# errors


@every_function
def test_a_line_is_the_learners_own_and_the_last_hint_fits_the_error(exercise):
    source = f"import numpy as np\n\n\ndef {exercise.asks}:\n    table = np.ones((2, 3))\n    return np.take(table, 77)\n"
    fault = judge(exercise, exercise.defined_by(source)).fault
    assert fault.hints[1].startswith("It happened in line 6, ")
    assert (
        "np.maximum" in fault.hints[2] or "NumPy" in fault.hints[2] or "index" in fault.hints[2] or "number" in fault.hints[2]
    )
    assert fault.hints[2] not in exercise.hints


FAILS = {
    "np.ones(3)": ("NameError", "import numpy as np"),
    "math.exp(1)": ("NameError", "import math"),
    "x_hat + 1": ("NameError", "spelled"),
    "[1.0] @ [2.0]": ("TypeError", "np.asarray"),
    "[1.0] * 0.5": ("TypeError", "np.asarray"),
    "None + 1": ("TypeError", "None"),
    "numpy.pi(3)": ("TypeError", "multiplication sign"),
    "numpy.ones((2, 3)) @ numpy.ones((2, 3))": ("ValueError", "`A @ B`"),
    "numpy.ones((2, 3)) + numpy.ones((2, 2))": ("ValueError", ".shape"),
    "max(0, numpy.ones(2))": ("ValueError", "np.maximum"),
    "numpy.max(numpy.ones(2), 3)": ("AxisError", "np.maximum"),
    "[1, 2][5]": ("IndexError", "one less than the length"),
    "[1, 2].shape": ("AttributeError", "np.asarray"),
    "__import__('math').exp(1000)": ("OverflowError", "never positive"),
    "__import__('math').log(0)": ("ValueError", "above 0"),
    "__import__('math').sqrt(-1)": ("ValueError", "not below 0"),
    "1 / 0": ("ZeroDivisionError", "divide by"),
    "exit()": ("SystemExit", "return"),
    "__import__('tensorflow_of_none')": ("ModuleNotFoundError", "spelling"),
}


@pytest.mark.parametrize(("line", "says"), FAILS.items(), ids=FAILS)
def test_the_cure_of_an_error_is_about_that_error(line, says):
    name, part = says
    with pytest.raises(BaseException) as caught:
        exec(line, {"numpy": np, "exit": lambda: exec("raise SystemExit")})
    assert type(caught.value).__name__ == name
    assert part in cure(caught.value)


def test_no_cure_is_out_of_reach():
    texts = [what for _, _, what in CURES]
    assert all(text.endswith((".", "?")) for text in texts)


# whatever comes back


class Hostile:
    """A value that fails whatever is done with it."""

    def _fail(self, *_, **__):
        raise RuntimeError("no")

    __eq__ = __repr__ = __len__ = __iter__ = __array__ = __deepcopy__ = __bool__ = __float__ = __str__ = _fail
    __hash__ = None


CYCLE = []
CYCLE.append(CYCLE)
ODD = {
    "a text": "text", "nothing in it": "", "True": True, "a complex number": 1j, "a large number": 10**400, "inf": np.inf,
    "nan": np.nan, "an empty list": [], "an empty tuple": (), "a dict": {"a": 1}, "a set": {1}, "a range": range(3),
    "a long list": list(range(50)), "a ragged list": [[1], [1, 2]], "texts": np.array(["a"]), "objects": np.array([None, 1]),
    "an empty array": np.zeros((0, 3)), "a deep array": np.zeros((1,) * 12), "dates": np.array(["2020-01-01"], "datetime64[D]"),
    "a function": len, "a class": dict, "an exception": ValueError("x"), "a generator": (i for i in ()), "bytes": b"ab",
    "hostile": Hostile(), "hostile ones": [Hostile(), Hostile()], "a cycle": CYCLE, "a pair of texts": ("a", "b"),
    "a module": ast, "nothing twice": (None, None),
}  # fmt: skip


@every
@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_whatever_comes_back_gets_hints(exercise, odd):
    for answer in (odd, lambda *_: odd) if exercise.is_function else (odd,):
        exercises._hinted.clear()
        result = exercises.check(exercise.name, answer)
        assert not result
        assert result.sentence
        assert [exercises.hint(exercise.name).stage for _ in range(2)] == [2, 3]


@every_function
@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("odd", ["a text", "hostile", "a ragged list", "a function", "a cycle", "a dict"])
def test_whatever_one_of_several_results_is_gets_hints(exercise, odd, place):
    if not isinstance(exercise.wanted[0], (tuple, list)):
        return

    def change(result):
        parts = list(result)
        parts[place] = ODD[odd]
        return tuple(parts)

    assert not exercises.check(exercise.name, spoilt(exercise, change))


# time

# Windows has no such clock: there a notebook's button interrupts a program, and a test of one that never ends would not end.
with_clock = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no clock that interrupts")


@with_clock
@every_function
def test_an_endless_loop_ends_with_a_word(exercise, monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 0.05)
    source = f"def {exercise.asks}:\n    while True:\n        pass\n"
    fault = judge(exercise, exercise.defined_by(source)).fault
    assert fault.name == "does not end"
    assert fault.hints[0] == f"{exercise.answer} did not come to an end, and was stopped after 0.05 seconds."
    assert re.match(r"It was still running in line [23], when it was called with ", fault.hints[1])


@with_clock
@pytest.mark.parametrize("catches", ["except Exception:", "except:"])
def test_a_loop_that_catches_everything_ends_too(monkeypatch, catches):
    monkeypatch.setattr(limit, "SECONDS", 0.05)
    exercise = EXERCISES["neuron-boundary"]
    loop = f"    while True:\n        try:\n            x1 + 1\n        {catches}\n            pass\n"
    assert judge(exercise, exercise.defined_by(f"def {exercise.asks}:\n{loop}")).fault.name == "does not end"


@with_clock
def test_an_answer_in_time_is_not_stopped_later():
    for _ in range(200):
        with contextlib.suppress(limit.TooLong), limit.limit(0.0005):
            sum(range(20_000))  # takes about as long
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_off_the_main_thread_there_is_no_limit(monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 1e-6)
    exercise, passed = EXERCISES["neuron-boundary"], []
    thread = threading.Thread(target=lambda: passed.append(bool(exercises.check(exercise.name, exercise.right))))
    thread.start()
    thread.join()
    assert passed == [True]


def test_without_a_clock_there_is_no_limit(monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 1e-6)
    monkeypatch.delattr(signal, "setitimer", raising=False)
    exercise = EXERCISES["neuron-boundary"]
    assert exercises.check(exercise.name, exercise.right)
