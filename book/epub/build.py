"""Builds the book as an EPUB out of its pages: python -m book.epub.build PAGES OUTPUT [ADDRESS]."""

import os
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path

import yaml

from book.epub.cover import SIZE, cover, picture_of
from book.epub.nodes import as_id, written
from book.epub.package import About, Item, Part, contents, page, properties, write
from book.epub.reading import Reading
from book.foot import version
from book.toc import pages_below

SHEET = Path(__file__).parents[2] / "assets" / "epub.css"
FOLDER = "chapters/"  # of the pages, in the publication
KINDS = {"glossary": "glossary", "references": "bibliography"}  # what pages are, in the words of EPUB
OPENED = 'class="nn-picture"'
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = f"Code: MIT license. Text and pictures: CC BY 4.0, {LICENSE}"


class Links:
    """Where links lead: within the publication, to other sites, or to the website where its address is known."""

    def __init__(self, pages, address):
        self.pages, self.base, self.asked = pages, address.rstrip("/"), []

    def address(self, page):
        """Return the address of a page of the website, or nothing where that of the site is not known."""
        return f"{self.base}/{FOLDER}{page}" if self.base else ""

    def __call__(self, page, target):
        """Return where a link of a page leads, or nothing: then its words stand without one."""
        if re.match(r"(https?|mailto):", target):
            return target
        path, _, mark = target.partition("#")
        if path.startswith("?"):
            return self.address(f"{page}.html{target}")
        name = path.removesuffix(".html") if path else page
        if name not in self.pages:
            return self.address(target)
        if mark:
            self.asked.append((page, name, as_id(mark)))
        return (f"{name}.xhtml" if path else "") + (f"#{as_id(mark)}" if mark else "")


def parts_of(toc):
    """Return the parts of a book out of what `_toc.yml` says; its first page is a part without a caption."""
    listed = toc.get("parts", [{"chapters": toc.get("chapters", [])}])
    parts = [Part("", (toc["root"],))]
    for part in listed:
        parts.append(Part(part.get("caption", ""), tuple(pages_below(part["chapters"]))))
    return parts


def build(root, folder, output, address=""):
    """Build the book whose sources are at `root` and whose pages are in `folder`; return what is in it, in numbers."""
    root, folder = Path(root), Path(folder)
    config, toc = (yaml.safe_load((root / name).read_text(encoding="utf-8")) for name in ("_config.yml", "_toc.yml"))
    address = address or config.get("html", {}).get("baseurl", "") or ""
    if address and not re.match(r"https?://[^\s/]+", address):
        raise ValueError(f"The address {address!r} is none of a website: give one that begins with https://.")
    parts = parts_of(toc)
    html = {_name(name): _read(folder / f"{name}.html") for part in parts for name in part.pages}
    links = Links(set(html), address)
    readings = {name: Reading(name, text, links) for name, text in html.items()}
    _check(readings, links)
    about = _about(config, next(iter(html.values())), address)
    items = [*_front(about, version(root), html), *_pages(parts, readings, about)]
    write(Path(output), about, items)
    return {"pages": len(readings), "formulas": sum(reading.formulas for reading in readings.values())}


def _read(path):
    if not path.is_file():
        raise ValueError(f"There is no page {path}: build the book first, with make book.")
    return path.read_text(encoding="utf-8")


def _check(readings, links):
    """Stop where something is wrong: a link that leads nowhere, an id given twice, or what a page was found to lack."""
    ids = {name: Counter(reading.ids) for name, reading in readings.items()}
    faults = {fault for reading in readings.values() for fault in reading.faults}
    faults |= {
        f"{page}: a link leads to {to}#{mark}, which is not there" for page, to, mark in links.asked if mark not in ids[to]
    }
    faults |= {f"{name}: the id {mark} is there {n} times" for name, marks in ids.items() for mark, n in marks.items() if n > 1}
    if faults:
        raise ValueError("\n".join(sorted(faults)))


