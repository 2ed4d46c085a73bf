"""How a page looks, as far as it can be measured: its lines, its typefaces, and that nothing moves while it comes."""

import pytest

pytestmark = pytest.mark.usefixtures("asleep")

# Letters a line in the long paragraphs without a formula, whose width no letter tells.
LINES = """() => [...document.querySelectorAll(".bd-article section > p")]
    .filter(text => !text.querySelector("mjx-container"))
    .map(text => [text, [...text.childNodes].map(node => node.className === "nn-aside" ? "" : node.textContent).join("")])
    .filter(([, words]) => words.length > 400)
    .map(([text, words]) => words.length / (text.clientHeight / parseFloat(getComputedStyle(text).lineHeight)))"""
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
# What stands in the dark on a light ground of its own, larger than a button: a sheet that the dark theme forgot.
LIGHT = """() => [...document.querySelectorAll(".bd-article :not(.nn-layer)")].filter(element => {
    const { width, height } = element.getBoundingClientRect();
    const [r, g, b, a = 1] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    return element.checkVisibility() && width > 200 && height > 12 && a > 0.5 && 0.2126 * r + 0.7152 * g + 0.0722 * b > 140;
}).map(element => element.outerHTML.slice(0, 80))"""
# Numbers of lines beside no line, and names in the code of a table that are cut in two.
BESIDE_NOTHING = """() => [...document.querySelectorAll(".nn-editor")].filter(editor =>
    Math.abs(editor.firstElementChild.clientHeight - editor.lastElementChild.offsetHeight) > 1).length"""
CUT = """() => [...document.querySelectorAll(".bd-article td code .pre")].filter(name => name.getClientRects().length > 1)
    .map(name => name.textContent).filter(name => !/[\\s.-]/.test(name))"""
# Where a part of the page goes on beyond its edge, a shade says so; elsewhere there is none.
SHADED = """element => {
    const layers = getComputedStyle(element).backgroundAttachment.split(", ");
    return layers.includes("local") && layers.includes("scroll");
}"""
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


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}])
@pytest.mark.parametrize("chapter", ["frameworks", "digits", "nnlib"])  # tables made by code, pictures, signatures
def test_in_the_dark_nothing_lies_on_a_light_sheet(page, site, chapter):
    page.goto(f"{site}chapters/{chapter}.html")
    assert page.evaluate(LIGHT) == []
    assert (
        page.locator(".bd-article pre")
        .first.evaluate("text => getComputedStyle(text).scrollbarColor")
        .endswith("rgba(0, 0, 0, 0)")
    )
    page.locator(".bd-article p").first.evaluate("text => { text.style.background = '#eee'; }")
    assert len(page.evaluate(LIGHT)) == 1


def test_each_number_of_a_line_stands_beside_its_line(page, site):
    page.goto(f"{site}chapters/playground.html")  # its bug hunt is longer than an editor is high
    page.locator('.nn-cell[data-state="ready"]').last.wait_for()
    assert page.locator(".nn-editor textarea").evaluate_all(
        "areas => areas.some(area => area.scrollHeight > area.clientHeight)"
    )
    assert page.evaluate(BESIDE_NOTHING) == 0


@pytest.mark.parametrize(
    "context_options", [{"viewport": {"width": 1440, "height": 900}}, {"viewport": {"width": 390, "height": 844}}]
)
@pytest.mark.parametrize("chapter", ["notation", "optimizers"])
def test_no_name_in_a_table_is_cut_in_two(page, site, chapter):
    page.goto(f"{site}chapters/{chapter}.html")
    assert page.locator(".bd-article td code").count() > 3
    assert page.evaluate(CUT) == []


def test_a_paper_exercise_is_one_box_with_its_solution(page, site):
    page.goto(f"{site}chapters/neuron.html")
    solution = page.locator(".bd-article div.solution")
    asked, solved = solution.locator("xpath=preceding-sibling::*[1]").bounding_box(), solution.bounding_box()
    assert abs(asked["y"] + asked["height"] - solved["y"]) < 1
    assert (asked["x"], asked["width"]) == (solved["x"], solved["width"])
    assert page.locator(".bd-article .exercise:has(+ .nn-cell)").first.bounding_box()["width"] == asked["width"]


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 390, "height": 844}}])
def test_what_goes_on_beyond_its_edge_is_shaded_there(page, site):
    page.goto(f"{site}chapters/biology.html")
    for kind in (".cell_input pre", ".cell_output pre", ".nn-plot"):
        wide = (
            page.locator(f".bd-article {kind}")
            .filter(visible=True)
            .evaluate_all(f"all => all.filter(each => each.scrollWidth > each.clientWidth + 1).map({SHADED})")
        )
        assert wide and all(wide), kind
