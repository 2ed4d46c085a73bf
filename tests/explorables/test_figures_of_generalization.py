"""The figures of generalization: a network with too much capacity and its cures, and what a test score is worth."""

import numpy as np
import pytest

from nnlib import Adam, mlp, train
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.too_much_capacity import (
    EPOCHS,
    IN_TIME,
    MAX_RISE,
    ONE_CURE,
    data,
    look,
    smallest_patience,
    stop,
)
from nnlib.explorables.figures.what_a_test_score_is_worth import (
    FIRST_SETS,
    LUCK,
    MOST_SETS,
    chances,
    expected_best,
    holds,
    rival_wins,
    scores,
    standard_error,
)
from nnlib.live.protocol import reply

CAPACITY, SCORE = "too_much_capacity", "what_a_test_score_is_worth"


def panels(answer):
    return {panel["name"]: panel for panel in answer["picture"]}


# too much capacity


def trained(*runs, task=ONE_CURE):
    """Return the reply after training with each of the settings in turn, to the end."""
    answer = {"state": None}
    for settings in runs:
        answer = reply(CAPACITY, settings | {"task": task}, answer["state"], steps=EPOCHS)
    return answer


def seen(answer):
    return look(answer["settings"], answer["state"])


@pytest.fixture(scope="module")
def overfit():
    """The reply after the run that the figure opens with."""
    return trained({})


def test_the_validation_loss_turns_upward_while_the_training_loss_falls(overfit):
    picture = panels(overfit)
    training, validation = (line["at"][:, 1] for line in picture["losses"]["lines"][:2])
    lowest = validation.argmin()
    assert training[-1] < 0.6 * training[lowest] and validation[-1] > 1.5 * validation[lowest]
    assert "55% above its lowest, of epoch 41" in overfit["sentence"]
    wrong = [picture[name]["points"]["wrong"].mean() for name in ("training", "validation")]
    assert 2 * wrong[0] < wrong[1]


def test_a_run_is_that_of_train_however_it_is_stepped():
    settings = EXPLORABLES[CAPACITY].check({"points": 20, "hidden": 7, "dropout": 0.3, "weight_decay": 0.01, "draw": 3})
    (X, y), validation = data(settings)
    network = mlp([2, 7, 1], output="sigmoid", dropout=0.3, dtype=np.float64, rng=3)
    how = {"loss": "binary_cross_entropy", "optimizer": Adam(0.02, weight_decay=0.01), "epochs": 9}
    losses = [epoch.validation_loss for epoch in train(network, X, y, validation=validation, **how)]
    state = None
    for steps in (2, 3, 4):
        answer = reply(CAPACITY, settings, state, steps)
        state = answer["state"]
    np.testing.assert_allclose(seen(answer)["losses"], losses, 1e-12)  # so few epochs as here are trained without a record
    back = reply(CAPACITY, settings, {**state, "epoch": 4})  # rewound
    np.testing.assert_allclose(seen(back)["losses"], losses[:4], 1e-12)


def test_stopping_early_gives_the_weights_that_train_gives_back(overfit):
    answer = reply(CAPACITY, {"patience": 8}, overfit["state"])
    (X, y), validation = data(answer["settings"])
    network = mlp([2, 64, 1], output="sigmoid", dtype=np.float64, rng=10)
    how = {"loss": "binary_cross_entropy", "optimizer": Adam(0.02), "epochs": EPOCHS, "patience": 8}
    losses = [epoch.validation_loss for epoch in train(network, X, y, validation=validation, **how)]
    np.testing.assert_allclose(seen(answer)["losses"], losses, 1e-12)  # so few epochs as here are trained without a record
    np.testing.assert_allclose(seen(answer)["outputs"][0], network.run(X), rtol=0, atol=1e-12)
    assert answer["finished"] and f"Stopped after {len(losses)} epochs" in answer["sentence"]


def test_patience_is_counted_as_by_hand():
    # new lows in epochs 1, 2, 5; two epochs in vain before the last, so a patience of 2 ends it in epoch 4
    losses = np.array([5.0, 4, 6, 7, 3, 8, 8, 8, 8])
    assert [stop(losses, patience) for patience in (1, 2, 3, 4, 5)] == [3, 4, 8, 9, None]
    assert smallest_patience(losses) == 3
    assert smallest_patience(np.array([3.0, 2, 1, 2])) == 1
    assert stop(np.empty(0), 1) is None


@pytest.mark.parametrize("label", EXPLORABLES[CAPACITY].presets)
@pytest.mark.parametrize("task", [ONE_CURE, IN_TIME])
def test_playing_a_preset_to_the_end_meets_no_task(label, task):
    preset = EXPLORABLES[CAPACITY].presets[label]
    assert not trained(preset, task=task)["challenge"]["done"]
    assert not trained(preset, preset, task=task)["challenge"]["done"]


