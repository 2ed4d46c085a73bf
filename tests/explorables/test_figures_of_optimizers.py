"""The figures of the optimizers: the race on one landscape, and schedules of the learning rate."""

import numpy as np
import pytest
from moves import done, solved_in_one_move

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.race import AHEAD, FOUR, MAX_STEPS, NAMES, SEARCHED, arrivals, race, walks
from nnlib.explorables.figures.schedules import (
    BOLD,
    CONSTANT,
    COSINE,
    QUIET,
    RATE_ENDS,
    RUNS,
    STEP_DECAY,
    STEPS,
    WARM_UP,
    best_constant,
    ending,
    floor,
    gone,
    gradient,
    loss,
    rates_of,
    runs_of,
)
from nnlib.explorables.models.landscapes import PLANE, VALLEY, landscape, walk
from nnlib.gradients import numerical_gradient
from nnlib.live.protocol import reply
from nnlib.optimizers import SGD, Adam, RMSProp

PARABOLA = EXPLORABLES["race"].presets["x² from x = 1"]


def shown(name, state=None, advance=0, **settings):
    answer = reply(name, settings, state, advance)
    return {panel["name"]: panel for panel in answer["picture"]}, answer


def run_of(**settings):
    return race(EXPLORABLES["race"].check(settings))


def task_of(name, steps=0, **settings):
    answer = shown(name, advance=steps, **settings)[1]
    return answer["challenge"]["task"], answer["challenge"]["done"]


# the race


def test_the_first_steps_on_a_parabola_go_as_by_hand():
    # f = x² has the slope 2x. Plain: 1 − 0.1 · 2 = 0.8. Momentum: v = 2, then 0.9 · 2 + 1.6 = 3.4, so 0.8, then 0.46.
    # Nesterov goes by g + 0.9 v: 2 + 1.8 = 3.8, so 0.62. Adam's first step is η, and RMSProp's η / √(1 − 0.99) = 10 η.
    first = {name: walk["places"][1:3, 0].round(9).tolist() for name, walk in run_of(**PARABOLA).items()}
    assert first["plain steps"] == [0.8, 0.64]
    assert first["momentum"] == [0.8, 0.46]
    assert first["Nesterov"][0] == 0.62
    assert (first["Adam"][0], first["RMSProp"][0]) == (0.9, pytest.approx(0, abs=1e-7))
    assert not any(walk["places"][:, 1].any() for walk in run_of(**PARABOLA).values())  # all on the line w₂ = 0


def test_the_parabolas_race_ends_as_the_chapter_says():
    walks = run_of(**PARABOLA)
    assert {name: walks[name]["arrival"] for name in NAMES} == {
        "plain steps": 31, "momentum": 131, "Nesterov": 42, "RMSProp": 1, "Adam": 123
    }  # fmt: skip
    lowest = {name: (walk["places"][:, 0].argmin(), walk["places"][:, 0].min().round(3)) for name, walk in walks.items()}
    assert (lowest["momentum"], lowest["Adam"], lowest["Nesterov"][1]) == ((6, -0.709), (19, -0.273), -0.416)


@pytest.mark.parametrize("preset", EXPLORABLES["race"].presets)
def test_each_walks_as_its_optimizer_does_alone(preset):
    settings = EXPLORABLES["race"].check(EXPLORABLES["race"].presets[preset])
    eta, mu, own = settings["learning_rate"], settings["momentum"], settings["adaptive_rate"]
    alone = [SGD(eta), SGD(eta, mu), SGD(eta, mu, nesterov=True), RMSProp(own), Adam(own)]
    ground = landscape(settings["landscape"], settings["tilt"])
    for (name, found), optimizer in zip(race(settings).items(), alone, strict=True):
        path, out = walk(ground, (settings["w1"], settings["w2"]), optimizer, MAX_STEPS)
        np.testing.assert_allclose(found["places"][: len(path)], path, atol=1e-9, err_msg=name)
        assert found["out"] == (None if out is None else len(path))
        np.testing.assert_allclose(found["losses"], ground.loss(path.T), atol=1e-9)


