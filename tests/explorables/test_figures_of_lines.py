"""The figures of straight boundaries: neurons in a row, and the line that XOR does not have."""

import numpy as np
import pytest

from nnlib import Neuron
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.neurons_in_a_row import FALLING, OWN_LINE, boundary, neurons, run
from nnlib.explorables.figures.xor_cannot_be_done import PROOF, SEARCH, is_right
from nnlib.live.protocol import reply


def shown(name, steps=0, **settings):
    answer = reply(name, settings, steps=steps)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


# neurons in a row


def test_the_output_neuron_reads_the_hidden_one():
    # relu: hidden 2 · 1 + (−1) · 0.5 + 0.5 = 2, output 3 · 2 − 1 = 5
    picture, _ = shown("neurons_in_a_row", activation="relu", w1=2, w2=-1, bias=0.5, v=3, c=-1, x1=1, x2=0.5)
    (_, (hidden, _), (output,)) = picture["diagram"]["layers"]
    assert hidden["value"] == 2 and output["value"] == 5


def test_the_plane_is_what_two_neurons_give_point_by_point():
    picture, _ = shown("neurons_in_a_row", activation="tanh", w1=2, v=-3, c=0.5)
    hidden, output = Neuron([2, -1], activation="tanh"), Neuron([-3], bias=0.5, activation="tanh")
    x = -2 + 4 * (np.array([10, 30]) + 0.5) / 48  # column 10, row 30
    assert picture["plane"]["field"][30, 10] == pytest.approx(output([hidden(x)]))


def test_the_output_is_the_same_everywhere_on_a_parallel_of_the_hidden_boundary():
    network = neurons(EXPLORABLES["neurons_in_a_row"].check({"w1": 2, "w2": 1, "v": -4, "c": 1}))
    at = np.array([0.3, -0.4]) + np.linspace(-2, 2, 9)[:, None] * [1, -2]  # (1, −2) is perpendicular to w = (2, 1)
    np.testing.assert_allclose(run(*network, at), run(*network, at[0]))


@pytest.mark.parametrize(
    ("activation", "v", "c", "z"),
    # sigmoid: 2 a − 1.5 = 0 at a = ¾, where z = ln 3; tanh: a = −½, where z = −½ ln 3; relu and identity: a = z
    [("sigmoid", 2, -1.5, np.log(3)), ("sigmoid", -2, 1.5, np.log(3)), ("sigmoid", 2, -2, None), ("sigmoid", 2, 0, None),
     ("tanh", 2, 1, -np.log(3) / 2), ("tanh", 1, 1, None), ("relu", 2, -3, 1.5), ("relu", 2, 3, None), ("relu", 2, 0, 0),
     ("relu", -2, 0, None), ("identity", 2, 3, -1.5), ("identity", 0, 3, None), ("step", 2, -1, 0), ("step", -2, 1, 0),
     ("step", 2, 1, None), ("step", 2, -3, None), ("sigmoid", 0, 0, None)],
)  # fmt: skip
def test_the_networks_boundary_is_where_the_outputs_own_sum_passes_zero(activation, v, c, z):
    settings = EXPLORABLES["neurons_in_a_row"].check({"activation": activation, "v": v, "c": c})
    assert boundary(settings) == (None if z is None else pytest.approx(z))


@pytest.mark.parametrize("activation", ["step", "sigmoid", "tanh", "relu", "identity"])
def test_the_solid_line_parts_the_plane_as_the_output_does(activation):
    rng, drawn = np.random.default_rng(0), 0
    places = rng.uniform(-2, 2, (200, 2))
    for w1, w2, bias, v, c in rng.uniform(-4, 4, (200, 5)).round(1):
        settings = {"activation": activation, "w1": w1, "w2": w2, "bias": bias, "v": v, "c": c}
        picture, _ = shown("neurons_in_a_row", **settings)
        line = next(line["at"] for line in picture["plane"]["lines"] if line["role"] == "boundary")
        hidden, output = neurons(EXPLORABLES["neurons_in_a_row"].check(settings))
        large = output.net_input(np.asarray(hidden(places))[:, None]) > 0
        if len(line) < 2:
            assert large.all() or not large.any() or abs(hidden.net_input(places)).min() < 1  # it may miss the square narrowly
            continue
        drawn += 1
        (x0, y0), (x1, y1) = line
        side = (x1 - x0) * (places[:, 1] - y0) - (y1 - y0) * (places[:, 0] - x0)
        assert len(set(zip((side > 0).tolist(), large.tolist(), strict=True))) <= 2
    assert drawn > 20


