"""A page presented: slide by slide, by the keys of a remote, with all that is on it; hands are counted, figures live."""

import re

import pytest
from figures import ask, drag, picture_of, wait_for, wait_until
from playwright.sync_api import expect

CHAPTERS = ("neuron", "perceptron", "playground")
# What is read, as far as no fold of the page hides it: a figure, a question and an exercise count as one.
NOTE_WHAT_IS_READ = """() => {
    const whole = ".nn-figure, .nn-question, .nn-predict, .nn-cell";
    const hidden = ".nn-aside, .nn-steps, .nn-source, .nn-said, details:not(.nn-predicted) > :not(summary), " +
        ".toggle-hidden > :not(.admonition-title), .math > script";
    let number = 0;
    for (const each of document.querySelectorAll(`.bd-article :is(h1, h2, h3, h4, p, li, pre, dt, dd, td, th, ${whole},
            .nn-plot, .math, summary, .nn-onward > a, .nn-picture)`)) {
        if (each.parentElement.closest(whole) || each.closest(hidden)) continue;
        if (each.textContent.trim()) each.dataset.read = number++;
    }
    return number;
}"""
SEEN = """() => Array.from(document.querySelectorAll("[data-read]")).filter(each => {
    const { width, height } = each.getBoundingClientRect();
    return each.checkVisibility({ visibilityProperty: true }) && width > 0 && height > 0;
}).map(each => Number(each.dataset.read))"""
SIZES = """() => {
    const root = document.documentElement, shown = document.querySelector(".nn-full") ?? root;
    const text = document.querySelector(".bd-article p:not([data-away], .nn-figure *)");
    return { wide: shown.scrollWidth - shown.clientWidth, scale: Number(root.style.getPropertyValue("--nn-show-scale")) };
}"""


@pytest.fixture
def context_options():
    return {"viewport": {"width": 1440, "height": 900}}


def bar(page):
    return page.locator(".nn-show-bar")


def place(page):
    """Return which slide is shown, and how many there are."""
    return tuple(map(int, re.search(r"(\d+) of (\d+)", bar(page).inner_text()).groups()))


def present(page, address, anchor=""):
    """Open a page that presents itself, from an anchor on."""
    page.goto(f"{address}?present{anchor}")
    bar(page).wait_for()


def press(page, key, times=1):
    for _ in range(times):
        page.keyboard.press(key)


def leave(page):
    page.keyboard.press("Escape")
    expect(bar(page)).to_have_count(0)


