"""A table of the reader's own: pasted, dropped or chosen, read as it was written, and refused in words that lose nothing."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.test_accessibility import HOW
from figures import settled

from nnlib.explorables import EXPLORABLES, panels
from nnlib.explorables.controls import choice
from nnlib.explorables.explorable import Explorable
from nnlib.explorables.models.playground import own
from nnlib.live import figure

FLOWERS = "id;name;length;width;kind\n1;Ann;0,5;5;rosé\n2;Bea;2;;rosé\n3;Cy;3;7;lily\n4;Di;4;6;lily\n5;Eve;1;2;rosé\n"
IRISES = "150 rows; x₁: petal length (cm), x₂: petal width (cm); 3 classes of species: setosa, versicolor, virginica"
ROSES = "5 rows; x₁: id, x₂: length; 2 classes of kind: lily, rosé; not used: name, width"


class Flowers(Explorable):
    name = "flowers"
    title = "Data of the reader's own"
    controls = (choice("data", "data", ("a law", "your table")), own.TABLE)

    def picture(self, settings, state):
        X, y, more = own.of_table(settings["table"])
        classes = len(more["classes"]) if more["kind"] == "classes" else None
        points = panels.dots(X[own.thinned(len(X))], y[own.thinned(len(X))], classes=classes)
        axes = [(name, *ends) for name, ends in zip(more["axes"], more["plane"], strict=True)]
        return [panels.plane("plane", "The data", *axes, points=points)]

    def describe(self, settings, state):
        return f"{settings['data'].capitalize()} is chosen."


@pytest.fixture
def shown(cell, monkeypatch):
    """Return the figure, live in a cell."""
    monkeypatch.setitem(EXPLORABLES, "flowers", Flowers())
    return cell(figure("flowers"))


def row(shown):
    return shown.locator('[data-control="table"]')


def said(shown):
    settled(shown)
    return row(shown).locator("output").inner_text()


def told(shown, words):
    """Wait until the reader has been told something, by the figure and beside the fields."""
    shown.locator(".nn-status").get_by_text(words).wait_for()
    row(shown).locator(".nn-refused").get_by_text(words).wait_for()


def use(shown, text):
    row(shown).locator("textarea").fill(text)
    row(shown).get_by_role("button", name="Use this text").click()


def give(shown, event, data):
    """Let `event`, a drop or a paste, bring a file's bytes or a text."""
    shown.locator(".nn-sentence").evaluate(
        """(element, [kind, code, text]) => {
          const data = new DataTransfer();
          if (text === null) data.items.add(new File([Uint8Array.from(atob(code), (c) => c.charCodeAt(0))], "mine.csv"));
          else data.setData("text/plain", text);
          const about = { bubbles: true, cancelable: true };
          const isTaken = (event) => !element.dispatchEvent(event);
          if (kind === "paste") return isTaken(new ClipboardEvent("paste", { ...about, clipboardData: data }));
          const isWelcome = isTaken(new DragEvent("dragover", { ...about, dataTransfer: data }));
          if (!element.closest(".nn-dropping")) throw new Error("nothing shows that it may be dropped");
          return isTaken(new DragEvent("drop", { ...about, dataTransfer: data })) && isWelcome;
        }""",
        [event, base64.b64encode(data).decode(), None] if isinstance(data, bytes) else [event, "", data],
    )


def columns(shown):
    """Return the columns that are chosen, [] where there is nothing to choose from."""
    lists = row(shown).locator("select").all()
    return [one.evaluate("list => list.selectedOptions[0].text") for one in lists if one.is_visible()]


def test_a_refusal_says_row_value_and_cure_and_loses_nothing(shown):
    use(shown, FLOWERS.replace("0,5", "wide"))
    words = "table has 'wide' in row 2, column 3 (length), which is not a number: write a number there, or leave its row or its"
    told(shown, words)
    assert said(shown) == IRISES
    assert row(shown).locator("textarea").input_value() == FLOWERS.replace("0,5", "wide")
    assert shown.locator(".nn-sentence").inner_text() == "A law is chosen."
    use(shown, FLOWERS)
    assert said(shown) == ROSES and shown.locator(".nn-status").inner_text() == ""
    assert not row(shown).locator(".nn-refused").is_visible()
    assert shown.locator(".nn-sentence").inner_text() == "Your table is chosen.", "it was brought to be seen"


