"""The figures of losses: one prediction and its cost, and one neuron taught by two losses."""

import numpy as np
import pytest
from moves import done, solved_in_one_move

from nnlib import SGD, mlp, numerical_gradient, train
from nnlib.activations import sigmoid
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.loss_and_slope import CLOSEST, CROSS, FORMULAS, IGNORED, SQUARED, STRONGEST, at
from nnlib.explorables.figures.one_neuron_learns import LONGER, MAX_RATE, MAX_STEPS, NAMES, RESCUE, arrivals, so_far
from nnlib.live.protocol import reply
from nnlib.losses import LOSSES


def shown(name, steps=0, **settings):
    answer = reply(name, settings, steps=steps)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


@pytest.mark.parametrize(("name", "steps"), [("loss_and_slope", 0), ("one_neuron_learns", MAX_STEPS)])
def test_no_single_move_meets_a_task(name, steps):
    assert list(solved_in_one_move(name, steps)) == []


# loss and slope


def test_one_prediction_costs_and_pulls_as_worked_by_hand():
    # ŷ = 1/2, y = 1: squared error 1/4, slopes 2 (−1/2) = −1 and −1 · 1/4; cross-entropy ln 2, −1 / (1/2) = −2, and −1/2
    assert at(SQUARED, 0.5, 1) == (0.25, -1, -0.25)
    assert at(CROSS, 0.5, 1) == pytest.approx((np.log(2), -2, -0.5))
    # ŷ = 4/5, y = 0: 16/25, 8/5 and 8/5 · 4/25; −ln 1/5, 5, and the error itself, 4/5
    assert at(SQUARED, 0.8, 0) == pytest.approx((0.64, 1.6, 0.256))
    assert at(CROSS, 0.8, 0) == pytest.approx((np.log(5), 5, 0.8))


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("y_hat", [0.005, 0.3, 0.995])
def test_both_slopes_are_the_measured_ones_and_the_figure_says_so(name, y, y_hat):
    loss, z, target = LOSSES[FORMULAS[name][0]].value, np.log(y_hat / (1 - y_hat)), np.array([y])
    _, slope, pull = at(name, y_hat, y)
    assert slope == pytest.approx(numerical_gradient(lambda y_hat: loss(y_hat, target), [y_hat], epsilon=1e-7)[0], rel=1e-5)
    assert pull == pytest.approx(numerical_gradient(lambda z: loss(sigmoid(z), target), [z])[0], abs=1e-8)
    *_, check = shown("loss_and_slope", y_hat=y_hat, y=str(y), loss=name)[0]["equations"]["lines"]
    assert float(check.split("= ")[1].split(" with")[0].replace("−", "-")) == pytest.approx(pull, abs=6e-5)


def test_the_tangent_touches_the_chosen_curve_and_every_handle_stands_on_its_curve():
    picture, _ = shown("loss_and_slope", y_hat=0.5, loss=CROSS)
    tangent = next(line["at"] for line in picture["loss"]["lines"] if line["role"] == "tangent")
    np.testing.assert_allclose(tangent, [[0, np.log(2) + 1], [1, np.log(2) - 1]])  # the slope is −2
    for name in ("loss", "by_prediction", "by_z"):
        curve = next(line["at"] for line in picture[name]["lines"] if line["key"] == CROSS)
        x, y = picture[name]["handles"][0]["at"]
        assert np.interp(x, *curve.T) == pytest.approx(y, abs=1e-3)


@pytest.mark.parametrize(
    ("task", "loss", "y", "y_hat", "done"),
    [(STRONGEST, SQUARED, "1", 0.335, True), (STRONGEST, SQUARED, "0", 0.665, True), (STRONGEST, SQUARED, "1", 0.2, False),
     (STRONGEST, SQUARED, "1", 0.665, False), (STRONGEST, CROSS, "1", 0.005, False), (STRONGEST, CROSS, "1", 0.335, False),
     (IGNORED, SQUARED, "1", 0.035, True), (IGNORED, SQUARED, "1", 0.005, False), (IGNORED, SQUARED, "1", 0.8, False),
     (IGNORED, SQUARED, "0", 0.965, True), (IGNORED, CROSS, "1", 0.035, False), (CLOSEST, SQUARED, "0", 0.5, True),
     (CLOSEST, SQUARED, "0", 0.4, False)],
)  # fmt: skip
def test_loss_and_slope_recognizes_the_prediction_that_was_asked_for(task, loss, y, y_hat, done):
    assert shown("loss_and_slope", task=task, loss=loss, y=y, y_hat=y_hat)[1] is done


