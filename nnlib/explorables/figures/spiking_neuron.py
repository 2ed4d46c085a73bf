"""A spiking neuron: a current charges the membrane until it fires, and how often it does lies on the firing-rate curve."""

import numpy as np

from nnlib.biology import SpikingNeuron as Membrane
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.models.neurons import SPIKE_TOP, VOLTAGE_ENDS, fires, spike_count, strokes
from nnlib.explorables.writing import text

DURATION, DT = 400.0, 0.1  # ms
DRAW_EVERY = 4  # steps: the others are not drawn
MAX_CURRENT = 5.0  # nA
CURRENTS = np.linspace(0, MAX_CURRENT, 251)
WANTED_RATE = 50.0  # Hz
RATE_TOLERANCE = 2.0  # Hz
CURRENT_TOLERANCE = 0.02  # nA
TASKS = ("fire at 50 Hz", "find the threshold current", "fire below the threshold current")


class SpikingNeuron(Explorable):
    name = "spiking_neuron"
    title = "A spiking neuron"
    controls = (
        number("current", "current in nA", 2.0, 0, MAX_CURRENT, 0.01),
        number("time_constant", "τ in ms", 10.0, 2, 50, 0.5),
        number("threshold", "threshold in mV", -50.0, -60, -40, 0.5),
        number("noise", "noise in mV", 0.0, 0, 5, 0.1),
        choice("task", "task", TASKS),
    )

    def picture(self, settings, state):
        neuron, trace = simulated(settings)
        threshold, current = settings["threshold"], settings["current"]
        rate = neuron.firing_rate(current)
        curve = neuron.firing_rate(CURRENTS)
        highest = 100 * np.ceil(max(100, curve[-1], trace.rate) / 100)
        voltage = [
            panels.line([[0, threshold], [DURATION, threshold]], "level", "threshold"),
            panels.line(strokes(trace.spikes, threshold, SPIKE_TOP), "spikes", "spikes"),
            panels.line(np.column_stack([trace.times, trace.voltage])[::DRAW_EVERY], "curve", "voltage V"),
        ]
        rates = [
            panels.line([[neuron.rheobase, 0], [neuron.rheobase, highest]], "level", "threshold current"),
            panels.line([[current, 0], [current, rate], [0, rate]], "guide"),
            panels.line(np.column_stack([CURRENTS, curve]), "curve", "by the formula, without noise"),
            panels.line([[current, trace.rate]], "points", "measured above"),
        ]
        level = panels.handle("threshold", "threshold", (0.98 * DURATION, threshold), {"threshold": (0, 1, 0)})
        point = panels.handle("probe", "current", (current, 0), {"current": (1, 0, 0)})
        return [
            panels.series("voltage", "The voltage of the membrane", ("time in ms", 0, DURATION), ("V in mV", *VOLTAGE_ENDS),
                          voltage, handles=[level], aspect=2.6, wide=True),
            panels.series("rate", "How often it fires", ("current I in nA", 0, MAX_CURRENT), ("rate in Hz", 0, highest), rates,
                          handles=[point], aspect=1.3),
            panels.equations("equations", "The same in numbers", _equations(settings, neuron, trace)),
        ]  # fmt: skip

    def describe(self, settings, state):
        neuron, trace = simulated(settings)
        noise = f", with a noise of {text(settings['noise'], 1)} mV," if settings["noise"] else ","
        rate = f", at {text(trace.rate, 1)} Hz" if len(trace.spikes) > 1 else ""
        return (
            f"A current of {text(settings['current'])} nA, where the threshold current is {text(neuron.rheobase)} nA, "
            f"holds on for {text(DURATION, 0)} ms{noise} and the neuron {fires(trace)}{rate}."
        )

    def challenge(self, settings, state):
        neuron, trace = simulated(settings)
        above = settings["current"] - neuron.rheobase
        if settings["task"] == TASKS[0]:
            done = abs(trace.rate - WANTED_RATE) <= RATE_TOLERANCE
            return f"Make it fire at 50 Hz, give or take 2; now it fires at {text(trace.rate, 1)} Hz.", done
        if settings["task"] == TASKS[1]:
            task = "Without noise, find the least current that still makes it fire, to within 0.02 nA."
            return task, settings["noise"] == 0 and 0 < above <= CURRENT_TOLERANCE and len(trace.spikes) > 0
        task = "Make it fire with a current that alone is too weak: below the threshold current."
        return task, above < 0 and len(trace.spikes) > 0

    def code(self, settings, steps):
        current, time_constant, threshold, noise = (settings[control.name] for control in self.controls[:4])
        return f"""\
from nnlib.biology import SpikingNeuron

neuron = SpikingNeuron(threshold={threshold!r}, time_constant={time_constant!r})
trace = neuron.simulate({current!r}, duration={DURATION}, dt={DT}, noise={noise!r}, rng=0)
print(f"spikes: {{len(trace.spikes)}}")
print(f"measured rate: {{trace.rate:.9f}}")
print(f"rate by the formula: {{neuron.firing_rate({current!r}):.9f}}")
"""


@remembered("current", "time_constant", "threshold", "noise")
def simulated(settings):
    """Return the neuron of the settings and its trace; the noise is the same each time."""
    neuron = Membrane(threshold=settings["threshold"], time_constant=settings["time_constant"])
    return neuron, neuron.simulate(settings["current"], DURATION, DT, settings["noise"], rng=0)


def _equations(settings, neuron, trace):
    current = text(settings["current"])
    goal = neuron.resting + neuron.resistance * settings["current"]
    side = "above" if goal > neuron.threshold else "not above"
    return [
        "τ dV/dt = −(V − V_rest) + R I",
        f"V would settle at −65 + 10·{current} = {text(goal, 1)} mV,",
        f"  {side} the threshold of {text(neuron.threshold, 1)} mV",
        f"rate by the formula: {text(neuron.firing_rate(settings['current']), 1)} Hz",
        f"measured: {text(trace.rate, 1)} Hz, from {spike_count(trace)}",
    ]
