"""The still pictures of networks, bars and images: what is laid out in pixels, as the view does it."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path

from book.still_axes import draw_field
from nnlib.explorables.writing import scientific, text

SOFT_NODE, LETTER, AIR = 0.85, 6.2, 12  # as in view/network.mjs


def _pixel_axes(figure):
    """Return axes over the whole panel whose unit is a CSS pixel, y downward, as the view's network is laid out."""
    width, height = figure.get_size_inches() * 72
    axes = figure.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return axes, width, height


def draw_network(figure, panel, theme):
    """Draw a network."""
    axes, width, height = _pixel_axes(figure)
    layers = panel["layers"]
    radius = max(10, min(26, width / 14, (height / max(map(len, layers)) - 17) / 2))
    across = np.cumsum([0, *panel["gaps"]])
    across *= (width - 2 * radius - 12) / max(1, across[-1])

    def place(layer, index):
        return np.array([radius + 6 + across[layer], (index + 0.5) * height / len(layers[layer])])

    for edge in panel["edges"]:
        start, end = place(*edge["source"]) + [radius, 0], place(*edge["target"]) - [radius, 0]
        _edge(axes, edge, start, end, len(layers[edge["target"][0]]) > 1, theme)
    for layer, nodes in enumerate(layers):
        for index, node in enumerate(nodes):
            _node(axes, node, *place(layer, index), radius, theme)


def _edge(axes, edge, start, end, crossing, theme):
    value, middle = edge["value"], (start[0] + end[0]) / 2
    color = "soft" if value is None else "negative" if value < 0 else "positive"
    curve = Path([start, (middle, start[1]), (middle, end[1]), end], [1, 4, 4, 4])
    width = 2.5 if value is None else min(9, 1 + 1.3 * abs(value))
    axes.add_patch(PathPatch(curve, facecolor="none", edgecolor=theme[color], linewidth=width, zorder=1))
    share, room = 0.3 if crossing else 0.45, end[0] - start[0]
    x, y = start + np.array([1.5 * share * (1 - share) + share**3, share**2 * (3 - 2 * share)]) * (end - start)
    label = f"{edge['label']} = {text(value)}" if edge["label"] and value is not None else edge["label"]
    label = text(value) if value is not None and len(label) * LETTER + AIR > room else label
    x = max(x, start[0] + min(len(label) * LETTER + AIR, room) / 2)
    for words, top, hue in ((label, y - 8, "ink"), (_scientific(edge["gradient"]), y + 16, "accent")):
        box = {"facecolor": theme["paper"], "edgecolor": "none", "pad": 0.5}
        axes.text(x, top, words, ha="center", color=theme[hue], fontsize=11.5, bbox=box if words else None)


def _node(axes, node, x, y, radius, theme):
    field, square = node["field"], (x - radius, y - radius)
    if field is not None:
        extent = (x - radius, x + radius, y + radius, y - radius)
        draw_field(axes, field, node["scale"], SOFT_NODE, extent, theme)
        axes.images[-1].set_zorder(2)
        axes.set(xlim=axes.get_xlim(), ylim=axes.get_ylim())
    face = theme["paper"] if field is None else "none"
    shape = Circle((x, y), radius) if field is None else Rectangle(square, 2 * radius, 2 * radius)
    known = "-" if node["value"] is not None else (0, (3, 3))
    shape.set(facecolor=face, edgecolor=theme["ink"], linewidth=1.5, linestyle=known, zorder=2)
    axes.add_patch(shape)
    small, before, value = radius < 16, node["before"], node["value"]
    named = -radius - 4 if before is not None or value is None else radius + 11 if field is not None else 3 if small else -3
    words = [(node["label"], named, "soft", 11)]
    words += [(text(number), down, "ink", 11.5) for number, down in ((before, -3), (value, min(12, radius / 2)))
              if number is not None and field is None and not small]  # fmt: skip
    words += [(f"{node['sign']} {_scientific(node['gradient'])}", radius + 13, "accent", 11.5)] * (node["gradient"] is not None)
    for word, down, color, size in words:
        axes.text(x, y + down, word, ha="center", color=theme[color], fontsize=size, zorder=3)


