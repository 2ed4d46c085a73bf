"""Move the live figures, and watch what that costs."""

import tempfile
from pathlib import Path
from statistics import median

from figures import PAGES  # of the tests, as what follows
from planted import plant, write_page
from sandbox import LARGE, Sandbox
from web import serve

from nnlib.explorables import EXPLORABLES

SCREEN = {"viewport": {"width": 1280, "height": 900}}
# Every figure is moved by its first number, from end to end and back, or by its drawing, or through the options of its first
# choice; one that trains makes its steps meanwhile.
DRAG = """async (element, { number, drawing, choice, trains, count }) => {
    const sweep = i => {
        if (drawing) return { [drawing]: Array.from({ length: 32 }, (_, row) => Array.from({ length: 32 }, (_, column) =>
            Number(Math.abs(column - 16 - 6 * Math.sin(row / 5 + i / 20)) < 2))) };
        if (!number) return { [choice.name]: choice.options[i % choice.options.length] };
        const { name, low, high, scale } = number, share = 0.5 + 0.5 * Math.sin(i / 9);
        return { [name]: scale === "log" ? low * (high / low) ** share : low + share * (high - low) };
    };
    const move = i => trains && i % 20 ? element.advance(1) : element.set(sweep(i));
    const drawn = [], painted = [];
    const paint = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    for (let i = 0; i < count; i += 1) {
        const start = performance.now();
        await move(i);
        drawn.push(performance.now() - start);
        if (count > 300) continue;
        await paint();
        painted.push(performance.now() - start);
    }
    return { drawn, painted };
}"""
STORED = """async () => {
    for (let tries = 0; tries < 100; tries += 1) {
        const kept = [];
        for (const name of await caches.keys()) kept.push(...await (await caches.open(name)).keys());
        const parts = ["memory", "python.wasm", "libraries"];
        if (parts.every(part => kept.some(({ url }) => url.includes(`${part}.packed`)))) return;
        await new Promise(done => setTimeout(done, 50));
    }
}"""

# What Python takes, in the page's worker, from a request as it arrives to the reply as it leaves.
ANSWERS = """() => pyodide.runPython(`
from time import perf_counter
from nnlib.live.protocol import answer_packed, pack, reply
from sandbox import LARGE
first = reply("sandbox", LARGE, steps=1)
request = pack({"explorable": "sandbox", "settings": first["settings"], "state": first["state"], "steps": 0})
times = [perf_counter()]
for _ in range(200):
    answer_packed(*request)
    times.append(perf_counter())
[1000 * (end - start) for start, end in zip(times, times[1:])]
`).toJs()"""


# The networks that the playground is measured with, by their hidden layers, and for how long each of them plays.
PLAYGROUND = {"2-4-2-1": [4, 2], "2-8-8-1": [8, 8], "2-8-8-8-8-8-8-1": [8] * 6}
SECONDS = 5
PLAY = """async (element, seconds) => {
    const button = element.querySelector('[data-do="play"]');
    const speed = element.querySelector('[data-do="speed"]');
    const rewind = element.querySelector('[data-do="rewind"]');
    speed.value = speed.max;
    speed.dispatchEvent(new Event("input", { bubbles: true }));
    const wait = ms => new Promise(done => setTimeout(done, ms));
    const now = () => [performance.now(), Number(rewind.value)];
    button.click();
    await wait(1000);
    const long = [], drawn = [];
    const tasks = new PerformanceObserver(list => long.push(...list.getEntries().map(({ duration }) => duration)));
    tasks.observe({ type: "longtask" });
    const pictures = new MutationObserver(() => drawn.push(performance.now())); // each tells its step when it is drawn
    pictures.observe(rewind, { attributeFilter: ["aria-valuetext"] });
    const before = now();
    await wait(1000 * seconds);
    const [ms, epochs] = now().map((value, i) => value - before[i]);
    pictures.disconnect();
    button.click();
    await wait(200);
    tasks.disconnect();
    const apart = drawn.slice(1).map((at, i) => at - drawn[i]);
    return { "epochs a second": 1000 * epochs / ms, "pictures a second": 1000 * drawn.length / ms, apart, "long tasks": long };
}"""
# Python is given the module `ways`, of benchmarks/rivals, and asked by it how it trained since it was last asked.
WATCH = """source => pyodide.runPython(`
import sys, types
module = sys.modules["ways"] = types.ModuleType("ways")
exec(source, module.__dict__)`, { locals: pyodide.toPy({ source }) })"""
WAYS = "() => pyodide.runPython('import ways; dict(ways.taken)').toJs({ dict_converter: Object.fromEntries })"


def live(tab, name):
    """Bring a figure into view, wait until it lives, and return it."""
    tab.locator(f'[data-explorable="{name}"]').scroll_into_view_if_needed()
    figure = tab.locator(f'[data-explorable="{name}"][data-state="live"]')
    figure.wait_for(timeout=120_000)
    return figure


