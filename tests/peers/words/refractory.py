"""An LIF neuron's refractory time

τ = 10 ms, threshold 15 mV, a current that would hold 20 mV, a refractory time of 2 ms. The closed form
gives a spike every 15.863 ms.
"""

import numpy as np

NONE = {"nest": "not measured: NEST does not come by pip"}
CLIMB = 10 * np.log(20 / 5)  # ms from rest to the threshold


def nnlib():
    """the voltage is held at the reset for 2 ms; a spike is late by less than a step, here of 0.1 ms"""
    from nnlib.biology import SpikingNeuron

    neuron = SpikingNeuron(resting=0.0, threshold=15.0, reset=0.0, resistance=10.0, time_constant=10.0, refractory=2.0)
    gaps = np.diff(neuron.simulate(2.0, duration=200.0, dt=0.1).spikes)
    assert np.allclose(gaps, CLIMB + 2, atol=0.1)
    return f"{gaps[0]:.1f} ms"


def brian2():
    """`refractory` forbids spikes alone, the voltage climbs on; it is held where the equation says `(unless refractory)`"""
    import brian2

    brian2.prefs.codegen.target = "numpy"
    found = []
    for held in ("", " (unless refractory)"):
        equation = f"dv/dt = (20 - v) / (10 * ms) : 1{held}"
        settings = {"threshold": "v > 15", "reset": "v = 0", "refractory": 2 * brian2.ms, "method": "exact"}
        neuron = brian2.NeuronGroup(1, equation, **settings, dt=0.1 * brian2.ms)
        spikes = brian2.SpikeMonitor(neuron)
        brian2.Network(neuron, spikes).run(200 * brian2.ms)
        found.append(np.diff(spikes.t / brian2.ms).mean())
    assert np.allclose(found, [CLIMB, CLIMB + 2], atol=0.1)
    return "{:.1f} ms; {:.1f} ms".format(*found)


def nengo():
    """`tau_ref` holds the voltage, and a spike's time is corrected within the step: exact in the mean, here in steps of 1 ms"""
    import nengo

    neuron, current = nengo.LIF(tau_rc=0.010, tau_ref=0.002), np.array([20 / 15])  # its threshold is 1
    spike, voltage, wait = np.zeros(1), np.zeros(1), np.zeros(1)
    times = []
    for step in range(20_000):
        neuron.step(0.001, current, spike, voltage, wait)
        times += [step] if spike[0] else []
    gap = (times[-1] - times[0]) / (len(times) - 1)
    assert np.isclose(gap, CLIMB + 2, atol=0.002)
    return f"{gap:.2f} ms"


def snntorch():
    """no refractory time; a spike takes the threshold away in the *next* step, and the input counts whole, not by 1 − β"""
    import snntorch
    import torch

    beta, times = np.exp(-0.1 / 10), []
    neuron = snntorch.Leaky(beta=beta, threshold=15.0)
    voltage = neuron.init_leaky()
    for step in range(20_000):
        spike, voltage = neuron(torch.tensor([20 * (1 - beta)]), voltage)
        times += [step / 10] if spike.item() else []
    gap = (times[-1] - times[0]) / (len(times) - 1)
    assert np.isclose(gap, CLIMB, atol=0.2)
    return f"{gap:.1f} ms"
