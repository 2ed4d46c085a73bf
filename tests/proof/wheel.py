"""The wheel of nnlib works where nobody has the repository: in a fresh environment, in a plain kernel of Jupyter's.

It is built, installed from its file into an empty environment in a temporary folder, with what it asks for, and from then on
nothing runs that could find the repository: every module is imported, the data are loaded, a network is trained and stored, and
a notebook shows a live figure.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from record import ROOT, claim

EXTRAS = "fit,live,plot"  # what a reader installs besides NumPy
KERNEL = ("ipykernel", "nbclient")  # what JupyterLab runs notebooks with
# With -I Python sees neither the folder that it is started in nor what the environment says.
INSIDE = """
import importlib, json, pkgutil, warnings
from pathlib import Path
import numpy as np
import nnlib
from nnlib import Adam, datasets, fit, mlp

assert ROOT not in str(Path(nnlib.__file__).resolve()), nnlib.__file__
found = [name for _, name, _ in pkgutil.walk_packages(nnlib.__path__, "nnlib.") if not name.endswith("__main__")]
for name in found:
    importlib.import_module(name)
X, y = datasets.digits()
X = X / 16
network = mlp([64, 32, 10], output="softmax", rng=0)
fit(network, X, y, loss="cross_entropy", optimizer=Adam(), batch_size=32, epochs=20, rng=0)
right = float((network.predict(X) == y).mean())
network.save("network.npz")
again = type(network).load("network.npz")
assert np.array_equal(again.predict(X), network.predict(X))
print(json.dumps({"modules": len(found), "digits": len(X), "right": round(100 * right, 1), "numpy": np.__version__}))
"""
NOTEBOOK = """
import json, sys
import nbformat
from nbclient import NotebookClient

cells = ["from nnlib.live import figure\\nshown = figure('tune_a_neuron')\\nshown", "shown.w1 = 2.5\\nprint(shown.w1)",
         "import nnlib\\nprint(nnlib.__file__)"]
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
NotebookClient(notebook, timeout=600, kernel_name="python3", store_widget_state=True).execute()
[shown], [moved], [file] = [cell.outputs for cell in notebook.cells]
view = shown.data["application/vnd.jupyter.widget-view+json"]["model_id"]
widgets = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
state = widgets[view]["state"]
told = {"moved": moved.text.strip(), "file": file.text.strip(), "w1": state["w1"], "markup": "nn-figure" in state["_markup"]}
print(json.dumps(told | {"view": len(state["_esm"]), "looks": len(state["_css"])}))
"""


def outside(folder, *command):
    """Run a command far from the repository, and return what it prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "MAKE"))}
    home = {"HOME": str(folder), "IPYTHONDIR": str(folder / "ipython"), "JUPYTER_CONFIG_DIR": str(folder / "jupyter")}
    end = subprocess.run(command, cwd=folder, env=kept | home, stdout=subprocess.PIPE, text=True, timeout=3000, check=False)
    if end.returncode:
        raise RuntimeError(f"{command[0]} ended with status {end.returncode}:\n{end.stdout[-3000:]}")
    return end.stdout


with claim("wheel") as figures, tempfile.TemporaryDirectory() as place:
    folder = Path(place)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True)
    [wheel] = folder.glob("nnlib-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    python = folder / "environment" / "bin" / "python"
    outside(folder, sys.executable, "-m", "venv", folder / "environment")
    outside(folder, python, "-m", "pip", "install", "--quiet", f"{wheel}[{EXTRAS}]", *KERNEL)
    assert "No broken requirements" in outside(folder, python, "-m", "pip", "check")
    told = json.loads(outside(folder, python, "-I", "-c", f"ROOT = {str(ROOT)!r}\n{INSIDE}").splitlines()[-1])
    assert told["right"] > 95 and told["digits"] > 1500, told
    seen = json.loads(outside(folder, python, "-I", "-c", NOTEBOOK).splitlines()[-1])
    assert seen["moved"] == "2.5" and seen["w1"] == 2.5 and seen["markup"], seen
    assert str(folder) in seen["file"] and seen["view"] > 10_000 and seen["looks"] > 1000, seen
    figures |= told | {"files": len(names), "kilobytes": round(wheel.stat().st_size / 1000), "cells": 3}
    figures |= {"view_kilobytes": round(seen["view"] / 1000)}
