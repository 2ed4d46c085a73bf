"""Make the book's typefaces, `assets/fonts/*.woff2`, of Adobe's Source family: python assets/fonts.py.

It needs what the book does not: `pip install brotli fontpkg-source-serif-4==4.4 fontpkg-source-sans-3==3.52
fontpkg-source-code-pro==1.26`, the packages that have the whole fonts. Each file keeps the letters and the weights that the
pages use. The license reserves the name of what is changed, so the files are named after what they are for.
"""

import io
from importlib.metadata import distribution
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FOLDER = Path(__file__).parent / "fonts"
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "ąćČčęěğıŁłńŒœőřŞşŚśŝŠšűŷŸźŻżŽž"
GREEK = "ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρςστυφχψωϕ"
SIGNS = "\u0302\u0304–—―‘’‚“”„•…′″€™←↑→↓∂∇∏∑−√∞∫≈≠≤≥■□▪▸▾○●✓✔✗✘‖"
RAISED = "⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵀᵃᵇᵏᵐᵗᵢᶻⱼ"
ALL = LATIN + GREEK + SIGNS + RAISED
WEIGHTS = (400, 400, 700)  # from, as a rule, to
FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "mkmk", "lnum", "tnum"]
FACES = {
    "text": ("source-serif-4", "SourceSerif4[opsz,wght].ttf", {"wght": WEIGHTS, "opsz": 16}, ALL),
    "italic": ("source-serif-4", "SourceSerif4-Italic[opsz,wght].ttf", {"wght": 400, "opsz": 16}, ALL),
    "heading": ("source-serif-4", "SourceSerif4[opsz,wght].ttf", {"wght": 600, "opsz": 40}, LATIN),
    "interface": ("source-sans-3", "SourceSans3[wght].ttf", {"wght": WEIGHTS}, ALL),
    "code": ("source-code-pro", "SourceCodePro[wght].ttf", {"wght": WEIGHTS}, ALL),
}


def made(name, package, file, axes, letters):
    """Return a typeface with these letters and axes, the bytes of a WOFF2 file."""
    [path] = [path for path in distribution(f"fontpkg-{package}").files if path.name == file]
    font = TTFont(path.locate(), recalcTimestamp=False)
    options = subset.Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    cut = subset.Subsetter(options)
    cut.populate(text=letters)
    cut.subset(font)
    whole = io.BytesIO()
    font.save(whole)
    font = instancer.instantiateVariableFont(TTFont(whole, recalcTimestamp=False), axes)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = f"Book-{name}"
    font.flavor, written = "woff2", io.BytesIO()
    font.save(written)
    return written.getvalue()


def main():
    """Write all files, and say how large they are."""
    FOLDER.mkdir(exist_ok=True)
    for name, face in FACES.items():
        data = made(name, *face)
        (FOLDER / f"book-{name}.woff2").write_bytes(data)
        print(f"book-{name}.woff2: {len(data):,} bytes")


if __name__ == "__main__":
    main()
