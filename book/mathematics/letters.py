"""MathJax's fonts with the letters of the book's formulas alone: half of what they weigh is for the formulas of others."""

import hashlib
import io
import re

from fontTools import subset  # it comes with matplotlib
from fontTools.ttLib import TTFont

CONTENT = re.compile(r'\bcontent: "((?:[^"\\]|\\.)*)"')
ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6}) ?|\\(.)")
FONT = re.compile(r'url\("([^")]+/)?([^/")]+\.woff)"\)')


def letters_of(style):
    """Return the letters that a style sheet of MathJax's writes, each of which some formula has."""

    def bare(found):
        return chr(int(found[1], 16)) if found[1] else found[2]

    return {letter for written in CONTENT.findall(style) for letter in ESCAPE.sub(bare, written)}


def cut(path, letters):
    """Return the bytes of a font, WOFF, with these letters alone, as far as it has them; as it is where it has none."""
    font = TTFont(path, recalcTimestamp=False)
    if not {*map(ord, letters)} & {*font.getBestCmap()}:
        return path.read_bytes()
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=False)
    options.drop_tables += ["FFTM"]  # when FontForge made it
    own = subset.Subsetter(options)
    own.populate(text="".join(sorted(letters)))
    own.subset(font)
    font.flavor, written = "woff", io.BytesIO()
    font.save(written)
    return written.getvalue()


def put_fonts(style, source, target):
    """Write the fonts that a style sheet names into a folder, and return the sheet with what tells their editions apart."""
    letters = letters_of(style)
    target.mkdir(parents=True, exist_ok=True)

    def put(found):
        data = cut(source / found[2], letters)
        (target / found[2]).write_bytes(data)
        return f'url("{found[1] or ""}{found[2]}?v={hashlib.sha256(data).hexdigest()[:8]}")'

    return FONT.sub(put, style)
