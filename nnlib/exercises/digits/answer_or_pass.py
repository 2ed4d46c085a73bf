"""Exercise: a network that may pass where it is not sure enough."""

import numpy as np

from nnlib.activations import softmax
from nnlib.exercises.exercise import Exercise, Wrong


def some_probabilities(rng):
    """Return probabilities of some samples, and how sure is sure enough, at random."""
    return softmax(rng.normal(scale=2, size=(int(rng.integers(2, 7)), 4))), float(rng.uniform(0.4, 0.9))


CHOICE = "np.where(best >= sure, answers, -1)"
EACH = "np.where(probabilities >= sure, np.arange(probabilities.shape[1]), -1)"

EXERCISE = Exercise(
    name="digits-answer-or-pass",
    asks="answer_or_pass(probabilities, sure)",
    solution="""
import numpy as np


def answer_or_pass(probabilities, sure):
    answers = probabilities.argmax(axis=1)
    best = probabilities.max(axis=1)
    return np.where(best >= sure, answers, -1)
""",
    hints=(
        "Begin with the answer of each row: the place of its largest probability, `probabilities.argmax(axis=1)`.",
        "Then take the largest probability itself, `probabilities.max(axis=1)`, and compare it with `sure`, row by row.",
        "Return `np.where(probabilities.max(axis=1) >= sure, probabilities.argmax(axis=1), -1)`.",
    ),
    inputs=(
        (np.array([[0.9, 0.1, 0.0], [0.4, 0.3, 0.3], [0.0, 0.25, 0.75]]), 0.75),
        (np.array([[0.5, 0.5], [0.125, 0.875]]), 0.5),
    ),
    random=some_probabilities,
    wrong=(
        Wrong(
            "it never passes",
            "You answer every time, sure or not.",
            "Which parameter have you not used yet?",
            "Where the largest probability of a row is below `sure`, return −1: `np.where(…, answers, -1)`.",
            change={CHOICE: "answers"},
        ),
        Wrong(
            "it passes where it is sure",
            "It answers where it doubts, and passes where it is sure.",
            "Look at the comparison, or at the order of the two alternatives.",
            "Answer where the largest probability is at least `sure`: `np.where(best >= sure, answers, -1)`.",
            change={CHOICE: "np.where(best < sure, answers, -1)"},
            others=({CHOICE: "np.where(best <= sure, answers, -1)"},),
        ),
        Wrong(
            "just sure enough is passed",
            "Nearly right: a probability of exactly `sure` is sure enough, but you pass.",
            "Which comparison holds for equal numbers?",
            "Use `>=` in place of `>`.",
            change={"best >= sure": "best > sure"},
        ),
        Wrong(
            "the probability in place of the answer",
            "You return how sure the network is, but not of what.",
            "What is the difference between `max` and `argmax`?",
            "`probabilities.argmax(axis=1)` is the answer: the place of the largest probability in each row.",
            change={CHOICE: "np.where(best >= sure, best, -1)"},
        ),
        Wrong(
            "the surest row decides for all",
            "Either all rows are answered or none is: one sample decides for the batch.",
            "How many numbers does `probabilities.max()` give?",
            "Take the largest of each row, `probabilities.max(axis=1)`.",
            change={"probabilities.max(axis=1)": "probabilities.max()"},
        ),
        Wrong(
            "one question for the whole array",
            "`if` wants one True or False, and your comparison has one for each row.",
            "How many samples does `probabilities` hold?",
            "Choose row by row: `np.where(best >= sure, answers, -1)`, or a loop.",
            change={"return np.where(best >= sure, answers, -1)": "return answers if best >= sure else -1"},
        ),
        Wrong(
            "along the wrong axis",
            "You look down the columns, but each sample is a row.",
            "How many answers do you return, and how many samples are there?",
            "Take the largest of each row: `axis=1`, for the answers and for the probabilities.",
            change={"argmax(axis=1)": "argmax(axis=0)", "max(axis=1)": "max(axis=0)"},
        ),
        Wrong(
            "passing is a class",
            "Where you pass you return a number that could be the name of a class.",
            "How could someone who reads your answers tell a pass from an answer?",
            "Return −1 where you pass.",
            change={"answers, -1)": "answers, 0)"},
            others=tuple({"answers, -1)": f"answers, {other})"} for other in ("probabilities.shape[1]", "10", "1", "99")),
        ),
        Wrong(
            "those that pass are left out",
            "Your result is shorter than the batch, so nobody can tell which sample an answer belongs to.",
            "How many answers are there for three samples?",
            "Keep one number per sample, −1 where you pass: `np.where(best >= sure, answers, -1)`.",
            change={CHOICE: "answers[best >= sure]"},
        ),
        Wrong(
            "one answer for all",
            "You return a single number, and each sample has an answer of its own.",
            "How many numbers does `probabilities.argmax()` give for three samples?",
            "Take the place of the largest in each row: `probabilities.argmax(axis=1)`.",
            change={"argmax(axis=1)": "argmax()", "max(axis=1)": "max()"},
            others=({"argmax(axis=1)": "argmax()"},),
        ),
        Wrong(
            "the first row ends it",
            "You return after the first sample.",
            "Your loop has a `return` in it. What happens to the second row?",
            "Collect the answers in a list with `append`, and return it after the loop.",
            change={CHOICE: "np.where(best >= sure, answers, -1)[0]"},
        ),
        Wrong(
            "an answer for every probability",
            "You return a number for each *probability*, and the question asks for one per sample.",
            "How many answers should there be for three samples of ten classes?",
            "Compare only the largest probability of each row with `sure`: `probabilities.max(axis=1) >= sure`.",
            change={CHOICE: "np.where(probabilities >= sure, answers[:, None], -1)"},
            others=({CHOICE: EACH}, {CHOICE: f"{EACH}.ravel()"}),
        ),
        Wrong(
            "passing is None",
            "Where you pass you return None.",
            "An array of whole numbers has no place for None.",
            "Return −1 where you pass.",
            change={CHOICE: "[a if p >= sure else None for a, p in zip(answers, best, strict=True)]"},
        ),
        Wrong(
            "sure enough is always one half",
            "You compare with one half, whatever `sure` is.",
            "Which parameter have you not used yet?",
            "Compare with the parameter: `best >= sure`.",
            change={"best >= sure": "best >= 0.5"},
            others=({"best >= sure": "best > 0.5"},),
        ),
        Wrong(
            "the class is compared",
            "You compare the number of the class with `sure`.",
            "Is class 0 less sure than class 2? What must be at least `sure`?",
            "Compare the largest probability: `probabilities.max(axis=1) >= sure`.",
            change={"best >= sure": "answers >= sure"},
            others=({"best >= sure": "answers > sure"},),
        ),
        Wrong(
            "the least probable class",
            "You answer with the *least* probable class.",
            "What does `argmin` find?",
            "Take `probabilities.argmax(axis=1)`.",
            change={"argmax": "argmin"},
        ),
    ),
)
