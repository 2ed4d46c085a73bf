"""The control for a table of data, which a reader brings: pasted, or from a file."""

import csv
import re
from dataclasses import dataclass
from math import isfinite
from typing import ClassVar

from nnlib.arrays import as_numbers
from nnlib.explorables.controls.control import Control

MOST_ROWS = 1000
MOST_LETTERS = 1_000_000
SHOWN = 40  # letters of a cell that an error shows


@dataclass(eq=False)
class Table(Control):
    """Rows of numbers, of `low` to `high` columns: {"columns": their names, or [], "rows": (rows, columns) numbers}.

    It is set as such, as the rows alone, or as a text (CSV): a row a line, its cells separated by commas, semicolons or tabs,
    with or without a first line of names.
    """

    default: dict
    low: int = 1
    high: int = 20
    kind: ClassVar[str] = "table"

    def __post_init__(self):
        self.default = self.check(self.default)

    def check(self, value) -> dict:
        """Return the names and the rows."""
        if isinstance(value, str):
            value = read(value, self.name)
        names, rows = self._parts(value)
        if rows.ndim != 2 or rows.size == 0:
            raise ValueError(f"{self.name} has shape {rows.shape}, but a table is (rows, columns) numbers: give it some.")
        if len(rows) > MOST_ROWS:
            raise ValueError(f"{self.name} has {len(rows):,} rows, but {MOST_ROWS:,} are the most: leave some out.")
        count = rows.shape[1]
        if not self.low <= count <= self.high:
            needed = f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"
            raise ValueError(f"{self.name} has {count} columns, but {needed} are needed: leave some out, or add some.")
        is_named = isinstance(names, list | tuple) and len(names) in (0, count) and all(isinstance(one, str) for one in names)
        if not is_named:
            raise ValueError(
                f"{self.name} has {count} columns, but not as many names: give a list with a text for each, or []."
            )
        return {"columns": [*names], "rows": rows}

    def plain(self, value):
        """Return the table with its rows as lists."""
        return value | {"rows": value["rows"].tolist()}

    def _parts(self, value):
        if not isinstance(value, dict):
            return [], as_numbers(value, self.name)
        if value.keys() != {"columns", "rows"}:
            raise ValueError(f"{self.name} is a dictionary without 'columns' and 'rows', or with more: give it these two.")
        return value["columns"], as_numbers(value["rows"], self.name)


def read(text, name) -> dict:
    """Return a table that is written as CSV; raises ValueError with the row and the column, from 1 on, of what is wrong."""
    if len(text) > MOST_LETTERS:
        raise ValueError(f"{name} is longer than {MOST_LETTERS:,} letters: leave some rows or columns out.")
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = next((sign for sign in "\t;" if sign in first), ",")
    table = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    try:
        rows = [(table.line_num, [cell.strip() for cell in row]) for row in table if any(map(str.strip, row))]
    except csv.Error as error:
        raise ValueError(f"{name} can't be read as a table ({error}): write a row a line, such as 0.5, 1.") from None
    columns = rows.pop(0)[1] if rows and not any(_as_number(cell) is not None for cell in rows[0][1]) else []
    if not rows:
        raise ValueError(f"{name} is empty: write a row of numbers a line, such as 0.5, 1.")
    width = len(columns or rows[0][1])
    for line, cells in rows:
        if len(cells) != width:
            raise ValueError(
                f"{name} is ragged, see row {line}: it has {len(cells)}, the first {width}: give every row as many."
            )
    return {"columns": columns, "rows": [_numbers(cells, line, columns, name) for line, cells in rows]}


def _numbers(cells, line, columns, name):
    numbers = [_as_number(cell) for cell in cells]
    if None not in numbers:
        return numbers
    at = numbers.index(None)
    cell, title = cells[at][:SHOWN], f" ({columns[at][:SHOWN]})" if columns else ""
    cure = "write a number there, or leave its row or its column out"
    if re.fullmatch(r"[-+]?\d+,\d+", cell):
        cure = f"write its decimal comma as a point, {cell.replace(',', '.')}"
    what = repr(cell) if cell else "an empty cell"
    raise ValueError(f"{name} has {what} in row {line}, column {at + 1}{title}, which is not a number: {cure}.")


def _as_number(cell):
    """Return the number that a cell holds, None where it holds none."""
    try:
        number = float(cell.replace("−", "-"))  # as the figures write it
    except ValueError:
        return None
    return number if isfinite(number) else None
