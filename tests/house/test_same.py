"""Two pictures are the same where names, texts and shapes are, and numbers agree to 1e-6."""

import numpy as np
import pytest
from same import differences

OURS = {"name": "plane", "at": np.array([[1.0, 2e-4], [3e5, 0.0]]), "label": "w", "value": 0.5, "edges": [{"x": 1}, {"x": 2}]}


def page_shows(**changes):
    return {**OURS, "at": {"shape": [2, 2], "data": [1.0, 2e-4, 3e5, 0.0]}, "edges": [{"x": 1}, {"x": 2}], **changes}


def test_a_picture_is_the_same_as_itself_and_as_one_that_was_rounded():
    assert [*differences(page_shows(), OURS)] == []
    rounded = {"shape": [2, 2], "data": [1.0 + 9e-7, 2e-4 + 1.9e-10, 3e5, 1e-10]}
    assert [*differences(page_shows(at=rounded, value=0.5 - 4e-7), OURS)] == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"label": "v"}, "picture.label is 'v', not 'w'"),
        ({"value": 0.500001}, "picture.value is 0.500001, not 0.5"),
        ({"value": None}, "picture.value is None, not 0.5"),
        ({"edges": [{"x": 1}]}, "picture.edges is [{'x': 1}], not [{'x': 1}, {'x': 2}]"),
        ({"edges": [{"x": 1}, {"y": 2}]}, "picture.edges[1] has ['y'], not ['x']"),
        ({"at": {"shape": [4], "data": [1.0, 2e-4, 3e5, 0.0]}}, "picture.at has the shape [4], not [2, 2]"),
        ({"at": {"shape": [2, 2], "data": [1.0, 2.001e-4, 3e5, 0.0]}}, "picture.at[0, 1] is"),
        ({"at": {"shape": [2, 2], "data": [1.0, 2e-4, 300000.00001, 0.0]}}, "picture.at[1, 0] is"),
    ],
)
def test_a_difference_is_told_with_its_place(changes, told):
    [found] = differences(page_shows(**changes), OURS)
    assert found.startswith(told)
