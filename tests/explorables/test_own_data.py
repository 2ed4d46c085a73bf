"""The reader's own data: a table is read as spreadsheets and programs write it, and what is of no use is refused in words."""

import csv
import io
import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnlib.explorables.controls import points, table
from nnlib.explorables.controls.sheet import as_number, is_missing
from nnlib.explorables.models.playground import own
from nnlib.live.controls_html import control_html

ANY = table("mine", "mine", [[0, 0, 0]], parts=("a", "b", "to learn"))
FLOWERS = "length,width,kind\n1,5,rose\n2,4,rose\n3,7,lily\n4,6,lily\n"
GAPS = "length,width,kind\n1,5,rose\n2,,rose\n3,7,lily\n4,6,?\n5,1,rose\n0,NA,lily\n7,8,lily\n"


def read(text, **more):
    """Return the table of a text as the playground has it."""
    return own.TABLE.check({"text": text, **more} if more else text)


def refusal(value):
    with pytest.raises((TypeError, ValueError)) as refused:
        own.TABLE.check(value)
    assert len(str(refused.value)) < 300
    return str(refused.value)


# what is read


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1,5,rose\n2,4,lily\n3,7,rose\n4,6,lily", [[1, 5, 1], [2, 4, 0], [3, 7, 1], [4, 6, 0]]),
        ("\ufeffa;b;c\r\n1,5;-2e3;yes\r\n,5;3;no\r\n1;1;no\r\n2;2;no", [[1.5, -2000, 1], [0.5, 3, 0], [1, 1, 0], [2, 2, 0]]),
        ("a\tb\tc\n1,5\t−2\tx\n1\t1\ty\n2\t2\ty\n3\t3\tx", [[1.5, -2, 0], [1, 1, 1], [2, 2, 1], [3, 3, 0]]),
        ("sep=;\na;b;c\n1,5;2;x\n1;1;y\n2;4;y\n3;3;x", [[1.5, 2, 0], [1, 1, 1], [2, 4, 1], [3, 3, 0]]),
        ("sep=|\r\n1|2|x\r\n2|1|y\r\n3|3|y\r\n4|4|y", [[1, 2, 0], [2, 1, 1], [3, 3, 1], [4, 4, 1]]),
        ("a,b,c,,\n1,2,x,,\n2,1,y,,\n3,3,y,,\n4,4,y,,\n,,,,\n", [[1, 2, 0], [2, 1, 1], [3, 3, 1], [4, 4, 1]]),
        ('a,"b;\nb",c\r1,2,"x, or ""y"""\r2,1,z\r3,1,z\r4,1,z\r', [[1, 2, 0], [2, 1, 1], [3, 1, 1], [4, 1, 1]]),
        ("a; b,b,c\n1,2,x\n2,1,y\n3,3,y\n4,4,y", [[1, 2, 0], [2, 1, 1], [3, 3, 1], [4, 4, 1]]),
        ('"a", b, "c"\n1, 2, x\n2, 1, y\n3, 3, y\n4, 4, y', [[1, 2, 0], [2, 1, 1], [3, 3, 1], [4, 4, 1]]),
    ],
    ids=[
        "no names",
        "semicolons, decimal commas, BOM",
        "tabs, decimal commas, a true minus",
        "Excel's sep=",
        "a separator of its own",
        "trailing separators",
        "old line ends, quotes, a name of two lines",
        "a semicolon in a name",
        "spaces after separators",
    ],
)
def test_a_table_is_read_as_it_is_written(text, rows):
    assert read(text)["rows"].tolist() == rows


def _is_text(cell):
    cell = " ".join(cell.split())
    return not is_missing(cell) and as_number(cell) is as_number(cell.replace(",", ".", 1)) is None


