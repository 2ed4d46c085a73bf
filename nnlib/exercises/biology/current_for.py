"""Exercise: the current that makes a neuron fire at a wanted rate, the firing-rate curve read backward."""

from nnlib.biology import SpikingNeuron
from nnlib.exercises.exercise import Exercise, Wrong


def one_neuron(rng):
    """Return a rate in Hz and a neuron that can reach it, at random."""
    resting = float(rng.uniform(-75, -60))
    neuron = SpikingNeuron(
        resting=resting,
        threshold=float(rng.uniform(-55, -45)),
        reset=resting - float(rng.uniform(0, 5)),
        resistance=float(rng.uniform(5, 50)),
        time_constant=float(rng.uniform(5, 30)),
        refractory=float(rng.uniform(1, 4)),
    )
    return float(rng.uniform(20, 150)), neuron


EXERCISE = Exercise(
    name="biology-current-for",
    asks="current_for(rate, neuron)",
    solution="""
import math


def current_for(rate, neuron):
    climb = 1000 / rate - neuron.refractory  # ms
    left = math.exp(-climb / neuron.time_constant)
    settled = (neuron.threshold - neuron.reset * left) / (1 - left)  # mV
    return (settled - neuron.resting) / neuron.resistance
""",
    hints=(
        "Begin with the time that is left for the climb: the interval 1000 / rate, in ms, without the refractory period.",
        "In that time t the voltage climbs from the reset to the threshold: θ = V∞ + (V_reset − V∞) e^(−t/τ). Solve for V∞.",
        "With q = e^(−t/τ), V∞ = (θ − V_reset q) / (1 − q); and the current is (V∞ − V_rest) / R.",
    ),
    inputs=((100.0, SpikingNeuron()), (50.0, SpikingNeuron(refractory=0.0)), (20.0, SpikingNeuron(reset=-70.0))),
    random=one_neuron,
    wrong=(
        Wrong(
            "the refractory period is forgotten",
            "Your current is right for a neuron without a refractory period; for the others it is too weak.",
            "How much of the interval between two spikes is left for the climb?",
            "Subtract the refractory period: the climb takes 1000 / rate − refractory.",
            change={" - neuron.refractory": ""},
        ),
        Wrong(
            "milliseconds and seconds are mixed",
            "Your current is far off: two units are mixed somewhere.",
            "The rate is in Hz, spikes in a second, and the time constant is in ms. What unit is your interval in?",
            "The interval in ms is 1000 / rate.",
            change={"1000 / rate - neuron.refractory": "1 / rate - neuron.refractory / 1000"},
            others=({"1000 / rate": "1 / rate"},),
        ),
        Wrong(
            "the resting voltage is not subtracted",
            "You divide a voltage by the resistance, but not the right voltage.",
            "The current does not make all of V∞, only the part above rest.",
            "The current is (V∞ − V_rest) / R.",
            change={"(settled - neuron.resting)": "settled"},
        ),
        Wrong(
            "the climb begins at rest",
            "Your current is right where the reset is the resting voltage, and only there.",
            "Where does each climb begin, right after a spike?",
            "Put the reset, not the resting voltage, where the climb begins: (θ − V_reset q) / (1 − q).",
            change={"neuron.reset * left": "neuron.resting * left"},
        ),
        Wrong(
            "the exponential grows, or threshold and reset are swapped",
            "Your current pushes the wrong way.",
            "The gap to V∞ shrinks while the voltage climbs: does your exponential? And where does the climb begin and end?",
            "Put a minus into the exponent, q = e^(−t/τ); and V∞ is (θ − V_reset q) / (1 − q), in this order.",
            change={"-climb": "climb"},
        ),
        Wrong(
            "the refractory period is added",
            "Your climb lasts longer than the whole interval between two spikes.",
            "The interval is made of a refractory period and a climb. Which of the two do you know already?",
            "Subtract the refractory period: the climb takes 1000 / rate − refractory.",
            change={" - neuron.refractory": " + neuron.refractory"},
        ),
        Wrong(
            "the rate is taken for the interval",
            "You use the rate as if it were a time.",
            "At 100 Hz, how many milliseconds lie between two spikes?",
            "The interval is 1000 / rate, in ms.",
            change={"1000 / rate": "rate"},
        ),
        Wrong(
            "multiplied by the resistance",
            "Your V∞ is right, and the current that you make of it is not.",
            "Ohm's law: a current through a resistance makes the voltage R I. Which way do you go here?",
            "To get from a voltage to a current, divide: (V∞ − V_rest) / R.",
            change={"/ neuron.resistance": "* neuron.resistance"},
        ),
        Wrong(
            "the current only just reaches the threshold",
            "Your current is the weakest that makes the neuron fire at all, whatever the rate.",
            "With it the voltage creeps up to the threshold forever. How large is your q = e^(−t/τ)? It should not be 0.",
            "Divide the time by τ in the exponent, and solve θ = V∞ + (V_reset − V∞) q for V∞; it lies above θ.",
            change={"(settled - neuron.resting)": "(neuron.threshold - neuron.resting)"},
        ),
        Wrong(
            "a logarithm in place of the exponential",
            "You take a logarithm, and here it meets a number that has none, or undoes the wrong thing.",
            "The formula for the rate has the logarithm. To solve it for what is inside, you need its inverse.",
            "Take the exponential: q = e^(−t/τ).",
            change={"math.exp(-climb": "math.log(-climb"},
            others=({"math.exp(-climb": "math.log(climb"},),
        ),
        Wrong(
            "a sign is lost in the algebra",
            "The ingredients of V∞ are right, and one of its signs is not.",
            "Solve θ = V∞ + (V_reset − V∞) q once more: which terms have V∞ in them, and with which sign?",
            "V∞ (1 − q) = θ − V_reset q: divide by 1 − q.",
            change={"- neuron.reset * left": "+ neuron.reset * left"},
            others=(
                {"(1 - left)": "(1 + left)"},
                {"- neuron.reset * left": "+ neuron.reset * left", "(1 - left)": "(1 + left)"},
            ),
        ),
        Wrong(
            "the voltage is returned",
            "You return V∞, a voltage in mV, and the question asks for a current.",
            "Which current lifts the voltage from rest to V∞?",
            "Go on: the current is (V∞ − V_rest) / R.",
            change={"return (settled - neuron.resting) / neuron.resistance": "return settled"},
            others=({"return (settled - neuron.resting) / neuron.resistance": "return settled - neuron.resting"},),
        ),
        Wrong(
            "the curve is read forward",
            "`firing_rate` turns a current into a rate, and you give it a rate.",
            "The question asks for the way back: what must you put into `firing_rate` so that this rate comes out?",
            "Solve the formula for the current; begin with the climb, 1000 / rate − refractory.",
            change={"    climb = ": "    return neuron.firing_rate(rate)\n    climb = "},
        ),
    ),
)
