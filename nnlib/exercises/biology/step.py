"""Exercise: one step of the membrane, with its spike and its reset."""

from nnlib.exercises.exercise import Exercise, Wrong

# The lines of the solution, which known mistakes put into another order.
MOVE = "    v = v + dt / 10.0 * (-65.0 - v + 10.0 * current)\n"
COMPARE = "    fires = v >= -50.0\n"
RESET = "    if fires:\n        v = -65.0\n"

EXERCISE = Exercise(
    name="biology-step",
    asks="step(v, current, dt)",
    solution="""
def step(v, current, dt):
    v = v + dt / 10.0 * (-65.0 - v + 10.0 * current)
    fires = v >= -50.0
    if fires:
        v = -65.0
    return v, fires
""",
    hints=(
        "Begin with the change of the voltage: dt / τ times (V_rest − V + R I).",
        "Add the change to v; then compare with the threshold, and remember the answer before you reset v.",
        "`v = v + dt / 10.0 * (-65.0 - v + 10.0 * current)`, `fires = v >= -50.0`, a reset `if fires`, and `return v, fires`.",
    ),
    inputs=((-65.0, 0.0, 0.1), (-60.0, 0.0, 0.5), (-65.0, 2.0, 0.1), (-50.1, 3.0, 0.2), (-52.0, 9.0, 1.0), (-50.0, 1.5, 0.5)),
    random=lambda rng: (float(rng.uniform(-65, -50)), float(rng.uniform(-1, 4)), float(rng.uniform(0.1, 1))),
    wrong=(
        Wrong(
            "the leak drives the voltage away from rest",
            "Without a current the voltage should come back to rest, and yours runs away from it.",
            "Look at the sign of the leak: at −60 mV, above rest, the change must be negative.",
            "The leak is V_rest − V, which is −65 − v.",
            change={"-65.0 - v": "65.0 + v"},
        ),
        Wrong(
            "the step has the wrong length",
            "The voltage moves in the right direction, and too far.",
            "In one time constant it should come a good half of the way; your step is as if dt were τ times as long.",
            "Divide by the time constant: the change is dt / 10.0 times the bracket.",
            change={"dt / 10.0": "dt"},
        ),
        Wrong(
            "the current is not turned into a voltage",
            "With no current your step is right; with a current the voltage moves too little.",
            "A current in nA cannot be added to a voltage in mV: something turns one into the other.",
            "Multiply by the resistance: 10 MΩ times the current in nA is a number of mV.",
            change={"10.0 * current": "current"},
        ),
        Wrong(
            "the voltage is not reset",
            "Below the threshold your step is right. At a spike something is left undone.",
            "Where is the voltage right after a spike?",
            "If it fires, set v to the reset voltage, −65.0, before you return it.",
            change={"        v = -65.0": "        pass"},
        ),
        Wrong(
            "the spike is forgotten",
            "You reset the voltage, and then it is too late to ask whether the neuron fired.",
            "In which order do you reset and compare? After the reset, v is never above the threshold.",
            "Compare first, `fires = v >= -50.0`, and return that, whatever v is afterwards.",
            change={"return v, fires": "return v, v >= -50.0"},
        ),
        Wrong(
            "the threshold itself is too low",
            "Nearly right: a voltage of exactly −50 mV fires too.",
            "Try v = −50.0 with a current of 1.5: nothing pushes, the voltage stays, and it is at the threshold.",
            "Use `>=` in place of `>`.",
            change={"v >= -50.0": "v > -50.0"},
        ),
        Wrong(
            "only the voltage is returned",
            "You return the voltage alone, and the caller also wants to know whether the neuron fired.",
            "Count the results that the question asks for.",
            "Return both, `return v, fires`.",
            change={"return v, fires": "return v"},
        ),
        Wrong(
            "the results have changed places",
            "Both results are right, but they have changed places.",
            "In which order does the question ask for them?",
            "The voltage comes first: `return v, fires`.",
            change={"return v, fires": "return fires, v"},
        ),
        Wrong(
            "the exact solution in place of Euler's step",
            "You follow the exponential exactly. That is better than what the question asks for, one step of Euler's method.",
            "In a step the voltage covers the share dt / τ of the way that is left when the step begins, and goes straight.",
            "Add `dt / 10.0 * (-65.0 - v + 10.0 * current)` to v; no exponential is needed.",
            change={
                "    v = v + dt / 10.0 * (-65.0 - v + 10.0 * current)": "    import math\n"
                "    settled = -65.0 + 10.0 * current\n    v = settled + (v - settled) * math.exp(-dt / 10.0)"
            },
        ),
        Wrong(
            "dt is left out",
            "The voltage moves in the right direction, always as if the step were 1 ms long.",
            "Which of the parameters have you not used yet?",
            "Multiply by dt: the change is dt / 10.0 times the bracket.",
            change={"dt / 10.0": "1 / 10.0"},
        ),
        Wrong(
            "the current pulls the voltage down",
            "Without a current your step is right; with one the voltage moves the wrong way.",
            "A current that flows in lifts the voltage. Which sign does it have in your bracket?",
            "Add the current's voltage: the bracket is −65.0 − v + 10.0 * current.",
            change={"+ 10.0 * current": "- 10.0 * current"},
        ),
        Wrong(
            "the resting voltage is left out",
            "Your voltage leaks to 0 mV, and a cell rests at −65 mV.",
            "Without a current, where should the voltage stay? Put that number in and see what your change is.",
            "The leak is V_rest − V: the bracket begins with −65.0 − v.",
            change={"(-65.0 - v": "(-v"},
        ),
        Wrong(
            "a bracket is missing",
            "The factor dt / 10.0 reaches only the first term behind it.",
            "Multiplication comes before addition: which terms should be multiplied by dt / 10.0?",
            "Put all three into one bracket: dt / 10.0 * (−65.0 − v + 10.0 * current).",
            change={"(-65.0 - v + 10.0 * current)": "-65.0 - v + 10.0 * current"},
        ),
        Wrong(
            "the reset goes to zero",
            "Below the threshold your step is right. After a spike the voltage is not where it should be.",
            "What is the reset voltage of this neuron? On this scale, 0 mV lies far above the threshold.",
            "Set v to −65.0, the reset voltage.",
            change={"        v = -65.0": "        v = 0.0"},
        ),
        Wrong(
            "it is compared before the step",
            "You ask whether the neuron fires before the voltage has moved.",
            "In the ten lines of the chapter, what comes first: the change of v, or the comparison with the threshold?",
            "First add the change to v, then compare, then reset.",
            change={MOVE + COMPARE + RESET: COMPARE + RESET + MOVE},
            others=({MOVE + COMPARE + RESET: COMPARE + MOVE + RESET},),
        ),
        Wrong(
            "only the change is returned",
            "You return how far the voltage moves, and the question asks where it is afterwards.",
            "To what must the change be added?",
            "Add it to v, and return v.",
            change={MOVE: "    old = v\n" + MOVE, RESET: "", "return v, fires": "return v - old, fires"},
            others=({MOVE: "    old = v\n" + MOVE, "return v, fires": "return v - old, fires"},),
        ),
        Wrong(
            "it fires below the threshold",
            "Your neuron fires at rest, and is silent above the threshold.",
            "Look at the comparison: on which side of −50 mV does a neuron fire?",
            "It fires at the threshold and above: v >= −50.0.",
            change={"v >= -50.0": "v <= -50.0"},
            others=({"v >= -50.0": "v < -50.0"}, {"v >= -50.0": "v <= -50.0", "if fires": "if not fires"}),
        ),
    ),
)
