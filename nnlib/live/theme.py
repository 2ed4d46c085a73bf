"""Mend, in the built pages, what the book's theme leaves undone for readers who hear a page; `tests/browser` runs axe-core.

Each repair names the rule of axe-core that it is for. One that finds nothing to mend in the whole book is a warning, and so
stops the build: a newer theme has changed, and the repair must change or go.
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
    # What a button says must be part of its name: "Search Ctrl+K" is not part of "Search", nor are the titles of icons.
    "label-content-name-mismatch": (r'(<button class="btn search-button-field[^>]*?) aria-label="Search"', r"\1"),
    "label-content-name-mismatch, icons": (r'(<i class="theme-switch [^>]*?) title="[^"]*"', r"\1"),
    "label-content-name-mismatch, hidden code": (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # A list has items; the role of an entry of a bibliography is deprecated.
    "aria-required-children": (r'role="doc-biblioentry"', 'role="listitem"'),
}


def setup_theme(app):
    """Mend the pages when the book is done."""
    app.connect("build-finished", mend_pages)


def mend_pages(app, exception):
    """Mend every page of the book."""
    if exception or app.builder.format != "html":
        return
    for rule in mend(page for page in Path(app.outdir).rglob("*.html") if "_static" not in page.parts):
        logger.warning("Nothing was left to mend for the rule %s of axe-core: has the theme changed?", rule)


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
