"""Exercise: a simulation with two bugs, found by comparing the measured rate with the closed form."""

from nnlib.exercises.exercise import Exercise, Wrong


def interval(rate_of, current, refractory):
    """Return in words how often it fires; in whole ms, so that it does not matter in which step a spike is noted."""
    rate = rate_of(current, refractory)
    if rate is None:
        return None
    return f"a spike every {1000 / rate:.0f} ms" if rate > 0 else "no spike at all"


EXERCISE = Exercise(
    name="biology-bug-hunt",
    asks="measured_rate(current, refractory)",
    solution="""
def measured_rate(current, refractory):
    dt, v, held, spikes = 0.1, -65.0, 0, []
    for step in range(5000):
        if held > 0:
            held -= 1
            continue
        v += dt / 10.0 * (-65.0 - v + 10.0 * current)
        if v >= -50.0:
            spikes.append(step * dt)
            v = -65.0
            held = round(refractory / dt)  # in steps, as it is counted down
    return 1000 * (len(spikes) - 1) / (spikes[-1] - spikes[0])  # from ms to Hz
""",
    hints=(
        "Print `measured_rate(2.724, 2.0)` beside `SpikingNeuron(refractory=2.0).firing_rate(2.724)`.",
        "First set the refractory period to 0 in both: the bug that is left is about a unit. Then set it to 5, and see "
        "whether anything changes.",
        "After a spike set `held = round(refractory / dt)`, and multiply the last line by 1000: from spikes per ms to Hz.",
    ),
    # The climb takes 8, 20 and 8 ms.
    inputs=((2.724, 2.0), (1.7347, 5.0), (2.724, 0.0)),
    use=interval,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Compare with the closed form, first with the refractory period 0, then with 5: each comparison shows one bug.",
            "One bug is a unit in the last line; the other is a variable that is counted down and never set.",
            change={"held = round(refractory / dt)": "held = 0", "1000 * ": ""},
        ),
        Wrong(
            "the refractory period has no effect",
            "One bug is mended: without a refractory period the rate is right. With one it is still too high.",
            "Follow `held` through the program: where does it get a value other than 0?",
            "When the neuron fires, set `held = round(refractory / dt)`, the number of steps to wait.",
            change={"held = round(refractory / dt)": "held = 0"},
        ),
        Wrong(
            "the rate is in spikes per ms",
            "One bug is mended. The rate is now a thousand times too small.",
            "The times of the spikes are in ms, and a rate in Hz is spikes per second.",
            "Multiply the last line by 1000.",
            change={"1000 * ": ""},
        ),
        Wrong(
            "milliseconds are counted as steps",
            "The neuron now waits after a spike, but not long enough.",
            "`held` is counted down once a step, and a step is not a millisecond.",
            "Turn ms into steps: `held = round(refractory / dt)`.",
            change={"round(refractory / dt)": "round(refractory)"},
        ),
    ),
)
