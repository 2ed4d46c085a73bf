"""Mend, in the built pages, what the book's theme leaves undone for readers who hear a page, and for a strict policy.

Each repair names the rule of axe-core that it is for, which `tests/browser` runs, or says what it does.
"""

import re
from pathlib import Path

from book.hooks import add_to_head, on_website
from nnlib.live.join_modules import VIEW, as_one_module

MEMORY = as_one_module(VIEW / "page" / "memory.js")
REPAIRS = {
    # The sidebar holds the book's title, outside of any landmark.
    "region": (
        r'<div id="pst-primary-sidebar" class=',
        '<div id="pst-primary-sidebar" role="region" aria-label="The book" class=',
    ),
    # What a button says must be part of its name: "Search Ctrl+K" is not part of "Search".
    "label-content-name-mismatch": (r'(<button class="btn search-button-field[^>]*?) aria-label="Search"', r"\1"),
    "label-content-name-mismatch, hidden code": (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    # A summary is a line of text, and holds no paragraph; nor does a paragraph hold a list.
    "valid HTML, hidden code": (r'<p (class="(?:collapsed|expanded) admonition-title">[^<]*)</p>', r"<span \1</span>"),
    "valid HTML, lists in fields": (
        r'(<dd class="field-\w+">)<p>(<ul class="simple">(?:(?!</dd>)[\s\S])*?</ul>)\s*</p>',
        r"\1\2",
    ),
    # What unfolds the pages below a page says which page that is; a cell over a column without a name is no header.
    "summary-name": (
        r'(has-children"><a [^>]*>([^<]*)</a><details[^>]*>)<summary>',
        r'\1<summary aria-label="The pages of \2">',
    ),
    "empty-table-header": (r'<th class="head">(?:<p></p>)?</th>', "<td></td>"),
    # A list has items; the role of an entry of a bibliography is deprecated.
    "aria-required-children": (r'role="doc-biblioentry"', 'role="listitem"'),
    # Bootstrap and the theme's own scripts, 35 kB of them, would do what `view/page/bar.mjs` and `copying.mjs` do.
    "no script of the theme": (
        r'<script\b[^>]*\bsrc="[^"]*/(?:bootstrap|pydata-sphinx-theme|sphinx-book-theme|design-tabs)\.js[^"]*"[^>]*></script>\s*',
        "",
    ),
    "no word for a script that is gone": (r"<script>\s*DOCUMENTATION_OPTIONS\.search_as_you_type = \w+;\s*</script>\s*", ""),
    "no word for these scripts": (r'\s+data-bs-(?:toggle|placement)="[^"]*"', ""),
    "a name that is seen": (r"\bdata-bs-title=", "title="),
    # No such script may stand in a page: see policy.py. `view/page/theme.mjs` gives the buttons their acts.
    "no script in a button": (r'(<button) onclick="(?:toggleFullScreen|window\.print|present)\(\)"', r"\1"),
    # The theme's own mark in the list of sections never gets to a short last one: `view/page/place.mjs` has its place.
    "no mark that stops before the end": (r'(<nav) id="pst-page-toc-nav"', r"\1"),
    # Where a browser forbids its storage, the theme's scripts would end at their first look at it.
    "no storage": (r"<script[^>]*>(?=\s*document\.documentElement\.dataset\.mode)", rf"<script>{MEMORY}</script>\g<0>"),
    # On the first visit a page would have neither set of colors until the theme's last script has come.
    "no page without colors": (
        r'(dataset\.theme = localStorage\.getItem\("theme"\) \|\| )"auto"',
        r'\1(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")',
    ),
    # Only a menu of versions would read it, and it would be another file for each page.
    "no script that nobody reads": (r"<script>DOCUMENTATION_OPTIONS\.pagename = '[^']*';</script>\s*", ""),
    # Firefox would fetch the next page beforehand, which the policy forbids, and say so on every page.
    "no fetching ahead": (r'<link rel="next" [^>]*>\s*', ""),
    # The theme's scripts wait for the whole page; fetched first, they would hold up its looks.
    "no script before the looks": (r'<link rel="preload" as="script" [^>]*>\s*', ""),
    # Search as you type would need the whole index in every page; the search has a page of its own.
    "no index in a page": (r'(<meta name="docsearch:version"[^>]*>)\s*(?:<script src="[^"]*"></script>\s*){3}', r"\1\n"),
}
# Scripts of Sphinx that the search needs, and an index, which says so in a script of its own.
SEARCHING = re.compile(
    r'<script\b[^>]*\bsrc="[^"]*/(?:documentation_options|doctools|sphinx_highlight)\.js[^"]*"[^>]*></script>\s*'
)
# The typefaces that the first screen of every page is set in: they are asked for with the page, not after its stylesheet.
TYPEFACES = ("book-text", "book-heading", "book-interface")
# The page at the root of the site leads to the first one.
INDEX = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="_static/{icon}">
<meta http-equiv="refresh" content="0; url={first}.html"></head><body><p><a href="{first}.html">{title}</a></p></body></html>
"""


def setup_theme(app):
    """Add the page at the root, and what every page asks for first."""
    on_website(app, "html-page-context", preload_typefaces)
    on_website(app, "html-page-context", put_presenting, priority=501)  # after the theme has made its buttons
    on_website(app, "write-started", put_index)  # before others write one without an icon


def preload_typefaces(app, pagename, templatename, context, doctree):
    """Ask for the typefaces in the head of a page."""
    for name in TYPEFACES:
        address = context["pathto"](f"_static/{name}.woff2", 1)
        add_to_head(context, f'<link rel="preload" href="{address}" as="font" type="font/woff2" crossorigin>')


def put_presenting(app, pagename, templatename, context, doctree):
    """Put the button that presents a page, slide by slide, beside the one for the full screen, where the page has a text."""
    buttons = context.get("header_buttons", [])
    full = [place for place, button in enumerate(buttons) if button.get("label") == "fullscreen-button"]
    if pagename not in app.env.found_docs or not full:
        return
    entry = {
        "type": "javascript",
        "javascript": "present()",
        "tooltip": "Present this page, slide by slide (F8)",
        "icon": "fas fa-person-chalkboard",
        "label": "present-button",
        "classes": "pst-navbar-icon pst-js-only",
    }
    buttons.insert(full[0], entry)


def put_index(app, builder):
    """Write the page at the root."""
    names = {"title": app.config.html_title or app.config.project, "icon": Path(app.config.html_favicon).name}
    text = INDEX.format(first=app.config.root_doc, **names)
    (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")


def mended(text, page, work):
    """Return the text of a page with its repairs."""
    for rule, (wrong, right) in REPAIRS.items():
        text, count = re.subn(wrong, right, text)
        work.done[rule] += count
    return text if page.name == "search.html" or "DOCUMENTATION_OPTIONS." in text else SEARCHING.sub("", text)
