"""The figure of the chapter on where you go next in which a kernel slides over a digit."""

import numpy as np
import pytest

from nnlib import datasets
from nnlib.explorables.figures.sliding_kernel import DOT, DOT_AT, HIDDEN, NAMES, SlidingKernel
from nnlib.live.protocol import reply


def shown(**settings):
    answer = reply("sliding_kernel", settings)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


def kernel(values):
    return dict(zip(NAMES, np.ravel(values).tolist(), strict=True))


def map_of(picture, name="answers"):
    return picture[name]["field"][::-6, ::6]  # six points a cell, rows running up


def test_each_place_of_the_map_is_the_neuron_at_that_window():
    picture, _ = shown(**kernel(np.arange(9) % 5 - 2), image="7")
    X, y = datasets.digits()
    digit, weights = X[y == 7][0].reshape(8, 8), (np.arange(9) % 5 - 2).reshape(3, 3)
    for i in range(6):
        for j in range(6):
            assert map_of(picture)[i, j] == pytest.approx(np.sum(digit[i : i + 3, j : j + 3] * weights))


def test_a_dot_shows_the_kernel_turned_around_by_half_a_turn():
    picture, done = shown(image=DOT)
    row, column = DOT_AT
    seen = picture["wanted"]["values"][row - 2 : row + 1, column - 2 : column + 1]
    np.testing.assert_array_equal(seen, 16 * HIDDEN[::-1, ::-1])
    assert not done


@pytest.mark.parametrize("image", [DOT, "0", "1", "4", "9"])
def test_the_hidden_kernel_and_no_near_one_is_the_answer(image):
    assert shown(**kernel(HIDDEN), image=image)[1]
    if image == DOT:
        for place in range(9):
            near = HIDDEN.ravel().copy()
            near[place] -= 1
            assert not shown(**kernel(np.clip(near, -2, 2)), image=image)[1] or near[place] < -2


def test_no_preset_is_the_answer():
    assert not any(shown(**preset)[1] for preset in SlidingKernel.presets.values())


def test_the_window_is_dragged_to_where_it_is_seen():
    for row, column in ((1, 1), (3, 5), (6, 6)):
        picture, _ = shown(row=row, column=column)
        [handle] = picture["picture"]["handles"]
        x, y = handle["at"]
        to = {name: p * x + q * y + r for name, (p, q, r) in handle["sets"].items()}
        assert to == pytest.approx({"row": row, "column": column})
        window = picture["sum"]["parts"][0]["values"]
        digit = picture["picture"]["field"][::-6, ::6]
        np.testing.assert_array_equal(window, digit[row - 1 : row + 2, column - 1 : column + 2])
