"""Notes in the margin: one a paragraph of running text, for a word at its first use, with what the glossary begins with."""

import pytest
from docutils import nodes

from book.margin import first_sentence, mark, noted

GLOSSARY = """<dl class="simple glossary">
<dt id="term-batch">batch<a class="headerlink" href="#term-batch" title="Link">#</a></dt><dd><p>Some.</p></dd>
<dt id="term-bias">bias<a class="headerlink" href="#term-bias" title="Link">#</a></dt><dd><p>The number
<span class="math" id="m1"><mjx-math>b</mjx-math><mjx-assistive-mml>b</mjx-assistive-mml></span> of a
<a class="reference" href="#term-neuron"><span>neuron</span></a>. It shifts.</p>
</dd></dl>"""


def word(term):
    return nodes.reference("", term, refuri=f"glossary.html#term-{term}")


def marks_of(*content):
    document = nodes.section("", *content)
    mark(None, document, "page")
    return [node.astext() for node in document.findall(nodes.raw)]


def test_a_word_is_noted_once_and_one_word_a_paragraph_of_running_text():
    paragraphs = [nodes.paragraph("", "", *map(word, terms)) for terms in (["bias", "batch"], ["bias", "batch"], ["epoch"])]
    assert marks_of(*paragraphs) == [f"<!-- in the margin: glossary.html#term-{term} -->" for term in ("bias", "epoch")]
    assert marks_of(nodes.note("", nodes.paragraph("", "", word("bias")))) == []
    assert marks_of(nodes.paragraph("", "", nodes.reference("", "", refuri="glossary.html"))) == []


def test_a_mark_becomes_the_first_sentence_of_the_glossary_without_links_and_ids(tmp_path):
    (tmp_path / "glossary.html").write_text(GLOSSARY, encoding="utf-8")
    page = "<p><!-- in the margin: glossary.html#term-bias -->The bias</p>"
    text = noted(page, tmp_path / "page.html", None)
    words = 'The number\n<span class="math"><mjx-math>b</mjx-math></span> of a\n<span>neuron</span>.'
    assert text == f'<p><span class="nn-aside" aria-hidden="true"><b>bias</b> {words}</span>The bias</p>'
    assert noted(page.replace("bias -->", "none -->"), tmp_path / "page.html", None) == "<p>The bias</p>"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("One. Two.", "One."),
        ("One, 1.5 times. Two.", "One, 1.5 times."),
        ("<i>One. Two</i> three.", "<i>One. Two</i> three."),
        ("One", "One"),
    ],
)
def test_the_first_sentence_ends_outside_of_every_element(words, first):
    assert first_sentence(words) == first
