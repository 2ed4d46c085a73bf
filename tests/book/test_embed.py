"""The pages for frames: one a figure, small, with the numbers of the book, and a rule that lets them alone be framed."""

import gzip
import re

import pytest
import start
from figures import PAGES

from book.finding.places import anchor_of
from book.policy import EMBED
from nnlib.explorables import EXPLORABLES

MOST = 30_000  # bytes, packed, of the largest; half of them have less than a quarter
CAPTION = r'<figcaption class="nn-caption"><b>(Figure [\w.]+)</b>'


@pytest.fixture(scope="module")
def pages(html):
    return {path.stem: path.read_text(encoding="utf-8") for path in (html / EMBED).glob("*.html")}


def test_every_figure_has_a_page_with_its_number_and_a_way_back_to_its_place(html, pages):
    assert pages.keys() == EXPLORABLES.keys()
    for name, text in pages.items():
        [figure] = re.findall(r'<figure class="nn-figure[^>]* data-explorable="(\w+)"', text)
        [back] = re.findall(r'<a class="nn-back" href="([^"]*)" target="_blank" rel="noopener">[^<]+</a></figcaption>', text)
        page, anchor = back.split("#")
        assert (figure, anchor) == (name, anchor_of(name))
        chapter = (html / EMBED / page).read_text(encoding="utf-8")
        place = chapter[chapter.index(f' id="{anchor}"') :]
        assert re.search(CAPTION, text)[1] == re.search(CAPTION, place)[1]


def test_they_begin_as_their_places_do_and_have_nothing_of_the_theme(html, pages):
    for name, text in pages.items():
        chapter = (html / "chapters" / f"{PAGES[name]}.html").read_text(encoding="utf-8")
        place = chapter[chapter.index(f' id="{anchor_of(name)}"') :]
        data = r'<script type="application/json" class="nn-data"[^>]*>[^<]*'
        assert re.search(data, text)[0] == re.search(data, place)[0], name
        assert 'data-do="embed"' in place and 'data-do="embed"' not in text
        asked = re.findall(r'(?:src|href)="\.\./([^"]*\.(?:js|css))', text)
        assert [re.sub(r"/[0-9a-f]{12}/", "/", path) for path in asked] == [
            "live/figures.css", "live/view/early.js", "live/view/page.js", "live/renew.js"]  # fmt: skip


def test_they_are_few_bytes(pages):
    sizes = sorted(len(gzip.compress(text.encode(), 9)) for text in pages.values())
    assert sizes[-1] < MOST and sizes[len(sizes) // 2] < MOST / 4


def test_they_alone_may_be_framed(html):
    rules = {pattern: value for pattern, name, value in start.rules_of(html) if name == "Content-Security-Policy"}
    free = {pattern for pattern, value in rules.items() if "frame-ancestors 'self'" not in value}
    assert free == {f"/{EMBED}/*"} and len(rules) > 10
    assert "frame-ancestors" not in rules[f"/{EMBED}/*"]  # "*" would keep out a page that was opened as a file
    shared = {pattern for pattern, name, _ in start.rules_of(html) if name == "Access-Control-Allow-Origin"}
    assert shared == {f"/{EMBED}/*", "/live/*", "/_static/*"}
