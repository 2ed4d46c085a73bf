"""Scripts are not there: the text is, and whatever they would have brought to life says so within three seconds, or lives.

The seconds are the page's own, from when it is parsed and drawn: a timer of the page looks, so that a slow machine is not a
fault.
"""

import re
import threading

import pytest
from faults import serve_faulty
from figures import all_live, wait_until
from web import edition, serve

FAULTS = [404, "wrong type", "empty", "short", "stalled", "forbidden"]
VIEW = ["early.js", "page.js", "theme.js", "lessons.js"]
WORKERS = ["figure_worker.js", "exercise_worker.js"]
KINDS = ".nn-figure, .nn-cell, .nn-question, .nn-predict, .bd-links"
UNWATCHED = "No script of this page runs"  # which the looks say
SILENT = f"""() => [...document.querySelectorAll("{KINDS}")].filter(element => {{
    const {{ content, fontSize }} = getComputedStyle(element, "::after");
    const told = element.querySelector(".nn-dead") || (content.includes("{UNWATCHED}") && parseFloat(fontSize) > 10);
    const late = "coming" in element.dataset && element.querySelector(".nn-status").textContent.includes("still on their way");
    return !("mounted" in element.dataset) && !told && !late;
}}).map(element => element.className)"""
LOOK = f"""globalThis.silent = null;
const whenReadable = () => {{
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    if (!painted || document.readyState === "loading") return setTimeout(whenReadable, 10);
    const [{{ domInteractive }}] = performance.getEntriesByType("navigation");
    const look = () => {{ globalThis.silent = ({SILENT})(); }};
    const due = Math.max(domInteractive, painted.startTime) + 3000;
    setTimeout(() => requestAnimationFrame(look), due - performance.now());
}};
whenReadable();"""
TOLD = "() => [...document.querySelectorAll('.nn-heard .nn-dead')].map(note => note.textContent)"


# What is said, where no more than one thing may be.
SAID = {404: "can't be loaded", "empty": "arrived damaged", "stalled": "has not come yet", "forbidden": "is forbidden"}


def scripts_of(html):
    page = (html / "chapters" / "neuron.html").read_text(encoding="utf-8")
    return [source.rpartition("/")[2].partition("?")[0] for source in re.findall(r'<script[^>]* src="([^"]+)"', page)]


@pytest.fixture
def faulty(html):
    with serve_faulty(html) as (address, server):
        server.address = address
        yield server


def plant(page, faulty, name, fault):
    if fault == "forbidden":
        allowed = " ".join(f"{faulty.address}{path}" for path in ALLOWED if not path.endswith(f"/{name}"))
        faulty.policy = f"script-src {allowed} 'wasm-unsafe-eval'; worker-src {allowed}"
    elif fault == "empty":
        faulty.contents[name] = b""
    else:
        faulty.faults[name] = fault


ALLOWED = []


@pytest.fixture(autouse=True)
def _allowed(html):
    scripts = [*(html / "_static").rglob("*.js"), *html.glob("live/*.js"), *edition(html).glob("view/*.js")]
    engine = f"live/{edition(html).name}/engine/"
    ALLOWED[:] = [*(path.relative_to(html).as_posix() for path in scripts), engine]


def look(page, address):
    """Open the chapter on the neuron, far from its figures, and look when readers have waited as long as they are to wait."""
    page.add_init_script(LOOK)
    page.goto(f"{address}chapters/neuron.html", wait_until="commit")
    wait_until(page, lambda: page.evaluate("globalThis.silent ?? null") is not None)
    assert page.evaluate("silent") == []
    assert page.locator(KINDS).count() > 10


def settle(page):
    """Wait until everything lives or has said why not."""
    page.locator(".nn-cell").last.wait_for(state="attached")
    wait_until(page, lambda: page.evaluate(SILENT) == [])


@pytest.mark.planted
@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name in VIEW for fault in FAULTS])
def test_what_a_script_of_the_view_would_bring_to_life_lives_or_says_why_not(page, faulty, name, fault):
    plant(page, faulty, name, fault)
    look(page, faulty.address)
    told = page.evaluate(TOLD)
    if name in ("page.js", "lessons.js") and fault != "wrong type":
        [sentence] = told
        assert f": {name} {SAID.get(fault, '')}" in sentence
    else:
        assert told == []
    if fault == "stalled" and told:
        faulty.released.set()
        wait_until(page, lambda: page.locator(".nn-dead").count() == 0)


@pytest.mark.planted
@pytest.mark.parametrize("tag", ["script", "link"])
def test_what_somebody_else_puts_into_a_page_and_does_not_come_is_nothing_to_the_book(page, site, tag):
    page.add_init_script(
        f"""addEventListener("DOMContentLoaded", () => {{
            const element = document.createElement("{tag}");
            element.rel = "stylesheet";
            element.src = element.href = "http://127.0.0.1:9/page.js"; // nobody listens there, and the policy forbids it
            element.onerror = () => {{ document.documentElement.dataset.missed = ""; }};
            document.head.append(element);
        }})"""
    )
    page.goto(f"{site}chapters/glossary.html")
    page.locator("html[data-missed]").wait_for()
    page.wait_for_timeout(1000)
    assert page.evaluate("performance.getEntriesByType('navigation')[0].type") == "navigate"  # it has not begun anew
    assert page.evaluate(TOLD) == []


