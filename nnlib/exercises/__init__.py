"""The book's exercises, checked where you write them: `check(name, answer)` says passed, or gives the next hint.

The hints come in stages: what is wrong, then where, then how to fix it. Asking again with the same mistake gives the
next stage. `hint(name)` asks for one without an answer, and `solution(name)` shows a worked solution.
"""

from dataclasses import dataclass

from nnlib.arrays import choose
from nnlib.exercises import (
    activations,
    atlas,
    backpropagation,
    biology,
    clinic,
    depth,
    digits,
    frameworks,
    generalization,
    gradient_descent,
    layers,
    loss,
    neuron,
    optimizers,
    perceptron,
    playground,
)
from nnlib.exercises.faults import Fault
from nnlib.exercises.judge import judge
from nnlib.wording.printable import printable

CHAPTERS = (
    *(biology, neuron, activations, perceptron),
    *(layers, loss, gradient_descent, backpropagation),
    *(optimizers, depth, generalization, digits, playground),
    *(frameworks, atlas),
    clinic,
)
#: The exercises by their names, such as "neuron-boundary", in the order of the book.
EXERCISES = {exercise.name: exercise for chapter in CHAPTERS for exercise in chapter.EXERCISES}

_hinted = {}  # name of an exercise -> the fault that was last found, and how many of its hints have been given


@dataclass(frozen=True)
class Result:
    """What a check found. It is true where the answer passed."""

    name: str  #: Of the exercise.
    passed: bool  #: Whether every try came out right.
    sentence: str  #: What was found, in words.
    fault: str = ""  #: The name of the mistake.
    stage: int = 0  #: Which of the hints it is, counted from 1.
    stages: int = 0  #: How many hints there are.

    def __bool__(self):
        return self.passed

    def __repr__(self):
        if self.passed:
            return printable(f"✓ {self.name}: {self.sentence}")
        return printable(f"○ {self.name}, hint {self.stage} of {self.stages}: {self.sentence}")


def check(name, answer) -> Result:
    """Try an answer (a function, an array, a number …) to the exercise `name`: it passes, or you get the next hint.

    Raises ValueError where there is no such exercise; whatever the answer itself does wrong becomes a hint.

    Examples
    --------
    >>> check("neuron-boundary", lambda x1, weights, bias: -(weights[0] * x1 + bias) / weights[1])
    ✓ neuron-boundary: passed, all 23 tries.
    """
    exercise = choose(name, EXERCISES, "the name of an exercise")
    verdict = judge(exercise, answer)
    if verdict.fault:
        return _next(exercise, verdict.fault)
    _hinted.pop(name, None)
    tries = f"passed, all {verdict.tries} tries." if verdict.tries > 1 else "passed."
    return Result(name, True, tries + verdict.remark)


def hint(name) -> Result:
    """Return the next hint: about the mistake that the last check found, or, before any check, about how to begin."""
    exercise = choose(name, EXERCISES, "the name of an exercise")
    fault, _ = _hinted.get(name, (Fault("not checked yet", exercise.hints), 0))
    return _next(exercise, fault)


def solution(name):
    """Print a worked solution of the exercise `name`."""
    print(printable(choose(name, EXERCISES, "the name of an exercise").solution.strip()))


def _next(exercise, fault):
    last, stage = _hinted.get(exercise.name, (None, 0))
    stage = min(stage + 1, len(fault.hints)) if last is not None and last.name == fault.name else 1
    _hinted[exercise.name] = fault, stage
    return Result(exercise.name, False, fault.hints[stage - 1], fault.name, stage, len(fault.hints))
