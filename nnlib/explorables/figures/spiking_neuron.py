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
CURRENT_STEP = 0.01  # nA
CURRENTS = np.linspace(0, MAX_CURRENT, 251)
WANTED_RATE = 50.0  # Hz
RATE_TOLERANCE = 2.0  # Hz
CURRENT_TOLERANCE = 0.02  # nA
ROUNDING = 1e-9  # of a difference between two decimal numbers
RATE, FIND, BELOW = "fire at 50 Hz", "find the threshold current", "fire below the threshold current"


class SpikingNeuron(Explorable):
    name = "spiking_neuron"
    title = "A spiking neuron"
    controls = (
        number("current", "current in nA", 2.0, 0, MAX_CURRENT, CURRENT_STEP),
        number("time_constant", "τ in ms", 10.0, 2, 50, 0.5),
        number("threshold", "threshold in mV", -50.0, -60, -40, 0.5),
        number("noise", "noise in mV", 0.0, 0, 5, 0.1),
        number("draw", "which noise", 1, 1, 50, 1),
        choice("task", "task", (RATE, FIND, BELOW)),
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
        if _searching(settings, neuron, trace):  # the formula would show what is looked for
            rates = rates[-1:]
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
        threshold = f", where the threshold current is {text(neuron.rheobase)} nA,"
        return (
            f"A current of {text(settings['current'])} nA{'' if _searching(settings, neuron, trace) else threshold} "
            f"lasts for {text(DURATION, 0)} ms{noise} and the neuron {fires(trace)}{rate}."
        )

    def challenge(self, settings, state):
        neuron, trace = simulated(settings)
        below = settings["current"] < neuron.rheobase
        if settings["task"] == RATE:
            done = abs(trace.rate - WANTED_RATE) <= RATE_TOLERANCE + ROUNDING
            return f"Make it fire at 50 Hz, give or take 2; now it fires at {text(trace.rate, 1)} Hz{_hindrance(neuron)}.", done
        if settings["task"] == FIND:
            if settings["threshold"] == Membrane.threshold:
                return "Give it a threshold other than −50 mV, and find the least current that still makes it fire.", False
            task = "Without noise, find the least current that still makes it fire, to within 0.02 nA"
            now = "it is silent" if len(trace.spikes) == 0 else "it fires"
            return f"{task}; now {now}.", _found(settings, neuron, trace)
        task = "Make it fire with a current that alone is too weak: below the threshold current."
        return task, below and len(trace.spikes) > 0

    def code(self, settings, steps):
        current, time_constant, threshold, noise, draw = (settings[control.name] for control in self.controls[:5])
        return f"""\
from nnlib.biology import SpikingNeuron

neuron = SpikingNeuron(threshold={threshold!r}, time_constant={time_constant!r})
trace = neuron.simulate({current!r}, duration={DURATION}, dt={DT}, noise={noise!r}, rng={round(draw)})
print(f"spikes: {{len(trace.spikes)}}")
print(f"measured rate: {{trace.rate:.9f}}")
print(f"rate by the formula: {{neuron.firing_rate({current!r}):.9f}}")
"""


@remembered("current", "time_constant", "threshold", "noise", "draw")
def simulated(settings):
    """Return the neuron of the settings and its trace; the same draw is the same noise."""
    neuron = Membrane(threshold=settings["threshold"], time_constant=settings["time_constant"])
    return neuron, neuron.simulate(settings["current"], DURATION, DT, settings["noise"], rng=round(settings["draw"]))


def _found(settings, neuron, trace):
    above = settings["current"] - neuron.rheobase
    return settings["noise"] == 0 and 0 < above <= CURRENT_TOLERANCE + ROUNDING and len(trace.spikes) > 0


def _searching(settings, neuron, trace):
    """Say whether the threshold current is still looked for, and so must not be shown."""
    return settings["task"] == FIND and not _found(settings, neuron, trace)


def _hindrance(neuron):
    """Return in words why no steady current of the slider makes it fire at the wanted rate, or nothing where one does."""
    if neuron.firing_rate(MAX_CURRENT) < WANTED_RATE - RATE_TOLERANCE:
        return f", and not even {text(MAX_CURRENT, 0)} nA would make so slow a membrane do it: lower τ or the threshold"
    if neuron.firing_rate(neuron.rheobase + CURRENT_STEP) > WANTED_RATE + RATE_TOLERANCE:
        return ", and so quick a membrane leaps from silence past 50: raise τ, or add noise"
    return ""


def _equations(settings, neuron, trace):
    goal = neuron.resting + neuron.resistance * settings["current"]
    side = "above" if goal > neuron.threshold else "not above"
    known = [
        f"V would settle at −65 + 10·{text(settings['current'])} = {text(goal, 1)} mV,",
        f"  {side} the threshold of {text(neuron.threshold, 1)} mV",
        f"rate by the formula: {text(neuron.firing_rate(settings['current']), 1)} Hz",
    ]
    if _searching(settings, neuron, trace):
        known = ["V heads for V_rest + R I"]
    return [
        "each step adds dt/τ · (V_rest + R I − V) to V",
        *known,
        f"measured: {text(trace.rate, 1)} Hz, from {spike_count(trace)}",
    ]
