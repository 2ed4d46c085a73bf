"""The figures of living neurons: one that fires, and two with a synapse between them."""

import numpy as np
import pytest

from nnlib.biology import SpikingNeuron, synaptic_current
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.two_neurons import lift
from nnlib.live.protocol import reply


def shown(name, **settings):
    answer = reply(name, settings)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


def line(panel, label):
    return next(line["at"] for line in panel["lines"] if line["label"] == label)


# a spiking neuron


def test_the_point_on_the_curve_is_the_rate_by_the_formula():
    # V settles at −65 + 10 · 2 = −45 mV: T = 2 + 10 ln((−45 + 65) / (−45 + 50)) = 2 + 10 ln 4 = 15.863 ms
    picture, _ = shown("spiking_neuron", current=2)
    curve = line(picture["rate"], "by the formula, without noise")
    assert np.interp(2, *curve.T) == pytest.approx(1000 / (2 + 10 * np.log(4)), abs=1e-9)
    assert line(picture["rate"], "measured above")[0] == pytest.approx([2, 63.04], abs=0.4)  # steps of 0.1 ms


def test_the_trace_is_the_packages_own():
    picture, _ = shown("spiking_neuron", current=1.9, time_constant=15, threshold=-52, noise=1)
    trace = SpikingNeuron(threshold=-52, time_constant=15).simulate(1.9, 400.0, 0.1, 1.0, rng=1)
    np.testing.assert_array_equal(line(picture["voltage"], "voltage V")[:, 1], trace.voltage[::4])
    np.testing.assert_array_equal(line(picture["voltage"], "spikes")[::2, 0], trace.spikes)


RATE, FIND, BELOW = EXPLORABLES["spiking_neuron"].controls[-1].options


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"current": 1.8}, True), ({"current": 2.0}, False), ({"current": 0}, False),
     ({"task": FIND, "current": 1.51}, False),  # of this threshold the chapter has told it
     ({"task": FIND, "current": 1.01, "threshold": -55}, True), ({"task": FIND, "current": 1.0, "threshold": -55}, False),
     ({"task": FIND, "current": 1.02, "threshold": -55}, True), ({"task": FIND, "current": 1.03, "threshold": -55}, False),
     ({"task": FIND, "current": 1.01, "threshold": -55, "noise": 1}, False),
     ({"task": FIND, "current": 1.01, "threshold": -55, "time_constant": 50}, True),
     ({"task": BELOW, "current": 1.4, "noise": 2}, True), ({"task": BELOW, "current": 1.4}, False),
     ({"task": BELOW, "current": 1.6, "noise": 2}, False)],
)  # fmt: skip
def test_the_spiking_neurons_challenges_recognize_success(settings, done):
    assert shown("spiking_neuron", **settings)[1] is done


def challenge(name, **settings):
    figure = EXPLORABLES[name]
    return figure.challenge(figure.check(settings), None)


def test_the_two_nearest_settings_of_the_slider_are_near_enough_at_every_threshold():
    for threshold in np.arange(-60, -39.5, 0.5):
        currents = [round((threshold + 65) / 10 + k / 100, 2) for k in range(4)]
        found = [challenge("spiking_neuron", task=FIND, threshold=threshold, current=current)[1] for current in currents]
        assert found == [False, threshold != -50, threshold != -50, False], threshold


def test_the_threshold_current_is_not_shown_to_whoever_looks_for_it():
    answer = reply("spiking_neuron", {"task": FIND, "threshold": -47, "current": 1.2})
    rate = next(panel for panel in answer["picture"] if panel["name"] == "rate")
    assert [line["label"] for line in rate["lines"]] == ["measured above"]
    said = str([panel.get("lines") for panel in answer["picture"] if panel["kind"] == "equations"]) + answer["sentence"]
    assert "1.8" not in said and "not above" not in said and "formula" not in said
    found, _ = shown("spiking_neuron", task=FIND, threshold=-47, current=1.81)
    assert [name["label"] for name in found["rate"]["legend"]] == [
        "threshold current", "by the formula, without noise", "measured above"]  # fmt: skip


