"""Exercise: Adam with two bugs, found by its first step and by an even slope."""

from dataclasses import dataclass

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


@dataclass(frozen=True)
class Slopes:
    """The gradient of a bowl, or of an even slope; it shows itself as the program that it is."""

    curvatures: tuple
    even: bool = False

    def __call__(self, w):
        """Return the gradient at w."""
        return np.array(self.curvatures) * (np.ones_like(w) if self.even else w)

    def __repr__(self):
        return f"lambda w: np.array({list(self.curvatures)})" + ("" if self.even else " * w")


def a_walk(rng):
    """Return a bowl or an even slope, a start, a learning rate and a number of steps."""
    slopes = Slopes(tuple(rng.uniform(0.2, 20, 2).round(1).tolist()), bool(rng.integers(2)))
    return slopes, rng.normal(size=2), float(rng.uniform(0.01, 0.2)), int(rng.integers(2, 9))


CORRECTED = ("        m_hat = m / (1 - beta1**t)\n", "        s_hat = s / (1 - beta2**t)\n")
GOES_ON = {CORRECTED[0]: "        m = m / (1 - beta1**t)\n", "* m_hat": "* m"}
EXERCISE = Exercise(
    name="optimizers-bug-hunt",
    asks="adam(gradient, w, learning_rate, steps, beta1=0.9, beta2=0.999)",
    solution="""
import numpy as np


def adam(gradient, w, learning_rate, steps, beta1=0.9, beta2=0.999):
    m, s = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, steps + 1):
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        s_hat = s / (1 - beta2**t)
        w = w - learning_rate * m_hat / (np.sqrt(s_hat) + 1e-8)
    return w
""",
    hints=(
        "Take one step from 0 with `lambda w: np.full_like(w, 5.0)`: its length should be the learning rate. Then take five.",
        "One bug is in a correction that belongs to another mean, the other in a mean that is corrected again and again.",
        "Divide s by `1 - beta2**t`, and keep `m_hat = m / (1 - beta1**t)` apart from m, which goes on uncorrected.",
    ),
    inputs=(
        (Slopes((5.0, -0.01), even=True), np.zeros(2), 0.1, 1),
        (Slopes((5.0, -0.01), even=True), np.zeros(2), 0.1, 5),
        (Slopes((1.0, 100.0)), np.array([1.0, -1.0]), 0.1, 10),
        (Slopes((1e-4, -1e-4), even=True), np.zeros(2), 0.1, 2),
    ),
    random=a_walk,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "From 0, take one step on an even slope, and compare its length with the learning rate; then take five steps.",
            "One bug is in an exponent's base, the other in a mean that is overwritten.",
            change={**GOES_ON, "beta2**t": "beta1**t"},
        ),
        Wrong(
            "the corrected mean goes on",
            "One bug is fixed: the first step is right. On an even slope the next ones are too long.",
            "From which m does the second round start: from the running mean, or from the corrected one?",
            "Give the corrected mean a name of its own: `m_hat = m / (1 - beta1**t)`, and step along `m_hat`.",
            change=GOES_ON,
        ),
        Wrong(
            "s is corrected as if it were m",
            "One bug is fixed. On an even slope the first step is still ten times too long.",
            "After one step, what do the weights of s add up to?",
            "The weights of s fade with β₂: divide it by `1 - beta2**t`.",
            change={"beta2**t": "beta1**t"},
        ),
        Wrong(
            "m is no longer corrected",
            "You step along the uncorrected m: the first step is ten times too short.",
            "Which of the two means is above the fraction line, m or m̂?",
            "Step along `m_hat`.",
            change={"* m_hat": "* m"},
        ),
        Wrong(
            "s is no longer corrected",
            "You divide by the root of the uncorrected s: the first step is more than thirty times too long.",
            "Which of the two means is below the fraction line, s or ŝ?",
            "Take the root of `s_hat`.",
            change={"np.sqrt(s_hat)": "np.sqrt(s)"},
        ),
        Wrong(
            "nothing is corrected anymore",
            "Both corrections are gone: the first step is more than three times too long.",
            "What do the weights of m and of s add up to, after one step?",
            "Keep both, each with its own β: `m / (1 - beta1**t)` and `s / (1 - beta2**t)`.",
            change={"* m_hat": "* m", "np.sqrt(s_hat)": "np.sqrt(s)"},
        ),
        Wrong(
            "both corrected means go on",
            "The first step is right, and from the second on both means are corrected again and again.",
            "What does the next round need: the running means, or the corrected ones?",
            "Give both corrected means names of their own, `m_hat` and `s_hat`.",
            change={**GOES_ON, CORRECTED[1]: "        s = s / (1 - beta2**t)\n", "np.sqrt(s_hat)": "np.sqrt(s)"},
        ),
        Wrong(
            "the corrected s goes on",
            "The first step is right, and the next ones are too short: s is corrected again and again.",
            "What does the next round need: the running mean, or the corrected one?",
            "Give the corrected mean a name of its own: `s_hat = s / (1 - beta2**t)`.",
            change={CORRECTED[1]: "        s = s / (1 - beta2**t)\n", "np.sqrt(s_hat)": "np.sqrt(s)"},
        ),
        Wrong(
            "m is corrected as if it were s",
            "You divide m by the weights of s: the first step is a hundred times too long.",
            "Which β does m fade with?",
            "Divide m by `1 - beta1**t`, and s by `1 - beta2**t`.",
            change={"beta1**t": "beta2**t"},
        ),
        Wrong(
            "each has the correction of the other",
            "Now the corrections have changed places.",
            "Which β does m fade with, and which s?",
            "Divide m by `1 - beta1**t`, and s by `1 - beta2**t`.",
            change={"beta1**t": "beta3**t", "beta2**t": "beta1**t", "beta3**t": "beta2**t"},
        ),
        Wrong(
            "the count begins at 0",
            "At the first step you divide by 1 − β⁰, and that is 0.",
            "How many slopes has the mean taken in when it is first corrected?",
            "Count from 1: `range(1, steps + 1)`.",
            change={"range(1, steps + 1)": "range(steps)"},
        ),
        Wrong(
            "the count stands still",
            "The first step is right. Later you still divide by the weights of a single slope.",
            "What do the weights of m add up to after two steps, and what after a hundred?",
            "They are `1 - beta1**t` and `1 - beta2**t`, with t as the exponent.",
            change={"beta1**t": "beta1", "beta2**t": "beta2"},
        ),
        Wrong(
            "one step too few",
            "Your walk is a step short.",
            "How many rounds does `range(1, steps)` make?",
            "Write `range(1, steps + 1)`.",
            change={"steps + 1": "steps"},
        ),
        Wrong(
            "the root is gone",
            "You divide by the mean square, and not by its root.",
            "Multiply the slopes by ten: do your steps stay the same?",
            "Divide by `np.sqrt(s_hat)`.",
            change={"np.sqrt(s_hat)": "s_hat"},
        ),
        Wrong(
            "ε is in the root",
            "Small slopes get shorter steps than large ones: ε has moved into the root, where it counts far more.",
            "What is the root of a hundred-millionth?",
            "Add it outside: `np.sqrt(s_hat) + 1e-8`.",
            change={"np.sqrt(s_hat) + 1e-8": "np.sqrt(s_hat + 1e-8)"},
        ),
        Wrong(
            "the loop ends too early",
            "Only one step is taken.",
            "Look at how far your `return` is indented.",
            "The `return` belongs after the loop, not in it.",
            change={"    return w": "        return w"},
        ),
    ),
)
