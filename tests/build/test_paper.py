"""The book on paper, before it is printed: one document of all pages, whose links lead within it, with all solutions behind."""

import re

import pytest

from book.foot import version
from book.paper import document as whole
from book.paper.document import document
from book.paper.figures import code
from book.paper.pages import contents_of, id_of

CONFIG = """title: Small
author: Somebody
copyright: "2026"
sphinx: {config: {language: en}}
"""
TOC = """root: text/first
parts:
  - caption: Neurons
    chapters: [{file: text/one}, {file: text/two}]
  - caption: Appendix
    chapters: [{file: text/words}]
"""
PAGE = """<html><head><link rel="stylesheet" href="../looks.css"></head>
<body><article class="bd-article">{}</article></body></html>"""
EXERCISE = """<div class="exercise admonition" id="{0}"><p class="admonition-title">Exercise 1.{1} (T)</p></div>"""
CELL = """<div class="nn-cell" data-exercise="{0}"><div class="nn-starter">begin</div>
<details class="nn-hints"><summary>Hints</summary><ol><li>a hint</li></ol></details>
<details class="nn-solution"><summary>S</summary><div class="code">solved</div></details></div>"""
ON_PAPER = """<div class="solution admonition"><p class="admonition-title">Solution</p>
<section><p>by hand</p></section></div>"""
WHY = '<details class="nn-why"><summary>?</summary><p>{}</p></details>'
QUESTION = f"""<div class="nn-question" id="q"><p class="nn-asked">Which?</p><ul class="nn-options">
<li data-right="false"><p class="nn-option">This.</p>{WHY.format('No. See <a href="two.html">two</a>.')}</li>
<li data-right="true"><p class="nn-option">That.</p>{WHY.format("Yes.")}</li></ul></div>"""
SIGN = '<a class="headerlink" href="#begin">#</a>'
ONE = f"""<section id="one"><h1><span class="nn-chapter">Chapter 1</span> One &amp; all{SIGN}</h1>
<section id="begin"><h2>Begin{SIGN}</h2>
<p>See <a href="two.html#end"><span class="std std-ref">the end</span></a>,
<a href="words.html#word"><span class="std std-term">word</span></a>,
<a href="#begin"><span class="std std-ref">here</span></a>,
<a href="../search.html?q=x">search</a> and <a href="https://example.com/">elsewhere</a>.</p>
<figure class="nn-figure" id="figure-a"><button>Play</button>
<svg><clipPath id="c"></clipPath><g clip-path="url(#c)"></g></svg></figure>
</section><section id="exercises"><h2>Exercises</h2>
{EXERCISE.format("ex-1", 1)}{CELL.format("ex-1")}{EXERCISE.format("ex-2", 2)}{ON_PAPER}{QUESTION}</section></section>"""
TWO = """<section id="two"><h1><span class="nn-chapter">Chapter 2</span> Two</h1>
<section id="end"><h2>End</h2><h3>no part</h3></section></section>"""


def put(root, first="<section><h1>Small</h1></section>", one=ONE):
    """Write a small book, and return the folder of its pages."""
    (root / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    site = root / "html"
    (site / "text").mkdir(parents=True)
    words = '<section id="words"><h1>Words</h1><dl><dt id="word">word</dt></dl></section>'
    for name, article in {"first": first, "one": one, "two": TWO, "words": words}.items():
        (site / "text" / f"{name}.html").write_text(PAGE.format(article), encoding="utf-8")
    return site


def made(root, address=None, **pages):
    return document(root, put(root, **pages), address)


def test_contents_are_those_of_the_table():
    assert contents_of(TOC) == [
        ("", "text/first"),
        ("Neurons", "text/one"),
        ("Neurons", "text/two"),
        ("Appendix", "text/words"),
    ]


def test_ids_are_told_apart_by_page_and_fit_into_a_pdf():
    assert id_of("neuron", "chapters/neuron-solution 5") == "neuron--chapters-neuron-solution-5"


def test_every_id_is_there_once_and_what_means_it_follows(tmp_path):
    text = made(tmp_path).text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert 'id="one--c"' in text and "url(#one--c)" in text


def test_links_lead_within_the_document_and_those_to_sections_have_a_number(tmp_path):
    text = made(tmp_path).text
    assert re.search(
        r'<a href="#two--end"><span class="std std-ref">the end</span></a><span class="paper-at" data-at="two--end">', text
    )
    assert '<a href="#words--word"><span class="std std-term">word</span></a>,' in text
    assert '<a href="#one--begin"><span class="std std-ref">here</span></a>,' in text
    assert '<a href="https://example.com/">elsewhere</a>' in text


def test_what_is_not_in_the_document_is_a_link_where_the_site_is_known(tmp_path):
    for folder in "ab":
        (tmp_path / folder).mkdir()
    assert "search and" in made(tmp_path / "a").text
    assert (
        '<a href="https://example.org/book/search.html?q=x">search</a>' in made(tmp_path / "b", "https://example.org/book").text
    )


def test_a_link_to_what_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ValueError, match=r"one leads to two\.html#nowhere, which is not there"):
        made(tmp_path, one=ONE.replace("#end", "#nowhere"))