@pytest.mark.planted
@pytest.mark.parametrize("fault", [404, "empty", "short", "stalled"])
def test_without_a_script_of_the_theme_all_comes_to_life(page, html, faulty, fault):
    for name in set(scripts_of(html)) - set(VIEW):
        plant(page, faulty, name, fault)
    look(page, faulty.address)
    assert page.evaluate(TOLD) == []


@pytest.mark.planted
def test_no_script_that_never_comes_holds_up_the_page(browser, html, faulty):
    names = sorted(set(scripts_of(html)))
    assert len(names) > 8
    for name in names:
        faulty.faults, faulty.released = {name: "stalled"}, threading.Event()
        with browser.new_context() as context:  # nothing of it is kept
            page = context.new_page()
            page.goto(f"{faulty.address}chapters/neuron.html", wait_until="commit")
            page.get_by_role("heading", name="Summary").wait_for()  # the last one: all of the page can be read
            wait_until(page, lambda page=page: page.evaluate("performance.getEntriesByName('first-contentful-paint').length"))
            assert page.evaluate("document.readyState") != "complete", name  # it has still not come
            faulty.released.set()


@pytest.mark.planted
@pytest.mark.parametrize("chosen", ["by the system", "by the reader"])
def test_a_page_of_which_no_script_comes_reads_in_its_light_and_says_so(page, html, faulty, chosen):
    faulty.faults = dict.fromkeys(scripts_of(html), "stalled")
    if chosen == "by the system":
        page.emulate_media(color_scheme="dark")
    else:
        page.add_init_script("localStorage.setItem('theme', 'dark')")
    look(page, faulty.address)
    assert page.get_by_role("heading", name="Summary").is_visible()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("html[data-watched]").count() == 0
    faulty.released.set()
    wait_until(page, lambda: page.locator("html[data-watched]").count() == 1)
    settle(page)
    wait_until(page, lambda: page.evaluate(TOLD) == [])


@pytest.mark.planted
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", WORKERS)
def test_a_worker_that_is_not_there_is_told_where_it_is_needed(page, faulty, name, fault):
    plant(page, faulty, name, fault)
    look(page, faulty.address)
    if name == "figure_worker.js":
        figure = page.locator(".nn-figure").first
        figure.scroll_into_view_if_needed()
        status = figure.locator(".nn-status")
    else:
        cell = page.locator(".nn-cell").first
        cell.get_by_role("button", name="Run").click()
        status = cell.locator(".nn-status")
    status.filter(has_text="The worker that Python runs in").wait_for(timeout=5000)


def test_scripts_that_run_before_the_page_has_a_body_bring_all_to_life(page, faulty):
    faulty.faults["neuron.html"] = "head first"
    page.goto(f"{faulty.address}chapters/neuron.html", wait_until="commit")
    wait_until(page, lambda: page.evaluate("performance.getEntriesByType('resource').length") >= len(VIEW) + 2)
    page.wait_for_timeout(500)  # they have run
    assert page.evaluate("document.body") is None
    faulty.released.set()
    settle(page)
    assert page.evaluate(TOLD) == []


@pytest.mark.planted
def test_a_page_that_was_opened_as_a_file_says_how_to_start_the_book(page, html):
    page.goto((html / "chapters" / "neuron.html").as_uri())
    settle(page)
    [sentence] = page.evaluate(TOLD)
    assert "start.py" in sentence
    assert all(address.startswith("file:") for address in page.watch.outside)
    page.watch.outside.clear()
    assert page.locator(".nn-question form").count() == page.locator(".nn-question").count() > 0


@pytest.mark.planted
def test_a_page_in_a_frame_with_an_origin_of_its_own_says_so(page, html, tmp_path):
    with serve(html) as address:
        text = f'<!doctype html><title>t</title><link rel=icon href=data:,><iframe sandbox="allow-scripts" src="{address}'
        (tmp_path / "frame.html").write_text(f'{text}chapters/neuron.html" width=1200 height=800></iframe>', encoding="utf-8")
        with serve(tmp_path) as other:
            page.goto(f"{other}frame.html")
            frame = page.frames[1]
            settle(frame)
            assert "in a window of its own" in frame.evaluate(TOLD)[0]


@pytest.mark.planted
def test_where_no_script_may_run_the_looks_say_so(page, faulty):
    faulty.policy = "script-src 'none'"
    page.goto(f"{faulty.address}chapters/neuron.html")
    page.wait_for_timeout(3000)
    said = "element => (({ content, fontSize }) => [content, parseFloat(fontSize)])(getComputedStyle(element, '::after'))"
    sentence, size = page.locator(".nn-cell").first.evaluate(said)
    assert UNWATCHED in sentence
    assert size > 10


def test_a_page_that_is_still_parsed_is_not_measured_again_and_again(page, faulty):
    page.add_init_script(
        """globalThis.measured = 0;
        const measure = Element.prototype.getBoundingClientRect;
        Element.prototype.getBoundingClientRect = function () { globalThis.measured += 1; return measure.call(this); };"""
    )
    faulty.faults["neuron.html"] = "halfway"
    page.goto(f"{faulty.address}chapters/neuron.html", wait_until="commit")
    page.locator(".nn-figure").first.wait_for(state="attached")
    before = page.evaluate("measured")
    page.wait_for_timeout(500)
    assert page.evaluate("measured") == before == 0
    faulty.released.set()
    page.locator(".nn-figure").first.scroll_into_view_if_needed()
    all_live(page)
