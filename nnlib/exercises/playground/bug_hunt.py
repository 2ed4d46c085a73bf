"""Exercise, a bug hunt: training that remembers what no state has, and so can't be stopped and gone on with."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

CARRIED = """\
    total, count = np.zeros(len(w)), 0
    for _ in range(epochs):
        for x_i, y_i in zip(X, y, strict=True):
            total = total + 2 * (x_i @ w - y_i) * x_i
            count += 1
            if count == batch:
                w = w - rate * total / count
                w = np.sign(w) * np.maximum(np.abs(w) - rate * penalty, 0)
                total, count = np.zeros(len(w)), 0
"""
LOOP = """\
    for _ in range(epochs):
        for first in range(0, len(X), batch):
            A, b = X[first : first + batch], y[first : first + batch]
            w = w - rate * 2 * A.T @ (A @ w - b) / len(b)
            w = np.sign(w) * np.maximum(np.abs(w) - rate * penalty, 0)
"""
BROKEN = """\
    w, alive = w.copy(), np.ones(len(w))
    total, count = np.zeros(len(w)), 0
    for _ in range(epochs):
        for x_i, y_i in zip(X, y, strict=True):
            total = total + 2 * (x_i @ w - y_i) * x_i
            count += 1
            if count == batch:
                step = w - rate * total / count
                pulled = step - rate * penalty * np.sign(step)
                alive[step * pulled < 0] = 0
                w = alive * pulled
                total, count = np.zeros(len(w)), 0
"""
STEP = "            w = w - rate * 2 * A.T @ (A @ w - b) / len(b)\n"
SHRINK = "            w = np.sign(w) * np.maximum(np.abs(w) - rate * penalty, 0)\n"
DEAD = "            alive[w == 0] = 0\n            w = alive * w\n"


def some_run(rng):
    """Return first weights, samples, rates, a batch size and a number of epochs."""
    n = int(rng.integers(4, 9))
    X = np.round(rng.normal(size=(n, 3)), 2)
    y = np.round(X @ np.array([1.5, 0.0, -0.4]) + 0.3 * rng.normal(size=n), 2)
    w = np.round(rng.normal(0, 0.3, 3), 2)
    rate, penalty = float(rng.choice([0.05, 0.1])), float(rng.choice([0.2, 0.6, 1.2]))
    return w, X, y, rate, penalty, int(rng.integers(2, 5)), int(rng.integers(1, 5))


EXERCISE = Exercise(
    name="playground-bug-hunt",
    asks="learn(w, X, y, rate, penalty, batch, epochs)",
    solution=f"""
import numpy as np


