"""Whatever happens to the engine, the still picture stays, one sentence names the cause, and Try again works."""

import gzip
import hashlib
import json
import re

import chromium
import pytest
from faults import serve_faulty
from figures import wait_until
from web import edition

FROZEN = ["python.wasm.packed", "libraries.packed", "memory.packed", "pyodide.asm.js", "pyodide.js"]
FAULTS = {404: "can't be reached", 500: "can't be reached", "short": "damaged", "changed": "damaged", "portal": "damaged"}
CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"


@pytest.fixture
def faulty(html):
    with serve_faulty(html) as (address, server):
        server.address = address
        yield server


@pytest.fixture
def visit(page, faulty):
    def visit(tab=None):
        tab = tab or page
        tab.goto(f"{faulty.address}chapters/neuron.html")
        figure = tab.locator('[data-explorable="tune_a_neuron"]')
        figure.scroll_into_view_if_needed()
        return figure

    return visit


@pytest.fixture
def begin_worker_with(page, html):
    """Return a function that puts a script before that of the figures' worker."""

    def begin_worker_with(script):
        worker = (edition(html) / "view" / "figure_worker.js").read_text(encoding="utf-8")
        answer = {"body": f"{script};{worker}", "content_type": "text/javascript"}
        page.route("**/view/figure_worker.js", lambda route: route.fulfill(**answer))

    return begin_worker_with


def wait_for(figure, state):
    figure.page.locator(f'[data-explorable="tune_a_neuron"][data-state="{state}"]').wait_for(timeout=60_000)


def weight_after(figure, value):
    """Set the first weight and return what the new picture has for it: only Python can answer."""
    ask = "async (element, w1) => (await element.set({ w1 }))[1].edges[0].value"
    return figure.evaluate(ask, value)


def assert_failed(figure, words):
    wait_for(figure, "failed")
    status = figure.locator(".nn-status").inner_text()
    assert words in status and status.endswith("The picture stays as it is.")
    assert figure.locator(".nn-panel-body").first.bounding_box()["height"] > 100
    assert figure.get_by_role("button", name="Try again").is_visible()


def assert_lives(figure):
    wait_for(figure, "live")
    assert weight_after(figure, -3) == -3


def assert_retry_works(figure):
    figure.get_by_role("button", name="Try again").click()
    assert_lives(figure)


# on the way


@pytest.mark.planted
@pytest.mark.parametrize("file", [*FROZEN, "files.json"])
def test_a_file_that_does_not_arrive_whole_is_named_and_a_retry_works(visit, faulty, file):
    figure = None
    for fault, words in FAULTS.items():
        if (file, fault) == ("files.json", "changed"):  # it has no checksum of its own, and names files that then are damaged
            continue
        faulty.faults[file], asked = fault, faulty.asked.count(file)
        if figure:
            figure.get_by_role("button", name="Try again").click()
        else:
            figure = visit()
        assert_failed(figure, words)
        assert faulty.asked.count(file) > asked
        assert file in figure.locator(".nn-status").inner_text()
    faulty.faults.clear()
    assert_retry_works(figure)


@pytest.mark.planted
@pytest.mark.parametrize("file", ["pyodide.asm.js", "memory.packed"])
def test_a_retry_asks_past_a_bad_copy_that_the_browser_has_kept(visit, faulty, file):
    faulty.headers_added["Cache-Control"] = "max-age=600"
    faulty.faults[file] = "syntax"
    figure = visit()
    assert_failed(figure, f"{file} of the Python engine arrived damaged")
    faulty.faults.clear()
    assert_retry_works(figure)


@pytest.mark.parametrize("file", ["python.wasm.packed", "libraries.packed", "memory.packed", "files.json"])
def test_a_file_of_another_type_does_no_harm(visit, faulty, file):
    faulty.faults[file] = "wrong type"
    assert_lives(visit())


