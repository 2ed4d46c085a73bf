"""Measure the live figures of the built book in Chromium, against stated targets.

python benchmarks/figures.py [ROUNDS]

*Time to live* is from opening a page until its figure lives, cold (nothing stored) and warm (the visit after), beside a page
that does no more than start Pyodide with NumPy; both are opened in turn, in the same rounds. *Bytes* are what the server has
sent of the engine. *Frames* are 200 moves of a control: until the new picture is drawn, and until its frame has been
painted, which no page can do before the screen's next refresh; beside them is told which way each figure trained, plain
or by a record. *384 weights* is a network of seven layers that trains, each step with a picture of every neuron. *The
playground* plays as fast as it goes, its networks by their layers. *In the lab* is the same figure in its notebook, from
opening it in JupyterLite and running all its cells; what is sent then is counted plain, and as gzip would send it. *Long
tasks* hold up the page for more than 50 ms. *Memory* is what is in use after 10,000 frames, beside what was after 1,000.
"""

import gzip
import shutil
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT)]

import chromium  # noqa: E402 - beside the tests, whose browser it is
import measured  # noqa: E402
from lab import driver  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from results import keep  # noqa: E402
from web import Handler, serve  # noqa: E402

ENGINE = ROOT / ".cache" / "engine"
# What is measured, and the most that it may be.
TARGETS = {
    "time to live, cold / plain Pyodide and NumPy": 0.55,
    "time to live, warm / plain Pyodide and NumPy": 0.3,
    "bytes, cold / untrimmed engine": 0.5,
    "bytes, warm / untrimmed engine": 0.01,
    "ms until drawn, median, the slowest figure": 16,
    "ms until drawn, 95th percentile, the slowest figure": 33,
    "ms in Python, median, a picture of 384 weights": 15,
    "ms until drawn, median, a step and a picture of 384 weights": 16,
    "long tasks while training plays": 0,
    "ms from picture to picture, median, the playground, 2-8-8-1": 16,
    "ms from picture to picture, 95th percentile, the playground, 2-8-8-1": 33,
    "ms from picture to picture, median, the playground, 2-8-8-8-8-8-8-1": 25,
    "long tasks while the playground plays": 0,
    "memory of Python after 10,000 frames / after 1,000": 1.05,
    "heap of JavaScript after 10,000 frames / after 1,000": 1.05,
    "nodes of the page after 10,000 frames / after 1,000": 1.01,
}

# The page itself notes when its figure lives, as the plain page does: the driver hears of it some hundredths later.
NOTE = """new MutationObserver((changes) => {
    for (const { target: { dataset } } of changes)
        if (dataset.explorable === "tune_a_neuron" && dataset.state === "live") globalThis.livesSince ??= performance.now();
}).observe(document, { subtree: true, attributeFilter: ["data-state"] })"""
IN_LAB = ("seconds, in the lab", "megabytes, in the lab", "megabytes packed, in the lab")


class Counter(Handler):
    """Count the bytes that are sent of the engine's files and of the lab's; what the browser has stored is not sent."""

    sent = 0
    lab = []

    def copyfile(self, source, outputfile):
        """Send a file, and count it."""
        if "/engine/" in self.path:
            Counter.sent += Path(source.name).stat().st_size
        if "/lite/" in self.path:
            Counter.lab.append(Path(source.name))
        super().copyfile(source, outputfile)


class Knowing(Handler):
    """Serve the plain page, which asks for a host that knows its types, and starts sooner there."""

    extensions_map = Handler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}


@cache
def sizes(path):
    """Return the bytes of a file, plain and as a server sends them that packs what it sends."""
    return path.stat().st_size, len(gzip.compress(path.read_bytes()))


@contextmanager
def plain_page():
    """Serve the page that the book is compared with."""
    with tempfile.TemporaryDirectory() as folder:
        for file in [*ENGINE.iterdir(), ROOT / "benchmarks" / "plain.mjs"]:
            shutil.copy(file, folder)
        shutil.copy(ROOT / "benchmarks" / "plain.html", Path(folder) / "index.html")
        with serve(folder, Knowing) as address:
            yield address


def fresh_tab(context):
    """Return a new tab when its window has started, for which Chromium runs scripts of its own, those of the address bar."""
    tab = context.new_page()
    tab.wait_for_timeout(1000)
    return tab


def seconds_plain(context, address):
    """Open the plain page and return the seconds until NumPy has computed something."""
    tab = fresh_tab(context)
    tab.goto(address)
    tab.locator("[data-live]").wait_for(state="attached", timeout=120_000)
    seconds = float(tab.locator("body").get_attribute("data-live")) / 1000
    tab.close()
    return seconds


def seconds_live(context, site):
    """Open the first figure's page and return the seconds until it lives, and the bytes of the engine that were sent."""
    Counter.sent = 0
    tab = fresh_tab(context)
    tab.add_init_script(NOTE)
    tab.goto(f"{site}chapters/neuron.html#figure-tune-a-neuron", wait_until="commit")
    tab.locator('[data-explorable="tune_a_neuron"][data-state="live"]').wait_for(timeout=120_000)
    seconds = tab.evaluate("livesSince") / 1000
    tab.evaluate(measured.STORED)  # the visit after finds what this one has stored
    tab.close()
    return seconds, Counter.sent


