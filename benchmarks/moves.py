"""Move the live figures, and watch what that costs."""

from statistics import median

from figures import PAGES  # of the tests

from nnlib.explorables import EXPLORABLES

SCREEN = {"viewport": {"width": 1280, "height": 900}}
# Every figure is moved by its first number, from end to end and back; one that trains makes its steps meanwhile.
DRAG = """async (element, { numbers, trains, drawing, count }) => {
    const sweep = i => {
        if (drawing) return { [drawing]: Array.from({ length: 32 }, (_, row) => Array.from({ length: 32 }, (_, column) =>
            Number(Math.abs(column - 16 - 6 * Math.sin(row / 5 + i / 20)) < 2))) };
        const { name, low, high, scale } = numbers[0], share = 0.5 + 0.5 * Math.sin(i / 9);
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


def drag(figure, name, count):
    """Make so many moves and return the milliseconds of each."""
    controls = EXPLORABLES[name].controls
    numbers = [{key: getattr(one, key) for key in ("name", "low", "high", "scale")} for one in controls if one.kind == "number"]
    drawing = next((one.name for one in controls if one.kind == "drawing"), None)
    how = {"numbers": numbers, "drawing": drawing, "trains": EXPLORABLES[name].trains, "count": count}
    return figure.evaluate(DRAG, how)


def frames(browser, site):
    """Return {figure: {drawn or painted: {median, 95th percentile}}}, in milliseconds."""
    found = {}
    with browser.new_context(**SCREEN) as context:
        for name in PAGES:
            figure = opened(context, site, name)
            times = drag(figure, name, 200)
            figure.page.close()
            found[name] = {
                kind: {"median": median(ms), "95th percentile": sorted(ms)[int(0.95 * len(ms))]} for kind, ms in times.items()
            }
    return found


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


def memory(browser, site):
    """Return {what: (after 1,000 frames, after 10,000)}."""
    with browser.new_context(**SCREEN) as context:
        figure = opened(context, site, "tune_a_neuron")
        seen = []
        for count in (1000, 9000):
            drag(figure, "tune_a_neuron", count)
            seen.append(_in_use(figure))
    return {what: (seen[0][what], seen[1][what]) for what in seen[0]}


def _in_use(figure):
    session = figure.page.context.new_cdp_session(figure.page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    [worker] = [worker for worker in figure.page.workers if worker.url.endswith("figure_worker.mjs")]
    python = worker.evaluate("() => globalThis.pyodide._module.HEAP8.length")
    nodes = figure.evaluate("() => document.querySelectorAll('*').length")
    return {"memory of Python": python, "heap of JavaScript": heap, "nodes of the page": nodes}
