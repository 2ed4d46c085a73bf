"""Exercise: a simulation with two bugs, found by comparing the measured rate with the closed form."""

from nnlib.exercises.exercise import Exercise, Wrong, names_in


def interval(rate_of, current, refractory):
    """Return in words how often it fires; in whole ms, so that it does not matter in which step a spike is noted."""
    rate = rate_of(current, refractory)
    if rate is None:
        return None
    return f"a spike every {1000 / rate:.0f} ms" if rate > 0 else "no spike at all"


def _hardly_waits(rate_of, _):
    """Say whether the refractory period changes the rate, and by far too little."""
    return 1 < rate_of(2.724, 0.0) / rate_of(2.724, 5.0) < 1.05


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
    # The climb takes 8, 20, 8 and 27 ms; the last makes 15 spikes, which are not quite 30 a second.
    inputs=((2.724, 2.0), (1.7347, 5.0), (2.724, 0.0), (1.6081, 5.0)),
    use=interval,
    wrong=(
        Wrong(
            "the refractory period lasts a step or so",
            "The neuron waits after a spike now, but hardly at all: `held` gets a value, and it is a tiny one.",
            "`held` counts steps. How many steps of 0.1 ms are 5 ms?",
            "Divide by the step, `held = round(refractory / dt)`; a product with dt makes it smaller still.",
            when=_hardly_waits,
        ),
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Compare with the closed form, first with the refractory period 0, then with 5: each comparison shows one bug.",
            "One bug is a unit in the last line; the other is a variable that is counted down and never set.",
            change={"held = round(refractory / dt)": "held = 0", "1000 * ": ""},
        ),
        Wrong(
            "the refractory period has no effect",
            "One bug is fixed: without a refractory period the rate is right. With one it is still too high.",
            "Follow `held` through the program: does it get a value other than 0 at each spike?",
            "When the neuron fires, set `held = round(refractory / dt)`, the number of steps to wait.",
            change={"held = round(refractory / dt)": "held = 0"},
        ),
        Wrong(
            "the rate is in spikes per ms",
            "One bug is fixed. The rate is now a thousand times too small.",
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
        Wrong(
            "the spikes are divided by half a second",
            "The number of spikes in half a second is nearly the rate, and not quite: it is a whole number.",
            "The first climb begins at 0, and after the last spike some time is left over: both are in your half second.",
            "Count the intervals, and divide by the time from the first spike to the last, as the program did.",
            change={"1000 * (len(spikes) - 1) / (spikes[-1] - spikes[0])": "len(spikes) / 0.5"},
        ),
        Wrong(
            "the formula in place of the simulation",
            "That is the closed formula. It is right, and it is no longer a simulation.",
            "The question is which two lines of the loop are wrong.",
            "Go back to the program, and let the formula be what it is compared with.",
            when=lambda rate_of, _: names_in(rate_of) & {"log", "log1p", "firing_rate"},
            always=True,
        ),
        Wrong(
            "the spikes are counted in place of the intervals",
            "Nearly right: your rate is a little too high, and more so where there are few spikes.",
            "From the first spike to the last, how many intervals are there between four spikes?",
            "There is one interval fewer than there are spikes: keep `len(spikes) - 1`.",
            change={"(len(spikes) - 1)": "len(spikes)"},
        ),
        Wrong(
            "the unit goes the wrong way",
            "Your rate is a million times too small: you divided where the program has to multiply.",
            "The program counts spikes per ms. Are there more spikes in a second, or fewer?",
            "Multiply the last line by 1000.",
            change={
                "1000 * (len(spikes) - 1) / (spikes[-1] - spikes[0])": "(len(spikes) - 1) / (spikes[-1] - spikes[0]) / 1000"
            },
        ),
        Wrong(
            "it waits after every step",
            "The neuron now waits after each step, whether it has fired or not, and hardly ever gets to the threshold.",
            "When does a refractory period begin? Look at how far your new line is indented.",
            "Move `held = round(refractory / dt)` to the right, into the `if`.",
            change={"            held = round": "        held = round"},
        ),
    ),
)
