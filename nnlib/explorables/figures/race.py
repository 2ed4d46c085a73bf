"""The race: five optimizers on one landscape, from one place, each with its trail; all of it is drawn anew at every touch."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number, several
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.models.landscapes import LANDSCAPES, PLANE, RAVINE, drawn, edge, landscape
from nnlib.explorables.writing import compact, literal, plural, text
from nnlib.optimizers import SGD, Adam, RMSProp

RATE_ENDS = (0.001, 1.0)
MAX_STEPS = 200
AXIS_STEPS = (50, 100, MAX_STEPS)  # the ends of the axis of steps, the later the more have been taken
LOSS_FLOOR = 1e-8  # of its axis; what is less stands there
ARRIVED_SHARE = 1e-6  # of the first loss: from where it stays below that, a walk has arrived
MAX_TILT = 90  # degrees, to either side
LEAST_TILT = 15  # degrees, off either axis: the tasks are for a tilted ravine
LEAD = 2  # one task: momentum is so many times as quick as the best plain steps
HORIZON = 140  # the other: so many steps, in which all of these arrive
SEARCHED = np.geomspace(*RATE_ENDS, 80)  # the rates that are tried, to know what is possible
SEARCHED_MOMENTA = (0.3, 0.45, 0.6)
PLAIN, MOMENTUM, NESTEROV, RMSPROP, ADAM = NAMES = ("plain steps", "momentum", "Nesterov", "RMSProp", "Adam")
AHEAD, FOUR = "momentum far ahead", "four arrive"
FROM_THE_SIDE = {"w1": -1.6, "w2": 0.5}
PROGRAM = """\
import numpy as np

from nnlib import SGD, Adam, RMSProp

optimizers = {{
{optimizers}
}}
for name, optimizer in optimizers.items():
    w = np.array([{w1!r}, {w2!r}])
    for _ in range({steps}):
        before = w.copy()
        optimizer.step(w, {gradient})
        if abs(w).max() > {end:g}:  # it would leave the landscape
            w = before
            break
    loss = {loss}
    print(f"{{name}}: w = ({{w[0]:.9f}}, {{w[1]:.9f}}), loss {{loss:.9f}}")
