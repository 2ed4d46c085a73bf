"""The control for a table of data, which a reader brings: pasted, dropped, or from a file."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from nnlib.arrays import as_numbers
from nnlib.explorables.controls.control import Control
from nnlib.explorables.controls.sheet import is_missing, read_sheet

MOST_ROWS = 5000
MOST_CLASSES = 10
GAPS = "leave out rows with missing values"  # what the box says that does it


@dataclass(eq=False)
class Table(Control):
    """Rows of numbers, of `low` to `high` columns: {"columns": their names, or [], "rows": (rows, columns) numbers}.

    It is set as such, as the rows alone, or as a text (CSV), see `sheet.py`: a row a line, its cells separated by commas,
    semicolons or tabs, with or without a first line of names.

    With `parts`, names of what the columns are for, it has as many columns, and the last may be texts: the table then has
    their names in "classes", [] where it is numbers, and the column the place of each in that list. Of a text with more
    columns the last is taken, and the first ones that are numbers; one that never changes, or has too many labels, is
    passed over. Instead, {"text": …, "take": places of columns, from 0 on, "leave_out": whether to leave out rows with
    missing values} says which. "found" has the names of all the columns of the text, "taken" the places of those that
    were, "left_out" counts the rows. `judge(name, table, places)` raises ValueError for a table that is of no use, where
    row i has the number places[i], and returns what the table has, in words: its "said". `also` has settings that go with
    a table that the reader brings.

    What is refused for one of its columns is a ValueError with `about`, "found" and "taken": another column may do.
    """

    default: dict
    low: int = 1
    high: int = 20
    parts: tuple = ()
    judge: Callable = lambda name, table, places: ""
    also: dict = field(default_factory=dict)
    kind: ClassVar[str] = "table"

    def __post_init__(self):
        self._judged = None, ""
        if self.parts:
            self.low = self.high = len(self.parts)
        self.default = self.check(self.default)

    def check(self, value) -> dict:
        """Return the names and the rows; with `parts` their classes and the rest as well."""
        if isinstance(value, str) or (self.parts and isinstance(value, dict) and "text" in value):
            table, places = self._read(value)
        else:
            table, places = self._whole(value), None
        if not self.parts:
            return table
        with _offering(table["found"], table["taken"]):
            return table | {"said": self._said(table, places)}

    def plain(self, value):
        """Return the table with its rows as lists."""
        return value | {"rows": value["rows"].tolist()}

    def _said(self, table, places):
        """Return what is said of a table; it comes back with every request, so the last is not judged again."""
        key = table | {"rows": table["rows"].tobytes()}
        if places is not None or key != self._judged[0]:
            self._check_classes(table)
            self._judged = key, self.judge(self.name, table, places or range(1, len(table["rows"]) + 1))
        return self._judged[1]

    def _whole(self, value):
        """Return a table that came as such, clean."""
        names, rows = self._names_and_rows(value)
        if rows.ndim != 2 or rows.size == 0:
            raise ValueError(f"{self.name} has shape {rows.shape}, but a table is (rows, columns) numbers: give it some.")
        self._check_size(*rows.shape)
        count = rows.shape[1]
        if not (_are_texts(names) and len(names) in (0, count)):
            raise ValueError(
                f"{self.name} has {count} columns, but not as many names: give a list with a text for each, or []."
            )
        return {"columns": [*names], "rows": rows} | (self._rest(value) if self.parts else {})

    def _names_and_rows(self, value):
        if not isinstance(value, dict):
            return [], as_numbers(value, self.name)
        more = {"classes", "found", "taken", "left_out", "said"} if self.parts else set()
        if not {"columns", "rows"} <= value.keys() <= {"columns", "rows"} | more:
            raise ValueError(f"{self.name} is a dictionary without 'columns' and 'rows', or with more: give it these two.")
        return value["columns"], as_numbers(value["rows"], self.name)

    def _check_size(self, rows, columns):
        if rows > MOST_ROWS:
            raise ValueError(f"{self.name} has {rows:,} rows, but {MOST_ROWS:,} are the most: leave some out.")
        if not self.low <= columns <= self.high:
            needed = f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"
            cure = "leave some out" if columns > self.high else "add some"
            if columns == 1:
                cure = "separate the cells by commas, semicolons or tabs"
            raise ValueError(f"{self.name} has {columns} column{'s' * (columns != 1)}, but {needed} are needed: {cure}.")

    def _rest(self, value):
        """Return the classes of a table, and what is known of where it came from."""
        rest = {"classes": [], "found": [], "taken": [], "left_out": 0}
        if isinstance(value, dict):
            rest |= {key: value[key] for key in rest if key in value}
        found, taken, left_out = rest["found"], rest["taken"], rest["left_out"]
        if not (_are_texts(found) and _are_places(taken, len(found)) and _are_places([left_out], 10**9)):
            raise ValueError(f"{self.name} has 'found', 'taken' or 'left_out' that none of its texts gave: leave these out.")
        if taken and len(taken) != self.low:
            raise ValueError(f"{self.name} has {len(taken)} columns 'taken', but {self.low} are needed: leave 'taken' out.")
        if not _are_texts(rest["classes"]) or len({*rest["classes"]}) < len(rest["classes"]):
            raise ValueError(f"{self.name} has classes that are no list of texts, or one twice: name each once.")
        return rest | {key: [*rest[key]] for key in ("classes", "found", "taken")}

    def _check_classes(self, table):
        count = len(table["classes"])
        if count and not np.isin(table["rows"][:, -1], np.arange(count)).all():
            raise ValueError(
                f"{self.name} has {count} classes, but a last column with other numbers than 0 to {count - 1}: write each "
                "class's place in the list there."
            )

    def _read(self, value):
        """Return a table that is written as CSV, and the number of each of its rows."""
        value = {"text": value} if isinstance(value, str) else value
        if not (isinstance(value["text"], str) and value.keys() <= {"text", "take", "leave_out"}):
            raise ValueError(
                f"{self.name} has a 'text' that is none, or more beside it than 'take' and 'leave_out': give a text."
            )
        sheet = read_sheet(value["text"], self.name, self.low)
        width = len(sheet.cells[0])
        if not self.parts:
            self._check_size(len(sheet.cells), width)
            columns = [sheet.numbers(column, self.name) for column in range(width)]
            return {"columns": sheet.names, "rows": np.array(columns, dtype=float).T.copy()}, sheet.places
        if width < self.low:
            self._check_size(1, width)
        taken = self._taken(sheet, width, value.get("take"))
        found = sheet.names or [f"column {place}" for place in range(1, width + 1)]
        with _offering(found, taken):
            table, places = self._filled(sheet, taken, value.get("leave_out"))
        return table | {"found": found, "taken": taken}, places

    def _filled(self, sheet, taken, leave_out):
        """Return the table of some columns of a sheet, and the number of each of its rows."""
        *features, last = taken
        complete = [not any(is_missing(cells[column]) for column in taken) for cells in sheet.cells]
        left_out = complete.count(False) if leave_out else 0
        if left_out:
            sheet = sheet.only(complete)
        if not sheet.cells:
            raise ValueError(f"{self.name} has a missing value in each of its {left_out:,} rows: take other columns.")
        self._check_size(len(sheet.cells), self.high)
        cure = f"fill it in, or “{GAPS}”"
        columns, classes = [sheet.numbers(column, self.name, cure) for column in features], []
        if sheet.has_numbers(last):
            columns.append(sheet.numbers(last, self.name, cure))
        else:
            codes, classes = sheet.classes(last, self.name, cure)
            columns.append(codes)
        return {
            "columns": [sheet.names[column] for column in taken if sheet.names],
            "rows": np.array(columns, dtype=float).T.copy(),
            "classes": classes,
            "left_out": left_out,
        }, sheet.places

    def _taken(self, sheet, width, take):
        """Return the places of the columns that are taken."""
        if take is None:
            differing = [column for column in range(width) if sheet.variety(column) > 1]
            of_numbers = [column for column in differing if sheet.has_numbers(column)]
            labels = [column for column in differing if column not in of_numbers and sheet.variety(column) <= MOST_CLASSES]
            fit = [column for column in (*of_numbers, *labels) if len({*of_numbers} - {column}) >= self.low - 1]
            last = max(fit, default=width - 1)
            features = [column for column in of_numbers if column != last]
            others = [column for column in range(width) if column not in (*of_numbers, last)]
            return [*sorted([*features, *others][: self.low - 1]), last]
        if not (_are_places(take, width) and len({*take}) == len(take) == self.low):
            raise ValueError(
                f"{self.name} is to take other columns than {self.low} different ones of its {width}: "
                f"choose a different one for each of {', '.join(self.parts)}."
            )
        return [*take]


@contextmanager
def _offering(found, taken):
    """Let a ValueError say which columns there are to choose from."""
    try:
        yield
    except ValueError as error:
        error.about = {"found": [*found], "taken": [*taken]}
        raise


def _are_texts(values):
    return isinstance(values, list | tuple) and all(isinstance(one, str) for one in values)


def _are_places(values, most):
    return isinstance(values, list | tuple) and all(type(one) is int and 0 <= one < most for one in values)
