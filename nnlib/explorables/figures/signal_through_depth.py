"""Signal through depth: a batch goes forward through many layers, a gradient comes back, and what is left of either."""

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable, remembered
from nnlib.explorables.writing import RAISED, compact, percent, plural, text
from nnlib.initializers import INITIALIZERS, normal
from nnlib.layers import Activation, Dense
from nnlib.network import Network, Residual
from nnlib.normalization import EPSILON, BatchNorm, LayerNorm

MAX_DEPTH, MAX_WIDTH = 50, 64
SAMPLES = 16
SPREADS = (0.25, 8.0)
FUNCTIONS = ("relu", "leaky_relu", "elu", "silu", "gelu_tanh", "tanh", "sigmoid", "identity")
GAINS = {"zeros": 0.0, "xavier": 1.0, "he": 2**0.5}  # the standard deviation of such weights, times √width
NORMAL = "normal"
LOWEST = -150.0  # the power of ten that stands for a variance of 0, and for less
ENDS = (3, 10, 30, 100, 150)  # that an axis of powers of ten may have
VALUES, BINS = 3.0, 41  # the histograms: from −3 to 3; what lies beyond is in the last bin
# A standard normal distribution, as places and what share of it lies there: evenly apart, none of them at a kink.
PLACES = (np.arange(640) - 319.5) / 40
SHARES = np.exp(-(PLACES**2) / 2) / np.exp(-(PLACES**2) / 2).sum()
WANTED_LAYERS, WANTED_WIDTH = 40, 32  # of the tasks
KEPT = 1.0  # powers of ten: a variance within a factor of ten is kept
NONE, OFF, AROUND = "none", "off", "on"
PLAIN = {"residual": OFF, "normalization": NONE, "depth": MAX_DEPTH, "width": MAX_WIDTH}
NORMS = {NONE: None, "batch": BatchNorm, "layer": LayerNorm}
BY_SPREAD = {"keep tanh alive": "tanh", "keep elu alive": "elu"}  # by the spread of the weights alone
NO_DRAW = np.random.default_rng(0)  # for layers whose weights are given; to make one for each would take a while
TASKS = {**BY_SPREAD, "rescue the sigmoid": "sigmoid"}
PROGRAM = """\
import numpy as np

from nnlib import {names}
from nnlib.initializers import {kind}

n, rng = {width}, np.random.default_rng({seed})
X, gradient = rng.normal(size=(2, {samples}, n))
blocks = []
for _ in range({depth}):
    blocks.append({block}([Dense(n, n, {weights}, dtype=np.float64), {norm}Activation({activation!r})]))
outputs, gradients = [X], [gradient]
for block in blocks:
    outputs.append(block.forward(outputs[-1], training=True))
for block in reversed(blocks):
    gradients.append(block.backward(gradients[-1]))
for variance in outputs[1].var(), outputs[-1].var(), gradients[-2].var(), gradients[0].var():
    print(f"power of ten: {{np.log10(max(variance, 1e{lowest:.0f})):.9f}}")
"""