def some_settings(figure, rng, **fixed):
    """Return legal settings at random, as sliders and choices allow them, but for the fixed ones."""
    found = {}
    for control in figure.controls:
        if control.kind == "number":
            found[control.name] = control.low + control.step * rng.integers(
                round((control.high - control.low) / control.step) + 1
            )
        elif control.kind == "choice":
            found[control.name] = str(rng.choice(control.options))
    return figure.check(found | fixed)


@pytest.mark.parametrize("task", [OWN_LINE, FALLING])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "identity", "step"])
def test_a_search_solves_each_task_of_the_row_or_the_task_says_why_not(task, activation):
    figure, rng = EXPLORABLES["neurons_in_a_row"], np.random.default_rng(0)
    tries = [some_settings(figure, rng, task=task, activation=activation) for _ in range(2000)]
    solved = [settings for settings in tries if figure.challenge(settings, None)[1]]
    impossible = (task, activation) == (OWN_LINE, "step")
    assert bool(solved) is not impossible
    assert all(("choose another activation" in figure.challenge(one, None)[0]) is impossible for one in tries[:50])


def test_a_row_without_weights_is_told_that_nothing_can_fall():
    figure = EXPLORABLES["neurons_in_a_row"]
    text, done = figure.challenge(figure.check({"task": FALLING, "w1": 0, "w2": 0, "v": -4, "c": 2}), None)
    assert not done and "give it one" in text


@pytest.mark.parametrize("task", [OWN_LINE, FALLING])
def test_no_single_click_or_drag_to_an_end_solves_a_task_of_the_row(task):
    figure = EXPLORABLES["neurons_in_a_row"]
    for control in figure.controls[:-1]:
        for value in (control.low, control.high) if control.kind == "number" else control.options:
            assert not figure.challenge(figure.check({"task": task, control.name: value}), None)[1]


@pytest.mark.parametrize(
    ("settings", "end"),
    [({"v": 2}, "rises with the hidden neuron, along the same arrow, and passes ½ where z = 1.10."),
     ({"v": -2}, "falls with the hidden neuron, along the same arrow, and nowhere passes ½."),
     ({"v": 0}, "is the same all over the plane."), ({"w1": 0, "w2": 0}, "is the same all over the plane.")],
)  # fmt: skip
def test_the_sentence_says_how_the_output_follows_the_hidden_neuron(settings, end):
    figure = EXPLORABLES["neurons_in_a_row"]
    assert figure.describe(figure.check(settings), None).endswith(f"; the output {end}")


# tune a neuron


@pytest.mark.parametrize("task", EXPLORABLES["tune_a_neuron"].controls[-1].options)
def test_a_search_solves_each_task_of_the_neuron_but_xor_which_says_so(task):
    figure, rng = EXPLORABLES["tune_a_neuron"], np.random.default_rng(0)
    tries = [some_settings(figure, rng, task=task, activation="sigmoid") for _ in range(3000)]
    answers = [figure.challenge(settings, None) for settings in tries]
    assert any(done for _, done in answers) is (task != "XOR")
    assert all(("no line gets more than 3" in words) is (task == "XOR") for words, _ in answers)
    if task == "XOR":
        assert {words[5] for words, _ in answers} == set("123")


@pytest.mark.parametrize("task", EXPLORABLES["tune_a_neuron"].controls[-1].options)
def test_no_single_click_or_drag_to_an_end_solves_a_task_of_the_neuron(task):
    figure = EXPLORABLES["tune_a_neuron"]
    for control in figure.controls[:-1]:
        for value in (control.low, control.high) if control.kind == "number" else control.options:
            assert not figure.challenge(figure.check({"task": task, control.name: value}), None)[1], (control.name, value)


def test_who_hears_the_page_hears_how_far_the_gate_is():
    figure = EXPLORABLES["tune_a_neuron"]
    sentence = figure.describe(figure.check({"task": "AND"}), None)
    assert sentence.endswith("the output a = 0.289, and 1 of 4 points is on its side of the line.")
    alone = figure.challenge(figure.check({"task": "XOR", "w1": -1, "w2": -1, "bias": 0.5}), None)[0]
    assert alone == "XOR: 1 of 4 points is on its side of the line; no line gets more than 3."