CURRENTS = np.round(np.arange(0, 5.005, 0.01), 2)


@pytest.mark.parametrize("time_constant", [2, 3, 4, 6, 10, 20, 35, 40, 45, 50])
@pytest.mark.parametrize("threshold", [-60, -55, -50, -45, -40])
def test_fifty_hertz_is_found_by_a_search_or_the_task_says_why_not(time_constant, threshold):
    figure = EXPLORABLES["spiking_neuron"]
    given = figure.check({"time_constant": time_constant, "threshold": threshold})
    rates = SpikingNeuron(threshold=threshold, time_constant=time_constant).firing_rate(CURRENTS)
    near = CURRENTS[np.argsort(abs(rates - 50), kind="stable")[:3]]  # those worth a simulation
    solved = any(figure.challenge(given | {"current": float(current)}, None)[1] for current in near)
    assert solved is not any(words in figure.challenge(given, None)[0] for words in ("slow a membrane", "quick a membrane"))


@pytest.mark.parametrize("time_constant", [2, 10, 50])
@pytest.mark.parametrize("threshold", [-60, -50, -40])
def test_below_the_threshold_current_noise_makes_every_neuron_fire(time_constant, threshold):
    below = (threshold + 65) / 10 - 0.1
    assert any(challenge("spiking_neuron", task=BELOW, time_constant=time_constant, threshold=threshold, current=below,
                         noise=noise)[1] for noise in (1, 3, 5))  # fmt: skip


@pytest.mark.parametrize(("name", "task"), [("spiking_neuron", task) for task in (RATE, FIND, BELOW)]
                         + [("two_neurons", task) for task in EXPLORABLES["two_neurons"].controls[-1].options])  # fmt: skip
def test_no_single_click_or_drag_to_an_end_solves_a_task(name, task):
    for control in EXPLORABLES[name].controls[:-1]:
        for end in (control.low, control.high):
            assert not challenge(name, task=task, **{control.name: end})[1], control.name


def test_another_draw_is_another_noise_and_the_same_draw_the_same():
    one, again, other = (line(shown("spiking_neuron", noise=2, draw=draw)[0]["voltage"], "voltage V") for draw in (1, 1, 2))
    assert (one == again).all() and not (one == other).all()


def test_spikes_have_a_name_in_the_legend():
    for name, panel in (("spiking_neuron", "voltage"), ("two_neurons", "first"), ("two_neurons", "second")):
        assert "spikes" in [one["label"] for one in shown(name)[0][panel]["legend"]]


@pytest.mark.parametrize(
    ("current", "time_constant", "end"),
    [(1.5, 10, "never fires."), (1.51, 50, "fires once."), (1.51, 10, "fires 7 times, at 19.2 Hz.")],
)
def test_the_sentence_says_how_often_it_fires(current, time_constant, end):
    figure = EXPLORABLES["spiking_neuron"]
    settings = figure.check({"current": current, "time_constant": time_constant})
    assert figure.describe(settings, None).endswith(f", and the neuron {end}")


# two neurons and a synapse


@pytest.mark.parametrize("current", [0, 1.6, 4])
@pytest.mark.parametrize("second_current", [0, 4])
@pytest.mark.parametrize("time_constant", [2, 20])
@pytest.mark.parametrize("weight", [10, 0, -3, -10])
def test_every_voltage_is_one_that_a_living_cell_can_have(weight, time_constant, second_current, current):
    picture, _ = shown("two_neurons", current=current, weight=weight, time_constant=time_constant,
                       second_current=second_current)  # fmt: skip
    for panel in (picture["first"], picture["second"]):
        voltage = line(panel, "voltage")[:, 1]
        assert voltage.min() >= -75 and voltage.max() <= -50
        assert (panel["y"]["low"], panel["y"]["high"]) == (-85, 25)  # the axis stays


