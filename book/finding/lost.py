"""The pages for what is not there: `404.html`, which hosts give for an unknown address; `offline.html`, for a page not kept.

A host shows them at any address, however deep, so they stand alone: with their looks and their script in them, which finds
the book's root, see `view/page/finding/lost.mjs`, and links to it. It chooses light or dark, too, so that the policy allows it,
by its hash. Without it they still say what is the matter, and lead to the book where the configuration has its address.
"""

from html import escape
from pathlib import Path

from book.policy import policy
from nnlib import palette
from nnlib.live.join_modules import VIEW, as_script

LOOKS = ("find.css", "lost.css")  # in assets/
PAGE = """<!DOCTYPE html>
<html lang="en" data-lost="{why}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{title} – {book}</title><link rel="icon" href="data:,"><style>{looks}</style></head>
<body><main><p class="nn-lost-book"><a {root}data-to="{first}.html">{book}</a></p>
<h1>{title}</h1>
{told}
<ul class="nn-lost-found"></ul>
<p class="nn-lost-ways"><a {root}data-to="{first}.html">The road through the book</a></p>
</main><script>{script}</script></body></html>
"""
LOST = {
    "404": (
        "address",
        "This page is not in the book",
        "<p>The address may be mistyped, or the page may have moved.</p>\n<p hidden>The words in it suggest these:</p>\n"
        '<p class="nn-lost-figure" hidden>This book has no figure of that name: '
        '<a data-to="chapters/figures.html">see all of its figures</a>.</p>',
    ),
    "offline": (
        "network",
        "This page is not on this device",
        "<p>There is no network now. What you have read before can be read again; this page comes as soon as the network "
        'does.</p>\n<p hidden>On this device there are:</p>\n'
        '<p class="nn-lost-none">No chapter has been kept on this device yet.</p>',
    ),
}  # fmt: skip


def put_lost_pages(app):
    """Write the two pages at the root of the site."""
    for name, words in LOST.items():
        text = page(app.config.html_title or app.config.project, app.config.root_doc, app.config.html_baseurl, *words)
        Path(app.outdir, f"{name}.html").write_text(text, encoding="utf-8")


def page(book, first, base, why, title, told):
    """Return the text of such a page, for a book with this title, first page and address, where that is known."""
    script = as_script(VIEW / "page" / "finding" / "lost.mjs")
    assets = Path(__file__).parents[2] / "assets"
    looks = palette.as_css() + "".join((assets / name).read_text(encoding="utf-8") for name in LOOKS)
    words = {
        "why": why,
        "title": escape(title),
        "book": escape(book),
        "first": first,
        "root": f'href="{escape(base)}" ' if base else "",
    }
    return PAGE.format(policy=policy([script]), script=script, looks=looks, told=told, **words)
