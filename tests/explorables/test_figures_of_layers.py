"""The figures of the chapter on layers: XOR by hand, a function built from bumps, and the shapes of a forward pass."""

import numpy as np
import pytest

from nnlib import Activation, Dense, Network
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.bumps import SKYLINE, WEIGHTS, answers, distance, target
from nnlib.explorables.figures.shapes import COUNT, SIZES
from nnlib.explorables.figures.xor_by_hand import CERTAIN, EDGES, XNOR
from nnlib.live.protocol import reply


def shown(name, **settings):
    answer = reply(name, settings)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


# XOR by hand


def nine(*numbers, **more):
    """Return settings, from w₁₁, w₂₁, b₁ of the first hidden neuron to v₁, v₂, c of the output."""
    return dict(zip((edge[0] for edge in EDGES), numbers, strict=True)) | more


OR_AND_NAND = nine(1, 1, -0.5, -1, -1, 1.5, 1, 1, -1.5)
SURE = nine(8, 8, -4, -8, -8, 12, 8, 8, -12, activation="sigmoid", task=CERTAIN)
WITH_RELU = nine(1, 1, 0, 1, 1, -1, 2, -4, -1, activation="relu")


@pytest.mark.parametrize(
    ("settings", "done"),
    [(OR_AND_NAND, True), (SURE, True), (WITH_RELU, True), ({}, False), (SURE | {"b2": 8}, False),
     (OR_AND_NAND | {"task": CERTAIN}, False), (OR_AND_NAND | {"task": XNOR}, False),
     (nine(1, 1, -1.5, -1, -1, 0.5, 1, 1, -0.5, task=XNOR), True)],
)  # fmt: skip
def test_xor_by_hand_recognizes_nine_numbers_that_solve_it(settings, done):
    assert shown("xor_by_hand", **settings)[1] is done


@pytest.mark.parametrize("preset", EXPLORABLES["xor_by_hand"].presets)
@pytest.mark.parametrize("activation", ["step", "sigmoid", "relu"])
def test_no_preset_solves_xor(preset, activation):
    assert not shown("xor_by_hand", **EXPLORABLES["xor_by_hand"].presets[preset], activation=activation)[1]


def test_the_corners_go_through_two_layers_of_relu():
    # at (1, 1): a₁ = max(0, 1 + 1) = 2, a₂ = max(0, 1 + 1 − 1) = 1, z = 2·2 − 4·1 − 1 = −1, σ(−1) = 0.27
    picture, _ = shown("xor_by_hand", **WITH_RELU)
    assert [row["cells"] for row in picture["corners"]["rows"]][3] == ["(1,\u00a01)", "2.00", "1.00", "0.27", "0"]


def test_or_and_nand_move_the_two_corners_that_want_1_onto_each_other_and_off_the_line_of_the_others():
    points = shown("xor_by_hand", **OR_AND_NAND)[0]["seen"]["points"]
    assert points["at"].tolist() == [[0, 1], [1, 1], [1, 1], [1, 0]]
    assert points["labels"].tolist() == [-1, 1, 1, -1]


def test_each_of_the_nine_numbers_can_be_pulled_at_its_edge():
    edges = shown("xor_by_hand")[0]["network"]["edges"]
    assert [edge["sets"] for edge in edges] == list(nine(*range(9)))


def test_what_a_hidden_neuron_answers_is_the_picture_in_it():
    picture, _ = shown("xor_by_hand", **OR_AND_NAND)
    either, not_both, _ = picture["network"]["layers"][1]
    assert [either["field"][corner] for corner in ((0, 0), (0, -1), (-1, -1))] == [0, 1, 1]
    assert [not_both["field"][corner] for corner in ((0, 0), (0, -1), (-1, -1))] == [1, 1, 0]


# build a function from bumps


def blocks(w, *starts_ends_heights, **more):
    edges = [-w * edge for start, end, _ in starts_ends_heights for edge in (start, end)]
    heights = {f"h{k}": height for k, (*_, height) in enumerate(starts_ends_heights, start=1)}
    return {"w": w, **{f"b{i}": b for i, b in enumerate(edges, start=1)}, **heights, **more}


def test_a_bump_is_as_high_as_its_number_and_half_as_high_at_its_edges():
    settings = EXPLORABLES["bumps"].check(blocks(100, (0.2, 0.5, 0.8), (0.6, 0.7, 0), (0.8, 0.9, 0)))
    _, y_hat = answers(settings)
    np.testing.assert_allclose(y_hat[[0, 40, 70, 100, 200]], [0, 0.4, 0.8, 0.4, 0], atol=1e-6)


