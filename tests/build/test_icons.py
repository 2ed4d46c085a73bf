"""The icons of the pages: their outlines are found, each is drawn in the page, and what is not drawn is told."""

from importlib.metadata import distribution

import pytest

from book.icons import REPAIR, Outline, is_icon, outlines
from book.pages import Finishing

SCRIPT = """/*! For license information please see fontawesome.js.LICENSE.txt */
function(){var p={"trash-can":[448,512,[61460,"trash-alt"],"f2ed","M1 2"]};r(function(){d("far",p),d("fa-regular",p)})}(),
function(){var p={0:[320,512,[],"30","M3"],bars:[448,512,["navicon"],"f0c9","M4z"],"trash-can":[448,512,[],"f2ed","M5"]};
r(function(){d("fas",p),d("fa-solid",p)})}(),function(){var j={fa:"solid",far:"regular","fa-solid":"solid"}}()"""
TERMS = """/*!
 * Font Awesome Free 6
 * License (Icons: CC BY 4.0)
 */
"""
PAGE = """<script defer src="../_static/scripts/fontawesome.js?digest=1"></script><script src="other.js"></script>
<button><i class="theme-switch fas  fa-navicon fa-lg" title="Menu" data-mode="dark" ></i></button><i class="x"></i>
<span class="fa-regular fa-trash-can"></span>"""
THEME = distribution("pydata-sphinx-theme").locate_file("pydata_sphinx_theme/theme/pydata_sphinx_theme/static/scripts")


@pytest.fixture
def site(tmp_path):
    """Return the folder of a site with its icons."""
    scripts = tmp_path / "_static" / "scripts"
    scripts.mkdir(parents=True)
    (scripts / "fontawesome.js").write_text(SCRIPT, encoding="utf-8")
    (scripts / "fontawesome.js.LICENSE.txt").write_text(TERMS, encoding="utf-8")
    (scripts / "fontawesome.js.map").touch()
    (scripts / "bootstrap.js").touch()
    font = tmp_path / "_static" / "vendor" / "fontawesome" / "webfonts" / "fa-solid-900.woff2"
    font.parent.mkdir(parents=True)
    font.touch()
    return tmp_path


def drawn(site, text):
    """Return the text of a page with its icons, and the finishing that drew them."""
    work = Finishing(site)
    return work.icons.drawn(text, site / "a.html", work), work


def test_outlines_are_found_by_style_and_by_each_of_their_names():
    assert outlines(SCRIPT) == {
        ("regular", "trash-can"): Outline(448, 512, "M1 2"),
        ("regular", "trash-alt"): Outline(448, 512, "M1 2"),
        ("solid", "0"): Outline(320, 512, "M3"),
        ("solid", "bars"): Outline(448, 512, "M4z"),
        ("solid", "navicon"): Outline(448, 512, "M4z"),
        ("solid", "trash-can"): Outline(448, 512, "M5"),
    }


def test_the_script_of_the_theme_has_all_its_outlines():
    known = outlines((THEME / "fontawesome.js").read_text(encoding="utf-8"))
    number = {style: sum(key[0] == style for key in known) for style in ("solid", "regular", "brands")}
    assert number["solid"] > 1300 and number["regular"] > 160 and number["brands"] > 450
    assert known["solid", "search"] == known["solid", "magnifying-glass"]
    assert known["solid", "circle"] != known["regular", "circle"]
    assert known["brands", "github"].width == 496
    assert {outline.path[0] for outline in known.values()} <= {"M", "m"}
    assert all(outline.width > 0 and outline.height > 0 for outline in known.values())


def test_each_icon_is_drawn_in_its_place_and_the_script_goes(site):
    text, work = drawn(site, PAGE)
    work.icons.take_away()
    assert work.faults == set() and work.done[REPAIR] == 1
    assert "<!-- Font Awesome Free 6\nLicense (Icons: CC BY 4.0) --><script src=" in text and "fontawesome.js" not in text
    box = 'viewBox="0 0 448 512" height="1em" aria-hidden="true"'
    assert (
        f'<button><svg class="nn-icon theme-switch fa-navicon fa-lg" data-mode="dark" {box}>'
        '<path fill="currentColor" d="M4z"/></svg></button><i class="x"></i>' in text
    )
    assert f'<svg class="nn-icon fa-trash-can" {box}><path fill="currentColor" d="M1 2"/></svg>' in text
    assert [path.name for path in (site / "_static" / "scripts").iterdir()] == ["bootstrap.js"]
    assert [*site.rglob("*.woff2")] == []


@pytest.mark.parametrize(
    "icon",
    [
        '<i class="fas fa-nothing"></i>',
        '<i class="far fa-bars"></i>',
        '<i class="fas fa-bars fa-spin"></i>',
        '<i class="fas"></i>',
        '<i class="fas far fa-bars"></i>',
        '<b class="fas fa-bars"></b>',
        '<i class="fas fa-bars">x</i>',
    ],
)
def test_an_icon_that_is_not_drawn_is_named_and_left(site, icon):
    text, work = drawn(site, PAGE + icon)
    [fault] = work.faults
    assert f"«{icon.split(chr(34))[1]}»" in fault
    assert icon in text


def test_a_theme_without_what_is_replaced_is_told(site):
    _, work = drawn(site, PAGE.partition("</script>")[2])
    assert work.done[REPAIR] == 0
    work.icons.take_away()
    _, work = drawn(site, PAGE)
    [fault] = work.faults
    assert "no fontawesome.js with its license" in fault


def test_a_script_without_tables_leaves_every_icon_undrawn(site):
    (site / "_static" / "scripts" / "fontawesome.js").write_text("", encoding="utf-8")
    assert len(drawn(site, PAGE)[1].faults) == 2


def test_only_what_has_a_style_is_an_icon():
    assert is_icon("theme-switch fa-solid fa-sun") and is_icon("fab fa-github")
    assert not is_icon("nn-icon fa-sun fa-lg") and not is_icon("fast") and not is_icon("")
