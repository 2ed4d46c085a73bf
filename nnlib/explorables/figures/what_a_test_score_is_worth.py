"""What a test score is worth: how the scores of many test sets spread, and how good the luckiest of equal models looks."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.writing import percent, plural, text

MOST_SAMPLES, MOST_MODELS = 10_000, 100
BEST_ACCURACY = 0.999  # of the rival, at most
FIRST_SETS, MOST_SETS = 20, 1000  # test sets that are drawn when the figure opens, and at most
SHOWN_SETS = 20  # whose intervals are drawn
WITHIN = 1.96  # standard errors, to either side: 95 % of a bell curve
REACHES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)  # of the axis of the scores, to either side of p
TOPS = (0.2, 0.3, 0.5, 1.0)  # of the axis of shares
WANTED_SHARE, NEARLY = 0.95, 0.95  # a challenge: so many test sets are right, and with so much of n too few are
WANTED_LUCK = 0.02  # the other challenge: the luckiest looks so much better
APART, LUCK = "find the better one", "luck that looks like skill"
PROGRAM = """\
import numpy as np

n, models = {samples}, {models}


def chances(p):  # of each number of right answers, 0 ... n
    j = np.arange(n)
    return np.exp(np.append(0, np.cumsum(np.log((n - j) / (j + 1) * p / (1 - p)))) + n * np.log(1 - p))


