"""Builds the book as an EPUB out of its pages: python -m book.epub.build PAGES OUTPUT [ADDRESS]."""

import os
import re
import sys
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import yaml

from book.epub.cover import SIZE, cover, picture_of
from book.epub.nodes import Node, parsed, written
from book.epub.package import About, Item, Part, contents, page, properties, write
from book.epub.reading import ARTICLE, Reading, as_id
from book.foot import version

SHEET = Path(__file__).parents[2] / "assets" / "epub.css"
FOLDER = "chapters/"  # of the pages, in the publication
KINDS = {"glossary": "glossary", "references": "bibliography", "notation": "appendix"}  # what pages are, in the words of EPUB
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
RIGHTS = "Code: MIT license. Text and pictures: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


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
        parts.append(Part(part.get("caption", ""), tuple(each["file"] for each in part["chapters"])))
    return parts


def build(root, folder, output, address=""):
    """Build the book whose sources are at `root` and whose pages are in `folder`; return what is in it, in numbers."""
    root, folder = Path(root), Path(folder)
    config, toc = (yaml.safe_load((root / name).read_text(encoding="utf-8")) for name in ("_config.yml", "_toc.yml"))
    address = address or config.get("html", {}).get("baseurl", "") or ""
    if address and not re.match(r"https?://[^\s/]+", address):
        raise ValueError(f"The address {address!r} is none of a website: give one that begins with https://.")
    parts = parts_of(toc)
    html = {name.rpartition("/")[2]: _read(folder / f"{name}.html") for part in parts for name in part.pages}
    links = Links(set(html), address)
    readings = {name: Reading(name, text, links) for name, text in html.items()}
    _check(readings, links)
    about = _about(root, config, readings, html, address)
    items = [*_front(about, root, html), *_pages(parts, readings, about)]
    write(Path(output), about, items)
    return {"pages": len(readings), "formulas": sum(reading.formulas for reading in readings.values())}


def _read(path):
    if not path.is_file():
        raise ValueError(f"There is no page {path}: build the book first, with make book.")
    return path.read_text(encoding="utf-8")


def _check(readings, links):
    """Stop where something is wrong: a link that leads nowhere, or what a page was found to lack."""
    faults = [fault for reading in readings.values() for fault in reading.faults]
    ids = {name: {*reading.ids} for name, reading in readings.items()}
    faults += [f"{page}: a link leads to {name}#{mark}, which is not there" for page, name, mark in links.asked if mark not in ids[name]]
    for name, reading in readings.items():
        faults += [f"{name}: the id {mark} is there twice" for mark in ids[name] if reading.ids.count(mark) > 1]
    if faults:
        raise ValueError("\n".join(sorted({*faults})))


def _about(root, config, readings, html, address):
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or 0)
    day = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    language = config.get("sphinx", {}).get("config", {}).get("language", "en")
    found = DESCRIPTION.search(next(iter(html.values())))
    return About(config["title"], config["author"], language, found[1] if found else "", RIGHTS, day, address)


def _front(about, root, html):
    """Return what comes before the first page: the cover, and what this edition is."""
    articles = {name: Node("div", {}, *parsed(ARTICLE.search(text)[1])) for name, text in html.items() if _may_open(text)}
    picture = cover(about.title, about.author, picture_of(articles))
    words = f"The cover: {about.title}, over a network that a figure of the book has drawn."
    shown = f'<section epub:type="cover" class="cover"><img src="cover.png" alt="{escape(words)}" width="{SIZE[0]}" height="{SIZE[1]}"/></section>'
    live = f'on the website, <a href="{escape(about.address)}">{escape(about.address)}</a>' if about.address else "on the book’s website"
    title = (
        f'<section epub:type="titlepage" class="titlepage"><h1>{escape(about.title)}</h1><p>{escape(about.author)}</p>'
        f'<p class="more">{escape(version(root))}</p></section>\n'
        '<section epub:type="preface" class="edition"><h2>This edition</h2>'
        f"<p>The figures of this book are alive {live}: there you drag a weight and watch what it does. "
        "Here each is a still picture, as it is before anyone has touched it, with what it shows in words.</p>"
        "<p>The solutions of the exercises and the answers of the quizzes stand at the end of each chapter, with links there and back. "
        "Where you are asked to predict something, the text goes on with the answer: think before you read on.</p>"
        f"<p>{escape(about.rights)}</p></section>"
    )
    sheet = SHEET.read_bytes()
    return [
        Item("epub.css", sheet),
        Item("cover.png", picture, ["cover-image"]),
        Item("cover.xhtml", page("Cover", shown, language=about.language, kind="cover"), linear=True),
        Item("about.xhtml", page(about.title, title, language=about.language, kind="frontmatter"), linear=True),
    ]


def _may_open(text):
    return 'class="nn-picture"' in text


def _pages(parts, readings, about):
    """Return the contents and the pages, each part with a page of its own where it has a caption."""
    listed, pages, marks = [], [], []
    for number, part in enumerate(parts):
        entries = []
        for name in (each.rpartition("/")[2] for each in part.pages):
            reading, path = readings[name], f"{FOLDER}{name}.xhtml"
            kind = KINDS.get(name, "chapter" if part.caption else "introduction")
            body = f'<section epub:type="{kind}">{written(reading.children)}</section>'
            content = page(reading.title, body, FOLDER.rstrip("/"), about.language)
            pages.append(Item(path, content, properties(content), linear=True))
            sections = [(title, f"{path}#{mark}", []) for mark, title in reading.sections]
            entries.append((reading.title, path, sections))
            if name in ("glossary", "references"):
                marks.append((KINDS[name], reading.title, path))
        if part.caption:
            path, title = f"part-{number}.xhtml", part.caption
            body = f'<section epub:type="part" class="part"><h1>{escape(title)}</h1></section>'
            pages.insert(len(pages) - len(entries), Item(path, page(title, body, language=about.language), linear=True))
            entries = [(title, path, entries)]
        listed += entries
    landmarks = [("cover", "Cover", "cover.xhtml"), ("toc", "Contents", "nav.xhtml"), ("bodymatter", "Beginning", pages[0].path), *marks]
    return [Item("nav.xhtml", contents(listed, landmarks, about.language), ["nav"], linear=True), *pages]


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python -m book.epub.build PAGES OUTPUT [ADDRESS]")
    try:
        count = build(".", *sys.argv[1:])
    except (ValueError, OSError) as error:
        sys.exit(f"The EPUB could not be built: {error}")
    size = Path(sys.argv[2]).stat().st_size
    print(f"{sys.argv[2]}: {count['pages']} pages, {count['formulas']} formulas, {size / 1e6:.1f} MB", flush=True)
