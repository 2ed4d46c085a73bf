"""A table that is written as text, CSV, as spreadsheets and programs write it: into cells, and a cell into a number.

A row's number is the one that a spreadsheet shows: from 1 on, the row of names and empty rows counted.
"""

import csv
import io
import re
from itertools import compress
from math import isfinite
from typing import NamedTuple

MOST_LETTERS = 1_000_000
SHOWN = 40  # letters of a cell that an error shows
MISSING = {"", "?", "na", "n/a", "#n/a", "nan", "null"}  # in small letters
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", re.IGNORECASE)
COMMA = re.compile(r"[-+]?\d*,\d+(e[-+]?\d+)?", re.IGNORECASE)


class Sheet(NamedTuple):
    """The names of the columns, or []; the cells, a list a row; each row's number; whether a comma is the decimal sign."""

    names: list
    cells: list
    places: list
    has_commas: bool

    def number(self, cell):
        """Return the number that a cell holds, None where it holds none."""
        return as_number(cell.replace(",", ".", 1) if self.has_commas else cell)

    def where(self, row, column) -> str:
        """Return where a cell is, in words."""
        title = f" ({self.names[column][:SHOWN]})" if self.names else ""
        return f"row {self.places[row]}, column {column + 1}{title}"

    def numbers(self, column, name, cure="") -> list:
        """Return the numbers in a column; raises ValueError with the row, the cell and the cure where a cell holds none."""
        numbers = [self.number(cells[column]) for cells in self.cells]
        if None in numbers:
            row = numbers.index(None)
            cell = self.cells[row][column]
            what = repr(cell[:SHOWN]) if cell else "an empty cell"
            raise ValueError(
                f"{name} has {what} in {self.where(row, column)}, which is not a number: {self._cure(cell, cure)}."
            )
        return numbers

    def classes(self, column, name, cure) -> tuple:
        """Return the place of each row's text among those of a column, and these texts, in the order of the alphabet."""
        texts = [cells[column] for cells in self.cells]
        gap = next((row for row, text in enumerate(texts) if is_missing(text)), None)
        if gap is not None:
            what = repr(texts[gap]) if texts[gap] else "an empty cell"
            raise ValueError(f"{name} has {what} in {self.where(gap, column)}, which is no label: {cure}.")
        classes = sorted({*texts})
        place = {text: code for code, text in enumerate(classes)}
        return [place[text] for text in texts], classes

    def has_numbers(self, column) -> bool:
        """Return whether most cells of a column hold numbers, of those that hold anything: a slip or two are no texts."""
        there = [cells[column] for cells in self.cells if not is_missing(cells[column])]
        return 2 * sum(self.number(cell) is not None for cell in there) > len(there)

    def variety(self, column) -> int:
        """Return how many different things the cells of a column hold."""
        return len({cells[column] for cells in self.cells if not is_missing(cells[column])})

    def only(self, chosen):
        """Return the sheet with those rows alone for which `chosen`, a truth a row, is true."""
        cells, places = ([*compress(all_of, chosen)] for all_of in (self.cells, self.places))
        return self._replace(cells=cells, places=places)

    def _cure(self, cell, cure):
        if cure and is_missing(cell):
            return cure
        if NUMBER.fullmatch(cell.replace("−", "-")):
            return "write a smaller one there"  # float has no place for it
        if re.fullmatch(r"[-+]?[1-9]\d{0,2},\d{3}", cell):
            return f"write {cell.replace(',', '.')} or {cell.replace(',', '')}, whichever it means"
        if COMMA.fullmatch(cell):
            if any("." in other and self.number(other) is not None for row in self.cells for other in row):
                return f"write its decimal comma as a point, {cell.replace(',', '.')}, as in other cells"
            return f"write its decimal comma as a point, {cell.replace(',', '.')}"
        if re.fullmatch(r"[-+]?\d{1,3}([,. '’\s]\d{3})+([.,]\d+)?", cell):
            return "write it without the signs between thousands"
        alone = re.fullmatch(r"[^\d.,+-]*([-+]?\d+(\.\d+)?)[^\d.,]*", cell)
        if alone and len(cell) <= SHOWN:
            return f"write the number alone, {alone[1]}, or leave its row or its column out"
        return "write a number there, or leave its row or its column out"


