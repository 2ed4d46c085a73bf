"""The static page as a host: a Sphinx extension that puts each figure into its place, and the engine beside the pages."""

import hashlib
import json
import re
import shutil
from html import unescape
from pathlib import Path

from sphinx.util import logging

from book.engine.fetch import MANIFEST, missing
from book.engine.freeze import entry
from book.hooks import add_to_head, on_website, when_built
from book.stills import Stills
from nnlib import palette
from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import figure_html
from nnlib.live.join_modules import ENTRIES, VIEW, as_one_module
from nnlib.live.protocol import reply

logger = logging.getLogger(__name__)
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
    on_website(app, "builder-inited", begin)
    on_website(app, "html-page-context", put_figures)
    on_website(app, "build-finished", finish)
    when_built(app, put_engine)
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
    context["body"] = PLACE.sub(lambda place: _figure(place, app.stills, seen), context["body"])
    add_to_head(
        context,
        f'<script fetchpriority="high" src="{live}view/early.js"></script>',
        f'<link rel="stylesheet" href="{live}figures.css">',
        f'<script type="module" async src="{live}view/page.mjs"></script>',
    )


def _figure(place, stills, seen):
    name, settings = place[1], json.loads(unescape(place[2]))
    first = reply(name, settings)
    anchor = "" if name in seen else f"figure-{name.replace('_', '-')}"  # of two figures alike, links lead to the first
    seen.add(name)
    return figure_html(EXPLORABLES[name], first, stills.of(first), anchor)


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
