"""Exercise: what one example does to the weights and the bias."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong


def one_example(rng, labels=(-1, 1)):
    """Return an example, its label, weights, a bias and a learning rate, at random."""
    x, weights = rng.normal(size=(2, 2))
    return x, int(rng.choice(labels)), weights, float(rng.normal()), float(rng.uniform(0.1, 0.9))


EXERCISE = Exercise(
    name="perceptron-correction",
    asks="correct(x, y, weights, bias, learning_rate)",
    solution="""
def correct(x, y, weights, bias, learning_rate):
    z = weights @ x + bias
    if y * z <= 0:
        weights = weights + learning_rate * y * x
        bias = bias + learning_rate * y
    return weights, bias
""",
    hints=(
        "Begin with the weighted sum, z = w·x + b, and ask whether y and z agree.",
        "The example is right where y z > 0: then both come back as they were. Everywhere else both are corrected.",
        "Where `y * z <= 0`, take `weights + learning_rate * y * x` and `bias + learning_rate * y`; return both.",
    ),
    inputs=(
        (np.array([1.0, 2.0]), 1, np.array([0.5, -0.5]), 0.0, 0.1),
        (np.array([1.0, 2.0]), -1, np.array([0.5, -0.5]), 0.0, 0.1),
        (np.array([1.0, -1.0]), -1, np.zeros(2), 0.0, 0.5),
        (np.array([2.0, 1.0]), 1, np.array([1.0, -2.0]), 0.0, 0.5),
    ),
    random=one_example,
    wrong=(
        Wrong(
            "every example corrects",
            "Your weights move even where the answer was right already.",
            "Look for the question that has to be asked before anything is changed.",
            "Put both corrections under `if y * z <= 0:`, and return the old weights and bias otherwise.",
            change={"y * z <= 0": "True"},
        ),
        Wrong(
            "the bias is never corrected",
            "The weights are right, and the bias stays where it was.",
            "The rule has two halves, one for w and one for b.",
            "The bias is the weight of an input that is always 1: `bias + learning_rate * y`.",
            change={"bias = bias + learning_rate * y": "pass"},
        ),
        Wrong(
            "the fence counts as right",
            "All is well except where z is exactly zero.",
            "Try zero weights: z is zero for every example, and your perceptron never gets started.",
            "On the fence is not on the right side: write `<=` instead of `<`.",
            change={"y * z <= 0": "y * z < 0"},
        ),
        Wrong(
            "it moves away from the answer",
            "The right examples correct, by the right amount, in the wrong direction.",
            "Look at the sign of the correction: after it, y z should be larger than before.",
            "Add the corrections rather than subtracting them.",
            change={"weights + learning": "weights - learning", "bias + learning": "bias - learning"},
        ),
        Wrong(
            "the label is left out",
            "Examples with the label +1 are corrected well, and those with −1 are not.",
            "Which letter of the rule turns the correction around for the other class?",
            "Multiply both corrections by y: `learning_rate * y * x` and `learning_rate * y`.",
            change={"learning_rate * y * x": "learning_rate * x", "bias + learning_rate * y": "bias + learning_rate"},
        ),
        Wrong(
            "the learning rate is left out",
            "The correction has the right direction and the wrong length.",
            "Which of the parameters have you not used yet?",
            "Multiply both corrections by the learning rate.",
            change={"learning_rate * y": "y"},
        ),
        Wrong(
            "only right examples correct",
            "You correct where the answer is right, and leave it alone where it is wrong.",
            "Read your `if` aloud with a label of +1 and a z of 3: is that a mistake?",
            "A mistake is where y and z disagree in sign, or z is zero: `if y * z <= 0:`.",
            change={"<= 0": "> 0"},
        ),
        Wrong(
            "the bias keeps its sign in the test of a mistake",
            "Examples with the label +1 are judged well, those with −1 by the wrong z.",
            "In your `if`, does y multiply the bias too?",
            "The label multiplies all of z, bias included: `y * (weights @ x + bias) <= 0`.",
            change={"y * z <= 0": "y * (weights @ x) + bias <= 0"},
        ),
        Wrong(
            "corrected twice as much",
            "The right examples correct, in the right direction, by twice as much.",
            "With labels −1 and +1, how large is y − ŷ at a mistake?",
            "It is ±2. Correct by `learning_rate * y`, which is what the rule says here.",
            change={"learning_rate * y": "learning_rate * 2 * y"},
            others=(
                {
                    "    if y * z <= 0:": "    y_hat = 1 if z >= 0 else -1\n    if y != y_hat:",
                    "learning_rate * y": "learning_rate * (y - y_hat)",
                },
                {
                    "    if y * z <= 0:": "    y_hat = 1 if z > 0 else -1\n    if y != y_hat:",
                    "learning_rate * y": "learning_rate * (y - y_hat)",
                },
            ),
        ),
        Wrong(
            "the fence counts as one class",
            "All is well except where z is exactly zero: there you correct one of the two labels only.",
            "With zero weights every z is zero. Your step makes that an answer, and it is right for one of the labels.",
            "On the fence is a mistake for both labels: ask `y * z <= 0`.",
            change={"y * z <= 0": "y != (1 if z >= 0 else -1)"},
            others=({"y * z <= 0": "y != (1 if z > 0 else -1)"},),
        ),
        Wrong(
            "z is computed without the bias",
            "Your weighted sum is missing a part, so the wrong examples correct.",
            "Which parameter do you use for the correction only?",
            "Add the bias: z = weights @ x + bias.",
            change={"weights @ x + bias": "weights @ x"},
        ),
        Wrong(
            "the results have changed places",
            "Both are right, but each is in the place of the other.",
            "In which order does the question ask for them?",
            "The weights come first: `return weights, bias`.",
            change={"return weights, bias": "return bias, weights"},
        ),
        Wrong(
            "the learning rate is missing from one half",
            "One of the two corrections is right, and the other has the wrong length.",
            "The rule has two halves. Has each of them its learning rate?",
            "Take `learning_rate * y * x` for the weights and `learning_rate * y` for the bias.",
            change={"bias + learning_rate * y": "bias + y"},
            others=({"learning_rate * y * x": "y * x"},),
        ),
        Wrong(
            "the bias is corrected like a weight",
            "The weights are right. Your bias becomes an array, and it is a single number.",
            "The bias is the weight of an input that is always 1. Which input do you multiply its correction by?",
            "Leave x out of it: `bias + learning_rate * y`.",
            change={"bias = bias + learning_rate * y": "bias = bias + learning_rate * y * x"},
        ),
        Wrong(
            "the correction depends on z",
            "The right examples correct, and by an amount that depends on z. The perceptron's does not.",
            "How large is the rule's step, when the answer is a little wrong and when it is very wrong?",
            "Correct by `learning_rate * y`: for the perceptron a mistake is a mistake.",
            change={"learning_rate * y": "learning_rate * (y - z)"},
            others=({"learning_rate * y": "learning_rate * y * abs(z)"}, {"learning_rate * y": "-learning_rate * y * z"}),
        ),
        Wrong(
            "the bias moves at every example",
            "The weights are right. The bias moves even where the answer is right.",
            "How far is the line that changes the bias indented?",
            "Indent it as far as the line for the weights, so that both are under the `if`.",
            change={"        bias = bias": "    bias = bias"},
        ),
        Wrong(
            "only the weights are returned",
            "One result comes back, and the question asks for two.",
            "Look at your `return`: what is missing behind the weights?",
            "Return both, the weights first: `return weights, bias`.",
            change={"return weights, bias": "return weights"},
        ),
        Wrong(
            "the products are not added up",
            "`weights * x` is an array of products, so your z is not a number, and an `if` cannot ask whether it is positive.",
            "A weighted sum multiplies number by number, and then?",
            "Write `weights @ x`, which multiplies and adds up.",
            change={"weights @ x": "weights * x"},
        ),
        Wrong(
            "the label is left out of the test of a mistake",
            "You correct wherever z is not positive. For the label −1 that is where the answer is right.",
            "A mistake is a disagreement between two numbers. Which two?",
            "Ask for the sign of their product: `y * z <= 0`.",
            change={"y * z <= 0": "z <= 0"},
            others=({"y * z <= 0": "z < 0"},),
        ),
        Wrong(
            "corrected until it is right",
            "You correct again and again until the example is right. The perceptron corrects once, and goes on to the next.",
            "What does a `while` do that an `if` does not?",
            "Write `if y * z <= 0:`.",
            change={"    if y * z <= 0:": "    while y * (weights @ x + bias) <= 0:"},
        ),
        Wrong(
            "the answer is 0 or 1",
            "Your ŷ is 0 where the label would be −1, so right answers look wrong.",
            "Which two labels does this exercise have?",
            "Ask `y * z <= 0`, which needs no ŷ at all.",
            change={"y * z <= 0": "y != (1 if z >= 0 else 0)"},
            others=(
                {"y * z <= 0": "y != (1 if z > 0 else 0)"},
                {"    if y * z <= 0:": "    if True:", "learning_rate * y": "learning_rate * (y - (1 if z >= 0 else 0))"},
                {"    if y * z <= 0:": "    if True:", "learning_rate * y": "learning_rate * (y - (1 if z > 0 else 0))"},
            ),
        ),
        Wrong(
            "the weights are never corrected",
            "The bias is right, and the weights stay where they were.",
            "The rule has two halves, one for w and one for b.",
            "Correct the weights as well: `weights + learning_rate * y * x`.",
            change={"weights = weights + learning_rate * y * x": "pass"},
        ),
        Wrong(
            "the correction is returned alone",
            "You return the correction, but the question asks for the weights and the bias after it.",
            "Where do the old weights and the old bias come in?",
            "Add the correction to them, and return `weights` and `bias` as they were where the answer is right.",
            change={
                "weights = weights + learning_rate * y * x": "return learning_rate * y * x, learning_rate * y",
                "    return weights, bias": "    return 0, 0",
            },
            others=(
                {
                    "weights = weights + learning_rate * y * x": "return learning_rate * y * x, learning_rate * y",
                    "    return weights, bias": "    return 0 * x, 0",
                },
            ),
        ),
        Wrong(
            "right answers are unlearned",
            "You correct mistakes well. Where the answer is right, you move the weights away from it.",
            "What should your `else` do?",
            "Nothing: leave it out, and return the old weights and bias.",
            change={
                "    return weights, bias": "    else:\n        weights = weights - learning_rate * y * x\n"
                "        bias = bias - learning_rate * y\n    return weights, bias"
            },
        ),
        Wrong(
            "the second half asks again",
            "The weights are right. For the bias you ask a second time, with weights that have moved already.",
            "One example, one question: how often do you compute z?",
            "Put both corrections under the same `if`.",
            change={
                "        bias = bias": "    if y * (weights @ x + bias) <= 0:\n        bias = bias",
            },
        ),
    ),
)
