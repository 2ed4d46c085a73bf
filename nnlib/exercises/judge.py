"""The judge of answers: it tries an answer, compares each result with the right one, and names the mistake that it finds."""

import contextlib
import copy
import io
import warnings
from dataclasses import dataclass, field

from nnlib.exercises import faults, limit
from nnlib.exercises.values import same


@dataclass(frozen=True)
class Verdict:
    """The judge's word: the fault, or None where every try came out right; how many tries; and a remark."""

    fault: faults.Fault | None
    tries: int
    remark: str = ""


@dataclass
class Outcome:
    """What came of trying an answer: its results, the error that ended the tries, and which arguments were changed."""

    results: list = field(default_factory=list)
    error: BaseException | None = None
    changed: tuple[int, list] | None = None  # a try, and the places of its arguments

    def like(self, other, close) -> bool:
        """Say whether another outcome is the same, the error included."""
        return same(self.results, other.results, close) and repr(self.error) == repr(other.error)


def judge(exercise, answer) -> Verdict:
    """Try `answer` and say what is wrong with it, if anything is. An interrupt ends it; nothing else that it does."""
    cases = exercise.cases
    fault = faults.nothing(exercise) if answer is None or answer is ... else None
    if not fault and callable(exercise.right):
        fault = faults.not_asked_for(exercise, answer)
    if fault:
        return Verdict(fault, len(cases))
    printed = io.StringIO()
    outcome = _try(exercise, answer, cases, printed)
    if outcome.error:
        fault = _known(exercise, answer, outcome) or _ended(exercise, answer, outcome, cases)
        return Verdict(fault, len(cases))
    wanted = exercise.wanted
    bad = [i for i, pair in enumerate(zip(outcome.results, wanted, strict=True)) if not same(*pair, exercise.close)]
    if bad:
        return Verdict(_wrong(exercise, answer, outcome, bad, printed.getvalue()), len(cases))
    fault = _broken_rule(exercise, answer, outcome.results) or _changed(exercise, outcome)
    quiet = not printed.getvalue()
    return Verdict(fault, len(cases), "" if quiet else " It also prints, which its caller did not ask for.")


def _try(exercise, answer, cases, printed) -> Outcome:
    """Return what comes of an answer, tried until an error or the time ends it."""
    outcome = Outcome()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what NumPy warns of shows in the result, and is judged there
        try:
            with limit.limit(limit.SECONDS):
                for number, arguments in enumerate(cases):
                    given = copy.deepcopy(arguments)
                    result = exercise.result(answer, given)
                    outcome.results.append(_kept(result))
                    changed = [i for i, pair in enumerate(zip(given, arguments, strict=True)) if not same(*pair)]
                    if changed and not outcome.changed:
                        outcome.changed = number, changed
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever a learner's code raises is an answer to be judged
            outcome.error = error
    return outcome


def _kept(result):
    """Return a result as it is now: an answer may hand out one array again and again, and change it."""
    try:
        return copy.deepcopy(result)
    except Exception:  # a generator, for one: it is no right answer, and is named as what it is
        return result


def _ended(exercise, answer, outcome, cases):
    arguments = cases[min(len(outcome.results), len(cases) - 1)]
    if isinstance(outcome.error, limit.TooLong):
        return faults.endless(exercise, answer, outcome.error, arguments, limit.SECONDS)
    return faults.raised(exercise, answer, outcome.error, arguments)


def _wrong(exercise, answer, outcome, bad, printed):
    """Return the fault of results of which some, those with the numbers `bad`, are wrong."""
    cases, results, wanted = exercise.cases, outcome.results, exercise.wanted
    first = bad[0]
    lost = faults.missing(exercise, answer, cases, results, printed)
    if lost and lost.name != "returns nothing in some tries":
        return lost
    return (
        _known(exercise, answer, outcome)
        or lost
        or _changed(exercise, outcome)
        or faults.odd(exercise, cases[first], results[first], wanted[first])
        or faults.differs(exercise, cases, bad, results, wanted)
    )


def _changed(exercise, outcome):
    if not outcome.changed:
        return None
    number, places = outcome.changed
    return faults.changes(exercise, exercise.cases[number], places)


def _known(exercise, answer, outcome):
    """Return the fault of the first known wrong answer that `answer` behaves like, or None."""
    for wrong in exercise.wrong:
        if wrong.when:
            found = not outcome.error and _holds(wrong, answer, outcome.results)
        else:
            found = any(_behaves(exercise, outcome, exercise.mistaken(wrong, change)) for change in wrong.changes)
        if found:
            return faults.Fault(wrong.name, wrong.hints)
    return None


def _behaves(exercise, outcome, source) -> bool:
    """Say whether an outcome is that of the program `source`."""
    if source not in exercise.outcomes:
        exercise.outcomes[source] = _try(exercise, exercise.defined_by(source), exercise.cases, io.StringIO())
    return outcome.like(exercise.outcomes[source], exercise.close)


def _broken_rule(exercise, answer, results):
    """Return the fault of an answer that is right by a way that the question rules out, or None."""
    for wrong in exercise.wrong:
        if wrong.always and _holds(wrong, answer, results):
            return faults.Fault(wrong.name, wrong.hints)
    return None


def _holds(wrong, answer, results) -> bool:
    try:
        return bool(wrong.when(answer, results))
    except Exception:  # what it looks at is a learner's, and may be anything: then it is not this mistake
        return False
