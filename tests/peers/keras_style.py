"""Train the network of a hundred tutorials in nnlib, Keras, PyTorch and JAX, from one start, and record what each has found.

The program for nnlib is two cells of chapters/frameworks.ipynb, run here as they stand there; the other programs are the
files keras_style_in_….py beside this one, which the chapter shows. All get the same weights, the same samples in the same
order, and the same masks for the dropout, and each runs in a process of its own, three times:

- "same": in float64, with one ε for Adam that is too small to matter, because libraries add it in different places;
- "defaults": in float64, with each library's own ε;
- "float32": as a tutorial has it, in float32 and with each library's own ε.

`make peers` runs all of it into _build/keras_style.json and compares. To renew the record, nnlib/data/keras_style.json:

    .cache/peers/bin/python tests/peers/keras_style.py
"""

import contextlib
import datetime
import hashlib
import importlib.metadata
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RECORD = ROOT / "nnlib" / "data" / "keras_style.json"
CELLS = "frameworks-data", "frameworks-nnlib"
TINY = 1e-30  #: An ε that is next to nothing beside any √v of this run, and yet keeps 0/0 away.
RUNS = {"same": ("float64", {"epsilon": TINY}), "defaults": ("float64", {}), "float32": ("float32", {})}
LIBRARIES = {  #: {name: (program, environment)}
    "Keras on JAX": ("keras", {"KERAS_BACKEND": "jax"}),
    "Keras on PyTorch": ("keras", {"KERAS_BACKEND": "torch"}),
    "PyTorch": ("pytorch", {}),
    "JAX": ("jax", {}),
}
SHOWN = 3  #: Test digits whose outputs are recorded.


def programs():
    """Return the programs by their names: the chapter's two cells, and the files beside this one."""
    notebook = json.loads((ROOT / "chapters" / "frameworks.ipynb").read_text(encoding="utf-8"))
    cells = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"] if cell["id"] in CELLS}
    return cells | {file.name: file.read_text(encoding="utf-8") for file in sorted(HERE.glob("keras_style_in_*.py"))}


def chapter():
    """Return what the chapter's two cells define."""
    defined, cells = {}, programs()
    with contextlib.redirect_stdout(io.StringIO()):
        for name in CELLS:
            exec(cells[name], defined)
    return defined


def digests():
    """Return by what the programs are known: {name: digest}."""
    return {name: hashlib.sha256(program.encode()).hexdigest()[:16] for name, program in programs().items()}


def start_of(run, defined):
    """Return the arrays that all libraries start a run from: nnlib's weights, and what its generators will draw."""
    dtype, options = RUNS[run]
    network, X, y, epochs = defined["build"](dtype), defined["X"], defined["y"], defined["HOW"]["epochs"]
    order, masks = np.random.default_rng(defined["HOW"]["rng"]), np.random.default_rng(defined["DROPOUT"]["rng"])
    rows, orders, drawn = np.arange(len(X), dtype=np.int32), [], []
    rate, size = defined["DROPOUT"]["rate"], defined["HOW"]["batch_size"]
    for _ in range(epochs):
        rows = np.arange(len(X), dtype=np.int32)
        order.shuffle(rows)
        orders.append(rows)
        sizes = [min(size, len(X) - i) for i in range(0, len(X), size)]
        drawn.append(np.concatenate([masks.random((n, 128), dtype) >= rate for n in sizes]))
    dense = [layer for layer in network.layers if layer.inputs]
    arrays = {"W1": dense[0].weights, "b1": dense[0].bias, "W2": dense[1].weights, "b2": dense[1].bias}
    masks = np.array(drawn) / np.dtype(dtype).type(1 - rate)
    arrays |= {"X": X.astype(dtype), "y": y.astype(np.int64), "X_test": defined["X_test"].astype(dtype)}
    return arrays | {"orders": np.array(orders), "masks": masks.astype(dtype)} | options


def in_nnlib(run, defined):
    """Return what nnlib finds."""
    from nnlib.losses import LOSSES
    from nnlib.training import backpropagate

    dtype, options = RUNS[run]
    build, learn, X, y = (defined[name] for name in ("build", "learn", "X", "y"))
    X_test = defined["X_test"].reshape(-1, 784)
    start, network = start_of(run, defined), build(dtype)
    rows = start["orders"][0, : defined["HOW"]["batch_size"]]
    loss, flat = LOSSES["cross_entropy"], X.reshape(len(X), -1).astype(dtype)
    backpropagate(network, loss, network.forward(flat[rows], training=True), y[rows].astype(np.int64))
    gradients = network.gradients.copy()
    network = build(dtype)
    outputs = network.run(X_test)
    losses = learn(network, **options).loss
    return {"outputs": outputs, "gradients": gradients, "losses": losses, "answers": network.predict(X_test)}


def in_peer(library, run, defined):
    """Return what a library finds, in a process of its own."""
    program, environment = LIBRARIES[library]
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / name) for name in ("start.npz", "found.npz")]
        np.savez(paths[0], **start_of(run, defined))
        exact = {"JAX_ENABLE_X64": str(int(RUNS[run][0] == "float64")), "OMP_NUM_THREADS": "1"}
        environment = os.environ | environment | exact
        subprocess.run([sys.executable, HERE / f"keras_style_in_{program}.py", *paths], env=environment, check=True)
        return dict(np.load(paths[1]))


def summary(found, ours, in_full):
    """Return what is recorded of a library in a run, beside nnlib's; in full with some outputs and gradients themselves."""
    gradients = np.asarray(found["gradients"], float)
    far = {
        name: float(np.abs(np.asarray(found[name], float) - ours[name]).max()) for name in ("outputs", "gradients", "losses")
    }
    recorded = {
        "losses": [float(loss) for loss in found["losses"]],
        "right": int((np.asarray(found["answers"]) == ours["y_test"]).sum()),
        "answered_otherwise": int((np.asarray(found["answers"]) != ours["answers"]).sum()),
        "away_from_nnlib": far,
    }
    if in_full:
        recorded |= {
            "parameters": len(gradients),
            "outputs": np.asarray(found["outputs"], float)[:SHOWN].tolist(),
            "last_bias_gradient": gradients[-10:].tolist(),
            "length_of_gradient": float(np.linalg.norm(gradients)),
        }
    return recorded


def main(path=RECORD):
    """Write what all libraries find to the file `path`, with their versions and the date."""
    defined, runs = chapter(), {}
    for run in RUNS:
        ours = in_nnlib(run, defined) | {"y_test": defined["y_test"]}
        runs[run] = {"nnlib": summary(ours, ours, run == "same")}
        for library in LIBRARIES:
            runs[run][library] = summary(in_peer(library, run, defined), ours, run == "same")
            print(run, library, runs[run][library]["away_from_nnlib"], flush=True)
    names = {"Keras": "keras", "PyTorch": "torch", "JAX": "jax", "NumPy": "numpy"}
    versions = {name: importlib.metadata.version(package) for name, package in names.items()}
    lines = [f'"{run}": {{\n' + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in found.items()) + "\n}"
             for run, found in runs.items()]  # fmt: skip
    head = f'"versions": {json.dumps(versions)},\n"date": "{datetime.date.today()}",\n"programs": {json.dumps(digests())},\n'
    Path(path).write_text(f'{{\n{head}"runs": {{\n' + ",\n".join(lines) + "\n}\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
