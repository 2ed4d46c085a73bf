"""What no page can use is left out of the stylesheets, and nothing else."""

import pytest

from book.loading import with_one_stylesheet, without_unused
from book.pages import Finishing
from book.unused import used, without_unread, words_of

PAGE = """<body id="top" class="a  b-c"><svg class='d'></svg></body>"""
SCRIPT = 'node.classList.add("open"); node.className = `nn-curve-${number}`; find(/["]/, ".late", spoken)'


def left(css, there=lambda name: True):
    """Return what is left of a stylesheet, without the spaces."""
    return used(css, words_of([PAGE], [SCRIPT]), there).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    "css",
    [
        "p{x:y}",
        ".a .b-c > .d::before{x:y}",
        "#top:hover{x:y}",
        ".open{x:y}",
        ".late{x:y}",
        ".nn-curve-7{x:y}",  # a name that a script puts together
        ".a:not(.other){x:y}",
        ":is(.other,.a){x:y}",
        "[class*='other']{x:y}",
        '.a::after{content:"} .b {"}',
        "@media print{.a{x:y}}",
        "@keyframes other{from{x:y}}",
        ":root{--other:url(data:image/svg+xml;base64,AA==)}",
        "@font-face{src:url(a.woff2)}",
        '@charset "UTF-8";',
        "/*! by A. Author */.a{x:y}",
    ],
)
def test_what_may_be_used_stays(css):
    assert left(css) == css.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("css", "rest"),
    [
        (".other{x:y}", ""),
        ("#other{x:y}", ""),
        (".a .other{x:y}", ""),
        (".spoken{x:y}", ""),  # a word of a script, and none of its texts
        (".a:is(.b-c,.d).other{x:y}", ""),
        (".other,.a:not(.x,.z),#other{x:y}", ".a:not(.x,.z){x:y}"),
        (r".sd\:other{x:y}", ""),
        ("@media print{.other{x:y}}p{x:y}", "p{x:y}"),
        ("@supports (x: y){@media print{.other{x:y}}}", ""),
        ("/* why } */.a{x:y}/* .b { */", ".a{x:y}"),
        ("/*! by A. Author */.other{x:y}.a{x:y}", "/*!byA.Author*/.a{x:y}"),
        ('.other::after{content:"}"}.a{x:y}', ".a{x:y}"),
    ],
)
def test_what_no_page_can_use_goes(css, rest):
    assert left(css) == rest


def test_a_typeface_whose_file_is_not_there_goes():
    css = "@font-face{src:url('a.woff2')format('woff2')}@font-face{src:url(b.woff2?v=1)}"
    assert left(css, lambda name: name == "b.woff2") == "@font-face{src:url(b.woff2?v=1)}"


@pytest.mark.parametrize(
    ("css", "rest"),
    [
        ("a{--x:1;x:var(--x)}", "a{--x:1;x:var(--x)}"),
        ("a{--x:1;y:z}", "a{y:z}"),
        ("a{--x:1}b{x:y}", "b{x:y}"),
        ("a{--x:var(--y);--y:var(--x)}a{z:var(--y, 1)}", "a{--x:var(--y);--y:var(--x)}a{z:var(--y, 1)}"),
        ("a{--x:var(--y);--y:1}", ""),  # read by what nobody reads
        ("@media print{a{--x:1}}b{x:y}", "b{x:y}"),
        ("/*! by A. Author */a{--x:1}", "/*! by A. Author */"),
        ('a{--x:url(data:image/svg+xml;base64,AA==);--y:"a;b";x:y}', "a{x:y}"),
        ("a{--told:1}b{--shown:2}", "a{--told:1}b{--shown:2}"),
    ],
)
def test_what_nothing_reads_is_not_set(css, rest):
    assert without_unread(css, ['node.style.setProperty("--told", 1)', '<p style="x:var(--shown)">']) == rest


def site(root, body):
    """Write a site with two pages, and return what their stylesheets have, each by the name that its page asks for."""
    (root / "_static" / "styles").mkdir(parents=True, exist_ok=True)
    (root / "_static" / "a.css").write_text(".a { x: y }\n.b { x: y }\n.c { x: y }", encoding="utf-8")
    (root / "_static" / "b.css").write_text(".b { z: url(b.png) }", encoding="utf-8")
    sheets = {"one.html": "a.css", "two.html": "b.css"}
    for name, text in body.items():
        page, link = root / name, f'<link rel="stylesheet" href="_static/{sheets[name]}">'
        page.write_text(with_one_stylesheet(link + text, page, Finishing(root)), encoding="utf-8")
    without_unused(root)
    asked = {name: (root / name).read_text(encoding="utf-8").partition("styles/")[2].partition('"')[0] for name in sheets}
    return {asked[name]: (root / "_static" / "styles" / asked[name]).read_text(encoding="utf-8") for name in sheets}


def test_every_page_asks_for_what_the_whole_book_uses(tmp_path):
    one, two = site(tmp_path, {"one.html": '<p class="a">', "two.html": '<p class="b">'}).values()
    assert one == "/* Of ../a.css */\n.a{x: y}\n.b{x: y}"
    assert two == '/* Of ../b.css */\n.b{z: url("../b.png")}'


def test_a_page_that_changes_alone_changes_the_stylesheets_as_a_new_build_would(tmp_path):
    pages = {"one.html": '<p class="a">', "two.html": '<p class="b">'}
    first = site(tmp_path / "first", pages)
    changed = site(tmp_path / "first", {"two.html": '<p class="c">'})
    assert changed == site(tmp_path / "second", pages | {"two.html": '<p class="c">'}) != first
    assert site(tmp_path / "first", {"two.html": '<p class="b">'}) == first
