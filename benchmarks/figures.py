"""Measure the live figures of the built book in Chromium: seconds until they live, bytes, and what a drag costs.

The first visit has an empty cache, the second a warm one. A drag is 200 moves of a control; of each we take the time
until the new picture is drawn, and the time until the frame that shows it has been painted.
"""

import json
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import chromium  # noqa: E402 - beside the tests, whose browser it is
from playwright.sync_api import sync_playwright  # noqa: E402
from web import Handler, serve  # noqa: E402

FIGURES = {
    "tune_a_neuron": ("neuron", "i => element.set({ w1: 3 * Math.sin(i / 9) })"),
    "train_a_perceptron": ("perceptron", "i => i % 20 ? element.advance(1) : element.set({ learning_rate: 0.1 + i / 1000 })"),
    "draw_a_digit": ("digits", "i => element.set({ drawing: drawing(i) })"),
}
DRAG = """async element => {
    const drawing = i => Array.from({ length: 32 }, (_, row) => Array.from({ length: 32 }, (_, column) =>
        Number(Math.abs(column - 16 - 6 * Math.sin(row / 5 + i / 20)) < 2)));
    const move = MOVE, drawn = [], painted = [];
    const paint = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    for (let i = 0; i < 200; i += 1) {
        const start = performance.now();
        await move(i);
        drawn.push(performance.now() - start);
        await paint();
        painted.push(performance.now() - start);
    }
    return { drawn, painted };
}"""


class Counter(Handler):
    """Count the bytes of the files that are sent; an answer from the browser's own cache sends none."""

    sent = 0

    def copyfile(self, source, outputfile):
        """Send a file, and count it."""
        Counter.sent += Path(source.name).stat().st_size
        super().copyfile(source, outputfile)


def visit(context, site, name):
    """Open a figure's page, wait until the figure lives, and drag it; return what was measured."""
    page, move = FIGURES[name]
    tab = context.new_page()
    tab.goto(f"{site}chapters/{page}.html")
    figure = tab.locator(f'[data-explorable="{name}"]')
    figure.scroll_into_view_if_needed()
    tab.locator(f'[data-explorable="{name}"][data-state="live"]').wait_for(timeout=120_000)
    seconds = tab.evaluate("performance.now()") / 1000
    times = figure.evaluate(DRAG.replace("MOVE", move))
    tab.close()
    quantiles = {kind: (statistics.median(ms), sorted(ms)[int(0.95 * len(ms))]) for kind, ms in times.items()}
    return {"seconds_to_live": round(seconds, 2)} | {
        f"{kind}_ms_{which}": round(value, 1)
        for kind, pair in quantiles.items()
        for which, value in zip(("median", "95th"), pair, strict=True)
    }


def main():
    """Measure every figure twice, print a table, and write it to _build/bench.json."""
    rows = {}
    with serve(ROOT / "_build" / "html", Counter) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
        for name in FIGURES:
            with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
                for which in ("first visit", "second visit"):
                    Counter.sent = 0
                    row = visit(context, site, name)
                    rows[f"{name}, {which}"] = row | {"megabytes": round(Counter.sent / 1e6, 2)}
        browser.close()
    columns = list(next(iter(rows.values())))
    print(f"{'':34}" + "".join(f"{column:>19}" for column in columns))
    for label, row in rows.items():
        print(f"{label:34}" + "".join(f"{row[column]:>19}" for column in columns))
    (ROOT / "_build" / "bench.json").write_text(json.dumps({"figures": rows}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
