"""The still picture of a panel, by matplotlib: for the page before its engine wakes, without JavaScript, and in print."""

import io

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from book.still_axes import draw_axes
from book.still_shapes import draw_bars, draw_image, draw_layers, draw_network

WIDTH = 350 / 72  # inches: a panel is some 350 CSS pixels wide
WIDE = 760 / 72  # and one with a row for itself
STYLE = {"svg.fonttype": "none", "svg.hashsalt": "nnlib", "font.size": 11, "font.family": "sans-serif"}
DRAW = {"plane": draw_axes, "series": draw_axes, "network": draw_network, "layers": draw_layers, "bars": draw_bars,
        "image": draw_image, "pad": draw_image}  # fmt: skip


def still_svg(panel, theme) -> bytes:
    """Return the panel as a picture, SVG, in a theme of `nnlib.palette`; the same panel gives the same bytes."""
    width = WIDE if panel["wide"] else WIDTH
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(width, width / panel["aspect"]), facecolor="none")
        FigureCanvasAgg(figure)
        DRAW[panel["kind"]](figure, panel, theme)
        svg = io.BytesIO()
        FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None, "Creator": "nnlib"})
    return svg.getvalue()
