"""Exercise: batch normalization, forward, in training and in predicting."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def a_batch(rng):
    """Return a batch, running means and variances, and whether it is training; one column has hardly any spread."""
    n = int(rng.integers(2, 8))
    X = rng.normal(1, 2, (n, 3)) * [1, 5, 1e-3]
    return X, rng.normal(size=3), rng.uniform(0.5, 3, 3) * [1, 1, 1e-5], bool(rng.integers(2))


BATCH = np.array([[1.0, 10.0, 4.0], [3.0, 30.0, 4.0], [2.0, 50.0, 4.0]])

EXERCISE = Exercise(
    name="depth-batch-norm",
    asks="batch_norm(X, mean, variance, training)",
    solution="""
import numpy as np


def batch_norm(X, mean, variance, training):
    here, spread = mean, variance
    if training:
        n = len(X)
        here, spread = X.mean(axis=0), X.var(axis=0)
        mean = 0.9 * mean + 0.1 * here
        variance = 0.9 * variance + 0.1 * spread * n / (n - 1)
    return (X - here) / np.sqrt(spread + 1e-5), mean, variance
""",
    hints=(
        "There are two cases: in training by `X.mean(axis=0)` and `X.var(axis=0)`, in predicting by the running ones.",
        "In training, also take a tenth of the batch into the running ones: `0.9 * mean + 0.1 * X.mean(axis=0)`.",
        "The running variance takes in `X.var(axis=0) * n / (n - 1)`; return (X − mean) / √(variance + 0.00001), and both.",
    ),
    inputs=(
        (BATCH, np.array([0.0, 10.0, 1.0]), np.array([1.0, 4.0, 9.0]), True),
        (BATCH, np.array([0.0, 10.0, 1.0]), np.array([1.0, 4.0, 9.0]), False),
    ),
    random=a_batch,
    wrong=(
        Wrong(
            "predicting goes by the batch",
            "You normalize by the batch in predicting as well: the answer to a row then hangs on the other rows.",
            "What would become of a batch of a single row?",
            "Where `training` is False, take `mean` and `variance`, as they are given.",
            change={
                "here, spread = mean, variance\n": "here, spread = X.mean(axis=0), X.var(axis=0)\n",
            },
        ),
        Wrong(
            "training goes by the running ones",
            "You normalize by the running mean and variance in training as well.",
            "In training, whose mean is it that becomes 0?",
            "Where `training` is True, normalize by `X.mean(axis=0)` and `X.var(axis=0)`.",
            change={"np.sqrt(spread + 1e-5), mean": "np.sqrt(variance + 1e-5), mean", "(X - here)": "(X - mean)"},
            others=(
                {"return (X - here) / np.sqrt(spread": "here, spread = mean, variance\n    return (X - here) / np.sqrt(spread"},
            ),
        ),
        Wrong(
            "predicting moves the running ones",
            "Predicting changes the running mean and variance.",
            "Does a network learn while it is asked?",
            "Move them only `if training:`.",
            change={
                "here, spread = mean, variance\n    if training:\n        n": "n",
                "        here, spread = X.mean(axis=0), X.var(axis=0)\n        mean": (
                    "    old = mean, variance\n    here, spread = X.mean(axis=0), X.var(axis=0)\n    mean"
                ),
                "        variance = 0.9 * variance + 0.1 * spread * n / (n - 1)\n": (
                    "    variance = 0.9 * variance + 0.1 * spread * n / (n - 1)\n"
                    "    here, spread = (here, spread) if training else old\n"
                ),
            },
        ),
        Wrong(
            "the shares have changed places",
            "The running mean and variance take in nine tenths of each batch.",
            "Which of the two should count more, one batch or all those before it?",
            "Keep nine tenths: `0.9 * mean + 0.1 * X.mean(axis=0)`.",
            change={
                "0.9 * mean + 0.1 * here": "0.1 * mean + 0.9 * here",
                "0.9 * variance + 0.1 * spread": "0.1 * variance + 0.9 * spread",
            },
        ),
        Wrong(
            "only the last batch counts",
            "The running mean and variance are those of this batch alone.",
            "They should remember the batches before it.",
            "Keep nine tenths of what they were: `0.9 * mean + 0.1 * X.mean(axis=0)`.",
            change={
                "0.9 * mean + 0.1 * here": "here",
                "0.9 * variance + 0.1 * spread * n / (n - 1)": "spread * n / (n - 1)",
            },
            others=({"0.9 * mean + 0.1 * here": "here", "0.9 * variance + 0.1 * spread * n / (n - 1)": "spread"},),
        ),
        Wrong(
            "the running ones stay",
            "The running mean and variance do not change in training.",
            "From where should predicting know them?",
            "In training, take a tenth of the batch into each of them.",
            change={
                "        mean = 0.9 * mean + 0.1 * here\n": "",
                "        variance = 0.9 * variance + 0.1 * spread * n / (n - 1)\n": "",
            },
        ),
        Wrong(
            "the running variance counts with n",
            "Only the running variance is a little too small: it takes in the variance of the batch as it is.",
            "A few rows lie nearer to their own mean than to the true one. Which division makes up for that?",
            "Multiply by n / (n − 1): `0.1 * X.var(axis=0) * n / (n - 1)`.",
            change={" * n / (n - 1)": ""},
        ),
        Wrong(
            "both variances count with n − 1",
            "The running variance is right, but you normalize with n − 1 as well.",
            "The n − 1 is for guessing the variance of rows that are not here. In training it is these rows that are scaled.",
            "Normalize by `X.var(axis=0)` as it is.",
            change={"X.var(axis=0)": "X.var(axis=0, ddof=1)", " * n / (n - 1)": ""},
        ),
        Wrong(
            "the two variances are mixed up",
            "You normalize with n − 1, and the running variance counts with n: it should be the other way around.",
            "The n − 1 is for guessing the variance of rows that are not here. Which of the two is such a guess?",
            "Normalize by `X.var(axis=0)`; multiply by n / (n − 1) in the running variance.",
            change={
                "np.sqrt(spread + 1e-5)": "np.sqrt((spread * n / (n - 1) if training else spread) + 1e-5)",
                "0.1 * spread * n / (n - 1)": "0.1 * spread",
            },
        ),
        Wrong(
            "rows in place of columns",
            "You normalize each row: that is layer normalization.",
            "Batch normalization takes the mean of a feature over the samples. Along which axis do the samples lie?",
            "Take `axis=0`.",
            change={"here, spread = X.mean(axis=0), X.var(axis=0)": "here, spread = X.mean(axis=1), X.var(axis=1)"},
            others=(
                {
                    "here, spread = X.mean(axis=0), X.var(axis=0)": (
                        "here, spread = X.mean(axis=1, keepdims=True), X.var(axis=1, keepdims=True)"
                    ),
                },
            ),
        ),
        Wrong(
            "all features by one mean",
            "You take one mean over the whole batch, and each feature has its own.",
            "`X.mean()` is one number. How many are wanted?",
            "Take `axis=0`: one for each column.",
            change={"X.mean(axis=0), X.var(axis=0)": "X.mean(), X.var()"},
        ),
        Wrong(
            "divided by the variance",
            "You divide by the variance, and by its root is meant.",
            "A variance is in squares: of meters, it is square meters.",
            "Divide by `np.sqrt(variance + 1e-5)`.",
            change={"np.sqrt(spread + 1e-5)": "(spread + 1e-5)"},
        ),
        Wrong(
            "ε stands outside the root",
            "Where there is much spread you are right, and where there is hardly any you divide by too little.",
            "Where is ε in the formula, under the root or after it?",
            "Add it to the variance: `np.sqrt(variance + 1e-5)`.",
            change={"np.sqrt(spread + 1e-5)": "(np.sqrt(spread) + 1e-5)"},
        ),
        Wrong(
            "ε is left out",
            "A column without any spread is divided by 0.",
            "What is it that the formula adds to the variance?",
            "Add 0.00001 under the root: `np.sqrt(variance + 1e-5)`.",
            change={"spread + 1e-5": "spread"},
        ),
        Wrong(
            "the mean is not taken off",
            "You divide by the spread, and the columns keep their means.",
            "After normalizing, what should the mean of a column be?",
            "Subtract first: `(X - X.mean(axis=0))`.",
            change={"(X - here)": "X"},
        ),
        Wrong(
            "the batch alone is returned",
            "You return the normalized batch alone, but the question asks for the running mean and variance too.",
            "The next batch has to know them.",
            "Return three things: the batch, the mean, the variance.",
            change={"np.sqrt(spread + 1e-5), mean, variance": "np.sqrt(spread + 1e-5)"},
        ),
    ),
)
