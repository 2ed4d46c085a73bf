"""A living neuron in one equation: the leaky integrate-and-fire model, in real units (ms, mV, nA, MΩ, Hz).

The membrane is a leaky capacitor, τ dV/dt = −(V − V_rest) + R I. Where V reaches the threshold the neuron fires, V is
reset, and for a short refractory period nothing can move it. The leaky membrane with a threshold is Lapicque's (1907); the
equations and their solutions are those of Gerstner, Kistler, Naud and Paninski, *Neuronal Dynamics* (2014), sections 1.3,
3.1 and 8.1.
"""

import math
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array, as_count, as_number, as_numbers, as_rng, as_vector


class Trace(NamedTuple):
    """What a simulation returns.

    Examples
    --------
    >>> trace = SpikingNeuron().simulate(2.0, duration=50)
    >>> len(trace.spikes)
    3
    """

    times: Array  #: In ms, shape (steps + 1,).
    voltage: Array  #: In mV, shape (steps + 1,).
    spikes: Array  #: The time of each spike, in ms.

    @property
    def rate(self) -> float:
        """The measured firing rate in Hz, from the first to the last spike; 0 where there are fewer than two."""
        return 1000 * (len(self.spikes) - 1) / float(self.spikes[-1] - self.spikes[0]) if len(self.spikes) > 1 else 0.0


@dataclass(frozen=True)
class SpikingNeuron:
    """A leaky integrate-and-fire neuron.

    Parameters
    ----------
    resting : float
        The voltage without input, V_rest, in mV.
    threshold : float
        The voltage at which it fires, in mV, above `resting` and `reset`.
    reset : float
        The voltage right after a spike, in mV.
    resistance : float
        The membrane's resistance R, in MΩ; so R I is in mV where I is in nA.
    time_constant : float
        τ in ms: without input, the voltage comes 63 % nearer to rest in this time.
    refractory : float
        How long the voltage is held at `reset` after a spike, in ms.

    Examples
    --------
    >>> neuron = SpikingNeuron()
    >>> neuron.rheobase
    1.5
    >>> print(f"{neuron.firing_rate(2.0):.1f} spikes per second")
    63.0 spikes per second
    """

    resting: float = -65.0
    threshold: float = -50.0
    reset: float = -65.0
    resistance: float = 10.0
    time_constant: float = 10.0
    refractory: float = 2.0

    def __post_init__(self):
        for field in fields(self):
            positive = field.name in ("resistance", "time_constant")
            low = 0 if positive or field.name == "refractory" else -math.inf
            number = as_number(getattr(self, field.name), field.name, low=low, open_low=positive)
            object.__setattr__(self, field.name, number)
        for name in ("resting", "reset"):
            if getattr(self, name) >= self.threshold:
                values = f"{getattr(self, name):g} mV, but must lie below threshold, {self.threshold:g} mV"
                raise ValueError(f"{name} is {values}: lower {name} or raise threshold.")

    @property
    def rheobase(self) -> float:
        """The current, (threshold − resting) / R in nA, above which the neuron fires."""
        return (self.threshold - self.resting) / self.resistance

    def firing_rate(self, current):
        """Return the firing rate in Hz at a constant `current` in nA: a float, or an array of the current's shape.

        1000 / T with T = refractory + τ log((V∞ − reset) / (V∞ − threshold)) and V∞ = resting + R I, the voltage that
        the current would hold; 0 up to the rheobase, where V∞ does not pass the threshold.
        """
        above = self.resistance * (as_numbers(current, "current") - self.rheobase)  # V∞ − threshold
        fires = above > 0
        climb = np.log1p((self.threshold - self.reset) / np.where(fires, above, 1.0))
        rate = np.where(fires, 1000 / (self.refractory + self.time_constant * climb), 0.0)
        return rate if rate.ndim else float(rate)

    def simulate(self, current, duration=200.0, dt=0.1, noise=0.0, rng=None, floor=None) -> Trace:
        """Integrate the voltage step by step, from rest.

        Each step solves the equation exactly for a current that stays constant in it, V ← V∞ + (V − V∞) e^(−dt/τ), so
        a spike is late by less than one step, and nothing else is approximate.

        Parameters
        ----------
        current : float or array (steps,)
            The input in nA, constant or one number a step.
        duration, dt : float
            The time simulated and the length of a step, in ms: there are round(duration / dt) steps. The refractory
            period is rounded to whole steps as well.
        noise : float
            The standard deviation in mV that the voltage would have without spikes, whatever `dt` is (white noise).
        rng : int or numpy.random.Generator, optional
            Where the noise comes from.
        floor : float, optional
            A voltage in mV that nothing can pull it below: a stand-in for the voltage at which inhibiting synapses
            lose their force. Without it, a strong negative current pulls the voltage down as far as R I says.
        """
        dt = as_number(dt, "dt", low=0, open_low=True)
        noise = as_number(noise, "noise", low=0)
        rng = as_rng(rng)
        low = -math.inf if floor is None else as_number(floor, "floor", high=min(self.resting, self.reset))
        steps = as_count(round(as_number(duration, "duration", low=dt) / dt), "duration / dt")
        goals = self.resting + self.resistance * _per_step(current, steps)
        decay = math.exp(-dt / self.time_constant)
        hold = round(self.refractory / dt)
        kicks = noise * math.sqrt(1 - decay**2) * rng.standard_normal(steps)
        v = self.resting
        voltage = [v]
        spikes = []
        held = 0  # steps for which nothing can move the voltage
        for step, (goal, kick) in enumerate(zip(goals.tolist(), kicks.tolist(), strict=True), start=1):
            if held:
                held -= 1
            else:
                v = max(goal + (v - goal) * decay + kick, low)
                if v >= self.threshold:
                    spikes.append(step * dt)
                    v = self.reset
                    held = hold
            voltage.append(v)
        return Trace(dt * np.arange(steps + 1), np.array(voltage), np.array(spikes))