@pytest.mark.parametrize("task", [STRONGEST, IGNORED, CLOSEST])
def test_no_task_of_loss_and_slope_is_done_before_the_reader_does_anything(task):
    assert shown("loss_and_slope", task=task)[1] is False


@pytest.mark.parametrize("y", ["0", "1"])
@pytest.mark.parametrize(
    ("task", "loss", "found"),
    [(STRONGEST, SQUARED, 1), (STRONGEST, CROSS, 0), (IGNORED, SQUARED, 1), (IGNORED, CROSS, 0), (CLOSEST, SQUARED, 1),
     (CLOSEST, CROSS, 1)],
)  # fmt: skip
def test_a_search_along_the_slider_meets_each_task_or_the_task_says_that_nothing_does(task, loss, found, y):
    settings = {"task": task, "loss": loss, "y": y}
    met = [y_hat for y_hat in np.arange(1, 200) / 200 if done("loss_and_slope", settings | {"y_hat": y_hat})]
    assert bool(met) is bool(found)
    figure = EXPLORABLES["loss_and_slope"]
    assert ("choose squared error" in figure.challenge(figure.check(settings), None)[0]) is not bool(found)


def test_what_the_reader_chooses_and_reads_of_a_loss_is_one_name():
    picture, _ = shown("loss_and_slope")
    options = next(one.options for one in EXPLORABLES["loss_and_slope"].controls if one.name == "loss")
    curves = [line["label"] for line in picture["loss"]["lines"] if line["role"] == "curve"]
    assert list(options) == curves == [row["cells"][0] for row in picture["losses"]["rows"]]


# one neuron learns


def test_one_step_is_worked_by_hand():
    # from w = b = 0 toward 0: ŷ = 1/2; squared error pulls by 2 · 1/2 · 1/4 = 1/4, cross-entropy by 1/2; z falls by 2 η δ
    settings = EXPLORABLES["one_neuron_learns"].check({"weight": 0, "bias": 0, "learning_rate": 0.5})
    z, losses, slopes = so_far(settings, {"steps": 1})
    np.testing.assert_allclose(slopes[0], [0.25, 0.5])
    np.testing.assert_allclose(losses[0], [0.25, np.log(2)])
    np.testing.assert_allclose(z, [[0, 0], [-0.25, -0.5]])


@pytest.mark.parametrize("y", [0, 1])
def test_the_figure_goes_where_nnlibs_training_goes(y):
    settings = EXPLORABLES["one_neuron_learns"].check({"weight": 1.5, "bias": -0.5, "y": str(y), "learning_rate": 0.7})
    z = so_far(settings, {"steps": 7})[0][-1]
    for column, loss in enumerate(NAMES.values()):
        neuron = mlp([1, 1], output="sigmoid", dtype=np.float64)
        neuron.layers[0].weights[:], neuron.layers[0].bias[:] = 1.5, -0.5
        list(train(neuron, np.ones((1, 1)), np.array([y]), loss=loss, optimizer=SGD(0.7), epochs=7))
        assert neuron.forward(np.ones((1, 1)))[0, 0] == pytest.approx(sigmoid(z[column]), abs=1e-12)


def test_the_start_can_be_dragged_and_the_run_follows_it():
    explorable = EXPLORABLES["one_neuron_learns"]
    before, _ = shown("one_neuron_learns", steps=12)
    (p, q, r) = before["pull"]["handles"][0]["sets"]["bias"]
    moved, _ = shown("one_neuron_learns", steps=12, bias=p * 5 + q * 0.3 + r)  # dragged to z = 5
    assert moved["pull"]["handles"][0]["at"][0] == pytest.approx(5)
    assert [len(line["at"]) for line in moved["outputs"]["lines"][:2]] == [13, 13]
    # back at the start, whatever the reader did
    assert explorable.start({}) == {"steps": 0}


def test_a_run_ends_when_both_have_arrived_and_then_stands_still():
    explorable = EXPLORABLES["one_neuron_learns"]
    settings = explorable.check({})
    state = explorable.advance(explorable.start(settings), settings, 69)
    assert arrivals(settings, state) == [None, 15] and not explorable.finished(settings, state)
    state = explorable.advance(state, settings, 1)
    assert arrivals(settings, state) == [70, 15] and explorable.finished(settings, state)
    assert explorable.advance(state, settings, 10) == state
    assert "here it needs 70, and cross-entropy 15: 4.7 times as many." in explorable.challenge(settings, state)[0]


