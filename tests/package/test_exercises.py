"""The exercises: the right answer passes, every known mistake gets its own hints, and no answer breaks the check."""

import textwrap

import numpy as np
import pytest

from nnlib import Neuron, exercises
from nnlib.exercises import EXERCISES
from nnlib.exercises.exercise import Exercise, Wrong
from nnlib.exercises.judge import judge

every = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
KNOWN = [(exercise, wrong, change) for exercise in EXERCISES.values() for wrong in exercise.wrong for change in wrong.changes]


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch):
    monkeypatch.setattr(exercises, "_hinted", {})


def double(answer="def double(x):\n    return 2 * x", **more):
    """Return an exercise that asks for a function, and the function that `answer` defines."""
    data = {
        "name": "double",
        "asks": "double(x)",
        "solution": "def double(x):\n    return 2 * x",
        "inputs": ((3.0,), (np.arange(2.0),)),
    }
    exercise = Exercise(**data | {"hints": ("Begin.", "Go on.", "Multiply by 2.")} | more)
    return exercise, exercise.defined_by(textwrap.dedent(answer))


# every exercise of the book


@every
def test_the_worked_solution_passes(exercise):
    result = exercises.check(exercise.name, exercise.right)
    assert result, result


@pytest.mark.parametrize(("exercise", "wrong", "change"), KNOWN, ids=[f"{known[0].name}: {known[1].name}" for known in KNOWN])
def test_a_known_wrong_answer_gets_its_own_hints_stage_by_stage(exercise, wrong, change):
    answer = exercise.defined_by(exercise.mistaken(wrong, change))
    said = [exercises.check(exercise.name, answer) for _ in range(4)]
    assert [result.sentence for result in said] == [wrong.what, wrong.where, wrong.how, wrong.how]
    assert {result.fault for result in said} == {wrong.name}


@every
def test_an_exercise_is_well_formed(exercise):
    [chapter] = [chapter.__name__ for chapter in exercises.CHAPTERS if exercise in chapter.EXERCISES]
    assert exercise.name.partition("-")[0] == chapter.rpartition(".")[2], "the name begins with the chapter"
    assert len(exercise.hints) == 3
    assert len(exercise.wrong) >= 2
    texts = [*exercise.hints, *(hint for wrong in exercise.wrong for hint in wrong.hints)]
    assert all(text[0].isupper() or text[0] in "`−" for text in texts)
    assert all(text[-1] in ".?" for text in texts)
    assert len({wrong.name for wrong in exercise.wrong}) == len(exercise.wrong)


@every
def test_an_exercise_that_was_not_begun_is_told_how_to_begin(exercise):
    result = exercises.check(exercise.name, (lambda *_: None) if exercise.is_function else None)
    assert not result
    assert result.fault == "nothing yet"
    assert exercise.hints[0] in result.sentence


def test_a_soft_gate_is_known_by_its_activation():
    assert exercises.check("neuron-gate", Neuron([1, -1], -0.5)).fault == "it says neither 0 nor 1"


def test_a_gate_of_other_numbers_passes():
    assert exercises.check("neuron-gate", Neuron([7, -9], -3, activation="step"))


@pytest.mark.parametrize("rebound", [["weights"], ["bias"], ["weights", "bias"]])
def test_a_layer_whose_gradients_do_not_reach_the_network_does_not_pass(rebound):
    exercise = EXERCISES["backpropagation-transpose-bug-hunt"]
    source = exercise.solution
    for name in rebound:
        source = source.replace(f"self.{name}_gradient[:] =", f"self.{name}_gradient =")
    result = exercises.check(exercise.name, exercise.defined_by(source))
    assert result.fault == "the gradients never reach the network"


# stages


def test_another_fault_begins_again_with_the_first_hint():
    name = "neuron-boundary"
    assert exercises.check(name, lambda x1, weights, bias: 0).stage == 1
    assert exercises.check(name, lambda x1, weights, bias: 0).stage == 2
    assert exercises.check(name, lambda x1, weights, bias: None).stage == 1
    assert exercises.check(name, lambda x1, weights, bias: 0).stage == 1


def test_hint_goes_on_where_the_check_ended_and_begins_by_itself():
    name = "neuron-boundary"
    assert exercises.hint(name).sentence == EXERCISES[name].hints[0]
    assert exercises.hint(name).sentence == EXERCISES[name].hints[1]
    assert exercises.check(name, EXERCISES[name].right)
    assert exercises.hint(name).sentence == EXERCISES[name].hints[0]
    exercises.check(name, lambda x1, weights, bias: 0)
    assert exercises.hint(name).stage == 2
    assert exercises.hint(name).fault == "differs"


