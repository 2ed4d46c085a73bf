"""Exercise: samples are set aside for the test, at random, each with its label."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def some_samples(rng):
    """Return samples, labels, the share to hold out, and an order, at random."""
    n = int(rng.choice([5, 7, 8, 9, 11, 12]))  # of which no share ends in a half, which one may round either way
    return rng.normal(size=(n, 2)), rng.integers(0, 3, n), float(rng.choice([0.2, 0.25, 0.4])), rng.permutation(n)


def shuffled_otherwise(answer, results):
    """Say whether each result has parts of the right sizes, with all the samples in them, each with its label."""
    cases = zip(EXERCISE.cases, EXERCISE.wanted, results, strict=True)
    return all(
        [len(part) for part in result] == [len(part) for part in wanted] and _pairs(result) == _pairs([X, y, X[:0], y[:0]])
        for (X, y, _, _), wanted, result in cases
    )


def _pairs(parts):
    X_train, y_train, X_test, y_test = parts
    rows = [*np.column_stack([X_train, y_train]).tolist(), *np.column_stack([X_test, y_test]).tolist()]
    return sorted(rows)


X = np.arange(8.0).reshape(4, 2)

EXERCISE = Exercise(
    name="digits-hold-out",
    asks="hold_out(X, y, share, order)",
    solution="""
def hold_out(X, y, share, order):
    X, y = X[order], y[order]
    tested = round(share * len(X))
    return X[tested:], y[tested:], X[:tested], y[:tested]