class SignalThroughDepth(Explorable):
    name = "signal_through_depth"
    title = "Signal through depth"
    controls = (
        choice("activation", "function φ", FUNCTIONS),
        choice("weights", "first weights", ("xavier", "he", NORMAL, "zeros")),
        number("spread", "spread g of normal weights", 1.0, *SPREADS, 0.01, scale="log"),
        choice("residual", "residual connections", (OFF, AROUND)),
        choice("normalization", "normalization", tuple(NORMS)),
        number("depth", "layers", 30, 1, MAX_DEPTH, 1),
        number("width", "neurons n of each layer", MAX_WIDTH, 4, MAX_WIDTH, 1),
        number("seed", "number of the draw", 1, 1, 99, 1),
        choice("task", "task", tuple(TASKS)),
    )
    presets = {
        "relu, xavier: it fades": {**PLAIN, "activation": "relu", "weights": "xavier"},
        "relu, N(0, 1): it explodes": {**PLAIN, "activation": "relu", "weights": NORMAL, "spread": 8},
        "tanh, N(0, 1): saturated": {**PLAIN, "activation": "tanh", "weights": NORMAL, "spread": 8, "depth": 20},
        "sigmoid: the gradient vanishes": {**PLAIN, "activation": "sigmoid", "weights": "xavier"},
        "relu, he: made for each other": {**PLAIN, "activation": "relu", "weights": "he"},
    }

    def picture(self, settings, state):
        outputs, values, slopes = signal(settings)
        expected = theory(settings)
        depth = len(values) - 1
        ends = _ends(np.concatenate([values, slopes, *expected]))
        rows = [1, *sorted({round(1 + (depth - 1) * share) for share in (0.25, 0.5, 0.75, 1)} - {1})]
        return [
            _series("forward", "Forward: the variance of a", values, expected[0], ends, values[1]),
            _series("backward", "Backward: the variance of ∂L/∂a", slopes, expected[1], ends, slopes[-1]),
            panels.plane("activations", "The outputs of the neurons; beyond ±3 at the edge", ("layer", 0.5, depth + 0.5),
                         ("a", -VALUES, VALUES), field=_histograms(outputs[1:]), scale=(-1, 0, 1)),
            panels.table("layers", "Some layers", ["layer", "Var(a)", "Var(∂L/∂a)", "silent"],
                         [panels.row([str(k), _power(values[k]), _power(slopes[k]), percent(_silent(outputs[k]))])
                          for k in rows]),
            panels.equations("equations", "The same in numbers", _equations(settings, values, slopes, expected), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        _, values, slopes = signal(settings)
        layers = plural(len(values) - 1, "layer")
        return (
            f"After {layers} of {settings['activation']} with {settings['weights']} weights, the variance of the activations "
            f"is {_left(values, -1, 1)} times that of the first layer; on the way back, that of the gradient in the first "
            f"layer’s is {_left(slopes, 1, -1)} times that in the last layer’s."
        )

    def challenge(self, settings, state):
        wanted = TASKS[settings["task"]]
        if settings["activation"] != wanted:
            return f"Choose {wanted}, and keep signal and gradient alive through {WANTED_LAYERS} layers.", False
        if settings["depth"] < WANTED_LAYERS:
            return f"Set the layers to {WANTED_LAYERS} or more: a few layers let almost anything through.", False
        if settings["width"] < WANTED_WIDTH:
            return f"Narrow layers leave too much to luck: give them {WANTED_WIDTH} neurons or more.", False
        if settings["weights"] == "zeros":
            return "Weights of zero let nothing through, and no setting mends that: choose other first weights.", False
        alone = settings["residual"] == OFF and settings["normalization"] == NONE
        if settings["task"] in BY_SPREAD and not alone:
            return f"Keep {wanted} alive by the first weights alone, without residual connections and normalization.", False
        if settings["task"] not in BY_SPREAD and alone:
            return "No spread of the first weights keeps the sigmoid alive: it needs more than weights.", False
        _, values, slopes = signal(settings)
        far = max(abs(values[1:] - values[1]).max(), abs(slopes[1:] - slopes[-1]).max())
        task = (
            f"Keep the variances of a and of ∂L/∂a within a factor of ten, from the first layer to the last, through "
            f"{round(settings['depth'])} layers of {wanted}; now the larger factor is {_power(far)}."
        )
        return task, bool(far <= KEPT)

    def code(self, settings, steps):
        kind, norm = settings["weights"], NORMS[settings["normalization"]]
        block = _block(settings).__name__
        names = ["Activation", "Dense", block, *([norm.__name__] if norm else [])]
        weights = f"{settings['spread']!r} * normal(n, n, rng, 1 / n**0.5)" if kind == NORMAL else f"{kind}(n, n, rng)"
        return PROGRAM.format(
            names=", ".join(sorted(names)), kind=kind, width=round(settings["width"]), seed=round(settings["seed"]),
            samples=SAMPLES, depth=round(settings["depth"]), block=block, weights=weights, lowest=LOWEST,
            norm=f"{norm.__name__}(n, dtype=np.float64), " if norm else "", activation=settings["activation"],
        )  # fmt: skip


@remembered("weights", "width", "seed")
def draws(settings):
    """Return a batch and a gradient, (samples, width) each, and the weights of as many layers as there can be.

    Normal weights have the spread g = 1: a standard deviation of 1/√width.
    """
    width, rng = round(settings["width"]), np.random.default_rng(round(settings["seed"]))
    X, gradient = rng.normal(size=(2, SAMPLES, width))
    drawn = {**INITIALIZERS, NORMAL: lambda i, o, rng: normal(i, o, rng, 1 / i**0.5)}[settings["weights"]]
    return X, gradient, [drawn(width, width, rng) for _ in range(MAX_DEPTH)]


def _block(settings):
    """Return what a layer, its normalization and its function are made: a network, or one with a way around it."""
    return Residual if settings["residual"] == AROUND else Network


@remembered("activation", "weights", "spread", "residual", "normalization", "depth", "width", "seed")
def signal(settings):
    """Return the batch and each layer's activations, (samples, width) each, and the `powers` of these and of ∂L/∂ these."""
    X, gradient, drawn = draws(settings)
    spread = settings["spread"] if settings["weights"] == NORMAL else 1.0
    norm, n = NORMS[settings["normalization"]], len(drawn[0])
    outputs, gradients, blocks = [X], [gradient], []
    for W in drawn[: round(settings["depth"])]:
        between = [norm(n, dtype=np.float64)] if norm else []
        layers = [Dense(n, n, spread * W, dtype=np.float64, rng=NO_DRAW), *between, Activation(settings["activation"])]
        blocks.append(_block(settings)(layers))
        outputs.append(blocks[-1].propagate(outputs[-1], training=True))
    for block in reversed(blocks):
        gradients.append(block.backward(gradients[-1]))
    return outputs, powers(outputs), powers(gradients[::-1])


def powers(arrays):
    """Return the variance of each of some arrays, over all of its numbers, as a power of ten: (arrays,)."""
    return _as_powers([one.var() for one in arrays])


def _as_powers(variances):
    return np.log10(np.clip(variances, 10**LOWEST, 10**-LOWEST))


def gain(settings) -> float:
    """Return g, the standard deviation of the weights times √width."""
    return GAINS.get(settings["weights"], settings["spread"])


def theory(settings):
    """Return the variances that `powers` finds, in layers without end of width, and averaged over all draws.

    The sums z of a layer are then normal, with the variance g² E[a²] of the a before it, and a gradient's variance is
    multiplied by g² E[φ′(z)²] (Poole and others, 2016; Schoenholz and others, 2017). What comes around a layer adds to
    either. Layer normalization divides by the spread of z, on both ways. So does batch normalization, but what it takes
    of a gradient depends on how alike the samples are; and around a layer whose outputs are not 0 on average, weights that
    serve both ways no longer count as new ones on the way back. There, the second is empty.
    """
    function, derivative = ACTIVATIONS[settings["activation"]]
    squared, around = gain(settings) ** 2, settings["residual"] == AROUND
    mean, square = 0.0, 1.0  # E[a] and E[a²]
    variances, factors = [1.0], []
    for _ in range(round(settings["depth"])):
        divisor = 1.0 if settings["normalization"] == NONE else squared * square + EPSILON
        z = np.sqrt(squared * square / divisor) * PLACES
        a = function(z)
        mean_of, square_of = SHARES @ a, SHARES @ a**2
        factors.append(around + squared / divisor * (SHARES @ derivative(z) ** 2))
        square = square_of + around * (square + 2 * mean * mean_of)
        mean = mean_of + around * mean
        variances.append(square - mean**2)
    norm = settings["normalization"]
    is_known = norm == "layer" or (norm == NONE and not (around and abs(mean) > EPSILON))
    back = np.cumprod([1.0, *factors[::-1]])[::-1] if is_known else []
    return _as_powers(variances), _as_powers(back)


def _ends(numbers):
    """Return the ends of an axis that holds these powers of ten."""
    return -next(end for end in ENDS if end >= -numbers.min()), next(end for end in ENDS if end >= numbers.max())


def _series(name, label, measured, expected, ends, first):
    """Return a panel with the variance at each layer, and that of theory; the band is a factor of ten around the first."""
    layers = np.arange(len(measured))
    beyond, (low, high) = MAX_DEPTH + 1, np.clip([first - KEPT, first + KEPT], *ends)
    theory_line = [panels.line(np.column_stack([layers, expected]), "curve", "theory, on average")] if len(expected) else []
    lines = [
        panels.line(np.column_stack([layers, measured]), "points", "this draw"),
        *theory_line,
        panels.line([[0, low], [beyond, low], [beyond, high], [0, high]], "level", "a factor of ten"),
    ]
    end = panels.handle(name, "number of layers", (layers[-1], measured[-1]), {"depth": (1, 0, 0)})
    return panels.series(name, label, ("layer", 0, MAX_DEPTH), ("power of ten", *ends), lines, handles=[end], aspect=1.15)


def _histograms(outputs):
    """Return for each layer how many of its numbers lie where, beside its most frequent: (bins, layers), from 0 to 1."""
    edges = np.linspace(-VALUES, VALUES, BINS + 1)[1:-1]
    places = [np.bincount(np.searchsorted(edges, a.ravel()), minlength=BINS) for a in outputs]
    counts = np.array(places, dtype=float).T
    return np.sqrt(counts / counts.max(axis=0))


def _silent(a):
    """Return the share of neurons that put out 0 for every sample."""
    return (a == 0).all(axis=0).mean()


def _power(power):
    """Return the number that is this power of ten, written compactly."""
    return "0" if power <= LOWEST else compact(10.0**power)


def _left(powers, layer, of):
    """Return what share of the variance of one layer another one has, written compactly."""
    return "0" if powers[layer] <= LOWEST else compact(10.0 ** (powers[layer] - powers[of]))


def _equations(settings, values, slopes, expected):
    n, g, depth = round(settings["width"]), gain(settings), len(values) - 1
    forward, backward = expected
    last = str(depth).translate(RAISED)
    factors = [_left(backward, layer, layer + 1) for layer in (1, depth - 1) if 0 < layer < depth and len(backward)]
    between = " … ".join(dict.fromkeys(factors))
    back = f"theory: {_left(backward, 1, -1)}" if len(backward) else "no simple theory"
    return [
        f"first weights, {settings['weights']}: standard deviation g/√n = {text(g)}/√{n} = {text(g / n**0.5, 3)}",
        f"forward:  Var(a⁽{last}⁾) / Var(a⁽¹⁾) = {_left(values, -1, 1)};  theory: {_left(forward, -1, 1)}",
        f"backward: Var(∂L/∂a⁽¹⁾) / Var(∂L/∂a⁽{last}⁾) = {_left(slopes, 1, -1)};  {back}",
        *([f"on the way back, theory multiplies the variance by {between} a layer"] if between else []),
        "theory is the average of all draws: a single one strays from it, the farther the deeper and narrower the network",
    ]
