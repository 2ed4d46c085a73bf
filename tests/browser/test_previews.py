"""The cards that show what a link within the book leads to: for mouse, keyboard and finger, and in nobody's way."""

import pytest

pytestmark = pytest.mark.usefixtures("asleep")

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TERM, SOURCE = ".bd-article a:has(> .std-term)", ".bibtex-citation a"
PLANT = """([id, formula]) => {
    const link = `<p><a class="reference internal" id="planted" href="#${id}">planted</a></p>`;
    document.querySelector("article h2").insertAdjacentHTML("afterend", link);
    if (formula) document.querySelector(".bd-article div.math").id = id;
}"""


@pytest.fixture
def chapter(page, site):
    page.goto(f"{site}chapters/neuron.html")
    page.locator("#nn-card").wait_for(state="attached")
    return page


@pytest.fixture
def card(chapter):
    return chapter.locator("#nn-card")


def middle(page, selector):
    """Return a link, in the middle of the window."""
    link = page.locator(selector).first
    link.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    return link


def planted(page, name, formula=False):
    page.evaluate(PLANT, [name, formula])
    return middle(page, "#planted")


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        (TERM, "A number"),
        (SOURCE, "Bulletin of Mathematical Biophysics"),
        ("a[href='#neuron-bug-hunt']", "This neuron should do"),
        ("a[href='mathematics.html#mathematics-powers']", "Powers, and the number e"),
        (".bd-article a[href='perceptron.html']", "The perceptron"),
        ("a[href^='nnlib.html#']", "An artificial neuron"),
    ],
)
def test_under_the_mouse_a_link_shows_what_it_leads_to(chapter, card, selector, words):
    middle(chapter, selector).hover()
    card.wait_for()
    assert words in " ".join(card.inner_text().split())
    assert card.locator("a, .nn-aside, .nn-badge, .headerlink").count() == 0
    chapter.mouse.move(0, 0)
    card.wait_for(state="hidden")


def test_a_formula_and_a_figure_are_drawn(chapter, card):
    planted(chapter, "equation-planted", formula=True).hover()
    card.wait_for()
    assert card.locator("mjx-container").bounding_box()["width"] > 50
    chapter.mouse.move(0, 0)
    chapter.locator("#planted").evaluate("link => { link.href = '#figure-tune-a-neuron'; }")
    card.wait_for(state="hidden")
    middle(chapter, "#planted").hover()
    card.get_by_text("Tune a neuron").wait_for()
    assert card.locator("svg .nn-boundary").count() == 1
    assert card.locator(".nn-svg").bounding_box()["width"] > 100


def test_it_stays_under_the_mouse_and_goes_with_escape_until_the_mouse_comes_again(chapter, card):
    link = middle(chapter, TERM)
    link.hover()
    card.hover()
    chapter.wait_for_timeout(600)
    assert card.is_visible()
    link.hover()
    chapter.keyboard.press("Escape")
    assert card.is_hidden()
    box = link.bounding_box()
    chapter.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2)
    chapter.wait_for_timeout(600)
    assert card.is_hidden()
    chapter.mouse.move(0, 0)
    link.hover()
    card.wait_for()


def test_whoever_passes_by_sees_none(chapter, card):
    middle(chapter, TERM).hover()
    chapter.wait_for_timeout(50)
    chapter.mouse.move(0, 0)
    chapter.wait_for_timeout(600)
    assert card.is_hidden()
    chapter.locator(".bd-links a").nth(3).hover()
    chapter.wait_for_timeout(600)
    assert card.is_hidden()


def test_the_keyboard_has_it_hears_it_and_closes_it(chapter, card):
    link = middle(chapter, TERM)
    link.evaluate("link => link.focus({ focusVisible: true, preventScroll: true })")
    card.wait_for()
    assert card.get_attribute("role") == "tooltip"
    assert link.get_attribute("aria-describedby") == card.get_attribute("id")
    assert card.locator("a, button, [tabindex], [id]").count() == 0  # nothing in it is a stop of the Tab key
    chapter.keyboard.press("Escape")
    assert card.is_hidden()
    assert link.get_attribute("aria-describedby") is None
    chapter.keyboard.press("Tab")
    card.wait_for()  # of the next link
    chapter.keyboard.press("Shift+Tab")
    card.get_by_text("A number").wait_for()


@pytest.mark.parametrize("context_options", [PHONE, PHONE | {"viewport": {"width": 320, "height": 640}}], ids=["390", "320"])
@pytest.mark.parametrize(("selector", "words"), [(TERM, "A number"), (SOURCE, "Bulletin of Mathematical Biophysics")])
def test_the_first_tap_shows_it_and_its_link_leads_there(chapter, card, selector, words):
    link = middle(chapter, selector)
    before = chapter.url
    link.tap()
    card.wait_for()
    assert words in card.inner_text()
    box, window = card.bounding_box(), chapter.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= window["width"]
    assert box["y"] >= 0 and box["y"] + box["height"] <= window["height"]
    assert chapter.evaluate("document.documentElement.scrollWidth") <= window["width"]
    assert chapter.url == before
    chapter.touchscreen.tap(5, window["height"] - 5)
    card.wait_for(state="hidden")
    link.tap()
    card.get_by_role("link", name="Open").tap()
    chapter.wait_for_url("**#*")
    assert "neuron.html" not in chapter.url


@pytest.mark.parametrize("context_options", [PHONE])
def test_a_tap_on_another_link_leads_there_at_once(chapter):
    middle(chapter, ".bd-article a[href='perceptron.html']").tap()
    chapter.wait_for_url("**/perceptron.html")


def test_nothing_moves_and_the_page_it_is_of_is_asked_for_once(chapter, card):
    asked = []
    chapter.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    assert not asked
    links = chapter.locator(TERM)
    for number in (0, 1, 0):
        links.nth(number).evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
        chapter.wait_for_timeout(100)
        before = links.nth(number).bounding_box()
        links.nth(number).hover()
        card.wait_for()
        assert links.nth(number).bounding_box() == before
        chapter.mouse.move(0, 0)
        card.wait_for(state="hidden")
    assert asked.count("glossary.html") == 1


@pytest.mark.planted
@pytest.mark.parametrize("context_options", [PHONE | {"service_workers": "block"}])
def test_where_nothing_can_be_shown_a_tap_follows_its_link(chapter):
    chapter.route("**/glossary.html", lambda route: route.abort())
    middle(chapter, TERM).tap()
    chapter.wait_for_event("requestfailed", lambda request: request.is_navigation_request())


def test_it_is_not_printed(chapter, card):
    middle(chapter, TERM).hover()
    card.wait_for()
    chapter.emulate_media(media="print")
    assert card.is_hidden()
