"""What the hidden neurons see: one hidden neuron at a time of a network that reads digits, and what happens without it."""

from functools import cache

import numpy as np

from nnlib import datasets
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import article, text
from nnlib.network import mlp
from nnlib.optimizers import SGD
from nnlib.training import train

SIZES = (64, 64, 10)
TEST_DIGITS = 450  # which the network has never seen
FULL_COLOR_WEIGHT = 1.0  # and more
SHEET_ROWS, SHEET_COLUMNS = 2, 8  # of the digits that excite a neuron most
AT_WORK, SILENCED = "at work", "silenced"
HINGE, SPECIALIST, RARE = "one that counts", "a specialist", "a nearly dead one"
RARELY = range(3, 10)  # how often a nearly dead neuron fires
DOUBTFUL = 6  # digits that the task names
PROGRAM = """\
import numpy as np

from nnlib import SGD, datasets, mlp, train

X, y = datasets.digits()
known, (X_test, y_test) = datasets.split(X / 16, y, (0.75, 0.25), rng=0)
training, _ = datasets.split(*known, (0.85, 0.15), rng=0)
network = mlp((64, 64, 10), dtype=np.float64, rng=0)
for _ in train(network, *training, loss="cross_entropy", optimizer=SGD(0.3), epochs=27, batch_size=32, rng=0):
    pass
hidden, _, output, _ = network.layers
x = X_test[[{digit}]]
print(f"evidence: {{x[0] @ hidden.weights[:, {neuron}]:.9f}}")
if {silenced}:
    output.weights[{neuron}] = 0
for digit, probability in enumerate(network.predict_proba(x)[0]):
    print(f"{{digit}}: {{probability:.9f}}")
"""


