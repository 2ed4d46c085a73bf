"""The reader's own data: points that are set by hand, and a table, as arrays that a network learns from.

A table has two columns of numbers and a third, which is to be learned: a label, where it holds texts or few whole numbers,
or a number to predict. What is of no use is refused where the table is read, with the row, the value and the cure.
"""

import numpy as np

from nnlib.arrays import Array
from nnlib.datasets import iris
from nnlib.explorables import controls
from nnlib.explorables.controls.table import MOST_CLASSES
from nnlib.explorables.writing import compact, plural

FEWEST_ROWS = 4  # as many as "exclusive or" has
LARGEST = 1e9
LARGE = 20  # moons of this size are learned to 91% where standardized ones are to 98%, in as many epochs
MOST_SHOWN = 500  # points in the plane: more are slow to draw, and hide each other
PARTS = ("x₁", "x₂", "to learn")
LONGEST_NAME = 32


def of_points(points) -> tuple:
    """Return points set by hand, rows of (x₁, x₂, −1 or +1), as X (points, 2), y (points,), and what else a Task has."""
    X, y = points[:, :2], points[:, 2]
    more = {"kind": "two classes"}
    if len({*y.tolist()}) < 2:
        more["trouble"] = "the points are of one class: add some of the other" if len(y) else "there are no points: add some"
    return X, y, more


def of_table(table) -> tuple:
    """Return a table, as its control has it, as X (rows, 2), y (rows,), and what else a Task has.

    Of two classes the first in order is −1, the second +1; several are 0, 1, …; the lowest number to predict is −1 and the
    highest +1, as large as those of the other data sets, so that one learning rate serves all.

    Examples
    --------
    >>> rows = np.array([[1, 5, 0], [2, 5, 1], [3, 6, 1]])
    >>> X, y, more = of_table({"columns": ["a", "b", "c"], "rows": rows, "classes": ["no", "yes"]})
    >>> y.tolist(), more["kind"], more["classes"], more["axes"]
    ([-1.0, 1.0, 1.0], 'two classes', ('no', 'yes'), ('a', 'b'))
    """
    X, last = table["rows"][:, :2], table["rows"][:, 2]
    classes, codes = _classes(table)
    more = {
        "kind": "two classes" if len(classes) == 2 else "classes" if classes else "numbers",
        "classes": classes,
        "axes": (_title(table, 0), _title(table, 1)),
        "plane": tuple(map(_ends, X.T)),
    }
    if classes:
        return X, (2.0 * codes - 1 if len(classes) == 2 else codes.astype(float)), more
    low, high = last.min(), last.max()
    return X, 2 * (last - low) / (high - low) - 1, more


def _classes(table) -> tuple:
    """Return the names of a table's classes, () where it has a number to predict, and the place of each row's."""
    last = table["rows"][:, 2]
    values, codes = np.unique(last, return_inverse=True)
    if table["classes"]:
        return tuple(table["classes"][int(value)][:LONGEST_NAME] for value in values), codes
    if len(values) <= MOST_CLASSES and (values % 1 == 0).all():
        return tuple(f"{value:.0f}".replace("-", "−") for value in values), codes
    return (), codes


def spread_rows(names, training, test) -> list:
    """Return rows of a table: each feature's mean and standard deviation, of training and test points (points, features)."""
    rows = []
    if not (len(training) and len(test)):
        return rows
    for name, known, new in zip(names, training.T, test.T, strict=True):
        rows.append([f"mean of {name}", compact(known.mean()), compact(new.mean())])
        rows.append([f"deviation of {name}", compact(known.std()), compact(new.std())])
    return rows


def thinned(count, most=MOST_SHOWN) -> Array:
    """Return which of `count` points are drawn: all, or `most` at even distances."""
    return np.arange(count) if count <= most else np.linspace(0, count - 1, most).round().astype(int)


def thinned_said(count, most=MOST_SHOWN) -> str:
    """Return how many points are drawn, in words; "" where all are."""
    return f"{most:,} of {count:,} points shown" if count > most else ""