def seconds_in_lab(context, site):
    """Open the same figure's notebook and run it; return the seconds until the figure lives, and the bytes that were sent."""
    Counter.lab.clear()
    tab = fresh_tab(context)
    driver.open_notebook(tab, site, "chapters/neuron.ipynb")
    driver.choose(tab, "Run", "Run All Cells")
    tab.wait_for_function(
        f"""() => [...({driver.NOTEBOOK}).cells].some((cell) => cell.type === "code"
        && cell.sharedModel.source.includes('figure("tune_a_neuron"') && cell.executionCount !== null)""",
        timeout=120_000,
    )
    [cell] = [name for name, cell in driver.cells_of(tab).items() if 'figure("tune_a_neuron"' in cell["source"]]
    driver.show(tab, cell).locator('.nn-figure[data-state="live"]').wait_for(timeout=120_000)
    seconds = tab.evaluate("performance.now()") / 1000
    tab.close()
    return seconds, *map(sum, zip(*map(sizes, Counter.lab), strict=True))


def starts(browser, site, plain, rounds):
    """Open all three pages in turn, cold and warm; return {row: values, one a round}."""
    rows = ("seconds, plain", "seconds", "megabytes", *IN_LAB)
    found = {f"{what}, {when}": [] for what in rows for when in ("cold", "warm")}
    for _ in range(rounds):
        new = browser.new_context
        with new(**measured.SCREEN) as theirs, new(**measured.SCREEN) as ours, new(**measured.SCREEN) as lab:
            for when in ("cold", "warm"):
                found[f"seconds, plain, {when}"].append(seconds_plain(theirs, plain))
                seconds, sent = seconds_live(ours, site)
                found[f"seconds, {when}"].append(seconds)
                found[f"megabytes, {when}"].append(sent / 1e6)
                seconds, *bytes_sent = seconds_in_lab(lab, site)
                for row, value in zip(IN_LAB, (seconds, *(sent / 1e6 for sent in bytes_sent)), strict=True):
                    found[f"{row}, {when}"].append(value)
    return found


def judge(found, frames, large, long_tasks, playground, memory):
    """Return {target: measured value}."""
    untrimmed = sum(path.stat().st_size for path in [*ENGINE.iterdir(), *(ROOT / ".cache" / "wheel").glob("*.whl")]) / 1e6
    values = {}
    for when in ("cold", "warm"):
        pairs = zip(found[f"seconds, {when}"], found[f"seconds, plain, {when}"], strict=True)
        values[f"time to live, {when} / plain Pyodide and NumPy"] = median(ours / theirs for ours, theirs in pairs)
        values[f"bytes, {when} / untrimmed engine"] = median(found[f"megabytes, {when}"]) / untrimmed
    for which in ("median", "95th percentile"):
        values[f"ms until drawn, {which}, the slowest figure"] = max(rows["drawn"][which] for rows in frames.values())
    values["ms in Python, median, a picture of 384 weights"] = large["python"]["median"]
    values["ms until drawn, median, a step and a picture of 384 weights"] = large["drawn"]["median"]
    values["long tasks while training plays"] = len(long_tasks)
    for name, played in playground.items():
        for which, ms in played["apart"].items():
            values[f"ms from picture to picture, {which}, the playground, {name}"] = ms
    values["long tasks while the playground plays"] = sum(len(played["long tasks"]) for played in playground.values())
    return values | {f"{what} after 10,000 frames / after 1,000": late / early for what, (early, late) in memory.items()}


def main(rounds):
    """Measure, print a table, and keep it."""
    html = ROOT / "_build" / "html"
    with serve(html, Counter) as site, plain_page() as plain, sync_playwright() as playwright:
        options = [*chromium.OPTIONS, "--js-flags=--expose-gc", "--enable-precise-memory-info"]
        with playwright.chromium.launch(executable_path=chromium.find(), args=options) as browser:
            found = starts(browser, site, plain, rounds)
            for row, values in found.items():
                print(f"{row:48}{median(values):>10.2f}", flush=True)
            frames, ways = measured.frames(browser, site)
            large = measured.large_network(browser, html)
            for name, rows in [*frames.items(), ("384 weights", large)]:
                for kind, row in rows.items():
                    print(
                        f"{f'ms until {kind}, {name}':48}" + "".join(f"{value:>10.1f} {which}" for which, value in row.items())
                    )
            for name, taken in ways.items():
                print(f"{name} trained: " + ", ".join(f"{way} {epochs} epochs" for way, epochs in taken.items()))
            long_tasks = measured.long_tasks(browser, site)
            playground = measured.playground(browser, site)
            for name, played in playground.items():
                speeds = ", ".join(f"{played[f'{what} a second']:.0f} {what}" for what in ("epochs", "pictures"))
                print(f"{f'the playground, {name}, a second of play':48}{speeds}")
            memory = measured.memory(browser, site)
    values = judge(found, frames, large, long_tasks, playground, memory)
    print()
    rows = []
    for target, most in TARGETS.items():
        rows.append([f"{target} ≤ {most:g}", round(values[target], 3), "met" if values[target] <= most else "NOT MET"])
        print(f"{rows[-1][0]:68}{rows[-1][1]:>10} {rows[-1][2]}")
    kept = {
        "rounds": found,
        "frames": frames,
        "ways": ways,
        "large": large,
        "long tasks": long_tasks,
        "playground": playground,
        "memory": memory,
        "targets": rows,
    }
    keep("figures", kept)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
