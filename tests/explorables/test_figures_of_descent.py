"""The figures of gradient descent: one learning rate on a landscape, and mini-batches beside all the data."""

import numpy as np
import pytest

from nnlib import numerical_gradient
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.batch_size_and_noise import (
    QUIET,
    SAMPLES,
    START,
    each_gradient,
    flowers,
    gradients,
    noise_factor,
    standard_error,
)
from nnlib.explorables.figures.learning_rate import FAST, SEARCHED, SWING, race, steps_to_arrive
from nnlib.explorables.models.landscapes import LANDSCAPES, PLANE, RAVINE, VALLEY, landscape, walk
from nnlib.live.protocol import reply
from nnlib.optimizers import SGD

TURNED = {f"turned by {tilt}": landscape(VALLEY, tilt) for tilt in (30, -75, 90)}
TURNED["ravine turned"] = landscape(RAVINE, 30)
landscapes = pytest.mark.parametrize("landscape", (LANDSCAPES | TURNED).values(), ids=LANDSCAPES | TURNED)
PLACES = np.random.default_rng(0).uniform(*PLANE, (5, 2))


def shown(name, advance=0, **settings):
    answer = reply(name, settings, steps=advance)
    return {panel["name"]: panel for panel in answer["picture"]}, answer


def walked(picture):
    return next(line["at"] for line in picture["plane"]["lines"] if line["role"] == "points")


# the learning rate


@landscapes
def test_gradient_and_curvatures_of_a_landscape_are_those_of_its_loss(landscape):
    for w in PLACES:
        np.testing.assert_allclose(landscape.gradient(w), numerical_gradient(landscape.loss, w), atol=1e-7)
        by_differences = [numerical_gradient(lambda v, i=i: landscape.gradient(v)[i], w) for i in (0, 1)]
        np.testing.assert_allclose(landscape.hessian(w), by_differences, atol=1e-7)


@pytest.mark.parametrize("name", [VALLEY, RAVINE])
def test_the_slopes_of_a_turned_valley_are_the_same_in_the_figure_and_in_its_program_to_the_last_digit(name):
    turned = landscape(name, 30)
    for w in PLACES:
        assert eval(turned.program[0], {"np": np, "w": w}).tolist() == turned.gradient(w).tolist()
    np.testing.assert_array_equal(turned.hessian(None), turned.hessian(None).round(10))  # as it is on every machine


@landscapes
def test_a_landscape_computes_many_places_at_once_as_it_does_one_by_one(landscape):
    np.testing.assert_allclose(landscape.loss(PLACES.T), [landscape.loss(w) for w in PLACES])
    np.testing.assert_allclose(landscape.gradient(PLACES.T).T, [landscape.gradient(w) for w in PLACES])


def test_two_steps_down_the_valley_go_as_by_hand():
    # L = ½ w₁² + 5 w₂² from (1, 1) with η = 0.15: w₁ shrinks by 1 − 0.15 = 0.85, w₂ by 1 − 1.5 = −0.5
    picture, _ = shown("learning_rate", w1=1, w2=1, learning_rate=0.15, steps=2)
    np.testing.assert_allclose(walked(picture), [[1, 1], [0.85, -0.5], [0.7225, 0.25]])
    losses = picture["loss"]["lines"][0]["at"][:, 1]
    np.testing.assert_allclose(losses[:2], [5.5, 0.85**2 / 2 + 5 * 0.25])


@pytest.mark.parametrize(("landscape", "threshold"), [("round bowl", 1.0), ("narrow valley", 0.2)])
def test_the_threshold_that_the_figure_draws_is_met(landscape, threshold):
    picture, _ = shown("learning_rate", landscape=landscape)
    guide = next(line["at"] for line in picture["factors"]["lines"] if line["role"] == "guide")
    assert guide[0, 0] == pytest.approx(threshold)
    below, out = walk(LANDSCAPES[landscape], (0.5, 0.5), SGD(0.99 * threshold), 2000)
    assert out is None and np.abs(below[-1]).max() < 1e-6
    _, out = walk(LANDSCAPES[landscape], (0.5, 0.5), SGD(1.01 * threshold), 2000)
    assert out is not None
    at, out = walk(LANDSCAPES[landscape], (0.5, 0.5), SGD(threshold), 2000)
    assert out is None and abs(at[-1, 1]) == pytest.approx(0.5)  # back and forth, for good


