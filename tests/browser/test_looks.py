"""How a page looks, as far as it can be measured: its lines, its typefaces, and that nothing moves while it comes."""

import pytest

# Letters a line in the long paragraphs without a formula, whose width no letter tells.
LINES = """() => [...document.querySelectorAll(".bd-article section > p")]
    .filter(text => text.textContent.length > 400 && !text.querySelector("mjx-container"))
    .map(text => text.textContent.length / (text.clientHeight / parseFloat(getComputedStyle(text).lineHeight)))"""
MOVED = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value; })).observe(
        { type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 1500);
})"""
SEEN = """sign => {
    const { x, y, width, height } = sign.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) === sign;
}"""
SET_IN = {
    ".bd-article p": "Book Text",
    "h2": "Book Heading",
    ".cell_input pre": "Book Code",
    ".nn-figure": "Book Interface",
    ".nn-form button": "Book Interface",
    ".bd-links": "Book Interface",
    ".nn-editor textarea": "Book Code",
}
FAMILY = "element => getComputedStyle(element).fontFamily.split(',')[0].replaceAll('\"', '')"


@pytest.fixture
def context_options():
    return {"viewport": {"width": 1440, "height": 900}}


@pytest.mark.parametrize("chapter", ["welcome", "biology", "generalization"])
def test_a_line_of_text_has_some_66_letters(page, site, chapter):
    page.goto(f"{site}chapters/{chapter}.html")
    page.evaluate("document.fonts.ready")
    lengths = sorted(page.evaluate(LINES))
    assert lengths and 60 <= lengths[len(lengths) // 2] <= 72  # the last line of a paragraph is shorter


def test_text_headings_code_and_what_is_used_have_the_books_typefaces_and_they_are_there(page, site):
    page.goto(f"{site}chapters/neuron.html")
    seen = {selector: page.locator(selector).first.evaluate(FAMILY) for selector in SET_IN}
    assert seen == SET_IN
    there = page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(each => [each.family, each.status]))")
    assert {family.strip('"') for family, status in there if status == "loaded"} >= {*seen.values()}


@pytest.mark.parametrize("chapter", ["welcome", "neuron", "glossary"])
def test_nothing_moves_while_a_page_comes(page, site, chapter):
    page.goto(f"{site}chapters/{chapter}.html")
    assert page.evaluate(MOVED) < 0.01


def test_the_sign_beside_a_heading_is_there_for_pointer_and_keyboard_alone(page, site):
    page.goto(f"{site}chapters/neuron.html")
    heading, sign = page.locator(".bd-article h2").first, page.locator(".bd-article h2 > .headerlink").first
    assert not sign.evaluate(SEEN)
    heading.hover(position={"x": 5, "y": 5})
    assert sign.evaluate(SEEN)
    page.mouse.move(0, 0)
    assert not sign.evaluate(SEEN)
    sign.evaluate("element => element.focus({ focusVisible: true })")
    assert sign.evaluate(SEEN)
