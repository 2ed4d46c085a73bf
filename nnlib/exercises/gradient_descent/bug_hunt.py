"""Exercise: an epoch of mini-batches with two bugs, found by taking all samples as one batch."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong, names_in

X = np.array([[1.0, 2.0], [2.0, 0.0], [0.0, 1.0], [-1.0, 1.0], [1.0, 1.0]])
Y = np.array([1.0, 2.0, 0.5, -1.0, 0.0])


def an_epoch(rng):
    """Return nine samples, their targets, weights, a learning rate, a batch size and an order."""
    size = int(rng.integers(1, 10))
    return rng.normal(size=(9, 2)), rng.normal(size=9), rng.normal(size=2), 0.1, size, rng.permutation(9)


EXERCISE = Exercise(
    name="gradient_descent-bug-hunt",
    asks="one_epoch(X, y, w, learning_rate, size, order)",
    solution="""
def one_epoch(X, y, w, learning_rate, size, order):
    X, y = X[order], y[order]
    for start in range(0, len(X), size):
        X_batch = X[start : start + size]
        y_batch = y[start : start + size]
        error = X_batch @ w - y_batch
        gradient = 2 * X_batch.T @ error / len(X_batch)
        w = w - learning_rate * gradient
    return w
""",
    hints=(
        "Take all samples as one batch: then the order can't matter. Try two orders, and compare.",
        "One bug is in the line that shuffles, the other where the gradient is divided: compare a size of 1 with nnlib.",
        "Shuffle both, `X, y = X[order], y[order]`, and divide by `len(X_batch)`; the last batch may be a small one.",
    ),
    inputs=(
        (X, Y, np.array([0.5, -0.5]), 0.1, 5, np.arange(5)),
        (X, Y, np.array([0.5, -0.5]), 0.1, 5, np.array([3, 0, 4, 1, 2])),
        (X, Y, np.array([0.5, -0.5]), 0.1, 2, np.array([3, 0, 4, 1, 2])),
    ),
    random=an_epoch,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Call it with `size` = 5 and two different orders: one batch of all samples has no order. Then with `size` = 1.",
            "One bug is in the first line, the other behind a division sign.",
            change={"X, y = X[order], y[order]": "X = X[order]", "len(X_batch)": "len(X)"},
        ),
        Wrong(
            "samples and targets are parted",
            "One bug is fixed. A batch of all samples still depends on the order.",
            "After the first line, does the third row of X still belong to the third number of y?",
            "Shuffle both in the same order: `X, y = X[order], y[order]`.",
            change={"X, y = X[order], y[order]": "X = X[order]"},
        ),
        Wrong(
            "small batches step too little",
            "One bug is fixed. With all samples in one batch it is right, and smaller batches move too little.",
            "Compare a batch of one with the gradient of that one sample: by what is it too small?",
            "Divide by the samples in the batch, `len(X_batch)`, not by all of them.",
            change={"len(X_batch)": "len(X)"},
        ),
        Wrong(
            "the last batch is divided by the size of the others",
            "Only the last batch is wrong, and only where it is smaller than the others.",
            "Five samples in batches of two: how many are in the third batch?",
            "Divide by `len(X_batch)`, which knows, rather than by `size`.",
            change={"len(X_batch)": "size"},
        ),
        Wrong(
            "nothing is shuffled",
            "Samples and targets belong together again, because nothing is shuffled anymore.",
            "What is `order` for?",
            "Shuffle both: `X, y = X[order], y[order]`.",
            change={"X, y = X[order], y[order]": "X, y = X, y"},
        ),
        Wrong(
            "the last batch is left out",
            "The last samples are never used where the batches do not come out even.",
            "Nine samples in batches of two: how many batches are there?",
            "Let the last batch be a small one: `range(0, len(X), size)` takes care of it.",
            change={"range(0, len(X), size)": "range(0, len(X) - size + 1, size)"},
        ),
        Wrong(
            "the batch is summed",
            "Samples and targets belong together now, but your gradient is a sum over the batch, and the loss is a mean.",
            "What should the gradient of a batch of one have in common with that of a batch of ten: its size, or its meaning?",
            "Divide by the samples in the batch, `len(X_batch)`.",
            change={" / len(X_batch)": ""},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first batch is used.",
            "Look at how far your `return` is indented.",
            "The `return` belongs after the loop, not in it.",
            change={"    return w": "        return w"},
        ),
        Wrong(
            "another order is drawn",
            "You draw an order yourself, and the question gives you one.",
            "What is `order` for?",
            "Shuffle both in the given order: `X, y = X[order], y[order]`.",
            when=lambda program, _: bool({"permutation", "shuffle"} & names_in(program)),
        ),
    ),
)
