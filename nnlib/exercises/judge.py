"""The judge of answers: it tries an answer, compares each result with the right one, and names the mistake that it finds."""

import contextlib
import copy
import io
from dataclasses import dataclass

import numpy as np

from nnlib.exercises import faults
from nnlib.exercises.values import same

TRIES = 20  # with random inputs


@dataclass(frozen=True)
class Verdict:
    """The judge's word: the fault, or None where every try came out right; how many tries; and a remark."""

    fault: faults.Fault | None
    tries: int
    remark: str = ""


def judge(exercise, answer) -> Verdict:
    """Try `answer` and say what is wrong with it, if anything is."""
    cases = list(_cases(exercise))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        results, fault = _try(exercise, answer, cases)
    if fault:
        return Verdict(fault, len(cases))
    wanted = _results(exercise, exercise.right, cases)
    bad = [i for i, pair in enumerate(zip(results, wanted, strict=True)) if not same(*pair)]
    if not bad:
        quiet = not printed.getvalue()
        return Verdict(None, len(cases), "" if quiet else " It also prints, which whoever calls it did not ask for.")
    first = bad[0]
    fault = (
        faults.missing(exercise, results[first], printed.getvalue())
        or _known(exercise, answer, cases, results)
        or faults.odd(exercise, results[first], wanted[first])
        or faults.differs(exercise, cases, bad, results, wanted)
    )
    return Verdict(fault, len(cases))


def _cases(exercise):
    yield from exercise.inputs
    if exercise.random:
        rng = np.random.default_rng(0)  # the same answer gets the same verdict
        yield from (exercise.random(rng) for _ in range(TRIES))


def _try(exercise, answer, cases):
    """Return the results of an answer, and the fault that ended the tries, if one did."""
    if answer is None or answer is ...:
        return [], faults.nothing(exercise)
    if exercise.is_function and not callable(answer):
        return [], faults.no_function(exercise, answer)
    results = []
    for arguments in cases:
        given = copy.deepcopy(arguments)
        try:
            results.append(_result(exercise, answer, given))
        except (Exception, SystemExit) as error:  # whatever a learner's code raises is an answer to be judged
            return results, faults.raised(exercise, error, arguments)
        if not same(given, arguments):
            return results, faults.mutates(exercise, arguments)
    return results, None


def _results(exercise, answer, cases):
    return [_result(exercise, answer, copy.deepcopy(arguments)) for arguments in cases]


def _result(exercise, answer, arguments):
    if exercise.use:
        return exercise.use(answer, *arguments)
    return answer(*arguments) if exercise.is_function else answer


def _known(exercise, answer, cases, results):
    """Return the fault of the first known wrong answer that `answer` behaves like, or None."""
    for wrong in exercise.wrong:
        if wrong.when:
            found = wrong.when(answer, results)
        else:
            found = same(results, _results(exercise, exercise.defined_by(exercise.mistaken(wrong)), cases))
        if found:
            return faults.Fault(wrong.name, wrong.hints)
    return None
