"""Notes in the margin: a word at its first use, with what the glossary begins with, and a source, where there is room."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from pybtex.database import Entry, Person

from book.margin import first_sentence, mark, note_of, noted, title, who
from book.room import bottom, fits, runs

GLOSSARY = """<dl class="simple glossary">
<dt id="term-batch">batch<a class="headerlink" href="#term-batch" title="Link">#</a></dt><dd><p>Some.</p></dd>
<dt id="term-bias">bias<a class="headerlink" href="#term-bias" title="Link">#</a></dt><dd><p>The number
<span class="math" id="m1"><mjx-math>b</mjx-math><mjx-assistive-mml>b</mjx-assistive-mml></span> of a
<a class="reference" href="#term-neuron"><span>neuron</span></a>. It shifts.</p>
</dd></dl>"""


def word(term):
    return nodes.reference("", term, refuri=f"glossary.html#term-{term}")


def source(names, title="On words", **fields):
    people = {"author": [Person(name) for name in names]}
    return Entry("article", {"title": title, "year": "1962", **fields}, people)


ROSENBLATT = source(["Rosenblatt, Frank"], "Principles of Neurodynamics: Perceptrons and the Theory of Brain Mechanisms")
NOVIKOFF = source(["Novikoff, Albert B. J."], "On convergence proofs on perceptrons", doi="10.1/a")
CITED = [
    SimpleNamespace(bibliography_key=SimpleNamespace(docname="chapters/sources"), citation_id=f"id{number}", entry=entry)
    for number, entry in enumerate([ROSENBLATT, NOVIKOFF])
]
for cited, key in zip(CITED, ("rosenblatt", "novikoff"), strict=True):
    cited.entry.key = key


def marks_of(*content):
    document = nodes.section("", *content)
    mark(SimpleNamespace(env=SimpleNamespace(domaindata={"cite": {"citations": CITED}})), document, "page")
    return [node.astext() for node in document.findall(nodes.raw)]


def citing(number, letters=600):
    link = nodes.reference("", "1962", refuri=f"sources.html#id{number}")
    return nodes.paragraph("", "", nodes.Text("x" * letters), link)


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


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Rosenblatt, Frank"], "Rosenblatt, 1962"),
        (["Brunel, Nicolas", "van Rossum, Mark C. W."], "Brunel and van Rossum, 1962"),
        (["Mont{\\'u}far, Guido", "Cho, K.", "Bengio, Y."], "Montúfar et al., 1962"),
        (["{The Pyodide development team}"], "The Pyodide development team, 1962"),
        ([], "1962"),
    ],
)
def test_a_source_is_named_as_in_the_text(names, told):
    assert who(source(names)) == told


def test_a_title_is_a_text_and_a_long_one_ends_at_its_colon_if_that_says_enough():
    assert title(source([], "The irises of the {Gaspé} Peninsula")) == "The irises of the Gaspé Peninsula"
    assert title(source([], "Convergence rate {$O(1/k^2)$}")) == "Convergence rate O(1/k²)"
    assert title(ROSENBLATT) == "Principles of Neurodynamics"
    whole = "Dropout: A simple way to prevent neural networks from overfitting"
    assert title(source([], whole)) == whole


def test_the_title_leads_to_where_the_source_is_read_if_that_is_known():
    note = '<span class="nn-aside" aria-hidden="true"><b>Novikoff, 1962</b> {}</span>'
    words = "On convergence proofs on perceptrons"
    assert note_of(NOVIKOFF) == note.format(f'<a href="https://doi.org/10.1/a" tabindex="-1">{words}</a>')
    assert "<a" not in note_of(ROSENBLATT)
    told = note_of(source(["A<i>"], "On <i>", url="https://example.org/?a&b"))
    assert "<i>" not in told and 'href="https://example.org/?a&amp;b"' in told


def test_a_source_is_noted_once_and_the_mark_becomes_its_note(tmp_path):
    [first, second] = marks_of(citing(1), citing(1), citing(0))
    assert noted(first, tmp_path / "page.html", None) == note_of(NOVIKOFF)
    assert noted(second, tmp_path / "page.html", None) == note_of(ROSENBLATT)
    assert "<" not in first[4:-3]  # so that the search index takes all of it for a comment


def test_a_source_without_room_waits_for_the_next_paragraph_that_cites_it():
    assert marks_of(citing(1, letters=20), nodes.table(), citing(0)) == marks_of(citing(0))
    assert marks_of(citing(1, letters=20), nodes.table(), citing(1)) == marks_of(citing(1))
    assert marks_of(citing(1, letters=20), nodes.paragraph("", "x" * 600)) == marks_of(citing(1))
    both = nodes.paragraph("", "", nodes.Text("x" * 20), *(citing(number)[1] for number in (0, 1)))
    assert marks_of(both, nodes.table()) == []


def test_sources_in_boxes_have_no_note_and_those_in_lists_have():
    assert marks_of(nodes.note("", citing(1))) == []
    assert marks_of(nodes.bullet_list("", nodes.list_item("", citing(1)))) == marks_of(citing(1))


def test_a_run_ends_where_something_begins_below_the_notes():
    def heading(*content):
        return nodes.section("", nodes.title("", "t"), *content)

    page = nodes.document(None, None)
    page += heading(citing(0), heading(citing(1), nodes.comment(), heading(citing(0)), nodes.container(), citing(1)))
    found = [[place.top for place in places] for places, _ in runs(page)]
    assert [len(tops) for tops in found] == [0, 1, 2, 1]  # above the first heading, below each, and below the container
    assert found[2][0] == 0 < found[2][1]


def test_a_note_stands_below_those_above_it():
    assert bottom([(0, 50), (20, 50), (200, 50)]) == 250 and bottom([(0, 50), (20, 50)]) == 100
    assert fits((0, 50), [(0, 50)], 100) and not fits((0, 51), [(0, 50)], 100)
    assert fits((0, 40), [(100, 50)], 100)  # where another one ends below anyway
