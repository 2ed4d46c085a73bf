"""What is to be learned, from which data, and which score proves that it was. NumPy alone."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

DIGITS = Path(__file__).parents[2] / "nnlib" / "data" / "digits.npz"


class Task(NamedTuple):
    """A network and how to train it; `least` is the least share of right answers of whoever took part in earnest."""

    title: str
    kind: str
    least: float
    dtype: str = "float64"
    sizes: tuple = ()
    epochs: int = 1
    batch_size: int = 128
    learning_rate: float = 0.001


SMALL, DIGIT, WIDE = (2, 4, 1), (64, 32, 10), (784, 128, 10)
EPOCH = "60,000 samples, 784-128-10, an epoch of Adam, batches of 128, {}"
TASKS = {
    "xor": Task("XOR, 2-4-1 sigmoids, 10,000 full-batch steps of SGD, float64", "xor", 1.0, "float64", SMALL, 10_000, 4, 2.0),
    "digits": Task("digits, 64-32-10, 20 epochs of Adam, batches of 32, float32", "classes", 0.95, "float32", DIGIT, 20, 32),
    "epoch": Task(EPOCH.format("float32"), "classes", 0.9, "float32", WIDE),
    "epoch64": Task(EPOCH.format("float64"), "classes", 0.9, "float64", WIDE),
    "predict": Task("probabilities of 60,000 samples, 784-128-10, float32", "predict", 1.0, "float32", WIDE),
    "perceptron": Task("the perceptron's rule, 10,000 samples of 20 features, 10 epochs", "perceptron", 0.99, epochs=10),
}
# The arrays of the other tasks are too small for a second thread to be of use.
ON_TWO_THREADS = ("epoch", "epoch64", "predict")


def data(name):
    """Return X and y of a task: y is (4, 1) for XOR, −1 and +1 for the perceptron, labels from 0 elsewhere."""
    task, rng = TASKS[name], np.random.default_rng(0)
    if task.kind == "xor":
        return np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    if task.kind == "perceptron":
        normal, X = rng.normal(size=20), rng.normal(size=(20_000, 20))
        z = X @ normal / np.linalg.norm(normal)
        far = np.flatnonzero(abs(z) > 0.1)[:10_000]  # a gap, so that there is a boundary to be found
        return X[far], np.where(z[far] > 0, 1, -1)
    if name == "digits":
        with np.load(DIGITS) as stored:
            return np.divide(stored["X"], 16, dtype=task.dtype), stored["y"].astype(np.int64)
    y = rng.integers(0, 10, 60_000)
    X = rng.standard_normal((60_000, 784), dtype=np.float32)  # noise, and a tenth as large what tells the classes apart
    X += rng.normal(scale=0.1, size=(10, 784)).astype(np.float32)[y]
    return X.astype(task.dtype, copy=False), y


def right(answers, y):
    """Return the share of right answers among labels or, for XOR, numbers near 0 and 1."""
    answers = np.asarray(answers).reshape(len(y), -1)
    if y.ndim == 2:
        return float(((answers > 0.5) == y).mean())
    return float((answers[:, 0] == y).mean())


def adding_up(probabilities):
    """Return the share of rows whose probabilities add up to 1."""
    return float(np.isclose(np.sum(probabilities, axis=1), 1, atol=1e-5).mean())
