"""What lies beside the pages, a Sphinx extension: the view's scripts, the browser's Python, and the service worker's list.

All that runs in a page is in one folder, `live/<edition>/`, whose name is a hash of what is in it. What is there asks for
what else is there by relative addresses, so that a page, its scripts and its Python are of one build, whatever caches lie
between. Nothing of it needs a type that a host may not know, as `.mjs` is.
"""

import hashlib
import json
import re
import shutil
from pathlib import Path

from sphinx.util import logging

from book.engine.fetch import MANIFEST, missing
from book.engine.freeze import entry
from book.hooks import add_to_head, on_website, when_built
from book.small import program, small
from nnlib import palette
from nnlib.live.join_modules import ENTRIES, STAYS, VIEW, as_script

logger = logging.getLogger(__name__)
LISTING = "engine/files.json"
LATE_LOOKS = "page/presenting/present.css"  # which a script asks for
# What a page that is open may still need when the network is gone.
LATER = ("live/*/view/*.js", "live/*/view/*.css", "live/*.js", "live/finding.json", "offline.html", "_static/book-*.woff2")
HASHED = ("_static/inline/*.js", "_static/styles/all-*.css")  # what else a page can't do without


def setup(app):
    """Register where the browser's Python is, and that all is copied when the book is built."""
    app.add_config_value("nnlib_engine", ".cache/engine", "html")
    app.add_config_value("nnlib_frozen", ".cache/frozen", "html")
    app.add_config_value("nnlib_wheel", ".cache/wheel", "html")
    app.add_config_value("nnlib_tools", ".cache/javascript", "html")
    app.add_config_value("nnlib_edition", "", "env")  # every page is built again where it is another one
    app.connect("config-inited", name_edition)
    on_website(app, "html-page-context", put_scripts, priority=900)  # when the figures are in their places
    when_built(app, put_edition)
    when_built(app, lambda app: put_service_worker(Path(app.outdir)), priority=950)  # when the pages are finished
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def name_edition(app, config):
    """Find what runs in the pages, and name the edition."""
    folders = [Path(app.srcdir, folder) for folder in (config.nnlib_engine, config.nnlib_frozen, config.nnlib_wheel)]
    esbuild = program(Path(app.srcdir, config.nnlib_tools))
    if not esbuild:
        logger.info(
            "esbuild is not there, so the scripts are longer than they need be: make .cache/javascript.complete gets it."
        )
    app.nnlib_files = {
        name: small(held, esbuild) if esbuild and re.fullmatch(r"view/.*\.js", name) else held
        for name, held in files_of(*folders).items()
    }
    config.nnlib_edition = name_of({name: held for name, held in app.nnlib_files.items() if isinstance(held, str)})


def name_of(texts):
    """Return the name of the edition with these texts, by their names: the scripts, and the list of the engine's files."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:12]


def put_scripts(app, pagename, templatename, context, doctree):
    """Add the view's scripts to the head of a page: the one that watches over the others comes first."""
    body = context.get("body", "")
    figures, gallery = '<figure class="nn-figure' in body, 'class="nn-gallery"' in body  # whose figures come when asked for
    view = f"{app.config.nnlib_edition}/view"

    def tag(name, how):
        return f'<script {how} src="{context["pathto"](f"live/{name}.js", 1)}"></script>'

    early = tag(f"{view}/early", f"async{' data-figures' * figures}")
    others = [f"{view}/{name}" for name in (*["page"] * (figures or gallery), "theme", "finding", "lessons")]
    add_to_head(context, early, *(tag(name, "async") for name in (*others, Path(STAYS).stem)))


def put_edition(app):
    """Put the edition beside the pages, in the place of any other, with what has one address in all."""
    live = Path(app.outdir) / "live"
    for other in live.glob("*/"):
        shutil.rmtree(other)
    for name, held in app.nnlib_files.items():
        target = live / app.config.nnlib_edition / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(held, str):
            target.write_text(held, encoding="utf-8")
        else:
            shutil.copyfile(held, target)
    (live / "figures.css").write_text(looks(), encoding="utf-8")
    (live / Path(STAYS).with_suffix(".js").name).write_text(as_script(VIEW / STAYS), encoding="utf-8")
    if LISTING not in app.nnlib_files:
        logger.info("There is no engine, or no wheel of nnlib: the figures of this book stay still pictures.")
    elif not json.loads(app.nnlib_files[LISTING])["frozen"]:
        logger.info("There is no frozen engine: the figures of this book take their time to wake.")


def looks():
    """Return the looks of figures, a stylesheet."""
    return palette.as_css() + (VIEW / "figure" / "figures.css").read_text(encoding="utf-8")


def put_service_worker(root):
    """Write the service worker beside the pages, whose scope is then the whole book; a new build is another one."""
    listings = [*root.glob(f"live/*/{LISTING}")]
    if not listings:
        return
    seen = [path for pattern in (*LATER, *HASHED) for path in root.glob(pattern)]
    view = sorted([*listings, *seen])
    version = hashlib.sha256(b"".join(path.read_bytes() for path in view)).hexdigest()[:16]
    listing = json.loads(listings[0].read_text(encoding="utf-8"))
    files = [*listing["plain"], *(listing["frozen"] or {"files": []})["files"]]
    engine = [part["sha256"] for file in files for part in (file, file.get("unpacked")) if part]
    build = {"version": version, "view": [path.relative_to(root).as_posix() for path in view], "engine": engine}
    script = (VIEW / "page" / "service-worker.js").read_text(encoding="utf-8").replace("BUILD;", f"{json.dumps(build)};", 1)
    (root / "service-worker.js").write_text(script, encoding="utf-8")


def files_of(engine, frozen, wheels):
    """Return what runs in the pages: for each file its path in the folder of the edition, and its text or its own path."""
    files = {f"view/{Path(name).stem}.js": as_script(VIEW / name) for name in ENTRIES}
    files[f"view/{Path(LATE_LOOKS).name}"] = (VIEW / LATE_LOOKS).read_text(encoding="utf-8")
    found = [*wheels.glob("nnlib-*.whl")]
    if missing(engine) or not found:
        return files
    plain = {
        path.name.replace(".mjs", ".js"): path for path in sorted([*(engine / name for name in MANIFEST["files"]), *found])
    }
    listing = {"plain": [entry(path) | {"name": name} for name, path in plain.items()], "frozen": None}
    if (frozen / "frozen.json").is_file():
        told = json.loads((frozen / "frozen.json").read_text(encoding="utf-8"))
        own = {f"frozen/{path.name}": path for path in (frozen / file["name"] for file in told["files"])}
        listing["frozen"] = {
            "state": told["state"],
            "files": [entry(path) | {"name": name} for name, path in own.items()],
        }
        plain |= own
    return files | {f"engine/{name}": path for name, path in plain.items()} | {LISTING: json.dumps(listing, indent=1)}
