"""The loss landscape: the training loss over the plane through weight space in which the walk lies best, and the walk on it.

A network with 25 parameters is a place in a space of 25 dimensions. Of all planes through the walk's last place, the one is
drawn that the walk leaves least, by singular values, as Li, Xu, Taylor, Studer and Goldstein (2018) do it.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nnlib.arrays import Array, quiet
from nnlib.explorables import panels
from nnlib.explorables.models.landscapes import relief
from nnlib.explorables.models.playground.run import session_of
from nnlib.explorables.writing import compact, percent, plural, scientific
from nnlib.layers import Activation, Dense
from nnlib.training import backpropagate

MOST_PLACES, LEAST_PLACES, ROOM = 64, 16, 4096  # places of the walk that a state keeps, and their numbers
CELLS, LEAST_CELLS, WORK = 24, 12, 2e6  # an axis of the field, and the activations that one may take
PARTS = 4  # of a field, one a request: each takes some hundredths of a second in a page; before, a coarse one is shown
WAY = np.arange(-4, 21) / 16  # shares of the straight line from the first weights to the present ones
OWN = slice(4, 21)  # those from 0 to 1
BATCH = 2**16  # numbers of one layer's outputs that are computed at a time: they stay in the processor's cache
LEAST_HALF = 0.25  # of the plane's width: a walk that hardly moves is seen to
SAMPLES = 1000  # training points that the plane and the straight way are computed with, at most
RIDGE = 0.05  # of the highest loss on the straight way: less above both ends is no ridge
HIGHEST = 1e6  # a loss that is more counts as this
# The plane is chosen anew when the walk has so many places: twice while it doubles.
ANEW = (1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65)


class Plane(NamedTuple):
    """A plane in weight space, with the loss on it."""

    origin: Array  #: A place on it, (parameters,).
    directions: Array  #: Two that are at right angles, of length 1, (2, parameters).
    middle: Array  #: Of the part that is drawn, in these directions, (2,).
    half: float  #: Of its width.
    field: Array  #: (cells, cells), as `relief` makes it of the losses.
    scale: tuple
    contours: Array

    def project(self, places):
        """Return places in weight space in the plane's two directions: (places, 2)."""
        return (places - self.origin) @ self.directions.T