def learn(w, X, y, rate, penalty, batch, epochs):
    w = w.copy()
{LOOP}    return w
""",
    hints=(
        "Begin with the tool: two calls of one epoch each, and one of two. Then set the penalty to 0: do they agree now?",
        "What is left in `total` and `count` when an epoch ends in the middle of a batch? And what does `alive` remember?",
        "Cut each epoch into slices, `X[first : first + batch]`, and take a step after each; and pull by the soft threshold, "
        "without `alive`.",
    ),
    inputs=(
        (np.array([0.2, -0.1]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([1.0, 0.0, 1.0]), 0.1, 0.0, 2, 1),
        (np.array([0.2, -0.1]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([1.0, 0.0, 1.0]), 0.1, 0.5, 2, 3),
        (np.array([0.1, 0.1]), np.array([[1.0, 0.5], [-1.0, 1.0]]), np.array([-1.0, 0.5]), 0.1, 0.8, 1, 4),
    ),
    random=some_run,
    wrong=(
        Wrong(
            "nothing is mended yet",
            "The program is as broken as it was.",
            "What does it know in the middle of a run that a new call would not know?",
            "Two things: what is left of a batch, and which weights have once been 0. Neither may outlive its step.",
            change={f"    w = w.copy()\n{LOOP}": BROKEN},
        ),
        Wrong(
            "the rest of a batch is carried over",
            "The weights may come back now, but the rest of an epoch is still carried over into the next one.",
            "With three samples and batches of two, which samples does the second step average?",
            "Every epoch begins with an empty batch, and its last batch may be small: take a step after that one, too.",
            change={LOOP: CARRIED},
        ),
        Wrong(
            "a weight that was 0 once is dead",
            "The batches are right now, but a weight that was 0 once still stays there.",
            "Does a gradient that is larger than the pull bring it back?",
            "Leave `alive` out: the soft threshold needs no memory.",
            change={"w = w.copy()\n": "w, alive = w.copy(), np.ones(len(w))\n", SHRINK: SHRINK + DEAD},
        ),
        Wrong(
            "the rest of an epoch is thrown away",
            "The samples that do not fill a batch are never learned from.",
            "With three samples and batches of two, what becomes of the third?",
            "The last batch of an epoch may be small: take a step after it, by the mean over its own samples.",
            change={"range(0, len(X), batch)": "range(0, len(X) - batch + 1, batch)"},
        ),
        Wrong(
            "the small batch is divided by the large size",
            "The step after the last, small batch is too short.",
            "Its gradient is a mean: over how many samples?",
            "Divide by the number of samples in *this* batch.",
            change={"/ len(b)": "/ batch"},
        ),
        Wrong(
            "a sum in place of the mean",
            "Your steps are too long: they add up the gradients of a batch.",
            "The loss is a mean over the batch. By what must the sum be divided?",
            "Divide by the number of samples in the batch.",
            change={" / len(b)": ""},
        ),
        Wrong(
            "it goes past zero",
            "Now small weights are pulled past 0.",
            "What becomes of the weight 0.01 if the pull is 0.05?",
            "Take the soft threshold: `np.sign(w) * np.maximum(np.abs(w) - rate * penalty, 0)`.",
            change={"np.sign(w) * np.maximum(np.abs(w) - rate * penalty, 0)": "w - rate * penalty * np.sign(w)"},
        ),
        Wrong(
            "the pull comes first",
            "The pull comes before the gradient's step, and it should come after it.",
            "At which weights is the gradient taken, at the old ones or at the shortened ones?",
            "First the step against the gradient, then the soft threshold.",
            change={STEP + SHRINK: SHRINK + STEP},
        ),
        Wrong(
            "one pull an epoch",
            "The weights are pulled once an epoch, and not after every batch.",
            "How far is the line with the soft threshold indented?",
            "It belongs to the step: into the inner loop.",
            change={SHRINK: SHRINK[4:]},
        ),
        Wrong(
            "the pull is not scaled by the rate",
            "The pull does not follow the learning rate.",
            "By how much does a step of half the rate pull?",
            "The pull is `rate * penalty`.",
            change={"- rate * penalty": "- penalty"},
        ),
        Wrong(
            "there is no pull",
            "The penalty has no effect any more.",
            "Where is `penalty` in your program?",
            "After each step comes the soft threshold, with the pull `rate * penalty`.",
            change={SHRINK: ""},
        ),
        Wrong(
            "it is weight decay",
            "Your penalty is that of L2 now: no weight is ever exactly 0.",
            "By how much does L1 pull a small weight, and by how much a large one?",
            "Take the soft threshold: `np.sign(w) * np.maximum(np.abs(w) - rate * penalty, 0)`.",
            change={"np.sign(w) * np.maximum(np.abs(w) - rate * penalty, 0)": "w * (1 - rate * penalty)"},
        ),
        Wrong(
            "half of the gradient",
            "Your steps are half as long as they should be.",
            "What is the slope of (x·w − y)²?",
            "The slope of a square has a factor 2: keep the one that the program had.",
            change={"rate * 2 * A.T": "rate * A.T"},
        ),
        Wrong(
            "one step an epoch",
            "You take one step an epoch, over all samples.",
            "What is `batch` for?",
            "Take a step after each slice `X[first : first + batch]`.",
            change={"range(0, len(X), batch)": "[0]", "X[first : first + batch], y[first : first + batch]": "X, y"},
        ),
    ),
)
