"""The figures of losses: one prediction and its cost, and one neuron taught by two losses."""

import numpy as np
import pytest

from nnlib import SGD, mlp, numerical_gradient, train
from nnlib.activations import sigmoid
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.loss_and_slope import CLOSEST, FORMULAS, IGNORED, STRONGEST, at
from nnlib.explorables.figures.one_neuron_learns import LONGER, MAX_STEPS, NAMES, SHORT, arrivals, so_far
from nnlib.live.protocol import reply
from nnlib.losses import LOSSES


def shown(name, steps=0, **settings):
    answer = reply(name, settings, steps=steps)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


# loss and slope


def test_one_prediction_costs_and_pulls_as_worked_by_hand():
    # ŷ = 1/2, y = 1: squared error 1/4, slopes 2 (−1/2) = −1 and −1 · 1/4; cross-entropy ln 2, −1 / (1/2) = −2, and −1/2
    assert at("mse", 0.5, 1) == (0.25, -1, -0.25)
    assert at("binary_cross_entropy", 0.5, 1) == pytest.approx((np.log(2), -2, -0.5))
    # ŷ = 4/5, y = 0: 16/25, 8/5 and 8/5 · 4/25; −ln 1/5, 5, and the error itself, 4/5
    assert at("mse", 0.8, 0) == pytest.approx((0.64, 1.6, 0.256))
    assert at("binary_cross_entropy", 0.8, 0) == pytest.approx((np.log(5), 5, 0.8))


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("y_hat", [0.005, 0.3, 0.995])
def test_both_slopes_are_the_measured_ones_and_the_figure_says_so(name, y, y_hat):
    loss, z, target = LOSSES[name].value, np.log(y_hat / (1 - y_hat)), np.array([y])
    _, slope, pull = at(name, y_hat, y)
    assert slope == pytest.approx(numerical_gradient(lambda y_hat: loss(y_hat, target), [y_hat], epsilon=1e-7)[0], rel=1e-5)
    assert pull == pytest.approx(numerical_gradient(lambda z: loss(sigmoid(z), target), [z])[0], abs=1e-8)
    *_, check = shown("loss_and_slope", y_hat=y_hat, y=str(y), loss=name)[0]["equations"]["lines"]
    assert float(check.split("= ")[1].split(" with")[0].replace("−", "-")) == pytest.approx(pull, abs=6e-5)


def test_the_tangent_touches_the_chosen_curve_and_every_handle_stands_on_its_curve():
    picture, _ = shown("loss_and_slope", y_hat=0.5, loss="binary_cross_entropy")
    tangent = next(line["at"] for line in picture["loss"]["lines"] if line["role"] == "tangent")
    np.testing.assert_allclose(tangent, [[0, np.log(2) + 1], [1, np.log(2) - 1]])  # the slope is −2
    for name in ("loss", "by_prediction", "by_z"):
        curve = next(line["at"] for line in picture[name]["lines"] if line["key"] == "binary_cross_entropy")
        x, y = picture[name]["handles"][0]["at"]
        assert np.interp(x, *curve.T) == pytest.approx(y, abs=1e-3)


@pytest.mark.parametrize(
    ("task", "loss", "y", "y_hat", "done"),
    [(STRONGEST, "mse", "1", 0.335, True), (STRONGEST, "mse", "0", 0.665, True), (STRONGEST, "mse", "1", 0.2, False),
     (STRONGEST, "mse", "1", 0.665, False), (STRONGEST, "binary_cross_entropy", "1", 0.005, True),
     (STRONGEST, "binary_cross_entropy", "1", 0.335, False), (IGNORED, "mse", "1", 0.05, True),
     (IGNORED, "mse", "1", 0.1, False), (IGNORED, "mse", "1", 0.95, False), (IGNORED, "mse", "0", 0.95, True),
     (IGNORED, "binary_cross_entropy", "1", 0.005, False), (CLOSEST, "mse", "0", 0.5, True), (CLOSEST, "mse", "0", 0.4, False)],
)  # fmt: skip
def test_loss_and_slope_recognizes_the_prediction_that_was_asked_for(task, loss, y, y_hat, done):
    assert shown("loss_and_slope", task=task, loss=loss, y=y, y_hat=y_hat)[1] is done


@pytest.mark.parametrize("task", [STRONGEST, IGNORED, CLOSEST])
def test_no_task_of_loss_and_slope_is_done_before_the_reader_does_anything(task):
    assert shown("loss_and_slope", task=task)[1] is False


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
    assert "squared error takes 70, and" in explorable.challenge(settings, state)[0]


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


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"weight": 0.3, "bias": 0.2, "learning_rate": 5}, True), ({"weight": 0.3, "bias": 0.2}, False),
     ({"weight": -2, "bias": -2, "learning_rate": 5}, False)],
)  # fmt: skip
def test_a_fair_race_must_begin_on_the_wrong_side(settings, done):
    assert shown("one_neuron_learns", MAX_STEPS, task=SHORT, **settings)[1] is done


@pytest.mark.parametrize("label", EXPLORABLES["one_neuron_learns"].presets)
def test_no_preset_solves_a_challenge_of_the_race(label):
    preset = EXPLORABLES["one_neuron_learns"].presets[label]
    assert not any(shown("one_neuron_learns", MAX_STEPS, task=task, **preset)[1] for task in (LONGER, SHORT))


def test_whatever_the_start_and_the_rate_the_run_stays_on_its_axis():
    explorable = EXPLORABLES["one_neuron_learns"]
    for z in np.linspace(-8, 8, 81):
        for rate in (0.05, 1, 5):
            settings = explorable.check({"weight": z / 2, "bias": z / 2, "y": "1", "learning_rate": rate})
            assert np.abs(so_far(settings, {"steps": MAX_STEPS})[0]).max() <= 9
