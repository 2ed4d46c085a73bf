"""Panels with two axes: a plane of two features or two weights, and series of numbers as curves.

Both are the same thing at heart, lines and handles on axes. A plane can have a field and points besides, and is square.
"""

import numpy as np

from nnlib.arrays import choose

COLORED = ("curve", "points")  # these roles take the colors of the curves in turn, and stand in the legend,
NAMED = ("level", "spikes", "boundary", "old")  # and so do these, where a panel has one line of the role: all look alike
ROLES = ("curve", "points", "boundary", "old", "trail", "arrow", "tangent", "guide", "level", "contour", "spikes")


def plane(name, label, x, y, *, field=None, scale=(-1.0, 0.0, 1.0), lines=(), points=None, handles=(), wide=False) -> dict:
    """Return a plane of two features, or of two weights: the landscape of a loss.

    Parameters
    ----------
    x, y : (label, low, high), the axes; (label, low, high, "log") for a logarithmic one
    field : (rows, columns) values over the plane, the first row lowest, each at the middle of its cell; or
        (rows, columns, classes) probabilities, each class in its color; uint8 where 0 … 255 run from the first to the last
        number of `scale` already, or from 0 to 1 in probabilities
    scale : the values that take the negative, the zero and the positive color
    lines : from `line`
    points : from `dots`
    handles : from `handle`
    """
    return {"kind": "plane", "name": name, "label": label, "aspect": 1.0, "wide": wide, "field": field, "scale": list(scale),
            "points": points, **_on_axes(x, y, lines, handles)}  # fmt: skip


def series(name, label, x, y, curves, *, handles=(), aspect=1.5, wide=False, reads=False) -> dict:
    """Return curves over one pair of axes, (label, low, high) each, or (label, low, high, "log").

    A curve comes from `line`, or is a pair (label, at) for numbers that are counted: one dot each, joined. A handle that
    sets one setting keeps to where the picture puts it, so a point can be dragged along its curve. Two wide panels with
    the same x axis, one below the other, share it. With `reads` the numbers of its curves at one place can be read: by
    pointing at it, and by keys.
    """
    lines = [curve if isinstance(curve, dict) else line(curve[1], "points", curve[0]) for curve in curves]
    return {"kind": "series", "name": name, "label": label, "aspect": aspect, "wide": wide, "field": None, "points": None,
            "reads": reads, **_on_axes(x, y, lines, handles)}  # fmt: skip


def line(at, role, label="", *, key=None, color=None) -> dict:
    """Return a line through the rows of `at`, shape (points, 2).

    The role decides its looks: "curve", "points" (a curve with a dot at each row), "boundary", "old", "trail", "arrow",
    "tangent", "guide" (from a point to an axis) or "level" (a threshold). In two roles each pair of rows is a stroke of its
    own: "contour" and "spikes". A curve takes the next color, or the one that `color` counts, from 0: that of another curve.
    """
    choose(role, dict.fromkeys(ROLES), "the role of a line")
    return {"at": np.asarray(at, dtype=float).reshape(-1, 2), "role": role, "label": label, "key": key, "color": color}


def dots(at, labels, *, classes=None, wrong=None, unseen=None, marked=None, sets=None, edits=True) -> dict:
    """Return labeled points: `at` (points, 2), which are `wrong`, which are `unseen` in training, the one that is `marked`.

    The labels are −1 or +1; with `classes`, how many there are, they are 0 … classes − 1. Classes differ in color and shape.
    Where `classes` is 0 the labels are numbers, and −1 and +1 have the full colors.
    `sets` names the control of kind "points" that the reader changes by adding, dragging and deleting them; without `edits`
    they are other points now, which stay.
    """
    wrong, unseen = (np.zeros(len(at)) if those is None else np.asarray(those, dtype=float) for those in (wrong, unseen))
    return {"at": np.asarray(at, dtype=float).reshape(-1, 2), "labels": np.asarray(labels, dtype=float), "classes": classes,
            "wrong": wrong, "unseen": unseen, "marked": marked, "sets": sets,
            "edits": bool(sets and edits)}  # fmt: skip


def handle(name, label, at, sets, *, start=None, mark="") -> dict:
    """Return something to drag at `at`, with the letter `mark` in it; from `start`, where given, an arrow leads to it.

    `sets` maps the name of a setting to (p, q, r): dragged to (x, y), the setting becomes p·x + q·y + r.
    """
    return {"name": name, "label": label, "at": [float(v) for v in at], "mark": mark,
            "start": start and [float(v) for v in start],
            "sets": {setting: [float(v) for v in pqr] for setting, pqr in sets.items()}}  # fmt: skip


def _on_axes(x, y, lines, handles) -> dict:
    """Return what both kinds of panels have: axes, lines with their colors, handles, and a legend if several have names."""
    colored = [one for one in lines if one["role"] in COLORED]
    in_turn = {id(one): index for index, one in enumerate(colored)}
    lines = [one | {"color": in_turn.get(id(one)) if one["color"] is None else one["color"]} for one in lines]
    roles = [one["role"] for one in lines if one["label"]]
    known = {*COLORED, *(role for role in NAMED if roles.count(role) == 1)}
    named = [one for one in lines if one["label"] and one["role"] in known]
    legend = [{name: one[name] for name in ("role", "color", "label", "key")} for one in named] if len(named) > 1 else []
    return {"x": _axis(*x), "y": _axis(*y), "lines": lines, "handles": list(handles), "legend": legend}


def _axis(label, low, high, scale="linear") -> dict:
    choose(scale, {"linear": None, "log": None}, "the scale of an axis")
    if not low < high or (scale == "log" and low <= 0):
        raise ValueError(f"The axis {label!r} runs from {low} to {high}: its ends must rise, and be positive where it is log.")
    return {"label": label, "low": float(low), "high": float(high), "scale": scale}
