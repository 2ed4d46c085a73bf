"""Build a function from bumps: six hidden sigmoids, two to a bump, and a curve to come close to."""

import numpy as np

from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import bracketed, literal, text
from nnlib.layers import Activation, Dense
from nnlib.network import Network

X = np.linspace(0, 1, 201)[:, None]
BUMPS = 3
MAX_STEEPNESS = 100.0  # of a hidden weight
CURVE, WEIGHTS = "by the curve", "by the weights alone"
MAX_DISTANCE = {CURVE: 0.1, WEIGHTS: 0.08}  # so far from the target, on average over x, the network may be
MIN_STEEPNESS = {CURVE: 13, WEIGHTS: 60}  # with smaller hidden weights no bumps come so close: their edges are too soft
MAX_HEIGHT = 1.2  # of a bump, up or down
SUBSCRIPTS = "₁₂₃₄₅₆"
START = ((0.05, 0.2, 0.3), (0.4, 0.55, 0.3), (0.75, 0.9, 0.3))  # start, end and height of each bump to begin with
SKYLINE = ((0.1, 0.3, 0.6), (0.4, 0.6, -0.4), (0.7, 0.9, 0.9))  # of the blocks of the second target
PROGRAM = """\
import numpy as np

from nnlib import Activation, Dense, Network

b = {b}
h1, h2, h3 = {h}
hidden = Dense(1, 6, weights=np.full((1, 6), {w}), bias=b, dtype="float64")
output = Dense(6, 1, weights=[[h1], [-h1], [h2], [-h2], [h3], [-h3]], dtype="float64")
network = Network([hidden, Activation("sigmoid"), output])
x = np.array([[0.0], [0.25], [0.5], [0.75], [1.0]])
for y_hat in network.forward(x)[:, 0]:
    print(f"output: {{y_hat:.9f}}")
"""


def _numbers(w, blocks) -> dict:
    """Return the settings whose bumps have these starts, ends and heights, where the hidden weights are `w`."""
    edges = [-w * edge for start, end, _ in blocks for edge in (start, end)]
    heights = {f"h{k}": height for k, (_, _, height) in enumerate(blocks, start=1)}
    return {"w": w, **{f"b{i}": bias for i, bias in enumerate(edges, start=1)}, **heights}


