"""The network that reads anybody's digits: on digits by other people, on drawings, and on what is no digit."""

import numpy as np
import pytest
from drawings import HABITS, NOT_DIGITS, arc, drawings, drawn

from nnlib import datasets
from nnlib.explorables.figures.draw_a_digit import as_digit
from nnlib.explorables.models import reader
from nnlib.live.protocol import reply

HELD_OUT = reader.held_out()
PEN_LABELS = datasets.pen_digits().y[reader.WRITERS :]
DRAWINGS = [(digit, habit, way, as_digit(paper).reshape(64)) for digit, habit, way, paper in drawings()]
CROSS, DIAGONALS, LINE, STAR, CORNERS = (
    [[(0.5, 0), (0.5, 1)], [(0, 0.5), (1, 0.5)]],
    [[(0, 0), (1, 1)], [(1, 0), (0, 1)]],
    [[(0, 0.5), (1, 0.5)]],
    [[(0.5, 0), (0.5, 1)], [(0, 0.25), (1, 0.75)], [(1, 0.25), (0, 0.75)]],
    [[(x, y), (x + 0.02, y)] for x in (0, 1) for y in (0, 1)],
)
DOT = [[(0.5, 0.5), (0.51, 0.5)]]
NONSENSE = {"cross": CROSS, "diagonals": DIAGONALS, "line": LINE, "dot": DOT, "star": STAR, "corners": CORNERS}


def answers(pictures):
    return reader.reader().predict(np.reshape(pictures, (-1, 64)) / 16)


def strange(pictures):
    return reader.likeness(np.reshape(pictures, (-1, 64))).strange


def test_the_stored_network_is_the_one_that_is_made():
    made, stored = reader.make(), datasets.stored("reader.npz")
    assert made.keys() == stored.keys()
    # another processor adds in another order: a number that lies between two steps may then fall to the other one
    for name, step in {"parameters": 1, "far": 1e-3}.items():
        np.testing.assert_allclose(np.float64(made[name]), np.float64(stored[name]), rtol=0, atol=step, err_msg=name)


@pytest.mark.parametrize(("width", "pen"), HELD_OUT)
def test_digits_by_other_people_are_read_in_every_width_and_by_every_pen(width, pen):
    pictures = HELD_OUT[width, pen]
    assert np.mean(answers(pictures) == PEN_LABELS) >= 0.95
    assert strange(pictures).mean() <= 0.05


@pytest.mark.parametrize(("width", "pen"), [(0.5, 1.2), (0.5, 2.8), (1.0, 1.2)])
def test_digits_by_other_people_are_read_when_they_are_drawn_on_the_pad(width, pen):
    strokes = datasets.pen_digits().X[reader.WRITERS :: 2].reshape(-1, 8, 2) * [width / 100, -1 / 100] + [0.5 - width / 2, 1]
    pictures = [as_digit(drawn([stroke], height=datasets.DRAWN_CELLS, pen=pen)) for stroke in strokes]
    assert np.mean(answers(pictures) == PEN_LABELS[::2]) >= 0.95


def test_scanned_digits_that_were_held_out_are_read():
    _, (X, y) = reader.scanned()
    assert np.mean(answers(X) == y) >= 0.97
    assert strange(X).mean() <= 0.01


def test_drawings_as_people_make_them_are_read():
    digits = np.array([digit for digit, *_ in DRAWINGS])
    pictures = np.array([picture for *_, picture in DRAWINGS])
    wrong = [DRAWINGS[i][:3] for i in np.flatnonzero(answers(pictures) != digits)]
    assert len(DRAWINGS) >= 400 and len(wrong) <= 0.03 * len(DRAWINGS), wrong
    assert strange(pictures).mean() <= 0.05


def test_no_habit_is_read_wrongly_in_most_ways():
    right = {(digit, habit): [] for digit, habits in HABITS.items() for habit in habits}
    for digit, habit, _, picture in DRAWINGS:
        right[digit, habit].append(answers(picture)[0] == digit)
    assert min(map(np.mean, right.values())) >= 0.8


@pytest.mark.parametrize("pen", [1.2, 2.0, 2.8])
@pytest.mark.parametrize("width", np.arange(0.4, 1.25, 0.1).round(1))
def test_a_ring_is_a_zero_however_wide(width, pen):
    picture = as_digit(drawn([arc(0.5, 0.5, 0.5, 0.5, -90, 270, 40)], width=width, height=24, pen=pen))
    assert answers(picture) == 0 and not strange(picture)


@pytest.mark.parametrize("strokes", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("height", [12, 20, 28])
@pytest.mark.parametrize("pen", [1.2, 2.0, 2.8])
def test_a_cross_a_line_a_star_and_dots_are_strange_in_every_size(strokes, height, pen):
    assert strange(as_digit(drawn(strokes, height=height, pen=pen)))


def test_what_is_no_digit_is_strange():
    found = {name: bool(strange(as_digit(paper))[0]) for name, paper in NOT_DIGITS.items()}
    assert all(found.values()), [name for name, strange in found.items() if not strange]


def test_a_full_page_is_farther_than_digits_are():
    [digit] = HELD_OUT[0.75, 2.0][:1]
    like = reader.likeness(np.array([digit, np.full(64, 16.0)]))
    assert like.strange.tolist() == [False, True]
    assert like.near[0] < like.far < like.near[1]


def test_the_distance_to_a_picture_is_the_length_of_the_difference_of_roots():
    # √(4/16) − √(1/16) = ¼ in one cell, √(9/16) = ¾ in another: √(1/16 + 9/16) = √10/4
    a, b = np.zeros((2, 64))
    a[:2], b[0] = (4, 9), 1
    assert reader.nearest([a], np.array([b])) == pytest.approx(np.sqrt(10) / 4)


def test_training_pictures_are_made_as_drawings_are_counted():
    points = datasets.pen_digits().X[:20]
    for width, pen in [(0.6, 1.6), (1.0, 2.4)]:
        pictures = datasets.ink(points, width, pen)
        strokes = points.reshape(20, 8, 2) * [width / 100, -1 / 100] + [0.5 - width / 2, 1]
        counted = [as_digit(drawn([stroke], height=datasets.DRAWN_CELLS, pen=pen)) for stroke in strokes]
        assert np.abs(pictures - np.reshape(counted, (20, 64))).mean() < 1  # a drawing is cut out in whole cells


@pytest.mark.parametrize(
    ("paper", "sentence", "verdict"),
    [
        (
            np.ones((32, 32)),
            "The network has never seen anything like this; it has to answer",
            "No: the nearest",
        ),
        (
            drawn(CROSS),
            "The network has never seen anything like this; it has to answer",
            "a cross, a star, a line",
        ),
        (drawn(HABITS[8]["two circles"]), "The network reads an 8 with probability", "Yes: the nearest"),
    ],
)
def test_the_figure_says_whether_such_a_thing_was_seen(paper, sentence, verdict):
    shown = reply("draw_a_digit", {"drawing": paper})
    picture = {panel["name"]: panel for panel in shown["picture"]}
    assert shown["sentence"].startswith(sentence)
    [line] = picture["likeness"]["lines"]
    assert verdict in line
    assert (picture["answer"]["best"] is None) == sentence.startswith("The network has never")


def test_no_scribble_solves_the_challenge():
    for paper in NOT_DIGITS.values():
        shown = reply("draw_a_digit", {"drawing": paper})
        assert not (shown["sentence"].startswith("The network has never") and shown["challenge"]["done"])
