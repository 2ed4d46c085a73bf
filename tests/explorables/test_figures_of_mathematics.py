"""The figures of the mathematical refresher: broadcasting, the dot product, and the chain rule."""

import numpy as np
import pytest

from nnlib import numerical_gradient
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.broadcasting import ACCIDENT, AGAIN, AXES, SEVEN, SHAPES, fit
from nnlib.explorables.figures.chain_rule import FUNCTIONS, LOST, SIXFOLD, TRUE, travel
from nnlib.explorables.figures.dot_product import MAX_PRODUCT, RIGHT_ANGLE, SAME_LENGTH, WIDE_ANGLE
from nnlib.live.protocol import reply


def shown(name, **settings):
    answer = reply(name, settings)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


def line(panel, role):
    return next(line["at"] for line in panel["lines"] if line["role"] == role)


# broadcasting


def values(panel):
    return [part["values"].tolist() for part in panel["parts"] if "values" in part]


def test_a_row_and_a_column_make_a_table_of_all_their_sums():
    picture, done = shown("broadcasting", first="(3, 1)", second="(4,)", axis="axis=1")
    A, B, table = values(picture["stretched"])
    assert A == [[1, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3]] and B == [[10, 20, 30, 40]] * 3
    assert table == [[11, 21, 31, 41], [12, 22, 32, 42], [13, 23, 33, 43]]
    assert values(picture["sums"])[1] == [[104, 108, 112]]
    assert picture["counts"]["values"].tolist() == [3, 4, 12, 3]
    assert picture["says"]["lines"][:2] == ["A       3  1", "B       ·  4"] and done


def test_a_number_is_lit_with_its_copies_and_with_what_it_is_added_to():
    picture, _ = shown("broadcasting", first="(3, 1)", second="(4,)")
    A, _, B, _, table = picture["stretched"]["parts"]
    assert A["row_keys"] == table["row_keys"] == picture["arrays"]["parts"][0]["row_keys"] == ["A-0", "A-1", "A-2"]
    assert B["column_keys"] == table["column_keys"] == ["B-0", "B-1", "B-2", "B-3"]
    *_, both = shown("broadcasting", first="(3,)", second="(3,)")[0]["stretched"]["parts"]
    assert both["column_keys"] == ["A-0 B-0", "A-1 B-1", "A-2 B-2"]


def test_shapes_that_do_not_fit_are_told_by_the_axis_and_by_numpy():
    picture, _ = shown("broadcasting", first="(3,)", second="(3, 4)")
    assert picture["stretched"]["parts"][-1] == {"sign": "✘"}
    assert picture["says"]["lines"][2] == "✘  the last axes hold 3 and 4, and neither is 1"
    assert picture["says"]["lines"][3].startswith("ValueError: operands could not be broadcast")
    assert "the first axes hold 3 and 4" in shown("broadcasting", first="(3, 1)", second="(4, 3)")[0]["says"]["lines"][2]
    assert "✘  axis 1 is out of" in shown("broadcasting", first="(3,)", second="(3,)", axis="axis=1")[0]["says"]["lines"][-1]


@pytest.mark.parametrize("first", SHAPES)
@pytest.mark.parametrize("second", SHAPES)
def test_the_stretched_arrays_add_up_to_what_numpy_makes_of_the_given_ones(first, second):
    for axis in AXES:
        for keepdims in ("False", "True"):
            answer = reply("broadcasting", {"first": first, "second": second, "axis": axis, "keepdims": keepdims})
            picture = {panel["name"]: panel for panel in answer["picture"]}
            shape = fit(SHAPES[first], SHAPES[second])
            if shape is None:
                assert "cannot be added: the " in answer["sentence"]
                continue
            A, B, table = values(picture["stretched"])
            np.testing.assert_array_equal(np.add(A, B), table)
            assert np.shape(A) == np.shape(B) == np.atleast_2d(np.empty(shape)).shape
            assert ("nothing is repeated" in answer["sentence"]) is (SHAPES[first] == SHAPES[second])


def test_the_sums_of_the_rows_fit_the_table_again_just_where_their_axis_is_kept():
    said = {keeps: shown("broadcasting", first="(3, 4)", second="(4,)", axis="axis=1", keepdims=keeps)[0]["says"]["lines"][-1]
            for keeps in ("False", "True")}  # fmt: skip
    assert said["False"] == "A + B - sums: (3, 4) and (3,) ✘  the last axes hold 4 and 3, and neither is 1"
    assert said["True"] == "A + B - sums: (3, 4) and (3, 1) → (3, 4)"


