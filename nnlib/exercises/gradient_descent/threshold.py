"""Exercise: from the data to the learning rate at which descent begins to diverge."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_data(rng):
    """Return samples of three features, of different sizes, that hang together."""
    return (rng.normal(size=(12, 3)) @ rng.normal(size=(3, 3)),)


EXERCISE = Exercise(
    name="gradient_descent-threshold",
    asks="threshold(X)",
    solution="""
import numpy as np


def threshold(X):
    hessian = 2 * X.T @ X / len(X)
    return 2 / np.linalg.eigvalsh(hessian).max()
""",
    hints=(
        "Begin with the Hessian of the mean squared error, 2 XᵀX / n; it does not depend on w or y.",
        "Its eigenvalues are the curvatures, `np.linalg.eigvalsh(hessian)`. Which of them sets the limit?",
        "Return `2 / np.linalg.eigvalsh(2 * X.T @ X / len(X)).max()`.",
    ),
    inputs=((np.array([[1.0, 0.0], [0.0, 2.0]]),), (np.array([[1.0, 1.0], [1.0, -1.0], [2.0, 0.0]]),)),
    random=some_data,
    wrong=(
        Wrong(
            "the flattest direction",
            "You have found where the *flattest* direction diverges; the others have long done so.",
            "One direction that diverges is enough. Which curvature is the first to do so?",
            "The steepest: take the largest eigenvalue, `.max()`.",
            change={".max()": ".min()"},
        ),
        Wrong(
            "the best rate of the steepest direction",
            "Your rate is half of the threshold.",
            "At which η is the factor 1 − ηλ equal to 0, and at which is it −1?",
            "The threshold is 2/λ; at 1/λ the walk arrives along that direction in one step.",
            change={"return 2 /": "return 1 /"},
        ),
        Wrong(
            "the 2 of the square is missing",
            "Your curvatures are half of what they should be, and so the threshold is twice too large.",
            "Differentiate (x·w − y)² twice with respect to w: what is in front?",
            "The Hessian of the mean squared error is `2 * X.T @ X / len(X)`.",
            change={"2 * X.T": "X.T"},
        ),
        Wrong(
            "a sum in place of a mean",
            "Your curvatures grow with the number of samples, and the mean squared error does not.",
            "L is the mean over the samples. What does that do to the Hessian?",
            "Divide `X.T @ X` by the number of samples, `len(X)`.",
            change={" / len(X)": ""},
        ),
        Wrong(
            "the best rate for both ends",
            "You return the *best* rate, and the question is for the largest.",
            "The rate 2/(λmin + λmax) balances the two ends. Which of them diverges first?",
            "Leave the smallest curvature out: 2/λmax.",
            change={"return 2 / np.linalg.eigvalsh(hessian).max()": "return 2 / np.linalg.eigvalsh(hessian)[[0, -1]].sum()"},
        ),
        Wrong(
            "the covariance in place of the Hessian",
            "You take the mean out of the features, and the loss does not.",
            "`np.cov` measures from the mean. From where does w · x measure?",
            "The Hessian is `2 * X.T @ X / len(X)`, with X as it is.",
            change={"2 * X.T @ X / len(X)": "2 * np.cov(X.T, bias=True)"},
            others=(
                {"2 * X.T @ X / len(X)": "2 * np.cov(X.T)"},
                {"2 * X.T @ X / len(X)": "np.cov(X.T)"},
                {"2 * X.T @ X / len(X)": "2 * (X - X.mean(axis=0)).T @ (X - X.mean(axis=0)) / len(X)"},
            ),
        ),
        Wrong(
            "the curvatures are added up",
            "You take the sum of all curvatures, which is too cautious.",
            "The trace is the sum of the eigenvalues. How many directions have to diverge before the walk does?",
            "Take the largest eigenvalue alone, `np.linalg.eigvalsh(hessian).max()`.",
            change={"np.linalg.eigvalsh(hessian).max()": "np.trace(hessian)"},
            others=({"np.linalg.eigvalsh(hessian).max()": "np.linalg.eigvalsh(hessian).sum()"},),
        ),
        Wrong(
            "a threshold for each direction",
            "You return a threshold for each direction, and the walk has one learning rate for them all.",
            "Which of the directions is the first to diverge?",
            "Take the largest eigenvalue, `.max()`, before you divide.",
            change={"np.linalg.eigvalsh(hessian).max()": "np.linalg.eigvalsh(hessian)"},
        ),
        Wrong(
            "the diagonal in place of the eigenvalues",
            "You take the largest number on the diagonal, which is the curvature along an axis.",
            "Where features hang together, the valley is tilted: its steepest direction lies between the axes.",
            "Take the largest eigenvalue, `np.linalg.eigvalsh(hessian).max()`.",
            change={"np.linalg.eigvalsh(hessian).max()": "np.diag(hessian).max()"},
            others=({"np.linalg.eigvalsh(hessian).max()": "hessian.max()"},),
        ),
        Wrong(
            "the largest curvature is returned",
            "You return a curvature, and a learning rate is asked for.",
            "Which η makes the factor 1 − ηλ equal to −1?",
            "Return 2/λ, for the largest λ.",
            change={"2 / np.linalg": "np.linalg"},
        ),
    ),
)
