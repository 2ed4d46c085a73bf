"""Schedules of the learning rate: one to draw, and fifty noisy runs that follow it, anew at every touch."""

from functools import lru_cache

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.models.landscapes import PLANE_CELLS, relief
from nnlib.explorables.writing import literal, plural, text
from nnlib.optimizers import SGD, constant, cosine, step_decay, warm_up

STEPS = 200
RUNS = 50
NOISE = 0.3  # the standard deviation of each slope, as of a mini-batch's
PLANE = (-2.5, 2.5)  # both weights; who leaves it is out
START = (-1.8, 1.8)
CURVATURES = np.array([0.1, 1.0])  # at the bottom; farther up, w₂ has more
RATE_ENDS = (0.01, 0.8)
LOSS_ENDS = (1e-4, 10.0)  # of its axis; what is less or more stands there
LAST = 20  # steps, over whose losses the tasks take the mean
QUIET_LOSS = 0.004  # the tasks: the mean is below that,
BOLD_RATE = 0.6  # and in the other the rate has been as high as that
CONSTANT, STEP_DECAY, COSINE, WARM_UP = "constant", "step decay", "cosine", "warm-up, then cosine"
QUIET, BOLD = "a quiet end", "a bold rate, and a quiet end"
# Each schedule as an expression of the steps taken so far, and as people write it.
PROGRAMS = {
    CONSTANT: "constant(step, {learning_rate})",
    STEP_DECAY: "step_decay(step, {learning_rate}, every={every}, factor={factor})",
    COSINE: "cosine(step, {learning_rate}, steps={steps})",
    WARM_UP: "warm_up(step, cosine(step, {learning_rate}, steps={steps}), steps={warm_up})",
}
PROGRAM = """\
import numpy as np

from nnlib.optimizers import SGD, constant, cosine, step_decay, warm_up

optimizer = SGD(lambda step: {schedule})
noise = np.random.default_rng(0).normal(0, {noise}, ({steps}, 2, {runs}))
w, losses = np.tile([[{w1}], [{w2}]], {runs}), []
for step in range({steps}):
    optimizer.step(w, np.array([0.1 * w[0], w[1] + w[1]**3]) + noise[step])
    w[:, abs(w).max(axis=0) > {end}] = np.nan  # it has left the landscape
    losses.append(0.05 * w[0]**2 + w[1]**2 / 2 + w[1]**4 / 4)
there = ~np.isnan(w[0])
print(f"runs inside the landscape: {{there.sum()}}")
if there.any():
    print(f"mean loss of their last steps: {{np.mean(losses[-{last}:], axis=0)[there].mean():.9f}}")
"""


def loss(w):
    """Return the loss, (…), at weights (2, …): a long valley whose walls grow steeper the higher they are."""
    return 0.05 * w[0] ** 2 + w[1] ** 2 / 2 + w[1] ** 4 / 4


def gradient(w):
    """Return the slopes of the loss, (2, …)."""
    return np.array([0.1 * w[0], w[1] + w[1] * w[1] * w[1]])


@lru_cache(maxsize=1)
def drawn():
    """Return the field, the scale and the contours of the landscape, for `panels.plane`."""
    heights = loss(panels.grid(PLANE, PLANE, PLANE_CELLS).T)
    return relief(heights.reshape(PLANE_CELLS, PLANE_CELLS), PLANE, PLANE)


