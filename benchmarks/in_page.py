"""Measure training in the page, in the book's own Python, beside JavaScript libraries that do the same mathematics.

python benchmarks/in_page.py [ROUNDS] [OTHER_BOOK]

All train in the book's own worker: `nnlib` in its Python, ConvNetJS (float64), and TensorFlow.js (float32) on its backends
for the CPU and for WebAssembly. A network learns 250 points of a circle by the squared error, tanh throughout; an epoch takes
a new order, and measures the loss of the training points on the way and that of as many test points after it. First each
library is checked: from the same start and in the same orders, it must come to the same parameters. Then come rounds,
forwards and backwards in turn, in which each trains for about as long. What is compared are times of one round, and told is
the median of these ratios, with its quartiles; below them stands what it costs that every neuron answers to a grid, as its
picture needs it. Where the system tells it, it is the CPU time of the worker's thread, which other programs harm little.
*First* is the first epoch after all was made: what nnlib does once is done there. *Growth* is how an epoch grows with neurons,
layers and points: a plot, _build/bench-growth.svg. OTHER_BOOK, a folder with another build of the book, has its nnlib measured
in the same rounds, in a worker of its own: so two commits are compared. All but the growth is measured in Firefox as well,
where there is one.
"""

import json
import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

import chromium  # noqa: E402 - beside the tests, whose browsers these are
from engines import webdriver  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from results import FILE, keep  # noqa: E402
from web import Handler, edition, serve  # noqa: E402

from nnlib import mlp  # noqa: E402

RIVALS = ROOT / "benchmarks" / "rivals"
INSTALLED = ROOT / ".cache" / "rivals" / "node_modules"
BASE, OURS = "convnetjs", "nnlib"
SAME = {"float64": 1e-12, "float32": 1e-5}  # how far parameters may be from nnlib's
WORKERS = ("DedicatedWorker", "DOM Worker")  # how Chromium and Firefox name the threads of workers
PLOT = "bench-growth.svg"
MAPS, SIDE = (OURS, "nnlib, replayed", BASE), 100  # what draws a map of every neuron, on so many points a side
CHECKED, WINDOW, RATE, SEED = 20, 0.06, 0.015, 3  # epochs; seconds that make one measurement

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>training</title><link rel="icon" href="data:,">
<script type="module">
  const worker = new Worker("live/edition/view/worker.js", { type: "module" });
  const waiting = new Map();
  globalThis.ready = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.kind === "ready") resolve();
      if (data.kind === "failed") reject(new Error(data.message));
      if (!("id" in data)) return;
      const [done, failed] = waiting.get(data.id);
      if ("error" in data) failed(new Error(data.error)); else done(data.value);
    };
  });
  globalThis.ask = (ask, ...args) => new Promise((...settle) => {
    waiting.set(waiting.size, settle);
    worker.postMessage({ ask, id: waiting.size - 1, args });
  });
  worker.postMessage("wake");
</script>"""
# What follows the book's own worker, in the same file.
BESIDE = """
const figures = onmessage;
const rivals = import("../../../rivals/worker.mjs");
onmessage = async (event) => {
  if (event.data.ask) postMessage(await (await rivals).answer(event.data)); else figures(event);
};
"""


class Task(NamedTuple):
    """What is trained: layers, samples a batch, training points."""

    sizes: tuple
    batch: int = 10
    points: int = 250


TASKS = {
    "2-4-2-1": Task((2, 4, 2, 1)),
    "2-8-8-1": Task((2, 8, 8, 1)),
    "2-8-8-8-8-8-8-1": Task((2, 8, 8, 8, 8, 8, 8, 1)),
    "2-8-8-1, full batch": Task((2, 8, 8, 1), 250),
}
GROWTH = {
    "neurons in each of two hidden layers": {count: Task((2, count, count, 1)) for count in (2, 8, 16, 32)},
    "hidden layers of 8 neurons": {count: Task((2, *[8] * count, 1)) for count in (1, 2, 4, 6)},
    "training points": {count: Task((2, 8, 8, 1), points=count) for count in (50, 250, 1000)},
}


class Knowing(Handler):
    """Serve with the types that modules and WebAssembly ask for."""

    extensions_map = Handler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}


@contextmanager
def site(book):
    """Serve a page with the book's worker and, behind it in the same file, the rivals; the value is its address."""
    book = edition(book)
    with tempfile.TemporaryDirectory() as folder:
        root, home = Path(folder), Path(folder, "live", "edition")
        (home / "view").mkdir(parents=True)
        (home / "engine").symlink_to(book / "engine")
        worker = (book / "view" / "figure_worker.js").read_text(encoding="utf-8")
        (home / "view" / "worker.js").write_text(worker + BESIDE, encoding="utf-8")
        (root / "rivals").mkdir()
        for file in RIVALS.iterdir():
            (root / "rivals" / file.name).symlink_to(file)
        (root / "rivals" / "node_modules").symlink_to(INSTALLED)
        (root / "index.html").write_text(PAGE, encoding="utf-8")
        with serve(root, Knowing) as address:
            yield address


