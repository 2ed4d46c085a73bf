"""The runner of the page's exercise cells, without a page: what is printed, shown, wrong, and judged."""

import json

import numpy as np
import pytest

import nnlib
from nnlib import exercises
from nnlib.exercises import EXERCISES
from nnlib.live import exercise_runner


def ask(source, do="run", exercise="neuron-boundary"):
    return json.loads(exercise_runner.answer(json.dumps({"do": do, "exercise": exercise, "source": source})))


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch):
    monkeypatch.setattr(exercises, "_hinted", {})
    monkeypatch.setattr("sys.stdin", None)  # which the runner replaces
    monkeypatch.setattr("sys.breakpointhook", None)


@pytest.mark.parametrize(
    ("source", "printed", "value"),
    [
        ("print(1)\nprint(2)", "1\n2\n", None),
        ("x = 2\nx + 1", "", "3"),
        ("x = 2\nx;", "", None),
        ("print(3)\n'text'", "3\n", "'text'"),
        ("", "", None),
        ("# nothing", "", None),
        ("import sys\nprint('to stderr', file=sys.stderr)", "to stderr\n", None),
        ("import numpy as np\nfrom nnlib import Neuron\nNeuron([1, 1])(np.zeros(2))", "", "0.5"),
        ("__name__", "", "'__main__'"),
    ],
)
def test_what_a_program_prints_and_shows_comes_back(source, printed, value):
    reply = ask(source)
    assert (reply["printed"], reply["value"], reply["error"]) == (printed, value, None)


@pytest.mark.parametrize(
    ("source", "line", "sentence", "trace"),
    [
        ("x = 1\nx / 0", 2, "ZeroDivisionError: division by zero", "   2  x / 0"),
        ("def f(x):\n    return x / 0\n\nf(1)", 2, "ZeroDivisionError: division by zero", "   4  f(1)\n   2  return x / 0"),
        ("x = (1,\ny = 2", 1, "SyntaxError: '(' was never closed", "   1  x = (1,"),
        ("if True:\nx = 1", 2, "IndentationError: expected an indented block after 'if' statement on line 1", "   2  x = 1"),
        ("raise ValueError", 1, "ValueError", "   1  raise ValueError"),
        ("exit_code = 3\nraise SystemExit(exit_code)", 2, "SystemExit: 3", "   2  raise SystemExit(exit_code)"),
        ("from nnlib import Neuron\nNeuron([])", 2, "ValueError: weights has shape (0,)", "   2  Neuron([])"),
        ("input('x?')", 1, "input() has nobody to ask here: write the value into the program.", "   1  input('x?')"),
        ("1\nraise KeyboardInterrupt", 2, "KeyboardInterrupt", "   2  raise KeyboardInterrupt"),
        ("class Own(BaseException): pass\nraise Own(3)", 2, "Own: 3", "   2  raise Own(3)"),
        ("x = 1\nbreakpoint()", 2, "A debugger has nobody to ask here: print what", "   2  breakpoint()"),
        ("x = 1\n%timeit x", 2, "%timeit is a notebook's, and the page runs plain Python", "   2  %timeit x"),
        ("!pip install torch", 1, "!pip is a notebook's, and the page runs plain Python", "   1  !pip install torch"),
        ("files = !ls", 1, "!ls is a notebook's", "   1  files = !ls"),
        ("import numpy as np\nnp.exp?", 2, "? is a notebook's", "   2  np.exp?"),
        ("x = 3 !", 1, "SyntaxError: invalid syntax", "   1  x = 3 !"),
        ("x = 3 %", 1, "SyntaxError: invalid syntax", "   1  x = 3 %"),
        (
            "from urllib.request import urlopen\nurlopen('http://127.0.0.1:1')",
            2,
            "The page's Python reaches no network",
            "   2  urlopen('http://127.0.0.1:1')",
        ),
        ("open('/nowhere')", 1, "FileNotFoundError: [Errno 2]", "   1  open('/nowhere')"),
        ("import matplotlib_of_none", 1, "The page's Python has NumPy and nnlib, and no matplotlib_of_none.", "   1  import"),
    ],
)
def test_an_error_names_the_learners_line(source, line, sentence, trace):
    error = ask(source)["error"]
    assert error["line"] == line
    assert error["sentence"].startswith(sentence)
    assert error["trace"].startswith(trace)


def test_a_debugger_that_is_imported_is_told_the_same():
    assert ask("import pdb\npdb.set_trace()")["error"]["sentence"].startswith("A debugger has nobody to ask here")


def test_a_deep_recursion_is_told_in_five_lines():
    error = ask("def f(x):\n    return f(x)\n\nf(1)")["error"]
    assert error["sentence"].startswith("RecursionError")
    assert error["trace"].count("\n") == 4