def test_a_slow_network_shows_progress_and_raises_no_alarm(page, visit, faulty):
    page.add_init_script("globalThis.nnPatience = 2000")
    faulty.faults = dict.fromkeys(FROZEN, "slow")  # some seconds in all: longer than the patience
    figure = visit()
    figure.locator(".nn-progress", has_text="%").wait_for()
    seen = figure.evaluate(
        """element => new Promise(done => {
            const seen = new Set();
            new MutationObserver(() => {
                seen.add(element.dataset.state);
                if (element.dataset.state !== "waking") done([...seen]);
            }).observe(element, { attributes: true });
        })"""
    )
    assert set(seen) <= {"waking", "live"}
    assert_lives(figure)


@pytest.mark.planted
@pytest.mark.parametrize("file", [*FROZEN, "files.json"])
def test_a_server_that_never_answers_is_given_up_in_words(page, visit, faulty, file):
    page.add_init_script("globalThis.nnPatience = 1500")
    faulty.faults[file] = "stalled"
    figure = visit()
    assert_failed(figure, "nothing has come for 1.5 seconds")
    faulty.faults.clear()
    page.evaluate("globalThis.nnPatience = 20000")
    assert_retry_works(figure)


def test_a_reader_may_keep_waiting_for_an_engine_that_is_slow(page, visit, faulty):
    page.add_init_script("globalThis.nnPatience = 1500")
    faulty.faults["files.json"] = "stalled"
    figure = visit()
    assert_failed(figure, "slow here")
    page.evaluate("globalThis.nnPatience = 20000")
    figure.get_by_role("button", name="Keep waiting").click()
    wait_for(figure, "waking")
    faulty.released.set()
    assert_lives(figure)
    assert not any("again" in worker.url for worker in page.workers)


# where Python can't be thawed


@pytest.fixture
def plain(faulty, html):
    """Let Python thaw in no browser; return the names of the files that it then starts from."""
    listing = json.loads((edition(html) / "engine" / "files.json").read_text(encoding="utf-8"))
    listing["frozen"]["state"]["checksum"] ^= 1  # as if the memory of this browser were another one
    faulty.contents["files.json"] = json.dumps(listing).encode()
    return [file["name"] for file in listing["plain"]]


def test_python_that_can_not_be_thawed_is_started_plainly(visit, faulty, page, plain):
    warnings = []
    page.on("console", lambda message: warnings.append(message.text))
    assert_lives(visit())
    assert any("so it is started plainly" in text for text in warnings)
    assert set(plain) <= set(faulty.asked)


def test_a_plain_start_that_is_slow_is_told_in_words_and_raises_no_alarm(page, visit, faulty, plain):
    page.add_init_script("globalThis.nnPatience = 5000")
    faulty.faults = dict.fromkeys(plain, "slow")  # longer than the patience
    figure = visit()
    seen = figure.evaluate_handle(
        """element => {
            const seen = new Set();
            new MutationObserver(() => seen.add(element.dataset.state)).observe(element, { attributes: true });
            return seen;
        }"""
    )
    figure.locator(".nn-status", has_text="starts from scratch here, which takes longer").wait_for(timeout=60_000)
    figure.locator(".nn-progress", has_text="%").wait_for()
    assert_lives(figure)
    assert set(seen.evaluate("seen => [...seen]")) <= {"waking", "live"}


def numpy_stalls(page, faulty, plain):
    """Let the wheel of NumPy never come, and the reader be told soon."""
    [wheel] = [name for name in plain if name.startswith("numpy-")]
    faulty.faults[wheel] = "stalled"
    page.add_init_script("globalThis.nnPatience = 4000")
    return wheel


@pytest.mark.planted
def test_a_plain_start_that_falls_silent_is_told_and_can_be_waited_for(page, visit, faulty, plain):
    wheel = numpy_stalls(page, faulty, plain)
    figure = visit()
    wait_until(page, lambda: wheel in faulty.asked)
    assert_failed(figure, "nothing has come for 4 seconds")
    page.evaluate("globalThis.nnPatience = 20000")
    figure.get_by_role("button", name="Keep waiting").click()
    wait_for(figure, "waking")
    assert "starts from scratch here" in figure.locator(".nn-status").inner_text()
    faulty.released.set()
    assert_lives(figure)
    assert faulty.asked.count(wheel) == 1
    assert not any("again" in worker.url for worker in page.workers)