scores = np.random.default_rng({draw}).binomial(n, {p!r}, size={sets}) / n
print(f"standard error: {{np.sqrt({p!r} * (1 - {p!r}) / n):.9f}}")
print(f"the last score: {{scores[-1]:.9f}}")
at_most = chances({p!r}).cumsum()
print(f"the best of {{models}}: {{1 - (at_most[:-1] ** models).sum() / n:.9f}}")
print(f"the rival scores higher, in percent: {{100 * (chances({q!r})[1:] * at_most[:-1]).sum():.1f}}")
"""


class WhatATestScoreIsWorth(Explorable):
    name = "what_a_test_score_is_worth"
    title = "What a test score is worth"
    trains = True
    pace = 80
    controls = (
        number("accuracy", "true accuracy p", 0.9, 0.5, 0.98, 0.01),
        number("samples", "test samples n", 500, 10, MOST_SAMPLES, 1, scale="log"),
        number("models", "equal models k", 20, 1, MOST_MODELS, 1, scale="log"),
        number("lead", "rival’s lead, in points", 1, 0.2, 5, 0.1),
        number("draw", "luck of the draw", 1, 1, 100, 1),
        choice("task", "task", (APART, LUCK)),
    )
    presets = {
        "96% against 97%": {"accuracy": 0.96, "lead": 1, "samples": 500, "task": APART},
        "a tiny test set": {"accuracy": 0.9, "samples": 20},
        "ten thousand samples": {"accuracy": 0.9, "samples": MOST_SAMPLES},
    }

    def start(self, settings):
        return {"sets": FIRST_SETS}  # the draws follow from the settings

    def advance(self, state, settings, steps):
        """Draw more test sets: one at first, later a twentieth of those that are there."""
        sets = state["sets"]
        for _ in range(steps):
            sets = min(MOST_SETS, sets + max(1, sets // 20))
        return {"sets": sets}

    def finished(self, settings, state):
        return state["sets"] == MOST_SETS

    def picture(self, settings, state):
        (p, _, k), error = _numbers(settings), standard_error(settings)
        reach = next((reach for reach in REACHES if reach >= 4 * error), REACHES[-1])
        axis = ("score", max(0.0, p - reach), min(1.0, p + reach))
        best = expected_best(settings, np.arange(1, MOST_MODELS + 1))
        luck = np.column_stack([np.arange(1, MOST_MODELS + 1), best])
        models = panels.handle("models", "equal models", luck[k - 1], {"models": (1, 0, 0)})
        top = next(top for top in (*REACHES, 1.0) if top >= best[-1] - p)
        return [
            _histogram(settings, state, axis),
            _intervals(settings, state, axis),
            panels.series("luck", "The best of k equal models, on average", ("equal models k", 1, MOST_MODELS, "log"),
                          ("score", p, p + top), [panels.line(luck, "curve", "the best score")], handles=[models], aspect=1.0),
            panels.equations("equations", "The same in numbers", _equations(settings, state), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        (p, n, k), drawn = _numbers(settings), scores(settings, state)
        held = int(holds(drawn, p, n).sum())
        best = expected_best(settings, k)
        last = f"around {percent(drawn[-1], 1)}, {'holds' if holds(drawn, p, n)[-1] else 'misses'} it"
        return (
            f"Scores of {plural(n, 'sample')} have a standard error of {points(standard_error(settings))} points; {held} of "
            f"{plural(len(drawn), 'interval')} hold the true {percent(p)}, the last, {last}; "
            f"the best of {plural(k, 'equal model')} scores {percent(best, 1)} on average."
        )

    def challenge(self, settings, state):
        return (self._apart if settings["task"] == APART else self._luck)(settings)

    def _apart(self, settings):
        (p, n, _), q = _numbers(settings), rival(settings)
        task = (
            f"One model is right on {percent(p, 1)} of all samples, its rival on {percent(q, 1)}, each tested on n of its own. "
            f"Find the smallest n, to within a twentieth, with which the rival scores higher in at least "
            f"{100 * WANTED_SHARE:.0f} of 100 tests"
        )
        share = rival_wins(p, q, n)
        if rival_wins(p, q, MOST_SAMPLES) < WANTED_SHARE:
            return f"{task}. Here {MOST_SAMPLES:,} are too few: give the rival a longer lead.", False
        if rival_wins(p, q, 10) >= WANTED_SHARE:
            return f"{task}. Here 10 are enough: give the rival a shorter lead.", False
        done = share >= WANTED_SHARE > rival_wins(p, q, int(NEARLY * n))
        return f"{task}; now it is {text(100 * share, 1)}.", bool(done)

    def _luck(self, settings):
        p, _, k = _numbers(settings)
        before, now, most = expected_best(settings, np.array([max(1, k - 1), k, MOST_MODELS])) - p
        task = (
            f"How many equal models does it take until the luckiest looks {points(WANTED_LUCK, 0)} points better than it is, "
            "on average? Find the smallest number"
        )
        if most < WANTED_LUCK:
            come = f"Here {MOST_MODELS} come to {points(most)} points"
            return f"{task}. {come}: test on fewer samples, or take a smaller p.", False
        return f"{task}; now it looks {points(now)} points better.", bool(now >= WANTED_LUCK > before)

    def code(self, settings, steps):
        p, n, k = _numbers(settings)
        sets = self.advance(self.start(settings), settings, steps)["sets"]
        return PROGRAM.format(p=p, samples=n, models=k, q=rival(settings), draw=round(settings["draw"]), sets=sets)


def _numbers(settings):
    """Return p, n and k."""
    return settings["accuracy"], round(settings["samples"]), round(settings["models"])


def points(share, digits=1):
    """Return a difference of two shares as points of a percent."""
    return text(100 * share, digits)


def standard_error(settings):
    """Return the standard error of a score, √(p(1 − p)/n)."""
    p, n, _ = _numbers(settings)
    return float(np.sqrt(p * (1 - p) / n))


def rival(settings):
    """Return the true accuracy of the rival, a better model."""
    return min(BEST_ACCURACY, round(settings["accuracy"] + settings["lead"] / 100, 6))


def chances(p, n):
    """Return the chance of each number of right answers, 0 … n: the binomial distribution, each out of the one before."""
    j = np.arange(n)
    return np.exp(np.append(0, np.cumsum(np.log((n - j) / (j + 1) * p / (1 - p)))) + n * np.log(1 - p))


@remembered("accuracy", "samples", most=4)
def _chances(settings):
    each = chances(settings["accuracy"], round(settings["samples"]))
    return each, each.cumsum().clip(0, 1)


def expected_best(settings, models):
    """Return the score that the best of so many equal models has on average, their mistakes being independent."""
    _, at_most = _chances(settings)
    n = len(at_most) - 1
    low, high = np.searchsorted(at_most, [1e-15, 1 - 1e-12])  # below it no score lies, and above it hardly any
    rest = at_most[low:high, None] ** np.atleast_1d(models)
    best = (high - rest.sum(axis=0)) / n
    return best if np.ndim(models) else float(best[0])


def rival_wins(p, q, n):
    """Return the chance that a model of accuracy q scores higher than one of accuracy p, on n samples each."""
    return float((chances(q, n)[1:] * chances(p, n).cumsum()[:-1]).sum())


def holds(score, p, n):
    """Return whether the interval score ± 1.96 √(score (1 − score)/n) holds p."""
    return abs(score - p) <= WITHIN * np.sqrt(score * (1 - score) / n) + 1e-12


def scores(settings, state):
    """Return the scores on the test sets drawn so far."""
    return _drawn(settings)[: state["sets"]]


@remembered("accuracy", "samples", "draw")
def _drawn(settings):
    n = round(settings["samples"])
    return np.random.default_rng(round(settings["draw"])).binomial(n, settings["accuracy"], size=MOST_SETS) / n


def _histogram(settings, state, axis):
    """Return the panel with the shares of the scores: drawn, expected, and expected of the best of k."""
    (p, n, k), drawn = _numbers(settings), scores(settings, state)
    each, at_most = _chances(settings)
    error = standard_error(settings)
    wide = max(1, round(n * error / 2))  # so many numbers of right answers share a bar
    first = round(n * p) % wide
    bars = (np.arange(n + 1) - first) // wide + 1
    shares = [np.bincount(bars, weights) for weights in
              (np.bincount(np.rint(drawn * n).astype(int), minlength=n + 1) / len(drawn), each,
               np.diff(at_most**k, prepend=0))]  # fmt: skip
    middle = (first + (np.arange(len(shares[0])) - 1) * wide + (wide - 1) / 2) / n
    near = (middle >= axis[1] - 1e-9) & (middle <= axis[2] + 1e-9)
    half = wide / n / 2
    steps = np.stack([middle[near] - half, middle[near] + half], axis=1).ravel().clip(axis[1], axis[2])
    outline = np.column_stack([steps, shares[0][near].repeat(2)])
    curves = [np.column_stack([middle[near], share[near]]) for share in shares[1:]]
    top = next(top for top in TOPS if top >= min(1.0, max(share.max() for share in shares)))
    lines = [
        panels.line(outline, "curve", f"of {plural(len(drawn), 'test set')}"),
        panels.line(curves[0], "curve", "expected"),
        *([panels.line(curves[1], "curve", f"expected, best of {k}")] if k > 1 else []),
        panels.line([[p - WITHIN * error, top / 2], [p + WITHIN * error, top / 2]], "level", f"p ± {WITHIN} standard errors"),
        panels.line([[p, 0], [p, top]], "guide", "p"),
    ]
    truth = panels.handle("truth", "true accuracy", (p, top / 2), {"accuracy": (1, 0, 0)}, mark="p")
    return panels.series("scores", "The scores of one model on many test sets", axis, ("share of test sets", 0, top), lines,
                         handles=[truth], aspect=2.2, wide=True)  # fmt: skip


def _intervals(settings, state, axis):
    """Return the panel with the intervals around the last scores, and which of them hold p."""
    (p, n, _), drawn = _numbers(settings), scores(settings, state)
    last = drawn[-SHOWN_SETS:]
    numbers = np.arange(len(drawn) - len(last), len(drawn)) + 1.0
    held, reach = holds(last, p, n), WITHIN * np.sqrt(last * (1 - last) / n)
    ends = np.column_stack([last - reach, numbers, last + reach, numbers]).reshape(-1, 2, 2)
    ends[..., 0] = ends[..., 0].clip(axis[1], axis[2])
    lines = [
        panels.line([[p, numbers[0] - 1], [p, numbers[-1] + 1]], "level", "p"),
        panels.line(ends[held], "contour", "holds p"),
        panels.line(ends[~held], "spikes", "misses p"),
    ]
    at = np.column_stack([last.clip(axis[1], axis[2]), numbers])
    return panels.plane("intervals", f"The last {len(last)} scores, each ± {WITHIN} of its standard errors", axis,
                        ("test set", numbers[0] - 1, numbers[-1] + 1), lines=lines,
                        points=panels.dots(at, np.where(held, 1, -1), wrong=~held, marked=len(last) - 1))  # fmt: skip


def _equations(settings, state):
    (p, n, k), q, error = _numbers(settings), rival(settings), standard_error(settings)
    each, _ = _chances(settings)
    drawn = scores(settings, state)
    held = holds(drawn, p, n)
    always = each[holds(np.arange(n + 1) / n, p, n)].sum()
    s = drawn[-1]
    own = np.sqrt(s * (1 - s) / n)
    verdict = "it holds p" if held[-1] else "it misses p"
    between = np.sqrt((p * (1 - p) + q * (1 - q)) / n)
    best = expected_best(settings, k)
    return [
        f"standard error √(p(1 − p)/n) = √({text(p)} · {text(1 - p)} / {n}) = {text(error, 4)}",
        f"the last score {text(s, 4)} ± {WITHIN} · {text(own, 4)} = {text(s - WITHIN * own, 4)} … "
        f"{text(s + WITHIN * own, 4)}: {verdict}",
        f"intervals that hold p: {held.sum()} of {len(held)}, {percent(held.mean(), 1)}; of all test sets {percent(always, 1)}",
        f"the best of {k}, on average: {text(best, 4)}, {points(best - p)} points above p",
        f"a rival, q = {text(q, 4)}: q − p = {text(q - p, 4)}, with the standard error "
        f"√((p(1 − p) + q(1 − q))/n) = {text(between, 4)}",
        f"the rival scores higher in {text(100 * rival_wins(p, q, n), 1)} of 100 tests",
    ]
