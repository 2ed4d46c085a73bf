"""Runs of training: rewound to any step, played at any speed, begun anew and by themselves."""

import numpy as np
import pytest
from figures import all_live, ask, go_before_python, middle_of, panel, settled, steps_of, wait_for_steps, wait_until
from playwright.sync_api import expect
from sandbox import Sandbox

from nnlib.explorables import EXPLORABLES
from nnlib.live import figure

SANDBOX = Sandbox()


@pytest.fixture
def shown(cell, monkeypatch):
    """Return the sandbox, live in a cell."""
    monkeypatch.setitem(EXPLORABLES, "sandbox", SANDBOX)
    return cell(figure("sandbox"))


def after(steps, **settings):
    """Return the output of the sandbox after so many steps from its start."""
    settings = SANDBOX.check(settings)
    return output(SANDBOX.picture(settings, SANDBOX.advance(SANDBOX.start(settings), settings, steps)))


def output(picture):
    field = panel(picture, "plane")["field"]
    return np.ravel(field["data"] if isinstance(field, dict) else field)  # as it has crossed, or as it is


def rewound(shown, step):
    shown.locator('[data-do="rewind"]').fill(str(step))
    return output(settled(shown)), shown.locator(".nn-count").inner_text()


def test_a_run_is_rewound_to_a_step_between_two_pictures(shown):
    ask(shown, "advance", 100)
    ask(shown, "advance", 100)
    for step in (130, 20, 199, 0, 131, 100):
        seen, count = rewound(shown, step)
        np.testing.assert_array_equal(seen, after(step).ravel())
        assert count == f"{step} of 200"


def test_a_step_is_that_of_its_time_though_the_settings_have_changed_since(shown):
    ask(shown, "advance", 50)
    ask(shown, "set", {"learning_rate": 0.5})
    ask(shown, "advance", 50)
    seen, _ = rewound(shown, 30)
    np.testing.assert_array_equal(seen, after(30).ravel())
    start = SANDBOX.check({})
    halfway = SANDBOX.advance(SANDBOX.start(start), start, 50)
    changed = SANDBOX.check({"learning_rate": 0.5})
    seen, _ = rewound(shown, 80)
    np.testing.assert_array_equal(seen, output(SANDBOX.picture(changed, SANDBOX.advance(halfway, changed, 30))))


def test_the_keys_take_a_rewind_step_by_step(shown, page):
    ask(shown, "advance", 40)
    shown.locator('[data-do="rewind"]').focus()
    page.keyboard.press("ArrowLeft")
    np.testing.assert_array_equal(output(settled(shown)), after(39).ravel())
    assert shown.locator('[data-do="rewind"]').get_attribute("aria-valuetext") == "step 39 of 40"
    page.keyboard.press("Home")
    np.testing.assert_array_equal(output(settled(shown)), after(0).ravel())


def test_a_step_after_a_rewind_goes_on_from_there(shown):
    ask(shown, "advance", 40)
    rewound(shown, 25)
    shown.get_by_role("button", name="Step").click()
    np.testing.assert_array_equal(output(settled(shown)), after(26).ravel())
    assert shown.locator(".nn-count").inner_text() == "26 of 26"


def test_what_begins_anew_with_other_settings_is_counted_anew_and_is_there_again_with_those_of_before(shown):
    ask(shown, "advance", 40)
    count = shown.locator(".nn-count")
    ask(shown, "set", {"layers": [3]})
    assert count.inner_text() == "0 of 0"
    ask(shown, "set", {"layers": [4, 2]})
    assert count.inner_text() == "40 of 40"
    np.testing.assert_array_equal(rewound(shown, 10)[0], after(10).ravel())
    ask(shown, "set", {"layers": [3]})
    ask(shown, "advance", 30)
    assert count.inner_text() == "30 of 30"
    for step in (10, 0):
        np.testing.assert_array_equal(rewound(shown, step)[0], after(step, layers=[3]).ravel())


def test_a_run_plays_as_fast_as_it_goes_and_says_how_fast(shown, page):
    slider, words = shown.locator('[data-do="speed"]'), shown.locator(".nn-rate")
    assert words.inner_text() == "1 epoch a picture" == slider.get_attribute("aria-valuetext")
    slider.focus()
    page.keyboard.press("End")
    assert words.inner_text() == "as fast as it goes" == slider.get_attribute("aria-valuetext")
    shown.evaluate("""element => {
        element.counts = [];
        new MutationObserver(() => element.counts.push(Number(element.querySelector('[data-do=rewind]').max)))
            .observe(element.querySelector(".nn-count"), { childList: true, characterData: true, subtree: true });
    }""")
    play = shown.locator('[data-do="play"]')
    play.click()
    wait_for_steps(shown, 300)
    words.get_by_text("epochs/s").wait_for()
    play.click()
    picture = settled(shown)
    assert words.inner_text() == "as fast as it goes"
    made = np.diff(shown.evaluate("element => element.counts"))
    assert made.max() > 10  # steps a picture
    np.testing.assert_allclose(output(picture), after(steps_of(shown)).ravel(), atol=1e-12)


def test_a_run_plays_one_step_a_picture_until_it_is_told_to_go_faster(shown, page):
    play, slider = shown.locator('[data-do="play"]'), shown.locator('[data-do="speed"]')
    shown.evaluate("""element => {
        element.counts = [];
        new MutationObserver(() => element.counts.push(Number(element.querySelector('[data-do=rewind]').max)))
            .observe(element.querySelector(".nn-count"), { childList: true, characterData: true, subtree: true });
    }""")
    play.click()
    wait_for_steps(shown, 20)
    slider.focus()
    page.keyboard.press("ArrowRight")
    wait_for_steps(shown, steps_of(shown) + 20)
    play.click()
    settled(shown)
    made = np.diff(shown.evaluate("element => element.counts")).tolist()
    assert set(made) == {1, 2} and 2 not in made[:19]


