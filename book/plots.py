"""The plots of the chapters, within their pages: drawn by Matplotlib on white, they take the page's colors and typeface here.

A notebook stores a plot as an SVG in the colors of `nnlib.palette.LIGHT`. In the page each is a custom property, which the
dark theme sets anew. What a plot has of pixels, a field or an image, goes through a filter that takes the light palette to
the dark one: between zero and a sign's color, colors are mixed, so a linear map is exact.
"""

import re

import numpy as np
from matplotlib.colors import to_rgb

from book import lighter
from nnlib.palette import CLASSES, DARK, LIGHT

PLOT = re.compile(r'<img (?=[^>]*\bsrc="[^"]*_images/([0-9a-f]{64}\.svg)")(?=[^>]*\balt="([^"]*)")[^>]*>')
OF_THE_FILE = re.compile(r"<metadata>.*?</metadata>\s*|<defs>\s*<style\b.*?</style>\s*</defs>\s*", re.DOTALL)
GROUND = re.compile(rf'style="fill: {LIGHT["paper"]}"')  # of the plot and of its axes: in the page it is the page itself
COLOR = re.compile(r"#[0-9a-f]{6}\b")
FONT = re.compile(r"'DejaVu Sans'[^;\"]*")
TAG = re.compile(r"<[^>]*>")  # what stands between them are words
PATH = re.compile(r'(?<= d=")[^"]*')
PIXELS = re.compile(r"(?<=data:image/png;base64,)[^\"]*")
TOO_EXACT = re.compile(r"(\d\.\d\d)\d+")  # a hundredth of a point is a hundredth of a hair
NAMES = {color: f"class-{index}" for index, color in enumerate(CLASSES)} | {color: name for name, color in LIGHT.items()}
WIDE = 400  # points: a wider plot would be too small to read on a phone, where it scrolls instead
KEPT = ("negative", "zero", "positive", "ink")  # what the filter takes exactly to where it belongs


def in_page(text, page, work):
    """Return the text of a page with its plots in it, in the page's colors."""

    def drawn(found):
        svg = (work.root / "_images" / found[1]).read_text(encoding="utf-8")
        strange = sorted(set(COLOR.findall(svg)) - set(NAMES))
        if strange:
            work.faults.add(f"{page.name} has a plot in colors that are not the palette's: {', '.join(strange)}.")
        return as_part(svg, found[2], f"plot-{found[1][:8]}")

    return PLOT.sub(drawn, text)


def as_part(svg, words, mark):
    """Return an SVG of Matplotlib's as a part of a page: with these words, escaped, and a mark that makes its ids its own."""
    svg = OF_THE_FILE.sub("", svg[svg.index("<svg") :]).replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    svg = PIXELS.sub(lambda found: lighter.png("".join(found[0].split())), PATH.sub(lambda found: lighter.path(found[0]), svg))
    svg = TAG.sub(lambda found: TOO_EXACT.sub(r"\1", found[0]), svg)
    svg = GROUND.sub('style="fill: none"', svg.replace("xlink:href", "href"))
    svg = FONT.sub("var(--nn-interface)", COLOR.sub(lambda found: _color(found[0]), svg))
    asked = set(re.findall(r'(?:url\(|href=")#([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda found: f' id="{mark}-{found[1]}"' if found[1] in asked else "", svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{mark}-", svg)
    filters = f'<filter id="{mark}-dark" color-interpolation-filters="sRGB">{MATRIX}</filter>' if "<image" in svg else ""
    looks = f' style="--nn-dark: url(#{mark}-dark)"' if filters else ""
    is_wide = float(re.search(r'<svg\b[^>]*\bwidth="([\d.]+)pt"', svg)[1]) > WIDE
    kind = ' class="nn-wide"' if is_wide else ""
    head = f'<svg{kind} role="img" aria-label="{words}"{looks}'
    drawn = re.sub(r"<svg\b([^>]*)>", lambda found: f"{head}{found[1]}>{filters}", svg, count=1)
    return f'<div class="nn-plot">{drawn.strip()}</div>'


def _color(color):
    return f"var(--nn-{NAMES[color]})" if color in NAMES else color


def to_dark():
    """Return the map of colors from light to dark, (3, 4): red, green and blue, and what is added; all 0 to 1."""
    light, dark = (np.array([to_rgb(theme[name]) for name in KEPT]) for theme in (LIGHT, DARK))
    return np.linalg.solve(np.column_stack([light, np.ones(len(KEPT))]), dark).T


def _matrix():
    rows = [f"{red:.4f} {green:.4f} {blue:.4f} 0 {added:.4f}" for red, green, blue, added in to_dark()]
    return f'<feColorMatrix values="{" ".join(rows)} 0 0 0 1 0"/>'


MATRIX = _matrix()
