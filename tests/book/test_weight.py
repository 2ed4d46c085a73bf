"""What a page weighs before anything of it is touched, packed as hosts send it: its text, its looks, its scripts."""

import gzip
import re

import pytest

PAGE = 120_000  # bytes, of the longest chapter; most have half of it
LOOKS = 50_000
SCRIPTS = 120_000  # the book's own, and those of the theme and its extensions
ADDRESS = re.compile(r'<(?:script|link rel="stylesheet")[^>]* (?:src|href)="([^"?#]+)')


def packed(path):
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.fixture(scope="module")
def pages(html):
    return sorted(html.glob("chapters/*.html"))


def test_no_page_is_too_long_to_come_at_once(pages):
    sizes = {page.name: packed(page) for page in pages}
    assert {name: size for name, size in sizes.items() if size > PAGE} == {}
    assert sorted(sizes.values())[len(sizes) // 2] < 0.6 * PAGE


def test_its_looks_and_scripts_are_few_bytes(pages):
    for page in pages:
        files = [page.parent / address for address in ADDRESS.findall(page.read_text(encoding="utf-8"))]
        assert sum(packed(path) for path in files if path.suffix == ".css") <= LOOKS
        assert sum(packed(path) for path in files if path.suffix == ".js") <= SCRIPTS


def test_long_numbers_of_figures_lie_beside_the_pages(html, pages):
    named = {name for page in pages for name in re.findall(r'data-from="[^"]*/([^"/]+)"', page.read_text(encoding="utf-8"))}
    assert len(named) > 10 and named == {path.name for path in html.glob("_static/figures/*.json")}
