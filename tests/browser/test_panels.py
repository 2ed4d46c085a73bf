"""Every kind of panel in a real browser: drawn, dragged, lit and crisp."""

import io
import re

import numpy as np
import pytest
from figures import ask
from gallery import Gallery
from PIL import Image

from nnlib import palette
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.models.playground.maps import LARGE
from nnlib.live import figure

# How often a redraw measures, and how often with a change before it that the browser had to lay out first.
MEASURED = """async (element, settings) => {
    const found = { all: 0, after: 0, styles: 0, changes: 0 };
    const changes = new MutationObserver(records => { found.changes += records.length; });
    for (const panel of element.querySelectorAll("[data-panel]"))
        changes.observe(panel, { subtree: true, childList: true, attributes: true, characterData: true });
    const { get } = Object.getOwnPropertyDescriptor(Element.prototype, "clientWidth");
    const styles = getComputedStyle;
    const note = () => {
        const count = changes.takeRecords().length;
        found.all += 1;
        found.after += count > 0;
        found.changes += count;
    };
    Object.defineProperty(Element.prototype, "clientWidth", { configurable: true, get() { note(); return get.call(this); } });
    globalThis.getComputedStyle = (...what) => { note(); found.styles += 1; return styles(...what); };
    await element.set(settings);
    Object.defineProperty(Element.prototype, "clientWidth", { configurable: true, get });
    globalThis.getComputedStyle = styles;
    return found;
}"""


@pytest.fixture
def shown(cell, monkeypatch):
    """Return the gallery, live in a cell."""
    monkeypatch.setitem(EXPLORABLES, "gallery", Gallery())
    return cell(figure("gallery"))


def panel(shown, name):
    return shown.locator(f'[data-panel="{name}"]')


def settled(shown):
    """Wait until all is answered, and return the picture's panels by name."""
    shown.evaluate("async element => { await element.set({}); }")
    x = float(shown.locator('[data-control="x"] input[type=number]').input_value())
    w1 = float(shown.locator('[data-control="w1"] input[type=number]').input_value())
    w2 = float(shown.locator('[data-control="w2"] input[type=number]').input_value())
    return x, w1, w2


def numbers(path):
    return np.array(re.findall(r"-?\d+(?:\.\d+)?", path), dtype=float)


def drag(page, locator, by):
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=4)
    page.mouse.up()


def test_a_point_is_dragged_along_its_curve_and_never_leaves_it(shown, page):
    knob = panel(shown, "curve").locator(".nn-knob")
    before = knob.bounding_box()
    drag(page, knob, (-60, -80))
    x, *_ = settled(shown)
    assert -2 < x < 0.5  # from 1.0
    after = knob.bounding_box()
    frame = panel(shown, "curve").locator(".nn-frame").bounding_box()
    high = (after["y"] + after["height"] / 2 - frame["y"]) / frame["height"]  # the pointer went up, the curve goes down
    assert 1.5 - 3 * high == pytest.approx(np.tanh(x), abs=0.02)
    assert after["x"] < before["x"] - 30


def test_the_keys_move_a_point_along_its_curve(shown, page):
    panel(shown, "curve").locator(".nn-handle").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    assert settled(shown)[0] == pytest.approx(1.55)


def test_the_present_weights_are_dragged_over_the_landscape(shown, page):
    drag(page, panel(shown, "loss").locator(".nn-knob"), (30, -20))
    _, w1, w2 = settled(shown)
    assert w1 > 1.8 and w2 > -0.45  # from 1.5 and −0.5


def test_a_neuron_shows_its_sum_above_its_value_and_a_gradient_keeps_a_digit(shown):
    network = panel(shown, "neuron")
    hidden, later = network.locator(".nn-node").nth(1), network.locator(".nn-node").nth(2)
    words = hidden.locator("text").all_text_contents()
    assert words == ["h", "0.91", "δ −2·10⁻⁵", "1.50"]  # tanh(1.5 · 1)
    tops = [hidden.locator("text").nth(index).bounding_box()["y"] for index in (0, 3, 1, 2)]
    assert tops == sorted(tops)  # name, sum, value, δ
    assert "nn-unknown" in later.get_attribute("class") and later.locator("text").all_text_contents() == ["later", "", "", ""]
    assert network.locator(".nn-edge-label + .nn-gradient").first.text_content() == "0.031"
    left, middle, right = (network.locator(".nn-node rect").nth(index).bounding_box()["x"] for index in range(3))
    assert right - middle == pytest.approx((middle - left) / 2, abs=0.1)


