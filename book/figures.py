"""The static page as a host: a Sphinx extension that puts each figure into its place, and the engine beside the pages."""

import hashlib
import json
import re
import shutil
from functools import partial
from html import escape, unescape
from pathlib import Path

from sphinx.util import logging

from book.engine.fetch import MANIFEST, missing
from book.engine.freeze import entry
from book.hooks import add_to_head, on_website, when_built
from book.kept import Kept
from nnlib import palette
from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import figure_html
from nnlib.live.join_modules import ENTRIES, VIEW, as_one_module
from nnlib.live.protocol import pack, reply
from nnlib.live.text_panels import words_html

logger = logging.getLogger(__name__)
# What the stills are drawn by.
DRAWING = [*Path(__file__).parent.glob("still*.py"), Path(palette.__file__), Path(__file__).parent.parent / "requirements.lock"]
PLACE = re.compile(
    r'<div class="output text_html"><p class="nn-place" data-explorable="(\w+)" data-settings="([^"]*)">.*?</p>\s*</div>',
    re.DOTALL,
)


def setup(app):
    """Register the extension: its settings, and what happens when a page is written and when the book is done."""
    app.add_config_value("nnlib_engine", ".cache/engine", "html")
    app.add_config_value("nnlib_frozen", ".cache/frozen", "html")
    app.add_config_value("nnlib_wheel", ".cache/wheel", "html")
    app.add_config_value("nnlib_stills", ".cache/stills", "html")
    on_website(app, "html-page-context", put_figures)
    when_built(app, put_engine)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def put_figures(app, pagename, templatename, context, doctree):
    """Replace each place that a notebook left for a figure by the figure, its still pictures included."""
    if not PLACE.search(context.get("body", "")):
        return
    live, seen = context["pathto"]("live/", 1), set()
    kept = Kept(Path(app.srcdir, app.config.nnlib_stills), DRAWING)
    context["body"] = PLACE.sub(lambda place: _figure(place, Path(app.outdir), kept, live, seen), context["body"])
    kept.prune()
    add_to_head(
        context,
        f'<script fetchpriority="high" src="{live}view/early.js"></script>',
        f'<link rel="stylesheet" href="{live}figures.css">',
        f'<script type="module" async src="{live}view/page.mjs"></script>',
    )


def _figure(place, outdir, kept, live, seen):
    name, settings = place[1], json.loads(unescape(place[2]))
    first = reply(name, settings)
    stills = {panel["name"]: _still(panel, outdir, kept, live) for panel in first["picture"] if words_html(panel) is None}
    anchor = "" if name in seen else f"figure-{name.replace('_', '-')}"  # of two figures alike, links lead to the first
    seen.add(name)
    return figure_html(EXPLORABLES[name], first, stills, anchor)


def _still(panel, outdir, kept, live):
    images = []
    text, buffers = pack(panel)
    for theme, colors in (("light", palette.LIGHT), ("dark", palette.DARK)):
        svg = kept.get(b"".join([theme.encode(), text.encode(), *buffers]), partial(_drawn, panel, colors))
        path = outdir / "live" / "stills" / f"{panel['name']}-{hashlib.sha256(svg).hexdigest()[:12]}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(svg)
        source = f'src="{live}stills/{path.name}" alt="{escape(panel["label"])}"'
        waits = ' loading="lazy"' if theme == "dark" else ""  # then a light page never asks for it
        images.append(f'<img class="nn-still-{theme} only-{theme}"{waits} {source}>')
    return "".join(images)


def _drawn(panel, colors):
    from book.still import still_svg  # matplotlib takes a second to import, and most often nothing is to be drawn

    return still_svg(panel, colors)


def put_engine(app):
    """Copy the view, the engine's files and the package's wheel beside the pages, with the list the worker checks."""
    live, source = Path(app.outdir) / "live", Path(app.srcdir)
    _put_view(live / "view")
    looks = palette.as_css() + (VIEW / "figure" / "figures.css").read_text(encoding="utf-8")
    (live / "figures.css").write_text(looks, encoding="utf-8")
    engine, wheels = source / app.config.nnlib_engine, list((source / app.config.nnlib_wheel).glob("nnlib-*.whl"))
    if missing(engine) or not wheels:
        logger.info("There is no engine, or no wheel of nnlib: the figures of this book stay still pictures.")
        return
    shutil.rmtree(live / "engine", ignore_errors=True)
    plain = _copied([*(engine / name for name in MANIFEST["files"]), *wheels], live / "engine")
    frozen = _frozen(source / app.config.nnlib_frozen, live / "engine" / "frozen")
    listing = json.dumps({"plain": plain, "frozen": frozen}, indent=1)
    (live / "engine" / "files.json").write_text(listing, encoding="utf-8")
    listed = [*plain, *(frozen["files"] if frozen else [])]
    _put_service_worker(live, [part["sha256"] for file in listed for part in (file, file.get("unpacked")) if part])


def _put_view(folder):
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(VIEW / "page" / "early.js", folder)
    for name in ENTRIES:
        (folder / Path(name).name).write_text(as_one_module(VIEW / name), encoding="utf-8")


def _put_service_worker(live, engine):
    """Write the service worker beside the pages, whose scope is then the whole book; a new build is another one."""
    view = [live / "figures.css", live / "engine" / "files.json", *sorted((live / "view").glob("*.*js"))]
    version = hashlib.sha256(b"".join(path.read_bytes() for path in view)).hexdigest()[:16]
    build = {"version": version, "view": [path.relative_to(live.parent).as_posix() for path in view], "engine": engine}
    script = (VIEW / "page" / "service-worker.js").read_text(encoding="utf-8").replace("BUILD;", f"{json.dumps(build)};", 1)
    (live.parent / "service-worker.js").write_text(script, encoding="utf-8")


def _frozen(source, target):
    """Copy the frozen engine and return its part of the list, or None where there is none."""
    if not (source / "frozen.json").is_file():
        logger.info("There is no frozen engine: the figures of this book take their time to wake.")
        return None
    listing = json.loads((source / "frozen.json").read_text(encoding="utf-8"))
    files = _copied([source / file["name"] for file in listing["files"]], target)
    return {"state": listing["state"], "files": [file | {"name": f"{target.name}/{file['name']}"} for file in files]}


def _copied(files, folder):
    folder.mkdir()
    return [entry(shutil.copyfile(file, folder / file.name)) for file in sorted(files)]
