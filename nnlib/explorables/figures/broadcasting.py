"""Broadcasting: two arrays of chosen shapes, the copies that NumPy adds, what it answers or why not, and sums along an axis."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import literal

SHAPES = {"(3,)": (3,), "(4,)": (4,), "(1, 4)": (1, 4), "(3, 1)": (3, 1), "(4, 1)": (4, 1), "(3, 4)": (3, 4),
          "(4, 3)": (4, 3)}  # fmt: skip
AXES = {"axis=0": 0, "axis=1": 1, "axis=None": None}
FULL = 100.0  # the number that takes the full color
MOST = 16  # numbers in the largest of all arrays
SEVEN, ACCIDENT, AGAIN = "seven make twelve", "a table by accident", "sums that still fit"
PROGRAM = """\
import numpy as np

A = np.array({A})
B = np.array({B})
try:
    table = A + B
    print(*table.ravel())
    sums = table.sum(axis={axis}, keepdims={keepdims})
    print(*np.ravel(sums))
except ValueError as error:
    print(error)
"""


class Broadcasting(Explorable):
    name = "broadcasting"
    title = "Broadcasting"
    controls = (
        choice("first", "shape of A", tuple(SHAPES), default="(4, 3)"),
        choice("second", "shape of B", tuple(SHAPES), default="(3,)"),
        choice("axis", "add up along", tuple(AXES)),
        choice("keepdims", "keepdims", ("False", "True")),
        choice("task", "task", (SEVEN, ACCIDENT, AGAIN)),
    )

    def picture(self, settings, state):
        A, B = arrays(settings)
        table, sums, _ = added(settings)
        names, values = _bars(settings, table, sums)
        counts = [0 if one is None else one.size for one in (A, B, table, sums)]
        together = ["✘"] if table is None else [panels.block("A + B", table, **_keys_of_both(A, B, table.ndim))]
        blocks = [[panels.block(name, copied(one, table), **_keys(name, one)) for copied in (_as_it_is, _stretched)]
                  for name, one in (("A", A), ("B", B))]  # fmt: skip
        return [
            panels.matrices("arrays", "What you have", [blocks[0][0], "+", blocks[1][0]], scale=FULL, digits=0),
            panels.matrices("stretched", "What NumPy adds, number by number" if table is not None else "The shapes don't fit",
                            [blocks[0][1], "+", blocks[1][1], "=", *together], scale=FULL, digits=0),
            panels.matrices("sums", "An axis adds up, and disappears", _summed(settings, table, sums), scale=FULL, digits=0),
            panels.equations("says", "From the last axis on: equal, or one of them 1 or missing", _lines(settings),
                             code=True, wide=True),
            panels.bars("counts", "How many numbers each holds", ["A", "B", "A + B", "sums"], counts, high=MOST, digits=0,
                        aspect=2.2),
            panels.bars("values", "The sums", names, values, high=max(1.0, *values), digits=0, aspect=2.2),
        ]  # fmt: skip

    def describe(self, settings, state):
        A, B = arrays(settings)
        table, sums, _ = added(settings)
        both = f"A of shape {A.shape} and B of shape {B.shape}"
        if table is None:
            return f"{both} cannot be added: {_why(A.shape, B.shape)}."
        last = f"the sums have the shape {sums.shape}" if sums is not None else "there is no axis 1 to add up along"
        return f"{both} add up to the shape {table.shape}, where {_copies(A.shape, B.shape, table.shape)}; {last}."

    def challenge(self, settings, state):
        A, B = arrays(settings)
        table, sums, _ = added(settings)
        shape = None if table is None else table.shape
        if settings["task"] == SEVEN:
            task = "Make a table of shape (3, 4) out of two arrays that have seven numbers between them"
            return f"{task}; now they have {A.size + B.size}.", shape == (3, 4) and A.size + B.size == 7
        if settings["task"] == ACCIDENT:
            task = "Bring about a common bug: add two arrays of four numbers each, and let sixteen come out"
            count = 0 if table is None else table.size
            return f"{task}; now {A.size} and {B.size} numbers give {count}.", A.size == B.size == 4 and count == 16
        task = "Sum up each row so that A + B − sums subtracts from every row its own sum, and has the shape (4, 3)"
        if shape != (4, 3):
            return f"{task}; first A + B must have it.", False
        done = settings["axis"] == "axis=1" and fit(shape, sums.shape) == shape
        return f"{task}; now the sums have the shape {sums.shape}.", done

    def code(self, settings, steps):
        A, B = (literal(one.tolist()) for one in arrays(settings))
        return PROGRAM.format(A=A, B=B, axis=AXES[settings["axis"]], keepdims=_keeps(settings))


def arrays(settings):
    """Return A, which counts 1, 2, 3, …, and B, which counts 10, 20, 30, …, in the chosen shapes."""
    one, other = (SHAPES[settings[name]] for name in ("first", "second"))
    return np.arange(1.0, np.prod(one) + 1).reshape(one), 10 * np.arange(1.0, np.prod(other) + 1).reshape(other)


def added(settings):
    """Return A + B, its sums along the chosen axis, and NumPy's error; None for what there is not."""
    A, B = arrays(settings)
    table = sums = error = None
    try:
        table = A + B
        sums = table.sum(axis=AXES[settings["axis"]], keepdims=_keeps(settings))
    except ValueError as caught:
        error = str(caught).strip()
    return table, sums, error


