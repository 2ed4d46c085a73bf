"""Build the lab beside the book: the command that makes a JupyterLite site of the chapters.

    python -m book.lab.build .cache/engine .cache/lab .cache/wheel _build/html/lite

It runs in the book's folder, after the book is built. The files of `.cache/lab` are fetched, as the engine's are, by
`python -m book.engine.fetch .cache/lab book/lab/lab.json`. Where the lab is there already, only its notebooks are written
again: whoever changes something else takes it away first.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jupyterlite_core.constants import JSON_FMT

from book.engine import fetch
from book.lab import settings
from book.lab.lock import extended
from book.lab.notebooks import write_notebooks
from nnlib.live.join_modules import VIEW, as_one_module

MANIFEST = json.loads(Path(__file__).with_name("lab.json").read_text(encoding="utf-8"))
LAST = "pyodide/pyodide-lock.json"  # the file that is written last
FIRST = "await import("  # of a page's programs
FROM_KERNEL = ("ipykernel", "piplite", "pyodide_kernel")  # wheels that come with the kernel's extension


def build(book, core, lab, wheels, output):
    """Build the lab of the chapters of `book` into the folder `output`; return how many notebooks it has."""
    for folder, manifest in ((core, fetch.MANIFEST), (lab, MANIFEST)):
        if wanted := fetch.missing(folder, manifest):
            raise RuntimeError(f"{folder} has no {', '.join(wanted)}")
    output = Path(output).resolve()
    if (output / LAST).is_file():
        return renew(book, output)
    shutil.rmtree(output, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        editions = write_notebooks(book, work / "files")
        # JupyterLite gives all that lies beside its folder the time of the commit, and browsers go by it.
        made = work / "alone" / "lite"
        write(work / "jupyter_lite_config.json", {"LiteBuildConfig": settings.for_build(made)})
        write(work / "jupyter-lite.json", settings.for_site())
        write(work / "overrides.json", settings.overrides())
        command = [sys.executable, "-m", "jupyter", "lite", "build"]
        end = subprocess.run(command, cwd=work, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if end.returncode:
            raise RuntimeError(f"JupyterLite ended with status {end.returncode}:\n{(end.stdout + end.stderr)[-4000:]}")
        shutil.move(made, output)
    write(output / "editions.json", editions)
    put_script(output)
    write_python(Path(core), Path(lab), Path(wheels), output / "pyodide")
    return len(editions)


def renew(book, output):
    """Write the notebooks of the lab in the folder `output` again, and what it tells of them."""
    editions = write_notebooks(book, output / "files")
    write(output / "editions.json", editions)
    for listing in sorted((output / "api" / "contents").rglob("all.json")):
        told = json.loads(listing.read_text(encoding="utf-8"))
        for entry in told["content"]:
            if entry["type"] == "notebook":
                entry["size"] = (output / "files" / entry["path"]).stat().st_size
        listing.write_text(json.dumps(told, **JSON_FMT), encoding="utf-8")
    return len(editions)


def put_script(output):
    """Put what `keep.mjs` does into every page of the lab, before its programs."""
    script = (VIEW / "page" / "memory.js").read_text(encoding="utf-8") + as_one_module(Path(__file__).with_name("keep.mjs"))
    name = f"keep.js?{hashlib.sha256(script.encode()).hexdigest()[:12]}"
    (output / "keep.js").write_text(script, encoding="utf-8")
    for app in settings.APPS:
        page = output / app / "index.html"
        text = page.read_text(encoding="utf-8")
        # Browsers ask for an icon before the lab can tell them where it is.
        text = text.replace("<head>", f'<head>\n    <link rel="icon" href="../{settings.ICON}" />', 1)
        if text.count(FIRST) != 1:
            raise RuntimeError(f"{page} does not begin with {FIRST!r}: has JupyterLite changed?")
        page.write_text(text.replace(FIRST, f"await import('../{name}');\n        {FIRST}"), encoding="utf-8")


def write_python(core, lab, wheels, folder):
    """Copy the browser's Python into `folder`, its packages, ours and the kernel's, with the lock that names them all."""
    kernel = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi")
    locked = fetch.MANIFEST["lock"]["cut"]
    lock = locked | {"packages": locked["packages"] | MANIFEST["lock"]["cut"]["packages"]}
    ours = [lab / name for name in fetch.added(MANIFEST)]
    ours += [*wheels.glob("nnlib-*.whl"), *(next(kernel.glob(f"{name}-*.whl")) for name in FROM_KERNEL)]
    folder.mkdir(parents=True)
    for path in [*(core / name for name in fetch.MANIFEST["files"]), *(lab / name for name in MANIFEST["files"]), *ours]:
        shutil.copyfile(path, folder / path.name)
    write(folder / "pyodide-lock.json", extended(lock, ours))


def write(path, content):
    """Write a file of JSON, the same on every run, whole or not at all: where the last one is, the lab is taken for built."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
    unfinished.replace(path)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("usage: python -m book.lab.build ENGINE LAB WHEELS OUTPUT")
    try:
        count = build(".", *sys.argv[1:])
    except (RuntimeError, OSError) as error:
        sys.exit(f"The lab could not be built: {error}")
    print(f"lab: {count} notebooks are in {sys.argv[4]}", flush=True)
