"""Exercise: how softmax and cross-entropy pull on each weighted sum."""

import numpy as np

from nnlib.exercises.exercise import Exercise, Wrong
from nnlib.exercises.loss.cross_entropy import a_batch

EXERCISE = Exercise(
    name="loss-delta",
    asks="softmax_delta(z, y)",
    solution="""
import numpy as np

from nnlib.activations import softmax


def softmax_delta(z, y):
    y_hat = softmax(z)
    one_hot = np.eye(z.shape[1])[y]
    return (y_hat - one_hot) / len(y)
""",
    hints=(
        "Begin with the outputs, `softmax(z)`, and with the targets as one-hot rows, `np.eye(classes)[y]`.",
        "For one sample the slopes are output minus target. The mean over the batch divides each row by something.",
        "Return `(softmax(z) - np.eye(z.shape[1])[y]) / len(y)`.",
    ),
    inputs=(
        (np.array([[0.0, 0.0]]), np.array([1])),
        (np.array([[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]]), np.array([2, 0])),
    ),
    random=a_batch,
    wrong=(
        Wrong(
            "it is not divided by the number of samples",
            "With one sample your slopes are right; with more they are too large.",
            "The loss is a mean over the batch. Compare with `numerical_gradient` for two samples.",
            "Divide by `len(y)`.",
            change={" / len(y)": ""},
        ),
        Wrong(
            "the sign is turned",
            "Your slopes have the right size and the wrong sign: a step downhill would make the loss larger.",
            "Raising the z of the true class makes the loss smaller. Which sign must its slope have?",
            "It is output minus target: ŷ − y.",
            change={"(y_hat - one_hot)": "(one_hot - y_hat)"},
        ),
        Wrong(
            "it is divided by the number of entries",
            "Your slopes are too small by a factor, the number of classes.",
            "The mean in cross-entropy is over the rows, not over every entry of the table.",
            "Divide by `len(y)`, not by `z.size`.",
            change={"len(y)": "z.size"},
        ),
        Wrong(
            "these are the slopes in ŷ",
            "Your slopes are zero except for the true class; a nudge to any z changes all the outputs.",
            "You have −y / ŷ, the slope in the prediction. The step from ŷ back to z is missing.",
            "Through softmax it becomes output minus target: (ŷ − y) / n.",
            change={"(y_hat - one_hot)": "-one_hot / y_hat"},
        ),
        Wrong(
            "the softmax is left out",
            "You subtract the targets from the weighted sums, and they are no probabilities yet.",
            "Add up a row of your slopes: it should be 0, as both outputs and target add up to 1.",
            "Put z through `softmax` first.",
            change={"y_hat = softmax(z)": "y_hat = z"},
        ),
        Wrong(
            "the slope of the softmax is multiplied in again",
            "Your slopes have the right signs, but they are too small.",
            "Does your formula contain ŷ (1 − ŷ)? In ŷ − y it has canceled already.",
            "Return (ŷ − y) / n, without another factor.",
            change={"(y_hat - one_hot)": "(y_hat - one_hot) * y_hat * (1 - y_hat)"},
        ),
        Wrong(
            "a sigmoid in place of the softmax",
            "Your outputs do not add up to 1: each class is judged for itself, by a sigmoid.",
            "Add up a row of your slopes: it should be 0.",
            "Put z through `softmax`.",
            change={"softmax(z)": "1 / (1 + np.exp(-z))"},
        ),
        Wrong(
            "the softmax is taken along the wrong axis",
            "Your probabilities add up to 1 down the columns, or over the whole table, and not in each row.",
            "A row is a sample. Print the sums of the rows of your y_hat.",
            "Divide by the sum of each row, `.sum(axis=1, keepdims=True)`, or use `softmax`, which does.",
            change={"softmax(z)": "np.exp(z) / np.exp(z).sum(axis=0)"},
            others=({"softmax(z)": "np.exp(z) / np.exp(z).sum()"}, {"softmax(z)": "softmax(z.T).T"}),
        ),
        Wrong(
            "the labels themselves are subtracted",
            "You subtract the labels, 0, 1, 2 …, which are names of columns and not targets.",
            "The target of a row is 1 in the column that its label names, and 0 elsewhere.",
            "Subtract one-hot rows, `np.eye(z.shape[1])[y]`.",
            change={"one_hot = np.eye(z.shape[1])[y]": "one_hot = np.reshape(y, (-1, 1))"},
            others=({"one_hot = np.eye(z.shape[1])[y]": "one_hot = y"},),
        ),
        Wrong(
            "the one-hot rows are chosen by place, not by label",
            "The first sample gets the first column as its target, the second the second, and so on.",
            "`np.eye(n)` alone is a table; which of its rows belongs to a sample?",
            "Choose its rows by the labels: `np.eye(z.shape[1])[y]`.",
            change={"np.eye(z.shape[1])[y]": "np.eye(len(y), z.shape[1])"},
        ),
        Wrong(
            "these are the outputs",
            "You return the outputs of the softmax, and the targets are missing.",
            "Where an output is just what it should be, the slope is 0.",
            "Subtract the one-hot rows, and divide by `len(y)`.",
            change={"(y_hat - one_hot)": "y_hat"},
        ),
        Wrong(
            "only the true class has a slope",
            "You return one slope for each sample, and every weighted sum has one.",
            "Raise the z of a wrong class: does the loss stay as it is?",
            "Keep the whole table: subtract 1 in the column of the label, and nothing in the others.",
            change={"return (y_hat - one_hot)": "return (y_hat - one_hot)[np.arange(len(y)), y]"},
            others=({"return (y_hat - one_hot) / len(y)": "return (y_hat - one_hot)[np.arange(len(y)), y]"},),
        ),
    ),
)
