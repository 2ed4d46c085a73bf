"""The atlas of XOR: its program trains as nnlib does, its record is complete, and samples of it come out again."""

import importlib.util
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from nnlib import mlp, train
from nnlib.explorables.models.atlas import (
    AFTER,
    GRID,
    OPTIMIZERS,
    SEARCHED,
    STARTS,
    STEPS,
    X,
    Y,
    count,
    place,
    record,
    starts,
    wilson,
)
from nnlib.sweep import combinations

ROOT = Path(__file__).parent.parent.parent
spec = importlib.util.spec_from_file_location("atlas_of_xor", ROOT / "benchmarks" / "atlas_of_xor.py")
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)
CELLS = combinations(GRID)
NAMES = ("activation", "loss", "optimizer", "learning_rate")


def with_nnlib(settings, number, steps):
    """Return the network of a start, counted from 1, that nnlib has trained."""
    network = mlp([2, settings["hidden"], 1], settings["activation"], output="sigmoid", dtype=np.float64)
    network.parameters[:] = starts(settings["hidden"], settings["spread"])[number - 1]
    optimizer = OPTIMIZERS[settings["optimizer"]](settings["learning_rate"])
    for _ in train(network, X, Y, loss=settings["loss"], optimizer=optimizer, epochs=steps):
        pass
    return network


def has_learned(network):
    return bool(((network.run(X) >= 0.5) == Y).all())


def cell(*values):
    return dict(zip(GRID, values, strict=True))


class TestStarts:
    @pytest.mark.parametrize("hidden", GRID["hidden"])
    def test_weights_are_spread_evenly_and_biases_are_zero(self, hidden):
        first = starts(hidden, 3.0)
        network = mlp([2, hidden, 1], output="sigmoid", dtype=np.float64)
        weights, biases = [], []
        for network.parameters[:] in first[:50]:
            weights += [network.layers[0].weights.copy(), network.layers[2].weights.copy()]
            biases += [*network.layers[0].bias, *network.layers[2].bias]
        weights = np.concatenate([one.ravel() for one in weights])
        assert not np.any(biases)
        assert 2.5 < abs(weights).max() <= 3 and abs(weights.mean()) < 0.6
        np.testing.assert_array_equal(first, 3 * starts(hidden))


class TestProgram:
    @pytest.mark.parametrize("optimizer", GRID["optimizer"])
    @pytest.mark.parametrize("loss", GRID["loss"])
    @pytest.mark.parametrize("activation", GRID["activation"])
    def test_many_starts_at_once_are_what_nnlib_makes_of_each(self, activation, loss, optimizer):
        settings, steps = cell(3, activation, loss, optimizer, 0.1, 1.0), 150
        many = program.Starts(starts(3)[:5], *(settings[name] for name in NAMES))
        for _ in range(steps):
            many.step()
        alone = [with_nnlib(settings, number, steps) for number in range(1, 6)]
        np.testing.assert_allclose(many.P.T, [network.parameters for network in alone], rtol=1e-9, atol=1e-12)
        np.testing.assert_array_equal(many.right(), [has_learned(network) for network in alone])

    def test_what_diverges_has_not_learned(self):
        many = program.Starts(np.full((2, 9), np.nan), "relu", "mse", "SGD", 3.0)
        assert not many.right().any()

    def test_an_incomplete_count_is_refused(self):
        counts = [(settings, [0, 0]) for settings in CELLS]
        with pytest.raises(ValueError, match="7 of 2160 cells have not been counted: run this program to its end first"):
            program.recorded(counts[7:], [])
        assert program.recorded(counts, [])["counts"].shape == (8, 3, 2, 3, 5, 3, 2)

    def test_examples_that_are_missing_or_not_what_was_counted_are_refused(self):
        counts = [(settings, [0, 17 if settings == CELLS[5] else 0]) for settings in CELLS]
        mixed, stuck = ([*CELLS[i].values()] for i in (5, 6))
        with pytest.raises(ValueError, match="the examples of 1 cells are missing"):
            program.recorded(counts, [])
        with pytest.raises(ValueError, match="the examples of 1 cells are not what was counted"):
            program.recorded(counts, [(mixed, [3, 1]), (stuck, [2, 1])])
        made = program.recorded(counts, [(mixed, [3, 1])])
        assert (made["learned"][place(**CELLS[5])], made["stuck"][place(**CELLS[5])]) == (3, 1)

    @pytest.mark.parametrize(("right", "found"), [([40, 70], [41, 1]), ([0, 70], [1, 2]), ([700], [0, 1]), ([0], [1, 2])])
    def test_the_examples_are_the_first_of_each_ending_among_those_that_are_searched(self, monkeypatch, right, found):
        first = starts(2, 0.3)
        monkeypatch.setattr(program, "trained", lambda parameters, *how, after: [np.isin(parameters[:, 0], first[right, 0])])
        assert program.example([2, "tanh", "mse", "SGD", 0.1, 0.3]) == found


