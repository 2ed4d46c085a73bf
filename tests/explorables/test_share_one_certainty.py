"""What the figure of softmax must show: shares worked by hand, and a number added to all that changes nothing."""

import numpy as np
import pytest

from nnlib.explorables import EXPLORABLES

FIGURE = EXPLORABLES["share_one_certainty"]


def shown(**settings):
    return {panel["name"]: panel for panel in FIGURE.picture(FIGURE.check(settings), None)}


def said(**settings):
    return FIGURE.describe(FIGURE.check(settings), None)


def solved(**settings):
    return FIGURE.challenge(FIGURE.check(settings), None)[1]


def test_shares_are_the_powers_divided_by_their_sum():
    # e^0 = 1, e^ln 2 = 2 and e^ln 5 = 5 add up to 8
    picture = shown(z1=0, z2=np.log(2), z3=np.log(5))
    np.testing.assert_allclose(picture["shares"]["values"], [1 / 8, 2 / 8, 5 / 8])
    assert picture["powers"]["lines"] == ["exp(0.0) = 1", "exp(0.7) = 2", "exp(1.6) = 5", "sum = 8"]
    assert picture["quotients"]["lines"] == ["a₁ = 1 / 8 = 0.125", "a₂ = 2 / 8 = 0.250", "a₃ = 5 / 8 = 0.625"]


@pytest.mark.parametrize("c", [-4, -0.3, 4])
def test_a_number_added_to_all_moves_every_sum_and_no_share(c):
    before, after = shown(), shown(c=c)
    np.testing.assert_allclose(after["sums"]["values"] - before["sums"]["values"], c)
    np.testing.assert_allclose(after["shares"]["values"], before["shares"]["values"], rtol=1e-12)


def test_the_largest_share_is_named_and_pointed_out():
    assert said(c=1.5).endswith("the third neuron has the largest share of the certainty, 84.4%.")
    assert shown()["shares"]["best"] == 2


def test_equal_shares_are_all_named_and_none_is_pointed_out():
    two = "the first and the second neuron have the largest shares of the certainty, 49.9% each."
    assert said(z1=2, z2=2, z3=-4, c=0.1).endswith(two)
    assert said(z1=2, z2=2, z3=2, c=0.1).endswith("the neurons have equal shares of the certainty, 33.3% each.")
    assert shown(z1=2, z2=2, z3=-4, c=0.1)["shares"]["best"] is None


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"z3": -4}, False), ({"z1": -1, "z3": -1}, True), ({"z2": 4, "z1": -4, "z3": -4}, False), ({"c": 4}, False),
     ({"z1": -1, "z3": -1, "c": 4}, True)],
)  # fmt: skip
def test_the_challenge_is_done_by_lowering_the_others_alone(settings, done):
    # e^2 = 7.389 is 90 % where the other two powers add up to 0.821 at most: 2 / e = 0.736 does, and e + e^-4 does not
    assert solved(**settings) is done


def test_a_search_over_the_sliders_finds_the_share_unless_z2_is_too_small_and_then_the_task_says_so():
    places = np.arange(-40, 41, 10) / 10
    for z2 in (-4.0, -1.2, -1.0, 0.0, 2.0):
        found = any(solved(z1=z1, z2=z2, z3=z3, c=c) for z1 in places for z3 in places for c in (-4, 0, 4))
        assert found is (z2 >= -1)
        assert ("raise z₂" in FIGURE.challenge(FIGURE.check({"z2": z2}), None)[0]) is not found


def test_a_z2_that_is_too_large_is_told():
    assert "and z₂ is too large" in FIGURE.challenge(FIGURE.check({"z2": 4, "z1": -4, "z3": -4}), None)[0]
