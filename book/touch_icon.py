"""The icon for the screen of a phone: the book's own, `assets/icon.svg`, as pixels, on the color of the page.

Phones that take no SVG take this. It draws what that icon is made of, lines and circles, and knows no more of SVG.
"""

import re

from matplotlib.figure import Figure
from matplotlib.patches import Circle

from nnlib import palette

SIDE = 180  # pixels, as Apple asks
MARGIN = 3  # around the 32 units of the icon, whose corners a phone rounds
LINES = re.compile(r'<g stroke="(#\w+)" stroke-width="([\d.]+)"><path d="([^"]*)"')
CIRCLE = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)" fill="(#\w+)"')


def draw_icon(svg, path):
    """Draw an icon, given as a text in SVG, into a PNG file."""
    whole = 32 + 2 * MARGIN
    figure = Figure(figsize=(1, 1), dpi=SIDE, facecolor=palette.LIGHT["page"])
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(-MARGIN, 32 + MARGIN), ylim=(32 + MARGIN, -MARGIN))
    axes.axis("off")
    for color, width, d in LINES.findall(svg):
        for (x1, y1), (x2, y2) in strokes(d):
            axes.plot((x1, x2), (y1, y2), color=color, linewidth=float(width) * 72 / whole, solid_capstyle="butt")
    for x, y, r, color in CIRCLE.findall(svg):
        axes.add_patch(Circle((float(x), float(y)), float(r), color=color, linewidth=0, zorder=3))
    figure.savefig(path, metadata={"Software": None})


def strokes(d):
    """Yield the straight strokes of a path whose letters are M, L and h; numbers after those of M are of an L."""
    at = None
    for letter, x, y in re.findall(r"([MLh]?)\s*(-?[\d.]+)(?: (-?[\d.]+))?", d):
        to = (at[0] + float(x), at[1]) if letter == "h" else (float(x), float(y))
        if letter != "M":
            yield at, to
        at = to