@pytest.mark.planted
def test_an_exercise_whose_plain_start_falls_silent_says_so_and_can_wait(page, faulty, plain):
    wheel = numpy_stalls(page, faulty, plain)
    page.goto(f"{faulty.address}chapters/neuron.html")
    cell = page.locator('[data-exercise="neuron-boundary"]')
    cell.get_by_label("Your program").fill("print(6 * 7)")
    cell.get_by_role("button", name="Run").click()
    status = cell.locator(".nn-status")
    status.filter(has_text=re.compile(r"starts from scratch here, which takes longer … \d+%")).wait_for(timeout=60_000)
    wait_until(page, lambda: wheel in faulty.asked)
    status.filter(has_text="nothing has come for 4 seconds").wait_for(timeout=60_000)
    page.evaluate("globalThis.nnPatience = 20000")
    cell.get_by_role("button", name="Keep waiting").click()
    status.filter(has_text="Waking Python").or_(status.filter(has_text="starts from scratch")).wait_for()
    faulty.released.set()
    cell.locator(".nn-printed", has_text="42").wait_for(timeout=60_000)
    assert faulty.asked.count(wheel) == 1


# WebKit hands out another object for a function in a table than for the same one in the exports; iPhones lack one function.
LIKE_WEBKIT = """{
    const { get, set } = WebAssembly.Table.prototype;
    const [objects, functions] = [new Map(), new Map()];
    WebAssembly.Table.prototype.get = function (at) {
        const own = get.call(this, at);
        if (own && functions.get(objects.get(at)) !== own) {
            objects.set(at, Object.defineProperty((...given) => own(...given), "name", { value: own.name }));
            functions.set(objects.get(at), own);
        }
        return own && objects.get(at);
    };
    WebAssembly.Table.prototype.set = function (at, value) { set.call(this, at, functions.get(value) ?? value); };
}"""
LIKE_AN_IPHONE = "Object.defineProperty(navigator, 'platform', { value: 'iPhone' })"


@pytest.mark.parametrize("script", [LIKE_WEBKIT, LIKE_AN_IPHONE], ids=["WebKit", "iPhone"])
def test_python_is_thawed_where_the_table_of_functions_is_another_one(page, visit, faulty, begin_worker_with, script):
    begin_worker_with(script)
    assert_lives(visit())
    assert "memory.packed" in faulty.asked
    assert "python_stdlib.zip" not in faulty.asked


# what a browser or a policy forbids


def test_the_scripts_work_under_a_strict_policy(visit, faulty):
    faulty.headers_added = {"Content-Security-Policy": CSP}
    assert_lives(visit())


@pytest.mark.planted
def test_a_policy_without_webassembly_is_named(visit, faulty):
    faulty.headers_added = {"Content-Security-Policy": CSP.replace(" 'wasm-unsafe-eval'", "")}
    figure = visit()
    assert_failed(figure, "does not allow WebAssembly")
    faulty.headers_added = {}
    assert_retry_works(figure)


@pytest.mark.planted
@pytest.mark.parametrize(
    "how", ["delete globalThis.Worker", "globalThis.Worker = class { constructor() { throw Error('no') } }"]
)
def test_a_browser_without_workers_is_told_so(page, visit, how):
    page.add_init_script(f"globalThis.RealWorker = Worker; {how}")
    figure = visit()
    assert_failed(figure, "does not allow the worker")
    page.evaluate("() => { globalThis.Worker = RealWorker }")
    assert_retry_works(figure)


@pytest.mark.planted
@pytest.mark.parametrize("fault", [404, 500, "portal", "syntax"])
def test_a_worker_whose_program_is_not_there_is_told_so(visit, faulty, fault):
    faulty.faults["figure_worker.js"] = fault
    figure = visit()
    assert_failed(figure, "The worker that Python runs in can't be reached")
    faulty.faults.clear()
    assert_retry_works(figure)


