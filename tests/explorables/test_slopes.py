"""The figures of slopes: one function, and a chain of them."""

import numpy as np
import pytest

from nnlib.activations import ACTIVATIONS
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.chain_of_slopes import TASKS, chain
from nnlib.explorables.figures.slopes import ASPECT, FALLS, FORMULAS, SATURATED, STEEPEST, UNITS, Z_ENDS
from nnlib.gradients import numerical_gradient
from nnlib.live.protocol import reply
from nnlib.neuron import OF_ONE_NEURON


def shown(name, **settings):
    answer = reply(name, settings)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


# slopes


def test_slopes_knows_every_function_that_one_neuron_can_have():
    assert FORMULAS.keys() == OF_ONE_NEURON.keys() == ACTIVATIONS.keys() - {"softmax"}


def test_the_point_has_the_value_and_the_slope_of_the_sigmoid():
    # σ(0) = 1/2 and σ′(0) = 1/2 · (1 − 1/2) = 1/4, so the tangent rises from 1/2 − 6/4 to 1/2 + 6/4
    picture, _ = shown("slopes", z=0)
    assert picture["function"]["handles"][0]["at"] == [0, 0.5]
    assert picture["derivative"]["handles"][0]["at"] == [0, 0.25]
    np.testing.assert_allclose(picture["function"]["lines"][3]["at"], [[-6, -1], [6, 2]])


def test_a_slope_that_is_small_is_not_called_zero():
    assert "its slope is −1·10⁻⁷" in reply("slopes", {"activation": "gelu", "z": -5.8})["sentence"]


@pytest.mark.parametrize("activation", FORMULAS)
@pytest.mark.parametrize("z", [-6, -1.3, 0.7, 6])
def test_the_check_finds_the_derivatives_slope(activation, z):
    picture, _ = shown("slopes", activation=activation, z=z)
    (_, slope), (*_, check) = picture["derivative"]["handles"][0]["at"], picture["equations"]["lines"]
    assert float(check.split("= ")[1].split(" with")[0].replace("−", "-")) == pytest.approx(slope, abs=6e-5)


@pytest.mark.parametrize(("activation", "words"), [("relu", "0.0000 to the left and 1.0000 to the right"), ("step", "a jump")])
def test_the_check_is_honest_where_there_is_no_one_slope(activation, words):
    assert words in shown("slopes", activation=activation, z=0)[0]["equations"]["lines"][2]


@pytest.mark.parametrize(
    ("activation", "z", "slope"), [("sigmoid", 1.5, 0.149), ("relu", 2, 1), ("silu", -2.4, -0.1), ("tanh", 6, 0)]
)
def test_a_triangle_at_the_point_has_one_across_and_the_slope_up(activation, z, slope):
    picture, _ = shown("slopes", activation=activation, z=z)
    start, corner, end = picture["function"]["lines"][1]["at"]
    assert abs(corner[0] - start[0]) == 1 and start[1] == corner[1] and start[0] == z
    assert all(Z_ENDS[0] <= at[0] <= Z_ENDS[1] for at in (start, corner, end))
    assert (end[1] - corner[1]) / (corner[0] - start[0]) == pytest.approx(slope, abs=1e-3)


@pytest.mark.parametrize("activation", FORMULAS)
def test_a_slope_of_1_is_drawn_at_45_degrees_for_every_function(activation):
    panel = shown("slopes", activation=activation)[0]["function"]
    width, margins = 700, 52  # of a panel, and of the axes in `view/panels/axes.mjs`
    across = (width - margins) / (panel["x"]["high"] - panel["x"]["low"])
    up = (width / panel["aspect"] - margins) / (panel["y"]["high"] - panel["y"]["low"])
    assert up == pytest.approx(across, rel=0.02)
    assert (panel["aspect"], panel["y"]["high"] - panel["y"]["low"]) == (ASPECT, UNITS)  # so no choice makes the page jump


@pytest.mark.parametrize("activation", FORMULAS)
@pytest.mark.parametrize("z", Z_ENDS)
def test_the_point_can_be_taken_hold_of_wherever_it_is(activation, z):
    panel = shown("slopes", activation=activation, z=z)[0]["function"]
    assert panel["y"]["low"] <= panel["handles"][0]["at"][1] <= panel["y"]["high"]


PLACES = np.linspace(*Z_ENDS, 241).round(2)  # all that the slider has
SOLVED_BY = {
    STEEPEST: {"sigmoid": 0, "tanh": 0, "gelu": 1.41, "gelu_tanh": 1.4, "silu": 2.4},
    SATURATED: {"sigmoid": -4.6, "tanh": -3, "relu": 0, "elu": -4.6, "gelu": -3.05, "gelu_tanh": -3.05, "softplus": -4.6},
    FALLS: {"gelu": -1.41, "gelu_tanh": -1.4, "silu": -2.4},
}