def test_a_search_finds_a_cure_and_neither_end_of_any_slider_is_one(overfit):
    def after(settings):
        return reply(CAPACITY, settings, overfit["state"], steps=EPOCHS)

    figure = EXPLORABLES[CAPACITY]
    for control in figure.controls:
        for end in (control.low, control.high) if control.kind == "number" else ():
            assert not after({control.name: end})["challenge"]["done"], control.name
    cured = [decay for decay in np.arange(1, 51, 3) / 1000 if after({"weight_decay": float(decay)})["challenge"]["done"]]
    assert cured and len(cured) < 10
    assert any(after({"hidden": hidden})["challenge"]["done"] for hidden in (8, 12, 16, 24, 32))


@pytest.mark.parametrize("draw", [2, 5, 10, 12])
def test_a_cure_is_there_for_other_draws_too(draw):
    first = trained({"draw": draw})
    assert first["state"]["overfit"]
    tried = [{"weight_decay": 0.001 * i} for i in (2, 4, 6, 8, 10)] + [{"hidden": h} for h in (4, 8, 16)] + [{"dropout": 0.8}]
    done = [cure for cure in tried
            if reply(CAPACITY, {"draw": draw, **cure}, first["state"], steps=EPOCHS)["challenge"]["done"]]  # fmt: skip
    assert done


def test_a_cured_run_ends_near_the_lowest_of_the_gray_one(overfit):
    answer = reply(CAPACITY, {"weight_decay": 0.004}, overfit["state"], steps=EPOCHS)
    gray = next(line["at"] for line in panels(answer)["losses"]["lines"] if line["role"] == "old")
    np.testing.assert_array_equal(gray[:, 1], seen(overfit)["losses"])
    assert answer["challenge"]["done"] and seen(answer)["losses"][-1] <= (1 + MAX_RISE) * gray[:, 1].min()
    almost = reply(CAPACITY, {"weight_decay": 0.004}, overfit["state"], steps=EPOCHS - 1)
    assert not almost["challenge"]["done"]


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"weight_decay": 0.004, "hidden": 32}, "hidden neurons and weight decay differ"),
     ({"points": 200}, "take the 40 points of draw 10 again"),
     ({"weight_decay": 0.004, "patience": 5}, "set the patience to 200")],
)  # fmt: skip
def test_what_is_no_single_cure_is_told_so(overfit, settings, words):
    challenge = reply(CAPACITY, settings, overfit["state"], steps=EPOCHS)["challenge"]
    assert words in challenge["task"] and not challenge["done"]


def test_a_network_that_cannot_overfit_is_told_so():
    challenge = trained({"hidden": 1})["challenge"]
    assert "give it more hidden neurons, or fewer points" in challenge["task"] and not challenge["done"]


def test_other_settings_begin_anew_and_the_old_ones_go_on(overfit):
    answer = reply(CAPACITY, {"hidden": 32}, overfit["state"])
    assert "Before training" in answer["sentence"] and not answer["finished"]
    again = reply(CAPACITY, {}, overfit["state"])
    assert again["sentence"] == overfit["sentence"]
    assert seen(reply(CAPACITY, {"hidden": 32}, overfit["state"], steps=3))["epoch"] == 3


def test_just_one_patience_stops_in_time(overfit):
    done = [patience for patience in range(1, EPOCHS + 1)
            if reply(CAPACITY, {"patience": patience, "task": IN_TIME}, overfit["state"])["challenge"]["done"]]  # fmt: skip
    assert done == [smallest_patience(seen(overfit)["losses"])] and 1 < done[0] < EPOCHS / 2


def test_where_no_patience_stops_in_time_the_task_says_so():
    challenge = trained({"hidden": 2, "weight_decay": 0.05, "draw": 7}, task=IN_TIME)["challenge"]
    assert "so that none does" in challenge["task"] and not challenge["done"]


@pytest.mark.parametrize("draw", range(1, 21))
def test_even_the_fewest_points_are_of_both_classes(draw):
    (_, y), (X_val, _) = data({"points": 10, "draw": draw})
    assert set(y.ravel()) == {0, 1} and len(X_val) == 100


# what a test score is worth


def shown(**settings):
    return EXPLORABLES[SCORE].check(settings)


def test_the_chances_are_those_of_coins():
    np.testing.assert_allclose(chances(0.5, 4), np.array([1, 4, 6, 4, 1]) / 16)
    np.testing.assert_allclose(chances(0.9, 2), [0.01, 0.18, 0.81])
    assert chances(0.98, 10_000).sum() == pytest.approx(1)


def test_the_standard_error_is_as_by_hand_and_as_in_simulated_sets():
    # √(0.9 · 0.1 / 100) = 0.03
    settings = shown(accuracy=0.9, samples=100)
    assert standard_error(settings) == pytest.approx(0.03)
    assert scores(settings, {"sets": MOST_SETS}).std() == pytest.approx(0.03, rel=0.1)