def test_many_rates_at_once_walk_as_one_by_one():
    settings = EXPLORABLES["race"].check({})
    rates = [0.01, 0.05, 0.2]

    def of(rate):
        return [SGD(rate), SGD(rate, 0.5), SGD(rate, 0.5, nesterov=True), RMSProp(rate), Adam(rate)]

    together = walks(settings, of(1), rates, 100)[1]
    single = [walks(settings, of(rate), steps=100)[1][:, :, 0] for rate in rates]
    np.testing.assert_allclose(together, np.stack(single, axis=2), rtol=1e-6, atol=1e-12)


def test_a_walk_arrives_where_its_loss_stays_below_a_millionth_of_the_first():
    losses = np.array([[1, 1, 1, 1e-9], [5e-7, 1, 5e-7, 1], [1, 1, 5e-7, 1], [5e-7, 1, 5e-7, np.nan]])
    assert arrivals(losses).tolist() == [3, 4, 1, 4]


def test_without_momentum_both_kinds_of_it_are_plain_steps():
    walks = run_of(momentum=0)
    for name in ("momentum", "Nesterov"):
        np.testing.assert_array_equal(walks[name]["places"], walks["plain steps"]["places"])


def test_who_leaves_is_drawn_to_the_edge_and_out_of_the_race():
    # From x = 1.9 with η = 1, Nesterov goes by g + 0.99 v = 1.99 · 3.8: far below −2.
    settings = {**PARABOLA, "learning_rate": 1.0, "w1": 1.9, "momentum": 0.99}
    picture, answer = shown("race", {"steps": 3}, **settings)
    trail = next(line for line in picture["plane"]["lines"] if line["label"] == "Nesterov")["at"]
    np.testing.assert_allclose(trail, [[1.9, 0], [PLANE[0], 0]])
    assert "Nesterov left the landscape at step 1" in answer["sentence"]
    assert picture["standings"]["rows"][2]["cells"] == ["Nesterov", "1.900", "0.000", "3.61", "left at step 1"]


def test_an_optimizer_keeps_its_color_when_others_stay_at_home():
    def colors(**settings):
        lines = shown("race", {"steps": 9}, **settings)[0]["plane"]["lines"]
        return {line["label"]: line["color"] for line in lines if line["label"]}

    everyone = colors()
    assert everyone == {name: index for index, name in enumerate(NAMES)}
    assert colors(running=["momentum", "Adam"]) == {"momentum": 1, "Adam": 4}
    heads = [line["color"] for line in shown("race")[0]["plane"]["lines"] if line["role"] == "points"]
    assert heads == [0, 1, 2, 3, 4]


def test_the_race_is_over_when_all_have_arrived_or_left():
    figure = EXPLORABLES["race"]
    settings = figure.check({**PARABOLA, "running": ["plain steps", "Nesterov"]})
    assert [figure.finished(settings, {"steps": steps}) for steps in (0, 31, 41, 42)] == [False, False, False, True]
    assert figure.advance({"steps": 190}, settings, 30) == {"steps": MAX_STEPS}
    assert figure.finished(figure.check({}), {"steps": MAX_STEPS})


def test_momentum_rolls_over_the_hill_where_plain_steps_and_adam_are_caught():
    picture, answer = shown("race", {"steps": MAX_STEPS}, **EXPLORABLES["race"].presets["the wrong basin"])
    assert "momentum arrived" in answer["sentence"] and "Adam at a loss of 0.47" in answer["sentence"]
    ends = {line["label"]: line["at"][-1, 0] for line in picture["plane"]["lines"] if line["label"]}
    assert ends["plain steps"] > 0.5 and ends["momentum"] == pytest.approx(-1, abs=0.01)


def test_turning_the_ravine_is_nothing_to_plain_steps_and_much_to_rmsprop_at_its_best():
    def best(tilt, optimizer):
        turn = np.radians(tilt)
        start = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ (-1.2, 0.4)
        settings = EXPLORABLES["race"].check({"tilt": tilt, "w1": start[0], "w2": start[1]})
        return arrivals(walks(settings, [optimizer], SEARCHED)[1]).min()

    assert best(0, SGD(1)) == best(30, SGD(1))
    assert best(30, RMSProp(1)) > 4 * best(0, RMSProp(1))


SOLUTIONS = {AHEAD: {"learning_rate": 0.09, "momentum": 0.5}, FOUR: {"learning_rate": 0.045, "adaptive_rate": 0.2}}


