"""The patients of the clinic: small programs, one of them well, whose faults are to be found by checks alone."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnlib.clinic import Case, Checklist, Program, apart, checks, examine_case
from nnlib.exercises.clinic.tutorials import COLUMN, TUTORIALS

ROUNDS = 400  # of training on up to twenty samples
WELL = "nothing is wrong"
NETWORK = """
class Network:
    def __init__(self, rng):
        self.W1, self.b1 = rng.normal(size=(2, 4)), np.zeros(4)
        self.W2, self.b2 = rng.normal(size=(4, 1)), np.zeros(1)

    def forward(self, X):
        self.hidden = sigmoid(X @ self.W1 + self.b1)
        return sigmoid(self.hidden @ self.W2 + self.b2)

    def train(self, X, y):
        output = self.forward(X)
        delta2 = output - y
        delta1 = delta2 @ self.W2.T * self.hidden * (1 - self.hidden)
        self.W2 = self.W2 - self.hidden.T @ delta2
        self.b2 = self.b2 - delta2.sum(axis=0)
        self.W1 = self.W1 - X.T @ delta1
        self.b1 = self.b1 - delta1.sum(axis=0)
"""
HANDED = "lambda: Network(rng)", "Network.forward", "Network.train"


@dataclass(frozen=True)
class Patient:
    """A program, what is wrong with it, and the checks that show it."""

    faults: tuple  #: What may be said of it.
    shown_by: tuple  #: The checks that show that.
    program: str
    data: str = COLUMN
    handed: tuple = HANDED


def _tutorial(name, said, *shown_by):
    one = TUTORIALS[name]
    return Patient(said, shown_by, one.program, one.data, (one.fresh, one.predict, one.train))


def _with(said, shown_by, change, data=COLUMN):
    program = NETWORK
    for text, other in change.items():
        program = program.replace(text, other)
    return Patient((said,), (shown_by,), program, data)


LAYER, LABELS, PREDICTS = "no hidden layer", "labels that the rule does not know", "it is never trained"
MISSING, STORED, BIASES = "an attribute that is never set", "its data are stored in it", "no biases"
CACHE, SIGN, SLOPE = "a cache that is never filled", "a wrong sign", "a slope is left out on the way back"
ALIKE, BATCH, REACH = "first weights that are alike", "a sum and a mean that do not agree", "targets out of reach"
DIAGNOSES = (LAYER, LABELS, PREDICTS, MISSING, STORED, BIASES, CACHE, SIGN, SLOPE, ALIKE, BATCH, REACH, WELL)
LOCAL = {"self.hidden = sig": "hidden = sig", "sigmoid(self.hidden @": "sigmoid(hidden @"}
ZEROS = {"np.zeros(1)\n": "np.zeros(1)\n        self.hidden = np.zeros((4, 4))\n"}
PATIENTS = {
    "patient 1": _with(SLOPE, "one step, downhill", {" * self.hidden * (1 - self.hidden)": ""}),
    "patient 2": _tutorial("no hidden layer", (LAYER,), "more than one line"),
    "patient 3": _with(SIGN, "one step, downhill", {"delta2 = output - y": "delta2 = y - output"}),
    "patient 4": _tutorial("an attribute that is never set", (MISSING,), "runs"),
    "patient 5": _with(ALIKE, "hidden neurons differ", {"rng.normal(size=": "np.ones("}),
    "patient 6": _tutorial("labels that the rule does not know", (LABELS, REACH), "targets in reach", "every label teaches"),
    "patient 7": _with(BATCH, "one step, downhill", {".sum(": ".mean("}),
    "patient 8": _with(CACHE, "every parameter moves", LOCAL | ZEROS),
    "patient 9": Patient((WELL,), ("one step, downhill", "overfits twenty"), NETWORK),
    "patient 10": _tutorial("stored data and no biases", (STORED, BIASES), "asked row by row", "biases"),
    "patient 11": _with(REACH, "targets in reach", {}, f"{COLUMN}y = 2 * y - 1\n"),
    "patient 12": _tutorial("no training", (PREDICTS,), "every parameter moves"),
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    """What is known of a patient: its checklist, and what its author sees, the answers and the errors of the training."""

    checklist: Checklist
    targets: np.ndarray
    answers: np.ndarray
    losses: tuple


@lru_cache(maxsize=len(PATIENTS))
def record(name) -> Record:
    """Return what is known of a patient, which is examined when it is first asked for."""
    patient = PATIENTS[name]
    names = {}
    exec(f"import numpy as np\nfrom nnlib import datasets\nfrom nnlib.activations import sigmoid\n{patient.program}", names)
    exec(f"{patient.data}rng = np.random.default_rng(0)\nhanded = {', '.join(patient.handed)}", names)
    case = Case(Program(*names["handed"], names["X"], names["y"]), ROUNDS)
    with apart():
        if checks.runs(case)[0]:
            case.trial  # noqa: B018 - before the checks, whose number of draws may turn on the last bit
        checklist = examine_case(case)
        trial = case.trial if checklist["runs"].passed else None
        answers = trial.answers if trial else case.answers
    losses = tuple(trial.losses) if trial else ()
    return Record(checklist, np.ravel(names["y"]).astype(float), np.ravel(answers), losses)
