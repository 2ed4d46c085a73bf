"""Where figures stand: the pages that show each, and the one of them that is its own."""

import re

from docutils import nodes

PLACE = re.compile(r'data-explorable="(\w+)"')


def figures_of(document):
    """Return the names of the figures in a document, in their order."""
    return [name for raw in document.findall(nodes.raw) for name in PLACE.findall(raw.astext())]


def anchor_of(name):
    """Return the id of a figure's element."""
    return f"figure-{name.replace('_', '-')}"


def own_pages(shown, root):
    """Return {figure: page}, given {page: figures} in the order of the book.

    A figure's own page is the first that shows it, after the `root`: that one shows what is taught later.
    """
    own = {}
    for page, names in [*((page, names) for page, names in shown.items() if page != root), (root, shown.get(root, []))]:
        for name in names:
            own.setdefault(name, page)
    return own
