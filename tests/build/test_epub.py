"""The parts of the EPUB: HTML read strictly, links that lead somewhere or are none, stills that need no style sheet."""

import base64
import io
import re
import zipfile
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from book.epub import pictures
from book.epub.build import Links, build, parts_of
from book.epub.nodes import as_id, parsed, written
from book.epub.package import Part
from book.epub.reading import Reading
from nnlib.live.join_modules import VIEW
from nnlib.palette import LIGHT

PAGE = """<html><head><meta name="description" content="Words &amp; numbers."></head><article class="bd-article">
<section id="{name}"><h1>{title}<a class="headerlink" href="#{name}">#</a></h1>{body}</section></article></html>"""
EXERCISE = """<div class="exercise admonition" id="add"><p class="admonition-title">Exercise 1.1 (Add)</p></div>
<div class="nn-cell" data-exercise="add"><div class="nn-starter"><div class="highlight"><pre>return None</pre></div></div>
<details class="nn-hints"><summary>Hints</summary><ol><li>Count.</li></ol></details>
<details class="nn-solution"><summary>Solution</summary><div class="highlight"><pre>return 1 + 1</pre></div></details></div>"""
OPTION = """<li data-right="{}"><p class="nn-option">{}</p>
<details class="nn-why"><summary>Is this it?</summary><p>{}</p></details></li>"""
QUESTION = f"""<div class="nn-question" id="q" data-kind="radio"><p class="nn-asked">Is it?</p><ul class="nn-options">
{OPTION.format("false", "No.", "Look again.")}{OPTION.format("true", "Yes.", "It is.")}</ul></div>"""
MASK = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
STILL = f"""<div><div class="nn-field" style="left:25%;top:50%;width:50%;height:25%"><div class="nn-layer"
style="--color:var(--nn-ink);--mask:url(data:image/png;base64,{MASK})"></div></div>
<svg class="nn-svg" viewBox="0 0 320 160" role="img" aria-label="A plane">
<g class="nn-line nn-curve nn-curve-1"><path d="M0 0h9"/></g>
<g class="nn-point nn-positive"><circle class="nn-ring" r="9"/><path class="nn-mark" d="M0 0z"/></g>
<g class="nn-handle nn-handle-probe"><circle class="nn-hit" r="20"/><circle class="nn-knob" r="8"/></g>
<text class="nn-edge-label nn-middle" x="1" y="2">w</text></svg></div>"""


def reading(body, links=None, name="neuron"):
    """Return a page with a body, made readable."""
    return Reading(name, PAGE.format(name=name, title="The neuron", body=body), links or Links({name}, ""))


def shown(body, **given):
    """Return what a reader of books is given for it, as XHTML."""
    return written(reading(body, **given).children)


def test_html_is_written_as_xml():
    text = "<p>a &lt; b<br>c &amp; d</p><svg viewbox='0 0 1 1'><clippath id='x'></clippath><path d='M0 0'/></svg><i></i>"
    assert written(parsed(text)) == (
        '<p>a &lt; b<br/>c &amp; d</p><svg viewBox="0 0 1 1"><clipPath id="x"></clipPath><path d="M0 0"/></svg><i></i>'
    )


@pytest.mark.parametrize("text", ["<p><b>x</p></b>", "<p>x", "x</p>"])
def test_html_whose_elements_do_not_end_is_refused(text):
    with pytest.raises(ValueError, match="end"):
        parsed(text)


def test_an_id_is_one_that_xml_has():
    names = {"term-x": "term-x", "chapters/a": "chapters-a", "1st": "at-1st", "nnlib.Neuron": "nnlib.Neuron"}
    assert {name: as_id(name) for name in names} == names


@pytest.mark.parametrize(
    ("target", "without", "with_address"),
    [
        ("#here", "#here", "#here"),
        ("loss.html#a/b", "loss.xhtml#a-b", "loss.xhtml#a-b"),
        ("loss.html", "loss.xhtml", "loss.xhtml"),
        ("https://doi.org/1", "https://doi.org/1", "https://doi.org/1"),
        ("../genindex.html", "", "https://a.b/c/chapters/../genindex.html"),
        ("?task=1#figure", "", "https://a.b/c/chapters/neuron.html?task=1#figure"),
    ],
)
def test_a_link_leads_into_the_book_or_to_a_known_site_or_is_none(target, without, with_address):
    assert Links({"neuron", "loss"}, "")("neuron", target) == without
    assert Links({"neuron", "loss"}, "https://a.b/c/")("neuron", target) == with_address


