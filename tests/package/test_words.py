"""The record of what words mean in other libraries is that of the files in peers/words, and nnlib's own cells hold.

`make peers` runs all cells anew, each library in its own process, and compares them with the record.
"""

import copy
import inspect
import json
import re
from importlib import import_module
from pathlib import Path

import pytest
from peers.words import record

HERE = Path(record.__file__).parent
RECORD = json.loads(record.RECORD.read_text(encoding="utf-8"))
CELLS = [(word["word"], library, cell) for word in RECORD["words"] for library, cell in word["cells"].items()]
KERAS = {"keras", "keras_on_jax", "keras_on_pytorch"}


def test_every_file_is_a_word_of_a_group_and_is_recorded_in_its_order():
    words = [word for group in record.GROUPS.values() for word in group]
    assert sorted(words) == sorted({path.stem for path in HERE.glob("*.py")} - {"record"})
    assert [word["word"] for word in RECORD["words"]] == words


@pytest.mark.parametrize("word", RECORD["words"], ids=lambda word: word["word"])
def test_every_library_has_its_cell_with_the_text_and_lines_of_its_file(word):
    module = import_module(f"peers.words.{word['word']}")
    wanted = {"keras" if library in KERAS else library for library in record.libraries_of(word["group"])}
    assert {"keras" if library in KERAS else library for library in word["cells"]} == wanted
    title, asks = inspect.getdoc(module).split("\n\n")
    assert (word["title"], word["asks"]) == (title, " ".join(asks.split()))
    for library, cell in word["cells"].items():
        if function := record.function_of(word["word"], library):
            found = " ".join(function.__doc__.split()), record.lines_of(function)
            assert found == (cell["says"], cell["lines"])
            assert cell["shows"] and re.search(r"\bassert\b|\breturn\b", cell["lines"])
        elif "read" in cell:
            assert (cell["says"], cell["read"]) == module.READ[library]
        else:
            assert cell["none"] == module.NONE[library]


@pytest.mark.parametrize("word", RECORD["words"], ids=lambda word: word["word"])
def test_in_nnlib_each_word_still_means_what_was_recorded(word):
    assert record.cell(word["word"], "nnlib") == word["cells"]["nnlib"]


def test_the_record_was_written_with_the_versions_that_make_peers_installs():
    pins = {}
    for environment in ("peers", "spiking"):
        text = (HERE.parents[1] / environment / "requirements.txt").read_text(encoding="utf-8")
        pins |= dict(re.findall(r"^([a-z0-9-]+)==([\d.]+)", text, re.MULTILINE))
    versions = {package: version for package, version in RECORD["versions"].items() if package != "playground"}
    assert versions == {package: pins[package] for package in versions} and len(versions) >= 8
    assert record.PLAYGROUND.startswith(RECORD["versions"]["playground"])


def test_a_cell_that_has_changed_is_told_by_its_old_value_and_its_new_one():
    changed = copy.deepcopy(RECORD)
    [adam] = [word for word in changed["words"] if word["word"] == "adam_epsilon"]
    adam["cells"]["pytorch"]["shows"] = "-1.00e-03"
    del adam["cells"]["scikit_learn"]
    changed["date"] = "2000-01-01"  # which alone is no change
    told = record.changes(RECORD, changed)
    assert told[0] == "adam_epsilon, pytorch: shows was '-5.00e-04', and is '-1.00e-03'"
    assert len(told) == 4 and all(line.startswith("adam_epsilon, scikit_learn: ") for line in told[1:])
    assert record.changes(RECORD, RECORD) == []


def test_keras_has_two_cells_where_its_backends_differ():
    same = {"keras_on_jax": {"shows": "1"}, "keras_on_pytorch": {"shows": "1"}, "nnlib": {"shows": "2"}}
    assert record.merged(same) == {"keras": {"shows": "1"}, "nnlib": {"shows": "2"}}
    other = same | {"keras_on_pytorch": {"shows": "3"}}
    assert record.merged(other) == other


def test_the_record_is_written_as_it_is_read():
    assert record.written(RECORD) == record.RECORD.read_text(encoding="utf-8")
