"""Whatever a reader does, in whatever order, an explorable answers: with random settings and random steps."""

import copy
import json
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from legal import legal
from sandbox import Sandbox

from nnlib.explorables import EXPLORABLES
from nnlib.live.protocol import FigureError, pack, reply, unpack

every = pytest.mark.parametrize("explorable", EXPLORABLES.values(), ids=EXPLORABLES)
every_and_more = pytest.mark.parametrize("explorable", [*EXPLORABLES.values(), Sandbox()], ids=[*EXPLORABLES, "sandbox"])


def one_of_the_settings(explorable):
    return st.sampled_from(explorable.controls).flatmap(lambda control: st.fixed_dictionaries({control.name: legal(control)}))


def deeds(explorable):
    """Return a strategy for what a reader may do, in a row."""
    deed = st.tuples(st.just("set"), one_of_the_settings(explorable))
    if explorable.presets:
        deed |= st.tuples(st.just("preset"), st.sampled_from(sorted(explorable.presets)))
    if explorable.trains:
        deed |= st.tuples(st.just("advance"), st.integers(1, 30)) | st.tuples(st.just("rewind"), st.integers(0, 10))
    return st.lists(deed | st.tuples(st.just("reset"), st.none()), min_size=1, max_size=8)


class Reader:
    """What the view does for a reader: it keeps the settings and the states, and asks for pictures."""

    def __init__(self, explorable):
        self.explorable = explorable
        self.do("reset", None)

    def do(self, deed, what):
        steps = 0
        if deed == "reset":
            self.settings, self.states = self.explorable.check({}), [None]
        elif deed == "preset":
            self.settings, self.states = self.settings | self.explorable.presets[what], [None]
        elif deed == "set":
            self.settings = self.settings | what
        elif deed == "rewind":
            del self.states[min(what, len(self.states) - 1) + 1 :]
        else:
            steps = what
        answer = reply(self.explorable.name, self.settings, self.states[-1], steps)
        if self.states[-1] is None:
            self.states.pop()
        self.states.append(answer["state"])
        return answer


def same(value, packed):
    """Return whether `value` comes to the same text and bytes as what was packed: quicker than leaf by leaf."""
    return pack(value) == packed


def check_whatever_is_done(explorable, phases=tuple(Phase)):
    @settings(max_examples=60, phases=phases)
    @given(deeds(explorable))
    def holds(deeds):
        reader = Reader(explorable)
        for deed, what in deeds:
            kept = (reader.settings, list(reader.states), what)
            before = pack(kept)
            answer = reader.do(deed, what)
            assert same(kept, before)  # nothing that went in was changed …
            assert same(answer["settings"], pack(explorable.check(reader.settings)))  # … on the way either
            picture = pack(answer["picture"])
            assert same(unpack(*picture), picture)
            assert is_one_sentence(answer["sentence"]), answer["sentence"]
            assert "nan" not in json.dumps(answer["challenge"])
            # A picture is a function of settings and state alone.
            clean, state = copy.deepcopy((answer["settings"], answer["state"]))
            assert same(explorable.picture(clean, state), picture)
            assert explorable.describe(clean, state) == answer["sentence"]
            assert same((clean, state), pack((answer["settings"], answer["state"])))

    holds()


@every
def test_whatever_is_done_in_whatever_order_is_answered_with_a_picture_and_one_sentence(explorable):
    check_whatever_is_done(explorable)


class Forgetful(type(EXPLORABLES["train_a_perceptron"])):
    """An explorable that breaks one rule at a time."""

    def __init__(self, fault):
        self.fault, self.seen = fault, 0

    def advance(self, state, settings, steps):
        after = super().advance(state, settings, steps)
        if self.fault == "changes its settings":
            settings["learning_rate"] = 0.5
        if self.fault == "changes the old state":
            state["weights"] += 1
        return after

    def picture(self, settings, state):
        self.seen += self.fault == "remembers"
        if self.fault == "raises" and len(settings["points"]) == 1:
            raise ZeroDivisionError
        return [*super().picture(settings, {**state, "weights": state["weights"] + self.seen})]

    def describe(self, settings, state):
        return super().describe(settings, state) + " The loss is nan." * (self.fault == "says nan")


@pytest.mark.parametrize("fault", ["raises", "remembers", "changes its settings", "changes the old state", "says nan"])
def test_an_explorable_that_breaks_a_rule_is_found(monkeypatch, fault):
    planted = Forgetful(fault)
    monkeypatch.setitem(EXPLORABLES, planted.name, planted)
    with pytest.raises((AssertionError, ZeroDivisionError, FigureError, ExceptionGroup)):  # a group where a replay differs
        check_whatever_is_done(planted, phases=[Phase.generate])  # that it is found is enough, it need not be made small


def test_a_faultless_copy_passes(monkeypatch):
    planted = Forgetful(None)
    monkeypatch.setitem(EXPLORABLES, planted.name, planted)
    check_whatever_is_done(planted)


def test_the_sandbox_passes_with_every_control_that_stands_in_a_row(monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "sandbox", Sandbox())
    check_whatever_is_done(Sandbox())


def is_one_sentence(text):
    return bool(re.fullmatch(r"[A-Z](?!.*[.!?] [A-Z]).*\.", text)) and not re.search(r"\b(nan|inf|None)\b", text)


@pytest.mark.parametrize("text", ["It is nan.", "One. Two.", "no capital.", "No end", "The loss is inf.", "A weight of −inf."])
def test_a_sentence_that_is_none_is_found(text):
    assert not is_one_sentence(text)
    assert is_one_sentence("With w = 0.10 the output is −2.50; its second choice is a 3.")


ODD = [
    None, True, "", "0.5", "<img src=x>", b"\0", 1j, float("nan"), float("inf"), -1e308, 10**400, Fraction(10**400), object(),
    int, {}, {"array": 0}, set(), "__proto__", np.array("NaT", "M8[D]"), np.array([object()]), np.zeros(3, "S2"), [[[[]]]],
    [10**400], [[1, 2, "red"]], [[1, 2, 3], [4]], [[0, 0, float("inf")]], range(7),
]  # fmt: skip


def check_is_refused_or_legal(explorable, control, value):
    try:
        clean = explorable.check({control.name: value})[control.name]
    except (TypeError, ValueError) as error:
        refusal = str(error)
    else:
        np.testing.assert_equal(control.check(clean), clean)
        return
    assert refusal.startswith(control.name)


@every_and_more
@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: [value], lambda value: [[value, 0, 1], [0, value, -1]]])
def test_an_odd_setting_is_one_error_that_names_it(explorable, wrap):
    for control in explorable.controls:
        for value in ODD:
            check_is_refused_or_legal(explorable, control, wrap(value))


@every_and_more
def test_a_random_setting_is_legal_or_one_error_that_names_it(explorable):
    plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.sampled_from([-1, 0, 1])
    nested = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner), max_leaves=9)

    @given(st.sampled_from(explorable.controls), nested)
    def holds(control, value):
        check_is_refused_or_legal(explorable, control, value)

    holds()


@every_and_more
def test_a_number_too_long_to_be_written_is_refused_too(explorable):
    for control in explorable.controls:
        with pytest.raises((TypeError, ValueError), match=f"^{control.name} "):
            explorable.check({control.name: -(10**5000)})


@every_and_more
def test_an_unknown_setting_is_an_error_whatever_its_name(explorable):
    for name in ("__proto__", "constructor", "", "<script>", "wéights", 7, None, ("w1",)):
        with pytest.raises(ValueError, match=f"a setting of {explorable.name} must be one of"):
            explorable.check({name: 1.0})
