"""Panels are plain data: what they refuse, what they add, and where contours run."""

import re

import numpy as np
import pytest
from gallery import Gallery

from nnlib.explorables import panels
from nnlib.live.figure_html import figure_html
from nnlib.live.protocol import pack, unpack

BOX = (-1.0, 1.0)


def gallery(**settings):
    explorable = Gallery()
    return {panel["name"]: panel for panel in explorable.picture(explorable.check(settings), None)}


def reply_of(explorable):
    settings = explorable.check({})
    picture = explorable.picture(settings, None)
    return {"settings": settings, "picture": picture, "sentence": "", "challenge": None}


def test_every_kind_of_panel_crosses_to_the_view_and_back():
    for panel in gallery().values():
        again = unpack(*pack(panel))
        assert again.keys() == panel.keys() and again["kind"] == panel["kind"]


def test_a_panel_without_anything_to_show_keeps_its_name_and_its_kind():
    panel = gallery()["at times"]
    assert not panels.shown(panel) and panel["kind"] == "series"
    assert panels.shown(gallery(mark="forward")["at times"])
    assert all(panels.shown(other) for name, other in gallery().items() if name != "at times")


def test_a_panel_that_is_not_shown_is_hidden_in_a_figures_html():
    places = figure_html(Gallery(), reply_of(Gallery()))
    assert re.findall(r'data-panel="([^"]*)" data-kind="\w+" hidden>', places) == ["at times"]


# lines and axes


def test_curves_take_the_colors_in_turn_and_stand_in_the_legend_with_levels():
    curve, level = panels.line([[0, 0]], "curve", "loss"), panels.line([[0, 1], [1, 1]], "level", "threshold")
    panel = panels.series("s", "", ("x", 0, 1), ("y", 0, 1), [curve, level, ("counts", [[0, 0]])])
    assert [line["color"] for line in panel["lines"]] == [0, None, 1]
    assert [(name["label"], name["color"]) for name in panel["legend"]] == [("loss", 0), ("threshold", None), ("counts", 1)]


def test_a_single_curve_needs_no_legend():
    assert panels.series("s", "", ("x", 0, 1), ("y", 0, 1), [("loss", [[0, 0]])])["legend"] == []


def test_a_line_of_a_role_that_no_other_has_stands_in_the_legend():
    at = [[0, 0], [1, 1]]
    lines = [panels.line(at, role, role) for role in ("spikes", "boundary", "old", "boundary")]
    panel = panels.plane("p", "", ("x", 0, 1), ("y", 0, 1), lines=lines)
    assert [name["label"] for name in panel["legend"]] == ["spikes", "old"]  # two boundaries would look alike in it


def test_two_curves_with_the_same_numbers_have_two_colors():
    panel = panels.series("s", "", ("x", 0, 1), ("y", 0, 1), [("a", [[0, 0]]), ("b", [[0, 0]])])
    assert [line["color"] for line in panel["lines"]] == [0, 1]


def test_a_curve_can_have_the_color_of_another():
    lines = [panels.line([[0, 0]], "curve", "a"), panels.line([[0, 0]], "curve", "b"), panels.line([[0, 0]], "points", color=1)]
    panel = panels.plane("p", "", ("x", 0, 1), ("y", 0, 1), lines=lines)
    assert [line["color"] for line in panel["lines"]] == [0, 1, 1]
    assert [(name["label"], name["color"]) for name in panel["legend"]] == [("a", 0), ("b", 1)]


@pytest.mark.parametrize(
    ("axis", "words"),
    [
        (("y", 1, 1), "from 1 to 1"),
        (("y", 0, 1, "log"), "be positive where it is log"),
        (("y", 0, 1, "square"), "scale of an axis"),
    ],
)
def test_an_axis_that_can_not_be_drawn_is_refused(axis, words):
    with pytest.raises(ValueError, match=words):
        panels.series("s", "", ("x", 0, 1), axis, [])


def test_a_role_that_no_line_has_is_refused():
    with pytest.raises(ValueError, match="the role of a line must be one of 'curve', 'points'"):
        panels.line([[0, 0]], "wavy")


# contours


