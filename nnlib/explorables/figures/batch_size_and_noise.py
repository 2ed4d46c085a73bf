"""Batch size and noise: mini-batch gradients beside the gradient of all the data, on the landscape of real flowers."""

from functools import lru_cache

import numpy as np

from nnlib import datasets
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.landscapes import PLANE_CELLS, relief
from nnlib.explorables.writing import percent, plural, text
from nnlib.losses import mse, mse_gradient
from nnlib.optimizers import SGD

SAMPLES = 150
CLOUD = 60  # mini-batches that are tried at one place
PLANE = (-1.6, 2.0)  # both weights
START = np.array([1.4, -1.2])
MAX_EPOCHS = 10  # after which the figure stops
TRAIL_STEPS = 300  # steps that stay drawn
GRADIENT_REACHES = (1.5, 2, 3, 4, 6, 8, 12, 16, 24)  # of the axes of a gradient
NOISE_FLOOR, NOISE_TOP = 0.01, 10.0  # the ends of its axis; what is less or more stands there
THIRD_EPOCH = (2.0, 3.0)  # the challenge: from here to here the loss is averaged,
LOSS_MARGIN = 0.15  # and is at most this share above the lowest;
MAX_NOISE = 0.5  # the noise is at most this share of single flowers'
QUICK, QUIET = "learn from few flowers", "halve the noise"
PROGRAM = """\
import numpy as np

from nnlib import datasets
from nnlib.optimizers import SGD
from nnlib.losses import mse, mse_gradient

flowers = datasets.standardize(datasets.iris().X)
X, y = flowers[:, [0, 2]], flowers[:, 3]
w, optimizer, left = np.array({start}), SGD({learning_rate!r}), []
for step in range({steps}):
    if not len(left):  # a new epoch, in a new order
        left = np.random.default_rng(step).permutation(len(y))
    rows, left = left[:{size}], left[{size}:]
    before = w.copy()
    optimizer.step(w, X[rows].T @ mse_gradient(X[rows] @ w, y[rows]))
    if w.min() < {low:g} or w.max() > {high:g}:  # it would leave the landscape
        w = before
        break
print(f"w = ({{w[0]:.9f}}, {{w[1]:.9f}})")
print(f"loss of all flowers: {{mse(X @ w, y):.9f}}")
"""


@lru_cache(maxsize=1)
def flowers():
    """Return the irises' sepal and petal lengths, (150, 2), and petal widths, (150,), all standardized."""
    Z = datasets.standardize(datasets.iris().X)
    return Z[:, [0, 2]], Z[:, 3]


@lru_cache(maxsize=1)
def drawn():
    """Return the landscape of the loss of all flowers, for `panels.plane`, and its lowest loss."""
    X, y = flowers()
    errors = panels.grid(PLANE, PLANE, PLANE_CELLS) @ X.T - y
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    return relief((errors**2).mean(axis=1).reshape(PLANE_CELLS, PLANE_CELLS), PLANE, PLANE), mse(X @ best, y)


