"""Cards for links: small, the same each time, in the page's colors and type, with the figure that the page begins with."""

import io
import re
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from PIL import Image

from book import cards
from book.drawn import Drawing, path_of
from book.metadata import CARD_SIZE
from book.openers import PICTURES, still_of
from book.stills import Stills
from nnlib.palette import LIGHT

MARKS = {"nn-positive": (30, 10), "nn-negative": (10, 30)}


@pytest.fixture(scope="module")
def faces():
    made = cards.Faces()
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    stills = Stills(tmp_path_factory.mktemp("stills"))
    yield SimpleNamespace(stills=stills)
    stills.close()


def rgb(color):
    return tuple(int(color[i : i + 2], 16) for i in (1, 3, 5))


def drawn(still, size=40):
    """Return the pixels of a still picture of 40 by 40 units."""
    figure = Figure(figsize=(size / 100, size / 100), dpi=100, facecolor="white")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, size), ylim=(size, 0))
    axes.axis("off")
    Drawing(axes, (0, 0), size / 40, (40, 40), ["DejaVu Sans"]).draw(still)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


def test_a_card_is_small_and_the_same_each_time(app, faces):
    words = ("Chapter 9", "Optimizers: better steps", "The book", still_of(app, "optimizers"))
    first, again = (cards.card(faces, *words) for _ in range(2))
    assert first == again and len(first) <= 60_000
    assert Image.open(io.BytesIO(first)).size == CARD_SIZE


def test_a_card_has_the_colors_of_the_page(app, faces):
    for name in ("neuron", "biology"):  # a picture beside the words, and one below them
        data = cards.card(faces, "Chapter 2", "Title: and more", "The book", still_of(app, name))
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        told = {color for _, color in picture.getcolors(CARD_SIZE[0] * CARD_SIZE[1])}
        assert picture.getpixel((5, 5)) == rgb(LIGHT["page"])
        assert {rgb(LIGHT[name]) for name in ("ink", "soft", "accent")} <= told


def test_a_title_without_a_chapter_is_as_long_as_may_be(app, faces):
    still = still_of(app, "layers")
    plain = cards.card(faces, "", "Short", "The book", still)
    assert cards.card(faces, "", "Incomprehensibilities of a very long title of a page " * 2, "The book", still) != plain


@pytest.mark.parametrize("page", PICTURES)
def test_every_picture_of_a_chapter_is_drawn(app, page):
    still = still_of(app, page)
    known = {"div", "svg", "g", "rect", "text", "path", "circle", "title", "img"}
    assert set(re.findall(r"<(\w+)", still)) <= known
    assert set("".join(re.findall(r' d="([^"]*)"', still))) <= set("MmLlHhVvCcAaZz 0123456789.-")
    (width, height), _ = cards.box_of(still)
    assert min(width, height) > 0


def test_points_lines_and_what_is_beyond_the_frame():
    marks = "".join(
        f'<g class="nn-point {sign}" transform="translate({x} {y}) scale(0.5)"><path class="nn-mark" d="M-8-8h16v16h-16z"/></g>'
        for sign, (x, y) in MARKS.items()
    )
    line = '<g class="nn-line nn-boundary "><path d="m0 20l40 0"/></g>'
    clipped = f'<svg class="nn-clip" x="0" y="0" width="20" height="40">{line}</svg>'
    shown = drawn(f'<svg class="nn-svg" viewBox="0 0 40 40"><g class="nn-ticks">{line}</g>{clipped}{marks}</svg>')
    for sign, (x, y) in MARKS.items():
        assert tuple(shown[y, x]) == rgb(LIGHT[sign.removeprefix("nn-")])
        assert tuple(shown[y, x - 7]) == (255, 255, 255)  # half as large as its path
    assert shown[20, 15].sum() < 300 and tuple(shown[20, 30]) == (255, 255, 255)


def test_a_path_is_followed_with_its_arcs():
    circle = path_of("M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z")
    assert np.allclose(np.hypot(*circle.interpolated(1).vertices[[0, 3, 6]].T), 5)
    assert np.allclose(circle.get_extents().extents, [-5, -5, 5, 5], atol=0.01)
    corner = path_of("M0 0h10a2 2 0 0 1 2 2v10")
    assert np.allclose(corner.vertices[-1], [12, 12]) and np.allclose(corner.vertices[-2], [12, 2])
    middle = Outline(corner.vertices[1:-1], [Outline.MOVETO, *corner.codes[2:-1]]).interpolated(9).vertices
    assert np.hypot(*(middle - [10, 2]).T).max() < 2.1 and middle[:, 1].min() > -1e-9  # it bulges outward
    assert path_of("m1 1l2 0l0 2").vertices.tolist() == [[1, 1], [3, 1], [3, 3]]


@pytest.mark.parametrize("base", ["", "https://example.org/"])
def test_cards_are_there_where_the_address_of_the_site_is_known(tmp_path, app, base):
    old = tmp_path / "_static/cards/old.png"
    old.parent.mkdir(parents=True)
    old.touch()
    title = SimpleNamespace(astext=lambda: "Neurons")
    names = {"chapters/neuron": title, "chapters/welcome": title}
    config = SimpleNamespace(root_doc="chapters/welcome", toc=None)
    env = SimpleNamespace(
        titles=names,
        config=config,
        toctree_includes={"chapters/welcome": ["chapters/neuron"]},
        toc_secnumbers={"chapters/neuron": {"": (2,)}},
    )
    settings = SimpleNamespace(html_baseurl=base, root_doc="chapters/welcome", html_title="The book")
    site = SimpleNamespace(env=env, config=settings, outdir=tmp_path, stills=app.stills)
    cards.begin(site)
    for page in names:
        cards.put_card(site, page, "page.html", {"body": ""}, "a doctree")
    cards.put_card(site, "search", "page.html", {}, None)
    cards.end(site)
    made = {path.relative_to(tmp_path / "_static/cards").as_posix() for path in tmp_path.rglob("*.png")}
    assert made == ({"old.png", "chapters/neuron.png", "chapters/welcome.png"} if base else set())
