"""Memory after five thousand frames is what it was after one thousand: of the page, of Python, of the WebAssembly beneath."""

import re

import pytest
from figures import all_live, ask

FRAMES = """async (element, [count, leaks]) => {
    window.kept ??= [];
    for (let i = 0; i < count; i += 1) {
        const picture = await element.set({ slope: i % 19 - 9, fault: leaks ? "leak" : "none" });
        if (!leaks) continue;
        const node = document.createElement("p");
        node.addEventListener("click", () => picture);
        window.kept.push(node);
    }
}"""
# How much more than after 1,000 frames there may be after 5,000: a hundred bytes and a tenth of a node, or less, a frame.
MARGIN = {"JSHeapUsedSize": 400_000, "Nodes": 300, "JSEventListeners": 100, "objects": 400, "wasm": 0}


class Memory:
    """What a page and its worker hold, after a collection of garbage in both."""

    def __init__(self, page):
        self.page, self.devtools = page, page.context.new_cdp_session(page)
        self.devtools.send("Performance.enable")

    def measure(self, figure):
        self.devtools.send("HeapProfiler.collectGarbage")
        metrics = {metric["name"]: metric["value"] for metric in self.devtools.send("Performance.getMetrics")["metrics"]}
        ask(figure, "set", {"fault": "memory"})
        counts = map(int, re.findall(r"\d+", figure.locator(".nn-sentence").inner_text()))
        metrics |= dict(zip(("objects", "wasm"), counts, strict=True))
        return {name: metrics[name] for name in MARGIN}

    def growth(self, figure, first, then, leaks=False):
        """Return how much more there is after `then` further frames than after the `first` ones."""
        figure.evaluate(FRAMES, [first, False])
        before = self.measure(figure)
        figure.evaluate(FRAMES, [then, leaks])
        after = self.measure(figure)
        return {name: after[name] - before[name] for name in MARGIN}


@pytest.fixture
def stumble(page, stumbling):
    page.goto(f"{stumbling}stumble.html")
    all_live(page)
    return page.locator('[data-explorable="stumble"]')


def test_memory_is_flat(page, stumble):
    growth = Memory(page).growth(stumble, 1000, 4000)
    assert {name: value for name, value in growth.items() if value > MARGIN[name]} == {}


def test_a_leak_in_the_page_or_in_python_is_found(page, stumble):
    growth = Memory(page).growth(stumble, 500, 1500, leaks=True)
    found = {name for name, value in growth.items() if value > MARGIN[name]}
    assert found >= MARGIN.keys() - {"wasm"}
