"""Formulas are typeset when the book is built, with MathML beside them, and one that is none is told."""

import re

import pytest

from book.mathematics import FONTS, SHEET, Typesetter


@pytest.fixture(scope="module")
def typesetter():
    typesetter = Typesetter()
    yield typesetter
    typesetter.close()


def letters(html):
    """Return what MathML says, without its marks."""
    return re.sub(r"<[^>]+>", "", re.search(r"<math\b.*</math>", html)[0])


def test_a_formula_is_drawn_and_has_its_mathml_beside_it(typesetter):
    html = typesetter.html(r"\sigma(z) = \frac{1}{1 + e^{-z}}")
    assert 'aria-hidden="true"' in html  # what is drawn, which nobody should hear
    assert "<mfrac>" in html
    assert letters(html) == "σ(z)=11+e−z"
    assert "<script" not in html


def test_a_formula_on_its_own_is_drawn_larger_than_one_within_a_line(typesetter):
    assert 'display="true"' in typesetter.html(r"\sum_{i=1}^n w_i x_i", True)
    assert 'display="true"' not in typesetter.html(r"\sum_{i=1}^n w_i x_i")


@pytest.mark.parametrize("tex", [r"\frac{1}", r"\nosuchcommand", r"\left( x", "x^2^3"])
def test_what_is_no_formula_is_told_and_the_next_one_is_typeset(typesetter, tex):
    with pytest.raises(ValueError, match=r"\w+ "):
        typesetter.html(tex)
    assert letters(typesetter.html("x")) == "x"


def test_the_style_sheet_knows_every_letter_and_brings_its_fonts(typesetter, tmp_path):
    html = typesetter.html(r"\hat{y} = \varphi(W)")
    typesetter.put_style(tmp_path)
    style = (tmp_path / SHEET).read_text(encoding="utf-8")
    for name in set(re.findall(r"mjx-c[0-9A-F]+", html)):
        assert f".{name}" in style
    named = set(re.findall(rf"{FONTS}/([\w-]+\.woff)", style))
    assert "MathJax_Main-Regular.woff" in named
    assert named == {path.name for path in (tmp_path / FONTS).iterdir()}


def test_a_typesetter_that_has_stopped_says_so():
    typesetter = Typesetter()
    typesetter.process.kill()
    typesetter.process.wait()
    with pytest.raises(RuntimeError, match="The program that typesets the formulas has stopped"):
        typesetter.html("x")
    typesetter.close()
