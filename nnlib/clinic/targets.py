"""Targets as the checks see them: in the shape of the answers, and as classes where they are few."""

import numpy as np

FEW = 10  # different targets at most are taken for labels


def is_classes(y) -> bool:
    """Say whether targets are labels, or rows with one 1 among zeros: few different ones, more samples than these."""
    rows = np.unique(y.reshape(len(y), -1), axis=0)
    return 1 < len(rows) <= min(FEW, len(y)) and (len(rows) < len(y) or len(rows) == 2) and bool((rows == np.round(rows)).all())


def fitted(y, answers) -> np.ndarray | None:
    """Return the targets in the shape of the answers: labels become rows with one 1 where there is an answer a class."""
    y = np.asarray(y, dtype=float)
    if y.size == answers.size:
        return y.reshape(answers.shape)
    if answers.ndim == 2 and y.size == len(answers) and is_index(y, answers.shape[1]):
        return np.eye(answers.shape[1])[y.ravel().astype(int)]
    return None


def is_index(y, classes) -> bool:
    """Say whether targets are whole numbers that can name the columns of the answers."""
    return bool((y == np.round(y)).all() and y.min() >= 0 and y.max() < classes)


def right(y, answers) -> np.ndarray:
    """Return for each sample whether its answer is nearest to its own target, of all targets that there are."""
    targets = fitted(y, answers).reshape(len(answers), -1)
    labels = np.unique(targets, axis=0)
    given = answers.reshape(len(answers), -1)
    nearest = ((given[:, None, :] - labels[None]) ** 2).sum(axis=2).argmin(axis=1)
    ties = np.ptp(((given[:, None, :] - labels[None]) ** 2).sum(axis=2), axis=1) < 1e-9
    return (labels[nearest] == targets).all(axis=1) & ~ties


def separable(X, y, rounds=2000) -> bool | None:
    """Say whether a line was found that separates two classes, by the perceptron; None where there are not two."""
    values = np.unique(y)
    if len(values) != 2 or y.size != len(X):
        return None
    rows = np.where(y.ravel() == values[1], 1.0, -1.0)[:, None] * np.hstack([X, np.ones((len(X), 1))])
    w = np.zeros(rows.shape[1])
    for _ in range(rounds):
        wrong = rows @ w <= 0
        if not wrong.any():
            return True
        for row in rows:
            if row @ w <= 0:
                w += row
    return False
