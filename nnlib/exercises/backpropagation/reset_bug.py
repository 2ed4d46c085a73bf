"""Exercise: a gradient that piles up from batch to batch."""

from nnlib.exercises.backpropagation.draws import batch
from nnlib.exercises.exercise import Exercise, Wrong


def _descent(rng):
    batches = [batch(rng, features=3) for _ in range(3)]
    return [(X, y[:, 0]) for X, y in batches], rng.normal(size=3), float(rng.uniform(0.01, 0.1))


EXERCISE = Exercise(
    name="backpropagation-reset-bug-hunt",
    asks="descend(batches, weights, learning_rate)",
    solution="""
import numpy as np


def descend(batches, weights, learning_rate):
    used = []
    for X, y in batches:
        gradient = np.zeros(len(weights))
        for x_i, y_i in zip(X, y, strict=True):
            error = x_i @ weights - y_i
            gradient = gradient + 2 * error * x_i / len(y)
        used.append((weights, gradient))
        weights = weights - learning_rate * gradient
    return weights, used
""",
    hints=(
        "`used` holds the weights and the gradient of each step: compare each gradient with a numerical one at its weights.",
        "The first step is right and the second is not, so look for something that the first step leaves behind.",
        "Set `gradient` to zeros at the beginning of each batch, inside the outer loop.",
    ),
    inputs=(),
    random=_descent,
    wrong=(
        Wrong(
            "the gradient still piles up",
            "The bug is still there: the first gradient is right, and each later one holds those before it.",
            "Where is `gradient` set to zeros, and how often is that line reached?",
            "Move it into the outer loop, so that every batch begins with zeros.",
            change={
                "        gradient = np.zeros(len(weights))\n": "",
                "    used = []": "    used, gradient = [], np.zeros(len(weights))",
            },
        ),
        Wrong(
            "reset for each sample",
            "Now each gradient is that of the last sample of its batch.",
            "There are two loops, over batches and over samples: which of them may forget?",
            "Zero it once a batch, before the inner loop.",
            change={
                "        gradient = np.zeros(len(weights))\n": "",
                "            error =": "            gradient = np.zeros(len(weights))\n            error =",
            },
        ),
        Wrong(
            "reset before it is used",
            "The weights no longer move: the gradient is zero when they are updated.",
            "What is between the inner loop and the update?",
            "Zero it before the inner loop, not after it.",
            change={"        used.append": "        gradient = np.zeros(len(weights))\n        used.append"},
        ),
        Wrong(
            "what piles up is averaged",
            "Now each step takes the mean of all gradients so far: a smaller pile, but a pile.",
            "The gradient of a batch has nothing to do with the batches before it.",
            "Do not divide the pile: begin each batch with zeros.",
            change={
                "    used = []": "    used, pile = [], 0",
                "        used.append": "        pile = pile + gradient\n        gradient = pile / (len(used) + 1)\n"
                "        used.append",
            },
            others=(
                {
                    "        gradient = np.zeros(len(weights))\n": "",
                    "    used = []": "    used, gradient = [], np.zeros(len(weights))",
                    "        used.append": "        gradient = gradient / (len(used) + 1)\n        used.append",
                },
            ),
        ),
        Wrong(
            "emptied before the step",
            "The gradients in `used` are those of the batches, and the weights never move.",
            "Between the line that keeps the gradient and the line that steps: what is the gradient by then?",
            "Set it to zeros at the beginning of each batch, before the samples.",
            change={"        weights = weights": "        gradient = np.zeros(len(weights))\n        weights = weights"},
        ),
        Wrong(
            "one array serves all batches",
            "The weights are right. But all gradients in `used` are one and the same array, and it ends at zero.",
            "`gradient[:] = 0` changes the array that `used` holds.",
            "Make a new array for each batch: `gradient = np.zeros(len(weights))`.",
            change={
                "        gradient = np.zeros(len(weights))\n": "",
                "    used = []": "    used, gradient = [], np.zeros(len(weights))",
                "gradient = gradient + 2": "gradient += 2",
                "learning_rate * gradient\n": "learning_rate * gradient\n        gradient[:] = 0\n",
            },
        ),
        Wrong(
            "a step after each sample",
            "You make a step after each sample, and the question wants one for each batch.",
            "How often does the line that moves the weights run in one batch?",
            "Move it out of the inner loop, below `used.append`.",
            change={
                "        used.append((weights, gradient))\n        weights": "            weights",
                "    return": "        used.append((weights, gradient))\n    return",
            },
        ),
        Wrong(
            "the record is emptied too",
            "The weights are right. But `used` forgets all batches except the last.",
            "How often does your line `used = []` run?",
            "Leave it above the outer loop.",
            change={"    used = []\n": "", "    for X, y in batches:\n": "    for X, y in batches:\n        used = []\n"},
        ),
    ),
)
