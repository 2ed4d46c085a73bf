"""Notation and glossary: every letter that a chapter's formulas use has one meaning there; every word is told by a noun."""

import re
from collections import Counter
from pathlib import Path

import nbformat
import pytest

CHAPTERS = Path(__file__).parents[2] / "chapters"
TEXTS = {
    path.stem: "\n\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    for path in sorted(CHAPTERS.glob("*.ipynb"))
}
GREEK = "alpha beta gamma delta epsilon varepsilon eta theta kappa lambda mu rho sigma tau phi varphi Phi omega ell".split()
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+)\$", re.DOTALL)
SUBSCRIPT = r"_(?:\\?[A-Za-z]+|\{[^}]*\})"  # which belongs to the letter before it
NAMES = r"\\(?:text|mathsf|mathbf|begin|end|mathrm|texttt)\{[^}]*\}"  # words in formulas, which are no letters


def letters(text):
    """Return the letters in the formulas of a text, Greek ones by their names."""
    found = set()
    for shown, inline in FORMULA.findall(re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)):
        formula = re.sub(SUBSCRIPT, " ", re.sub(NAMES, " ", shown or inline))
        found |= {name for name in re.findall(r"\\([A-Za-z]+)", formula) if name in GREEK}
        found |= set(re.findall(r"[A-Za-z]", re.sub(r"\\[A-Za-z]+", " ", formula)))
    return found


def tables(page):
    """Return the letters of the whole book, one by one, and for each chapter its own."""
    whole, of_chapters = page.split("## Letters of one chapter")
    symbols = [row.split("|")[1] for row in whole.splitlines() if row.startswith("| $")]
    own, chapter = {}, None
    for row in of_chapters.splitlines():
        if row.startswith("| {doc}") or row.startswith("| | "):
            name, symbol, *_ = (part.strip() for part in row.strip("|").split("|"))
            chapter = re.sub(r"\{doc\}`(\w+)`", r"\1", name) or chapter
            own.setdefault(chapter, []).extend(sorted(letters(symbol)))
    return [letter for symbol in symbols for letter in sorted(letters(symbol))], own


WHOLE, OWN = tables((CHAPTERS / "notation.md").read_text(encoding="utf-8"))
EVERYWHERE = {"d"}  # of a derivative, dy/dx


@pytest.mark.parametrize("name", TEXTS)
def test_every_letter_of_a_chapter_is_in_the_table(name):
    assert letters(TEXTS[name]) - set(WHOLE) - set(OWN.get(name, ())) - EVERYWHERE == set()


def test_a_letter_has_one_meaning():
    assert [letter for letter, n in Counter(WHOLE).items() if n > 1 and letter not in ("y", "varphi", "L")] == []
    for name, own in OWN.items():
        assert [letter for letter, n in Counter(own).items() if n > 1] == [], name


def test_a_letter_that_no_table_has_is_found():
    text = r"We write $Q = \omega x$, in code `R`, where $\text{rest}$ is a word and \$ a sign. $$\sum_i \gamma_s$$"
    assert letters(text) == {"Q", "omega", "x", "gamma"}


# the glossary

ENTRY = re.compile(r"^(\S.*)\n  (\S.*)$", re.MULTILINE)
NO_NOUN = re.compile(r"(That|To|Said|How|What|Where|Which|When|If|In|By|As|Because|It)\b")


def entries(page):
    """Return (word, explanation) for each entry of a glossary."""
    return ENTRY.findall(page.split("```{glossary}")[1].rsplit("```", 1)[0])


GLOSSARY = entries((CHAPTERS / "glossary.md").read_text(encoding="utf-8"))


def test_an_entry_of_the_glossary_begins_with_a_noun_and_ends_in_a_period():
    assert len(GLOSSARY) > 90
    assert [word for word, text in GLOSSARY if NO_NOUN.match(text) or not text[0].isupper() or text[-1] != "."] == []


def test_the_glossary_is_in_alphabetical_order_and_has_each_word_once():
    words = [word.lower() for word, _ in GLOSSARY]
    assert words == sorted(set(words))


def test_an_entry_that_is_no_noun_is_found():
    page = "```{glossary}\nbroadcasting\n  That NumPy repeats it.\n\ndropout\n  To silence a part.\n\nmean\n  The sum.\n```\n"
    assert [word for word, text in entries(page) if NO_NOUN.match(text)] == ["broadcasting", "dropout"]
