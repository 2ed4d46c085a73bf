"""Links of teachers' pages: to a figure with its settings, as *Copy link* makes them, and to a prediction in its chapter.

    {show}`AND <tune_a_neuron: w1=1, w2=1, bias=-1.5, activation="step">`

The settings are checked by the figure itself when the page is read, and the link leads to the page that the figure is at
home in. `view/page/page.mjs` is the other end.
"""

import ast
import json
import re
from urllib.parse import quote

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from book.finding import in_order
from book.finding.places import anchor_of, own_pages
from book.hooks import is_website
from nnlib.arrays import choose
from nnlib.explorables import EXPLORABLES

TARGET = re.compile(r"(?P<words>[^<]+?)\s*<(?P<target>[^>]+)>", re.DOTALL)


class leads_to(nodes.Inline, nodes.TextElement):
    """A link that gets its address when all pages are known: to a `figure`, or a `page` and an `anchor`, with a `query`."""


def parsed(target):
    """Return the name of a figure and its settings, out of `name` or `name: one=1, other="two"`.

    Raises ValueError or TypeError for what is no such text, for a figure that is not there, and for what it refuses.
    """
    name, _, given = " ".join(target.split()).partition(":")
    figure = choose(name.strip(), EXPLORABLES, "explorable")
    try:
        call = ast.parse(f"_({given.strip()})", mode="eval").body
        settings = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"The settings of a figure are written as a=1, b='two'. Got {given.strip()!r} instead.") from error
    if call.args:
        raise ValueError(f"The settings of a figure are written as a=1, b='two'. Got {given.strip()!r} instead.")
    figure.check(settings)
    return name.strip(), settings


def query_of(name, settings):
    """Return what an address asks of a page, so that its figure has these settings."""
    return f"{name}={quote(json.dumps(settings, separators=(',', ':'), ensure_ascii=False), safe='')}" if settings else ""


class Show(SphinxRole):
    """A link to a figure with settings."""

    def run(self):
        """Return the link, or say what is wrong with it."""
        found = TARGET.fullmatch(self.text)
        try:
            if not found:
                raise ValueError(f"A link to a figure is written as words <name: a=1>. Got {self.text!r} instead.")
            name, settings = parsed(found["target"])
        except (TypeError, ValueError) as error:
            message = self.inliner.reporter.error(f"{error}", line=self.lineno)
            return [self.inliner.problematic(self.rawtext, self.rawtext, message)], [message]
        return [leads_to("", nodes.Text(found["words"]), figure=name, query=query_of(name, settings))], []


def put_links(app, doctree, docname):
    """Give every link its address; outside of the website, a page has no settings in its address."""
    shown = getattr(app.env, "nnlib_shown", {})
    own = own_pages({page: shown.get(page, []) for page in in_order(app.env)}, app.config.root_doc)
    for link in list(doctree.findall(leads_to)):
        name = link.get("figure")
        page, anchor = (own[name], anchor_of(name)) if name else (link["page"], link["anchor"])
        query = f"?{link['query']}" if link["query"] and is_website(app) else ""
        address = f"{app.builder.get_relative_uri(docname, page)}{query}#{anchor}"
        link.replace_self(nodes.reference("", "", *link.children, refuri=address, internal=True, classes=["nn-show"]))