"""


class Race(Explorable):
    name = "race"
    title = "The race of the optimizers"
    trains = True
    pace = 60
    opening = 50  # with trails, before anybody has arrived
    controls = (
        several("running", "running", NAMES, [*NAMES]),
        number("learning_rate", "η of plain steps, momentum, Nesterov", 0.03, *RATE_ENDS, 0.001, scale="log"),
        number("momentum", "momentum μ", 0.9, 0, 0.99, 0.01),
        number("adaptive_rate", "η of RMSProp and Adam", 0.02, *RATE_ENDS, 0.001, scale="log"),
        choice("landscape", "landscape", tuple(LANDSCAPES), default=RAVINE),
        number("tilt", "tilt of the valley, in degrees", 30, -MAX_TILT, MAX_TILT, 5),
        number("w1", "start w₁", -1.6, *PLANE, 0.05),
        number("w2", "start w₂", 0.5, *PLANE, 0.05),
        choice("task", "task", (AHEAD, FOUR)),
    )
    presets = {
        "a tilted ravine": {"landscape": RAVINE, "tilt": 30, **FROM_THE_SIDE, "learning_rate": 0.03, "momentum": 0.9,
                            "adaptive_rate": 0.02},
        "a ravine along an axis": {"landscape": RAVINE, "tilt": 0, **FROM_THE_SIDE, "learning_rate": 0.03, "momentum": 0.9,
                                   "adaptive_rate": 0.1},
        "x² from x = 1": {"landscape": "round bowl", "w1": 1, "w2": 0, "learning_rate": 0.1, "momentum": 0.9,
                          "adaptive_rate": 0.1},
        "a saddle": {"landscape": "saddle", "w1": -1.2, "w2": 1.15, "learning_rate": 0.03, "momentum": 0.9,
                     "adaptive_rate": 0.03},
        "the wrong basin": {"landscape": "two basins", "w1": 1.85, "w2": 1.0, "learning_rate": 0.05, "momentum": 0.9,
                            "adaptive_rate": 0.05},
    }  # fmt: skip

    def start(self, settings):
        return {"steps": 0}

    def advance(self, state, settings, steps):
        """Go on in time: how far everyone is then follows from the settings alone."""
        return {"steps": min(state["steps"] + steps, MAX_STEPS)}

    def finished(self, settings, state):
        return state["steps"] >= min(MAX_STEPS, max(_over(race(settings)[name]) for name in settings["running"]))

    def picture(self, settings, state):
        now, all_walks = state["steps"], race(settings)
        ground = landscape(settings["landscape"], settings["tilt"])
        field, scale, contours = drawn(settings["landscape"], settings["tilt"])
        trails, heads, curves = [], [], []
        for color, name in enumerate(NAMES):
            runs = name in settings["running"]
            walk = all_walks[name]
            places, losses = (walk["places"][: now + 1], walk["losses"][: now + 1]) if runs else (np.empty((0, 2)), np.empty(0))
            trails.append(panels.line(places, "curve", name if runs else ""))
            heads.append(panels.line(places[-1:], "points", color=color))
            curve = np.column_stack([np.arange(len(losses)), losses.clip(LOSS_FLOOR)])
            curves.append(panels.line(curve, "curve", name if runs else ""))
        start = panels.handle("probe", "starting point", (settings["w1"], settings["w2"]), {"w1": (1, 0, 0), "w2": (0, 1, 0)})
        reach = next(end for end in AXIS_STEPS if now <= end)
        goal = max(LOSS_FLOOR, ARRIVED_SHARE * first_loss(settings))
        level = panels.line([[0, goal], [reach, goal]], "level")
        return [
            panels.plane("plane", f"L = {ground.formula}", ("w₁", *PLANE), ("w₂", *PLANE), field=field, scale=scale,
                         lines=[panels.line(contours, "contour"), *trails, *heads], handles=[start]),
            panels.series("loss", "The loss; dashed: a millionth of the first", ("step", 0, reach),
                          ("L", LOSS_FLOOR, 100, "log"), [*curves, level], aspect=1.0),
            panels.table("standings", f"After {plural(now, 'step')}", ("optimizer", "w₁", "w₂", "loss", "arrived"),
                         [_row(name, all_walks[name], now) for name in settings["running"]], wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        now = state["steps"]
        said = [f"{name} {_fate(race(settings)[name], now)}" for name in settings["running"]]
        return f"After {plural(now, 'step')}: {', '.join(said)}."

    def challenge(self, settings, state):
        ahead = settings["task"] == AHEAD
        names = [MOMENTUM] if ahead else [PLAIN, MOMENTUM, NESTEROV, ADAM]
        wish = (
            "momentum arrive in at most half as many steps as plain steps need at their best rate"
            if ahead
            else f"plain steps, momentum, Nesterov and Adam all arrive within {HORIZON} steps"
        )
        task = f"On a tilted ravine, let {wish}"
        off_axis = abs(settings["tilt"]) % 90
        if settings["landscape"] != RAVINE or not LEAST_TILT <= off_axis <= 90 - LEAST_TILT:
            return f"{task}: choose the ravine, with a tilt of {LEAST_TILT} to {90 - LEAST_TILT} degrees.", False
        if first_loss(settings) < LOSS_FLOOR:
            return f"{task}. You start at the bottom: drag the starting point elsewhere.", False
        most, best = wanted(settings)
        if not most:
            return f"{task}. From here no settings do that: drag the starting point elsewhere, or change the tilt.", False
        taken = max(race(settings)[name]["arrival"] for name in names)
        done = set(names) <= {*settings["running"]} and taken <= min(most, state["steps"])
        if ahead:
            task = f"{task}; from here they need {best}"
        return f"{task}.", bool(done)

    def code(self, settings, steps):
        program = landscape(settings["landscape"], settings["tilt"]).program
        lines = [f"    {name!r}: {call}," for name, call in _calls(settings).items() if name in settings["running"]]
        return PROGRAM.format(optimizers="\n".join(lines), steps=min(steps, MAX_STEPS), w1=settings["w1"], w2=settings["w2"],
                              gradient=program[0], loss=program[1], end=PLANE[1])  # fmt: skip


def _calls(settings):
    """Return how a program makes each optimizer, by its name."""
    rate, momentum, adaptive = (literal(settings[name]) for name in ("learning_rate", "momentum", "adaptive_rate"))
    ahead = f", momentum={momentum}" if settings["momentum"] else ""
    return {PLAIN: f"SGD({rate})", MOMENTUM: f"SGD({rate}{ahead})",
            NESTEROV: f"SGD({rate}{ahead and ahead + ', nesterov=True'})",
            RMSPROP: f"RMSProp({adaptive})", ADAM: f"Adam({adaptive})"}  # fmt: skip


def _optimizers(rate, momenta, adaptive_rate):
    """Return plain steps, momentum and Nesterov for each momentum, RMSProp and Adam; without momentum those are plain steps."""
    both = [SGD(rate, momentum, nesterov=ahead and momentum > 0) for momentum in momenta for ahead in (False, True)]
    return [SGD(rate), *both, RMSProp(adaptive_rate), Adam(adaptive_rate)]


def first_loss(settings):
    """Return the loss where all start."""
    return landscape(settings["landscape"], settings["tilt"]).loss(np.array([settings["w1"], settings["w2"]]))


def walks(settings, optimizers, scales=(1.0,), steps=MAX_STEPS):
    """Let each optimizer take its steps from the start, once for each scale, until a step leaves the landscape.

    An optimizer that moves w/s by the slopes in w moves w as one with s times its learning rate. Returns the places,
    (steps + 1, 2, optimizers, scales), the one outside among them, and NaN after it; and their losses, NaN outside.
    """
    ground, scales = landscape(settings["landscape"], settings["tilt"]), np.asarray(scales)
    scaled = np.multiply.outer([settings["w1"], settings["w2"]], np.ones((len(optimizers), 1)) / scales)
    places = np.empty((steps + 1, *scaled.shape))
    places[0] = scaled * scales
    for step in range(1, steps + 1):
        slopes = ground.gradient(places[step - 1])
        for index, optimizer in enumerate(optimizers):
            optimizer.step(scaled[:, index], slopes[:, index])
        places[step] = scaled * scales
        scaled[:, ~(abs(places[step]).max(axis=0) <= PLANE[1])] = np.nan
    across = np.moveaxis(places, 0, 1)
    inside = abs(across).max(axis=0) <= PLANE[1]
    return places, np.where(inside, ground.loss(across), np.nan)


def arrivals(losses):
    """Return the step from which a walk has arrived for good, (…), for losses (steps + 1, …); steps + 1 if it does not."""
    there = losses < ARRIVED_SHARE * losses[0]  # never where a walk has left: NaN is not below anything
    return len(there) - there[::-1].argmin(axis=0)


@remembered("landscape", "tilt", "w1", "w2", "learning_rate", "momentum", "adaptive_rate", most=4)
def race(settings):
    """Return the whole walk of each optimizer by its name: its places and losses, when it arrives, and when it leaves."""
    optimizers = _optimizers(settings["learning_rate"], [settings["momentum"]], settings["adaptive_rate"])
    places, losses = walks(settings, optimizers)
    found = {}
    for index, name in enumerate(NAMES):
        path, loss = places[:, :, index, 0], losses[:, index, 0]
        out = int(np.isnan(loss).argmax()) or None
        if out:
            path, loss = path[: out + 1].copy(), loss[:out]
            path[-1] = edge(*path[-2:])
        found[name] = {"places": path, "losses": loss, "arrival": int(arrivals(losses[:, index, 0])), "out": out}
    return found


@remembered("landscape", "tilt", "w1", "w2", "task")
def wanted(settings):
    """Return in how many steps a task wants to see arrivals, None where no settings do that; and the best of plain steps."""
    plain, *both, _, adam = _optimizers(1, SEARCHED_MOMENTA, 1)
    ahead = settings["task"] == AHEAD
    optimizers = [plain, *both[::2]] if ahead else [plain, *both, adam]
    alone, *others = arrivals(walks(settings, optimizers, SEARCHED, HORIZON)[1])
    best = int(alone.min())
    if ahead:
        return best // LEAD if best <= HORIZON and np.min(others) <= best // LEAD else None, best
    *both, adam = others
    shared = np.maximum(alone, np.maximum(both[::2], both[1::2])).min()  # three have one rate
    return HORIZON if max(shared, adam.min()) <= HORIZON else None, best


def _over(walk):
    """Return after how many steps nothing more happens to a walk."""
    return walk["out"] or walk["arrival"]


def _row(name, walk, now):
    arrived = f"at step {walk['arrival']}" if walk["arrival"] <= now else "–"
    if walk["out"] and walk["out"] <= now:
        arrived = f"left at step {walk['out']}"
        now = walk["out"] - 1
    w1, w2 = walk["places"][now]
    return panels.row([name, text(w1, 3), text(w2, 3), compact(walk["losses"][now]), arrived])


def _fate(walk, now):
    if walk["out"] and walk["out"] <= now:
        return f"left the landscape at step {walk['out']}"
    if walk["arrival"] <= now:
        return f"arrived at step {walk['arrival']}"
    return f"at a loss of {compact(walk['losses'][now])}"