def opened(context, site, name):
    """Open a figure's page in a new tab and return the live figure."""
    tab = context.new_page()
    tab.goto(f"{site}chapters/{PAGES[name]}.html")
    return live(tab, name)


def how_to_move(explorable):
    """Return what of a figure is moved, each where there is one: its first number, its drawing, its first choice."""
    first = {}
    for control in explorable.controls:
        first.setdefault(control.kind, control)
    keys = {"number": ("name", "low", "high", "scale"), "choice": ("name", "options")}
    parts = {kind: {key: getattr(first[kind], key) for key in keys[kind]} if kind in first else None for kind in keys}
    return parts | {"drawing": first["drawing"].name if "drawing" in first else None, "trains": explorable.trains}


def drag(figure, explorable, count):
    """Make so many moves and return the milliseconds of each."""
    return figure.evaluate(DRAG, how_to_move(explorable) | {"count": count})


def frames(browser, site):
    """Return {figure: {drawn or painted: {median, 95th percentile}}}, in milliseconds, and {figure: {way: its epochs}}."""
    found, ways = {}, {}
    source = (Path(__file__).parent / "rivals" / "ways.py").read_text(encoding="utf-8")
    with browser.new_context(**SCREEN) as context:
        for name in PAGES:
            figure = opened(context, site, name)
            _worker(figure).evaluate(WATCH, source)
            found[name] = _summary(drag(figure, EXPLORABLES[name], 200))
            ways[name] = _worker(figure).evaluate(WAYS)
            figure.page.close()
    return found, {name: taken for name, taken in ways.items() if taken}


def _summary(times):
    return {kind: {"median": median(ms), "95th percentile": sorted(ms)[int(0.95 * len(ms))]} for kind, ms in times.items()}


def large_network(browser, html):
    """Return the same of a network of 384 weights that trains, with a picture in each neuron; "python" is Python's part."""
    with tempfile.TemporaryDirectory() as folder, browser.new_context(**SCREEN) as context:
        site = Path(folder)
        plant(html, site)
        write_page(site / "sandbox.html", Sandbox())
        with serve(site) as address:
            tab = context.new_page()
            tab.goto(f"{address}sandbox.html")
            figure = live(tab, "sandbox")
            figure.evaluate("(element, settings) => element.set(settings)", LARGE)
            times = drag(figure, Sandbox(), 200)
            return _summary(times | {"python": _worker(figure).evaluate(ANSWERS)})


def long_tasks(browser, site):
    """Let the perceptron train for five seconds and return the milliseconds of each long task of the page meanwhile."""
    with browser.new_context(**SCREEN) as context:
        figure = opened(context, site, "train_a_perceptron")
        figure.get_by_role("button", name="XOR").click()
        figure.page.wait_for_timeout(500)
        figure.evaluate(
            """() => {
                globalThis.long = [];
                new PerformanceObserver(list => long.push(...list.getEntries().map(({ duration }) => duration)))
                    .observe({ type: "longtask" });
            }"""
        )
        figure.get_by_role("button", name="Play").click()
        figure.page.wait_for_timeout(5000)
        return figure.evaluate("() => long")


def playground(browser, site):
    """Let the playground play as fast as it goes, each network for five seconds; return what came of it for each.

    That is {"apart": {median, 95th percentile} of the milliseconds from one drawn picture to the next; "epochs a second" and
    "pictures a second"; "long tasks" of the page}.
    """
    found = {}
    with browser.new_context(**SCREEN) as context:
        figure = opened(context, site, "playground")
        for name, layers in PLAYGROUND.items():
            figure.evaluate("(element, settings) => element.set(settings)", {"layers": layers})
            played = figure.evaluate(PLAY, SECONDS)
            found[name] = played | _summary({"apart": played["apart"]})
    return found


def memory(browser, site):
    """Return {what: (after 1,000 frames, after 10,000)}."""
    with browser.new_context(**SCREEN) as context:
        figure = opened(context, site, "tune_a_neuron")
        seen = []
        for count in (1000, 9000):
            drag(figure, EXPLORABLES["tune_a_neuron"], count)
            seen.append(_in_use(figure))
    return {what: (seen[0][what], seen[1][what]) for what in seen[0]}


def _worker(figure):
    [worker] = [worker for worker in figure.page.workers if worker.url.endswith("figure_worker.js")]
    return worker


def _in_use(figure):
    session = figure.page.context.new_cdp_session(figure.page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    python = _worker(figure).evaluate("() => globalThis.pyodide._module.HEAP8.length")
    nodes = figure.evaluate("() => document.querySelectorAll('*').length")
    return {"memory of Python": python, "heap of JavaScript": heap, "nodes of the page": nodes}
