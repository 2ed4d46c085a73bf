"""Every figure counts in the browser as in CPython: the replies to random settings, number by number and text by text.

The settings are those of `tests/legal.py`, every kind of control among them, its ends as well. Each is asked of the figures'
worker of the built book in Chromium, once with the state that its page opens with, and where the figure trains, once more
after a few steps from a start with these settings; and of CPython here. Where the two differ, CPython is asked again with
settings that are nudged by a millionth of what may differ: if its own answer then changes into the browser's, the settings lie
on a tie, such as a point on a boundary, which the last bit decides.
"""

import base64
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT)]

import chromium  # noqa: E402 - beside the tests, whose browser it is
from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from legal import legal  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from record import claim  # noqa: E402
from web import edition, serve  # noqa: E402

from nnlib.explorables import EXPLORABLES  # noqa: E402
from nnlib.live.protocol import answer_packed, opening, pack, unpack  # noqa: E402

HTML = ROOT / "_build" / "html"
BROWSER = chromium.find()
SETTINGS, MOST_STEPS = 200, 5  # of each figure
BATCH = 25  # requests that are out at once
RELATIVE, SMALL = 1e-6, 1e-3  # the most by which a number may differ, and what smaller ones count as: then it is 1e-9
NUDGES, NUDGE = 24, 1e-12
MOST_TIES = 0.02  # of all replies

START = """address => new Promise((resolve, reject) => {
    globalThis.python = new Worker(address, { type: "module" });
    python.onmessage = ({ data }) => {
        if (data.kind === "ready") resolve();
        if (data.kind === "failed") reject(new Error(data.message));
    };
    python.postMessage("wake");
})"""
# Buffers cross as base64.
ASK = """([texts, codes]) => new Promise((resolve) => {
    const buffers = codes.map((code) => Uint8Array.from(atob(code), (letter) => letter.charCodeAt(0)).buffer);
    const coded = (buffer) => new Promise((done) => {
        const reader = new FileReader();
        reader.onload = () => done(reader.result.split(",")[1]);
        reader.readAsDataURL(new Blob([buffer]));
    });
    const replies = [];
    python.onmessage = ({ data }) => {
        replies.push(Promise.all(data.buffers.map(coded)).then((buffers) => [data.text, buffers]));
        if (replies.length === texts.length) resolve(Promise.all(replies));
    };
    texts.forEach((text, id) => python.postMessage({ id, text, buffers }));
})"""


def drawn(explorable):
    """Return random legal settings, the same in every run, each with a number of steps."""
    found = []

    @settings(max_examples=SETTINGS, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
              suppress_health_check=[*HealthCheck])  # fmt: skip
    @given(st.fixed_dictionaries({one.name: legal(one) for one in explorable.controls}), st.integers(1, MOST_STEPS))
    def take(its, steps):
        found.append((its, steps))

    take()
    return found


def expected(name):
    """Return the requests for a figure's settings, each with its buffers, and what CPython replies to them."""
    explorable = EXPLORABLES[name]
    opened = opening(name, {})["state"]
    requests = []
    for its, steps in drawn(explorable):
        plain = json.loads(json.dumps(its, default=np.ndarray.tolist))
        requests.append({"explorable": name, "settings": plain, "state": opened, "steps": 0})
        if explorable.trains:
            requests.append({"explorable": name, "settings": plain, "state": None, "steps": steps})
    return requests, [answer_packed(*pack(request)) for request in requests]


def asked(page, requests):
    """Yield what the browser's Python replies."""
    for some in batched([pack(request) for request in requests], BATCH):
        codes = max((buffers for _, buffers in some), key=len)  # the state alone has any, in all requests the same
        texts = [text for text, _ in some]
        for text, buffers in page.evaluate(ASK, [texts, [base64.b64encode(buffer).decode() for buffer in codes]]):
            yield text, [base64.b64decode(code) for code in buffers]


def batched(items, count):
    """Return a list in lists of so many items."""
    return [items[at : at + count] for at in range(0, len(items), count)]


def leaves(packed):
    """Return what a packed reply consists of, {path: text, truth or array of numbers}, without the time that it took."""
    found, value = {}, unpack(*packed)
    value.pop("took", None)
    items = [("", value)]
    for path, item in items:
        if isinstance(item, dict):
            items.extend((f"{path}.{name}", part) for name, part in item.items())
        elif isinstance(item, list) and not (item and all(type(part) in (int, float) for part in item)):
            found[f"{path} has"] = str(len(item))
            items.extend((f"{path}[{index}]", part) for index, part in enumerate(item))
        else:
            found[path] = item if item is None or isinstance(item, (str, bool)) else np.asarray(item, dtype=float)
    return found


