"""What a figure can show. A panel is plain names, numbers and arrays; whoever draws it decides nothing but the looks.

Every panel has a kind, a name (unique in its picture), a label (its title) and an aspect (width : height). Where a reader
may take hold of something, the panel says which settings follow: a *handle* at (x, y) sets each named setting to
p·x + q·y + r, for the (p, q, r) it carries.
"""

import numpy as np

from nnlib.arrays import Array


def plane(name, label, x, y, *, field=None, scale=(-1.0, 0.0, 1.0), lines=(), points=None, handles=()) -> dict:
    """Return a plane of two features.

    Parameters
    ----------
    x, y : (label, low, high), the axes
    field : (rows, columns) values over the plane, the first row lowest, each at the middle of its cell
    scale : the values that take the negative, the zero and the positive color
    lines : from `line`
    points : from `dots`
    handles : from `handle`
    """
    return {"kind": "plane", "name": name, "label": label, "aspect": 1.0, "x": _axis(x), "y": _axis(y), "field": field,
            "scale": list(scale), "lines": list(lines), "points": points, "handles": list(handles)}  # fmt: skip


def line(at, role, label="") -> dict:
    """Return a line through the rows of `at`, shape (points, 2); role: "boundary", "old", "trail" or "arrow"."""
    return {"at": np.asarray(at, dtype=float), "role": role, "label": label}


def dots(at, labels, *, wrong=None, marked=None, sets=None) -> dict:
    """Return labeled points: `at` (points, 2), `labels` −1 or +1, which are `wrong`, the one that is `marked`.

    `sets` names the control of kind "points" that the reader changes by adding, dragging and deleting them.
    """
    wrong = np.zeros(len(at)) if wrong is None else np.asarray(wrong, dtype=float)
    return {"at": np.asarray(at, dtype=float).reshape(-1, 2), "labels": np.asarray(labels, dtype=float), "wrong": wrong,
            "marked": marked, "sets": sets}  # fmt: skip


def handle(name, label, at, sets, *, start=None) -> dict:
    """Return something to drag at `at`; from `start`, where given, an arrow leads to it.

    `sets` maps the name of a setting to (p, q, r): dragged to (x, y), the setting becomes p·x + q·y + r.
    """
    return {"name": name, "label": label, "at": [float(v) for v in at], "start": start and [float(v) for v in start],
            "sets": {setting: [float(v) for v in pqr] for setting, pqr in sets.items()}}  # fmt: skip


def network(name, label, layers, edges, *, aspect=1.5) -> dict:
    """Return nodes in layers, each from `node`, joined by edges, each from `edge`."""
    return {"kind": "network", "name": name, "label": label, "aspect": aspect, "layers": layers, "edges": edges}


def node(label, value) -> dict:
    """Return a node with its present value."""
    return {"label": label, "value": float(value)}


def edge(source, target, value, label, *, sets=None) -> dict:
    """Return an edge between two nodes, (layer, index) each; `sets` names the setting that dragging it changes."""
    return {"source": list(source), "target": list(target), "value": float(value), "label": label, "sets": sets}


def bars(name, label, labels, values, *, low=0.0, high=1.0, best=None, aspect=1.2) -> dict:
    """Return one bar a label, with the index of the one to point out."""
    return {"kind": "bars", "name": name, "label": label, "aspect": aspect, "labels": list(labels),
            "values": np.asarray(values, dtype=float), "low": low, "high": high, "best": best}  # fmt: skip


def image(name, label, values, *, low=0.0, high=1.0) -> dict:
    """Return a gray image, (rows, columns), the first row at the top; `low` is paper, `high` is ink."""
    return {"kind": "image", "name": name, "label": label, "aspect": 1.0, "values": np.asarray(values, dtype=float),
            "low": low, "high": high}  # fmt: skip


def pad(name, label, values, sets) -> dict:
    """Return a drawing to go on drawing on; `sets` names its control."""
    return {"kind": "pad", "name": name, "label": label, "aspect": 1.0, "values": np.asarray(values, dtype=float), "sets": sets}


def series(name, label, x, y, curves, *, aspect=1.5) -> dict:
    """Return curves over one pair of axes, (label, low, high) each; a curve is (label, (points, 2))."""
    return {"kind": "series", "name": name, "label": label, "aspect": aspect, "x": _axis(x), "y": _axis(y),
            "curves": [{"label": text, "at": np.asarray(at, dtype=float).reshape(-1, 2)} for text, at in curves]}  # fmt: skip


def equations(name, label, lines, *, aspect=6.0) -> dict:
    """Return lines of plain mathematics with the present numbers in them."""
    return {"kind": "equations", "name": name, "label": label, "aspect": aspect, "lines": list(lines)}


def boundary(weights, bias, x, y) -> Array:
    """Return where w·x + b = 0 crosses the box x = (low, high), y = (low, high): shape (2, 2), or (0, 2) if nowhere."""
    (w1, w2), ends = weights, []
    if w2:
        ends += [(at, -(w1 * at + bias) / w2) for at in x]
    if w1:
        ends += [(-(w2 * at + bias) / w1, at) for at in y]
    tiny = 1e-9
    inside = sorted(
        {(p + 0.0, q + 0.0) for p, q in ends if x[0] - tiny <= p <= x[1] + tiny and y[0] - tiny <= q <= y[1] + tiny}
    )
    return np.array([inside[0], inside[-1]]) if len(inside) > 1 else np.empty((0, 2))


def grid(x, y, cells) -> Array:
    """Return the middles of `cells` × `cells` cells over the box, row by row from the lowest: (cells², 2)."""
    middle = (np.arange(cells) + 0.5) / cells
    across, up = np.meshgrid(x[0] + middle * (x[1] - x[0]), y[0] + middle * (y[1] - y[0]))
    return np.column_stack([across.ravel(), up.ravel()])


def _axis(axis) -> dict:
    label, low, high = axis
    if not low < high:
        raise ValueError(f"the axis {label} runs from low = {low} to high = {high}: its low end must lie below its high end")
    return {"label": label, "low": float(low), "high": float(high)}


def text(value, digits=2) -> str:
    """Return a number as the figures write it: rounded, with a true minus sign, and never −0."""
    rounded = round(float(value), digits) + 0.0
    return f"{rounded:.{digits}f}".replace("-", "−")
