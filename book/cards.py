"""The cards of pages, a Sphinx extension: what programs show for a link, a picture with the title and a figure of the page.

They are drawn where `html: baseurl:` in `_config.yml` tells the address of the site, without which no card can be found; no
page shows one, so that readers fetch none.
"""

import io
import shutil
import tempfile
from functools import cached_property
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image

from book.drawn import Drawing
from book.face import family, forget
from book.hooks import on_website, when_built
from book.metadata import CARD_FOLDER, CARD_SIZE, page_title
from book.numbers import chapter_numbers
from book.openers import FIGURE, box_of, still_of
from nnlib.palette import LIGHT

FONTS = Path(__file__).parents[1] / "assets" / "fonts"
WHOLE = "layers"  # the page whose picture is that of the book, and of pages without one
EDGE, SIDE = 64, 502  # pixels: around all, and the side of the square for a picture beside the words
BROAD = 1.9  # times as wide as high: a picture that stands below the words
TITLES = (80, 72, 64, 56, 48, 42)  # pixels of a title: the largest that fits in so many lines, beside a picture or above it
LINES_BESIDE, LINES_ABOVE = 4, 1
MORE, SMALL = 33, 25  # pixels of what comes after the colon of a title; of the rest
LEADING, GAP = 1.12, 22  # from line to line, and between the parts in pixels
POINT = 0.72  # points of a pixel
COLORS = 120  # of a file: as many as keep a soft field soft


def setup(app):
    """Register when cards are drawn."""
    on_website(app, "builder-inited", begin)
    on_website(app, "html-page-context", put_card)
    when_built(app, end)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def begin(app):
    """Have the typefaces at hand."""
    app.card_faces = Faces()


def put_card(app, pagename, templatename, context, doctree):
    """Draw the card of a page."""
    if not app.config.html_baseurl or doctree is None:
        return
    number = chapter_numbers(app.env).get(pagename, "")
    kicker = f"Chapter {number}" if number.isdigit() else ""
    first = FIGURE.search(context.get("body", ""))
    still = (pagename != app.config.root_doc and still_of(app, pagename, first)) or still_of(app, WHOLE)
    book = app.config.html_title or app.config.project
    path = Path(app.outdir, CARD_FOLDER, f"{pagename}.png")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(card(app.card_faces, kicker, page_title(app, pagename, context), book, still))


def end(app):
    """Take the cards away where none can be found, and the copies of the typefaces."""
    if not app.config.html_baseurl:
        shutil.rmtree(Path(app.outdir, CARD_FOLDER), ignore_errors=True)
    app.card_faces.close()


class Faces:
    """The typefaces of cards, unpacked when the first is drawn."""

    @cached_property
    def _folder(self):
        return tempfile.mkdtemp()

    @cached_property
    def heading(self):
        """Return the families of titles: the first lacks what is not Latin."""
        return [family(FONTS / f"book-{name}.woff2", self._folder) for name in ("heading", "text")]

    @cached_property
    def interface(self):
        """Return the families of what is small: the second has the indices and Greek letters of pictures."""
        return [family(FONTS / f"book-{name}.woff2", self._folder) for name in ("interface", "interface-signs")]

    def close(self):
        """Take the copies away."""
        if "_folder" in vars(self):
            forget(self._folder)
            shutil.rmtree(self._folder)


def card(faces, kicker, title, book, still):
    """Return a card as a PNG file: the same words and picture give the same bytes."""
    width, height = CARD_SIZE
    figure = Figure(figsize=(width / 100, height / 100), dpi=100, facecolor=LIGHT["page"])
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_autoscale_on(False)
    axes.axis("off")
    box, (left, top, wide, high) = box_of(still)
    beside = wide < BROAD * high  # or below the words
    room = width - 2 * EDGE - beside * (SIDE + EDGE)
    below = _words(axes, faces, (kicker, title, book), room, LINES_BESIDE if beside else LINES_ABOVE)
    room = (SIDE, SIDE) if beside else (room, height - EDGE - below)
    scale = min(room[0] / wide, room[1] / high)
    corner = width - EDGE - scale * wide - beside * (SIDE - scale * wide) / 2, height - EDGE - (room[1] + scale * high) / 2
    Drawing(axes, (corner[0] - scale * left, corner[1] - scale * top), scale, box, faces.interface).draw(still)
    canvas.draw()
    return packed(Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB"))


def packed(picture):
    """Return a picture as a PNG file of few colors, those of the page among them as they are."""
    own = [[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in LIGHT.values()]
    palette, written = Image.new("P", (1, 1)), io.BytesIO()
    most = picture.quantize(COLORS, Image.Quantize.MEDIANCUT).getpalette()[: 3 * COLORS]
    palette.putpalette([part for color in own for part in color] + most)
    few = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    numbers, pixels = np.array(few), np.asarray(picture)
    for number, color in enumerate(own):  # what Pillow takes for the nearest color is not always itself
        numbers[(pixels == color).all(axis=-1)] = number
    few.putdata(numbers.ravel().tolist())
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


def _words(axes, faces, words, room, most):
    """Set the words of a card in a column of so many pixels, the title in at most so many lines; return where they end."""
    kicker, title, book = words
    renderer = axes.figure.canvas.get_renderer()

    def fits(size, families):
        look = FontProperties(family=families, size=size * POINT)
        return lambda text: renderer.get_text_width_height_descent(text, look, False)[0] <= room

    def put(y, text, size, families, color):
        axes.text(EDGE, y, text, fontsize=size * POINT, family=families, color=LIGHT[color])

    def is_short(size):
        fit = fits(size, faces.heading)
        return len(lines := wrapped(first, fit)) <= most and all(map(fit, lines))

    put(EDGE + 0.8 * SMALL, kicker, SMALL, faces.interface, "accent")
    put(CARD_SIZE[1] - EDGE, book if book != title else "", SMALL, faces.interface, "soft")
    first, _, more = title.partition(": ")
    largest = next(filter(is_short, TITLES), TITLES[-1])
    y = EDGE + GAP if kicker else EDGE - GAP
    for part, size, families, color in ((first, largest, faces.heading, "ink"), (more, MORE, faces.heading[1:], "soft")):
        for line in wrapped(part, fits(size, families)):
            y += LEADING * size
            put(y, line, size, families, color)
        y += GAP
    return y


def wrapped(words, fits):
    """Return words in lines that fit; one that is too long has a line for itself."""
    lines = []
    for word in words.split():
        if lines and fits(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
