"""The figures of living neurons: one that fires, and two with a synapse between them."""

import numpy as np
import pytest

from nnlib.biology import SpikingNeuron, synaptic_current
from nnlib.explorables import EXPLORABLES
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
    trace = SpikingNeuron(threshold=-52, time_constant=15).simulate(1.9, 400.0, 0.1, 1.0, rng=0)
    np.testing.assert_array_equal(line(picture["voltage"], "voltage V")[:, 1], trace.voltage[::4])
    np.testing.assert_array_equal(line(picture["voltage"], "spikes")[::2, 0], trace.spikes)


_, FIND, BELOW = EXPLORABLES["spiking_neuron"].controls[-1].options


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"current": 1.8}, True), ({"current": 2.0}, False), ({"current": 0}, False),
     ({"task": FIND, "current": 1.51}, True), ({"task": FIND, "current": 1.5}, False), ({"task": FIND, "current": 1.53}, False),
     ({"task": FIND, "current": 1.51, "noise": 1}, False), ({"task": FIND, "current": 1.01, "threshold": -55}, True),
     ({"task": FIND, "current": 1.51, "time_constant": 50}, True),
     ({"task": BELOW, "current": 1.4, "noise": 2}, True), ({"task": BELOW, "current": 1.4}, False),
     ({"task": BELOW, "current": 1.6, "noise": 2}, False)],
)  # fmt: skip
def test_the_spiking_neurons_challenges_recognize_success(settings, done):
    assert shown("spiking_neuron", **settings)[1] is done


@pytest.mark.parametrize(
    ("current", "time_constant", "end"),
    [(1.5, 10, "never fires."), (1.51, 50, "fires once."), (1.51, 10, "fires 7 times, at 19.2 Hz.")],
)
def test_the_sentence_says_how_often_it_fires(current, time_constant, end):
    figure = EXPLORABLES["spiking_neuron"]
    settings = figure.check({"current": current, "time_constant": time_constant})
    assert figure.describe(settings, None).endswith(f", and the neuron {end}")


# two neurons and a synapse


@pytest.mark.parametrize("weight", [10, 0, -3, -10])
def test_no_voltage_leaves_its_axis(weight):
    picture, _ = shown("two_neurons", current=5, weight=weight, time_constant=30)
    for panel in (picture["first"], picture["second"]):
        voltage = line(panel, "voltage")[:, 1]
        assert panel["y"]["low"] <= voltage.min() and voltage.max() <= panel["y"]["high"]


def test_the_second_neuron_gets_the_current_of_the_synapse():
    picture, _ = shown("two_neurons", current=2.5, weight=4, time_constant=8, second_current=0.5)
    neuron = SpikingNeuron()
    first = neuron.simulate(2.5, 300.0, 0.2)
    current = synaptic_current(first.spikes, first.times, 4.0, 8.0)
    second = neuron.simulate(0.5 + current[:-1], 300.0, 0.2)
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


@pytest.mark.parametrize(("second_current", "weight", "done"), [(2, -5, True), (2, -1, False), (1, -5, False), (2, 5, False)])
def test_silence_by_inhibition_is_recognized(second_current, weight, done):
    assert shown("two_neurons", task=SILENCE, second_current=second_current, weight=weight)[1] is done
