"""The static picture of everything. Each function draws on `ax`, or on a new figure, and returns the Axes.

Colors are those of `nnlib.palette`: orange below zero or for the first of two classes, blue above or for the second.
"""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.ticker import MaxNLocator

from nnlib.arrays import Array, as_count, as_labels, as_matrix, as_number, as_numbers, choose, one_hot, same_length
from nnlib.doors import as_function, as_list
from nnlib.network import Network
from nnlib.neuron import OF_ONE_NEURON
from nnlib.palette import CLASSES, LIGHT
from nnlib.training import History
from nnlib.wording.refusing import shown

INK, SOFT, LINE, PAPER, ACCENT = (LIGHT[name] for name in ("ink", "soft", "line", "paper", "accent"))
SIGNS = LinearSegmentedColormap.from_list("signs", [LIGHT["negative"], LIGHT["zero"], LIGHT["positive"]])
SHAPES = "so^DvP*Xhp"
CELLS = 240  # points along each side of a plane
STRENGTH = 0.45  # of a field's colors, so that points stand out on it
NODES = 12  # the most that the network diagram shows of a layer
#: The looks of the book, which plots set in matplotlib while they draw.
STYLE = {
    **{"font.size": 11, "axes.titlesize": 12, "lines.linewidth": 2, "legend.frameon": False, "grid.linewidth": 0.6},
    **{"axes.spines.top": False, "axes.spines.right": False, "axes.edgecolor": LINE, "axes.facecolor": PAPER},
    **{"axes.labelcolor": INK, "text.color": INK, "xtick.color": SOFT, "ytick.color": SOFT, "grid.color": LINE},
    **{"axes.prop_cycle": plt.cycler(color=[INK, ACCENT, SOFT])},
    **{"figure.facecolor": PAPER, "figure.figsize": (5, 3.6), "figure.constrained_layout.use": True},
}
_styled = plt.rc_context(STYLE)  # a context, which decorates functions as well


def _axes(ax, **figure):
    """Return the axes to draw on, those of a new figure where there are none."""
    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(f"ax must be axes of matplotlib, such as plt.subplots()[1]. Got {shown(ax)} instead.")
    return ax or plt.subplots(**figure)[1]


@_styled
def activation(name, low=-5.0, high=5.0, ax=None):
    """Draw an activation function φ(z), by its name, and its derivative φ′(z), for z from `low` to `high`."""
    pair = choose(name, OF_ONE_NEURON, "activation")
    low = as_number(low, "low")
    high = as_number(high, "high", low=low, open_low=True)
    z = np.linspace(low, high, 1001)
    ax = _axes(ax)
    ax.plot(z, pair.function(z), color=INK, label="φ(z)")
    ax.plot(z, pair.derivative(z), "--", color=ACCENT, label="φ′(z)")
    ax.set(title=name, xlabel="z", xlim=(low, high))
    ax.grid()
    ax.legend()
    return ax


@_styled
def plane(model, X, y, ax=None):
    """Draw what a model answers in the plane around the points `X` (samples, 2), its boundaries, and the points.

    The `model` has predict_proba, as a `Network`, or is a `Perceptron`, or is a function from points (n, 2) to numbers
    between 0 and 1, shape (n,), as a `Neuron` with a sigmoid. The labels `y` (samples,) are 0, 1, 2 …, or −1 and +1.
    """
    X, numbers = as_matrix(X, 2), as_numbers(y, "y")
    y = as_labels(numbers > 0 if set(numbers.flat) == {-1, 1} else y)
    same_length(X, y)
    reach = 0.12 * np.ptp(X, axis=0) + 0.1
    ends = np.column_stack([X.min(axis=0) - reach, X.max(axis=0) + reach])
    grid = np.meshgrid(*(np.linspace(*pair, 2 * CELLS + 1)[1::2] for pair in ends))  # the middles of the cells
    shares = _shares(model, np.column_stack([x.ravel() for x in grid]))
    classes = max(shares.shape[1], y.max() + 1)
    colors = (LIGHT["negative"], LIGHT["positive"]) if classes == 2 else [CLASSES[k % 10] for k in range(classes)]
    field = _blend(shares, colors).reshape(CELLS, CELLS, 3)
    ax = _axes(ax)
    ax.imshow(field, extent=ends.ravel(), origin="lower", aspect="auto", interpolation="bilinear")
    for k in range(1, shares.shape[1]):  # class 0 needs no line of its own: its neighbors draw it
        lead = shares[:, k] - np.delete(shares, k, axis=1).max(axis=1)
        if lead.min() < 0 < lead.max():
            ax.contour(*grid, lead.reshape(CELLS, CELLS), levels=[0], colors=INK, linewidths=1.5)
    for k in np.unique(y):
        ax.plot(*X[y == k].T, SHAPES[k % 10], color=colors[k], markeredgecolor=PAPER, markersize=7, label=f"class {k}")
    ax.set(xlabel="x₁", ylabel="x₂", xlim=ends[0], ylim=ends[1])
    return ax


