"""Programs of a hostile hand: they ask no other host, leave nothing behind, and run nothing beyond their own worker.

The host sends no headers, as GitHub Pages doesn't: what holds is what the pages bring themselves.
"""

import pytest
from attacks import ASKS, EXERCISE, another_origin, run, tried


@pytest.mark.planted
@pytest.mark.parametrize("context_options", [{"service_workers": "block"}], ids=["no store"])
def test_no_program_asks_another_host_or_reaches_beyond_its_worker(page, site, tmp_path):
    with another_origin(tmp_path) as (address, asked):
        page.goto(f"{site}chapters/neuron.html")
        assert tried(page, address, asked) == {}
        run(page.locator(EXERCISE), "6 * 7")
        assert page.locator(EXERCISE).locator(".nn-value").inner_text() == "42"


@pytest.mark.planted
def test_a_program_that_does_ask_another_host_is_found(page, site, tmp_path):
    page.route("**/chapters/neuron.html", lambda route: route.fulfill(response=(answer := route.fetch()), body=without(answer)))
    with another_origin(tmp_path) as (address, asked):
        page.goto(f"{site}chapters/neuron.html")
        assert [*tried(page, address, asked, {"fetch": f"import js\n{ASKS['fetch']}"})] == ["fetch"]


def without(answer):
    """Return the text of a page without its policy."""
    return answer.text().replace('http-equiv="Content-Security-Policy"', "data-none")
