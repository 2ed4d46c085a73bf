"""The still picture of a panel, by matplotlib: for the page before its engine wakes, without JavaScript, and in print.

It leaves the margins that the view leaves (`view/axes.mjs`), so that nothing moves when the figure comes to life.
"""

import io

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

WIDTH = 350 / 72  # inches: a panel is some 350 CSS pixels wide
MARGIN = {"left": 36 / 72, "right": 10 / 72, "top": 10 / 72, "bottom": 36 / 72}
SOFT = 0.5  # as in view/plane.mjs
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "nnlib", "font.size": 11, "font.family": "sans-serif"}


def still_svg(panel, theme) -> bytes:
    """Return the panel as a picture, SVG, in a theme of `nnlib.palette`; the same panel gives the same bytes."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, WIDTH / panel["aspect"]), facecolor="none")
        FigureCanvasAgg(figure)
        _DRAW[panel["kind"]](figure, panel, theme)
        svg = io.BytesIO()
        FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None, "Creator": "nnlib"})
    return svg.getvalue()


def _axes(figure, panel, theme):
    width, height = figure.get_size_inches()
    left, bottom = MARGIN["left"] / width, MARGIN["bottom"] / height
    axes = figure.add_axes(
        (left, bottom, 1 - left - MARGIN["right"] / width, 1 - bottom - MARGIN["top"] / height), facecolor="none"
    )
    axes.set(xlim=(panel["x"]["low"], panel["x"]["high"]), ylim=(panel["y"]["low"], panel["y"]["high"]))
    axes.set_xlabel(panel["x"]["label"], color=theme["ink"], labelpad=1)
    axes.set_ylabel(panel["y"]["label"], color=theme["ink"], labelpad=0)
    axes.tick_params(colors=theme["soft"], labelsize=9, length=0, pad=3)
    axes.spines[:].set_color(theme["line"])
    return axes


def _plane(figure, panel, theme):
    axes = _axes(figure, panel, theme)
    extent = (panel["x"]["low"], panel["x"]["high"], panel["y"]["low"], panel["y"]["high"])
    if panel["field"] is not None:
        low, _, high = panel["scale"]
        colors = _softened(theme)
        axes.imshow(panel["field"], extent=extent, origin="lower", aspect="auto", vmin=low, vmax=high, cmap=colors,
                    interpolation="bilinear")  # fmt: skip
    for line in panel["lines"]:
        if line["role"] == "arrow":
            _arrow(axes, *line["at"], theme)
            continue
        style = {"old": ("--", 1.5, "soft"), "trail": ("-", 2, "accent")}.get(line["role"], ("-", 2, "ink"))
        axes.plot(*line["at"].T, linestyle=style[0], linewidth=style[1], color=theme[style[2]])
    if panel["points"]:
        _points(axes, panel["points"], theme)
    for handle in panel["handles"]:
        if handle["start"]:
            _arrow(axes, handle["start"], handle["at"], theme)
        else:
            face, edge = ("accent", "paper") if handle["name"] == "probe" else ("paper", "ink")
            axes.plot(*handle["at"], "o", markersize=15, color=theme[face], markeredgecolor=theme[edge], markeredgewidth=2.5)


def _arrow(axes, start, end, theme):
    look = {"arrowstyle": "->", "color": theme["ink"], "linewidth": 3, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 20}
    axes.annotate("", end, start, arrowprops=look)


def _points(axes, points, theme):
    for sign, marker, name in ((1, "o", "positive"), (-1, "s", "negative")):
        at = points["at"][points["labels"] == sign]
        axes.plot(*at.T, marker, color=theme[name], markeredgecolor=theme["paper"], markersize=11, linestyle="none")
    wrong = points["at"][points["wrong"] > 0]
    axes.plot(*wrong.T, "o", color="none", markeredgecolor=theme["ink"], markersize=18, markeredgewidth=1.25)


def _softened(theme):
    negative, zero, positive = (np.array(mpl.colors.to_rgb(theme[name])) for name in ("negative", "zero", "positive"))
    return LinearSegmentedColormap.from_list("signs", [zero + SOFT * (negative - zero), zero, zero + SOFT * (positive - zero)])


def _pixel_axes(figure):
    """Return axes over the whole panel whose unit is a CSS pixel, y downward, as the view's network is laid out."""
    width, height = figure.get_size_inches() * 72
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return axes, width, height


