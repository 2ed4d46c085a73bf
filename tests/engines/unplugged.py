"""A page that was read once is read again when its server is gone, and its figure wakes."""

import json

from engines import driven
from engines.window import EngineError
from web import edition, serve

NAME = "tune_a_neuron"
ADDRESS = "chapters/neuron.html"
LATER = "frozen/library.packed"  # what exercises alone need of Python, which comes with the first of them
# Whether the service worker has taken over, and what the page, and the Python of figures, have asked for is kept.
KEPT = """await (async () => {
    if (!navigator.serviceWorker.controller) return false;
    const names = await caches.keys();
    const [pages, engine] = await Promise.all(["pages ", "engine "].map(async (kind) => {
        const name = names.find((one) => one.startsWith(kind));
        return name ? (await (await caches.open(name)).keys()).map(({ url }) => url) : [];
    }));
    const asked = performance.getEntriesByType("resource").map(({ name }) => name).filter((url) => url.startsWith(given[0]));
    const bare = [location.href, ...asked].map((url) => url.split(/[?#]/)[0]).filter((url) => !url.includes("/engine/"));
    const sums = engine.map((url) => url.split("?")[1]);
    return bare.every((url) => pages.includes(url)) && given[1].every((sum) => sums.includes(sum));
})()"""
GONE = "return fetch(given[0], { cache: 'no-store' }).then(() => 'answers', () => 'gone');"


def read(window, html):
    """Read a page, take the server away, and read it again; yield (what, which page, fault)."""
    listed = json.loads((edition(html) / "engine" / "files.json").read_text(encoding="utf-8"))
    files = [file for file in listed["frozen"]["files"] if file["name"] != LATER]
    sums = [file.get("unpacked", file)["sha256"] for file in files]  # it is kept unpacked
    yield "read without a server", ADDRESS, _read(window, html, sums)


def _read(window, html, sums):
    try:
        with serve(html) as site:
            address = f"{site}{ADDRESS}"
            window.open(address)
            driven.Driven(window, NAME)
            window.wait(KEPT, site, sums, what="a copy of the page and of Python in the browser")
        if (is_there := window.run(GONE, f"{site}licenses.html")) != "gone":
            raise EngineError(f"the server {is_there}: nothing was shown")
        # Not by WebDriver's command to reload: Firefox reloads as with Shift then, and asks no service worker.
        window.open(address)
        window.run(driven.NOTE)
        figure = driven.Driven(window, NAME)
        return figure.fault() or figure.press()
    except EngineError as error:
        return str(error)