def test_the_best_of_two_coins_is_as_by_hand():
    # two models of p = 1/2 on one sample: the best is right in 3 of 4 cases
    assert expected_best({"accuracy": 0.5, "samples": 1}, 2) == pytest.approx(0.75)
    assert expected_best({"accuracy": 0.5, "samples": 1}, 1) == pytest.approx(0.5)


@pytest.mark.parametrize(("accuracy", "samples"), [(0.5, 10), (0.9, 500), (0.98, 10_000)])
def test_the_best_of_many_is_that_of_simulated_models(accuracy, samples):
    settings = shown(accuracy=accuracy, samples=samples)
    best = np.random.default_rng(0).binomial(samples, accuracy, (4000, 20)).max(axis=1) / samples
    assert expected_best(settings, 20) == pytest.approx(best.mean(), abs=5 * best.std() / np.sqrt(4000))
    np.testing.assert_allclose(expected_best(settings, np.array([1])), [accuracy], atol=1e-9)


def test_the_rival_wins_as_often_as_in_simulated_tests():
    # on one sample each: the rival right, the other wrong
    assert rival_wins(0.6, 0.8, 1) == pytest.approx(0.8 * 0.4)
    rng = np.random.default_rng(0)
    wins = (rng.binomial(500, 0.91, 20_000) > rng.binomial(500, 0.9, 20_000)).mean()
    assert rival_wins(0.9, 0.91, 500) == pytest.approx(wins, abs=0.02)


def test_an_interval_holds_what_is_within_it():
    # 0.9 ± 1.96 · 0.03 is from 0.8412 to 0.9588; a score of 1 has no width at all
    np.testing.assert_array_equal(holds(np.array([0.9]), np.array([0.8411, 0.8413, 0.9587, 0.9589]), 100), [0, 1, 1, 0])
    assert not holds(1.0, 0.9, 10)


def test_nearly_all_intervals_hold_and_with_tiny_test_sets_far_too_few():
    def held(**settings):
        return scores(shown(**settings), {"sets": MOST_SETS}), shown(**settings)

    drawn, settings = held(samples=1000)
    assert holds(drawn, settings["accuracy"], 1000).mean() == pytest.approx(0.95, abs=0.02)
    drawn, settings = held(samples=10)
    assert holds(drawn, settings["accuracy"], 10).mean() < 0.75


def test_each_step_draws_more_sets_and_the_first_stay():
    few, more = (reply(SCORE, {}, steps=steps) for steps in (0, 1))
    assert (few["state"]["sets"], more["state"]["sets"]) == (FIRST_SETS, FIRST_SETS + 1)
    np.testing.assert_array_equal(scores(shown(), few["state"]), scores(shown(), more["state"])[:-1])
    last = reply(SCORE, {}, steps=500)
    assert last["state"]["sets"] == MOST_SETS and last["finished"]


def test_the_misses_are_drawn_apart_and_counted_alike():
    for draw in range(1, 6):
        answer = reply(SCORE, {"draw": draw})
        intervals = panels(answer)["intervals"]
        misses = next(line["at"] for line in intervals["lines"] if line["role"] == "spikes")
        assert len(misses) / 2 == intervals["points"]["wrong"].sum()
        assert f"{FIRST_SETS - len(misses) // 2} of 20 intervals hold" in answer["sentence"]


def done(**settings):
    return reply(SCORE, settings)["challenge"]["done"]


@pytest.mark.parametrize(("accuracy", "rule_of_thumb"), [(0.9, 4652), (0.96, 1827)])
def test_a_search_finds_how_many_samples_show_which_model_is_better(accuracy, rule_of_thumb):
    # 1.645 standard errors of the difference: n = 1.645² (p (1 − p) + q (1 − q)) / 0.01²; ties ask for a little more
    tried = np.unique(np.geomspace(10, 10_000, 400).round())
    found = [n for n in tried if done(accuracy=accuracy, samples=float(n))]
    assert found and rule_of_thumb < found[0] < 1.06 * rule_of_thumb and found[-1] < 1.12 * rule_of_thumb


def test_just_one_number_of_models_is_lucky_enough():
    found = [k for k in range(1, 101) if done(task=LUCK, models=k)]
    assert len(found) == 1 and 2 < found[0] < 50


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"lead": 0.2}, "10,000 are too few"), ({"task": LUCK, "samples": 10_000}, "take a smaller p"),
     ({"task": LUCK, "accuracy": 0.98}, "100 come to")],
)  # fmt: skip
def test_where_a_task_cannot_be_met_it_says_so(settings, words):
    challenge = reply(SCORE, settings)["challenge"]
    assert words in challenge["task"] and not challenge["done"]


@pytest.mark.parametrize("label", EXPLORABLES[SCORE].presets)
def test_no_preset_meets_a_task_of_the_test_scores(label):
    preset = EXPLORABLES[SCORE].presets[label]
    assert not done(**preset) and not done(**preset | {"task": LUCK})