def test_the_best_rate_for_both_curvatures_shrinks_both_distances_alike():
    picture, _ = shown("learning_rate", w1=1, w2=1, learning_rate=2 / 11, steps=30)
    np.testing.assert_allclose(np.abs(walked(picture)), np.outer((9 / 11) ** np.arange(31), [1, 1]))


def test_a_walk_that_would_leave_is_stopped_inside_and_the_sentence_says_so():
    picture, answer = shown("learning_rate", learning_rate=3)
    np.testing.assert_array_equal(walked(picture), [[-1.6, 1.0]])
    arrow = next(line["at"] for line in picture["plane"]["lines"] if line["role"] == "arrow")
    assert arrow[1, 1] == pytest.approx(PLANE[0])  # it points down, to the edge
    assert "leaves the landscape, and is stopped there" in answer["sentence"]


def test_on_the_line_between_the_minima_a_walk_ends_at_the_saddle_and_beside_it_at_a_minimum():
    picture, answer = shown("learning_rate", landscape="saddle", w1=1, w2=-1, learning_rate=0.2, steps=100)
    np.testing.assert_allclose(walked(picture)[-1], 0, atol=1e-6)
    assert "stands still at a saddle" in answer["sentence"]
    _, answer = shown("learning_rate", landscape="saddle", w1=1.05, w2=-1, learning_rate=0.2, steps=100)
    assert "has arrived" in answer["sentence"]


def test_the_wrong_basin_is_named():
    _, answer = shown("learning_rate", **EXPLORABLES["learning_rate"].presets["the wrong basin"])
    assert "in a basin that is not the lowest" in answer["sentence"]


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"learning_rate": 2 / 11}, True), ({"learning_rate": 0.1}, False), ({"learning_rate": 0.195}, False),
     ({"landscape": "round bowl", "learning_rate": 0.5}, True), ({"task": SWING, "learning_rate": 0.195}, True),
     ({"task": SWING, "learning_rate": 0.2}, True), ({"task": SWING, "learning_rate": 0.201}, False),
     ({"task": SWING, "learning_rate": 0.12}, False), ({"task": SWING, "learning_rate": 0.05}, False)],
)  # fmt: skip
def test_the_learning_rate_recognizes_success(settings, done):
    assert shown("learning_rate", **settings)[1]["challenge"]["done"] is done


@pytest.mark.parametrize("task", [FAST, SWING])
def test_no_preset_of_the_learning_rate_solves_a_task(task):
    for preset in EXPLORABLES["learning_rate"].presets.values():
        assert not shown("learning_rate", **preset, task=task)[1]["challenge"]["done"]


@pytest.mark.parametrize(
    ("preset", "words"),
    [("crawl", "is crawling."), ("converge", "has arrived."), ("oscillate", "is swinging from side to side."),
     ("diverge", "leaves the landscape"), ("a tilted valley", "is still on its way.")],
)  # fmt: skip
def test_the_sentence_says_what_the_preset_is_named_for(preset, words):
    sentence = shown("learning_rate", **EXPLORABLES["learning_rate"].presets[preset])[1]["sentence"]
    assert words in sentence
    ways = ("is crawling", "has arrived", "is swinging", "leaves the landscape", "is still on its way")
    assert sum(way in sentence for way in ways) == 1