@st.composite
def _written(draw):
    """Return a text, and the names, the numbers and the labels that were written in it."""
    separator = draw(st.sampled_from(",;\t"))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    own_sign = separator + ("\n" if quoting == csv.QUOTE_ALL else "")  # the other writes a line's end unquoted, in Python 3.11
    letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\t;,".split(separator)[0])
    texts = st.text(letters | st.sampled_from(own_sign + "\"' "), min_size=1, max_size=12).filter(_is_text)
    names = draw(st.just([]) | st.lists(texts, min_size=3, max_size=3))
    numbers = st.integers(-(10**6), 10**6) | st.floats(-1e9, 1e9)
    rows = draw(st.lists(st.tuples(numbers, numbers, texts), min_size=1, max_size=8))
    sign = draw(st.sampled_from(".," if separator != "," else "."))
    cells = [*([names] if names else []), *([repr(a).replace(".", sign), repr(b).replace(".", sign), c] for a, b, c in rows)]
    out = io.StringIO(newline="")
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(cells)
    return draw(st.sampled_from(["", "\ufeff"])) + out.getvalue(), names, rows


@given(_written())
def test_what_any_program_writes_is_read_back_to_the_last_digit(written):
    text, names, rows = written
    assume(not text.lstrip("\ufeff").startswith(("sep=", '"sep=', "PK")))
    got = ANY.check(text)
    assert got["columns"] == [" ".join(name.split()) for name in names]
    assert got["rows"][:, :2].tolist() == [[float(a), float(b)] for a, b, _ in rows]
    assert [got["classes"][int(code)] for code in got["rows"][:, 2]] == [" ".join(label.split()) for *_, label in rows]


@given(_written())
def test_a_table_that_has_been_read_stays_as_it_is(written):
    got = ANY.check(written[0])
    np.testing.assert_equal(ANY.check(got), got)
    np.testing.assert_equal(ANY.check(ANY.plain(got)), got)


def test_five_thousand_rows_are_read_and_one_more_is_refused():
    rows = [f"{i},{i % 7},c{i % 3}" for i in range(5001)]
    assert read("\n".join(rows[:5000]))["said"].startswith("5,000 rows; x₁: x₁, x₂: x₂; 3 classes of y: c0, c1, c2")
    assert refusal("\n".join(rows)) == "table has 5,001 rows, but 5,000 are the most: leave some out."


# what is said of it


def test_a_table_says_what_was_read():
    assert read(FLOWERS)["said"] == "4 rows; x₁: length, x₂: width; 2 classes of kind: lily, rose"
    assert f"<output>{own.TABLE.default['said']}</output>" in control_html(own.TABLE, own.TABLE.default)
    assert own.TABLE.default["said"] == (
        "150 rows; x₁: petal length (cm), x₂: petal width (cm); 3 classes of species: setosa, versicolor, virginica"
    )
    price = "size,rooms,price\n50,2,200.5\n70,3,300\n90,3,310\n120,5,500"
    assert read(price)["said"] == (
        "4 rows; x₁: size, x₂: rooms; a number to predict: price, from 200.50 to 500.00, which are learned as −1 to 1; numbers "
        "this large are learned better standardized"
    )


def test_what_a_table_says_can_not_be_set_by_hand():
    assert own.TABLE.check(read(FLOWERS) | {"said": "<b>mine</b>"})["said"] == read(FLOWERS)["said"]


WIDE = "id,name,length,width,kind,same\n1,Ann,0.5,5,rose,7\n2,Bea,2,4,rose,7\n3,Cy,3,7,lily,7\n4,Di,4,6,lily,7\n"


def test_of_more_columns_those_of_use_are_taken_and_the_others_named():
    got = read(WIDE)
    assert got["columns"] == ["id", "length", "kind"] and got["taken"] == [0, 2, 4]
    assert got["said"].endswith("2 classes of kind: lily, rose; not used: name, width, same")


def test_the_reader_chooses_the_columns():
    got = read(WIDE, take=[3, 2, 1])
    assert got["columns"] == ["width", "length", "name"] and got["classes"] == ["Ann", "Bea", "Cy", "Di"]
    assert got["rows"].tolist() == [[5, 0.5, 0], [4, 2, 1], [7, 3, 2], [6, 4, 3]]
    assert read(WIDE, take=[2, 3, 0])["said"].startswith("4 rows; x₁: length, x₂: width; 4 classes of id: 1, 2, 3, 4;")
    assert read("1,2,3,x\n" * 2 + "2,3,4,y\n" * 2, take=[1, 2, 3])["found"] == ["column 1", "column 2", "column 3", "column 4"]