def circle(count, seed):
    """Return count points, half within a disk and half in a ring around it, and 1 or −1 for each, as lists."""
    rng = np.random.default_rng(seed)
    inner = np.arange(count) % 2 == 0
    radius, angle = np.where(inner, rng.uniform(0, 2.5, count), rng.uniform(3.5, 5, count)), rng.uniform(0, 2 * np.pi, count)
    X = radius[:, None] * np.column_stack([np.sin(angle), np.cos(angle)])
    return {"X": X.tolist(), "y": np.where(inner, 1.0, -1.0).tolist()}


def given(task):
    """Return all that a library needs for a task."""
    start = mlp(list(task.sizes), "tanh", "tanh", dtype=np.float64, rng=SEED).parameters.tolist()
    sets = {"training": circle(task.points, 0), "test": circle(task.points, 1)}
    return {"sizes": task.sizes, "batch": task.batch, "rate": RATE, "seed": SEED, "start": start, **sets}


def orders(task):
    """Return the orders that nnlib draws, an epoch each."""
    rng, order, drawn = np.random.default_rng(SEED), np.arange(task.points, dtype=np.int32), []
    for _ in range(CHECKED):
        order[:] = np.arange(task.points)
        if task.batch < task.points:
            rng.shuffle(order)
        drawn.append(order.tolist())
    return drawn


class Page:
    """A page with the worker of a book, which `opened` opens; `prefix` begins the name of each of its rows."""

    def __init__(self, opened, address, prefix=""):
        before = threads()
        self.prefix, self._send, self._clock = prefix, opened(address), None
        began = {clock: _read(clock) for clock in threads() - before}
        self.ask("load", not prefix)
        # A browser may have workers of its own: the page's is the one that has loaded all that.
        self._clock = max(began, key=lambda clock: _read(clock) - began[clock], default=None)
        self.clock = "the CPU time of the worker's thread" if self._clock else "the time on the wall"

    def ask(self, what, *arguments):
        """Return the worker's answer."""
        return self._send([what, *arguments])

    def make(self, name, task):
        """Prepare all that train here, and return {row: (this page, what the row is called in it)}."""
        return {f"{self.prefix}{row}": (self, row) for row in self.ask("make", name, given(task))}

    def seconds(self, row, name, task, epochs):
        """Train for so many epochs; return the seconds of each."""
        before = self._cpu()
        wall = self.ask("run", row, name, task.points, epochs) / 1000
        return (self._cpu() - before if self._clock else wall) / epochs

    def map_seconds(self, row, name, times):
        """Let every neuron answer to a grid so many times; return the seconds of each time."""
        before = self._cpu()
        wall = self.ask("maps", row, name, SIDE, times) / 1000
        return (self._cpu() - before if self._clock else wall) / times

    def way(self, name, task):
        """Return which way nnlib takes when it is asked to train."""
        self.ask("way")
        self.seconds(OURS, name, task, 2)
        return self.ask("way")

    def _cpu(self):
        return _read(self._clock) if self._clock else 0


def _read(clock):
    """Return the seconds that a thread has computed; 0 if it has ended."""
    try:
        return int(clock.read_text().split()[0]) / 1e9
    except OSError:
        return 0


