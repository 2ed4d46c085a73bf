"""The runner of the page's exercise cells, without a page: what is printed, shown, wrong, and judged."""

import json

import pytest

from nnlib import exercises
from nnlib.exercises import EXERCISES
from nnlib.live import exercise_runner


def ask(source, do="run", exercise="neuron-boundary"):
    return json.loads(exercise_runner.answer(json.dumps({"do": do, "exercise": exercise, "source": source})))


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch):
    monkeypatch.setattr(exercises, "_hinted", {})
    monkeypatch.setattr("sys.stdin", None)  # which the runner replaces


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
        ("import matplotlib_of_none", 1, "The page's Python has NumPy and nnlib, and no matplotlib_of_none.", "   1  import"),
    ],
)
def test_an_error_names_the_learners_line(source, line, sentence, trace):
    error = ask(source)["error"]
    assert error["line"] == line
    assert error["sentence"].startswith(sentence)
    assert error["trace"].startswith(trace)


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