class Bumps(Explorable):
    name = "bumps"
    title = "Build a function from bumps"
    controls = (
        number("w", "hidden weights w", 40, 5, MAX_STEEPNESS, 1),
        *(
            number(f"b{i}", f"bias b{SUBSCRIPTS[i - 1]}", _numbers(40, START)[f"b{i}"], -MAX_STEEPNESS, 0, 0.5)
            for i in range(1, 7)
        ),
        *(number(f"h{k}", f"height h{SUBSCRIPTS[k - 1]}", 0.3, -MAX_HEIGHT, MAX_HEIGHT, 0.05) for k in range(1, 4)),
        choice("task", "task", (CURVE, WEIGHTS)),
    )
    presets = {"soft edges": _numbers(20.0, START), "steep edges": _numbers(MAX_STEEPNESS, START)}

    def picture(self, settings, state):
        b, h = parameters(settings)
        hidden, y_hat = answers(settings)
        singles = (hidden[:, ::2] - hidden[:, 1::2]) * h
        wanted = target(settings["task"])
        far = text(distance(settings), 3)
        lines = [panels.line(np.column_stack([X, wanted]), "curve", "target"),
                 panels.line(np.column_stack([X, y_hat]), "curve", "network ŷ", key="sum")]  # fmt: skip
        bumps = [panels.line(np.column_stack([X, singles[:, k]]), "curve", f"bump {k + 1}", key=f"bump-{k + 1}")
                 for k in range(BUMPS)]  # fmt: skip
        beyond = _beyond(settings)
        held = _handles(settings, b, h) if settings["task"] == CURVE else ()
        return [
            panels.series("function", f"The target and the network: on average {far} apart", ("x", 0, 1),
                          ("y", -MAX_HEIGHT, MAX_HEIGHT), lines, handles=held, aspect=1.7, wide=True),
            panels.network("network", "The network: two hidden neurons make a bump", *_diagram(settings, hidden, y_hat),
                           aspect=1.0),
            panels.series("bumps", f"Each bump by itself{beyond}", ("x", 0, 1), ("y", -MAX_HEIGHT, MAX_HEIGHT), bumps,
                          aspect=1.2),
            panels.equations("equations", "Where the edges are: x = −b / w", _equations(settings, b, h),
                             keys=[*(f"bump-{k + 1}" for k in range(BUMPS)), "sum"], wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        b, h = parameters(settings)
        edges = -b / settings["w"]
        parts = (f"from {text(edges[2 * k])} to {text(edges[2 * k + 1])} with height {text(h[k])}" for k in range(BUMPS))
        far = text(distance(settings), 3)
        return f"Three bumps, {', '.join(parts)}, add up to a curve that is on average {far} off its target{_beyond(settings)}."

    def challenge(self, settings, state):
        far, close = distance(settings), MAX_DISTANCE[settings["task"]]
        if settings["task"] == CURVE:
            task = f"Drag the bumps until the network is at most {close} off its target on average; now {text(far, 3)}."
        else:
            task = (
                f"No handles now: read the edges off the target, work out w, b and h on paper, and set them, "
                f"to be at most {close} off; now {text(far, 3)}."
            )
        if settings["w"] < MIN_STEEPNESS[settings["task"]]:
            task += " With edges as soft as these it cannot be done: make w larger."
        return task, bool(far <= close)

    def code(self, settings, steps):
        b, h = parameters(settings)
        return PROGRAM.format(b=literal(b.tolist()), h=", ".join(map(literal, h.tolist())), w=literal(settings["w"]))


def parameters(settings):
    """Return the hidden biases (6,) and the heights (3,)."""
    return np.array([settings[f"b{i}"] for i in range(1, 7)]), np.array([settings[f"h{k}"] for k in range(1, 4)])


def answers(settings):
    """Return the hidden outputs (201, 6) and the outputs (201,) of the network over `X`."""
    b, h = parameters(settings)
    hidden = Dense(1, 2 * BUMPS, np.full((1, 2 * BUMPS), settings["w"]), b, np.float64)
    output = Dense(2 * BUMPS, 1, np.column_stack([h, -h]).reshape(-1, 1), dtype=np.float64)
    _, a, y_hat = Network([hidden, Activation("sigmoid"), output]).trace(X)
    return a, y_hat[:, 0]


def target(task):
    """Return the curve to come close to, over `X`: a wave that falls off, or three blocks."""
    x = X[:, 0]
    if task == CURVE:
        return np.sin(3 * np.pi * x) * (1 - 0.4 * x)
    return sum(height * ((start <= x) & (x < end)) for start, end, height in SKYLINE)


def distance(settings):
    """Return how far the network is from its target, on average over x."""
    return float(np.abs(answers(settings)[1] - target(settings["task"])).mean())


def _beyond(settings):
    """Return the words for bumps that begin to the right of the picture, where nobody sees them."""
    b, _ = parameters(settings)
    outside = [str(k + 1) for k in range(BUMPS) if (-b[2 * k : 2 * k + 2] / settings["w"]).min() > 1]
    return f"; beyond x = 1: bump {' and bump '.join(outside)}" if outside else ""


def _handles(settings, b, h):
    """Return two handles a bump: its top, which moves both edges and sets the height, and its right edge."""
    w, handles = settings["w"], []
    for k in range(BUMPS):
        start, end = -b[2 * k : 2 * k + 2] / w
        middle = float(np.clip((start + end) / 2, 0, 1))
        edge = float(np.clip(end, 0, 1))
        names = f"b{2 * k + 1}", f"b{2 * k + 2}", f"h{k + 1}"
        both = {name: (-w, 0, bias + w * middle) for name, bias in zip(names[:2], b[2 * k : 2 * k + 2], strict=True)}
        handles += [
            panels.handle(f"top{k + 1}", f"top of bump {k + 1}", (middle, h[k]), {**both, names[2]: (0, 1, 0)}),
            panels.handle(f"edge{k + 1}", f"right edge of bump {k + 1}", (edge, h[k] / 2),
                          {names[1]: (-w, 0, b[2 * k + 1] + w * edge)}),
        ]  # fmt: skip
    return handles


def _diagram(settings, hidden, y_hat):
    """Return nodes and edges; the picture in a neuron is its output from x = 0, left, to x = 1, right."""
    strips = [X.T, *hidden.T[:, None], y_hat[None]]
    names = ["x", *(f"a{SUBSCRIPTS[i]}" for i in range(2 * BUMPS)), "ŷ"]
    keys = [None, *(f"bump-{i // 2 + 1}" for i in range(2 * BUMPS)), "sum"]
    nodes = [panels.node(name, 0, field=strip[:, ::4], scale=(-1, 0, 1), key=key)
             for name, strip, key in zip(names, strips, keys, strict=True)]  # fmt: skip
    edges = []
    for i in range(2 * BUMPS):
        k, key = i // 2 + 1, keys[i + 1]
        height, label, sets = settings[f"h{k}"], f"h{SUBSCRIPTS[k - 1]}", f"h{k}"
        edges.append(panels.edge((0, 0), (1, i), settings["w"], "", sets="w", key=key))
        minus = {"value": -height, "label": f"−{label}"} if i % 2 else {"value": height, "label": label, "sets": sets}
        edges.append(panels.edge((1, i), (2, 0), **minus, key=key))
    return [nodes[:1], nodes[1:-1], nodes[-1:]], edges


def _equations(settings, b, h):
    """Return a line for each bump, with the key that lights it everywhere."""
    w, lines = settings["w"], []
    for k in range(BUMPS):
        i, height = 2 * k, bracketed(text(h[k]))
        edges = " to ".join(text(-bias / w) for bias in b[i : i + 2])
        first, second = (f"σ({text(w, 0)}x − {text(-bias, 1)})" for bias in b[i : i + 2])
        lines.append(f"bump {k + 1}: {height} · ({first} − {second}), from {edges}")
    return [*lines, "network: ŷ = the sum of the three"]