def test_the_words_of_edges_and_neurons_never_cross_on_a_narrow_screen(shown, page):
    for width in (700, 390, 320, 280):
        page.locator("#cell").evaluate("(cell, width) => { cell.style.width = `${width}px`; }", width)
        page.wait_for_timeout(100)
        network = panel(shown, "neuron")
        circles = [network.locator(".nn-node rect").nth(index).bounding_box() for index in range(2)]
        word = network.locator(".nn-edge-label").first.bounding_box()
        assert circles[0]["x"] + circles[0]["width"] - 1 <= word["x"], width
        assert word["x"] + word["width"] <= circles[1]["x"] + 1, width


def test_what_is_lit_flows_to_the_right_and_once_its_gradient_is_known_to_the_left(shown):
    shown.evaluate("async element => { await element.set({ mark: 'forward' }); }")
    wires = panel(shown, "graph").locator(".nn-edge.nn-lit .nn-wire")
    looks = wires.evaluate_all(
        "wires => wires.map(wire => getComputedStyle(wire)).map(s => [s.animationName, s.animationDirection])"
    )
    assert looks == [["nn-flow", "reverse"]] * 2  # both of these edges have a gradient
    still = panel(shown, "graph").locator(".nn-edge:not(.nn-lit) .nn-wire").first
    assert still.evaluate("wire => getComputedStyle(wire).animationName") == "none"


def test_a_picture_is_measured_first_and_then_drawn(shown):
    settled(shown)
    found = shown.evaluate(MEASURED, {"x": 0.5})
    assert found["styles"] == 1
    assert found["all"] == 1 + shown.locator("[data-panel]").count()  # the colors, and the width of each panel, once
    assert found["after"] == 0
    assert found["changes"] > 0


def test_what_has_not_changed_is_not_written_again(shown):
    settled(shown)
    assert shown.evaluate(MEASURED, {})["changes"] == 0


def test_a_logarithmic_axis_makes_powers_a_straight_line(shown):
    path = numbers(panel(shown, "depth").locator(".nn-line path").nth(0).get_attribute("d")).reshape(-1, 2)
    steps = np.diff(path, axis=0)
    np.testing.assert_allclose(steps, steps[[0]].repeat(len(steps), axis=0), atol=0.02)
    assert panel(shown, "depth").get_by_text("10⁻⁸").count() == 1


def test_panels_that_share_an_axis_stand_one_below_the_other(shown):
    frames = [panel(shown, name).locator(".nn-frame").bounding_box() for name in ("voltage", "current")]
    assert [frames[0][side] for side in ("x", "width")] == pytest.approx([frames[1][side] for side in ("x", "width")], abs=0.1)


def test_a_line_that_is_pointed_at_lights_the_edges_rows_and_code_with_its_key(shown, page):
    def lit():
        return shown.evaluate("element => [...element.querySelectorAll('.nn-lit')].map(part => part.dataset.key)")

    assert lit() == []
    line = panel(shown, "lines").get_by_text("L = z²")
    line.hover()
    assert set(lit()) == {"backward"} and len(lit()) == 6  # line, code, row, node, edge and its words
    page.mouse.move(1, 1)
    assert lit() == []
    panel(shown, "graph").locator(".nn-pullable").first.focus()
    assert set(lit()) == {"forward"}
    line.click()
    page.mouse.move(1, 1)
    shown.get_by_role("button", name="Reset").focus()
    assert set(lit()) == {"backward"}  # pressed, it stays lit
    assert line.get_attribute("aria-pressed") == "true"
    line.click()
    page.mouse.move(1, 1)
    shown.get_by_role("button", name="Reset").focus()
    shown.evaluate("async element => { await element.set({ mark: 'forward' }); }")
    assert set(lit()) == {"forward"}  # the picture's own


def test_the_rows_and_columns_of_a_product_light_up_across_its_matrices(shown):
    block = panel(shown, "forward").locator(".nn-block").nth(3)
    block.locator("tbody tr").nth(2).locator(".nn-entry").nth(1).hover()
    lit = shown.evaluate("element => [...element.querySelectorAll('.nn-block')].map(b => b.querySelectorAll('.nn-lit').length)")
    assert lit == [2, 2, 1, 6, 0, 0]  # the sample's row of X, the unit's column of W and b, and a cross in Z: 3 + 4 − 1


