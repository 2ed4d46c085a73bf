"""The static page as a host: a Sphinx extension that puts each figure into its place."""

import hashlib
import itertools
import json
import re
from html import unescape
from pathlib import Path

from book.hooks import add_to_head, on_website
from book.numbers import chapter_numbers
from book.stills import Stills
from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import figure_html
from nnlib.live.protocol import opening

PLACE = re.compile(
    r'<div class="output text_html"><p class="nn-place" data-explorable="(\w+)" data-settings="([^"]*)"'
    r'(?: data-hide="([^"]*)")?( data-autoplay)?>.*?</p>\s*</div>',
    re.DOTALL,
)
# A cell that shows a figure: its code, and what comes out.
PLUMBING = re.compile(
    r'(?P<begin><div class="cell docutils container">\s*)<div class="cell_input docutils container">\s*'
    r'(?P<code><div class="highlight-[^"]*"><div class="highlight"><pre>(?:(?!</pre>).)*</pre>\s*</div>\s*</div>)\s*</div>\s*'
    rf'(?P<output><div class="cell_output docutils container">\s*{re.sub("[(](?![?])", "(?:", PLACE.pattern)})',
    re.DOTALL,
)
DATA = re.compile(r'(?<=<script type="application/json" class="nn-data")>(.*?)(?=</script>)', re.DOTALL)
BESIDE = "_static/figures"  # the folder of what lies beside pages
LARGE = 10_000  # characters: what a figure begins with and is longer lies beside the page, whose text comes first
PLAIN = re.compile(r"from nnlib\.live import figure|figure\([^()]*\)|")


def setup(app):
    """Register the extension: where stills are kept, and what happens when a page is written."""
    app.add_config_value("nnlib_stills", ".cache/stills", "html")
    on_website(app, "builder-inited", begin)
    on_website(app, "html-page-context", put_figures)
    on_website(app, "build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def begin(app):
    """Have the still pictures at hand."""
    app.stills = Stills(Path(app.srcdir, app.config.nnlib_stills))


def finish(app, exception):
    """Let the program that draws them end."""
    app.stills.close()


def put_figures(app, pagename, templatename, context, doctree):
    """Replace each place that a notebook left for a figure by the figure, its still pictures included."""
    if not PLACE.search(context.get("body", "")):
        return
    live = context["pathto"]("live/", 1)
    seen = set()
    body = PLUMBING.sub(_folded, context["body"])
    chapter, count = chapter_numbers(app.env).get(pagename, ""), itertools.count(1)

    def put(place):
        written = _figure(place, app.stills, seen, f"{chapter}.{next(count)}" if chapter else "")
        return with_data_aside(written, Path(app.outdir), context["pathto"])

    context["body"] = PLACE.sub(put, body)
    add_to_head(context, f'<link rel="stylesheet" href="{live}figures.css">')


def _figure(place, stills, seen, number):
    name, settings, hide = place[1], json.loads(unescape(place[2])), (place[3] or "").split(",")
    first = opening(name, settings)
    anchor = "" if name in seen else f"figure-{name.replace('_', '-')}"  # of two figures alike, links lead to the first
    seen.add(name)
    explorable = EXPLORABLES[name]
    drawn = stills.of(first, bool(explorable.groups))
    written = figure_html(explorable, first, drawn, anchor, [*filter(None, hide)], bool(place[4]), number, [*settings])
    return f'<div class="full-width">{written}</div>'  # over the theme's table of contents, which goes when it comes


def with_data_aside(written, root, pathto):
    """Return the HTML of a figure whose data, where they are long, are in a file of the site at `root`."""
    return DATA.sub(lambda data: _aside(data, root, pathto), written)


def _aside(data, root, pathto):
    """Return what stands for the data of a figure in its page: the data, or the address of a file with them."""
    if len(data[1]) < LARGE:
        return data[0]
    path = f"{BESIDE}/{hashlib.sha256(data[1].encode()).hexdigest()[:16]}.json"
    (root / BESIDE).mkdir(parents=True, exist_ok=True)
    (root / path).write_text(data[1], encoding="utf-8")
    return f' data-from="{pathto(path, 1)}">'


def _folded(cell):
    """Return a cell with its code folded below what it shows, where the code says which figure that is, and no more."""
    lines = unescape(re.sub("<[^>]*>", "", cell["code"])).strip().splitlines()
    if not all(PLAIN.fullmatch(line) for line in lines):
        return cell[0]
    source = f'<details class="nn-source"><summary>This figure in a notebook</summary>{cell["code"]}</details>'
    return f"{cell['begin']}{cell['output']}{source}"
