"""What each kind of control allows: the values at its ends, and a strategy for all of them."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnlib.explorables.controls import KINDS
from nnlib.explorables.controls.table import MOST_CLASSES, MOST_ROWS

ENDS = {
    "number": lambda one: [one.low, one.high],
    "choice": lambda one: one.options,
    "sizes": lambda one: [[], [one.low] * one.most, [one.high] * one.most],
    "each": lambda one: [[], *([option] * one.most for option in one.options)],
    "several": lambda one: [[*one.options[: one.low]], [*one.options]],
    "table": lambda one: _ends_of_tables(one),
    "points": lambda one: [np.empty((0, 3))],
    "drawing": lambda one: [one.default * 0],
    "pin": lambda one: [None, {control.name: ends(control)[-1] for control in one.controls}],
}
LEGAL = {
    "number": lambda one: st.floats(one.low, one.high) | st.sampled_from([one.low, one.high, one.default]),
    "choice": lambda one: st.sampled_from(one.options),
    "sizes": lambda one: st.lists(st.integers(one.low, one.high), max_size=one.most),
    "each": lambda one: st.lists(st.sampled_from(one.options), max_size=one.most),
    "several": lambda one: st.lists(st.sampled_from(one.options), min_size=one.low, unique=True),
    "table": lambda one: _tables(one),
    "points": lambda one: _points(one),
    "drawing": lambda one: arrays(float, one.default.shape, elements=st.sampled_from([0.0, 0.3, 1.0]), fill=st.just(0.0)),
    "pin": lambda one: st.none() | st.fixed_dictionaries({control.name: legal(control) for control in one.controls}),
}
assert ENDS.keys() == LEGAL.keys() == KINDS.keys()


def ends(control):
    """Return the values at the ends of a control."""
    return ENDS[control.kind](control)


def legal(control):
    """Return a strategy for the legal values of a control, its ends among them."""
    return LEGAL[control.kind](control)


def _points(control):
    place = st.floats(control.low, control.high) | st.sampled_from([0.0, control.low, control.high])
    return st.lists(st.tuples(place, place, st.sampled_from([-1.0, 1.0])), max_size=12).map(list)


def _ends_of_tables(control):
    if not control.parts:
        return [[[0] * control.low], np.ones((MOST_ROWS, control.high))]
    rng, names = np.random.default_rng(0), [*map(str, range(MOST_CLASSES))]
    rows = rng.uniform(-1e6, 1e6, (MOST_ROWS, control.high))
    labels = rng.integers(0, MOST_CLASSES, MOST_ROWS)
    return [
        [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]],
        rows,
        {"columns": [], "rows": np.column_stack([rows[:, :-1], labels]), "classes": names},
    ]


def _tables(control):
    if control.parts:
        return st.lists(_samples, min_size=4, max_size=12, unique_by=tuple(lambda row, at=at: row[at] for at in range(3)))
    shape = st.tuples(st.integers(1, 12), st.integers(control.low, control.high))
    return shape.flatmap(lambda shape: arrays(float, shape, elements=st.floats(-100, 100), fill=st.just(0.0)))


_samples = st.tuples(*[st.integers(-1000, 1000).map(lambda n: n / 10)] * 3)