class BatchSizeAndNoise(Explorable):
    name = "batch_size_and_noise"
    title = "Batch size and noise"
    trains = True
    pace = 90
    controls = (
        number("batch_size", "batch size", 8, 1, SAMPLES, 1, scale="log"),
        number("learning_rate", "learning rate η", 0.05, 0.001, 1, 0.001, scale="log"),
        choice("task", "task", (QUICK, QUIET)),
    )
    presets = {
        "one flower at a time": {"batch_size": 1, "learning_rate": 0.02},
        "mini-batches": {"batch_size": 16, "learning_rate": 0.1},
        "all flowers": {"batch_size": 150, "learning_rate": 0.5},
    }

    def start(self, settings):
        X, y = flowers()
        return {"w": START.copy(), "left": np.empty(0, dtype=np.int64), "steps": 0, "seen": np.zeros(1),
                "loss": np.array([mse(X @ START, y)]), "of_batch": np.empty(0), "trail": START[None], "out": False}  # fmt: skip

    def advance(self, state, settings, steps):
        """Take the next `steps` mini-batches, epoch after epoch, each in a new order."""
        X, y = flowers()
        optimizer, size = SGD(settings["learning_rate"]), round(settings["batch_size"])
        w, left, made = state["w"].copy(), state["left"], state["steps"]
        seen, loss, of_batch, places = [state["seen"][-1]], [], [], []
        for _ in range(steps):
            if state["out"] or seen[-1] >= MAX_EPOCHS - 1e-9:
                break
            if not len(left):
                left = np.random.default_rng(made).permutation(len(y))
            rows, left = left[:size], left[size:]
            before = w.copy()
            of_batch.append(mse(X[rows] @ w, y[rows]))
            optimizer.step(w, X[rows].T @ mse_gradient(X[rows] @ w, y[rows]))
            if w.min() < PLANE[0] or w.max() > PLANE[1]:
                w, state = before, {**state, "out": True}
            made += 1
            seen.append(seen[-1] + len(rows) / len(y))
            loss.append(mse(X @ w, y))
            places.append(w.copy())
        return {**state, "w": w, "left": left, "steps": made, "seen": np.append(state["seen"], seen[1:]),
                "loss": np.append(state["loss"], loss), "of_batch": np.append(state["of_batch"], of_batch),
                "trail": np.concatenate([state["trail"], *(place[None] for place in places)])[-TRAIL_STEPS:]}  # fmt: skip

    def finished(self, settings, state):
        return state["out"] or bool(state["seen"][-1] >= MAX_EPOCHS - 1e-9)

    def picture(self, settings, state):
        (field, scale, contours), lowest = drawn()
        w, size = state["w"], round(settings["batch_size"])
        whole, cloud = gradients(w, size, state["steps"])
        uphill = cloud @ whole < 0
        single = standard_error(each_gradient(w))  # the axes are the same for all batch sizes
        reach = next(reach for reach in GRADIENT_REACHES if reach >= 2 * single)
        step = w - settings["learning_rate"] * np.vstack([whole, cloud])
        lines = [
            panels.line(contours, "contour"),
            panels.line(np.stack([np.broadcast_to(w, cloud.shape), step[1:]], axis=1).clip(*PLANE), "spikes", "mini-batches"),
            panels.line(state["trail"], "trail", "the walk"),
            panels.line([w, step[0].clip(*PLANE)], "arrow", "all flowers"),
        ]
        return [
            panels.plane("plane", "The loss of all flowers, the walk, and where one more step would lead",
                         ("w₁ (sepal length)", *PLANE), ("w₂ (petal length)", *PLANE), field=field, scale=scale, lines=lines),
            panels.plane("cloud", f"Downhill by {CLOUD} mini-batches, and by all flowers (arrow)",
                         ("−∂L/∂w₁", -reach, reach), ("−∂L/∂w₂", -reach, reach),
                         points=panels.dots(-cloud.clip(-reach, reach), np.where(uphill, -1, 1)),
                         lines=[panels.line([[0, 0], -whole], "arrow", "all flowers")]),
            self._losses(state, lowest),
            _noise(w, size, cloud),
        ]  # fmt: skip

    def _losses(self, state, lowest):
        curves = [
            panels.line(np.column_stack([state["seen"][:-1], state["of_batch"]]), "curve", "of the mini-batch"),  # it jumps
            panels.line(np.column_stack([state["seen"], state["loss"]]), "curve", "of all flowers"),  # so this one lies above
            panels.line([[0, lowest], [MAX_EPOCHS, lowest]], "level", "the lowest of all"),
        ]
        return panels.series("loss", "The loss, epoch by epoch", ("epoch", 0, MAX_EPOCHS), ("L", 0.01, 30, "log"),
                             [{**curve, "at": curve["at"].clip([0, 0.01], [MAX_EPOCHS, 30])} for curve in curves])  # fmt: skip

    def describe(self, settings, state):
        _, lowest = drawn()
        whole, cloud = gradients(state["w"], round(settings["batch_size"]), state["steps"])
        uphill = int((cloud @ whole < 0).sum())
        loss = f"the loss of all flowers is {text(state['loss'][-1], 3)}, and {text(lowest, 3)} is the lowest"
        if state["out"]:
            return f"At step {state['steps']} the walk would have left the landscape, and is stopped: {loss}."
        return (
            f"After {plural(state['steps'], 'step')}, {text(state['seen'][-1], 1)} epochs, {loss}; here {uphill} of "
            f"{CLOUD} mini-batches would step uphill, and their standard error is {text(standard_error(cloud))}."
        )

    def challenge(self, settings, state):
        size = round(settings["batch_size"])
        if settings["task"] == QUIET:
            task = (
                "Find the smallest batch that halves the standard error of the gradients of single flowers; now "
                f"{percent(noise_factor(size))} of it is left."
            )
            return task, bool(noise_factor(size) <= MAX_NOISE < noise_factor(size - 1))
        _, lowest = drawn()
        third = state["loss"][(state["seen"] > THIRD_EPOCH[0] + 1e-9) & (state["seen"] <= THIRD_EPOCH[1] + 1e-9)]
        task = f"Average over the third epoch, keep the loss of all flowers within {percent(LOSS_MARGIN)} of the lowest"
        if not len(third):
            return f"{task}; choose batch size and rate, and play.", False
        above = third.mean() / lowest - 1
        over = state["seen"][-1] >= THIRD_EPOCH[1] - 1e-9
        now = "it was" if over else "so far it is"
        return f"{task}; {now} {percent(above)} above it.", bool(over and above <= LOSS_MARGIN)

    def code(self, settings, steps):
        size = round(settings["batch_size"])
        return PROGRAM.format(start=START.tolist(), learning_rate=settings["learning_rate"], size=size,
                              steps=min(steps, MAX_EPOCHS * -(-SAMPLES // size)), low=PLANE[0], high=PLANE[1])  # fmt: skip


def each_gradient(w):
    """Return the gradient of each flower's squared error, (150, 2)."""
    X, y = flowers()
    return 2 * (X @ w - y)[:, None] * X


def gradients(w, size, seed):
    """Return the gradient of all flowers, (2,), and those of some random mini-batches of one size, (CLOUD, 2)."""
    each = each_gradient(w)
    rows = np.random.default_rng(seed).random((CLOUD, len(each))).argsort(axis=1)[:, :size]
    return each.mean(axis=0), each[rows].mean(axis=1)


def standard_error(cloud):
    """Return the standard error of gradients: the root of the mean squared distance from their mean."""
    return np.sqrt(cloud.var(axis=0).sum())


def noise_factor(size):
    """Return by what factor a mini-batch, drawn without replacement, has a smaller standard error than a single flower."""
    return np.sqrt((SAMPLES - size) / (np.maximum(size, 1e-3) * (SAMPLES - 1)))


def _noise(w, size, cloud):
    """Return the panel with the noise of every batch size, as the formula has it, and as measured for this one."""
    sizes = np.unique(np.geomspace(1, SAMPLES, 60).round())
    single, measured = standard_error(each_gradient(w)), standard_error(cloud)
    lines = [
        panels.line(np.column_stack([sizes, (single * noise_factor(sizes)).clip(NOISE_FLOOR)]), "curve", "by the formula"),
        panels.line([[size, np.clip(measured, NOISE_FLOOR, NOISE_TOP)]], "points", f"measured, {text(measured)}"),
        panels.line([[1, single], [sizes[-1], single / np.sqrt(sizes[-1])]], "level", "s/√batch size"),
    ]
    at = (size, max(NOISE_FLOOR, single * noise_factor(size)))
    return panels.series("noise", "The standard error of the gradients", ("batch size", 1, sizes[-1], "log"),
                         ("standard error", NOISE_FLOOR, NOISE_TOP, "log"), lines,
                         handles=[panels.handle("probe", "batch size", at, {"batch_size": (1, 0, 0)})])  # fmt: skip