# stores, tabs, and visits


def kept(page, part):
    """Return how many entries the stores have whose address contains `part`."""
    count = """async part => {
        let count = 0;
        for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys()) count += url.includes(part);
        return count;
    }"""
    return page.evaluate(count, part)


def wait_until_kept(page):
    for part in ("memory.packed", "python.wasm.packed", "pyodide.asm.js", "chapters/neuron.html", "view/figure_worker.js"):
        for _ in range(300):
            if kept(page, part):
                break
            page.wait_for_timeout(50)
        else:
            pytest.fail(f"{part} is not kept")


def test_the_second_visit_asks_for_no_file_of_the_engine(page, visit, faulty):
    assert_lives(visit())
    wait_until_kept(page)
    del faulty.asked[:]
    assert_lives(visit())
    assert not set(faulty.asked) & {*FROZEN, "python_stdlib.zip"}


@pytest.mark.planted
def test_a_visited_page_lives_without_a_network(page, visit, faulty):
    assert_lives(visit())
    wait_until_kept(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    page.context.set_offline(True)
    assert_lives(visit())


def test_a_page_that_is_open_while_a_new_build_takes_over_is_kept_with_it(page, visit, faulty, html):
    assert_lives(visit())
    wait_until_kept(page)
    script = (html / "service-worker.js").read_text(encoding="utf-8")
    faulty.contents["service-worker.js"] = re.sub(r'"version": "\w+"', '"version": "next"', script).encode()
    page.evaluate("navigator.serviceWorker.ready.then(registration => registration.update()).then(() => 0)")
    kept_with_it = """async () => {
        const next = (await caches.keys()).find(name => name.endsWith(" next"));
        return next !== undefined && Boolean(await (await caches.open(next)).match(location.origin + location.pathname));
    }"""
    wait_until(page, lambda: page.evaluate(kept_with_it))


def checksum(content):
    return hashlib.sha256(content).hexdigest()


def test_a_new_build_is_never_served_from_the_store_of_an_old_one(page, visit, faulty, html):
    assert_lives(visit())
    wait_until_kept(page)
    listing = json.loads((edition(html) / "engine" / "files.json").read_text(encoding="utf-8"))
    [memory] = (file for file in listing["frozen"]["files"] if "memory.packed" in file["name"])
    content = (edition(html) / "engine" / memory["name"]).read_bytes()
    longer = gzip.decompress(content) + b"\0"  # a byte that nobody reads
    rebuilt, former = gzip.compress(longer, 6, mtime=0), memory["unpacked"]["sha256"]
    here, other = edition(html).name, "0" * 12
    service_worker = (html / "service-worker.js").read_text(encoding="utf-8").replace(former, checksum(longer))
    text = (html / "chapters" / "neuron.html").read_text(encoding="utf-8").replace(here, other)
    memory |= {"bytes": len(rebuilt), "sha256": checksum(rebuilt)}
    memory["unpacked"] = {"bytes": len(longer), "sha256": checksum(longer)}
    faulty.contents |= {
        "files.json": json.dumps(listing).encode(),
        "memory.packed": rebuilt,
        "service-worker.js": service_worker.replace(here, other).encode(),
        "neuron.html": text.encode(),
    }
    faulty.renamed[other] = here
    del faulty.asked[:]
    page.reload()  # a cache may have the former page, which asks for what is of its own build
    figure = page.locator('[data-explorable="tune_a_neuron"]')
    figure.scroll_into_view_if_needed()
    assert_lives(figure)
    assert "memory.packed" in faulty.asked
    wait_until_kept(page)
    # The browser looks for a new service worker when it thinks fit.
    for _ in range(1200):
        if not kept(page, former):
            return
        page.wait_for_timeout(50)
    pytest.fail("the file of the former build is still in the store")


@pytest.mark.planted
@pytest.mark.parametrize(
    "script",
    [
        "navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'))",
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })",
    ],
)
def test_without_a_service_worker_the_figures_live(page, visit, script):
    page.add_init_script(script)
    assert_lives(visit())