@pytest.mark.parametrize(
    ("settings", "done"),
    [({}, False), ({"first": "(3, 1)"}, False), ({"first": "(3, 1)", "second": "(4,)"}, True),
     ({"first": "(1, 4)", "second": "(3, 1)"}, True), ({"first": "(3,)", "second": "(4,)"}, False),
     ({"first": "(4, 1)", "second": "(3,)"}, False),
     ({"task": ACCIDENT}, False), ({"task": ACCIDENT, "first": "(4,)", "second": "(4, 1)"}, True),
     ({"task": ACCIDENT, "first": "(4,)", "second": "(4,)"}, False),
     ({"task": AGAIN}, False), ({"task": AGAIN, "axis": "axis=1"}, False),
     ({"task": AGAIN, "axis": "axis=1", "keepdims": "True"}, True),
     ({"task": AGAIN, "first": "(3, 4)", "second": "(4,)", "axis": "axis=1", "keepdims": "True"}, False),
     ({"task": AGAIN, "axis": "axis=None", "keepdims": "True"}, False)],
)  # fmt: skip
def test_broadcasting_recognizes_success(settings, done):
    assert shown("broadcasting", **{"task": SEVEN} | settings)[1] is done


# the dot product


def test_the_dot_product_is_the_sum_of_two_products_and_the_length_of_the_shadow_times_that_of_w():
    # (2, 1) · (1, 2) = 2 + 2 = 4; the shadow is 4 / √5 long, and ends at 4/5 of w
    picture, _ = shown("dot_product", w1=2, w2=1, x1=1, x2=2)
    assert line(picture["turn"], "points")[0, 1] == pytest.approx(4)
    np.testing.assert_allclose(np.diff(line(picture["arrows"], "trail"), axis=0), [[1.6, 0.8]])
    assert "= 2.00·1.00 + 1.00·2.00 = 4.00" in picture["equations"]["lines"][0]
    assert "4.00 / 2.24 = 1.79" in picture["equations"]["lines"][2]


def test_the_shadow_is_perpendicular_to_w_and_the_point_lies_on_the_curve_of_the_turning_arrow():
    for seed in range(50):
        w1, w2, x1, x2 = np.random.default_rng(seed).uniform(-2.5, 2.5, 4)
        picture, _ = shown("dot_product", w1=w1, w2=w2, x1=x1, x2=x2)
        tip, foot = line(picture["arrows"], "guide")
        assert (tip - foot) @ [w1, w2] == pytest.approx(0, abs=1e-9)
        angle, product = line(picture["turn"], "points")[0]
        assert product == pytest.approx(np.hypot(w1, w2) * np.hypot(x1, x2) * np.cos(np.radians(angle)))


def test_no_product_within_reach_leaves_the_axis():
    picture, _ = shown("dot_product", w1=2.5, w2=2.5, x1=2.5, x2=2.5)
    assert line(picture["turn"], "points")[0, 1] == pytest.approx(12.5) and MAX_PRODUCT > 12.5


def test_an_arrow_of_no_length_has_no_direction():
    picture, done = shown("dot_product", w1=0, w2=0)
    assert "since w has no direction" in picture["equations"]["lines"][2] and not done


@pytest.mark.parametrize(
    ("settings", "done"),
    [({}, False), ({"x1": -1, "x2": 2}, True), ({"x1": -0.1, "x2": 0.2}, False),
     ({"task": SAME_LENGTH}, False), ({"task": SAME_LENGTH, "x1": 1.8, "x2": 0.9}, True),
     ({"task": SAME_LENGTH, "x1": 2.4, "x2": 1.2}, False), ({"task": SAME_LENGTH, "x1": -1.8, "x2": -0.9}, False),
     ({"task": WIDE_ANGLE}, False), ({"task": WIDE_ANGLE, "x1": 2, "x2": 1}, False),
     ({"task": WIDE_ANGLE, "w1": 2.5, "w2": 2.5, "x1": 2.5, "x2": -0.8}, True)],
)  # fmt: skip
def test_the_dot_product_recognizes_success(settings, done):
    assert shown("dot_product", **{"task": RIGHT_ANGLE} | settings)[1] is done


# the chain rule


