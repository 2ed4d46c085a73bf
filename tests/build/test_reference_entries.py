"""The reference says where an entry is first used: what chapters import from nnlib, and ask its modules for."""

import ast
from pathlib import Path

from book.reference import first_used, notebooks, read_code, used

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
