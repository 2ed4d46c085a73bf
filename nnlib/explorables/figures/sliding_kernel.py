"""A sliding kernel: nine weights at every place of a digit, the map of their sums, and a hidden kernel to find."""

import numpy as np

from nnlib import datasets
from nnlib.explorables import panels
from nnlib.explorables.controls import choice, number
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.writing import bracketed, literal, text
from nnlib.neuron import SUBSCRIPTS

SIDE, SIZE = 8, 3  # of a digit, and of the kernel
PLACES = SIDE - SIZE + 1  # across, and down
INK = 16.0  # of a full cell
FULL_COLOR = 3 * INK  # an answer that takes the full color
DOT = "one dot"
DOT_AT = (3, 3)  # row and column, from 0
HIDDEN = np.array([[0.0, 1, 2], [-1, 0, 1], [-2, -1, 0]])
NAMES = [f"w{row}{column}" for row in range(1, SIZE + 1) for column in range(1, SIZE + 1)]
PROGRAM = """\
import numpy as np

from nnlib import datasets

{image}
kernel = {kernel}
for i in range({places}):
    for j in range({places}):
        window = image[i : i + {size}, j : j + {size}]
        print(f"{{np.sum(window * kernel):.9f}}")
"""
A_DOT = """\
image = np.zeros(({side}, {side}))
image[{at}] = 16"""
A_DIGIT = """\
X, y = datasets.digits()
image = X[y == {digit}][0].reshape({side}, {side})"""


def _kernel(*weights) -> dict:
    return dict(zip(NAMES, map(float, weights), strict=True))


EDGES = _kernel(*3 * (-1, 0, 1))


class SlidingKernel(Explorable):
    name = "sliding_kernel"
    title = "A sliding kernel"
    controls = (
        *(number(name, f"weight w{name[1:].translate(SUBSCRIPTS)}", EDGES[name], -2, 2, 1) for name in NAMES),
        number("row", "row of the window", 3, 1, PLACES, 1),
        number("column", "column of the window", 2, 1, PLACES, 1),
        choice("image", "picture", (DOT, *map(str, range(10))), default="4"),
    )
    presets = {"left edges": EDGES, "upper edges": _kernel(-1, -1, -1, 0, 0, 0, 1, 1, 1),
               "a blur": _kernel(*9 * [1]), "the middle alone": _kernel(0, 0, 0, 0, 1, 0, 0, 0, 0)}  # fmt: skip

    def picture(self, settings, state):
        image, kernel, (row, column) = picture_of(settings), kernel_of(settings), place_of(settings)
        window, answers = image[row : row + SIZE, column : column + SIZE], convolved(image, kernel)
        middle = (column + SIZE / 2, SIDE - row - SIZE / 2)
        # (x, y) of the middle back to the setting, which counts from 1, rows from the top
        back = {"column": (1, 0, 1 - SIZE / 2), "row": (0, -1, SIDE + 1 - SIZE / 2)}
        return [
            panels.plane("picture", "The picture, and the window", ("cells across", 0, SIDE), ("cells up", 0, SIDE),
                         field=_cells(image), scale=(-INK, 0, INK), lines=[panels.line(_frame(*middle, SIZE), "boundary")],
                         handles=[panels.handle("window", "middle of the window", middle, back)]),
            panels.plane("answers", "The map: the sum at each place", ("places across", 0, PLACES), ("places up", 0, PLACES),
                         field=_cells(answers), scale=(-FULL_COLOR, 0, FULL_COLOR),
                         lines=[panels.line(_frame(column + 0.5, PLACES - row - 0.5, 1), "boundary")]),
            panels.matrices("sum", "The window, times the kernel, number by number", [
                panels.block("x", window), "∘", panels.block("w", kernel), "=", panels.block("w ∘ x", window * kernel)],
                scale=8, digits=0),
            panels.image("wanted", "The map of the hidden kernel", convolved(image, HIDDEN), low=-FULL_COLOR, high=FULL_COLOR,
                         signed=True),
            panels.equations("equations", "The same in numbers", _equations(window, kernel), wide=True),
        ]  # fmt: skip

    def describe(self, settings, state):
        image, kernel, (row, column) = picture_of(settings), kernel_of(settings), place_of(settings)
        answers = convolved(image, kernel)
        shown = "one dot" if settings["image"] == DOT else f"the digit {settings['image']}"
        return (
            f"On {shown}, the kernel with the rows {_rows(kernel)} gives {text(answers[row, column], 0)} at row {row + 1} and "
            f"column {column + 1}; its map runs from {text(answers.min(), 0)} to {text(answers.max(), 0)}, and agrees with the "
            f"hidden kernel's in {_agree(settings)} of {PLACES**2} places."
        )

    def challenge(self, settings, state):
        agree = _agree(settings)
        task = (
            "A hidden kernel of whole numbers has drawn the map on the right. Find its nine weights, so that yours is the "
            f"same; now {agree} of {PLACES**2} places agree."
        )
        return task, agree == PLACES**2

    def code(self, settings, steps):
        image = A_DOT if settings["image"] == DOT else A_DIGIT
        at = ", ".join(map(str, DOT_AT))
        return PROGRAM.format(image=image.format(side=SIDE, at=at, digit=settings["image"]),
                              kernel=literal(kernel_of(settings)), places=PLACES, size=SIZE)  # fmt: skip


def kernel_of(settings):
    """Return the kernel, (rows, columns)."""
    return np.array([settings[name] for name in NAMES]).reshape(SIZE, SIZE)


def picture_of(settings):
    """Return the ink, whole numbers from 0 to 16, (rows, columns): one dot, or the first scan of a digit."""
    if settings["image"] == DOT:
        image = np.zeros((SIDE, SIDE))
        image[DOT_AT] = INK
        return image
    X, y = datasets.digits()
    return X[y == int(settings["image"])][0].reshape(SIDE, SIDE)


def place_of(settings):
    """Return the row and the column of the window's upper left cell, counted from 0."""
    return round(settings["row"]) - 1, round(settings["column"]) - 1


def convolved(image, kernel):
    """Return the sum of kernel ∘ window at every place, (places down, places across)."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))


def _agree(settings):
    """Return in how many places the map is the hidden kernel's."""
    image = picture_of(settings)
    return int(np.isclose(convolved(image, kernel_of(settings)), convolved(image, HIDDEN)).sum())


def _cells(values):
    """Return a field of a plane whose rows run up, six points a cell, so that cells have edges."""
    return values[::-1].repeat(6, axis=0).repeat(6, axis=1)


def _frame(x, y, side):
    half = side / 2
    return [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half], [x - half, y - half]]


def _rows(kernel):
    return ", ".join("(" + " ".join(text(weight, 0) for weight in row) + ")" for row in kernel)


def _equations(window, kernel):
    parts = [f"{bracketed(text(w, 0))}·{text(x, 0)}" for w, x in zip(kernel.flat, window.flat, strict=True) if w and x]
    whole = text((window * kernel).sum(), 0)
    return [
        "z = Σ w x, over the nine cells of the window",
        f"  = {' + '.join(parts)} = {whole}" if parts else f"  = {whole}",
    ]
