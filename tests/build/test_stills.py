"""The still pictures, drawn in Node: they show the numbers of their panels, and the same panel gives the same bytes."""

import base64
import io
import re
import subprocess
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest
from gallery import Gallery

from book.node import node
from book.stills import Stills
from nnlib import palette
from nnlib.explorables import EXPLORABLES, panels
from nnlib.live.protocol import reply

GALLERY = Gallery()
BOOK = Path(__file__).parents[2] / "book"


@pytest.fixture(scope="module")
def stills(tmp_path_factory):
    """Return the program that draws still pictures, and remembers none from another run."""
    program = Stills(tmp_path_factory.mktemp("stills"))
    yield program
    program.close()


@pytest.fixture
def drawn(stills):
    """Return a function that draws one panel, or those of a figure's picture by name."""

    def drawn(shown, **settings):
        if isinstance(shown, dict):
            return stills.of({"settings": {}, "picture": [shown]})[shown["name"]]
        return stills.of(reply(shown, settings))

    return drawn


def texts(still):
    return re.findall(r"<text[^>]*>([^<]*)</text>", still)


def layers(still):
    """Return the pixels of each layer by the color that the page gives it, or by "" where they have colors of their own."""
    themed = re.findall(r"--color:var\(--nn-(\w+)\);--mask:url\(data:image/png;base64,([^)]*)\)", still)
    own = re.findall(r'src="data:image/png;base64,([^"]*)"', still)
    files = [*themed, *(("", file) for file in own)]
    return {color: matplotlib.image.imread(io.BytesIO(base64.b64decode(file))) for color, file in files}


def opacity(still, color):
    return 255 * layers(still)[color][..., -1]


def picture(name, **settings):
    return {panel["name"]: panel for panel in reply(name, settings)["picture"]}


@pytest.mark.parametrize("explorable", [*EXPLORABLES.values(), GALLERY], ids=lambda explorable: explorable.name)
def test_every_panel_has_a_still_picture_that_is_the_same_each_time(stills, monkeypatch, tmp_path, explorable):
    monkeypatch.setitem(EXPLORABLES, explorable.name, explorable)
    shown = reply(explorable.name, {})
    first = stills.of(shown)
    assert [*first] == [panel["name"] for panel in shown["picture"]]
    drawn = {panel["name"] for panel in shown["picture"] if panels.shown(panel)}
    assert drawn == {name for name, still in first.items() if re.search(r">[^<]|<path|--mask", still)}
    assert stills.of(shown) == first
    again = Stills(tmp_path)
    assert again.of(shown) == first
    again.close()


def test_nothing_in_a_still_picture_can_be_taken_hold_of(drawn):
    still = drawn("train_a_perceptron")["plane"] + drawn("tune_a_neuron")["plane"]
    assert "nn-handle" in still and "nn-point" in still
    assert not re.search(r"tabindex|nn-hit|role=\"(slider|button|group)", still)
    assert '<svg class="nn-svg" viewBox="0 0 320 320" role="img" aria-label="' in still


def test_a_panel_with_a_row_for_itself_has_a_still_picture_for_a_wide_figure_and_one_for_a_narrow(drawn):
    still = drawn("backprop_step_by_step")
    assert re.findall(r'viewBox="0 0 (\d+) ', still["graph"]) == ["320", "656"]
    assert re.findall(r'viewBox="0 0 (\d+) ', still["slope"]) == ["320"]
    assert "nn-still" not in still["code"]  # a text has its row as it comes


def test_colors_are_those_of_the_page(drawn):
    for name in EXPLORABLES:
        assert not re.search(r"#[0-9a-f]{6}\b|rgba?\(", "".join(drawn(name).values())), name


def test_a_plane_shows_its_field_its_boundary_and_its_points(drawn):
    panel = picture("tune_a_neuron", task="AND")["plane"]
    still = drawn(panel)
    field = np.flipud(panel["field"])  # the first row of a field is the lowest
    low, zero, high = panel["scale"]
    for color, end in (("positive", high), ("negative", low)):  # half as strong as the colors' own
        strength = np.maximum(0, (field - zero) / (end - zero))
        np.testing.assert_allclose(opacity(still, color), 127.5 * strength, atol=1.5)
    ends = re.search(r'nn-boundary "><title>[^<]*</title><path d="m([\d.-]+) ([\d.-]+)l([\d.-]+) ([\d.-]+)"', still)
    start, way = np.array([float(number) for number in ends.groups()]).reshape(2, 2)
    pixels = 44 + 67 * (panel["lines"][0]["at"][:, 0] + 2), 12 + 67 * (2 - panel["lines"][0]["at"][:, 1])
    np.testing.assert_allclose([start, start + way], np.transpose(pixels), atol=0.1)
    shown = re.findall(r'nn-point nn-(\w+)[^>]* transform="translate\(([\d.-]+) ([\d.-]+)\)"', still)
    at = [(round((float(x) - 44) / 67 - 2, 1), round(2 - (float(y) - 12) / 67, 1)) for _, x, y in shown]
    np.testing.assert_allclose(at, panel["points"]["at"], atol=0.06)
    assert [label == "positive" for label, *_ in shown] == [*(panel["points"]["labels"] > 0)]


def test_a_field_of_classes_has_the_colors_of_its_classes_in_both_themes(drawn):
    shares = np.zeros((2, 2, 3))
    shares[[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 2, 2]] = 1
    pixels = layers(drawn(panels.plane("c", "", ("x", 0, 1), ("y", 0, 1), field=shares)))[""]
    blue, orange, green = (matplotlib.colors.to_rgb(color) for color in palette.CLASSES[:3])
    np.testing.assert_allclose(pixels[..., :3], [[green, green], [blue, orange]], atol=0.01)
    np.testing.assert_allclose(pixels[..., 3], 0.5, atol=0.01)


