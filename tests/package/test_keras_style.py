"""The network of a hundred tutorials: nnlib's numbers are those of Keras, PyTorch and JAX, to the digits that are told.

Their numbers are in nnlib/data/keras_style.json, where the chapter on where you go next reads them; peers/keras_style.py
wrote it and tells how. `make peers` has them computed anew, and runs these tests with the file that NNLIB_KERAS_STYLE names.
"""

import copy
import json
import os
from pathlib import Path

import numpy as np
import pytest
from peers import keras_style

RECORD = json.loads(Path(os.environ.get("NNLIB_KERAS_STYLE", keras_style.RECORD)).read_text(encoding="utf-8"))
EXACT, SINGLE = 1e-13, 1e-6  # in float64, and where something is rounded to float32
#: How far a library's loss curve may be from nnlib's, from here to here, in a run; where its ε differs, it must be apart.
APART = {
    "same": {"Keras on JAX": (0, EXACT), "Keras on PyTorch": (EXACT, SINGLE), "PyTorch": (0, EXACT), "JAX": (0, EXACT)},
    "defaults": {"Keras on JAX": (1e-4, 1e-3), "Keras on PyTorch": (1e-4, 1e-3), "PyTorch": (0, EXACT), "JAX": (0, EXACT)},
    "float32": {"Keras on JAX": (1e-4, 1e-3), "Keras on PyTorch": (1e-4, 1e-3), "PyTorch": (0, 1e-5), "JAX": (0, 1e-5)},
}


@pytest.fixture(scope="module")
def ours():
    """Return {run: what nnlib finds now}."""
    defined = keras_style.chapter()
    return {run: keras_style.in_nnlib(run, defined) | {"y_test": defined["y_test"]} for run in keras_style.RUNS}


def faults(record, run, library, found):
    """Return what of a library's record is not as near to nnlib as it should be, and not as far."""
    theirs, (least, most) = record["runs"][run][library], APART[run][library]
    apart = np.abs(np.array(theirs["losses"]) - found["losses"]).max()
    if not least <= apart <= most:
        yield f"losses: {apart}"
    # before the first step no ε has a say: outputs and gradients agree to what the precision gives
    precise = run != "float32" and library != "Keras on PyTorch"
    for name in ("outputs", "gradients"):
        if not theirs["away_from_nnlib"][name] < (EXACT if precise else SINGLE):
            yield f"{name}: {theirs['away_from_nnlib'][name]}"
    if "outputs" in theirs:
        close = EXACT if precise else SINGLE
        pairs = [(theirs["outputs"], found["outputs"][: keras_style.SHOWN]),
                 (theirs["last_bias_gradient"], found["gradients"][-10:])]  # fmt: skip
        yield from (f"recorded: {one}" for one, other in pairs if not np.allclose(one, other, rtol=0, atol=close))
        if theirs["parameters"] != 101_770:
            yield f"parameters: {theirs['parameters']}"


@pytest.mark.parametrize("run", keras_style.RUNS)
@pytest.mark.parametrize("library", keras_style.LIBRARIES)
def test_a_library_computes_what_nnlib_computes(run, library, ours):
    assert list(faults(RECORD, run, library, ours[run])) == []


@pytest.mark.parametrize("run", keras_style.RUNS)
def test_what_is_recorded_of_nnlib_is_what_it_computes(run, ours):
    recorded, found = RECORD["runs"][run]["nnlib"], ours[run]
    np.testing.assert_allclose(recorded["losses"], found["losses"], atol=1e-5 if run == "float32" else EXACT)
    right = (found["answers"] == found["y_test"]).sum()
    assert abs(recorded["right"] - right) <= (1 if run == "float32" else 0)


def test_the_record_is_of_the_programs_that_the_chapter_shows():
    assert RECORD["programs"] == keras_style.digests()


def test_the_record_was_written_with_the_versions_that_make_peers_installs():
    pins = keras_style.HERE.joinpath("requirements.txt").read_text(encoding="utf-8").split()
    versions = {name: version.partition("+")[0] for name, version in RECORD["versions"].items()}
    packages = {"Keras": "keras", "PyTorch": "torch", "JAX": "jax", "NumPy": "numpy"}
    assert {f"{packages[name]}=={version}" for name, version in versions.items()} <= {*pins}


@pytest.mark.parametrize("where", ["losses", "outputs", "last_bias_gradient"])
def test_a_number_that_is_off_is_found(where, ours):
    record = copy.deepcopy(RECORD)
    numbers = np.array(record["runs"]["same"]["PyTorch"][where])
    numbers.flat[-1] += 1e-9
    record["runs"]["same"]["PyTorch"][where] = numbers.tolist()
    assert len(list(faults(record, "same", "PyTorch", ours["same"]))) == 1
