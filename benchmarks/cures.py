"""Measure the cures of overfitting on equal terms: the same digits, the same first weights, the same number of steps.

The numbers stand in nnlib/data/cures.json, where the chapter on generalization reads them; a test trains a sample of them
again. To measure anew, in about two minutes on one core:

    OMP_NUM_THREADS=1 nice -n 19 .venv/bin/python benchmarks/cures.py

Each seed deals the 1,797 scanned digits out anew: 200 to train on, 200 to choose by, and 600 of which some cures may have a
part; all others are the test. The network is 64-64-10, trained by Adam, in batches of 25, for as many steps as 200 epochs of
200 digits take. Once the labels are as they are, and once 40 of the 200, a fifth, are replaced by wrong ones; the validation
and the test labels are never touched. A cure with several strengths is measured with each of them: the chapter takes the one
of the lowest validation loss, seed by seed.
"""

import json
from pathlib import Path

import numpy as np

from nnlib import Adam, datasets, mlp, train
from nnlib.losses import cross_entropy

RECORD = Path(__file__).parent.parent / "nnlib" / "data" / "cures.json"
SEEDS = 12
KNOWN, CHOOSE, SPARE = 200, 200, 600
STEPS, BATCH = 1_600, 25
SHARES = (0.0, 0.2)  # of wrong labels
WAYS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))  # by which a digit is moved: down, right
#: Each cure, and its strengths: arguments of `measured`.
CURES = {
    "none": [{}],
    "early stopping": [{"patience": 20}],
    "weight decay": [{"weight_decay": decay} for decay in (0.001, 0.01, 0.03)],
    "dropout": [{"dropout": rate} for rate in (0.2, 0.5)],
    "fewer neurons": [{"hidden": 16}],
    "more neurons": [{"hidden": 256}],
    "moved digits": [{"moved": True}],
    "twice the digits": [{"known": 2 * KNOWN}],
    "four times the digits": [{"known": 4 * KNOWN}],
    "several at once": [{"moved": True, "dropout": 0.2, "weight_decay": decay} for decay in (0.001, 0.01, 0.03)],
}


def moved(X, down, right):
    """Return the images X (samples, 64) moved by so many cells; what leaves the paper is lost."""
    paper = np.pad(X.reshape(-1, 8, 8), [(0, 0), (1, 1), (1, 1)])
    return paper[:, 1 - down : 9 - down, 1 - right : 9 - right].reshape(-1, 64)


def dealt(seed, known):
    """Return the training, validation and test samples of a seed, each a pair (X, y)."""
    X, y = datasets.digits()
    sizes = np.array([KNOWN, CHOOSE, SPARE, len(y) - KNOWN - CHOOSE - SPARE])
    first, choose, spare, test = datasets.split(X / 16, y, sizes / len(y), rng=seed)
    extra = [part[: known - KNOWN] for part in spare]
    return [np.concatenate(pair) for pair in zip(first, extra, strict=True)], choose, test


def measured(seed, wrong, known=KNOWN, hidden=64, dropout=0.0, weight_decay=0.0, patience=None, moved=False):
    """Return [test loss, test accuracy, validation loss] of a network that has been trained with a cure.

    `wrong` is the share of the training labels that are replaced by wrong ones. `patience` is counted in epochs of 200 digits.
    """
    (X, y), choose, test = dealt(seed, known)
    rng = np.random.default_rng(seed)
    spoiled = rng.permutation(len(y))[: round(wrong * len(y))]
    y[spoiled] = (y[spoiled] + rng.integers(1, 10, len(spoiled))) % 10
    if moved:
        X, y = np.concatenate([_moved(X, *way) for way in WAYS]), np.tile(y, len(WAYS))
    network = mlp([64, hidden, 10], dropout=dropout, dtype=np.float64, rng=seed)
    epochs = round(STEPS * BATCH / len(y))
    waited = patience and max(1, round(patience * KNOWN / len(y)))
    how = {"loss": "cross_entropy", "optimizer": Adam(0.003, weight_decay=weight_decay), "batch_size": BATCH}
    for _ in train(network, X, y, **how, epochs=epochs, rng=seed, validation=choose, patience=waited):
        pass
    loss, lowest = (float(cross_entropy(network.predict_proba(part[0]), part[1])) for part in (test, choose))
    return [round(loss, 4), round(float(np.mean(network.predict(test[0]) == test[1])), 4), round(lowest, 4)]


_moved = moved  # by its name in `measured`, where `moved` says whether


def main():
    """Measure all cures, say each, and write the record."""
    rows = []
    for wrong in SHARES:
        for cure, strengths in CURES.items():
            for strength in strengths:
                found = [measured(seed, wrong, **strength) for seed in range(SEEDS)]
                rows.append({"wrong": wrong, "cure": cure, "strength": strength, "measured": found})
                print(wrong, cure, strength, np.mean(found, axis=0).round(3), flush=True)
    lines = ",\n".join(json.dumps(row) for row in rows)
    RECORD.write_text(f'{{"seeds": {SEEDS}, "rows": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main()
