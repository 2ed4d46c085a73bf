"""A copy of the built book whose Python has the explorables of the tests as well, and pages with them."""

import hashlib
import json
import shutil
import tempfile
import zipfile
from pathlib import Path

import pytest
from web import edition

from book.engine import freeze
from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import figure_html
from nnlib.live.protocol import opening

CACHE = Path(__file__).parent.parent / ".cache"
PLANTED = {"stumble": "Stumble", "sandbox": "Sandbox"}  # file and class
PAGE = """<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="live/figures.css"><body>{figures}
<script async data-figures src="{edition}/view/early.js"></script><script async src="{edition}/view/page.js"></script>"""


def plant(html, site, *, frozen=True):
    """Copy the built book into the folder `site`, with the planted files in its wheel and in its list of files.

    Its Python is frozen as that of the book is; without `frozen`, it starts plainly, which takes many seconds a page.
    """
    shutil.copytree(html, site, dirs_exist_ok=True, copy_function=_link)
    engine = edition(site) / "engine"
    (wheel,) = engine.glob("nnlib-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, explorable in PLANTED.items():
        files[f"{name}.py"] = (Path(__file__).parent / f"{name}.py").read_bytes()
        added = f"from {name} import {explorable}\nEXPLORABLES['{name}'] = {explorable}()\n"
        files["nnlib/explorables/__init__.py"] += added.encode()
    wheel.unlink()  # it is a link to the real one
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    listing = engine / "files.json"
    plain = json.loads(listing.read_text(encoding="utf-8"))["plain"]
    [listed] = [file for file in plain if file["name"] == wheel.name]
    listed |= {"bytes": wheel.stat().st_size, "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()}
    listing.unlink()
    own = put_frozen(engine, wheel) if frozen else None
    listing.write_text(json.dumps({"plain": plain, "frozen": own}), encoding="utf-8")


def put_frozen(engine, wheel):
    """Put the frozen Python that has the planted wheel into the folder of the engine, and return how it is listed."""
    made = frozen_with(wheel)
    told = json.loads((made / "frozen.json").read_text(encoding="utf-8"))
    shutil.rmtree(engine / "frozen")
    (engine / "frozen").mkdir()
    for file in told["files"]:
        _link(made / file["name"], engine / "frozen" / file["name"])
    return {"state": told["state"], "files": [file | {"name": f"frozen/{file['name']}"} for file in told["files"]]}


def frozen_with(wheel):
    """Return the folder of the frozen Python that has this wheel; it is made once, for all processes and runs of tests."""
    made_of = freeze.recipe(wheel)
    folder = CACHE / "planted" / made_of[:12]
    if not freeze.is_made(folder, made_of):
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as place:
            made = Path(place, "made")
            freeze.build(CACHE / "engine", wheel.parent, made)
            if not freeze.is_made(folder, made_of):  # by another process, meanwhile
                shutil.rmtree(folder, ignore_errors=True)
                made.rename(folder)
        for other in {*folder.parent.iterdir()} - {folder}:
            shutil.rmtree(other)
    return folder


def write_page(path, *explorables, stills=None, autoplay=False):
    """Write a page with a figure of each of `explorables`, whose still pictures `stills` draws."""
    with pytest.MonkeyPatch.context() as patch:
        for explorable in explorables:
            patch.setitem(EXPLORABLES, explorable.name, explorable)
        first = [opening(explorable.name, {}) for explorable in explorables]
    figures = [
        figure_html(one, reply, stills and stills.of(reply, bool(one.groups)), autoplay=autoplay)
        for one, reply in zip(explorables, first, strict=True)
    ]
    folder = edition(path.parent).relative_to(path.parent).as_posix()
    path.write_text(PAGE.format(figures="\n".join(figures), edition=folder), encoding="utf-8")


def _link(source, target):
    Path(target).symlink_to(source)