@pytest.mark.parametrize(
    "script",
    [
        "Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))",
        "CacheStorage.prototype.open = () => Promise.reject(new DOMException('no', 'SecurityError'))",
        "delete WorkerGlobalScope.prototype.caches; delete globalThis.caches",
    ],
    ids=["full", "forbidden", "missing"],
)
def test_without_storage_the_figures_live(visit, begin_worker_with, script):
    begin_worker_with(script)
    assert_lives(visit())


def test_two_tabs_live_side_by_side(page, visit):
    other = page.context.new_page()
    figures = [visit(page), visit(other)]
    for figure in figures:
        figure.page.bring_to_front()
        assert_lives(figure)


def test_a_page_that_the_browser_kept_lives_on_after_back(browser, visit, faulty):
    options = {"executable_path": chromium.find(chromium.WITH_WINDOWS), "args": chromium.OPTIONS}
    with browser.browser_type.launch(**options, ignore_default_args=["--disable-back-forward-cache"]) as keeping:
        tab = keeping.new_page()
        figure = visit(tab)
        assert_lives(figure)
        figure.evaluate(
            """element => addEventListener("pageshow", async ({ persisted }) => {
                const [, diagram] = await element.set({ w1: 4 });
                document.body.dataset.back = `${persisted ? "kept" : "new"} ${diagram.edges[0].value}`;
            })"""
        )
        tab.goto(f"{faulty.address}chapters/references.html")  # not the index, which leads on at once
        tab.evaluate("() => { setTimeout(() => history.back()) }")
        tab.locator('body[data-back="kept 4"]').wait_for()


@pytest.mark.planted
def test_a_worker_that_dies_in_training_is_told_and_training_goes_on_where_it_was(page, faulty):
    page.add_init_script(
        """globalThis.nnPatience = 1500;
        globalThis.workers = [];
        globalThis.Worker = class extends Worker { constructor(...given) { super(...given); workers.push(this) } };"""
    )
    page.goto(f"{faulty.address}chapters/perceptron.html")
    figure = page.locator('[data-explorable="train_a_perceptron"]')
    figure.scroll_into_view_if_needed()
    wait = lambda state: page.locator(f'[data-explorable="train_a_perceptron"][data-state="{state}"]').wait_for()  # noqa: E731
    wait("live")
    figure.get_by_role("button", name="XOR").click()
    for _ in range(3):
        figure.evaluate("element => element.advance(1).then(() => 0)")
    figure.get_by_role("button", name="Play").click()
    page.evaluate("workers.forEach(worker => worker.terminate())")
    wait("failed")
    assert "does not answer any more" in figure.locator(".nn-status").inner_text()
    steps = int(figure.locator('[data-do="rewind"]').get_attribute("max"))
    assert steps >= 3
    page.evaluate("globalThis.nnPatience = 20000")
    figure.get_by_role("button", name="Try again").click()
    wait("live")
    figure.evaluate("element => element.advance(1).then(() => 0)")
    assert int(figure.locator('[data-do="rewind"]').get_attribute("max")) == steps + 1


def test_nothing_of_the_engine_is_asked_for_before_the_page_can_be_read(page, faulty, html):
    [looks] = re.findall(r'rel="stylesheet" href="[^"]*/([^"/]+)"', (html / "chapters" / "neuron.html").read_text("utf-8"))
    faulty.faults[looks] = "stalled"
    page.goto(f"{faulty.address}chapters/neuron.html#figure-tune-a-neuron", wait_until="commit")
    page.wait_for_timeout(1500)
    assert looks in faulty.asked
    assert "files.json" not in faulty.asked
    faulty.released.set()
    wait_for(page.locator('[data-explorable="tune_a_neuron"]'), "live")
    assert "files.json" in faulty.asked