def test_a_result_says_what_it_is(capsys):
    name = "neuron-boundary"
    assert repr(exercises.check(name, EXERCISES[name].right)) == "✓ neuron-boundary: passed, all 23 tries."
    assert repr(exercises.hint(name)) == f"○ neuron-boundary, hint 1 of 3: {EXERCISES[name].hints[0]}"
    exercises.solution(name)
    assert capsys.readouterr().out == EXERCISES[name].solution.strip() + "\n"


@pytest.mark.parametrize("call", [exercises.hint, exercises.solution, lambda name: exercises.check(name, 1)])
def test_an_unknown_name_is_refused_with_the_closest_one(call):
    with pytest.raises(ValueError, match="Did you mean 'neuron-boundary'"):
        call("neuron-boundry")


# whatever a learner writes gets one clear sentence

ODD = {
    "raises": ("def double(x):\n    return 1 / 0", "double stopped with ZeroDivisionError: division by zero."),
    "leaves": ("def double(x):\n    raise SystemExit", "double stopped with SystemExit."),
    "recurses": ("def double(x):\n    return double(x)", "double stopped with RecursionError: maximum"),
    "takes too little": ("def double():\n    return 2", "double cannot be called as the question says, `double(x)`."),
    "returns nothing": ("def double(x):\n    2 * x", "double computes something and returns nothing."),
    "is not begun": ("def double(x):\n    return None  # your code goes here", "double returns nothing yet. Begin."),
    "prints": ("def double(x):\n    print(2 * x)", "double prints its answer and returns nothing."),
    "returns a text": ("def double(x):\n    return str(x)", "double gives a text, and a number is wanted."),
    "returns a dict": ("def double(x):\n    return {}", "double gives a dict, and a number is wanted."),
    "returns rows": ("def double(x):\n    return [2 * x]", "double gives a list of length 1, and a number is wanted."),
    "ragged": ("def double(x):\n    return [[1], [1, 2]]", "double gives a list of length 2, and a number is wanted."),
    "not finite": ("def double(x):\n    return float('inf')", "double gives a result that is not a finite number: inf."),
    "changes its input": ("def double(x):\n    x *= 2\n    return x", "double changes its input"),
    "a wrong number": ("def double(x):\n    return 3 * x", "double runs, but 2 of 2 tries come out wrong."),
    "no function": ("double = 6", "double is a number, and the question asks for a function."),
    "dots": ("double = ...", "double returns nothing yet. Begin."),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "sentence"), ODD.values(), ids=ODD)
def test_an_odd_answer_gets_one_clear_sentence(answer, sentence):
    verdict = judge(*double(answer))
    assert verdict.fault.hints[0].startswith(sentence)
    assert len(verdict.fault.hints) == 3


def test_an_error_names_the_learners_line_and_what_it_was_called_with():
    fault = judge(*double("def double(x):\n    y = x\n    return y / 0")).fault
    assert fault.hints[1] == "It happened in line 3, when it was called with x = 3.0."


def test_a_wrong_number_is_shown_beside_the_right_one():
    fault = judge(*double("def double(x):\n    return x + 3")).fault
    assert fault.hints == (
        "double runs, but 1 of 2 tries come out wrong.",
        "It gives [3.0, 4.0] when it was called with x = [0.0, 1.0], and [0.0, 2.0] is right.",
        "Multiply by 2.",
    )


def test_the_right_value_is_not_given_away():
    exercise, answer = double("double = 5", asks="double", solution="double = 6", inputs=((),))
    assert judge(exercise, answer).fault.hints[1] == "It is 5. Begin."


def test_a_right_answer_that_prints_passes_with_a_remark(capsys):
    verdict = judge(*double("def double(x):\n    print(x)\n    return 2 * x"))
    assert verdict.fault is None
    assert "also prints" in verdict.remark
    assert capsys.readouterr().out == ""


def test_whole_numbers_and_lists_are_as_good_as_floats_and_arrays():
    assert (
        judge(*double("def double(x):\n    return [2 * i for i in x] if hasattr(x, '__len__') else int(2 * x)")).fault is None
    )


def test_an_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        judge(*double("def double(x):\n    raise KeyboardInterrupt"))


def test_the_inputs_of_an_exercise_survive_its_answers():
    exercise, answer = double("def double(x):\n    x *= 0\n    return x", inputs=((np.ones(2),),))
    judge(exercise, answer)
    assert exercise.inputs[0][0].tolist() == [1, 1]


def test_a_change_that_the_solution_does_not_have_is_refused():
    exercise, _ = double()
    with pytest.raises(ValueError, match="which the solution of double does not have"):
        exercise.mistaken(Wrong("x", "a", "b", "c", change={"3 * x": "x"}))
