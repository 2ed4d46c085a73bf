"""The book's typefaces for print: one weight a file, since Chromium puts no letters of variable fonts into a PDF as a font.

What it does of those is a drawing of each letter, which is more to store, slower to show, and read aloud by fewer programs.
"""

import base64
import io
import re
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

RULE = re.compile(r'@font-face \{ font-family: "Book (\w+)"; src: url\("([^"]+)"\) format\("woff2"\);([^}]*)\}')
WEIGHTS = re.compile(r"font-weight: (\d+) (\d+);")
MADE = '@font-face {{ font-family: "Paper {}"; src: url("data:font/ttf;base64,{}");{}}}\n'


def rules(assets):
    """Return the rules of the typefaces in the folder `assets`, each with its font in it; the families are called Paper."""
    sheet = (Path(assets) / "typefaces.css").read_text(encoding="utf-8")
    return "".join(_rules(Path(assets) / "fonts" / name, family, rest) for family, name, rest in RULE.findall(sheet))


def _rules(path, family, rest):
    weights = WEIGHTS.search(rest)
    if not weights:
        return MADE.format(family, _font(path, None), rest)
    lightest, heaviest = int(weights[1]), int(weights[2])
    middle = (lightest + heaviest) // 2
    return "".join(
        MADE.format(family, _font(path, weight), WEIGHTS.sub(f"font-weight: {first} {last};", rest))
        for weight, first, last in ((lightest, lightest, middle), (heaviest, middle + 1, heaviest))
    )


@cache
def _font(path, weight):
    """Return a font of one weight in base64; a font that has no other weights stays as it is."""
    with TTFont(path, recalcTimestamp=False) as font:
        if "fvar" in font:
            axis = font["fvar"].axes[0]
            chosen = min(max(weight or axis.defaultValue, axis.minValue), axis.maxValue)
            instancer.instantiateVariableFont(font, {axis.axisTag: chosen}, inplace=True)
        font.flavor = None
        held = io.BytesIO()
        font.save(held)
    return base64.b64encode(held.getvalue()).decode()
