"""What lies beside the pages, a Sphinx extension: the view's scripts, the browser's Python, and the service worker's list.

Nothing of it needs a type that a host may not know, as `.mjs` is.
"""

import hashlib
import json
import shutil
from pathlib import Path

from sphinx.util import logging

from book.engine.fetch import MANIFEST, missing
from book.engine.freeze import entry
from book.hooks import add_to_head, on_website, when_built
from nnlib import palette
from nnlib.live.join_modules import ENTRIES, VIEW, as_script

logger = logging.getLogger(__name__)


def setup(app):
    """Register where the browser's Python is, and that all is copied when the book is built."""
    app.add_config_value("nnlib_engine", ".cache/engine", "html")
    app.add_config_value("nnlib_frozen", ".cache/frozen", "html")
    app.add_config_value("nnlib_wheel", ".cache/wheel", "html")
    on_website(app, "html-page-context", put_scripts, priority=900)  # when the figures are in their places
    when_built(app, put_engine)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_scripts(app, pagename, templatename, context, doctree):
    """Add the view's scripts to the head of a page: the one that watches over the others comes first, and at once."""
    figures = 'class="nn-figure"' in context.get("body", "")

    def tag(name, how):
        return f'<script {how} src="{context["pathto"](f"live/view/{name}.js", 1)}"></script>'

    early = tag("early", f'fetchpriority="high"{" data-figures" * figures}')
    add_to_head(context, early, *(tag(name, "async") for name in (*["page"] * figures, "theme", "lessons")))


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
    for name in ENTRIES:
        (folder / Path(name).with_suffix(".js").name).write_text(as_script(VIEW / name), encoding="utf-8")


def _put_service_worker(live, engine):
    """Write the service worker beside the pages, whose scope is then the whole book; a new build is another one."""
    view = [live / "figures.css", live / "engine" / "files.json", *sorted((live / "view").glob("*.js"))]
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
    return [entry(shutil.copyfile(file, folder / file.name.replace(".mjs", ".js"))) for file in sorted(files)]
