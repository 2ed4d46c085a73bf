"""Draw a digit: a drawing becomes 8 × 8 numbers, and a network trained on real handwriting says which digit it is."""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from nnlib import datasets
from nnlib.explorables import panels
from nnlib.explorables.controls import drawing
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.reader import likeness, reader
from nnlib.explorables.writing import article, literal, text

PAPER_CELLS = 32  # along a side; 4 × 4 of them make one of the 8 × 8 numbers, as they did for the data set
WANTED_PROBABILITY = 0.9
PROGRAM = """\
import numpy as np

from nnlib.explorables.models.reader import likeness, reader  # whose `make` says how it was trained

seen = {seen}
for digit, probability in enumerate(reader().predict_proba(seen.reshape(1, 64) / 16)[0]):
    print(f"{{digit}}: {{probability:.9f}}")
like = likeness(seen)
print(f"nearest digit of the training: {{like.near[0]:.9f}}, far from {{like.far:.9f}} on")
print(f"nearest cross, line or dot: {{like.other[0]:.9f}}")
"""
PEN_RADIUS = 2.0  # cells: half the width of a preset's stroke
STROKES = {
    "a two": [[8, 10], [10, 6], [15, 4], [20, 6], [22, 11], [19, 17], [13, 23], [8, 28], [24, 28]],
    "a three": [[9, 6], [15, 4], [21, 7], [21, 12], [14, 15], [21, 18], [23, 23], [18, 28], [9, 27]],
    "a five": [[22, 4], [11, 4], [10, 14], [17, 13], [22, 17], [22, 23], [17, 28], [9, 26]],
    "a seven": [[8, 5], [23, 5], [19, 14], [15, 21], [13, 29]],
    "a cross": [[16, 4], [16, 28], [16, 16], [4, 16], [28, 16]],
}


class DrawADigit(Explorable):
    name = "draw_a_digit"
    title = "Draw a digit"

    def __init__(self):
        self.presets = {label: {"drawing": stroke(corners)} for label, corners in STROKES.items()}
        self.presets["a clean sheet"] = {"drawing": np.zeros((PAPER_CELLS, PAPER_CELLS))}
        self.controls = (drawing("drawing", "drawing", self.presets["a three"]["drawing"]),)

    def picture(self, settings, state):
        seen = as_digit(settings["drawing"])
        probabilities, like = read(seen)
        best = None if like is None or like.strange[0] else int(probabilities.argmax())
        return [
            panels.pad("paper", "Draw a digit here", settings["drawing"], "drawing"),
            panels.image("seen", "What it sees: 8 × 8", seen, high=16),
            panels.bars("answer", "Its answer: probabilities", "0123456789", probabilities, best=best, aspect=1.0),
            panels.equations("likeness", "Has it seen anything like this?", _verdict(like), wide=True),
        ]

    def challenge(self, settings, state):
        probabilities, like = read(as_digit(settings["drawing"]))
        done = like is not None and not like.strange[0] and probabilities[8] >= WANTED_PROBABILITY
        least = text(WANTED_PROBABILITY, 1)
        return f"Draw an 8 that the network reads as an 8 with a probability of at least {least}.", bool(done)

    def code(self, settings, steps):
        return PROGRAM.format(seen=literal(as_digit(settings["drawing"])))

    def describe(self, settings, state):
        seen = as_digit(settings["drawing"])
        if not seen.any():
            return "The paper is empty: draw a digit."
        probabilities, like = read(seen)
        first, second = np.argsort(-probabilities)[:2]
        if like.strange[0]:
            answer = f"{article(first)} with probability {text(probabilities[first], 3)}"
            return f"The network has never seen anything like this; it has to answer, and says {answer}."
        sentence = f"The network reads {article(first)} with probability {text(probabilities[first], 3)}"
        if probabilities[second] < 0.0005:
            return f"{sentence} and has no second choice worth naming."
        return f"{sentence}; its second choice is {article(second)} with {text(probabilities[second], 3)}."


def read(seen):
    """Return the ten probabilities of a picture, (8, 8) with ink from 0 to 16, and its `Likeness`; None for an empty one."""
    return _read(seen.tobytes())


@lru_cache(maxsize=1)  # a reply asks up to three times
def _read(seen):
    seen = np.frombuffer(seen).reshape(1, 64)
    return reader().predict_proba(seen / 16)[0], likeness(seen) if seen.any() else None


def _verdict(like):
    if like is None:
        return ["The paper is empty."]
    near, other = text(like.near[0]), text(like.other[0])
    if like.near[0] > like.far:
        return [f"No: the nearest of its training digits is {near} away, and digits are within {text(like.far)}."]
    if like.strange[0]:
        return [f"No: the nearest of its training digits is {near} away, a cross, a star, a line or dots only {other}."]
    return [f"Yes: the nearest of its training digits is {near} away, and digits are within {text(like.far)}."]


def as_digit(paper):
    """Return a drawing as the data set has its digits: (8, 8), the ink in each 4 × 4 block of cells, 0 to 16.

    The digit is first fitted to the paper and centered, as every digit of the training is, see `datasets.fitted`.
    """
    ink = paper > 0.5
    rows, columns = np.nonzero(ink.any(axis=1))[0], np.nonzero(ink.any(axis=0))[0]
    if not len(rows):
        return np.zeros((8, 8))
    crop = paper[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = (max(1, round(side)) for side in datasets.fitted(*crop.shape))
    up, across = (((np.arange(n) + 0.5) * side / n).astype(int) for n, side in zip((height, width), crop.shape, strict=True))
    whole = np.zeros((PAPER_CELLS, PAPER_CELLS))
    top, left = (PAPER_CELLS - height) // 2, (PAPER_CELLS - width) // 2
    whole[top : top + height, left : left + width] = crop[np.ix_(up, across)]
    return whole.reshape(8, 4, 8, 4).sum(axis=(1, 3))


def stroke(corners, pen=PEN_RADIUS):
    """Return a drawing of a line through `corners`, each (column, row) in cells; `pen` is half its width in cells."""
    corners = np.asarray(corners, dtype=float)
    cells = np.stack(np.meshgrid(np.arange(PAPER_CELLS) + 0.5, np.arange(PAPER_CELLS) + 0.5), axis=-1)
    paper = np.zeros((PAPER_CELLS, PAPER_CELLS))
    for start, end in pairwise(corners):
        along = ((cells - start) @ (end - start) / max((end - start) @ (end - start), 1e-9)).clip(0, 1)
        distance = np.linalg.norm(cells - start - along[..., None] * (end - start), axis=-1)
        paper = np.maximum(paper, (pen + 0.5 - distance).clip(0, 1))  # soft at the edge
    return paper
