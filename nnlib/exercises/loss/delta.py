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
            "You subtract the targets from the weighted sums, which are not probabilities yet.",
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
            "Raise the z of a wrong class: does the loss stay the same?",
            "Keep the whole table: subtract 1 in the column of the label, and nothing in the others.",
            change={"return (y_hat - one_hot)": "return (y_hat - one_hot)[np.arange(len(y)), y]"},
            others=({"return (y_hat - one_hot) / len(y)": "return (y_hat - one_hot)[np.arange(len(y)), y]"},),
        ),
        Wrong(
            "divided by the number of classes",
            "You divide by the number of classes, and the loss is a mean over the samples.",
            "Compare with `numerical_gradient` for two samples and three classes.",
            "Divide by `len(y)`.",
            change={"/ len(y)": "/ z.shape[1]"},
        ),
        Wrong(
            "twice the slope",
            "Your slopes are twice as large as they should be: the 2 belongs to squared error.",
            "Cross-entropy has no square. Where does your factor come from?",
            "Return (ŷ − y) / n, without the 2.",
            change={"return (y_hat": "return 2 * (y_hat"},
        ),
        Wrong(
            "whole columns are lowered",
            "You subtract 1 from whole columns: every row loses it in the column of every label.",
            "`y_hat[:, y]` takes whole columns. Add up a row of your slopes: it should be 0.",
            "Pair each row with its own label: `y_hat[np.arange(len(y)), y]`.",
            change={"    one_hot = np.eye(z.shape[1])[y]": "    one_hot = 0 * z\n    one_hot[:, y] = 1"},
        ),
        Wrong(
            "the samples are averaged",
            "You return one row, the mean over the samples, and each sample has slopes of its own.",
            "What shape has z, and what shape have your slopes?",
            "Divide by `len(y)`, and add nothing up.",
            change={"/ len(y)": "/ len(y)).sum(axis=0)", "return (y_hat": "return ((y_hat"},
            others=({"return (y_hat - one_hot) / len(y)": "return (y_hat - one_hot).sum(axis=0)"},),
        ),
        Wrong(
            "this is the loss",
            "You return the loss, but the question asks for its slopes, one for each weighted sum.",
            "What shape has z? Your answer should have the same.",
            "Return `(softmax(z) - np.eye(z.shape[1])[y]) / len(y)`.",
            change={"return (y_hat - one_hot) / len(y)": "return -np.log(y_hat[np.arange(len(y)), y]).mean()"},
            others=({"return (y_hat - one_hot) / len(y)": "return -np.log(y_hat[np.arange(len(y)), y])"},),
        ),
        Wrong(
            "the one-hot rows have the length of the batch",
            "Your one-hot rows have a place for each sample, and they need one for each class.",
            "`np.eye(n)` is a table of n rows. How many classes are there?",
            "Write `np.eye(z.shape[1])[y]`.",
            change={"np.eye(z.shape[1])": "np.eye(len(z))"},
        ),
        Wrong(
            "the other classes are left alone",
            "The true class has the right slope, and the others have none.",
            "Raise the z of a wrong class: it takes probability away from the true one. Does the loss stay the same?",
            "Keep ŷ for the wrong classes: it is the slope there.",
            change={"(y_hat - one_hot)": "(y_hat - one_hot) * one_hot"},
        ),
        Wrong(
            "the softmax is applied again",
            "You put z through softmax twice, which brings all the outputs closer together.",
            "How often does z go through `softmax` on its way to your result?",
            "Once: `softmax(z)`.",
            change={"softmax(z)": "softmax(softmax(z))"},
        ),
        Wrong(
            "the powers are not divided by their sum",
            "You take e to the power of z and do not divide by the sum of the row: these are not probabilities yet.",
            "Add up a row of your slopes: it should be 0.",
            "Put z through `softmax`.",
            change={"softmax(z)": "np.exp(z)"},
        ),
        Wrong(
            "the error is squared",
            "Your slopes are all positive: you square the error, and the pull is the error itself.",
            "Raising the z of the true class makes the loss smaller. Which sign must its slope have?",
            "Return (ŷ − y) / n, without a square.",
            change={"(y_hat - one_hot)": "(y_hat - one_hot) ** 2"},
        ),
        Wrong(
            "the classes are added up",
            "You add up the slopes of each row, which gives 0, and every weighted sum has a slope of its own.",
            "What shape has z, and what shape have your slopes?",
            "Divide by `len(y)`, and add nothing up.",
            change={"(y_hat - one_hot)": "(y_hat - one_hot).sum(axis=1)"},
            others=({"return (y_hat - one_hot) / len(y)": "return (y_hat - one_hot).sum(axis=1)"},),
        ),
        Wrong(
            "the labels are counted from 1",
            "You look one column too far to the left: labels begin with 0, as columns do.",
            "Which column belongs to the label 0?",
            "Use the labels as they are: `np.eye(z.shape[1])[y]`.",
            change={"[y]": "[y - 1]"},
        ),
    ),
)