# XOR cannot be done


def test_no_line_within_reach_of_the_sliders_gets_all_four_points_nor_none():
    reach = np.linspace(-3, 3, 13)
    scores = {int(is_right(np.array([w1, w2, b])).sum()) for w1 in reach for w2 in reach for b in reach}
    assert scores == {1, 2, 3}


def test_random_lines_are_counted_by_score_and_none_has_four():
    explorable = EXPLORABLES["xor_cannot_be_done"]
    settings = explorable.defaults()
    state = explorable.advance(explorable.start(settings), settings, 300)
    assert state["counts"].sum() == 300 and state["counts"][[0, 4]].tolist() == [0, 0] and (state["counts"][1:4] > 0).all()
    half = explorable.advance(explorable.advance(explorable.start(settings), settings, 150), settings, 150)
    np.testing.assert_equal(half, state)


@pytest.mark.parametrize(
    ("line", "score", "done"),
    [((1, 1, -0.5), 3, True), ((-1, -1, 0.5), 1, False), ((0, 0, -1), 2, False), ((0, 0, 1), 2, False)],
)
def test_the_table_says_which_inequalities_hold(line, score, done):
    w1, w2, b = line
    picture, found = shown("xor_cannot_be_done", w1=w1, w2=w2, bias=b)
    roles = [row["role"] == "right" for row in picture["needs"]["rows"]]
    assert roles == [b < 0, w2 + b >= 0, w1 + b >= 0, w1 + w2 + b < 0]
    assert sum(roles) == score and found is done


def test_without_weights_no_line_is_spoken_of():
    answer = reply("xor_cannot_be_done", {"w1": 0, "w2": 0, "bias": -1})
    assert "no line" in answer["sentence"] and "no line" in answer["picture"][0]["label"]
    assert answer["picture"][-1]["lines"][0].startswith("no line: 2 of 4")


@pytest.mark.parametrize("task", [SEARCH, PROOF])
@pytest.mark.parametrize("name", ["w1", "w2", "bias"])
def test_no_slider_pushed_to_an_end_finishes_with_xor(task, name):
    assert not any(shown("xor_cannot_be_done", task=task, **{name: end})[1] for end in (-3, 3))


SLIDERS = np.linspace(-3, 3, 61)


def asked_for_proof(w1, w2, bias):
    settings = {"w1": float(w1), "w2": float(w2), "bias": float(bias), "task": PROOF}
    return EXPLORABLES["xor_cannot_be_done"].challenge(settings, None)


def test_a_random_search_reaches_three_rows_of_the_proof_and_each_end_names_the_row_that_must_break():
    rng = np.random.default_rng(0)
    lines = rng.choice(SLIDERS, (2000, 3))
    asked = [asked_for_proof(*line) for line in lines]
    done = [(said, line) for (said, yes), line in zip(asked, lines, strict=True) if yes]
    assert 0 < len(done) < 500
    for said, line in done:
        (broken,) = np.flatnonzero(~is_right(line))
        assert broken in (0, 3) and f"({broken // 2}, {broken % 2}), must break" in said
    assert {"(0, 0)", "(1, 1)"} == {said.split("left over, ")[1][:6] for said, _ in done}


@pytest.mark.parametrize("line", [(1, 1, 0.5), (-1, -1, -0.5), (0, 0, 1), (-1, 0.2, 0.4)])
def test_the_proof_is_not_done_before_three_rows_hold(line):
    assert not asked_for_proof(*line)[1]


@pytest.mark.parametrize(
    ("bias", "words"), [(-0.5, "≥ 0, so the two that want 0 can't"), (-1.5, "< 0, so the two that want 1 can't")]
)
def test_the_proof_names_the_pair_that_must_break(bias, words):
    picture, _ = shown("xor_cannot_be_done", w1=1, w2=1, bias=bias, task=PROOF)
    assert words in picture["proof"]["lines"][-1]
    pair = slice(1, 3) if "want 1" in words else slice(0, 4, 3)
    assert not all(row["role"] == "right" for row in picture["needs"]["rows"][pair])
