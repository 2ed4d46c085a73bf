"""A page of the website as a chapter of a book that is held in the hand: nothing moves, nothing is folded, nothing runs.

What is folded on the page so that readers think first, the solutions of exercises and the answers of quizzes, stands at the
end of the chapter, with links there and back. A prediction's answer stands right after it: the text goes on from there.
"""

import re
from string import ascii_uppercase

from book.drawn import COLORS
from book.epub import pictures
from book.epub.nodes import Node, parsed
from book.mathematics import MATHML

ARTICLE = re.compile(r'<article class="bd-article">(.*)</article>', re.DOTALL)
FORMULA = re.compile(r"<mjx-container\b.*?</mjx-container>", re.DOTALL)
# What is for the page alone: to be pressed, to lead on, or to stand beside the text.
DROPPED = {
    "headerlink", "nn-aside", "nn-onward", "nn-road", "nn-map", "nn-source", "nn-challenge", "nn-controls", "nn-buttons",
    "nn-training", "nn-brush", "nn-spoken", "nn-opener", "nn-told", "nn-status", "nn-progress", "nn-more", "label", "nn-fold",
}  # fmt: skip
DROPPED_TAGS = {"script", "button", "input", "select", "textarea", "label", "output", "nav"}
KEPT = {"id", "href", "src", "alt", "colspan", "rowspan", "scope", "lang", "dir", "start"}
# The classes that assets/epub.css knows, by those of the page.
CLASSES = {
    "nn-chapter": "number", "admonition": "box", "admonition-title": "title", "nn-figure": "live", "nn-sentence": "told",
    "nn-panel": "panel", "nn-panel-title": "title", "nn-front": "front", "nn-facts": "facts", "nn-legend": "legend",
    "nn-name": "name", "nn-table": "numbers", "nn-prose": "prose", "nn-row-now": "now", "nn-row-right": "right", "nn-row-wrong": "wrong",
    "nn-matrices": "matrices", "nn-block": "matrix", "nn-block-title": "title", "nn-sign": "sign", "nn-equation": "equation",
    "nn-exhibit": "exhibit", "nn-exhibit-title": "title", "nn-gallery": "gallery", "nn-stage": "stage", "citation": "source",
    "rubric": "title", "sig": "signature", "glossary": "glossary", "nn-doors": "doors", "nn-picture": "opening", "exercise": "exercise",
    "nn-reckoning": "reckoning", "nn-asked": "asked", "nn-predict": "box", "nn-question": "box",
}  # fmt: skip
BREAKABLE = 24  # letters of a formula that may stand alone at the beginning of a line, without its comma


