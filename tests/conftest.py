"""What the tests share: settings of hypothesis, and the built book in a real browser.

`site` serves `_build/html` below a path, as a host such as GitHub Pages does, and gives its address. `page` is an empty
Chromium page that fails its test on an outside request, a console error or an uncaught error. It notes them in
`page.watch.outside`, `.console` and `.errors`; a test that is marked `planted` judges the last two itself.
"""

from pathlib import Path

import chromium
import hypothesis
import pytest
from web import serve, watch_over

ROOT = Path(__file__).parent.parent
HTML = ROOT / "_build" / "html"

# The same examples on every run, as many as can be had in seconds; a slow machine is not a fault.
hypothesis.settings.register_profile("course", derandomize=True, deadline=None, max_examples=100, database=None)
hypothesis.settings.load_profile("course")


@pytest.fixture(scope="session")
def html():
    """Return the folder of the built book."""
    if not (HTML / "index.html").is_file():
        pytest.fail("The book is not built: run `make book` first.", pytrace=False)
    return HTML


@pytest.fixture(scope="session")
def site(html):
    """Return the address of the built book."""
    with serve(html) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Return a running Chromium, from which no host but our own can be reached."""
    from playwright.sync_api import sync_playwright

    path = chromium.find()
    if path is None:
        pytest.fail("No Chromium was found: run `make browser` first.", pytrace=False)
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=path, args=chromium.OPTIONS) as running:
        yield running


@pytest.fixture
def context_options():
    """Return the options of the browser's context: override it, or parametrize it, for a phone, dark mode, no JavaScript."""
    return {"viewport": {"width": 1280, "height": 900}}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """End the watch with the test: a page that outlives the test's server may well complain of it."""
    try:
        return (yield)
    finally:
        if (page := item.funcargs.get("page")) and hasattr(page, "watch"):
            page.context.cookies()  # what the browser has told until now still counts
            page.watch.over = True


@pytest.fixture
def page(browser, context_options, request):
    """Return an empty page whose faults fail the test."""
    with browser.new_context(**context_options) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        yield page
    assert page.watch.outside == [], "The page asked another host."
    if not request.node.get_closest_marker("planted"):
        assert page.watch.errors == [], "The page raised errors."
        assert page.watch.console == [], "The page wrote errors to the console."