def test_one_spike_alone_is_said_to_move_the_voltage_as_far_as_it_does():
    # w R (τₛ/τ)^(τ/(τ − τₛ)) = 4 · 10 · (1/2)² = 10 mV
    assert lift({"weight": 4.0, "time_constant": 5.0}) == pytest.approx(10, rel=0.03)  # steps of 0.2 ms
    assert lift({"weight": -10.0, "time_constant": 5.0}) == -10  # down to the floor


def test_the_second_neuron_gets_the_current_of_the_synapse():
    picture, _ = shown("two_neurons", current=2.5, weight=4, time_constant=8, second_current=0.5)
    neuron = SpikingNeuron()
    first = neuron.simulate(2.5, 300.0, 0.2)
    current = synaptic_current(first.spikes, first.times, 4.0, 8.0)
    second = neuron.simulate(0.5 + current[:-1], 300.0, 0.2, floor=-75)
    np.testing.assert_array_equal(line(picture["synapse"], "current through the synapse")[:, 1], current)
    np.testing.assert_array_equal(line(picture["second"], "voltage")[:, 1], second.voltage)
    assert len(second.spikes) > 0


def test_the_handle_of_the_synapse_sits_on_the_first_pulse():
    picture, _ = shown("two_neurons", weight=-3)
    x, y = picture["synapse"]["handles"][0]["at"]
    assert y == -3
    current = line(picture["synapse"], "current through the synapse")
    assert current[np.abs(current[:, 0] - x).argmin(), 1] == pytest.approx(-3)


def test_a_first_neuron_that_is_silent_leaves_no_pulse_to_take_hold_of():
    assert shown("two_neurons", current=1)[0]["synapse"]["handles"] == []


SILENCE = EXPLORABLES["two_neurons"].controls[-1].options[1]


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"weight": 4.4}, True), ({"weight": 3}, False), ({"weight": 10}, False), ({"weight": 4.4, "second_current": 0.1}, False)],
)
def test_one_spike_for_every_two_is_recognized(settings, done):
    assert shown("two_neurons", **settings)[1] is done


@pytest.mark.parametrize(
    ("second_current", "weight", "done"),
    [(1.7, -2, True), (1.7, -0.5, False), (1.7, -5, False), (1, -2, False), (1.7, 2, False)],
)
def test_silence_by_inhibition_is_recognized(second_current, weight, done):
    assert shown("two_neurons", task=SILENCE, second_current=second_current, weight=weight)[1] is done


@pytest.mark.parametrize("current", [1.6, 2, 3, 4])
@pytest.mark.parametrize("time_constant", [2, 5, 20])
@pytest.mark.parametrize("second_current", [1.6, 2, 3, 4])
def test_silence_is_found_by_a_search_or_the_task_says_why_not(current, time_constant, second_current):
    given = {"task": SILENCE, "current": current, "time_constant": time_constant, "second_current": second_current}
    solved = any(challenge("two_neurons", weight=weight, **given)[1] for weight in np.arange(-10, 0, 0.5))
    assert solved is not ("not even −2 nA" in challenge("two_neurons", weight=-1, **given)[0])


@pytest.mark.parametrize("time_constant", [2, 5, 10, 20])
def test_one_for_two_is_found_by_a_search_with_any_synapse(time_constant):
    tries = (
        {"current": current, "weight": weight} for current in np.arange(1.55, 3, 0.15) for weight in np.arange(0.2, 10, 0.2)
    )
    assert any(challenge("two_neurons", time_constant=time_constant, **one)[1] for one in tries)


@pytest.mark.parametrize("current", [0, 1, 1.5])
def test_one_for_two_with_a_silent_first_neuron_says_what_it_lacks(current):
    words, done = challenge("two_neurons", current=current, weight=4.4)
    assert not done and "give the first a current" in words
