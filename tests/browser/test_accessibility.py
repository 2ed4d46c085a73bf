"""The book is for everyone: axe-core finds nothing, every stop of the Tab key is seen, nothing scrolls sideways."""

import io
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from figures import all_drawn, let_python_sleep
from PIL import Image, ImageChops

# Two rules that axe-core leaves out unless asked: WCAG 2.5.3, and 2.5.8 of WCAG 2.2. To preload style sheets, it would ask
# for files that are not there.
RULES = {rule: {"enabled": True} for rule in ("label-content-name-mismatch", "target-size")}
HOW = {"preload": False, "rules": RULES, "resultTypes": ["violations", "incomplete"]}  # of what passes, one element a rule
# Nearly all of axe-core's time goes into the contrast of text, and a page has thousands of words in the same colors on the
# same ground. Of leaves that agree in all that makes a contrast, up to the root, three are looked at. No leaf is passed over
# below anything that may lie over something else; a letter by itself does not stand for words, which axe-core judges otherwise.
# Half of a chapter's elements are the words of its programs; those that agree become plain text.
MARK_SAME = """() => {
    const made = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow", "filter",
        "mixBlendMode", "webkitTextStroke", "webkitTextFillColor", "display", "visibility", "overflow", "clipPath"];
    const lies = { position: ["static", "relative"], zIndex: ["auto"], top: ["auto", "0px"], left: ["auto", "0px"],
        transform: ["none"], float: ["none"] };
    const numbers = new Map(), seen = new Map();
    const number = (key) => numbers.get(key) ?? (numbers.set(key, numbers.size), numbers.size - 1);
    const walk = (element, above, over) => {
        const style = getComputedStyle(element);
        const own = number([above, ...made.map((name) => style[name])].join());
        const lower = over || element.shadowRoot || Object.entries(lies).some(([name, usual]) => !usual.includes(style[name]));
        for (const child of element.children) walk(child, own, lower);
        if (lower || element.children.length > 0) return;
        const { width, height } = element.getBoundingClientRect();
        const kind = [own, element.checkVisibility(), width > 1 && height > 1, /[\\p{L}\\p{N}]{2}/u.test(element.textContent)];
        const key = kind.join();
        seen.set(key, (seen.get(key) ?? 0) + 1);
        if (seen.get(key) > 3) element.dataset.same = "";
    };
    walk(document.body, 0, false);
    for (const word of document.querySelectorAll("pre span[data-same]")) word.replaceWith(word.textContent);
}"""
# Where a shade says that something goes on to the side, axe-core can't tell the ground, and says nothing of the words on it:
# the shade is taken away, and any other ground that is a gradient is a fault.
NO_SHADES = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":is(pre, .nn-plot, .pst-scrollable-table-container, div.math) { background-image: none !important }");
    document.adoptedStyleSheets.push(sheet);
}"""
# The letters of a formula are drawn by the style sheet, where axe-core does not see that a header has any.
RUN = """how => {
    axe.configure({ rules: [
        { id: "color-contrast", selector: ":not([data-same])" },
        { id: "empty-table-header", selector: "th:not(:has(mjx-container)), [role$=header]" },
    ] });
    return axe.run(how);
}"""
SMALL = "<button style='all:unset; width:9px'>a</button>"
STILL = "* { caret-color: transparent !important; transition: none !important; animation: none !important; }"
UNSEEN = ".theme-switch-button:focus-visible { outline: none !important; box-shadow: none !important; }"
# Every page in two looks, and some of each kind in the others: what depends on the width, and what on the colors, is seen.
# Figures live where there are few pages; where there are all of them Python sleeps, and the view has drawn the figures.
SOME = r"(welcome|backpropagation|digits|glossary|genindex|licenses|search)\.html$"
# A page for a frame is a figure, which its chapter has as well, and a link; lessons and hand-outs are made of the same things.
ALIKE = re.compile(r"embed/(?!(tune_a_neuron|playground|draw_a_digit)\.html)|chapters/(lesson|handout)_[2-6]\.html")
LOOKS = {(1280, "light"): "", (360, "dark"): "", (1280, "dark"): SOME, (360, "light"): SOME}


def pages(html):
    paths = (path.relative_to(html).as_posix() for path in html.rglob("*.html") if not {"_static", "lite"} & set(path.parts))
    return sorted(path for path in paths if not ALIKE.match(path))


def faults(page):
    """Return what axe-core finds on a page: (rule, the element's HTML); and, as "gradient", what it could not tell for one."""
    page.evaluate(NO_SHADES)
    page.evaluate(MARK_SAME)
    page.evaluate(Axe().axe_script)
    told = page.evaluate(RUN, HOW)
    wrong = [(rule["id"], node["html"]) for rule in told["violations"] for node in rule["nodes"]]
    untold = [node for rule in told["incomplete"] if rule["id"] == "color-contrast" for node in rule["nodes"]]
    wrong += [("gradient", node["html"]) for node in untold if node["any"][0]["data"]["messageKey"] == "bgGradient"]
    return [(rule, html[:200]) for rule, html in wrong]


def open_page(page, address):
    """Open a page, or the one to which it leads."""
    page.goto(address)
    if address.endswith("/book/index.html"):
        page.wait_for_url("**/chapters/welcome.html")


def open_awake(page, address):
    """Open a page and let its figures come to life."""
    open_page(page, address)
    for figure in page.locator(".nn-figure").all():
        figure.scroll_into_view_if_needed()
    if page.locator(".nn-figure").count():
        page.locator('.nn-figure[data-state="live"]').first.wait_for(timeout=60_000)


def open_drawn(page, address):
    """Open a page and wait until its figures are drawn."""
    open_page(page, address)
    all_drawn(page)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
class TestAxe:
    @pytest.fixture
    def context_options(self, width, scheme):
        return {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}

    def test_axe_finds_nothing_on_any_page(self, page, site, html, width, scheme):
        found, opened = {}, open_awake
        if LOOKS[width, scheme] != SOME:
            let_python_sleep(page)
            opened = open_drawn
        for path in filter(re.compile(LOOKS[width, scheme]).search, pages(html)):
            opened(page, site + path)
            if there := faults(page):
                found[path] = there
        assert found == {}


class TestPalette:
    @pytest.fixture(params=[{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
    def context_options(self, request):
        return {"viewport": {"width": 360, "height": 900}} | request.param

    def test_axe_finds_nothing_in_the_palette(self, page, site):
        page.goto(f"{site}chapters/glossary.html")
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Find in this book").fill("sigmod")
        page.get_by_role("option", name="sigmoid").first.wait_for()
        assert faults(page) == []


class TestSlides:
    @pytest.fixture(
        params=[(1440, {"color_scheme": "light"}), (390, {"color_scheme": "dark"}), (1440, {"forced_colors": "active"})]
    )
    def context_options(self, request):
        width, looks = request.param
        return {"viewport": {"width": width, "height": 900}} | looks

    def test_axe_finds_nothing_in_a_presentation(self, page, site):
        page.goto(f"{site}chapters/perceptron.html?present")
        page.locator(".nn-show-bar").wait_for()
        found = {}
        for anchor in ("", "#watch-it-learn", "#figure-xor-cannot-be-done", "#perceptron-predict-rate", "#perceptron-zero-one"):
            page.evaluate("anchor => { location.hash = anchor; }", anchor)
            page.wait_for_timeout(300)
            found |= {anchor: faults(page)}
        asked = "#perceptron-quiz-right"
        page.evaluate("anchor => { location.hash = anchor; }", asked)
        page.locator(asked).get_by_role("button", name="One hand more").first.click()
        page.locator(asked).get_by_role("button", name="Show the answer").click()
        found |= {asked: faults(page)}
        assert {anchor: there for anchor, there in found.items() if there} == {}


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("image-alt", "<img src='data:,'>"),
        ("label-content-name-mismatch", "<button aria-label='Go'>Stop here</button>"),
        (
            "target-size",
            "<button style='all:unset;width:9px;height:9px'>a</button><button style='all:unset;width:9px'>b</button>",
        ),
        ("color-contrast", "<p>" + 9 * "<code>word</code> " + "<code style='color:#bbb'>word</code></p>"),
        ("color-contrast", "<p>" + 9 * "<code>word</code> " + "<code style='background:#888'>word</code></p>"),
        ("color-contrast", "<p>" + 9 * "<code>word</code> " + "<span style='opacity:.3'><code>word</code></span></p>"),
        ("color-contrast", "<pre>" + 9 * "<span>word</span> " + "<span style='color:#bbb'>word</span></pre>"),
        ("color-contrast", "<div class='pst-scrollable-table-container'><p style='color:#bbb'>word</p></div>"),
        ("gradient", "<p style='color:#bbb; background:linear-gradient(#fff, #eee)'>word</p>"),
        ("color-contrast", "<p style='color:#bbb'>" + 9 * "<i>+</i> " + "<i>word</i></p>"),
    ],
)
def test_axe_finds_a_fault_that_is_planted(page, site, rule, fault):
    page.goto(f"{site}genindex.html")
    page.locator("article").first.evaluate("(article, fault) => article.insertAdjacentHTML('beforeend', fault)", fault)
    assert rule in {name for name, _ in faults(page)}


@pytest.mark.parametrize("how", ["under the mouse", "at a tap"])
class TestCard:
    @pytest.fixture
    def context_options(self, how):
        return {"viewport": {"width": 390, "height": 844}, "has_touch": how == "at a tap"}

    def test_axe_finds_nothing_where_a_card_is_shown(self, page, site, how):
        page.goto(f"{site}chapters/neuron.html")
        page.locator("#nn-card").wait_for(state="attached")
        term = page.locator(".bd-article a:has(> .std-term)").first
        term.tap() if how == "at a tap" else term.hover()
        page.locator("#nn-card").wait_for()
        page.wait_for_timeout(300)  # it has come
        assert faults(page) == []


# the focus

ACTIVE = """() => {
    const element = document.activeElement;
    if (element === document.body || element.dataset.seen) return null;
    element.dataset.seen = "1";
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height, html: element.outerHTML.slice(0, 160) };
}"""


def unseen_stops(page):
    """Return the stops of the Tab key whose pixels do not change when they lose the focus, and how many stops there are."""
    page.add_style_tag(content=STILL)
    size, unseen, stops = page.viewport_size, [], 0
    page.keyboard.press("Tab")
    while stop := page.evaluate(ACTIVE):
        stops += 1
        left, top = max(0, stop["x"] - 8), max(0, stop["y"] - 8)
        width = min(size["width"], stop["x"] + stop["width"] + 8) - left
        height = min(size["height"], stop["y"] + stop["height"] + 8) - top
        element = page.evaluate_handle("document.activeElement")
        views = []
        for act in ("focus", "blur"):
            element.evaluate(f"element => element.{act}({{ preventScroll: true }})")
            shot = page.screenshot(clip={"x": left, "y": top, "width": width, "height": height})
            views.append(Image.open(io.BytesIO(shot)).convert("RGB"))
        if not ImageChops.difference(*views).getbbox():
            unseen.append(stop["html"])
        element.evaluate("element => element.focus({ preventScroll: true })")
        page.keyboard.press("Tab")
    return unseen, stops


class TestFocus:
    @pytest.fixture
    def scheme(self):
        return "light"

    @pytest.fixture
    def context_options(self, scheme):
        return {"viewport": {"width": 1280, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}

    @pytest.mark.parametrize(("chapter", "scheme"), [("neuron", "light"), ("perceptron", "dark"), ("digits", "light")])
    def test_every_stop_of_the_tab_key_is_seen(self, page, site, chapter):
        open_awake(page, f"{site}chapters/{chapter}.html")
        page.evaluate("scrollTo(0, 0)")
        unseen, stops = unseen_stops(page)
        assert unseen == [] and stops > 25

    def test_a_stop_that_is_not_seen_is_found(self, page, site):
        page.goto(f"{site}genindex.html")
        page.locator(".bd-article").evaluate("article => article.remove()")  # whose links are many, and all alike
        page.add_style_tag(content=UNSEEN)
        unseen, _ = unseen_stops(page)
        assert len(unseen) == 1 and "theme-switch-button" in unseen[0]


# narrow and large


# At 400 % a page has the 320 pixels of the smallest phone again, and only a lower window.
@pytest.mark.parametrize(("width", "zoom", "which"), [(320, 1, ""), (1280, 2, ""), (1280, 4, SOME)])
class TestNarrow:
    @pytest.fixture
    def context_options(self, width, zoom):
        # A browser's zoom of 200 % is a window of half the pixels, each drawn twice as large.
        return {"viewport": {"width": width // zoom, "height": 900 // zoom}, "device_scale_factor": zoom}

    def test_nothing_scrolls_sideways(self, page, site, html, which):
        wide = {}
        for path in filter(re.compile(which).search, pages(html)):
            open_page(page, site + path)
            page.wait_for_timeout(100)
            if (reach := page.evaluate("document.documentElement.scrollWidth")) > page.viewport_size["width"]:
                wide[path] = reach
        assert wide == {}
