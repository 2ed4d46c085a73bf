"""Draws a still picture of a figure, HTML with SVG, into axes of Matplotlib: for pictures that no browser will draw.

It knows what those pictures are made of, with the looks that `nnlib/live/view/figure/figures.css` gives them, and no more.
"""

import base64
import io
import re
from xml.etree import ElementTree

import numpy as np
from matplotlib import patheffects
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path as Outline
from PIL import Image

from nnlib.palette import CLASSES, LIGHT

# By a class of what is drawn: the color of a line, its width and its dashes.
LINES = {
    "nn-old": ("soft", 1.5, (5, 4)),
    "nn-guide": ("soft", 1.5, (1.5, 4)),
    "nn-level": ("ink", 1.5, (8, 4)),
    "nn-contour": ("soft", 0.75, None),
    "nn-spikes": ("accent", 2, None),
    "nn-curve-0": ("positive", 2, None),
    "nn-curve-1": ("negative", 2, (7, 3)),
    "nn-curve-2": ("accent", 2, (2, 3)),
    "nn-curve-3": ("green", 2, (9, 3, 2, 3)),
    "nn-arrow": ("ink", 3, None),
    "nn-dots": (None, 7, None),
    "nn-outlines": ("ink", 1.5, None),
}
# Of a handle's knob: what fills it, its edge, and its radius where that is not its own.
KNOBS = {"nn-handle-probe": ("accent", "paper", None), "nn-handle-weights": ("ink", "ink", 5)}
TEXTS = {"nn-node-label": ("soft", 10.5), "nn-node-value": ("ink", 11), "nn-edge-label": ("ink", 11.5)}
SIGNS = ("negative", "positive", *(f"class-{index}" for index in range(len(CLASSES))))
COLORS = LIGHT | {f"class-{index}": color for index, color in enumerate(CLASSES)}
UNSEEN = {"nn-ticks", "nn-tick", "nn-axis"}  # as the page hides them, too
STEP = re.compile(r"([MmLlHhVvCcAaZz])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
SHIFT = re.compile(r"translate\((-?[\d.]+) (-?[\d.]+)\)(?: scale\(([\d.]+)\))?")
PLACE = re.compile(r"\b(left|top|width|height):(-?[\d.]+)%")
LAYER = re.compile(r"--color:\s*var\(--nn-([\w-]+)\);\s*--mask:\s*url\(data:image/png;base64,([^)]+)\)")
TAKEN = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}  # the numbers of a step


class Drawing:
    """A still picture of the size `box`, drawn into `axes` in pixels from `corner` on, each of its units `scale` of them."""

    def __init__(self, axes, corner, scale, box, families):
        self.axes, self.corner, self.scale, self.box, self.families = axes, np.array(corner), scale, box, families
        self.point = scale * 72 / axes.figure.dpi  # a unit in the points of Matplotlib
        self.clip = None

    def draw(self, still):
        """Draw a still picture."""
        root = ElementTree.fromstring(f"<div>{still}</div>")
        for place in root.iter("div"):
            if place.get("class") in ("nn-field", "nn-pad"):
                self._field(place)
        for svg in root.findall(".//svg[@class='nn-svg']"):
            self._all(svg, (np.zeros(2), 1), ())

    def _all(self, parent, place, classes):
        for node in parent:
            own = (*classes, *node.get("class", "").split())
            if UNSEEN & {*own}:
                continue
            at = place  # where it begins, and how large its units are
            if moved := SHIFT.search(node.get("transform", "")):
                x, y, size = (float(part or 1) for part in moved.groups())
                at = place[0] + place[1] * np.array([x, y]), place[1] * size
            if node.tag == "svg":  # one within another cuts off what is beyond it
                self.clip = self._box(*(float(node.get(name)) for name in ("x", "y", "width", "height")))
            draw = getattr(self, f"_{node.tag}", None)
            if draw and node.tag in ("path", "circle", "rect", "text"):
                draw(node, at, own)
            self._all(node, at, own)
            self.clip = None if node.tag == "svg" else self.clip

    def _to(self, points, at=(0, 1)):
        return self.corner + self.scale * (at[0] + at[1] * np.asarray(points, float))

    def _box(self, x, y, width, height):
        return Rectangle(self._to((x, y)), width * self.scale, height * self.scale, transform=self.axes.transData)

    def _add(self, patch, order=2):
        self.axes.add_patch(patch).set_zorder(order)
        if self.clip:
            patch.set_clip_path(self.clip)

    def _field(self, place):
        share = {"left": 0, "top": 0, "width": 1, "height": 1}
        share |= {name: float(percent) / 100 for name, percent in PLACE.findall(place.get("style", ""))}
        (x, y), (w, h) = ((share[a] * self.box[0], share[b] * self.box[1]) for a, b in (("left", "top"), ("width", "height")))
        (left, top), (right, bottom) = self._to((x, y)), self._to((x + w, y + h))
        ground = COLORS["paper" if place.get("class") == "nn-pad" else "zero"]
        self._add(Rectangle((left, top), right - left, bottom - top, color=ground, linewidth=0), 0)
        for layer in place.iter("div"):
            if found := LAYER.search(layer.get("style", "")):
                extent = (left, right, bottom, top)
                self.axes.imshow(pixels(*found.groups()), extent=extent, interpolation="bilinear", aspect="auto", zorder=1)

    def _path(self, node, at, classes):
        outline = path_of(node.get("d", ""))
        outline = Outline(self._to(outline.vertices, at), outline.codes)
        sign = next((COLORS[name] for name in SIGNS if f"nn-{name}" in classes), COLORS["ink"])
        if "nn-mark" in classes:
            style = {"facecolor": sign, "edgecolor": COLORS["paper"], "linewidth": self.point}
        elif "nn-wire" in classes:
            width = float(node.get("stroke-width", 1)) * self.point
            style = {"facecolor": "none", "edgecolor": sign, "linewidth": width}
        else:
            style = {"facecolor": "none", "capstyle": "round", "joinstyle": "round"} | self._stroke(classes)
        self._add(PathPatch(outline, **style), 4 if "nn-mark" in classes else 2)

    def _stroke(self, classes):
        color, width, dashes = "ink", 2, None
        for name in classes:
            own = LINES.get(name, (None, width, dashes))
            color, width, dashes = own[0] or color, own[1], own[2]
        solid = {"edgecolor": COLORS[color], "linewidth": width * self.point}
        return solid | ({"linestyle": (0, [part / width for part in dashes]), "capstyle": "butt"} if dashes else {})

    def _circle(self, node, at, classes):
        knob = next((KNOBS[name] for name in classes if name in KNOBS), ("paper", "ink", None))
        fill, edge, radius = knob if "nn-knob" in classes else ("none", None, None)
        width = 2.5
        if "nn-ring" in classes:
            edge, width = ("accent", 3) if "nn-marked" in classes else ("ink", 1.25) if "nn-wrong" in classes else (None, 0)
        if edge:
            r = (radius or float(node.get("r"))) * self.scale * at[1]
            style = {"facecolor": COLORS.get(fill, fill), "edgecolor": COLORS[edge], "linewidth": width * self.point}
            self._add(Circle(self._to((0, 0), at), r, **style), 5)

    def _rect(self, node, at, classes):
        x, y, w, h = (float(node.get(name, 0)) for name in ("x", "y", "width", "height"))
        if "nn-node" not in classes:
            return
        corner, r = self._to((x, y), at), float(node.get("rx", 0)) * self.scale
        fill = "none" if "nn-pictured" in classes else COLORS["paper"]
        shape = f"round,pad=0,rounding_size={r}" if r * 2.1 < w * self.scale else "circle,pad=0"
        style = {"facecolor": fill, "edgecolor": COLORS["ink"], "linewidth": 1.5 * self.point}
        self._add(FancyBboxPatch(corner, w * self.scale, h * self.scale, shape, **style), 3)

    def _text(self, node, at, classes):
        color, size = next((TEXTS[name] for name in classes if name in TEXTS), ("soft", 11))
        place = self._to([float(node.get(name, 0)) for name in ("x", "y")], at)
        side = "center" if "nn-middle" in classes else "right" if "nn-end" in classes else "left"
        text = self.axes.text(*place, "".join(node.itertext()), ha=side, va="baseline", color=COLORS[color], zorder=6)
        text.set(fontsize=size * self.point, fontfamily=self.families)
        if "nn-edge-label" in classes:
            text.set_path_effects([patheffects.withStroke(linewidth=6 * self.point, foreground=COLORS["paper"])])


