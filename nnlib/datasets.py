"""Small data sets: truth tables, shapes in the plane, Fisher's irises and handwritten digits, scanned and by pen.

Each is a `Data`, which unpacks into its two arrays: ``X, y = moons(rng=0)``. `X` is (samples, features) in float64, and
`y` is (samples,), the labels as integers from 0. The shapes in the plane take `samples`, the number of points, shared
evenly among the classes and in random order; `noise`, the standard deviation of a normal error added to each feature,
in the same units as X; and `rng`.
"""

import math
from importlib.resources import files
from itertools import pairwise
from operator import itemgetter

import numpy as np

from nnlib.arrays import Array, as_count, as_matrix, as_number, as_numbers, as_rng, as_vector, choose, same_length
from nnlib.doors import for_each, refuse_beyond
from nnlib.wording.foreign import our_arguments
from nnlib.wording.printable import printable

#: What each logic gate answers, row by row in counting order.
GATES = {
    "not": (1, 0),
    "and": (0, 0, 0, 1),
    "or": (0, 1, 1, 1),
    "nand": (1, 1, 1, 0),
    "nor": (1, 0, 0, 0),
    "xor": (0, 1, 1, 0),
    "xnor": (1, 0, 0, 1),
}


DRAWN_CELLS = 26  # how high `ink` draws
FITTED_CELLS = 32  # along a side of the square that a drawing is fitted to
WIDEST_CELLS = 24  # of these for the width of a drawing


class Data(tuple):
    """The pair (X, y) of samples and labels, with the names of the `features` and of the `classes` beside it.

    Examples
    --------
    >>> X, y = xor()
    >>> X.shape
    (4, 2)
    >>> iris().classes
    ('setosa', 'versicolor', 'virginica')
    """

    X = property(itemgetter(0), doc="The samples, (samples, features).")
    y = property(itemgetter(1), doc="The labels, (samples,).")

    def __repr__(self):
        counts = ", ".join(f"{np.count_nonzero(self.y == k)} {name}" for k, name in enumerate(self.classes))
        return printable(f"Data: {len(self.X):,} samples × {len(self.features)} features; classes: {counts}")


def _data(X, y, features=("x₁", "x₂"), classes=None):
    data = Data((X, y))
    data.features = tuple(map(printable, features))
    data.classes = classes or tuple(map(str, range(y.max() + 1)))
    return data


