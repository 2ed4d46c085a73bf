"""What the palette's list is made of, and what opens the palette."""

from types import SimpleNamespace

import pytest
from docutils import nodes

from book.finding.opener import REPAIR, opened
from book.finding.words import counted, plain, sentence, telling

PAGE = """<dialog id="pst-search-dialog">
<form class="bd-search" action="../search.html" method="get"></form>
</dialog>
<button class="btn search-button__button pst-js-only" title="Search" data-bs-toggle="tooltip"><b>Search</b></button>
<button class="b search-button__button" title="Search" aria-label="Search">x</button><button class="btn">y</button>"""


@pytest.mark.parametrize(
    ("latex", "told"),
    [
        (r"a = \varphi(z)", "a = φ(z)"),
        (r"w_1 \cdot x", "w1 ·x"),
        (r"\Delta \mathrm{x}", "Δx"),
        (r"\frac{\partial L}{\partial w}", "∂L∂w"),
    ],
)
def test_a_formula_is_told_in_plain_letters(latex, told):
    text = nodes.paragraph("", "", nodes.math("", latex), nodes.Text(",  and\nmore"))
    assert plain(text) == f"{told}, and more"


def test_the_first_sentence_is_shown_or_its_beginning():
    assert sentence("One, as in 1.5 of it. Two.") == "One, as in 1.5 of it."
    assert sentence("It is this: that. Two.") == "It is this: that."
    assert sentence("alpha beta, gamma", 14) == "alpha beta …"
    assert sentence("") == ""


def test_words_that_all_texts_have_tell_none_from_another():
    texts = [counted("The loss and the slope, slopes"), counted("the loss of Rosenblatt1958"), counted("loss loss loss batch")]
    of_all = sum((counted(" ".join(each)) for each in texts), counted(""))
    assert telling(texts[0], of_all, 3, 2) == ["slope", "loss"]
    assert telling(texts[1], of_all, 3, 1) == ["rosenblatt"]
    assert telling(texts[2], of_all, 3, 9) == ["batch", "loss"]


def test_buttons_for_the_search_are_links_and_the_themes_dialog_goes():
    work = SimpleNamespace(done={REPAIR: 0})
    text = opened(PAGE, None, work)
    assert work.done[REPAIR] == 1 and "dialog" not in text
    assert '<a class="btn search-button__button" href="../search.html" data-find><b>Search</b></a>' in text
    assert '<a class="b search-button__button" href="../search.html" data-find aria-label="Search">x</a>' in text
    assert '<button class="btn">y</button>' in text


def test_a_page_without_the_dialog_stays_as_it_is():
    work = SimpleNamespace(done={REPAIR: 0})
    assert opened("<p>text</p>", None, work) == "<p>text</p>" and not work.done[REPAIR]
