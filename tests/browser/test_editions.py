"""A new build takes the place of another: a page, its scripts and its Python are of one of them, whatever caches lie between.

Each part of the second build reports it, by a mark. Its host has `max-age=600`, as GitHub Pages has, and keeps the files of
the first build or does not, as GitHub Pages doesn't.
"""

import itertools
import json
import re
import shutil

import pytest
from figures import all_live, wait_until
from planted import plant
from web import Handler, edition, serve, watch_over

from book.beside import name_of, put_service_worker

VIEW = ["early.js", "page.js", "theme.js", "lessons.js"]
FIRST, SECOND, THIRD = {"1"}, {"2"}, {"3"}
RELOAD = "If the book has a new edition, reload the page."
MARK = '<meta name="mark" content="{}">'
MARKS = """names => [document.querySelector("meta[name=mark]")?.content ?? "1",
    ...names.map(name => globalThis.nnMarks?.[name] ?? "1")]"""
HAS_IT = "from nnlib.explorables import EXPLORABLES\n'stumble' in EXPLORABLES"  # which planted.py adds
KEPT = """async path => {
    const [name, ...others] = (await caches.keys()).filter(name => name.startsWith("pages "));
    const page = name && await (await caches.open(name)).match(new URL(path, location.href));
    return [page ? await page.text() : "", others.length];
}"""
STORED = """async () => {
    const name = (await caches.keys()).find(name => name.startsWith("engine "));
    return name ? (await (await caches.open(name)).keys()).map(({ url }) => url.split("?")[1]) : [];
}"""


def built_again(html, site, number="2", **how):
    """Copy the built book to the folder `site`, with other scripts, looks and another nnlib, as a build would make it.

    Its parts report the number as their mark. The nnlib of the second build and that of the third are the same.
    """
    plant(html, site, **how)
    before = edition(site)
    for script in before.glob("view/*.js"):
        rewrite(script, f"(globalThis.nnMarks ??= {{}})['{script.name}'] = '{number}';\n{script.read_text(encoding='utf-8')}")
    texts = [*before.glob("view/*.js"), before / "engine" / "files.json"]
    name = name_of({path.relative_to(before).as_posix(): path.read_text(encoding="utf-8") for path in texts})
    before.rename(before.with_name(name))
    renamed = {before.name: name}
    for sheet in [*site.glob("_static/styles/all-*.css")]:
        renamed[sheet.name] = sheet.name.replace("all-", f"all-{number}")
        sheet.rename(sheet.with_name(renamed[sheet.name]))
    for page in [*site.glob("*.html"), *site.glob("chapters/*.html")]:
        text = page.read_text(encoding="utf-8").replace("<title>", f"{MARK.format(number)}<title>", 1)
        for old, new in renamed.items():
            text = text.replace(old, new)
        rewrite(page, text)
    (site / "service-worker.js").unlink()
    put_service_worker(site)


def rewrite(path, text):
    path.unlink()  # it may be a link to the real one
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def builds(html, tmp_path_factory):
    """Return the folders of the first build, and of the second one by whether the host keeps the files of the first.

    Python starts plainly, from other files, in the second build of the name "plain".
    """
    site = tmp_path_factory.mktemp("second")
    built_again(html, site / "deletes")
    built_again(html, site / "plain", frozen=False)
    built_again(html, site / "third", "3")
    shutil.copytree(site / "deletes", site / "keeps", symlinks=True)
    (site / "keeps" / "live" / edition(html).name).symlink_to(edition(html))
    return {"first": html, **{name: site / name for name in ("deletes", "keeps", "plain", "third")}}


class Host(Handler):
    """Serve one build after another, for caches to keep for ten minutes, but for the files that are named in `unkept`."""

    folder = ""
    unkept: tuple

    def translate_path(self, path):
        """Find a file of the build that is there now."""
        self.directory = str(self.folder)
        return super().translate_path(path)

    def end_headers(self):
        """Say how long the file may be kept."""
        kept = not any(name in self.path for name in self.unkept)
        self.send_header("Cache-Control", "max-age=600" if kept else "no-store")
        super().end_headers()


@pytest.fixture
def host(builds):
    handler = type("OneHost", (Host,), {"folder": builds["first"], "unkept": ()})
    with serve(builds["first"], handler) as address:
        handler.address = address
        yield handler