def _about(config, first, address):
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or 0)
    day = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    language = config.get("sphinx", {}).get("config", {}).get("language", "en")
    told = DESCRIPTION.search(first)
    return About(config["title"], config["author"], language, unescape(told[1]) if told else "", RIGHTS, day, address)


def _front(about, edition, html):
    """Return what comes before the first page: the cover, and what this edition is."""
    opened = {name: text for name, text in html.items() if OPENED in text}
    title, alt = escape(about.title), f"The cover: {about.title}, above a picture that a figure of the book has drawn."
    shown = f'<img src="cover.png" alt="{escape(alt)}" width="{SIZE[0]}" height="{SIZE[1]}"/>'
    link = f', <a href="{escape(about.address)}">{escape(about.address)}</a>,' if about.address else ""
    words = (
        f'<section epub:type="titlepage" class="titlepage"><h1>{title}</h1><p>{escape(about.author)}</p>'
        f'<p class="more">{escape(edition)}</p></section>\n<section epub:type="preface"><h2>This edition</h2>'
        f"<p>On the book’s website{link} the figures of this book are alive: drag a weight, and watch what it does. Here each "
        "is a still picture, as it is before anyone has touched it, with what it shows in words. Where the text asks you to "
        "run a program, run it in Python, with the package nnlib.</p>"
        "<p>The solutions of the exercises and the answers of the quizzes stand at the end of each chapter, with links there "
        "and back. Where you are asked to predict something, the text goes on with the answer: think before you read on.</p>"
        f'<p>{RIGHTS.partition("CC BY")[0]}<a href="{LICENSE}">CC BY 4.0</a>.</p></section>'
    )
    return [
        Item("epub.css", SHEET.read_bytes()),
        Item("cover.png", cover(about.title, about.author, picture_of(opened)), ["cover-image"]),
        Item("cover.xhtml", _section("Cover", shown, about.language, "cover"), is_page=True),
        Item("about.xhtml", page(about.title, words, about.language, kind="frontmatter"), is_page=True),
    ]


def _section(title, body, language, kind, up=""):
    return page(title, f'<section epub:type="{kind}" class="{kind}">{body}</section>', language, up=up)


def _pages(parts, readings, about):
    """Return the contents and the pages, each part with a page of its own where it has a caption."""
    listed, pages = [], []
    for number, part in enumerate(parts):
        entries = []
        if part.caption:
            path = f"part-{number}.xhtml"
            listed.append((part.caption, path, entries))
            heading = f"<h1>{escape(part.caption)}</h1>"
            pages.append(Item(path, _section(part.caption, heading, about.language, "part"), is_page=True))
        for name in map(_name, part.pages):
            reading, path = readings[name], f"{FOLDER}{name}.xhtml"
            kind = KINDS.get(name, "chapter" if part.caption else "introduction")
            content = _section(reading.title, written(reading.children), about.language, kind, "../")
            pages.append(Item(path, content, properties(content), is_page=True))
            sections = [(title, f"{path}#{mark}", []) for mark, title in reading.sections]
            entries.append((f"{reading.number.removeprefix('Chapter ')} {reading.title}".strip(), path, sections))
        listed += [] if part.caption else entries
    marks = [("cover", "Cover", "cover.xhtml"), ("toc", "Contents", "nav.xhtml"), ("bodymatter", "Beginning", pages[0].path)]
    marks += [(kind, readings[name].title, f"{FOLDER}{name}.xhtml") for name, kind in KINDS.items() if name in readings]
    return [Item("nav.xhtml", contents(listed, marks, about.language), ["nav"], is_page=True), *pages]


def _name(path):
    return path.rpartition("/")[2]


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python -m book.epub.build PAGES OUTPUT [ADDRESS]")
    try:
        count = build(".", *sys.argv[1:])
    except (ValueError, OSError) as error:
        sys.exit(f"The EPUB could not be built: {error}")
    size = Path(sys.argv[2]).stat().st_size
    print(f"{sys.argv[2]}: {count['pages']} pages, {count['formulas']} formulas, {size / 1e6:.1f} MB", flush=True)
