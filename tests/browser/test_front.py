"""The front page and the openers in a browser: what comes first, what is folded, and that nothing moves as a page loads."""

import pytest

SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 500);
})"""
SIZES = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]


@pytest.mark.parametrize("context_options", [{"viewport": size} for size in SIZES], ids=["laptop", "phone"])
class TestOnALaptopAndAPhone:
    def test_the_front_page_begins_with_a_figure_that_lives(self, page, site):
        page.goto(f"{site}chapters/welcome.html")
        figure = page.locator(".nn-figure").first
        assert figure.bounding_box()["y"] < page.viewport_size["height"] / 2
        page.locator('.nn-figure[data-state="live"]').first.wait_for(timeout=120_000)
        assert figure.get_attribute("data-state") == "live"

    def test_what_is_hidden_leaves_no_hole(self, page, site):
        page.goto(f"{site}chapters/welcome.html")
        note = page.locator(".nn-figure .nn-left-out").first
        note.wait_for()
        groups = page.locator(".nn-figure").first.locator(".nn-group").filter(visible=True)
        boxes = [group.bounding_box() for group in groups.all()]
        assert len(boxes) == 3 and all(box["y"] + box["height"] <= note.bounding_box()["y"] for box in boxes)
        if page.viewport_size["width"] > 1000:  # side by side, and on the first screen
            assert len({box["y"] for box in boxes}) == 1
            assert all(box["y"] + box["height"] <= 900 for box in boxes)

    def test_one_sentence_has_the_room_of_one_sentence(self, page, site):
        page.goto(f"{site}chapters/welcome.html")
        said = page.locator('[data-explorable="draw_a_digit"] [data-kind="equations"] .nn-panel-body')
        assert 20 < said.bounding_box()["height"] < 90

    def test_the_opener_of_a_chapter_does_not_move_the_page(self, page, site):
        page.goto(f"{site}chapters/gradient_descent.html")
        picture = page.locator(".nn-front > .nn-picture")
        assert picture.bounding_box()["height"] > 100
        assert page.evaluate(SHIFT) < 0.01

    def test_the_end_of_a_chapter_leads_to_the_next_one(self, page, site):
        page.goto(f"{site}chapters/loss.html")
        page.get_by_role("navigation", name="Next and previous chapter").get_by_role("link", name="Next: Chapter 7").click()
        page.wait_for_url("**/chapters/gradient_descent.html")


def test_the_ten_questions_take_no_room_until_they_are_asked_for(page, site):
    page.goto(f"{site}chapters/welcome.html")
    question = page.locator("#are-you-ready .nn-question").first
    question.wait_for(state="hidden")
    page.locator("#are-you-ready .admonition-title").first.click()
    question.wait_for(state="visible")