def draw_layers(figure, panel, theme):
    """Draw a network whose weights are arrays."""
    axes, width, height = _pixel_axes(figure)
    sizes, names = panel["sizes"], (panel["inputs"], panel["outputs"])
    left, right = (6 + LETTER * max([0, *(len(name) + 1 for name in some)]) for some in names)
    radius = max(4, min(22, height / max(sizes) / 2 - 3, (width - left - right) / len(sizes) / 3.2))
    across = np.linspace(left + radius, width - right - radius, len(sizes))
    at = [[(x, (index + 0.5) * height / size) for index in range(size)] for x, size in zip(across, sizes, strict=True)]
    for weights, sources, targets in zip(panel["weights"], at, at[1:], strict=False):
        for (x0, y0), row in zip(sources, weights, strict=True):
            for (x, y), value in zip(targets, row, strict=True):
                curve = Path([(x0, y0), ((x0 + x) / 2, y0), ((x0 + x) / 2, y), (x, y)], [1, 4, 4, 4])
                color = theme["negative" if value < 0 else "positive"]
                axes.add_patch(PathPatch(curve, facecolor="none", edgecolor=color, linewidth=min(6, 0.5 + 1.2 * abs(value))))
    for node, (x, y) in enumerate(place for layer in at for place in layer):
        axes.add_patch(Rectangle((x - radius, y - radius), 2 * radius, 2 * radius, facecolor=theme["paper"], zorder=2,
                                 edgecolor=theme["ink"]))  # fmt: skip
        if panel["fields"] is not None:
            low, zero, high = panel["scale"]
            field, extent = low + panel["fields"][node] / 255 * (high - low), (x - radius, x + radius, y + radius, y - radius)
            draw_field(axes, field, (low, zero, high), SOFT_NODE, extent, theme)
            axes.images[-1].set_zorder(2)
    axes.set(xlim=(0, width), ylim=(height, 0))
    for some, layer, side in zip(names, (at[0], at[-1]), (-1, 1), strict=True):
        for name, (x, y) in zip(some, layer, strict=False):
            place = x + side * (radius + 5), y + 4
            axes.text(*place, name, ha="right" if side < 0 else "left", color=theme["soft"], fontsize=11)


def _scientific(number):
    return "" if number is None else scientific(number)


def draw_bars(figure, panel, theme):
    """Draw bars."""
    axes, width, height = _pixel_axes(figure)
    rows = height / len(panel["labels"])
    left = max(29, 7.5 * max(map(len, panel["labels"])) + 9)
    room = width - left - 48
    for index, (label, value) in enumerate(zip(panel["labels"], panel["values"], strict=True)):
        y = (index + 0.5) * rows
        zero, share = np.clip((np.array([0, value]) - panel["low"]) / (panel["high"] - panel["low"]), 0, 1)
        best = index == panel["best"]
        axes.barh(y, room, 0.6 * rows, left=left, color=theme["zero"])
        axes.barh(y, room * (share - zero), 0.6 * rows, left=left + room * zero, color=theme["positive" if best else "soft"])
        weight = "bold" if best else "normal"
        axes.text(2, y, label, va="center", color=theme["ink"], fontsize=13, weight=weight)
        axes.text(width - 1, y, text(value), va="center", ha="right", color=theme["soft"], fontsize=11, weight=weight)


def draw_image(figure, panel, theme):
    """Draw an image, gray or in the colors of signs, or the paper of a pad."""
    axes, width, height = _pixel_axes(figure)
    low, high = panel.get("low", 0), panel.get("high", 1)
    ends = [(0, theme["paper"]), (1, theme["ink"])]
    if panel.get("signed"):
        ends = [(0, theme["negative"]), (-low / (high - low), theme["zero"]), (1, theme["positive"])]
    colors = LinearSegmentedColormap.from_list("image", ends)
    axes.imshow(panel["values"], extent=(0, width, height, 0), cmap=colors, vmin=low, vmax=high, interpolation="nearest",
                aspect="auto")  # fmt: skip
    axes.set_axis_on()
    axes.spines[:].set_color(theme["line"])
    axes.set(xticks=[], yticks=[])
