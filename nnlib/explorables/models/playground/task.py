"""What is to be learned: from the settings to the training points, the test points, and what a network is given of them."""

import zlib
from collections import OrderedDict
from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array
from nnlib.explorables.models.playground.laws import LABELS, LAWS, POINTS, REACH, draw
from nnlib.explorables.models.playground.own import of_points, of_table

TWO, SEVERAL, NUMBERS = "two classes", "classes", "numbers"
YOUR_POINTS, YOUR_TABLE = "your points", "your table"
DATA = (*LAWS, YOUR_POINTS, YOUR_TABLE)
ITS_OWN = "what its law says"
NOISE_ON = (ITS_OWN, LABELS, POINTS)
AS_GIVEN, STANDARDIZED = "as given", "standardized"
#: What a network may be given of a point, by name: functions of x₁ and x₂.
FEATURES = {
    "x₁": lambda a, b: a,
    "x₂": lambda a, b: b,
    "x₁²": lambda a, b: a * a,
    "x₂²": lambda a, b: b * b,
    "x₁x₂": lambda a, b: a * b,
    "sin x₁": lambda a, b: np.sin(a),
    "sin x₂": lambda a, b: np.sin(b),
}
DRAWN = ("data", "noise", "noise_on", "share", "draw")  # the settings that the points follow from
OWN = {YOUR_POINTS: "points", YOUR_TABLE: "table"}  # and for the reader's own ones this one instead of the noise
OWN_TASKS = {YOUR_POINTS: of_points, YOUR_TABLE: of_table}
KEPT = 16  # tasks that are remembered
_tasks = OrderedDict()


class Task(NamedTuple):
    """What is learned. Labels are −1 and +1 for two classes, 0, 1, … for several, and numbers else."""

    X: Array  #: The training points, (points, 2).
    y: Array  #: Their labels, (points,).
    X_test: Array
    y_test: Array
    inputs: tuple  #: The names of the features that the network is given.
    kind: str  #: "two classes", "classes" or "numbers".
    classes: tuple = ("−1", "+1")  #: The names of the classes; () for numbers.
    axes: tuple = ("x₁", "x₂")  #: The names of the plane's axes.
    plane: tuple = ((-REACH, REACH), (-REACH, REACH))  #: What is drawn of it: (low, high) for either axis.
    mean: Array | float = 0.0  #: What is subtracted from the features,
    spread: Array | float = 1.0  #: and what they are divided by.
    order: Array | None = (
        None  #: Which of the points, as they were drawn or given, each of these is: first training, then test.
    )
    trouble: str = ""  #: Why nothing can be learned, in words; or nothing.

    def features(self, X) -> Array:
        """Return what a network is given of points (points, 2): (points, inputs)."""
        return (raw(X, self.inputs) - self.mean) / self.spread


def raw(X, names) -> Array:
    """Return features by their names, before they are standardized: (points, names).

    Examples
    --------
    >>> raw(np.array([[2.0, 3.0]]), ["x₁²", "x₁x₂"]).tolist()
    [[4.0, 6.0]]
    """
    return np.column_stack([FEATURES[name](*np.asarray(X, dtype=float).T) for name in names])


def key_of(value):
    """Return a setting as something that can be looked up and compared, the same in every Python: an array by a checksum.

    Examples
    --------
    >>> key_of([4, 2]), key_of(np.zeros(0)) == key_of(np.zeros(1))
    ((4, 2), False)
    """
    if isinstance(value, dict):
        return tuple((name, key_of(part)) for name, part in sorted(value.items()))
    if isinstance(value, np.ndarray):
        return f"{value.shape} {zlib.crc32(np.ascontiguousarray(value))}"
    return tuple(map(key_of, value)) if isinstance(value, list | tuple) else value


def of_task(settings) -> tuple:
    """Return what a task follows from, as it can be looked up."""
    names = [*DRAWN, "standardize", "features"]
    if settings["data"] in OWN:
        names = [name for name in names if "noise" not in name] + [OWN[settings["data"]]]
    return tuple(key_of(settings[name]) for name in names)


def task_of(settings) -> Task:
    """Return the task of these settings; the last ones are remembered."""
    key = of_task(settings)
    if key not in _tasks:
        _tasks[key] = _task(settings)
        if len(_tasks) > KEPT:
            _tasks.popitem(last=False)
    return _tasks[key]


def _task(settings):
    rng = np.random.default_rng(round(settings["draw"]))
    if settings["data"] in OWN:
        X, y, more = OWN_TASKS[settings["data"]](settings[OWN[settings["data"]]])
    else:
        law = LAWS[settings["data"]]
        noise_on = law.noise_on if settings["noise_on"] == ITS_OWN else settings["noise_on"]
        X, y = draw(settings["data"], law.count, settings["noise"] / 100, noise_on, rng)
        more = {"kind": law.kind}
        if law.kind != TWO:
            more["classes"] = ("0", "1", "2") if law.kind == SEVERAL else ()
    order = rng.permutation(len(X))
    X, y = X[order], y[order]
    cut = min(max(1, int(len(X) * round(settings["share"]) / 100)), max(len(X) - 1, 0))
    task = Task(X[:cut], y[:cut], X[cut:], y[cut:], tuple(settings["features"]), order=order, **more)
    if settings["standardize"] == AS_GIVEN or more.get("trouble"):
        return task
    given = raw(task.X, task.inputs)
    spread = given.std(axis=0)
    return task._replace(mean=given.mean(axis=0), spread=np.where(spread > 0, spread, 1.0))