@pytest.fixture
def visitor(browser, request):
    """Return a page in a browser with or without service workers; what is gone from the host may be in its console."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, service_workers=request.param) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        yield page
        assert page.watch.errors == page.watch.outside == []


both = pytest.mark.parametrize("visitor", ["block", "allow"], indirect=True, ids=["no service worker", "service worker"])
alone = pytest.mark.parametrize("visitor", ["block"], indirect=True, ids=["no service worker"])
served = pytest.mark.parametrize("visitor", ["allow"], indirect=True, ids=["service worker"])


def marks(page):
    """Wait until the figures of a page live, and return the marks of the page, its scripts, its worker and its Python."""
    page.locator(".nn-figure").first.scroll_into_view_if_needed()
    all_live(page)
    [worker] = page.workers
    seen = {*page.evaluate(MARKS, VIEW), worker.evaluate("globalThis.nnMarks?.['figure_worker.js'] ?? '1'")}
    has_it = worker.evaluate("code => pyodide.runPython(code)", HAS_IT)
    return seen | (THIRD if has_it and seen == THIRD else {mark(has_it)})


def mark_of_exercises(page):
    """Return the mark of the Python that runs the exercises of a page, or none where the reader is told to reload it."""
    cell = page.locator('.nn-cell[data-state="ready"]').first
    cell.get_by_role("textbox").fill(HAS_IT)
    cell.get_by_role("button", name="Run", exact=True).click()
    value, told = cell.locator(".nn-value"), cell.locator(".nn-status", has_text=RELOAD)
    value.or_(told).first.wait_for(timeout=60_000)
    return set() if told.count() else {mark(value.inner_text() == "True")}


def mark(second):
    return "2" if second else "1"


def open_page(page, host, name, place=""):
    page.goto(f"{host.address}chapters/{name}.html{place}")


@both
@pytest.mark.parametrize("second", ["deletes", "keeps"])
def test_after_a_new_build_every_page_is_of_one(visitor, host, builds, second):
    open_page(visitor, host, "neuron")
    assert marks(visitor) == FIRST
    host.folder = builds[second]
    open_page(visitor, host, "perceptron")
    assert marks(visitor) == SECOND
    open_page(visitor, host, "neuron")  # out of a cache, perhaps
    seen = marks(visitor)
    assert mark_of_exercises(visitor) <= seen in (FIRST, SECOND)
    visitor.reload()
    assert marks(visitor) == mark_of_exercises(visitor) == SECOND


# Whatever a test asks of a page counts as a reader's touch.
UNTOUCHED = "Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } })"
GONE = [["/live/"], ["early.js"], ["page.js"], ["lessons.js"], ["figure_worker.js"], ["files.json"], ["/styles/"]]


@alone
@pytest.mark.parametrize("gone", GONE, ids=",".join)
def test_a_page_out_of_a_cache_that_asks_for_what_is_gone_begins_anew_once(visitor, host, builds, gone):
    visitor.add_init_script(UNTOUCHED)
    host.unkept = gone
    open_page(visitor, host, "neuron")
    assert marks(visitor) == FIRST
    host.folder = builds["deletes"]
    open_page(visitor, host, "references")
    open_page(visitor, host, "neuron", "#figure-tune-a-neuron")
    visitor.locator("meta[name=mark]").wait_for(state="attached")
    assert visitor.evaluate("performance.getEntriesByType('navigation')[0].type") == "reload"
    assert marks(visitor) == SECOND


NAMES = re.compile(r"(?:(?<=live/)|(?<=styles/all-))[0-9a-f]{12}")
COUNT = "sessionStorage.begun = 1 + Number(sessionStorage.begun ?? 0)"


@alone
@pytest.mark.parametrize("gone", GONE, ids=",".join)
@pytest.mark.parametrize(("names", "begins"), [(itertools.count(), 2), (itertools.repeat(0), 1)], ids=["new", "same"])
def test_a_page_that_always_asks_for_what_is_gone_begins_anew_once_at_most(visitor, host, html, gone, names, begins):
    text = (html / "chapters" / "neuron.html").read_text(encoding="utf-8")
    [sheet] = re.findall(r"styles/all-(\w+)", text)
    missed = []

    def answer(route):
        url = route.request.url
        if "neuron.html" in url:
            name = f"{next(names):012x}"  # of the edition, and of the stylesheet
            route.fulfill(body=NAMES.sub(name, text), content_type="text/html")
        elif any(part in url for part in gone) and "renew.js" not in url:
            missed.append(NAMES.search(url)[0])
            route.fulfill(status=404)
        else:
            route.continue_(url=NAMES.sub(sheet if "/styles/" in url else edition(html).name, url))

    visitor.context.route("**", answer)
    visitor.add_init_script(f"{UNTOUCHED}; {COUNT}")
    open_page(visitor, host, "neuron", "#figure-tune-a-neuron")
    wait_until(visitor, lambda: len({*missed}) == begins)
    visitor.wait_for_load_state()
    visitor.wait_for_timeout(1500)  # another one would be here by now
    assert visitor.evaluate("sessionStorage.begun") == str(begins)


@alone
def test_a_page_that_the_reader_has_touched_says_that_it_is_of_an_older_edition(visitor, host, builds):
    open_page(visitor, host, "neuron")
    visitor.locator(".nn-question[data-mounted]").first.locator("input").first.click()
    host.unkept = ["exercise_worker.js"]
    host.folder = builds["deletes"]
    cell = visitor.locator('.nn-cell[data-state="ready"]').first
    cell.get_by_role("textbox").fill("1 + 1")
    cell.get_by_role("button", name="Run", exact=True).click()
    cell.locator(".nn-status").filter(has_text=RELOAD).wait_for()
    assert cell.get_by_role("textbox").input_value() == "1 + 1"
    visitor.reload()
    assert cell.get_by_role("textbox").input_value() == "1 + 1"


@served
@pytest.mark.parametrize("second", ["deletes", "plain"])
def test_what_was_kept_of_the_first_build_is_kept_anew_of_the_second(visitor, host, builds, second):
    for name in ("perceptron", "neuron"):
        open_page(visitor, host, name)
        assert marks(visitor) == FIRST
        wait_until(visitor, lambda path=f"{name}.html": visitor.evaluate(KEPT, path)[0] != "")
    host.folder = builds[second]
    visitor.reload()
    assert marks(visitor) == SECOND
    for name in ("perceptron", "neuron"):
        wait_until(visitor, lambda path=f"{name}.html": MARK.format(2) in visitor.evaluate(KEPT, path)[0])
    assert visitor.evaluate(KEPT, "neuron.html")[1] == 0
    listing = json.loads((edition(host.folder) / "engine" / "files.json").read_text(encoding="utf-8"))
    started_from = listing["plain"] if second == "plain" else listing["frozen"]["files"]
    files = {file.get("unpacked", file)["sha256"] for file in started_from if not file["name"].endswith("library.packed")}
    wait_until(visitor, lambda: files <= {*visitor.evaluate(STORED)})
    visitor.context.set_offline(True)
    open_page(visitor, host, "perceptron")
    assert marks(visitor) == SECOND


@served
def test_a_page_out_of_a_cache_is_of_one_build_while_another_service_worker_takes_over(visitor, host, builds):
    visitor.add_init_script(UNTOUCHED)
    host.unkept = ["/live/"]
    open_page(visitor, host, "neuron")
    assert marks(visitor) == FIRST
    wait_until(visitor, lambda: visitor.evaluate(KEPT, "neuron.html")[0] != "")
    host.folder = builds["deletes"]
    open_page(visitor, host, "references")
    open_page(visitor, host, "neuron", "#figure-tune-a-neuron")
    visitor.wait_for_timeout(3000)  # it may begin anew
    assert marks(visitor) in (FIRST, SECOND)


@served
@pytest.mark.parametrize("between", [[], ["references"]], ids=["one was missed", "each was seen"])
def test_a_service_worker_that_is_two_editions_old_gives_way_to_the_newest(visitor, host, builds, between):
    for name in ("perceptron", "neuron"):
        open_page(visitor, host, name)
        assert marks(visitor) == FIRST
        wait_until(visitor, lambda path=f"{name}.html": visitor.evaluate(KEPT, path)[0] != "")
    host.folder = builds["deletes"]
    for name in between:
        open_page(visitor, host, name)
    host.folder = builds["third"]
    for name in ("perceptron", "neuron"):  # one of them is the page that is left, and which a cache may still have
        open_page(visitor, host, name)
        visitor.reload()
        assert marks(visitor) == THIRD
        wait_until(visitor, lambda path=f"{name}.html": MARK.format(3) in visitor.evaluate(KEPT, path)[0])
    wait_until(visitor, lambda: visitor.evaluate(KEPT, "neuron.html")[1] == 0)  # it tidies up when it takes over
    visitor.context.set_offline(True)
    open_page(visitor, host, "perceptron")
    assert marks(visitor) == THIRD
