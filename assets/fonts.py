"""Make the book's typefaces, `assets/fonts/*.woff2`, of Adobe's Source family, and their rules: python assets/fonts.py.

It needs what the book does not: `pip install brotli fontpkg-source-serif-4==4.4 fontpkg-source-sans-3==3.52
fontpkg-source-code-pro==1.26`, the packages that have the whole fonts. The license reserves the name of what is changed, so
the files are named after what they are for. Each typeface is in three files, and a page fetches those whose letters it has:
plain English, the signs of mathematics, and the letters of other languages.
"""

import io
import re
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).parent / "fonts"
SHEET = Path(__file__).parent / "typefaces.css"
ENGLISH = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0©°±²·×–—‘’“”…→−\u0302\u0304"  # hats and bars go with their letters
COMMON = "₁₂ŷηλσφ∂○●■½√↓"  # signs that most pages have
GREEK = "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρςστυφχψωϕ"
RAISED = "¹³⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵀᵃᵇᵏᵐᵗᶻ"
SIGNS = GREEK + RAISED + "¼½¾ŝŷ•′″€™←↑↓∂∏∑√∞∫≈≠≤≥■□▪▸▾○●✓✔✗✘‖"
LATIN = "".join(map(chr, range(0xA1, 0x100))) + "ąćČčęěğıŁłńŒœőřŞşŚśŠšűŸźŻżŽž„‚―"
PARTS = {
    "": ENGLISH + COMMON,
    "-signs": "".join(letter for letter in SIGNS if letter not in COMMON),
    "-latin": "".join(letter for letter in LATIN if letter not in ENGLISH + SIGNS),
}
LENT = "ϕ□▪▸▾○●✔✗✘‖⁺⁻₊₋ᵀ"  # by the sans to the serif, which does not have them
NONE = "✔✗✘⁺⁻₊₋ᵀ"  # in code: a letter that is lent would be of another width
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum"]
RULE = '@font-face {{ font-family: "Book {}"; src: url("{}") format("woff2"); {}; font-display: swap; unicode-range: {}; }}\n'
RULES = re.compile(r'(?:@font-face \{ font-family: "Book [^\n]*\n)+')


@dataclass(frozen=True)
class Face:
    """A typeface of the book: the family that it is of there, its looks, what it is made of, and the letters that it lacks.

    A range of weights is (by default, from, to); `bold` are the parts that have it, the others have the first weight alone.
    """

    family: str
    looks: str
    package: str
    file: str
    axes: dict
    bold: tuple = ("",)
    lacks: str = ""


SERIF, UPRIGHT = "source-serif-4", "SourceSerif4[opsz,wght].ttf"
ITALIC, SANS, CODE = "SourceSerif4-Italic[opsz,wght].ttf", "SourceSans3[wght].ttf", "SourceCodePro[wght].ttf"
RANGE, SEMIBOLD = {"wght": (400, 400, 700)}, {"wght": (400, 400, 600)}
FACES = {
    "text": Face("Text", "font-weight: 400 700", SERIF, UPRIGHT, {**RANGE, "opsz": 16}, lacks=LENT),
    "italic": Face("Text", "font-style: italic", SERIF, ITALIC, {"wght": 400, "opsz": 16}, lacks=LENT),
    "heading": Face("Heading", "font-weight: 600", SERIF, UPRIGHT, {"wght": 600, "opsz": 40}, lacks=LENT),
    "interface": Face("Interface", "font-weight: 400 600", "source-sans-3", SANS, SEMIBOLD, bold=("", "-signs")),
    "code": Face("Code", "font-weight: 400 700", "source-code-pro", CODE, RANGE, lacks=NONE),
}


def letters(face, part):
    """Return the letters of a part of a typeface."""
    return "".join(letter for letter in PARTS[part] if letter not in face.lacks)


def rules():
    """Return the rules of all files, for the style sheet."""
    own = [
        RULE.format(face.family, f"book-{name}{part}.woff2", face.looks, ranges(letters(face, part)))
        for name, face in FACES.items()
        for part in PARTS
    ]
    lent = [
        RULE.format(face.family, f"book-interface{part}.woff2", face.looks, ranges(lent))
        for face in FACES.values()
        if face.lacks == LENT
        for part in PARTS
        if (lent := [letter for letter in LENT if letter in PARTS[part]])
    ]
    return "".join(own + lent)


def ranges(letters):
    """Return letters as CSS writes them, U+41-5A, U+61."""
    runs = []
    for code in sorted(map(ord, letters)):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ", ".join(f"U+{first:X}-{last:X}" if last > first else f"U+{first:X}" for first, last in runs)


def made(name, face, part):
    """Return a part of a typeface, the bytes of a WOFF2 file; raises ValueError where the whole font has not its letters."""
    [path] = [path for path in distribution(f"fontpkg-{face.package}").files if path.name == face.file]
    font = TTFont(path.locate(), recalcTimestamp=False)
    missing = [letter for letter in letters(face, part) if ord(letter) not in font.getBestCmap()]
    if missing:
        raise ValueError(f"{face.file} has no {' '.join(missing)}.")
    options = subset.Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    cut = subset.Subsetter(options)
    cut.populate(text=letters(face, part))
    cut.subset(font)
    whole = io.BytesIO()
    font.save(whole)
    axes = {
        axis: limits[0] if isinstance(limits, tuple) and part not in face.bold else limits for axis, limits in face.axes.items()
    }
    font = instancer.instantiateVariableFont(TTFont(whole, recalcTimestamp=False), axes)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = f"Book-{name}{part}"
    font.flavor, written = "woff2", io.BytesIO()
    font.save(written)
    return written.getvalue()


def main():
    """Write all files and their rules, and say how large they are."""
    FOLDER.mkdir(exist_ok=True)
    for name, face in FACES.items():
        for part in PARTS:
            data = made(name, face, part)
            (FOLDER / f"book-{name}{part}.woff2").write_bytes(data)
            print(f"book-{name}{part}.woff2: {len(data):,} bytes")
    SHEET.write_text(RULES.sub(rules(), SHEET.read_text(encoding="utf-8"), count=1), encoding="utf-8")


if __name__ == "__main__":
    main()