class Reading:
    """One page, made readable: its title, its sections, and what it consists of; what is wrong is in `faults`."""

    def __init__(self, name, html, links):
        self.name, self.links = name, links
        self.faults, self.titles, self.answers, self.questions, self.formulas = [], {}, [], 0, 0
        found = ARTICLE.search(html)
        if not found:
            raise ValueError(f"{name} has no article: is it a page of the book?")
        root = Node("div", {}, *parsed(FORMULA.sub(self._mathml, found[1])))
        self.children = self._all(root.children)
        if self.answers:
            self.children.append(Node("section", {"id": "answers"}, Node("h2", {}, "Solutions and answers"), *self.answers))
        whole = Node("div", {}, *self.children)
        self.title = title_of(whole.first("h1"))
        sections = [node for node in whole.all("section") if node.children and _tags(node)[:1] == ["h2"] and node["id"]]
        self.sections = [(node["id"], node.first("h2").text()) for node in sections]
        self.ids = [node["id"] for node in whole.elements() if node["id"]]
        self.formulas = len(whole.all("math"))

    def _mathml(self, found):
        formula = MATHML.search(found[0])  # what stands in the margin has none
        return formula[0] if formula else '<span class="nn-aside"></span>'

    def _all(self, children, within=""):
        """Return what a reader of books is given for some elements and text."""
        return [each for child in children for each in ([child] if isinstance(child, str) else self._one(child, within))]

    def _one(self, node, within):
        classes = node.classes
        if classes & DROPPED or "hidden" in node.attributes:
            return []
        if node.tag == "button" and "nn-equation" in classes:
            node = Node("div", {"class": "nn-equation"}, *node.children)
        if node.tag in DROPPED_TAGS or node.tag == "summary":
            return []
        for name, way in WAYS.items():
            if name in classes or name == f"<{node.tag}>":
                return way(self, node, within)
        if pictures.is_still(node):
            return self._still(node)
        return self._plain(node, within)

    def _plain(self, node, within=""):
        """Return an element as it is, but for what only the page needs of it."""
        children = self._all(node.children, within)
        own = sorted({CLASSES[name] for name in node.classes if name in CLASSES})
        kept = {name: value for name, value in node.attributes.items() if name in KEPT} | ({"class": " ".join(own)} if own else {})
        if "id" in kept:
            kept["id"] = as_id(kept["id"])
        if node.tag == "thead" and not any(isinstance(child, Node) for child in children):
            return []
        if node.tag in ("span", "div") and not kept:
            return children
        return [Node(node.tag, kept, *children)]

    def _link(self, node, within):
        children, target = self._all(node.children, within), self.links(self.name, node["href"])
        kept = {"id": as_id(node["id"])} if node["id"] else {}
        if not target:
            return [Node("span", kept, *children)] if kept else children
        return [Node("a", kept | {"href": target}, *children)]

    def _formula(self, node, within):
        for each in node.elements():
            each.attributes = {name: value for name, value in each.attributes.items() if name not in ("class", "style") and not name.startswith("data-")}
        return [node]

    def _unbroken(self, node, within):
        children = self._all(node.children, within)
        return [Node("span", {"class": "whole"}, *children)] if len(node.text()) <= BREAKABLE else children

    def _program(self, node, within):
        pre = node.first("pre")
        kind = "out" if "cell_output" in within or any(name.startswith("highlight-myst") for name in node.classes) else "code"
        return [Node("pre", {"class": kind} | ({"id": as_id(pre["id"])} if pre["id"] else {}), *_colored(pre.children))]

    def _cell(self, node, within):
        return self._all(node.children, " ".join(node.classes))

    def _unfolded(self, node, within):
        """Return what is folded on the page, open; its summary is a title where it says something."""
        summary = node.first("summary")
        children = self._all([child for child in node.children if child is not summary], within)
        quiet = {"hide", "nn-panel"} & node.classes
        title = [Node("p", {"class": "title"}, *self._all(summary.children, within))] if summary and "hide" not in node.classes else []
        kind = "panel" if "nn-panel" in quiet else "open"
        return children if "hide" in quiet else [Node("div", {"class": kind}, *title, *children)]

    # Figures.

    def _figure(self, node, within):
        [figure] = self._plain(node, within)
        name, told = as_id(node["id"]), figure.first(".told")
        if told:
            told.attributes["id"] = f"{name}-told"
            for picture in figure.all("svg"):
                if picture["role"] == "img":
                    picture.attributes["aria-describedby"] = f"{name}-told"
        address = self.links.address(f"{self.name}.html#{node['id']}")
        caption = figure.first("figcaption")
        if address and caption:
            caption.children += [" ", Node("a", {"href": address}, "Try it live.")]
        return [figure]

    def _head(self, node, within):
        return [Node("p", {"class": "heading"}, node.first(".nn-title").text())]

    def _still(self, node, crop=False):
        rest = [child for child in node.children if isinstance(child, Node) and child.classes & {"nn-legend", "nn-name"}]
        return [pictures.still(node, crop), *self._all(rest)]

    def _sizes(self, node, within):
        """Return the narrow one of the stills of a panel, or else the first."""
        stills = [child for child in node.children if isinstance(child, Node) and "nn-still" in child.classes]
        if not stills:
            return self._still(node) if pictures.is_still(node) else self._all(node.children, within)
        chosen = next((each for each in stills if "nn-still-narrow" in each.classes), stills[0])
        rest = [child for child in node.children if child not in stills]
        return self._still(chosen) + self._all(rest, within)

    def _opening(self, node, within):
        """Return the picture that a chapter begins with, or that of a figure in the gallery."""
        if any(map(pictures.is_still, node.elements())):
            holder = next(filter(pictures.is_still, node.elements()))
            shown = self._still(holder, crop=node.first(".nn-crop") is not None)
        else:
            shown = self._all(node.children, within)
        return [Node("div", {"class": "opening"}, *shown)]

    def _pixels(self, node, within):
        return [pictures.image(node)]

    def _plot(self, node, within):
        return [pictures.plot(node.first("svg"))]

    def _name(self, node, within):
        return [Node("span", {"class": "name"}, pictures.key(node), " ", *self._all(node.children, within)), " "]

    def _bars(self, node, within):
        rows = []
        for bar in node.all(".nn-bar"):
            name, track, value = (child for child in bar.children if isinstance(child, Node))
            [moved, share] = map(float, re.findall(r"(?:translateX|scaleX)\((-?[\d.]+)", track.first("span").children[0]["style"]))
            color = COLORS["positive" if "nn-best" in bar.classes else "soft"]
            length = {"x": f"{moved:.1f}", "width": f"{100 * share:.1f}", "height": "8", "fill": color}
            ground = Node("rect", {"width": "100", "height": "8", "fill": COLORS["line"]})
            drawn = Node(
                "svg",
                {"xmlns": pictures.SVG, "class": "bar", "width": "100", "height": "8", "viewBox": "0 0 100 8", "aria-hidden": "true"},
                ground,
                Node("rect", length),
            )
            rows.append(Node("tr", {}, Node("th", {"scope": "row"}, name.text()), Node("td", {}, drawn), Node("td", {}, value.text())))
        label = {"aria-label": node["aria-label"]} if node["aria-label"] else {}
        return [Node("table", {"class": "bars"} | label, Node("tbody", {}, *rows))]

    def _entry(self, node, within):
        found = pictures.SHARE.search(node["style"])
        ground = pictures.mixed(pictures.sign_of(node.classes), 0.45 * float(found[1]), "zero") if found else COLORS["zero"]
        return [Node("td", {"style": f"background-color: {ground}; color: {COLORS['ink']}"}, *self._all(node.children, within))]

    # Exercises, questions and predictions.

    def _exercise(self, node, within):
        [box] = self._plain(node, within)
        self.titles[node["id"]] = title_of(box.first(".title"))
        return [box]

    def _attempt(self, node, within):
        """Return the program that an exercise begins with; its hints and its solution go to the end."""
        name = node["data-exercise"]
        starter, hints, solution = (node.first(f".nn-{part}") for part in ("starter", "hints", "solution"))
        told = [*self._titled("Hints", hints), *self._titled("Solution", solution)]
        self._answer(as_id(name), self.titles.get(name) or self._fault(f"the exercise {name} has no title"), told)
        return [*(self._program(starter, within) if starter else []), self._onward(as_id(name), "Hints and solution")]

    def _titled(self, title, node):
        children = self._all(child for child in node.children if isinstance(child, str) or child.tag != "summary") if node else []
        return [Node("p", {"class": "title"}, title), *children] if children else []

    def _solution(self, node, within):
        """Return a link to a solution, which goes to the end."""
        title = node.first(".admonition-title").first("a")
        name = title["href"].removeprefix("#")
        if name not in self.titles:
            self._fault(f"a solution is to {title['href']}, which no exercise before it is")
        body = [child for child in node.children if isinstance(child, str) or "admonition-title" not in child.classes]
        self._answer(as_id(name), self.titles.get(name, ""), [Node("div", {"id": as_id(node["id"])}, *self._all(body, within))])
        return [self._onward(as_id(name), "Solution")]

    def _question(self, node, within):
        self.questions += 1
        name, number = as_id(node["id"]), f"Question {self.questions}"
        asked, options = node.first(".nn-asked"), node.first(".nn-options")
        items = [child for child in options.children if isinstance(child, Node)]
        shown = [Node("li", {}, *self._all(item.first(".nn-option").children, within)) for item in items]
        told = []
        for letter, item in zip(ascii_uppercase, items, strict=False):
            verdict = f"{letter} is {'right' if item['data-right'] == 'true' else 'wrong'}. "
            why = [child for child in item.first(".nn-why").children if isinstance(child, Node) and child.tag != "summary"]
            why = self._all(why, within)
            if why and isinstance(why[0], Node) and why[0].tag == "p":
                why[0].children.insert(0, Node("b", {}, verdict))
            else:
                why.insert(0, Node("p", {}, Node("b", {}, verdict)))
            told += why
        self._answer(name, number, told)
        several = Node("p", {"class": "more"}, "Several may be right.") if node["data-kind"] == "checkbox" else None
        title, question = Node("p", {"class": "title"}, number), Node("p", {}, *self._all(asked.children, within))
        parts = [title, question, *filter(None, [several]), Node("ol", {"class": "options"}, *shown)]
        return [Node("div", {"class": "box question", "id": name}, *parts, self._onward(name, "Answer"))]

    def _prediction(self, node, within):
        [box] = self._plain(node, within)
        box.children.insert(0, Node("p", {"class": "title"}, "Predict, then read on"))
        return [box]

    def _answer(self, name, title, told):
        back = Node("a", {"href": f"#{name}", "role": "doc-backlink"}, title)
        self.answers.append(Node("section", {"id": f"answer-{name}"}, Node("h3", {}, back), *told))

    def _onward(self, name, words):
        return Node("p", {"class": "onward"}, Node("a", {"href": f"#answer-{name}"}, f"{words} →"))

    def _fault(self, words):
        self.faults.append(f"{self.name}: {words}")
        return ""