def test_a_text_that_is_refused_for_a_column_lets_the_reader_choose_another(shown, page):
    use(shown, "a,b,c\n1,2,0\n2,3,1\n3,4,0\n4,5,1")
    assert columns(shown) == []
    use(shown, FLOWERS.replace("0,5", "wide"))
    told(shown, "table has 'wide' in row 2, column 3 (length)")
    assert said(shown).startswith("4 rows; x₁: a"), "the table before stays"
    assert columns(shown) == ["id", "length", "kind"]
    lists = row(shown).locator("select")
    lists.nth(1).select_option("name")
    told(shown, "table has 'Ann' in row 2, column 2 (name)")
    assert columns(shown) == ["id", "name", "kind"]
    lists.nth(1).select_option("width")
    told(shown, "an empty cell in row 3, column 4 (width)")
    row(shown).get_by_label("leave out rows with missing values").click()
    assert said(shown).startswith("4 rows; x₁: id, x₂: width") and columns(shown) == ["id", "width", "kind"]
    assert row(shown).locator(".nn-refused").inner_text() == ""


def test_the_reader_chooses_columns_and_leaves_out_what_has_gaps(shown, page):
    use(shown, FLOWERS)
    assert said(shown) == ROSES and columns(shown) == ["id", "length", "kind"]
    lists = row(shown).locator("select")
    lists.nth(0).select_option("width")
    told(
        shown, "table has an empty cell in row 3, column 4 (width), which is not a number: fill it in, or “leave out rows with"
    )
    box = row(shown).get_by_label("leave out rows with missing values")
    box.focus()
    assert columns(shown) == ["id", "length", "kind"] and said(shown) == ROSES
    page.keyboard.press("Space")
    left = (
        "4 rows; x₁: width, x₂: length; 2 classes of kind: lily, rosé; not used: id, name; 1 row with missing values left out"
    )
    assert said(shown) == left and columns(shown) == ["width", "length", "kind"]
    lists.nth(2).select_option("name")
    assert "4 classes of name: Ann, Cy, Di, Eve" in said(shown)
    lists.nth(0).select_option("name")
    told(shown, "each of x₁, x₂, to learn")
    shown.get_by_role("button", name="Reset").click()
    assert row(shown).locator(".nn-refused").inner_text() == ""
    assert said(shown) == IRISES and columns(shown) == []


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_file_is_dropped_on_the_figure_in_the_letters_of_any_spreadsheet(shown, letters):
    give(shown, "drop", FLOWERS.encode(letters))
    row(shown).get_by_text(ROSES).wait_for()
    assert said(shown) == ROSES and columns(shown) == ["id", "length", "kind"]
    assert shown.get_attribute("class").split() == ["nn-figure"]


def test_a_spreadsheets_own_file_is_refused_with_the_cure(shown):
    give(shown, "drop", b"PK\3\4\x14\0\x06\0" + bytes(range(256)))
    told(shown, "save the sheet as CSV, and use that")
    assert said(shown) == IRISES


def test_a_table_is_pasted_on_the_figure_and_what_is_none_is_left_alone(shown):
    give(shown, "paste", "a word")
    assert said(shown) == IRISES and shown.locator(".nn-status").inner_text() == ""
    give(shown, "paste", FLOWERS)
    assert said(shown) == ROSES


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_has_names_and_fits_a_phone(shown, page, scheme):
    page.set_viewport_size({"width": 320, "height": 700})
    page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
    use(shown, FLOWERS)
    assert said(shown) == ROSES and len(columns(shown)) == 3
    violations = Axe().run(page, context=".nn-figure", options=HOW).response["violations"]
    assert [(violation["id"], node["html"][:200]) for violation in violations for node in violation["nodes"]] == []
    row(shown).evaluate("row => { row.closest('#cell').style.width = '300px'; }")
    assert row(shown).evaluate("row => row.scrollWidth <= row.clientWidth")
