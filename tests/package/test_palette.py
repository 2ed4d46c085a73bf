"""The palette can be read: what is written in one of its colors stands out from every ground (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

from nnlib.palette import CLASSES, DARK, LIGHT, as_css

ROOT = Path(__file__).parent.parent.parent
SHEETS = sorted([*ROOT.glob("assets/*.css"), *ROOT.glob("nnlib/live/view/**/*.css")])
GROUNDS = ("page", "paper", "zero")
WRITTEN = ("ink", "soft", "accent", "positive", "green")  # orange is drawn; where words are orange it is mixed with ink
TEXT, SHAPE = 4.5, 3  # the contrast that WCAG asks of text, and of what is drawn


def luminance(color):
    """Return the relative luminance of a color, as WCAG defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Return the contrast of two colors, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one, other, share):
    """Return the color that `color-mix(in srgb, …)` makes of a share of one color and the rest of another."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the gray that is known to fail by a hair


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_written_stands_out_from_every_ground(theme, ground):
    told = {name: contrast(theme[name], theme[ground]) for name in WRITTEN}
    told["negative words"] = contrast(mixed(theme["negative"], theme["ink"], 0.8), theme[ground])
    assert {name: ratio for name, ratio in told.items() if ratio < TEXT} == {}
    assert contrast(theme["negative"], theme[ground]) >= SHAPE


def test_no_words_are_in_an_orange_that_is_not_mixed_with_ink():
    assert {"book.css", "figures.css"} <= {path.name for path in SHEETS}
    bare = re.compile(r"[^-]color: var\(--nn-negative\)")
    assert [path.name for path in SHEETS if bare.search(path.read_text(encoding="utf-8"))] == []
    assert bare.search("p { color: var(--nn-negative); }") and not bare.search("p { border-color: var(--nn-negative); }")


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_filled_button_can_be_read(theme):
    assert contrast(theme["paper"], theme["accent"]) >= TEXT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_color_has_its_place_in_the_style_sheet_of_both_themes(theme):
    css = as_css()
    assert LIGHT.keys() == DARK.keys()
    assert all(f"--nn-{name}:{color};" in css for name, color in theme.items())
    assert len(set(re.findall(r"--nn-class-\d:(#\w{6})", css))) == len(CLASSES)
