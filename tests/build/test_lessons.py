"""The directives and cells of a lesson, built by Sphinx as the book is, with the faults that they must name."""

import io
import re

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

QUESTION = """
:::{question} What does the bias $b$ do?
:label: bias
- [ ] It turns the line.

  *Tempting*, but no.
- [x] It shifts the line.

  Right.
:::
"""
PREDICT = """
## A section

:::{predict} Up or down?
:label: up
Think first.

- Up.
- Down.
:::

The answer is up.

<!-- end of prediction -->

The text goes on.
"""


def build(folder, text):
    """Build a page with `text` and return its HTML, the warnings, and the tasks that were noted."""
    source = folder / "source"
    source.mkdir()
    (source / "index.md").write_text(f"# A page\n\n{text}", encoding="utf-8")
    warnings = io.StringIO()
    settings = {
        "extensions": ["myst_parser", "book.lessons"],
        "myst_enable_extensions": ["colon_fence", "dollarmath"],
        "html_theme": "basic",
    }
    paths = (source, None, folder / "html", folder / "doctrees", "html")
    with docutils_namespace():
        app = Sphinx(*paths, confoverrides=settings, status=None, warning=warnings, freshenv=True)
        app.build()
    page = (folder / "html" / "index.html").read_text(encoding="utf-8")
    return page, re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue()), app.env.nnlib_tasks


def test_a_question_reads_as_a_list_with_reasons_behind_details(tmp_path):
    page, warnings, tasks = build(tmp_path, QUESTION)
    assert warnings == ""
    assert tasks == {"index": [("question", "bias", "What does the bias b do?")]}
    assert re.findall(r'<li data-right="(\w+)">', page) == ["false", "true"]
    assert '<details class="nn-why"><summary>Is this it?</summary>' in page
    assert "<em>Tempting</em>, but no." in page
    assert "[x]" not in page
    assert '<span class="math' in page


def test_a_prediction_keeps_its_answer_in_details_and_nothing_else(tmp_path):
    page, warnings, tasks = build(tmp_path, PREDICT)
    assert warnings == ""
    assert tasks == {"index": [("prediction", "up", "Up or down?")]}
    hidden = re.search(r'<details class="nn-predicted" data-answers="up">(.*?)</details>', page, re.DOTALL)[1]
    assert "The answer is up." in hidden
    assert "The text goes on." not in hidden
    assert "Think first." not in hidden


@pytest.mark.parametrize(
    ("page", "change", "words"),
    [
        (QUESTION, (":label: bias\n", ""), "A question needs a :label:"),
        (QUESTION, ("[ ] ", ""), "has an option without a mark, number 1"),
        (QUESTION, ("[ ]", "[x]"), "needs a wrong option and a right one"),
        (QUESTION, ("[x]", "[ ]"), "has 0 right options"),
        (QUESTION, (":label: bias\n", ":label: bias\n:several:\n"), "has 1 right options"),
        (QUESTION, ("\n\n  Right.", ""), "has an option without a reason"),
        (QUESTION, ("- [ ]", "Some text.\n\n- [ ]"), "is one list of options"),
        (QUESTION, (QUESTION, QUESTION + QUESTION), "The label bias is there more than once"),
        (QUESTION, (QUESTION, QUESTION + PREDICT.replace(": up", ": bias")), "more than once, in index and index"),
        (PREDICT, (":label: up\n", ""), "A prediction needs a :label:"),
        (PREDICT, (":label: up\n", ":label: up\n:number:\n"), "asks for a number and has options"),
        (PREDICT, ("<!-- end of prediction -->", ""), "The prediction up has no end"),
        (PREDICT, ("The answer is up.", "## Another section"), "The prediction up has no end"),
        (PREDICT, ("The answer is up.", ":::{predict} x\n:label: x\n:::"), "The prediction up has no end"),
    ],
)
def test_a_fault_is_named(tmp_path, page, change, words):
    assert change[0] in page
    assert words in build(tmp_path, page.replace(*change, 1))[1]
