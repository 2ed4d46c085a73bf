"""Exercise: a perceptron with two bugs, betrayed by Novikoff's bound and found by comparing it with nnlib."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def clouds(rng):
    """Return two clouds of three points each, far enough apart and away from the origin, in random order, and 50 epochs."""
    order, center = rng.permutation(6), rng.normal(size=2)
    y = np.array([-1, -1, -1, 1, 1, 1])[order]
    return center + 0.3 * rng.normal(size=(6, 2)) + 1.2 * y[:, None], y, 50


EXERCISE = Exercise(
    name="perceptron-bug-hunt",
    asks="learn(X, y, epochs)",
    solution="""
import numpy as np


def learn(X, y, epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, 0
    for _ in range(epochs):
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (w @ x_i + b) <= 0:  # y times all of z
                w = w + y_i * x_i
                mistakes += 1
                b = b + y_i  # at a mistake, as w
    return w, b, mistakes
""",
    hints=(
        "Run it for one epoch on two examples, and compare its weights and its bias with those of `Perceptron`.",
        "One bug is in the `if`: which part of z does y_i multiply? The other is a line at the wrong depth.",
        "Write `y_i * (w @ x_i + b) <= 0`, and indent `b = b + y_i`, so that the bias changes only at a mistake.",
    ),
    inputs=(
        (np.array([[1.0, 2.0], [2.0, 0.0]]), np.array([-1, 1]), 1),
        (np.array([[3.0, 1.0], [1.0, 1.0], [2.0, 3.0]]), np.array([1, -1, 1]), 4),
    ),
    random=clouds,
    wrong=(
        Wrong(
            "both bugs are still there",
            "The program still has both of its bugs.",
            "Go through one epoch by hand, with one example of each label: which lines run when an answer is right?",
            "One bug is the depth of a line, the other the place of a bracket in the `if`.",
            change={"y_i * (w @ x_i + b) <= 0": "y_i * (w @ x_i) + b <= 0", "                b = b": "            b = b"},
        ),
        Wrong(
            "the bias moves at every example",
            "One bug is fixed. The bias still moves where the answer is right.",
            "Look at how far each of the three lines below the `if` is indented.",
            "Indent `b = b + y_i` as far as the line above it.",
            change={"                b = b": "            b = b"},
        ),
        Wrong(
            "the bias keeps its sign in the test of a mistake",
            "One bug is fixed. Examples with the label +1 are judged well, those with −1 by the wrong z.",
            "In the `if`, look at what y_i multiplies, and at what it does not.",
            "The label multiplies all of z, bias included: `y_i * (w @ x_i + b) <= 0`.",
            change={"y_i * (w @ x_i + b) <= 0": "y_i * (w @ x_i) + b <= 0"},
        ),
        Wrong(
            "the fence counts as right",
            "The two bugs are gone, but a new one has come in: your perceptron never makes a mistake.",
            "At the start w and b are zero, and so is every z. What does your `if` say about that?",
            "On the fence is a mistake: keep the equals sign, `<= 0`.",
            change={"<= 0": "< 0"},
        ),
        Wrong(
            "the fence counts as one class",
            "The two bugs are gone, but z = 0 is now right for one of the two labels.",
            "A perceptron corrects whenever y z ≤ 0. Your comparison of answers sees z = 0 as one of the classes.",
            "Ask for the sign of the product instead: `y_i * (w @ x_i + b) <= 0`.",
            change={"y_i * (w @ x_i + b) <= 0": "y_i != (1 if w @ x_i + b >= 0 else -1)"},
            others=({"y_i * (w @ x_i + b) <= 0": "y_i != (1 if w @ x_i + b > 0 else -1)"},),
        ),
        Wrong(
            "the bias moves once an epoch",
            "You have moved the line that corrects the bias the wrong way: it runs once an epoch.",
            "When should the bias change? Count how often its line runs.",
            "Indent `b = b + y_i` under the `if`, as far as `w = w + y_i * x_i`.",
            change={"                b = b": "        b = b"},
        ),
        Wrong(
            "the bias is left out of the test of a mistake",
            "The bias is corrected now, but your `if` no longer looks at it.",
            "A mistake is y z ≤ 0. What is z, in full?",
            "Put the bias inside the brackets: `y_i * (w @ x_i + b) <= 0`.",
            change={"(w @ x_i + b)": "(w @ x_i)"},
        ),
        Wrong(
            "the bias is never corrected",
            "The bias stays at zero: its correction is gone.",
            "The rule has two halves, one for w and one for b.",
            "Put `b = b + y_i` under the `if`.",
            change={"b = b + y_i": "pass"},
        ),
        Wrong(
            "the bias only grows",
            "The bias is corrected upward, whatever the label is.",
            "An example with the label −1 should make z smaller.",
            "Correct by the label: `b = b + y_i`.",
            change={"b = b + y_i": "b = b + 1"},
        ),
        Wrong(
            "the loop ends too early",
            "Only the first epoch runs.",
            "Look at the line that returns: when is it reached for the first time?",
            "Move `return` to the left, below the outer `for`.",
            change={"    return w": "        return w"},
        ),
        Wrong(
            "every example counts as a mistake",
            "Weights and bias are right. The count goes up at every example.",
            "How far is the line that counts indented?",
            "Count under the `if`: `mistakes += 1` belongs where the correction is made.",
            change={
                "                mistakes += 1\n": "",
                "                b = b + y_i": "                b = b + y_i\n            mistakes += 1",
            },
        ),
        Wrong(
            "the label is left out of the test of a mistake",
            "Your `if` no longer asks for the label: it corrects wherever z is not positive.",
            "A mistake is a disagreement between y and z.",
            "Keep the label, and move the bracket: `y_i * (w @ x_i + b) <= 0`.",
            change={"y_i * (w @ x_i + b) <= 0": "w @ x_i + b <= 0"},
        ),
        Wrong(
            "every example corrects",
            "Weights and bias now both move at every example.",
            "The line for w was at its right depth. Which line was not?",
            "Put both corrections under the `if`.",
            change={
                "if y_i * (w @ x_i + b) <= 0:": "mistakes += y_i * (w @ x_i + b) <= 0\n            if True:",
                "                mistakes += 1\n": "",
            },
            others=(
                {
                    "if y_i * (w @ x_i + b) <= 0:": "if True:",
                    "                mistakes += 1\n": "",
                    "  # at a mistake, as w": "\n            mistakes += y_i * (w @ x_i + b) <= 0",
                },
                {"if y_i * (w @ x_i + b) <= 0:": "if True:"},
            ),
        ),
        Wrong(
            "the count begins again",
            "Weights and bias are right. You return the mistakes of the last epoch alone.",
            "Where is `mistakes` set to 0, and how often does that line run?",
            "Set it to 0 once, before the loops, as the program did.",
            change={"    for _ in range(epochs):\n": "    for _ in range(epochs):\n        mistakes = 0\n"},
        ),
        Wrong(
            "the bias goes the wrong way",
            "The bias moves away from the right answer.",
            "After a correction z should have moved toward y. What does your line do to it?",
            "Add the label: `b = b + y_i`.",
            change={"b = b + y_i": "b = b - y_i"},
        ),
        Wrong(
            "another learning rate",
            "The mistakes are right. Weights and bias have another scale, and the learning rate here is 1.",
            "What do you multiply the corrections by?",
            "Leave the factor out, or call `Perceptron(learning_rate=1, …)`.",
            change={"w + y_i * x_i": "w + 0.01 * y_i * x_i", "b + y_i": "b + 0.01 * y_i"},
            others=({"w + y_i * x_i": "w + 0.1 * y_i * x_i", "b + y_i": "b + 0.1 * y_i"},),
        ),
        Wrong(
            "the epochs are counted",
            "Weights and bias are right. You count epochs, but the question asks for the mistakes.",
            "How far is the line that counts indented?",
            "Count under the `if`, where the correction is made.",
            change={"                mistakes += 1\n": "", "    return w": "        mistakes += 1\n    return w"},
        ),
        Wrong(
            "the mistakes are not returned",
            "Weights and bias come back, and the number of mistakes does not.",
            "The program returned three results.",
            "Return all three: first w, then b, then the mistakes.",
            change={"return w, b, mistakes": "return w, b"},
        ),
    ),
)
