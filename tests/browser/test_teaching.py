"""The teacher's pack in the browser: a hand-out is a sheet of paper, and a link opens its figure with its settings."""

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from figures import wait_for
from playwright.sync_api import expect

from nnlib.live.protocol import opening, reply

SHEETS = [f"handout_{number}" for number in range(1, 7)]
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
BOX = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)")


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_hand_out_prints_on_two_sides_of_a4(page, site, sheet):
    page.goto(f"{site}chapters/{sheet}.html")
    page.wait_for_load_state("networkidle")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(PAGE.findall(printed)) == 2
    sizes = {tuple(map(round, map(float, size))) for size in BOX.findall(printed)}
    assert sizes == {(595, 842)}


def test_what_follows_the_second_heading_is_the_back(page, site):
    """Were it on the front, two pages could be had with the back cut in two."""
    page.emulate_media(media="print")
    for sheet in SHEETS:
        page.goto(f"{site}chapters/{sheet}.html")
        front = page.locator(".bd-article section section")
        assert front.count() == 2
        assert [front.nth(i).evaluate("(each) => getComputedStyle(each).breakBefore") for i in range(2)] == ["auto", "page"]


@pytest.mark.parametrize("lesson", range(1, 7))
def test_each_link_of_a_lesson_opens_its_figure_as_it_is_meant(page, site, lesson):
    page.goto(f"{site}chapters/lesson_{lesson}.html")
    links = page.locator("a.nn-show").evaluate_all("(all) => all.map((each) => each.href)")
    asked = sorted({address for address in links if "=" in urlsplit(address).query})
    assert len(asked) >= 2
    for address in asked:
        [(name, settings)] = parse_qsl(urlsplit(address).query)
        page.goto(address)
        figure = page.locator(f'[data-explorable="{name}"]').first
        wait_for(figure, "live")
        # As the figure opens, or, where a setting is another one, at the beginning of a run.
        first, anew = (reply_with(name, json.loads(settings)) for reply_with in (opening, reply))
        expect(figure.locator(".nn-sentence")).to_have_text(
            re.compile("|".join(re.escape(each["sentence"]) for each in (first, anew)))
        )
        expect(figure.locator(".nn-challenge")).to_contain_text(anew["challenge"]["task"])