@our_arguments
def gate(name) -> Data:
    """Return the truth table of a logic gate, "and", "or", "nand", "nor", "xor", "xnor" or "not", in counting order.

    Examples
    --------
    >>> gate("AND").y.tolist()
    [0, 0, 0, 1]
    """
    outputs = choose(name.lower() if isinstance(name, str) else name, GATES, "gate")
    X = np.array([[0.0], [1.0]] if len(outputs) == 2 else [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return _data(X, np.array(outputs), ("x₁", "x₂")[: X.shape[1]])


@our_arguments
def xor(samples=4, noise=0.0, rng=None) -> Data:
    """Return exclusive or: its four rows in counting order, repeated until there are `samples`, and `noise` added.

    Examples
    --------
    >>> xor().X.tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    >>> xor().y.tolist()
    [0, 1, 1, 0]
    """
    corners, y = gate("xor")
    rows = np.arange(as_count(samples, "samples")) % 4
    jitter = as_number(noise, "noise", low=0) * as_rng(rng).standard_normal((len(rows), 2))
    return _data(corners[rows] + jitter, y[rows])


@our_arguments
def blobs(samples=200, classes=2, noise=0.5, rng=None) -> Data:
    """Return round clouds, one a class, whose centers are evenly spaced on a circle of radius 2 around the origin.

    Examples
    --------
    >>> X, y = blobs(30, rng=0)
    >>> X.shape, np.bincount(y).tolist()
    ((30, 2), [15, 15])
    """
    _, y = _points(samples, classes)
    return _noisy(2 * _circle(math.tau * (y / classes + 5 / 8)), y, noise, rng)


@our_arguments
def moons(samples=200, noise=0.1, rng=None) -> Data:
    """Return two interleaved half circles of radius 1: the upper around (0, 0), the lower around (1, 0.5).

    Examples
    --------
    >>> X, y = moons(30, rng=0)
    >>> X.shape, np.bincount(y).tolist()
    ((30, 2), [15, 15])
    """
    along, y = _points(samples, 2)
    return _noisy(_circle(math.pi * (along + y)) + y[:, None] * [1.0, 0.5], y, noise, rng)


@our_arguments
def circles(samples=200, noise=0.05, rng=None) -> Data:
    """Return two circles around the origin: class 0 has radius 1, class 1 radius 0.5.

    Examples
    --------
    >>> X, y = circles(30, rng=0)
    >>> X.shape, np.bincount(y).tolist()
    ((30, 2), [15, 15])
    """
    along, y = _points(samples, 2)
    angles = math.tau * along * (1 - 2 / samples)  # short of the full turn, where the first point already is
    return _noisy((1 - 0.5 * y[:, None]) * _circle(angles), y, noise, rng)


@our_arguments
def spirals(samples=200, classes=2, turns=1.5, noise=0.02, rng=None) -> Data:
    """Return spiral arms, one a class, that wind `turns` times around the origin, out to radius 1.

    Examples
    --------
    >>> X, y = spirals(30, rng=0)
    >>> X.shape, np.bincount(y).tolist()
    ((30, 2), [15, 15])
    """
    along, y = _points(samples, classes)
    angles = math.tau * (as_number(turns, "turns", low=0, open_low=True) * along + y / classes)
    return _noisy(along[:, None] * _circle(angles), y, noise, rng)


def _points(samples, classes):
    """Return how far along its shape each point lies, from 0 to 1, and its class; neighbors differ in class."""
    y = np.arange(as_count(samples, "samples", low=2 * as_count(classes, "classes"))) % classes
    rank = np.arange(samples) // classes
    return rank / (np.bincount(y) - 1)[y], y


def _circle(angles):
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _noisy(X, y, noise, rng) -> Data:
    noise = as_number(noise, "noise", low=0)
    rng = as_rng(rng)
    order = rng.permutation(len(y))
    return _data((X + noise * rng.standard_normal(X.shape))[order], y[order])


@our_arguments
def iris() -> Data:
    """Return Fisher's 150 irises, 50 of each species: length and width of sepals and petals, in cm.

    Setosa, versicolor and virginica are 0, 1 and 2. The values are those of Fisher's table, without the two errors of
    the copy that the UCI repository long had. See nnlib/data/README.md for sources and license (CC BY 4.0).

    Examples
    --------
    >>> X, y = iris()
    >>> X.shape, np.bincount(y).tolist()
    ((150, 4), [50, 50, 50])
    >>> iris().features
    ('sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)')
    """
    with (files("nnlib") / "data" / "iris.csv").open(encoding="utf-8") as file:
        features = tuple(file.readline().strip().split(",")[:-1])
        *columns, species = zip(*(line.strip().split(",") for line in file), strict=True)
    classes = ("setosa", "versicolor", "virginica")
    return _data(np.array(columns, float).T.copy(), np.array(list(map(classes.index, species))), features, classes)


@our_arguments
def digits() -> Data:
    """Return 1,797 handwritten digits of 13 people, as images of 8 × 8 pixels: X is (1797, 64), row by row.

    A pixel counts the dots of ink, 0 … 16, in a square of 4 × 4 dots: divide by 16 for numbers from 0 to 1. Alpaydin
    and Kaynak (1998); see nnlib/data/README.md for sources and license (CC BY 4.0).

    Examples
    --------
    >>> X, y = digits()
    >>> X.shape, float(X.max())
    ((1797, 64), 16.0)
    """
    features = tuple(f"row {i} column {j}" for i in range(8) for j in range(8))
    return _labeled("digits.npz", features)


@our_arguments
def pen_digits() -> Data:
    """Return 10,992 digits of 44 people, written with a pen on a tablet: X is (10992, 16), x₁ y₁ … x₈ y₈.

    These are 8 points along the stroke, evenly spaced, x to the right and y up; each axis is stretched to 0 … 100, so a
    narrow digit is as wide as a round one, and where the pen was lifted the stroke goes on. `ink` draws them. The first
    7,494 are by 30 people, the other 3,498 by 14 more, so ``X[:7494]`` and ``X[7494:]`` share no writer. Alpaydin and
    Alimoglu (1996); see nnlib/data/README.md for sources and license (CC BY 4.0).

    Examples
    --------
    >>> X, y = pen_digits()
    >>> X.shape, float(X.max())
    ((10992, 16), 100.0)
    """
    features = tuple(f"{axis}{'₁₂₃₄₅₆₇₈'[i]}" for i in range(8) for axis in "xy")
    return _labeled("pen_digits.npz", features)


def stored(name) -> dict:
    """Return the arrays in a file of nnlib/data, such as "digits.npz", by their names."""
    with (files("nnlib") / "data" / name).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def _labeled(name, features) -> Data:
    arrays = stored(name)
    return _data(arrays["X"].astype(np.float64, order="C"), arrays["y"].astype(np.intp), features)


def ink(points, width=0.75, pen=2.0, slant=0.0) -> Array:
    """Return strokes as pictures like those of `digits`: (samples, 64), the ink in each of 8 × 8 cells, 0 … 16.

    Each is drawn on paper of cells a quarter as large, and fitted to 32 × 32 of them, see `fitted`.

    Parameters
    ----------
    points : array (samples, 2 × points)
        x₁ y₁ x₂ y₂ … as in `pen_digits`, where 0 … 100 is 26 cells high.
    width : float or array (samples,)
        How wide 100 is, as a share of how high it is; 0 or more.
    pen : float or array (samples,)
        Half the width of the pen in cells, above 0.
    slant : float or array (samples,)
        By how much of its height the top is moved to the right.

    Examples
    --------
    >>> one = [50, 100, 50, 0]  # a stroke straight down
    >>> ink([one]).reshape(8, 8).sum(axis=0).round().tolist()
    [0.0, 0.0, 0.0, 64.0, 64.0, 0.0, 0.0, 0.0]
    """
    points = as_matrix(points, name="points", dtype=np.float64)
    samples, numbers = points.shape
    if numbers % 2 or numbers < 4:
        pairs = printable("x₁ y₁ x₂ y₂ …")
        raise ValueError(f"points has rows of {numbers} numbers, but {pairs} are pairs, and a stroke has two or more.")
    width, pen, slant = (
        as_vector(for_each(value, samples, name), samples, name)
        for value, name in ((width, "width"), (pen, "pen"), (slant, "slant"))
    )
    refuse_beyond(1e6, points=points, width=width, pen=pen, slant=slant)
    if width.min() < 0 or pen.min() <= 0:
        raise ValueError(f"width {width.min():g} and pen {pen.min():g}: pass no width below 0, and a pen above 0.")
    x, y = points[:, 0::2].T / 100, points[:, 1::2].T / 100
    at = DRAWN_CELLS * np.stack([width * x + slant * y, 1 - y])  # (axis, point, sample), y down
    low, high = at.min(axis=1) - pen, at.max(axis=1) + pen
    tall, wide = fitted((high - low)[1], (high - low)[0])
    middles = np.linspace(-1, 1, 16, endpoint=False) + 1 / 16  # two along each of the 8 cells
    half = (high - low) * FITTED_CELLS / np.stack([wide, tall]) / 2  # of the whole square, in cells of the paper
    across, down = ((low + high) / 2)[..., None] + half[..., None] * middles
    distance = np.full((samples, 16, 16), np.inf)
    for start, end in pairwise(at.swapaxes(0, 1)[..., None]):
        (dx, dy), (right, below) = end - start, (across - start[0], down - start[1])
        length = np.maximum(dx**2 + dy**2, 1e-9)
        along = (right * dx / length)[:, None, :] + (below * dy / length)[:, :, None]
        along = along.clip(0, 1)
        apart = (right[:, None, :] - along * dx[:, None]) ** 2 + (below[:, :, None] - along * dy[:, None]) ** 2
        np.minimum(distance, apart, out=distance)
    cells = (pen[:, None, None] + 0.5 - np.sqrt(distance)).clip(0, 1)  # soft at the edge
    return 4 * cells.reshape(samples, 8, 2, 8, 2).sum(axis=(2, 4)).reshape(samples, 64)


def fitted(height, width):
    """Return (height, width) of a drawing that is made as large as 32 × 32 cells allow, and not wider than 24.

    So are the scanned digits, nearly all: 32 cells high, 24 wide or less. What is wider is squeezed, by half at most, so
    a wide zero becomes the zero that it is, and a line across stays a line across.
    """
    tall = np.minimum(FITTED_CELLS, 2 * WIDEST_CELLS * height / width)
    return tall, np.minimum(width * tall / height, WIDEST_CELLS)


@our_arguments
def split(X, y, fractions=(0.6, 0.2, 0.2), rng=None, stratify=None):
    """Share the samples out at random, each class in the same proportions (stratified), and return pairs (X, y).

    Parameters
    ----------
    X, y : array (samples, features), array (samples, …)
        The samples, and for each its label, its one-hot row, or its number or numbers.
    fractions : sequence of float
        The size of each part, positive; together 1. The default makes a training, a validation and a test set:
        ``(X_train, y_train), (X_val, y_val), (X_test, y_test) = split(X, y, rng=0)``.
    rng : int or numpy.random.Generator, optional
        Decides which sample goes where.
    stratify : bool, optional
        Whether y holds classes that are to be shared out one by one. None asks y: whole numbers (samples,) and one-hot
        rows are classes, all else is a regression.

    Returns
    -------
    list of (X, y)
        One pair for each fraction, in random order; each class is cut at the nearest whole sample.

    Examples
    --------
    >>> X, y = iris()
    >>> parts = split(X, y, (0.6, 0.2, 0.2), rng=0)
    >>> [len(labels) for _, labels in parts]
    [90, 30, 30]
    """
    X = as_matrix(X)
    targets = as_numbers(y, "y")
    fractions = as_vector(fractions, name="fractions")
    rng = as_rng(rng)
    if targets.ndim == 0:
        raise ValueError(f"y is {targets:g}, but there is one label, or number, a sample: pass shape (samples,).")
    same_length(X, targets)
    if fractions.min() <= 0 or not math.isclose(fractions.sum(), 1):
        raise ValueError(f"fractions {fractions.tolist()} must be positive and add up to 1, not {fractions.sum():g}.")
    if not isinstance(stratify, bool | None):
        raise TypeError(f"stratify must be True or False: y is at hand already. Got {type(stratify).__name__} instead.")
    groups = _classes(targets) if stratify is None else targets.reshape(len(X), -1) if stratify else None
    shared = []
    for label in [None] if groups is None else np.unique(groups, axis=0):
        members = np.arange(len(X)) if label is None else np.flatnonzero((groups == label).all(axis=1))
        cuts = np.round(np.cumsum(fractions)[:-1] * len(members)).astype(int)
        if not np.diff(cuts, prepend=0, append=len(members)).all():
            of_label = "" if label is None else f" of the label {', '.join(f'{number:g}' for number in label)}"
            cure = "" if label is None else ", or stratify=False where y holds no classes"
            raise ValueError(
                f"y has only {len(members)} samples{of_label}, too few to share among {len(fractions)} parts: pass more "
                f"samples, or fewer fractions{cure}."
            )
        shared.append((members, cuts))
    shares = [np.split(rng.permutation(members), cuts) for members, cuts in shared]  # what is refused has drawn nothing
    chosen = [rng.permutation(np.concatenate(part)) for part in zip(*shares, strict=True)]
    return [(X[rows], np.asarray(y)[rows]) for rows in chosen]


def _classes(targets):
    """Return the class of each sample, shape (samples, 1), or None where the targets are no classes."""
    rows = targets.reshape(len(targets), -1)
    if rows.shape[1] > 1 and np.isin(rows, (0, 1)).all() and (rows.sum(axis=1) == 1).all():  # one-hot
        rows = rows.argmax(axis=1)[:, None]
    return rows if rows.shape[1] == 1 and (rows % 1 == 0).all() else None


def standardize(X_train, *others):
    """Return `X_train` with every feature brought to mean 0 and standard deviation 1 (to 0 where it is constant).

    Each of the `others`, validation or test set, is changed by the means and deviations of X_train: statistics of the
    test set must not leak. All are (samples, features). Returns an array, or a list of them where there are others.

    Examples
    --------
    >>> known, new = standardize([[0.0], [2.0]], [[3.0]])
    >>> known.tolist(), new.tolist()
    ([[-1.0], [1.0]], [[2.0]])
    """
    X_train = as_matrix(X_train, name="X_train")
    others = [as_matrix(X, X_train.shape[1], f"others[{i}]") for i, X in enumerate(others)]
    constant = X_train.min(axis=0) == X_train.max(axis=0)
    mean = X_train.mean(axis=0)
    deviation = np.where(constant, 1, X_train.std(axis=0)).astype(X_train.dtype)
    scaled = [(X - np.where(constant, X_train[0], mean)) / deviation for X in (X_train, *others)]
    return scaled if others else scaled[0]
