"""The reference says where an entry is first used: what chapters import from nnlib, and ask its modules for."""

import ast
import re
from pathlib import Path

import pytest

from book.reference import first_used, notebooks, read_code, tidy, used

ROOT = Path(__file__).parents[2]


def test_what_is_imported_and_what_a_module_is_asked_for_is_used():
    program = """
from nnlib import datasets, mlp, plotting as draw
from nnlib.losses import LOSSES, cross_entropy
import numpy as np
X, y = datasets.moons(10)
draw.plane(mlp, X, y)
np.zeros(3)
"""
    assert used(ast.parse(program)) == [
        "nnlib.network.mlp", "nnlib.losses.LOSSES", "nnlib.losses.cross_entropy", "nnlib.datasets.moons", "nnlib.plotting.plane"
    ]  # fmt: skip


def test_the_first_page_counts():
    code = {"one": ["from nnlib import mlp"], "two": ["from nnlib import SGD, mlp", "x = 1"]}
    assert first_used(code) == {"nnlib.network.mlp": "one", "nnlib.optimizers.SGD": "two"}


def test_the_chapters_are_read_in_their_order():
    pages = list(notebooks(ROOT))
    assert pages[0] == "chapters/welcome" and pages.index("chapters/neuron") < pages.index("chapters/digits")
    first = first_used({page: read_code(path) for page, path in notebooks(ROOT).items()})
    assert first["nnlib.neuron.Neuron"] == "chapters/neuron"
    assert first["nnlib.biology.SpikingNeuron"] == "chapters/biology"
    assert first["nnlib.datasets.pen_digits"] == "chapters/generalization"


@pytest.mark.parametrize(
    ("said", "tidied"),
    [
        (["A. B. Novikoff, 1962"], ["A\\. B. Novikoff, 1962"]),
        (["Alias for field number 0"], []),
        (["It is A. Not B."], ["It is A. Not B."]),
    ],
)
def test_an_initial_begins_no_list_and_python_says_nothing_of_fields(said, tidied):
    tidy(None, "class", "Name", None, {}, said)
    assert said == tidied


def test_a_list_of_parameters_holds_nothing_else():
    section = re.compile(
        r"^( *)(?:Parameters|Attributes|Returns|Raises)\n *-+\n(.*?)(?=\n\n *\w+\n *---|\Z)", re.DOTALL | re.MULTILINE
    )
    wrong = []
    for path in sorted((ROOT / "nnlib").rglob("*.py")):
        nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        for found in (found for node in nodes for found in section.finditer(ast.get_docstring(node) or "")):
            wrong += [(path.name, line) for line in found[2].split("\n") if re.match(rf"{found[1]}[^ :]((?! : ).)*\. ", line)]
    assert wrong == []