@pytest.mark.parametrize("activation", FORMULAS)
@pytest.mark.parametrize("task", SOLVED_BY)
def test_a_search_of_all_places_finds_the_one_asked_for_or_the_task_says_there_is_none(activation, task):
    explorable = EXPLORABLES["slopes"]
    answers = [explorable.challenge({"activation": activation, "task": task, "z": z}, None) for z in PLACES]
    found = PLACES[[done for _, done in answers]]
    assert all(": choose a function " in said for said, _ in answers) is not bool(found.size)
    if activation in SOLVED_BY[task]:
        assert np.abs(found - SOLVED_BY[task][activation]).min() <= 0.05
        assert found.size < 60 and not np.isin(Z_ENDS, found).any()  # neither nearly everywhere, nor by a drag to an end
    assert bool(found.size) is (activation in SOLVED_BY[task])


def test_no_choice_alone_fulfills_a_task_of_slopes():
    assert not any(shown("slopes", activation=activation, task=task)[1] for activation in FORMULAS for task in SOLVED_BY)


def test_a_place_is_never_called_dead():
    asked = [
        reply("slopes", {"activation": "relu", "task": task, "z": z})["challenge"] for task in SOLVED_BY for z in (-6, -1, 0)
    ]
    assert not any("dead" in answer["task"] for answer in asked)


# a chain of slopes


def test_each_layer_multiplies_the_slope_by_its_factor():
    # identity with w = 2, b = 1 from x = 1: a = 3, then 7, and each layer doubles a change
    settings = EXPLORABLES["chain_of_slopes"].check({"weight": 2, "bias": 1, "x": 1, "depth": 2})
    outputs, factors = chain("identity", settings)
    assert outputs.tolist() == [3, 7] and factors.tolist() == [2, 2]


@pytest.mark.parametrize("activation", [name for name in OF_ONE_NEURON if name != "step"])
def test_the_product_of_the_factors_is_the_slope_of_the_whole_chain(activation):
    settings = EXPLORABLES["chain_of_slopes"].check({"weight": 1.3, "bias": 0.2, "depth": 6, "x": 0.7})
    found = numerical_gradient(lambda x: chain(activation, settings | {"x": float(x)})[0][-1], 0.7)
    assert np.prod(chain(activation, settings)[1]) == pytest.approx(found, rel=1e-6, abs=1e-10)


STEPS = {"weight": np.linspace(-6, 6, 121), "bias": np.linspace(-3, 3, 61), "x": np.linspace(-3, 3, 61)}


def asked_of_a_chain(**settings):
    explorable = EXPLORABLES["chain_of_slopes"]
    return explorable.challenge(explorable.check(settings), None)


@pytest.mark.parametrize(("task", "activation"), TASKS.items())
def test_a_random_search_keeps_the_slope_through_twenty_layers_now_and_then(task, activation):
    rng = np.random.default_rng(0)
    tries = [{name: rng.choice(steps) for name, steps in STEPS.items()} for _ in range(4000)]
    solved = [asked_of_a_chain(task=task, activation=activation, **settings)[1] for settings in tries]
    assert 0 < sum(solved) < 40


@pytest.mark.parametrize(("task", "activation"), TASKS.items())
def test_no_choice_of_a_function_keeps_the_slope(task, activation):
    words = {name: asked_of_a_chain(task=task, activation=name) for name in OF_ONE_NEURON}
    assert not any(done for _, done in words.values())
    assert all(said.startswith(f"Choose {activation}:") for name, (said, _) in words.items() if name != activation)


@pytest.mark.parametrize(("task", "activation"), TASKS.items())
def test_a_chain_that_is_too_short_is_told_so_and_the_same_search_finds_nothing(task, activation):
    rng = np.random.default_rng(0)
    for depth in (1, 19):
        tries = [{name: rng.choice(steps) for name, steps in STEPS.items()} for _ in range(500)]
        asked = [asked_of_a_chain(task=task, activation=activation, depth=depth, **settings) for settings in tries]
        assert all("Set the layers to 20 or more" in said and not done for said, done in asked)


def test_the_slope_must_be_kept_all_along_and_not_only_in_the_end():
    told, done = asked_of_a_chain(activation="tanh", x=0, depth=25)
    assert done and "stays there for 20" in told
    assert not asked_of_a_chain(activation="tanh", x=0, weight=2)[1]


def test_a_slope_of_zero_is_said_to_be_zero_and_stands_at_the_foot_of_the_axis():
    picture, _ = shown("chain_of_slopes", activation="step", depth=5)
    assert picture["gradient"]["handles"][0]["at"] == [5, 1e-20]
    assert "exactly 0" in reply("chain_of_slopes", {"activation": "step"})["sentence"]


def test_what_explodes_stands_at_the_edges_of_the_axes():
    picture, _ = shown("chain_of_slopes", activation="identity", weight=6, depth=30, x=3)
    assert picture["outputs"]["lines"][0]["at"][-1].tolist() == [30, 100]
    assert picture["gradient"]["handles"][0]["at"] == [30, 1e5]
    assert picture["functions"]["rows"][0]["cells"] == ["identity", "2.2·10²³"]  # 6³⁰