@pytest.mark.parametrize("package", exercise_runner.ABSENT)
def test_a_package_that_the_page_has_not_is_told_in_a_sentence(monkeypatch, package):
    monkeypatch.setitem(__import__("sys").modules, package, None)  # importing it fails, as it does in the page
    assert ask(f"import {package}")["error"]["sentence"] == exercise_runner.ABSENT[package]


def test_an_endless_print_does_not_fill_the_page():
    reply = ask("for i in range(100_000):\n    print(i)")
    assert len(reply["printed"]) < exercise_runner.MAX_CHARACTERS + 50
    assert reply["printed"].endswith("more characters")


def test_a_value_too_long_to_read_is_cut():
    assert len(ask("'x' * 10**6")["value"]) <= exercise_runner.MAX_CHARACTERS + 2


def test_a_program_knows_nothing_of_the_one_before():
    ask("x = 1")
    assert ask("x")["error"]["sentence"] == "NameError: name 'x' is not defined"


def test_a_check_runs_the_program_and_judges_the_answer():
    exercise = EXERCISES["neuron-boundary"]
    passed = ask(exercise.solution + "\nprint('done')", do="check")
    assert passed["verdict"] == {"passed": True, "sentence": "passed, all 23 tries.", "stage": 0, "stages": 0}
    assert passed["printed"] == "done\n"
    wrong = exercise.mistaken(exercise.wrong[0])
    assert [ask(wrong, do="check")["verdict"]["sentence"] for _ in range(3)] == list(exercise.wrong[0].hints)


@pytest.mark.parametrize("first", ["", "from nnlib import exercises\n"])
@pytest.mark.parametrize("do", ["run", "check"])
def test_a_whole_cell_of_the_notebook_can_be_pasted(first, do):
    exercise = EXERCISES["neuron-boundary"]
    cell = f'{first}{exercise.mistaken(exercise.wrong[0])}\n\nexercises.check("{exercise.name}", {exercise.answer})\n'
    for stage in (1, 2):
        reply = ask(cell, do=do)
        assert (reply["printed"], reply["value"], reply["error"]) == ("", None, None)
        assert reply["verdict"] is None if do == "run" else reply["verdict"]["stage"] == stage


def test_a_check_of_a_program_with_an_error_shows_the_error():
    reply = ask("1 / 0", do="check")
    assert reply["error"]
    assert reply["verdict"] is None


def test_a_check_without_the_name_asks_for_it():
    assert "Nothing is called boundary_height" in ask("x = 1", do="check")["verdict"]["sentence"]


def test_a_hint_needs_no_answer():
    assert ask("", do="hint")["verdict"]["sentence"] == EXERCISES["neuron-boundary"].hints[0]


CHANGES = {
    "a function": ("np.exp = lambda z: 1 / 0", "numpy.exp", lambda: setattr(np, "exp", EXP)),
    "one that is deleted": ("del np.exp", "numpy.exp", lambda: setattr(np, "exp", EXP)),
    "how numbers are printed": (
        "np.set_printoptions(precision=1)",
        "how NumPy prints",
        lambda: np.set_printoptions(precision=8),
    ),
    "errors": ("np.seterr(divide='raise')", "what NumPy does about errors", lambda: np.seterr(divide="warn")),
    "a method of nnlib": (
        "import nnlib\nnnlib.Neuron.__call__ = None",
        "nnlib.neuron.Neuron.__call__",
        lambda: setattr(nnlib.Neuron, "__call__", CALL),
    ),
    "and an error": ("np.exp = 3\n1 / 0", "numpy.exp", lambda: setattr(np, "exp", EXP)),
}
EXP, CALL = np.exp, nnlib.Neuron.__call__


@pytest.mark.parametrize(("source", "what", "mend"), CHANGES.values(), ids=CHANGES)
def test_a_program_that_changes_what_all_programs_share_is_told_of(source, what, mend):
    try:
        fresh = ask(f"import numpy as np\n{source}")["fresh"]
    finally:
        mend()
    assert fresh.startswith(f"The program has changed {what}")


def test_what_is_a_programs_own_changes_nothing_that_is_shared():
    own = ["exp = print = 3", "import numpy.polynomial, numpy as np, random\nnp.random.seed(1)\nrandom.seed(2)"]
    own += ["import numpy as np\nwith np.errstate(all='raise'), np.printoptions(precision=2): print(np.ones(2))"]
    assert [ask(source)["fresh"] for source in own] == [None] * 3
    solutions = [(exercise, exercise.solution) for exercise in EXERCISES.values()]
    assert [exercise.name for exercise, source in solutions if ask(source, "check", exercise.name)["fresh"]] == []