def chromiums(stack):
    """Start Chromium, which ends with the stack; return what opens a page in it, and returns what asks its worker."""
    playwright = stack.enter_context(sync_playwright())
    browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
    stack.callback(browser.close)

    def opened(address):
        tab = browser.new_page()
        tab.goto(address)
        tab.evaluate("ready")
        return lambda asked: tab.evaluate("(asked) => ask(...asked)", asked)

    return opened


def firefoxes(stack):
    """Return the same of Firefox, in which each page has a browser of its own."""

    def opened(address):
        window = stack.enter_context(webdriver.session("Firefox"))
        window.open(address)
        window.run("await ready")
        return lambda asked: json.loads(window.run("return JSON.stringify(await ask(...given[0]) ?? null)", asked))

    return opened


def threads():
    """Return where Linux tells the CPU time of the threads of workers, in all browsers that have been started here."""
    found = set()
    for task in Path("/proc").glob("[0-9]*/task/*"):
        with suppress(OSError):  # it has ended meanwhile
            if (task / "comm").read_text().startswith(WORKERS) and os.getpid() in _ancestors(task.parts[2]):
                found.add(task / "schedstat")
    return found


def _ancestors(process):
    while int(process) > 1:
        process = Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[1]
        yield int(process)


def check(rows, name, task):
    """Return how far each row's parameters, and losses, are from nnlib's after some epochs; raise where it is too far."""
    drawn = orders(task)
    found = {row: page.ask("check", own, name, drawn) for row, (page, own) in rows.items()}
    far = {}
    for row in found:
        gaps = [np.abs(np.subtract(found[row][what], found[OURS][what])).max() for what in ("parameters", "losses")]
        far[row] = float(max(gaps))
        if far[row] > SAME["float32" if "tfjs" in row else "float64"]:
            raise RuntimeError(f"{row} does not do what nnlib does: {name}, after {CHECKED} epochs, differs by {far[row]:.1e}.")
    return far


def measure(pages, name, task, rounds):
    """Return {row: {seconds of an epoch, one a round; how far from nnlib; the ratio of its times to the base's; …}}."""
    rows = {row: at for page in pages for row, at in page.make(name, task).items()}
    found = {row: {"first": page.seconds(own, name, task, 1), "seconds": []} for row, (page, own) in rows.items()}
    rows = {row: at for page in pages for row, at in page.make(name, task).items()}
    for row, gap in check(rows, name, task).items():
        found[row]["from nnlib"] = gap
    counts = {}
    for row, (page, own) in rows.items():
        epochs = 1
        while (took := page.seconds(own, name, task, epochs) * epochs) < WINDOW / 2:
            epochs *= 2
        counts[row] = max(1, round(epochs * WINDOW / took))
    for number in range(rounds):
        for row, (page, own) in [*rows.items()][:: -1 if number % 2 else 1]:
            found[row]["seconds"].append(page.seconds(own, name, task, counts[row]))
    for row in found:
        found[row] |= ratio(found[row]["seconds"], found[BASE]["seconds"])
    for page in pages:
        found[f"{page.prefix}{OURS}"]["way"] = page.way(name, task)
    return found


def measure_maps(page, name, rounds):
    """Return {row: {seconds of a map of every neuron, one a round; the ratio of its times to the base's}}, after `measure`."""
    found, counts = {row: {"seconds": []} for row in MAPS}, {}
    for row in found:
        page.map_seconds(row, name, 2)
        counts[row] = max(2, round(WINDOW / page.map_seconds(row, name, 2)))
    for number in range(rounds):
        for row in [*found][:: -1 if number % 2 else 1]:
            found[row]["seconds"].append(page.map_seconds(row, name, counts[row]))
    for row in found:
        found[row] |= ratio(found[row]["seconds"], found[BASE]["seconds"])
    return found


def ratio(times, base):
    """Return the median over the rounds of one time divided by another, and the quartiles."""
    ratios = [one / other for one, other in zip(times, base, strict=True)]
    low, middle, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return {f"times {BASE}": middle, "quartiles": [low, high]}


