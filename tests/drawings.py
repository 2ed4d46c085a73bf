"""Digits as people draw them: strokes with pen lifts, in boxes one high, x to the right and y down.

Each is a list of strokes, a stroke a list of points. Nobody's hand is copied: they are shapes of which each is a habit of
some people, the open and the closed four, the crossed seven, the one with a foot.
"""

import math

import numpy as np

from nnlib.explorables.figures.draw_a_digit import stroke


def arc(x, y, across, up, start, end, points=14):
    """Return points of an ellipse around (x, y), from one angle to another in degrees: 0 is right, 90 is down."""
    angles = np.radians(np.linspace(start, end, points))
    return [(x + across * math.cos(t), y + up * math.sin(t)) for t in angles]


HABITS = {
    0: {
        "round": [arc(0.5, 0.5, 0.5, 0.5, -90, 270, 24)],
        "narrow": [arc(0.5, 0.5, 0.28, 0.5, -90, -450, 24)],
        "oval": [arc(0.5, 0.5, 0.38, 0.5, -60, -420, 24)],
        "not quite closed": [arc(0.5, 0.5, 0.35, 0.5, -70, -405, 24)],
        "egg": [arc(0.5, 0.45, 0.3, 0.45, -90, -270, 12) + arc(0.5, 0.5, 0.38, 0.4, 90, -90, 12)],
    },
    1: {
        "a line": [[(0.5, 0), (0.5, 1)]],
        "leaning": [[(0.65, 0), (0.4, 1)]],
        "with a flag": [[(0.25, 0.25), (0.55, 0), (0.55, 1)]],
        "with a foot": [[(0.3, 0.2), (0.5, 0), (0.5, 1)], [(0.25, 1), (0.75, 1)]],
    },
    2: {
        "curved": [arc(0.45, 0.28, 0.35, 0.28, -170, 30, 12) + [(0.5, 0.7), (0.1, 1), (0.85, 1)]],
        "round": [arc(0.5, 0.3, 0.42, 0.3, -180, 40, 12) + [(0.45, 0.72), (0.05, 1), (0.95, 1)]],
        "narrow": [arc(0.4, 0.22, 0.25, 0.22, -170, 20, 12) + [(0.45, 0.6), (0.15, 1), (0.7, 1)]],
        "with a loop": [
            arc(0.45, 0.26, 0.32, 0.26, -160, 40, 12)
            + [(0.4, 0.8), (0.15, 0.98), (0.08, 0.85), (0.25, 0.82), (0.55, 0.98), (0.9, 0.93)]
        ],
    },
    3: {
        "round": [arc(0.4, 0.26, 0.35, 0.26, -150, 90, 12) + arc(0.4, 0.76, 0.4, 0.24, -90, 150, 12)],
        "flat top": [[(0.1, 0), (0.8, 0), (0.4, 0.4)] + arc(0.4, 0.7, 0.42, 0.3, -80, 150, 12)],
        "even": [arc(0.35, 0.25, 0.4, 0.25, -140, 80, 12) + arc(0.35, 0.75, 0.4, 0.25, -80, 140, 12)],
    },
    4: {
        "open": [[(0.2, 0), (0.1, 0.6), (0.9, 0.6)], [(0.7, 0.1), (0.65, 1)]],
        "open, tall": [[(0.15, 0), (0.12, 0.55), (0.75, 0.55)], [(0.62, 0), (0.62, 1)]],
        "closed": [[(0.9, 0.68), (0.05, 0.68), (0.65, 0), (0.65, 1)]],
        "closed, with a lift": [[(0.6, 0), (0.05, 0.65), (0.95, 0.65)], [(0.62, 0), (0.62, 1)]],
        "leaning": [[(0.35, 0), (0.05, 0.55), (0.85, 0.5)], [(0.75, 0.15), (0.5, 1)]],
    },
    5: {
        "one stroke": [[(0.85, 0), (0.25, 0), (0.18, 0.42)] + arc(0.42, 0.68, 0.4, 0.32, -110, 140, 12)],
        "bar last": [[(0.25, 0.03), (0.2, 0.42)] + arc(0.42, 0.68, 0.4, 0.32, -110, 140, 12), [(0.25, 0.02), (0.85, 0.0)]],
        "angular": [[(0.8, 0), (0.2, 0), (0.2, 0.45), (0.65, 0.42), (0.8, 0.65), (0.7, 0.95), (0.15, 1)]],
        "bar apart": [[(0.25, 0.06), (0.2, 0.42)] + arc(0.42, 0.7, 0.38, 0.3, -110, 130, 12), [(0.33, 0.03), (0.9, 0.03)]],
    },
    6: {
        "curved": [[(0.75, 0.02), (0.45, 0.15), (0.2, 0.45)] + arc(0.5, 0.72, 0.36, 0.28, 180, -160, 18)],
        "straight": [[(0.6, 0), (0.25, 0.5), (0.15, 0.75)] + arc(0.45, 0.75, 0.3, 0.25, 180, -190, 18)],
        "narrow": [[(0.5, 0), (0.3, 0.4), (0.25, 0.75)] + arc(0.48, 0.78, 0.24, 0.22, 180, -180, 18)],
    },
    7: {
        "plain": [[(0.1, 0), (0.9, 0), (0.4, 1)]],
        "crossed": [[(0.1, 0.02), (0.9, 0), (0.4, 1)], [(0.3, 0.5), (0.85, 0.48)]],
        "crossed, curved": [[(0.1, 0.08), (0.4, 0), (0.9, 0.05), (0.6, 0.45), (0.45, 1)], [(0.25, 0.52), (0.8, 0.5)]],
        "with a hook": [[(0.1, 0.2), (0.12, 0), (0.85, 0), (0.5, 0.5), (0.4, 1)]],
        "narrow": [[(0.2, 0), (0.75, 0), (0.45, 1)]],
    },
    8: {
        "one stroke": [arc(0.5, 0.25, 0.3, 0.25, 30, -270, 16) + arc(0.5, 0.75, 0.36, 0.25, -90, 250, 16)
                       + [(0.76, 0.38)]],
        "two circles": [arc(0.5, 0.25, 0.25, 0.25, 0, 360, 20), arc(0.5, 0.75, 0.25, 0.25, 0, 360, 20)],
        "snowman": [arc(0.5, 0.22, 0.24, 0.22, 90, 450, 20), arc(0.5, 0.72, 0.36, 0.28, -90, 270, 20)],
        "crossing": [
            [(0.75, 0.15), (0.5, 0), (0.25, 0.15), (0.35, 0.4), (0.65, 0.6), (0.78, 0.82), (0.5, 1), (0.22, 0.82),
             (0.35, 0.6), (0.65, 0.4), (0.75, 0.15)]
        ],
    },
    9: {
        "straight": [arc(0.45, 0.27, 0.32, 0.27, 0, -360, 20) + [(0.74, 1)]],
        "leaning": [arc(0.5, 0.27, 0.33, 0.27, -10, -370, 20) + [(0.55, 1)]],
        "curved": [arc(0.5, 0.26, 0.33, 0.26, 0, -360, 20) + [(0.8, 0.6), (0.65, 0.93), (0.2, 0.97)]],
        "with a lift": [arc(0.45, 0.28, 0.33, 0.28, -20, -380, 20), [(0.78, 0.05), (0.75, 1)]],
    },
}  # fmt: skip

