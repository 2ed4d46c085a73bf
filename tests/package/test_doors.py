"""Whatever stands in the place of one argument of a right call, it is taken, or refused in words of nnlib's own.

`doors.py` finds the callables, `odd.py` has what is odd, and `make proof CLAIMS=bad_input` tries all of it; here chance
picks a part, the same in every run. `test_mistakes.py` says what the words are.
"""

import random
from types import SimpleNamespace

import numpy as np
import pytest
from doors import TRUSTS, doors, right
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from odd import attempt, called, damaged, judged, load_of, odd_values, raised_by_nnlib

from nnlib import Activation, Adam, Network, mlp
from nnlib.arrays import as_count

DOORS = doors()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Have files written into a folder of the test's own, and no picture kept open."""
    monkeypatch.chdir(tmp_path)
    yield
    plt.close("all")


@st.composite
def tries(draw):
    """Draw a door, an argument, something odd in its place, and a seed."""
    name = draw(st.sampled_from(sorted(DOORS)))
    arguments = right(name, DOORS[name])[1]
    argument = draw(st.sampled_from(sorted(arguments)))
    return name, argument, draw(st.sampled_from(sorted(odd_values(arguments[argument])))), draw(st.integers(0, 9))


@pytest.mark.parametrize("name", DOORS)
def test_a_right_call_of_every_public_callable_is_known(name):
    called(DOORS[name][0], *right(name, DOORS[name]))


@settings(max_examples=600)
@given(tries())
def test_something_odd_in_one_place_is_taken_or_refused_in_words(tried):
    name, argument, odd, seed = tried
    outcome, words = attempt(name, DOORS[name], argument, odd, seed)
    assert outcome in ("taken", "refused"), f"{name}({argument}={odd}): {words}"
    plt.close("all")


@settings(max_examples=150)
@given(st.integers(0, 10**6))
def test_a_file_that_chance_has_damaged_is_read_or_refused_in_words(seed):
    chance = random.Random(seed)
    what, content, load = damaged(chance)
    outcome, words = load_of(content, load)
    assert outcome in ("taken", "refused"), f"{what}, {seed}: {words}"


def test_everything_that_is_left_out_is_there_and_has_a_reason():
    assert all(reason.split() for reason in TRUSTS.values())
    assert not {"training.train", "network.Network.load", "datasets.split"} - DOORS.keys()
    assert len(DOORS) > 150


def _of_numpy(x):
    return np.zeros(2) + np.zeros(x)


def _late(self, x):
    self.steps += 1
    as_count(x, "x")


def _silent(x):
    return np.array([float("nan") if isinstance(x, str) else x])


def _changing(x):
    if isinstance(x, np.ndarray):
        x += 1


@pytest.mark.parametrize(
    ("function", "make", "value", "odd", "fault"),
    [
        (_of_numpy, None, 2, "-1", "nobody raised it on purpose"),
        (_late, Adam, 2, "-1", "the state has changed"),
        (_silent, None, 2, "a text", "numbers that are none"),
        (_changing, None, 2, "whole numbers of one byte", "the argument has changed"),
    ],
)
def test_an_answer_that_is_bad_is_found(monkeypatch, function, make, value, odd, fault):
    monkeypatch.setattr("odd.right", lambda *_: (make() if make else None, {"x": value}))
    outcome, words = attempt("a door", (function, make), "x", odd)
    assert (outcome, fault in words) == ("fault", True), words


def test_who_has_raised_an_error_is_known():
    with pytest.raises(ValueError, match="at least 1") as ours:
        as_count(0, "epochs")
    with pytest.raises(TypeError) as pythons:
        Network.load(SimpleNamespace)()
    with pytest.raises(ValueError, match="negative") as numpys:
        np.zeros(-1)
    assert raised_by_nnlib(ours.value) and not raised_by_nnlib(numpys.value)
    assert judged(ours.value, "epochs", 0) == "" and judged(numpys.value, "shape", -1)
    assert raised_by_nnlib(pythons.value), "a path that is none is refused by nnlib"


def test_words_must_be_a_sentence():
    with pytest.raises(ValueError, match="nothing to go back") as caught:
        Activation("relu").backward("no")
    assert judged(caught.value, "delta", "no") == ""
    caught.value.args = ("no",)
    assert judged(caught.value, "delta", "no").startswith("no sentence")


def test_a_right_file_is_read(tmp_path):
    mlp([2, 3, 2], rng=0).save(tmp_path / "network.npz")
    assert load_of((tmp_path / "network.npz").read_bytes(), Network.load)[0] == "taken"
