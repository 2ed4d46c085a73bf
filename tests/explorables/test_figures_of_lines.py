"""The figures of straight boundaries: neurons in a row, and the line that XOR does not have."""

import numpy as np
import pytest

from nnlib import Neuron
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.neurons_in_a_row import FALLING, TWO_OUTPUTS, neurons, run
from nnlib.explorables.figures.xor_cannot_be_done import PROOF, is_right
from nnlib.live.protocol import reply


def shown(name, steps=0, **settings):
    answer = reply(name, settings, steps=steps)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


# neurons in a row


def test_the_output_neuron_reads_the_hidden_one():
    # relu: hidden 2 · 1 + (−1) · 0.5 + 0.5 = 2, output 3 · 2 − 1 = 5
    picture, _ = shown("neurons_in_a_row", activation="relu", w1=2, w2=-1, bias=0.5, v=3, c=-1, x1=1, x2=0.5)
    (_, (hidden, _), (output,)) = picture["diagram"]["layers"]
    assert hidden["value"] == 2 and output["value"] == 5


def test_the_plane_is_what_two_neurons_give_point_by_point():
    picture, _ = shown("neurons_in_a_row", activation="tanh", w1=2, v=-3, c=0.5)
    hidden, output = Neuron([2, -1], activation="tanh"), Neuron([-3], bias=0.5, activation="tanh")
    x = -2 + 4 * (np.array([10, 30]) + 0.5) / 48  # column 10, row 30
    assert picture["plane"]["field"][30, 10] == pytest.approx(output([hidden(x)]))


def test_the_output_is_the_same_everywhere_on_a_parallel_of_the_hidden_boundary():
    network = neurons(EXPLORABLES["neurons_in_a_row"].check({"w1": 2, "w2": 1, "v": -4, "c": 1}))
    at = np.array([0.3, -0.4]) + np.linspace(-2, 2, 9)[:, None] * [1, -2]  # (1, −2) is perpendicular to w = (2, 1)
    np.testing.assert_allclose(run(*network, at), run(*network, at[0]))


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"task": TWO_OUTPUTS, "w1": 6, "w2": 6, "bias": -1.5, "v": 3.6, "c": -1.4}, True), ({"task": TWO_OUTPUTS}, False),
     ({"task": FALLING, "v": -4, "c": 2}, True), ({"task": FALLING}, False), ({"task": FALLING, "v": -1}, False)],
)  # fmt: skip
def test_the_row_of_neurons_recognizes_success(settings, done):
    assert shown("neurons_in_a_row", **settings)[1] is done


@pytest.mark.parametrize(
    ("settings", "end"),
    [({"v": 2}, "rises with the hidden neuron, along the same arrow."),
     ({"v": -2}, "falls with the hidden neuron, along the same arrow."),
     ({"v": 0}, "is the same all over the plane."), ({"w1": 0, "w2": 0}, "is the same all over the plane.")],
)  # fmt: skip
def test_the_sentence_says_how_the_output_follows_the_hidden_neuron(settings, end):
    figure = EXPLORABLES["neurons_in_a_row"]
    assert figure.describe(figure.check(settings), None).endswith(f"; the output {end}")


# XOR cannot be done


def test_no_line_within_reach_of_the_sliders_gets_all_four_points_nor_none():
    reach = np.linspace(-3, 3, 13)
    scores = {int(is_right(np.array([w1, w2, b])).sum()) for w1 in reach for w2 in reach for b in reach}
    assert scores == {1, 2, 3}


def test_random_lines_are_counted_by_score_and_none_has_four():
    explorable = EXPLORABLES["xor_cannot_be_done"]
    settings = explorable.defaults()
    state = explorable.advance(explorable.start(settings), settings, 300)
    assert state["counts"].sum() == 300 and state["counts"][[0, 4]].tolist() == [0, 0] and (state["counts"][1:4] > 0).all()
    half = explorable.advance(explorable.advance(explorable.start(settings), settings, 150), settings, 150)
    np.testing.assert_equal(half, state)


@pytest.mark.parametrize(
    ("line", "score", "done"),
    [((1, 1, -0.5), 3, True), ((-1, -1, 0.5), 1, False), ((0, 0, -1), 2, False), ((0, 0, 1), 2, False)],
)
def test_the_table_says_which_inequalities_hold(line, score, done):
    w1, w2, b = line
    picture, found = shown("xor_cannot_be_done", w1=w1, w2=w2, bias=b)
    roles = [row["role"] == "right" for row in picture["needs"]["rows"]]
    assert roles == [b < 0, w2 + b >= 0, w1 + b >= 0, w1 + w2 + b < 0]
    assert sum(roles) == score and found is done


@pytest.mark.parametrize(("bias", "done"), [(-0.5, True), (-1.5, False)])
def test_the_proof_begins_when_both_points_that_want_1_have_it(bias, done):
    assert shown("xor_cannot_be_done", w1=1, w2=1, bias=bias, task=PROOF)[1] is done


@pytest.mark.parametrize(
    ("bias", "words"), [(-0.5, "≥ 0, so the two that want 0 can't"), (-1.5, "< 0, so the two that want 1 can't")]
)
def test_the_proof_names_the_pair_that_must_break(bias, words):
    picture, _ = shown("xor_cannot_be_done", w1=1, w2=1, bias=bias, task=PROOF)
    assert words in picture["proof"]["lines"][-1]
    pair = slice(1, 3) if "want 1" in words else slice(0, 4, 3)
    assert not all(row["role"] == "right" for row in picture["needs"]["rows"][pair])
