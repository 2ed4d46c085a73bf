"""Pictures in fewer bytes are the same to the eye: no point of a line moves by more than half a step, nor a color by much."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from book import lighter

NEAR = 0.5 / lighter.GRID + 1e-9


def points(data):
    """Return the points that an SVG path of M, L, l and z goes through."""
    found, at = [], np.zeros(2)
    for kind, run in re.findall(r"([MLlz])([^MLlz]*)", data):
        for pair in np.reshape([float(number) for number in re.findall(r"-?(?:\d*\.\d+|\d+)", run)], (-1, 2)):
            at = pair + (at if kind == "l" else 0)
            found.append(at)
    return np.array(found)


def as_code(pixels):
    """Return an image, (height, width, 3 or 4), as a PNG in base64."""
    written = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(written, "PNG")
    return base64.b64encode(written.getvalue()).decode()


def pixels_of(code):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(code))).convert("RGB"), int)


def test_a_path_goes_through_the_same_points_and_errors_do_not_add_up():
    rng = np.random.default_rng(0)
    walk = np.cumsum(rng.normal(size=(400, 2)), axis=0)
    data = "M" + " \nL".join(f"{x:.6f} {y:.6f}" for x, y in walk) + " \nz\nM -0.01 0.049 \nL 7 7 \nL 7 7 "
    short = lighter.path(data)
    assert len(short) < 0.55 * len(data) and short.count("z") == 1
    np.testing.assert_allclose(points(short), [*walk, [-0.01, 0.049], [7, 7], [7, 7]], atol=NEAR)


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0"), (1, ".05"), (-1, "-.05"), (20, "1"), (-25, "-1.25"), (200, "10"), (201, "10.05")]
)
def test_numbers_are_written_as_short_as_svg_allows(count, written):
    assert lighter._number(count) == written


def test_a_path_with_curves_keeps_its_numbers():
    assert lighter.path("M 0 3.25 \nC 0.795 3.25 1.55 2.93 2.12 2.12 \nz\n") == "M 0 3.25 C 0.795 3.25 1.55 2.93 2.12 2.12 z"


def test_an_image_of_few_colors_keeps_each_of_them():
    pixels = np.random.default_rng(0).choice([0, 17, 130, 255], (40, 40, 3))
    assert len(lighter.png(as_code(pixels))) < len(as_code(pixels))
    np.testing.assert_array_equal(pixels_of(lighter.png(as_code(pixels))), pixels)


def test_a_field_of_many_colors_keeps_them_nearly():
    x, y = np.meshgrid(np.linspace(0, 1, 160), np.linspace(0, 1, 160))
    share = (0.5 + 0.5 * np.sin(7 * x + 3 * y * y) * np.cos(5 * y - x * x))[..., None]
    pixels = np.round(share * [200, 90, 20] + (1 - share) * [240, 240, 250])
    light = lighter.png(as_code(pixels))
    assert len(light) < 0.8 * len(as_code(pixels))
    assert np.abs(pixels_of(light) - pixels).max() <= 4


def test_gaps_stay_gaps():
    pixels = np.random.default_rng(0).choice([0, 90, 200], (40, 40, 4))
    pixels[..., 3] = np.where(np.arange(40) % 10 < 2, 0, 255)
    light = lighter.png(as_code(pixels))
    seen = np.asarray(Image.open(io.BytesIO(base64.b64decode(light))).convert("RGBA"), int)
    assert len(light) < len(as_code(pixels))
    np.testing.assert_array_equal(seen[..., 3], pixels[..., 3])
    np.testing.assert_array_equal(seen[seen[..., 3] > 0], pixels[pixels[..., 3] > 0])


def test_what_shines_through_stays_as_it_is():
    pixels = np.full((4, 4, 4), 120)
    assert lighter.png(as_code(pixels)) == as_code(pixels)
