"""Exercise: dropout going forward, with given draws, so that the mean is kept."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

A = np.array([[1.0, 2.0, -3.0, 4.0], [0.5, 0.0, 6.0, 1.0]])
DRAWS = np.array([[0.1, 0.9, 0.5, 0.3], [0.7, 0.2, 0.24, 0.6]])


def some_activations(rng):
    """Return activations, as many draws, and a rate."""
    shape = int(rng.integers(2, 5)), int(rng.integers(3, 6))
    return rng.normal(size=shape), rng.random(shape), float(rng.choice([0.1, 0.2, 0.3, 0.4, 0.6, 0.75]))


EXERCISE = Exercise(
    name="generalization-dropout-forward",
    asks="drop(A, draws, rate)",
    solution="""
def drop(A, draws, rate):
    kept = draws >= rate
    return A * kept / (1 - rate)
""",
    hints=(
        "Begin with who survives: `kept = draws >= rate` is True for these, and counts as 1 in a product.",
        "`A * kept` silences. Now a share of `1 - rate` is left: by what must it be scaled so that the mean stays?",
        "Return `A * kept / (1 - rate)`.",
    ),
    inputs=((A, DRAWS, 0.25), (A, DRAWS, 0.0), (A, DRAWS, 0.6)),
    random=some_activations,
    wrong=(
        Wrong(
            "nothing is scaled",
            "The right numbers are silenced, but the mean shrinks.",
            "Of many draws a share of `1 - rate` survives. What does that do to the mean of `A * kept`?",
            "Divide by `1 - rate`.",
            change={" / (1 - rate)": ""},
        ),
        Wrong(
            "scaled down in place of up",
            "The survivors are made smaller, although there are too few of them already.",
            "Does the mean of your result grow or shrink as more numbers are silenced?",
            "Divide by `1 - rate`; multiplying by it is what older programs do when the network *answers*.",
            change={"/ (1 - rate)": "* (1 - rate)"},
        ),
        Wrong(
            "divided by the rate",
            "The right numbers are silenced, but the others are scaled by the wrong factor.",
            "With a rate of a quarter, three of four survive. By what must they be scaled?",
            "Divide by the share that survives, `1 - rate`, and not by the share that is silenced.",
            change={"/ (1 - rate)": "/ rate"},
            others=({"/ (1 - rate)": "* rate"},),
        ),
        Wrong(
            "the survivors are silenced",
            "You silence those that should survive.",
            "A draw *less* than the rate silences. With a rate near 0, who should be silent?",
            "Survivors are where `draws >= rate`.",
            change={"draws >= rate": "draws < rate"},
            others=({"draws >= rate": "draws < rate", "/ (1 - rate)": "/ rate"},),
        ),
        Wrong(
            "the rate is taken as the share that survives",
            "You take `rate` as the probability to survive.",
            "With a rate of 0 nothing should be silenced. What does your program do then?",
            "A share of `1 - rate` survives: where `draws >= rate`.",
            change={"draws >= rate": "draws < 1 - rate"},
            others=({"draws >= rate": "draws >= 1 - rate"}, {"draws >= rate": "draws >= 1 - rate", "/ (1 - rate)": "/ rate"}),
        ),
        Wrong(
            "scaled by those that happened to survive",
            "You divide by the share that *happened* to survive, and it differs from draw to draw.",
            "Keep the mean over *many* draws, not the sum of each single one.",
            "Divide by `1 - rate`, the share that survives on average.",
            change={"/ (1 - rate)": "/ kept.mean()"},
            others=(
                {"/ (1 - rate)": "/ kept.mean(axis=1, keepdims=True)"},
                {"A * kept / (1 - rate)": "A * kept * (A.sum() / (A * kept).sum())"},
            ),
        ),
        Wrong(
            "whole neurons are silenced",
            "You use the draws of the first sample for all samples.",
            "`draws` has a row for each sample. Who has a say in the second row of your result?",
            "Compare the whole table: `kept = draws >= rate`.",
            change={"draws >= rate": "draws[0] >= rate"},
        ),
        Wrong(
            "whole samples are silenced",
            "You silence whole rows.",
            "A row is a sample. What is left of a sample if all of it is silenced?",
            "Compare the whole table: `kept = draws >= rate`.",
            change={"draws >= rate": "draws[:, :1] >= rate"},
        ),
        Wrong(
            "a draw that equals the rate is silenced",
            "All is right but for a draw that is exactly the rate: you silence it.",
            "The question says: *less than* the rate.",
            "Survivors are where `draws >= rate`.",
            change={"draws >= rate": "draws > rate"},
        ),
        Wrong(
            "the mask is returned",
            "You return the factors, and not what they make of the activations.",
            "Which line uses `A`?",
            "Multiply: `A * kept / (1 - rate)`.",
            change={"A * kept / (1 - rate)": "kept / (1 - rate)"},
            others=({"A * kept / (1 - rate)": "kept"},),
        ),
        Wrong(
            "the silenced are left out",
            "You take the silenced numbers out, and a silenced neuron is still there: it says 0.",
            "What shape has `A[kept]`?",
            "Multiply by the mask in place of choosing by it: `A * kept / (1 - rate)`.",
            change={"A * kept": "A[kept]"},
        ),
        Wrong(
            "the activations are compared with the rate",
            "You silence small activations. Here chance decides, and not the size.",
            "What is `draws` for?",
            "Compare the draws with the rate: `kept = draws >= rate`.",
            change={"draws >= rate": "A >= rate"},
        ),
        Wrong(
            "multiplied by the draws",
            "You multiply by the draws themselves.",
            "A neuron is either silent or not. What should `kept` hold?",
            "Compare first, `kept = draws >= rate`; True counts as 1 and False as 0.",
            change={"draws >= rate": "draws * (draws >= rate)"},
            others=({"draws >= rate": "draws"},),
        ),
    ),
)
