"""The view's scripts in fewer bytes, by esbuild, one of the tools of `tools/javascript`.

Only spaces, and names that nobody outside a script sees, become shorter. Where it is not installed, the scripts stay as they
are, and the book does the same.
"""

import subprocess
from pathlib import Path

from book.node import node


def program(tools):
    """Return the path of esbuild below the folder `tools`, or None where it is not there."""
    path = Path(tools, "node_modules", "esbuild", "bin", "esbuild")
    return path if path.is_file() else None


def small(script, esbuild):
    """Return a script in fewer bytes; raises RuntimeError where it is none."""
    command = [node(), esbuild, "--minify", "--charset=utf8", "--log-level=error", "--loader=js"]
    end = subprocess.run(command, input=script, check=False, capture_output=True, encoding="utf-8")
    if end.returncode:
        raise RuntimeError(f"esbuild has stopped: {end.stderr}")
    return end.stdout