""",
    hints=(
        "Begin by putting the samples into the given order: the rows of `X[order]` are shuffled.",
        "Put the labels into the same order. The first round(share · n) rows are then the test set, the rest are for training.",
        "With `X, y = X[order], y[order]` and `tested = round(share * len(X))`, return `X[tested:], y[tested:], X[:tested], "
        "y[:tested]`.",
    ),
    inputs=(
        (X, np.array([0, 1, 2, 3]), 0.25, np.array([2, 0, 3, 1])),
        (X, np.array([1, 1, 0, 0]), 0.5, np.array([3, 1, 0, 2])),
    ),
    random=some_samples,
    wrong=(
        Wrong(
            "the order is not used",
            "You cut the samples as they come, first and last, and `order` has no effect.",
            "Data are often sorted, by class or by writer: their first quarter is not a fair sample. What is `order` for?",
            "Begin with `X, y = X[order], y[order]`.",
            change={"X, y = X[order], y[order]": "X, y = X, y"},
        ),
        Wrong(
            "the labels stay behind",
            "The samples are shuffled, and their labels are not.",
            "Does the first label still belong to the first sample?",
            "Put both into the same order: `X, y = X[order], y[order]`.",
            change={"X, y = X[order], y[order]": "X = X[order]"},
        ),
        Wrong(
            "the test samples are trained on as well",
            "Your test set is right, but all of its samples are in the training set too.",
            "How many samples do your two parts have together, and how many were there?",
            "The training set begins where the test set ends: `X[tested:], y[tested:]`.",
            change={"X[tested:], y[tested:], X": "X, y, X"},
        ),
        Wrong(
            "the parts have changed places",
            "You return the small part, which is for testing, in the place of the training set.",
            "In which order are the four results asked for?",
            "The training samples and labels come first: `X[tested:], y[tested:], X[:tested], y[:tested]`.",
            change={"X[tested:], y[tested:], X[:tested], y[:tested]": "X[:tested], y[:tested], X[tested:], y[tested:]"},
        ),
        Wrong(
            "the share is trained on",
            "The sizes are the wrong way around: your training set holds the `share`, and your test set the rest.",
            "With 4 samples and a share of a quarter, how many are tested?",
            "`share` is the share of the test set: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "len(X) - round(share * len(X))"},
        ),
        Wrong(
            "cut off instead of rounded",
            "Your test set has one sample too few where the share is not a whole number of samples.",
            "What does `int` do to 1.75?",
            "Round: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "int(share * len(X))"},
        ),
        Wrong(
            "always rounded up",
            "Your test set has one sample too many where the share is not a whole number of samples.",
            "Which whole number is nearest to 1.25?",
            "Round to the nearest: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "int(share * len(X) + 0.9999)"},
        ),
        Wrong(
            "the four come in another order",
            "All four parts are right, but not in the order that the question asks for.",
            "That is the order of scikit-learn: both tables, then both lists of labels. What does this question ask for?",
            "First the training set, samples and labels; then the test set.",
            change={"X[tested:], y[tested:], X[:tested], y[:tested]": "X[tested:], X[:tested], y[tested:], y[:tested]"},
        ),
        Wrong(
            "the last samples are tested",
            "Your parts have the right sizes, but you take the test set from the end.",
            "Which rows does the question put into the test set: the first in the new order, or the last?",
            "The test set is `X[:tested]`, the rest is for training.",
            change={
                "X[tested:], y[tested:], X[:tested], y[:tested]": "X[: len(X) - tested], y[: len(X) - tested], "
                "X[len(X) - tested :], y[len(X) - tested :]"
            },
        ),
        Wrong(
            "sorted back",
            "You use `order` backward: you send each sample to the place that `order` names.",
            "The first row of `X[order]` is the one whose number comes first in `order`.",
            "Write `X, y = X[order], y[order]`; no `argsort` is needed.",
            change={"X, y = X[order], y[order]": "X, y = X[order.argsort()], y[order.argsort()]"},
        ),
        Wrong(
            "not a whole number",
            "`share * len(X)` is a float, and a slice needs a whole number.",
            "What is 0.25 * 4: `1` or `1.0`?",
            "Round it first: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "share * len(X)"},
        ),
        Wrong(
            "two pairs in place of four arrays",
            "All four parts are right, but you return them as two pairs.",
            "How many names would take your result: `a, b = …` or `a, b, c, d = …`?",
            "Leave the inner parentheses out: `return X[tested:], y[tested:], X[:tested], y[:tested]`.",
            change={"X[tested:], y[tested:], X[:tested], y[:tested]": "(X[tested:], y[tested:]), (X[:tested], y[:tested])"},
        ),
        Wrong(
            "the labels are left out",
            "You return the samples without their labels.",
            "How would anybody train on samples, or test with them, without knowing the answers?",
            "Return four arrays: `X[tested:], y[tested:], X[:tested], y[:tested]`.",
            change={"X[tested:], y[tested:], X[:tested], y[:tested]": "X[tested:], X[:tested]"},
        ),
        Wrong(
            "one sample is lost",
            "Your parts are one sample short together: the one where the test set ends.",
            "`X[:3]` ends before row 3. Where must the other part begin?",
            "Begin where the test set ends: `X[tested:], y[tested:]`.",
            change={"X[tested:], y[tested:], X": "X[tested + 1:], y[tested + 1:], X"},
            others=({"X[:tested], y[:tested]": "X[:tested - 1], y[:tested - 1]"},),
        ),
        Wrong(
            "small numbers in `order` are tested",
            "You test the samples whose *entry* in `order` is small.",
            "`order[0]` is the number of the sample that comes first. What does `order < tested` ask?",
            "Write `X, y = X[order], y[order]`, and take the first rows of that.",
            change={
                "    X, y = X[order], y[order]\n": "",
                "X[tested:], y[tested:], X[:tested], y[:tested]": "X[order >= tested], y[order >= tested], "
                "X[order < tested], y[order < tested]",
            },
        ),
        Wrong(
            "shuffled once more",
            "Your parts have the right sizes, but the samples are in an order of your own.",
            "The shuffling has been done already. Where does `order` come from?",
            "Use `order` as it is: `X, y = X[order], y[order]`.",
            when=shuffled_otherwise,
        ),
        Wrong(
            "labels and samples of different parts",
            "Samples and labels are paired wrongly: the samples of one part are beside labels of the other.",
            "The two arrays of a part must be cut in the same place, on the same side.",
            "Return `X[tested:], y[tested:], X[:tested], y[:tested]`.",
            change={"y[tested:], X[:tested], y[:tested]": "y[:tested], X[:tested], y[tested:]"},
        ),
        Wrong(
            "the share of the features",
            "Your parts have the wrong sizes: you take the share of the number of *features*.",
            "What does `X.shape[1]` count, and what `len(X)`?",
            "Take the share of the samples: `tested = round(share * len(X))`.",
            change={"round(share * len(X))": "round(share * X.shape[1])"},
        ),
        Wrong(
            "numbers of samples in place of samples",
            "You return *which* samples are meant, not the samples.",
            "Your parts hold entries of `order`. What are they numbers of?",
            "Look the samples up: `X[order]`.",
            change={"X, y = X[order], y[order]": "X, y = order, y[order]"},
        ),
        Wrong(
            "the samples stay behind",
            "The labels are shuffled, and their samples are not.",
            "Does the first sample still have its own label?",
            "Put both into the same order: `X, y = X[order], y[order]`.",
            change={"X, y = X[order], y[order]": "y = y[order]"},
        ),
    ),
)
