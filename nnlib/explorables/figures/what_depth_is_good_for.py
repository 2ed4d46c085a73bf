"""What depth is good for: a few neurons fold the line again and again, and the pieces of the curve multiply."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.writing import RAISED, bracketed, literal, plural, text
from nnlib.layers import Activation, Dense
from nnlib.network import Network
from nnlib.neuron import SUBSCRIPTS

MAX_DEPTH, MAX_NEURONS = 6, 18
MANY, TARGET = "more than 64 pieces", "hit the target"
BUDGET = 12  # neurons of the first task,
MOST_OF_TWOS = 64  # which two a layer fold into as many pieces
TARGET_FOLDS = (0.35, 0.6, 0.3)
MAX_PARAMETERS, MAX_DISTANCE = 19, 0.02  # of the second task: three layers of two neurons have as many
FOLDS = tuple(f"fold{layer}" for layer in range(1, MAX_DEPTH + 1))
X = np.linspace(0, 1, 401)[:, None]  # where curves are compared
STRIP = np.linspace(0, 1, 64)[:, None]  # of the picture in a neuron
MOST_DOTS = 32  # of a curve with a dot at each kink: more would run together
TINY = 1e-9  # what is smaller is the rounding of what is 0
PIECES_TOP = 1000.0  # of the axis of pieces
PROGRAM = """\
import numpy as np

from nnlib import Activation, Dense, Network

height, layers, before = {height}, [], np.ones((1, 1))
for knots in {knots}:
    layers += [Dense(len(before), len(knots), before * np.ones(len(knots)), -np.array(knots), np.float64), Activation("relu")]
    slopes = height * (-1.0) ** np.arange(len(knots)) / np.diff([*knots, 1.0])
    before = np.diff(slopes, prepend=0.0)[:, None]  # by how much each neuron has to turn the curve
network = Network([*layers, Dense(len(before), 1, before, dtype=np.float64)])
for y_hat in network.forward(np.linspace(0, 1, 11)[:, None])[:, 0]:
    print(f"output: {{y_hat:.9f}}")
