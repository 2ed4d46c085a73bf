"""Chapters have numbers, which stand apart from their titles; pages of the appendix have letters."""

from types import SimpleNamespace

from book.numbers import REPAIRS, chapter_numbers, numbered
from book.pages import Finishing

PAGE = """<ul><li class="toctree-l1 current active"><a class="current reference internal" href="#">7. Going down</a></li>
<li class="toctree-l1"><a class="reference internal" href="notation.html">Notation</a></li></ul>
<h1><span class="section-number">7. </span>Going down</h1><h2>3. Steps</h2>"""


def env(pages, numbers):
    return SimpleNamespace(
        config=SimpleNamespace(root_doc="first"), toctree_includes={"first": pages}, toc_secnumbers={"first": {}} | numbers
    )


def test_a_chapter_has_the_number_that_sphinx_gives_it_and_a_page_without_one_the_next_letter():
    pages = env(["neuron", "layers", "notation", "glossary"], {"neuron": {"": (1,), "#a": None}, "layers": {"": (2,)}})
    assert chapter_numbers(pages) == {"neuron": "1", "layers": "2", "notation": "A", "glossary": "B"}


def test_a_book_without_contents_has_no_numbers():
    assert chapter_numbers(SimpleNamespace(config=SimpleNamespace(root_doc="a"), toctree_includes={}, toc_secnumbers={})) == {}


def test_a_number_stands_apart_from_its_title_in_the_list_and_in_the_heading(tmp_path):
    work = Finishing(tmp_path)
    text = numbered(PAGE, tmp_path / "a.html", work)
    assert '<a class="current reference internal" href="#"><span class="nn-number">7</span> Going down</a>' in text
    assert '<h1><span class="nn-chapter">Chapter 7</span> Going down</h1>' in text
    assert '<a class="reference internal" href="notation.html">Notation</a>' in text and "<h2>3. Steps</h2>" in text
    assert not {*REPAIRS} & {*work.idle()}


def test_where_the_theme_writes_numbers_otherwise_it_is_said(tmp_path):
    work = Finishing(tmp_path)
    assert numbered("<h1>7 Going down</h1>", tmp_path / "a.html", work) == "<h1>7 Going down</h1>"
    assert {*REPAIRS} <= {*work.idle()}
