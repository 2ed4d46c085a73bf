"""What crosses between Python and a view arrives as it was sent, and so do mistakes."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from sandbox import Sandbox

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.explorable import Explorable
from nnlib.live.protocol import DTYPES, answer_packed, code, pack, reply, unpack

plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
array = st.sampled_from(DTYPES).flatmap(lambda dtype: arrays(dtype, array_shapes(min_side=0)))
values = st.recursive(plain | array, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(values)
def test_a_value_arrives_as_it_was_sent(value):
    np.testing.assert_equal(unpack(*pack(value)), value)


def test_an_array_crosses_as_its_bytes_and_the_text_says_how_to_read_them():
    text, buffers = pack({"x": np.array([[1.0, 2.0]])})
    assert json.loads(text) == {"x": {"array": 0, "dtype": "float64", "shape": [1, 2]}}
    assert buffers == [np.array([1.0, 2.0]).tobytes()]


def test_what_a_view_could_not_read_is_refused():
    with pytest.raises(TypeError, match="can't cross to the view"):
        pack({"x": object()})
    with pytest.raises(ValueError, match="not JSON compliant"):
        pack({"x": float("nan")})


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"explorable": "tune_a_nuron", "settings": {}}, "Did you mean 'tune_a_neuron'?"),
        ({"explorable": "tune_a_neuron", "settings": {"w1": 1e9}}, "w1 must be a number in [-6, 6]. Got 1000000000.0 instead."),
        ({"explorable": "tune_a_neuron", "settings": {"w1": "<b>"}}, "w1 must be a number"),
        ({"explorable": "tune_a_neuron"}, "settings"),
    ],
)
def test_a_mistake_comes_back_as_data(request_, words):
    answer = unpack(*answer_packed(*pack(request_)))
    assert answer.keys() == {"error"} and words in answer["error"]["message"]


def test_a_packed_request_gets_a_packed_reply():
    request = {"explorable": "train_a_perceptron", "settings": {}, "state": None, "steps": 2}
    answer = unpack(*answer_packed(*pack(request)))
    assert answer["state"]["this_epoch"] == 2
    assert answer["picture"][0]["field"].shape == (64, 64)
    np.testing.assert_equal(answer["picture"], reply("train_a_perceptron", {}, steps=2)["picture"])


def test_a_text_is_opened_as_checked_settings_with_what_is_hidden_and_what_is_said(monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "sandbox", Sandbox())
    answer = unpack(*answer_packed(*pack({"kind": "opened", "explorable": "sandbox", "text": "3,1 relu data"})))
    assert answer.keys() == {"settings", "hide", "said"} and answer["hide"] == ["data"]
    assert answer["settings"] == {"layers": [3, 1], "activation": "relu"}  # the others stay as they are
    wrong = {"3 reloo": "Did you mean 'relu'?", "9 relu": "layers has a layer of 9 neurons", "a": "invalid literal"}
    for text, words in wrong.items():
        answer = unpack(*answer_packed(*pack({"kind": "opened", "explorable": "sandbox", "text": text})))
        assert words in answer["error"]["message"]


def test_a_figure_that_opens_nothing_says_so():
    answer = unpack(*answer_packed(*pack({"kind": "opened", "explorable": "tune_a_neuron", "text": ""})))
    assert answer["error"] == {"kind": "NotImplementedError", "message": "tune_a_neuron opens no texts."}


def test_a_request_for_a_state_gets_what_the_steps_lead_to_and_no_picture():
    request = {"kind": "state", "explorable": "train_a_perceptron", "settings": {}, "state": None, "steps": 2}
    answer = unpack(*answer_packed(*pack(request)))
    assert answer.keys() == {"state"}
    np.testing.assert_equal(answer["state"], reply("train_a_perceptron", {}, steps=2)["state"])
    answer = unpack(*answer_packed(*pack(request | {"steps": 10**9})))
    assert "ask again for more" in answer["error"]["message"]


class Counting(Explorable):
    name = "counting"
    trains = True

    def start(self, settings):
        return 3

    def advance(self, state, settings, steps):
        return min(state + steps, 9)

    def step(self, settings, state):
        return state

    def picture(self, settings, state):
        return []

    def describe(self, settings, state):
        return "."


def test_a_reply_says_from_which_step_to_which_it_has_trained_and_how_long(monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "counting", Counting())
    request = {"explorable": "counting", "settings": {}, "state": None, "steps": 100}
    answer = unpack(*answer_packed(*pack(request)))
    assert answer["span"] == [3, 9] and answer["took"] >= 0
    assert "took" not in reply("counting", {}, steps=1)  # the same request, the same bytes
    assert reply("train_a_perceptron", {}, steps=2)["span"] is None


@pytest.mark.parametrize(
    "text",
    ['{"explorable": {"array": 0, "dtype": "x", "shape": [1]}}', '{"a": {"array": 9, "dtype": "uint8", "shape": [1]}}', "{"],
)
def test_a_request_that_can_not_even_be_read_is_answered_too(text):
    assert unpack(*answer_packed(text, [])).keys() == {"error"}


class Exporting(Explorable):
    name = "exporting"

    def programs(self, settings, state):
        return {"nnlib": f"print({state['weight']})", "PyTorch": f"import torch; print({state['weight']})"}

    def files(self, settings, state):
        return {"model.onnx": bytes([0, 255, int(2 * state["weight"])])}


def test_a_request_for_code_brings_the_programs_of_other_libraries_and_files(monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "exporting", Exporting())
    request = {"kind": "code", "explorable": "exporting", "settings": {}, "steps": 3, "state": {"weight": 4}}
    answer = unpack(*answer_packed(*pack(request)))
    assert answer["code"] == "print(4)" and answer["programs"] == {"nnlib": "print(4)", "PyTorch": "import torch; print(4)"}
    assert answer["files"]["model.onnx"].tobytes() == bytes([0, 255, 8])


def test_a_figure_with_one_program_alone_says_so():
    assert code("slopes", {}).keys() == {"code"}