def fit(one, other):
    """Return the shape of the sum of two arrays of these shapes, or None where they don't fit."""
    try:
        return np.broadcast_shapes(one, other)
    except ValueError:
        return None


def _keeps(settings):
    return settings["keepdims"] == "True"


def _as_it_is(one, table):
    return one


def _stretched(one, table):
    return one if table is None else np.broadcast_to(one, table.shape)


def _keys(name, one):
    """Return the keys that light each number of a single row or column together with its copies."""
    lines = [f"{name}-{i}" for i in range(one.size)]
    if one.ndim == 1 or one.shape[0] == 1:
        return {"column_keys": lines}
    return {"row_keys": lines} if one.shape[1] == 1 else {}


def _keys_of_both(A, B, axes):
    """Return the same for A + B, each number of which is lit with what it is the sum of."""
    both = {}
    for name, one in (("A", A), ("B", B)):
        for side, keys in _keys(name, one).items():
            both[side] = [" ".join(pair) for pair in zip(both[side], keys, strict=True)] if side in both else keys
    return both


def _summed(settings, table, sums):
    """Return the table and its sums, a row or a column of the one lit with its sum in the other."""
    if table is None:
        return ["no A + B, no sums"]
    axis = AXES[settings["axis"]]
    if sums is None or axis is None or table.ndim == 1:
        return [panels.block("A + B", table), "→", "✘" if sums is None else panels.block("sums", sums)]
    side = ("column_keys", "row_keys")[axis]
    keys = [f"line-{i}" for i in range(table.shape[1 - axis])]
    other = {side if sums.ndim == 2 else "column_keys": keys}
    return [panels.block("A + B", table, **{side: keys}), "→", panels.block("sums", sums, **other)]


def _bars(settings, table, sums):
    """Return a name for each of the sums, and the sums."""
    if sums is None:
        return ["no sums"], [0.0]
    line = ("column", "row")[AXES[settings["axis"]] or 0]
    return [f"{line} {i}" for i in range(sums.size)] if sums.size > 1 else ["all"], np.ravel(sums)


def _copies(one, other, shape):
    """Return in words which of two arrays is repeated where."""
    said = []
    for name, own in (("A", one), ("B", other)):
        along = 1 if len(own) == 2 and own[0] == shape[0] else 0  # the axis that is 1 or missing
        if own != shape:
            times = shape[along]
            said.append(f"{name} becomes the only row" if times == 1 else
                        f"{name} is repeated in each of the {times} {('rows', 'columns')[along]}")  # fmt: skip
    return " and ".join(said) or "nothing is repeated"


def _why(one, other):
    """Return in words which axes don't fit."""
    for place, sizes in zip(("last", "first"), zip(one[::-1], other[::-1], strict=False), strict=False):
        if 1 not in sizes and sizes[0] != sizes[1]:
            return f"the {place} axes hold {sizes[0]} and {sizes[1]}, and neither is 1"
    return ""


def _aligned(name, shape):
    """Return a shape with its last axis under those of the others."""
    sizes = ["·"] * (2 - len(shape)) + [str(size) for size in shape]
    return f"{name:6}{sizes[0]:>3}{sizes[1]:>3}"


def _lines(settings):
    A, B = (one.shape for one in arrays(settings))
    table, sums, error = added(settings)
    lines = [_aligned("A", A), _aligned("B", B)]
    if table is None:
        return [*lines, f"✘  {_why(A, B)}", f"ValueError: {error}"]
    lines += [_aligned("A + B", table.shape), _copies(A, B, table.shape)]
    call = f"(A + B).sum({settings['axis']}, keepdims={settings['keepdims']})"
    if sums is None:
        return [*lines, f"{call}: ✘  {error}"]
    again = fit(table.shape, sums.shape)
    ends = f"→ {again}" if again else f"✘  {_why(table.shape, sums.shape)}"
    return [*lines, f"{call}: {table.shape} → {sums.shape}", f"A + B - sums: {table.shape} and {sums.shape} {ends}"]
