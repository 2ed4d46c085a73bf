"""Renew the engine: the command that writes `engine.json` and `lab.json` from a release of Pyodide.

    python -m book.renew [VERSION]

The core and the release's lock come with npm's package of that version, whose checksum npm compares; the lock has the SHA-256
of each package's file, and `requirements.lock` those of the wheels that come from Python's index. Nothing is written unless
each file is there. Without a version the present release is taken again, as after a newer ipywidgets. What an upgrade must
check stands in `book/engine/README.md`.
"""

import gzip
import hashlib
import json
import re
import sys
from pathlib import Path

from book.engine import fetch, sources
from book.lab import settings
from book.lab.lock import normal

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "book" / "engine" / "release" / "pyodide-lock.json.gz"  # the release's lock, as its makers wrote it
SCRIPT = ("pyodide.asm.js", "pyodide.asm.mjs")  # a release has one of the two
CORE = ("pyodide.mjs", *SCRIPT, "pyodide.asm.wasm", "python_stdlib.zip")
LAB = ("pyodide.js",)  # what the lab's kernel starts from
FIGURES = ("numpy",)  # what the figures' Python has besides; the lab's has what `settings.py` says
# What the lab takes from Python's index, in the versions of requirements.lock: Pyodide has it in none, or in another version.
INDEX = ("anywidget", "comm", "ipywidgets", "psygnal", "tqdm", "typing-extensions")


def renew(version, folder):
    """Fetch the release `version` into `folder`, and write what is made of it; raise RuntimeError if something is missing."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    lock = take_core(version, folder)
    wheels = index_wheels(folder)
    fetch.fetch(folder, {"pyodide": version, "files": wanted(lock, wheels), "lock": {"cut": {}}})
    engine, lab = manifests(version, folder, lock, wheels)
    LOCK.parent.mkdir(exist_ok=True)
    LOCK.write_bytes(gzip.compress(lock, mtime=0))
    for name, manifest in (("engine/engine.json", engine), ("lab/lab.json", lab)):
        (ROOT / "book" / name).write_text(written(manifest), encoding="utf-8")


def take_core(version, folder):
    """Write the core of a release into `folder`, and return its lock, as bytes."""
    names = (*CORE, *LAB, "pyodide-lock.json")
    try:
        files = dict(sources.from_npm(f"pyodide@{version}", names, {}))
    except fetch.NO_ANSWER as error:
        raise RuntimeError(f"npm has no pyodide@{version}, or does not answer: {error}") from None
    lost = set(names) - set(files)
    if not (len(lost) == 1 and lost < set(SCRIPT)):
        raise RuntimeError(f"npm's pyodide@{version} has no {', '.join(sorted(lost))}: look how this release is made up")
    lock = files.pop("pyodide-lock.json")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return lock


def index_wheels(folder):
    """Return the names of the wheels from Python's index, which are put into `folder` if they are not there."""
    text, names = (ROOT / "requirements.lock").read_text(encoding="utf-8"), []
    for package in INDEX:
        found = re.search(rf"^{package}==(\S+)((?:.*\\\n)*.*)", text, re.MULTILINE)
        if not found:
            raise RuntimeError(f"requirements.lock has no {package}, which the lab takes in the version that stands there")
        version, hashes = found.groups()
        name = f"{package.replace('-', '_')}-{version}-py3-none-any.whl"
        if not (folder / name).is_file():
            for _, content in sources.from_index("", [name], {name: {"from": "index"}}):
                (folder / name).write_bytes(content)
        if f"sha256:{_sha256(folder / name)}" not in hashes:
            raise RuntimeError(f"{folder / name} is not the wheel that requirements.lock wants")
        names.append(name)
    return names


def cut(lock, roots, without=()):
    """Return the entries of a lock for the packages `roots`, as far as it has them, and for all that they need."""
    keys = {normal(key): key for key in lock["packages"]}
    waiting, reached = [name for name in map(normal, roots) if name in keys], set(map(normal, without))
    packages = {}
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            packages[keys[name]] = lock["packages"][keys[name]]
            waiting += map(normal, packages[keys[name]]["depends"])
    return dict(sorted(packages.items()))


def shares(lock):
    """Return the packages of the figures' Python, and those that the lab's has besides."""
    figures = cut(lock, FIGURES)
    return figures, cut(lock, settings.PACKAGES, [*figures, *INDEX])


def wanted(lock, wheels):
    """Return the pins of all packages of a release, as far as they are known before their files are there."""
    told = json.loads(lock)
    entries = [entry for share in shares(told) for entry in share.values()]
    return {entry["file_name"]: {"sha256": entry["sha256"], "from": "release"} for entry in entries}


def manifests(version, folder, lock, wheels):
    """Return what `engine.json` and `lab.json` are to hold, out of the files in `folder` and the release's lock."""
    told = json.loads(lock)
    figures, lab = shares(told)
    original = hashlib.sha256(lock).hexdigest()
    served = {"info": told["info"], "packages": figures}
    core = {name: pin(folder / name, "npm") for name in CORE if (folder / name).is_file()}
    engine = {
        "pyodide": version,
        "files": core | {"pyodide-lock.json": _pinned(json.dumps(served).encode(), "lock")} | _pins(folder, figures),
        "lock": {"original_sha256": original, "cut": served},
    }
    beside = {name: pin(folder / name, "npm") for name in LAB}
    index = {name: pin(folder / name, "index") for name in wheels}
    lab = {
        "pyodide": version,
        "files": beside | _pins(folder, lab) | index,
        "lock": {"original_sha256": original, "cut": {"packages": lab}},
    }
    return engine, lab


def pin(path, whence):
    """Return how a file is pinned: its bytes, its SHA-256, and where it comes from."""
    return _pinned(path.read_bytes(), whence)


def written(manifest):
    """Return the text of a manifest."""
    return json.dumps(manifest, indent=2) + "\n"


def _pins(folder, packages):
    return {entry["file_name"]: pin(folder / entry["file_name"], "release") for entry in packages.values()}


def _pinned(content, whence):
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "from": whence}


def _sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit("usage: python -m book.renew [VERSION]")
    release = sys.argv[1] if sys.argv[1:] else fetch.MANIFEST["pyodide"]
    try:
        renew(release, ROOT / ".cache" / "release" / release)
    except (RuntimeError, OSError) as error:
        sys.exit(f"The engine stays as it is, Pyodide {fetch.MANIFEST['pyodide']}. {error}")
    print(f"engine: book/engine/engine.json and book/lab/lab.json are those of Pyodide {release}.")
    print("Take .cache/engine and .cache/lab away, and go through the list in book/engine/README.md.")
