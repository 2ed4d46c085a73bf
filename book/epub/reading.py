"""A page of the website as a chapter of a book that is held in the hand: nothing moves, nothing is folded, nothing runs."""

import re

from book.epub import figures, lessons, pictures
from book.epub.nodes import Node, article_of, as_id, parsed
from book.mathematics import MATHML

FORMULA = re.compile(r"<mjx-container\b.*?</mjx-container>", re.DOTALL)
# What is for the page alone: to be pressed, to lead on, or to stand beside the text.
DROPPED = {
    "headerlink", "label", "nn-aside", "nn-brush", "nn-buttons", "nn-challenge", "nn-controls", "nn-downloads", "nn-fold",
    "nn-map", "nn-more", "nn-onward", "nn-opener", "nn-progress", "nn-road", "nn-source", "nn-spoken", "nn-status", "nn-told",
    "nn-training",
}  # fmt: skip
DROPPED_TAGS = {"script", "button", "input", "select", "textarea", "label", "output", "nav", "summary"}
KEPT = {"id", "href", "src", "alt", "colspan", "rowspan", "scope", "lang", "dir", "start"}
# The classes that assets/epub.css knows, by those of the page.
CLASSES = {
    "admonition": "box", "admonition-title": "title", "citation": "source", "exercise": "exercise", "nn-block": "matrix",
    "nn-block-title": "title", "nn-chapter": "number", "nn-equation": "equation", "nn-exhibit": "exhibit",
    "nn-exhibit-chapter": "more", "nn-exhibit-title": "title", "nn-facts": "facts", "nn-figure": "live",
    "nn-gallery": "gallery", "nn-legend": "legend", "nn-panel": "panel", "nn-panel-title": "title", "nn-predict": "box",
    "nn-prose": "prose", "nn-row-now": "now", "nn-sentence": "told", "nn-table": "numbers", "rubric": "title",
    "sig": "signature",
}  # fmt: skip
BREAKABLE = 24  # letters: a longer formula may be parted from its comma

MANY = 5  # columns of a table: on a phone the words of most of them may break anywhere


class Reading:
    """One page, made readable: its number, its title, its sections, and what it consists of.

    What is wrong is in `faults`. `links` says where a link leads, as `book.epub.build.Links` does.
    """

    def __init__(self, name, html, links):
        self.name, self.links = name, links
        self.faults, self.titles, self.answers, self.questions = [], {}, [], 0
        self.children = self.all(parsed(FORMULA.sub(_mathml, article_of(name, html))))
        if self.answers:
            title = Node("h2", {}, "Solutions and answers")
            self.children.append(Node("section", {"id": "answers"}, title, *self.answers))
        whole = Node("div", {}, *self.children)
        heading = whole.first("h1")
        number = heading.first(".number")
        self.number = number.text() if number else ""
        self.title = heading.text().removeprefix(self.number).strip()
        self.sections = [(section["id"], _heading(section)) for section in whole.all("section") if _heading(section)]
        self.ids = [node["id"] for node in whole.elements() if node["id"]]
        self.formulas = len(whole.all("math"))

    def all(self, children, within=""):
        """Return what a reader of books is given for elements and text; `within` is the part of a cell that they are in."""
        return [each for child in children for each in ([child] if isinstance(child, str) else self._one(child, within))]

    def _one(self, node, within):
        if node.tag == "button" and "nn-equation" in node.classes:
            return self.plain(Node("div", {"class": "nn-equation"}, *node.children), within)
        if node.classes & DROPPED or node.tag in DROPPED_TAGS or "hidden" in node.attributes:
            return []
        for name, way in WAYS.items():
            if name in node.classes or name == f"<{node.tag}>":
                return way(self, node, within)
        return figures.still(self, node) if pictures.is_still(node) else self.plain(node, within)

    def plain(self, node, within=""):
        """Return an element as it is, but for what only the page needs of it."""
        children = self.all(node.children, within)
        kept = {name: value for name, value in node.attributes.items() if name in KEPT}
        own = {CLASSES[name] for name in node.classes & {*CLASSES}}
        if node.tag == "table" and len(node.first("tr").parts) >= MANY:
            own.add("many")
        if own:
            kept["class"] = " ".join(sorted(own))
        if "id" in kept:
            kept["id"] = as_id(kept["id"])
        if node.tag in ("span", "div") and not kept:
            return children
        if node.tag == "thead" and not node.parts:
            return []
        return [Node(node.tag, kept, *children)]


def _mathml(found):
    formula = MATHML.search(found[0])
    return formula[0] if formula else ""  # what stands in the margin has none


def _heading(section):
    """Return the words of a section's heading, or nothing where it is none of the second level."""
    heading = next((part for part in section.parts if part.tag == "h2"), None)
    return heading.text() if heading and section["id"] else ""


def link(page, node, within):
    """Return a link, or its words alone where it would lead nowhere."""
    children, target = page.all(node.children, within), page.links(page.name, node["href"])
    kept = ({"id": as_id(node["id"])} if node["id"] else {}) | ({"href": target} if target else {})
    return [Node("a" if target else "span", kept, *children)] if kept else children


def formula(page, node, within):
    """Return a formula without what only MathJax understands."""
    for each in node.elements():
        own = each.attributes.items()
        each.attributes = {name: value for name, value in own if name.partition("-")[0] not in ("class", "style", "data")}
    return [node]


def unbroken(page, node, within):
    """Return a formula and its comma, kept together where they are short."""
    children = page.all(node.children, within)
    return [Node("span", {"class": "whole"}, *children)] if len(node.text()) <= BREAKABLE else children


def part_of_cell(page, node, within):
    """Return what a cell has, its program or its output."""
    return page.all(node.children, next(iter(node.classes & {"cell_input", "cell_output"})))


def program(page, node, within):
    """Return a program, or what one has printed; only Sphinx wraps what is printed."""
    pre = node.first("pre")
    kind = "out" if within == "cell_output" and pre is not node else "code"
    about = {"class": kind} | ({"id": as_id(pre["id"])} if pre["id"] else {})
    return [Node("pre", about, *_plainer(pre.children))]


def _plainer(children):
    """Return a program in which only the words of Python and the comments are told apart: not every reader has colors."""
    told = []
    for child in children:
        if isinstance(child, str):
            told.append(child)
        elif child["class"][:1] in ("k", "c") or child["class"] == "ow":
            told.append(Node("span", {"class": "c" if child["class"][0] == "c" else "k"}, *_plainer(child.children)))
        else:
            told += _plainer(child.children)
    return told


def unfolded(page, node, within):
    """Return what is folded on the page, open; its summary is a title where it says something."""
    children = page.all(node.without("summary"), within)
    if "hide" in node.classes:  # the program of a cell
        return children
    title = Node("p", {"class": "title"}, *page.all(node.first("summary").children, within))
    return [Node("div", {"class": "panel" if "nn-panel" in node.classes else "open"}, title, *children)]


WAYS = figures.WAYS | lessons.WAYS | {
    "nn-unbroken": unbroken,
    "cell_input": part_of_cell,
    "cell_output": part_of_cell,
    "highlight": program,
    "<pre>": program,
    "<math>": formula,
    "<a>": link,
    "<details>": unfolded,
}  # fmt: skip
