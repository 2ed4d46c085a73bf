"""Finding things, a Sphinx extension: the list that the reader's palette looks through, and the pages for what is not there.

The list is asked for when the palette opens first, and kept by the service worker with the view, so that it is there
offline. `view/page/finding/` has the other end.
"""

import json
from pathlib import Path

from book.finding.entries import entries
from book.finding.lost import put_lost_pages
from book.hooks import when_built

LISTING = "live/finding.json"


def setup(app):
    """Register that the list and the pages are written when the book is built."""
    when_built(app, put_listing)
    when_built(app, put_lost_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_listing(app):
    """Write the list of what can be found in the pages, in the order of the book."""
    pages = {name: app.env.get_doctree(name) for name in in_order(app.env)}
    text = json.dumps(entries(pages), ensure_ascii=False, separators=(",", ":"))
    path = Path(app.outdir, LISTING)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def in_order(env):
    """Return the names of the pages, as the table of contents has them; the others follow."""
    names, left = [], [env.config.root_doc]
    while left:
        name = left.pop(0)
        if name not in names:
            names.append(name)
            left = [*env.toctree_includes.get(name, []), *left]
    return names + sorted(env.found_docs - {*names})
