"""Run a command that builds: alone in this checkout, where it may write, and where there is room for what is not there yet.

    python tools/alone.py make …

Who comes second waits until the first has ended, however it has ended: the system keeps the lock, which everything that the
command starts holds with it, and lets it go with the last of them. What the command starts finds ALONE in its environment.
"""

import fcntl
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ".cache/lock"
# What is there when a folder is filled, and the megabytes that this takes.
ROOM = {".venv/.installed": 1000, ".cache/javascript.complete": 150, "_build/.lab": 150}


def refused(root):
    """Return why nothing can be built below `root`, in a sentence with a cure, or None."""
    for name in (".", *(str(Path(marker).parent) for marker in ROOM)):
        if (root / name).exists() and not os.access(root / name, os.W_OK | os.X_OK):
            return (
                f"Nothing can be written into {(root / name).resolve()}: copy the repository to a folder of your own, and "
                "build it there. A book that is built already can be read here: python3 tools/start.py --folder _build/html"
            )
    for place, wanted in _wanted(root).items():
        if (left := shutil.disk_usage(place).free >> 20) < wanted:
            return f"The disk of {place} has {left} MB left, and {wanted} are needed: make room there, and begin again."
    return None


def _wanted(root):
    """Return the megabytes that are still to come, for one folder on each disk."""
    wanted, places = {}, {}
    for marker, size in ROOM.items():
        folder = (root / marker).parent
        place = folder if folder.is_dir() else root
        if not (root / marker).is_file():
            first = places.setdefault(place.stat().st_dev, place.resolve())
            wanted[first] = wanted.get(first, 0) + size
    return wanted


def lock(root):
    """Wait for the lock, and leave it open for all that this process becomes and starts."""
    path = root / LOCK
    path.parent.mkdir(exist_ok=True)
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Another build is at work in this folder; this one begins when it has ended.", flush=True)
        fcntl.flock(held, fcntl.LOCK_EX)
    os.set_inheritable(held, True)


def main(*command):
    """Become the command, as soon as nobody else builds."""
    if "ALONE" not in os.environ:
        if said := refused(ROOT):
            sys.exit(said)
        lock(ROOT)
    os.execvpe(command[0], command, os.environ | {"ALONE": "yes"})


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit("usage: python tools/alone.py COMMAND …")
    main(*sys.argv[1:])