"""


def _folds(*folds) -> dict:
    return dict(zip(FOLDS, folds, strict=False))


class WhatDepthIsGoodFor(Explorable):
    name = "what_depth_is_good_for"
    title = "What depth is good for"
    controls = (
        number("neurons", "hidden neurons", 6, 1, MAX_NEURONS, 1),
        number("depth", "hidden layers", 3, 1, MAX_DEPTH, 1),
        *(number(name, f"fold of layer {layer}", 0.5, 0.1, 0.9, 0.01) for layer, name in enumerate(FOLDS, start=1)),
        number("height", "height of every fold", 1.0, 0.1, 1.0, 0.01),
        choice("task", "task", (MANY, TARGET)),
    )
    presets = {
        "eight neurons side by side": {"neurons": 8, "depth": 1, "height": 1, **_folds(*[0.5] * MAX_DEPTH)},
        "eight neurons, two a layer": {"neurons": 8, "depth": 4, "height": 1, **_folds(*[0.5] * MAX_DEPTH)},
        "crooked folds": {"neurons": 8, "depth": 4, "height": 1, **_folds(0.3, 0.65, 0.4, 0.7)},
        "folds too low to be folded again": {"neurons": 8, "depth": 4, "height": 0.5, **_folds(*[0.5] * MAX_DEPTH)},
    }

    def picture(self, settings, state):
        deep, wide = _deep(settings), _shallow(settings)
        network, kinks = deep["network"], deep["kinks"]
        role = "points" if deep["pieces"] <= MOST_DOTS else "curve"
        lines = [panels.line(kinks, role, f"folded: {plural(deep['pieces'], 'piece')}")]
        if settings["task"] == TARGET:
            lines.append(panels.line(goal()["kinks"], "curve", "target"))
            title = f"The folded curve and the target: on average {text(distance(settings), 3)} apart"
        else:
            left = round(settings["neurons"]) - deep["neurons"]
            beside = ", and as many parameters in one layer" if len(deep["knots"]) > 1 else ""
            title = f"{_arranged(deep)}{f' ({left} left over)' if left else ''}{beside}"
        lines.append(panels.line(wide["kinks"], "curve", f"in one layer: {plural(wide['pieces'], 'piece')}"))
        fields = np.concatenate([STRIP, *network.trace(STRIP)[1::2], network.forward(STRIP)], axis=1).T[:, None]
        fields = fields.round(9)  # so that no rounding to the colors' 256 steps hangs on a last bit
        return [
            panels.series("function", title, ("x", 0, 1), ("ŷ", -0.1, 1.1), lines, aspect=2.2, wide=True),
            self._places(settings, deep),
            _counts(deep),
            panels.layers("network", "The network; in each neuron, its output from x = 0 to 1",
                          [layer.weights for layer in network.layers[::2]], fields=fields, inputs=["x"], outputs=["ŷ"]),
            panels.equations("equations", "The same in numbers", _equations(settings, deep, wide), wide=True),
        ]  # fmt: skip

    def _places(self, settings, deep):
        """Return the panel with what each layer does to the number it is given, a row a layer, the first lowest."""
        lines, handles = [], []
        for layer, (knots, name) in enumerate(zip(deep["knots"], FOLDS, strict=False), start=1):
            ends = np.append(knots, 1.0)
            ups = layer + 0.7 * settings["height"] * (np.arange(len(ends)) % 2)
            lines.append(panels.line(np.column_stack([ends, ups]), "curve", color=0))
            lines.append(panels.line([[0, layer], [1, layer]], "guide"))
            at = settings[name], np.interp(settings[name], ends, ups)
            if len(knots) > 1:
                handles.append(panels.handle(name, f"fold of layer {layer}", at, {name: (1, 0, 0)}))
        top = max(3, len(deep["knots"]))
        return panels.series("folds", "What each layer does to its input", ("its input", 0, 1),
                             ("layer", 0.8, top + 1), lines, handles=handles, aspect=1.2)  # fmt: skip

    def describe(self, settings, state):
        deep, wide = _deep(settings), _shallow(settings)
        return (
            f"With {_arranged(deep)} the line is folded into {plural(deep['pieces'], 'straight piece')}; one layer with as "
            f"many parameters has {plural(wide['pieces'], 'piece')} and stays {text(wide['off'], 3)} off on average."
        )

    def challenge(self, settings, state):
        deep = _deep(settings)
        pieces, neurons, depth = deep["pieces"], deep["neurons"], len(deep["knots"])
        if settings["task"] == MANY:
            task = f"Fold the line into more than {MOST_OF_TWOS} pieces with at most {BUDGET} neurons"
            if neurons > BUDGET:
                return f"{task}; these are {neurons} neurons, too many: take some away.", False
            most = deep["width"] ** depth
            if most <= MOST_OF_TWOS:
                return f"{task}; {_arranged(deep)} fold it into {most} at most: change the neurons or the layers.", False
            return f"{task}; now {pieces}.", pieces > MOST_OF_TWOS
        far, used, wanted = distance(settings), deep["network"].parameters.size, goal()["pieces"]
        task = f"Be at most {MAX_DISTANCE} off the target on average, with at most {MAX_PARAMETERS} parameters"
        if used > MAX_PARAMETERS:
            return f"{task}; these are {used} parameters, too many: take neurons away.", False
        if deep["width"] ** depth < wanted:
            return f"{task}; it has {wanted} pieces, and {_arranged(deep)} cannot make as many.", False
        return f"{task}; now {text(far, 3)} off.", far <= MAX_DISTANCE

    def code(self, settings, steps):
        knots = [one.tolist() for one in _deep(settings)["knots"]]
        return PROGRAM.format(height=literal(settings["height"]), knots=literal(knots))


def knots_of(width, fold):
    """Return where the neurons of a layer begin to fire: (width,), evenly apart for a fold of ½, which is their middle."""
    return np.interp(np.arange(width) / width, [0, 0.5, 1], [0, fold, 1])


def folding(knots, height) -> Network:
    """Return the network whose layers fold: each makes a zigzag of its input, a straight piece from knot to knot.

    `knots` has (neurons,) numbers a layer, the first of them 0; the zigzag runs from 0 up to `height`, and down again.
    """
    layers, before = [], np.ones((1, 1))
    for starts in knots:
        size = len(starts)
        layers += [Dense(len(before), size, before * np.ones(size), -starts, np.float64), Activation("relu")]
        slopes = height * (-1.0) ** np.arange(size) / np.diff(starts, append=1.0)
        before = np.diff(slopes, prepend=0.0)[:, None]  # by how much each neuron has to turn the curve
    return Network([*layers, Dense(len(before), 1, before, dtype=np.float64)])


def kinks_of(network):
    """Return the ends of the straight pieces of a ReLU network of one input, from x = 0 to 1: (pieces + 1, 2), as (x, ŷ).

    From one kink to the next the sums z of the next layer are straight lines; where one crosses 0 is the only new kink.
    """
    x = np.array([0.0, 1.0])
    for layer in range(0, len(network.layers) - 1, 2):
        z = network.trace(x[:, None])[layer]
        z[abs(z) < TINY] = 0
        start, end = z[:-1], z[1:]
        piece, unit = np.nonzero(start * end < 0)
        share = start[piece, unit] / (start[piece, unit] - end[piece, unit])
        x = np.sort(np.append(x, x[piece] + share * (x[piece + 1] - x[piece])))
        x = x[np.append(True, np.diff(x) > TINY)]
    y = network.forward(x[:, None])[:, 0]
    slopes = np.diff(y) / np.diff(x)
    bends = abs(np.diff(slopes)) > 1e-6 * (1 + abs(slopes[1:]))
    return np.column_stack([x, y])[np.concatenate([[True], bends, [True]])]


@remembered("neurons", "depth", *FOLDS, "height")
def _deep(settings) -> dict:
    """Return the network that the settings fold, its knots, kinks and pieces, and how many neurons it uses."""
    depth = round(settings["depth"])
    width = round(settings["neurons"]) // depth
    if not width:  # more layers than neurons
        depth, width = round(settings["neurons"]), 1
    knots = [knots_of(width, settings[name]) for name in FOLDS[:depth]]
    network = folding(knots, settings["height"])
    kinks = kinks_of(network)
    return {"network": network, "knots": knots, "kinks": kinks, "pieces": len(kinks) - 1, "width": width,
            "neurons": width * depth}  # fmt: skip


@remembered()
def _goal(settings) -> dict:
    network = folding([knots_of(2, fold) for fold in TARGET_FOLDS], 1.0)
    kinks = kinks_of(network)
    return {"kinks": kinks, "pieces": len(kinks) - 1, "y": network.forward(X)}


def goal():
    """Return the target: its kinks, its pieces, and its values at `X`."""
    return _goal({})


@remembered("neurons", "depth", *FOLDS, "height", "task")
def _shallow(settings) -> dict:
    """Return the network of one hidden layer that has as many parameters, evenly spread kinks, and the best last layer."""
    deep = _deep(settings)
    wanted = goal()["y"] if settings["task"] == TARGET else deep["network"].forward(X)
    size = max(1, (deep["network"].parameters.size - 1) // 3)  # a weight, a bias and an output weight each, and one bias
    hidden = Dense(1, size, np.ones((1, size)), -np.arange(size) / size, np.float64)
    fires = Activation("relu").forward(hidden.forward(X))
    best = np.linalg.lstsq(np.column_stack([fires, np.ones(len(X))]), wanted, rcond=None)[0]
    network = Network([hidden, Activation("relu"), Dense(size, 1, best[:-1], best[-1], np.float64)])
    kinks = kinks_of(network)
    off = float(abs(network.forward(X) - wanted).mean())
    return {"network": network, "kinks": kinks, "pieces": len(kinks) - 1, "off": off, "neurons": size}


def distance(settings) -> float:
    """Return how far the folded curve is from the target, on average over x."""
    return float(abs(_deep(settings)["network"].forward(X) - goal()["y"]).mean())


def _arranged(deep):
    """Return the words for how many neurons there are in how many layers."""
    depth, width = len(deep["knots"]), deep["width"]
    return f"{plural(width, 'neuron')} in one layer" if depth == 1 else f"{depth} layers of {plural(width, 'neuron')}"


def _counts(deep):
    """Return the panel with the pieces that so many neurons can make, by the formulas, and these."""
    n = np.arange(1, MAX_NEURONS + 1)
    lines = [panels.line(np.column_stack([n, n + 1]), "curve", "one layer: n + 1")]
    lines += [panels.line([(k, width ** (k // width)) for k in n[width - 1 :: width]], "points", f"{width} a layer: {formula}")
              for width, formula in ((2, "2^(n/2)"), (3, "3^(n/3)"))]  # fmt: skip
    at = deep["neurons"], min(PIECES_TOP, deep["pieces"])
    return panels.series("counts", f"Pieces of {plural(deep['neurons'], 'neuron')}: {deep['pieces']}",
                         ("neurons n", 0, MAX_NEURONS + 1), ("pieces", 1, PIECES_TOP, "log"),
                         [*lines, panels.line([[at[0], 1], at, [0, at[1]]], "guide")], aspect=1.2)  # fmt: skip


def _equations(settings, deep, wide):
    knots, height = deep["knots"][0], settings["height"]
    slopes = height * (-1.0) ** np.arange(len(knots)) / np.diff(knots, append=1.0)
    turns = np.diff(slopes, prepend=0.0)
    terms = [f"{bracketed(text(turn))} relu(x − {text(knot)})" for turn, knot in zip(turns[:3], knots, strict=False)]
    more = " + …" if len(knots) > 3 else ""
    width, depth, n = deep["width"], len(deep["knots"]), wide["neurons"]
    used = deep["network"].parameters.size
    raised = f"{width}{str(depth).translate(RAISED)}"
    return [
        f"layer 1: u{'1'.translate(SUBSCRIPTS)} = {' + '.join(terms)}{more}",
        f"folded {plural(depth, 'time')}, each time into {plural(width, 'piece')} at most: {raised} = {width**depth}; "
        f"counted: {deep['pieces']}, with {used} parameters",
        f"in one layer, {plural(n, 'neuron')} have {wide['network'].parameters.size} parameters and at most "
        f"{n} + 1 = {n + 1} pieces; the best fit with even kinks stays {text(wide['off'], 3)} off",
    ]
