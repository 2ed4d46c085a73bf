"""What happens to a page while its figures are live: hidden, printed, resized, left, taken apart, opened twice."""

import chromium
import pytest
from figures import all_live, ask, middle_of, panel, picture_of, settled, steps_of, wait_for, wait_for_steps, wait_until
from web import watch_over

from nnlib.explorables import EXPLORABLES

PACE = EXPLORABLES["train_a_perceptron"].pace


def neurons(page):
    return page.locator('[data-explorable="tune_a_neuron"]')


@pytest.fixture
def playing(ten):
    """Return a perceptron that plays on and never converges."""
    figure = ten.locator('[data-explorable="train_a_perceptron"]').first
    figure.scroll_into_view_if_needed()
    figure.get_by_role("button", name="XOR").click()
    figure.locator('[data-do="play"]').click()
    wait_for_steps(figure, 2)
    yield figure
    ten.bring_to_front()
    if figure.locator('[data-do="play"]').inner_text() == "Pause":
        figure.locator('[data-do="play"]').click()
    figure.get_by_role("button", name="Reset").click()
    settled(figure)


def works(figure):
    return panel(ask(figure, "set", {"w1": -2.5}), "diagram")["edges"][0]["value"] == -2.5


def test_ten_figures_share_one_worker_and_each_answers_for_itself(ten):
    assert len(ten.workers) == 1
    for index, figure in enumerate(neurons(ten).all()):
        ask(figure, "set", {"w1": index})
    for index, figure in enumerate(neurons(ten).all()):
        assert panel(picture_of(figure), "diagram")["edges"][0]["value"] == index
        figure.get_by_role("button", name="Reset").click()
    together = """() => Promise.all([...document.querySelectorAll(".nn-figure")].map((element, i) =>
        element.set(element.dataset.explorable === "tune_a_neuron" ? { w2: i / 2 } : { learning_rate: 1 + i })))"""
    assert len(ten.evaluate(f"({together})().then(all => all.map(picture => picture.length))")) == 10
    for index, figure in enumerate(neurons(ten).all()):
        assert panel(settled(figure), "diagram")["edges"][1]["value"] == index


def test_play_rests_while_the_page_is_hidden_and_does_not_catch_up(playing, ten):
    other = ten.context.new_page()
    other.goto("about:blank")
    other.bring_to_front()
    ten.evaluate("new Promise(done => setTimeout(done, 300))")
    hidden_from = steps_of(playing)
    begun = ten.evaluate("performance.now()")
    ten.evaluate("new Promise(done => setTimeout(done, 2500))")
    ten.bring_to_front()
    other.close()
    wait_for_steps(playing, hidden_from + 3)
    assert steps_of(playing) - hidden_from <= (ten.evaluate("performance.now()") - begun) / PACE + 3


def test_play_goes_on_while_the_window_is_resized(playing, ten):
    try:
        for width in (900, 320, 640, 1280):
            ten.set_viewport_size({"width": width, "height": 900})
            wait_for_steps(playing, steps_of(playing) + 2)
            assert ten.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        ten.set_viewport_size({"width": 1280, "height": 900})


def test_a_handle_is_under_the_pointer_when_the_page_is_zoomed_to_200_percent(ten):
    figure = neurons(ten).first
    ten.bring_to_front()
    devtools = ten.context.new_cdp_session(ten)
    zoomed = {"width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": False}  # half the pixels, each twice as large
    devtools.send("Emulation.setDeviceMetricsOverride", zoomed)
    try:
        wait_until(ten, lambda: ten.evaluate("devicePixelRatio === 2 && innerWidth === 640"))
        ask(figure, "set", {"x1": -1, "x2": -1})
        knob = figure.locator(".nn-handle-probe .nn-knob")
        knob.scroll_into_view_if_needed()
        x, y = middle_of(knob)
        ten.mouse.move(x, y)
        ten.mouse.down()
        ten.mouse.move(x + 60, y - 50, steps=3)
        ten.mouse.up()
        settled(figure)
        assert middle_of(knob) == pytest.approx((x + 60, y - 50), abs=4)  # a setting is rounded to its step
        assert ten.evaluate("document.documentElement.scrollWidth <= innerWidth")
    finally:
        devtools.send("Emulation.clearDeviceMetricsOverride")
        ten.set_viewport_size({"width": 1280, "height": 900})


def test_the_theme_changes_in_mid_drag(ten):
    figure = neurons(ten).first
    ask(figure, "set", {"x1": -1, "x2": -1})
    knob = figure.locator(".nn-handle-probe .nn-knob")
    knob.scroll_into_view_if_needed()
    x, y = middle_of(knob)
    color = "element => element.querySelector('canvas').getContext('2d').getImageData(0, 0, 1, 1).data.join()"
    light = figure.evaluate(color)
    ten.mouse.move(x, y)
    ten.mouse.down()
    ten.mouse.move(x + 30, y)
    ten.evaluate("document.documentElement.dataset.theme = 'dark'")
    ten.mouse.move(x + 60, y)
    ten.mouse.up()
    assert panel(settled(figure), "diagram")["layers"][0][0]["value"] > -0.6
    assert figure.evaluate(color) != light
    ten.evaluate("document.documentElement.dataset.theme = 'light'")