class WhatTheHiddenUnitsSee(Explorable):
    name = "what_the_hidden_units_see"
    title = "What the hidden neurons see"
    controls = (
        number("neuron", "hidden neuron", 33, 1, SIZES[1], 1),
        number("digit", "test digit", 2, 1, TEST_DIGITS, 1),
        choice("silenced", "this neuron is", (AT_WORK, SILENCED)),
        choice("task", "task", (HINGE, SPECIALIST, RARE)),
    )

    def start(self, settings):
        """Train the network: in the book this is done once, when the page is built, and the page carries the result."""
        return {"parameters": trained()}

    def picture(self, settings, state):
        seen = inspect_neuron(settings, state)
        rows = favorites(seen)
        empty = SHEET_ROWS * SHEET_COLUMNS - len(rows)
        sheet = np.pad(unseen()[0][rows].reshape(-1, 8, 8), [(0, empty), (0, 1), (0, 1)])  # with a gap between the digits
        sheet = sheet.reshape(SHEET_ROWS, SHEET_COLUMNS, 9, 9).swapaxes(1, 2)
        sheet = sheet.reshape(9 * SHEET_ROWS, 9 * SHEET_COLUMNS)[:-1, :-1]
        return [
            panels.image("digit", f"The digit: {article(seen['truth'])}", seen["x"].reshape(8, 8)),
            panels.image("weights", "The weights", seen["w"].reshape(8, 8), signed=True,
                         low=-FULL_COLOR_WEIGHT, high=FULL_COLOR_WEIGHT),
            panels.image("evidence", "Weight × ink", (seen["w"] * seen["x"]).reshape(8, 8), signed=True,
                         low=-FULL_COLOR_WEIGHT, high=FULL_COLOR_WEIGHT),
            panels.bars("answer", "The answer", "0123456789", seen["answer"],
                        best=int(seen["answer"].argmax()), aspect=0.72),
            panels.image("favorites", "The test digits that excite it most", sheet, wide=True),
            panels.equations("equations", "The same in numbers", _equations(seen), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        seen = inspect_neuron(settings, state)
        return (
            f"Hidden neuron {seen['neuron'] + 1} gives {text(seen['a'])} for this {seen['truth']} and is "
            f"{settings['silenced']}; the network reads {article(seen['answer'].argmax())} with probability "
            f"{text(seen['answer'].max(), 3)}; the digits that excite the neuron most: {_classes(seen)}."
        )

    def challenge(self, settings, state):
        seen = inspect_neuron(settings, state)
        if settings["task"] == HINGE:
            *more, last = doubtful(state)
            task = (
                "Find a digit that is read correctly only while one particular neuron is at work, and silence that neuron. "
                f"Look where the network is unsure, such as at digit {', '.join(map(str, more))} or {last}."
            )
            right, now = seen["whole"].argmax() == seen["truth"], seen["answer"].argmax() == seen["truth"]
            return task, bool(right and not now)
        if settings["task"] == SPECIALIST:
            labels = unseen()[1][favorites(seen)]
            task = f"Find a neuron whose {SHEET_ROWS * SHEET_COLUMNS} favorites all show the same digit; now: {_classes(seen)}."
            return task, len(labels) == SHEET_ROWS * SHEET_COLUMNS and len(set(labels)) == 1
        firing = int((seen["all"] > 0).sum())
        task = (
            f"Find a neuron that fires for at least {RARELY[0]} of the {TEST_DIGITS} test digits, but for no more than "
            f"{RARELY[-1]}; this one fires for {firing or 'none'} of them{'' if firing else ': it is dead'}."
        )
        return task, firing in RARELY

    def code(self, settings, steps):
        neuron, digit = numbers(settings)
        return PROGRAM.format(neuron=neuron, digit=digit, silenced=settings["silenced"] == SILENCED)


def numbers(settings):
    """Return which hidden neuron and which test digit the settings name, counted from 0."""
    return round(settings["neuron"]) - 1, round(settings["digit"]) - 1


def parts():
    """Return what the chapter trains on, and the digits that it tests with."""
    X, y = datasets.digits()
    known, test = datasets.split(X / 16, y, (0.75, 0.25), rng=0)
    return datasets.split(*known, (0.85, 0.15), rng=0)[0], test


@cache
def unseen():
    """Return the test digits, which each picture needs; what the network was trained on would only fill the memory."""
    return parts()[1]


@cache
def trained():
    """Return the parameters of the chapter's network, which early stopping took from epoch 27."""
    network = mlp(SIZES, dtype=np.float64, rng=0)
    for _ in train(network, *parts()[0], loss="cross_entropy", optimizer=SGD(0.3), epochs=27, batch_size=32, rng=0):
        pass
    return network.parameters.copy()


def doubtful(state):
    """Return the numbers of the digits that the network reads correctly, but is least sure of; the least sure comes first."""
    X, y = unseen()
    probabilities = network_of(state).predict_proba(X)
    sure = np.where(probabilities.argmax(axis=1) == y, probabilities.max(axis=1), 1)
    return [int(row) + 1 for row in np.argsort(sure, kind="stable")[:DOUBTFUL]]


def network_of(state):
    """Return the network with the parameters of a state."""
    network = mlp(SIZES, dtype=np.float64, rng=0)
    network.parameters[:] = state["parameters"]
    return network


def inspect_neuron(settings, state) -> dict:
    """Return what one neuron does with one digit, what it gives for all of them, and the answer with and without it."""
    network = network_of(state)
    hidden, _, output, softmax = network.layers
    (j, i), (X, y) = numbers(settings), unseen()
    _, a, _, (whole,) = network.trace(X[[i]])
    everywhere = np.maximum(0, X @ hidden.weights[:, j] + hidden.bias[j])
    without = np.where(np.arange(SIZES[1]) == j, 0, a)
    [lesser] = softmax.forward(output.forward(without))
    return {"neuron": j, "x": X[i], "truth": int(y[i]), "w": hidden.weights[:, j], "bias": float(hidden.bias[j]),
            "a": float(a[0, j]), "votes": output.weights[j], "all": everywhere, "whole": whole, "without": lesser,
            "answer": lesser if settings["silenced"] == SILENCED else whole}  # fmt: skip


def favorites(seen):
    """Return which test digits excite the neuron most, the first most; only those for which it fires."""
    rows = np.argsort(-seen["all"], kind="stable")[: SHEET_ROWS * SHEET_COLUMNS]
    return rows[seen["all"][rows] > 0]


def _classes(seen):
    counts = np.bincount(unseen()[1][favorites(seen)], minlength=10)
    order = [digit for digit in np.argsort(-counts, kind="stable") if counts[digit]]
    return ", ".join(f"{counts[digit]} × {digit}" for digit in order) or "none"


def _equations(seen):
    for_it, against = seen["votes"].argmax(), seen["votes"].argmin()
    evidence = seen["w"] @ seen["x"]
    return [
        f"z = Σ w x + b = {text(evidence)} {'−' if seen['bias'] < 0 else '+'} {text(abs(seen['bias']))} "
        f"= {text(evidence + seen['bias'])}",
        f"a = max(0, z) = {text(seen['a'])}",
        f"excited most by: {_classes(seen)}",
        f"speaks most for {for_it}, {text(seen['a'] * seen['votes'][for_it])}, "
        f"and against {against}, {text(seen['a'] * seen['votes'][against])}",
        f"with it {article(seen['whole'].argmax())} ({text(seen['whole'].max(), 3)}), "
        f"without it {article(seen['without'].argmax())} ({text(seen['without'].max(), 3)})",
    ]
