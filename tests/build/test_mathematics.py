"""Formulas are typeset when the book is built, with MathML beside them, and one that is none is told."""

import io
import re

import pytest
from fontTools.ttLib import TTFont

from book import mathematics
from book.mathematics import typeset
from book.mathematics.letters import cut, letters_of, put_fonts


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


def test_a_font_keeps_the_letters_that_the_style_sheet_writes_and_is_a_part_of_what_it_was(tmp_path):
    _, style = typeset([(r"\hat{y} = \varphi(\{W\})", False)])
    assert {*"=(){}Wyφ^"} <= letters_of(style)
    fonts = mathematics._mathjax() / "output" / "chtml" / "fonts" / "woff-v2"
    told = put_fonts(style, fonts, tmp_path)
    for path in tmp_path.iterdir():
        before, after = (TTFont(each) for each in (fonts / path.name, path))
        names, fewer = before.getBestCmap(), after.getBestCmap()
        asked = {*names} & {*map(ord, letters_of(style))}
        assert {*fewer} == (asked or {*names})  # one that no formula needs stays as it is
        assert all(after["hmtx"][fewer[code]] == before["hmtx"][names[code]] for code in fewer)
    main = (tmp_path / "MathJax_Main-Regular.woff").stat().st_size
    assert main < 0.5 * (fonts / "MathJax_Main-Regular.woff").stat().st_size
    assert not re.search(r'\.woff"', told)  # a font with other letters has another address
    assert told.count(".woff?v=") == style.count('.woff"')


def test_a_letter_may_be_written_as_a_number_and_ends_with_its_quotes():
    assert letters_of('a { content: "\\3C6"; } b { content: "a"; } c { content: "\\3C6 b"; } d { content: "\\""; }') == set(
        'φab"'
    )


def test_the_same_letters_make_the_same_font_and_others_another():
    font = mathematics._mathjax() / "output" / "chtml" / "fonts" / "woff-v2" / "MathJax_Math-Italic.woff"
    assert cut(font, set("abc")) == cut(font, set("cba")) != cut(font, set("abx"))
    assert {*TTFont(io.BytesIO(cut(font, set("abc")))).getBestCmap()} == {*map(ord, "abc")}


def test_a_typesetter_that_has_stopped_says_why(monkeypatch, tmp_path):
    monkeypatch.setattr(mathematics, "_mathjax", lambda: tmp_path)
    with pytest.raises(RuntimeError, match=r"(?s)The program that typesets the formulas has stopped: .*node-main\.js"):
        typeset([("x", False)])
