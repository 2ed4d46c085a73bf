"""How much room there is for notes beside the text, reckoned from letters: what is wider than the text begins below the notes.

So a note that is higher than the text beside it would leave a gap in the text, which is worse than a note less.
"""

from math import ceil
from typing import NamedTuple

from docutils import nodes

# Pixels, and letters a line, of the text and of the narrowest notes: see assets/book.css and assets/margin.css.
LINE, LETTERS, BETWEEN = 29.4, 64, 17.6
NOTE_LINE, NOTE_LETTERS, NOTE_AROUND = 18.2, 25, 26
FORMULA, HEADING = 80, 70  # one that is displayed; one within a section of the chapter
ABOVE_HEADING, ABOVE_OTHERS = 56, 24  # the gaps above what begins below the notes


class Place(NamedTuple):
    """A paragraph, and how many pixels it begins below the beginning of its run."""

    paragraph: nodes.paragraph
    top: float


def runs(document):
    """Yield the runs of a page, each between two things that begin below all notes: its places, and where notes have to end."""
    places, y, text_ends = [], 0.0, 0.0
    for node, level in _in_order(document, 0):
        if (height := _height(node, level)) is None:
            yield places, text_ends + (ABOVE_HEADING if isinstance(node, nodes.title) else ABOVE_OTHERS)
            places, y, text_ends = [], 0.0, 0.0
        elif height:
            if isinstance(node, nodes.paragraph):
                places.append(Place(node, y))
            text_ends = y + height
            y = text_ends + BETWEEN
    yield places, text_ends + ABOVE_OTHERS


def _in_order(parent, level):
    for node in parent.children:
        if isinstance(node, nodes.section):
            yield from _in_order(node, level + 1)
        elif isinstance(node, nodes.bullet_list | nodes.enumerated_list | nodes.list_item):
            yield from _in_order(node, level)
        else:
            yield node, level


def _height(node, level):
    """Return how high a part of the text is, 0 for one that is not seen, None for one that begins below the notes."""
    if isinstance(node, nodes.paragraph):
        return ceil(_letters(node) / LETTERS) * LINE
    if isinstance(node, nodes.math_block):
        return FORMULA
    if isinstance(node, nodes.title) and level > 2:
        return HEADING
    return 0 if isinstance(node, nodes.Invisible) else None


def _letters(paragraph):
    """Return how many letters are in a line; a formula is shorter than what is typed for it."""
    return sum(len(part) / (1 + isinstance(part.parent, nodes.math)) for part in paragraph.findall(nodes.Text))


def fits(note, others, end):
    """Say whether a note fits beside the text: with it, the notes end before `end`, or where they end without it.

    A note is where its paragraph begins and how high it is; it stands there, or below the notes above it.
    """
    return bottom([*others, note]) <= max(end, bottom(others))


def bottom(notes):
    """Return where the lowest one of some notes ends."""
    y = 0.0
    for top, height in sorted(notes, key=lambda note: note[0]):
        y = max(y, top) + height
    return y


def height_of(*parts):
    """Return how high a note is, each of whose parts, as texts, begins a line."""
    return NOTE_AROUND + NOTE_LINE * sum(ceil(len(part) / NOTE_LETTERS) for part in parts)
