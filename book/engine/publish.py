"""Gather the engine's files for a release of this repository: the command that publish.yml runs on what it has tested.

    python -m book.engine.publish .cache/assets .cache/engine book/engine/engine.json .cache/lab book/lab/lab.json

The folder gets `files/`, what the manifests pin and their checksums, as sha256sum reads them; `tag`, under which `sources.toml`
looks for them; and `notes.md`. The cut locks are not among them: they stand in the manifests.
"""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from book.engine.fetch import missing

NOTES = """The files that the browser's Python is made of, for `sources.toml` and for networks that have nothing else. They are
others' work, unchanged: Pyodide {pyodide}, and packages of Python, each with its license in it. `{sums}` has their SHA-256.
"""


def gather(folder, parts):
    """Copy into `folder` what is pinned by `parts`, pairs of a folder and its manifest, or raise RuntimeError."""
    files, versions = Path(folder, "files"), {manifest["pyodide"] for _, manifest in parts}
    for source, manifest in parts:
        if wanted := missing(source, manifest):
            raise RuntimeError(f"{source} has no {', '.join(wanted)}")
    if len(versions) != 1:
        raise RuntimeError(f"the manifests are of Pyodide {' and '.join(sorted(versions))}: make engine writes both")
    [version] = versions
    files.mkdir(parents=True)
    pins = {name: pin["sha256"] for _, manifest in parts for name, pin in manifest["files"].items() if pin["from"] != "lock"}
    for source, manifest in parts:
        for name in manifest["files"].keys() & pins.keys():
            shutil.copyfile(Path(source, name), files / name)
    sums = "".join(f"{pins[name]}  {name}\n" for name in sorted(pins))
    # A lab that changes adds files to the release of its engine: the older list stays beside the new one.
    listed = f"checksums-{hashlib.sha256(sums.encode()).hexdigest()[:12]}.txt"
    (files / listed).write_text(sums, encoding="utf-8")
    Path(folder, "tag").write_text(f"engine-{version}\n", encoding="utf-8")
    Path(folder, "notes.md").write_text(NOTES.format(pyodide=version, sums=listed), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 4 or len(sys.argv) % 2:
        sys.exit("usage: python -m book.engine.publish FOLDER [FILES MANIFEST]…")
    pairs = zip(sys.argv[2::2], sys.argv[3::2], strict=True)
    try:
        gather(sys.argv[1], [(files, json.loads(Path(manifest).read_text(encoding="utf-8"))) for files, manifest in pairs])
    except (RuntimeError, OSError) as error:
        sys.exit(f"The engine's files are not all here: {error}")