class TestRecord:
    def test_says_how_it_was_made(self):
        kept = record()
        assert kept["counts"].shape == (*map(len, GRID.values()), len(AFTER)) and kept["counts"].size == 2 * 2160
        assert kept["counts"].max() <= STARTS == kept["starts"] and (*kept["after"],) == AFTER
        assert (*kept["seeds"],) == GRID["hidden"]
        assert kept["program"] == "benchmarks/atlas_of_xor.py" and (ROOT / str(kept["program"])).exists()
        assert all(str(kept[name])[0].isdigit() for name in ("python", "numpy", "nnlib"))

    def test_has_an_example_of_each_ending_that_is_not_rare(self):
        learned, stuck, last = record()["learned"], record()["stuck"], record()["counts"][..., -1].astype(int)
        assert (learned[last >= 100] > 0).all() and (stuck[last <= STARTS - 100] > 0).all()
        assert not learned[last == 0].any() and not stuck[last == STARTS].any()
        assert (learned != stuck).all() and max(learned.max(), stuck.max()) <= SEARCHED

    def test_one_hidden_unit_learns_it_in_no_cell(self):  # its output rises or falls along one line through the plane
        assert not record()["counts"][0].any()

    # What comes out again proves the record of these cells alone; that the program is right is proved above, for all kinds.
    @pytest.mark.parametrize(
        "settings",
        [cell(2, "tanh", "mse", "momentum", 0.3, 1.0), cell(2, "relu", "binary_cross_entropy", "SGD", 1.0, 1.0),
         cell(2, "sigmoid", "binary_cross_entropy", "Adam", 0.03, 3.0), cell(3, "relu", "mse", "Adam", 0.03, 0.3)],
        ids=lambda settings: "-".join(map(str, settings.values())),
    )  # fmt: skip
    def test_a_cell_that_is_counted_again_after_a_thousand_steps_has_the_same_count(self, settings):
        first = starts(settings["hidden"], settings["spread"])
        (right,) = program.trained(first, *(settings[name] for name in NAMES), after=AFTER[:1])
        assert abs(right.sum() - count(AFTER[0], **settings)) <= 2  # another processor rounds its digits otherwise

    @pytest.mark.parametrize("loss", GRID["loss"])
    @pytest.mark.parametrize("activation", GRID["activation"])
    def test_nnlib_trains_the_examples_to_their_ending(self, activation, loss):
        settings = cell(2, activation, loss, "momentum", 0.1, 1.0)
        for ending, learned in (("learned", True), ("stuck", False)):
            number = int(record()[ending][place(**settings)])
            assert has_learned(with_nnlib(settings, number, STEPS)) is learned

    def test_of_the_starts_one_after_the_other_nnlib_first_brings_the_examples_to_their_ending(self):
        settings = cell(2, "relu", "mse", "SGD", 0.3, 1.0)  # here all is settled early: a ReLU that dies, dies at once
        first = {learned: int(record()[ending][place(**settings)]) for ending, learned in (("learned", True), ("stuck", False))}
        endings = [has_learned(with_nnlib(settings, number, 2000)) for number in range(1, max(first.values()) + 1)]
        assert {learned: endings.index(learned) + 1 for learned in first} == first


class TestWilson:
    @pytest.mark.parametrize("right", [0, 1, 16, 500, 999, 1000])
    def test_at_its_ends_the_share_is_just_so_many_standard_errors_away(self, right):
        for end in wilson(right):
            if 0 < end < 1:
                assert abs(right / STARTS - end) == pytest.approx(1.96 * np.sqrt(end * (1 - end) / STARTS))

    @pytest.mark.parametrize("share", [0.016, 0.5, 0.99])
    def test_it_holds_the_true_share_in_some_95_of_100_counts(self, share):
        rng = np.random.default_rng(0)
        ends = np.array([*map(partial(wilson, of=STARTS), rng.binomial(STARTS, share, 4000))])
        held = ((ends[:, 0] <= share) & (share <= ends[:, 1])).mean()
        assert 0.93 < held < 0.97
