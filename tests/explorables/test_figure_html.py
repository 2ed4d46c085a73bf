"""A figure's HTML: its order, its caption, and what is folded up."""

import re

import pytest

from nnlib.explorables import EXPLORABLES
from nnlib.live.figure_html import figure_html
from nnlib.live.heights import looks_beside
from nnlib.live.protocol import opening


def html_of(name, number=""):
    return figure_html(EXPLORABLES[name], opening(name, {}), number=number)


@pytest.mark.parametrize("name", EXPLORABLES)
def test_every_figure_has_a_caption_in_a_sentence(name):
    [caption] = re.findall("<figcaption[^>]*>(.*?)</figcaption>", html_of(name, "4.2"))
    number, text = caption.split("</b> ")
    assert number == "<b>Figure 4.2"
    assert re.fullmatch(r"[A-Z][^`]{30,}\.", text)


@pytest.mark.parametrize("name", EXPLORABLES)
def test_the_task_comes_before_the_pictures_and_the_numbers_after_what_is_set(name):
    parts = ["nn-head", "nn-view", "nn-controls", "nn-sentence", "nn-reckoning", "nn-buttons", "nn-caption"]
    parts.insert(3 if EXPLORABLES[name].groups else 1, "nn-challenge")  # below, where all is to be seen at once
    places = [at for part in parts if (at := html_of(name).find(f'"{part}')) >= 0]
    assert places == sorted(places) and len(places) >= 7


def test_long_code_and_settings_that_a_picture_has_are_folded_up_and_short_code_is_not():
    backprop = html_of("backprop_step_by_step")
    assert re.findall("<summary[^>]*>([^<]*)", backprop) == ["All weights and biases", "All of it in NumPy"]
    assert backprop.count('data-control="w11"') == 1
    assert "<summary" not in html_of("shapes")


def test_a_figure_that_is_too_high_for_a_screen_shares_its_rows():
    looks = {name: looks_beside(EXPLORABLES[name], opening(name, {})["picture"]) for name in EXPLORABLES}
    assert looks["xor_by_hand"] == " nn-dense"
    assert looks["atlas_of_xor"] == " nn-dense nn-long"
    assert looks["slopes"] == ""
