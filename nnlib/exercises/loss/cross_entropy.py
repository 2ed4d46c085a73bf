"""Exercise: the cross-entropy of a batch, from integer labels."""

import numpy as np

from nnlib.activations import softmax
from nnlib.exercises.exercise import Exercise, Wrong


def a_batch(rng):
    """Return weighted sums of some samples for some classes, and the label of each sample, at random."""
    samples, classes = rng.integers(2, 7), rng.integers(3, 6)
    return rng.normal(scale=2, size=(samples, classes)), rng.integers(0, classes, samples)


def probabilities(rng):
    """Return probabilities, and labels, at random."""
    z, y = a_batch(rng)
    return softmax(z), y


EXERCISE = Exercise(
    name="loss-cross-entropy",
    asks="mean_cross_entropy(y_hat, y)",
    solution="""
import numpy as np


def mean_cross_entropy(y_hat, y):
    of_the_true_class = y_hat[np.arange(len(y)), y]
    return -np.log(of_the_true_class).mean()
""",
    hints=(
        "Begin with one row: which of its probabilities does the label point to?",
        "`y_hat[np.arange(len(y)), y]` takes from each row the probability in the column that its label names.",
        "Take the natural logarithm of those probabilities, its mean, and put a minus in front.",
    ),
    inputs=(
        (np.array([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]), np.array([0, 2])),
        (np.array([[0.2, 0.3, 0.5]]), np.array([1])),
        (np.full((4, 10), 0.1), np.array([3, 1, 4, 1])),
    ),
    random=probabilities,
    wrong=(
        Wrong(
            "the minus is missing",
            "Your loss is negative, but it should come down to 0 as the answers get better.",
            "The logarithm of a probability is never positive. Look at the sign of what you return.",
            "Put a minus in front of the mean.",
            change={"-np.log": "np.log"},
        ),
        Wrong(
            "the rows are added up, not averaged",
            "With one row your loss is right; with four it is four times too large.",
            "Try the same batch twice over: a mean would stay the same.",
            "Use `.mean()` rather than `.sum()` over the rows.",
            change={".mean()": ".sum()"},
        ),
        Wrong(
            "the largest probability is taken",
            "Your loss praises whatever the network is sure of, right or wrong: it does not look at the labels.",
            "Look at which probability you take from each row.",
            "Take the probability of the true class, `y_hat[np.arange(len(y)), y]`, not the largest one.",
            change={"y_hat[np.arange(len(y)), y]": "y_hat.max(axis=1)"},
        ),
        Wrong(
            "whole rows are chosen by the labels",
            "You average over numbers that are not the probabilities of true classes.",
            "`y_hat[:, y]` takes whole columns, one for each label: print its shape.",
            "Pair each row with its own label: `y_hat[np.arange(len(y)), y]`.",
            change={"y_hat[np.arange(len(y)), y]": "y_hat[:, y]"},
        ),
        Wrong(
            "every entry of the table is counted",
            "Your loss is too small by a factor, the number of classes.",
            "The zeros of the one-hot rows add nothing to the sum, but they are counted by the mean.",
            "Divide by the number of rows, not by the number of entries.",
            change={".mean()": ".sum() / y_hat.size"},
        ),
        Wrong(
            "the logarithm has another base",
            "Your losses are right except for a common factor.",
            "Four rows of ten equal probabilities should cost ln 10, a little more than 2; look at the logarithm that you use.",
            "Use the natural logarithm, `np.log`.",
            change={"np.log(": "np.log2("},
            others=({"np.log(": "np.log10("},),
        ),
        Wrong(
            "the logarithm comes after the mean",
            "With one row your loss is right; with more it is too small.",
            "You take the mean of the probabilities first, and its logarithm then.",
            "Take the logarithm of each probability, and the mean of the logarithms.",
            change={"-np.log(of_the_true_class).mean()": "-np.log(of_the_true_class.mean())"},
        ),
        Wrong(
            "something is added in the logarithm",
            "Nearly right: you add a small number to each probability, which makes the loss a little too small.",
            "It is there so that the logarithm never meets a 0. Does it change what comes out where there is none?",
            "Take the logarithm of the probability itself: `np.log(of_the_true_class)`.",
            change={"np.log(of_the_true_class)": "np.log(of_the_true_class + 1e-5)"},
            others=tuple(
                {"np.log(of_the_true_class)": f"np.log(of_the_true_class + {epsilon})"}
                for epsilon in (1e-3, 1e-4, 1e-6, 1e-7, 1e-8)
            ),
        ),
        Wrong(
            "the softmax is applied again",
            "You put the probabilities through softmax once more, which brings them all closer together.",
            "`y_hat` holds probabilities already: add up a row.",
            "Use y_hat as it is.",
            change={
                "    of_the_true_class": "    y_hat = np.exp(y_hat) / np.exp(y_hat).sum(axis=1, keepdims=True)\n"
                "    of_the_true_class"
            },
        ),
        Wrong(
            "the other classes are charged too",
            "Your loss is too large: you add −ln(1 − ŷ) for the classes that are not the true one.",
            "That is the *binary* cross-entropy, for neurons that answer independently. Here the row adds up to 1.",
            "Only the true class counts: −ln of its probability.",
            change={
                "-np.log(of_the_true_class).mean()": "-(np.log(of_the_true_class) + np.log(1 - y_hat).sum(axis=1)"
                " - np.log(1 - of_the_true_class)).mean()"
            },
            others=(
                {
                    "-np.log(of_the_true_class).mean()": "-(np.log(of_the_true_class) + np.log(1 - y_hat).sum(axis=1)"
                    " - np.log(1 - of_the_true_class)).mean() / y_hat.shape[1]"
                },
                {"-np.log(of_the_true_class).mean()": "-(np.log(of_the_true_class) + np.log(1 - of_the_true_class)).mean()"},
            ),
        ),
        Wrong(
            "the mean is missing",
            "You return a loss for each row, but the question asks for one number for the batch.",
            "How many numbers does `np.log` of an array give?",
            "Take the mean of the rows: `.mean()`.",
            change={".mean()": ""},
        ),
        Wrong(
            "the loss is squared",
            "This is a squared error, but the question asks for the cross-entropy.",
            "What does an answer of probability p for the true class cost? It is a logarithm.",
            "Take −ln of the probability of the true class, and the mean over the rows.",
            change={"-np.log(of_the_true_class).mean()": "((1 - of_the_true_class) ** 2).mean()"},
            others=({"-np.log(of_the_true_class).mean()": "((y_hat - np.eye(y_hat.shape[1])[y]) ** 2).mean()"},),
        ),
        Wrong(
            "the probability is not put into a logarithm",
            "You return one minus the probability of the true class, or that probability itself.",
            "A loss of 1 at most would never punish a confident mistake. What does the chapter charge for it?",
            "Take −ln of the probability.",
            change={"-np.log(of_the_true_class).mean()": "1 - of_the_true_class.mean()"},
            others=(
                {"-np.log(of_the_true_class).mean()": "of_the_true_class.mean()"},
                {"-np.log(of_the_true_class).mean()": "-of_the_true_class.mean()"},
            ),
        ),
        Wrong(
            "rows are chosen by the labels",
            "You choose rows by the labels, and a label names a column.",
            "In `y_hat[…, …]` the rows come first, and the columns second. Which place do the labels have?",
            "Pair each row with its own label: `y_hat[np.arange(len(y)), y]`.",
            change={"y_hat[np.arange(len(y)), y]": "y_hat[y]"},
        ),
        Wrong(
            "every class counts",
            "You take the logarithm of all the probabilities, and the labels are never used.",
            "Which of the probabilities in a row says how good the answer is?",
            "Choose the one of the true class first: `y_hat[np.arange(len(y)), y]`.",
            change={"np.log(of_the_true_class)": "np.log(y_hat)"},
            others=({"-np.log(of_the_true_class).mean()": "-np.log(y_hat).sum() / len(y)"},),
        ),
        Wrong(
            "multiplied by the labels",
            "You multiply the logarithms by the labels, as if these were targets of 0 and 1.",
            "The formula −Σ y ln ŷ wants one-hot rows. What are your labels?",
            "Choose by the label, `y_hat[np.arange(len(y)), y]`, or make one-hot rows first.",
            change={"-np.log(of_the_true_class).mean()": "-np.mean(y * np.log(y_hat))"},
            others=({"-np.log(of_the_true_class).mean()": "-np.sum(y * np.log(y_hat)) / len(y)"},),
        ),
        Wrong(
            "the loop ends too early",
            "Only the first row is counted, and then divided by the number of rows.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the `for`, so that the loop is finished first.",
            change={".mean()": "[0] / len(y)"},
            others=({".mean()": "[0]"},),
        ),
        Wrong(
            "the labels are counted from 1",
            "You look one column too far to the left: labels begin with 0, as columns do.",
            "Which column belongs to the label 0?",
            "Use the label as it is: `y_hat[np.arange(len(y)), y]`.",
            change={"y_hat[np.arange(len(y)), y]": "y_hat[np.arange(len(y)), y - 1]"},
        ),
        Wrong(
            "divided by the number of classes",
            "You divide by the number of classes, and the mean is over the rows.",
            "How many losses do you add up: one for each class, or one for each row?",
            "Divide by `len(y)`, or take `.mean()` of the rows.",
            change={".mean()": ".sum() / y_hat.shape[1]"},
        ),
        Wrong(
            "mistakes are counted",
            "You count how often the largest probability is in the wrong place, or in the right one.",
            "A loss asks how much probability the truth got. Which number of the row says that?",
            "Take −ln of the probability of the true class, and the mean over the rows.",
            change={"-np.log(of_the_true_class).mean()": "(y_hat.argmax(axis=1) != y).mean()"},
            others=({"-np.log(of_the_true_class).mean()": "(y_hat.argmax(axis=1) == y).mean()"},),
        ),
        Wrong(
            "the binary formula",
            "This is the formula for yes or no, and your labels are numbers of classes.",
            "The formula −y ln ŷ − (1 − y) ln (1 − ŷ) wants y to be 0 or 1. What is y here?",
            "Take the probability of the true class, `y_hat[np.arange(len(y)), y]`, and minus its logarithm.",
            change={
                "    return -np.log(of_the_true_class).mean()": "    p = y_hat[:, 1]\n"
                "    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()"
            },
            others=(
                {
                    "    return -np.log(of_the_true_class).mean()": "    p, y = y_hat, y[:, None]\n"
                    "    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()"
                },
                {
                    "    return -np.log(of_the_true_class).mean()": "    p = of_the_true_class\n"
                    "    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()"
                },
            ),
        ),
        Wrong(
            "this is the entropy of the answers",
            "You weigh the logarithms by the probabilities themselves, so the labels are never used.",
            "What the network *expects* to pay is its entropy. What does it pay when the label is known?",
            "Only the true class counts: −ln of its probability.",
            change={"-np.log(of_the_true_class).mean()": "-(y_hat * np.log(y_hat)).sum(axis=1).mean()"},
        ),
        Wrong(
            "the logarithm of the rest is taken",
            "You take −ln (1 − p), with the probability p of the true class: the more the truth gets, the more it costs.",
            "What should p = 1 cost?",
            "Take −ln p, with the probability of the true class.",
            change={"np.log(of_the_true_class)": "np.log(1 - of_the_true_class)"},
        ),
        Wrong(
            "it is halved",
            "Your losses are half of what they should be.",
            "Four rows of ten equal probabilities should cost ln 10. A half belongs to squared error, where a 2 cancels it.",
            "Leave out the half.",
            change={".mean()": ".mean() / 2"},
        ),
    ),
)