def tell(name, found):
    """Print a task's table."""
    print(f"\n{name}\n{'':22}{'µs an epoch':>12}{f'× {BASE}':>14}{'quartiles':>16}{'first, ms':>12}{'from nnlib':>12}")
    for row, of in found.items():
        low, high = of["quartiles"]
        times = f"{1e6 * median(of['seconds']):>12.0f}{of[f'times {BASE}']:>14.3f}{f'{low:.3f} … {high:.3f}':>16}"
        print(f"{row:22}{times}{1e3 * of['first']:>12.1f}{of['from nnlib']:>12.0e}  {of.get('way', '')}", flush=True)


def tell_maps(found):
    """Print a task's table of maps."""
    print(f"{f'every neuron, {SIDE} × {SIDE}':22}{'ms':>12}")
    for row, of in found.items():
        low, high = of["quartiles"]
        times = f"{1e3 * median(of['seconds']):>12.2f}{of[f'times {BASE}']:>14.3f}{f'{low:.3f} … {high:.3f}':>16}"
        print(f"{row:22}{times}", flush=True)


def tell_growth(question, found):
    """Print how the time of an epoch grows, a line a setting."""
    print(f"\nms an epoch, by {question}\n{'':8}" + "".join(f"{row:>{len(row) + 4}}" for row in next(iter(found.values()))))
    for count, rows in found.items():
        times = "".join(f"{1e3 * median(of['seconds']):>{len(row) + 4}.3f}" for row, of in rows.items())
        print(f"{count:<8}{times}", flush=True)


def plot(growth, path):
    """Draw how the time of an epoch grows, a panel a question."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.6), layout="constrained")
    panels = figure.subplots(1, len(growth), sharey=True)
    for axes, (question, found) in zip(panels, growth.items(), strict=True):
        for row in next(iter(found.values())):
            times = [1e3 * median(rows[row]["seconds"]) for rows in found.values()]
            axes.plot(list(found), times, marker="o", label=row)
        axes.set(xlabel=question, xscale="log", yscale="log", xticks=list(found), xticklabels=list(found))
        axes.minorticks_off()
    panels[0].set_ylabel("ms an epoch")
    panels[-1].legend()
    figure.savefig(path)


def versions():
    """Return {library: version} of the rivals, as they are locked."""
    lock = json.loads((RIVALS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return lock[""]["dependencies"]


def in_browser(browsers, books, rounds, growth):
    """Measure in a browser, print tables, and return all."""
    kept = {"tasks": {}, "maps": {}, "growth": {}}
    with ExitStack() as stack:
        opened = browsers(stack)
        pages = [Page(opened, stack.enter_context(site(book)), prefix) for prefix, book in books.items()]
        kept["clock"] = pages[0].clock
        print(f"What is told is {kept['clock']}.")
        for name, task in TASKS.items():
            kept["tasks"][name] = found = measure(pages, name, task, rounds)
            tell(name, found)
            kept["maps"][name] = found = measure_maps(pages[0], name, rounds)
            tell_maps(found)
        for question, tasks in growth.items():
            kept["growth"][question] = found = {
                count: measure(pages, f"{count} {question}", task, max(3, rounds // 3)) for count, task in tasks.items()
            }
            tell_growth(question, found)
    return kept


def main(rounds=15, other=None):
    """Measure in each browser, draw the plot, and keep all."""
    if not INSTALLED.is_dir():
        sys.exit("The rivals are not installed: run `make bench`.")
    kept = {"versions": versions()}
    print(", ".join(f"{name} {number}" for name, number in kept["versions"].items()) + "\n\nChromium", flush=True)
    books = {"": ROOT / "_build" / "html"} | ({"other book, ": other} if other else {})
    kept["Chromium"] = in_browser(chromiums, books, rounds, GROWTH)
    plot(kept["Chromium"]["growth"], FILE.with_name(PLOT))
    print(f"\nFirefox {webdriver.missing('Firefox')}", flush=True)
    if not webdriver.missing("Firefox"):
        kept["Firefox"] = in_browser(firefoxes, books, rounds, {})
    keep("page", kept)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *map(Path, sys.argv[2:]))
