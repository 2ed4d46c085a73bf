"""The programs that the playground exports, in nnlib, PyTorch and Keras, print its numbers, for all kinds of settings."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from onnx_file import Model
from peers import programs

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.models.playground import in_keras, in_pytorch, run
from nnlib.explorables.models.playground import programs as programs_of_nnlib
from nnlib.explorables.models.playground.programs import nnlib_program
from nnlib.explorables.models.playground.task import raw, task_of
from nnlib.live.protocol import code

PLAYGROUND = EXPLORABLES["playground"]
PINS = Path(programs.__file__).with_name("requirements.txt")
PEERS = json.loads(Path(os.environ.get("NNLIB_PROGRAMS", programs.RECORD)).read_text(encoding="utf-8"))
RUNS = {(found["case"], found["library"]): found for found in PEERS["runs"]}
CHOSEN = {*run.NETWORK, *run.MOVING, "data", "noise_on", "standardize", "features"}
of_cases = pytest.mark.parametrize("case", programs.CASES)


def shown(settings, epochs):
    """Return what the figure shows after each epoch, (epoch, training loss, test loss), and the state after the last."""
    state = PLAYGROUND.start(settings)
    rows = [state["curve"][-1, :3]]
    for _ in range(epochs):
        state = PLAYGROUND.advance(state, settings, 1)
        if state["epoch"] > rows[-1][0]:
            rows.append(state["curve"][-1, :3])
    return np.array(rows), state


def assert_same(rows, settings, epochs):
    """Fail unless a program has printed the figure's numbers, to ten digits after the point."""
    expected, state = shown(settings, epochs)
    *epochs_told, last = rows if settings["patience"] else [*rows, None]
    np.testing.assert_allclose(np.array(epochs_told, float), expected, rtol=0, atol=1e-9)
    if last:
        best = expected[expected[:, 2].argmin()]
        assert last[0] == "best"
        np.testing.assert_allclose(np.array(last[1:], float), best[1:], rtol=0, atol=1e-9)
        if run.stopped(state, settings):
            np.testing.assert_allclose(run.session_of(settings).measured(state)[1:3], best[1:], rtol=0, atol=1e-9)


@of_cases
def test_the_program_in_nnlib_prints_the_figures_numbers(case):
    settings = PLAYGROUND.check(programs.CASES[case])
    files = programs.exported(case)[1]
    assert_same(programs.rows(nnlib_program(settings, programs.EPOCHS), files), settings, programs.EPOCHS)


@pytest.mark.parametrize("library", ["PyTorch", "Keras"])
@of_cases
def test_the_programs_of_the_peers_printed_the_figures_numbers(case, library):
    settings = PLAYGROUND.check(programs.CASES[case])
    assert_same(RUNS[case, library]["rows"], settings, programs.EPOCHS)


def test_the_record_is_of_the_programs_as_they_are():
    made = {(case, library): text for case in programs.CASES for library, text in programs.exported(case)[0].items()}
    digests = {key: programs.digest(text) for key, text in made.items()}
    assert {key: found["program"] for key, found in RUNS.items()} == digests, "renew the record: see tests/peers/programs.py"


def test_the_record_was_written_with_the_versions_that_make_peers_installs():
    pins = dict(re.findall(r"^([a-z-]+)==([\d.]+)", PINS.read_text(encoding="utf-8"), re.MULTILINE))
    versions = json.loads(programs.RECORD.read_text(encoding="utf-8"))["versions"]
    assert {name: version.partition("+")[0] for name, version in versions.items()}.items() <= pins.items()


def test_each_choice_of_each_setting_has_a_case():
    checked = [PLAYGROUND.check(changed) for changed in programs.CASES.values()]
    for control in PLAYGROUND.controls:
        if hasattr(control, "options") and control.name in CHOSEN:
            used = [settings[control.name] for settings in checked]
            used = {each for value in used for each in (value if isinstance(value, list) else [value])}
            assert set(control.options) - used == set(), control.name