def apart(one, other):
    """Return how far two leaves are apart: numbers by the largest share, all else by infinity or not at all."""
    if not (isinstance(one, np.ndarray) and isinstance(other, np.ndarray)):
        return 0.0 if type(one) is type(other) and one == other else np.inf
    if one.shape != other.shape:
        return np.inf
    return float((np.abs(one - other) / np.maximum(np.maximum(np.abs(one), np.abs(other)), SMALL)).max(initial=0))


def nudged(control, value, rng):
    """Return a setting with its numbers a hair beside where they are, and legal still."""
    if control.kind == "number":
        return _beside(value, rng).clip(control.low, control.high).item()
    if control.kind == "points" and value:
        rows = np.array(value, dtype=float)
        rows[:, :2] = _beside(rows[:, :2], rng).clip(control.low, control.high)
        return rows.tolist()
    if control.kind == "pin" and value:
        return {one.name: nudged(one, value[one.name], rng) for one in control.controls}
    return value


def _beside(value, rng):
    value = np.asarray(value, dtype=float)
    return value + NUDGE * np.maximum(np.abs(value), SMALL) * rng.uniform(-1, 1, value.shape)


def answers_nearby(request):
    """Return CPython's replies to a request whose settings are nudged, again and again, as leaves."""
    rng, controls = np.random.default_rng(0), EXPLORABLES[request["explorable"]].controls
    near = [{one.name: nudged(one, request["settings"][one.name], rng) for one in controls} for _ in range(NUDGES)]
    return [leaves(answer_packed(*pack(request | {"settings": its}))) for its in near]


def lies_among(value, others):
    """Say whether a leaf is one of others, or where they are numbers, between them."""
    if not isinstance(value, np.ndarray):
        return any(apart(value, other) == 0 for other in others)
    alike = [other for other in others if isinstance(other, np.ndarray) and other.shape == value.shape]
    return bool(alike) and apart(value, np.asarray(value.clip(np.min(alike, axis=0), np.max(alike, axis=0)))) <= RELATIVE


class Comparison:
    """How the replies of two Pythons compare."""

    def __init__(self):
        self.replies = self.numbers = self.texts = self.ties = 0
        self.largest = 0.0
        self.faults = []

    def add(self, request, theirs, ours):
        """Compare a reply of the browser's Python with CPython's."""
        theirs, ours = leaves(theirs), leaves(ours)
        self.replies += 1
        self.numbers += sum(leaf.size for leaf in ours.values() if isinstance(leaf, np.ndarray))
        self.texts += sum(isinstance(leaf, str) for path, leaf in ours.items() if not path.endswith(" has"))
        far = {path: apart(theirs.get(path), ours.get(path)) for path in theirs.keys() | ours.keys()}
        if ".error.message" in ours:
            self.faults.append((request, ours[".error.message"]))
        elif max(far.values()) <= RELATIVE:
            self.largest = max(self.largest, *far.values())
        else:
            near = [ours, *answers_nearby(request)]
            differs = [path for path in far if far[path] > RELATIVE]
            odd = [path for path in differs if not lies_among(theirs.get(path), [one.get(path) for one in near])]
            self.ties += not odd
            self.faults += [(request, f"{path}: {theirs.get(path)} is {ours.get(path)} in CPython") for path in odd]


def main(names):
    """Compare figures, and return the comparison."""
    compared = Comparison()
    with (
        ProcessPoolExecutor(1, get_context("spawn")) as pool,
        serve(HTML) as site,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=BROWSER, args=chromium.OPTIONS) as browser,
    ):
        page = browser.new_page(service_workers="block")
        page.goto(f"{site}search.html")  # a page without figures, whose worker we start
        page.evaluate(START, f"{site}{(edition(HTML) / 'view/figure_worker.js').relative_to(HTML).as_posix()}")
        for name, (requests, replies) in zip(names, pool.map(expected, names), strict=True):
            seen, ties = len(compared.faults), compared.ties
            for request, theirs, ours in zip(requests, asked(page, requests), replies, strict=True):
                compared.add(request, theirs, ours)
            print(f"{name}: {len(requests)} replies, {compared.ties - ties} at a tie", flush=True)
            for request, fault in compared.faults[seen:][:5]:
                print(f"  {fault[:300]}\n    {json.dumps(request['settings'])[:1500]}", flush=True)
    return compared


if __name__ == "__main__":
    if sys.argv[1:]:  # some figures, to look for what is wrong with them
        sys.exit(bool(main(sys.argv[1:]).faults))
    with claim("figures") as told:
        compared = main([*EXPLORABLES])
        assert not compared.faults, f"{len(compared.faults)} differences"
        assert compared.ties <= MOST_TIES * compared.replies, f"{compared.ties} ties"
        told |= {"figures": len(EXPLORABLES), "settings": SETTINGS * len(EXPLORABLES), "replies": compared.replies}
        told |= {"numbers": compared.numbers, "texts": compared.texts, "ties": compared.ties}
        told["largest"] = f"{compared.largest:.1e}"
