"""The examples in the docstrings: each is run and gives what it says, and every door of the package has one."""

import doctest
import importlib
import inspect
import pkgutil
import types

import numpy as np
import pytest

import nnlib

MODULES = sorted(module.name for module in pkgutil.iter_modules(nnlib.__path__, "nnlib.") if module.name != "nnlib.live")
# The functions by which one comes in, beside all public classes; those that make other things work are helpers.
DOORS = """
activations.sigmoid activations.tanh activations.relu activations.softmax arrays.one_hot
datasets.gate datasets.xor datasets.blobs datasets.moons datasets.circles datasets.spirals datasets.iris datasets.digits
datasets.pen_digits datasets.ink datasets.split datasets.standardize exercises.check gradients.numerical_gradient
gradients.check_gradients initializers.xavier initializers.he losses.mse losses.binary_cross_entropy losses.cross_entropy
network.mlp optimizers.constant optimizers.step_decay optimizers.cosine perceptron.novikoff_bound
plotting.confusion_matrix training.step training.train training.fit
""".split()
RECORDS = {"Epoch", "Row", "Result"}  # what a function returns; its example shows them


def examples(module):
    """Return the docstrings of a module that have examples, ready to be run with its names and np."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = finder.find(module, module.__name__, extraglobs={"np": np})
    return [test for test in found if test.examples]


def without_example(module):
    """Return the public classes of a module that have no example."""
    own = {name: value for name, value in vars(module).items()
           if inspect.isclass(value) and value.__module__ == module.__name__}  # fmt: skip
    return [
        name for name, value in own.items() if name[0] != "_" and name not in RECORDS and ">>>" not in (value.__doc__ or "")
    ]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_gives_what_it_says(name):
    module = importlib.import_module(name)
    for test in examples(module):
        said = []
        failed, _ = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
        assert not failed, "".join(said)


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("nnlib.explorables", "nnlib.exercises")])
def test_every_public_class_has_an_example(name):
    assert without_example(importlib.import_module(name)) == []


@pytest.mark.parametrize("door", DOORS)
def test_every_door_has_an_example(door):
    module, name = door.split(".")
    assert ">>>" in getattr(importlib.import_module(f"nnlib.{module}"), name).__doc__


def test_all_that_nnlib_offers_is_a_door_or_a_class():
    doors = {door.partition(".")[2] for door in DOORS}
    offered = [getattr(nnlib, name) for name in nnlib.__all__]
    functions = {value.__name__ for value in offered if inspect.isfunction(value)}
    assert functions <= doors


def test_an_example_that_lies_and_a_class_without_one_are_found():
    module = types.ModuleType("small")
    module.__doc__ = ">>> 1 + 1\n3\n"
    module.Thing = type("Thing", (), {"__module__": "small", "__doc__": "A thing."})
    [test] = examples(module)
    assert doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None).failed == 1
    assert without_example(module) == ["Thing"]
