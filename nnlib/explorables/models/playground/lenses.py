"""The lenses: what else of a run is looked at than its output and its curves, one at a time, in panels of the same names.

Each lens is a module with `show(settings, state)`, which returns the panels that it uses, by name, and `say(settings,
state)`, which returns a sentence. One that takes long has `look(settings, state)` as well, which does a piece of it, and
returns the state, which says how much has been looked at, and whether there is more. What two of them need of the past, the
walk and the pinned run, a state remembers.
"""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.models.playground import inside, landscape, neuron, rates, versus
from nnlib.explorables.models.playground.run import session_of
from nnlib.explorables.models.playground.task import task_of

NO_LENS = "learning curves"
LENSES = {
    "loss landscape": landscape,
    "one point": inside,
    "a neuron": neuron,
    "learning rates": rates,
    "two runs": versus,
}
NAMES = (NO_LENS, *LENSES)
NOTHING = (
    panels.hidden(panels.plane("lens_plane", "", ("", 0, 1), ("", 0, 1))),
    panels.hidden(panels.series("lens_series", "", ("", 0, 1), ("", 0, 1), [])),
    panels.hidden(panels.table("lens_table", "", ["–"], [])),
    panels.hidden(panels.equations("lens_equations", "", [])),
)


def advance(settings, state, steps) -> dict:
    """Return the state so many epochs on, with all that the lenses remember."""
    after = landscape.advance(session_of(settings), state, settings, steps)
    beside = LENSES.get(settings["lens"]) is versus or not settings["pinned"]
    return versus.advance(settings, state, after) if beside else after


def look(settings, state) -> tuple[dict, bool]:
    """Return the state with one more piece of what the present lens takes long for, and whether there is more."""
    found = getattr(LENSES.get(settings["lens"]), "look", None)
    return found(settings, state) if found and _looks(settings) else (state, False)


def show(settings, state) -> list:
    """Return the four panels of the lenses, those that the present one does not use hidden."""
    used = LENSES[settings["lens"]].show(settings, state) if _looks(settings) else {}
    return [used.get(panel["name"], panel) for panel in NOTHING]


def say(settings, state) -> str:
    """Return what the present lens shows as a sentence; "" where it is none."""
    return LENSES[settings["lens"]].say(settings, state) if _looks(settings) else ""


def stopping(settings, state) -> list:
    """Return for the curves the line that marks the epoch of the lowest test loss, where early stopping watches for it."""
    best = state["best"]
    if not (best and settings["patience"]):
        return []
    at, low = best["epoch"], best["loss"]
    return [panels.line(np.array([[at, 0.0], [at, low]]), "guide", f"lowest test loss, epoch {at}")]


def _looks(settings):
    return settings["lens"] != NO_LENS and not task_of(settings).trouble
