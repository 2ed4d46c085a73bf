"""A page for each figure that other sites may put into a frame, a Sphinx extension: the figure, alive, and the way back.

`embed/<name>.html` has nothing of the theme. It begins with the figure's own settings, which its address can change like
that of a chapter, and is light or dark by `?theme=`, or else as its host is. What it tells its host, and hears from it,
`view/page/embed.mjs` says; `policy.py` lets these pages, and these alone, be framed.
"""

import hashlib
from html import escape
from pathlib import Path

from book.beside import looks
from book.figures import with_data_aside
from book.finding import in_order
from book.finding.places import anchor_of, own_pages
from book.gallery import shown_in
from book.hooks import when_built
from book.numbers import chapter_numbers
from book.policy import EMBED, policy
from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import figure_html
from nnlib.live.join_modules import VIEW, as_script
from nnlib.live.protocol import opening

PAGE = """<!DOCTYPE html>
<html lang="en" class="nn-embed"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{title} – {book}</title><link rel="icon" href="data:,">
<script>{script}</script><link rel="stylesheet" href="../live/figures.css?v={looks}"><style>{own_looks}</style>
<script async data-figures src="../live/{edition}/view/early.js"></script>
<script async src="../live/{edition}/view/page.js"></script><script async src="../live/renew.js"></script></head>
<body><main><h1>{title}</h1>{figure}</main></body></html>
"""
BACK = ' <a class="nn-back" href="../{page}.html#{anchor}" target="_blank" rel="noopener">{book}: {chapter}</a></figcaption>'


def setup(app):
    """Register that the pages are written when the book is built."""
    when_built(app, put_pages, priority=400)  # while stills can be drawn, and before what is not asked for is swept away
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_pages(app):
    """Write the page of each figure that the book shows."""
    shown = {page: shown_in(app.env).get(page, []) for page in in_order(app.env)}
    script = as_script(VIEW / "page" / "embed.mjs")
    words = {
        "book": escape(app.config.html_title or app.config.project),
        "edition": app.config.nnlib_edition,
        "looks": hashlib.sha256(looks().encode()).hexdigest()[:8],
        "own_looks": (Path(__file__).parents[1] / "assets" / "embed.css").read_text(encoding="utf-8"),
        "policy": policy([script]),
        "script": script,
    }
    chapters = chapter_numbers(app.env)
    folder = Path(app.outdir, EMBED)
    folder.mkdir(exist_ok=True)
    for name, page in own_pages(shown, app.config.root_doc).items():
        number = f"{chapters[page]}.{shown[page].index(name) + 1}" if page in chapters else ""
        back = {"page": page, "anchor": anchor_of(name), "chapter": escape(app.env.titles[page].astext())}
        drawn = figure(app, name, number).replace("</figcaption>", BACK.format_map(words | back))
        text = PAGE.format_map(words | {"title": escape(EXPLORABLES[name].title), "figure": drawn})
        (folder / f"{name}.html").write_text(text, encoding="utf-8")


def figure(app, name, number):
    """Return the HTML of a figure with its own settings, for a page in the folder of these pages."""
    explorable, first = EXPLORABLES[name], opening(name, {})
    drawn = app.stills.of(first, bool(explorable.groups))
    written = figure_html(explorable, first, drawn, anchor_of(name), number=number)
    return with_data_aside(written, Path(app.outdir), lambda path, _: f"../{path}")
