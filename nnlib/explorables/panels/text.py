"""Panels that are text: tables, matrices, and lines of mathematics or code."""

import numpy as np

from nnlib.arrays import choose
from nnlib.explorables import writing


def table(name, label, columns, rows, *, wide=False, prose=False) -> dict:
    """Return a table with a head and rows, each from `row`; the first cell of a row names it.

    Numbers stand to the right, one below the other; sentences, of which a table of `prose` is, to the left.
    """
    if not all(columns):
        raise ValueError(f"The columns of {name!r} are {[*columns]}: give each a name, which is read out with its cells.")
    for one in rows:
        if len(one["cells"]) != len(columns):
            raise ValueError(f"The row {one['cells']} has {len(one['cells'])} cells, but there are {len(columns)} columns.")
    return {"kind": "table", "name": name, "label": label, "aspect": None, "wide": wide, "columns": [*columns],
            "rows": [*rows], "prose": prose}  # fmt: skip


def row(cells, *, role="", key=None) -> dict:
    """Return a row of a table: cells that are texts, or numbers, written with two digits.

    The role "right" or "wrong" puts a sign before its name, "now" points it out.
    """
    choose(role, dict.fromkeys(("", "right", "wrong", "now")), "the role of a row")
    return {"cells": [cell if isinstance(cell, str) else writing.text(cell) for cell in cells], "role": role, "key": key}


def matrices(name, label, parts, *, scale=1.0, digits=2, wide=True) -> dict:
    """Return matrices in a row, each from `block`, with signs such as "@", "+" and "=" between them, which are texts.

    Each shows its shape; ±`scale` take the full colors of negative and positive numbers, and zero has none.
    """
    parts = [{"sign": part} if isinstance(part, str) else part for part in parts]
    return {"kind": "matrices", "name": name, "label": label, "aspect": None, "wide": wide, "parts": parts,
            "scale": float(scale), "digits": digits}  # fmt: skip


def block(symbol, values, *, rows=None, columns=None, row_keys=None, column_keys=None, key=None, chosen=None,
          sets=None) -> dict:  # fmt: skip
    """Return one matrix, (rows, columns), or one row, (columns,).

    `rows` and `columns` name its lines. `key` lights it as a whole; `row_keys` and `column_keys` have a key for each line.
    With `sets` an entry can be pressed: it has for the rows, and for the columns, {setting: its value in each of them}; the
    controls of these settings do the same for who presses nothing. The entry of row and column `chosen` is marked.
    """
    values = np.asarray(values, dtype=float)
    shape = " × ".join(map(str, values.shape))
    return {"symbol": symbol, "values": np.atleast_2d(values), "shape": shape, "rows": rows and [*rows],
            "columns": columns and [*columns], "row_keys": row_keys and [*row_keys],
            "column_keys": column_keys and [*column_keys], "key": key, "chosen": chosen and [*chosen],
            "sets": sets and [*sets]}  # fmt: skip


def equations(name, label, lines, *, keys=None, lit=None, code=False, wide=False) -> dict:
    """Return lines of plain mathematics with the present numbers in them, or of code.

    `keys` has a key, or None, for each line; `lit` is the key that is lit until the reader points elsewhere.
    """
    keys = [None] * len(lines) if keys is None else [*keys]
    if len(keys) != len(lines):
        raise ValueError(f"{name} has {len(lines)} lines and {len(keys)} keys: give one key, or None, for each line.")
    return {"kind": "equations", "name": name, "label": label, "aspect": None, "wide": wide, "lines": [*lines], "keys": keys,
            "lit": lit, "code": code}  # fmt: skip