#: How a habit meets the paper: height in cells, pen, width, tilt in degrees, where the middle is.
WAYS = {
    "as it is": {},
    "thin": {"pen": 1.2},
    "thick": {"pen": 2.8},
    "wide": {"width": 1.2},
    "narrow": {"width": 0.8},
    "tilted to the right": {"tilt": 10},
    "tilted to the left": {"tilt": -10},
    "off center": {"height": 20, "middle": (21, 12)},
    "small": {"height": 15},
    "small, in a corner": {"height": 13, "pen": 1.2, "middle": (23, 23)},
}


def drawn(strokes, height=26, pen=2.0, width=1.0, tilt=0, middle=(16, 16)):
    """Return the paper with these strokes on it, (32, 32)."""
    turn = math.radians(tilt)
    across = np.array([math.cos(turn), math.sin(turn)]) * width * height
    down = np.array([-math.sin(turn), math.cos(turn)]) * height
    on_paper = [(np.array(points) - 0.5) @ [across, down] + middle for points in strokes]
    return np.maximum.reduce([stroke(points, pen) for points in on_paper])


def drawings():
    """Yield (digit, habit, way, paper) for each habit, drawn in each way."""
    for digit, habits in HABITS.items():
        for habit, strokes in habits.items():
            for way, how in WAYS.items():
                yield digit, habit, way, drawn(strokes, **how)


NOT_DIGITS = {
    "a dot": drawn([[(0.5, 0.5), (0.52, 0.52)]]),
    "a small dot": drawn([[(0.5, 0.5), (0.51, 0.5)]], pen=1.2),
    "a full page": np.ones((32, 32)),
    "a full page but for a corner": 1 - np.pad(np.ones((6, 6)), ((0, 26), (0, 26))),
    "a cross": drawn([[(0.5, 0), (0.5, 1)], [(0, 0.5), (1, 0.5)]]),
    "a cross of diagonals": drawn([[(0, 0), (1, 1)], [(1, 0), (0, 1)]]),
    "a line across": drawn([[(0, 0.5), (1, 0.5)]]),
    "a square": drawn([[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]]),
    "a square with a cross": drawn([[(0, 0), (1, 0), (1, 1), (0, 1), (0, 0), (1, 1)], [(1, 0), (0, 1)]]),
    "a scribble": drawn([[(0, 0.1), (1, 0), (0, 0.35), (1, 0.3), (0, 0.6), (1, 0.55), (0, 0.9), (1, 0.8), (0.1, 1)]]),
    "a scribble upright": drawn([[(0, 0), (0.2, 1), (0.35, 0), (0.5, 1), (0.65, 0), (0.8, 1), (1, 0)]]),
    "a star": drawn([[(0.5, 0), (0.5, 1)], [(0, 0.25), (1, 0.75)], [(1, 0.25), (0, 0.75)]]),
    "a circle with a stroke": drawn([arc(0.5, 0.5, 0.5, 0.5, 0, 360, 24), [(0.5, 0), (0.5, 1)], [(0, 0.5), (1, 0.5)]]),
    "a grid": drawn([[(x, 0), (x, 1)] for x in (0, 0.33, 0.67, 1)] + [[(0, y), (1, y)] for y in (0, 0.33, 0.67, 1)], pen=1.2),
    "the letter M": drawn([[(0, 1), (0.1, 0), (0.5, 0.6), (0.9, 0), (1, 1)]]),
    "the letter W": drawn([[(0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0)]]),
    "the letter H": drawn([[(0, 0), (0, 1)], [(0.8, 0), (0.8, 1)], [(0, 0.5), (0.8, 0.5)]]),
    "the letter E": drawn([[(0.8, 0), (0, 0), (0, 1), (0.8, 1)], [(0, 0.5), (0.7, 0.5)]]),
    "dots in the corners": drawn([[(x, y), (x + 0.02, y)] for x in (0, 1) for y in (0, 1)]),
    "two lines": drawn([[(0, 0.2), (1, 0.2)], [(0, 0.8), (1, 0.8)]]),
}  # fmt: skip
