"""The learning rate: gradient descent on a landscape of two weights, the whole walk drawn anew at every touch."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.landscapes import LANDSCAPES, PLANE, VALLEY, drawn, edge, landscape, walk
from nnlib.explorables.writing import compact, plural, text
from nnlib.optimizers import SGD

RATE_ENDS = (0.001, 3.0)
MAX_STEPS = 100
LOSS_FLOOR = 1e-8  # of its axis; what is less stands there
ARRIVED_SHARE = 1e-6  # of the first loss: below it, a walk has arrived
MAX_STEPS_RATIO = 1.1  # the challenge: at most so many times the steps of the best rate
WANTED_SWINGS = 20  # the other challenge: so many steps, each but the first turning back
CRAWL_FACTOR = 0.99  # a step that leaves more than this of the distance crawls
STATIONARY = 1e-2  # a slope that is smaller counts as none
MAX_TILT = 90  # degrees, to either side
SEARCHED = np.geomspace(*RATE_ENDS, 400)  # the rates that are tried, to know what is possible
FAST, SWING = "arrive in the fewest steps", "oscillate, and stay"
PLAIN_VALLEY = {"landscape": VALLEY, "tilt": 0, "w1": -1.6, "w2": 1.0}
PROGRAM = """\
import numpy as np

from nnlib import SGD

optimizer = SGD(learning_rate={learning_rate!r})
w = np.array([{w1!r}, {w2!r}])
for _ in range({steps}):
    before = w.copy()
    optimizer.step(w, {gradient})
    if abs(w).max() > {end:g}:  # it would leave the landscape
        w = before
        break
