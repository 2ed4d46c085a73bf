"""Programs of a hostile hand: they ask no other host, leave nothing behind, and run nothing beyond their own worker.

The host sends no headers, as GitHub Pages doesn't: what holds is what the pages bring themselves.
"""

from pathlib import Path

import pytest
from attacks import EXERCISE, PROGRAMS, another_origin, run, tried
from web import Handler, serve


@pytest.mark.planted
@pytest.mark.parametrize("context_options", [{"service_workers": "block"}], ids=["no store"])
def test_no_program_asks_another_host_or_reaches_beyond_its_worker(page, site, tmp_path):
    with another_origin(tmp_path) as (address, asked):
        page.goto(f"{site}chapters/neuron.html")
        assert tried(page, address, asked) == {}
        run(page.locator(EXERCISE), "6 * 7")
        assert page.locator(EXERCISE).locator(".nn-value").inner_text() == "42"


class WithoutPolicy(Handler):
    """Serve pages without their policy."""

    def do_GET(self):
        """Answer with a page, or with any other file as it is."""
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html" or not path.is_file():
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        return self.wfile.write(path.read_bytes().replace(b'http-equiv="Content-Security-Policy"', b"data-none"))


@pytest.mark.planted
def test_the_programs_do_reach_another_host_from_a_page_without_a_policy(page, html, tmp_path):
    names = ("fetch", "a request that waits", "a socket of the web", "a module", "Python's requests", "a typeface")
    with another_origin(tmp_path) as (address, asked), serve(html, WithoutPolicy) as site:
        page.goto(f"{site}chapters/neuron.html")
        assert [*tried(page, address, asked, {name: PROGRAMS[name] for name in names})] == [*names]
