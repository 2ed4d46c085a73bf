"""Panels that show their numbers as such: bars, images, tables, matrices, and lines of mathematics or code."""

import numpy as np

from nnlib.arrays import choose

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def bars(name, label, labels, values, *, low=0.0, high=1.0, best=None, aspect=1.2, wide=False) -> dict:
    """Return one bar a label, which begins at 0, with the index of the one to point out."""
    return {"kind": "bars", "name": name, "label": label, "aspect": aspect, "wide": wide, "labels": list(labels),
            "values": np.asarray(values, dtype=float), "low": low, "high": high, "best": best}  # fmt: skip


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


def table(name, label, columns, rows, *, wide=False) -> dict:
    """Return a table with a head and rows, each from `row`; the first cell of a row names it."""
    for one in rows:
        if len(one["cells"]) != len(columns):
            raise ValueError(f"The row {one['cells']} has {len(one['cells'])} cells, but there are {len(columns)} columns.")
    return {"kind": "table", "name": name, "label": label, "aspect": None, "wide": wide, "columns": [*columns],
            "rows": [*rows]}  # fmt: skip


def row(cells, *, role="", key=None) -> dict:
    """Return a row of a table: cells that are texts, or numbers, written with two digits.

    The role "right" or "wrong" puts a sign before its name, "now" points it out.
    """
    choose(role, dict.fromkeys(("", "right", "wrong", "now")), "the role of a row")
    return {"cells": [cell if isinstance(cell, str) else text(cell) for cell in cells], "role": role, "key": key}


def matrices(name, label, parts, *, scale=1.0, digits=2, wide=True) -> dict:
    """Return matrices in a row, each from `block`, with signs such as "@", "+" and "=" between them, which are texts.

    Each shows its shape; ±`scale` take the full colors of negative and positive numbers, and zero has none.
    """
    parts = [{"sign": part} if isinstance(part, str) else part for part in parts]
    return {"kind": "matrices", "name": name, "label": label, "aspect": None, "wide": wide, "parts": parts,
            "scale": float(scale), "digits": digits}  # fmt: skip


def block(symbol, values, *, rows=None, columns=None, row_keys=None, column_keys=None, key=None) -> dict:
    """Return one matrix, (rows, columns), or one row, (columns,).

    `rows` and `columns` name its lines. `key` lights it as a whole; `row_keys` and `column_keys` have a key for each line.
    """
    values = np.asarray(values, dtype=float)
    shape = " × ".join(map(str, values.shape))
    return {"symbol": symbol, "values": np.atleast_2d(values), "shape": shape, "rows": rows and [*rows],
            "columns": columns and [*columns], "row_keys": row_keys and [*row_keys],
            "column_keys": column_keys and [*column_keys], "key": key}  # fmt: skip


def equations(name, label, lines, *, keys=None, lit=None, code=False, wide=False) -> dict:
    """Return lines of plain mathematics with the present numbers in them, or of code.

    `keys` has a key, or None, for each line; `lit` is the key that is lit until the reader points elsewhere.
    """
    keys = [None] * len(lines) if keys is None else [*keys]
    if len(keys) != len(lines):
        raise ValueError(f"{name} has {len(lines)} lines and {len(keys)} keys: give one key, or None, for each line.")
    return {"kind": "equations", "name": name, "label": label, "aspect": None, "wide": wide, "lines": [*lines], "keys": keys,
            "lit": lit, "code": code}  # fmt: skip


def text(value, digits=2) -> str:
    """Return a number as the figures write it: rounded, with a true minus sign, and never −0."""
    rounded = round(float(value), digits) + 0.0
    return f"{rounded:.{digits}f}".replace("-", "−")


def fine(value, digits=3) -> str:
    """Return a number as `text` does, or where that leaves hardly a digit of it as a power of ten: 2·10⁻⁷."""
    if value == 0 or abs(value) >= 0.95 * 10**-digits:
        return text(value, digits)
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}·10{str(int(exponent)).translate(RAISED)}".replace("-", "−")