def _network(figure, panel, theme):
    axes, width, height = _pixel_axes(figure)
    radius = np.clip(width / 14, 17, 26)
    steps = max(1, len(panel["layers"]) - 1)

    def place(layer, index):
        return radius + 6 + layer * (width - 2 * radius - 12) / steps, (index + 0.5) * height / len(panel["layers"][layer])

    for edge in panel["edges"]:
        start, end = np.array(place(*edge["source"])), np.array(place(*edge["target"]))
        color = "soft" if edge["sets"] is None else "negative" if edge["value"] < 0 else "positive"
        axes.plot(*np.transpose([start, end]), color=theme[color], linewidth=min(9, 1.5 + 1.2 * abs(edge["value"])), zorder=1)
        label = edge["label"] if edge["sets"] is None else f"{edge['label']} = {edge['value']:.2f}".replace("-", "−")
        x, y = start + 0.45 * (end - start)
        axes.text(x, y - 8, label, ha="center", color=theme["ink"], fontsize=11.5,
                  bbox={"facecolor": theme["paper"], "edgecolor": "none", "pad": 0.5})  # fmt: skip
    for layer, nodes in enumerate(panel["layers"]):
        for index, node in enumerate(nodes):
            x, y = place(layer, index)
            axes.add_patch(
                mpl.patches.Circle((x, y), radius, facecolor=theme["paper"], edgecolor=theme["ink"], lw=1.5, zorder=2)
            )
            axes.text(x, y - 3, node["label"], ha="center", color=theme["soft"], fontsize=11, zorder=3)
            value = f"{node['value']:.2f}".replace("-", "−")
            axes.text(x, y + 12, value, ha="center", color=theme["ink"], fontsize=11.5, zorder=3)


def _bars(figure, panel, theme):
    axes, width, height = _pixel_axes(figure)
    rows = height / len(panel["labels"])
    room = width - 22 - 42 - 13
    for index, (label, value) in enumerate(zip(panel["labels"], panel["values"], strict=True)):
        y, share = (index + 0.5) * rows, np.clip((value - panel["low"]) / (panel["high"] - panel["low"]), 0, 1)
        best = index == panel["best"]
        axes.barh(y, room, 0.6 * rows, left=29, color=theme["zero"])
        axes.barh(y, room * share, 0.6 * rows, left=29, color=theme["positive" if best else "soft"])
        weight = "bold" if best else "normal"
        axes.text(2, y, label, va="center", color=theme["ink"], fontsize=13, weight=weight)
        axes.text(width - 1, y, f"{value:.2f}", va="center", ha="right", color=theme["soft"], fontsize=11, weight=weight)


def _image(figure, panel, theme):
    axes, width, height = _pixel_axes(figure)
    gray = LinearSegmentedColormap.from_list("ink", [theme["paper"], theme["ink"]])
    axes.imshow(panel["values"], extent=(0, width, height, 0), cmap=gray, vmin=panel.get("low", 0), vmax=panel.get("high", 1),
                interpolation="nearest", aspect="auto")  # fmt: skip
    axes.set_axis_on()
    axes.spines[:].set_color(theme["line"])
    axes.set(xticks=[], yticks=[])


def _series(figure, panel, theme):
    axes = _axes(figure, panel, theme)
    for curve, name in zip(panel["curves"], ("positive", "negative", "accent", "ink"), strict=False):
        axes.plot(*curve["at"].T, color=theme[name], linewidth=2, marker="o" if len(curve["at"]) <= 60 else None)


_DRAW = {"plane": _plane, "network": _network, "bars": _bars, "image": _image, "pad": _image, "series": _series}
