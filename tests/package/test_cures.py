"""The record of the cures of overfitting: a sample of it is trained again, and it says what the chapter reads out of it."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent.parent
spec = importlib.util.spec_from_file_location("cures", ROOT / "benchmarks" / "cures.py")
cures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cures)
RECORD = json.loads(cures.RECORD.read_text(encoding="utf-8"))
CASES = {(row["wrong"], row["cure"], json.dumps(row["strength"])): np.array(row["measured"]) for row in RECORD["rows"]}


def chosen(wrong, cure):
    """Return the mean test loss and accuracy, each seed with the strength of the lowest validation loss."""
    runs = np.array([found for (share, name, _), found in CASES.items() if (share, name) == (wrong, cure)])
    return runs[runs[:, :, 2].argmin(axis=0), np.arange(RECORD["seeds"]), :2].mean(axis=0)


def test_the_record_has_every_case_once():
    asked = [(wrong, cure, json.dumps(strength)) for wrong in cures.SHARES
             for cure, strengths in cures.CURES.items() for strength in strengths]  # fmt: skip
    assert len(RECORD["rows"]) == len(asked)
    assert list(CASES) == asked
    assert {found.shape for found in CASES.values()} == {(RECORD["seeds"], 3)} == {(cures.SEEDS, 3)}


@pytest.mark.parametrize(
    ("seed", "wrong", "cure", "strength"),
    [
        (0, 0.2, "none", {}),
        (1, 0.2, "early stopping", {"patience": 20}),
        (2, 0.0, "weight decay", {"weight_decay": 0.01}),
        (3, 0.0, "four times the digits", {"known": 800}),
        (4, 0.2, "moved digits", {"moved": True}),
        (5, 0.2, "dropout", {"dropout": 0.5}),
    ],
)
def test_a_sample_of_the_record_is_measured_again(seed, wrong, cure, strength):
    again = cures.measured(seed, wrong, **strength)
    np.testing.assert_allclose(again, CASES[wrong, cure, json.dumps(strength)][seed], atol=0.02)


def test_nobody_is_trained_on_who_is_chosen_by_or_tested_on_and_only_training_labels_are_spoiled():
    X, y = cures.datasets.digits()
    parts = cures.dealt(3, 800)
    assert [len(part[1]) for part in parts] == [pytest.approx(n, abs=5) for n in (800, 200, 797)]
    rows = np.concatenate([part[0] for part in parts])
    assert len(np.unique(rows, axis=0)) == len(rows)
    labels = {row.tobytes(): label for row, label in zip(X / 16, y, strict=True)}
    assert all(labels[row.tobytes()] == label for part in parts for row, label in zip(*part, strict=True))


def test_a_digit_that_is_moved_and_moved_back_has_lost_only_what_left_the_paper():
    picture = np.arange(64.0)[None]
    there_and_back = cures.moved(cures.moved(picture, 1, 0), -1, 0).reshape(8, 8)
    assert there_and_back[:7].tolist() == picture.reshape(8, 8)[:7].tolist()
    assert there_and_back[7].tolist() == [0] * 8
    assert cures.moved(picture, 0, 1).reshape(8, 8)[0].tolist() == [0, *range(7)]


def test_the_record_says_what_the_chapter_reads_out_of_it():
    clean, spoiled = ({cure: chosen(wrong, cure) for cure in cures.CURES} for wrong in cures.SHARES)
    cured = "early stopping", "weight decay", "dropout", "moved digits"
    for cure in cured:
        assert 0.79 < clean[cure][0] / clean["none"][0] < 0.91  # a tenth to a fifth off the loss
        assert clean[cure][1] - clean["none"][1] < 0.01
        won_back = (spoiled[cure][1] - spoiled["none"][1]) / (1 - spoiled["none"][1])
        assert won_back > 0.24
        assert spoiled[cure][1] > spoiled["twice the digits"][1]
    assert 0.74 < spoiled["none"][1] < 0.76  # a quarter of the answers is wrong
    for found in (clean, spoiled):
        assert found["fewer neurons"][1] < found["none"][1] < found["more neurons"][1]
        best = max(right for cure, (_, right) in found.items() if cure != "four times the digits")
        assert found["four times the digits"][1] > best
    assert spoiled["four times the digits"][1] - spoiled["several at once"][1] < 0.01
    assert clean["moved digits"][0] < clean["several at once"][0]
