"""The static page as a host: a Sphinx extension that puts each figure into its place, and the engine beside the pages."""

import hashlib
import json
import re
import shutil
from html import escape, unescape
from importlib.metadata import distribution
from pathlib import Path

from sphinx.util import logging
from sphinx.util.fileutil import copy_asset

from nnlib import palette
from nnlib.explorables import EXPLORABLES
from nnlib.live.engine import MANIFEST, missing
from nnlib.live.markup import figure_html
from nnlib.live.protocol import reply
from nnlib.live.still import still_svg
from nnlib.live.theme import setup_theme
from nnlib.live.words import words_html

logger = logging.getLogger(__name__)
VIEW = Path(__file__).parent / "view"
PLACE = re.compile(
    r'<div class="output text_html"><p class="nn-place" data-explorable="(\w+)" data-settings="([^"]*)">.*?</p>\s*</div>',
    re.DOTALL,
)


def setup(app):
    """Register the extension: two settings, and what happens when a page is written and when the book is done."""
    app.add_config_value("nnlib_engine", ".cache/engine", "html")
    app.add_config_value("nnlib_wheel", ".cache/wheel", "html")
    app.connect("html-page-context", put_figures)
    app.connect("build-finished", put_engine)
    app.connect("build-finished", put_mathjax)
    setup_theme(app)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def put_figures(app, pagename, templatename, context, doctree):
    """Replace each place that a notebook left for a figure by the figure, its still pictures included."""
    if not PLACE.search(context.get("body", "")):
        return
    live = context["pathto"]("live/", 1)
    seen = set()
    context["body"] = PLACE.sub(lambda place: _figure(place, Path(app.outdir), live, seen), context["body"])
    context["metatags"] += (
        f'<link rel="stylesheet" href="{live}figures.css">\n<script type="module" src="{live}view/page.mjs"></script>\n'
    )


def _figure(place, outdir, live, seen):
    name, settings = place[1], json.loads(unescape(place[2]))
    first = reply(name, settings)
    stills = {panel["name"]: _still(panel, outdir, live) for panel in first["picture"] if words_html(panel) is None}
    anchor = "" if name in seen else f"figure-{name.replace('_', '-')}"  # of two figures alike, links lead to the first
    seen.add(name)
    return figure_html(EXPLORABLES[name], first, stills, anchor)


def _still(panel, outdir, live):
    images = []
    for theme, colors in (("light", palette.LIGHT), ("dark", palette.DARK)):
        svg = still_svg(panel, colors)
        path = outdir / "live" / "stills" / f"{panel['name']}-{hashlib.sha256(svg).hexdigest()[:12]}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(svg)
        source = f'src="{live}stills/{path.name}" alt="{escape(panel["label"])}"'
        images.append(f'<img class="nn-still-{theme} only-{theme}" {source}>')
    return "".join(images)


def put_engine(app, exception):
    """Copy the view, the engine's files and the package's wheel beside the pages, with the list the worker checks."""
    if exception or app.builder.format != "html":
        return
    live, source = Path(app.outdir) / "live", Path(app.srcdir)
    copy_asset(str(VIEW), str(live / "view"))
    (live / "figures.css").write_text(palette.as_css() + (VIEW / "figures.css").read_text(encoding="utf-8"), encoding="utf-8")
    engine, wheels = source / app.config.nnlib_engine, list((source / app.config.nnlib_wheel).glob("nnlib-*.whl"))
    if missing(engine) or not wheels:
        logger.info("There is no engine, or no wheel of nnlib: the figures of this book stay still pictures.")
        return
    files = [*(engine / name for name in MANIFEST["files"]), *wheels]
    shutil.rmtree(live / "engine", ignore_errors=True)
    (live / "engine").mkdir()
    for file in files:
        shutil.copyfile(file, live / "engine" / file.name)
    listing = json.dumps([_entry(file) for file in sorted(files)], indent=1)
    (live / "engine" / "files.json").write_text(listing, encoding="utf-8")


def put_mathjax(app, exception):
    """Copy what the pages need of MathJax, 1 MB of its 24: the program, its fonts, and what it loads when it meets it."""
    if exception or app.builder.format != "html":
        return
    package = distribution("sphinx-mathjax-offline").locate_file("sphinx-mathjax-offline")
    source, target = Path(package) / "static" / "mathjax", Path(app.outdir) / "_static" / "mathjax"
    for part in ("tex-chtml.js", "input/tex/extensions", "output/chtml/fonts/woff-v2"):
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        copy_asset(str(source / part), str(target / part if (source / part).is_dir() else (target / part).parent))


def _entry(file):
    content = file.read_bytes()
    return {"name": file.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
