"""HTML as a tree that can be changed, and written again as XHTML: as strict as the pages that this project writes."""

import re
from html import escape
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# The parser takes all names for HTML's, which have no capitals; these of SVG have some.
CAPITALS = {
    name.lower(): name
    for name in "viewBox clipPath clipPathUnits feColorMatrix linearGradient radialGradient gradientUnits gradientTransform "
    "preserveAspectRatio patternUnits textLength lengthAdjust markerWidth markerHeight refX refY".split()
}
# What may be empty where SVG and MathML are read; HTML's elements are ended in words, for readers that take XHTML for HTML.
DRAWN = {"path", "circle", "rect", "line", "use", "image", "feColorMatrix", "mspace", "mi", "mo", "mrow", "mtd"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no way to say them


ARTICLE = re.compile(r'<article class="bd-article">(.*)</article>', re.DOTALL)


class Node:
    """An element: its tag, its attributes, and its children, which are elements or text."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag, attributes=None, *children):
        self.tag, self.attributes, self.children = tag, attributes or {}, [*children]

    def __getitem__(self, name):
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "")

    @property
    def classes(self):
        """Return its classes."""
        return {*self["class"].split()}

    @property
    def parts(self):
        """Return the elements among its children."""
        return [child for child in self.children if isinstance(child, Node)]

    def without(self, tag):
        """Return its children but for the elements with a tag."""
        return [child for child in self.children if isinstance(child, str) or child.tag != tag]

    def elements(self):
        """Yield this element, and all within it in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.elements()

    def all(self, name):
        """Return the elements within this one, itself included, that have a tag, or a class written `.class`."""
        if name.startswith("."):
            return [node for node in self.elements() if name[1:] in node.classes]
        return [node for node in self.elements() if node.tag == name]

    def first(self, name):
        """Return the first of them, or None."""
        return next(iter(self.all(name)), None)

    def text(self):
        """Return the words within, in one line."""
        return " ".join("".join(self._words()).split())

    def _words(self):
        for child in self.children:
            yield from [child] if isinstance(child, str) else child._words()


class Builder(HTMLParser):
    """Reads HTML in which every element ends; otherwise it is an error that says where."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        """Begin an element."""
        self._add(tag, attrs)
        if tag not in VOID:
            self.open.append(self.open[-1].children[-1])

    def handle_startendtag(self, tag, attrs):
        """Add an element without children."""
        self._add(tag, attrs)

    def handle_endtag(self, tag):
        """End the element that is open."""
        name = CAPITALS.get(tag, tag)
        if self.open[-1].tag != name:
            raise ValueError(f"line {self.getpos()[0]}: </{name}> ends <{self.open[-1].tag}>; end each element where it began")
        self.open.pop()

    def handle_data(self, data):
        """Add text."""
        self.open[-1].children.append(data)

    def _add(self, tag, attrs):
        given = {CAPITALS.get(name, name): value or "" for name, value in attrs}
        self.open[-1].children.append(Node(CAPITALS.get(tag, tag), given))


def article_of(name, html):
    """Return the part of a page that is the book's own, as HTML."""
    found = ARTICLE.search(html)
    if not found:
        raise ValueError(f"{name} has no article: it is no page of the book.")
    return found[1]


def parsed(html):
    """Return the children of a piece of HTML: elements and text."""
    builder = Builder()
    builder.feed(html)
    builder.close()
    if len(builder.open) > 1:
        raise ValueError(f"<{builder.open[-1].tag}> does not end")
    return builder.root.children


def as_id(name):
    """Return an id as XML has it: made of letters, digits, points, hyphens and underscores, the first a letter."""
    plain = re.sub(r"[^\w.-]", "-", name)
    return plain if re.match(r"[^\W\d]", plain) else f"at-{plain}"


def written(children):
    """Return elements and text as XHTML."""
    return "".join(_text(child) if isinstance(child, str) else _element(child) for child in children)


def _text(words, quote=False):
    return CONTROL.sub("", escape(words, quote=quote))


def _element(node):
    attributes = "".join(f' {name}="{_text(value, quote=True)}"' for name, value in node.attributes.items())
    if node.children:
        return f"<{node.tag}{attributes}>{written(node.children)}</{node.tag}>"
    return f"<{node.tag}{attributes}/>" if node.tag in VOID | DRAWN else f"<{node.tag}{attributes}></{node.tag}>"
