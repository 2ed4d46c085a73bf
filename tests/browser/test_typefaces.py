"""Every letter of the book is in the typeface that it is set in: one that is missing would be drawn in any other."""

from collections import defaultdict

import pytest

# The letters of a page, by typeface and style: of its text, of what its style sheet adds, and of what its fields have in them.
LETTERS = """() => {
    const seen = {};
    const add = (style, text) => {
        const face = `${style.fontFamily.split(",")[0].replaceAll('"', "")} ${style.fontStyle}`;
        const written = style.textTransform === "uppercase" ? text.toUpperCase() : text;
        seen[face] = [...new Set([...seen[face] ?? "", ...written])].join("");
    };
    for (const element of document.body.querySelectorAll(":not(script, style, svg.nn-icon, mjx-container, mjx-container *)")) {
        const style = getComputedStyle(element);
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) add(style, node.data);
        if (typeof element.value === "string") add(style, element.value);
        add(style, element.placeholder ?? "");
        for (const part of ["::before", "::after", "::marker"]) {
            const looks = getComputedStyle(element, part);
            for (const [, text] of looks.content.split(" / ")[0].matchAll(/"([^"]*)"/g)) add(looks, text);
        }
    }
    return seen;
}"""
# The letters of each typeface and style, by the rules of the page's stylesheet; that the files have them, a test of the house
# holds.
PROMISED = """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .filter(rule => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family").includes("Book "))
    .map(({ style }) => [style.getPropertyValue("font-family").replaceAll('"', ""),
        style.getPropertyValue("font-style") || "normal", style.getPropertyValue("unicode-range")])"""
NONE = {  # what Adobe's typefaces do not have, each for itself: the reader's own do
    "Book Text normal": set("∘∇ᵢⱼₖₙₛ"),
    "Book Interface normal": set("∘ₛ"),
    "Book Code normal": set("∘ₖₛ⁻ᵀ✗"),
}
UNSEEN = {
    *"\n\t\u2060\u200b",
    *map(chr, range(0xF000, 0xF900)),
}  # the latter are the theme's icons, which are drawn: see book/icons.py


def within(ranges):
    """Return the letters of a unicode-range."""
    ends = [part.strip().removeprefix("U+").split("-") for part in ranges.split(",")]
    return {chr(code) for each in ends for code in range(int(each[0], 16), int(each[-1], 16) + 1)}


@pytest.fixture
def context_options():
    return {"viewport": {"width": 1440, "height": 900}, "java_script_enabled": False}  # the pages as they are built


def test_every_letter_of_the_book_is_in_its_typeface(page, site, html):
    paths = [path for folder in (html, html / "chapters") for path in sorted(folder.glob("*.html"))]
    leads_on = 'http-equiv="refresh"'  # to another page, and is gone before it can be read
    pages = [path.relative_to(html).as_posix() for path in paths if leads_on not in path.read_text(encoding="utf-8")]
    assert len(paths) - len(pages) == 1
    seen, there = defaultdict(set), defaultdict(set)
    for name in pages:
        page.goto(f"{site}{name}", wait_until="domcontentloaded")
        for face, letters in page.evaluate(LETTERS).items():
            seen[face].update(letters)
        for family, style, ranges in page.evaluate(PROMISED):
            there[f"{family} {style}"] |= within(ranges)
    assert len(seen["Book Text normal"]) > 100
    missing = {}
    for face, letters in seen.items():
        if face.startswith("Book "):
            upright = face.replace("italic", "normal")  # slanted by the browser, where there is no italic
            missing[face] = letters - UNSEEN - (there.get(face) or there[upright])
    assert {face: letters for face, letters in missing.items() if letters} == NONE
