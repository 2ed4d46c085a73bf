"""Read the built book in WebKitGTK and in Firefox, as `make engines` does; `make test` reads it in Chromium.

python tests/engines/check.py [WebKitGTK] [Firefox]

In each engine the figures of two pages wake, a slider moves, a figure trains, a figure lives in a frame of another site, with
its own origin and without, and every exercise is answered with its worked solution, which must pass. Then Python's start is
measured, from making the figures' worker until it is ready, beside a worker that starts Pyodide and imports NumPy; both start
in turn, ROUNDS times, cold (nothing is stored) and once more (warm). An engine that is not installed is named, with the package
that brings it, and fails the check.
"""

import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from engines.webdriver import NEEDS, EngineError, missing, session  # noqa: E402 - beside the tests
from figures import PAGES  # noqa: E402
from strict import with_headers  # noqa: E402
from web import Handler, serve  # noqa: E402

from nnlib.exercises import CHAPTERS  # noqa: E402

HTML = ROOT / "_build" / "html"
ROUNDS = 5
MOST = 1.2  # times as long as the plain start, the start of the figures' Python may take
ARROW_RIGHT = "\ue014"
FIGURE = "document.querySelector(`[data-explorable=${given[0]}]`)"
CELL = "document.querySelector(`[data-exercise=${given[0]}]`)"
ANSWER = f"""const cell = {CELL}, area = cell.querySelector("textarea");
area.value = given[1];
area.dispatchEvent(new Event("input"));
cell.querySelector("button.nn-main").click();"""
# How an exercise ended; nothing while it runs.
VERDICT = f"""(() => {{
    const cell = {CELL}, verdict = cell.querySelector(".nn-verdict");
    if (cell.dataset.state !== "ready") return "";
    return verdict.hidden ? cell.querySelector(".nn-status").textContent : verdict.textContent;
}})()"""
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


def read(window, site):
    """Use the figures of two pages, and yield what was done."""
    for name in ("tune_a_neuron", "train_a_perceptron"):
        window.open(f"{site}chapters/{PAGES[name]}.html")
        window.run(f"{FIGURE}.scrollIntoView()", name)
        window.wait(f'{FIGURE}.dataset.state === "live"', name, what=f"the figure {name}")
    yield "the figures of two pages are live"
    window.click("[data-explorable=train_a_perceptron] .nn-training button")
    window.wait(f"{FIGURE}.querySelector('[data-do=rewind]').max > 0", "train_a_perceptron", what="a step of training")
    yield "a figure trains"
    window.open(f"{site}chapters/neuron.html")
    slider = "[data-explorable=tune_a_neuron] input[type=range]"
    window.wait(f"{FIGURE}.set !== undefined", "tune_a_neuron", what="the view")
    window.type(slider, 2 * ARROW_RIGHT)
    drawn = f'{FIGURE}.picture?.find(({{ name }}) => name === "diagram").edges[0].value === Number(given[1])'
    value = window.run("return document.querySelector(given[0]).value", slider)
    window.wait(drawn, "tune_a_neuron", value, what="the picture of the slider's value")
    yield f"a slider moved to {value}, and its picture followed"


def read_framed(window):
    """Use a figure in a frame of another origin, whose policy lets in nothing else, and yield what was done."""
    page = "<!doctype html><meta http-equiv=content-security-policy content=\"default-src 'none'; frame-src {book}\">{frame}"
    address = "{book}embed/tune_a_neuron.html?tune_a_neuron={{%22w1%22:2.5}}"
    frame = f'<iframe sandbox="{{sandbox}}" width=900 height=700 src="{address}">'
    with with_headers(HTML) as book, tempfile.TemporaryDirectory() as folder, serve(folder) as host:
        for sandbox in ("allow-scripts allow-same-origin", "allow-scripts"):
            text = page.format(book=book, frame=frame.format(sandbox=sandbox, book=book))
            (Path(folder) / "host.html").write_text(text, encoding="utf-8")
            window.open(f"{host}host.html")
            window.enter()
            window.wait(f'{FIGURE}?.dataset.state === "live"', "tune_a_neuron", what=f"the figure in a frame that {sandbox}")
            shown = f'{FIGURE}.picture.find(({{ name }}) => name === "diagram").edges[0].value === 2.5'
            window.wait(shown, "tune_a_neuron", what="the picture of the frame's settings")
            yield f"a figure lives in a frame of another origin that has {sandbox}"


def answer(window, site):
    """Answer every exercise with its solution, and yield (the exercise, what was said)."""
    for chapter in CHAPTERS:
        window.open(f"{site}chapters/{chapter.__name__.rpartition('.')[2]}.html")
        for exercise in chapter.EXERCISES:
            window.wait(f'{CELL}?.dataset.state === "ready"', exercise.name, what=f"the exercise {exercise.name}")
            window.run(ANSWER, exercise.name, exercise.solution)
            yield exercise.name, window.wait(VERDICT, exercise.name, what=f"the verdict on {exercise.name}")


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
            for pairs in found.values():
                window.open(plain)
                theirs = window.run(START, f"{plain}plain.mjs", False)
                window.open(f"{site}licenses.html")  # a page without figures
                pairs.append((window.run(START, f"{site}live/view/figure_worker.js", True) / 1000, theirs / 1000))
    return found


def check(engine, site, plain):
    """Read the book in an engine, and yield (what was found, whether it is as it should be)."""
    with session(engine) as window:
        for done in read(window, site):
            yield done, True
        for done in read_framed(window):
            yield done, True
        said = dict(answer(window, site))
    wrong = {name: words for name, words in said.items() if not words.startswith("✓ Solved")}
    yield f"{len(said) - len(wrong)} of {len(said)} exercises answered", not wrong
    for name, words in wrong.items():
        yield f"{name}: {words}", False
    for which, pairs in starts(engine, site, plain).items():
        ours, theirs = (median(times) for times in zip(*pairs, strict=True))
        ratio = median(one / other for one, other in pairs)
        yield f"{which}: ready in {ours:.2f} s, plain {theirs:.2f} s; ratio {ratio:.2f}, at most {MOST}", ratio <= MOST


def main(engines):
    """Check each engine and print what was found; return whether all was as it should be."""
    fine = True
    for engine in engines:
        try:
            if lack := missing(engine):
                raise EngineError(lack)
            if not (HTML / "index.html").is_file():
                raise EngineError("the book is not built: run `make book` first")
            with serve(HTML) as site, plain_site() as plain:
                for words, right in check(engine, site, plain):
                    print(f"{engine}: {words}" if right else f"{engine}: WRONG: {words}", flush=True)
                    fine = fine and right
        except (EngineError, OSError) as error:
            print(f"{engine}: FAILED: {error}", flush=True)
            fine = False
    return fine


if __name__ == "__main__":
    chosen = sys.argv[1:] or list(NEEDS)
    if unknown := set(chosen) - NEEDS.keys():
        sys.exit(f"There is no engine {', '.join(sorted(unknown))}: choose from {', '.join(NEEDS)}.")
    sys.exit(0 if main(chosen) else "Not every engine was found to read the book as it should.")
