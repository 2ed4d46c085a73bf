"""Readers with other hands, scripts, colors and senses than a developer's own: what works for one works for them."""

import pytest
from figures import ask, middle_of, picture_of, settled, wait_for
from playwright.sync_api import expect

from nnlib.live import figure as widget

NAMED = '[data-explorable="{}"]'
# What a part of a figure says from now on, each time that it changes.
COUNT = """(element, [name]) => {
    const part = element.querySelector(name);
    element.told = [];
    const tell = new MutationObserver(() => { element.told.push(part.textContent); });
    tell.observe(part, { childList: true, characterData: true, subtree: true });
}"""
# Things that run from left to right in any language.
LEFT_TO_RIGHT = (".nn-figure", ".nn-equation", ".nn-control", ".nn-editor textarea", ".highlight pre", "code", "mjx-container")


def open_at(page, site, chapter, name):
    page.goto(f"{site}chapters/{chapter}.html")
    figure = page.locator(NAMED.format(name))
    figure.scroll_into_view_if_needed()
    wait_for(figure, "live")
    return figure


def swipe(page, begin, by):
    """Move a finger over the page, as a hand does: in steps."""
    touch = page.context.new_cdp_session(page)
    send = lambda kind, *at: touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*at]})  # noqa: E731
    points = [{"x": begin[0] + by[0] * step / 10, "y": begin[1] + by[1] * step / 10} for step in range(11)]
    send("touchStart", points[0])
    for point in points[1:]:
        send("touchMove", point)
        page.wait_for_timeout(16)
    send("touchEnd")
    page.wait_for_timeout(200)


class TestFinger:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

    def test_a_swipe_that_begins_on_a_slider_scrolls_and_changes_nothing(self, page, site):
        figure = open_at(page, site, "neuron", "tune_a_neuron")
        figure.evaluate(COUNT, [".nn-sentence"])
        for slider in figure.locator('input[type="range"]').all():
            slider.evaluate("slider => slider.scrollIntoView({ block: 'center', behavior: 'instant' })")
            settings, top = picture_of(figure), page.evaluate("scrollY")
            value = slider.input_value()
            box = slider.bounding_box()
            swipe(page, (box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2), (0, -200))
            assert page.evaluate("scrollY") > top + 50
            assert slider.input_value() == value and settled(figure) == settings
        assert figure.evaluate("element => element.told") == []

    def test_a_finger_to_the_side_and_a_tap_move_a_slider(self, page, site):
        figure = open_at(page, site, "neuron", "tune_a_neuron")
        slider = figure.locator('[data-control="w1"] input[type="range"]')
        slider.evaluate("slider => slider.scrollIntoView({ block: 'center', behavior: 'instant' })")
        before = float(slider.input_value())
        x, y = middle_of(slider)
        swipe(page, (x + 5, y), (80, 4))
        moved = float(slider.input_value())
        number = figure.locator('[data-control="w1"] input[type="number"]')
        assert moved > before and float(number.input_value()) == moved
        page.touchscreen.tap(x, y)
        page.wait_for_timeout(200)
        assert float(number.input_value()) == float(slider.input_value()) < moved

    def test_a_swipe_over_the_rewind_slider_leaves_the_run_alone(self, page, site):
        figure = open_at(page, site, "perceptron", "train_a_perceptron")
        ask(figure, "advance", 5)
        slider = figure.locator('[data-do="rewind"]')
        slider.evaluate("slider => slider.scrollIntoView({ block: 'center', behavior: 'instant' })")
        box = slider.bounding_box()
        swipe(page, (box["x"] + 0.2 * box["width"], box["y"] + box["height"] / 2), (0, -200))
        assert slider.input_value() == slider.get_attribute("max") != "0"


# input methods


@pytest.mark.parametrize("how", [{"isComposing": True}, {"keyCode": 229}], ids=["composing", "Safari, after its end"])
@pytest.mark.parametrize("key", ["Enter", "Tab", "Escape"])
def test_keys_of_an_input_method_are_not_the_editors(page, site, how, key):
    page.goto(f"{site}chapters/neuron.html")
    cell = page.locator('.nn-cell[data-state="ready"]').first
    cell.wait_for()
    area = cell.get_by_role("textbox")
    area.fill("# 日本")
    press = "(area, event) => area.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...event }))"
    assert area.evaluate(press, {"key": key, **how})  # the browser goes on with it
    assert area.input_value() == "# 日本"
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    assert area.input_value() == "# 日本    "  # Escape was not heard: Tab still indents


# pages that are read from right to left


