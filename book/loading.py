"""How a page loads: its looks in one file, and no script before its text but what has to be early.

The theme and the extensions ask for a dozen stylesheets and as many scripts, each of which holds up the first sight of a
page. Their order stays as it is.
"""

import hashlib
import os
import re
from pathlib import Path

from sphinx.util import logging

logger = logging.getLogger(__name__)
SHEET = re.compile(r'<link (?=[^>]*\brel="stylesheet")[^>]*\bhref="([^"?#]+)[^"]*"[^>]*>\s*')
ADDRESS = re.compile(r"""\burl\(("[^"]*"|'[^']*'|[^"')]*)\)""")  # within a stylesheet
SCRIPT = re.compile(r'<script (?![^>]*\b(?:type|defer|async|fetchpriority)\b)([^>]*\bsrc="([^"?]+)[^>]*>)')
# A script that stood in the page, see policy.py, may tell the file before it what to do; a file that waits reads that at once.
FILE_AND_WORDS = re.compile(
    r'(<script (?:(?!/inline/)[^>])*></script>)(\s*)(<script src="[^"]*_static/inline/[^"]*"></script>)'
)
CHOOSES = "document.documentElement.dataset.theme"  # what it does late would be seen as a flash


def setup_loading(app):
    """Mend how the pages load when their scripts have files of their own: see policy.py."""
    app.connect("build-finished", mend_loading, priority=950)


def mend_loading(app, exception):
    """Join the stylesheets of every page, and let its scripts wait."""
    if exception or app.builder.format != "html":
        return
    root = Path(app.outdir)
    for page in sorted(root.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if "_static" in page.parts or not SHEET.search(text):
            continue
        text, early = with_waiting_scripts(with_one_stylesheet(text, page, root), page)
        if early != 1:
            logger.warning("%s has %s scripts that choose light or dark, not one: has the theme changed?", page.name, early)
        page.write_text(text, encoding="utf-8")


def with_one_stylesheet(text, page, root):
    """Return the text of a page with one stylesheet, which is written below `root`, in the place of the last of its own.

    There, behind the scripts that have to be early, it does not keep them waiting.
    """
    target = root / "_static" / "styles"
    sheets = [page.parent / address for address in SHEET.findall(text)]
    looks = "\n".join(_as_if_in(target, sheet) for sheet in sheets)
    joined = target / f"all-{hashlib.sha256(looks.encode()).hexdigest()[:12]}.css"
    joined.write_text(looks, encoding="utf-8")
    link = f'<link rel="stylesheet" href="{_relative(joined, page.parent)}">\n'
    places = iter([""] * (len(sheets) - 1) + [link])
    return SHEET.sub(lambda _: next(places), text)


def _as_if_in(folder, sheet):
    """Return the text of a stylesheet whose addresses lead to where they led, from another folder."""

    def moved(found):
        address = found[1].strip("\"' ")
        return found[0] if address.startswith(("data:", "#")) else f'url("{_relative(sheet.parent / address, folder)}")'

    return ADDRESS.sub(moved, sheet.read_text(encoding="utf-8").removeprefix("\ufeff"))


def _relative(path, folder):
    return Path(os.path.relpath(path, folder)).as_posix()


def with_waiting_scripts(text, page):
    """Return the text of a page whose scripts wait until all of it is there, and how many can't wait."""
    early = 0

    def waiting(found):
        nonlocal early
        if CHOOSES in (page.parent / found[2]).read_text(encoding="utf-8"):
            early += 1
            return found[0]
        return f"<script defer {found[1]}"

    return SCRIPT.sub(waiting, FILE_AND_WORDS.sub(r"\3\2\1", text)), early
