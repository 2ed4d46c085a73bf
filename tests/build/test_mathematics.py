"""Formulas are typeset when the book is built, with MathML beside them, and one that is none is told."""

import re

import pytest

from book import mathematics
from book.mathematics import typeset


def html(tex, display=False):
    """Return a formula as HTML."""
    return typeset([(tex, display)])[0][tex, display]["html"]


def letters(html):
    """Return what MathML says, without its marks."""
    return re.sub(r"<[^>]+>", "", re.search(r"<math\b.*</math>", html)[0])


def test_a_formula_is_drawn_and_has_its_mathml_beside_it():
    drawn = html(r"\sigma(z) = \frac{1}{1 + e^{-z}}")
    assert 'aria-hidden="true"' in drawn  # what is drawn, which nobody should hear
    assert "<mfrac>" in drawn
    assert letters(drawn) == "σ(z)=11+e−z"
    assert "<script" not in drawn


def test_a_formula_on_its_own_is_drawn_larger_than_one_within_a_line():
    tex = r"\sum_{i=1}^n w_i x_i"
    answers, _ = typeset([(tex, True), (tex, False)])
    assert 'display="true"' in answers[tex, True]["html"]
    assert 'display="true"' not in answers[tex, False]["html"]


@pytest.mark.parametrize("tex", [r"\frac{1}", r"\nosuchcommand", r"\left( x", "x^2^3"])
def test_what_is_no_formula_is_told_and_the_next_one_is_typeset(tex):
    answers, _ = typeset([(tex, False), ("x", False)])
    assert re.search(r"\w+ ", answers[tex, False]["error"])
    assert letters(answers["x", False]["html"]) == "x"


def test_the_style_sheet_knows_every_letter_and_names_its_fonts():
    tex = r"\hat{y} = \varphi(W)"
    answers, style = typeset([(tex, False)])
    for name in set(re.findall(r"mjx-c[0-9A-F]+", answers[tex, False]["html"])):
        assert f".{name}" in style
    named = set(re.findall(rf"{mathematics.FONTS}/([\w-]+\.woff)", style))
    assert "MathJax_Main-Regular.woff" in named


def test_a_typesetter_that_has_stopped_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(mathematics, "_mathjax", lambda: tmp_path)
    with pytest.raises(RuntimeError, match=r"(?s)The program that typesets the formulas has stopped: .*node-main\.js"):
        typeset([("x", False)])
