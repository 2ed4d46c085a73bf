"""Exercise: one step of Adam as Keras takes it, with its ε beside the uncorrected root."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

MEAN = "    m = 0.9 * m + 0.1 * g\n"
SQUARE = "    s = 0.999 * s + 0.001 * g**2\n"
CORRECTION = "np.sqrt(1 - 0.999**t) / (1 - 0.9**t)"
STEP = f"    step = {CORRECTION} * m / (np.sqrt(s) + 1e-7)\n"


def some_moments(rng):
    """Return running means of gradients and of their squares, gradients of many sizes, and the number of the step."""
    size = 10.0 ** rng.uniform(-8, 0, 4)
    g = np.array([float(f"{value:.2e}") for value in rng.choice([-1, 1], 4) * size])
    t = int(rng.integers(1, 30))
    m, s = (np.zeros(4), np.zeros(4)) if t == 1 else (0.3 * g * rng.uniform(-1, 1, 4), 0.01 * t * g**2)
    return m, s, g, t


EXERCISE = Exercise(
    name="frameworks-adam",
    asks="keras_adam(m, s, g, t)",
    solution=f"""
import numpy as np


def keras_adam(m, s, g, t):
{MEAN}{SQUARE}{STEP}    return step, m, s
""",
    hints=(
        "Begin with the two running means, m of the gradient and s of its square: they are those of nnlib's Adam.",
        "Both corrections stand before the fraction here, and ε stands beside the square root of s as it is.",
        f"`step = {CORRECTION} * m / (np.sqrt(s) + 1e-7)`, and return `step, m, s`.",
    ),
    inputs=(
        (np.zeros(3), np.zeros(3), np.array([1.0, -1e-4, 1e-8]), 1),
        (np.array([0.1, -1e-5]), np.array([1e-3, 1e-11]), np.array([0.5, 2e-4]), 2),
        (np.array([0.2, 1e-8]), np.array([0.04, 1e-15]), np.array([-0.3, 1e-8]), 20),
    ),
    random=some_moments,
    wrong=(
        Wrong(
            "ε is where PyTorch has it",
            "That is Adam as PyTorch and nnlib have it: your ε stands beside the corrected root.",
            "Divide numerator and denominator of your fraction by the correction of s. What becomes of ε?",
            f"Take both corrections out of the fraction: `{CORRECTION} * m / (np.sqrt(s) + 1e-7)`.",
            change={STEP: "    step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-7)\n"},
            others=({STEP: "    step = m / (1 - 0.9**t) / (np.sqrt(s / (1 - 0.999**t)) + 1e-8)\n"},),
        ),
        Wrong(
            "ε is that of PyTorch",
            "The formula is right, and ε is a tenth of what it should be.",
            "What is Keras's ε by default, and what is PyTorch's?",
            "It is `1e-7` in Keras.",
            change={"1e-7": "1e-8"},
        ),
        Wrong(
            "ε is inside the root",
            "Your ε is below the square root. That is how Keras has it in RMSProp, and not in Adam.",
            "How large is the square root of 1e-7, beside a gradient of 1e-4?",
            "Add it after the root: `np.sqrt(s) + 1e-7`.",
            change={"(np.sqrt(s) + 1e-7)": "np.sqrt(s + 1e-7)"},
        ),
        Wrong(
            "there is no ε",
            "Your ε is missing, which only the smallest gradients betray.",
            "What does your formula do to a gradient of 1e-8, and what does it do to one of exactly 0?",
            "The denominator is `np.sqrt(s) + 1e-7`.",
            change={"(np.sqrt(s) + 1e-7)": "np.sqrt(s)"},
        ),
        Wrong(
            "nothing is corrected",
            "The two running means begin at 0, and you do not correct them for that.",
            "With t = 1 and a gradient of 1, how long is your step? It should be nearly 1.",
            f"Multiply by `{CORRECTION}`.",
            change={f"{CORRECTION} * ": ""},
        ),
        Wrong(
            "only m is corrected",
            "You correct m, and not s.",
            "Which factor makes up for s, which began at 0 as well? It comes with a root.",
            f"Multiply by `{CORRECTION}`.",
            change={"np.sqrt(1 - 0.999**t) / ": "1 / "},
        ),
        Wrong(
            "only s is corrected",
            "You correct s, and not m.",
            "What is m after one step, as a share of the gradient?",
            "Divide by `1 - 0.9**t` as well.",
            change={" / (1 - 0.9**t)": ""},
        ),
        Wrong(
            "the correction of s has no root",
            "The correction of s is not what it should be: look for its square root.",
            "Below a root, s is divided by 1 − 0.999ᵗ. What comes out of the root?",
            "`np.sqrt(1 - 0.999**t)`.",
            change={"np.sqrt(1 - 0.999**t)": "(1 - 0.999**t)"},
        ),
        Wrong(
            "the correction is upside down",
            "Your correction is upside down.",
            "With t = 1, which of the two factors is larger than 1: that of m, or that of s?",
            f"`{CORRECTION}`.",
            change={CORRECTION: "(1 - 0.9**t) / np.sqrt(1 - 0.999**t)"},
        ),
        Wrong(
            "the two rates have changed places",
            "The rates of the two running means have changed places.",
            "Which of the two has the longer memory, the mean of the gradients or that of their squares?",
            "Nine tenths of m stay, and 999 thousandths of s.",
            change={
                MEAN + SQUARE: "    m = 0.999 * m + 0.001 * g\n    s = 0.9 * s + 0.1 * g**2\n",
                CORRECTION: "np.sqrt(1 - 0.9**t) / (1 - 0.999**t)",
            },
            others=({MEAN + SQUARE: "    m = 0.999 * m + 0.001 * g\n    s = 0.9 * s + 0.1 * g**2\n"},),
        ),
        Wrong(
            "the gradient is not squared",
            "In your program s is the running mean of the gradient itself.",
            "Of what is s the mean? Can it be negative?",
            "`s = 0.999 * s + 0.001 * g**2`.",
            change={"g**2": "g"},
        ),
        Wrong(
            "the old m makes the step",
            "Your step is made of the old m, before this gradient has gone into it.",
            "With t = 1, m is 0. Should the first step be 0?",
            "First renew m and s, then take the step.",
            change={MEAN + SQUARE + STEP: SQUARE + STEP + MEAN},
        ),
        Wrong(
            "the gradient in place of its mean",
            "Your step is made of the gradient, and not of its running mean: that is RMSProp, corrected.",
            "Where does your step use m?",
            "Put `m` where you have `g`.",
            change={") * m / (": ") * g / ("},
        ),
        Wrong(
            "the step has the wrong sign",
            "Your step has the wrong sign.",
            "The learning rate times the step is *subtracted* from the weight. Which sign has the step where g is positive?",
            "Leave out the minus.",
            change={"step = np": "step = -np"},
        ),
        Wrong(
            "t counts from 0",
            "You correct for one step fewer than have been taken.",
            "With t = 1, one gradient has gone into m. Which power of 0.9 is left of its beginning?",
            "The exponent is `t`.",
            change={"0.999**t": "0.999 ** (t - 1)", "0.9**t": "0.9 ** (t - 1)"},
        ),
        Wrong(
            "the memories are not returned",
            "You return the step alone.",
            "How will the next step know m and s?",
            "`return step, m, s`.",
            change={"return step, m, s": "return step"},
        ),
    ),
)
