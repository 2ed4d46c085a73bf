"""Build the commit twice, from nothing and in two places, and compare every byte of the site and of its archive.

    python tools/twice.py

Nothing is excepted. What is not in the commit is in neither build. The engine's files, which have checksums, are copied.
"""

import filecmp
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Two places on earth, in which neither the folder, nor the time, nor the language, nor the rights of new files are the same.
PLACES = {
    "one": {"TZ": "Asia/Tokyo", "LC_ALL": "C", "umask": 0o022},
    "two/and a longer way": {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "umask": 0o002},
}
SECONDS = 1800  # for one build


def build(folder, umask, **environment):
    """Build the commit in a clone of its own, and return the folder with what was built."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    for name in ("engine", "lab"):
        if (ROOT / ".cache" / name).is_dir():
            shutil.copytree(ROOT / ".cache" / name, folder / ".cache" / name)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "SOURCE_DATE"))}
    command = ["make", "zip", f"PYTHON={sys.executable}"]
    end = subprocess.run(
        command, cwd=folder, env=kept | environment, umask=umask, timeout=SECONDS, capture_output=True, text=True
    )
    if end.returncode:
        raise RuntimeError(f"The build in {folder} failed:\n{end.stdout[-2000:]}{end.stderr[-2000:]}")
    return folder / "_build"


def differing(one, two):
    """Return the paths of the files below two folders that are not the same, or only in one of them."""
    paths = [{path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (one, two)]
    _, wrong, errors = filecmp.cmpfiles(one, two, paths[0] & paths[1], shallow=False)
    return sorted(map(str, [*wrong, *errors, *(paths[0] ^ paths[1])]))


def main():
    """Build, compare, and tell."""
    with tempfile.TemporaryDirectory() as folder:
        built = [build(Path(folder, place), **settings) for place, settings in PLACES.items()]
        for folder in built:
            shutil.rmtree(folder / ".doctrees", ignore_errors=True)  # what Sphinx keeps for itself; nobody publishes it
            for part in ("live/engine/frozen", "lite"):
                if not (folder / "html" / part).is_dir():
                    sys.exit(f"The build has no {part}, so that the comparison would not be of the whole.")
        wrong = differing(*built)
        count = sum(path.is_file() for path in built[0].rglob("*"))
    if wrong:
        sys.exit(f"{len(wrong)} of {count} files differ between two builds of one commit:\n" + "\n".join(wrong))
    print(f"Two builds of one commit gave the same {count} files, to the byte.")


if __name__ == "__main__":
    main()