def test_code_figures_and_formulas_run_from_left_to_right_on_any_page(page, site):
    figure = open_at(page, site, "neuron", "tune_a_neuron")
    where = """svg => [...svg.querySelectorAll("text")].flatMap(text => {
        const { x, y, width } = text.getBoundingClientRect(), { x: left, y: top } = svg.getBoundingClientRect();
        return [x - left, y - top, width];
    })"""
    before = figure.locator(".nn-svg").first.evaluate(where)
    assert len(before) > 30
    page.evaluate("document.documentElement.dir = 'rtl'")
    direction = "name => getComputedStyle(document.querySelector(name)).direction"
    assert [name for name in LEFT_TO_RIGHT if page.evaluate(direction, name) != "ltr"] == []
    assert page.evaluate(direction, ".bd-article p") == "rtl"
    after = figure.locator(".nn-svg").first.evaluate(where)
    assert after == pytest.approx(before, abs=0.5)


def test_what_a_typeface_that_comes_late_makes_too_wide_is_a_stop_of_the_tab_key(page, site):
    page.goto(f"{site}chapters/neuron.html")
    code = page.locator("article pre").first
    code.evaluate(
        """code => {
            Object.assign(code.style, { width: "20rem", font: "1rem Late, sans-serif" });
            code.textContent = "i".repeat(60); // narrow, where not all letters are equally wide
        }"""
    )
    page.wait_for_timeout(300)
    assert code.evaluate("code => code.tabIndex") == -1
    code.evaluate(
        """async () => {
            const late = new FontFace("Late", "url(../_static/book-code.woff2)");
            document.fonts.add(late);
            await late.load();
        }"""
    )
    expect(code).to_have_attribute("tabindex", "0")


# colors that the system forces


@pytest.mark.parametrize("scheme", ["light", "dark"])
class TestForcedColors:
    @pytest.fixture
    def context_options(self, scheme):
        return {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active", "color_scheme": scheme}

    def test_what_a_ground_tells_is_seen(self, page, site):
        page.add_init_script("localStorage.setItem('mode', 'light'); localStorage.setItem('theme', 'light');")
        page.goto(f"{site}chapters/digits.html")
        figure = page.locator(NAMED.format("draw_a_digit"))
        figure.scroll_into_view_if_needed()
        wait_for(figure, "live")
        seen = """([figure, name, pseudo, property]) => {
            const lit = color => { const [r, g, b] = color.match(/[\\d.]+/g).map(Number); return r + 2 * g + b; };
            const style = getComputedStyle(figure.querySelector(name), pseudo);
            return Math.abs(lit(style[property]) - lit(getComputedStyle(document.body).backgroundColor));
        }"""
        for drawn in [(".nn-best .nn-track > span", None, "backgroundColor"), (".nn-title", "::after", "color")]:
            apart = page.evaluate(seen, [figure.element_handle(), *drawn])
            assert apart > 200, drawn

    def test_figures_are_drawn_in_the_forced_scheme_whatever_the_books_theme(self, page, site, scheme):
        other = "dark" if scheme == "light" else "light"
        page.add_init_script(f"localStorage.setItem('mode', '{other}'); localStorage.setItem('theme', '{other}');")
        page.goto(f"{site}chapters/neuron.html")
        assert page.evaluate("document.documentElement.dataset.theme") == other
        ink = page.evaluate("getComputedStyle(document.querySelector('.nn-figure')).getPropertyValue('--nn-ink').trim()")
        assert (int(ink[1:3], 16) > 128) == (scheme == "dark")
        axis = page.evaluate("getComputedStyle(document.querySelector('.nn-figure .nn-axis')).fill")
        assert (int(axis.split("(")[1].split(",")[0]) > 128) == (scheme == "dark")


# what a screen reader says


@pytest.fixture
def neuron(cell):
    shown = cell(widget("tune_a_neuron", task="AND"))
    shown.evaluate(COUNT, [".nn-spoken"])
    return shown


def test_a_held_key_is_spoken_once_when_it_rests(neuron, page):
    neuron.locator('[data-control="w1"] input[type="range"]').focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
    page.wait_for_timeout(1200)
    spoken = neuron.evaluate("element => element.told")
    assert len(spoken) == 1 and spoken[0].startswith(neuron.locator(".nn-sentence").inner_text())
    assert neuron.locator(".nn-spoken").get_attribute("role") == "status"
    assert neuron.locator("[aria-live]").count() == 0  # nothing else speaks of it


def test_a_challenge_that_is_met_is_spoken_and_what_has_not_changed_is_not(neuron, page):
    neuron.evaluate("async element => { await element.set({ w1: 1, w2: 1, bias: -1.5 }); }")
    page.wait_for_timeout(1200)
    assert "✔ Done: AND: 4 of 4" in neuron.evaluate("element => element.told.at(-1)")
    neuron.evaluate("async element => { await element.set({ x1: 0.5 }); }")
    page.wait_for_timeout(1200)
    assert "Done" not in neuron.evaluate("element => element.told.at(-1)")


def test_while_it_plays_nothing_is_spoken(cell, page):
    shown = cell(widget("train_a_perceptron"))
    shown.evaluate(COUNT, [".nn-spoken"])
    shown.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1500)
    assert shown.evaluate("element => element.told") == []