def test_bars_are_as_long_as_their_values(drawn):
    panel = picture("draw_a_digit")["answer"]
    lengths = re.findall(r"transform:translateX\(0\.0+%\) scaleX\(([^)]*)\)", drawn(panel))
    np.testing.assert_allclose([float(length) for length in lengths], panel["values"], atol=1e-6)


def test_images_show_their_numbers(drawn):
    panel = picture("draw_a_digit")["seen"]
    np.testing.assert_allclose(opacity(drawn(panel), "ink"), 255 * panel["values"] / panel["high"], atol=1)


def test_an_image_with_signs_has_the_colors_of_signs_and_none_at_zero(drawn):
    still = drawn(panels.image("i", "", [[-2, 0, 6]], low=-2, high=6, signed=True))
    assert "nn-signed" in still
    np.testing.assert_allclose(opacity(still, "negative"), [[255, 0, 0]], atol=2)
    np.testing.assert_allclose(opacity(still, "positive"), [[0, 0, 255]], atol=2)


def test_a_neuron_shows_its_sum_its_delta_and_that_it_is_not_known_yet(drawn):
    waiting = drawn(picture("backprop_step_by_step")["graph"])
    done = next(panel for panel in reply("backprop_step_by_step", {}, steps=23)["picture"] if panel["name"] == "graph")
    assert len(re.findall(r'class="nn-node"', waiting)) == 2 * 4  # x₁, x₂ and two ones, at both widths; the others wait
    seen = {"h₁", "1.00", "0.73", "δ −0.049", "w₁₁ = 0.50", "−0.039", "L", "0.18"}
    assert seen <= set(texts(drawn(done)))
    assert not {"0.73", "δ −0.049"} & set(texts(waiting))


def test_the_layers_of_a_still_network_are_as_far_apart_as_it_says(drawn):
    still = drawn(picture("backprop_step_by_step")["graph"])
    across = re.findall(r'class="nn-node[^>]* transform="translate\(([\d.]+)', still.split("nn-still-wide")[1])
    gaps = np.diff(sorted({float(x) for x in across}))
    np.testing.assert_allclose(gaps / gaps[0], [1, 1, 0.5], atol=1e-3)


def test_a_network_writes_every_weight_on_its_edge(drawn):
    assert {"w₁ = −1.50", "w₂ = 2.00", "b = 0.50", "sigmoid"} <= set(texts(drawn("tune_a_neuron", w1=-1.5)["diagram"]))


def test_panels_of_text_say_all_their_numbers(drawn):
    panel = panels.matrices("m", "", [panels.block("W", [[1.5, -2]], rows=["<i>"], row_keys=["a"], column_keys=["b", "c"])])
    still = drawn(panel)
    assert re.findall(r'data-key="([^"]*)" style="[^"]*">([^<]*)<', still) == [("a b", "1.50"), ("a c", "−2.00")]
    assert "&lt;i>" in still and "<i>" not in still
    chosen = panels.block("W", [[1, 2]], columns=["0", "1"], chosen=[0, 1], sets=[{}, {"w": [0, 1]}])
    still = drawn(panels.matrices("m", "", [chosen], digits=0))
    assert re.findall(r'<td class="nn-entry nn-positive"([^>]*?)(?: style="[^"]*")?>([^<]*)<', still) == [
        ("", "1"),
        (' aria-current="true"', "2"),
    ]
    table = drawn(panels.table("t", "", ("in", "out"), [panels.row(["(0, 1)", 0.5], role="right", key="k")]))
    assert '<tr class="nn-row-right" data-key="k"><th scope="row">✔\u00a0(0, 1)</th><td>0.50</td></tr>' in table


def test_what_a_picture_lights_is_lit(drawn):
    lines = panels.equations("e", "", ["a", "b"], keys=["one", "two"], lit="two")
    lit = re.findall(r'<button class="nn-equation([^"]*)"', drawn(lines))
    assert lit == ["", " nn-lit"]


def test_a_panel_that_cannot_be_drawn_says_why(drawn):
    with pytest.raises(ValueError, match=r"panels\.mjs"):
        drawn(panels.table("t", "", ("in",), []) | {"kind": "unheard of"})


def test_a_program_that_has_stopped_is_told(tmp_path):
    stills = Stills(tmp_path)
    stills._program.kill()
    stills._program.wait()
    with pytest.raises(RuntimeError, match="The program that draws the still pictures has stopped"):
        stills.of(reply("slopes", {}))
    stills.close()


def test_what_is_kept_needs_no_program(stills, tmp_path):
    first = Stills(tmp_path)
    drawn = first.of(reply("slopes", {}))
    first.close()
    second = Stills(tmp_path)
    assert second.of(reply("slopes", {})) == drawn
    assert "_program" not in vars(second)
    second.close()


def test_the_files_of_pixels_are_what_every_reader_of_png_expects(tmp_path):
    pixels = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4) * 10
    write = """
        import { asPng } from "./png.mjs";
        import { writeFileSync } from "node:fs";
        const [path, width, height, bytes] = process.argv.slice(1);
        writeFileSync(path, asPng(Number(width), Number(height), Buffer.from(bytes, "hex")));
    """
    command = [node(), "--input-type=module", "-e", write, tmp_path / "p.png", "3", "2", pixels.tobytes().hex()]
    subprocess.run(command, check=True, cwd=BOOK)
    np.testing.assert_array_equal(matplotlib.image.imread(tmp_path / "p.png") * 255, pixels)
