"""The figures of the chapter on layers: XOR by hand, a function built from bumps, and the shapes of a forward pass."""

from itertools import product

import numpy as np
import pytest
from moves import done, solved_in_one_move

from nnlib import Activation, Dense, Network
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures import bumps
from nnlib.explorables.figures.bumps import CURVE, MAX_DISTANCE, MIN_STEEPNESS, SKYLINE, WEIGHTS, answers, distance, target
from nnlib.explorables.figures.shapes import COUNT, MAX_SIZE, ORDER, SIZES
from nnlib.explorables.figures.xor_by_hand import CERTAIN, EDGES, XNOR, XOR
from nnlib.live.protocol import reply


def shown(name, **settings):
    answer = reply(name, settings)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


@pytest.mark.parametrize("name", ["xor_by_hand", "bumps", "shapes", "share_one_certainty"])
def test_no_single_move_meets_a_task(name):
    assert list(solved_in_one_move(name)) == []


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


def improve(cost, settings, moves, most=400):
    """Go downhill from some settings, to the first move that costs less, and return where that ends."""
    least = cost(settings)
    for _ in range(most):
        better = next((new for new in moves(settings) if cost(new) < least), None)
        if better is None:
            break
        settings, least = better, cost(better)
    return settings


def a_search_for_xor(rng, **more):
    """Return whether a walk downhill from random numbers, in steps of the sliders and larger ones, meets a task."""
    names, figure = [edge[0] for edge in EDGES], EXPLORABLES["xor_by_hand"]

    def cost(settings):
        rows = figure.picture(figure.check(settings), None)[-1]["rows"]
        return sum((float(row["cells"][3]) - float(row["cells"][4])) ** 2 for row in rows)

    def moves(settings):
        for name in rng.permutation(names):
            for step in (4, -4, 1, -1, 0.5, -0.5):
                yield settings | {str(name): float(np.clip(settings[str(name)] + step, -12, 12))}

    for _ in range(40):
        settings = dict(zip(names, rng.integers(-6, 7, 9) / 2, strict=True)) | more
        found = improve(cost, settings, moves, 60)
        if done("xor_by_hand", found):
            return True
    return False


@pytest.mark.parametrize("settings", [{"task": XOR}, {"task": XNOR, "activation": "relu"},
                                      {"task": CERTAIN, "activation": "sigmoid"}])  # fmt: skip
def test_a_search_that_knows_no_gates_solves_xor(settings):
    assert a_search_for_xor(np.random.default_rng(0), **settings)


@pytest.mark.parametrize("activation", ["step", "relu"])
def test_to_be_sure_takes_sigmoids_and_the_task_says_so(activation):
    settings = EXPLORABLES["xor_by_hand"].check(OR_AND_NAND | {"task": CERTAIN, "activation": activation})
    assert EXPLORABLES["xor_by_hand"].challenge(settings, None)[0].startswith("Choose sigmoid")


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


def a_search_for_bumps(task, w, rng, tries=3):
    """Return the least distance that a search by steps, halved where none helps, finds with the hidden weights `w`."""
    x, wanted, least = bumps.X, target(task), np.inf

    def cost(numbers):
        hidden = Activation("sigmoid").forward(w * x + numbers[:6])
        return np.abs((hidden[:, ::2] - hidden[:, 1::2]) @ numbers[6:] - wanted).mean()

    for _ in range(tries):
        edges, heights = np.sort(rng.uniform(0, 1, 6)), rng.uniform(-1, 1, 3)
        numbers, steps = np.concatenate([-w * edges, heights]), np.repeat([0.15 * w, 0.3], [6, 3])
        while steps[-1] > 0.01:
            at = cost(numbers)
            for i, sign in product(range(9), (1, -1)):
                other = numbers.copy()
                other[i] += sign * steps[i]
                other = np.concatenate([other[:6].clip(-100, 0), other[6:].clip(-bumps.MAX_HEIGHT, bumps.MAX_HEIGHT)])
                if cost(other) < cost(numbers):
                    numbers = other
            if cost(numbers) >= at:
                steps = steps / 2
        least = min(least, cost(numbers))
    return least


@pytest.mark.parametrize(("task", "w"), [(CURVE, 20), (CURVE, 40), (WEIGHTS, 75), (WEIGHTS, 95)])
def test_a_search_brings_the_bumps_close_where_their_edges_are_steep(task, w):
    assert a_search_for_bumps(task, w, np.random.default_rng(1), 6) <= MAX_DISTANCE[task]
    assert "cannot be done" not in EXPLORABLES["bumps"].challenge(EXPLORABLES["bumps"].check({"task": task, "w": w}), None)[0]


@pytest.mark.parametrize("task", [CURVE, WEIGHTS])
@pytest.mark.parametrize("softer", [1, 5])
def test_where_the_edges_are_too_soft_a_search_finds_nothing_and_the_task_says_so(task, softer):
    w = MIN_STEEPNESS[task] - softer
    assert a_search_for_bumps(task, w, np.random.default_rng(1)) > MAX_DISTANCE[task]
    assert "make w larger" in EXPLORABLES["bumps"].challenge(EXPLORABLES["bumps"].check({"task": task, "w": w}), None)[0]


def test_a_bump_that_leaves_the_picture_is_named():
    assert shown("bumps", w=5)[0]["bumps"]["label"] == "Each bump by itself; beyond x = 1: bump 2 and bump 3"
    assert shown("bumps")[0]["bumps"]["label"] == "Each bump by itself"
    assert "beyond x = 1: bump 3" in EXPLORABLES["bumps"].describe(EXPLORABLES["bumps"].check({"w": 25}), None)


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
    picture, _ = shown("shapes", **sizes(3, 2, 3, 4, 4, 1))
    with pytest.raises(ValueError) as raised:
        Network([Dense(3, 4), Activation("relu"), Dense(4, 1)]).forward(np.ones((3, 2)))
    assert picture["says"]["lines"][-1] == f"ValueError: {raised.value}"
    assert "did you mean X.T?" in str(raised.value)


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


def test_of_all_sizes_that_agree_one_network_is_the_one_on_order_and_three_have_23_parameters():
    choices = [(n, p, p, h, h, k) for n, p, h, k in product(range(1, MAX_SIZE + 1), repeat=4)]
    found = {task: [one for one in choices if done("shapes", sizes(*one) | {"task": task})] for task in (ORDER, COUNT)}
    assert found[ORDER] == [(5, 2, 2, 4, 4, 3)]
    assert {one[1::2] for one in found[COUNT]} == {(1, 4, 3), (3, 2, 5), (4, 3, 2)}


def test_how_much_of_the_order_is_done_is_counted():
    shapes = EXPLORABLES["shapes"]
    for numbers, fit in {(5, 2, 2, 4, 4, 3): 3, (5, 2, 4, 2, 4, 3): 2, (5, 3, 2, 4, 3, 4): 1, (2, 5, 4, 2, 3, 4): 0}.items():
        assert f"now {fit} of the 3 tables" in shapes.challenge(shapes.check(sizes(*numbers)), None)[0]
