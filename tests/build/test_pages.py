"""The pages of the website: finished once each, for the website alone, and built again where they are stale."""

import io
import os
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import twice
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from book import beside, pages, stale
from book.pages import Finishing, sweep

ROOT = Path(__file__).parents[2]
FIRST = """# First

Here is $x^2$, and {doc}`another page <second>`.

:::{question} What does the bias $b$ do?
:label: bias
- [ ] It turns the line.

  No.
- [x] It shifts the line.

  Right.
:::

```{raw} html
<div class="output text_html"><p class="nn-place" data-explorable="slopes" data-settings="{}">A figure.</p></div>
```

```{toctree}
second
third
```
"""
SECOND = """# Second

$$\\frac{1}{2}$$

Some words.

Some more.

(here)=
## A place

```{index} a rare word
```
"""
THIRD = """# Third

See {ref}`here`, and $x$.

```{index} another word
```
"""
EXTENSIONS = ["myst_parser", "book.mathematics", "book.figures", "book.beside", "book.pages", "book.lessons", "book.lab.link"]
SETTINGS = {
    "extensions": EXTENSIONS,
    "myst_enable_extensions": ["colon_fence", "dollarmath"],
    "root_doc": "first",
    "html_theme": "sphinx_book_theme",
    "version": "1",
    "copyright": "2026",
    "epub_title": "A book",
    "html_math_renderer": "typeset",
    "html_favicon": "icon.svg",
}


def build(folder, builder="html", change=None, **settings):
    """Build a book of three pages in a folder, again where it is there, and return where it is and the warnings."""
    source = folder / "source"
    if not source.is_dir():
        shutil.copytree(ROOT / "assets" / "licenses", source / "assets" / "licenses")
        for name, text in {"first.md": FIRST, "second.md": SECOND, "third.md": THIRD, "icon.svg": "<svg/>"}.items():
            (source / name).write_text(text, encoding="utf-8")
    if change:
        page = source / "second.md"
        assert change[0] in SECOND
        page.write_text(SECOND.replace(*change), encoding="utf-8")
    warnings = io.StringIO()
    paths = (source, None, folder / builder, folder / "doctrees", builder)
    with docutils_namespace():
        app = Sphinx(*paths, confoverrides=SETTINGS | settings, status=None, warning=warnings)
        app.build()
    return folder / builder, re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())


def ours(root):
    """Return what our hooks have left in a built book."""
    files = [path.relative_to(root).as_posix() for path in root.rglob("*")]
    tops = {name.split("/")[0] for name in files} & {"live", "_headers", "licenses.html"}
    text = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.*html"))
    return tops | {words for words in ("view/theme.js", "licenses.html", "Content-Security-Policy", "<mjx-") if words in text}


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "dirhtml"])
def test_another_builder_has_none_of_our_hooks_and_no_warning(tmp_path, builder):
    root, warnings = build(tmp_path, builder)
    assert warnings == ""
    assert ours(root) == set()
    pages = [path for path in root.rglob("*.*html") if "<math" in path.read_text(encoding="utf-8")]
    assert len(pages) == (1 if builder == "singlehtml" else 3)
    if builder == "epub":
        assert all(ET.parse(path).getroot().tag.endswith("html") for path in root.rglob("*.xhtml"))


def test_the_website_has_them(tmp_path):
    root, warnings = build(tmp_path)
    everything = {"live", "_headers", "licenses.html", "view/theme.js", "Content-Security-Policy", "<mjx-"}
    assert ours(root) == everything
    assert 'data-state="still"' in (root / "first.html").read_text(encoding="utf-8")
    assert "Nothing was left to mend for the rule or repair «aria-required-children»" in warnings
    assert "«region»" not in warnings


@pytest.fixture
def quiet(monkeypatch):
    """Let a small book have nothing to mend for a repair."""
    monkeypatch.setattr(pages, "REPAIRS", ())


CHANGES = {
    "words": (("Some more.", "Other words, $x$, which nobody has said."), {"first", "second"}),
    "the beginning, which other pages may tell": (("Some words.", "Words."), {"first", "second", "third"}),
    "a title that another page names": (("## A place", "## Another place"), {"first", "second", "third"}),
    "a formula with another letter": ((r"\frac{1}{2}", r"\frac{\aleph}{2}"), {"first", "second", "third"}),
    "an index entry": (("a rare word", "a rarer word"), {"first", "second"}),
}


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(("change", "written"), CHANGES.values(), ids=CHANGES)
def test_after_a_change_the_book_is_what_it_is_when_built_from_nothing(tmp_path, change, written):
    root, warnings = build(tmp_path / "one")
    assert warnings == ""
    for path in root.glob("*.html"):
        os.utime(path, (2e9, 2e9))  # newer than every source
    os.utime(root / "second.html", (1e9, 1e9))
    build(tmp_path / "one", change=change)
    assert {name for name in ("first", "second", "third") if (root / f"{name}.html").stat().st_mtime < 2e9} == written
    whole, _ = build(tmp_path / "two", change=change)
    assert twice.differing(root, whole) == []


