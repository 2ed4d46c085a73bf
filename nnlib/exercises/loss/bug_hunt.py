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
        "Ask three things: is the loss of perfect predictions 0? Does the slope have the shape of ŷ? Is it the measured one?",
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
            "One bug is fixed. But perfect predictions still have a loss, because each is compared with every target.",
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
            others=({"np.reshape(y, y_hat.shape)": "y", "2 * error / error.size": "2 * error.mean(axis=1, keepdims=True)"},),
        ),
        Wrong(
            "the slope is that of a sum",
            "One bug is fixed: the loss is right now. The slope is right for one sample, and too large for more.",
            "Compare with `numerical_gradient(lambda y_hat: loss_and_slope(y_hat, y)[0], y_hat)` for two samples.",
            "The loss is a mean, so its slope is divided by the number of samples too: `2 * error / error.size`.",
            change={" / error.size": ""},
        ),
        Wrong(
            "the loss is a sum now",
            "Loss and slope agree with each other, but the loss was a mean and should stay one.",
            "Give it the same batch twice over: a mean would not change.",
            "Leave `.mean()` in the loss, and divide the slope by `error.size`.",
            change={".mean()": ".sum()", " / error.size": ""},
        ),
        Wrong(
            "the slope has lost its column",
            "The numbers are right, but ŷ is a column and your slope is not.",
            "Compare `slope.shape` with `y_hat.shape`: a layer would refuse it, or make a table of it.",
            "Bring y into the shape of ŷ, not ŷ into that of y: `np.reshape(y, y_hat.shape)`.",
            change={"y_hat - np.reshape(y, y_hat.shape)": "np.ravel(y_hat) - y"},
        ),
        Wrong(
            "the slope has lost its column, and its division",
            "The loss is right. The slope is that of a sum, and it is not a column.",
            "Compare `slope.shape` with `y_hat.shape`, and then the numbers with `numerical_gradient`.",
            "Write `error = y_hat - np.reshape(y, y_hat.shape)`, and divide the slope by `error.size`.",
            change={"y_hat - np.reshape(y, y_hat.shape)": "np.ravel(y_hat) - y", " / error.size": ""},
        ),
        Wrong(
            "the slope is averaged to one number",
            "You return one slope, and each prediction has its own.",
            "Does the slope have the shape of ŷ?",
            "Divide by `error.size`, and add nothing up.",
            change={"2 * error / error.size": "(2 * error).mean()"},
            others=({"2 * error / error.size": "(2 * error).sum()"},),
        ),
        Wrong(
            "the 2 of the square is lost",
            "The loss is right, and the slope is half of what it should be.",
            "What is the slope of e² at e?",
            "The slope is `2 * error / error.size`.",
            change={"2 * error": "error"},
        ),
        Wrong(
            "the sign of the slope is turned",
            "The loss is right, and your slope has the wrong sign: a step downhill would make the loss larger.",
            "The square does not see a sign, and the slope does. Which way around is your error?",
            "The error is prediction minus target: ŷ − y.",
            change={"slope = 2 * error": "slope = -2 * error"},
        ),
        Wrong(
            "half of it",
            "You halve the loss. Some books do, so that the 2 cancels, but then it is no longer the mean squared error.",
            "With predictions that are all off by 1, what is the mean of the squares?",
            "Return `(error**2).mean()` and `2 * error / error.size`.",
            change={"(error**2).mean()": "(error**2).mean() / 2", "2 * error": "error"},
            others=({"(error**2).mean()": "(error**2).mean() / 2"},),
        ),
        Wrong(
            "the slope is a row",
            "The numbers are right. But ŷ is a column, and your slope is a row.",
            "Compare `slope.shape` with `y_hat.shape`. Look for a `.T`.",
            "Bring y into the shape of ŷ, not ŷ into that of y: `np.reshape(y, y_hat.shape)`.",
            change={"y_hat - np.reshape(y, y_hat.shape)": "y_hat.T - y"},
        ),
        Wrong(
            "only the loss is returned",
            "Your loss is right, and the slope is missing: the question asks for both.",
            "Look at the last line: how many results does it return?",
            "Return `loss, slope`.",
            change={"return loss, slope": "return loss"},
        ),
        Wrong(
            "the slope is the error itself",
            "The loss is right. Your slope points the right way, but it lacks the 2 of the square and the 1/n of the mean.",
            "Compare with `numerical_gradient(lambda y_hat: loss_and_slope(y_hat, y)[0], y_hat)`.",
            "The slope is `2 * error / error.size`.",
            change={"2 * error / error.size": "error"},
        ),
        Wrong(
            "a root is taken",
            "Your slope is right, but your loss is the root of what it should be.",
            "The mean squared error is the mean of the squares. What do you do with it afterwards?",
            "Return `(error**2).mean()`.",
            change={"(error**2).mean()": "np.sqrt((error**2).mean())"},
        ),
        Wrong(
            "the absolute error",
            "You return the absolute error, but the question asks for the mean *squared* error.",
            "What does an error of 2 cost, and what an error of 1?",
            "Return `(error**2).mean()` and `2 * error / error.size`.",
            change={"(error**2).mean()": "abs(error).mean()", "2 * error": "np.sign(error)"},
            others=({"(error**2).mean()": "abs(error).mean()"},),
        ),
    ),
)
