"""Train a perceptron: points to edit, a learning rate, and one correction at a time, forward and back."""

from itertools import combinations

import numpy as np

from nnlib import datasets
from nnlib.explorables import panels
from nnlib.explorables.controls import number, points
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import literal, plural, text
from nnlib.perceptron import next_mistake, signed_rows, update

PLANE = (-3.0, 3.0)  # both axes
PLANE_CELLS = 64
MAX_POINTS = 6  # the challenge: at most so many points,
MIN_CORRECTIONS = 20  # which take at least so many corrections
NO_POINTS = np.empty((0, 3))
PROGRAM = """\
import numpy as np

from nnlib.perceptron import next_mistake, update

points = {points}
X, y = points[:, :2], points[:, 2]
weights, bias, position = np.zeros(2), 0.0, 0
for _ in range({steps}):  # corrections
    index = next_mistake(X, y, weights, bias, position)
    if index is None:  # the epoch is over
        index = next_mistake(X, y, weights, bias)
    if index is None:  # and no point is wrong
        break
    weights, bias = update(weights, bias, X[index], y[index], {learning_rate})
    position = index + 1
print(f"w = ({{weights[0]:.9f}}, {{weights[1]:.9f}})")
print(f"b = {{bias:.9f}}")
"""


def _iris():
    """Return setosa (−1) and versicolor (+1) by length and width of their sepals, standardized: rows (x₁, x₂, label)."""
    X, y = datasets.iris()
    sepals, labels = X[y < 2, :2], 2.0 * y[y < 2] - 1
    return np.column_stack([((sepals - sepals.mean(axis=0)) / sepals.std(axis=0)).clip(*PLANE), labels]).round(3)


def _xor():
    X, y = datasets.xor()
    return np.column_stack([2.0 * X - 1, 2.0 * y - 1])


def _clouds():
    rng = np.random.default_rng(3)
    labels = np.repeat([-1.0, 1.0], 15)
    return np.column_stack([rng.normal(0, 0.55, (30, 2)) + 1.1 * labels[:, None] * [1, 0.6], labels]).round(3)


class TrainAPerceptron(Explorable):
    name = "train_a_perceptron"
    title = "Train a perceptron"
    trains = True
    pace = 140
    controls = (
        points("points", "points", _iris(), *PLANE),
        number("learning_rate", "learning rate η", 0.1, 0.001, 10, 0.001, scale="log"),
    )
    presets = {"two iris species": {"points": _iris()}, "two clouds": {"points": _clouds()}, "XOR": {"points": _xor()},
               "a clean plane": {"points": NO_POINTS}}  # fmt: skip

    def start(self, settings):
        return {"weights": np.zeros(2), "bias": 0.0, "before": np.zeros(3), "position": 0, "corrected": None,
                "this_epoch": 0, "mistakes": np.zeros(0), "points": NO_POINTS}  # fmt: skip

    def advance(self, state, settings, steps):
        """Correct the next `steps` mistakes, in the order of the points, epoch after epoch."""
        X, y = settings["points"][:, :2], settings["points"][:, 2]
        state = {**state, "points": _all_along(state, settings["points"])}
        for _ in range(steps):
            if self.finished(settings, state):
                return _end_epoch(state, finished=True)
            index = next_mistake(X, y, state["weights"], state["bias"], state["position"])
            if index is None:
                state = _end_epoch(state)
                index = next_mistake(X, y, state["weights"], state["bias"])
            weights, bias = update(state["weights"], state["bias"], X[index], y[index], settings["learning_rate"])
            before = np.append(state["weights"], state["bias"])
            state = {**state, "weights": weights, "bias": bias, "before": before, "position": index + 1, "corrected": index}
            state["this_epoch"] += 1
        return state

    def finished(self, settings, state):
        return not _wrong(settings, state).any()

    def challenge(self, settings, state):
        points, corrections = settings["points"], _corrections(state)
        task = (
            f"Place at most {MAX_POINTS} points, of both classes, that take at least {MIN_CORRECTIONS} corrections until it "
            "converges."
        )
        placed, why_not = _placed(points)
        same = not corrections or np.array_equal(state["points"], points)
        if why_not:
            task = f"{task} {why_not}"
        elif placed and not same:
            task = f"{task} Points have changed on the way: press Restart, and let it learn these from the beginning."
        done = placed and not why_not and same and corrections >= MIN_CORRECTIONS and self.finished(settings, state)
        return task, bool(done)

    def code(self, settings, steps):
        if not len(settings["points"]):
            return None
        return PROGRAM.format(points=literal(settings["points"]), learning_rate=literal(settings["learning_rate"]), steps=steps)

    def picture(self, settings, state):
        weights, bias = state["weights"], state["bias"]
        data = settings["points"]
        z = panels.grid(PLANE, PLANE, PLANE_CELLS) @ weights + bias
        lines = [
            panels.line(panels.boundary(state["before"][:2], state["before"][2], PLANE, PLANE), "old", "before the correction"),
            panels.line(panels.boundary(weights, bias, PLANE, PLANE), "boundary", "w·x + b = 0"),
            *_arrow(weights, bias),
        ]
        epochs = np.append(state["mistakes"], state["this_epoch"]) if state["this_epoch"] else state["mistakes"]
        curve = np.column_stack([np.arange(1, len(epochs) + 1), epochs])
        points = panels.dots(
            data[:, :2],
            data[:, 2],
            wrong=_wrong(settings, state) * weights.any(),  # zero weights are wrong about all points, and about none
            sets="points",
            marked=_known(state["corrected"], data),
        )
        most = max(4, int(epochs.max(initial=0)) + 1)
        return [
            panels.plane("plane", "The points and the boundary", ("x₁", *PLANE), ("x₂", *PLANE),
                         field=np.sign(z).reshape(PLANE_CELLS, PLANE_CELLS), lines=lines, points=points),
            _plane_of_weights(state),
            panels.series("mistakes", "Mistakes in each epoch", ("epoch", 0, max(10, len(epochs))), ("mistakes", 0, most),
                          [("mistakes", curve)]),
            panels.equations("equations", "The same in numbers", _equations(settings, state)),
        ]  # fmt: skip

    def describe(self, settings, state):
        wrong, count = int(_wrong(settings, state).sum()), len(settings["points"])
        if not count:
            return "There are no points yet: add some of each class."
        if clash := _clash(settings["points"]):
            return f"Two points at {clash} have different labels: no line is right about both, and learning never ends."
        if not _corrections(state):
            return f"Zero weights know nothing yet: z is 0 everywhere, so each of the {plural(count, 'point')} is on the fence."
        so_far = f"After {plural(_corrections(state), 'correction')}"
        if not wrong:
            return f"{so_far} every point is on its side: the perceptron has converged."
        epoch = len(state["mistakes"]) + 1
        are = "is" if wrong == 1 else "are"
        return f"{so_far}, in epoch {epoch}, {wrong} of {count} points {are} on the wrong side or on the boundary."