def test_python_begins_when_a_figure_is_seen_before_all_of_the_page_is_there(page, faulty):
    faulty.faults["neuron.html"] = "halfway"
    page.goto(f"{faulty.address}chapters/neuron.html", wait_until="commit")
    figure = page.wait_for_selector('[data-explorable="tune_a_neuron"]')
    figure.evaluate("figure => figure.scrollIntoView()")  # the browser itself goes to no fragment before more has come
    wait_until(page, lambda: "memory.packed" in faulty.asked)
    assert page.evaluate("document.readyState") == "loading"
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint').length") == 1
    faulty.released.set()
    assert_lives(page.locator('[data-explorable="tune_a_neuron"]'))


@pytest.mark.planted
def test_a_worker_that_could_not_be_had_early_is_asked_for_again_when_a_figure_comes_near(page, faulty):
    faulty.faults["figure_worker.js"] = 500
    page.goto(f"{faulty.address}chapters/neuron.html")
    figure = page.locator('[data-explorable="tune_a_neuron"]')
    wait_until(page, lambda: figure.evaluate("figure => figure.set !== undefined"))  # the view is there
    page.wait_for_timeout(300)
    assert "figure_worker.js" in faulty.asked and figure.get_attribute("data-state") == "still"
    faulty.faults.clear()
    figure.scroll_into_view_if_needed()
    assert_lives(figure)


def test_nothing_moves_while_the_page_loads_and_its_figures_wake(page, visit, faulty):
    page.add_init_script(
        """globalThis.shifts = 0;
        new PerformanceObserver(list => list.getEntries().forEach(({ value }) => { globalThis.shifts += value }))
            .observe({ type: "layout-shift", buffered: true });"""
    )
    faulty.faults["files.json"] = "stalled"
    figure = visit()
    wait_for(figure, "waking")
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.wait_for_timeout(300)  # the theme puts its icons into place
    assert page.evaluate("shifts") < 0.01  # a tenth is what counts as good
    page.evaluate("() => { globalThis.shifts = 0 }")
    faulty.released.set()
    wait_for(figure, "live")
    page.wait_for_timeout(200)
    assert page.evaluate("shifts") == 0


def test_the_engine_lets_the_page_load_first_unless_the_reader_does_something(page, faulty):
    faulty.faults["togglebutton.js"] = "stalled"
    page.goto(f"{faulty.address}chapters/welcome.html", wait_until="commit")
    page.wait_for_selector(".nn-figure[data-mounted]")
    page.wait_for_timeout(700)
    assert "togglebutton.js" in faulty.asked and page.evaluate("document.readyState") == "interactive"
    assert "files.json" not in faulty.asked
    page.keyboard.press("Shift")
    wait_until(page, lambda: "files.json" in faulty.asked)
    assert page.evaluate("document.readyState") == "interactive"


def test_what_holds_up_the_page_for_long_does_not_keep_its_figures_waiting(page, faulty):
    faulty.faults["togglebutton.js"] = "stalled"
    page.goto(f"{faulty.address}chapters/welcome.html", wait_until="commit")
    wait_until(page, lambda: "files.json" in faulty.asked)
    assert page.evaluate("document.readyState") == "interactive"
    assert page.evaluate("performance.now()") > 3000


def test_the_book_is_kept_for_later_when_the_page_has_loaded(page, faulty):
    there = "navigator.serviceWorker.getRegistration().then(Boolean)"
    faulty.faults["togglebutton.js"] = "stalled"
    page.goto(f"{faulty.address}chapters/neuron.html", wait_until="commit")
    page.wait_for_selector(".nn-figure[data-mounted]")
    page.wait_for_timeout(700)
    assert page.evaluate("document.readyState") == "interactive" and not page.evaluate(there)
    faulty.released.set()
    wait_until(page, lambda: page.evaluate(there))


def test_what_a_page_says_after_its_test_is_not_held_against_it(page, faulty):
    page.goto(f"{faulty.address}chapters/welcome.html")
    page.evaluate("void setInterval(() => fetch('.').catch(() => {}), 1)")  # it will find the server gone