def test_a_walk_has_arrived_where_the_task_counts_that_it_has():
    rng, figure, seen = np.random.default_rng(0), EXPLORABLES["learning_rate"], set()
    for _ in range(200):
        settings = figure.check({
            "learning_rate": round(float(np.exp(rng.uniform(np.log(0.01), np.log(1)))), 3), "steps": int(rng.integers(1, 101)),
            "landscape": str(rng.choice(list(LANDSCAPES))), "tilt": 5 * int(rng.integers(-18, 19)),
            "w1": 0.05 * int(rng.integers(-40, 41)), "w2": 0.05 * int(rng.integers(-40, 41)),
        })  # fmt: skip
        arrived = steps_to_arrive(settings, [settings["learning_rate"]])[0] <= settings["steps"]
        assert ("has arrived" in figure.describe(settings, None)) == arrived
        seen.add(arrived)
    assert seen == {True, False}


@pytest.mark.parametrize("name", LANDSCAPES)
def test_at_the_bottom_neither_the_sentence_nor_the_task_speaks_of_arriving(name):
    w1, w2 = {"saddle": (1, 1), "two basins": (-1, 0)}.get(name, (0, 0))
    answer = shown("learning_rate", landscape=name, w1=w1, w2=w2)[1]
    assert "starts at the bottom, and stays" in answer["sentence"]
    assert not answer["challenge"]["done"] and "You start at the bottom" in answer["challenge"]["task"]


def test_a_turned_valley_turns_the_walk_and_the_directions_with_it():
    tilt, (w1, w2) = np.radians(30), (-1.0, 0.5)
    turn = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    plain, _ = walk(landscape(VALLEY), (w1, w2), SGD(0.15), 20)
    turned, _ = walk(landscape(VALLEY, 30), turn @ (w1, w2), SGD(0.15), 20)
    np.testing.assert_allclose(turned, plain @ turn.T, atol=1e-9)

    picture, _ = shown("learning_rate", tilt=30)
    flat, steep = (line for line in picture["plane"]["lines"] if line["role"] == "level")
    assert (flat["label"], steep["label"]) == ("flattest, λ = 1.00", "steepest, λ = 10.00")
    for line, direction in ((flat, turn[:, 0]), (steep, turn[:, 1])):
        along = line["at"][1] - line["at"][0]
        assert abs(along @ direction) == pytest.approx(np.hypot(*along))
    assert not any(line["role"] == "level" for line in shown("learning_rate", landscape="round bowl")[0]["plane"]["lines"])


@pytest.mark.parametrize("task", [FAST, SWING])
@pytest.mark.parametrize(
    ("settings", "possible"),
    [({}, True), ({"tilt": 45}, True), ({"landscape": "round bowl"}, True), ({"landscape": "saddle", "w1": 1, "w2": -1}, None),
     ({"landscape": VALLEY, "w1": 0, "w2": 1}, True), ({"landscape": "saddle", "w1": 0, "w2": 0}, False)],
)  # fmt: skip
def test_a_search_over_the_rates_solves_a_task_or_the_task_says_that_none_does(task, settings, possible):
    figure = EXPLORABLES["learning_rate"]
    tries = [figure.challenge(figure.check({**settings, "task": task, "learning_rate": rate}), None) for rate in SEARCHED]
    solved = any(done for _, done in tries)
    assert possible is None or solved is possible
    assert all(("From here no rate" in words) is not solved for words, _ in tries)


def test_the_race_counts_the_steps_that_a_walk_takes():
    settings = EXPLORABLES["learning_rate"].check({"learning_rate": 0.15})
    path, _ = walk(LANDSCAPES["narrow valley"], (-1.6, 1.0), SGD(0.15), 100)
    losses = LANDSCAPES["narrow valley"].loss(path.T)
    [taken] = steps_to_arrive(settings, [0.15])
    assert losses[taken] < 1e-6 * losses[0] <= losses[taken - 1]
    assert race(settings) < taken


# batch size and noise


