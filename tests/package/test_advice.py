"""Every line of advice that can be run is run: what the hints and the questions of the exercises have between backticks."""

import ast
import copy
import math
import re
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

import nnlib
from nnlib.activations import ACTIVATIONS, sigmoid, silu, softmax
from nnlib.biology import SpikingNeuron
from nnlib.exercises import EXERCISES

CHAPTERS = Path(__file__).parents[2] / "chapters"
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
NAMES = {name: getattr(nnlib, name) for name in nnlib.__all__} | {"np": np, "math": math, "ACTIVATIONS": ACTIVATIONS}
NAMES |= {"sigmoid": sigmoid, "softmax": softmax, "silu": silu, "SpikingNeuron": SpikingNeuron, "classes": 3, "n": 3}


def questions():
    """Return {name of an exercise: its question}, as the chapters ask."""
    cells = [cell for path in CHAPTERS.glob("*.ipynb") for cell in nbformat.read(path, as_version=4).cells]
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    found = [re.findall(r":::\{exercise\}.*?\n:label: (\S+)\n(.*?)\n:::", text, re.DOTALL) for text in texts]
    return dict(pair for pairs in found for pair in pairs)


QUESTIONS = questions()


def names_of(exercise):
    """Return what a learner's program has in reach: the arguments, and each name that the solution gives a value."""
    names = dict(NAMES)

    def keep(frame, event, _):
        if event == "return" and frame.f_code.co_filename == f"<{exercise.name}>":
            names.update(frame.f_globals | frame.f_locals)

    right, arguments = exercise.right, copy.deepcopy(exercise.cases[0])
    sys.setprofile(keep)
    try:
        exercise.result(right, arguments)
    finally:
        sys.setprofile(None)
    return names | {exercise.answer: exercise.right}


def advice(text):
    """Return the pieces of a text that are whole lines of Python, and call something."""
    for piece in CODE.findall(text):
        try:
            calls = any(isinstance(node, ast.Call) for node in ast.walk(ast.parse(piece)))
        except SyntaxError:  # a part of a line, or one with dots in it
            continue
        if calls and "…" not in piece:
            yield piece


def test_there_is_advice_to_run():
    texts = [*QUESTIONS.values(), *(hint for exercise in EXERCISES.values() for w in exercise.wrong for hint in w.hints)]
    assert sum(len(list(advice(text))) for text in texts) > 100
    assert set(EXERCISES) <= set(QUESTIONS)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_advice_runs(exercise):
    hints = [*exercise.hints, *(hint for wrong in exercise.wrong for hint in wrong.hints)]
    signatures = {exercise.asks, exercise.asks.replace(" ", "")}
    names = names_of(exercise)
    for text in [QUESTIONS[exercise.name], *hints]:
        for piece in set(advice(text)) - signatures:
            exec(piece, dict(names))


def test_advice_that_fails_is_found():
    with pytest.raises(ValueError, match="softmax of one output is always 1"):
        exec("mlp(sizes).parameters.size", names_of(EXERCISES["layers-parameters"]))
