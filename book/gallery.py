"""The gallery: a Sphinx extension for a page with all live figures, each with its picture, its task and the way to it.

It is made of the list of figures and of what the pages show, so that none is missing. A picture is the figure's own still
picture, in the colors of the page, and comes alive when it is pressed: 33 live ones would need 33 times the work.
"""

import re
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from book.finding import in_order
from book.finding.places import anchor_of, figures_of, own_pages
from book.finding.words import sentence
from book.hooks import add_to_head, on_website
from nnlib.explorables import EXPLORABLES
from nnlib.live.protocol import opening

HERE = '<div class="nn-gallery"></div>'
NOW = re.compile(r"[;:] (?:now|here)\b.*", re.DOTALL)  # a task says how far one is
DRAWN = ("plane", "series", "network", "layers", "pad", "image", "bars")  # the kinds of panels that make a picture
SAYS_MORE = {"atlas_of_xor": "plane", "the_clinic": "answers"}  # the panels of figures whose first one begins empty
LARGER = re.compile(r'<div class="nn-still nn-still-(?:wide|broad)".*', re.DOTALL)  # the same for more room
BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
NAMED = re.compile(r'(<svg class="nn-svg[^>]*?) role="img" aria-label="[^"]*"')
TITLES = re.compile(r"<title>[^<]*</title>")
# Who hears the page has one link to a card; view/page/gallery.mjs makes the picture a button.
CARD = """<li class="nn-exhibit" data-figure="{name}">
<a class="nn-exhibit-picture" href="{address}" tabindex="-1" aria-hidden="true">
<div style="--aspect:{aspect}">{picture}</div></a>
<a class="nn-exhibit-title" href="{address}">{title}</a><div class="nn-exhibit-chapter">{chapter}</div><div>{task}</div></li>
"""


def setup(app):
    """Register the directive, and what happens when pages are read and written."""
    app.add_directive("gallery", Gallery)
    app.connect("doctree-read", note_figures)
    app.connect("env-purge-doc", lambda app, env, page: shown_in(env).pop(page, None))
    app.connect("env-merge-info", lambda app, env, pages, other: shown_in(env).update(shown_in(other)))
    on_website(app, "html-page-context", put_gallery)
    return {"parallel_read_safe": True, "parallel_write_safe": False, "env_version": 1}


class Gallery(SphinxDirective):
    """The place of the gallery in a page."""

    def run(self):
        """Return the place."""
        return [nodes.raw("", HERE, format="html")]


def shown_in(env):
    """Return {page: names of the figures in it}, as the pages were read."""
    if not hasattr(env, "nnlib_shown"):
        env.nnlib_shown = {}
    return env.nnlib_shown


def note_figures(app, document):
    """Note which figures a page shows."""
    shown_in(app.env)[app.env.docname] = figures_of(document)


def put_gallery(app, pagename, templatename, context, doctree):
    """Put the figures into their place."""
    if HERE not in context.get("body", ""):
        return
    shown = {page: shown_in(app.env).get(page, []) for page in in_order(app.env)}
    own = own_pages(shown, app.config.root_doc)
    cards = "".join(_card(app, name, own[name], context["pathto"]) for page in shown for name in own if own[name] == page)
    add_to_head(context, f'<link rel="stylesheet" href="{context["pathto"]("live/figures.css", 1)}">')
    context["body"] = context["body"].replace(HERE, f'<ul class="nn-gallery">\n{cards}</ul>')


def _card(app, name, page, pathto):
    explorable, first = EXPLORABLES[name], opening(name, {})
    panels = [panel for panel in first["picture"] if panel["name"] == SAYS_MORE.get(name, panel["name"])]
    aspect, drawn = picture(panels, app.stills.of(first, bool(explorable.groups)))
    words = {
        "name": name,
        "address": f"{pathto(page)}#{anchor_of(name)}",
        "title": escape(explorable.title),
        "chapter": escape(app.env.titles[page].astext().split(": ")[0]),
        "task": escape(sentence(NOW.sub(".", first["challenge"]["task"]), 150)),
    }
    return CARD.format_map(words | {"aspect": round(aspect, 3), "picture": drawn})


def picture(panels, stills):
    """Return the shape of a small picture and its HTML: of the first panel that is drawn, better one that is no bars.

    It is there for the eye alone, so it has no words for whoever does not see it.
    """
    drawn = [panel for panel in panels if panel["kind"] in DRAWN and panel.get("shown", True) and stills.get(panel["name"])]
    best = min(drawn, key=lambda panel: (panel["kind"] == "bars", panels.index(panel)))
    still = LARGER.sub("", TITLES.sub("", NAMED.sub(r"\1", stills[best["name"]])))
    box = BOX.search(still)
    return float(box[1]) / float(box[2]) if box else best["aspect"], still
