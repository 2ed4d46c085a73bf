"""Every line of advice that can be run is run: what hints, questions, chapters and guides have between backticks."""

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
from nnlib import exercises
from nnlib.activations import ACTIVATIONS, sigmoid, silu, softmax
from nnlib.biology import SpikingNeuron
from nnlib.exercises import EXERCISES
from nnlib.explorables import EXPLORABLES

ROOT = Path(__file__).parents[2]
CHAPTERS = ROOT / "chapters"
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
NAMES = {name: getattr(nnlib, name) for name in nnlib.__all__} | {"np": np, "math": math, "ACTIVATIONS": ACTIVATIONS}
NAMES |= {"sigmoid": sigmoid, "softmax": softmax, "silu": silu, "SpikingNeuron": SpikingNeuron, "classes": 3, "n": 3}


# What the reader of a chapter or a guide has at hand, beside the package.
READER = {"x": np.array([1.0, 2.0]), "w": np.array([0.5, -1.0]), "X": np.eye(2), "W": np.eye(2), "b": np.zeros(2), "z": 0.5}
READER |= {"y": np.array([0, 1]), "answers": np.array([0, 0]), "y_hat": np.array([0.5, 0.5]), "share": 0.5}
READER |= {"double": lambda x: 2 * x, "rng": np.random.default_rng(0), "glue": lambda *_, **__: None}
READER |= {
    name: getattr(EXPLORABLES["slopes"], name) for name in ("picture", "describe", "challenge", "code", "programs", "files")
}
READER |= {"settings": EXPLORABLES["slopes"].defaults(), "state": None, "steps": 0, "exercises": exercises}
GUIDES = ("README.md", "AUTHORING.md", "CONTRIBUTING.md", "chapters/nnlib.md", "chapters/glossary.md", "chapters/notation.md")


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


def prose(text):
    """Return the pieces of code in a text's prose that can be run: lines between backticks, and whole programs.

    The exercises are left out, which are tried with names of their own, and so is what stands for a name, in <angles>.
    """
    text = re.sub(r":::\{exercise\}.*?\n:::", "", text, flags=re.DOTALL)
    programs = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = advice(re.sub(r"^(`{3,}).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL))
    return [piece for piece in dict.fromkeys([*programs, *lines]) if not re.search(r"<\w+>", piece)]


def texts():
    """Return {name: text} of all chapters and guides."""
    found = {name: (ROOT / name).read_text(encoding="utf-8") for name in GUIDES}
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        found[path.stem] = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return found


TEXTS = texts()


def test_there_is_code_in_prose_to_run():
    assert sum(len(prose(text)) for text in TEXTS.values()) > 20


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if prose(text)])
def test_code_in_prose_runs(name, capsys):
    for piece in prose(TEXTS[name]):
        if piece != "Output()":  # which is named to warn of it
            exec(piece, NAMES | READER)


def test_code_in_prose_that_fails_is_found():
    [piece] = prose("In code `exp(x)`, or `exp(<name>)`; a part of a line, `exp(`, is none.")
    with pytest.raises(NameError, match="exp"):
        exec(piece, NAMES | READER)
    assert prose("```python\nx = f(1)\n```\n\n```text\n`g(2)`\n```\n") == ["x = f(1)\n"]


def test_advice_that_fails_is_found():
    with pytest.raises(ValueError, match="softmax of one output is always 1"):
        exec("mlp(sizes).parameters.size", names_of(EXERCISES["layers-parameters"]))