@pytest.mark.parametrize(("task", "settings"), SOLUTIONS.items())
def test_the_race_recognizes_success_once_it_has_been_run(task, settings):
    assert task_of("race", MAX_STEPS, task=task, **settings)[1]
    assert not task_of("race", 10, task=task, **settings)[1]
    assert not task_of("race", MAX_STEPS, task=task, **settings, running=["plain steps"])[1]
    for name in settings:
        assert not task_of("race", MAX_STEPS, task=task, **{name: settings[name]})[1]


@pytest.mark.parametrize("name", ["race", "schedules"])
def test_no_single_move_solves_a_task_even_after_the_whole_run(name):
    assert list(solved_in_one_move(name, MAX_STEPS)) == []


@pytest.mark.parametrize("task", [AHEAD, FOUR])
@pytest.mark.parametrize(
    ("settings", "possible"),
    [({}, True), ({"tilt": 45, "w1": -1.6, "w2": 1.0}, True), ({"tilt": -30, "w1": 0.3, "w2": 0.2}, True),
     ({"tilt": 45, "w1": 2, "w2": 2}, None), ({"tilt": 30, "w1": 2, "w2": 2}, False),
     ({"tilt": 60, "w1": -1.6, "w2": 1}, None)],
)  # fmt: skip
def test_a_search_solves_the_race_or_the_task_says_that_nothing_does(task, settings, possible):
    solved = any(
        done("race", {**settings, "task": task, "learning_rate": eta, "momentum": mu, "adaptive_rate": own}, MAX_STEPS)
        for eta in (0.01, 0.045, 0.05, 0.06, 0.075, 0.09)
        for mu in (0.3, 0.45, 0.6)
        for own in ((0.05,) if task == AHEAD else (0.05, 0.2, 0.3))
    )
    told = "From here no settings do that" in task_of("race", task=task, **settings)[0]
    assert not (solved and told)
    if possible is not None:
        assert (solved, told) == (possible, not possible)


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"landscape": VALLEY}, "choose the ravine, with a tilt of 15 to 75 degrees"), ({"tilt": 90}, "a tilt of 15 to 75"),
     ({"tilt": -5}, "a tilt of 15 to 75"), ({"w1": 0, "w2": 0}, "You start at the bottom")],
)  # fmt: skip
def test_where_the_race_has_no_task_it_says_what_to_do(settings, words):
    text, solved = task_of("race", MAX_STEPS, **settings)
    assert words in text and not solved


# schedules


def schedule(**settings):
    return EXPLORABLES["schedules"].check(settings)


def test_the_slopes_of_the_schedules_landscape_are_those_of_its_loss():
    for w in np.random.default_rng(0).uniform(-2, 2, (5, 2)):
        np.testing.assert_allclose(gradient(w), numerical_gradient(loss, w), atol=1e-7)


def test_the_rates_are_those_of_the_schedules_by_hand():
    assert rates_of(schedule(schedule=CONSTANT, learning_rate=0.3)).tolist() == [0.3] * STEPS
    drops = rates_of(schedule(schedule=STEP_DECAY, learning_rate=0.4, every=50, factor=0.5))
    assert drops[[0, 49, 50, 100, 199]].tolist() == [0.4, 0.4, 0.2, 0.1, 0.05]
    glides = rates_of(schedule(schedule=COSINE, learning_rate=0.4))
    np.testing.assert_allclose(glides[[0, 100]], [0.4, 0.2])
    np.testing.assert_allclose(glides[50], 0.2 * (1 + np.sqrt(0.5)))  # cos(π/4) = √½
    warm = rates_of(schedule(schedule=WARM_UP, learning_rate=0.4, warm_up=20))
    np.testing.assert_allclose(warm[:20], glides[:20] * np.arange(1, 21) / 20)
    np.testing.assert_allclose(warm[20:], glides[20:])


def test_a_run_takes_the_steps_that_sgd_takes():
    settings = schedule(schedule=CONSTANT, learning_rate=0.1)
    noise = np.random.default_rng(0).normal(0, 0.3, (STEPS, 2, RUNS))
    w, optimizer = np.array([-1.8, 1.8]), SGD(0.1)
    for step in range(5):
        optimizer.step(w, gradient(w) + noise[step, :, 6])
    np.testing.assert_allclose(runs_of(settings)[0][5, :, 6], w)


