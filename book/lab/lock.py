"""The lock of the lab's Python: Pyodide's own packages, and an entry for each wheel that we add.

A wheel that stands in the lock is there for a plain `import`, and can be loaded while Python starts.
"""

import hashlib
import re
import zipfile
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement

from book.engine.fetch import PYTHON

ENVIRONMENT = {
    "python_version": PYTHON.rpartition(".")[0],
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "os_name": "posix",
}
FRONT_ENDS = {"jupyterlab-widgets", "widgetsnbextension"}  # ipywidgets names them; the lab has them in JavaScript


def extended(lock, wheels):
    """Return `lock` with an entry for each of the `wheels`, or raise RuntimeError where one needs what is not there."""
    packages = {normal(name): entry for name, entry in lock["packages"].items()}
    packages |= {entry["name"]: entry for entry in map(entry_of, wheels)}
    for entry in packages.values():
        entry["depends"] = [normal(name) for name in entry["depends"]]
        if lost := [name for name in entry["depends"] if name not in packages]:
            raise RuntimeError(f"{entry['file_name']} needs {', '.join(lost)}: the lab has no such package")
    return lock | {"packages": packages}


def entry_of(wheel):
    """Return the entry of one wheel of plain Python."""
    wheel = Path(wheel)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        told = Parser().parsestr(archive.read(metadata).decode())
    needed = [Requirement(line) for line in told.get_all("Requires-Dist") or []]
    depends = {normal(need.name) for need in needed if not need.marker or need.marker.evaluate(ENVIRONMENT | {"extra": ""})}
    modules = {name.split("/")[0].removesuffix(".py") for name in names if re.match(r"\w+(/.+)?\.py$", name)}
    return {
        "name": normal(told["Name"]),
        "version": told["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "package_type": "package",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "imports": sorted(modules),
        "depends": sorted(depends - FRONT_ENDS),
        "unvendored_tests": False,
    }


def normal(name):
    """Return the one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()
