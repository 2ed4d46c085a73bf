"""Exercise: a squared error with two bugs, found by three questions that any loss must answer."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def a_column_and_a_list(rng):
    """Return predictions as a network puts them out, a column, and targets as data sets have them, a list."""
    samples = rng.integers(2, 7)
    return rng.normal(size=(samples, 1)), rng.normal(size=samples)


EXERCISE = Exercise(
    name="loss-bug-hunt",
    asks="loss_and_slope(y_hat, y)",
    solution="""
import numpy as np


def loss_and_slope(y_hat, y):
    error = y_hat - np.reshape(y, y_hat.shape)
    loss = (error**2).mean()
    slope = 2 * error / error.size
    return loss, slope
""",
    hints=(
        "Ask it three things: is the loss of perfect predictions 0? Has the slope the shape of ŷ? Is it the measured slope?",
        "Print `(y_hat - y).shape`. A column minus a list is a table; and a mean has a division that its slope needs too.",
        "Write `error = y_hat - np.reshape(y, y_hat.shape)`, and divide the slope by `error.size`.",
    ),
    inputs=(
        (np.array([[1.0], [2.0], [4.0]]), np.array([1.0, 2.0, 4.0])),
        (np.array([[3.0], [1.0]]), np.array([1.0, 1.0])),
        (np.array([[2.0]]), np.array([1.0])),
    ),
    random=a_column_and_a_list,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Give it perfect predictions, [[1], [2], [4]] for [1, 2, 4]: the loss should be 0. Look at the shape of the error.",
            "One bug is a column minus a list, which is a table; the other is a division that the slope of a mean needs.",
            change={"np.reshape(y, y_hat.shape)": "y", " / error.size": ""},
        ),
        Wrong(
            "a column minus a list is still a table",
            "One bug is mended. But perfect predictions still have a loss, because each is compared with every target.",
            "Print `(y_hat - y).shape`.",
            "Bring y into the shape of ŷ first: `np.reshape(y, y_hat.shape)`.",
            change={"np.reshape(y, y_hat.shape)": "y"},
        ),
        Wrong(
            "a column minus a list is still a table, and it is divided by the samples",
            "The slope is divided now. But perfect predictions still have a loss, because each is compared with every target.",
            "Print `(y_hat - y).shape`.",
            "Bring y into the shape of ŷ first: `np.reshape(y, y_hat.shape)`.",
            change={"np.reshape(y, y_hat.shape)": "y", "error.size": "len(y)"},
        ),
        Wrong(
            "the slope is that of a sum",
            "One bug is mended: the loss is right now. The slope is right for one sample, and too large for more.",
            "Compare with `numerical_gradient(lambda y_hat: loss_and_slope(y_hat, y)[0], y_hat)` for two samples.",
            "The loss is a mean, so its slope is divided by the number of samples too: `2 * error / error.size`.",
            change={" / error.size": ""},
        ),
        Wrong(
            "the loss is a sum now",
            "Loss and slope agree with each other, but the loss was a mean, and should stay one.",
            "Give it the same batch twice over: a mean would not change.",
            "Leave `.mean()` in the loss, and divide the slope by `error.size`.",
            change={".mean()": ".sum()", " / error.size": ""},
        ),
        Wrong(
            "the slope has lost its column",
            "The numbers are right. But ŷ is a column, and your slope is not: it has another shape than what it belongs to.",
            "Compare `slope.shape` with `y_hat.shape`: a layer would refuse it, or make a table of it.",
            "Bring y into the shape of ŷ, not ŷ into that of y: `np.reshape(y, y_hat.shape)`.",
            change={"y_hat - np.reshape(y, y_hat.shape)": "np.ravel(y_hat) - y"},
        ),
        Wrong(
            "the slope has lost its column, and its division",
            "The loss is right. The slope is that of a sum, and it is no column.",
            "Compare `slope.shape` with `y_hat.shape`, and then the numbers with `numerical_gradient`.",
            "Write `error = y_hat - np.reshape(y, y_hat.shape)`, and divide the slope by `error.size`.",
            change={"y_hat - np.reshape(y, y_hat.shape)": "np.ravel(y_hat) - y", " / error.size": ""},
        ),
        Wrong(
            "the slope is averaged to one number",
            "You return one slope, and each prediction has its own.",
            "Has the slope the shape of ŷ?",
            "Divide by `error.size`, and add nothing up.",
            change={"2 * error / error.size": "(2 * error).mean()"},
        ),
        Wrong(
            "the 2 of the square is lost",
            "The loss is right, and the slope is half of what it should be.",
            "What is the slope of e² at e?",
            "The slope is `2 * error / error.size`.",
            change={"2 * error": "error"},
        ),
    ),
)