def judge(name, table, places) -> str:
    """Return what a table has, in words; raises ValueError for one that nothing can be learned from.

    Row i of it has the number places[i].
    """
    rows, (classes, _) = table["rows"], _classes(table)
    if len(rows) < FEWEST_ROWS:
        raise ValueError(
            f"{name} ends with row {places[-1]}, which makes {plural(len(rows), 'row')}, but {FEWEST_ROWS} are the fewest "
            "to learn and test with: add some."
        )
    for column in range(3):
        _judge_column(name, table, places, column)
    if len(classes) > MOST_CLASSES:
        begins = np.sort(np.unique(rows[:, 2], return_index=True)[1])  # the row that each class begins in
        at = begins[MOST_CLASSES]
        raise ValueError(
            f"{name} has {len(classes)} classes, but {MOST_CLASSES} are the most: "
            f"{table['classes'][int(rows[at, 2])][:LONGEST_NAME]!r} in row {places[at]}, {_where(table, 2)}, begins one too "
            "many, so learn another column, or give several classes one name."
        )
    return _said(table, classes)


def _judge_column(name, table, places, column):
    values, where = table["rows"][:, column], _where(table, column)
    if table["classes"] and column == 2:
        value = repr(table["classes"][int(values[0])][:LONGEST_NAME])
    else:
        value = f"{values[0]:g}"
        large = np.flatnonzero(np.abs(values) > LARGEST)
        if large.size:
            raise ValueError(
                f"{name} has {values[large[0]]:g} in row {places[large[0]]}, {where}, but ±{LARGEST:g} are the ends: "
                "give that column in a larger unit."
            )
    if np.ptp(values) <= max(1e-9 * np.abs(values).max(), 1e-30):
        why = "there is nothing to tell apart" if column == 2 else "a column that never changes tells nothing"
        raise ValueError(
            f"{name} has {value} in every row, from row {places[0]} to row {places[-1]}, of {where}: {why}, "
            "so take another column, or add rows that differ."
        )


def _said(table, classes):
    names, last = [_title(table, column) for column in range(3)], table["rows"][:, 2]
    parts = [f"{len(last):,} rows", f"x₁: {names[0]}, x₂: {names[1]}"]
    if classes:
        parts.append(f"{len(classes)} classes of {names[2]}: {', '.join(classes)}")
    else:
        ends = f"from {compact(last.min())} to {compact(last.max())}"
        parts.append(f"a number to predict: {names[2]}, {ends}, which are learned as −1 to 1")
    others = [name[:LONGEST_NAME] for at, name in enumerate(table["found"]) if at not in table["taken"]]
    if others:
        parts.append(f"not used: {', '.join(others[:8])}{' …' * (len(others) > 8)}")
    if table["left_out"]:
        parts.append(f"{plural(table['left_out'], 'row')} with missing values left out")
    if np.abs(table["rows"][:, :2]).max() > LARGE:
        parts.append("numbers this large are learned better standardized")
    return "; ".join(parts)


def _title(table, column) -> str:
    return table["columns"][column][:LONGEST_NAME] if table["columns"] else ("x₁", "x₂", "y")[column]


def _where(table, column) -> str:
    place = table["taken"][column] if table["taken"] else column
    return f"column {place + 1}" + (f" ({table['columns'][column][:LONGEST_NAME]})" if table["columns"] else "")


def _ends(values) -> tuple:
    """Return the ends of an axis for values: a tenth beyond them, and rounded outward to two digits of their range."""
    low, high = float(values.min()), float(values.max())
    margin = (high - low) / 10 or 1.0
    digits = -int(np.floor(np.log10(margin)))
    step = 10.0**-digits
    ends = np.floor(round((low - margin) / step, 6)) * step, np.ceil(round((high + margin) / step, 6)) * step
    return tuple(round(float(end), digits) for end in ends)


def _example():
    """Return the table that is there before the reader's: Fisher's irises."""
    X, y = iris()
    names = [*iris().features[2:], "species"]
    return {"columns": names, "rows": np.column_stack([X[:, 2:], y]), "classes": [*iris().classes]}


TABLE = controls.table("table", "your table", _example(), parts=PARTS, judge=judge, also={"data": "your table"})
