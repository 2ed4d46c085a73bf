"""What a page says of itself to those who do not read it: search engines, programs that show a link, phones.

A description for each page, out of what it begins with; cards for links; the course and its chapters in the words of
schema.org; a color for the bar of a phone's browser, and an icon for its screen. What needs the address of the site, a
page's own address, the list of pages, the picture on a card (see `book/cards.py`), is there only where `html: baseurl:` in
`_config.yml` tells it: a wrong address is worse than none.
"""

import json
import re
from html import escape
from pathlib import Path

from book.hooks import add_to_head, on_website, when_built
from book.leads import leads
from book.numbers import chapter_numbers
from book.touch_icon import draw_icon
from nnlib import palette

LONGEST, SHORTEST = 160, 50  # letters of a description: what search engines show, and what says too little
# Pages that begin with no words of their own.
PLAIN = {
    "references": "The books and papers behind the course, from 1847 to today: who found what, and where to read it.",
    "genindex": "The index of the book and of nnlib: every name of the package, with the place that explains it.",
    "search": "Search the chapters, the glossary and the reference of nnlib for the words that you look for.",
    "py-modindex": "The modules of nnlib, the small NumPy package that the book teaches, and where each is described.",
    "prf-prf": "The theorems of the book, each with its proof, in the chapter that needs it.",
    "licenses": "What others have made that is part of this site: each piece with its license and its version.",
}  # fmt: skip
ICON = "touch-icon.png"
CARD_FOLDER, CARD_SIZE = "_static/cards", (1200, 630)  # book.cards draws them
VIEWPORT = re.compile(r'\s*<meta name="viewport"[^>]*>')
REPAIR = "one viewport a page"


def setup(app):
    """Register what is put into the head of each page, and what lies beside the pages."""
    on_website(app, "html-page-context", describe, priority=650)
    when_built(app, put_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def describe(app, pagename, templatename, context, doctree):
    """Put into the head of a page what it says of itself."""
    title, told = page_title(app, pagename, context), description(app.env, pagename)
    home = pagename == app.config.root_doc
    address = address_of(app, pagename)
    tags = {
        "og:type": "website" if home else "article",
        "og:site_name": _book(app),
        "og:title": title,
        "og:description": told,
    } | ({"og:url": address} | card_tags(app, pagename, title) if address else {})
    lines = [f'<meta name="description" content="{escape(told)}">' if told else ""]
    lines += [f'<meta property="{name}" content="{escape(text)}">' for name, text in tags.items() if text]
    lines += [f'<meta name="twitter:card" content="{"summary_large_image" if address else "summary"}">']
    for scheme, colors in (("light", palette.LIGHT), ("dark", palette.DARK)):
        lines.append(f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})" content="{colors["page"]}">')
    lines.append(f'<link rel="apple-touch-icon" href="{context["pathto"](f"_static/{ICON}", 1)}">')
    data = course(app, told) if home else chapter(app, pagename, title, told)
    if data:
        text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
        lines.append(f'<script type="application/ld+json">{text}</script>')
    add_to_head(context, *filter(None, lines))


def page_title(app, page, context):
    """Return the title of a page as plain text, without its number."""
    known = app.env.titles.get(page)
    return known.astext() if known is not None else re.sub(r"<[^>]*>", "", context.get("title") or "") or _book(app)


def description(env, page):
    """Return the description of a page: what a chapter teaches, or the sentences that it begins with."""
    name = page.rpartition("/")[2]
    lead = leads(env).get(page, {"aims": [], "words": ""})
    if lead["aims"]:
        first, *others = lead["aims"]
        return fitted(f"Learn to {first}", others, "; ", skipping=True)
    words = lead["words"]
    if len(words) < SHORTEST:
        return PLAIN.get(name, words)
    first, *others = re.split(r"(?<=[.!?]) ", words)
    return fitted(first, others, " ")


def fitted(first, others, between, skipping=False):
    """Return the first part of a text with as many of the others as fit; a first one that is too long ends at a word.

    The others end with the first that does not fit, unless it can be skipped.
    """
    if len(first) > LONGEST - 1:
        return first[: LONGEST - 2].rpartition(" ")[0].rstrip(",;:") + " …"
    for other in others:
        if len(first) + len(between) + len(other) <= LONGEST - 1:
            first += between + other
        elif not skipping:
            break
    return first if first.endswith((".", "!", "?")) else f"{first}."


def address_of(app, page):
    """Return the address of a page, or nothing where that of the site is not known."""
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{app.builder.get_target_uri(page)}" if base else ""


def card_tags(app, page, title):
    """Return what tells of the card of a page."""
    width, height = CARD_SIZE
    alt = f"The title, {title}, with a picture that a figure of the book has drawn."
    size = {"og:image:width": str(width), "og:image:height": str(height)}
    return {"og:image": card_address(app, page)} | size | {"og:image:alt": alt}


def card_address(app, page):
    """Return the address of the card of a page; those that Sphinx makes have that of the book."""
    shown = page if page in app.env.found_docs else app.config.root_doc
    return f"{app.config.html_baseurl.rstrip('/')}/{CARD_FOLDER}/{shown}.png"


def course(app, told):
    """Return what the book is, in the words of https://schema.org."""
    parts = [
        {"@type": "LearningResource", "name": app.env.titles[page].astext(), "position": int(number)} | _at(app, page)
        for page, number in chapter_numbers(app.env).items()
        if number.isdigit()
    ]
    return (
        {"@context": "https://schema.org", "@type": "Course"}
        | _same(app, app.config.root_doc, _book(app), told)
        | {"hasPart": parts}
    )


def chapter(app, page, title, told):
    """Return what a chapter is, or nothing for another page."""
    number, aims = chapter_numbers(app.env).get(page, ""), leads(app.env).get(page, {"aims": []})["aims"]
    if not number.isdigit():
        return None
    whole = {"@type": "Course", "name": _book(app)} | _at(app, app.config.root_doc)
    own = {"learningResourceType": "chapter", "position": int(number), "teaches": aims, "isPartOf": whole} | _at(app, page)
    return {"@context": "https://schema.org", "@type": "LearningResource"} | _same(app, page, title, told) | own


def _same(app, page, name, told):
    picture = {"image": card_address(app, page)} if app.config.html_baseurl else {}
    return picture | {
        "name": name,
        "description": told,
        "inLanguage": app.config.language,
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "author": {"@type": "Organization", "name": app.config.author},
    }


def _book(app):
    return app.config.html_title or app.config.project


def _at(app, page):
    address = address_of(app, page)
    return {"url": address} if address else {}


def put_files(app):
    """Put the icon beside the pages, and the list of them where the address of the site is known."""
    root = Path(app.outdir)
    if app.config.html_favicon:
        draw_icon(Path(app.srcdir, app.config.html_favicon).read_text(encoding="utf-8"), root / "_static" / ICON)
    (root / "sitemap.xml").unlink(missing_ok=True)
    if app.config.html_baseurl:
        pages = "".join(f"<url><loc>{escape(address_of(app, page))}</loc></url>\n" for page in sorted(app.env.found_docs))
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n'
        (root / "sitemap.xml").write_text(text, encoding="utf-8")


def with_one_viewport(text, page, work):
    """Return the text of a page of whose several viewports, all alike, the first is left."""
    found = VIEWPORT.findall(text)
    work.done[REPAIR] += len(found) > 1
    kept = iter(found[:1])
    return VIEWPORT.sub(lambda _: next(kept, ""), text)
