"""Notes in the margin stand beside the text, over nothing, and where there is no margin they are not there."""

import pytest

pytestmark = pytest.mark.usefixtures("asleep")

# Few notes, and many; of words, and of sources; tables, code and figures.
PAGES = ["neuron", "generalization", "mathematics", "frameworks", "biology"]
LIES_OVER = """() => {
    const box = element => element.getBoundingClientRect();
    const solid = ".bd-article :is(.nn-figure, .cell, table, pre, .admonition, .nn-predict, h2, p)";
    const others = [...document.querySelectorAll(`${solid}, .nn-aside, .bd-sidebar-secondary, .prev-next-area`)].filter(
        element => element.checkVisibility());
    const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    return [...document.querySelectorAll(".nn-aside")].filter(note => note.checkVisibility()).flatMap(note => others
        .filter(other => other !== note && !other.contains(note) && !note.contains(other) && !apart(box(note), box(other)))
        .map(other => [note.textContent, other.outerHTML.slice(0, 80)]));
}"""
BEYOND = """() => [...document.querySelectorAll(".nn-aside")].filter(note => note.checkVisibility()
    && note.getBoundingClientRect().left < note.parentElement.getBoundingClientRect().right).length"""

HEIGHT = "document.querySelector('.bd-article').offsetHeight"


@pytest.fixture(params=[1366, 1440, 1920])
def context_options(request):
    return {"viewport": {"width": request.param, "height": 900}}


@pytest.mark.parametrize("chapter", PAGES)
def test_notes_lie_over_nothing(page, site, chapter):
    page.goto(f"{site}chapters/{chapter}.html")
    notes = page.locator(".nn-aside").filter(visible=True)
    assert notes.count() > 3
    assert page.evaluate(LIES_OVER) == []
    assert page.evaluate(BEYOND) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.locator(".nn-aside:not([aria-hidden]), .nn-aside :is(a:not([tabindex='-1']), [id])").count() == 0
    titles = page.locator(".nn-aside").all_text_contents()
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 1440, "height": 900}}])
def test_notes_make_no_gaps_in_the_text(page, site):
    page.goto(f"{site}chapters/biology.html")
    assert page.locator(".nn-aside > a[href^='https://']").count() > 10
    whole = page.evaluate(HEIGHT)
    page.evaluate("document.querySelectorAll('.nn-aside').forEach(note => note.remove())")
    assert abs(page.evaluate(HEIGHT) - whole) <= 8


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 1280, "height": 900}}])
def test_where_there_is_no_margin_there_are_none(page, site):
    page.goto(f"{site}chapters/neuron.html")
    assert page.locator(".nn-aside").filter(visible=True).count() == 0
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator(".nn-aside").filter(visible=True).count() == 8
    page.emulate_media(media="print")
    assert page.locator(".nn-aside").filter(visible=True).count() == 0