def advance(session, state, settings, epochs) -> dict:
    """Return the state so many epochs on, which remembers the walk: the weights at each `every` epochs from the first on."""
    lens, last = state["lens"] or {}, state["epoch"] + epochs
    walk, every = walk_of(state), lens.get("every", 1)
    most = max(LEAST_PLACES, min(MOST_PLACES, ROOM // walk.shape[1]))
    while state["epoch"] < last:
        now = state["epoch"]
        state = session.advance(state, settings, min(last, (now // every + 1) * every) - now)
        if state["epoch"] == now:  # it has come to its end
            break
        if state["epoch"] % every == 0:
            walk = np.vstack([walk, state["parameters"]])
        if len(walk) > most:
            walk, every = walk[::2], 2 * every
    return state | {"lens": lens | {"walk": walk, "every": every}}


def walk_of(state) -> Array:
    """Return the places that a state remembers, (places, parameters): at least the present one."""
    return state["lens"]["walk"] if state["lens"] else state["parameters"][None].copy()


def losses(session, vectors, most=SAMPLES) -> Array:
    """Return the training loss with each of many vectors of parameters, a million at most: (vectors,).

    Of more than so many training points every second one is taken, or every third, and so on.
    """
    some = slice(None, None, apart(session, most))
    found = many_losses(session.network, session.loss, vectors, session.X[some], session.y[some])
    return np.nan_to_num(found, nan=HIGHEST, posinf=HIGHEST).clip(max=HIGHEST)


def apart(session, most=SAMPLES) -> int:
    """Return which training points are taken where so many are the most: 1 for all, 2 for every second one."""
    return -(-len(session.X) // most)


@quiet("over", "invalid")
def many_losses(network, loss, vectors, X, y) -> Array:
    """Return the loss of a network with each of many vectors of parameters, (vectors, parameters): shape (vectors,).

    Each layer computes for all of them what it does for one, out W + b and φ, with one more axis in front. Nothing is
    dropped out.
    """
    found = np.empty(len(vectors))
    widest = max(layer.outputs for layer in network.layers if type(layer) is Dense)
    at_once = max(1, BATCH // (widest * len(X)))
    for first in range(0, len(vectors), at_once):
        outs = every_layer(network, vectors[first : first + at_once], X)[-1]
        found[first : first + at_once] = [loss.value(y_hat, y) for y_hat in outs]
    return found


def every_layer(network, vectors, X) -> list:
    """Return the outputs of each layer with many vectors of parameters: arrays (vectors, samples, …), one a layer."""
    outs, ends = [X[None]], np.cumsum([0, *(layer.parameters.size for layer in network.layers)])
    for layer, (start, end) in zip(network.layers, pairwise(ends), strict=True):
        out = outs[-1]
        if type(layer) is Dense:
            split = end - layer.outputs
            out = out @ vectors[:, start:split].reshape(-1, layer.inputs, layer.outputs)
            out += vectors[:, None, split:end]
        elif type(layer) is Activation:
            out = layer.pair.function(out)
        outs.append(out)
    return outs[1:]


def look(settings, state) -> tuple[dict, bool]:
    """Return the state with one more part of the plane looked at, and whether there are more."""
    session, lies, at = _lies(settings, state)
    looked = state.get("looked")
    done = min(looked["done"] + 1, PARTS) if looked and looked["at"] == at else 0
    if done:
        _part(session, *lies, _cells(session), done - 1)
    return state | {"looked": {"at": at, "done": done}}, done < PARTS


def plane_of(settings, state) -> Plane:
    """Return the plane for a state, coarse where the state has not looked at all of it."""
    session, lies, at = _lies(settings, state)
    looked = state.get("looked")
    is_coarse = looked and looked["at"] == at and looked["done"] < PARTS
    return _drawn(session, *lies, _cells(session) // 2 if is_coarse else _cells(session))


def _lies(settings, state):
    """Return the session, how the plane lies, and what it is known by.

    While it plays it is the same for a while, and wide enough for the present place.
    """
    session, walk = session_of(settings), walk_of(state)
    known = max(count for count in ANEW if count <= len(walk))
    origin, directions, middle, half = _axes(session, walk[:known].tobytes(), known)
    away = abs((state["parameters"] - origin) @ directions.T - middle).max()
    while half < away:
        half *= 2
    lies = origin.tobytes(), directions.tobytes(), tuple(middle.tolist()), float(half)
    return session, lies, [known, *lies[2], lies[3]]


@lru_cache(maxsize=4)
def _axes(session, walk, rows):
    """Return origin, directions, middle and half the width of the plane that a walk leaves least."""
    places = np.frombuffer(walk).reshape(rows, -1)
    origin = places[-1]
    ways = places - origin
    _, sizes, found = np.linalg.svd(ways, full_matrices=False)
    candidates = [*found[sizes > 1e-9 * (1 + abs(origin).max())]]
    if len(candidates) < 2:  # the walk gives no two yet: downhill then, and by chance
        network = session.network_at({"parameters": origin})
        backpropagate(network, session.loss, network.propagate(session.X), session.y)
        candidates += [-network.gradients, *np.random.default_rng(0).normal(size=(2, len(origin)))]
    directions = np.array(_at_right_angles(candidates)[:2])
    at = ways @ directions.T
    # Either direction may point either way: the walk begins on the left, and bends upward.
    turn = np.where(at.sum(axis=0) * [1, -1] > 0, -1.0, 1.0)
    at, directions = at * turn, directions * turn[:, None]
    low, high = at.min(axis=0), at.max(axis=0)
    return origin, directions, (low + high) / 2, max(LEAST_HALF, 0.7 * (high - low).max())


def _at_right_angles(ways):
    """Return directions of length 1, each the part of a way that is at right angles to those before it, where there is one."""
    found = []
    for way in ways:
        scale = np.sqrt(way @ way)
        for one in found:
            way = way - (way @ one) * one
        length = np.sqrt(way @ way)
        if length > 1e-9 * scale:
            found.append(way / length)
    return found


def _cells(session):
    outputs = sum(layer.outputs for layer in session.network.layers if type(layer) is Dense)
    return int(np.clip(np.sqrt(WORK / (outputs * min(len(session.X), SAMPLES))), LEAST_CELLS, CELLS))


@lru_cache(maxsize=4)
def _drawn(session, origin, directions, middle, half, cells):
    parts = [_part(session, origin, directions, middle, half, cells, part) for part in range(PARTS)]
    values = np.concatenate(parts).reshape(cells, cells)
    origin, middle, directions = np.frombuffer(origin), np.array(middle), np.frombuffer(directions).reshape(2, -1)
    ends = np.column_stack([middle - half, middle + half])
    return Plane(origin, directions, middle, half, *relief(values, *ends))


@lru_cache(maxsize=4 * PARTS)
def _part(session, origin, directions, middle, half, cells, part):
    """Return the losses in one part of a plane's cells, the first ones first."""
    ends = np.column_stack([np.array(middle) - half, np.array(middle) + half])
    some = np.array_split(panels.grid(*ends, cells), PARTS)[part]
    return losses(session, np.frombuffer(origin) + some @ np.frombuffer(directions).reshape(2, -1))


def show(settings, state) -> dict:
    """Return the panels: the plane with the walk, and the loss along the straight line from the first weights."""
    plane, session = plane_of(settings, state), session_of(settings)
    walk, at, off = _walk(plane, state)
    straight = _straight(session, walk[0].tobytes(), walk[-1].tobytes())
    beneath = plane.origin + at[-1] @ plane.directions
    now, below = losses(session, np.array([walk[-1], beneath]), len(session.X))
    ends = np.column_stack([plane.middle - plane.half, plane.middle + plane.half])
    taken = f", of one training point in {apart(session)}" if apart(session) > 1 else ""
    top = 1.2 * max(1e-3, straight[OWN, 1].max())
    marks = [panels.line(at[i : i + 1], "points", called) for i, called in ((0, "the first weights"), (len(at) - 1, "now"))]
    lines = [panels.line(plane.contours, "contour"), panels.line(at, "trail", "the walk"), *marks]
    return {
        "lens_plane": panels.plane(
            "lens_plane", f"The training loss over two directions of weight space{taken}, and the walk",
            ("along the walk", *ends[0]), ("across it", *ends[1]), field=plane.field, scale=plane.scale, lines=lines),
        "lens_series": panels.series(
            "lens_series", "Straight from the first weights, 0, to these, 1",
            ("share of the way", *WAY[[0, -1]]), ("L", 0, top),
            [panels.line(straight.clip(max=2 * top), "curve", "L")]),
        "lens_equations": panels.equations(
            "lens_equations", "The same in numbers",
            [f"{plural(len(walk[0]), 'parameter')}, so many directions: two are drawn, those that the walk leaves least",
             f"here L = {scientific(now)};  in the plane beneath it, L = {scientific(below)}",
             f"of the walk, by squared distances, {percent(1 - off, 1)} lies in the plane, and {percent(off, 1)} off it",
             f"the straight way from the first weights to here: ‖w − w₀‖ = {compact(np.linalg.norm(walk[-1] - walk[0]))}"]),
    }  # fmt: skip


def say(settings, state) -> str:
    """Return the same as a sentence."""
    plane, session = plane_of(settings, state), session_of(settings)
    walk, _, off = _walk(plane, state)
    if not state["epoch"]:
        return "The loss around the first weights, downhill and in a direction by chance: no step has been taken yet."
    losses = _straight(session, walk[0].tobytes(), walk[-1].tobytes())[OWN, 1]
    rise = losses.max() - max(losses[0], losses[-1])
    road = "nowhere lies above both ends" if rise <= RIDGE * losses.max() else f"goes over a ridge of {compact(losses.max())}"
    return (
        f"In {plural(state['epoch'], 'epoch')} the walk through weight space has come from a loss of {compact(losses[0])} to "
        f"{compact(losses[-1])}; {percent(1 - off, 1)} of it lies in the plane that is drawn, and the straight way {road}."
    )


def _walk(plane, state):
    """Return the walk to the present place, in weight space and in the plane, and which share of it is off the plane."""
    walk = np.vstack([walk_of(state), state["parameters"]])
    at = plane.project(walk)
    whole = np.square(walk - plane.origin).sum()
    return walk, at, max(0.0, 1 - np.square(at).sum() / whole) if whole else 0.0


@lru_cache(maxsize=2)
def _straight(session, first, here):
    """Return (share of the way, loss) along the straight line between two places: (len(WAY), 2)."""
    first, here = np.frombuffer(first), np.frombuffer(here)
    vectors = first + WAY[:, None] * (here - first)
    return np.column_stack([WAY, losses(session, vectors)])