def test_a_page_is_printed_while_it_plays(playing, ten):
    assert ten.pdf().startswith(b"%PDF")
    wait_for_steps(playing, steps_of(playing) + 2)


def test_a_figure_that_opens_late_is_drawn_when_it_is_seen(ten):
    figure = neurons(ten).nth(2)
    hide = """element => {
        const tab = Object.assign(document.createElement("div"), { id: "tab", hidden: true });
        element.replaceWith(tab);
        tab.append(element);
    }"""
    figure.evaluate(hide)
    ask(figure, "set", {"w1": 3, "x1": 1.5})
    assert figure.evaluate("element => element.offsetWidth") == 0
    figure.evaluate("element => { element.parentNode.hidden = false; }")
    wait_until(ten, lambda: ten.evaluate("document.querySelector('#tab .nn-svg').clientWidth > 100"))
    probe, frame = (figure.locator(name).first.bounding_box() for name in (".nn-handle-probe .nn-knob", ".nn-frame"))
    at = (probe["x"] + probe["width"] / 2 - frame["x"]) / frame["width"]
    assert at == pytest.approx((1.5 + 2) / 4, abs=0.02)
    figure.evaluate("element => element.parentNode.replaceWith(element)")


def test_a_figure_that_is_taken_away_while_it_asks_and_plays_disturbs_nothing(ten):
    figure = ten.locator('[data-explorable="train_a_perceptron"]').last
    taken = """async element => {
        const press = name => element.querySelector(`[data-do="${name}"]`).click();
        [...element.querySelectorAll("[data-preset]")].find(button => button.textContent === "XOR").click();
        press("play");
        await element.advance(1);
        const asked = element.advance(5);
        element.remove();
        await asked;
        const steps = () => Number(element.querySelector('[data-do="rewind"]').max), before = steps();
        await new Promise(done => setTimeout(done, 1500));
        return [steps() - before, element.querySelector('[data-do="play"]').textContent];
    }"""
    steps, button = figure.evaluate(taken)
    assert steps <= 2 and button == "Play"
    assert works(neurons(ten).first)


def test_two_tabs_with_the_same_page_do_not_mind_each_other(browser, stumbling):
    with browser.new_context() as context:
        pages = [context.new_page() for _ in range(2)]
        for page in pages:
            page.watch = watch_over(page)
            page.goto(f"{stumbling}stumble.html")
        for page in pages:
            page.bring_to_front()
            all_live(page)
        for page in pages:
            assert works(neurons(page))
        ask(neurons(pages[0]), "set", {"w1": 1})
        assert panel(picture_of(neurons(pages[1])), "diagram")["edges"][0]["value"] == -2.5
        assert all(page.watch == type(page.watch)() for page in pages)


def test_a_page_that_comes_back_from_the_back_forward_cache_is_alive_and_asks_what_was_out(browser, stumbling):
    options = {"executable_path": chromium.find(chromium.WITH_WINDOWS), "args": chromium.OPTIONS}
    cached = ["--disable-back-forward-cache"]  # what Playwright would else switch off
    with browser.browser_type.launch(**options, ignore_default_args=cached) as other, other.new_page() as page:
        page.goto(f"{stumbling}stumble.html")
        figure = neurons(page)
        wait_for(figure, "live")
        ask(figure, "set", {"w1": 3})
        page.evaluate("addEventListener('pageshow', event => { window.persisted = event.persisted; })")
        figure.evaluate("element => { window.asked = element.set({ w2: -3 }); location.href = 'about:blank'; }")
        page.wait_for_url("about:blank")
        page.go_back(wait_until="commit")
        assert page.evaluate("window.persisted") is True, "The page was loaded anew, so that this shows nothing."
        assert page.evaluate("window.asked.then(picture => picture[1].edges[1].value)") == -3
        assert [edge["value"] for edge in panel(picture_of(figure), "diagram")["edges"][:2]] == [3, -3]
        assert works(figure)


def test_the_looks_that_the_theme_imports_are_there_and_escape_closes_a_dialog(page, site):
    page.goto(f"{site}chapters/neuron.html")
    link = page.locator("article h2 .headerlink").first
    assert link.evaluate("link => getComputedStyle(link).clipPath") != "none"  # until its heading is pointed at
    page.locator("article h2").first.hover()
    assert link.evaluate("link => getComputedStyle(link).clipPath") == "none"
    figure = neurons(page)
    figure.scroll_into_view_if_needed()
    wait_for(figure, "live")
    figure.get_by_role("button", name="Export code").click()
    dialog = figure.get_by_role("dialog")
    dialog.wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
