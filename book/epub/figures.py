"""Figures, their panels and the plots, as a page of a book has them: still, each with what it shows in words."""

import re

from book.drawn import COLORS
from book.epub import pictures
from book.epub.nodes import Node, as_id

BAR = re.compile(r"(?:translateX|scaleX)\((-?[\d.]+)")
STRONGEST = 0.45  # share of a sign's color in the ground of the largest entry of a matrix


def figure(page, node, within):
    """Return a figure whose pictures lead to the sentence that says what they show; it leads to the living one."""
    [shown] = page.plain(node, within)
    name, told = as_id(node["id"]), shown.first(".told")
    if told:
        told.attributes["id"] = f"{name}-told"
        for picture in shown.all("svg"):
            if picture["role"] == "img":
                picture.attributes["aria-describedby"] = f"{name}-told"
    address, caption = page.links.address(f"{page.name}.html#{node['id']}"), shown.first("figcaption")
    if address and caption:
        caption.children += [" ", Node("a", {"href": address}, "Try it live.")]
    return [shown]


def head(page, node, within):
    """Return the title of a figure."""
    return [Node("p", {"class": "heading"}, node.first(".nn-title").text())]


def still(page, holder, crop=False):
    """Return a still with its legend."""
    legend = [child for child in holder.parts if child.classes & {"nn-legend", "nn-name"}]
    return [pictures.still(holder, crop), *page.all(legend)]


def panel(page, node, within):
    """Return what a panel shows; of the stills for several widths the narrow one, whose letters can be read everywhere."""
    stills = [child for child in node.parts if "nn-still" in child.classes]
    if not stills:
        return still(page, node) if pictures.is_still(node) else page.all(node.children, within)
    narrow = next((each for each in stills if "nn-still-narrow" in each.classes), stills[0])
    return still(page, narrow) + page.all([child for child in node.children if child not in stills], within)


def opening(page, node, within):
    """Return the picture that a chapter begins with, or that of a figure in the gallery."""
    holder = next(filter(pictures.is_still, node.elements()), None)
    shown = still(page, holder, crop=node.first(".nn-crop") is not None) if holder else page.all(node.children, within)
    return [Node("div", {"class": "opening"}, *shown)]


def pixels(page, node, within):
    """Return an image of few pixels."""
    return [pictures.image(node)]


def plot(page, node, within):
    """Return a plot."""
    return [pictures.plot(node.first("svg"))]


def name_of_line(page, node, within):
    """Return a name in a legend, after a piece of its line."""
    return [Node("span", {"class": "name"}, pictures.key(node), " ", *page.all(node.children, within)), " "]


def bars(page, node, within):
    """Return bars as a table: name, bar, number."""
    label = {"aria-label": node["aria-label"]} if node["aria-label"] else {}
    return [Node("table", {"class": "bars"} | label, Node("tbody", {}, *map(_bar, node.all(".nn-bar"))))]


def _bar(node):
    name, track, value = node.parts
    start, share = map(float, BAR.findall(track.parts[0]["style"]))
    color = COLORS["positive" if "nn-best" in node.classes else "soft"]
    drawn = pictures.bar(start / 100, share, color)
    return Node("tr", {}, Node("th", {"scope": "row"}, name.text()), Node("td", {}, drawn), Node("td", {}, value.text()))


def entry(page, node, within):
    """Return an entry of a matrix on a ground that tells its sign and its size."""
    share = pictures.SHARE.search(node["style"])
    ground = pictures.mixed(pictures.sign_of(node.classes), STRONGEST * float(share[1]), "zero") if share else COLORS["zero"]
    return [Node("td", {"style": f"background-color: {ground}; color: {COLORS['ink']}"}, *page.all(node.children, within))]


WAYS = {
    "nn-figure": figure,
    "nn-head": head,
    "nn-plot": plot,
    "nn-picture": opening,
    "nn-exhibit-picture": opening,
    "nn-image": pixels,
    "nn-pad": pixels,
    "nn-bars": bars,
    "nn-name": name_of_line,
    "nn-entry": entry,
    "nn-panel-body": panel,
}
