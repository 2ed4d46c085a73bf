"""Where lines run over a plane: boundaries, contours, and the grid that a field is computed on."""

import numpy as np

from nnlib.arrays import Array, quiet

FAR = 1e6  # from the origin: no plane reaches so far


def foot(weights, bias) -> Array | None:
    """Return where the perpendicular from the origin meets w·x + b = 0, (2,); None where that is nowhere, or very far."""
    length = np.hypot(*weights)
    if length == 0 or abs(bias) > FAR * length:
        return None
    return -bias / length * (np.asarray(weights) / length)  # no square, which of the smallest weights is 0


@quiet("over")  # a weight near 0: that side is met at no place that numbers can say
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


def contour(values, level, x, y) -> Array:
    """Return where the field `values`, as `grid` orders it, passes `level`: (2 n, 2), each two rows a stroke.

    Each square between four cells is cut into two triangles. Where the level passes through one, it crosses two of its
    three sides, at places that follow from the values at their ends; the stroke joins them.
    """
    rows, columns = values.shape
    places = np.dstack(
        np.meshgrid(*(low + (np.arange(n) + 0.5) / n * (high - low) for n, (low, high) in ((columns, x), (rows, y))))
    )
    corners = np.dstack([places, values - level])  # (rows, columns, 3): x, y, height above the level
    here, right, up, across = corners[:-1, :-1], corners[:-1, 1:], corners[1:, :-1], corners[1:, 1:]
    triangles = np.concatenate(
        [np.stack(three, axis=2).reshape(-1, 3, 3) for three in ((here, right, across), (here, across, up))]
    )
    start, end = triangles, np.roll(triangles, -1, axis=1)  # the three sides of each
    crossed = (start[..., 2] < 0) != (end[..., 2] < 0)
    strokes = crossed.any(axis=1)
    start, end, crossed = start[strokes], end[strokes], crossed[strokes]
    start, end = start[crossed], end[crossed]  # two sides of each triangle, in turn
    share = (start[:, 2] / (start[:, 2] - end[:, 2]))[:, None]
    return start[:, :2] + share * (end[:, :2] - start[:, :2])
