"""Test the package and run every notebook with what a reader installs, on any system.

    python -m pip install -r requirements.txt pytest hypothesis
    python tools/smoke.py

Notebooks are run, not compared: another system's mathematics differs in the last digits, which a long training can enlarge.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

from environments import ALONE

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("package", "explorables", "house")  # of tests that need no browser and no built book
NOTEBOOKS = ("chapters", "-c", "tests/notebooks/nbval.ini", "--rootdir=.", "--nbval-lax")
# On Windows pyzmq warns that it helps itself; elsewhere this matches nothing.
WINDOWS = ("-W", "ignore:Proactor event loop does not implement:RuntimeWarning")


def package_tests(root=ROOT):
    """Return the files of tests that import nnlib and not `book`, whose tests need what makers install."""
    found = [path for folder in FOLDERS for path in sorted((root / "tests" / folder).glob("test_*.py"))]
    return [path for path in found if packages(path) & {"nnlib", "book"} == {"nnlib"}]


def packages(path):
    """Return the names of the packages that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def run(*arguments):
    """Run pytest, heard by all, and return whether it failed."""
    command = [sys.executable, "-m", "pytest", "-q", *WINDOWS, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **ALONE, "PYTHONUTF8": "1"}).returncode != 0


if __name__ == "__main__":
    sys.exit(run(*package_tests()) or run(*NOTEBOOKS))
