"""What figures of single neurons share: the colors of an output, and how spikes are drawn and counted in words."""

import numpy as np

from nnlib.explorables.writing import plural

# The outputs that take the negative, the zero and the positive color.
OUTPUT_SCALES = {
    "step": (0, 0.5, 1),
    "sigmoid": (0, 0.5, 1),
    "tanh": (-1, 0, 1),
    "relu": (-3, 0, 3),
    "identity": (-3, 0, 3),
}
SPIKE_TOP = 15.0  # mV: how high a spike is drawn
VOLTAGE_ENDS = (-85.0, 25.0)  # mV, of the axis


def strokes(times, low, high):
    """Return a stroke from low to high at each of the times of spikes: (2 n, 2)."""
    return np.column_stack([np.repeat(times, 2), np.tile([low, high], len(times))])


def fires(trace) -> str:
    """Return in words how often a neuron fires."""
    count = len(trace.spikes)
    if count == 0:
        return "never fires"
    return "fires once" if count == 1 else f"fires {count} times"


def spike_count(trace) -> str:
    """Return the number of spikes in words: 1 spike, 2 spikes."""
    return plural(len(trace.spikes), "spike")
