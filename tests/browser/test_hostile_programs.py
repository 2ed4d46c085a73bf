"""Programs of a hostile hand: they ask no other host, leave nothing behind, and run nothing beyond their own worker.

The host sends no headers, as GitHub Pages doesn't: what holds is what the pages bring themselves.
"""

import pytest
from attacks import OTHER, PROGRAMS
from figures import wait_until
from web import Handler, serve

EXERCISE = '[data-exercise="neuron-weighted-sum"]'
KEPT = """async () => [document.title, location.href, document.cookie, JSON.stringify({ ...localStorage, ...sessionStorage }),
    "hacked" in window, (await indexedDB.databases()).map(({ name }) => name),
    (await caches.keys()).filter(name => /hacked|mine/.test(name)),
    (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.scriptURL)]"""


@pytest.fixture
def other(tmp_path):
    """Serve nothing at another origin, and note who asks; the value is the address and the list of what was asked for."""
    asked = []

    class Noting(Handler):
        def handle_one_request(self):
            super().handle_one_request()
            asked.append(getattr(self, "path", "something"))

    with serve(tmp_path, Noting) as address:
        yield address, asked


def run(cell, source):
    cell.get_by_role("textbox").fill(source)
    cell.get_by_role("button", name="Run", exact=True).click()
    cell.locator('xpath=self::*[@data-state="ready"]').wait_for(timeout=60_000)


@pytest.mark.planted
@pytest.mark.parametrize("context_options", [{"service_workers": "block"}], ids=["no store"])
def test_no_program_asks_another_host_or_reaches_beyond_its_worker(page, site, other):
    address, asked = other
    page.goto(f"{site}chapters/neuron.html")
    cell = page.locator(EXERCISE)
    run(cell, "6 * 7")
    cell.locator(".nn-value", has_text="42").wait_for(timeout=60_000)
    page.evaluate("() => { new BroadcastChannel('all').onmessage = () => { window.hacked = 1; }; }")
    before = page.evaluate(KEPT)
    reached = {}
    for name, source in PROGRAMS.items():
        run(cell, source.replace(OTHER, address))
        page.wait_for_timeout(50)
        now = page.evaluate(KEPT)
        now[3] = before[3]  # the program itself is kept, as the reader's; it is compared below
        if asked or now != before or len(page.context.pages) > 1:
            reached[name] = [[*asked], now]
            asked.clear()
    page.wait_for_timeout(1000)
    assert (reached, asked) == ({}, [])
    assert "hacked" not in page.evaluate("Object.keys({ ...localStorage, ...sessionStorage })")
    run(cell, "6 * 7")
    wait_until(page, lambda: cell.locator(".nn-value").inner_text() == "42")
