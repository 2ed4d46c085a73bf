"""Figures in frames of another site: in a page, in a slide, in a notebook's cell; alone, and told how tall they are.

The book has its host, which sends its `_headers`, and whoever frames it another port, and so another origin.
"""

import json
import re
from html import unescape
from urllib.parse import quote

import nbformat
import pytest
from figures import ask, panel, picture_of, wait_until
from IPython.display import IFrame
from nbconvert import HTMLExporter
from playwright.sync_api import expect
from strict import with_headers
from web import serve

STRICT = "default-src 'none'; script-src 'self'; frame-src {book}"  # a host that lets in the book's frames, and no more
HOST = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}"><title>a host</title>
<h1>A host</h1>{frame}<script src="host.js"></script></html>"""
FITTED = """globalThis.heard = [];
addEventListener("message", ({ data, source }) => {
  heard.push(data);
  if (data?.type !== "nn-height") return;
  for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.height = data.height;
});
"""
NAME, SETTINGS = "tune_a_neuron", {"w1": 2.5}
LIVE = f'[data-explorable="{NAME}"][data-state="live"]'


@pytest.fixture(scope="module")
def book(html):
    """Return the address of the book, whose host sends its headers."""
    with with_headers(html) as address:
        yield address


@pytest.fixture
def host(tmp_path, book):
    """Return a function that puts a line of HTML into a page of another origin, and returns its address."""
    (tmp_path / "host.js").write_text(FITTED, encoding="utf-8")
    with serve(tmp_path) as address:

        def put(frame, policy=STRICT):
            text = HOST.format(policy=policy.format(book=book), frame=frame)
            (tmp_path / "host.html").write_text(text, encoding="utf-8")
            return f"{address}host.html"

        yield put


ASKED = f"?{NAME}={quote(json.dumps(SETTINGS))}"


def line(book, name=NAME, query=ASKED, sandbox="allow-scripts allow-same-origin"):
    size = 'width="900" height="200" frameborder="0"'
    return f'<iframe src="{book}embed/{name}.html{query}" title="t" {size} sandbox="{sandbox}"></iframe>'


def framed(page):
    return page.frame_locator("iframe")


def live(page):
    """Wait until the figure in the frame of a page is live, and return it."""
    figure = framed(page).locator(LIVE)
    figure.wait_for(timeout=90_000)
    return figure.element_handle()


def weight(figure):
    return panel(picture_of(figure), "diagram")["edges"][0]["value"]


@pytest.fixture(autouse=True)
def without_icons(page):
    """Answer for the icons that the hosts of these tests lack."""
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))


@pytest.mark.parametrize("sandbox", ["allow-scripts allow-same-origin", "allow-scripts"], ids=["", "an origin of its own"])
def test_a_figure_lives_in_a_frame_of_a_host_with_a_strict_policy(page, book, host, sandbox):
    page.goto(host(line(book, sandbox=sandbox)))
    figure = live(page)
    assert figure.evaluate("origin") == ("null" if sandbox == "allow-scripts" else book.rstrip("/"))
    ask(figure, "set", {})
    assert weight(figure) == 2.5
    assert panel(ask(figure, "set", {"w1": -1}), "diagram")["edges"][0]["value"] == -1
    heard = page.evaluate("heard")
    assert heard and all(set(one) == {"type", "name", "height"} and one["name"] == NAME for one in heard)
    assert figure.evaluate("document.documentElement.scrollHeight <= innerHeight + 1"), "all of it is to be seen"
    assert page.locator("iframe").bounding_box()["height"] == heard[-1]["height"] > 400


def test_the_height_is_told_anew_where_the_width_is_another_one(page, book, host):
    page.goto(host(line(book)))
    live(page)
    page.wait_for_timeout(500)
    before = page.evaluate("heard.at(-1).height")
    page.locator("iframe").evaluate("frame => { frame.width = 340; }")
    wait_until(page, lambda: page.evaluate("heard.at(-1).height") > before + 200)
    told = page.evaluate("heard.length")
    page.wait_for_timeout(700)
    assert page.evaluate("heard.length") <= told + 3, "it comes to rest"


SCHEMES = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 30)"}
GROUND = "figure => getComputedStyle(figure).backgroundColor"


@pytest.mark.parametrize("context_options", [{"color_scheme": "light"}, {"color_scheme": "dark"}], ids=["light", "dark"])
def test_it_is_light_or_dark_as_its_host_is_or_as_it_is_told(page, book, host, context_options):
    scheme = context_options["color_scheme"]
    for query, theme in (("", scheme), ("?theme=dark", "dark"), ("?theme=light", "light"), ("?theme=__proto__", scheme)):
        page.goto(host(line(book, query=query)))
        figure = framed(page).locator(".nn-figure")
        assert figure.evaluate(GROUND) == SCHEMES[theme], query
    say = "theme => document.querySelector('iframe').contentWindow.postMessage({ type: 'nn-theme', theme }, '*')"
    for theme in ("dark", "light"):
        page.evaluate(say, theme)
        page.wait_for_timeout(50)
        assert figure.evaluate(GROUND) == SCHEMES[theme]
    for odd in ("constructor", "<b>", None, {"dark": 1}, ["dark"], 7):
        page.evaluate(say, odd)
    figure.evaluate("postMessage({ type: 'nn-theme', theme: 'dark' }, '*')")  # it comes from no host
    page.wait_for_timeout(50)
    assert figure.evaluate(GROUND) == SCHEMES["light"]


def embedding(page, book, path):
    """Open a chapter, change its figure, press Embed, and return the line; the settings are those of SETTINGS."""
    page.goto(f"{book}{path}")
    figure = page.locator(LIVE)
    figure.wait_for(timeout=90_000)
    ask(figure, "set", SETTINGS)
    figure.get_by_role("button", name="Embed").click()
    dialog = page.get_by_role("dialog", name="Embed this figure")
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.locator(".nn-status")).to_have_text("Copied.")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("context_options", [{"permissions": ["clipboard-read", "clipboard-write"]}], ids=[""])
def test_embed_copies_a_line_that_shows_the_figure_as_it_is_and_leads_back_to_it(page, book, host):
    copied = embedding(page, book, "chapters/neuron.html#figure-tune-a-neuron")
    assert re.fullmatch(r"<iframe [^<>]*></iframe>", copied) and "\n" not in copied
    given = dict(re.findall(r' ([a-z]+)="([^"]*)"', copied))
    assert unescape(given["src"]) == f"{book}embed/{NAME}.html?{NAME}=" + quote(json.dumps(SETTINGS, separators=(",", ":")))
    assert (given["title"], given["width"], given["loading"]) == ("Tune a neuron", "100%", "lazy")
    assert int(given["height"]) > 400
    assert given["sandbox"].split() == ["allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox",
                                        "allow-downloads"]  # fmt: skip
    page.goto(host(copied))
    figure = live(page)
    ask(figure, "set", {"w2": -3})
    with page.expect_popup() as opened:
        framed(page).get_by_role("link", name="Neural Networks, Live: The artificial neuron").click()
    chapter = opened.value
    assert chapter.url.startswith(f"{book}chapters/neuron.html?") and chapter.url.endswith("#figure-tune-a-neuron")
    chapter.locator(LIVE).wait_for(timeout=90_000)
    ask(chapter.locator(LIVE), "set", {})
    edges = panel(picture_of(chapter.locator(LIVE)), "diagram")["edges"]
    assert [edge["value"] for edge in edges[:2]] == [2.5, -3]


def test_what_a_page_gives_its_figure_and_what_it_hides_is_in_the_line(page, book):
    for path, name, wanted in (
        ("atlas", "what_a_test_score_is_worth", '"accuracy":0.6'),
        ("welcome", "playground", None),
    ):
        page.goto(f"{book}chapters/{path}.html")
        figure = page.locator(f'[data-explorable="{name}"][data-mounted]')
        figure.get_by_role("button", name="Embed").click()
        text = unescape(page.get_by_role("region", name="the line of HTML").inner_text())
        page.keyboard.press("Escape")
        asked = re.search(r'src="([^"]*)"', text)[1]
        assert f"embed/{name}.html?" in asked
        assert (quote(wanted, safe=":") in asked.replace("%3A", ":")) if wanted else "hide=noise%2C" in asked


def test_a_figure_in_a_scaled_slide_follows_the_mouse(page, book, host):
    slide = '<section style="transform: scale(0.7); transform-origin: 0 0; width: 960px; height: 700px">{}</section>'
    page.goto(host(slide.format(line(book)), "frame-src {book}; default-src 'self' 'unsafe-inline'"))
    figure = live(page)
    slider = framed(page).locator('[data-control="w1"] input[type=range]')
    box = slider.bounding_box()
    page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    ask(figure, "set", {})
    assert weight(figure) == -6


@pytest.mark.planted  # nbconvert's page asks other hosts for its own scripts, in vain
def test_a_figure_lives_in_a_notebooks_cell(page, book, tmp_path):
    shown = [line(book), IFrame(f"{book}embed/{NAME}.html?{NAME}={quote(json.dumps(SETTINGS))}", 900, 600)._repr_html_()]
    cells = [
        nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("display_data", {"text/html": text})]) for text in shown
    ]
    text, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    (tmp_path / "notebook.html").write_text(text, encoding="utf-8")
    page.route(re.compile("^https://"), lambda route: route.abort())
    with serve(tmp_path) as address:
        page.goto(f"{address}notebook.html")
        for frame in page.locator("iframe").all():
            frame.scroll_into_view_if_needed()
            frame.content_frame.locator(LIVE).wait_for(timeout=90_000)
    page.watch.outside.clear()


@pytest.mark.planted  # the console tells of what is refused
@pytest.mark.parametrize("path", ["chapters/neuron.html", "404.html", "index.html", "licenses.html"])
def test_no_other_page_of_the_book_may_be_framed(page, book, host, path):
    page.goto(host(f'<iframe src="{book}{path}" title="t"></iframe>'))
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in said for said in page.watch.console)


@pytest.mark.planted  # the console tells of what is not there
@pytest.mark.parametrize("sandbox", ["allow-scripts allow-same-origin", "allow-scripts", "allow-scripts allow-popups"])
@pytest.mark.parametrize("name", ["nosuch", "%3Cimg%20src=x%20onerror=alert(1)%3E", "__proto__"])
def test_a_figure_that_is_not_in_the_book_is_told_in_one_sentence_with_a_link(page, book, host, name, sandbox):
    page.goto(host(line(book, name=name, query="", sandbox=sandbox)))
    main = framed(page).locator("main")
    expect(main).to_have_text("This book has no figure of that name: see all of its figures.")
    assert main.locator("a").get_attribute("href") == f"{book}chapters/figures.html"
    assert framed(page).locator("img").count() == 0 and page.watch.errors == []


FIRST_ANSWER_IS_LATE = """{
    const real = fetch;
    let first = new Promise(done => setTimeout(done, 2000));
    globalThis.fetch = async (...asked) => {
        const wait = first;
        first = undefined;
        await wait;
        return real(...asked);
    };
}"""


@pytest.mark.planted  # the console tells of what is forbidden
@pytest.mark.parametrize("first", ["at once", "late"])
def test_a_frame_with_an_origin_of_its_own_says_what_it_lacks_where_the_host_sends_no_headers(page, site, tmp_path, first):
    if first == "late":
        page.add_init_script(FIRST_ANSWER_IS_LATE)
    (tmp_path / "host.html").write_text(
        f"<!doctype html><title>h</title>{line(site, sandbox='allow-scripts')}", encoding="utf-8"
    )
    with serve(tmp_path) as address:
        page.goto(f"{address}host.html")
        note = framed(page).locator(".nn-figure .nn-dead")
        expect(note).to_contain_text("Open it in a window of its own", timeout=20_000)
    assert page.watch.errors == []


BAD = {
    "not JSON": "{w1",
    "a prototype": '{"__proto__":{"w1":2}}',
    "out of range": '{"w1":1e99}',
    "markup": '{"<img src=x onerror=alert(1)>":1}',
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_hostile_settings_of_a_frame_are_refused_in_words(page, book, host, text):
    page.goto(host(line(book, query=f"?{NAME}={quote(text)}&hide=__proto__,constructor&theme=%00")))
    figure = live(page)
    expect(framed(page).locator(".nn-status")).to_contain_text(re.compile("stays as it was|keeps its own"))
    assert weight(figure) == 1
    assert framed(page).locator("img").count() == 0
