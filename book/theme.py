"""Mend, in the built pages, what the book's theme leaves undone for readers who hear a page, and for a strict policy.

Each repair names the rule of axe-core that it is for, which `tests/browser` runs, or says what it does. One that finds
nothing to mend in the whole book is a warning, and so stops the build: a newer theme has changed, and the repair must
change or go.
"""

import re
from pathlib import Path

from sphinx.util import logging

logger = logging.getLogger(__name__)
REPAIRS = {
    # The sidebar holds the book's title, outside of any landmark.
    "region": (
        r'<div id="pst-primary-sidebar" class=',
        '<div id="pst-primary-sidebar" role="region" aria-label="The book" class=',
    ),
    # What a button says must be part of its name: "Search Ctrl+K" is not part of "Search".
    "label-content-name-mismatch": (r'(<button class="btn search-button-field[^>]*?) aria-label="Search"', r"\1"),
    "label-content-name-mismatch, hidden code": (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # Every theorem of a page has the same id.
    "duplicate-id": (r'(<section class="theorem-content") id="proof-content"', r"\1"),
    # A list has items; the role of an entry of a bibliography is deprecated.
    "aria-required-children": (r'role="doc-biblioentry"', 'role="listitem"'),
    # No script may stand in a page: see policy.py. `view/page/theme.mjs` gives the buttons their acts.
    "no script in a button": (r'(<button) onclick="(?:toggleFullScreen|window\.print)\(\)"', r"\1"),
    # Only a menu of versions would read it, and it would be another file for each page.
    "no script that nobody reads": (r"<script>DOCUMENTATION_OPTIONS\.pagename = '[^']*';</script>\s*", ""),
    # Search as you type would need the whole index in every page; the search has a page of its own.
    "no index in a page": (r'(<meta name="docsearch:version"[^>]*>)\s*(?:<script src="[^"]*"></script>\s*){3}', r"\1\n"),
}
# The page at the root of the site leads to the first one.
INDEX = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="_static/{icon}">
<meta http-equiv="refresh" content="0; url={first}.html"></head><body><p><a href="{first}.html">{title}</a></p></body></html>
"""


def setup_theme(app):
    """Mend the pages when the book is done."""
    app.connect("html-page-context", add_view)
    app.connect("build-finished", put_index, priority=100)  # before others write one without an icon
    app.connect("build-finished", mend_pages)


def put_index(app, exception):
    """Write the page at the root."""
    if exception or app.builder.format != "html":
        return
    names = {"title": app.config.html_title or app.config.project, "icon": Path(app.config.html_favicon).name}
    text = INDEX.format(first=app.config.root_doc, **names)
    (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")


def add_view(app, pagename, templatename, context, doctree):
    """Add the script of the theme's buttons to a page."""
    source = context["pathto"]("live/view/theme.mjs", 1)
    context["metatags"] = context.get("metatags", "") + f'<script type="module" src="{source}"></script>\n'


def mend_pages(app, exception):
    """Mend every page of the book."""
    if exception or app.builder.format != "html":
        return
    for rule in mend(page for page in Path(app.outdir).rglob("*.html") if "_static" not in page.parts):
        logger.warning("Nothing was left to mend for the rule or repair «%s»: has the theme changed?", rule)


def mend(pages):
    """Mend these pages and return the rules for which there was nothing to mend."""
    idle = set(REPAIRS)
    for page in pages:
        old = new = page.read_text(encoding="utf-8")
        for rule, (wrong, right) in REPAIRS.items():
            new, count = re.subn(wrong, right, new)
            idle -= {rule} if count else set()
        if new != old:
            page.write_text(new, encoding="utf-8")
    return sorted(idle)
