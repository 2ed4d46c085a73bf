"""What tries mutants says of each by which tests it is met, and no explanation outlives its mutant."""

import ast
import importlib.util
import sys

import pytest
from conftest import ROOT


def loaded(path):
    """Return a program of the proofs as a module."""
    spec = importlib.util.spec_from_file_location(f"its_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def proof(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "tests/proof"), *sys.path])
    return loaded(ROOT / "tests/proof/mutation.py")


@pytest.fixture
def trial():
    return loaded(ROOT / "tests/mutation/trial.py")


SURVIVOR = {"module": "nnlib/a.py", "was": "x < 2", "becomes": "x <= 2"}
REASON = {"module": "nnlib/a.py", "was": "x < 2", "becomes": ["x <= 2"], "why": "x is never 2"}


def test_a_survivor_that_nobody_explains_is_named_and_one_that_is_explained_is_not(proof):
    assert proof.explained([SURVIVOR], []) == [SURVIVOR]
    assert proof.explained([SURVIVOR], [REASON]) == []


@pytest.mark.parametrize("survivors", [[], [SURVIVOR | {"becomes": "x < 3"}], [SURVIVOR | {"module": "nnlib/b.py"}]])
def test_an_explanation_without_its_survivor_is_an_error(proof, survivors):
    with pytest.raises(SystemExit, match=r"no such mutant survives:\nnnlib/a.py . x < 2 . x <= 2"):
        proof.explained(survivors, [REASON])


def test_each_module_that_is_tried_is_there_and_so_are_its_tests(proof):
    for module, names in proof.read(ROOT / "tests/mutation/modules.toml")["tests"].items():
        assert (ROOT / module).is_file()
        assert names
        assert all((ROOT / "tests/package" / f"{name}.py").is_file() for name in names)


PROGRAM = """
@mark
def f(x=1):
    return x

class A:
    y = 2
    def g(self):
        return lambda: 3
"""


def test_functions_are_found_with_their_marks_and_methods_in_their_classes(trial):
    assert [*trial.spans(ast.parse(PROGRAM))] == [(2, 4, 4), (8, 9, 9)]


@pytest.mark.parametrize(
    ("line", "met"),
    [
        (4, ["quick", "slow"]),  # in f: the tests that run it, the quickest first
        (3, ["g", "quick", "slow"]),  # its default is made when the module is imported
        (9, ["g"]),  # in the lambda within g
        (7, ["g", "quick", "slow"]),  # of the class itself
    ],
)
def test_a_mutant_meets_the_tests_that_run_its_function(trial, line, met):
    module = object.__new__(trial.Module)
    module.spans, module.outside = [*trial.spans(ast.parse(PROGRAM))], []
    module.tests = {"slow": (2, [2]), "quick": (1, [2]), "g": (0.5, [9])}
    assert module.meeting(line) == met
    module.outside = [2]  # f runs at import as well
    assert module.meeting(4) == ["g", "quick", "slow"]


def test_a_mutant_is_loaded_in_the_place_of_its_module_and_no_other(trial):
    mutant = trial.Mutant("nnlib/neuron.py", "answer = 42")
    spec = mutant.find_spec("nnlib.neuron")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.answer == 42
    assert mutant.find_spec("nnlib.network") is None


def test_what_becomes_of_a_process_is_told(trial):
    def fail(told):
        told.write("so far")
        return 1

    def spin(told):
        while True:
            pass

    assert trial.forked(fail, "/dev/null", 10) == (1, "so far")
    assert trial.forked(spin, "/dev/null", 1)[0] < 0  # ended by the system
