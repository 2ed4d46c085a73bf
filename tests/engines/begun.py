"""How long Python takes to start in a page, beside a worker that starts Pyodide and imports NumPy and does nothing else.

Both start in turn, ROUNDS times, cold (nothing is stored) and once more (warm), from making the worker until it is ready.
"""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from engines.browsers import session
from web import Handler, edition, serve

ROOT = Path(__file__).parents[2]
ROUNDS = 5
MOST = 1.2  # times as long as the plain start, the start of the figures' Python may take
# The milliseconds from making a worker until it says that it is ready; the plain one says it by anything.
START = """const [address, wake] = given, begun = performance.now();
const worker = new Worker(address, { type: "module" });
if (wake) worker.postMessage("wake");
const done = await new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(`the worker failed: ${message}`));
    worker.onmessage = ({ data }) => {
        if (data.kind === "failed") reject(new Error(data.message));
        if (!wake || data.kind === "ready") resolve(performance.now());
    };
});
await new Promise((resolve) => { setTimeout(resolve, 1500); }); // what arrived is stored meanwhile
worker.terminate();
return done - begun;"""


class Knowing(Handler):
    """Serve with the types that the plain start asks a host for: WebKit waits forever for WebAssembly of another one."""

    extensions_map = Handler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}


@contextmanager
def plain_site():
    """Serve a page that has Pyodide, NumPy and a worker beside it, and nothing of the book."""
    with tempfile.TemporaryDirectory() as folder:
        for file in [*(ROOT / ".cache" / "engine").iterdir(), ROOT / "benchmarks" / "plain.mjs"]:
            shutil.copy(file, folder)
        (Path(folder) / "index.html").write_text("<!doctype html><title>plain</title>", encoding="utf-8")
        with serve(folder, Knowing) as address:
            yield address


def starts(engine, site, plain):
    """Return {which start: (seconds of the book's Python, seconds of the plain one), a pair a round}."""
    found = {"cold": [], "warm": []}
    for _ in range(ROUNDS):
        with session(engine) as window:
            worker = f"{site}live/{edition(ROOT / '_build' / 'html').name}/view/figure_worker.js"
            for pairs in found.values():
                window.open(plain)
                theirs = window.run(START, f"{plain}plain.mjs", False)
                window.open(f"{site}licenses.html")  # a page without figures
                pairs.append((window.run(START, worker, True) / 1000, theirs / 1000))
    return found


def read(engine, site):
    """Measure, and yield (what, which start with its times, fault)."""
    with plain_site() as plain:
        found = starts(engine, site, plain)
    for which, pairs in found.items():
        ours, theirs = (median(times) for times in zip(*pairs, strict=True))
        ratio = median(one / other for one, other in pairs)
        told = f"{which}: ready in {ours:.2f} s, plain {theirs:.2f} s, ratio {ratio:.2f}"
        yield "starts of Python", told, "" if ratio <= MOST else f"more than {MOST}"
