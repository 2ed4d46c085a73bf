"""Figures lead: each is whole on a laptop's screen, and on a phone what is seen stays in sight while something is set."""

import pytest
from figures import PAGES, all_drawn, let_python_sleep
from playwright.sync_api import expect

every_page = pytest.mark.parametrize("chapter", dict.fromkeys(PAGES.values()))
# The height of each figure; of the playground, from its title to all that is set.
HEIGHTS = """() => Object.fromEntries([...document.querySelectorAll(".nn-figure")].map(figure => {
    const last = figure.matches(".nn-broad") ? figure.querySelector(".nn-controls") : figure;
    return [figure.dataset.explorable, last.getBoundingClientRect().bottom - figure.getBoundingClientRect().top];
}))"""
BAR = "() => document.querySelector('.bd-header-article').getBoundingClientRect().bottom"
# What a reader sees who scrolls until the first control is just below the pictures: the pictures, and the rows of the first
# three controls, or the names of the first three groups.
ROWS = ":is(.nn-control, .nn-fold):not(.nn-away, [hidden] *)"
TOGETHER = f"""async (figure, bar) => {{
    const rows = [...figure.querySelectorAll("{ROWS}")].filter(row => row.checkVisibility()).slice(0, 3);
    const view = figure.querySelector(".nn-view");
    if (!rows.length) return null;
    const high = view.getBoundingClientRect().height;
    scrollBy({{ top: rows[0].getBoundingClientRect().top - bar - high - 4, behavior: "instant" }});
    await new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)));
    const {{ top, bottom }} = view.getBoundingClientRect();
    const boxes = rows.map(row => row.getBoundingClientRect());
    const isOnTop = row => {{
        const {{ x, y, width, height }} = row.getBoundingClientRect();
        return row.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }};
    return {{ top, bottom, first: boxes[0].top, last: boxes.at(-1).bottom, seen: rows.every(isOnTop) }};
}}"""


def go_drawn(page, address):
    """Open a page whose figures are drawn, but do not live: a live figure is as high as a still one."""
    let_python_sleep(page)
    page.goto(address)
    all_drawn(page)


def looks(width, height):
    return pytest.mark.parametrize("context_options", [{"viewport": {"width": width, "height": height}}])


@looks(1440, 900)
@every_page
def test_every_figure_is_whole_on_a_laptop(page, site, chapter):
    go_drawn(page, f"{site}chapters/{chapter}.html")
    heights, room = page.evaluate(HEIGHTS), 900 - page.evaluate(BAR)
    assert heights and {name: height for name, height in heights.items() if height > room} == {}


@looks(390, 844)
@every_page
def test_on_a_phone_pictures_and_three_controls_are_seen_together(page, site, chapter):
    go_drawn(page, f"{site}chapters/{chapter}.html")
    bar = page.evaluate(BAR)
    page.evaluate("document.fonts.ready")  # a typeface that comes moves what is looked at
    for figure in page.locator(".nn-figure").all():
        name, seen = figure.get_attribute("data-explorable"), figure.evaluate(TOGETHER, bar)
        if seen is None:  # nothing is set in it but by a drawing
            continue
        assert seen["seen"], (name, seen)
        assert bar - 1 <= seen["top"] and seen["bottom"] - seen["top"] <= 0.45 * 844 + 12, (name, seen)
        assert seen["bottom"] <= seen["first"] + 1 and seen["last"] <= 844, (name, seen)
        assert figure.evaluate("figure => figure.scrollWidth <= figure.clientWidth + 1"), name
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name


@looks(390, 844)
def test_what_has_the_focus_is_not_below_the_pictures(page, site):
    go_drawn(page, f"{site}chapters/neuron.html")
    figure = page.locator(".nn-figure").first
    figure.locator(".nn-control select").last.focus()
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        if page.evaluate("document.activeElement.closest('.nn-side') !== null"):
            assert top >= figure.locator(".nn-view").evaluate("view => view.getBoundingClientRect().bottom"), top


@looks(390, 844)
def test_the_pictures_go_with_their_figure(page, site):
    go_drawn(page, f"{site}chapters/neuron.html")
    figure = page.locator(".nn-figure").first
    figure.evaluate("figure => scrollTo({ top: figure.getBoundingClientRect().bottom + scrollY - 60, behavior: 'instant' })")
    assert figure.locator(".nn-view").evaluate("view => view.getBoundingClientRect().bottom") <= 60


@looks(360, 225)
def test_at_400_percent_the_pictures_scroll_as_all_does(page, site):
    page.goto(f"{site}chapters/neuron.html")
    assert page.locator(".nn-view").first.evaluate("view => getComputedStyle(view).position") == "static"


@looks(1440, 900)
def test_a_figure_has_a_number_of_its_chapter_and_says_what_there_is_to_see(page, site):
    page.goto(f"{site}chapters/gradient_descent.html")
    captions = page.locator(".nn-figure > figcaption").all_inner_texts()
    assert [caption.split(maxsplit=2)[:2] for caption in captions] == [["Figure", "7.1"], ["Figure", "7.2"]]
    assert all(caption.endswith(".") and len(caption) > 40 for caption in captions)


@looks(1440, 900)
def test_the_code_that_shows_a_figure_is_folded_below_it(page, site):
    page.goto(f"{site}chapters/activations.html")
    source = page.locator(".cell:has(.nn-figure) .nn-source").first
    assert not source.locator("pre").is_visible()
    source.locator("summary").click()
    expect(source.locator("pre")).to_contain_text('figure("slopes")')
    assert not page.locator(".cell:has(.nn-figure) > .cell_input").count()


@looks(1440, 900)
def test_what_can_be_dragged_invites_a_hand_until_one_comes(page, site):
    go_drawn(page, f"{site}chapters/neuron.html")
    figure = page.locator(".nn-figure").first
    figure.scroll_into_view_if_needed()
    inviting = figure.locator(".nn-inviting")
    expect(inviting).to_have_count(1)
    assert inviting.locator(".nn-knob").evaluate("knob => getComputedStyle(knob).animationName") == "nn-invite"
    page.emulate_media(reduced_motion="reduce")
    assert inviting.locator(".nn-knob").evaluate("knob => getComputedStyle(knob).animationName") == "none"
    figure.locator("input[type=range]").first.press("ArrowRight")
    expect(inviting).to_have_count(0)
