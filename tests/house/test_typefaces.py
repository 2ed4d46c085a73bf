"""The book's typefaces: they are few bytes, each file has the letters of its rule, and their license is kept."""

import importlib.util
import re
from pathlib import Path

import pytest
from PIL import ImageFont

ROOT = Path(__file__).parent.parent.parent
FILES = sorted((ROOT / "assets" / "fonts").glob("*.woff2"))
SHEET = (ROOT / "assets" / "typefaces.css").read_text(encoding="utf-8")
SPEC = importlib.util.spec_from_file_location("fonts", ROOT / "assets" / "fonts.py")
fonts = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fonts)
OF_A_PAGE = 105_000  # bytes, of what a chapter fetches: all of plain English, and signs for the text, what is used and code
WHOLE = 200_000  # of all files
NOWHERE = "\U0001f600"  # what none of them has
PARTS = {f"book-{name}{part}": fonts.letters(face, part) for name, face in fonts.FACES.items() for part in fonts.PARTS}
UNSEEN = "\u00ad\u0302\u0304"  # a hyphen that is not there, and what stands over other letters


def has(path, letter):
    """Say whether a typeface has a letter."""
    font = ImageFont.truetype(str(path), 40)
    return bytes(font.getmask(letter)) != bytes(font.getmask(NOWHERE)) or letter.isspace()


def test_the_typefaces_are_few_bytes_and_the_style_sheet_names_each():
    named = re.findall(r'url\("([\w-]+\.woff2)"\)', SHEET)
    assert sorted({*named}) == [path.name for path in FILES] == sorted(f"{name}.woff2" for name in PARTS)
    sizes = {path.stem: path.stat().st_size for path in FILES}
    asked = [f"book-{name}" for name in fonts.FACES] + [f"book-{name}-signs" for name in ("text", "interface", "code")]
    assert sum(sizes[name] for name in asked) <= OF_A_PAGE
    assert sum(sizes.values()) <= WHOLE


def test_the_rules_are_those_that_the_files_were_made_with():
    assert fonts.rules() in SHEET and SHEET.count('family: "Book') == fonts.rules().count("@font-face")


@pytest.mark.parametrize("name", PARTS)
def test_each_file_has_the_letters_that_its_rule_promises(name):
    path = ROOT / "assets" / "fonts" / f"{name}.woff2"
    assert len(PARTS[name]) > 40
    assert [letter for letter in PARTS[name] if letter not in UNSEEN and not has(path, letter)] == []


def test_no_letter_is_in_two_parts_and_what_is_lent_is_there():
    letters = "".join(fonts.PARTS.values())
    assert len({*letters}) == len(letters)
    assert {*fonts.LENT} <= {*PARTS["book-interface"], *PARTS["book-interface-signs"]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_changed_has_another_name_as_the_license_asks(path):
    family, style = ImageFont.truetype(str(path), 40).getname()
    assert "Source" not in f"{family} {style}"


def test_a_letter_that_is_missing_is_missed():
    path = ROOT / "assets" / "fonts" / "book-text.woff2"
    assert has(path, "a") and not has(path, "Ж")


def test_every_typeface_has_one_of_the_readers_that_is_as_wide_until_it_comes():
    stacks = dict(re.findall(r"--nn-(\w+): (.*);", SHEET))
    assert stacks.keys() == {"text", "heading", "interface", "mono"}
    like = {name: stack.split(", ")[1] for name, stack in stacks.items() if name != "mono"}  # code is 0.6 em wide in any
    assert all(f"font-family: {family}; src: local(" in SHEET for family in like.values())
    assert SHEET.count("size-adjust") == SHEET.count("src: local(") == len(like) + 1  # the text has an italic
