"""An explorable that fails in every way that a test asks for; a test plants it in the page's Python."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable

FAULTS = (
    "none", "picture", "advance", "describe", "challenge", "finished", "start", "silent", "long", "html",
    "nan field", "inf field", "nan number", "nan line", "odd dtype", "object", "no panels", "flat field",
    "empty axis", "diverges", "infinite state", "leak", "memory",
)  # fmt: skip
LEAKED = []


class Stumble(Explorable):
    name = "stumble"
    title = "Stumble"
    trains = True
    pace = 5
    controls = (choice("fault", "fault", FAULTS), number("slope", "slope", 1.0, -9, 9, 0.5))

    def start(self, settings):
        self._fail("start", settings)
        return {"height": np.ones(1)}

    def advance(self, state, settings, steps):
        self._fail("advance", settings)
        with np.errstate(over="ignore"):
            height = state["height"] * 1e100 if settings["fault"] == "diverges" else state["height"] + steps
        return {"height": height, "best": float("inf")} if settings["fault"] == "infinite state" else {"height": height}

    def picture(self, settings, state):
        self._fail("picture", settings)
        fault, slope = settings["fault"], settings["slope"]
        field = np.full((4, 4), slope)
        if fault in ("nan field", "inf field"):
            field[1, 2] = np.nan if fault == "nan field" else np.inf
        at = [[-1, -slope / 9], [1, np.nan if fault == "nan line" else slope / 9]]
        high = 0.0 if fault == "empty axis" else max(1.0, float(state["height"][0]))
        plane = panels.plane("plane", "A plane", ("x", -1, 1), ("y", -1, 1), field=field, lines=[panels.line(at, "boundary")])
        if fault == "odd dtype":
            plane["field"] = field.astype(complex)
        if fault == "object":
            plane["field"] = object()
        if fault == "flat field":
            plane["field"] = np.zeros(16)
        height = np.nan if fault == "nan number" else state["height"][0]
        diagram = panels.network("diagram", "A node", [[panels.node("h", height)]], [])
        curves = panels.series("curve", "A curve", ("step", 0, 1), ("height", 0, high), [("height", [[0, 0], [1, high]])])
        lines = panels.equations("equations", "In numbers", [f"slope {slope:.2f}", f"height {state['height'][0]:.2f}"])
        return [] if fault == "no panels" else [plane, diagram, curves, lines]

    def describe(self, settings, state):
        self._fail("describe", settings)
        if settings["fault"] == "memory":
            return _memory()
        if settings["fault"] == "leak":
            LEAKED.append([settings["slope"]])
        return f"The slope is {settings['slope']:.1f}."

    def challenge(self, settings, state):
        self._fail("challenge", settings)
        return "Make the slope 2.", settings["slope"] == 2

    def finished(self, settings, state):
        self._fail("finished", settings)
        return False

    def _fail(self, where, settings):
        if settings["fault"] == where:
            raise ZeroDivisionError("division by zero")
        if settings["fault"] == "silent" and where == "picture":
            raise AssertionError
        if settings["fault"] == "long" and where == "picture":
            raise RuntimeError("many words\n" * 100_000)
        if settings["fault"] == "html" and where == "picture":
            raise KeyError("<img src=x onerror=window.hacked=1>")


def _memory():
    """Return what Python and the WebAssembly beneath it hold, as a sentence; only the page's Python has the latter."""
    import gc

    import pyodide_js

    gc.collect()
    return f"There are {len(gc.get_objects())} objects in {pyodide_js._module.HEAP8.length} bytes."