def test_a_step_that_is_not_made_says_why(cell):
    shown = cell(figure("playground", data="hills", activation="relu", layers=[8, 8], learning_rate=10))
    status, sentence = shown.locator(".nn-status"), shown.locator(".nn-sentence")
    for press in ("step", "play"):
        shown.locator(f'[data-do="{press}"]').click()
        expect(status).to_contain_text("No step is made: the run broke in epoch 1")
        assert sentence.inner_text().startswith("The run broke in epoch 1")
    ask(shown, "set", {"learning_rate": 0.01})
    shown.locator('[data-do="step"]').click()
    settled(shown)
    assert status.inner_text() == "" and sentence.inner_text().startswith("After 1 epoch ")


# a figure that begins to play as the reader arrives


@pytest.fixture
def arrive(browser, stumbling):
    """Return a function that opens a page whose figure plays by itself, and returns it once it is live."""
    contexts = []

    def arrive(page="autoplay.html", reduced_motion="no-preference", before=lambda page: None):
        looks = {"viewport": {"width": 900, "height": 900}, "reduced_motion": reduced_motion, "has_touch": True}
        contexts.append(browser.new_context(**looks, service_workers="block"))
        page_ = contexts[-1].new_page()
        go_before_python(page_, f"{stumbling}{page}", before)
        all_live(page_)
        return page_.locator(".nn-figure")

    yield arrive
    for context in contexts:
        context.close()


def is_playing(shown):
    return shown.locator('[data-do="play"]').inner_text() == "Pause"


def test_a_figure_begins_to_play_as_the_reader_arrives_and_rests_when_it_is_left(arrive):
    shown = arrive()
    wait_for_steps(shown, 5)
    assert is_playing(shown)
    shown.evaluate("element => element.parentElement.prepend(Object.assign(document.createElement('p'), { id: 'text' }))")
    shown.evaluate("() => { document.querySelector('#text').style.height = '5000px'; scrollTo(0, 0); }")
    wait_until(shown.page, lambda: not is_playing(shown))
    shown.scroll_into_view_if_needed()
    shown.page.wait_for_timeout(500)
    assert not is_playing(shown)  # once is enough


def test_a_figure_that_plays_by_itself_rests_after_a_while(arrive):
    def hold_what_is_late(page):
        page.evaluate("""() => {
            const { setTimeout } = window;
            Object.assign(window, { nnPatience: 9_999, late: [] });
            window.setTimeout = (act, ms) => ms >= 10_000 ? late.push(act) : setTimeout(act, ms);
        }""")

    shown = arrive(before=hold_what_is_late)
    wait_for_steps(shown, 5)
    assert is_playing(shown)
    shown.page.evaluate("() => late.forEach((act) => act())")
    wait_until(shown.page, lambda: not is_playing(shown))


def touched(shown, how):
    """Touch a figure, as a hand does that wants something of it."""
    page = shown.page
    if how == "a click":
        page.mouse.click(*middle_of(shown.locator("[data-panel=plane] svg.nn-svg")))
    elif how == "a key":
        shown.locator('[data-control="activation"] select').evaluate("one => one.focus({ preventScroll: true })")
        page.keyboard.press("r")
    elif how == "a tap":
        page.touchscreen.tap(*middle_of(shown.locator('[data-panel="network"]')))
    else:
        shown.get_by_role("button", name=how, exact=True).click()


@pytest.mark.parametrize("how", ["a click", "a key", "a tap", "Step", "Pause"])
def test_a_figure_that_plays_by_itself_waits_for_the_hand_that_comes(arrive, how):
    shown = arrive()
    wait_for_steps(shown, 5)
    assert is_playing(shown)
    touched(shown, how)
    assert not is_playing(shown)
    at = steps_of(shown)
    shown.page.wait_for_timeout(400)
    assert not is_playing(shown) and steps_of(shown) <= at + 2  # what was on its way, and the step that was asked for
    shown.locator('[data-do="play"]').click()  # it is the reader's now
    wait_for_steps(shown, at + 5)
    touched(shown, "a click")
    assert is_playing(shown)


def test_a_figure_goes_on_for_whoever_sets_its_speed(arrive):
    shown = arrive()
    wait_for_steps(shown, 5)
    shown.locator('[data-do="speed"]').focus()
    shown.page.keyboard.press("ArrowRight")
    shown.page.wait_for_timeout(300)
    assert is_playing(shown)
    shown.locator('[data-do="play"]').click()
    assert not is_playing(shown)


@pytest.mark.parametrize("why", ["no motion", "a hand", "a link", "out of sight"])
def test_a_figure_stays_still_where_nobody_wants_it_to_play(arrive, why):
    def touch(page):
        page.locator('[data-control="activation"] select').focus()
        page.keyboard.press("r")

    def push_down(page):  # near enough to wake Python
        page.add_style_tag(content=".nn-figure { margin-top: 1000px; }")

    how = {
        "no motion": {"reduced_motion": "reduce"},
        "a hand": {"before": touch},
        "a link": {"page": 'autoplay.html?sandbox={"activation":"relu"}'},
        "out of sight": {"before": push_down},
    }[why]
    shown = arrive(**how)
    shown.page.wait_for_timeout(800)
    assert not is_playing(shown) and steps_of(shown) == 0