@pytest.mark.usefixtures("quiet")
def test_where_nothing_has_changed_nothing_is_written(tmp_path):
    root, _ = build(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in root.glob("*.html")}
    build(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.usefixtures("quiet")
def test_an_interrupted_build_is_begun_anew(tmp_path):
    root, _ = build(tmp_path)
    whole = (root / "third.html").read_text(encoding="utf-8")
    (tmp_path / "doctrees" / "html.done").unlink()
    (root / "third.html").write_text("half of it", encoding="utf-8")
    build(tmp_path)
    assert (root / "third.html").read_text(encoding="utf-8") == whole


def test_a_build_that_warns_warns_again(tmp_path):
    _, first = build(tmp_path)
    _, second = build(tmp_path)
    assert first == second != ""


@pytest.mark.usefixtures("quiet")
def test_other_code_builds_every_page_again(tmp_path, monkeypatch):
    root, _ = build(tmp_path)
    os.utime(root / "third.html", (2e9, 2e9))
    monkeypatch.setattr(stale, "hash_of", lambda root, names: "other")
    build(tmp_path)
    assert (root / "third.html").stat().st_mtime < 2e9


def edition(root):
    [view] = root.glob("live/*/view")
    return view.parent.name


@pytest.mark.usefixtures("quiet")
def test_another_script_gives_another_edition_which_every_page_asks_for_and_no_other_stays(tmp_path, monkeypatch):
    root, _ = build(tmp_path)
    first = edition(root)
    build(tmp_path)
    assert edition(root) == first
    monkeypatch.setattr(beside, "as_script", lambda path: f"run('{path.name}')")
    build(tmp_path)
    second = edition(root)
    assert second != first
    for path in root.glob("*.html"):
        asked = re.findall(r"live/(\w+)/", path.read_text(encoding="utf-8"))
        assert {*asked} == ({second} if path.name != "index.html" else set())


def test_another_nnlib_gives_another_edition(tmp_path, monkeypatch):
    for folder in ("engine", "wheel"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(beside, "MANIFEST", {"files": {"pyodide.mjs": {}}})
    monkeypatch.setattr(beside, "missing", lambda folder: [])
    (tmp_path / "engine" / "pyodide.mjs").touch()
    names = []
    for content in ("one", "two", "one"):
        (tmp_path / "wheel" / "nnlib-1.whl").write_text(content, encoding="utf-8")
        files = beside.files_of(tmp_path / "engine", tmp_path / "frozen", tmp_path / "wheel")
        assert files["engine/pyodide.js"] == tmp_path / "engine" / "pyodide.mjs"
        names.append(beside.name_of({name: held for name, held in files.items() if isinstance(held, str)}))
    assert names[0] == names[2] != names[1]


def test_the_service_worker_is_another_one_when_what_a_page_needs_is(tmp_path):
    (tmp_path / "live" / "1f" / "engine").mkdir(parents=True)
    (tmp_path / "live" / "1f" / "engine" / "files.json").write_text('{"plain": [], "frozen": null}', encoding="utf-8")
    (tmp_path / "_static" / "styles").mkdir(parents=True)
    texts = []
    for looks in ("a", "b"):
        (tmp_path / "_static" / "styles" / "all-1.css").write_text(looks, encoding="utf-8")
        beside.put_service_worker(tmp_path)
        texts.append((tmp_path / "service-worker.js").read_text(encoding="utf-8"))
    assert texts[0] != texts[1]
    assert '"live/1f/engine/files.json"' in texts[0] and '"_static/styles/all-1.css"' in texts[0]


def test_the_hash_of_the_code_is_another_when_a_file_is(tmp_path):
    (tmp_path / "code" / "__pycache__").mkdir(parents=True)
    (tmp_path / "code" / "a.py").touch()
    first = stale.hash_of(tmp_path, ("code",))
    (tmp_path / "code" / "__pycache__" / "a.pyc").touch()
    assert stale.hash_of(tmp_path, ("code",)) == first
    (tmp_path / "code" / "a.py").rename(tmp_path / "code" / "b.py")
    assert stale.hash_of(tmp_path, ("code",)) != first


def test_what_no_page_asks_for_is_swept_away(tmp_path):
    names = ("_images/1.png", "_images/2.png", "_static/inline/3.js", "_static/styles/all-4.css", "_static/styles/theme.css")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "a.html").write_text('<img src="_images/1.png"><script src="_static/inline/3.js"></script>', encoding="utf-8")
    sweep(tmp_path)
    left = {name for name in names if (tmp_path / name).exists()}
    assert left == {"_images/1.png", "_static/inline/3.js", "_static/styles/theme.css"}


def test_a_repair_that_finds_nothing_to_mend_is_named(tmp_path):
    work = Finishing(tmp_path)
    assert work.idle() == sorted(pages.REPAIRS)
    work.done["region"] += 1
    assert "region" not in work.idle()