def synaptic_current(spikes, times, weight=1.0, time_constant=5.0) -> Array:
    """Return the current in nA that `spikes` cause through a synapse, at each of the `times`: shape (times,).

    Each spike at tₛ adds weight e^(−(t − tₛ)/τₛ) from tₛ on. `weight` is in nA, positive where the synapse excites and
    negative where it inhibits, and for spikes of several synapses one a spike; spikes, times and `time_constant` are in
    ms. Simulate the next neuron with ``current=synaptic_current(trace.spikes, trace.times[:-1])``.
    """
    times = as_vector(times, name="times")
    spikes = as_numbers(spikes, "spikes").reshape(-1)
    weight = as_numbers(weight, "weight")
    if weight.shape not in ((), spikes.shape):
        raise ValueError(f"weight has shape {weight.shape}, but there are {len(spikes)} spikes: pass one, or one a spike.")
    tau = as_number(time_constant, "time_constant", low=0, open_low=True)
    order = np.argsort(times)
    ordered = times[order]
    place = np.searchsorted(ordered, spikes)  # of the first time at or after each spike
    seen = place < len(times)
    spikes, weight, place = spikes[seen], np.broadcast_to(weight, seen.shape)[seen], place[seen]
    arriving = np.zeros(len(times))
    np.add.at(arriving, place, weight * np.exp((spikes - ordered[place]) / tau))
    decays = np.exp(-np.diff(ordered, prepend=ordered[0]) / tau)
    now, currents = 0.0, []
    for decay, new in zip(decays.tolist(), arriving.tolist(), strict=True):
        now = now * decay + new
        currents.append(now)
    result = np.empty(len(times))
    result[order] = currents
    return result


def _per_step(current, steps) -> Array:
    current = as_numbers(current, "current")
    if current.shape not in ((), (steps,)):
        raise ValueError(f"current has shape {current.shape}, but there are {steps} steps: pass one number a step.")
    return np.broadcast_to(current, steps)
