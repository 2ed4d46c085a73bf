"""The spiking neuron: its simulation against solutions on paper, in real units."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.biology import SpikingNeuron, Trace, synaptic_current

currents = st.floats(1.55, 20)


def test_the_threshold_current_by_hand():
    # (−50 mV − (−65 mV)) / 10 MΩ = 1.5 nA
    assert SpikingNeuron().rheobase == 1.5
    assert SpikingNeuron(threshold=-45, resistance=40).rheobase == 0.5


def test_the_firing_rate_by_hand():
    # 3 nA through 10 MΩ lift the voltage by 30 mV, to −35 mV: T = 2 ms + 10 ms · log(30 / 15) = 8.93 ms, so 112 Hz.
    assert SpikingNeuron().firing_rate(3) == pytest.approx(1000 / (2 + 10 * np.log(2)))
    assert SpikingNeuron().firing_rate(3) == pytest.approx(111.97, abs=0.01)
    # 1 nA through 40 MΩ lifts it to −30 mV: from −75 mV, T = 20 ms · log(45 / 20), with no refractory period.
    other = SpikingNeuron(resting=-70, reset=-75, resistance=40, time_constant=20, refractory=0)
    assert other.firing_rate(1) == pytest.approx(1000 / (20 * np.log(45 / 20)))


def test_no_current_up_to_the_rheobase_makes_it_fire():
    neuron = SpikingNeuron()
    assert neuron.firing_rate([-5, 0, 1.5]).tolist() == [0, 0, 0]
    assert neuron.firing_rate(np.nextafter(1.5, 2)) > 0
    trace = neuron.simulate(1.5, duration=1000)
    assert (len(trace.spikes), trace.rate) == (0, 0)
    assert trace.voltage[-1] == pytest.approx(-50)
    assert len(neuron.simulate(1.51, duration=1000).spikes) > 10


@given(currents)
def test_the_simulated_interval_is_the_closed_form_rounded_up_to_whole_steps(current):
    neuron, dt = SpikingNeuron(), 0.1
    interval = 1000 / neuron.firing_rate(current)
    trace = neuron.simulate(current, duration=300, dt=dt)
    between = np.diff(trace.spikes)
    assert len(between) > 3
    assert between == pytest.approx(between[0])  # every interval is the same
    assert -1e-9 <= between[0] - interval <= dt + 1e-9


@settings(max_examples=40)
@given(currents, st.floats(-80, -52), st.floats(5, 30), st.sampled_from([0, 1, 5]))
def test_the_measured_rate_nears_the_closed_form_as_steps_get_short(current, reset, time_constant, refractory):
    neuron = SpikingNeuron(reset=reset, time_constant=time_constant, refractory=refractory)
    interval = 1000 / neuron.firing_rate(current)
    trace = neuron.simulate(current, duration=4 * interval, dt=0.02)
    assert len(trace.spikes) >= 2
    assert 1000 / trace.rate == pytest.approx(interval, abs=0.0201)


def test_the_refractory_period_limits_the_rate():
    neuron = SpikingNeuron(refractory=4)
    assert neuron.firing_rate(1e9) == pytest.approx(250, rel=1e-6)
    assert SpikingNeuron(refractory=0).firing_rate(1e3) > 250


def test_the_rate_grows_with_the_current():
    rates = SpikingNeuron().firing_rate(np.linspace(1.5, 10, 100))
    assert (np.diff(rates) > 0).all()


def test_below_threshold_the_voltage_is_the_exponential_of_the_textbook_at_any_step_length():
    neuron = SpikingNeuron()
    for dt in (0.05, 0.5, 5.0):
        trace = neuron.simulate(1.2, duration=50, dt=dt)
        assert trace.voltage == pytest.approx(-65 + 12 * (1 - np.exp(-trace.times / 10)))
        assert len(trace.times) == round(50 / dt) + 1


def test_short_euler_steps_agree():
    neuron, dt, v, spikes, held = SpikingNeuron(), 0.001, -65.0, [], 0
    for step in range(1, 50_001):
        if held:
            held -= 1
            continue
        v += dt / 10 * (-(v + 65) + 10 * 2.5)
        if v >= -50:
            spikes.append(step * dt)
            v, held = -65.0, 2000
    assert neuron.simulate(2.5, duration=50, dt=dt).spikes == pytest.approx(spikes, abs=0.02)


def test_a_spike_resets_the_voltage_and_holds_it_there():
    trace = SpikingNeuron(reset=-70).simulate(4, duration=30, dt=0.1)
    first = round(trace.spikes[0] / 0.1)
    assert trace.voltage[first - 1] < -50
    assert trace.voltage[first : first + 21].tolist() == [-70] * 21  # at the spike, and 2 ms = 20 steps
    assert trace.voltage[first + 21] > -70
    assert trace.voltage.max() < -50


def test_a_current_may_change_from_step_to_step():
    current = np.where(np.arange(1000) < 500, 0.0, 3.0)
    trace = SpikingNeuron().simulate(current, duration=100, dt=0.1)
    assert trace.voltage[:501] == pytest.approx(-65)
    # From rest at 50 ms it takes 10 ms · log 2 = 6.93 ms to the threshold.
    assert trace.spikes[0] == pytest.approx(57.0)
    constant = SpikingNeuron().simulate(np.full(1000, 3.0), duration=100)
    assert (constant.voltage == SpikingNeuron().simulate(3.0, duration=100).voltage).all()


def test_no_inhibition_pulls_the_voltage_below_a_floor():
    free, held = (SpikingNeuron().simulate(-4, duration=100, floor=floor) for floor in (None, -75))
    assert free.voltage.min() == pytest.approx(-105, abs=0.01)
    assert held.voltage.min() == -75
    assert held.voltage[:20] == pytest.approx(np.maximum(free.voltage[:20], -75))


@pytest.mark.parametrize("dt", [0.1, 1.0])
def test_noise_is_the_deviation_of_the_free_voltage_at_any_step_length(dt):
    voltage = SpikingNeuron(threshold=1000).simulate(1, duration=20_000, dt=dt, noise=2.0, rng=0).voltage
    assert voltage[1000:].std() == pytest.approx(2, rel=0.05)
    assert voltage[1000:].mean() == pytest.approx(-55, abs=0.2)


def test_noise_comes_from_the_seed_and_lets_it_fire_below_the_threshold_current():
    neuron = SpikingNeuron()
    first, same, other = (neuron.simulate(1.3, 500, noise=3, rng=seed) for seed in (0, 0, 1))
    assert (first.voltage == same.voltage).all()
    assert not (first.voltage == other.voltage).all()
    assert len(first.spikes) > 5
    assert np.diff(first.spikes).std() > 1  # no two intervals alike


def test_the_rate_of_a_trace_is_counted_between_spikes():
    assert Trace(np.zeros(1), np.zeros(1), np.array([10.0, 20, 30])).rate == 100
    assert Trace(np.zeros(1), np.zeros(1), np.array([10.0])).rate == 0


# Synapses


def test_a_synapse_by_hand():
    # Spikes at 0 and 10 ms, τ = 5 ms: at 10 ms the current is e⁻² + 1 of the weight, just before only e^(−9.9/5).
    current = synaptic_current([0, 10], [-1, 0, 5, 9.9, 10], weight=2, time_constant=5)
    assert current == pytest.approx(2 * np.array([0, 1, np.exp(-1), np.exp(-9.9 / 5), np.exp(-2) + 1]))


def test_no_spike_is_no_current_and_an_inhibiting_synapse_is_negative():
    assert synaptic_current([], [0, 1, 2]).tolist() == [0, 0, 0]
    assert (synaptic_current([0], [0, 1, 2], weight=-1) < 0).all()


def test_spikes_of_several_synapses_have_a_weight_each_and_the_order_of_spikes_and_times_is_free():
    times = np.array([7.0, 0.5, 3.0])
    together = synaptic_current([6, 1, 2, 9], times, weight=[4, -1, 2, 8], time_constant=3)
    one_by_one = [w * np.where(times >= s, np.exp(-np.maximum(times - s, 0) / 3), 0) for s, w in ((6, 4), (1, -1), (2, 2))]
    assert together == pytest.approx(sum(one_by_one))  # the spike at 9 ms is yet to come


def test_one_neuron_drives_another_through_an_exciting_synapse_only():
    neuron = SpikingNeuron()
    first = neuron.simulate(3, duration=200)
    arriving = synaptic_current(first.spikes, first.times[:-1])
    excited, inhibited = neuron.simulate(1 + 2 * arriving), neuron.simulate(1 - 2 * arriving)
    assert len(excited.spikes) > 5
    assert excited.spikes[0] > first.spikes[0]
    assert len(inhibited.spikes) == 0
    assert inhibited.voltage.min() < -65


# Bad input


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: SpikingNeuron(resistance=0), ValueError, r"resistance must be a number in \(0, inf\). Got 0"),
        (lambda: SpikingNeuron(time_constant=-1), ValueError, "time_constant must be"),
        (lambda: SpikingNeuron(refractory=-1), ValueError, r"refractory must be a number in \[0, inf\)"),
        (lambda: SpikingNeuron(resting="-65"), TypeError, "resting must be a number"),
        (lambda: SpikingNeuron(threshold=np.nan), ValueError, "threshold must be a number"),
        (lambda: SpikingNeuron(threshold=-70), ValueError, "resting is -65 mV, but must lie below threshold, -70 mV"),
        (lambda: SpikingNeuron(reset=-50), ValueError, "lower reset or raise threshold"),
        (lambda: SpikingNeuron().firing_rate(np.inf), ValueError, "current has 1 values that are NaN or infinite"),
        (lambda: SpikingNeuron().firing_rate("a"), TypeError, "current holds 'a'"),
        (lambda: SpikingNeuron().simulate(1, duration=0), ValueError, "duration must be a number"),
        (lambda: SpikingNeuron().simulate(1, duration=0.01), ValueError, "duration must be a number"),
        (lambda: SpikingNeuron().simulate(1, dt=0), ValueError, "dt must be a number in"),
        (lambda: SpikingNeuron().simulate(1, noise=-1), ValueError, "noise must be a number in"),
        (lambda: SpikingNeuron().simulate(1, rng=1.5), TypeError, "rng must be"),
        (lambda: SpikingNeuron().simulate([1, 2]), ValueError, r"current has shape \(2,\), but there are 2000 steps"),
        (lambda: synaptic_current([1, np.nan], [1]), ValueError, "spikes has 1 values that are NaN"),
        (lambda: synaptic_current([1], []), ValueError, "times has shape"),
        (lambda: synaptic_current([1], [1], time_constant=0), ValueError, "time_constant must be"),
        (lambda: synaptic_current([1], [1], weight=None), TypeError, "weight holds None"),
        (lambda: synaptic_current([1] * 3, [1], weight=[1, 2]), ValueError, r"shape \(2,\), but there are 3 spikes"),
        (lambda: SpikingNeuron().simulate(1, floor=-60), ValueError, "floor must be a number in"),
    ],
)
def test_bad_input_is_refused_in_words(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_a_neuron_stays_what_it_is():
    neuron = SpikingNeuron()
    with pytest.raises(AttributeError):
        neuron.threshold = 0
