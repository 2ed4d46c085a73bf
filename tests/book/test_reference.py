"""The reference of nnlib has every public name of its modules, and each has words of its own."""

import importlib
import inspect
import pkgutil
import re
import sys
import types

import pytest

import nnlib

# The book's own looks and words, what its functions refuse, and its figures but for two doors.
INSIDE = {"nnlib.palette", "nnlib.wording", "nnlib.doors", "nnlib.explorables", "nnlib.live"}
MODULES = sorted({module.name for module in pkgutil.iter_modules(nnlib.__path__, "nnlib.")} - INSIDE)


def public_names(module):
    """Return the dotted names that a module gives to its readers: functions, classes with their members, tables of names."""
    names, source = set(), inspect.getsource(module)
    for name, value in vars(module).items():
        own = getattr(value, "__module__", None) == module.__name__
        table = isinstance(value, dict) and all(isinstance(key, str) for key in value) and f"\n{name} = " in source
        if name.startswith("_") or not (table or (own and (inspect.isfunction(value) or inspect.isclass(value)))):
            continue
        names.add(f"{module.__name__}.{name}")
        if inspect.isclass(value):
            kinds = types.FunctionType | property | staticmethod | classmethod
            members = {key for key, member in vars(value).items() if isinstance(member, kinds)}
            members |= set(getattr(value, "_fields", ()))
            names |= {f"{module.__name__}.{name}.{key}" for key in members if not key.startswith("_")}
    return names


def missing(page, module):
    """Return the public names of a module that have no place on the page, or a place without words."""
    places = dict(re.findall(r'<dt class="sig[^"]*" id="([\w.]+)">.*?</dt>\s*<dd>(.*?)</?d[dl]\b', page, re.DOTALL))
    words = {name: re.sub(r"<[^>]+>", "", text).strip() for name, text in places.items()}
    return sorted(name for name in public_names(module) if not words.get(name) or "Alias for field" in words[name])


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_has_its_place_and_words(html, name):
    page = (html / "chapters" / "nnlib.html").read_text(encoding="utf-8")
    assert missing(page, importlib.import_module(name)) == []


def test_the_doors_of_the_figures_have_their_places(html):
    page = (html / "chapters" / "nnlib.html").read_text(encoding="utf-8")
    for name in (
        "nnlib.live.figure",
        "nnlib.explorables.figures.EXPLORABLES",
        "nnlib.explorables.explorable.Explorable.picture",
    ):
        assert f'id="{name}"' in page


def test_doors_come_before_helpers_and_say_where_they_are_first_used(html):
    page = (html / "chapters" / "nnlib.html").read_text(encoding="utf-8")
    doors = ("nnlib.neuron.Neuron", "nnlib.network.mlp", "nnlib.training.train", "nnlib.exercises.check")
    helpers = ("nnlib.arrays.as_count", "nnlib.arrays.choose", "nnlib.neuron.OF_ONE_NEURON", "nnlib.losses.as_values")
    places = {name: page.index(f'id="{name}"') for name in (*doors, *helpers)}
    assert max(places[door] for door in doors) < min(places[helper] for helper in helpers)
    for door, chapter in {
        "nnlib.neuron.Neuron": "neuron",
        "nnlib.biology.SpikingNeuron": "biology",
        "nnlib.datasets.ink": "generalization",
    }.items():
        entry = page[page.index(f'id="{door}"') :]
        assert re.search(r'First used in <a [^>]*href="(\w+)\.html"', entry)[1] == chapter


PLACE = '<dl><dt class="sig sig-object py" id="{}">x</dt>\n<dd><p>{}</p></dd></dl>'
MEMBERS = ("function", "Class", "Class.method", "Class.quality", "TABLE")


@pytest.fixture
def small(tmp_path, monkeypatch):
    """Return a module with a function, a class and a table, with hidden names, and with names borrowed from others."""
    source = """
from collections import OrderedDict
from re import compile
def function(): ...
def _hidden(): ...
class Class:
    def method(self): ...
    def _hidden(self): ...
    quality = property(method)
TABLE = {"a": 1}
CONSTANT = 3
"""
    (tmp_path / "small.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "small", raising=False)
    return importlib.import_module("small")


def test_a_page_with_all_names_misses_none(small):
    assert missing("".join(PLACE.format(f"small.{name}", "Words.") for name in MEMBERS), small) == []


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("words", [None, "", "Alias for field number 0"])
def test_a_name_that_is_missing_or_has_no_words_of_its_own_is_found(small, name, words):
    places = [PLACE.format(f"small.{other}", "Words.") for other in MEMBERS if other != name]
    if words is not None:
        places.append(PLACE.format(f"small.{name}", words))
    assert missing("".join(places), small) == [f"small.{name}"]