def read_sheet(text, name, low=1) -> Sheet:
    """Return the cells of a text; raises ValueError for one that is no table.

    The separator is the first of tab, semicolon and comma that makes a table of it, `low` columns or more and as many in
    every row, or the one that a line such as "sep=;" names. With a tab or a semicolon, a comma between digits is the
    decimal sign, unless some number has a point. The first row has names where no cell of it holds a number.
    """
    if len(text) > MOST_LETTERS:
        raise ValueError(f"{name} is longer than {MOST_LETTERS:,} letters: leave some rows or columns out.")
    if text.startswith("PK\x03\x04"):
        raise ValueError(f"{name} is a file of a spreadsheet program, or another archive: save the sheet as CSV, and use that.")
    text = text.removeprefix("\ufeff")
    said = re.match(r"\s*\"?sep=([^\s\"]|\t)\"?[ \t]*(\r\n|\r|\n|$)", text)
    if said:  # Excel's own first line
        text = "\n" + text[said.end() :]
    rows, separator = _separated(text, said[1] if said else "\t;,", name, low)
    if not rows:
        raise ValueError(f"{name} is empty: write a row of numbers a line, such as 0.5, 1.")
    places, cells = map(list, zip(*rows, strict=True))
    flat = [cell for row in cells for cell in row if cell]
    has_commas = separator != "," and any(map(COMMA.fullmatch, flat))
    has_commas = has_commas and not any("." in cell and as_number(cell) is not None for cell in flat)
    sheet = Sheet([], cells, places, has_commas)
    if all(sheet.number(cell) is None and (not cell or not is_missing(cell)) for cell in cells[0]):
        names = [cell or f"column {at}" for at, cell in enumerate(cells[0], 1)]
        sheet = Sheet(names, cells[1:], places[1:], has_commas)
    if not sheet.cells:
        raise ValueError(
            f"{name} is empty below its row of names, {', '.join(sheet.names)[:SHOWN]}: write a row of numbers a line, with "
            "commas, semicolons or tabs between them."
        )
    return sheet


def _separated(text, signs, name, low):
    """Return the rows, and the separator that they are told apart by."""
    for sign in filter(text.__contains__, signs):
        try:
            rows = _rows(text, sign, name)
        except ValueError:
            continue
        if rows and len(rows[0][1]) >= low:
            return rows, sign
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    likely = next((sign for sign in signs if sign in first), signs[-1])
    return _rows(text, likely, name), likely  # what is wrong with the rows, as they were meant


def _rows(text, separator, name):
    """Return (number, cells) of each row that is not empty, all of one length."""
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=separator != "\t", strict=True)
    rows, place = [], 0
    try:
        for place, row in enumerate(table, 1):
            if any(map(str.strip, row)):
                rows.append((place, [" ".join(cell.split()) for cell in row]))
    except csv.Error as error:
        raise ValueError(
            f"{name} can't be read as a table, from row {place + 1} on ({error}): write a row a line, such as 0.5, 1, "
            "and close each quote."
        ) from None
    width = max((at for _, row in rows for at, cell in enumerate(row, 1) if cell), default=0)
    rows = [(place, row[:width]) for place, row in rows]  # spreadsheets write separators after the last cell, too
    first = len(rows[0][1]) if rows else 0
    for place, row in rows:
        if len(row) != first:
            cure = "give every row as many"
            if separator == "," and len(row) > first:
                cure += "; where a comma is the decimal sign, separate by semicolons"
            raise ValueError(f"{name} is ragged, see row {place}: it has {len(row)} cells, the first {first}: {cure}.")
    return rows


def as_number(cell):
    """Return the number that a cell holds, None where it holds none."""
    cell = cell.replace("−", "-")  # as the figures write it
    number = float(cell) if NUMBER.fullmatch(cell) else None
    return number if number is not None and isfinite(number) else None


def is_missing(cell) -> bool:
    """Return whether a cell stands for a value that nobody has."""
    return cell.lower() in MISSING
