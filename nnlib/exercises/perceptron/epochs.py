"""Exercise: whole epochs, until one of them passes without a mistake."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong, names_in

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def a_task(rng):
    """Return ten points with labels by a line, which now and then are too many for the epochs, and the epochs."""
    X = rng.normal(size=(10, 2))
    y = np.where(X @ rng.normal(size=2) + rng.normal() / 2 > 0, 1, -1)
    return X, y, int(rng.integers(2, 12))


EXERCISE = Exercise(
    name="perceptron-epochs",
    asks="count_mistakes(X, y, epochs)",
    solution="""
import numpy as np


def count_mistakes(X, y, epochs):
    weights, bias = np.zeros(X.shape[1]), 0.0
    counts = []
    for _ in range(epochs):
        mistakes = 0
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (weights @ x_i + bias) <= 0:
                weights = weights + y_i * x_i
                bias = bias + y_i
                mistakes += 1
        counts.append(mistakes)
        if mistakes == 0:
            break
    return counts
""",
    hints=(
        "Begin with zero weights, a zero bias and an empty list of counts, before any loop.",
        "Two loops: the outer one counts epochs, the inner one goes through the examples. Where does each line belong?",
        "In each epoch: `mistakes = 0`, go through the examples as `one_epoch` does, append; `break` when it was 0.",
    ),
    inputs=(
        (CORNERS, np.array([-1, -1, -1, 1]), 20),
        (CORNERS, np.array([-1, 1, 1, -1]), 5),
        (CORNERS, np.array([-1, 1, 1, 1]), 3),
    ),
    random=a_task,
    wrong=(
        Wrong(
            "every epoch begins from zero",
            "Every epoch makes the same mistakes, because nothing is kept from the one before.",
            "Look at where the weights are set to zero: how often does that line run?",
            "Set weights and bias to zero once, before the loop over the epochs.",
            change={"        mistakes = 0\n": "        mistakes = 0\n        weights, bias = np.zeros(X.shape[1]), 0.0\n"},
        ),
        Wrong(
            "it does not stop",
            "The counts are right, but there are too many of them: zeros follow the first zero.",
            "When an epoch has passed without a mistake, will any later one change anything?",
            "After appending the count, `break` if it was 0.",
            change={"            break": "            pass"},
        ),
        Wrong(
            "the last zero is missing",
            "The counts are right, but the last one, the 0 that says “converged”, is missing.",
            "Look at what comes first: appending the count, or leaving the loop?",
            "Append the count first, and `break` after that.",
            change={
                "        counts.append(mistakes)\n        if mistakes == 0:\n            break": "        if mistakes == 0:\n"
                "            break\n        counts.append(mistakes)"
            },
        ),
        Wrong(
            "the counts add up",
            "Each count contains all those before it.",
            "Where is the counter set to zero: once, or at the start of each epoch?",
            "Put `mistakes = 0` into the outer loop, before the inner one.",
            change={"        mistakes = 0\n": "        mistakes = sum(counts[-1:])\n"},
        ),
        Wrong(
            "the fence counts as right",
            "No mistake is ever made: the weights are zero at the start, and they stay so.",
            "At the start z is zero for every example. What does your `if` say about that?",
            "A mistake is `y_i * z <= 0`, with the equals sign.",
            change={"<= 0": "< 0"},
        ),
        Wrong(
            "the bias is never corrected",
            "The boundary always passes through the origin, and so the counts are wrong.",
            "The rule has two halves, one for w and one for b.",
            "Correct the bias at each mistake as well: `bias = bias + y_i`.",
            change={"bias = bias + y_i": "pass"},
        ),
        Wrong(
            "every example corrects",
            "Your weights move at every example, the right ones included.",
            "Which lines belong under the `if`, and which beside it?",
            "Indent both corrections, so that they only happen at a mistake.",
            change={"                weights": "            weights", "                bias": "            bias"}
            | {"<= 0:": "<= 0:\n                mistakes += 1", "bias + y_i\n                mistakes += 1": "bias + y_i"},
        ),
        Wrong(
            "a whole epoch is corrected at once",
            "You look at all examples with the weights of the epoch's beginning, and correct after the last of them.",
            "A perceptron corrects at once: the next example meets weights that have moved already.",
            "Put the correction into the inner loop, right where a mistake is found.",
            change={
                "        mistakes = 0\n": "        mistakes, old_weights, old_bias = 0, weights, bias\n",
                "(weights @ x_i + bias)": "(old_weights @ x_i + old_bias)",
            },
        ),
        Wrong(
            "the loop ends too early",
            "Your list never has more than one count.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the outer `for`.",
            change={"    return counts": "        return counts"},
        ),
        Wrong(
            "one number is returned",
            "You return one number, and the question asks for a list: one count for each epoch.",
            "What do you do with the mistakes at the end of an epoch?",
            "Append them to a list, and return the list.",
            change={"return counts": "return sum(counts)"},
            others=({"return counts": "return mistakes"}, {"return counts": "return len(counts)"}),
        ),
        Wrong(
            "the fence counts as one class",
            "Your counts are too small: where z is exactly zero, you see a mistake for one of the labels only.",
            "At the start every z is zero. Your step makes that an answer, which is right for one of the labels.",
            "On the fence is a mistake for both labels: ask `y_i * z <= 0`.",
            change={"y_i * (weights @ x_i + bias) <= 0": "y_i != (1 if weights @ x_i + bias >= 0 else -1)"},
            others=({"y_i * (weights @ x_i + bias) <= 0": "y_i != (1 if weights @ x_i + bias > 0 else -1)"},),
        ),
        Wrong(
            "the right answers are counted",
            "Your counts go up as the perceptron learns: they are those of the right answers.",
            "Which lines are under your `if`, and which beside it?",
            "Count where the correction is made: at a mistake.",
            change={"        counts.append(mistakes)": "        counts.append(len(X) - mistakes)"},
            others=(
                {"        counts.append(mistakes)": "        mistakes = len(X) - mistakes\n        counts.append(mistakes)"},
            ),
        ),
        Wrong(
            "a count for each example",
            "Your list has a number for each example, but the question asks for one for each epoch.",
            "How far is the line with `append` indented? It runs as often as the inner loop does.",
            "Move it to the left, below the inner loop.",
            change={"        counts.append(mistakes)": "            counts.append(mistakes)"},
        ),
        Wrong(
            "an epoch ends at the first right answer",
            "Your epochs are too short: they end at the first example that is answered right.",
            "Which loop does your `break` leave? It leaves the innermost one that it is in.",
            "Where an answer is right, do nothing and go on; ask for `mistakes == 0` below the inner loop.",
            change={
                "                mistakes += 1\n": "                mistakes += 1\n            else:\n                break\n"
            },
        ),
        Wrong(
            "the bias keeps its sign in the test of a mistake",
            "Examples with the label +1 are judged well, those with −1 by the wrong z.",
            "In your `if`, does y_i multiply the bias too?",
            "The label multiplies all of z, bias included: `y_i * (weights @ x_i + bias) <= 0`.",
            change={"y_i * (weights @ x_i + bias) <= 0": "y_i * (weights @ x_i) + bias <= 0"},
        ),
        Wrong(
            "counted when the epoch is over",
            "You count who is wrong at the end of each epoch. Asked for are the mistakes that were made *on the way*.",
            "A correction can put several examples right, or wrong. When does the perceptron make a mistake?",
            "Count in the inner loop, where the correction is made: `mistakes += 1`.",
            change={
                "        counts.append(mistakes)": "        mistakes = int((y * (X @ weights + bias) <= 0).sum())\n"
                "        counts.append(mistakes)"
            },
        ),
        Wrong(
            "the number of epochs is not used",
            "Where it does not converge, your program goes on for more epochs than it was given.",
            "Look for `epochs` in your program: where does it set an end?",
            "Let the outer loop run `for _ in range(epochs)`, or pass `epochs=epochs` on.",
            change={"range(epochs)": "range(1000)"},
            others=({"range(epochs)": "range(100)"},),
        ),
        Wrong(
            "the examples are shuffled",
            "You shuffle the examples, so that the counts differ from those in the order given.",
            "Which line changes the order?",
            "Go through X and y in their order: `for x_i, y_i in zip(X, y)`.",
            when=lambda answer, _: names_in(answer) & {"permutation", "shuffle"},
        ),
        Wrong(
            "it does not start from zero",
            "You start from random weights, and the question says zero.",
            "Look at the line that makes the weights.",
            "Write `weights, bias = np.zeros(X.shape[1]), 0.0`.",
            when=lambda answer, _: names_in(answer) & {"normal", "uniform", "standard_normal", "randn", "rand", "random"},
        ),
        Wrong(
            "an epoch ends at the first mistake",
            "Your epochs end at the first mistake, so no count is above 1.",
            "Which loop does your `break` or your `return` leave, and when?",
            "After a correction go on to the next example; `break` only below the inner loop, where an epoch had no mistake.",
            change={"                mistakes += 1\n": "                mistakes += 1\n                break\n"},
        ),
        Wrong(
            "a weight for each example",
            "You have as many weights as examples, and one for each *feature* is needed.",
            "X has a row for each example. What do its columns mean?",
            "Write `np.zeros(X.shape[1])`, one weight a column.",
            change={"np.zeros(X.shape[1])": "np.zeros(len(X))"},
            others=({"np.zeros(X.shape[1])": "np.zeros(X.shape[0])"},),
        ),
        Wrong(
            "the weights begin as one number",
            "Your weights begin as a single number, and `@` needs an array.",
            "How many weights does a neuron with two inputs have?",
            "Write `np.zeros(X.shape[1])`.",
            change={"np.zeros(X.shape[1])": "0.0"},
            others=({"np.zeros(X.shape[1])": "0"},),
        ),
        Wrong(
            "an epoch too few",
            "Where it does not converge, one count is missing.",
            "How often does your outer loop run?",
            "Write `for _ in range(epochs)`.",
            change={"range(epochs)": "range(epochs - 1)"},
            others=({"range(epochs)": "range(1, epochs)"},),
        ),
        Wrong(
            "an epoch too many",
            "Where it does not converge, there is one count too many.",
            "How often does your outer loop run?",
            "Write `for _ in range(epochs)`.",
            change={"range(epochs)": "range(epochs + 1)"},
        ),
        Wrong(
            "more than the counts is returned",
            "You return several things, but the question asks for the list of counts.",
            "Which of them is the list?",
            "Return it alone.",
            change={"return counts": "return weights, bias, counts"},
            others=({"return counts": "return counts, weights, bias"},),
        ),
        Wrong(
            "the weights start at 1",
            "Your weights start at 1, and the question says zero.",
            "Look at the line that makes the weights.",
            "Write `np.zeros(X.shape[1])`.",
            change={"np.zeros(X.shape[1])": "np.ones(X.shape[1])"},
        ),
        Wrong(
            "it stops at an equal count",
            "You stop when an epoch has as many mistakes as the one before. That can happen long before it has converged.",
            "What does an epoch with mistakes do to the weights, however many there are?",
            "Stop only after an epoch without a mistake: `if mistakes == 0: break`.",
            change={
                "        counts.append(mistakes)\n        if mistakes == 0": "        if mistakes in counts[-1:]:\n"
                "            break\n        counts.append(mistakes)\n        if False"
            },
            others=({"if mistakes == 0": "if counts[-2:-1] == [mistakes]"},),
        ),
        Wrong(
            "the label is left out",
            "You add the example itself, whatever its label is.",
            "Which way should z move for an example with the label −1?",
            "Multiply by the label: `weights + y_i * x_i` and `bias + y_i`.",
            change={"y_i * x_i": "x_i", "bias + y_i": "bias + 1"},
            others=({"y_i * x_i": "x_i"}, {"bias + y_i": "bias + 1"}),
        ),
        Wrong(
            "the bias moves at every example",
            "The bias moves at every example, the right ones included.",
            "How far is the line that changes the bias indented?",
            "Indent it as far as the line for the weights, under the `if`.",
            change={
                "                bias = bias + y_i\n": "",
                "                mistakes += 1\n": "                mistakes += 1\n            bias = bias + y_i\n",
            },
        ),
    ),
)