def test_a_page_that_is_none_is_an_error(tmp_path):
    with pytest.raises(ValueError, match=r"first\.html has no article with a heading: is it a page of the book"):
        made(tmp_path, first="<p>nothing</p>")


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://"])
def test_an_address_that_is_none_is_an_error(tmp_path, address):
    with pytest.raises(ValueError, match=r"The address of the site is '.*', and should be one like https://example\.org/book/"):
        made(tmp_path, address)


def test_solutions_and_answers_stand_in_the_appendix_and_not_where_they_are_asked(tmp_path):
    chapters, appendix = made(tmp_path).text.split('<article class="bd-article" id="solutions">')
    for told in ("a hint", "solved", "by hand", "No. See", "Yes."):
        assert told not in chapters and appendix.count(told) == 1
    for asked in ("begin", "Which?", "This.", "That."):
        assert asked in chapters
    assert chapters.count('class="paper-turn-to"') == 3
    for name in ("ex-1", "ex-2", "q"):
        assert f'href="#solutions--one--{name}"' in chapters and f'id="solutions--one--{name}"' in appendix
        assert f'href="#one--{name}"' in appendix
    assert "Question 1: b" in appendix
    assert '<a href="#two">two</a>' in appendix


def test_an_exercise_without_a_solution_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="The exercise one--ex-2 has no solution"):
        made(tmp_path, one=ONE.replace(ON_PAPER, ""))


def test_figures_lead_to_the_live_ones_where_the_site_is_known(tmp_path):
    for folder, address, ways in (("a", None, 0), ("b", "https://example.org/book/", 1)):
        (tmp_path / folder).mkdir()
        text = made(tmp_path / folder, address).text
        assert text.count('class="paper-live-at"') == text.count("paper-qr") == ways
        assert text.count('href="https://example.org/book/text/one.html#figure-a"') == ways
        assert "<button" not in text


def test_a_code_is_another_for_another_address():
    assert code("https://example.org/a") != code("https://example.org/b")
    assert code("https://example.org/a").startswith("<svg ") and 'viewBox="0 0 ' in code("https://example.org/a")


def test_the_outline_is_parts_chapters_and_sections(tmp_path):
    assert made(tmp_path).outline == [
        (1, "Contents", "contents"), (1, "Small", "first"),
        (1, "Neurons", "part-neurons"),
        (2, "1 One & all", "one"), (3, "Begin", "one--begin"), (3, "Exercises", "one--exercises"),
        (2, "2 Two", "two"), (3, "End", "two--end"), (4, "no part", "two--end"),
        (1, "Appendix", "part-appendix"), (2, "Hints, solutions and answers", "solutions"),
        (3, "Chapter 1: One & all", "solutions--one"), (2, "Words", "words"),
    ]  # fmt: skip


def test_a_book_tells_title_author_and_language(tmp_path):
    document = made(tmp_path)
    assert {
        "title": "Small",
        "author": "Somebody",
        "language": "en",
        "version": version(tmp_path),
    }.items() <= document.told.items()
    assert '<html lang="en"' in document.text and "<title>Small</title>" in document.text


def test_names_of_pages_are_names_for_css(tmp_path):
    assert '@page on-one { @top-left { content: "Chapter 1\u2003One & all"; } }' in made(tmp_path).text
    assert whole.quoted('say "a\\b"') == r'"say \"a\\b\""'
