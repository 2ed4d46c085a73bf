"""What can be found in the pages, as Sphinx keeps them: chapters, sections, terms, figures, exercises, functions of nnlib.

An entry is a list [kind, title, page, anchor, text, words]: the kind and the page are numbers, the text is a sentence to
be shown, and the words, the most telling first, are what it is found by besides.
"""

from collections import Counter

from docutils import nodes
from sphinx import addnodes
from sphinx.addnodes import desc, desc_signature

from book.finding.places import anchor_of, figures_of, own_pages
from book.finding.words import counted, plain, sentence, telling
from nnlib.explorables import EXPLORABLES

KINDS = ("chapter", "section", "term", "figure", "exercise", "function")
CHAPTER, SECTION, TERM, FIGURE, EXERCISE, FUNCTION = range(len(KINDS))
TOLD = 5  # how many times as much a word counts that stands out: it is taught there
MOST = {CHAPTER: 14, SECTION: 18, EXERCISE: 6}  # words that tell it from others
PARTS = {"attribute", "property"}  # of a class, which is found
EVERYWHERE = {"exercises", "quiz", "summary"}  # sections of all chapters, whose names find none of them


def entries(pages):
    """Return {"kinds", "pages", "entries"} for documents by their names, in the book's order, the root first."""
    shown = {page: figures_of(document) for page, document in pages.items()}
    own = own_pages(shown, next(iter(pages)))
    found, counts = [], []
    for number, (page, document) in enumerate(pages.items()):
        figures = [name for name in dict.fromkeys(shown[page]) if own[name] == page]
        for entry, words in [*_of_page(number, document), *((_figure(name, number), {}) for name in figures)]:
            found.append(entry)
            counts.append(words)
    of_all = Counter(word for words in counts for word in words)
    for entry, words in zip(found, counts, strict=True):
        if entry[0] in MOST:
            entry[5] = " ".join(telling(words, of_all, len(counts), MOST[entry[0]]))
        shown = counted(f"{entry[1]} {entry[4]}")
        entry[5] = " ".join(word for word in entry[5].split() if word not in shown)
    return {"kinds": KINDS, "pages": [*pages], "entries": found}


def _of_page(page, document):
    """Yield the entries of a page, each with how often a word is in it."""
    for section in document.findall(nodes.section):
        title = section.next_node(nodes.title)
        if title is not None and title.parent is section and section["ids"][0] not in EVERYWHERE:
            first = section.parent is document
            text = sentence(plain(section.next_node(nodes.paragraph))) if first and section.next_node(nodes.paragraph) else ""
            at = "" if first else section["ids"][0]
            yield [CHAPTER if first else SECTION, plain(title), page, at, text, ""], _words_of(section)
    for term in document.findall(nodes.term):
        if term["ids"] and term["ids"][0].startswith("term-"):
            meaning = plain(term.parent.next_node(nodes.definition))
            yield [TERM, plain(term), page, term["ids"][0], sentence(meaning), ""], counted(meaning)
    for box in document.findall(lambda node: node.tagname.startswith("exercise") and node.tagname.endswith("_node")):
        subtitle = box.next_node(lambda node: node.tagname == "exercise_subtitle")
        body = box.next_node(nodes.section)
        if subtitle is not None:
            yield [EXERCISE, plain(subtitle).strip("()"), page, box["ids"][0], "", ""], counted(plain(body) if body else "")
    for signature in document.findall(desc_signature):
        if signature["ids"] and signature.parent["objtype"] not in PARTS:
            content = signature.parent.next_node(addnodes.desc_content)
            told = content.next_node(nodes.paragraph) if content is not None else None
            own = told is not None and _described(told) is signature.parent
            text = sentence(plain(told), 80) if own else ""
            yield [FUNCTION, signature["fullname"], page, signature["ids"][0], text, _arguments(signature)], {}


def _figure(name, page):
    """Return the entry of a figure, which is found by what can be set in it as well."""
    labels = " ".join(sorted(counted(" ".join(control.label for control in EXPLORABLES[name].controls))))
    return [FIGURE, EXPLORABLES[name].title, page, anchor_of(name), "", labels]


def _described(node):
    while not isinstance(node, desc):
        node = node.parent
    return node


def _arguments(signature):
    """Return the names of what a function takes."""
    return " ".join(each[0].astext() for each in signature.findall(addnodes.desc_parameter) if len(each[0].astext()) > 2)


def _words_of(section):
    """Return how often a word is in a section, without the sections in it; what stands out there counts more."""
    counts = Counter()
    for child in section.children:
        if not (isinstance(child, nodes.section) and child["ids"] and child.next_node(nodes.title) in child.children):
            for text in [child] if isinstance(child, nodes.Text) else child.findall(nodes.Text):
                if not isinstance(text.parent, nodes.math | nodes.math_block | nodes.literal_block | nodes.raw):
                    counts += counted(text)
            for told in child.findall(lambda node: isinstance(node, nodes.strong | addnodes.pending_xref | nodes.title)):
                for word in counted(told.astext()):
                    counts[word] += TOLD
    return counts
