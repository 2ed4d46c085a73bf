"""Exercise: a gradient of the sum, where the loss is a mean."""

from nnlib.exercises.exercise import Exercise, Wrong


def _one(rng):
    samples = rng.integers(2, 8)
    return rng.normal(size=(samples, 3)), rng.integers(0, 2, samples), rng.normal(size=3), float(rng.normal())


EXERCISE = Exercise(
    name="backpropagation-average-bug-hunt",
    asks="gradients(X, y, weights, bias)",
    solution="""
from nnlib.activations import sigmoid


def gradients(X, y, weights, bias):
    y_hat = sigmoid(X @ weights + bias)
    delta = (y_hat - y) / len(y)
    return X.T @ delta, delta.sum()
""",
    hints=(
        "Divide each gradient by the numerical one, element by element: what do you get?",
        "One factor everywhere is not a wrong formula but a wrong scale. Which number of the problem is that factor?",
        "The loss is the mean over the batch, and so is its slope: divide δ by the number of samples, once.",
    ),
    inputs=(),
    random=_one,
    wrong=(
        Wrong(
            "the gradient is still the sum's",
            "The bug is still there: all gradients are too large, by one factor.",
            "Try batches of 1, 2 and 4 samples: how does the factor change?",
            "Divide δ by the number of samples, `len(y)`.",
            change={" / len(y)": ""},
        ),
        Wrong(
            "only the weights are averaged",
            "Half of it is fixed: the weights are right now, and the bias is not.",
            "Both gradients are made of the same δ. Where could you divide so that both are fixed at once?",
            "Divide δ itself by `len(y)`, and nothing else.",
            change={" / len(y)": "", "X.T @ delta,": "X.T @ delta / len(y),"},
        ),
        Wrong(
            "only the bias is averaged",
            "Half of it is fixed: the bias is right now, and the weights are not.",
            "Both gradients are made of the same δ. Where could you divide so that both are fixed at once?",
            "Divide δ itself by `len(y)`, and nothing else.",
            change={" / len(y)": "", "delta.sum()": "delta.sum() / len(y)"},
        ),
        Wrong(
            "the bias is averaged twice",
            "The weights are right. The bias is now too small, by the same factor.",
            "Your δ is divided already: what does `mean` do to it?",
            "Sum the δ, `delta.sum()`: they hold the average already.",
            change={"delta.sum()": "delta.mean()"},
        ),
        Wrong(
            "divided by the number of features",
            "The scale is right for some batches only.",
            "A mean over the batch has as many terms as the batch has rows; you divide by its columns.",
            "Divide by `len(y)`, the number of samples.",
            change={"len(y)": "X.shape[1]"},
            others=({"len(y)": "X.size"},),
        ),
        Wrong(
            "one batch size for all",
            "You divide by the size of one particular batch.",
            "Try a batch of another size: what is the ratio then?",
            "Divide by `len(y)`, whatever it is.",
            change={"len(y)": "8"},
        ),
        Wrong(
            "divided twice",
            "Now both gradients are too small by the number of samples.",
            "How many divisions are on the way from ŷ − y to the results?",
            "Divide δ once, and sum after that.",
            change={"X.T @ delta, delta.sum()": "X.T @ delta / len(y), delta.mean()"},
            others=(
                {"X.T @ delta, delta.sum()": "X.T @ delta / len(y), delta.sum() / len(y)"},
                {"X.T @ delta, delta.sum()": "X.T @ delta / len(y), delta.sum()"},
            ),
        ),
        Wrong(
            "averaged before the inputs come in",
            "You average δ over the samples before it has met the inputs.",
            "Each sample has its own δ and its own inputs: which of the two products do you add up?",
            "Keep δ as it is, one number for each sample, and divide it by `len(y)`.",
            change={"(y_hat - y) / len(y)": "(y_hat - y).mean()", "delta.sum()": "delta"},
        ),
    ),
)