def test_a_contour_of_a_slope_is_the_straight_line_at_its_level():
    x, y = panels.grid(BOX, BOX, 20).T
    at = panels.contour((x + 2 * y).reshape(20, 20), 0.3, BOX, BOX)
    np.testing.assert_allclose(at @ [1, 2], 0.3, atol=1e-12)
    assert np.ptp(at[:, 0]) > 1.8  # all the way across


def test_a_contour_of_a_bowl_is_a_closed_ring_at_its_radius():
    cells = panels.grid(BOX, BOX, 60)
    at = panels.contour((cells**2).sum(axis=1).reshape(60, 60), 0.49, BOX, BOX)
    np.testing.assert_allclose(np.hypot(*at.T), 0.7, atol=1e-3)
    ends, times = np.unique(at.round(9), axis=0, return_counts=True)
    assert (times == 2).all()  # each stroke ends where another begins: nothing is open
    length = np.hypot(*(at[::2] - at[1::2]).T).sum()
    assert length == pytest.approx(2 * np.pi * 0.7, rel=1e-3)
    assert len(ends) == len(at) // 2


def test_a_level_that_is_nowhere_reached_has_no_contour():
    assert panels.contour(np.zeros((5, 5)), 1.0, BOX, BOX).shape == (0, 2)


# many weights


WEIGHTS = [np.ones((2, 3)), np.ones((3, 1))]


def test_the_weights_of_a_network_cross_as_one_array_a_layer():
    panel = panels.layers("n", "", WEIGHTS, [np.zeros(3), np.zeros(1)], fields=np.zeros((6, 4, 4)))
    assert panel["sizes"] == [2, 3, 1]
    assert len(pack(panel)[1]) == 5  # two of weights, two of biases, one of pictures


def test_fields_become_bytes_between_the_ends_of_their_scale():
    fields = np.array([-9, -1, 0, 1, 3, 9.0]).reshape(6, 1, 1)
    assert panels.layers("n", "", WEIGHTS, fields=fields, scale=(-1, 0, 3))["fields"].ravel().tolist() == [
        0,
        0,
        64,
        128,
        255,
        255,
    ]
    ready = np.arange(6, dtype=np.uint8).reshape(6, 1, 1)
    assert panels.layers("n", "", WEIGHTS, fields=ready)["fields"] is ready


@pytest.mark.parametrize(
    ("weights", "more", "words"),
    [
        ([np.ones((2, 3)), np.ones((2, 1))], {}, r"n has weights of \[\(2, 3\), \(2, 1\)\]"),
        (WEIGHTS, {"biases": [np.zeros(3)]}, r"n has weights of .* and \[3\] biases, which do not fit each other"),
        (WEIGHTS, {"fields": np.zeros((5, 4, 4))}, "n has 5 fields, but 6 nodes: give one for each"),
    ],
)
def test_layers_that_do_not_fit_each_other_are_refused(weights, more, words):
    with pytest.raises(ValueError, match=words):
        panels.layers("n", "", weights, **more)


# numbers and words


def test_rows_and_keys_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="has 1 cells, but there are 2 columns"):
        panels.table("t", "", ("a", "b"), [panels.row(["1"])])
    with pytest.raises(ValueError, match="give each a name"):
        panels.table("t", "", ("", "b"), [panels.row(["1", "2"])])
    with pytest.raises(ValueError, match="has 2 lines and 1 keys"):
        panels.equations("e", "", ["a", "b"], keys=["k"])


def test_a_block_shows_its_own_shape_a_row_as_one_number():
    assert panels.block("b", [1, 2, 3])["shape"] == "3"
    assert panels.block("X", np.zeros((4, 2)))["shape"] == "4 × 2"


def test_layers_are_equally_far_apart_unless_it_is_said_how_far():
    nodes = [[panels.node("a", 1)], [panels.node("b", None)], [panels.node("c", 2)]]
    assert panels.network("n", "", nodes, [])["gaps"] == [1, 1]
    assert panels.network("n", "", nodes, [], gaps=(1, 0.5))["gaps"] == [1, 0.5]
    assert nodes[1][0]["value"] is None
