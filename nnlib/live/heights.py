"""How high a figure is on a wide page, where what is set stands beside what is seen: it has to fit on one screen."""

from nnlib.explorables.panels import shown

# Pixels, of a figure on a page of 1440 × 900: the width of all pictures in a row, the height of a title, and of most of the
# screen; the height of a control, of what runs, and of the words below.
WIDE, TITLE, SCREEN = 568, 30, 660
CONTROL, RUN, WORDS = 31, 70, 230
USUAL = {"table": 2, "matrices": 2.2}  # how much wider than high they are; all others say so


def looks_beside(explorable, picture) -> str:
    """Return the classes of a figure: `dense` ones have no picture in a row for itself; long ones have their numbers below."""
    pictures = [panel for panel in picture if panel["kind"] != "equations" and shown(panel)]
    is_dense = _high(pictures) > SCREEN
    beside = CONTROL * len(explorable.controls) + RUN * explorable.trains + WORDS
    is_long = not explorable.more and beside > _high(pictures, is_dense) + 100
    return " nn-dense" * is_dense + " nn-long" * is_long


def _high(pictures, is_dense=False) -> float:
    """Return how high the pictures are, each in a row for itself where it is wide, unless all share rows."""
    kinds = {panel["kind"] for panel in pictures}
    across = 4 if "image" in kinds and not kinds & {"plane", "network"} else 2  # as in figures.css
    rows, free = [], 0
    for panel in pictures:
        has_row = panel["wide"] and not is_dense
        high = WIDE / (1 if has_row else across) / (panel.get("aspect") or USUAL[panel["kind"]]) + TITLE
        if has_row or not free:
            rows.append(high)
            free = 0 if has_row else across - 1
        else:
            rows[-1] = max(rows[-1], high)
            free -= 1
    return sum(rows)