def test_the_words_of_a_link_that_would_lead_nowhere_stay():
    assert "<p>See the index.</p>" in shown('<p>See <a href="../genindex.html">the index</a>.</p>')


def test_a_formula_is_its_mathml_alone():
    math = '<math xmlns="m" display="block"><mi data-mjx-variant="x" class="y">z</mi></math>'
    found = shown(f'<div class="math"><mjx-container><mjx-math>glyphs</mjx-math>{math}</mjx-container></div>')
    assert '<math xmlns="m" display="block"><mi>z</mi></math>' in found and "glyphs" not in found


def test_a_solution_stands_at_the_end_with_links_there_and_back():
    found = shown(EXERCISE + "<p>The text goes on.</p>")
    before, _, after = found.partition("The text goes on.")
    assert "return None" in before and 'href="#answer-add"' in before and "1 + 1" not in before
    assert 'id="answer-add"' in after and 'href="#add"' in after and "Count." in after and "return 1 + 1" in after


def test_a_solution_without_an_exercise_is_a_fault():
    faults = reading(EXERCISE[EXERCISE.index('<div class="nn-cell"') :]).faults
    assert faults == ["neuron: the solution of add has no exercise before it"]


def test_an_answer_stands_at_the_end_and_names_its_option():
    before, _, after = shown(QUESTION).partition("Solutions and answers")
    assert "Is it?" in before and "Look again." not in before
    assert "<b>A is wrong. </b>Look again." in after and "<b>B is right. </b>It is." in after


def test_a_prediction_is_answered_where_it_stands():
    asked = '<div class="nn-predict" id="p"><p class="nn-asked">How many?</p></div>'
    found = shown(f'{asked}<details class="nn-predicted"><summary>Show the answer</summary><p>Two.</p></details><p>So two.</p>')
    assert found.index("How many?") < found.index("The answer") < found.index("Two.") < found.index("So two.")


def test_what_only_the_page_needs_is_left_out():
    body = (
        '<p class="nn-challenge">To do</p><button>Run</button><script>x</script><p hidden>y</p><p data-z="1" title="t">kept</p>'
    )
    found = shown(body)
    assert re.sub(r"\s+", " ", found).endswith("</h1><p>kept</p></section>")


def test_a_still_has_its_looks_in_itself():
    [holder] = parsed(STILL)
    svg = pictures.still(holder)
    line, mark, knob = svg.all("g")[0], svg.all("path")[1], svg.first("circle")
    assert svg["aria-label"] == "A plane"
    assert (line["stroke"], line["stroke-dasharray"]) == (LIGHT["negative"], "7 3")
    assert mark["fill"] == LIGHT["positive"] and knob["fill"] == LIGHT["accent"]
    assert len(svg.all("circle")) == 1  # neither what only a finger finds, nor a ring that nobody sees
    assert [text["stroke"] for text in svg.all("text")] == [LIGHT["paper"], ""]
    assert "class" not in line.attributes and "var(" not in written([svg])


def styled(css, name):
    """Return what a style sheet says of all elements of a class, in the words of `pictures.LOOKS`; wider figures are apart."""
    told = {}
    for selectors, declarations in re.findall(r"^(\.[^{}]+)\{([^{}]*)\}", css, re.MULTILINE):
        if f".{name}" in [selector.strip() for selector in selectors.split(",")]:
            pairs = (pair.split(":", 1) for pair in declarations.split(";") if ":" in pair)
            told |= {key.strip().replace("--curve", "stroke"): value.strip() for key, value in pairs}
    return {key: re.sub(r"var\(--(?:nn-)?([\w-]+).*\)|px$", r"\1", value) for key, value in told.items()}


# What is told otherwise: a mark has half its edge, for not every reader paints that first; a letter is moved to its middle.
OTHERWISE = {("nn-mark", "stroke-width"), ("nn-letter", "dy"), ("nn-letter", "font-size"), ("nn-letter", "font-weight"),
             ("nn-line", "stroke-linejoin")}  # fmt: skip


