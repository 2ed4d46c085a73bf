"""The book's typefaces: they are few bytes, they have the letters that the chapters use, and their license is kept."""

import re
import unicodedata
from pathlib import Path

import nbformat
import pytest
from PIL import ImageFont

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "assets" / "fonts").glob("*.woff2"))
SHEET = (ROOT / "assets" / "typefaces.css").read_text(encoding="utf-8")
WHOLE = 200_000  # bytes, of all files
NOWHERE = "\U0001f600"  # what none of them has
OTHERS = set("∇∘⋮□▸○●✔✘ᵀ₋ₖₙₛ⁻✓")  # signs that the serif does not have: the reader's own typefaces do


def has(path, letter):
    """Say whether a typeface has a letter."""
    font = ImageFont.truetype(str(path), 40)
    return bytes(font.getmask(letter)) != bytes(font.getmask(NOWHERE)) or letter.isspace()


def written():
    """Return the characters that stand in the text of the chapters, but for code and formulas."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "chapters").glob("*.md")]
    for path in (ROOT / "chapters").glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        texts += [cell.source for cell in cells if cell.cell_type == "markdown"]
    return set(re.sub(r"```.*?```|`[^`]*`|\$[^$]*\$", "", "\n".join(texts), flags=re.DOTALL))


def test_the_typefaces_are_few_bytes_and_the_style_sheet_names_each():
    named = re.findall(r'url\("([\w-]+\.woff2)"\)', SHEET)
    assert sorted(named) == [path.name for path in FILES]
    assert 0 < sum(path.stat().st_size for path in FILES) <= WHOLE


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_changed_has_another_name_as_the_license_asks(path):
    family, style = ImageFont.truetype(str(path), 40).getname()
    assert "Source" not in f"{family} {style}"


@pytest.mark.parametrize("name", ["book-text", "book-italic"])
def test_the_text_is_set_in_one_typeface(name):
    path = ROOT / "assets" / "fonts" / f"{name}.woff2"
    seen = {letter for letter in written() if unicodedata.category(letter)[0] in "LNPSM"}
    assert len(seen) > 100
    assert {letter for letter in seen if not has(path, letter)} <= OTHERS


def test_a_letter_that_is_missing_is_missed():
    assert has(FILES[0], "a") and not has(FILES[0], "Ж")


def test_every_typeface_has_one_of_the_readers_that_is_as_wide_until_it_comes():
    stacks = dict(re.findall(r"--nn-(\w+): (.*);", SHEET))
    assert stacks.keys() == {"text", "heading", "interface", "mono"}
    like = {name: stack.split(", ")[1] for name, stack in stacks.items() if name != "mono"}  # code is 0.6 em wide in any
    assert all(f"font-family: {family}; src: local(" in SHEET for family in like.values())
    assert SHEET.count("size-adjust") == SHEET.count("src: local(") == len(like) + 1  # the text has an italic
