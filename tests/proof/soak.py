"""Ten tabs live side by side, and a network that trains for 100,000 epochs in a page takes hardly more memory at their end.

The playground trains five epochs a picture, as it does when it plays. Its run can be rewound: up to 5,000 states are kept for
that, so its memory is measured from where these are full, after garbage has been collected, to the end. The heap of
WebAssembly is all that Python has, with NumPy; that of JavaScript is the page's.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT)]

import chromium  # noqa: E402 - beside the tests, whose browser it is
from figures import PAGES, ask, steps_of, wait_for  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from record import claim  # noqa: E402
from web import serve, watch_over  # noqa: E402

HTML = ROOT / "_build" / "html"
BROWSER = chromium.find()
OPTIONS = {"viewport": {"width": 1280, "height": 900}, "service_workers": "block", "reduced_motion": "reduce"}
TABS = 10
STEP, FULL, STEPS = 5, 30_000, 100_000
MOST = 2  # percent, that memory may grow by
MEGABYTE = 2**20

TRAIN = "async (element, [times, steps]) => { for (let i = 0; i < times; i += 1) await element.advance(steps); }"
HELD = "[pyodide._module.HEAPU8.length, pyodide.runPython('import gc; gc.collect(); len(gc.get_objects())')]"


def processes(browser):
    """Return the memory of a browser in bytes, of each of its processes its share of what several of them use."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    rolled = [Path(f"/proc/{one['id']}/smaps_rollup").read_text() for one in told]
    return sum(int(line.split()[1]) for text in rolled for line in text.splitlines() if line.startswith("Pss:")) * 1024


def tabs(browser, site):
    """Open ten chapters in ten tabs, each with its first figure alive; return how many live, and the memory of all."""
    chapters = [*dict.fromkeys(PAGES.values())][:TABS]
    names = [next(name for name, its in PAGES.items() if its == chapter) for chapter in chapters]
    with browser.new_context(**OPTIONS) as context:
        before, shown = processes(browser), []
        for name in names:
            page = context.new_page()
            watch = watch_over(page)
            page.goto(f"{site}chapters/{PAGES[name]}.html")
            figure = page.locator(f'[data-explorable="{name}"]')
            figure.scroll_into_view_if_needed()
            wait_for(figure, "live")
            shown.append((figure, watch))
        for figure, watch in shown:  # whoever was opened first answers still
            figure.page.bring_to_front()
            assert ask(figure, "set", {}), figure
            assert figure.get_attribute("data-state") == "live" and watch == type(watch)()
        return len(shown), (processes(browser) - before) / MEGABYTE


class Playground:
    """The playground in a page, which trains."""

    def __init__(self, context, site):
        self.page = context.new_page()
        self.page.goto(f"{site}chapters/{PAGES['playground']}.html")
        self.figure = self.page.locator('[data-explorable="playground"]')
        self.figure.scroll_into_view_if_needed()
        wait_for(self.figure, "live")
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("Performance.enable")

    def train(self, upto):
        """Train until so many epochs have been made, with a picture every few of them."""
        while (left := upto - steps_of(self.figure)) > 0:
            times = min(200, -(-left // STEP))
            self.figure.evaluate(TRAIN, [times, STEP])
            print(f"{steps_of(self.figure)} epochs", end="\r", flush=True)

    def memory(self):
        """Return what is held after garbage has been collected."""
        wasm, objects = next(worker for worker in self.page.workers if "figure_worker" in worker.url).evaluate(HELD)
        self.devtools.send("HeapProfiler.collectGarbage")
        metrics = {metric["name"]: metric["value"] for metric in self.devtools.send("Performance.getMetrics")["metrics"]}
        return {"wasm": wasm, "javascript": metrics["JSHeapUsedSize"], "objects": objects, "nodes": metrics["Nodes"]}


def soak(browser, site):
    """Return what the playground holds when its history is full, and at the end."""
    with browser.new_context(**OPTIONS) as context:
        playground = Playground(context, site)
        playground.train(FULL)
        before = playground.memory()
        print(before)
        playground.train(STEPS)
        after = playground.memory()
        print(after)
        assert playground.figure.get_attribute("data-state") == "live" and steps_of(playground.figure) >= STEPS
    return before, after


if __name__ == "__main__":
    with (
        claim("soak") as told,
        serve(HTML) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=BROWSER, args=chromium.OPTIONS) as browser,
    ):
        told["tabs"], megabytes = tabs(browser, site)
        told["tabs_megabytes"] = round(megabytes)
        told["a_tab"] = round(megabytes / TABS)
        before, after = soak(browser, site)
        grown = {name: 100 * (after[name] / before[name] - 1) for name in before}
        held = [memory["wasm"] + memory["javascript"] for memory in (before, after)]
        all_grown = 100 * (held[1] / held[0] - 1)
        assert all_grown <= MOST, grown
        told |= {"steps": STEPS, "from": FULL, "wasm": round(after["wasm"] / MEGABYTE, 1)}
        told |= {"javascript": round(after["javascript"] / MEGABYTE, 1), "wasm_grown": round(grown["wasm"], 2)}
        told |= {"javascript_grown": round(grown["javascript"], 2), "all_grown": round(all_grown, 2)}
