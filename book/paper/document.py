"""The whole book as one document for the printer, and its outline."""

import re
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import yaml

from book.foot import version
from book.paper import faces, figures, front, links, solutions
from book.paper.pages import contents_of, read

ASSETS = Path(__file__).resolve().parents[2] / "assets"
SUBTITLE = "A course on neural networks whose figures run"
LOOKS = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
PAGE = """<!DOCTYPE html>
<html lang="{language}" data-theme="light" data-mode="light" data-watched><head><meta charset="utf-8"><title>{title}</title>
{looks}<style>{faces}{heads}</style></head><body>
{body}</body></html>
"""
MARK = '<a href="#{}"></a>'  # a browser tells the page of what a link leads to, and of nothing else
HEAD = ".paper-of-{0} {{ page: {0}; }}\n@page {0} {{ @top-left {{ content: {1}; }} }}\n"


class Document(NamedTuple):
    """A document: its HTML with places for numbers of pages, what it tells of itself, and its outline.

    The outline is [(level, title, id), …], in the order of the pages.
    """

    text: str
    told: dict
    outline: list


def document(root, site, address=None, toc=None):
    """Return the document of the book in the folder `root` that was built into the folder `site`.

    `address` is where the site is, by default what `_config.yml` says, and `toc` the text of a table of contents.
    """
    root, site = Path(root), Path(site)
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    contents = contents_of(toc or (root / "_toc.yml").read_text(encoding="utf-8"))
    told = told_by(config, version(root), address)
    pages = read(site, contents)
    folder = contents[0][1].rpartition("/")[0]
    for page in pages:
        figures.lead_to_live(page, folder, told["address"])
    answers = solutions.collect(pages)
    at = next((at for at, page in enumerate(pages) if page.part == solutions.PART), len(pages))
    pages.insert(at, answers)
    links.lead(pages, folder, told["address"])
    body, outline = front.cover(pages, told) + front.contents(pages), [(1, "Contents", "contents")]
    groups = [(part, list(group)) for part, group in groupby(pages, key=lambda page: page.part)]
    for number, (part, group) in enumerate(groups):
        body += front.sheet(part, number) if part else ""
        outline += [(1, part, front.part_id(part))] if part else []
        for page in group:
            body += f'<div class="paper-of-{css_name(page)}">{page.article.decode()}</div>\n'
            outline += [(h.level + bool(part), _named(page, h), h.id) for h in page.headings]
    heads = "".join(HEAD.format(css_name(page), quoted(_head(page))) for page in pages)
    body += f"<div hidden>{''.join(MARK.format(ident) for _, _, ident in outline)}</div>"
    words = {"language": config["sphinx"]["config"]["language"], "title": escape(told["title"])}
    text = PAGE.format(looks=_looks(site, contents), faces=faces.rules(ASSETS), heads=heads, body=body, **words)
    return Document(text, told | {"language": words["language"]}, outline)


def told_by(config, edition, address):
    """Return what the book tells of itself: title, subtitle, author, year, version, and the address of its site or nothing."""
    found = address or config.get("html", {}).get("baseurl") or ""
    if found and not re.match(r"https?://[^/\s]+", found):
        raise ValueError(f"The address of the site is {found!r}, and should be one like https://example.org/book/.")
    return {
        "title": config["title"],
        "subtitle": SUBTITLE,
        "author": config["author"],
        "year": str(config["copyright"]),
        "version": edition,
        "address": f"{found.rstrip('/')}/" if found else "",
    }


def _looks(site, contents):
    """Return the stylesheets of the pages, each once, and those of paper after them."""
    pages = [site / f"{path}.html" for _, path in contents]
    sheets = {(page.parent / name).resolve() for page in pages for name in LOOKS.findall(page.read_text(encoding="utf-8"))}
    files = [*sorted(sheets), ASSETS / "paper.css"]
    return "".join(f'<link rel="stylesheet" href="{path.as_uri()}">' for path in files)


def _named(page, heading):
    return f"{page.number} {heading.text}" if page.number and heading.level == 1 else heading.text


def _head(page):
    return f"Chapter {page.number}\u2003{page.title}" if page.number else page.title


def quoted(text):
    """Return a text as a string of CSS."""
    escaped = text.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def css_name(page):
    """Return the name of a page for CSS, where a name begins with a letter."""
    return f"on-{page.name.replace('_', '-')}"