def test_a_hopeless_start_is_given_up_after_some_hundred_steps():
    explorable = EXPLORABLES["one_neuron_learns"]
    settings = explorable.check({"weight": 4, "bias": 4})
    state = explorable.advance(explorable.start(settings), settings, 10_000)
    assert explorable.finished(settings, state) and arrivals(settings, state)[0] is None
    assert len(so_far(settings, state)[0]) == MAX_STEPS + 1
    assert not explorable.challenge(settings, state)[1]


@pytest.mark.parametrize(
    ("settings", "steps", "done"),
    [({"weight": 3, "bias": 3}, MAX_STEPS, True), ({"weight": -3, "bias": -3, "y": "1"}, MAX_STEPS, True),
     ({"weight": 3, "bias": 3}, 100, False), ({}, MAX_STEPS, False), ({"weight": -3, "bias": -3}, MAX_STEPS, False)],
)  # fmt: skip
def test_a_start_from_which_squared_error_takes_ten_times_as_long_is_recognized(settings, steps, done):
    assert shown("one_neuron_learns", steps, task=LONGER, **settings)[1] is done


def task_of_the_race(steps=MAX_STEPS, **settings):
    figure = EXPLORABLES["one_neuron_learns"]
    settings = figure.check(settings)
    return figure.challenge(settings, figure.advance(figure.start(settings), settings, steps))


def test_a_start_from_which_squared_error_does_not_arrive_is_told_to_begin_nearer():
    for z in (6.4, 8):
        task, done = task_of_the_race(weight=z / 2, bias=z / 2)
        assert "has not arrived after 300, where the run ends: begin nearer" in task and not done
    assert "begin nearer" not in task_of_the_race(100, weight=4, bias=4)[0]  # the race is still on


@pytest.mark.parametrize("y", ["0", "1"])
def test_a_search_finds_starts_from_which_squared_error_takes_ten_times_as_long(y):
    sign = 1 if y == "0" else -1
    starts = [z for z in np.arange(0, 8.1, 0.1) if task_of_the_race(weight=sign * z / 2, bias=sign * z / 2, y=y)[1]]
    assert len(starts) > 5 and 5 < min(starts) < max(starts) < 7


@pytest.mark.parametrize("z", [2.3, 3, 4, 5, 5.5, 5.8, 7, -8])
def test_a_search_over_learning_rates_rescues_squared_error_or_the_task_says_that_none_will(z):
    y = "0" if z > 0 else "1"
    settings = {"weight": z / 2, "bias": z / 2, "y": y, "task": RESCUE}
    rates = np.arange(5, 100 * MAX_RATE + 1) / 100
    met = [rate for rate in rates if task_of_the_race(**settings, learning_rate=rate)[1]]
    assert ("cannot be so quick" in task_of_the_race(**settings)[0]) is not bool(met)
    assert bool(met) is (abs(z) < 5.6)


def test_a_rescue_begins_badly_wrong_and_takes_as_many_steps_as_cross_entropy_at_its_usual_rate():
    assert task_of_the_race(weight=0.5, bias=0.5, task=RESCUE)[0].startswith("Choose a start that is badly wrong")
    task, done = task_of_the_race(task=RESCUE)
    assert "needs 15 steps" in task and "Now it needs 70." in task and not done
    assert not task_of_the_race(task=RESCUE, learning_rate=2.2)[1] and task_of_the_race(task=RESCUE, learning_rate=2.3)[1]


@pytest.mark.parametrize("label", EXPLORABLES["one_neuron_learns"].presets)
def test_no_preset_solves_a_challenge_of_the_race(label):
    preset = EXPLORABLES["one_neuron_learns"].presets[label]
    assert not any(shown("one_neuron_learns", MAX_STEPS, task=task, **preset)[1] for task in (LONGER, RESCUE))


def test_whatever_the_start_and_the_rate_the_run_stays_on_its_axis():
    explorable = EXPLORABLES["one_neuron_learns"]
    for z in np.linspace(-9, 9, 91):
        for rate in (0.05, 1, 5):
            settings = explorable.check({"weight": z / 2, "bias": z / 2, "y": "1", "learning_rate": rate})
            assert np.abs(so_far(settings, {"steps": MAX_STEPS})[0]).max() <= 9
