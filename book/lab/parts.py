"""What the lab brings that others have made, with the license that each part tells of itself."""

import re
import zipfile
from email import message_from_bytes
from importlib.metadata import distribution
from pathlib import Path

SITE = ("jupyterlite-core", "jupyterlite-pyodide-kernel", "jupyterlab_widgets")  # packages that bring its programs
# Made for Pyodide out of sources that have no metadata of Python's.
SILENT = {"sqlite3": "public domain", "ssl": "PSF-2.0", "openssl": "OpenSSL"}
# Lists that the programs bring: what they are made of in turn.
LISTS = (
    "lite/build/third-party-licenses.json",
    "lite/extensions/@jupyterlite/pyodide-kernel-extension/static/third-party-licenses.json",
    "lite/extensions/@jupyter-widgets/jupyterlab-manager/static/third-party-licenses.json",
)


def parts(folder):
    """Return (name, version, license) of each part, out of the lab's files in `folder`; nothing where there are none."""
    archives = [path for path in sorted(Path(folder).glob("*")) if path.suffix in (".whl", ".zip")]
    if not archives:
        return []
    told = [_of_archive(path) for path in archives]
    told += [(name, distribution(name).version, license_in(distribution(name).metadata)) for name in SITE]
    return sorted(told, key=lambda part: part[0].lower())


def license_in(metadata):
    """Return the license that a package names: an expression, else a short name, else what it is classified as."""
    short = (metadata.get("License-Expression") or metadata.get("License") or "").strip()
    if short and len(short) < 60 and "\n" not in short and "(c)" not in short:
        return short
    classes = [line for line in metadata.get_all("Classifier", []) if line.startswith("License :: ")]
    return ", ".join(line.rpartition(" :: ")[2] for line in classes)


def _of_archive(path):
    name, version = re.match(r"([^-]+)-([^-]+?)(?:-|\.zip$)", path.name).groups()
    if name in SILENT:
        return name, version, SILENT[name]
    with zipfile.ZipFile(path) as files:
        [metadata] = [member for member in files.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", member)]
        told = message_from_bytes(files.read(metadata))
    return told["Name"], told["Version"], license_in(told)