class Schedules(Explorable):
    name = "schedules"
    title = "Schedules of the learning rate"
    controls = (
        choice("schedule", "schedule", tuple(PROGRAMS), default=STEP_DECAY),
        number("learning_rate", "learning rate η", 0.2, *RATE_ENDS, 0.01, scale="log"),
        number("every", "steps between drops", 100, 5, STEPS, 5),
        number("factor", "each drop multiplies by", 0.3, 0.05, 0.95, 0.05),
        number("warm_up", "steps of warm-up", 1, 1, 100, 1),
        number("shown", "run that is drawn", 1, 1, RUNS, 1),
        choice("task", "task", (QUIET, BOLD)),
    )
    presets = {
        "a small constant rate": {"schedule": CONSTANT, "learning_rate": 0.02},
        "a large constant rate": {"schedule": CONSTANT, "learning_rate": 0.4},
        "in steps": {"schedule": STEP_DECAY, "learning_rate": 0.2, "every": 60, "factor": 0.3},
        "cosine": {"schedule": COSINE, "learning_rate": 0.2},
        "warm-up": {"schedule": WARM_UP, "learning_rate": 0.2, "warm_up": 20},
    }

    def picture(self, settings, state):
        rates, (places, losses) = rates_of(settings), runs_of(settings)
        shown = round(settings["shown"]) - 1
        walk, its_loss = _inside(places[:, :, shown]), _inside(losses[:, shown])
        mean = mean_loss(losses)
        field, scale, contours = drawn()
        there = places[-1][:, ~np.isnan(places[-1][0])].T
        lines = [panels.line(contours, "contour"), panels.line(walk, "trail", "one run")]
        steps = np.arange(STEPS + 1)
        curves = [
            panels.line(_curve(steps[: len(its_loss)], its_loss), "curve", "one run", color=2),
            panels.line(_curve(steps[: len(mean)], mean), "curve", f"mean of {RUNS} runs", color=0),
            panels.line(_curve(steps[:-1], floor(rates)), "curve", "the floor of the current rate", color=1),
        ]
        return [
            panels.series("rate", "The learning rate", ("step", 0, STEPS), ("η", 0, RATE_ENDS[1]),
                          [panels.line(np.column_stack([steps[:-1], rates]), "curve", "η")],
                          handles=_handles(settings, rates), aspect=2.8, wide=True),
            panels.series("loss", "What it does to the loss", ("step", 0, STEPS), ("L", *LOSS_ENDS, "log"), curves, aspect=1.9,
                          wide=True),
            panels.plane("plane", "One run, and where all runs end", ("w₁", *PLANE), ("w₂", *PLANE), field=field, scale=scale,
                         lines=lines, points=panels.dots(there, np.ones(len(there)))),
            panels.equations("equations", "The same in numbers", _equations(settings, rates, losses)),
        ]  # fmt: skip

    def describe(self, settings, state):
        rates, losses = rates_of(settings), runs_of(settings)[1]
        left, end = gone(losses), ending(losses)
        way = f"The rate goes from {text(rates[0], 3)} to {text(rates[-1], 3)}"
        if settings["schedule"] == CONSTANT:
            way = f"The rate is {text(rates[0], 3)} at every step"
        if end is None:
            return f"{way}: all {RUNS} runs leave the landscape."
        but = f", and {plural(left, 'run')} of {RUNS} left the landscape" if left else ""
        return f"{way}: over the last {LAST} steps the mean loss is {text(end, 4)}{but}."

    def challenge(self, settings, state):
        bold = settings["task"] == BOLD
        task = f"Without losing a run, end with a mean loss below {QUIET_LOSS:g} over the last {LAST} steps"
        if bold:
            task = f"{task}, with a rate that has been {BOLD_RATE:g} or more"
        losses = runs_of(settings)[1]
        lost, end = gone(losses), ending(losses)
        if settings["schedule"] == CONSTANT:
            return f"{task}: no constant rate does that, the best ends at {text(best_constant(), 4)}.", False
        if bold and settings["schedule"] != WARM_UP:
            return f"{task}: with this schedule, the first step would be as long, and runs leave the landscape.", False
        now = f"{lost} of {RUNS} runs have left" if lost else f"now it is {text(end, 4)}"
        done = not lost and end < QUIET_LOSS and (not bold or rates_of(settings).max() >= BOLD_RATE)
        return f"{task}; {now}.", bool(done)

    def code(self, settings, steps):
        return PROGRAM.format(schedule=_written(settings), noise=NOISE, steps=STEPS, runs=RUNS, w1=START[0], w2=START[1],
                              end=PLANE[1], last=LAST)  # fmt: skip


def schedule_of(settings):
    """Return the schedule that the settings choose: a function of the steps taken so far."""
    rate, every, warm = settings["learning_rate"], round(settings["every"]), round(settings["warm_up"])
    return {
        CONSTANT: lambda step: constant(step, rate),
        STEP_DECAY: lambda step: step_decay(step, rate, every=every, factor=settings["factor"]),
        COSINE: lambda step: cosine(step, rate, steps=STEPS),
        WARM_UP: lambda step: warm_up(step, cosine(step, rate, steps=STEPS), steps=warm),
    }[settings["schedule"]]


def rates_of(settings):
    """Return the rate of each step, (STEPS,)."""
    return np.array([schedule_of(settings)(step) for step in range(STEPS)])


@lru_cache(maxsize=1)
def noise():
    """Return what each mini-batch adds to the slopes, the same for every schedule: (STEPS, 2, RUNS)."""
    return np.random.default_rng(0).normal(0, NOISE, (STEPS, 2, RUNS))


