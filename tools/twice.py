"""Build the commit twice, from nothing and in two places, and compare every byte of the site and of its archive.

Then change a chapter in the second place, build, change it back and build again: that must give the same bytes, too.

    python tools/twice.py

Nothing is excepted. What is not in the commit is in neither build. The engine's files, which have checksums, are copied.
"""

import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Two places on earth, in which neither the folder, nor the time, nor the language, nor the rights of new files are the same.
PLACES = {
    "one": {"TZ": "Asia/Tokyo", "LC_ALL": "C", "umask": 0o022},
    "two/and a longer way": {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "umask": 0o002},
}
AS_NEEDED = {"PIP_NO_COMPILE": "0"}  # Python compiles what is imported, not all that pip installs ("0" is how pip is told so)
SECONDS = 1800  # for one build
OWN = {".doctrees", "jupyter_execute"}  # what Sphinx keeps for itself; nobody publishes it
CHAPTER = "chapters/activations.ipynb"
# What the search, the lab and the folder of pictures come to know, and no other page.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
OUTPUT = {"output_type": "display_data", "metadata": {}, "data": {"image/png": DOT, "text/plain": "a dot"}}
CHANGE = [
    {"cell_type": "markdown", "id": "twice-words", "metadata": {}, "source": "## Another section\n\n$x$"},
    {"cell_type": "code", "id": "twice-dot", "metadata": {}, "execution_count": 1, "source": "dot", "outputs": [OUTPUT]},
]


def clone(folder):
    """Clone the commit, with the engine's files, and return the folder."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    for name in ("engine", "lab"):
        if (ROOT / ".cache" / name).is_dir():
            shutil.copytree(ROOT / ".cache" / name, folder / ".cache" / name)
    return folder


def build(folder, umask, **environment):
    """Build what is in a clone, and return the folder with what was built."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "SOURCE_DATE"))}
    command = ["make", "zip", f"PYTHON={sys.executable}"]
    end = subprocess.run(
        command, cwd=folder, env=kept | AS_NEEDED | environment, umask=umask, timeout=SECONDS, capture_output=True, text=True
    )
    if end.returncode:
        raise RuntimeError(f"The build in {folder} failed:\n{end.stdout[-2000:]}{end.stderr[-2000:]}")
    return folder / "_build"


def there_and_back(folder, **settings):
    """Change a chapter of a clone that is built, build it, then as it was; return the files that differed in between."""
    chapter = folder / CHAPTER
    text = chapter.read_text(encoding="utf-8")
    before = shutil.copytree(folder / "_build", folder / "before")
    notebook = json.loads(text)
    notebook["cells"] += CHANGE
    chapter.write_text(json.dumps(notebook), encoding="utf-8")
    changed = differing(before, build(folder, **settings))
    chapter.write_text(text, encoding="utf-8")
    build(folder, **settings)
    return changed


def files(folder):
    """Return the paths of all files below a folder but Sphinx's own."""
    paths = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path for path in paths if path.parts[0] not in OWN}


def differing(one, two):
    """Return the paths of the files below two folders that are not the same, or only in one of them."""
    paths = [files(one), files(two)]
    _, wrong, errors = filecmp.cmpfiles(one, two, paths[0] & paths[1], shallow=False)
    return sorted(map(str, [*wrong, *errors, *(paths[0] ^ paths[1])]))


def compare(one, two, what):
    """Tell that two folders are the same, or end with the files that are not."""
    wrong, count = differing(one, two), len(files(one))
    if wrong:
        sys.exit(f"{what}: {len(wrong)} of {count} files differ:\n" + "\n".join(wrong))
    print(f"{what}: the same {count} files, to the byte.", flush=True)


def main():
    """Build, compare, and tell."""
    with tempfile.TemporaryDirectory() as folder:
        clones = [clone(Path(folder, place)) for place in PLACES]
        with ThreadPoolExecutor() as pool:  # at the same time, too
            built = list(pool.map(lambda each, settings: build(each, **settings), clones, PLACES.values()))
        for part in ("live/*/engine/frozen", "lite"):
            if not all(any((each / "html").glob(part)) for each in built):
                sys.exit(f"The build has no {part}, so that the comparison would not be of the whole.")
        compare(*built, "Two builds of one commit")
        changed = there_and_back(clones[1], **[*PLACES.values()][1])
        wanted = {
            f"html/{name}" for name in ("chapters/activations.html", "searchindex.js", "lite/files/chapters/activations.ipynb")
        }
        if not wanted <= {*changed}:
            sys.exit(f"A changed chapter was not built again; what was: {', '.join(changed)}")
        compare(*built, f"A build after a chapter was changed ({len(changed)} files with it) and changed back")


if __name__ == "__main__":
    main()
