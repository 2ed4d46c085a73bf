"""Exercise: a program with two leaks, found by feeding it noise and by asking for one sample at a time."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_rows(rng):
    """Return features of different sizes, labels, how many rows are known, and how many features are to be kept."""
    n, known = 16, int(rng.integers(6, 11))
    y = np.concatenate([[0, 1, 0, 1], rng.integers(0, 2, n - 4)])
    X = rng.normal(size=(n, 8)) * rng.uniform(0.5, 9, 8)
    X[known:] = 2 * X[known:] + rng.normal(size=8) * 4  # the new rows are of another kind: their means tell
    return X, y, known, int(rng.integers(1, 4))


ALL_LABELS = {
    "old[labels == 1].mean(axis=0) - old[labels == 0].mean(axis=0)": "X[y == 1].mean(axis=0) - X[y == 0].mean(axis=0)"
}
ALL_ROWS = {"X[:known].mean(axis=0)": "X.mean(axis=0)", "X[:known].std(axis=0)": "X.std(axis=0)"}
STANDARDIZED = "X = (X - X[:known].mean(axis=0)) / X[:known].std(axis=0)"

EXERCISE = Exercise(
    name="generalization-bug-hunt",
    asks="held_out_answers(X, y, known, kept)",
    solution=f"""
import numpy as np


def held_out_answers(X, y, known, kept=3):
    {STANDARDIZED}
    old, labels = X[:known], y[:known]
    way = old[labels == 1].mean(axis=0) - old[labels == 0].mean(axis=0)
    best = np.argsort(-np.abs(way))[:kept]
    return (X[known:, best] @ way[best] > 0).astype(int)
""",
    hints=(
        "Ask of each number which rows it was computed from. Only the first `known` may have a part in what is fitted.",
        "One leak is in the first line, in the mean and the deviation. The other is in `way`, which reads all the labels.",
        "Standardize by the mean and the deviation of `X[:known]`, and compute `way` from `X[:known]` and `y[:known]`.",
    ),
    inputs=tuple(some_rows(np.random.default_rng(seed)) for seed in (101, 102, 103)),
    random=some_rows,
    wrong=(
        Wrong(
            "both leaks are still there",
            "The program still has both of its leaks.",
            "Noise is predicted, and the answer for a row depends on the other new rows.",
            "One leak is in the first line, the other in the line that computes `way`.",
            change=ALL_ROWS | ALL_LABELS,
        ),
        Wrong(
            "the features are still chosen with the new rows in view",
            "One leak is closed. But noise can still be predicted.",
            "Which rows, and which labels, does `way` read?",
            "Compute `way` from the first `known` rows and labels alone.",
            change=ALL_LABELS,
        ),
        Wrong(
            "standardized by all rows",
            "One leak is closed: noise can't be predicted anymore. But an answer still depends on the other new rows.",
            "Which rows have a part in the mean and the deviation?",
            "Use `X[:known].mean(axis=0)` and `X[:known].std(axis=0)`.",
            change=ALL_ROWS,
        ),
        Wrong(
            "the deviation is still that of all rows",
            "The mean is that of the known rows now, and the deviation is not.",
            "There are two numbers for each feature in the first line. Which rows does the second one read?",
            "Divide by `X[:known].std(axis=0)`.",
            change={"X[:known].std(axis=0)": "X.std(axis=0)"},
        ),
        Wrong(
            "the mean is still that of all rows",
            "The deviation is that of the known rows now, and the mean is not.",
            "There are two numbers for each feature in the first line. Which rows does the first one read?",
            "Subtract `X[:known].mean(axis=0)`.",
            change={"X[:known].mean(axis=0)": "X.mean(axis=0)"},
        ),
        Wrong(
            "each part is standardized by itself",
            "Known and new rows are standardized apart, each by its own mean and deviation.",
            "Ask for a single new row. What is its deviation?",
            "Use the mean and the deviation of the known rows for both.",
            change={STANDARDIZED: "X = np.concatenate([(Z - Z.mean(axis=0)) / Z.std(axis=0) for Z in (X[:known], X[known:])])"},
        ),
        Wrong(
            "standardized by the new rows",
            "You standardize by the *new* rows.",
            "Which rows does `X[known:]` hold?",
            "The known ones are `X[:known]`.",
            change={"X[:known].mean(axis=0)": "X[known:].mean(axis=0)", "X[:known].std(axis=0)": "X[known:].std(axis=0)"},
        ),
        Wrong(
            "nothing is standardized",
            "No leak is left, because nothing is standardized anymore: the feature with the largest numbers decides.",
            "What was the first line for?",
            "Standardize, by the mean and the deviation of the known rows.",
            change={f"    {STANDARDIZED}\n": ""},
        ),
        Wrong(
            "only the known rows are standardized",
            "The known rows are standardized, and the new ones are not.",
            "`way` was found among numbers around 0. Where do the new rows lie?",
            "Change all rows by the numbers of the known: `(X - X[:known].mean(axis=0)) / X[:known].std(axis=0)`.",
            change={f"    {STANDARDIZED}\n": f"    raw = X\n    {STANDARDIZED}\n", "X[known:, best]": "raw[known:, best]"},
        ),
        Wrong(
            "the first features in place of the telling ones",
            "No leak is left, because nothing is chosen anymore: you keep the first features.",
            "What is `way` for?",
            "Compute `way` from the known rows, and keep the features where it is longest.",
            change={"np.argsort(-np.abs(way))[:kept]": "np.arange(kept)"},
        ),
        Wrong(
            "all features are kept",
            "No leak is left, because nothing is chosen anymore: you keep all the features.",
            "What is `kept` for?",
            "Keep `np.argsort(-np.abs(way))[:kept]`, with a `way` from the known rows.",
            change={"np.argsort(-np.abs(way))[:kept]": "np.argsort(-np.abs(way))"},
        ),
        Wrong(
            "the least telling features",
            "You keep the features that differ *least* between the classes.",
            "`argsort` puts the smallest first. What was the minus for?",
            "Keep `np.argsort(-np.abs(way))[:kept]`.",
            change={"np.argsort(-np.abs(way))": "np.argsort(np.abs(way))"},
        ),
        Wrong(
            "the new rows choose",
            "Now the *new* rows alone choose the features.",
            "Which rows does `X[known:]` hold?",
            "Compute `way` from `X[:known]` and `y[:known]`.",
            change={"old, labels = X[:known], y[:known]": "old, labels = X[known:], y[known:]"},
        ),
        Wrong(
            "answers for the known rows",
            "You return answers for the rows that were learned from.",
            "For which rows is the program asked?",
            "Keep `X[known:, best]` in the last line.",
            change={"X[known:, best]": "X[:known, best]"},
        ),
        Wrong(
            "answers for all rows",
            "You return answers for all the rows.",
            "For which rows is the program asked?",
            "Keep `X[known:, best]` in the last line.",
            change={"X[known:, best]": "X[:, best]"},
        ),
    ),
)
