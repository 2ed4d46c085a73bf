"""The finishing of the website's pages, a Sphinx extension: each page is read and written once, and goes through every pass.

A pass is a function (text of the page, its path, this finishing) → text. It notes there what it has done, and what is wrong.
A repair that finds nothing to mend in the whole book is a warning, and so stops the build: a newer theme has changed, and the
repair must change or go. Of the pages that are not built again, each has gone through all of it before.
"""

import re
from collections import Counter
from pathlib import Path

from sphinx.util import logging

from book import icons, loading, margin, metadata, numbers, plots, policy, road, theme, unbroken
from book.binder import setup_repository
from book.finding import opener
from book.foot import setup_foot
from book.hooks import on_website, when_built
from book.icons import Icons
from book.leads import setup_leads
from book.licenses_page import setup_licenses
from book.stale import setup_stale
from book.theme import setup_theme

logger = logging.getLogger(__name__)
SWEPT = (
    *("_images/*", "_static/figures/*", "_static/inline/*", "_static/styles/all-*.css"),
    *("_static/scripts/*", "_static/*.js"),  # the theme's and the extensions'
)
ASKED = re.compile(r'/([^/"?#]+)["?#]')
REPAIRS = (*theme.REPAIRS, *numbers.REPAIRS, opener.REPAIR, metadata.REPAIR, road.REPAIR, icons.REPAIR)


class Finishing:
    """The finishing of pages in the site at `root`: what each repair has mended, and what is wrong."""

    def __init__(self, root):
        self.root, self.done, self.faults = root, Counter(), set()
        self.icons = Icons(root)
        self.passes = (
            theme.mended,
            opener.opened,
            metadata.with_one_viewport,
            road.drawn,
            numbers.numbered,
            margin.noted,
            unbroken.unbroken,
            plots.in_page,
            self.icons.drawn,
            policy.with_script_files,
            policy.with_policy,
            loading.with_one_stylesheet,
            loading.with_waiting_scripts,
            loading.with_hashes,
        )

    def finish(self, page):
        """Finish one page, a path."""
        text = page.read_text(encoding="utf-8")
        for each in self.passes:
            text = each(text, page, self)
        page.write_text(text, encoding="utf-8")

    def idle(self):
        """Return the repairs for which there was nothing to mend."""
        return sorted(repair for repair in REPAIRS if not self.done[repair])


def setup(app):
    """Register what is the same on every page, and the finishing of them all when everything else is done."""
    written = set()
    setup_leads(app)
    setup_stale(app)
    setup_theme(app)
    setup_licenses(app)
    margin.setup_margin(app)
    setup_repository(app)
    setup_foot(app)
    on_website(app, "html-page-context", lambda app, pagename, *_: written.add(pagename))
    when_built(app, lambda app: written and finish(app, written), priority=900)
    when_built(app, lambda app: policy.put_headers(Path(app.outdir)), priority=960)  # when all is there
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def finish(app, written):
    """Finish the pages that this build has written, and the folder around them."""
    work = Finishing(Path(app.outdir))
    for page in sorted([work.root / "index.html", *(Path(app.builder.get_outfilename(name)) for name in written)]):
        work.finish(page)
    work.icons.take_away()
    sweep(work.root)  # first the scripts, whose words would keep their looks
    loading.without_unused(work.root)
    sweep(work.root)
    for fault in sorted(work.faults):
        logger.warning(fault)
    if app.env.found_docs <= written:
        for repair in work.idle():
            logger.warning("Nothing was left to mend for the rule or repair «%s»: has the theme changed?", repair)


def sweep(root):
    """Take away what no page asks for any more: the files of `SWEPT`, whose names tell what is in them."""
    pages = [path for path in root.rglob("*.html") if "_static" not in path.parts]
    asked = {name for page in pages for name in ASKED.findall(page.read_text(encoding="utf-8"))}
    for path in {path for pattern in SWEPT for path in root.glob(pattern)}:
        if path.name not in asked:
            path.unlink()
