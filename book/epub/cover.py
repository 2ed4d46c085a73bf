"""The cover: the title over a picture that a figure of the book has drawn, in the book's typefaces."""

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from PIL import Image

from book.cards import POINT, WHOLE, Faces, packed, wrapped
from book.drawn import Drawing
from book.epub import pictures
from book.epub.nodes import Node, article_of, parsed, written
from book.openers import box_of
from nnlib.palette import LIGHT

SIZE = (1200, 1800)  # pixels
EDGE = 112  # pixels around all
TITLE, AUTHOR, LEADING = 160, 40, 1.1
BAND = 20  # pixels of color at the top


def picture_of(pages):
    """Return the still that is the picture of the book, out of the opener of one of its pages, HTML by name; or nothing."""
    for name in sorted(pages, key=lambda name: name != WHOLE):
        for opening in Node("div", {}, *parsed(article_of(name, pages[name]))).all(".nn-picture"):
            holder = next((node for node in opening.elements() if pictures.is_still(node)), None)
            if holder:
                return written(holder.children)
    return ""


def cover(title, author, still):
    """Return the cover as a PNG file: the same words and picture give the same bytes."""
    width, height = SIZE
    figure = Figure(figsize=(width / 100, height / 100), dpi=100, facecolor=LIGHT["page"])
    canvas, faces = FigureCanvasAgg(figure), Faces()
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.set_autoscale_on(False)
    axes.axis("off")
    axes.axhspan(0, BAND, color=LIGHT["accent"], linewidth=0)
    try:
        renderer = figure.canvas.get_renderer()
        look = FontProperties(family=faces.heading, size=TITLE * POINT)

        def fits(text):
            return renderer.get_text_width_height_descent(text, look, False)[0] <= width - 2 * EDGE

        y = EDGE + BAND
        for line in wrapped(title, fits):
            y += LEADING * TITLE
            axes.text(EDGE, y, line, fontproperties=look, color=LIGHT["ink"])
        if still:
            _draw(axes, still, faces.interface, (EDGE, y + EDGE, width - EDGE, height - 2 * EDGE))
        small = {"fontsize": AUTHOR * POINT, "family": faces.interface, "color": LIGHT["soft"]}
        axes.text(EDGE, height - EDGE, author, **small)
        canvas.draw()
        drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    finally:
        faces.close()
    return packed(drawn)


def _draw(axes, still, families, room):
    """Draw a still as large as it fits into the room, in its middle."""
    left, top, right, bottom = room
    box, (x, y, wide, high) = box_of(still)
    scale = min((right - left) / wide, (bottom - top) / high)
    corner = left + (right - left - scale * wide) / 2, top + (bottom - top - scale * high) / 2
    Drawing(axes, (corner[0] - scale * x, corner[1] - scale * y), scale, box, families).draw(still)