def test_stills_look_as_figures_do():
    css = (VIEW / "figure" / "figures.css").read_text(encoding="utf-8")
    single = {name: told for name, told in pictures.LOOKS.items() if name.startswith("nn-") and " " not in name}
    differing = {}
    for name, told in single.items():
        wanted = dict(each.split(" ", 1) for each in told.split(", "))
        wanted = {key: value for key, value in wanted.items() if (name, key) not in OTHERWISE}
        found = styled(css, name)
        if wanted != {key: found.get(key) for key in wanted}:
            differing[name] = (wanted, found)
    assert len(single) > 30
    assert differing == {}


def test_a_field_lies_where_it_lay():
    [image] = pictures.still(parsed(STILL)[0]).all("image")
    assert [image[name] for name in ("x", "y", "width", "height")] == ["80", "80", "160", "40"]
    pixels = Image.open(io.BytesIO(base64.b64decode(image["xlink:href"].partition(",")[2]))).convert("RGB")
    assert np.asarray(pixels).shape == (1, 1, 3)


def test_a_stronger_share_is_closer_to_its_color():
    assert pictures.mixed("positive", 1, "zero") == LIGHT["positive"]
    assert pictures.mixed("positive", 0, "zero") == LIGHT["zero"]


def test_parts_come_in_the_order_of_the_table_of_contents():
    toc = {"root": "chapters/a", "parts": [{"caption": "One", "chapters": [{"file": "chapters/b"}, {"file": "chapters/c"}]}]}
    assert parts_of(toc) == [Part("", ("chapters/a",)), Part("One", ("chapters/b", "chapters/c"))]


@pytest.fixture
def book(tmp_path):
    """Return a book of two pages: its sources and its pages."""
    (tmp_path / "_config.yml").write_text("title: A & B\nauthor: N. N.\nhtml: {}\n", encoding="utf-8")
    toc = "root: chapters/a\nparts:\n  - caption: One\n    chapters:\n      - file: chapters/b\n"
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    (tmp_path / "html" / "chapters").mkdir(parents=True)
    for name, body in {"a": '<p><a href="b.html#b">on</a></p>', "b": EXERCISE}.items():
        text = PAGE.format(name=name, title=f"Page {name}", body=body)
        (tmp_path / "html" / "chapters" / f"{name}.html").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_small_book_is_a_publication(book, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build(book, book / "html", book / "book.epub") == {"pages": 2, "formulas": 0}
    with zipfile.ZipFile(book / "book.epub") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read(first) == b"application/epub+zip"
        told = ElementTree.fromstring(archive.read("EPUB/package.opf"))
    words = {node.tag.rpartition("}")[2]: node.text for node in told[0]}
    assert {
        "title": "A & B",
        "creator": "N. N.",
        "date": "2023-11-14",
        "description": "Words & numbers.",
    }.items() <= words.items()


def test_the_same_book_gives_the_same_bytes(book, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("one", "two"):
        build(book, book / "html", book / f"{name}.epub")
    assert (book / "one.epub").read_bytes() == (book / "two.epub").read_bytes()


def test_the_address_is_told_where_it_is_known(book):
    build(book, book / "html", book / "book.epub", "https://example.org/book/")
    with zipfile.ZipFile(book / "book.epub") as archive:
        assert b"https://example.org/book" in archive.read("EPUB/about.xhtml")
        assert b"<dc:source>https://example.org/book/</dc:source>" in archive.read("EPUB/package.opf")


def test_a_link_to_a_place_that_is_not_there_stops_the_build(book):
    page = book / "html" / "chapters" / "a.html"
    page.write_text(page.read_text(encoding="utf-8").replace("b.html#b", "b.html#gone"), encoding="utf-8")
    with pytest.raises(ValueError, match="a: a link leads to b#gone, which is not there"):
        build(book, book / "html", book / "book.epub")
    assert not (book / "book.epub").exists()


def test_a_page_that_is_not_built_stops_the_build(book):
    (book / "html" / "chapters" / "b.html").unlink()
    with pytest.raises(ValueError, match="make book"):
        build(book, book / "html", book / "book.epub")


@pytest.mark.parametrize("address", ["example.org", "javascript:alert(1)", "https://"])
def test_an_address_of_no_website_is_refused(book, address):
    with pytest.raises(ValueError, match="https://"):
        build(book, book / "html", book / "book.epub", address)
