"""An explorable that fails, in whatever way: its figure says so and keeps its picture, and all others go on."""

import pytest
from figures import ask, panel, picture_of, settled, wait_for
from web import watch_over

FAILS = {
    **dict.fromkeys(["picture", "advance", "describe", "challenge", "finished"], "ZeroDivisionError: division by zero"),
    "silent": "AssertionError",
    "long": "many words many words",
    "html": "<img src=x onerror=window.hacked=1>",
    **dict.fromkeys(["nan field", "inf field", "nan number", "nan line"], "no longer finite"),
    "odd dtype": "complex128",
    "object": "can't cross to the view",
    **dict.fromkeys(["no panels", "flat field"], "can't be drawn"),
    "empty axis": "ends must rise",
    "infinite state": "no longer finite",
}


@pytest.fixture(scope="module")
def stumble(browser, stumbling):
    """Return the live figure `stumble`, with `tune_a_neuron` beside it on its page."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        page.goto(f"{stumbling}stumble.html")
        figure = page.locator('[data-explorable="stumble"]')
        wait_for(figure, "live")
        yield figure
        assert page.watch == type(page.watch)()


def refused(figure, call, *arguments):
    """Return the message with which `set` or `advance` of a figure rejects."""
    asked = f"(element, args) => element.{call}(...args).then(() => null, error => error.message)"
    return figure.evaluate(asked, list(arguments))


def as_seen(figure):
    return figure.locator(".nn-panels").inner_html()


def status_of(figure):
    return figure.locator(".nn-status").inner_text()


@pytest.mark.parametrize("fault", FAILS)
def test_a_failure_is_told_in_words_and_everything_else_goes_on(stumble, fault):
    neighbor = stumble.page.locator('[data-explorable="tune_a_neuron"]')
    ask(stumble, "set", {"fault": "none", "slope": 3})
    before = as_seen(stumble), picture_of(stumble), stumble.locator(".nn-sentence").inner_text()
    if fault in ("advance", "infinite state"):
        ask(stumble, "set", {"fault": fault})
        message = refused(stumble, "advance", 1)
    else:
        message = refused(stumble, "set", {"fault": fault})
    told = status_of(stumble)
    assert FAILS[fault] in message and FAILS[fault] in told
    assert told.endswith("The figure stays as it was.") and len(told) < 500 and "\n" not in told
    assert (as_seen(stumble), picture_of(stumble), stumble.locator(".nn-sentence").inner_text()) == before
    assert stumble.get_attribute("data-state") == "live"
    # others go on, and so does this one with the next good setting
    assert panel(ask(neighbor, "set", {"w1": -3}), "diagram")["edges"][0]["value"] == -3
    assert panel(ask(stumble, "set", {"fault": "none", "slope": -2}), "equations")["lines"][0] == "slope -2.00"
    assert panel(ask(stumble, "advance", 1), "equations") != before
    assert status_of(stumble) == ""
    assert not stumble.page.evaluate("'hacked' in window")


def test_play_stops_at_a_failure_and_rewind_works_after_it(stumble):
    ask(stumble, "set", {"fault": "diverges"})
    stumble.get_by_role("button", name="Restart").click()
    settled(stumble)
    stumble.locator('[data-do="play"]').click()
    stumble.get_by_text("no longer finite").wait_for()
    assert stumble.locator('[data-do="play"]').inner_text() == "Play"
    last = int(stumble.locator('[data-do="rewind"]').get_attribute("max"))
    assert 1 <= last <= 3  # 1e100, 1e200, 1e300, and then infinity
    rewind = stumble.locator('[data-do="rewind"]')
    rewind.fill("0")
    assert panel(settled(stumble), "equations")["lines"][1] == "height 1.00"
    ask(stumble, "set", {"fault": "none"})
    assert panel(ask(stumble, "advance", 1), "equations")["lines"][1] == "height 2.00"


def test_a_start_that_fails_leaves_the_state_that_was(stumble):
    ask(stumble, "set", {"fault": "none"})
    stumble.get_by_role("button", name="Restart").click()
    ask(stumble, "advance", 4)
    ask(stumble, "set", {"fault": "start"})
    stumble.get_by_role("button", name="Restart").click()
    stumble.get_by_text("ZeroDivisionError").wait_for()
    assert panel(picture_of(stumble), "equations")["lines"][1] == "height 5.00"
    assert panel(ask(stumble, "advance", 1), "equations")["lines"][1] == "height 6.00"


def test_a_figure_that_fails_from_the_first_picture_on_keeps_its_still_one(browser, stumbling):
    with browser.new_page() as page:
        page.goto(f'{stumbling}stumble.html?stumble={{"fault":"picture"}}')
        figure = page.locator('[data-explorable="stumble"]')
        figure.get_by_text("ZeroDivisionError: division by zero").wait_for(timeout=60_000)
        assert "slope 1.00" in figure.locator('[data-panel="equations"]').inner_text()
        assert panel(ask(figure, "set", {"fault": "none", "slope": 4}), "equations")["lines"][0] == "slope 4.00"


@pytest.mark.parametrize("steps", ["-1", "1.5", "NaN", "'3'", "1e9", "[]", "{}"])
def test_absurd_numbers_of_steps_are_refused(stumble, steps):
    ask(stumble, "set", {"fault": "none"})
    message = stumble.evaluate(f"element => element.advance({steps}).then(() => null, error => error.message)")
    assert message.startswith("steps must be a whole number")
    ask(stumble, "advance", 1)