@pytest.mark.parametrize("epochs", [0, 1, 20, 41, 300])
def test_the_program_shows_some_twenty_epochs_and_the_last(epochs):
    settings = PLAYGROUND.check({"layers": [2], "batch_size": 250})
    rows = programs.rows(nnlib_program(settings, epochs))
    assert rows[0][0] == "0" and rows[-1][0] == str(epochs) and len(rows) <= 22
    np.testing.assert_allclose(np.array(rows[-1], float), shown(settings, epochs)[0][-1], rtol=0, atol=1e-9)


def test_it_runs_in_a_fresh_python_in_which_each_warning_is_an_error():
    program = nnlib_program(PLAYGROUND.check({"dropout": 0.2, "penalty": "L1"}), 3)
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split()[:4] == ["epoch", "training", "loss", "test"]


@of_cases
def test_a_program_is_short_and_its_lines_are_and_it_takes_public_names_alone(case):
    settings = PLAYGROUND.check(programs.CASES[case])
    made = [nnlib_program(settings, 1000), in_pytorch.pytorch_program(settings, 1000), in_keras.keras_program(settings, 1000)]
    for program, package in zip(made, ("nnlib", "torch", "keras"), strict=True):
        lines = [line for line in program.splitlines() if re.search("[a-z]", line)]  # rows of data are not counted
        assert len(lines) <= 66 and max(map(len, lines)) <= 120, max(lines, key=len)
        assert "\n\n\n\n" not in program
        modules = [name for node in ast.walk(ast.parse(program)) for name in _imported(node)]
        assert {name.partition(".")[0] for name in modules} <= {"numpy", "os", package}
        assert not any(part.startswith("_") or part == "explorables" for name in modules for part in name.split("."))


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []


def exported(changed, epochs=3):
    """Return the settings, the state after some epochs, and the reply to a request for code."""
    settings = PLAYGROUND.check(changed)
    state = PLAYGROUND.advance(PLAYGROUND.start(settings), settings, epochs)
    return settings, state, code("playground", settings, epochs, state)


def test_the_view_is_offered_the_programs_of_the_epoch_that_is_shown():
    settings, _, reply = exported({"learning_rate": 10, "activation": "relu"}, 5)
    assert [*reply["programs"]] == ["nnlib", "PyTorch", "Keras"] and reply["code"] == reply["programs"]["nnlib"]
    assert reply["code"] == nnlib_program(settings, 5)
    _, broken, reply = exported({"penalty": "L2", "penalty_rate": 10, "learning_rate": 0.22}, 500)
    assert broken["broke"] and 0 < broken["epoch"] < 500
    assert f"epochs={broken['epoch']}," in reply["code"]  # not 500: it has stopped before


@pytest.mark.parametrize("changed", [{}, {"standardize": "standardized", "features": ["x₁", "x₁²"], "dropout": 0.5}])
def test_the_onnx_file_holds_the_trained_network_of_the_features_as_they_are(changed):
    settings, state, reply = exported(changed)
    task, network = task_of(settings), run.session_of(settings).network_at(state)
    model = Model(reply["files"]["playground.onnx"].tobytes())
    given = raw(task.X, task.inputs).astype(np.float32)
    np.testing.assert_allclose(model.run(given), network.run(task.features(task.X)), rtol=0, atol=1e-5)


def test_many_points_of_ones_own_are_in_a_file_beside_the_program(monkeypatch):
    assert "playground.csv" not in exported({"data": "your table"})[-1]["files"]
    monkeypatch.setattr(programs_of_nnlib, "FEW", 100)
    settings, _, reply = exported({"data": "your table"})
    assert len(reply["code"].splitlines()) < 60
    assert_same(programs.rows(reply["code"], reply["files"]), settings, 3)


def test_without_data_there_is_no_program():
    settings = PLAYGROUND.check({"data": "your points", "points": []})
    assert task_of(settings).trouble and code("playground", settings) == {"code": None}
    assert nnlib_program(settings, 5) is in_pytorch.pytorch_program(settings, 5) is in_keras.keras_program(settings, 5) is None