@pytest.mark.parametrize("take", [[0, 0, 1], [2, 3], [2, 3, 6], [2, 3, -1], [2.0, 3, 4], "abc", 7, [True, 2, 3]])
def test_columns_that_there_are_not_can_not_be_chosen(take):
    assert refusal({"text": WIDE, "take": take}) == (
        "table is to take other columns than 3 different ones of its 6: choose a different one for each of x₁, x₂, to learn."
    )


def test_rows_with_missing_values_are_left_out_on_request_and_counted():
    got = read(GAPS, leave_out=True)
    assert got["rows"].tolist() == [[1, 5, 1], [3, 7, 0], [5, 1, 1], [7, 8, 0]] and got["left_out"] == 3
    assert got["said"].endswith("; 3 rows with missing values left out")
    assert "left out" not in read(FLOWERS, leave_out=True)["said"]
    one = "1,2,x,\n2,1,y,\n3,3,y,0.5\n4,4,y,\n"
    assert read(one, leave_out=True, take=[0, 1, 2])["left_out"] == 0, "what is missing in another column is not missed"


# what is refused: the row, the value and the cure


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "a,b,c\n1,2,x\n\n3,tall,y\n5,6,x\n7,8,y",
            "table has 'tall' in row 4, column 2 (b), which is not a number: write a number there, or leave its row or its "
            "column out.",
        ),
        (
            GAPS,
            "table has an empty cell in row 3, column 2 (width), which is not a number: fill it in, or “leave out rows with "
            "missing values”.",
        ),
        (
            GAPS.replace("2,,", "2,1,").replace("NA", "1"),
            "table has '?' in row 5, column 3 (kind), which is no label: fill it in, or “leave out rows with missing values”.",
        ),
        (
            FLOWERS.replace("7", "NaN"),
            "table has 'NaN' in row 4, column 2 (width), which is not a number: fill it in, or",
        ),
        (
            FLOWERS.replace("7", "inf"),
            "table has 'inf' in row 4, column 2 (width), which is not a number: write a number there",
        ),
        (
            FLOWERS.replace("7", "1e999"),
            "table has '1e999' in row 4, column 2 (width), which is not a number: write a smaller one there.",
        ),
        (
            FLOWERS.replace("7", '"7,5"'),
            "table has '7,5' in row 4, column 2 (width), which is not a number: write its decimal comma as a point, 7.5.",
        ),
        (
            "a;b;c\n1,5;2.5;x\n1;3;y\n2;4;y\n3;7;x",
            "table has '1,5' in row 2, column 1 (a), which is not a number: write its decimal comma as a point, 1.5, as in "
            "other cells.",
        ),
        (
            FLOWERS.replace("7", '"1,234"'),
            "table has '1,234' in row 4, column 2 (width), which is not a number: write 1.234 or 1234, whichever it means.",
        ),
        (
            FLOWERS.replace("7", '"1,234,567.5"'),
            "table has '1,234,567.5' in row 4, column 2 (width), which is not a number: write it without the signs between "
            "thousands.",
        ),
        (
            FLOWERS.replace("7", "$ 7.5"),
            "table has '$ 7.5' in row 4, column 2 (width), which is not a number: write the number alone, 7.5, or leave",
        ),
        (FLOWERS.replace("7", "1_000"), "table has '1_000' in row 4, column 2 (width), which is not a number"),
        (
            "a;b;c\n1;2;x\n1;2\n",
            "table is ragged, see row 3: it has 2 cells, the first 3: give every row as many.",
        ),
        (
            "a,b,c\n1,5,2,5,x\n",
            "table is ragged, see row 2: it has 5 cells, the first 3: give every row as many; where a comma is the decimal "
            "sign, separate by semicolons.",
        ),
        (
            'a,b,c\n1,2,x\n3,4,"y\n5,6,x\n',
            "table can't be read as a table, from row 3 on (unexpected end of data): write a row a line, such as 0.5, 1, and "
            "close each quote.",
        ),
        ("1,2\n3,4\n5,6\n", "table has 2 columns, but 3 are needed: add some."),
        ("1 2 x", "table is empty below its row of names, 1 2 x: write a row of numbers a line, with commas"),
        ("a b c\n1 2 3\n", "table has 1 column, but 3 are needed: separate the cells by commas, semicolons or tabs."),
        ("a,b,c\n", "table is empty below its row of names, a, b, c: write a row of numbers a line"),
        (
            "PK\x03\x04 and what a spreadsheet is packed into",
            "table is a file of a spreadsheet program, or another archive: save the sheet as CSV, and use that.",
        ),
        (
            "a,b,c\n1,5,x\n2,4,y\n",
            "table ends with row 3, which makes 2 rows, but 4 are the fewest to learn and test with: add some.",
        ),
        (
            "a,b,c\n1,5,x\n1,4,y\n1,3,x\n1,2,y\n",
            "table has 1 in every row, from row 2 to row 5, of column 1 (a): a column that never changes tells nothing, so "
            "take another column, or add rows that differ.",
        ),
        (
            "a,b,c\n1,5,x\n2,4,x\n3,3,x\n4,2,x\n",
            "table has 'x' in every row, from row 2 to row 5, of column 3 (c): there is nothing to tell apart, so take another "
            "column, or add rows that differ.",
        ),
        (
            "\n".join(f"{i},{i * i},{name}" for i, name in enumerate("abacdefghijkla")),
            "table has 12 classes, but 10 are the most: 'k' in row 12, column 3, begins one too many, so learn another "
            "column, or give several classes one name.",
        ),
        (
            FLOWERS.replace("7", "7e12"),
            "table has 7e+12 in row 4, column 2 (width), but ±1e+09 are the ends: give that column in a larger unit.",
        ),
        (
            "one,two,c\nrose,5,x\nlily,4,y\nrose,3,x\nlily,2,y\n",
            "table has 'rose' in row 2, column 1 (one), which is not a number: write a number there, or leave",
        ),
    ],
)  # fmt: skip
def test_a_refusal_says_the_row_the_value_and_the_cure(text, words):
    assert refusal(text).startswith(words)


