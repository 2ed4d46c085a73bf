"""Stills and plots as SVG that needs no stylesheet and no script: many readers of books apply neither to a picture.

A picture stands on white paper of its own, so that it can be seen where the reader has set a dark page.
"""

import base64
import io
import re

import numpy as np
from PIL import Image

from book import lighter
from book.drawn import COLORS, LAYER, PLACE, pixels
from book.epub.nodes import Node

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
VARIABLE = re.compile(r"var\(--nn-([\w-]+)\)")
SHARE = re.compile(r"--share:\s*(-?[\d.]+)")
# What is there to be touched, pointed at, or read out under a pointer.
UNSEEN = {"nn-hit", "nn-readout", "nn-chosen", "nn-weight", "nn-glow", "nn-at"}
# The looks of figures.css. A rule is for elements of the last class, or tag, within those of the others.
LOOKS = {
    "text": "fill soft, font-size 11",
    "nn-frame": "fill none, stroke line",
    "nn-tick": "fill soft, font-size 11",
    "nn-axis": "fill ink, font-size 12.5",
    "nn-middle": "text-anchor middle",
    "nn-end": "text-anchor end",
    "nn-line": "fill none, stroke ink, stroke-width 2, stroke-linejoin round",
    "nn-old": "stroke soft, stroke-width 1.5, stroke-dasharray 5 4",
    "nn-trail": "stroke accent",
    "nn-guide": "stroke soft, stroke-width 1.5, stroke-dasharray 1.5 4, stroke-linecap round",
    "nn-level": "stroke-width 1.5, stroke-dasharray 8 4",
    "nn-contour": "stroke soft, stroke-width 0.75, stroke-opacity 0.75",
    "nn-spikes": "stroke accent",
    "nn-curve-0": "stroke positive",
    "nn-curve-1": "stroke negative, stroke-dasharray 7 3",
    "nn-curve-2": "stroke accent, stroke-dasharray 2 3",
    "nn-curve-3": "stroke green, stroke-dasharray 9 3 2 3",
    "nn-curve-4": "stroke ink",
    "nn-dots": "stroke-width 7, stroke-linecap round, stroke-dasharray none",
    "nn-mark": "fill sign, stroke paper, stroke-width 1",
    "nn-unseen nn-mark": "fill paper, stroke sign, stroke-width 2.5",
    "nn-ring": "fill none, stroke none, stroke-width 2",
    "nn-wrong nn-ring": "stroke ink, stroke-width 1.25",
    "nn-marked nn-ring": "stroke accent, stroke-width 3, stroke-dasharray none",
    "nn-knob": "fill paper, stroke ink, stroke-width 2.5",
    "nn-handle-probe nn-knob": "fill accent, stroke paper",
    "nn-handle-weights nn-knob": "fill ink, r 5",
    "nn-arrow": "fill none, stroke ink, stroke-width 3, stroke-linecap round, stroke-linejoin round",
    "nn-letter": "fill ink, font-size 11, font-weight 600, text-anchor middle, dy 4",
    "nn-node rect": "fill paper, stroke ink, stroke-width 1.5",
    "nn-unknown rect": "stroke-dasharray 3 3",
    "nn-pictured rect": "fill none",
    "nn-node-label": "fill soft, font-size 10.5",
    "nn-node-value": "fill ink, font-size 11",
    "nn-outlines": "fill none, stroke ink, stroke-width 1.5",
    "nn-filled": "fill paper",
    "nn-bias": "fill sign, stroke paper",
    "nn-frozen nn-bias": "fill paper, stroke sign, stroke-width 1.5",
    "nn-wire": "fill none, stroke sign",
    "nn-wire nn-frozen": "stroke-dasharray 5 3",
    "nn-gone": "stroke soft, stroke-dasharray 1.5 5",
    "nn-edge-label": "fill ink, font-size 11.5",
    "nn-gradient": "fill accent, font-size 11.5",
    "nn-node nn-lit rect": "stroke accent, stroke-width 4",
    "nn-line nn-lit": "stroke-width 4",
}  # fmt: skip
RULES = [({*rule.split()}, rule.split()[-1], [each.split(" ", 1) for each in told.split(", ")]) for rule, told in LOOKS.items()]
SIGNS = {f"nn-{name}": name for name in COLORS if name in ("negative", "positive") or name.startswith("class-")}
HALO = {"nn-edge-label", "nn-gradient"}  # words on a line, which paper sets apart from it
KEPT = {"d", "x", "y", "r", "rx", "cx", "cy", "width", "height", "transform", "stroke-width", "viewBox", "points"}
EDGE = 6  # units beside a still, into which the number at the end of an axis reaches
LARGE = 256  # pixels: an image of fewer is made larger here, since readers would blur it