class TestSteps:
    def test_one_key_begins_with_what_is_in_sight_and_again_ends(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        heading = page.locator("section > h2").nth(2)
        heading.evaluate("heading => heading.scrollIntoView({ behavior: 'instant' })")
        page.keyboard.press("F8")
        bar(page).wait_for()
        expect(heading).to_be_in_viewport()
        assert place(page)[0] > 1
        assert page.locator("article h1").is_hidden() and page.locator(".bd-header-article").is_hidden()
        page.keyboard.press("F8")
        expect(bar(page)).to_have_count(0)
        assert page.locator("article h1").is_visible() and page.locator(".bd-header-article").is_visible()

    def test_a_figure_in_sight_is_the_slide(self, page, site):
        page.goto(f"{site}chapters/perceptron.html")
        figure = page.locator("#figure-train-a-perceptron")
        figure.evaluate("figure => figure.scrollIntoView({ behavior: 'instant' })")
        page.keyboard.press("F8")
        bar(page).wait_for()
        box = figure.bounding_box()
        assert box["width"] == 1440 and box["height"] > 0.9 * 900

    @pytest.mark.parametrize("chapter", CHAPTERS)
    @pytest.mark.parametrize("size", [(1440, 900), (1024, 768)])
    def test_a_remotes_key_leads_through_a_chapter_and_nothing_is_lost_or_shown_twice(self, page, site, chapter, size):
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        page.goto(f"{site}chapters/{chapter}.html")
        page.locator(".nn-question[data-mounted]").first.wait_for(state="attached")
        count = page.evaluate(NOTE_WHAT_IS_READ)
        page.evaluate("scrollTo(0, 0)")
        page.keyboard.press("F8")
        bar(page).wait_for()
        seen, (number, all_of_them) = {}, place(page)
        assert number == 1
        for _ in range(3 * all_of_them):
            seen[place(page)[0]] = page.evaluate(SEEN)
            assert page.evaluate(SIZES)["wide"] <= 1
            page.keyboard.press("PageDown")
        assert sorted(seen) == list(range(1, all_of_them + 1))
        assert sorted(each for slide in seen.values() for each in slide) == list(range(count))
        assert min(map(len, seen.values())) > 0

    def test_the_keys_back_lead_back(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#two-species-of-iris")
        here, _ = place(page)
        press(page, "ArrowRight", 2)
        assert place(page)[0] == here + 2
        press(page, "ArrowLeft")
        press(page, "PageUp")
        assert place(page)[0] == here

    def test_what_is_taller_than_the_screen_is_scrolled_through(self, page, site):
        page.set_viewport_size({"width": 1024, "height": 500})
        present(page, f"{site}chapters/playground.html", "#playground-bug-hunt")
        here, _ = place(page)
        bottom = "document.documentElement.scrollHeight - innerHeight - scrollY"
        assert page.evaluate(bottom) > 100
        press(page, "PageDown")
        assert place(page)[0] == here and page.evaluate("scrollY") > 100
        while page.evaluate(bottom) > 1:
            press(page, "PageDown")
        assert place(page)[0] == here
        press(page, "PageDown")
        assert place(page)[0] == here + 1 and page.evaluate("scrollY") == 0

    def test_a_remote_steps_whatever_has_the_focus_and_an_arrow_only_where_it_is_free(self, page, site):
        present(page, f"{site}chapters/neuron.html", "#figure-tune-a-neuron")
        figure = page.locator("#figure-tune-a-neuron")
        wait_for(figure, "live")
        slider = figure.locator('input[type="range"]').first
        here, before = place(page)[0], slider.input_value()
        slider.focus()
        page.keyboard.press("ArrowRight")
        assert place(page)[0] == here and slider.input_value() != before
        page.keyboard.press("PageDown")
        assert place(page)[0] == here + 1
        page.keyboard.press("ArrowRight")
        assert place(page)[0] == here + 2

    def test_a_remotes_third_key_does_not_load_the_page_anew(self, page, site):
        present(page, f"{site}chapters/neuron.html")
        page.evaluate("window.same = true")
        page.keyboard.press("F5")
        page.wait_for_timeout(300)
        assert page.evaluate("window.same") and bar(page).is_visible()

    def test_the_size_of_the_window_may_change(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#watch-it-learn")
        heading = page.locator("#watch-it-learn > h2")
        press(page, "PageDown")
        press(page, "PageUp")
        expect(heading).to_be_visible()
        before = place(page)[1]
        page.set_viewport_size({"width": 900, "height": 500})
        wait_until(page, lambda: place(page)[1] > before)
        expect(heading).to_be_visible()

    def test_letters_are_large(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#a-rule-in-one-sentence")
        text = page.locator("#a-rule-in-one-sentence > p").first
        assert text.evaluate("text => parseFloat(getComputedStyle(text).fontSize)") >= 28


class TestWaysInAndOut:
    def test_a_button_begins_and_buttons_step_and_end(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        page.get_by_role("button", name="Present this page").click()
        assert place(page)[0] == 1
        previous, following = (bar(page).get_by_role("button", name=f"{which} slide") for which in ("Previous", "Next"))
        assert previous.is_disabled()
        following.click()
        assert place(page)[0] == 2
        previous.click()
        assert place(page)[0] == 1
        bar(page).get_by_role("button", name="Leave").click()
        expect(bar(page)).to_have_count(0)

    def test_escape_gives_back_the_place_the_focus_and_the_page(self, page, site):
        page.goto(f"{site}chapters/perceptron.html")
        page.locator(".nn-question[data-mounted]").first.wait_for(state="attached")
        link = page.locator("#why-it-must-stop p a").first
        link.focus()
        page.wait_for_timeout(200)
        looks = """() => [scrollY, document.documentElement.scrollHeight, document.activeElement.href,
            document.querySelectorAll("[data-away], [data-first], .nn-full").length,
            Array.from(document.querySelectorAll(".nn-predicted"), each => each.open)]"""
        before = page.evaluate(looks)
        assert before[0] > 1000
        page.keyboard.press("F8")
        bar(page).wait_for()
        leave(page)
        assert page.evaluate(looks) == before

    def test_who_has_stepped_on_comes_back_to_where_that_is(self, page, site):
        page.goto(f"{site}chapters/perceptron.html")
        page.keyboard.press("F8")
        bar(page).wait_for()
        heading = page.locator("#why-it-must-stop > h2")
        while not heading.is_visible():
            page.keyboard.press("PageDown")
        leave(page)
        expect(heading).to_be_in_viewport()

    def test_a_link_presents_a_section_and_loading_anew_after_the_end_does_not(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#what-it-cannot-do")
        expect(page.locator("#what-it-cannot-do > h2")).to_be_visible()
        leave(page)
        assert page.url.endswith("/perceptron.html#what-it-cannot-do")

    def test_a_link_presents_a_figure_with_its_settings(self, page, site):
        page.goto(f"{site}chapters/neuron.html?present&tune_a_neuron=%7B%22bias%22%3A1.5%7D#figure-tune-a-neuron")
        figure = page.locator("#figure-tune-a-neuron")
        wait_for(figure, "live")
        assert place(page)[0] > 1
        assert figure.bounding_box()["width"] == 1440
        wait_until(page, lambda: figure.locator("input[aria-label='bias b']").first.input_value() == "1.5")

    @pytest.mark.parametrize("anchor", ["#", "#no-such-place", "#%E0%A4%A", "#%3Cimg%20src%3Dx%3E"])
    def test_a_link_to_nothing_begins_at_the_beginning(self, page, site, anchor):
        present(page, f"{site}chapters/neuron.html", anchor)
        assert place(page)[0] == 1

    @pytest.mark.planted
    def test_what_cannot_be_loaded_is_said_and_may_come_later(self, page, site):
        page.route("**/present.js", lambda route: route.abort())
        page.goto(f"{site}chapters/glossary.html")
        page.keyboard.press("F8")
        told = page.get_by_role("alert").filter(has_text="The presentation can't be loaded.")
        expect(told).to_be_visible()
        page.unroute("**/present.js")
        page.keyboard.press("F8")
        bar(page).wait_for()
        expect(told).to_have_count(0)

    def test_nothing_of_it_is_loaded_by_who_reads(self, page, site):
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{site}chapters/glossary.html")
        page.wait_for_timeout(1000)
        assert [url for url in asked if "/present." in url and "service-worker" not in url] == []

    def test_paper_has_the_whole_page(self, page, site):
        present(page, f"{site}chapters/perceptron.html")
        page.emulate_media(media="print")
        assert page.locator("#summary > h2").is_visible() and page.locator("#watch-it-learn > h2").is_visible()
        assert bar(page).is_hidden()


class TestFigures:
    def test_a_figure_lives_in_a_slide_and_goes_on_living(self, page, site):
        present(page, f"{site}chapters/neuron.html", "#figure-tune-a-neuron")
        figure = page.locator("#figure-tune-a-neuron")
        wait_for(figure, "live")
        before = picture_of(figure)
        drag(page, figure.locator(".nn-handle").first, (60, -40))
        wait_until(page, lambda: picture_of(figure) != before)
        press(page, "PageDown")
        press(page, "PageUp")
        assert figure.bounding_box()["width"] == 1440
        ask(figure, "set", {"bias": 0.5})
        leave(page)
        assert figure.bounding_box()["width"] < 1000 and "nn-full" not in figure.get_attribute("class")


class TestHands:
    def question(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#perceptron-quiz-right")
        return page.locator("#perceptron-quiz-right")

    def counts(self, asked):
        return [int(field.input_value()) for field in asked.get_by_role("spinbutton").all()]

    def test_hands_are_counted_by_mouse_and_by_keys_and_their_shares_shown(self, page, site):
        asked = self.question(page, site)
        more, less = (asked.get_by_role("button", name=f"One hand {which}") for which in ("more", "less"))
        for _ in range(4):
            more.first.click()
        less.first.click()
        asked.get_by_role("spinbutton").nth(1).fill("9")
        page.keyboard.press("Enter")
        assert self.counts(asked) == [3, 9, 0]
        assert asked.locator(".nn-hands-share").all_inner_texts() == ["25 %", "75 %", "0 %"]
        expect(asked.get_by_role("status")).to_have_text("12 hands")
        page.keyboard.press("ArrowUp")
        assert self.counts(asked) == [3, 10, 0]
        bars = asked.locator(".nn-hands-bar > span")
        widths = "all => all.map(bar => bar.getBoundingClientRect().width)"
        wait_until(page, lambda: (wide := bars.evaluate_all(widths))[1] > 3 * wide[0] > 0)  # they grow for a moment
        asked.get_by_role("button", name="Count anew").click()
        assert self.counts(asked) == [0, 0, 0]

    @pytest.mark.parametrize(("typed", "taken"), [("-4", 0), ("2.6", 3), ("", 0), ("1e9", 999)])
    def test_a_number_that_no_room_has_is_brought_to_one_that_it_may(self, page, site, typed, taken):
        asked = self.question(page, site)
        asked.get_by_role("spinbutton").first.fill(typed)
        page.keyboard.press("Tab")
        assert self.counts(asked)[0] == taken

    def test_the_answer_is_shown_and_nothing_is_kept(self, page, site):
        asked = self.question(page, site)
        asked.get_by_role("button", name="One hand more").first.click()
        assert asked.locator(".nn-judged:visible").count() == 0
        asked.get_by_role("button", name="Show the answer").click()
        right = asked.locator(".nn-judged:visible", has_text="Right.")
        expect(right).to_have_count(1)
        assert asked.locator(".nn-judged:visible", has_text="Not this one.").count() == 1  # for which there was a hand
        assert asked.locator('[data-verdict="right"]').count() == 1
        leave(page)
        assert asked.locator(".nn-judged:visible, [data-verdict='right']").count() == 0
        assert asked.get_by_role("spinbutton").count() == 0
        assert "perceptron-quiz-right" not in page.evaluate("JSON.stringify(localStorage)")

    def test_what_the_teacher_has_answered_is_not_given_away_and_is_there_again(self, page, site):
        page.goto(f"{site}chapters/perceptron.html#perceptron-quiz-right")
        asked = page.locator("#perceptron-quiz-right")
        asked.get_by_role("radio").first.check()
        asked.get_by_role("button", name="Check").click()
        judged = asked.locator(".nn-judged:visible")
        expect(judged).to_have_count(1)
        page.keyboard.press("F8")
        bar(page).wait_for()
        expect(judged).to_have_count(0)
        assert asked.get_by_role("button", name="Check").count() == 0
        leave(page)
        expect(judged).to_have_count(1)
        assert asked.get_by_role("radio").first.is_checked()

    def test_counts_last_until_the_page_is_left(self, page, site):
        asked = self.question(page, site)
        asked.get_by_role("spinbutton").nth(2).fill("7")
        press(page, "PageDown")
        press(page, "PageUp")
        assert self.counts(asked) == [0, 0, 7]
        leave(page)
        page.keyboard.press("F8")
        bar(page).wait_for()
        assert self.counts(asked) == [0, 0, 7]

    def test_a_prediction_is_counted_and_its_answer_is_the_next_slide(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#perceptron-predict-rate")
        asked = page.locator("#perceptron-predict-rate")
        here, _ = place(page)
        asked.get_by_role("button", name="One hand more").nth(1).click()
        asked.get_by_role("button", name="Show the answer").click()
        answer = page.locator('[data-answers="perceptron-predict-rate"]')
        assert place(page)[0] == here + 1
        expect(answer).to_be_visible()
        expect(asked).to_be_hidden()
        leave(page)
        assert answer.get_attribute("open") is not None and answer.is_visible()
        others = page.locator(".nn-predicted:not([data-answers='perceptron-predict-rate'])")
        assert others.count() > 0 and others.evaluate_all("all => all.every(each => !each.open)")
        assert "perceptron-predict-rate" not in page.evaluate("JSON.stringify(localStorage)")


class TestPhone:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

    def test_a_phone_presents_as_well(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#perceptron-quiz-right")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("#perceptron-quiz-right").get_by_role("button", name="One hand more").first.tap()
        bar(page).get_by_role("button", name="Next slide").tap()
        bar(page).get_by_role("button", name="Leave").tap()
        expect(bar(page)).to_have_count(0)


class TestMotion:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}

    def test_bars_jump_for_who_wants_no_motion(self, page, site):
        present(page, f"{site}chapters/perceptron.html", "#perceptron-quiz-right")
        bar_of = page.locator(".nn-hands-bar > span").first
        assert bar_of.evaluate("bar => getComputedStyle(bar).transitionDuration") == "0s"