@pytest.mark.parametrize("line", ['sep="', "sep= ", "sep=", "sep=,,", "sep=\x00"])
def test_a_separator_that_is_none_is_refused_like_any_text(line):
    assert refusal(f"{line}\n1;2;x").startswith("table ")


def test_every_row_may_miss_something():
    assert refusal({"text": "a,b,c\n1,,x\n,2,y\n", "leave_out": True}) == (
        "table has a missing value in each of its 2 rows: take other columns."
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"classes": ["x", "x"]}, "table has classes that are no list of texts, or one twice: name each once."),
        ({"classes": "xy"}, "table has classes that are no list of texts"),
        ({"classes": ["x"]}, "table has 1 classes, but a last column with other numbers than 0 to 0: write each class's place"),
        ({"found": ["a"], "taken": [7]}, "table has 'found', 'taken' or 'left_out' that none of its texts gave"),
        ({"left_out": -1}, "table has 'found', 'taken' or 'left_out'"),
        ({"left_out": "2"}, "table has 'found', 'taken' or 'left_out'"),
        ({"taken": [0, 1]}, "table has 2 columns 'taken', but 3 are needed: leave 'taken' out."),
        ({"more": 1}, "table is a dictionary without 'columns' and 'rows', or with more"),
        ({"rows": [[1, 2]]}, "table has 2 columns, but 3 are needed"),
    ],
)
def test_a_table_that_no_text_gave_is_refused(changes, words):
    assert refusal(read(FLOWERS) | changes).startswith(words)


@pytest.mark.parametrize("value", [{"text": 7}, {"text": FLOWERS, "rows": []}, {"text": None}])
def test_a_text_that_is_none_is_refused(value):
    assert refusal(value).startswith("table has a 'text' that is none, or more beside it")


# what a task has of it


def task(text, **more):
    return own.of_table(read(text, **more))


