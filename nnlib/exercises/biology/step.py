"""Exercise: one step of the membrane, with its spike and its reset."""

from nnlib.exercises.exercise import Exercise, Wrong

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
            "Where does the voltage stand right after a spike?",
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
            "You return the voltage alone, and whoever calls `step` also wants to know whether the neuron fired.",
            "Count the results that the question asks for.",
            "Return both, `return v, fires`.",
            change={"return v, fires": "return v"},
        ),
        Wrong(
            "the results have changed places",
            "Both results are right, and each stands in the place of the other.",
            "In which order does the question ask for them?",
            "The voltage comes first: `return v, fires`.",
            change={"return v, fires": "return fires, v"},
        ),
        Wrong(
            "the exact solution in place of Euler's step",
            "You follow the exponential exactly, which is better than what is asked for: one straight step.",
            "In a step the voltage moves by dt times its slope at the beginning, as if the slope stayed what it is.",
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
    ),
)
