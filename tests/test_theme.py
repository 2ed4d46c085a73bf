"""The repairs of the theme's pages are made, and one that has become idle is told."""

from book.theme import REPAIRS, mend

PAGE = """<div id="pst-primary-sidebar" class="bd-sidebar">
<button class="btn search-button-field x" title="Search" aria-label="Search" data-x="1">Search <kbd>K</kbd></button>
</div>
<button onclick="window.print()" class="btn">P</button><button onclick="toggleFullScreen()" class="btn">F</button>
<script>DOCUMENTATION_OPTIONS.pagename = 'a/b';</script>
<meta name="docsearch:version" content="" />
<script src="_static/searchtools.js"></script>
<script src="_static/language_data.js"></script> <script src="searchindex.js"></script>
<details><summary aria-label="Toggle hidden content"><p>Show code cell source</p></summary></details>
<section class="theorem-content" id="proof-content"></section><section class="theorem-content" id="proof-content"></section>
<div role="list" class="citation-list"><div class="citation" role="doc-biblioentry"></div></div>"""


def test_what_the_theme_left_undone_is_mended_on_every_page(tmp_path):
    pages = [tmp_path / name for name in ("a.html", "b.html")]
    for page in pages:
        page.write_text(PAGE, encoding="utf-8")
    assert mend(pages) == []
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert 'id="pst-primary-sidebar" role="region" aria-label="The book" class=' in text
        assert 'aria-label="Search"' not in text and 'title="Search"' in text
        assert "<summary><p>Show code" in text
        assert text.count('<button class="btn">') == 2 and "<script" not in text
        assert text.count('<section class="theorem-content">') == 2
        assert 'role="listitem"' in text and "doc-biblioentry" not in text


def test_a_repair_that_finds_nothing_to_mend_is_named(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(PAGE.replace("doc-biblioentry", "note"), encoding="utf-8")
    assert mend([page]) == ["aria-required-children"]
    assert mend([]) == sorted(REPAIRS)