WAYS = {
    "<math>": Reading._formula,
    "<a>": Reading._link,
    "nn-unbroken": Reading._unbroken,
    "nn-figure": Reading._figure,
    "nn-head": Reading._head,
    "nn-plot": Reading._plot,
    "nn-picture": Reading._opening,
    "nn-exhibit-picture": Reading._opening,
    "nn-image": Reading._pixels,
    "nn-pad": Reading._pixels,
    "nn-bars": Reading._bars,
    "nn-name": Reading._name,
    "nn-entry": Reading._entry,
    "nn-panel-body": Reading._sizes,
    "nn-cell": Reading._attempt,
    "exercise": Reading._exercise,
    "solution": Reading._solution,
    "nn-question": Reading._question,
    "nn-predict": Reading._prediction,
    "cell_input": Reading._cell,
    "cell_output": Reading._cell,
    "highlight": Reading._program,
    "<pre>": Reading._program,
    "<details>": Reading._unfolded,
}


def as_id(name):
    """Return an id as XML has it."""
    plain = re.sub(r"[^\w.-]", "-", name)
    return plain if re.match(r"[^\W\d]", plain) else f"at-{plain}"


def title_of(node):
    """Return the words of a title."""
    return node.text()


def _tags(node):
    return [child.tag for child in node.children if isinstance(child, Node)]


def _colored(children):
    """Return a program whose words of Python and comments alone are told apart: not every reader of books has colors."""
    told = []
    for child in children:
        if isinstance(child, str):
            told.append(child)
        elif child.tag == "a":
            told += _colored(child.children)
        elif kind := {"k": "k", "c": "c", "o": "k" if "ow" in child.classes else ""}.get(child["class"][:1], ""):
            told.append(Node("span", {"class": kind}, child._text()))
        else:
            told += _colored(child.children)
    return told