@pytest.mark.parametrize("rate", [0.2, 0.3, 0.4])
def test_a_constant_rate_settles_on_the_floor_that_is_drawn(rate):
    losses = runs_of(schedule(schedule=CONSTANT, learning_rate=rate))[1]
    assert losses[-60:].mean() == pytest.approx(floor(np.array([rate]))[0], rel=0.15)


def test_the_floor_of_a_small_rate_is_half_that_of_twice_the_rate():
    # Σ η q² / (2 (2 − ηλ)) is η q² / 2 for two weights and a small rate: 0.01 · 0.09 / 2
    low, twice = floor(np.array([0.01, 0.02]))
    assert low == pytest.approx(0.00045, rel=0.01) and twice / low == pytest.approx(2, rel=0.01)


def test_runs_that_leave_are_counted_and_the_picture_stays_finite():
    picture, answer = shown("schedules", schedule=COSINE, learning_rate=0.8)
    assert "all 50 runs leave the landscape" in answer["sentence"]
    assert not len(picture["plane"]["points"]["at"])
    some = runs_of(schedule(schedule=COSINE, learning_rate=0.5))[1]
    assert 0 < gone(some) < RUNS and ending(some) is not None


@pytest.mark.parametrize("name", [STEP_DECAY, COSINE, WARM_UP])
def test_a_handle_of_the_curve_stands_on_it_and_sets_what_it_is_at(name):
    settings = schedule(schedule=name, learning_rate=0.3, warm_up=25, every=70, factor=0.4)
    picture, _ = shown("schedules", **settings)
    rates = rates_of(settings)
    for handle in picture["rate"]["handles"]:
        x, y = handle["at"]
        assert y == rates[int(x)]
        for control, (p, q, r) in handle["sets"].items():
            assert p * x + q * y + r == pytest.approx(settings[control])


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"schedule": COSINE, "learning_rate": 0.35}, True), ({"schedule": COSINE, "learning_rate": 0.2}, False),
     ({"schedule": STEP_DECAY, "learning_rate": 0.4, "every": 60, "factor": 0.3}, True),
     ({"schedule": WARM_UP, "learning_rate": 0.4, "warm_up": 20}, True), ({"schedule": COSINE, "learning_rate": 0.5}, False),
     ({"task": BOLD, "schedule": WARM_UP, "learning_rate": 0.65, "warm_up": 20}, True),
     ({"task": BOLD, "schedule": WARM_UP, "learning_rate": 0.65, "warm_up": 1}, False),
     ({"task": BOLD, "schedule": WARM_UP, "learning_rate": 0.5, "warm_up": 20}, False)],
)  # fmt: skip
def test_the_schedules_recognize_success(settings, done):
    assert task_of("schedules", **settings)[1] is done


def test_no_constant_rate_ends_quietly_and_the_task_says_so():
    tries = [task_of("schedules", schedule=CONSTANT, learning_rate=rate) for rate in np.geomspace(*RATE_ENDS, 25)]
    assert not any(solved for _, solved in tries)
    assert all("no constant rate does that, the best ends at 0.008" in text for text, _ in tries)
    ends = [ending(runs_of(schedule(schedule=CONSTANT, learning_rate=rate))[1]) for rate in np.geomspace(0.05, 0.3, 20)]
    assert best_constant() == pytest.approx(min(ends), rel=0.02)


@pytest.mark.parametrize("name", [STEP_DECAY, COSINE])
def test_without_a_warm_up_no_bold_rate_keeps_its_runs_and_the_task_says_so(name):
    for rate in (0.6, 0.7, 0.8):
        assert gone(runs_of(schedule(schedule=name, learning_rate=rate))[1]) == RUNS
    assert "runs leave the landscape" in task_of("schedules", task=BOLD, schedule=name)[0]


def test_a_search_ends_quietly_now_and_then():
    tries = [task_of("schedules", task=QUIET, schedule=name, learning_rate=rate, warm_up=10, factor=0.3)[1]
             for name in (STEP_DECAY, COSINE, WARM_UP) for rate in (0.05, 0.1, 0.2, 0.35, 0.5, 0.8)]  # fmt: skip
    assert 0 < sum(tries) < 9
