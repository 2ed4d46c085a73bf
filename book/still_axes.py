"""The still picture of a plane or of series.

It leaves the margins that the view leaves (`view/axes.mjs`), so that nothing moves when the figure comes to life.
"""

import math

import matplotlib as mpl
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import NullLocator

from nnlib import palette

MARGIN = {"left": 44 / 72, "right": 8 / 72, "top": 12 / 72, "bottom": 40 / 72}  # in inches
SOFT = 0.5  # as in view/plane.mjs
SHAPES = ("o", "s", "^", "D", "v", "P", "*", "p", "X", "h")  # of the classes, as in view/points.mjs
LINES = {
    "old": {"linestyle": "--", "linewidth": 1.5, "color": "soft"},
    "trail": {"linewidth": 2, "color": "accent"},
    "tangent": {"linewidth": 2, "color": "ink"},
    "guide": {"linestyle": ":", "linewidth": 1.5, "color": "soft"},
    "level": {"linestyle": (0, (8, 4)), "linewidth": 1.5, "color": "ink"},
}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _axes(figure, panel, theme):
    width, height = figure.get_size_inches()
    left, bottom = MARGIN["left"] / width, MARGIN["bottom"] / height
    axes = figure.add_axes(
        (left, bottom, 1 - left - MARGIN["right"] / width, 1 - bottom - MARGIN["top"] / height), facecolor="none"
    )
    axes.set(xlim=(panel["x"]["low"], panel["x"]["high"]), ylim=(panel["y"]["low"], panel["y"]["high"]))
    room = 72 * np.array([width - MARGIN["left"] - MARGIN["right"], height - MARGIN["top"] - MARGIN["bottom"]])
    for name, side, pixels in zip("xy", (axes.xaxis, axes.yaxis), room, strict=True):
        if panel[name]["scale"] == "log":
            axes.set(**{f"{name}scale": "log"})
        side.set_minor_locator(NullLocator())
        side.set_ticks(*zip(*_ticks(panel[name], pixels), strict=True))
    axes.set_xlabel(panel["x"]["label"], color=theme["ink"], labelpad=1)
    axes.set_ylabel(panel["y"]["label"], color=theme["ink"], labelpad=0)
    axes.tick_params(colors=theme["soft"], labelsize=9, length=0, pad=3)
    axes.spines[:].set_color(theme["line"])
    return axes


def _ticks(axis, pixels):
    """Return (value, text) of each tick, as the view has them: see `ticksOf` in view/axes.mjs."""
    low, high = axis["low"], axis["high"]
    most = max(2, min(5, int(pixels // 32)))
    if axis["scale"] == "log":
        first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
        powers = range(first, last + 1, max(1, math.ceil((last - first + 1) / (most + 1))))
        return [(10.0**power, "10" + str(power).translate(RAISED)) for power in powers]
    rough = (high - low) / most
    unit = 10 ** math.floor(math.log10(rough))
    step = unit * next(factor for factor in (1, 2, 5, 10) if factor * unit >= rough * 0.999)
    values = [i * step for i in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    return [(value, f"{value:.6g}".replace("-", "−")) for value in values]


def draw_axes(figure, panel, theme):
    """Draw a plane or series."""
    axes = _axes(figure, panel, theme)
    extent = (panel["x"]["low"], panel["x"]["high"], panel["y"]["low"], panel["y"]["high"])
    if panel["field"] is not None:
        draw_field(axes, panel["field"], panel["scale"], SOFT, extent, theme)
    for line in panel["lines"]:
        _line(axes, line, theme)
    if panel["points"]:
        _points(axes, panel["points"], theme)
    for handle in panel["handles"]:
        if handle["start"]:
            _arrow(axes, handle["start"], handle["at"], theme)
        if handle["mark"] or not handle["start"]:
            face, edge = ("accent", "paper") if handle["name"] == "probe" else ("paper", "ink")
            axes.plot(*handle["at"], "o", markersize=15, color=theme[face], markeredgecolor=theme[edge], markeredgewidth=2.5)
            axes.text(*handle["at"], handle["mark"], color=theme["ink"], fontsize=9, ha="center", va="center_baseline")


def draw_field(axes, field, scale, share, extent, theme):
    """Draw a field, of signs or of the probabilities of classes, into the box `extent`."""
    if field.ndim == 3:  # each cell has the probabilities of the classes, and the mixture of their colors
        zero, colors = (np.array([mpl.colors.to_rgb(c) for c in some]) for some in ([theme["zero"]], palette.CLASSES))
        field = field @ (zero + share * (colors[: field.shape[2]] - zero))
        axes.imshow(field.clip(0, 1), extent=extent, origin="lower", aspect="auto", interpolation="bilinear")
        return
    low, zero, high = scale
    colors = _softened(theme, share, (zero - low) / (high - low))
    axes.imshow(field, extent=extent, origin="lower", aspect="auto", vmin=low, vmax=high, cmap=colors, interpolation="bilinear")


def _line(axes, line, theme):
    at, role = line["at"], line["role"]
    if role == "arrow":
        _arrow(axes, *at, theme)
    elif role in ("contour", "spikes"):
        color, width = ("soft", 0.75) if role == "contour" else ("accent", 2)
        strokes = LineCollection(at.reshape(-1, 2, 2), colors=theme[color], linewidths=width)
        axes.add_collection(strokes, autolim=False)
    else:
        look = LINES.get(role, {"linewidth": 2, "color": "ink"})
        if line["color"] is not None:
            turn = line["color"] % len(palette.CURVES)
            dash = tuple(map(float, palette.DASHES[turn].split()))
            look = {"linewidth": 2, "color": palette.CURVES[turn], "linestyle": (0, dash) if dash else "-"}
            look |= {"marker": "o", "clip_on": False} if role == "points" else {}
        axes.plot(*at.T, **look | {"color": theme[look["color"]]})


def _arrow(axes, start, end, theme):
    look = {"arrowstyle": "->", "color": theme["ink"], "linewidth": 3, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 20}
    axes.annotate("", end, start, arrowprops=look)


def _points(axes, points, theme):
    two = {1: ("o", theme["positive"]), -1: ("s", theme["negative"])}
    looks = two if points["classes"] is None else dict(enumerate(zip(SHAPES, palette.CLASSES, strict=True)))
    for label, (marker, color) in looks.items():
        at = points["at"][points["labels"] == label]
        axes.plot(*at.T, marker, color=color, markeredgecolor=theme["paper"], markersize=11, linestyle="none")
    wrong = points["at"][points["wrong"] > 0]
    axes.plot(*wrong.T, "o", color="none", markeredgecolor=theme["ink"], markersize=18, markeredgewidth=1.25)


def _softened(theme, share, middle):
    negative, zero, positive = (np.array(mpl.colors.to_rgb(theme[name])) for name in ("negative", "zero", "positive"))
    ends = [(0, zero + share * (negative - zero)), (middle, zero), (1, zero + share * (positive - zero))]
    return LinearSegmentedColormap.from_list("signs", ends)