def test_by_hand_the_curve_comes_close_and_by_weights_the_skyline():
    wave = blocks(40, (0.02, 0.31, 0.8), (0.36, 0.64, -0.7), (0.7, 0.98, 0.55))
    assert shown("bumps", **wave)[1] and not shown("bumps", **wave, task=WEIGHTS)[1]
    assert shown("bumps", **blocks(90, *SKYLINE), task=WEIGHTS)[1]
    assert not shown("bumps", **blocks(40, *SKYLINE), task=WEIGHTS)[1]  # right, but its edges are too soft


@pytest.mark.parametrize("preset", [{}, *EXPLORABLES["bumps"].presets.values()])
@pytest.mark.parametrize("task", ["by the curve", WEIGHTS])
def test_nothing_is_close_before_the_reader_has_done_something(preset, task):
    assert not shown("bumps", **preset, task=task)[1]


def test_the_distance_of_a_flat_network_is_the_area_of_the_target():
    # three blocks of width 0.2 and heights 0.6, 0.4 and 0.9: 0.2 · 1.9 = 0.38, and a little less on 201 places
    flat = EXPLORABLES["bumps"].check({"h1": 0, "h2": 0, "h3": 0, "task": WEIGHTS})
    assert distance(flat) == pytest.approx(0.38, abs=0.005)
    assert np.abs(target(WEIGHTS)).max() == 0.9


def test_the_top_of_a_bump_carries_both_of_its_edges_and_alone_has_no_handles_by_weights():
    picture, _ = shown("bumps")
    top, edge = picture["function"]["handles"][:2]
    p, _, r = top["sets"]["b1"]
    assert (p * (top["at"][0] + 0.1) + r) == pytest.approx(-40 * (0.05 + 0.1))  # dragged by 0.1, the edge moves by 0.1
    assert set(edge["sets"]) == {"b2"}
    assert shown("bumps", task=WEIGHTS)[0]["function"]["handles"] == []


# shapes


def sizes(*numbers):
    return dict(zip(SIZES, numbers, strict=True))


def test_a_forward_pass_is_numpys_matrix_by_matrix():
    picture, _ = shown("shapes", **sizes(3, 2, 2, 4, 4, 1))
    parts = [*picture["first"]["parts"], *picture["second"]["parts"]]
    part = {part["symbol"]: part["values"] for part in parts if "values" in part}
    hidden = np.maximum(0, part["X"] @ part["W₁"] + part["b₁"])
    np.testing.assert_allclose(part["A₁"], hidden, atol=1e-12)
    np.testing.assert_allclose(part["ŷ"], 1 / (1 + np.exp(-(hidden @ part["W₂"] + part["b₂"]))), atol=1e-12)


def test_what_a_mismatch_says_is_nnlibs_own_error():
    picture, done = shown("shapes", **sizes(3, 2, 3, 4, 4, 1))
    with pytest.raises(ValueError) as raised:
        Network([Dense(3, 4), Activation("relu"), Dense(4, 1)]).forward(np.ones((3, 2)))
    assert picture["says"]["lines"][-1] == f"ValueError: {raised.value}"
    assert "did you mean X.T?" in str(raised.value) and done


def test_layers_that_do_not_fit_leave_the_first_product_standing():
    picture, done = shown("shapes", **sizes(4, 3, 3, 5, 4, 2))
    assert [part["symbol"] for part in picture["first"]["parts"] if "symbol" in part] == ["X", "W₁", "b₁", "A₁"]
    assert picture["second"]["parts"][-1] == {"sign": "= ✘"}
    assert "does not fit" in picture["says"]["lines"][-1] and not done


def test_the_columns_of_x_light_up_with_the_rows_of_w():
    X, _, W, *_ = shown("shapes")[0]["first"]["parts"]
    assert X["column_keys"] == W["row_keys"] == ["feature-0", "feature-1", "feature-2"]


@pytest.mark.parametrize(
    ("numbers", "done"),
    [((1, 4, 4, 3, 3, 2), True), ((5, 3, 3, 2, 2, 5), True), ((4, 3, 4, 3, 3, 2), False), ((4, 3, 3, 5, 5, 2), False)],
)
def test_23_parameters_are_counted(numbers, done):
    assert shown("shapes", **sizes(*numbers), task=COUNT)[1] is done


@pytest.mark.parametrize("preset", [{}, *EXPLORABLES["shapes"].presets.values()])
def test_no_preset_solves_the_shapes(preset):
    assert not shown("shapes", **preset)[1] and not shown("shapes", **preset, task=COUNT)[1]