loss = {loss}
print(f"w = ({{w[0]:.9f}}, {{w[1]:.9f}})")
print(f"loss: {{loss:.9f}}")
"""


class LearningRate(Explorable):
    name = "learning_rate"
    title = "The learning rate"
    controls = (
        number("learning_rate", "learning rate η", 0.05, *RATE_ENDS, 0.001, scale="log"),
        number("steps", "steps", 40, 1, MAX_STEPS, 1),
        choice("landscape", "landscape", tuple(LANDSCAPES), default=VALLEY),
        number("tilt", "tilt of the valley, in degrees", 0, -MAX_TILT, MAX_TILT, 5),
        number("w1", "start w₁", -1.6, *PLANE, 0.05),
        number("w2", "start w₂", 1.0, *PLANE, 0.05),
        choice("task", "task", (FAST, SWING)),
    )
    presets = {
        "crawl": {**PLAIN_VALLEY, "learning_rate": 0.005, "steps": 40},
        "converge": {**PLAIN_VALLEY, "learning_rate": 0.1, "steps": 60},
        "oscillate": {**PLAIN_VALLEY, "learning_rate": 0.185, "steps": 20},
        "diverge": {**PLAIN_VALLEY, "learning_rate": 0.21, "steps": 40},
        "a tilted valley": {**PLAIN_VALLEY, "tilt": 30, "learning_rate": 0.1, "steps": 40, "w1": -1.6, "w2": 0.5},
        "a bowl": {"landscape": "round bowl", "learning_rate": 0.2},
        "a saddle": {"landscape": "saddle", "learning_rate": 0.1, "w1": -1.2, "w2": 1.15},
        "the wrong basin": {"landscape": "two basins", "learning_rate": 0.1, "w1": 1.6, "w2": 1.0},
    }

    def picture(self, settings, state):
        path, out = walk_of(settings)
        ground = ground_of(settings)
        losses = ground.loss(path.T)
        field, scale, contours = drawn(settings["landscape"], settings["tilt"])
        lines = [panels.line(contours, "contour"), *_directions(settings), panels.line(path, "points", "the walk")]
        if out is not None:
            lines.append(panels.line([path[-1], edge(path[-1], out)], "arrow", "the step that leaves"))
        start = panels.handle("probe", "starting point", path[0], {"w1": (1, 0, 0), "w2": (0, 1, 0)})
        curve = np.column_stack([np.arange(len(path)), np.maximum(losses, LOSS_FLOOR)])
        title = f"L = {ground.formula}, from the starting point downhill"
        return [
            panels.plane("plane", title, ("w₁", *PLANE), ("w₂", *PLANE), field=field, scale=scale, lines=lines,
                         handles=[start]),
            panels.series("loss", "The loss after each step", ("step", 0, max(10, settings["steps"])),
                          ("L", LOSS_FLOOR, 100, "log"), [("loss", curve)], aspect=1.7),
            self._factors(settings, curvatures(settings, path)),
            panels.equations("equations", "The same in numbers", _equations(settings, path), wide=True),
        ]  # fmt: skip

    def _factors(self, settings, both):
        """Return the panel that says by how much one step multiplies the distance, along either curvature."""
        rate = settings["learning_rate"]
        rates = np.geomspace(*RATE_ENDS, 181)
        lines = [
            panels.line(np.column_stack([rates, abs(1 - rates * curvature).clip(0, 3)]), "curve", f"λ = {text(curvature)}")
            for curvature in both
        ]
        lines += [panels.line([[RATE_ENDS[0], 1], [RATE_ENDS[1], 1]], "level", "neither shrinks nor grows")]
        threshold = 2 / both[1]
        if RATE_ENDS[0] < threshold < RATE_ENDS[1]:
            lines += [panels.line([[threshold, 0], [threshold, 1]], "guide", "the threshold 2/λ")]
        at = (rate, min(2.0, abs(1 - rate * both).max()))
        return panels.series("factors", "What a step leaves of a distance: |1−ηλ|", ("learning rate η", *RATE_ENDS, "log"),
                             ("factor", 0, 2), lines, aspect=1.7,
                             handles=[panels.handle("rate", "learning rate", at, {"learning_rate": (1, 0, 0)})])  # fmt: skip

    def describe(self, settings, state):
        path, out = walk_of(settings)
        losses = ground_of(settings).loss(path.T)
        steps = plural(len(path) - 1, "step")
        return (
            f"With a learning rate of {settings['learning_rate']:.3g}, {steps} take the loss from {compact(losses[0])} to "
            f"{compact(losses[-1])}: the walk {_fate(settings, path, out)}."
        )

    def challenge(self, settings, state):
        start = ground_of(settings).loss(np.array([settings["w1"], settings["w2"]]))
        if start < LOSS_FLOOR:
            return "You start at the bottom, where no rate has anything to do: drag the starting point elsewhere.", False
        if settings["task"] == SWING:
            task = (
                f"Make each of the first {WANTED_SWINGS} steps turn back against the one before it, the last at least a tenth "
                "as long as the first and no longer than it, without leaving the landscape."
            )
            if not swings(settings, SEARCHED).any():
                return f"{task} From here no rate does that: drag the starting point, or turn the valley.", False
            return task, bool(swings(settings, [settings["learning_rate"]])[0])
        mine, best = steps_to_arrive(settings, [settings["learning_rate"]])[0], race(settings)
        now = f"now it takes {mine}" if mine <= MAX_STEPS else f"now {MAX_STEPS} are not enough"
        task = (
            f"Bring the loss below a millionth of where it starts, with at most a tenth more steps than the best rate; {now}."
        )
        if best > MAX_STEPS:
            return "From here no rate arrives: drag the starting point elsewhere.", False
        return task, bool(mine <= MAX_STEPS_RATIO * best)

    def code(self, settings, steps):
        program = ground_of(settings).program
        numbers = {name: settings[name] for name in ("learning_rate", "w1", "w2")}
        return PROGRAM.format(**numbers, steps=round(settings["steps"]), gradient=program[0], loss=program[1], end=PLANE[1])


def ground_of(settings):
    """Return the landscape that the settings choose, turned as they say."""
    return landscape(settings["landscape"], settings["tilt"])


def walk_of(settings):
    """Return the places of the walk, and where the step that leaves leads, or None; see `landscapes.walk`."""
    start = settings["w1"], settings["w2"]
    return walk(ground_of(settings), start, SGD(settings["learning_rate"]), round(settings["steps"]))


def _walks(settings, rates, steps):
    """Yield the places after each step of many walks, one a rate: (2, rates), NaN for a walk that has left."""
    ground, rates = ground_of(settings), np.asarray(rates)
    w = np.outer([settings["w1"], settings["w2"]], np.ones(len(rates)))
    yield w
    for _ in range(steps):
        w = w - rates * ground.gradient(w)
        w[:, abs(w).max(axis=0) > PLANE[1]] = np.nan
        yield w


def steps_to_arrive(settings, rates):
    """Return for each rate after how many steps the loss is below a millionth of the first; more than MAX_STEPS if never."""
    losses = np.array([ground_of(settings).loss(w) for w in _walks(settings, rates, MAX_STEPS)])
    arrived = losses < ARRIVED_SHARE * losses[0]  # never where a walk has left: NaN is not below anything
    return np.where(arrived.any(axis=0), arrived.argmax(axis=0), MAX_STEPS + 1)


def race(settings):
    """Return the fewest steps that any of many rates needs."""
    return steps_to_arrive(settings, SEARCHED).min()


def swings(settings, rates):
    """Return for each rate whether its walk turns back at every step, and neither dies out nor grows."""
    steps = np.diff(np.array(list(_walks(settings, rates, WANTED_SWINGS))), axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    turns = (steps[1:] * steps[:-1]).sum(axis=1) < 0
    last = lengths[-1] / lengths[0].clip(LOSS_FLOOR)
    return turns.all(axis=0) & (last >= 0.1) & (last <= 1 + 1e-9)


def curvatures(settings, path):
    """Return the least and the greatest curvature, λ, of the landscape where the walk ends."""
    return np.linalg.eigvalsh(ground_of(settings).hessian(path[-1]))


def _directions(settings):
    """Return the lines through the bottom along which a quadratic landscape is a plain parabola; a bowl has no such two."""
    ground = ground_of(settings)
    if not ground.quadratic:
        return []
    found, vectors = np.linalg.eigh(ground.hessian(None))
    if found[0] == found[1]:
        return []
    ends = vectors * PLANE[1] / abs(vectors).max(axis=0)
    return [
        panels.line([-end, end], "level", f"{name}, λ = {text(curvature)}")
        for name, curvature, end in zip(("flattest", "steepest"), found, ends.T, strict=True)
    ]


def _fate(settings, path, out):
    ground = ground_of(settings)
    losses, slope = ground.loss(path.T), abs(ground.gradient(path[-1])).max()
    if out is not None:
        return "then leaves the landscape, and is stopped there"
    low, high = curvatures(settings, path)
    if slope < STATIONARY and low < -STATIONARY:
        return "stands still at a saddle, which is stationary but not a minimum"
    if losses[0] < LOSS_FLOOR:
        return "starts at the bottom, and stays"
    if losses[-1] < ARRIVED_SHARE * losses[0]:
        return "has arrived"
    if slope < STATIONARY and losses[-1] > 0.1:
        return "has settled in a basin that is not the lowest"
    steps = np.diff(path, axis=0)
    turns = (steps[1:] * steps[:-1]).sum(axis=1) < 0
    if turns.sum() > len(turns) / 2:
        return "is swinging from side to side"
    kept = abs(1 - settings["learning_rate"] * np.array([low, high]))
    return "is crawling" if CRAWL_FACTOR < kept.max() < 1 else "is still on its way"


def _equations(settings, path):
    ground, rate = ground_of(settings), settings["learning_rate"]
    g1, g2 = ground.gradient(path[0])
    low, high = curvatures(settings, path)
    where = "everywhere" if ground.quadratic else "where the walk ends"
    side = "below it, so the walk stays" if rate < 2 / high else "not below it, so the walk can't settle"
    lines = [
        f"at the start ∇L = ({text(g1)}, {text(g2)}), and the first step is −η∇L = ({text(-rate * g1)}, {text(-rate * g2)})",
        f"curvatures {where}: λ = {text(low)} and {text(high)};  a step leaves |1 − ηλ| = {text(abs(1 - rate * low))} and "
        f"{text(abs(1 - rate * high))} of a distance",
        f"threshold 2/λ = {text(2 / high, 3)};  η = {text(rate, 3)} is {side}",
    ]
    if low > 1e-2:
        return [*lines, f"the best rate for both curvatures: 2/({text(low)} + {text(high)}) = {text(2 / (low + high), 3)}"]
    flat = "a negative curvature: along it every walk moves away" if low < -1e-2 else "a flat direction: along it nothing moves"
    return [*lines, f"λ = {text(low)} is {flat}"]