def pixels(color, mask):
    """Return a layer, a PNG file in base64 that says how opaque a color is, as rows of pixels: red, green, blue, opacity."""
    opaque = np.asarray(Image.open(io.BytesIO(base64.b64decode(mask))).getchannel("A"))
    whole = np.empty((*opaque.shape, 4), np.uint8)
    whole[..., :3] = [int(COLORS[color][i : i + 2], 16) for i in (1, 3, 5)]
    whole[..., 3] = opaque
    return whole


def path_of(d):
    """Return a path of SVG: lines, curves of the third degree, and arcs of circles."""
    points, codes, at, began = [], [], np.zeros(2), np.zeros(2)
    for letter, told in STEP.findall(d):
        numbers, kind = [float(number) for number in NUMBER.findall(told)], letter.upper()
        base, size = letter.islower(), TAKEN[kind]
        for start in range(0, len(numbers), size) if size else [0]:
            part = numbers[start : start + size]
            if kind == "Z":
                at = began
                steps = [(began, Outline.CLOSEPOLY)]
            elif kind == "A":
                steps = arc(at, part[0], part[3], part[4], np.array(part[5:]) + base * at)
            elif kind in "HV":
                to = at.copy()
                axis = "HV".index(kind)
                to[axis] = part[0] + base * at[axis]
                steps = [(to, Outline.LINETO)]
            else:
                moves = kind == "M" and start == 0
                code = Outline.CURVE4 if kind == "C" else Outline.MOVETO if moves else Outline.LINETO
                steps = [(np.array(pair) + base * at, code) for pair in zip(part[::2], part[1::2], strict=True)]
            at = steps[-1][0]
            began = at if kind == "M" and start == 0 else began
            points += [point for point, _ in steps]
            codes += [code for _, code in steps]
    return Outline(np.array(points).reshape(-1, 2), codes)


def arc(start, radius, large, clockwise, end):
    """Return an arc of a circle, one of the four between two points, as the steps after its start.

    From https://www.w3.org/TR/SVG2/implnote.html#ArcImplementationNotes, for circles alone.
    """
    way = end - start
    half = np.hypot(*way) / 2
    side = np.array([-way[1], way[0]]) / (2 * half) * (1 if large != clockwise else -1)
    center = (start + end) / 2 + side * np.sqrt(max(radius**2 - half**2, 0))
    first, last = (np.degrees(np.arctan2(*(point - center)[::-1])) for point in (start, end))
    round_ = Outline.arc(first, last).vertices if clockwise else Outline.arc(last, first).vertices[::-1]
    return [(center + radius * point, Outline.CURVE4) for point in round_[1:]]