def test_the_slopes_of_two_functions_multiply():
    # u = 1.5² = 2.25 with the slope 3, y = 2 · 2.25 = 4.5 with the slope 2: 6 in all; a nudge of 0.5 makes 2 · 2² − 4.5 = 3.5
    picture, done = shown("chain_rule", inner="square", outer="double", x=1.5, nudge=0.5)
    (x,), (u,), (y,) = picture["diagram"]["layers"]
    assert [x["gradient"], u["gradient"], y["gradient"]] == [6, 2, 1]
    assert [u["value"], y["value"]] == [2.25, 4.5]
    assert picture["equations"]["lines"][3] == "this nudge: Δy / Δx = 3.500 / 0.50 = 7.00"
    assert done


@pytest.mark.parametrize("inner", FUNCTIONS)
@pytest.mark.parametrize("outer", FUNCTIONS)
def test_the_product_is_what_a_difference_over_both_functions_measures(inner, outer):
    for x in (-1.3, 0.45, 1.9):  # away from the kink of relu
        _, _, (slope_g, slope_f) = travel({"inner": inner, "outer": outer, "x": x, "nudge": 0.1})
        measured = numerical_gradient(lambda x: FUNCTIONS[outer].function(FUNCTIONS[inner].function(x)), x)
        assert slope_f * slope_g == pytest.approx(float(measured), abs=1e-8)


@pytest.mark.parametrize(
    ("settings", "done"),
    [({}, False), ({"inner": "double", "outer": "square", "x": 0.75}, True),
     ({"task": LOST}, False), ({"task": LOST, "inner": "double", "outer": "relu", "x": -1}, True),
     ({"task": LOST, "outer": "sigmoid", "x": 2}, False), ({"task": LOST, "outer": "tanh", "x": 2}, True),
     ({"task": TRUE}, False), ({"task": TRUE, "nudge": 0.01}, True),
     ({"task": TRUE, "inner": "double", "outer": "relu", "nudge": 0.01}, False)],
)  # fmt: skip
def test_the_chain_rule_recognizes_success(settings, done):
    assert shown("chain_rule", **{"task": SIXFOLD} | settings)[1] is done


@pytest.mark.parametrize("task", [SIXFOLD, LOST])
@pytest.mark.parametrize("inner", FUNCTIONS)
@pytest.mark.parametrize("outer", FUNCTIONS)
def test_a_search_finds_an_x_or_the_task_says_that_there_is_none(task, inner, outer):
    explorable = EXPLORABLES["chain_rule"]
    told = [explorable.challenge(explorable.check({"inner": inner, "outer": outer, "x": x, "task": task}), None)
            for x in np.arange(-40, 41) / 20]  # fmt: skip
    found = any(done for _, done in told)
    assert {"no x will do" in text for text, _ in told} == {not found}
    solved = {(SIXFOLD, "square", "square"), (SIXFOLD, "double", "square"), (LOST, "double", "relu"), (LOST, "square", "tanh")}
    assert found or (task, inner, outer) not in solved


def test_the_nudge_is_small_enough_somewhere_with_every_pair_that_curves_and_the_others_are_told():
    explorable = EXPLORABLES["chain_rule"]
    for inner in FUNCTIONS:
        for outer in FUNCTIONS:
            told = [explorable.challenge(explorable.check({"inner": inner, "outer": outer, "nudge": nudge, "task": TRUE}), None)
                    for nudge in (0.01, 0.05, 0.2)]  # fmt: skip
            straight = {inner, outer} <= {"double", "relu"}
            assert any(done for _, done in told) is not straight
            assert told[0][0].startswith("Choose a function that curves") is straight


@pytest.mark.parametrize("task", [RIGHT_ANGLE, SAME_LENGTH, WIDE_ANGLE])
def test_a_search_solves_the_tasks_of_the_dot_product_and_no_single_drag_to_an_end_does(task):
    explorable = EXPLORABLES["dot_product"]

    def done(**settings):
        return explorable.challenge(explorable.check({"task": task} | settings), None)[1]

    rng = np.random.default_rng(0)
    tries = (rng.integers(-25, 26, 4) / 10 for _ in range(20_000))
    assert any(done(**dict(zip(("w1", "w2", "x1", "x2"), values.tolist(), strict=True))) for values in tries)
    assert not any(done(**{name: end}) for name in ("w1", "w2", "x1", "x2") for end in (-2.5, 2.5))


def test_the_default_nudge_can_be_dragged_to_both_of_its_ends_within_the_axis():
    explorable = EXPLORABLES["chain_rule"]
    for x in (-2, 2):
        for nudge in (0.01, 1):
            panel = shown("chain_rule", x=x, nudge=nudge)[0]["inner"]
            assert panel["x"]["low"] <= panel["handles"][1]["at"][0] <= panel["x"]["high"]
    assert explorable.defaults()["nudge"] == 0.5
