"""The archive, unpacked and started as its README says, in a browser that reaches no other host: everything in it is alive."""

import contextlib
import shutil
import subprocess
import sys

import chromium
import offline
import pytest
from figures import all_live
from web import edition, watch_over

from nnlib.exercises import EXERCISES

NEURON = "chapters/neuron.html"


@pytest.fixture(scope="module")
def unpacked(html, tmp_path_factory):
    """Return the folder that a reader has who unpacks the archive."""
    folder = tmp_path_factory.mktemp("a reader's desk")
    offline.pack(html, folder / "neural-networks-live.zip")
    shutil.unpack_archive(folder / "neural-networks-live.zip", folder)
    return folder / "neural-networks-live"


@contextlib.contextmanager
def started(folder, *options):
    """Run start.py from somewhere else, with no package at hand; the value is the address that it tells."""
    command = [sys.executable, "-I", "-S", folder / "start.py", "--quiet", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=folder.parent) as program:
        try:
            yield program.stdout.readline().split()[1]
        finally:
            program.terminate()


def live_through(page, address):
    """Open a chapter and see its figures live and an exercise solved."""
    page.goto(f"{address}{NEURON}")
    page.locator(".nn-figure").first.scroll_into_view_if_needed()
    all_live(page)
    cell = page.locator('.nn-cell[data-state="ready"]').first
    cell.get_by_role("textbox").fill(EXERCISES[cell.get_attribute("data-exercise")].solution)
    cell.get_by_role("button", name="Check", exact=True).click()
    cell.get_by_text("✓ Solved: passed").first.wait_for(timeout=60_000)


def test_the_readme_says_how_to_start_it(unpacked):
    text = (unpacked / "README.txt").read_text(encoding="utf-8")
    assert "python3 start.py" in text and "py start.py" in text
    assert (unpacked / "start.py").is_file() and (unpacked / "book" / "index.html").is_file()


def test_an_unpacked_archive_is_alive_without_a_network(page, unpacked):
    with started(unpacked) as address:
        page.goto(address)
        page.wait_for_url("**/chapters/welcome.html")
        live_through(page, address)
        worker = edition(unpacked / "book") / "view" / "figure_worker.js"
        policy = page.request.get(f"{address}{worker.relative_to(unpacked / 'book').as_posix()}").headers[
            "content-security-policy"
        ]
        assert "connect-src 'self'" in policy


def test_a_room_that_opens_it_from_the_teachers_computer_has_live_figures(browser, unpacked):
    rules = "--host-resolver-rules=MAP teacher.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    options = [option for option in chromium.OPTIONS if not option.startswith("--host-resolver")]
    path = chromium.find()
    with (
        started(unpacked, "--host", "0.0.0.0") as address,
        browser.browser_type.launch(executable_path=path, args=[*options, rules]) as other,
        other.new_page() as page,
    ):
        watch = watch_over(page)
        live_through(page, address.replace("127.0.0.1", "teacher.test"))
        assert not page.evaluate("isSecureContext"), "This shows nothing that the test before does not."
        assert watch.console == watch.errors == []
        page.goto(f"{address.replace('127.0.0.1', 'teacher.test')}lite/tree/index.html")
        page.locator(".Toastify__toast", has_text="in Python's memory").wait_for()  # where it writes its files