def _placed(points):
    """Return whether points are few enough and of both classes, and why they can't fulfill the task, if they can't."""
    if clash := _clash(points):
        return False, f"Two points at {clash} have different labels, so no line is right about both: move one of them."
    classes = len(set(points[:, 2]))
    if classes == 1 and len(points) > 1:
        return False, "These are all of one class, which any faraway line gets right: add a point of the other."
    if len(points) > MAX_POINTS or classes < 2:
        return False, ""
    if not _separable(points):
        return True, "No line separates these, so learning never ends: move a point."
    return True, ""


def _clash(points):
    """Return where two points with different labels lie on each other, in words; "" where none do."""
    both = sorted({(x1, x2) for x1, x2, y in points if y > 0} & {(x1, x2) for x1, x2, y in points if y < 0})
    return f"({text(both[0][0])}, {text(both[0][1])})" if both else ""


def _separable(points):
    """Return whether a line separates these few points.

    The shortest (w, b) with y z ≥ 1 at each point, if there is one, has y z = 1 at three points or fewer that settle it.
    """
    rows = signed_rows(points[:, :2], points[:, 2])
    some = [rows[list(chosen)] for count in (1, 2, 3) for chosen in combinations(range(len(rows)), count)]
    return any((rows @ np.linalg.pinv(few) @ np.ones(len(few)) > 1e-6).all() for few in some)


def _plane_of_weights(state):
    """Return the plane whose points are weights: the old ones, and the correction that was added to them."""
    old, new = state["before"][:2], state["weights"]
    far = 2.0 ** np.ceil(np.log2(max(np.abs([*old, *new]).max(), 1e-3)))
    lines = [panels.line([[0, 0], old], "old"), panels.line([old, new], "arrow"), panels.line([[0, 0], new], "boundary")]
    return panels.plane("weights", "The last correction: η y x is added to w", ("w₁", -far, far), ("w₂", -far, far),
                        lines=lines if new.any() or old.any() else ())  # fmt: skip


def _wrong(settings, state):
    """Return which points the perceptron would correct: y z ≤ 0, shape (samples,)."""
    data = settings["points"]
    return data[:, 2] * (data[:, :2] @ state["weights"] + state["bias"]) <= 0


def _corrections(state):
    return int(state["mistakes"].sum()) + state["this_epoch"]


def _all_along(state, points):
    """Return the few points that a run has had from its first correction on; none where they are many, or have changed."""
    fresh = not _corrections(state) or np.array_equal(points, state["points"])
    return points if fresh and len(points) <= MAX_POINTS else NO_POINTS


def _known(index, data):
    """Return the index of a point, or None where there is none (any more)."""
    return index if index is not None and index < len(data) else None


def _end_epoch(state, finished=False):
    """Return the state at the start of the next epoch; after the last mistake of all comes one epoch with none."""
    made = state["this_epoch"]
    counts = [made] if not finished else [made, 0] if made else []
    return {**state, "mistakes": np.append(state["mistakes"], counts), "this_epoch": 0, "position": 0}


def _arrow(weights, bias):
    foot = panels.foot(weights, bias)
    if foot is None:
        return []
    return [panels.line([foot, foot + 0.8 * weights / np.hypot(*weights)], "arrow", "the direction of w")]


def _equations(settings, state):
    w1, w2 = state["weights"]
    now = f"w = ({text(w1)}, {text(w2)}),  b = {text(state['bias'])}"
    index = _known(state["corrected"], settings["points"])
    if index is None:
        return ["w ← w + η y x,  b ← b + η y", "  no correction yet", now]
    x1, x2, y = settings["points"][index]
    with_ = f"  with η = {settings['learning_rate']:g},  y = {text(y, 0)},  x = ({text(x1)}, {text(x2)})"
    return ["w ← w + η y x,  b ← b + η y", with_, now]
