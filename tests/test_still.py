"""The still pictures show the numbers of their panels, and the same panel gives the same bytes."""

import matplotlib.image
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from book import still
from nnlib import palette
from nnlib.explorables import EXPLORABLES, panels
from nnlib.live.protocol import reply
from nnlib.live.text_panels import words_html


def every_panel():
    for name in EXPLORABLES:
        for panel in reply(name, {})["picture"]:
            if words_html(panel) is None:
                yield pytest.param(panel, id=f"{name}-{panel['name']}")


def drawn(panel, width=5):
    figure = Figure(figsize=(width, width / panel["aspect"]))
    still.DRAW[panel["kind"]](figure, panel, palette.LIGHT)
    return figure.axes[0]


@pytest.mark.parametrize("panel", list(every_panel()))
@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_every_panel_has_a_still_picture_that_is_the_same_each_time(panel, theme):
    first = still.still_svg(panel, theme)
    assert first.startswith(b"<?xml") and first == still.still_svg(panel, theme)


def test_the_two_themes_differ():
    panel = next(every_panel()).values[0]
    assert still.still_svg(panel, palette.LIGHT) != still.still_svg(panel, palette.DARK)


def picture(name, **settings):
    return {panel["name"]: panel for panel in reply(name, settings)["picture"]}


def test_a_plane_shows_its_field_its_boundary_and_its_points():
    panel = picture("tune_a_neuron", task="AND")["plane"]
    axes = drawn(panel)
    np.testing.assert_array_equal(axes.images[0].get_array(), panel["field"])
    assert axes.images[0].get_extent() == [-2, 2, -2, 2]
    np.testing.assert_array_equal(axes.lines[0].get_xydata(), panel["lines"][0]["at"])
    shown = np.vstack([line.get_xydata() for line in axes.lines[1:3]])
    assert sorted(map(tuple, shown)) == sorted(map(tuple, panel["points"]["at"]))


def test_bars_are_as_long_as_their_values():
    panel = picture("draw_a_digit")["answer"]
    lengths = np.array([bar.get_width() for bar in drawn(panel).patches])
    np.testing.assert_allclose(lengths[1::2] / lengths[::2], panel["values"])


def test_images_show_their_numbers():
    panel = picture("draw_a_digit")["seen"]
    np.testing.assert_array_equal(drawn(panel).images[0].get_array(), panel["values"])
    assert isinstance(drawn(panel).images[0], matplotlib.image.AxesImage)


def test_an_image_with_signs_has_the_colors_of_signs_and_none_at_zero():
    image = drawn(panels.image("i", "", [[-2, 0, 6]], low=-2, high=6, signed=True)).images[0]
    colors = [to_hex(image.to_rgba(value)) for value in (-2, 0, 6)]
    assert colors == [palette.LIGHT[name] for name in ("negative", "zero", "positive")]


def test_a_neuron_shows_its_sum_its_delta_and_that_it_is_not_known_yet():
    waiting = picture("backprop_step_by_step")["graph"]
    done = next(panel for panel in reply("backprop_step_by_step", {}, steps=23)["picture"] if panel["name"] == "graph")
    circles = [patch for patch in drawn(waiting).patches if hasattr(patch, "radius")]
    assert [circle.get_linestyle() for circle in circles].count("-") == 4  # x₁, x₂ and two ones; the others are dashed
    texts = [text.get_text() for text in drawn(done, still.WIDE).texts]
    assert {"h₁", "1.00", "0.73", "δ −0.049", "w₁₁ = 0.50", "−0.039", "L", "0.18"} <= set(texts)
    assert not {"0.73", "δ −0.049"} & {text.get_text() for text in drawn(waiting, still.WIDE).texts}


def test_the_layers_of_a_still_network_are_as_far_apart_as_it_says():
    circles = [patch for patch in drawn(picture("backprop_step_by_step")["graph"]).patches if hasattr(patch, "radius")]
    across = sorted({round(circle.center[0], 3) for circle in circles})
    gaps = np.diff(across)
    np.testing.assert_allclose(gaps / gaps[0], [1, 1, 0.5], atol=1e-4)


def test_a_network_writes_every_weight_on_its_edge():
    panel = picture("tune_a_neuron", w1=-1.5)["diagram"]
    texts = [text.get_text() for text in drawn(panel).texts]
    assert {"w₁ = −1.50", "w₂ = 2.00", "b = 0.50", "sigmoid"} <= set(texts)


def test_no_wire_of_a_still_network_strikes_through_words():
    axes = drawn(picture("xor_by_hand")["network"], still.WIDE)
    assert min(text.get_zorder() for text in axes.texts) > max(wire.get_zorder() for wire in axes.patches)


def test_a_still_network_of_many_weights_has_an_edge_for_each_and_a_picture_in_each_node():
    fields = np.arange(6 * 4, dtype=np.uint8).reshape(6, 2, 2)
    axes = drawn(panels.layers("n", "", [np.ones((2, 3)), -np.ones((3, 1))], fields=fields, inputs=["x₁", "x₂"]))
    assert len(axes.patches) == 9 + 6 and len(axes.images) == 6
    colors = [to_hex(patch.get_edgecolor()) for patch in axes.patches[:9]]
    assert colors == [palette.LIGHT["positive"]] * 6 + [palette.LIGHT["negative"]] * 3
    assert [text.get_text() for text in axes.texts] == ["x₁", "x₂"]