def test_an_entry_of_a_map_sets_what_its_row_and_its_column_stand_for(shown):
    entries = panel(shown, "choices").locator(".nn-entry")
    assert panel(shown, "choices").locator("[aria-current]").count() == 0
    entries.nth(2 * 4 + 1).click()
    assert settled(shown)[0] == 0
    assert shown.locator('[data-control="mark"] select').input_value() == "backward"
    assert entries.evaluate_all("all => all.map(one => one.getAttribute('aria-current'))").index("true") == 9
    panel(shown, "confusion").locator(".nn-entry").first.click()  # sets nothing
    assert settled(shown)[0] == 0


def test_the_classes_differ_in_shape_and_in_color(shown):
    marks = panel(shown, "classes").locator(".nn-mark")
    looks = marks.evaluate_all("marks => marks.map(mark => [mark.getAttribute('d'), getComputedStyle(mark).fill])")
    assert len({shape for shape, _ in looks}) == len({color for _, color in looks}) == 4
    assert panel(shown, "classes").locator(".nn-point").last.get_attribute("aria-label").startswith("point 48, class 3, at ")


def test_a_field_of_classes_has_each_class_in_its_own_corner(shown):
    pixel = "(canvas, [x, y]) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data.slice(0, 3)]"
    canvas = panel(shown, "classes").locator("canvas")
    colors = [canvas.evaluate(pixel, at) for at in ([8, 40], [40, 40], [28, 6], [8, 6])]
    assert [int(np.argmax(color)) for color in colors] == [2, 0, 1, 0]  # blue, orange, green, pink
    assert len({tuple(color) for color in colors}) == 4


def test_bars_begin_at_zero_also_where_there_are_signs(shown):
    ends = """track => {
        const { left, width } = track.getBoundingClientRect(), bar = track.firstChild.getBoundingClientRect();
        return [bar.left, bar.right].map(end => (end - left) / width);
    }"""
    up, down = (bar.evaluate(ends) for bar in panel(shown, "signed bars").locator(".nn-track").all())
    np.testing.assert_allclose([up, down], [[0.5, 0.75], [0.375, 0.5]], atol=0.001)


def test_an_image_with_signs_has_the_colors_of_signs(shown):
    canvas = panel(shown, "signed").locator("canvas")
    pixels = canvas.evaluate("canvas => [...canvas.getContext('2d').getImageData(0, 0, 4, 3).data]")
    colors, opaque = np.split(np.reshape(pixels, (12, 4)), [3], axis=1)  # of −4 to 7, where 8 would have the full color
    np.testing.assert_allclose(colors[0], [int(palette.LIGHT["negative"][i : i + 2], 16) for i in (1, 3, 5)], atol=2)
    assert [int(np.argmax(color)) for color in (colors[0], colors[11])] == [0, 2]  # orange, blue
    np.testing.assert_allclose(opaque[:, 0], 255 * np.abs(np.arange(-4, 8)) / ([4] * 4 + [8] * 8), atol=2)
    ground = canvas.evaluate("canvas => getComputedStyle(canvas).backgroundColor")
    assert ground == "rgb(246, 245, 242)"  # the palette's zero


class TestDensity:
    @pytest.fixture(params=[1, 2, 3])
    def context_options(self, request):
        return {"viewport": {"width": 1280, "height": 900}, "device_scale_factor": request.param}

    def test_a_field_is_smooth_to_the_last_pixel_of_the_screen(self, shown, context_options):
        plane = panel(shown, "loss")
        plane.locator(".nn-svg").first.evaluate("svg => { svg.style.visibility = 'hidden'; }")

        def largest_step():
            picture = Image.open(io.BytesIO(plane.locator("canvas").screenshot())).convert("RGB")
            pixels = np.asarray(picture, dtype=int)[3:-3, 3:-3]
            assert len(pixels) > 260 * context_options["device_scale_factor"]
            return max(np.abs(np.diff(pixels, axis=axis)).max() for axis in (0, 1))

        assert largest_step() <= 4
        plane.locator("canvas").evaluate("canvas => { canvas.style.imageRendering = 'pixelated'; }")
        assert largest_step() > 4  # this is what blocks would be


def test_a_panel_that_has_nothing_to_show_leaves_its_place_to_the_others(shown):
    at_times, choice = panel(shown, "at times"), shown.locator('[data-control="mark"] select')
    assert not at_times.is_visible()
    choice.select_option("forward")
    settled(shown)
    assert at_times.is_visible() and at_times.locator(".nn-line path").first.get_attribute("d")
    choice.select_option("none")
    settled(shown)
    assert not at_times.is_visible()


