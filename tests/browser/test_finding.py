"""Finding things: the palette in the page, the gallery, the pages for what is not there, and where one is in a chapter."""

import re
from pathlib import Path

import pytest
from figures import wait_until
from playwright.sync_api import expect
from web import Handler, serve, watch_over

from nnlib.explorables import EXPLORABLES

HOSTILE = '<img src=x onerror="document.title=1"> & "'
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def field_of(page):
    return page.get_by_role("combobox", name="Find in this book")


def open_palette(page, address):
    """Open a page and its palette, and return the field and the list."""
    page.goto(address)
    page.keyboard.press("Control+k")
    options = page.locator(".nn-find[open] [role=option]")
    options.nth(5).wait_for()
    return field_of(page), options


class TestPalette:
    def test_it_answers_as_one_types_and_enter_leads_there(self, page, site):
        field, options = open_palette(page, f"{site}chapters/neuron.html")
        expect(options.first).to_contain_text("Neural Networks, Live")
        field.press_sequentially("vanishing grad")
        expect(options.first).to_have_text(re.compile("Term.*vanishing gradient", re.DOTALL))
        expect(page.get_by_role("status").filter(has_text="answers")).to_be_visible()
        field.press("Enter")
        page.wait_for_url("**/glossary.html#term-vanishing-gradient")

    def test_the_arrows_go_round_and_the_field_says_where(self, page, site):
        field, options = open_palette(page, f"{site}chapters/glossary.html")
        field.fill("softmax")
        expect(options.first).to_have_attribute("aria-selected", "true")
        field.press("ArrowDown")
        expect(options.nth(1)).to_have_attribute("aria-selected", "true")
        expect(page.locator('[aria-selected="true"]')).to_have_count(1)
        assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
        field.press("ArrowUp")
        field.press("ArrowUp")
        expect(options.last).to_have_attribute("aria-selected", "true")
        field.press("Enter")
        page.wait_for_url("**/search.html?q=softmax")

    def test_keys_and_the_button_open_it_escape_closes_it_and_the_themes_own_does_not_open(self, page, site):
        open_palette(page, f"{site}chapters/neuron.html")
        assert page.locator("dialog[open]").count() == 1
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.keyboard.press("/")
        page.keyboard.press("k")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.keyboard.press("Meta+k")
        expect(page.locator(".nn-find[open]")).to_have_count(1)
        assert field_of(page).input_value() == ""
        page.keyboard.press("Control+k")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.locator(".search-button-field").click()
        expect(page.locator(".nn-find[open]")).to_have_count(1)

    def test_a_link_within_the_page_closes_it(self, page, site):
        field, options = open_palette(page, f"{site}chapters/glossary.html")
        field.fill("dead relu")
        options.first.click()
        page.wait_for_url("**/glossary.html#term-dead-ReLU")
        expect(page.locator(".nn-find[open]")).to_have_count(0)

    def test_a_hostile_query_is_text(self, page, site):
        field, options = open_palette(page, f"{site}chapters/glossary.html")
        field.fill(HOSTILE)
        expect(options.last).to_have_text(f"All pages with “{HOSTILE}”")
        assert page.locator(".nn-find img").count() == 0 and "Glossary" in page.title()
        options.last.click()
        page.wait_for_url("**/search.html?q=*")
        assert page.locator("#search-results img, .search img").count() == 0

    @pytest.mark.planted
    def test_where_the_list_does_not_come_it_says_so_and_enter_searches(self, page, site):
        page.route("**/finding.json", lambda route: route.abort())
        page.goto(f"{site}chapters/glossary.html")
        page.keyboard.press("Control+k")
        page.get_by_text("can't be loaded").wait_for()
        field_of(page).fill("bias")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=bias")

    def test_it_is_there_without_a_network(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        page.wait_for_load_state("networkidle")  # what is under way would fail, and say so
        page.context.set_offline(True)
        page.keyboard.press("Control+k")
        field_of(page).fill("XOR")
        expect(page.locator("[role=option]").first).to_contain_text("The atlas of XOR")

    @pytest.mark.parametrize("context_options", [{"java_script_enabled": False}], ids=["no JavaScript"])
    def test_without_javascript_the_button_leads_to_the_search(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        page.locator("a.search-button__button:visible").first.click()
        page.wait_for_url("**/search.html")

    @pytest.mark.parametrize("context_options", [PHONE], ids=["phone"])
    def test_on_a_phone_a_finger_meets_one_answer_and_nothing_scrolls_sideways(self, page, site):
        field, options = open_palette(page, f"{site}chapters/glossary.html")
        field.fill("sigmod")
        expect(options.first).to_contain_text("sigmoid")
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        assert min(each.bounding_box()["height"] for each in options.all()) >= 44


class TestGallery:
    def test_it_has_every_figure_and_leads_to_it(self, page, site):
        page.goto(f"{site}chapters/figures.html")
        links = page.locator("a.nn-exhibit-title").evaluate_all("links => links.map(link => link.href)")
        assert sorted(link.split("#figure-")[1].replace("-", "_") for link in links) == sorted(EXPLORABLES)
        sizes = page.locator(".nn-exhibit-picture").evaluate_all("all => all.map(each => Math.round(each.clientHeight))")
        assert len({*sizes}) == 1 and sizes[0] > 100
        page.locator("a.nn-exhibit-title").nth(3).click()
        page.locator(f"#{links[3].split('#')[1]}.nn-figure").wait_for()

    def test_each_card_has_a_picture_a_chapter_and_a_task(self, page, site):
        page.goto(f"{site}chapters/figures.html")
        cards = page.locator(".nn-exhibit")
        assert cards.count() == len(EXPLORABLES)
        for card in cards.all():
            assert card.locator(".nn-exhibit-picture > div > *").count()
            words = card.locator("> :not(.nn-exhibit-picture)").all_text_contents()
            assert len(words) == 3 and all(words)

    @pytest.mark.parametrize("context_options", [{}, PHONE], ids=["desktop", "phone"])
    def test_a_picture_that_is_touched_comes_alive_in_its_place_and_goes_again(self, page, site, context_options):
        page.goto(f"{site}chapters/figures.html")
        picture = page.get_by_role("button", name="Try it here: Tune a neuron")
        press = picture.tap if context_options else picture.click
        press()
        figure = page.locator("[data-explorable=tune_a_neuron]")
        expect(figure).to_have_attribute("data-state", "live", timeout=60_000)
        assert figure.evaluate("figure => figure.scrollWidth <= innerWidth")
        figure.locator("input[type=range]").first.press("ArrowRight")
        expect(figure.locator("[data-do=reset]")).to_be_enabled()
        press()
        expect(figure).to_be_hidden()
        picture.press("Enter")
        expect(figure).to_be_visible()

    def test_a_figure_whose_numbers_lie_beside_it_comes_alive_as_well_and_its_link_leads_back(self, page, site):
        page.goto(f"{site}chapters/figures.html?playground=%7B%22noise%22%3A20%7D")
        expect(page.locator("[data-explorable=playground]")).to_have_attribute("data-state", "live", timeout=60_000)
        expect(page.get_by_role("slider", name="noise in %")).to_have_value("20")

    @pytest.mark.planted
    def test_a_figure_that_does_not_come_says_so_and_can_be_asked_for_again(self, page, site):
        page.route("**/embed/tune_a_neuron.html", lambda route: route.fulfill(status=500))
        page.goto(f"{site}chapters/figures.html")
        page.get_by_role("button", name="Try it here: Tune a neuron").click()
        expect(page.get_by_role("alert")).to_contain_text("can't be loaded", timeout=30_000)
        page.unroute("**/embed/tune_a_neuron.html")
        page.get_by_role("button", name="Try it here: Tune a neuron").click()
        expect(page.locator("[data-explorable=tune_a_neuron]")).to_have_attribute("data-state", "live", timeout=60_000)

    @pytest.mark.parametrize("context_options", [{"java_script_enabled": False}], ids=["no JavaScript"])
    def test_without_javascript_a_picture_leads_to_its_figure(self, page, site):
        page.goto(f"{site}chapters/figures.html")
        page.locator("a.nn-exhibit-picture").nth(3).click()
        page.wait_for_url("**/*.html#figure-*")


class Lost(Handler):
    """A host that gives the book's own page for what is not there, as GitHub Pages does."""

    def send_error(self, code, *given):
        content = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def losing(html):
    """Return the address of the book at such a host."""
    with serve(html, Lost) as address:
        yield address


class TestLost:
    @pytest.mark.planted  # the console tells of what is not there
    @pytest.mark.parametrize("path", ["chapters/backprop.html", "a/b/c/back-propagation", "backprop"])
    def test_an_unknown_address_says_so_and_its_words_are_looked_up(self, page, losing, path):
        assert page.goto(losing + path).status == 404
        expect(page.locator("h1")).to_have_text("This page is not in the book")
        expect(page.locator(".nn-lost-found a").first).to_contain_text("Backpropagation")
        assert page.locator(".nn-lost-ways a").get_attribute("href") == f"{losing}chapters/welcome.html"
        page.get_by_role("button", name="Find something else").click()
        expect(page.locator("[role=option]").first).to_contain_text("Backpropagation")
        page.keyboard.press("Enter")
        page.wait_for_url("**/book/chapters/backpropagation.html")
        assert page.watch.errors == []

    @pytest.mark.planted
    @pytest.mark.parametrize("path", ["%3Cimg%20src=x%3E", "%E0%A4%A", "chapters/", "?q=<b>"])
    def test_a_hostile_address_is_text(self, page, losing, path):
        page.goto(f"{losing}nowhere/{path}")
        page.get_by_role("button", name="Find something else").wait_for()
        assert page.locator("img").count() == 0 and page.watch.errors == []

    @pytest.mark.planted
    @pytest.mark.parametrize("context_options", [{"java_script_enabled": False}], ids=["no JavaScript"])
    def test_without_javascript_it_says_so(self, page, losing):
        page.goto(f"{losing}chapters/backprop.html")
        expect(page.locator("h1")).to_have_text("This page is not in the book")
        expect(page.get_by_text("may be mistyped")).to_be_visible()
        assert page.locator("a[href]").count() == 0, "none that may lead astray"

    @pytest.mark.planted
    def test_without_a_network_a_page_that_is_not_kept_tells_what_is(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        for _ in range(300):
            if page.evaluate("caches.match(location.href).then(Boolean)"):
                break
            page.wait_for_timeout(100)
        page.context.set_offline(True)
        page.goto(f"{site}chapters/loss.html")
        expect(page.locator("h1")).to_have_text("This page is not on this device")
        links = page.locator(".nn-lost-found a")
        expect(links).to_have_count(1)
        page.evaluate("() => { window.stayed = dispatchEvent(new Event('online')); }")  # of a network that leads nowhere
        page.wait_for_timeout(500)
        assert page.evaluate("window.stayed")
        links.first.click()
        page.wait_for_url("**/chapters/neuron.html")
        expect(page.locator("h1").first).to_contain_text("The artificial neuron")
        page.goto(f"{site}chapters/loss.html")
        page.context.set_offline(False)
        expect(page.locator("h1").first).to_contain_text("Loss")

    def test_the_watch_of_this_test_sees_errors(self, page):
        watch = watch_over(page)
        page.goto("data:text/html,<script>throw new Error('planted')</script>")
        assert watch.errors and page.watch.errors
        page.watch.errors.clear()


class TestPlace:
    def test_the_list_marks_the_last_short_section_and_the_line_is_full_at_the_end(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        marked = page.locator('.page-toc a[aria-current="true"]')
        page.evaluate("document.querySelector('#gates-by-hand').scrollIntoView({ behavior: 'instant' })")
        expect(marked).to_have_text("Gates by hand")
        page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
        expect(marked).to_have_text("Summary")
        expect(marked).to_have_count(1)
        bar, way = (page.locator(each).bounding_box() for each in (".bd-header-article", ".nn-way"))
        assert way["height"] == 2 and abs(way["width"] - bar["width"]) < 2
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
        expect(marked).to_have_count(0)
        wait_until(page, lambda: page.evaluate("document.querySelector('.nn-way').getBoundingClientRect().width < 5"))

    def test_a_section_that_is_gone_to_is_marked(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        page.locator(".page-toc a", has_text="Quiz").click()
        page.wait_for_timeout(1500)
        expect(page.locator('.page-toc a[aria-current="true"]')).to_have_text("Quiz")
