"""Record what the playground's exported programs print in PyTorch and in Keras, into programs.json.

`make test` compares nnlib's numbers with the record, and sees to it that the programs are still those which were run; `make
peers` runs them anew. To renew the record:

    .cache/peers/bin/python tests/peers/programs.py
"""

import contextlib
import hashlib
import io
import json
import sys
import tempfile
from pathlib import Path

RECORD = Path(__file__).with_name("programs.json")
EPOCHS = 6
FEATURES = ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"]
POINTS = [[2, 2, 1], [3, 1, 1], [1, 3, 1], [-2, -2, 1], [-3, -1, 1], [2, -2, -1], [3, -3, -1], [-2, 2, -1], [-1, 3, -1]]

#: A case for each kind of setting: what differs from the defaults.
CASES = {
    "as it opens": {},
    "exclusive or": {"data": "exclusive or", "noise": 20},
    "two clouds": {"data": "two clouds", "noise": 30, "draw": 7},
    "spiral": {"data": "spiral", "noise": 10},
    "three arms": {"data": "three arms", "loss": "cross-entropy"},
    "three arms by squares": {"data": "three arms", "noise": 5},
    "plane": {"data": "plane", "noise": 10},
    "hills": {"data": "hills", "batch_size": 30},
    "noise moves the points": {"noise": 15, "noise_on": "points"},
    "noise moves the points of the plane": {"data": "plane", "noise": 15, "noise_on": "points", "batch_size": 50},
    "noise changes labels of clouds": {"data": "two clouds", "noise": 25, "noise_on": "labels"},
    "noise changes labels of the spiral": {"data": "spiral", "noise": 25, "noise_on": "labels"},
    "noise changes labels of three arms": {"data": "three arms", "noise": 25, "noise_on": "labels", "loss": "cross-entropy"},
    "your points": {"data": "your points", "points": POINTS},
    "your table": {"data": "your table", "loss": "cross-entropy"},
    "share": {"share": 80},
    "standardized": {"standardize": "standardized", "features": FEATURES},
    "one feature": {"features": ["x₁²"]},
    "no hidden layer": {"layers": [], "features": FEATURES},
    "six layers": {"layers": [8] * 6, "weights": "xavier"},
    "relu": {"activation": "relu", "weights": "he"},
    "sigmoid": {"activation": "sigmoid"},
    "identity": {"activation": "identity"},
    "leaky_relu": {"activation": "leaky_relu"},
    "elu": {"activation": "elu"},
    "gelu_tanh": {"activation": "gelu_tanh"},
    "silu": {"activation": "silu"},
    "zeros": {"weights": "zeros", "start": 3},
    "cross-entropy": {"loss": "cross-entropy"},
    "momentum": {"optimizer": "momentum", "learning_rate": 0.01},
    "RMSProp": {"optimizer": "RMSProp", "learning_rate": 0.005},
    "Adam": {"optimizer": "Adam", "learning_rate": 0.01},
    "L1": {"penalty": "L1", "penalty_rate": 0.01},
    "L2": {"penalty": "L2", "penalty_rate": 0.01},
    "L1 and momentum": {"penalty": "L1", "penalty_rate": 0.01, "optimizer": "momentum", "learning_rate": 0.01},
    "L2 and RMSProp": {"penalty": "L2", "penalty_rate": 0.01, "optimizer": "RMSProp", "learning_rate": 0.005},
    "L1 and Adam": {"penalty": "L1", "penalty_rate": 0.01, "optimizer": "Adam", "learning_rate": 0.01},
    "full batch": {"batch_size": 500, "learning_rate": 0.3},
    "one sample a batch": {"batch_size": 1},
    "batches that do not fit": {"batch_size": 40},
    "dropout": {"dropout": 0.2},
    "dropout and L2": {"dropout": 0.5, "penalty": "L2", "layers": [6], "data": "exclusive or", "loss": "cross-entropy"},
    "a frozen layer": {"frozen": ["1"]},
    "frozen layers and L1 and momentum": {"frozen": ["1", "output"], "layers": [4, 3, 2], "penalty": "L1", "penalty_rate": 0.01,
                                          "optimizer": "momentum", "learning_rate": 0.01, "patience": 3},
    "frozen layers, L2, RMSProp, and dropout": {"frozen": ["2"], "layers": [4, 3], "penalty": "L2", "penalty_rate": 0.01,
                                                "optimizer": "RMSProp", "learning_rate": 0.005, "dropout": 0.2},
    "frozen layers and Adam": {"frozen": ["3", "4", "5", "6"], "layers": [4] * 6, "optimizer": "Adam",
                               "learning_rate": 0.01},
    "an activation for each layer": {"activations": ["relu", "as all", "sigmoid", "leaky_relu"], "layers": [4, 4, 3, 3, 2]},
    "other activations for each layer": {"activations": ["silu", "identity", "tanh", "elu", "gelu_tanh"], "layers": [3] * 5,
                                         "activation": "sigmoid", "weights": "xavier"},
    "patience": {"data": "two clouds", "noise": 80, "learning_rate": 0.1, "patience": 2},
}  # fmt: skip


def exported(name):
    """Return {library: program} of a case, and the files that they read."""
    from nnlib.explorables import EXPLORABLES
    from nnlib.explorables.models.playground import in_keras, in_pytorch, programs, run

    settings = EXPLORABLES["playground"].check(CASES[name])
    made = {"PyTorch": in_pytorch.pytorch_program(settings, EPOCHS), "Keras": in_keras.keras_program(settings, EPOCHS)}
    return made, programs.files(settings, run.session_of(settings).network)


def digest(program):
    """Return by what a program is known."""
    return hashlib.sha256(program.encode()).hexdigest()[:16]


def rows(program, files=()):
    """Return what a program prints after its head, rows of texts, in a folder with these files."""
    told = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), contextlib.redirect_stdout(told):
        for path, content in dict(files).items():
            Path(path).write_bytes(content)
        exec(program, {"__name__": "__main__"})
    return [line.split() for line in told.getvalue().splitlines()[1:]]


def main(path=RECORD):
    """Run all programs, and write what they print to the file `path`, a line for each, with the versions."""
    lines, versions = [], {}
    for name in CASES:
        made, files = exported(name)
        for library, program in made.items():
            found = {"case": name, "library": library, "program": digest(program), "rows": rows(program, files)}
            lines.append(json.dumps(found, ensure_ascii=False))
            print(f"{library}, {name}: {' '.join(found['rows'][-1])}", flush=True)
    for module in ("torch", "keras", "jax", "numpy"):
        versions[module] = sys.modules[module].__version__
    text = f'{{\n"versions": {json.dumps(versions)},\n"runs": [\n' + ",\n".join(lines) + "\n]\n}\n"
    Path(path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