def _shares(model, points) -> Array:
    """Return how far a model is for each class at each point, shape (points, classes ≥ 2), rows adding up to 1."""
    if hasattr(model, "predict_proba"):
        answer = model.predict_proba(points)
    elif hasattr(model, "predict"):  # a perceptron: a step, but not so steep that its edge is ragged
        z = model.net_input(points)
        answer = np.clip(0.5 + 50 * z / (np.abs(z).max() or 1), 0, 1)
    else:
        answer = np.clip(as_numbers(as_function(model, "model")(points), "model(X)"), 0, 1)
    answer = np.reshape(answer, (len(points), -1))
    return np.hstack([1 - answer, answer]) if answer.shape[1] == 1 else answer


def _blend(shares, colors) -> Array:
    """Return the color of each row of shares: the classes' colors mixed, and none where all have the same share."""
    zero = np.array(to_rgb(LIGHT["zero"]))
    tints = np.array([to_rgb(color) for color in colors[: shares.shape[1]]]) - zero
    return zero + STRENGTH * ((len(tints) * shares - 1).clip(0) / (len(tints) - 1)) @ tints


@_styled
def curves(history, quantity="loss", ax=None):
    """Draw the "loss" or the "accuracy" of each epoch of a `History`, for training and, if there is one, validation.

    Trainings that went on from one another are drawn as one, `curves(first + second)`.
    """
    history = History() + history  # a plain list may count from 1 again
    fields = choose(quantity, {name: (name, f"validation_{name}") for name in ("loss", "accuracy")}, "quantity")
    lines = [[getattr(epoch, field) for epoch in history] for field in fields]
    if not lines[0] or all(value is None for value in lines[0]):
        raise ValueError(f"history has no {quantity} in its {len(history)} epochs: pass what nnlib.fit returned.")
    ax = _axes(ax)
    for values, label, color, style in zip(lines, ("training", "validation"), (INK, ACCENT), ("-", "--"), strict=True):
        if any(value is not None for value in values):
            ax.plot(history.number, np.array(values, float), style, color=color, label=label)  # None is a gap
    ax.set(xlabel="epoch", ylabel=quantity)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    ax.grid(axis="y")
    ax.legend()
    return ax


def confusion_matrix(y, predicted, classes=None) -> Array:
    """Return how often each class (row) was predicted as each class (column): whole numbers, (classes, classes).

    Examples
    --------
    >>> confusion_matrix([0, 1, 1], [0, 1, 0]).tolist()
    [[1, 0], [1, 1]]
    """
    classes = classes if classes is None else as_count(classes, "classes")
    y, predicted = as_labels(y, classes), as_labels(predicted, classes, "predicted")
    same_length(y, predicted, ("y", "predicted"))
    classes = classes or max(y.max(), predicted.max()) + 1
    return (one_hot(y, classes).T @ one_hot(predicted, classes)).astype(int)


@_styled
def confusion(y, predicted, classes=None, ax=None):
    """Draw the confusion matrix of labels (samples,), right answers blue, mistakes orange; `classes` are the names."""
    names = None if classes is None else list(map(str, as_list(classes, "classes", "['no', 'yes']")))
    counts = confusion_matrix(y, predicted, None if names is None else len(names))
    names = names or list(map(str, range(len(counts))))
    shares = counts / counts.sum(axis=1, keepdims=True).clip(1)
    shades = np.where(np.eye(len(counts)), shares, -np.sqrt(shares))  # the root makes single mistakes visible
    ax = _axes(ax, figsize=(4.6, 4.6))
    ax.imshow(shades, cmap=SIGNS, vmin=-1.2, vmax=1.2)
    for row, column in np.argwhere(counts):
        color = PAPER if abs(shades[row, column]) > 0.6 else INK
        ax.text(column, row, counts[row, column], ha="center", va="center", color=color, fontsize=9)
    ax.set_xticks(range(len(names)), names, rotation=30 if max(map(len, names)) > 3 else 0)
    ax.set(xlabel="predicted", ylabel="true", yticks=range(len(names)), yticklabels=names)
    return ax


