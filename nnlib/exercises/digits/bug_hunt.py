"""Exercise: a score that is too good to be true, found out by labels that mean nothing."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def heavy_tails(rng):
    """Return samples with outliers, so that the spread of a part differs from that of all; labels, an order, a number."""
    X = rng.standard_t(2, size=(30, 3))
    return X, (X[:, 0] + rng.normal(size=30) > 0).astype(int), rng.permutation(30), int(rng.integers(8, 16))


def a_case(seed):
    """Return such samples, always the same."""
    return heavy_tails(np.random.default_rng(seed))


def one_spread(answer, results):
    """Say whether the scores are those of samples that are not standardized, and `std` is asked for in the program."""
    plain = EXERCISE.defined_by(EXERCISE.solution.replace(OWN, "0.0, 1.0"))
    scores = [plain(*arguments) for arguments in EXERCISE.cases]
    return "std" in answer.__code__.co_names and np.allclose(results, scores)


def by_chance(answer, results):
    """Say whether the program gives other scores for the same samples, which it does if it draws something at random."""
    X, y, order, held_out = EXERCISE.cases[-1]
    again = {float(answer(X.copy(), y.copy(), order.copy(), held_out)) for _ in range(10)}
    return len(again) > 1


PARTS = "X_known, y_known = X[held_out:], y[held_out:]"
OWN = "X_known.mean(axis=0), X_known.std(axis=0)"

EXERCISE = Exercise(
    name="digits-bug-hunt",
    asks="held_out_score(X, y, order, held_out)",
    solution=f"""
import numpy as np


def held_out_score(X, y, order, held_out):
    X, y = X[order], y[order]
    X_test, y_test = X[:held_out], y[:held_out]
    {PARTS}
    mean, spread = {OWN}
    X_test, X_known = (X_test - mean) / spread, (X_known - mean) / spread
    distances = ((X_test[:, None] - X_known) ** 2).sum(axis=2)
    answers = y_known[distances.argmin(axis=1)]
    return np.mean(answers == y_test)