def run(optimizer, scales=(1.0,)):
    """Let all runs take their steps, once for each scale, until they leave: places and losses, NaN from there on.

    An optimizer that moves w/s by the slopes in w moves w as one with s times its learning rate. Shapes
    (STEPS + 1, 2, scales, RUNS), without the 2 for the losses.
    """
    scales = np.asarray(scales)[:, None]
    scaled = np.multiply.outer(START, np.ones((len(scales), RUNS)) / scales)
    places = np.empty((STEPS + 1, *scaled.shape))
    places[0] = scaled * scales
    for step in range(STEPS):
        optimizer.step(scaled, gradient(places[step]) + noise()[step, :, None])
        np.multiply(scaled, scales, out=places[step + 1])
        left = abs(places[step + 1]).max(axis=0) > PLANE[1]
        if left.any():
            places[step + 1][:, left] = scaled[:, left] = np.nan
    return places, loss(np.moveaxis(places, 0, 1))


@remembered("schedule", "learning_rate", "every", "factor", "warm_up", most=4)
def runs_of(settings):
    """Return the places of all runs, (STEPS + 1, 2, RUNS), and their losses, (STEPS + 1, RUNS): NaN once they have left."""
    places, losses = run(SGD(schedule_of(settings)))
    return places[:, :, 0], losses[:, 0]


@lru_cache(maxsize=1)
def best_constant():
    """Return the least mean loss that a constant rate ends with, of many rates."""
    rates = np.geomspace(*RATE_ENDS, 30)
    losses = run(SGD(1), rates)[1]
    return np.nanmin(losses[-LAST:].mean(axis=(0, 2)))


def mean_loss(losses):
    """Return the mean loss of the runs that are there after each step, as long as there are any."""
    there = ~np.isnan(losses)
    some = there.any(axis=1)
    return np.where(there, losses, 0)[some].sum(axis=1) / there[some].sum(axis=1)


def gone(losses):
    """Return how many runs have left the landscape."""
    return int(np.isnan(losses[-1]).sum())


def ending(losses):
    """Return the mean loss over the last steps, of the runs that are there; None where none is."""
    there = losses[-LAST:, ~np.isnan(losses[-1])]
    return float(there.mean()) if there.size else None


def floor(rates):
    """Return the mean loss at which a constant rate would settle in a bowl of these curvatures: Σ η q² / (2 (2 − ηλ)).

    A step w ← w − η (λw + noise) makes the variance v of w (1 − ηλ)² v + η²q², which stays where v = ηq² / (λ(2 − ηλ)); the
    loss is the mean of λw²/2.
    """
    return (rates[:, None] * NOISE**2 / (2 * (2 - rates[:, None] * CURVATURES))).sum(axis=1)


def _inside(values):
    """Return the rows of a run until it leaves."""
    there = ~np.isnan(values.reshape(len(values), -1)[:, 0])
    return values[there]


def _curve(steps, losses):
    return np.column_stack([steps, losses.clip(*LOSS_ENDS)])


def _handles(settings, rates):
    """Return what is dragged on the curve: where the rate is highest, and the first drop."""
    rate, every, warm = settings["learning_rate"], round(settings["every"]), round(settings["warm_up"])
    if settings["schedule"] == WARM_UP:
        at = warm - 1, rates[warm - 1]
        return [panels.handle("rate", "end of the warm-up", at, {"learning_rate": (0, rate / at[1], 0), "warm_up": (1, 0, 1)})]
    handles = [panels.handle("rate", "learning rate", (0, rate), {"learning_rate": (0, 1, 0)})]
    if settings["schedule"] == STEP_DECAY and every < STEPS:
        at = every, rates[every]
        handles.append(panels.handle("drop", "the first drop", at, {"every": (1, 0, 0), "factor": (0, 1 / rate, 0)}))
    return handles


def _written(settings):
    numbers = {name: literal(settings[name]) for name in ("learning_rate", "factor")}
    return PROGRAMS[settings["schedule"]].format(
        **numbers, every=round(settings["every"]), warm_up=round(settings["warm_up"]), steps=STEPS
    )


def _equations(settings, rates, losses):
    end, bottom = ending(losses), floor(rates[-LAST:]).mean()
    places = (0, STEPS // 4, STEPS // 2, 3 * STEPS // 4, STEPS - 1)
    return [
        f"η = {_written(settings)}",
        "  " + ",  ".join(f"{text(rates[step], 3)} at step {step}" for step in places),
        f"mean loss of the last {LAST} steps: " + ("no run is left" if end is None else text(end, 4)),
        f"the floor of their rates, Σ ηq²/(2(2 − ηλ)): {text(bottom, 4)}",
        f"  λ = {CURVATURES[0]:g} and {CURVATURES[1]:g} at the bottom; as in mini-batches, each slope has noise, q = {NOISE:g}",
    ]