@_styled
def network(network, ax=None):
    """Draw a network, an edge for each weight: orange below zero, blue above, wider if larger; 12 neurons a layer."""
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, such as mlp([2, 4, 2]). Got {shown(network)} instead.")
    matrices = [layer.weights for layer in network.layers if hasattr(layer, "weights")]
    sizes = [len(matrices[0]), *(W.shape[1] for W in matrices)]
    heights = [(min(n, NODES) - 1) / 2 - np.arange(min(n, NODES)) for n in sizes]
    floor = min(map(min, heights))
    last = len(matrices)
    ax = _axes(ax, figsize=(1.6 + 1.9 * last, 1.2 - 0.72 * floor))
    for i, W in enumerate(matrices):
        ends = [[(i, start), (i + 1, end)] for start in heights[i] for end in heights[i + 1]]
        values = W[:NODES, :NODES].ravel()
        colors = [LIGHT["negative" if value < 0 else "positive"] for value in values]
        widths = 0.2 + 2.8 * np.abs(values) / (np.abs(W).max() or 1)
        ax.add_collection(LineCollection(ends, linewidths=widths, colors=colors, alpha=0.8, zorder=1))
    for i, (at, n) in enumerate(zip(heights, sizes, strict=True)):
        ax.plot(np.full(len(at), i), at, "o", markersize=15, color=PAPER, markeredgecolor=INK)
        kind = "hidden" if 0 < i < last else ("output" if i else "input") + "s" * (n > 1)
        ax.text(i, floor - 0.6, f"{'⋮' * (n > NODES)}\n{n} {kind}", ha="center", va="top")
    ax.set(xlim=(-0.4, last + 0.4), ylim=(floor - 2, 0.6 - floor))
    ax.set_axis_off()
    return ax


@_styled
def digits(X, y=None, predicted=None, columns=10, ax=None):
    """Draw images of digits, `X` (samples, 64), in rows of `columns`, each above its label.

    `y` (samples,) are the true labels, `predicted` a model's: a 3 that was read as an 8 is labeled "3 → 8", in orange.
    """
    X = as_matrix(X, 64)
    named = {"y": y, "predicted": predicted}
    given = {name: as_labels(labels, 10, name) for name, labels in named.items() if labels is not None}
    for name, labels in given.items():
        same_length(X, labels, ("X", name))
    ax = _mosaic(X, (8, 8), columns, ax, gap=3 if given else 1, cmap="Greys", vmin=0, vmax=X.max() or 1)
    for i, labels in enumerate(zip(*given.values(), strict=True)):
        wrong = len(set(labels)) > 1
        look = {"color": LIGHT["negative"], "weight": "bold"} if wrong else {"color": SOFT}
        caption = " → ".join(map(str, labels if wrong else labels[:1]))
        ax.text(i % columns * 11 + 3.5, i // columns * 11 + 8.8, caption, ha="center", va="center", fontsize=9, **look)
    return ax


@_styled
def weights(weights, shape=(8, 8), columns=8, ax=None):
    """Draw each neuron's weights, `weights` (inputs, outputs), as an image of `shape`, all on one scale of colors."""
    weights = as_matrix(weights, name="weights")
    shape = tuple(as_count(side, f"shape[{i}]") for i, side in enumerate(as_list(shape, "shape", "(8, 8)")))
    if len(shape) != 2 or len(weights) != np.prod(shape):
        raise ValueError(f"weights has {len(weights)} inputs, which is no image of shape {shape}: pass their shape.")
    top = np.abs(weights).max() or 1
    ax = _mosaic(weights.T, shape, columns, ax, gap=1, cmap=SIGNS, vmin=-top, vmax=top)
    ax.figure.colorbar(ax.images[-1], ax=ax, shrink=0.8, label="weight").outline.set_visible(False)
    return ax


def _mosaic(rows, shape, columns, ax, gap, **colors):
    """Draw each row of numbers as an image of `shape`, in a grid whose gaps are NaN, which is not drawn."""
    (high, wide), columns = shape, min(as_count(columns, "columns"), len(rows))
    margins = (0, -len(rows) % columns), (0, gap), (0, gap)
    tiles = np.pad(rows.reshape(-1, high, wide), margins, constant_values=np.nan)
    sheet = tiles.reshape(-1, columns, *tiles.shape[1:]).swapaxes(1, 2).reshape(-1, columns * (wide + gap))
    ax = _axes(ax, figsize=(0.08 * sheet.shape[1], 0.08 * sheet.shape[0]))
    ax.imshow(sheet, interpolation="nearest", **colors)
    ax.set_axis_off()
    return ax
