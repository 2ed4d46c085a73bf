"""Exercise: attention that looks back, and never ahead, as in the networks that write."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong

SCORES = "Q @ K.T / np.sqrt(K.shape[1])"
MASK = "    scores[np.triu(np.ones(scores.shape, bool), 1)] = -np.inf\n"
SOFTMAX = """\
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
"""


def some_words(rng):
    """Return queries, keys and values of a few words."""
    words, size, width = rng.integers(2, 6), rng.integers(2, 5), rng.integers(1, 4)
    return tuple(np.round(rng.normal(size=shape), 2) for shape in ((words, size), (words, size), (words, width)))


EXERCISE = Exercise(
    name="frameworks-look-back",
    asks="attend_back(Q, K, V)",
    solution=f"""
import numpy as np


def attend_back(Q, K, V):
    scores = {SCORES}
{MASK}{SOFTMAX}    return weights @ V
""",
    hints=(
        "Begin with `attend` from the text: the scores, the softmax of each row, and the sum of the values.",
        "A word may look at itself and at those before it. So in row i of the scores, which columns must weigh nothing?",
        "Before the softmax, set the scores above the diagonal to `-np.inf`: `np.triu(np.ones(scores.shape, bool), 1)` is "
        "True just there.",
    ),
    inputs=(
        (np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([[1.0, 2.0], [0.0, 1.0], [2.0, 0.0]]), np.eye(3)),
        (
            np.array([[2.0, 0.0, 1.0], [1.0, -1.0, 0.0]]),
            np.array([[1.0, 0.0, 3.0], [0.0, 2.0, 1.0]]),
            np.array([[1.0], [-1.0]]),
        ),
    ),
    random=some_words,
    wrong=(
        Wrong(
            "it looks ahead",
            "Your words look ahead: the first one knows the last.",
            "Which weights may the first row have, if the first word has nothing before it but itself?",
            "Before the softmax, set the scores above the diagonal to `-np.inf`.",
            change={MASK: ""},
        ),
        Wrong(
            "it looks ahead and never back",
            "Your words look ahead, and never back: the mask is on the wrong side.",
            "Row i belongs to the word that looks, column j to the one that is looked at. Which j are later?",
            "Take the part *above* the diagonal: `np.triu(…, 1)`.",
            change={"np.triu(np.ones(scores.shape, bool), 1)": "np.tril(np.ones(scores.shape, bool), -1)"},
        ),
        Wrong(
            "no word sees itself",
            "Your words do not see themselves, and the first one sees nothing at all, which is NaN.",
            "Does a word come before itself? The question says what it may look at.",
            "Leave the diagonal alone: `np.triu(…, 1)`.",
            change={"bool), 1)": "bool))"},
        ),
        Wrong(
            "a score of zero is no mask",
            "You set later scores to 0, and e to the power of 0 is 1: later words still weigh something.",
            "Which score has the exponential 0?",
            "Set them to `-np.inf`.",
            change={"= -np.inf": "= 0"},
        ),
        Wrong(
            "masked after the softmax",
            "Your weights no longer add up to 1: you set them to 0 after the softmax.",
            "What do the weights of the first word add up to?",
            "Mask the scores *before* the softmax, with `-np.inf`.",
            change={MASK + SOFTMAX: SOFTMAX + "    weights = np.tril(weights)\n"},
        ),
        Wrong(
            "the scores are not scaled",
            "Your scores are not divided by the square root of d.",
            "Which shape has K, and which of its two numbers is d?",
            f"`{SCORES}`.",
            change={" / np.sqrt(K.shape[1])": ""},
        ),
        Wrong(
            "scaled by d",
            "You divide the scores by d, and not by its square root.",
            "The sum of d products of random numbers scatters by the square root of d.",
            f"`{SCORES}`.",
            change={"np.sqrt(K.shape[1])": "K.shape[1]"},
        ),
        Wrong(
            "scaled by the number of words",
            "You divide by the root of how many words there are.",
            "Which shape has K: (words, d). Which of the two belongs below the root?",
            f"`{SCORES}`.",
            change={"np.sqrt(K.shape[1])": "np.sqrt(len(K))"},
        ),
        Wrong(
            "multiplied by the root",
            "You multiply by the square root of d, where you should divide.",
            "Should the scores become larger, or smaller?",
            f"`{SCORES}`.",
            change={"/ np.sqrt(K.shape[1])": "* np.sqrt(K.shape[1])"},
        ),
        Wrong(
            "the softmax runs down the columns",
            "Your softmax runs down the columns: the weights that *are given* to a word add up to 1.",
            "Each word shares out its own attention. Is that a row, or a column?",
            "Sum up along `axis=1`.",
            change={"axis=1": "axis=0"},
            others=({"weights.sum(axis=1, keepdims=True)": "weights.sum(axis=0, keepdims=True)"},),
        ),
        Wrong(
            "the weights are not shared out",
            "Your weights do not add up to 1.",
            "After the exponentials, what makes a softmax of them?",
            "Divide each row by its sum.",
            change={"    weights = weights / weights.sum(axis=1, keepdims=True)\n": ""},
        ),
        Wrong(
            "queries and keys have changed places",
            "Queries and keys have changed places.",
            "Row i of the scores belongs to the word that asks. Whose row is that, Q's or K's?",
            "`Q @ K.T`, and not the other way around.",
            change={"Q @ K.T": "K @ Q.T"},
        ),
        Wrong(
            "the weights are returned",
            "You return the weights, and not what they let through.",
            "What are the values for?",
            "Return `weights @ V`.",
            change={"return weights @ V": "return weights"},
        ),
        Wrong(
            "the largest alone counts",
            "Your words look at one word each, the one with the highest score.",
            "A softmax is soft: what do the others weigh?",
            "Take the exponentials of the scores, and divide each row by its sum.",
            change={SOFTMAX: "    weights = np.eye(len(K))[scores.argmax(axis=1)]\n"},
        ),
    ),
)
