"""Panels that are drawn without axes: bars, images, and a pad to draw on."""

import numpy as np


def bars(name, label, labels, values, *, low=0.0, high=1.0, best=None, digits=2, aspect=1.2, wide=False) -> dict:
    """Return one bar a label, which begins at 0, with its number; `best` is the index of the one to point out."""
    return {"kind": "bars", "name": name, "label": label, "aspect": aspect, "wide": wide, "labels": list(labels),
            "values": np.asarray(values, dtype=float), "low": low, "high": high, "best": best,
            "digits": digits}  # fmt: skip


def image(name, label, values, *, low=0.0, high=1.0, signed=False, wide=False) -> dict:
    """Return a gray image, (rows, columns), the first row at the top; `low` is paper, `high` is ink.

    One that is `signed` has the colors of negative and positive numbers instead, from `low` by way of 0 to `high`.
    """
    values = np.asarray(values, dtype=float)
    return {"kind": "image", "name": name, "label": label, "aspect": values.shape[1] / values.shape[0], "wide": wide,
            "values": values, "low": low, "high": high, "signed": signed}  # fmt: skip


def pad(name, label, values, sets) -> dict:
    """Return a square to draw on: it shows the setting `sets`, a drawing, and changes it."""
    return {"kind": "pad", "name": name, "label": label, "aspect": 1.0, "wide": False,
            "values": np.asarray(values, dtype=float), "sets": sets}  # fmt: skip
