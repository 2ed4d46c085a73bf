"""Two neurons and a synapse: each spike of the first sends a current into the second, which excites it or inhibits it."""

import numpy as np

from nnlib.biology import SpikingNeuron, synaptic_current
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.models.neurons import SPIKE_TOP, VOLTAGE_ENDS, fires, spike_count, strokes
from nnlib.explorables.writing import text

DURATION, DT = 300.0, 0.2  # ms
FLOOR = -75.0  # mV: what inhibition can do in this figure, about where a living synapse loses its force
GENTLEST = -2.0  # nA, of the weight that may silence the second
ONE_FOR_TWO, SILENCE = "one spike for two", "silence the second"


class TwoNeurons(Explorable):
    name = "two_neurons"
    title = "Two neurons and a synapse"
    controls = (
        number("current", "current I₁ in nA", 2.0, 0, 4, 0.05),
        number("weight", "weight w in nA", 2.5, -10, 10, 0.1),
        number("time_constant", "synapse τₛ in ms", 5.0, 2, 20, 0.5),
        number("second_current", "current I₂ in nA", 0.0, 0, 4, 0.05),
        choice("task", "task", (ONE_FOR_TWO, SILENCE)),
    )

    def picture(self, settings, state):
        first, current, second = simulated(settings)
        high = max(1.0, np.ceil(np.abs(current).max()))
        time = ("time in ms", 0, DURATION)
        synapse = [
            panels.line([[0, 0], [DURATION, 0]], "old"),
            panels.line(np.column_stack([first.times, current]), "curve", "current through the synapse"),
        ]
        # Right after the first spike the current is the weight itself: there the reader may take hold of it.
        top = [panels.handle("probe", "weight of the synapse", (at, settings["weight"]), {"weight": (0, 1, 0)})
               for at in first.spikes[:1]]  # fmt: skip
        return [
            panels.series("first", "The first neuron", time, ("V₁ in mV", *VOLTAGE_ENDS), _voltage(first), aspect=4.2,
                          wide=True),
            panels.series("synapse", "The synapse: each spike of the first starts a current into the second", time,
                          ("current in nA", -high, high), synapse, handles=top, aspect=4.2, wide=True),
            panels.series("second", "The second neuron: inhibition pulls it no lower than −75 mV", time,
                          ("V₂ in mV", *VOLTAGE_ENDS), _voltage(second), aspect=4.2, wide=True),
            panels.network("diagram", "Who drives whom: I in nA, f in Hz", *_diagram(settings, first, second), aspect=1.7),
            panels.equations("equations", "The same in numbers", _equations(settings, first, second)),
        ]  # fmt: skip

    def describe(self, settings, state):
        first, _, second = simulated(settings)
        weight = settings["weight"]
        own = f", with {text(settings['second_current'])} nA of its own," if settings["second_current"] else ""
        kind = "excites" if weight > 0 else "inhibits" if weight < 0 else "does nothing"
        return (
            f"In {text(DURATION, 0)} ms the first neuron {fires(first)}; the synapse, of weight {text(weight, 1)} nA, "
            f"{kind}, and the second neuron{own} {fires(second)}."
        )

    def challenge(self, settings, state):
        first, _, second = simulated(settings)
        if settings["task"] == ONE_FOR_TWO:
            between = np.diff(np.searchsorted(first.spikes, second.spikes, side="right"))
            done = len(between) >= 2 and (between == 2).all() and settings["second_current"] == 0
            task = "Without a current of its own, let the second fire once for every two spikes of the first: "
            if len(first.spikes) == 0:
                return f"{task}give the first a current I₁ that makes it fire.", False
            return f"{task}now {len(second.spikes)} for {len(first.spikes)}.", bool(done)
        if settings["second_current"] <= SpikingNeuron().rheobase:
            return "Give the second a current I₂ that makes it fire by itself; then silence it through the synapse.", False
        task = "Silence the second, from the middle of the picture on, with a weight no stronger than −2 nA"
        if not is_silent(simulated(settings | {"weight": GENTLEST})[2]):
            cure = "let the first fire faster, let the synapse last longer, or lower I₂"
            return f"{task}. At these currents not even −2 nA does it: {cure}.", False
        return f"{task}.", is_silent(second) and GENTLEST <= settings["weight"] < 0

    def code(self, settings, steps):
        current, weight, time_constant, second_current = (settings[control.name] for control in self.controls[:4])
        return f"""\
from nnlib.biology import SpikingNeuron, synaptic_current

first = SpikingNeuron().simulate({current!r}, duration={DURATION}, dt={DT})
current = synaptic_current(first.spikes, first.times[:-1], weight={weight!r}, time_constant={time_constant!r})
second = SpikingNeuron().simulate({second_current!r} + current, duration={DURATION}, dt={DT}, floor={FLOOR})
for trace in (first, second):
    print(f"spikes: {{len(trace.spikes)}}, rate: {{trace.rate:.9f}}")
"""


@remembered("current", "weight", "time_constant", "second_current", most=2)
def simulated(settings):
    """Return the trace of the first neuron, the current through the synapse at the same times, and the second's trace."""
    neuron = SpikingNeuron()
    first = neuron.simulate(settings["current"], DURATION, DT)
    through = synaptic_current(first.spikes, first.times, settings["weight"], settings["time_constant"])
    return first, through, neuron.simulate(settings["second_current"] + through[:-1], DURATION, DT, floor=FLOOR)


def is_silent(trace) -> bool:
    """Say whether a neuron fires no more from the middle of the picture on."""
    return len(trace.spikes) == 0 or bool(trace.spikes[-1] < DURATION / 2)


def lift(settings) -> float:
    """Return by how many mV one spike alone would move the second neuron's voltage, at most."""
    neuron = SpikingNeuron()
    times = DT * np.arange(round(DURATION / DT))
    alone = synaptic_current([0], times, abs(settings["weight"]), settings["time_constant"])
    high = SpikingNeuron(threshold=1e3).simulate(alone, DURATION, DT).voltage.max() - neuron.resting
    return float(high if settings["weight"] >= 0 else -min(high, neuron.resting - FLOOR))


def _voltage(trace):
    threshold = SpikingNeuron.threshold
    return [
        panels.line([[0, threshold], [DURATION, threshold]], "level", "threshold"),
        panels.line(strokes(trace.spikes, threshold, SPIKE_TOP), "spikes", "spikes"),
        panels.line(np.column_stack([trace.times, trace.voltage]), "curve", "voltage"),
    ]


def _diagram(settings, first, second):
    layers = [
        [panels.node("I₁", settings["current"])],
        [panels.node("f₁", first.rate), panels.node("I₂", settings["second_current"])],
        [panels.node("f₂", second.rate)],
    ]
    return layers, [
        panels.edge((0, 0), (1, 0), None, ""),
        panels.edge((1, 0), (2, 0), settings["weight"], "w", sets="weight"),
        panels.edge((1, 1), (2, 0), None, ""),
    ]


def _equations(settings, first, second):
    weight, tau = text(settings["weight"], 1), text(settings["time_constant"], 1)
    return [
        "after each spike, at time tₛ: w e^(−(t − tₛ)/τₛ)",
        f"  with w = {weight} nA and τₛ = {tau} ms",
        f"one spike alone would move V₂ by {text(lift(settings), 1)} mV",
        "  (in the cortex: by about 1 mV, and often by less)",
        f"first: {spike_count(first)}, {text(first.rate, 1)} Hz",
        f"second: {spike_count(second)}, {text(second.rate, 1)} Hz",
    ]
