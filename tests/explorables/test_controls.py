"""Each kind of control takes what is legal, and refuses the rest with one error that says how to mend it."""

import re

import numpy as np
import pytest
from sandbox import Sandbox

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.controls import KINDS, each, number, pin, several, sizes, table
from nnlib.explorables.writing import literal
from nnlib.live.controls_html import FIELDS, control_html
from nnlib.live.join_modules import VIEW

CONTROLS = {control.name: control for control in Sandbox.controls}
LAYERS = sizes("layers", "hidden layers", [4, 2])
FEATURES = several("features", "features", ["x₁", "x₂", "x₁²"], ["x₁"])
EACH = each("activations", "activation of a layer", "layers", ["as all", "relu"])
DATA = table("data", "data", "x,y\n1,2", low=2, high=3)
PIN = pin("pinned", "second run", (LAYERS, FEATURES, DATA))


def test_every_kind_is_known_to_the_html_and_to_the_view():
    assert FIELDS.keys() == KINDS.keys()
    source = (VIEW / "controls" / "controls.mjs").read_text(encoding="utf-8")
    [rows] = re.findall(r"const ROWS = \{(.*?)\}", source, re.DOTALL)
    assert set(re.findall(r"(\w+):", rows)) == {kind for kind, write in FIELDS.items() if write}


@pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS)
def test_a_default_is_legal_and_can_be_written_in_a_program(control):
    np.testing.assert_equal(control.check(control.default), control.default)
    np.testing.assert_equal(eval(literal(control.default), {"np": np}), control.default)


def test_a_controls_own_default_is_checked_like_any_value():
    with pytest.raises(ValueError, match="layers has a layer of 9 neurons"):
        sizes("layers", "layers", [9])
    with pytest.raises(ValueError, match="features is a list"):
        several("features", "features", ["a", "b"], ["c"])


# sizes


def test_sizes_are_whole_numbers_one_a_layer():
    assert LAYERS.check((8, 1.0)) == [8, 1] and LAYERS.check([]) == [] and LAYERS.check(np.array([3])) == [3]
    assert all(type(size) is int for size in LAYERS.check(np.array([3.0])))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([4, 0], "layers has a layer of 0 neurons, but a layer has a whole number of them, 1 to 8: choose one of these."),
        ([4, 9], "layers has a layer of 9 neurons"),
        ([2.5], "layers has a layer of 2.5 neurons"),
        (
            [1] * 7,
            "layers has shape (7,), but sizes are a list of one number a layer, such as [4, 2], and 6 layers are the most.",
        ),
        (4, "layers has shape (), but sizes are a list"),
        ([[4, 2]], "layers has shape (1, 2), but sizes are a list"),
        (["4"], "layers holds"),
        ([float("nan")], "layers has 1 values that are NaN or infinite"),
    ],
)
def test_sizes_that_no_network_has_are_refused(value, words):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(words)}"):
        LAYERS.check(value)


# several


def test_what_is_chosen_of_many_has_their_order_and_each_once():
    assert FEATURES.check(["x₁²", "x₁", "x₁²"]) == ["x₁", "x₁²"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([], "features has 0 of its options, but 1 must be chosen: choose one more."),
        (["x1"], "features is a list, and each entry of it must be one of 'x₁', 'x₂', 'x₁²'. Got 'x1' instead."),
        (["x₁", 2], "features is a list, and each entry of it must be one of"),
        ("x₁", "features must be a list of options, such as ['x₁', 'x₂']. Got one str instead."),
        (None, "features must be a list of options, such as ['x₁', 'x₂']. Got one NoneType instead."),
    ],
)
def test_what_is_no_choice_of_many_is_refused(value, words):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(words)}"):
        FEATURES.check(value)


# one for each layer