def test_two_classes_are_minus_and_plus_one_in_the_order_of_the_alphabet():
    X, y, more = task(FLOWERS)
    assert X.tolist() == [[1, 5], [2, 4], [3, 7], [4, 6]] and y.tolist() == [1, 1, -1, -1]
    assert more == {"kind": "two classes", "classes": ("lily", "rose"), "axes": ("length", "width"),
                    "plane": ((0.7, 4.3), (3.7, 7.3))}  # fmt: skip


def test_few_whole_numbers_are_classes_and_others_a_number_to_predict():
    few = task("".join(f"{i},{i * i},{i % 10}\n" for i in range(30)))
    assert few[2]["kind"] == "classes" and few[2]["classes"] == (*"0123456789",) and few[1][:12].tolist() == [*range(10), 0, 1]
    assert task("1,1,-1\n2,3,1\n3,0,1\n4,4,-1")[1].tolist() == [-1, 1, 1, -1]
    assert task("1,1,-1\n2,3,1\n3,0,1\n4,4,-1")[2]["classes"] == ("−1", "1")
    many = task("".join(f"{i},{i * i},{i % 11}\n" for i in range(30)))
    assert many[2]["kind"] == "numbers" and many[2]["classes"] == ()
    np.testing.assert_allclose(many[1][:11], np.linspace(-1, 1, 11))
    np.testing.assert_allclose(task("1,1,0.5\n2,3,1\n3,0,1\n4,4,0.75")[1], [-1, 1, 1, 0])


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=9), st.floats(1e-6, 1e6))
def test_the_plane_holds_every_point_with_room_and_its_ends_are_short_numbers(values, scale):
    values = np.array(values) * scale / 1e6
    assume(np.ptp(values) > max(1e-9 * np.abs(values).max(), 1e-30))
    low, high = own._ends(values)
    spread = np.ptp(values)
    assert low <= values.min() - 0.09 * spread and high >= values.max() + 0.09 * spread and high - low < 1.5 * spread


def test_points_by_hand_need_both_classes():
    rows = points("points", "points", own_rows := [[1, 2, 1], [3, 4, -1]], -6, 6).check(own_rows)
    X, y, more = own.of_points(rows)
    assert X.tolist() == [[1, 2], [3, 4]] and y.tolist() == [1, -1] and more == {"kind": "two classes"}
    assert own.of_points(rows[:1])[2]["trouble"] == "the points are of one class: add some of the other"
    assert own.of_points(rows[:0])[2]["trouble"] == "there are no points: add some"


def test_what_is_standardized_is_shown_with_its_numbers():
    known, new = np.array([[0.0, 100], [2, 300]]), np.array([[4.0, 500]])
    assert own.spread_rows(["x₁", "x₂"], known, new) == [
        ["mean of x₁", "1.00", "4.00"], ["deviation of x₁", "1.00", "0"],
        ["mean of x₂", "200.00", "500.00"], ["deviation of x₂", "100.00", "0"],
    ]  # fmt: skip
    assert own.spread_rows(["x₁", "x₂"], known, new[:0]) == own.spread_rows(["x₁", "x₂"], known[:0], new[:0]) == []


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 5000])
def test_some_hundred_points_are_drawn_of_however_many(count):
    shown = own.thinned(count)
    assert len(shown) == len({*shown.tolist()}) == min(count, 500)
    if count > 500:
        assert shown[[0, -1]].tolist() == [0, count - 1] and np.ptp(np.diff(shown)) <= 1
    assert own.thinned_said(count) == ("" if count <= 500 else f"500 of {count:,} points shown")


def test_names_from_outside_are_text_and_short():
    evil = f"<img src=x>{'x' * 1000}"
    got = read(FLOWERS.replace("length", evil).replace("rose", evil))
    assert "<img" not in control_html(own.TABLE, got) and len(got["said"]) < 200
    assert max(map(len, (*own.of_table(got)[2]["axes"], *own.of_table(got)[2]["classes"]))) <= 32
    assert not re.search(r"x{40}", refusal(FLOWERS.replace("7", evil)))
