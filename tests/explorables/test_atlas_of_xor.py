"""The atlas of XOR as a figure: its map has the numbers of the record, and its starts are trained by nnlib."""

import numpy as np
import pytest

from nnlib import SGD, mlp, train
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.atlas_of_xor import (
    BEST,
    BY_NUMBER,
    FOR_ADAM,
    LATE,
    LEARNED,
    NAMES,
    STUCK,
    WANTED,
    WORDS,
    cell_of,
)
from nnlib.explorables.models.atlas import GRID, STEPS, X, Y, count, record, starts
from nnlib.live.protocol import reply

ATLAS = EXPLORABLES["atlas_of_xor"]


def shown(steps=0, **settings):
    """Return the reply, and its panels by their names."""
    found = reply("atlas_of_xor", settings, steps=steps)
    return found, {panel["name"]: panel for panel in found["picture"]}


def done(steps=0, **settings):
    return shown(steps, **settings)[0]["challenge"]["done"]


def task(steps=0, **settings):
    return shown(steps, **settings)[0]["challenge"]["task"]


def as_settings(at):
    """Return the settings of the figure for a place in the record."""
    values = [[*words][index] for words, index in zip(WORDS.values(), at, strict=True)]
    named = dict(zip(GRID, values, strict=True))
    return named | {"hidden": float(named["hidden"])}


@pytest.mark.parametrize("down", NAMES)
@pytest.mark.parametrize("across", NAMES)
def test_every_entry_of_the_map_is_the_count_of_the_cell_that_it_leads_to(down, across):
    rng = np.random.default_rng(len(down) + 100 * len(across))
    for after in ("1,000 steps", "10,000 steps"):
        settings = {**as_settings([rng.integers(len(values)) for values in GRID.values()]), "counted": after}
        _, panels = shown(**settings, down=down, across=across)
        (block,) = panels["map"]["parts"]
        rows, columns = block["sets"]
        for row, column in np.ndindex(block["values"].shape):
            there = settings | {name: values[row] for name, values in rows.items()}
            there |= {name: values[column] for name, values in columns.items()}
            found = count(int(after[:-6].replace(",", "")), **cell_of(ATLAS.check(there)))
            assert block["values"][row, column] == found
            if [row, column] == block["chosen"]:
                assert there == settings


def test_the_start_is_trained_as_nnlib_trains_it():
    settings = {"activation": "sigmoid", "learning_rate": "1", "spread": "3", "which": BY_NUMBER, "start": 17}
    _, panels = shown(300, **settings)
    network = mlp([2, 2, 1], "sigmoid", output="sigmoid", dtype=np.float64)
    network.parameters[:] = starts(2, 3.0)[16]
    losses = [epoch.loss for epoch in train(network, X, Y, loss="mse", optimizer=SGD(1.0), epochs=300)]
    np.testing.assert_array_equal(panels["answers"]["values"], network.run(X)[:, 0])
    curve = panels["losses"]["lines"][0]["at"]
    np.testing.assert_array_equal(curve[:-1, 1], np.array(losses)[curve[:-1, 0].astype(int)])
    assert curve[-1].tolist() == [300, pytest.approx(((network.run(X) - Y) ** 2).mean())]


@pytest.mark.parametrize(("which", "right"), [(LEARNED, True), (STUCK, False)])
def test_a_start_that_learns_and_one_that_is_stuck_are_trained_to_their_endings(which, right):
    found, panels = shown(STEPS, activation="relu", learning_rate="1", which=which)
    assert found["finished"] and found["span"] == [0, STEPS]
    assert ((panels["answers"]["values"] >= 0.5) == Y[:, 0]).all() == right
    assert panels["plane"]["points"]["wrong"].any() != right
    assert ("all four corners right" in found["sentence"]) == right


def test_a_cell_without_an_ending_says_so():
    found, _ = shown(hidden=1, which=LEARNED)
    assert "0 of 1,000 starts have learned XOR after 10,000 steps, so of all starts 0.0% to 0.4% do" in found["sentence"]
    assert "of the first 250 none learns, and start 1, after 0 steps" in found["sentence"]


def test_with_another_cell_the_run_begins_anew_and_with_another_map_it_goes_on():
    found, _ = shown(40)
    for change, step in (({"learning_rate": "1"}, 0), ({"across": "loss"}, 40), ({"counted": "1,000 steps"}, 40)):
        assert reply("atlas_of_xor", found["settings"] | change, found["state"])["span"][0] == step


def test_a_run_whose_numbers_grow_beyond_all_bounds_ends(monkeypatch):
    from nnlib.explorables.figures import atlas_of_xor

    def breaking(network, *args, **kwargs):
        for number in range(5):
            yield type("Epoch", (), {"loss": float(number)})
        raise FloatingPointError

    monkeypatch.setattr(atlas_of_xor, "train", breaking)
    atlas_of_xor._run.cache_clear()
    found, panels = shown(40)
    atlas_of_xor._run.cache_clear()
    assert found["finished"] and found["span"] == [0, 5]
    assert "after 5 steps" in found["sentence"] and "beyond all bounds" in found["sentence"]
    assert "beyond all bounds" in panels["numbers"]["lines"][-1]


def test_the_task_of_two_hidden_units_is_met_where_as_many_learn():
    at = np.argwhere(record()["counts"][1, ..., -1] >= WANTED)
    assert 0 < len(at) < 20
    assert done(**as_settings([1, *at[0]]), task=BEST)
    assert not done(**as_settings([2, *at[0]]), task=BEST)
    assert "take two hidden units" in task(**as_settings([2, *at[0]]), task=BEST)


def test_the_task_for_adam_is_met_where_its_interval_is_above_both_others():
    how = {"activation": "sigmoid", "learning_rate": "0.03", "spread": "0.3", "task": FOR_ADAM}
    assert done(**how, optimizer="Adam")
    assert not done(**how, optimizer="momentum") and "choose Adam" in task(**how, optimizer="momentum")
    assert not done(**how | {"learning_rate": "3"}, optimizer="Adam")


def test_the_task_of_a_late_start_is_met_by_training_one():
    how = {"activation": "sigmoid", "task": LATE, "which": LEARNED, "learning_rate": "1", "spread": "0.3"}
    assert not done(500, **how) and "at step 500" in task(500, **how)
    assert not done(1000, **how) and "has not yet" in task(1000, **how)
    assert done(STEPS, **how)
    assert not done(STEPS, **how | {"which": STUCK})
    early = {"activation": "tanh", "learning_rate": "3", "task": LATE}
    assert not done(STEPS, **early)
    assert "try another" in task(STEPS, **early)


@pytest.mark.parametrize("name", [BEST, FOR_ADAM, LATE])
def test_pressing_play_when_the_figure_opens_meets_no_task(name):
    assert not any(done(steps, task=name) for steps in (1000, 3000, STEPS))
