"""Figures in the reader's hands: live, moved by keys, dragged, trained; after each they show what CPython computes.

What a page asks its Python is noted, and CPython is asked the same, one request after the other, from the figure's beginning
on: its own states, the settings and the edits that the hand has made. The page's picture must be the one that CPython ends at.
"""

import json

import numpy as np
from engines.window import EngineError
from figures import AS_PLAIN, PAGES
from same import differences

from nnlib.explorables import EXPLORABLES
from nnlib.live.protocol import opening, reply

# Notes in the page what its figures ask from now on; arrays as {shape, data}, before they are handed over.
NOTE = """window.nnAsked = {};
const types = { float64: Float64Array, float32: Float32Array, int64: BigInt64Array, int32: Int32Array, uint8: Uint8Array };
const { postMessage } = Worker.prototype;
Worker.prototype.postMessage = function (message, ...more) {
    if (message?.text && message.buffers) {
        const asked = JSON.parse(message.text, (_, item) => (item && item.dtype
            ? { shape: item.shape, data: Array.from(new types[item.dtype](message.buffers[item.array]), Number) } : item));
        const { explorable, state, ...others } = asked;
        (window.nnAsked[explorable] ??= []).push({ ...others, isNew: state === null });
    }
    return postMessage.call(this, message, ...more);
};"""
# Waits until a figure has answered all that was asked of it; what it was asked meanwhile, and its picture.
SETTLED = f"""const element = document.querySelector(`[data-explorable=${{given[0]}}]`);
const asked = () => window.nnAsked[given[0]]?.length ?? 0;
for (let before = -1; asked() !== before + 1;) {{
    before = asked();
    await element.set({{}});
    await new Promise((done) => {{ setTimeout(done, 60); }}); // a picture that comes in pieces asks again
}}
const noted = window.nnAsked[given[0]].splice(0);
return JSON.stringify({{ asked: noted, picture: ({AS_PLAIN})(element.picture) }});"""
# Marks the first part of a figure that keys can move, and that is seen; the key that moves it.
KEYED = """const seen = (kind) => [...document.querySelectorAll(`[data-explorable=${given[0]}] ${kind}`)]
    .find((part) => part.checkVisibility());
const part = ["[data-control] input[type=range]", "select", ".nn-several button", ".nn-pad"].map(seen).find(Boolean);
if (part) part.dataset.keyed = "";
if (part?.localName === "input") return Number(part.value) < Number(part.max) ? "ArrowRight" : "ArrowLeft";
if (part?.localName === "select") {
    const other = [...part.options].find(({ text, selected }) => !selected && text[0] !== part.selectedOptions[0].text[0]);
    return (other ?? part.options[0]).text[0];
}
return part?.localName === "button" ? " " : part && "ArrowDown";"""
WAYS = [(24, -18), (-24, 18), (70, -50), (-70, 50)]  # of the mouse, in pixels: the next where a setting is at its end
STEPS = 3


def read(window, site, names):
    """Use these figures; yield (what, figure, fault) for all that was done, the fault empty where it is as it should be."""
    for chapter in dict.fromkeys(PAGES[name] for name in names):
        window.open(f"{site}chapters/{chapter}.html")
        window.run(NOTE)
        for name in names:
            if PAGES[name] == chapter:
                yield from use(window, name)


def use(window, name):
    """Wake a figure and do with it what a reader does; yield (what, figure, fault)."""
    try:
        figure = Driven(window, name)
    except EngineError as error:
        yield "figures live", name, str(error)
        return
    yield "figures live", name, figure.fault()
    yield "moved by keys", name, _tried(figure.press)
    for part in figure.parts():
        yield "dragged", f"{name}, {part}", _tried(figure.drag, part)
    if EXPLORABLES[name].trains:
        yield "trained", name, _tried(figure.train)


class Driven:
    """A live figure of a page, and the same in CPython."""

    def __init__(self, window, name):
        self.window, self.name = window, name
        self.of = f"[data-explorable={name}]"
        self.ours = opening(name, {})
        live = "document.querySelector(given[0])?.dataset.state === 'live'"
        window.run("document.querySelector(given[0]).scrollIntoView({ behavior: 'instant' })", self.of)
        window.wait(live, self.of, what=f"the figure {name}")
        self.settings, self.edits, self.steps = EXPLORABLES[name].check({}), 0, 0

    def fault(self):
        """Return where the figure and CPython differ, in words, after all that was asked."""
        told = json.loads(self.window.run(SETTLED, self.name))
        for asked in told["asked"]:
            self.settings, edits = EXPLORABLES[self.name].check(_restored(asked["settings"])), asked["edits"]
            self.edits += bool(edits)
            self.steps += asked["steps"]
            state = None if asked["isNew"] else self.ours["state"]
            self.ours = reply(self.name, self.settings, state, asked["steps"], edits)
        while self.ours["more"]:
            self.ours = reply(self.name, self.settings, self.ours["state"])
        return next(differences(told["picture"], self.ours["picture"]), "")

    def press(self):
        """Move a control with a key."""
        key = self.window.run(KEYED, self.name)
        if key is None:
            raise EngineError(f"{self.name} has nothing that a key moves")
        fault = self._changed(lambda: self.window.press(f"{self.of} [data-keyed]", key))
        return "nothing has changed" if fault is None else fault

    def parts(self):
        """Return the selectors of what a mouse can drag in the figure: each handle, a point, a weight, the paper."""
        found = []
        for panel in self.ours["picture"]:
            inside = f"[data-panel={panel['name']}]"
            found += [f"{inside} .nn-handle-{handle['name']} .nn-knob" for handle in panel.get("handles") or []]
            if any(edge.get("sets") or edge.get("edits") for edge in panel.get("edges") or []):
                found.append(f"{inside} .nn-pullable .nn-edge-label")
            if (panel.get("points") or {}).get("edits"):
                found.append(f"{inside} .nn-point .nn-mark")
            if panel["kind"] == "pad":
                found.append(f"{inside} .nn-pad")
        return found

    def drag(self, part):
        """Drag a part with the mouse, until something has changed."""
        for by in WAYS:
            fault = self._changed(lambda by=by: self.window.drag(f"{self.of} {part}", by))
            if fault is not None:
                return fault
        return "nothing has changed"

    def train(self):
        """Press Step a few times."""
        before = self.steps
        for _ in range(STEPS):
            self.window.click(f"{self.of} [data-do=step]")
        return self.fault() or ("" if self.steps == before + STEPS else f"{self.steps - before} steps were made, not {STEPS}")

    def _changed(self, act):
        """Act, and return the fault; None where no setting is another one, and no part of the state was edited."""
        before, edits = _told(self.settings), self.edits
        act()
        fault = self.fault()
        return fault if fault or self.edits > edits or before != _told(self.settings) else None


def _tried(act, *given):
    try:
        return act(*given)
    except EngineError as error:
        return str(error)


def _restored(value):
    """Return what a page has asked, with arrays for {shape, data}."""
    if isinstance(value, dict):
        if value.keys() == {"shape", "data"}:
            return np.reshape(np.array(value["data"], float), value["shape"])
        return {name: _restored(one) for name, one in value.items()}
    return [_restored(one) for one in value] if isinstance(value, list) else value


def _told(settings):
    """Return settings as a text, to compare."""
    return json.dumps(settings, default=np.ndarray.tolist, sort_keys=True)
