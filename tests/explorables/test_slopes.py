"""The figures of slopes: one function, and a chain of them."""

import numpy as np
import pytest

from nnlib.activations import ACTIVATIONS
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.chain_of_slopes import chain
from nnlib.explorables.figures.slopes import FORMULAS
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
    np.testing.assert_allclose(picture["function"]["lines"][2]["at"], [[-6, -1], [6, 2]])


def test_whoever_looks_for_the_steepest_place_of_a_step_hears_that_there_is_none():
    asked = reply("slopes", {"activation": "step", "z": 0})["challenge"]
    assert asked["task"].startswith("step is flat on both sides of its jump") and not asked["done"]


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
    ("activation", "z", "task", "done"),
    [("sigmoid", 0, "the steepest place", True), ("sigmoid", 1, "the steepest place", False),
     ("gelu", 1.4, "the steepest place", True), ("step", 2, "the steepest place", False),
     ("sigmoid", -5, "a saturated place", True), ("sigmoid", 2, "a saturated place", False),
     ("gelu", -0.75, "a saturated place", False), ("leaky_relu", -6, "a saturated place", False),
     ("relu", -0.05, "a dead ReLU", True), ("relu", 0.05, "a dead ReLU", False), ("leaky_relu", -6, "a dead ReLU", False)],
)  # fmt: skip
def test_slopes_recognizes_the_place_that_was_asked_for(activation, z, task, done):
    assert shown("slopes", activation=activation, z=z, task=task)[1] is done


# a chain of slopes


def test_each_layer_multiplies_the_gradient_by_its_factor():
    # identity with w = 2, b = 1 from x = 1: a = 3, then 7, and each layer doubles a change
    settings = EXPLORABLES["chain_of_slopes"].check({"weight": 2, "bias": 1, "x": 1, "depth": 2})
    outputs, factors = chain("identity", settings)
    assert outputs.tolist() == [3, 7] and factors.tolist() == [2, 2]


@pytest.mark.parametrize("activation", [name for name in OF_ONE_NEURON if name != "step"])
def test_the_product_of_the_factors_is_the_gradient_of_the_whole_chain(activation):
    settings = EXPLORABLES["chain_of_slopes"].check({"weight": 1.3, "bias": 0.2, "depth": 6, "x": 0.7})
    found = numerical_gradient(lambda x: chain(activation, settings | {"x": float(x)})[0][-1], 0.7)
    assert np.prod(chain(activation, settings)[1]) == pytest.approx(found, rel=1e-6, abs=1e-10)


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"activation": "relu"}, True), ({"activation": "relu", "depth": 19}, False), ({"activation": "relu", "x": -1}, False),
     ({"activation": "identity", "weight": 2}, False), ({}, False), ({"weight": 4, "bias": -2, "x": 0.5}, True)],
)  # fmt: skip
def test_a_gradient_that_is_kept_through_twenty_layers_is_recognized(settings, done):
    assert shown("chain_of_slopes", **settings)[1] is done


def test_the_sigmoid_alone_is_asked_for_by_the_second_task():
    task = EXPLORABLES["chain_of_slopes"].controls[-1].options[1]
    assert not shown("chain_of_slopes", task=task, activation="relu")[1]
    assert shown("chain_of_slopes", task=task, weight=4, bias=-2, x=0.5)[1]


def test_a_gradient_of_zero_is_said_to_be_zero_and_stands_at_the_foot_of_the_axis():
    picture, _ = shown("chain_of_slopes", activation="step", depth=5)
    assert picture["gradient"]["handles"][0]["at"] == [5, 1e-20]
    assert "exactly 0" in reply("chain_of_slopes", {"activation": "step"})["sentence"]


def test_what_explodes_stands_at_the_edges_of_the_axes():
    picture, _ = shown("chain_of_slopes", activation="identity", weight=6, depth=30, x=3)
    assert picture["outputs"]["lines"][0]["at"][-1].tolist() == [30, 100]
    assert picture["gradient"]["handles"][0]["at"] == [30, 1e5]
    assert picture["functions"]["rows"][0]["cells"] == ["identity", "2.2·10²³"]  # 6³⁰
