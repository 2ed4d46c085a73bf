"""The repairs of the theme's pages are made, and each is counted."""

import re

from book.pages import Finishing
from book.theme import REPAIRS, mended

PAGE = """<div id="pst-primary-sidebar" class="bd-sidebar">
<button class="btn search-button-field x" title="Search" aria-label="Search" data-x="1">Search <kbd>K</kbd></button>
</div>
<button onclick="window.print()" class="btn">P</button><button onclick="toggleFullScreen()" class="btn">F</button>
<script data-cfasync="false">
    document.documentElement.dataset.mode = localStorage.getItem("mode") || "auto";
    document.documentElement.dataset.theme = localStorage.getItem("theme") || "auto";
</script>
<script>DOCUMENTATION_OPTIONS.pagename = 'a/b';</script>
<script>
DOCUMENTATION_OPTIONS.search_as_you_type = false;
</script>
<script src="_static/doctools.js?v=1"></script>
<script defer src="_static/scripts/bootstrap.js?digest=1"></script>
<button data-bs-title="Color mode" data-bs-toggle="tooltip">C</button>
<meta name="docsearch:version" content="" />
<script src="_static/searchtools.js"></script>
<script src="_static/language_data.js"></script> <script src="searchindex.js"></script>
<details><summary aria-label="Toggle hidden content">
<p class="collapsed admonition-title">Show code cell source</p></summary></details>
<li class="toctree-l1 has-children"><a href="a.html">For teachers</a><details><summary><i></i></summary></details></li>
<tr><th class="head"><p>a</p></th><th class="head"><p></p></th></tr>
<dd class="field-odd"><p><ul class="simple">
<li><p>a</p></li>
</ul>
</p></dd>
<link rel="next" title="b" href="b.html" />
<nav id="pst-page-toc-nav" class="page-toc"></nav>
<link rel="preload" as="script" href="_static/scripts/a.js?digest=1" />
<div role="list" class="citation-list"><div class="citation" role="doc-biblioentry"></div></div>"""


def test_what_the_theme_left_undone_is_mended(tmp_path):
    work = Finishing(tmp_path)
    text = mended(PAGE, tmp_path / "a.html", work)
    assert 'id="pst-primary-sidebar" role="region" aria-label="The book" class=' in text
    assert 'aria-label="Search"' not in text and 'title="Search"' in text
    assert '<summary>\n<span class="collapsed admonition-title">Show code cell source</span></summary>' in text
    assert '<dd class="field-odd"><ul class="simple">\n<li><p>a</p></li>\n</ul></dd>' in text and "rel=" not in text
    assert '<summary aria-label="The pages of For teachers"><i>' in text and "<p>a</p></th><td></td></tr>" in text
    assert '<button title="Color mode">' in text and "bootstrap" not in text and "doctools" not in text
    assert text.count('<button class="btn">') == 2 and '<nav class="page-toc">' in text and "a.js" not in text
    assert re.findall(r"<script[^>]*>\W*(\w+)", text) == ["const", "document"]  # that of memory.js comes first
    assert """localStorage.getItem("theme") || (matchMedia("(prefers-color-scheme: dark)").matches ?""" in text
    assert 'role="listitem"' in text and "doc-biblioentry" not in text
    assert {rule: work.done[rule] for rule in REPAIRS} == dict.fromkeys(REPAIRS, 1) | {"no script in a button": 2}


def test_the_search_and_an_index_keep_the_scripts_that_they_need(tmp_path):
    assert "doctools.js" in mended(PAGE, tmp_path / "search.html", Finishing(tmp_path))
    index = f"{PAGE}<script>DOCUMENTATION_OPTIONS.COLLAPSE_INDEX = true;</script>"
    assert "doctools.js" in mended(index, tmp_path / "py-modindex.html", Finishing(tmp_path))


def test_a_repair_that_finds_nothing_to_mend_is_counted_as_idle(tmp_path):
    work = Finishing(tmp_path)
    mended(PAGE.replace("doc-biblioentry", "note"), tmp_path / "a.html", work)
    assert [rule for rule in REPAIRS if not work.done[rule]] == ["aria-required-children"]
