"""Two runs side by side: a pinned one trains beside the reader's own, epoch for epoch, each from its own settings."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.models.playground.maps import SCALE
from nnlib.explorables.models.playground.neuron import axes, given, probe
from nnlib.explorables.models.playground.run import MOVING, NETWORK, Session, of, stopped
from nnlib.explorables.models.playground.task import DRAWN, NUMBERS, OWN, key_of
from nnlib.explorables.writing import percent, plural, scientific

CATCH_UP = 10  # epochs of the pinned run, while it is behind, for each of the reader's own
TOPS = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)  # of the axis of the loss; what is more stands there
TRAINED_BY = (*DRAWN, *OWN.values(), "standardize", "features", *NETWORK, *MOVING, "patience")
#: What a setting is called where it is not its name.
CALLED = {
    "noise": "noise in percent", "noise_on": "noise acts on", "share": "training share in percent",
    "draw": "draw of the data", "points": "your points", "table": "your table", "standardize": "features are",
    "layers": "hidden layers", "weights": "first weights", "start": "draw of the weights", "learning_rate": "learning rate η",
    "batch_size": "batch size", "penalty_rate": "penalty rate λ", "dropout": "dropout rate",
    "activations": "activation of a layer", "frozen": "frozen layers",
}  # fmt: skip
HOW = "Pin these settings, then change one of them, and press play: the pinned run trains beside the new one, epoch for epoch."
_kept = {}


def session_beside(pinned) -> Session:
    """Return a session for the pinned run: one of its own, since two runs may differ in nothing that makes two sessions."""
    key = of(pinned), round(pinned["batch_size"]), pinned["dropout"]
    if key not in _kept:
        _kept.clear()
        _kept[key] = Session(pinned)
    return _kept[key]


def advance(settings, before, after) -> dict:
    """Return the state `after`, to which `before` has led, with the pinned run as far as it: `CATCH_UP` epochs an epoch."""
    lens = after["lens"] or {}
    if not settings["pinned"]:
        return after | {"lens": {name: value for name, value in lens.items() if name != "second"}}
    if not differences(settings):
        second = {**after, "lens": None}
    else:
        second, session = second_of(settings, before), session_beside(settings["pinned"])
        reach = second["epoch"] + CATCH_UP * (after["epoch"] - before["epoch"])
        steps = min(after["epoch"], reach) - second["epoch"]
        if steps > 0:
            second = session.advance(second, settings["pinned"], steps)
    return after | {"lens": lens | {"second": second}}


def second_of(settings, state) -> dict:
    """Return the state of the pinned run, its first one where it has not begun."""
    second, session = (state["lens"] or {}).get("second"), session_beside(settings["pinned"])
    return second if second and second["of"] == session.of else session.start()


def differences(settings) -> list:
    """Return (setting, its value here, in the pinned run) for all that may lead to another run."""
    pinned = settings["pinned"]
    return [
        (name, settings[name], pinned[name])
        for name in TRAINED_BY
        if key_of(settings[name]) != key_of(pinned[name]) and (_matters(name, settings) or _matters(name, pinned))
    ]


def _matters(name, settings):
    """Return whether a setting has a say in a run."""
    if name in OWN.values() or (name in ("noise", "noise_on") and settings["data"] in OWN):
        return OWN.get(settings["data"]) == name
    return name != "penalty_rate" or settings["penalty"] != "none"


def show(settings, state) -> dict:
    """Return the panels: the output of the pinned run, the curves of both, and in what they differ."""
    if not settings["pinned"]:
        return {"lens_equations": panels.equations("lens_equations", "Two runs side by side", [HOW])}
    pinned, second = settings["pinned"], second_of(settings, state)
    session = session_beside(pinned)
    task = session.task
    if task.trouble:
        return {"lens_equations": panels.equations("lens_equations", "The pinned run", [f"can't be trained: {task.trouble}"])}
    _, large = session.maps(second, "classes only" in settings["show"])
    curves = {"this run": state["curve"], "the pinned run": second["curve"]}
    top = next((top for top in TOPS if top >= max(curve[:, 1:3].max() for curve in curves.values())), TOPS[-1])
    lines = [panels.line(np.column_stack([curve[:, 0], curve[:, column].clip(0, top)]), "curve", f"{name}, {part}")
             for name, curve in curves.items() for column, part in ((1, "training"), (2, "test"))]  # fmt: skip
    return {
        "lens_plane": panels.plane("lens_plane", f"The output of the pinned run after {plural(second['epoch'], 'epoch')}",
                                   *axes(task), field=large, scale=SCALE, points=given(task), handles=[probe(settings, task)]),
        "lens_series": panels.series("lens_series", "The loss of both runs, epoch by epoch",
                                     ("epoch", 0, max(10, state["epoch"], second["epoch"])), ("L", 0, top), lines),
        "lens_table": panels.table("lens_table", "In what they differ", ("what", "this run", "the pinned run"),
                                   _rows(settings, state, second, task)),
    }  # fmt: skip


def _rows(settings, state, second, task):
    told = [[CALLED.get(name, name.replace("_", " ")), *map(_written, values)] for name, *values in differences(settings)]
    both = [run["curve"][-1] for run in (state, second)]
    rows = [panels.row(cells, role="now") for cells in told] or [panels.row(["settings", "the same", "the same"])]
    rows.append(panels.row(["epoch", *(str(int(run["epoch"])) for run in (state, second))]))
    what = "explained" if task.kind == NUMBERS else "right"
    for part, loss, right in (("training", 1, 3), ("test", 2, 4)):
        rows.append(panels.row([f"{part} loss", *(scientific(row[loss]) for row in both)]))
        rows.append(panels.row([f"{what}, {part}", *(percent(row[right]) for row in both)]))
    return rows


def _written(value):
    """Return a setting's value in a few signs."""
    if isinstance(value, dict):
        return plural(len(value["rows"]), "row")
    if isinstance(value, np.ndarray):
        return plural(len(value), "point")
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def say(settings, state) -> str:
    """Return the same as a sentence."""
    if not settings["pinned"]:
        return f"No other run is pinned. {HOW}"
    second, differ = second_of(settings, state), differences(settings)
    if not differ:
        return "The pinned run is this very run so far: change one setting, and both train side by side."
    named = " and ".join(CALLED.get(name, name.replace("_", " ")) for name, *_ in differ[:3])
    more = f" and {len(differ) - 3} more" if len(differ) > 3 else ""
    behind = state["epoch"] - second["epoch"]
    where = f"{plural(behind, 'epoch')} behind" if behind > 0 else "as far"
    if second["broke"] or stopped(second, settings["pinned"]):
        where = f"{'broken' if second['broke'] else 'stopped'} after {plural(second['epoch'], 'epoch')}"
    mine, other = (run["curve"][-1, 2] for run in (state, second))
    return (
        f"Two runs that differ in {named}{more}: this one has a test loss of {scientific(mine)} after "
        f"{plural(state['epoch'], 'epoch')}, and the pinned one, {where}, {scientific(other)}."
    )
