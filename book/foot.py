"""The foot of each page: which version of the book this is, and the ways to mend it, where its repository is known."""

import os
import tomllib
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

from book.binder import changed
from book.hooks import on_website
from book.metadata import address_of, page_title

# Not those of the machine's language.
MONTHS = "January February March April May June July August September October November December".split()
ASKED = "What is wrong, and what would be right?\n\n\n\n"  # the reader writes between this and where it is


def setup_foot(app):
    """Find out the version when the build begins, and say it on every page."""
    app.add_config_value("nnlib_version", "", "html")  # another day's commit is on every page
    app.connect("config-inited", note_version)
    on_website(app, "html-page-context", put_foot, priority=510)  # below the licenses


def note_version(app, config):
    """Note the version of the book, with its day."""
    config.nnlib_version = version(Path(app.srcdir))


def version(root):
    """Return the version of the book in the folder `root`, with the day of its last commit where that is known, or nothing.

    Whoever builds from other sources than a repository can tell the time: https://reproducible-builds.org/specs/source-date-epoch.
    """
    if not (root / "pyproject.toml").is_file():
        return ""  # another book, which uses this one's extensions
    number = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    day = datetime.fromtimestamp(int(seconds), UTC).date().isoformat() if seconds else changed(root)
    return f"Version {number}, {in_words(day)}" if day else f"Version {number}"


def in_words(day):
    """Return a day, given as YYYY-MM-DD, as one writes it.

    >>> in_words("2026-11-03")
    'November 3, 2026'
    """
    given = date.fromisoformat(day)
    return f"{MONTHS[given.month - 1]} {given.day}, {given.year}"


def put_foot(app, pagename, templatename, context, doctree):
    """Add to the foot of a page what it says of itself."""
    ways = links(app, pagename, page_title(app, pagename, context))
    mend = "".join(f'<a href="{escape(address)}">{words}</a>' for words, address in ways.items())
    told = app.config.nnlib_version
    foot = (f"\n<p>{escape(told)}.</p>" if told else "") + (f'\n<p class="nn-mend">{mend}</p>' if mend else "")
    context["theme_extra_footer"] = context.get("theme_extra_footer", "") + foot


def links(app, page, title):
    """Return {words: address} of the ways to mend a page: none where no repository is known."""
    found = app.config.nnlib_repository
    if not found:
        return {}
    where = address_of(app, page) or app.builder.get_target_uri(page)
    commit = "" if found.commit == "HEAD" else f", commit {found.commit[:12]}"
    report = found.reporting(f"Mistake in “{title}”", f"{ASKED}Page: {where}\n{app.config.nnlib_version}{commit}\n")
    edit = {"Edit this page": found.editing(source(app, page))} if page in app.env.found_docs else {}
    return edit | {"Report a mistake": report}


def source(app, page):
    """Return the path of a page's source in the repository."""
    return Path(app.env.doc2path(page)).relative_to(app.srcdir).as_posix()