def test_one_step_on_all_flowers_goes_along_the_mean_of_their_gradients():
    _, answer = shown("batch_size_and_noise", advance=1, batch_size=150, learning_rate=0.1)
    X, y = flowers()
    np.testing.assert_allclose(answer["state"]["w"], START - 0.1 * 2 * X.T @ (X @ START - y) / 150)


def test_an_epoch_uses_every_flower_once():
    _, answer = shown("batch_size_and_noise", advance=19, batch_size=8)  # 18 batches of 8 and one of 6
    assert answer["state"]["seen"][-1] == pytest.approx(1) and not len(answer["state"]["left"])


@pytest.mark.parametrize("size", [1, 3, 20, 149, 150])
def test_the_standard_error_of_mini_batches_is_what_the_formula_says(size):
    rng, each = np.random.default_rng(0), each_gradient(START)
    drawn = np.array([each[rng.permutation(SAMPLES)[:size]].mean(axis=0) for _ in range(4000)])
    assert standard_error(drawn) == pytest.approx(standard_error(each) * noise_factor(size), rel=0.04, abs=1e-12)


def test_orange_are_the_mini_batches_that_would_step_uphill():
    picture, answer = shown("batch_size_and_noise", advance=60, batch_size=4)
    whole, cloud = gradients(answer["state"]["w"], 4, 60)
    points = picture["cloud"]["points"]
    np.testing.assert_array_equal(points["labels"] < 0, cloud @ whole < 0)
    uphill = (points["labels"] < 0).sum()
    assert 0 < uphill < len(cloud)
    assert f"here {uphill} of 60 mini-batches would step uphill" in answer["sentence"]


def test_the_loss_of_all_flowers_is_drawn_above_the_jumping_loss_of_single_ones():
    picture, answer = shown("batch_size_and_noise", advance=450, batch_size=1, learning_rate=0.01)
    jumping, whole = (line for line in picture["loss"]["lines"] if line["role"] == "curve")
    assert (jumping["label"], whole["label"]) == ("of the mini-batch", "of all flowers")  # the last is drawn last
    np.testing.assert_array_equal(whole["at"][:, 1], answer["state"]["loss"])


def test_above_the_threshold_the_batch_of_all_flowers_leaves_the_landscape_and_is_stopped():
    X, _ = flowers()
    threshold = 2 / np.linalg.eigvalsh(2 * X.T @ X / SAMPLES)[-1]
    state = shown("batch_size_and_noise", advance=10, batch_size=150, learning_rate=0.98 * threshold)[1]["state"]
    assert not state["out"]
    _, answer = shown("batch_size_and_noise", advance=10, batch_size=150, learning_rate=1.2 * threshold)
    assert answer["state"]["out"] and "is stopped" in answer["sentence"]


@pytest.mark.parametrize(
    ("size", "rate", "done"),
    [(1, 0.04, True), (4, 0.15, True), (8, 0.3, True), (8, 0.05, False), (1, 0.2, False), (150, 0.5, False)],
)
def test_learning_from_few_flowers_is_recognized(size, rate, done):
    assert shown("batch_size_and_noise", advance=450, batch_size=size, learning_rate=rate)[1]["challenge"]["done"] is done


def test_a_search_over_batch_sizes_and_rates_learns_from_few_flowers_and_no_preset_does():
    figure = EXPLORABLES["batch_size_and_noise"]

    def solved(**settings):
        return shown("batch_size_and_noise", advance=450, **settings)[1]["challenge"]["done"]

    assert not any(solved(**preset) for preset in figure.presets.values())
    found = [(size, rate) for size in (1, 4, 16, 150) for rate in (0.01, 0.04, 0.15, 0.5)
             if solved(batch_size=size, learning_rate=rate)]  # fmt: skip
    assert 0 < len(found) < 16


def test_it_takes_four_flowers_to_halve_the_noise():
    done = [size for size in range(1, SAMPLES + 1)
            if shown("batch_size_and_noise", task=QUIET, batch_size=size)[1]["challenge"]["done"]]  # fmt: skip
    assert done == [4]