def mixed(color, share, other):
    """Return so large a share of one color of the book, and the rest of another."""
    one, two = (np.array([int(COLORS[name][i : i + 2], 16) for i in (1, 3, 5)]) for name in (color, other))
    return "#" + "".join(f"{int(part):02x}" for part in (share * one + (1 - share) * two).round())


def sign_of(classes):
    """Return the name of the color that classes give to what they are of, or nothing."""
    return next((color for name, color in SIGNS.items() if name in classes), "")


def is_still(node):
    """Return whether an element holds a still picture: an SVG, with the fields that it lies on before it."""
    return any("nn-svg" in part.classes for part in node.parts)


def still(holder, crop=False):
    """Return a still picture as one SVG; a cropped one is without what stands around its axes."""
    [svg] = [part for part in holder.parts if "nn-svg" in part.classes]
    width, height = map(float, svg["viewBox"].split()[2:])
    fields = holder.all(".nn-field")
    frame = svg.first(".nn-frame") if crop else None
    sides = "x", "y", "width", "height"
    box = tuple(float(frame[side]) for side in sides) if frame else (-EDGE, 0, width + 2 * EDGE, height)
    drawn = [Node("rect", {side: f"{part:g}" for side, part in zip(sides, box, strict=True)} | {"fill": COLORS["paper"]})]
    drawn += [_image(field, width, height) for field in fields]
    drawn += [each for part in svg.parts for each in _drawn(part, set(), crop)]
    return _svg(box, svg["aria-label"], drawn, "still")


def _svg(box, words, drawn, kind):
    about = {"role": "img", "aria-label": words} if words else {"aria-hidden": "true"}
    size = {"width": f"{box[2]:g}", "height": f"{box[3]:g}", "viewBox": " ".join(f"{part:g}" for part in box)}
    space = {"xmlns": SVG, "xmlns:xlink": XLINK, "class": kind, "font-family": "sans-serif"}
    return Node("svg", space | about | size, *drawn)


def _drawn(node, around, crop):
    """Return what is drawn of an element within elements of some classes."""
    own = node.classes
    classes = around | own
    hidden = own & UNSEEN or (crop and own & {"nn-tick", "nn-axis"}) or {"nn-small", "nn-node-value"} <= classes
    given = {name: value for name, value in node.attributes.items() if name in KEPT} | looks(node, classes)
    if hidden or node.tag == "title" or given.get("fill") == given.get("stroke") == "none":
        return []
    children = [
        each for child in node.children for each in ([child] if isinstance(child, str) else _drawn(child, classes, crop))
    ]
    if node.tag == "g" and not children:
        return []
    drawn = [Node(node.tag, given, *children)]
    if own & HALO:  # not every reader paints the edge of letters first
        edge = {"stroke": COLORS["paper"], "stroke-width": "6", "stroke-linejoin": "round", "aria-hidden": "true"}
        drawn.insert(0, Node(node.tag, given | edge, *children))
    return drawn


def looks(node, classes):
    """Return the looks of an element of a still as attributes of its own."""
    found = {}
    for needed, last, told in RULES:
        if (last == node.tag or last in node.classes) and needed <= classes | {node.tag}:
            found |= dict(told)
    sign = sign_of(classes)
    for name, value in found.items():
        if value == "sign":
            value = sign or "soft"
        found[name] = COLORS.get(value, value)
    if "nn-mark" in node.classes and (share := SHARE.search(node["style"])):
        found |= {"fill": mixed(sign, float(share[1]), "zero"), "stroke": COLORS["ink"], "stroke-width": "1"}
    return found