def test_the_numbers_of_a_curve_are_read_by_mouse_and_by_keys(shown, page):
    plot = panel(shown, "voltage")
    hold, words = plot.locator(".nn-readout rect"), plot.locator(".nn-readout text")
    assert words.first.evaluate("text => getComputedStyle(text.parentElement).opacity") == "0"
    plot.scroll_into_view_if_needed()
    box = plot.locator(".nn-frame").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert words.first.evaluate("text => getComputedStyle(text.parentElement).opacity") == "1"
    at = np.linspace(0, 100, 401)
    t, value = words.all_text_contents()[:2]
    assert float(t.removeprefix("time in ms ")) == pytest.approx(50, abs=0.5)
    voltage = -65 + 15 * (at % 26) / 26  # its period at x = 1
    near = voltage[np.abs(at - float(t.removeprefix("time in ms "))).argmin()]
    assert float(value.removeprefix("membrane voltage V ").replace("−", "-")) == pytest.approx(near, abs=1e-3)
    page.mouse.move(0, 0)
    assert words.first.evaluate("text => getComputedStyle(text.parentElement).opacity") == "0"
    hold.focus()
    page.keyboard.press("Home")
    assert hold.get_attribute("aria-valuetext").startswith("time in ms 0: membrane voltage V −65.000")
    page.keyboard.press("Shift+ArrowRight")
    assert hold.get_attribute("aria-valuetext").startswith("time in ms 2.5: ")
    page.keyboard.press("End")
    assert hold.get_attribute("aria-valuetext").startswith("time in ms 100: ")


def test_an_edge_without_weight_is_drawn_as_gone_and_says_so(shown, page):
    network = panel(shown, "layers")
    gone = network.locator(".nn-gone").first
    assert gone.get_attribute("d") is None
    shown.evaluate("element => element.set({ w1: 0 })")
    settled(shown)
    assert gone.get_attribute("d").count("M") == 6  # all that lead to the output
    assert gone.evaluate("path => getComputedStyle(path).strokeDasharray") != "none"
    shown.evaluate("element => element.set({ w1: 0.001 })")
    settled(shown)
    assert gone.get_attribute("d") is None


def test_a_node_that_is_pointed_at_or_pressed_has_its_map_in_the_outputs_place(cell, page):
    """By mouse while it is there, by keys while the focus is there, and by a press until the next one."""
    shown = cell(figure("playground"))
    title = shown.locator('[data-panel="output"] .nn-panel-title')
    canvas = shown.locator('[data-panel="output"] canvas')

    def node(name):
        return shown.get_by_role("button", name=f"{name}: its map", exact=True)

    own, width = title.inner_text(), "one => one.width"
    assert own == "The output, and the points" and canvas.evaluate(width) == LARGE
    node("neuron 2 of layer 1").hover()
    assert title.inner_text() == "Neuron 2 of layer 1, and the points" and canvas.evaluate(width) == 30
    of_node = shown.locator('[data-panel="network"] .nn-field').nth(3)  # after two features and a neuron
    pixels = """one => Array.from(one.getContext("2d").getImageData(0, 0, 30, 30).data.filter((_, at) => at % 4 === 3))"""
    lent, its_own = (np.array(each.evaluate(pixels)) for each in (canvas, of_node))  # how opaque: behind its points less so
    np.testing.assert_allclose(lent / 0.5, its_own / 0.85, atol=4)
    assert np.ptp(lent) > 50
    page.mouse.move(1, 1)
    assert title.inner_text() == own and canvas.evaluate(width) == LARGE
    node("ŷ").or_(node("output ŷ")).first.hover()
    assert title.inner_text() == own
    page.mouse.move(1, 1)
    shown.locator(".nn-chosen").focus()
    page.keyboard.press("Tab")
    assert title.inner_text() == "x₁, and the points"
    page.keyboard.press("ArrowRight")
    assert title.inner_text() == "Neuron 2 of layer 1, and the points"  # that beside it
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert node("neuron 3 of layer 1").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Tab")
    assert title.inner_text() == "Neuron 3 of layer 1, and the points"
    ask(shown, "set", {"lens": "a neuron"})
    assert row_of(shown, "layer") == "1" and row_of(shown, "neuron") == "3"
    node("neuron 3 of layer 1").click()
    page.mouse.move(1, 1)
    assert title.inner_text() == own
    node("x₂").click()
    page.mouse.move(1, 1)
    shown.locator('[data-do="step"]').click()
    ask(shown, "set", {})
    assert title.inner_text() == "x₂, and the points"
    shown.get_by_role("button", name="Reset").click()
    ask(shown, "set", {})
    assert title.inner_text() == own


def row_of(shown, name):
    return shown.locator(f'[data-control="{name}"] input[type="number"]').input_value()
