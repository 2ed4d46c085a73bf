"""How a page loads: one stylesheet, whose addresses still lead where they led, and scripts that wait."""

import re

import pytest

from book.loading import with_hashes, with_one_stylesheet, with_waiting_scripts
from book.pages import Finishing

HEAD = """<head><meta charset="utf-8"><link rel="stylesheet" href="../live/figures.css">
<link href="../_static/styles/theme.css?digest=1" rel="stylesheet" />
<link rel="icon" href="../_static/icon.svg"><link rel="stylesheet" type="text/css" href="../_static/book.css?v=2" />
<title>t</title></head>"""
SHEETS = {
    "live/figures.css": "a { color: red }",
    "_static/styles/theme.css": """b { background: url("data:image/svg+xml,%3Csvg url(x)") }
c { src: url(../fonts/f.woff2) }""",
    "_static/book.css": "d { src: url('mathematics/m.woff'); fill: url(#gradient) }",
}


def book(tmp_path, files=SHEETS):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    page = tmp_path / "chapters" / "a.html"
    page.parent.mkdir()
    return page


def test_the_stylesheets_of_a_page_become_one_in_the_place_of_the_last_in_their_order(tmp_path):
    text = with_one_stylesheet(HEAD, book(tmp_path), Finishing(tmp_path))
    [joined] = (tmp_path / "_static" / "styles").glob("all-*.css")
    assert text.count('rel="stylesheet"') == 1
    assert f'<link rel="stylesheet" href="../_static/styles/{joined.name}">\n<title>t</title>' in text
    assert '<meta charset="utf-8"><link rel="icon" href="../_static/icon.svg"><link rel="stylesheet"' in text
    looks = joined.read_text(encoding="utf-8")
    assert looks.index("color: red") < looks.index("b {") < looks.index("d {")


def test_the_addresses_in_a_stylesheet_still_lead_where_they_led(tmp_path):
    with_one_stylesheet(HEAD, book(tmp_path), Finishing(tmp_path))
    [joined] = (tmp_path / "_static" / "styles").glob("all-*.css")
    looks = joined.read_text(encoding="utf-8")
    assert 'c { src: url("../fonts/f.woff2") }' in looks
    assert 'd { src: url("../mathematics/m.woff"); fill: url(#gradient) }' in looks
    assert 'url("data:image/svg+xml,%3Csvg url(x)")' in looks


@pytest.mark.parametrize("words", ['"../deep/b.css"', "'../deep/b.css'", "url(../deep/b.css)", 'url( "../deep/b.css" )'])
@pytest.mark.parametrize("media", ["", " print"])
def test_what_a_stylesheet_imports_stands_in_its_place(tmp_path, words, media):
    theme = f"/* @import 'x.css'; by A. Author */\n@import {words}{media};\nb {{ color: blue }}"
    deep = {"_static/deep/b.css": "@import 'c.css'; e { src: url(e.woff) }", "_static/deep/c.css": "f { src: url(../f.woff) }"}
    with_one_stylesheet(HEAD, book(tmp_path, SHEETS | {"_static/styles/theme.css": theme} | deep), Finishing(tmp_path))
    [joined] = (tmp_path / "_static" / "styles").glob("all-*.css")
    rules = 'f { src: url("../f.woff") } e { src: url("../deep/e.woff") }'
    told = f"@media print {{\n{rules}\n}}" if media else rules
    assert f"/* @import 'x.css'; by A. Author */\n{told}\nb {{ color: blue }}" in joined.read_text(encoding="utf-8")


def test_another_look_has_another_name(tmp_path):
    page = book(tmp_path)
    for looks in ("a { color: red }", "a { color: blue }", "a { color: red }"):
        (tmp_path / "live" / "figures.css").write_text(looks, encoding="utf-8")
        with_one_stylesheet(HEAD, page, Finishing(tmp_path))
    assert len([*(tmp_path / "_static" / "styles").glob("all-*.css")]) == 2


CHOICE = "<script>document.documentElement.dataset.theme = 'dark';</script>"


def test_every_file_of_a_script_waits(tmp_path):
    page = book(tmp_path, {"x.js": "run();"})
    scripts = f"""<script async fetchpriority="high" src="../x.js"></script>{CHOICE}
<script data-a="1" src="../x.js?v=1"></script><script defer src="../x.js"></script>
<script type="module" async src="../y.mjs"></script><script type="application/json">{{"src": 1}}</script>"""
    work = Finishing(tmp_path)
    text = with_waiting_scripts(scripts, page, work)
    assert work.faults == set()
    assert text == scripts.replace('<script data-a="1"', '<script defer data-a="1"')


def test_words_to_a_file_are_there_before_it(tmp_path):
    page = book(tmp_path, {"_static/inline/1.js": "let words;", "_static/x.js": "read(words);"})
    asked, words = '<script src="../_static/x.js?v=1"></script>', '<script src="../_static/inline/1.js"></script>'
    text = with_waiting_scripts(f"{asked}\n{words}{asked}", page, Finishing(tmp_path))
    assert text == f"{words}\n{asked}{asked}".replace("<script ", "<script defer ")


@pytest.mark.parametrize(("number", "told"), [(0, "a.html has 0 scripts that choose"), (2, "a.html has 2 scripts that choose")])
def test_a_page_in_which_no_script_or_more_than_one_chooses_light_or_dark_is_told(tmp_path, number, told):
    page, work = book(tmp_path, {"x.js": ""}), Finishing(tmp_path)
    with_waiting_scripts(CHOICE * number + '<script src="../x.js"></script>', page, work)
    [fault] = work.faults
    assert told in fault


def test_a_page_without_stylesheets_and_scripts_is_left_alone(tmp_path):
    page, work = tmp_path / "index.html", Finishing(tmp_path)
    assert with_waiting_scripts(with_one_stylesheet("<p>x</p>", page, work), page, work) == "<p>x</p>"
    assert work.faults == set()


def test_a_script_whose_address_tells_nothing_of_it_gets_its_hash(tmp_path):
    page = book(tmp_path, {"index.js": "1", "a.js": "2"})
    told = """<script defer src="../a.js?v=1"></script><script src="../_static/inline/1.js"></script>
<script async src="../live/1f/view/page.js"></script><script async src="../live/renew.js"></script>"""
    texts = [with_hashes(f'{told}<script defer src="../index.js"></script>', page, Finishing(tmp_path))]
    (tmp_path / "index.js").write_text("2", encoding="utf-8")
    texts += [with_hashes(f'{told}<script defer src="../index.js"></script>', page, Finishing(tmp_path))]
    rest = [text.removeprefix(told) for text in texts]
    assert rest[0] != rest[1]
    assert all(re.fullmatch(r'<script defer src="\.\./index\.js\?v=[0-9a-f]{8}"></script>', text) for text in rest)
