"""The record of how many starts learn XOR: a sample of it is trained again, and nnlib trains as the script does."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest

from nnlib import SGD, Activation, Dense, Network, train

ROOT = Path(__file__).parent.parent.parent
spec = importlib.util.spec_from_file_location("xor_starts", ROOT / "benchmarks" / "xor_starts.py")
xor_starts = importlib.util.module_from_spec(spec)
spec.loader.exec_module(xor_starts)
RECORD = json.loads(xor_starts.RECORD.read_text(encoding="utf-8"))
CASES = {(row["activation"], row["hidden"], row["loss"], row["rate"]): row for row in RECORD["rows"]}


def test_the_record_has_every_case_once():
    assert len(RECORD["rows"]) == len(CASES) == 36
    assert (RECORD["starts"], RECORD["chunk"], RECORD["steps"]) == (10_000, xor_starts.CHUNK, list(xor_starts.STEPS))


@pytest.mark.parametrize("case", [("sigmoid", 2, "mse", 0.1), ("relu", 3, "binary_cross_entropy", 1.0)])
def test_the_first_starts_of_a_case_learn_as_recorded(case):
    again = xor_starts.learned(*case, xor_starts.CHUNK, seed=0)[0][-1].sum()
    assert abs(again - CASES[case]["of_the_first"]) <= 2  # a start on the brink may fall to either side


@pytest.mark.parametrize("case", CASES)
def test_the_first_starts_are_a_fair_sample_of_them_all(case):
    row = CASES[case]
    share, sample = row["learned"][-1] / RECORD["starts"], row["of_the_first"] / RECORD["chunk"]
    assert row["failed_and_silent"] <= RECORD["starts"] - row["learned"][-1]
    assert abs(sample - share) <= 4 * np.sqrt(share * (1 - share) / RECORD["chunk"]) + 1 / RECORD["chunk"]


@pytest.mark.parametrize(("loss", "factor"), [("mse", 2), ("binary_cross_entropy", 4)])
@pytest.mark.parametrize("activation", xor_starts.ACTIVATIONS)
def test_nnlib_learns_from_the_same_starts_at_the_rate_that_its_mean_asks_for(activation, loss, factor):
    starts, steps = 3, 200
    by_script = xor_starts.train_from(activation, loss, 0.1, xor_starts.draw(2, starts, seed=0), steps)
    W, b, V, c = xor_starts.draw(2, starts, seed=0)
    for start in range(starts):
        hidden, output = Dense(2, 2, W[..., start], b[:, start], np.float64), Dense(2, 1, V[:, [start]], [c[start]], np.float64)
        network = Network([hidden, Activation(activation), output, Activation("sigmoid")])
        how = {"loss": loss, "optimizer": SGD(factor * 0.1), "epochs": steps, "batch_size": 4, "rng": 0}
        for _ in train(network, xor_starts.X, xor_starts.Y, **how):
            pass
        answers = xor_starts.forward(xor_starts.PHI[activation][0], *by_script)[1][:, start]
        np.testing.assert_allclose(network.forward(xor_starts.X)[:, 0], answers, rtol=1e-9)