def test_one_for_each_layer_is_a_list_of_options():
    assert EACH.check([]) == EACH.default == [] and EACH.check(("as all", "relu")) == ["as all", "relu"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["swish"], "activations is a list, and each entry of it must be one of 'as all', 'relu'. Got 'swish' instead."),
        (["relu"] * 7, "activations must be a list of options, one a layer and 6 at most. Got 7 of them instead."),
        ("relu", "activations must be a list of options, one a layer and 6 at most. Got one str instead."),
        (None, "activations must be a list of options, one a layer and 6 at most. Got one NoneType instead."),
    ],
)
def test_what_is_no_option_for_each_layer_is_refused(value, words):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(words)}"):
        EACH.check(value)


# tables


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("1,2\n3,4", [], [[1, 2], [3, 4]]),
        ("x,y\n1,2", ["x", "y"], [[1, 2]]),
        ("\ufeffx;y\r\n1.5;-2e3\r\n\r\n", ["x", "y"], [[1.5, -2000]]),
        ("x\ty\tclass\n1\t2\t−1\n", ["x", "y", "class"], [[1, 2, -1]]),
        ('"height, in cm", weight \n 170, 65', ["height, in cm", "weight"], [[170, 65]]),
    ],
)
def test_a_table_is_read_as_it_is_written(text, columns, rows):
    assert DATA.plain(DATA.check(text)) == {"columns": columns, "rows": rows}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "data is empty: write a row of numbers a line, such as 0.5, 1."),
        (" \n ,, \n", "data is empty"),
        ("x,y\n", "data is empty"),
        ("x,y\n1,2\n3,tall", "data has 'tall' in row 3, column 2 (y), which is not a number: write a number there, or"),
        ("1,2\n3,tall", "data has 'tall' in row 2, column 2, which is not a number"),
        ("x,y\n\n1,", "data has an empty cell in row 3, column 2 (y), which is not a number"),
        ("1,nan", "data has 'nan' in row 1, column 2, which is not a number"),
        ("1,1e999", "data has '1e999' in row 1, column 2"),
        (
            'x,y\n"1,5",2',
            "data has '1,5' in row 2, column 1 (x), which is not a number: write its decimal comma as a point, 1.5.",
        ),
        ("1,2\n3,4,5", "data is ragged, see row 2: it has 3 cells, the first 2: give every row as many; where a comma is"),
        ("1;2\n3", "data is ragged, see row 2: it has 1 cells, the first 2: give every row as many."),
        ("x,y\n" + "1,2\n" * 5001, "data has 5,001 rows, but 5,000 are the most: leave some out."),
        ("1\n2", "data has 1 column, but 2 to 3 are needed: separate the cells by commas, semicolons or tabs."),
        ("1,2,3,4", "data has 4 columns, but 2 to 3 are needed"),
        ("1," * 600_000, "data is longer than 1,000,000 letters: leave some rows or columns out."),
        (
            "1," + "2" * 200_000,
            "data can't be read as a table, from row 1 on (field larger than field limit (131072)): write a row",
        ),
        ("1," + "<b>" * 100, "data has '<b><b><b>"),
    ],
)
def test_a_table_that_can_not_be_used_is_refused_with_its_place(text, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}") as refusal:
        DATA.check(text)
    assert len(str(refusal.value)) < 200


def test_a_table_may_come_as_rows_or_with_its_names():
    np.testing.assert_equal(DATA.check([[1, 2], [3, 4]]), {"columns": [], "rows": np.array([[1.0, 2], [3, 4]])})
    given = {"columns": ("x", "y"), "rows": np.ones((1000, 2))}
    np.testing.assert_equal(DATA.check(given), {"columns": ["x", "y"], "rows": np.ones((1000, 2))})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([1, 2], "data has shape (2,), but a table is (rows, columns) numbers"),
        (np.empty((0, 2)), "data has shape (0, 2)"),
        (np.ones((5001, 2)), "data has 5,001 rows"),
        ([[1, 2], [3]], "data is ragged, see row 1"),
        ({"rows": [[1, 2]]}, "data is a dictionary without 'columns' and 'rows', or with more"),
        ({"columns": ["x"], "rows": [[1, 2]]}, "data has 2 columns, but not as many names"),
        ({"columns": "xy", "rows": [[1, 2]]}, "data has 2 columns, but not as many names"),
        ({"columns": ["x", 7], "rows": [[1, 2]]}, "data has 2 columns, but not as many names"),
        (None, "data holds None"),
    ],
)
def test_rows_that_are_no_table_are_refused(value, words):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(words)}"):
        DATA.check(value)


