"""The plots of the chapters stand in their pages in the page's colors and typeface, and leave the rest of the page alone."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from book.pages import Finishing
from book.plots import as_part, in_page, to_dark
from nnlib import plotting
from nnlib.palette import DARK, LIGHT

ROOT = Path(__file__).parents[2]
NAME = "a" * 64


def drawn(tmp_path, draw):
    """Return the SVG of a plot as a chapter stores it."""
    with plt.rc_context({**plotting.STYLE, "svg.hashsalt": "nnlib", "svg.fonttype": "none"}):
        figure, ax = plt.subplots()
        draw(ax)
        figure.savefig(tmp_path / "plot.svg", metadata={"Date": None})
    plt.close(figure)
    return (tmp_path / "plot.svg").read_text(encoding="utf-8")


@pytest.fixture
def plot(tmp_path):
    def draw(ax):
        ax.imshow(np.eye(3), cmap=plotting.SIGNS)
        ax.plot([0, 1, 2], [0, 2, 1], "o-")
        ax.set(xlabel="x & y", yticks=[0, 0.0005], yticklabels=["0", "0.0005"])

    return drawn(tmp_path, draw)


def test_a_plot_has_the_colors_and_the_typeface_of_the_page_and_no_ground(plot):
    part = as_part(plot, "Three steps", "plot-1")
    assert part.startswith('<div class="nn-plot"><svg role="img" aria-label="Three steps"')
    assert part.endswith("</svg></div>")
    assert not re.findall(r"#[0-9a-f]{6}\b", part) and "DejaVu" not in part
    assert {"ink", "soft", "line", "interface"} <= set(re.findall(r"var\(--nn-([^)]*)\)", part))
    assert part.count('style="fill: none"') >= 2  # the plot's ground, and that of its axes
    assert "<style" not in part and "<metadata" not in part and "<?xml" not in part


def test_a_plot_keeps_its_words_to_the_letter_and_its_numbers_to_a_hundredth(plot):
    part = as_part(plot, "Three steps", "plot-1")
    assert {"0.0005", "x &amp; y"} <= set(re.findall(r">([^<>]+)</text>", part))
    assert not re.search(r' d="[^"]*\d\.\d{3}', part) and len(part) < len(plot)


def test_two_plots_of_one_page_have_no_id_in_common_and_find_their_own_parts(plot):
    ids = [set(re.findall(r' id="([^"]+)"', as_part(plot, "", mark))) for mark in ("plot-1", "plot-2")]
    assert ids[0] and not ids[0] & ids[1]
    part = as_part(plot, "", "plot-1")
    assert set(re.findall(r'(?:url\(|href=")#([^")]+)', part)) == ids[0]


def test_the_filter_takes_each_mixture_of_light_colors_to_that_of_the_dark_ones(plot):
    def mixed(theme, share, sign):
        return (1 - share) * np.array(to_rgb(theme["zero"])) + share * np.array(to_rgb(theme[sign]))

    for sign in ("negative", "positive"):
        for share in (0, 0.45, 1):
            np.testing.assert_allclose(to_dark() @ [*mixed(LIGHT, share, sign), 1], mixed(DARK, share, sign), atol=1e-12)
    np.testing.assert_allclose(to_dark() @ [*to_rgb(LIGHT["ink"]), 1], to_rgb(DARK["ink"]), atol=1e-12)
    [values] = re.findall(r'<feColorMatrix values="([^"]+)"', as_part(plot, "", "plot-1"))
    numbers = np.array(values.split(), float).reshape(4, 5)
    np.testing.assert_allclose(numbers[:3, [0, 1, 2, 4]], to_dark(), atol=1e-4)
    assert 'style="--nn-dark: url(#plot-1-dark)"' in as_part(plot, "", "plot-1")


def test_a_plot_that_is_too_wide_for_a_phone_is_known_by_its_class(tmp_path):
    wide = drawn(tmp_path, lambda ax: ax.figure.set_size_inches(9, 3))
    assert '<svg class="nn-wide"' in as_part(wide, "", "plot-1")


def test_a_plot_without_pixels_has_no_filter(tmp_path):
    assert "filter" not in as_part(drawn(tmp_path, lambda ax: ax.plot([0, 1])), "", "plot-1")


def test_a_page_gets_its_plots_and_a_color_of_no_palette_is_a_fault(tmp_path, plot):
    work = Finishing(tmp_path)
    (tmp_path / "_images").mkdir()
    file = tmp_path / "_images" / f"{NAME}.svg"
    file.write_text(plot, encoding="utf-8")
    page = f'<p>a</p><img alt="It&#39;s &lt; 1" src="../_images/{NAME}.svg" /><img alt="b" src="../_images/b.png" />'
    text = in_page(page, tmp_path / "a.html", work)
    assert 'aria-label="It&#39;s &lt; 1"' in text and text.count("<img") == 1 and not work.faults
    file.write_text(plot.replace(LIGHT["ink"], "#123456"), encoding="utf-8")
    in_page(page, tmp_path / "a.html", work)
    assert work.faults == {"a.html has a plot in colors that are not the palette's: #123456."}


def plots():
    """Yield the cell and the SVG of every plot that is stored in a chapter."""
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                if "image/svg+xml" in output.get("data", {}):
                    yield cell, output["data"]["image/svg+xml"]


def test_every_plot_of_the_chapters_says_in_words_what_it_is_and_in_a_caption_what_to_look_at():
    found = list(plots())
    assert len(found) > 20
    for cell, svg in found:
        told = cell.metadata["mystnb"]
        assert told["image"]["alt"] and told["figure"]["caption"].endswith("."), cell.id
        assert told["figure"]["caption"] != told["image"]["alt"], cell.id
        assert "<text" in svg or "plt" not in cell.source, f"{cell.id} has letters that are drawn: run it after course_setup"
        assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) <= {*LIGHT.values()}, cell.id