""",
    hints=(
        "Shuffle the labels: an honest score falls to that of a guess. What does yours do, and why?",
        "Go through the lines and ask of each number: was a test sample used to compute it?",
        "Cut off the test samples first. Mean, spread, neighbors and their labels come from the rest, `X[held_out:]` and "
        "`y[held_out:]`, alone.",
    ),
    inputs=(a_case(1), a_case(2)),
    random=heavy_tails,
    wrong=(
        Wrong(
            "the test samples are among the known ones",
            "The score is still 1, whatever the labels are.",
            "Which is the nearest of all samples to a test sample, and how far away is it?",
            "It is the sample itself. Look among the others only, `X[held_out:]`, with the labels `y[held_out:]`.",
            change={PARTS: "X_known, y_known = X, y"},
        ),
        Wrong(
            "labels of other samples, and the spread of all",
            "It finds the right neighbors now, but reads their labels in the wrong place.",
            "`argmin` counts from the first known sample. Does your list of labels begin there too?",
            "Take the labels of the known samples, `y[held_out:][…]`. Then look once more at where mean and spread come from.",
            change={"answers = y_known[": "answers = y[", OWN: "X.mean(axis=0), X.std(axis=0)"},
        ),
        Wrong(
            "labels of other samples",
            "Mean and spread are honest now, but the labels of the neighbors are read in the wrong place.",
            "`argmin` counts from the first known sample. Does your list of labels begin there too?",
            "Take the labels of the known samples, `y[held_out:][…]`.",
            change={"answers = y_known[": "answers = y["},
        ),
        Wrong(
            "the spread of all samples",
            "One bug is fixed, and the score is nearly honest. But the test samples still have a say in something.",
            "From which samples are the mean and the spread computed?",
            "Compute both from the known samples alone, and standardize all samples by them.",
            change={OWN: "X.mean(axis=0), X.std(axis=0)"},
        ),
        Wrong(
            "the test samples by their own spread",
            "You standardize the test samples by their own mean and spread, and the known samples by theirs.",
            "Two equal flowers, one known and one new, should be equal afterwards too. Are they?",
            "Standardize both by the mean and the spread of the known ones.",
            change={"= (X_test - mean) / spread": "= (X_test - X_test.mean(axis=0)) / X_test.std(axis=0)"},
        ),
        Wrong(
            "one spread for all features",
            "All features are divided by the same number, so the one with the widest spread still decides nearly alone.",
            "How many numbers does `X_known.std()` give, and how many features are there?",
            "Take mean and spread of each column: `X_known.mean(axis=0)` and `X_known.std(axis=0)`.",
            when=one_spread,
        ),
        Wrong(
            "nothing is standardized",
            "It is honest now, but the features are no longer standardized, so the widest of them decides nearly alone.",
            "Which lines have you taken out?",
            "Keep the standardizing, by the mean and the spread of the known samples.",
            change={OWN: "0.0, 1.0"},
        ),
        Wrong(
            "only the sample itself is left out",
            "Each test sample is compared with all the others, the other test samples among them.",
            "When the network is used, are the other test samples known, with their labels?",
            "Look for neighbors in `X[held_out:]` only, and take mean and spread from there too.",
            change={
                PARTS: "X_known, y_known = X, y",
                "    answers =": "    distances[np.arange(held_out), np.arange(held_out)] = np.inf\n    answers =",
            },
        ),
        Wrong(
            "the farthest one answers",
            "Your score is far too low: you take the label of the sample that is farthest away.",
            "Which of `argmin` and `argmax` finds the nearest?",
            "Take the label of the smallest distance, `distances.argmin(axis=1)`.",
            change={"argmin": "argmax"},
        ),
        Wrong(
            "the spread of the test samples",
            "You standardize by the mean and the spread of the *test* samples.",
            "When the program is used, a single new sample may come. What would be its spread?",
            "Compute both from the known samples: `X[held_out:].mean(axis=0)` and `X[held_out:].std(axis=0)`.",
            change={OWN: "X_test.mean(axis=0), X_test.std(axis=0)"},
        ),
        Wrong(
            "only the known samples are standardized",
            "The known samples are standardized and the test samples are not, so their distances mean nothing.",
            "Can you compare a length in centimeters with one in standard deviations?",
            "Subtract the same mean and divide by the same spread for both.",
            change={"(X_test - mean) / spread": "X_test"},
        ),
        Wrong(
            "the large part is tested",
            "You test on the part that was to be known, and look for neighbors in the part that was held out.",
            "How many samples are tested when `held_out` is 50?",
            "Test with `X[:held_out]`, and take the neighbors from `X[held_out:]`.",
            change={"X[:held_out], y[:held_out]": "X[held_out:], y[held_out:]", PARTS: PARTS.replace("held_out:", ":held_out")},
        ),
        Wrong(
            "a count in place of a share",
            "You return how many answers are right, and the score is their share.",
            "What is the largest value that your score can have?",
            "Take the mean, `np.mean(answers == y_test)`.",
            change={"np.mean(": "np.sum("},
            others=({"np.mean(answers == y_test)": "100 * np.mean(answers == y_test)"},),
        ),
        Wrong(
            "the labels are shuffled in the program",
            "You shuffle the labels inside the program. That is a test *of* the program, not a fix.",
            "What can be learned from labels that mean nothing?",
            "Leave the labels as they are, and let mean, spread and neighbors come from `X[held_out:]` alone.",
            when=by_chance,
        ),
        Wrong(
            "only one side is shifted",
            "Mean and spread are not taken from both sides alike, so the distances mean nothing.",
            "Which samples do you subtract the mean from, and which do you divide by the spread?",
            "Treat both alike: `(X_test - mean) / spread` and `(X_known - mean) / spread`.",
            change={"(X_test - mean) / spread": "X_test / spread"},
            others=(
                {"(X_test - mean) / spread": "X_test / spread", "(X_known - mean) / spread": "X_known"},
                {"(X_test - mean) / spread": "X_test - mean"},
            ),
        ),
        Wrong(
            "the order is not used",
            "The test samples are the first rows of the data, not the first ones in the given order.",
            "Fisher's irises are sorted by species. Which species are the first 50?",
            "Keep the first line, `X, y = X[order], y[order]`.",
            change={"    X, y = X[order], y[order]\n": ""},
        ),
        Wrong(
            "the share of wrong answers",
            "You return how often the program is wrong.",
            "What should the score be when every answer is right?",
            "Count where they agree: `np.mean(answers == y_test)`.",
            change={"answers == y_test": "answers != y_test"},
        ),
        Wrong(
            "the nearest test sample of each known one",
            "You look for the nearest *test* sample of each known sample.",
            "`distances` has a row for each test sample. Along which axis are its neighbors?",
            "Take the smallest of each row, `distances.argmin(axis=1)`.",
            change={"argmin(axis=1)": "argmin(axis=0)"},
        ),
    ),
)
