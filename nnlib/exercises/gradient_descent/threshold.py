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
            "You return a curvature, but the question asks for a learning rate.",
            "Which η makes the factor 1 − ηλ equal to −1?",
            "Return 2/λ, for the largest λ.",
            change={"2 / np.linalg": "np.linalg"},
        ),
        Wrong(
            "divided by something other than the samples",
            "Your Hessian is divided by the wrong number.",
            "The loss is a mean over the samples, which are the rows of X. How many rows are there?",
            "Divide by `len(X)`, not by the number of features or of all numbers in X.",
            change={"len(X)": "X.size"},
            others=({"len(X)": "X.shape[1]"},),
        ),
        Wrong(
            "one average curvature",
            "You take one average curvature for all directions.",
            "A steep direction diverges whatever the average is. Which direction is the steepest?",
            "Make the Hessian, and take its largest eigenvalue: `np.linalg.eigvalsh(2 * X.T @ X / len(X)).max()`.",
            change={"np.linalg.eigvalsh(hessian).max()": "(2 * (X**2).mean())"},
            others=({"np.linalg.eigvalsh(hessian).max()": "hessian.mean()"},),
        ),
        Wrong(
            "the norm of the table",
            "You take the norm of the Hessian, which is more than its largest eigenvalue.",
            "`np.linalg.norm` of a table adds up the squares of all its eigenvalues. Which of them sets the limit?",
            "Take the largest one alone: `np.linalg.eigvalsh(hessian).max()`.",
            change={"np.linalg.eigvalsh(hessian).max()": "np.linalg.norm(hessian)"},
        ),
        Wrong(
            "upside down",
            "Your threshold grows with the curvature, and a steeper valley needs shorter steps.",
            "At which η is 1 − ηλ equal to −1?",
            "Solve for η: the threshold is 2/λ, for the largest λ.",
            change={"2 / np.linalg.eigvalsh(hessian).max()": "np.linalg.eigvalsh(hessian).max() / 2"},
        ),
        Wrong(
            "nothing is transposed",
            "X cannot be multiplied by itself this way: it has a row for each sample and a column for each feature.",
            "The Hessian has a row and a column for each feature, and adds up over the samples. Which X must lie on its side?",
            "Write `X.T @ X`.",
            change={"X.T @ X": "X @ X"},
            others=(
                {"X.T @ X": "X * X"},
                {"X.T @ X": "X**2"},
            ),
        ),
        Wrong(
            "eigenvalues and eigenvectors at once",
            "`np.linalg.eig` and `np.linalg.eigh` return two things: the eigenvalues, and the eigenvectors.",
            "Which of the two do you need, and how do you take it out of the pair?",
            "Use `np.linalg.eigvalsh(hessian)`, which returns the eigenvalues alone.",
            change={"np.linalg.eigvalsh(hessian).max()": "np.linalg.eig(hessian).max()"},
            others=(
                {"np.linalg.eigvalsh(hessian).max()": "np.linalg.eigh(hessian).max()"},
                {"np.linalg.eigvalsh(hessian).max()": "max(np.linalg.eig(hessian))"},
            ),
        ),
    ),
)
