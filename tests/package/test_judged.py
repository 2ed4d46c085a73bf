"""The judge and answers that learners write: wrong ones get the name of their mistake, right ones pass, whatever their way.

They stand in `judged/`, under a line `### exercise: mistake`; each is the body of the function that the exercise asks for,
or, where it begins with `class` or `def`, or gives the answer's name a value, a whole program. They are written by hand and by
other ways than the solutions, of which the judge's own known mistakes are changes.
"""

import math
import re
import signal
import textwrap
from pathlib import Path

import numpy as np
import pytest

import nnlib
from nnlib.activations import ACTIVATIONS, sigmoid, softmax
from nnlib.exercises import EXERCISES, limit
from nnlib.exercises.judge import judge


def answers(file):
    """Return (heading, program) for each answer in a file."""
    text = (Path(__file__).parents[1] / "judged" / file).read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)\n", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


WRONG, RIGHT = answers("wrong.txt"), answers("right.txt")
if not hasattr(signal, "setitimer"):  # Windows has no clock that interrupts a program which does not end
    WRONG = [(heading, body) for heading, body in WRONG if not heading.endswith("does not end")]
CORNERS = {"X": np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), "y": np.array([[0.0], [1.0], [1.0], [0.0]])}
NAMES = {"np": np, "math": math, "nnlib": nnlib, "sigmoid": sigmoid, "softmax": softmax, "ACTIVATIONS": ACTIVATIONS, **CORNERS}
NAMES |= {name: getattr(nnlib, name) for name in ("Neuron", "Dense")}


def answer_of(name, body):
    """Return the answer that a program, or the body of a function, defines."""
    exercise = EXERCISES[name]
    whole = re.search(rf"\A(class|def) |^((class|def) {exercise.answer}\b|{exercise.answer} =)", body, re.MULTILINE)
    names = dict(NAMES)
    exec(body if whole else f"def {exercise.asks}:\n{textwrap.indent(body, '    ')}", names)
    return names[exercise.answer]


@pytest.mark.parametrize(("heading", "body"), WRONG, ids=[heading for heading, _ in WRONG])
def test_a_wrong_answer_gets_the_name_of_its_mistake(heading, body, monkeypatch):
    monkeypatch.setattr(limit, "SECONDS", 3.0)  # for the one that does not end
    name, _, fault = heading.partition(": ")
    found = judge(EXERCISES[name], answer_of(name, body)).fault
    assert found is not None
    assert found.name == fault


@pytest.mark.parametrize(("name", "body"), RIGHT, ids=[name for name, _ in RIGHT])
def test_a_right_answer_passes_by_any_way(name, body):
    verdict = judge(EXERCISES[name], answer_of(name, body))
    assert verdict.fault is None, verdict.fault
