"""The book on paper, printed: a part of it, a chapter with all that it needs, by the code of `make pdf`."""

import pikepdf
import pypdfium2
import pytest
from pdf import make_pdf

from book.paper.document import document
from book.paper.pages import contents_of, read
from book.paper.printed import places

ADDRESS = "https://example.org/book/"
TOC = """root: chapters/welcome
parts:
  - caption: Neurons
    chapters: [{file: chapters/neuron}]
  - caption: Appendix
    chapters: [{file: chapters/mathematics}, {file: chapters/notation}]
"""
MOST = 25_000_000 / 900  # bytes for a page, of a book of 900 pages at most


@pytest.fixture(scope="module")
def pages(html):
    """Return the pages as they are before anything of them is moved."""
    return read(html, contents_of(TOC))


@pytest.fixture(scope="module")
def made(html):
    return document(html.parents[1], html, ADDRESS, TOC)


@pytest.fixture(scope="module")
def path(made, tmp_path_factory):
    path = tmp_path_factory.mktemp("paper") / "part.pdf"
    make_pdf(made, path)
    return path


@pytest.fixture(scope="module")
def pdf(path):
    with pikepdf.open(path) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def texts(path):
    """Return the words of each page, with nothing between them, since a reader of PDF guesses at spaces."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [bare(page.get_textpage().get_text_range()) for page in pdf]


def bare(text):
    return "".join(text.split())


def links(pdf):
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    return [note for note in notes if note.Subtype == "/Link"]


def all_of(pages, **kind):
    return [found for page in pages for found in page.article.find_all(**kind)]


def test_every_link_leads_into_the_document_or_to_another_site(pdf):
    inside = {str(link.Dest) for link in links(pdf) if "/Dest" in link}
    assert len(inside) > 100 and inside <= set(pdf.Root.Dests.keys())
    outside = {str(link.A.URI) for link in links(pdf) if "/A" in link}
    assert {address for address in outside if not address.startswith(("https://", "http://"))} == set()
    assert ADDRESS + "chapters/neuron.html#figure-tune-a-neuron" in outside


def test_the_contents_and_references_tell_the_pages_on_which_things_are(path, texts, made):
    numbers, _ = places(path)
    contents = "".join(texts[numbers["contents"] - 1 : numbers["welcome"] - 1])
    sections = [(bare(title), name) for level, title, name in made.outline if level == 3 and name.startswith("neuron--")]
    assert len(sections) > 8
    for title, name in sections:
        assert f"{title}{numbers[name]}" in contents
        assert title in texts[numbers[name] - 1]
    where = numbers["solutions--neuron--neuron-gate"]
    assert f"Hintsandsolutionp.{where}" in texts[numbers["neuron--neuron-gate"] - 1] + texts[numbers["neuron--neuron-gate"]]


def test_the_outline_is_that_of_the_pages(pdf, pages):
    def titles(items):
        return [title for item in items for title in (item.title, *titles(item.children))]

    with pdf.open_outline() as outline:
        told = titles(outline.root)
    for page in pages:
        assert {heading.text for heading in page.headings[1:]} <= set(told)
    assert {"Contents", "Neurons", "2 The artificial neuron", "Appendix", "Hints, solutions and answers"} <= set(told)


def test_every_figure_has_its_still_and_a_way_to_the_live_one(pdf, pages):
    figures = all_of(pages, name="figure", class_="nn-figure")
    live = {str(link.A.URI) for link in links(pdf) if "/A" in link and "#figure-" in str(link.A.URI)}
    assert len(figures) == len(live) == 8
    assert all(figure.select_one(".nn-panels :is(svg, table, .nn-layer)") for figure in figures)


def test_every_exercise_and_question_is_answered_in_the_appendix(path, pages, texts):
    numbers, _ = places(path)
    appendix = "".join(texts[numbers["solutions"] - 1 : numbers["mathematics"] - 1])
    exercises = all_of(pages, name="div", class_="exercise")
    assert len(exercises) == 5 and all(bare(each.p.get_text()) in appendix for each in exercises)
    programs = [solution.find("pre") for solution in all_of(pages, name="details", class_="nn-solution")]
    assert len(programs) == 4 and all(bare(program.get_text()) in appendix for program in programs)
    assert appendix.count("Question") >= len(all_of(pages, class_="nn-question")) == 21


def test_no_page_is_empty_and_each_has_its_number(texts):
    assert len(texts) > 40
    for number, text in enumerate(texts[1:], 2):
        assert str(number) in text and len(text) > len(f"Part1Neurons{number}") - 2, number


def test_it_is_tagged_and_tells_its_title_author_and_language(pdf, path):
    assert pdf.Root.MarkInfo.Marked and "/StructTreeRoot" in pdf.Root and pdf.Root.Lang == "en"
    assert pdf.docinfo.Title == "Neural Networks, Live" and pdf.docinfo.Author
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "Neural Networks, Live"
    assert path.stat().st_size < MOST * len(pdf.pages)
