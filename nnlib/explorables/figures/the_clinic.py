"""The clinic: a program that is not shown, checks to be ordered, and a diagnosis to be made with few of them."""

import numpy as np

from nnlib.clinic import NAMES
from nnlib.clinic.learning import LOOK
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, several
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.patients import DIAGNOSES, PATIENTS, ROUNDS, WELL, record
from nnlib.explorables.writing import text

NOT_YET = "I don't know yet"
MOST = 4  # checks that a good doctor orders
SIGNS = {True: "right", False: "wrong", None: ""}


class TheClinic(Explorable):
    name = "the_clinic"
    title = "The clinic"
    controls = (
        choice("patient", "patient", tuple(PATIENTS)),
        several("checks", "checks that you order", NAMES, default=["runs"]),
        choice("diagnosis", "your diagnosis", (NOT_YET, *DIAGNOSES)),
    )

    def picture(self, settings, state):
        known = record(settings["patient"])
        rows = [panels.row([f.name, f.saw, f.means], role=SIGNS[f.passed]) for f in _ordered(settings)]
        number = range(1, len(known.answers) + 1)
        labels = [f"sample {i}, target {_whole(target)}" for i, target in zip(number, known.targets, strict=True)]
        curve = np.column_stack([LOOK * np.arange(len(known.losses)), np.clip(known.losses, 0, 2)])
        return [
            panels.bars("answers", "What its author sees: the answers after training", labels, known.answers, low=-1.0,
                        high=1.0, aspect=1.5),
            panels.series("errors", "And the mean squared error on the way", ("round", 0, ROUNDS), ("error", 0.0, 2.0),
                          [panels.line(curve if len(curve) else np.zeros((0, 2)), "curve")], aspect=1.5),
            panels.table("findings", "What the checks find", ("check", "what it saw", "what that means"), rows, wide=True,
                         prose=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        found = [finding.name for finding in _ordered(settings) if finding.passed is False]
        answers = ", ".join(text(answer) for answer in record(settings["patient"]).answers)
        what = f"a fault is found by {' and '.join(found)}" if found else "no fault is found"
        return f"{settings['patient'].capitalize()} answers {answers}; checks ordered: {len(settings['checks'])}; {what}."

    def challenge(self, settings, state):
        patient = PATIENTS[settings["patient"]]
        said, ordered = settings["diagnosis"], settings["checks"]
        task = f"Say what {settings['patient']} has, with {MOST} checks at the most."
        if said == NOT_YET:
            return task, False
        if said not in patient.faults:
            return f"{task} It is not “{said}”.", False
        shown = [name for name in patient.shown_by if name in ordered]
        if len(shown) < (len(patient.shown_by) if said == WELL else 1):
            return f"{task} Your diagnosis needs a check that shows it.", False
        if len(ordered) > MOST:
            return f"{task} It is right; you have ordered {len(ordered)}.", False
        return f"It is “{said}”, and {', '.join(shown)} shows it.", True


def _ordered(settings):
    """Return the findings of the checks that are ordered, as far as the patient could be checked."""
    return [finding for finding in record(settings["patient"]).checklist if finding.name in settings["checks"]]


def _whole(number) -> str:
    return f"{number:g}".replace("-", "−")
