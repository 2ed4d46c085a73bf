"""On paper a page is whole: nothing is cut, no answer stays shut, the colors are light, and figures keep to their width."""

import pytest
from figures import wait_for

PAPER = {"width": 718, "height": 1047}  # A4 less a centimeter on each side
CUT = """() => [...document.querySelectorAll(".bd-article :is(pre, textarea)")].filter(text => text.checkVisibility() &&
    (text.scrollWidth > text.clientWidth + 1 || text.scrollHeight > text.clientHeight + 1)).map(text => text.outerHTML)"""
SHUT = """() => [...document.querySelectorAll(".nn-predicted")].filter(answer =>
    ![...answer.children].some(child => child.matches(":not(summary, .nn-said)") && child.getBoundingClientRect().height))"""
# The width of a figure, and how many of its drawings do not fill their places, before any observer can be told of it.
AT_ONCE = """width => {
    const figure = document.querySelector(".nn-figure"), widthOf = element => element.getBoundingClientRect().width;
    figure.style.width = width;
    const drawings = [...figure.querySelectorAll(".nn-svg")];
    return [widthOf(figure), drawings.filter(drawn => Math.abs(widthOf(drawn) - widthOf(drawn.parentElement)) > 0.1).length];
}"""
# What is folded, by what it is, and stays so; the line that shows a figure in a notebook is left out, and so are controls.
FOLDED = """() => [...document.querySelectorAll(".bd-article :is(details, .toggle)")]
    .filter(fold => !fold.closest(".nn-source, .nn-hints, .nn-controls, .nn-progress-panel"))
    .filter(fold => [...fold.children].some(child => !child.matches("summary, button, .nn-said, [hidden]") &&
        !(child.checkVisibility() && child.getBoundingClientRect().height))).map(fold => fold.className)"""
BEFORE = "() => { dispatchEvent(new Event('beforeprint')); }"


@pytest.fixture
def context_options():
    return {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}


def on_paper(page):
    """Lay a page out as it is printed, after it was told so, as a browser does."""
    page.evaluate(BEFORE)
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)


def awake(page, address):
    """Open a page and return its first figure, alive."""
    page.goto(address)
    figure = page.locator(".nn-figure").first
    figure.scroll_into_view_if_needed()
    wait_for(figure, "live")
    return figure


@pytest.mark.parametrize("chapter", ["loss", "backpropagation"])  # the longest lines and the longest programs
def test_nothing_is_cut_and_no_answer_is_shut(page, site, chapter):
    page.goto(f"{site}chapters/{chapter}.html")
    page.locator('.nn-cell[data-state="ready"]').last.wait_for()
    assert page.evaluate(CUT) != []
    assert page.evaluate(SHUT) != []
    on_paper(page)
    assert page.evaluate(CUT) == []
    assert page.evaluate(SHUT) == []
    assert not page.locator(".nn-training, .nn-controls, .nn-form .nn-buttons").locator("visible=true").count()


@pytest.mark.parametrize("chapter", ["layers", "frameworks", "backpropagation"])
def test_what_is_folded_is_open_on_paper(page, site, chapter):
    page.goto(f"{site}chapters/{chapter}.html")
    page.locator('.nn-cell[data-state="ready"]').last.wait_for()
    assert {"nn-solution", "solution dropdown admonition toggle toggle-hidden"} <= set(page.evaluate(FOLDED))
    on_paper(page)
    assert page.evaluate(FOLDED) == []
    assert page.locator(".nn-source").filter(visible=True).count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_answers_are_printed_with_and_without_scripts(browser, site, script):
    with browser.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"{site}chapters/neuron.html")
        page.emulate_media(media="print")
        assert page.get_by_text("Five networks, five answers").is_visible()
        assert page.locator(".nn-predicted > :not(summary)").last.is_visible()


def test_what_is_dark_is_printed_light_and_dark_again_afterwards(page, site):
    awake(page, f"{site}chapters/neuron.html")
    look = "() => [document.documentElement.dataset.theme, getComputedStyle(document.body).color]"
    paint = "document.querySelector('.nn-figure canvas').getContext('2d').getImageData(0, 0, 1, 1).data.join()"
    page.evaluate(f"addEventListener('beforeprint', async () => {{ await null; window.printed = [({look})(), {paint}]; }})")
    dark = page.evaluate(f"[({look})(), {paint}]")
    assert page.pdf().startswith(b"%PDF")
    (theme, ink), field = page.evaluate("printed")
    assert dark[0][0] == page.evaluate(look)[0] == "dark"
    assert theme == "light"
    assert ink != dark[0][1]
    assert field != dark[1]


def test_a_live_figure_keeps_to_its_width_on_paper(page, site):
    figure = awake(page, f"{site}chapters/loss.html")
    wide = figure.bounding_box()["width"]
    assert page.evaluate(AT_ONCE, "608px") == [608, 0]
    assert page.evaluate(AT_ONCE, f"{wide}px") == [wide, 0]


def test_points_are_printed(page, site):
    figure = awake(page, f"{site}chapters/playground.html")
    marks = figure.locator(".nn-point .nn-mark")
    assert marks.count() > 100
    on_paper(page)
    assert marks.locator("visible=true").count() == marks.count()