# pinned settings


def test_nothing_is_pinned_or_all_settings_are_complete_and_clean():
    assert PIN.check(None) is None and PIN.plain(None) is None
    pinned = PIN.check({"features": ("x₁²", "x₁"), "layers": np.array([3.0])})
    np.testing.assert_equal(pinned, {"layers": [3], "features": ["x₁", "x₁²"], "data": DATA.default})
    assert PIN.plain(pinned)["data"] == {"columns": ["x", "y"], "rows": [[1, 2]]}
    assert [*PIN.check({})] == ["layers", "features", "data"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "pinned must be None, or settings by their names, such as {'layers': …}. Got one int instead."),
        ("layers", "pinned must be None, or settings by their names"),
        ([], "pinned must be None, or settings by their names"),
        ({"layers": 4}, "pinned has a setting that is refused: layers has shape (), but sizes are a list"),
        (
            {"lairs": [4]},
            "pinned is settings, and the name of each must be one of 'layers', 'features', 'data'. Got 'lairs' instead.",
        ),
        (
            {"pinned": None},
            "pinned is settings, and the name of each must be one of 'layers', 'features', 'data'. Got 'pinned' instead.",
        ),
    ],
)
def test_what_can_not_be_pinned_is_refused(value, words):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(words)}"):
        PIN.check(value)


# HTML


def test_what_an_option_or_a_column_is_called_is_text_and_no_markup():
    evil = "<img src=x>"
    shown = several("s", evil, [evil, "b"], [evil])
    assert "<img" not in control_html(shown, [evil]) and control_html(shown, [evil]).count("&lt;img src=x&gt;") == 3
    mine = {"columns": [evil], "rows": np.ones((1, 1))}
    assert "rows: 1, columns: 1: &lt;img src=x&gt;" in control_html(table("t", "t", mine), mine)


def test_all_layers_that_there_may_be_are_written_and_those_that_there_are_not_are_hidden():
    html = control_html(LAYERS, [4, 2])
    assert re.findall(r'<span class="nn-size"( hidden)?>', html) == ["", "", *[" hidden"] * 4]
    assert re.findall(r'value="(\d)"', html) == ["4", "2", "1", "1", "1", "1"]


def test_what_is_of_layers_that_there_are_not_is_hidden():
    html = control_html(EACH, ["as all", "relu"], {"layers": [4, 2]})
    assert re.findall(r"<label( hidden)?>", html) == ["", "", *[" hidden"] * 4] and "<summary>layer 2: relu</summary>" in html
    html = control_html(several("s", "s", ["1", "2", "3", "output"], [], 0, "layers"), [], {"layers": [4, 2]})
    assert re.findall(r'"false"( hidden)?>', html) == ["", "", " hidden", ""]
    assert "<summary>the same in all layers</summary>" in control_html(EACH, [])


def test_a_number_that_runs_in_powers_of_ten_has_a_slider_of_their_exponents():
    html = control_html(number("rate", "rate", 0.1, 0.001, 10, 0.001, scale="log"), 0.1)
    assert 'min="-3.0" max="1.0" step="0.01" value="-1.0" data-scale="log"' in html


def test_the_last_step_of_a_slider_in_powers_of_ten_leads_to_its_end():
    found = [(each, c) for each in EXPLORABLES.values() for c in each.controls if getattr(c, "scale", "") == "log"]
    assert len(found) > 5
    for explorable, control in found:
        slider = control_html(control, control.default).split("data-scale")[0]
        low, high, step = (float(re.search(rf'{name}="([^"]*)"', slider)[1]) for name in ("min", "max", "step"))
        last = 10 ** (low + step * np.floor((high - low) / step + 1e-9))
        assert last == pytest.approx(control.high, rel=1e-5), explorable.name
        assert 0.0095 < step < 0.0105, explorable.name
