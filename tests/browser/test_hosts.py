"""The book on any host: at the root or below a path, packed or not, with headers or without, and under its strict policy."""

import contextlib
import re
import shutil
import subprocess

import pytest
from figures import all_live, wait_until
from strict import with_headers
from web import Deep, Handler, Packed, Packing, serve, watch_over

from book.node import node
from nnlib.exercises import EXERCISES

PACK = """const fs = require("fs"), zlib = require("zlib");
const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 };
for (const path of process.argv.slice(1)) {
  fs.writeFileSync(`${path}.br`, zlib.brotliCompressSync(fs.readFileSync(path), { params }));
}"""
NOTE = """addEventListener("securitypolicyviolation", event => (window.broken ??= []).push(event.violatedDirective));"""
BROKEN = "() => new Promise(done => setTimeout(() => done(window.broken ?? []), 50))"


@contextlib.contextmanager
def packed_before(folder, tmp_path):
    """Serve a copy of a folder with a packed file beside every file."""
    copy = shutil.copytree(folder, tmp_path / "packed")
    files = [path for path in copy.rglob("*") if path.is_file()]
    subprocess.run([node(), "-e", PACK, *files], check=True, timeout=300)
    with serve(copy, Packed) as address:
        yield address


# What a page is made of is the same on every host: on one all pages are looked at, and on each some of every kind are used.
SOME = r"(index|404|search|welcome|neuron|playground)\.html$"
HOSTS = {
    "at the root, with headers": (lambda folder, _: with_headers(folder), ""),
    "below a path, packed on the way": (lambda folder, _: serve(folder, Packing), SOME),
    "below a path, packed before": (packed_before, SOME),
}


@contextlib.contextmanager
def visitor(browser):
    """Open a page that notes what it breaks of its policy, and must not ask other hosts or complain."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_init_script(NOTE)
        page = context.new_page()
        page.watch = watch_over(page)
        yield page


def look_at(page, address):
    """Wait until a page has all that it asks for by itself; return what it broke of its policy."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page.evaluate(BROKEN)


def go_through(page, address):
    """Wait until a page's figures live, and solve its first exercise; return what it broke of its policy."""
    look_at(page, address)
    for figure in page.locator(".nn-figure").all()[:1]:
        figure.scroll_into_view_if_needed()
        all_live(page)
    for cell in page.locator('.nn-cell[data-state="ready"]').all()[:1]:
        cell.get_by_role("textbox").fill(EXERCISES[cell.get_attribute("data-exercise")].solution)
        cell.get_by_role("button", name="Check", exact=True).click()
        cell.get_by_text("✓ Solved: passed").first.wait_for(timeout=60_000)
    return page.evaluate(BROKEN)


@pytest.mark.parametrize("host", HOSTS)
def test_every_page_keeps_to_the_policy_and_figures_and_exercises_work(browser, html, tmp_path, host):
    pages = sorted(path.relative_to(html).as_posix() for folder in (html, html / "chapters") for path in folder.glob("*.html"))
    serving, which = HOSTS[host]
    pages = list(filter(re.compile(which).search, pages))
    assert len(pages) >= 6
    with serving(html, tmp_path) as address, visitor(browser) as page:
        used = re.compile(SOME).search
        broken = {name: (go_through if used(name) else look_at)(page, f"{address}{name}") for name in pages}
        assert broken == {name: [] for name in pages}
        assert page.watch == type(page.watch)()
        page.goto(address)
        page.wait_for_url("**/chapters/welcome.html")


def test_the_buttons_of_the_theme_work_though_no_script_is_in_them(page, site):
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(f"{site}chapters/neuron.html")
    page.locator('.nn-cell[data-state="ready"]').first.wait_for()
    page.locator(".btn-fullscreen-button").first.click()
    wait_until(page, lambda: page.evaluate("document.fullscreenElement !== null"))
    page.evaluate("document.exitFullscreen()")
    page.locator(".btn-download-pdf-button").evaluate("button => button.click()")
    assert page.evaluate("window.printed")


@pytest.fixture
def planted(html, tmp_path):
    """Return the folder of a copy of the book in which the chapter on the neuron has scripts that should not run."""
    copy = shutil.copytree(html, tmp_path / "planted")
    chapter = copy / "chapters" / "neuron.html"
    (copy / "chapters" / "planted.js").write_text("window.fromFile = true; window.fromText = eval('true');", encoding="utf-8")
    scripts = '<script>window.inPage = true</script><img src="x.png" onerror="window.inImage = true"><script src="planted.js">'
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("</body>", f"{scripts}</script></body>"), encoding="utf-8")
    return copy


@pytest.mark.parametrize("host", [with_headers, lambda folder: serve(folder, Deep)], ids=["with headers", "without"])
def test_a_script_that_is_planted_in_a_page_is_blocked(browser, planted, host):
    with host(planted) as address, visitor(browser) as page:
        broken = go_through(page, f"{address}chapters/neuron.html")
        assert page.evaluate("[window.fromFile, window.fromText, window.inPage, window.inImage]") == [True, None, None, None]
        assert {"script-src-elem", "script-src-attr", "script-src"} <= set(broken)


def test_a_readers_program_calls_no_other_host_whatever_headers_its_own_sends(browser, html, tmp_path):
    ask = "address => fetch(address, {mode: 'no-cors'}).then(() => 'answered', error => 'refused')"
    (tmp_path / "told.txt").touch()
    with serve(tmp_path) as other, serve(html, Handler) as bare, with_headers(html) as strict:
        for address, of_figures in ((bare, "answered"), (strict, "refused")):
            with visitor(browser) as page:
                go_through(page, f"{address}chapters/neuron.html")
                figures, exercises = page.workers
                assert "figure_worker" in figures.url and exercises.url.startswith("blob:")
                assert figures.evaluate(ask, f"{other}told.txt") == of_figures  # it runs no program but the book's own
                assert exercises.evaluate(ask, f"{other}told.txt") == "refused"
