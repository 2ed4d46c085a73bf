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


class Careless(Handler):
    """Serve pages without their policy, and a worker of the exercises that takes nothing away."""

    def do_GET(self):
        """Answer with a page or that worker, or with any other file as it is."""
        path = Path(self.translate_path(self.path))
        if not path.is_file() or (path.suffix != ".html" and path.name != "exercise_worker.js"):
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.end_headers()
        text = path.read_bytes().replace(b'http-equiv="Content-Security-Policy"', b"data-none")
        return self.wfile.write(text.replace(b"Reflect.deleteProperty(", b"Reflect.has("))


@pytest.mark.planted
def test_the_programs_do_reach_others_where_there_is_no_policy_and_nothing_is_taken_away(page, html, tmp_path):
    asks = ("fetch", "a request that waits", "a socket of the web", "a module", "Python's requests", "a typeface")
    leaves = ("its databases", "its stores", "the getter of its stores", "a worker, with the stores", "its private files")
    names = (*asks, *leaves, "its older files", "other tabs")
    with another_origin(tmp_path) as (address, asked), serve(html, Careless) as site:
        page.goto(f"{site}chapters/neuron.html")
        programs = {name: PROGRAMS[name] for name in names}
        assert [*tried(page, address, asked, programs, pause=500, patience=40)] == [*names]
