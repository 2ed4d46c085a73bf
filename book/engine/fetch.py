"""The browser's engine: which files it is made of, and the command that fetches them.

    python -m book.engine.fetch .cache/engine

`engine.json` pins each file of Pyodide by its bytes and its SHA-256, so it does not matter who hands a file over: what
is already there is kept, the rest is asked of one source of `sources.toml` after another, and bytes that differ are refused.
The lock that Pyodide reads is cut to the packages that we serve (a name in it without its file would be a failed import) and
is part of `engine.json`, beside the checksum of the original that it was cut from. `book/renew.py` writes `engine.json`.
"""

import functools
import hashlib
import http.client
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from book.engine import sources as known

MANIFEST = json.loads(Path(__file__).with_name("engine.json").read_text(encoding="utf-8"))
PYTHON = MANIFEST["lock"]["cut"]["info"]["python"]  # the version of the browser's Python
_say = functools.partial(print, flush=True)
NO_ANSWER = (OSError, ValueError, http.client.HTTPException, subprocess.SubprocessError, tarfile.TarError, zipfile.BadZipFile)


def missing(folder, manifest=MANIFEST):
    """Return the names of the files that are not in `folder`, or are damaged there."""
    return [name for name, pin in manifest["files"].items() if not _is_good(Path(folder, name), pin)]


def fetch(folder, manifest=MANIFEST, sources=None):
    """Fetch into `folder` what is missing there, from each of `sources` in turn, or raise RuntimeError.

    A source is a pair: its name in words, and a function as `sources.py` has them.
    """
    folder, answers = Path(folder), []
    for label, source in known.for_files_of(manifest) if sources is None else sources:
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


def added(manifest):
    """Return the wheels of a manifest that are not Pyodide's: they stand in no lock of its."""
    return [name for name, pin in manifest["files"].items() if pin["from"] == "index"]


def _take(folder, wanted, source, files):
    """Write what `source` gives into `folder`, if it is what is pinned; return its answer in words."""
    got, wrong = [], []
    try:
        for name, content in source(wanted, files):
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


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m book.engine.fetch FOLDER [MANIFEST]")
    wanted = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")) if sys.argv[2:] else MANIFEST
    try:
        fetch(sys.argv[1], wanted)
    except (RuntimeError, OSError) as error:
        sys.exit(str(error))
    _say(f"engine: all {len(wanted['files'])} files are in {sys.argv[1]}, verified")