def _image(field, width, height):
    """Return a field as an image in the place that its style tells, in parts of the whole."""
    place = {"left": 0, "top": 0, "width": 100, "height": 100}
    place |= {name: float(percent) for name, percent in PLACE.findall(field["style"])}
    at = {"x": place["left"] * width, "y": place["top"] * height}
    at |= {"width": place["width"] * width, "height": place["height"] * height}
    return _embedded({name: f"{value / 100:g}" for name, value in at.items()}, _png(field))


def _embedded(place, png):
    return Node("image", place | {"preserveAspectRatio": "none", "xlink:href": f"data:image/png;base64,{png}"})


def _png(field, least=0):
    """Return the layers of a field, each a color that is more or less opaque, as one PNG in base64."""
    layers = [pixels(*found.groups()) for node in field.all(".nn-layer") if (found := LAYER.search(node["style"]))]
    ground = COLORS["zero" if field.classes & {"nn-field", "nn-signed"} else "paper"]
    size = layers[0].shape[1::-1] if layers else (1, 1)
    picture = Image.new("RGBA", size, ground)
    for layer in layers:
        picture.alpha_composite(Image.fromarray(layer))
    larger = -(-least // max(size))
    if larger > 1:
        picture = picture.resize((size[0] * larger, size[1] * larger), Image.Resampling.NEAREST)
    file = io.BytesIO()
    picture.convert("RGB").save(file, "PNG", optimize=True)
    return lighter.png(base64.b64encode(file.getvalue()).decode())


def image(holder):
    """Return an image of pixels, or a pad to draw on, as an SVG."""
    shape = re.search(r"aspect-ratio:\s*([\d.]+)(?:\s*/\s*([\d.]+))?", holder["style"])
    aspect = float(shape[1]) / float(shape[2] or 1) if shape else 1
    width, height = 320, round(320 / aspect)
    picture = _embedded({"width": f"{width}", "height": f"{height}"}, _png(holder, LARGE))
    edge = {
        "x": "0.5",
        "y": "0.5",
        "width": f"{width - 1}",
        "height": f"{height - 1}",
        "fill": "none",
        "stroke": COLORS["line"],
    }
    return _svg((0, 0, width, height), holder["aria-label"], [picture, Node("rect", edge)], "pixels")


def bar(start, share, color):
    """Return a bar that takes a share of its track."""
    ground = {"width": "100", "height": "8", "fill": COLORS["line"]}
    shown = {"x": f"{100 * start:.1f}", "width": f"{100 * share:.1f}", "height": "8", "fill": color}
    return _svg((0, 0, 100, 8), "", [Node("rect", ground), Node("rect", shown)], "bar")


def key(node):
    """Return the sample of a line that stands before its name in a legend."""
    ends, classes = {"x1": "0", "x2": "26", "y1": "5", "y2": "5"}, node.classes | {"nn-line"}
    if "nn-spikes" in classes:
        ends = {"x1": "13", "x2": "13", "y1": "0", "y2": "10"}
    line = looks(Node("g", {"class": " ".join(sorted(classes))}), classes)
    drawn = [Node("line", ends | line)]
    if "nn-points" in classes:
        drawn.append(Node("circle", {"cx": "13", "cy": "5", "r": "3.5", "fill": line["stroke"]}))
    return _svg((0, 0, 26, 10), "", drawn, "key")


def plot(svg):
    """Return a plot of Matplotlib's, which the page has in its own colors, in those of paper."""
    for node in svg.elements():
        node.attributes = {name: VARIABLE.sub(_plainly, value) for name, value in node.attributes.items()}
        if node.tag in ("use", "image") and "href" in node.attributes:
            node.attributes["xlink:href"] = node.attributes.pop("href")
    _, _, width, height = map(float, svg["viewBox"].split())
    ground = Node("rect", {"width": f"{width:g}", "height": f"{height:g}", "fill": COLORS["paper"]})
    return _svg((0, 0, width, height), svg["aria-label"], [ground, *svg.without("filter")], "plot")


def _plainly(found):
    return "sans-serif" if found[1] == "interface" else COLORS[found[1]]
