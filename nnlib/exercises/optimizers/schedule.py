"""Exercise: a schedule with a warm-up and a cosine in one."""

from nnlib.exercises.exercise import Exercise, Wrong

SHARE = "min((step - warm) / (total - warm), 1)"
WAVE = "rate * (1 + np.cos(np.pi * share)) / 2"


def a_moment(rng):
    """Return a step, a rate, and the lengths of the warm-up and of the whole."""
    warm = int(rng.integers(2, 20))
    total = warm + int(rng.integers(5, 80))
    return int(rng.integers(0, 1.3 * total)), float(rng.uniform(0.01, 1)), warm, total


EXERCISE = Exercise(
    name="optimizers-schedule",
    asks="rate_at(step, rate, warm, total)",
    solution="""
import numpy as np


def rate_at(step, rate, warm, total):
    if step < warm:
        return rate * (step + 1) / warm
    share = min((step - warm) / (total - warm), 1)
    return rate * (1 + np.cos(np.pi * share)) / 2
""",
    hints=(
        "Begin with the warm-up: if `step` is below `warm`, how many steps of it are done after this one, and out of how many?",
        "From `warm` on, compute which share of the wave is over: 0 at step `warm`, 1 at `total`, and never more.",
        "Return `rate * (step + 1) / warm` in the warm-up, and after it `rate * (1 + np.cos(np.pi * share)) / 2`.",
    ),
    inputs=(
        (8, 0.4, 4, 12),
        (0, 0.4, 4, 12),
        (3, 0.4, 4, 12),
        (4, 0.4, 4, 12),
        (12, 0.4, 4, 12),
        (15, 0.4, 4, 12),
        (0, 0.1, 1, 5),
    ),
    random=a_moment,
    wrong=(
        Wrong(
            "the first step is wasted",
            "At step 0 your rate is 0, so nothing moves.",
            "The warm-up goes from rate / warm to the rate, and its last step is `warm - 1`.",
            "Count the step itself: `(step + 1) / warm`.",
            change={"(step + 1)": "step"},
        ),
        Wrong(
            "the warm-up lasts a step too long",
            "At step `warm` your rate is higher than `rate`.",
            "Is step `warm` the last of the warm-up, or the first of the wave?",
            "Compare with `<`: `if step < warm`.",
            change={"step < warm": "step <= warm"},
        ),
        Wrong(
            "the wave begins at step 0",
            "After the warm-up your rate jumps down: the wave is already under way.",
            "Which share of the wave should be over at step `warm`?",
            "Count from the end of the warm-up: `(step - warm) / (total - warm)`.",
            change={SHARE: "min(step / total, 1)"},
        ),
        Wrong(
            "the wave is too long",
            "Your rate is not 0 at step `total`.",
            "How many steps are there from `warm` to `total`?",
            "Divide by `total - warm`.",
            change={"/ (total - warm)": "/ total"},
            others=({"/ (total - warm)": "/ (total + warm)"},),
        ),
        Wrong(
            "the wave comes back",
            "After step `total` your rate rises again.",
            "What does a cosine do beyond half a wave?",
            "Let the share be 1 at most: `min(…, 1)`.",
            change={SHARE: "(step - warm) / (total - warm)"},
        ),
        Wrong(
            "it is a whole wave",
            "Your rate is 0 in the *middle* of the wave, and back at its height in the end.",
            "From 0 to which angle does half a wave go?",
            "Half a wave is π: `np.cos(np.pi * share)`.",
            change={"np.pi * share": "2 * np.pi * share"},
        ),
        Wrong(
            "it is a quarter of a wave",
            "Your rate begins and ends where it should, and falls too late.",
            "A cosine falls from 1 to −1 over half a wave. What must be done to get 1 to 0?",
            "Add 1 and halve: `(1 + np.cos(np.pi * share)) / 2`.",
            change={WAVE: "rate * np.cos(np.pi / 2 * share)"},
        ),
        Wrong(
            "the cosine alone",
            "In the second half of the wave your rate is below 0, and the walk would climb.",
            "Between which numbers does a cosine go?",
            "Lift it by 1 and halve it: `(1 + np.cos(np.pi * share)) / 2`.",
            change={WAVE: "rate * np.cos(np.pi * share)"},
        ),
        Wrong(
            "twice too high",
            "From step `warm` on your rates are twice too high.",
            "What is 1 + cos 0?",
            "Halve it: `(1 + np.cos(np.pi * share)) / 2`.",
            change={" / 2": ""},
        ),
        Wrong(
            "it glides up",
            "After the warm-up your rate begins at 0, and rises.",
            "What is cos 0, and what is 1 less that?",
            "Add the cosine: `1 + np.cos(…)`.",
            change={"1 + np.cos": "1 - np.cos"},
            others=({WAVE: "rate * np.sin(np.pi / 2 * share)"},),
        ),
        Wrong(
            "degrees",
            "Your cosine takes the angle in degrees, and `np.cos` wants it otherwise.",
            "What is half a turn, in the unit of `np.cos`?",
            "Half a turn is `np.pi`, not 180.",
            change={"np.pi * share": "180 * share"},
        ),
        Wrong(
            "it falls evenly",
            "Your rate falls along a straight line.",
            "At a quarter of the way a line has lost a quarter. And half a wave?",
            "Use the cosine: `rate * (1 + np.cos(np.pi * share)) / 2`.",
            change={WAVE: "rate * (1 - share)"},
        ),
        Wrong(
            "there is no warm-up",
            "Your rate begins at its height.",
            "What happens in the steps below `warm`?",
            "Begin with `if step < warm: return rate * (step + 1) / warm`.",
            change={"return rate * (step + 1) / warm": "return rate"},
            others=({"    if step < warm:\n        return rate * (step + 1) / warm\n": "", SHARE: "min(step / total, 1)"},),
        ),
        Wrong(
            "both at once",
            "Your warm-up is already multiplied by the wave, so it never reaches the rate.",
            "The question wants one after the other. Where should the wave begin?",
            "In the warm-up return `rate * (step + 1) / warm`, with no cosine in it.",
            change={
                "    if step < warm:\n        return rate * (step + 1) / warm\n": "    warmth = min((step + 1) / warm, 1)\n",
                SHARE: "min(step / total, 1)",
                WAVE: "warmth * rate * (1 + np.cos(np.pi * share)) / 2",
            },
        ),
        Wrong(
            "divided into whole numbers",
            "Your rates jump: between the two ends there is nothing.",
            "What is 3 // 8?",
            "Divide with `/`.",
            change={"(step - warm) / (": "(step - warm) // ("},
            others=({"(step + 1) / warm": "((step + 1) // warm)", "(step - warm) / (": "(step - warm) // ("},),
        ),
    ),
)
