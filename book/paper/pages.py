"""The pages of the site as they stand on paper: without what is to be pressed, with ids of their own in the whole book."""

import re
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from book.toc import pages_below

# What does nothing on paper, or repeats there what stands elsewhere; of several stills of a panel, the one for its width stays.
LEFT_OUT = {
    *("headerlink", "nn-aside", "nn-onward", "nn-controls", "nn-buttons", "nn-status", "nn-progress", "nn-spoken"),
    *("nn-training", "nn-brush", "nn-source", "nn-promise", "nn-downloads", "nn-still-broad"),
}
ARTICLE = '<article class="bd-article">'
HEADINGS = ("h1", "h2", "h3")
REFERS = re.compile(r"url\((['\"]?)#([^'\")]+)\1\)")  # of SVG, to a part of the same page
LISTS = ("aria-labelledby", "aria-describedby", "aria-controls", "headers")  # attributes that name ids


@dataclass
class Heading:
    """A heading that the contents and the outline list: how deep it is, 1 for a chapter, its id, its text and its HTML."""

    level: int
    id: str
    text: str
    html: str


@dataclass
class Page:
    """A page of the book: its name, the part that it is in, its number or nothing, its article, and the headings in it."""

    name: str
    part: str
    number: str
    article: object
    headings: list = field(default_factory=list)

    @property
    def title(self):
        """Return the title, in plain words."""
        return self.headings[0].text


def contents_of(toc):
    """Return [(part, path of a page), …] out of the text of `_toc.yml`; the first page is in no part."""
    told = yaml.safe_load(toc)
    rest = [(part["caption"], page) for part in told["parts"] for page in pages_below(part["chapters"])]
    return [("", told["root"]), *rest]


def read(site, contents):
    """Return the pages of the folder `site` that `contents` lists, cleared for paper."""
    return [_page(Path(site, f"{path}.html"), part) for part, path in contents]


def _page(path, part):
    text = path.read_text(encoding="utf-8")
    begin, end = text.find(ARTICLE), text.rfind("</article>")
    article = made(text[begin : end + len("</article>")]) if 0 <= begin < end else None
    if article is None or article.h1 is None:
        raise ValueError(f"{path} has no article with a heading: is it a page of the book?")
    name = path.stem
    for needless in article.find_all(_is_needless):
        needless.decompose()
    for folded in article.find_all("details"):
        folded["open"] = ""
    for held in article.find_all(src=True):
        held["src"] = (path.parent / held["src"]).resolve().as_uri()
    _put_ids(article, name)
    chapter = article.h1.find(class_="nn-chapter")
    number = chapter.get_text().split()[-1] if chapter else ""
    page = Page(name, part, number, article)
    page.headings = [_heading(heading, name) for heading in article.find_all(HEADINGS) if heading.parent.name == "section"]
    page.headings[0].id = article["id"]
    return page


def _is_needless(tag):
    classes = tag.get("class", ())
    if "nn-still-narrow" in classes:
        return bool(tag.find_next_sibling(class_="nn-still-wide"))
    return tag.name in ("script", "button") or not LEFT_OUT.isdisjoint(classes)


def _heading(tag, name):
    section = tag.parent
    section.attrs.setdefault("id", id_of(name, tag.get_text()))
    bare = copy(tag)
    for link in bare.find_all("a"):
        link.unwrap()
    for number in bare.find_all(class_="nn-chapter"):
        number.decompose()
    return Heading(int(tag.name[1]), section["id"], " ".join(bare.get_text().split()), bare.decode_contents().strip())


def id_of(page, name=""):
    """Return the id that a place of a page has in the whole book.

    >>> id_of("neuron", "gates-by-hand"), id_of("neuron")
    ('neuron--gates-by-hand', 'neuron')
    """
    plain = re.sub(r"[^\w.-]", "-", name)
    return f"{page}--{plain}" if name else page


def made(html):
    """Return the one element that some HTML writes."""
    return BeautifulSoup(html, "html.parser").find(True).extract()


def _put_ids(article, name):
    """Give each id the name of its page, here and where it is meant; links are seen to later, as they lead to other pages."""
    article["id"] = id_of(name)
    for tag in article.find_all(True):
        for key, value in tag.attrs.items():
            if key == "id":
                tag["id"] = id_of(name, value)
            elif key == "for":
                tag["for"] = id_of(name, value)
            elif key in LISTS:
                tag[key] = " ".join(id_of(name, each) for each in (value.split() if isinstance(value, str) else value))
            elif key.endswith("href") and value.startswith("#"):  # a link keeps its page: it may move to another one
                tag[key] = f"{name}.html{value}" if tag.name == "a" else f"#{id_of(name, value[1:])}"
            elif isinstance(value, str) and "url(" in value:
                tag[key] = REFERS.sub(lambda found: f"url(#{id_of(name, found[2])})", value)
