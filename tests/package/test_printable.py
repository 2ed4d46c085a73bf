"""What nnlib prints survives every pipe, and is no uglier where the signs of the mathematics can be shown."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import nnlib
from nnlib import Dense, Neuron
from nnlib.wording.printable import PLAIN, printable

HERE = Path(nnlib.__file__).parent
PROGRAM = """
import numpy as np
import nnlib
from nnlib import datasets, exercises

network = nnlib.mlp([2, 3, 1], output="sigmoid", dtype="float64", rng=0)
print(network, network.layers, network.summary(), sep="\\n")
data = datasets.moons(rng=0)
history = nnlib.fit(network, *data, loss="binary_cross_entropy", optimizer=nnlib.Adam(), epochs=2, progress=False)
print(history, data, data.features, datasets.pen_digits().features, sep="\\n")
print(nnlib.Neuron([1, -2, 3], bias=-1.5), nnlib.Perceptron().fit(data.X, 2 * data.y - 1), sep="\\n")
print(nnlib.check_gradients(network, *data, "binary_cross_entropy"))
for name, exercise in exercises.EXERCISES.items():
    exercises.solution(name)
    print(exercises.hint(name))
for mistake in (
    lambda: nnlib.Network([nnlib.Dense(2, 4), nnlib.Dense(5, 3)]),
    lambda: nnlib.one_hot([-3]),
    lambda: datasets.ink([[1.0]]),
    lambda: nnlib.Activation("a" * 200),
    lambda: nnlib.fit(network, *data, callbacks=[]),
    lambda: network.predict_proba(data.X, raw=True) or network.eval(),
):
    try:
        mistake()
    except (ValueError, TypeError, AttributeError) as error:
        print(error)
print("the end")
"""


def printed(encoding):
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    run = subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], capture_output=True, env=environment, cwd=HERE.parent)
    assert run.stderr.decode(encoding) == ""
    return run.stdout.decode(encoding).replace("\r\n", "\n")


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp932", "ascii"])
def test_whatever_is_printed_survives_a_pipe_of_any_encoding(encoding):
    output = printed(encoding)
    assert output.endswith("the end\n")
    assert "Network(2 -> 3 -> 1), 13 parameters" in output or encoding == "cp932"  # Japanese has the arrow
    assert "?" not in output.partition("the end")[0].replace("?\n", "").replace("? ", "")


def test_where_the_signs_can_be_shown_they_are():
    assert "Network(2 → 3 → 1), 13 parameters" in printed("utf-8")
    assert repr(Neuron([1, -2], bias=-1.5)) == "Neuron(2 → 1): a = sigmoid(1·x₁ − 2·x₂ − 1.5)"


class Output:
    def __init__(self, encoding):
        self.encoding = encoding


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (Output("cp1252"), "Dense(2 -> 1), 3 parameters"),
        (Output("utf-8"), "Dense(2 → 1), 3 parameters"),
        (Output(None), "Dense(2 → 1), 3 parameters"),  # such as io.StringIO
        (None, "Dense(2 → 1), 3 parameters"),  # a program of Windows without a console
    ],
)
def test_an_output_of_any_kind_is_asked_what_it_can_show(monkeypatch, output, text):
    monkeypatch.setattr(sys, "stdout", output)
    assert repr(Dense(2, 1)) == text


def test_only_what_the_encoding_lacks_is_replaced_and_a_sign_that_nobody_foresaw_by_a_question_mark(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Output("cp1252"))
    assert printable("½·w² − η … 字") == "½·w² - eta … ?"


def signs(tree):
    """Return the signs beyond ASCII in a program's texts, its docstrings apart."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs]
    return {sign for text in texts if isinstance(text, str) for sign in text if not sign.isascii()}


def test_every_sign_that_nnlib_may_print_has_something_that_stands_for_it():
    programs = [*HERE.glob("*.py"), *(HERE / "exercises").rglob("*.py")]
    found = set().union(*(signs(ast.parse(path.read_text(encoding="utf-8"))) for path in programs))
    found |= {sign for sign in (HERE / "data" / "foreign.txt").read_text(encoding="utf-8") if not sign.isascii()}
    assert "→" in found
    assert found - set(PLAIN) == set()
    assert "".join(PLAIN.values()).isascii()


def test_a_sign_that_has_nothing_is_found():
    assert signs(ast.parse('"""é"""\nprint(f"{1}字")\n')) == {"字"}
