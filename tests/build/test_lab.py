"""What the lab is built of: the lock of its Python, and the chapters in plain Markdown. `tests/lab` runs it."""

import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from book.engine import fetch as engine
from book.lab import settings
from book.lab.build import MANIFEST, build, put_script, renew
from book.lab.lock import entry_of, extended
from book.lab.markdown import Book
from book.lab.notebooks import chapters, prepared, write_notebooks
from book.lab.parts import SITE, parts

ROOT = Path(__file__).parents[2]


def wheel(folder, name, needs=(), files=("package/__init__.py",)):
    """Write a wheel, and return its path."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    metadata = "".join(f"{line}\n" for line in ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *needs])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", metadata)
        for file in files:
            archive.writestr(file, "")
    return path


def test_a_wheel_stands_in_the_lock_with_what_it_offers_and_needs(tmp_path):
    needs = [
        "Requires-Dist: NumPy>=2",
        'Requires-Dist: colorama; platform_system == "Windows"',
        'Requires-Dist: pytest; extra == "test"',
        "Requires-Dist: widgetsnbextension~=4.0",
    ]
    files = ("Some_Thing/__init__.py", "Some_Thing/part.py", "single.py", "Some_Thing-1.0.data/x.py", "data/table.csv")
    entry = entry_of(wheel(tmp_path, "Some_Thing", needs, files))
    assert entry["name"] == "some-thing"
    assert entry["imports"] == ["Some_Thing", "single"]
    assert entry["depends"] == ["numpy"]


def test_a_wheel_that_needs_what_is_not_there_is_refused(tmp_path):
    lock = {"packages": {"numpy": {"depends": [], "file_name": "numpy.whl"}}}
    good, bad = wheel(tmp_path, "good", ["Requires-Dist: numpy"]), wheel(tmp_path, "bad", ["Requires-Dist: scipy"])
    assert set(extended(lock, [good])["packages"]) == {"numpy", "good"}
    with pytest.raises(RuntimeError, match=r"bad-1\.0-py3-none-any\.whl needs scipy"):
        extended(lock, [good, bad])


def test_the_lab_has_the_engine_of_the_figures_and_every_package_that_it_names():
    assert MANIFEST["pyodide"] == engine.MANIFEST["pyodide"]
    assert MANIFEST["lock"]["original_sha256"] == engine.MANIFEST["lock"]["original_sha256"]
    locked = MANIFEST["lock"]["cut"]["packages"]
    for entry in locked.values():
        assert MANIFEST["files"][entry["file_name"]]["sha256"] == entry["sha256"]
    assert {"matplotlib", "ipython", "jedi", "micropip", "ssl", "sqlite3"} <= {*locked} & {*settings.PACKAGES}


def test_python_and_front_end_of_the_widgets_are_of_one_version():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name in engine.added(MANIFEST):
        package, version, _ = name.split("-", 2)
        [locked] = re.findall(rf"^{package.replace('_', '-')}==(\S+)", lock, re.MULTILINE)
        assert version == locked, f"lab.json has {name}, requirements.lock {locked}: make engine puts the new wheel there"
        assert f"sha256:{MANIFEST['files'][name]['sha256']}" in lock


def test_without_its_packages_it_says_what_is_missing(tmp_path):
    with pytest.raises(RuntimeError, match=r"has no pyodide\.mjs"):
        build(ROOT, tmp_path, tmp_path, tmp_path, tmp_path / "lab")


@pytest.fixture
def book():
    """Return a book of two pages, one of which is a notebook, with a labeled box and one source."""
    book = Book(ROOT, sources={"ada1843": ("Lovelace", "1843"), "abc2020": ("Ada et al.", "2020")})
    book.add("welcome", "# Welcome", True)
    book.add("neuron", "# The neuron\n\n:::{exercise} A bug\n:class: x\n:label: neuron-bug\n\nFind it.\n:::", True)
    book.add("glossary", "# Glossary\n\n(here)=\n## A place", False)
    return book


PLAIN = {
    "prose is left alone": ("Plain *text*, `code` and $x_i$.", "Plain *text*, `code` and $x_i$."),
    "a term": ("{term}`weight` and {term}`biases <bias>`", "weight and biases"),
    "a page that is a notebook": ("{doc}`neuron`, {doc}`it <neuron>`", "[The neuron](neuron.ipynb), [it](neuron.ipynb)"),
    "a page that is none": ("{doc}`glossary`, {doc}`it <glossary>`", "Glossary, it"),
    "a label": ("{ref}`neuron-bug`, {prf:ref}`neuron-bug`, {ref}`here`", "“A bug”, “A bug”, “A place”"),
    "sources": (
        "{cite:t}`ada1843` said; {cite:p}`ada1843, abc2020`",
        "Lovelace (1843) said; (Lovelace, 1843; Ada et al., 2020)",
    ),
    "a target": ("(here)=\n## A place", "## A place"),
    "an exercise": (
        ":::{exercise} A bug\n:label: neuron-bug\n\nA {term}`bug`:\n\n$$\nx\n$$\n:::",
        "<blockquote>\n\n**Exercise: A bug**\n\nA bug:\n\n$$\nx\n$$\n\n</blockquote>",
    ),
    "an entry of the reference": ("{py:func}`~nnlib.losses.mse`, {py:func}`nnlib.train`", "`mse`, `nnlib.train`"),
    "a theorem": (":::{prf:theorem} Bound\nIt is.\n:::", "<blockquote>\n\n**Theorem: Bound**\n\nIt is.\n\n</blockquote>"),
    "a note": (":::{note}\nSo it is.\n:::", "<blockquote>\n\n**Note**\n\nSo it is.\n\n</blockquote>"),
    "a solution": (
        ":::{solution} neuron-bug\n:class: dropdown\n\nSo.\n:::",
        "<details><summary>Solution</summary>\n\nSo.\n\n</details>",
    ),
    "a box in a box": (
        "::::{admonition} Out\n\n:::{note}\nin\n:::\n::::",
        "<blockquote>\n\n**Out**\n\n<blockquote>\n\n**Note**\n\nin\n\n</blockquote>\n\n</blockquote>",
    ),
    "a formula": ("```{math}\n:label: eq\n\nx = 1\n```", "$$\nx = 1\n$$"),
    "the table of contents": ("```{tableofcontents}\n```", "- [The neuron](neuron.ipynb)"),
    "a source": (
        "```{literalinclude} ../book/lab/lock.py\n:pyobject: normal\n```",
        '```python\ndef normal(name):\n    """Return the one spelling of a package\'s name."""\n'
        '    return re.sub(r"[-_.]+", "-", name).lower()\n```',
    ),
    "a question": (
        ":::{question} What?\n:label: q\n- [ ] This.\n\n  Not\n  so.\n- [x] That.\n\n  Right.\n:::",
        "<blockquote>\n\n**Question: What?**\n\n- This.\n- That.\n\n<details><summary>Answers</summary>\n\n"
        "- ✗ *This.* Not so.\n- ✓ *That.* Right.\n\n</details>\n\n</blockquote>",
    ),
}


@pytest.mark.parametrize(("text", "plain"), PLAIN.values(), ids=PLAIN)
def test_the_books_markup_becomes_plain_markdown(book, text, plain):
    assert book.plain(text) == plain


@pytest.mark.parametrize("text", ["{doc}`nowhere`", "{cite:t}`nobody1900`"])
def test_a_reference_to_nothing_is_an_error(book, text):
    with pytest.raises(KeyError):
        book.plain(text)


def test_a_notebook_of_the_lab_has_no_outputs_and_folds_what_the_page_hides(book):
    out = new_output("stream", text="3\n")
    cells = [
        new_markdown_cell("# A title\n\nText."),
        new_code_cell("print(3)", execution_count=1, outputs=[out], metadata={"tags": ["hide-input"], "mystnb": {}}),
        new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]}),
    ]
    notebook = prepared(new_notebook(cells=cells, metadata={"widgets": {}}), book)
    nbformat.validate(notebook)
    title, hidden, failing = notebook.cells
    assert re.match(r"# A title\n\n\*This notebook runs in your browser.*\n\nText\.$", title.source, re.DOTALL)
    assert (hidden.outputs, hidden.execution_count) == ([], None)
    assert hidden.metadata == {"tags": ["hide-input"], "jupyter": {"source_hidden": True}}
    assert failing.metadata == {"tags": ["raises-exception"]}
    assert notebook.metadata.kernelspec.name == "python" and "widgets" not in notebook.metadata


def test_every_chapter_becomes_a_notebook_without_raw_markup(tmp_path):
    assert len(write_notebooks(ROOT, tmp_path)) == len(chapters(ROOT)) == len([*(ROOT / "chapters").glob("*.ipynb")])
    raw = re.compile(r"^:{3,}|^`{3,}\{|\{[\w:-]+\}`|^\([\w-]+\)=", re.MULTILINE)
    for path in tmp_path.rglob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        assert raw.findall(text) == [], path.stem


def test_a_lab_that_is_there_gets_its_notebooks_and_what_it_tells_of_them_anew(tmp_path):
    notebook, folder = {"type": "notebook", "path": "chapters/neuron.ipynb", "size": 1}, {"type": "directory", "size": None}
    listing = tmp_path / "api" / "contents" / "chapters" / "all.json"
    listing.parent.mkdir(parents=True)
    listing.write_text(json.dumps({"content": [notebook, folder], "path": "chapters"}), encoding="utf-8")
    assert renew(ROOT, tmp_path) == len(chapters(ROOT))
    path = tmp_path / "files" / "chapters" / "neuron.ipynb"
    told = json.loads(listing.read_text(encoding="utf-8"))
    assert told == {"content": [notebook | {"size": path.stat().st_size}, folder], "path": "chapters"}
    editions = json.loads((tmp_path / "editions.json").read_text(encoding="utf-8"))
    assert editions.keys() == {*chapters(ROOT)}
    assert nbformat.read(path, as_version=4).metadata.nnlib.edition == editions["chapters/neuron.ipynb"]


def test_the_edition_of_a_chapter_changes_with_it_and_with_no_other(book):
    def edition(source):
        cells = [new_markdown_cell("# A title\n\nText."), new_code_cell(source, id="a")]
        cells[0].id = "b"
        return prepared(new_notebook(cells=cells), book).metadata.nnlib.edition

    assert edition("print(3)") == edition("print(3)") != edition("print(4)")


def test_what_the_reader_keeps_is_seen_to_before_jupyterlab_starts_in_every_page(tmp_path):
    for app in settings.APPS:
        (tmp_path / app).mkdir()
        (tmp_path / app / "index.html").write_text("<head></head><script>await import('a')</script>", encoding="utf-8")
    put_script(tmp_path)
    for app in settings.APPS:
        page = (tmp_path / app / "index.html").read_text(encoding="utf-8")
        assert re.search(r"await import\('\.\./keep\.js\?[0-9a-f]{12}'\);\s*await import\('a'\)", page)
    with pytest.raises(RuntimeError, match="has JupyterLite changed"):
        put_script(tmp_path)


def test_every_part_of_the_lab_tells_its_license_in_a_few_words(tmp_path):
    wheel(tmp_path, "short", ["License: MIT", "Classifier: License :: OSI Approved :: BSD License"])
    wheel(tmp_path, "whole", ["License: Copyright (c) 2015", "Classifier: License :: OSI Approved :: BSD License"])
    wheel(tmp_path, "expression", ["License-Expression: MPL-2.0 AND MIT", "License: see above"])
    (tmp_path / "openssl-1.1.1w.zip").touch()
    told = {name: (version, terms) for name, version, terms in parts(tmp_path)}
    assert {name: told.pop(name)[1] for name in SITE} == dict.fromkeys(SITE, "BSD License")
    assert told == {
        "short": ("1.0", "MIT"),
        "whole": ("1.0", "BSD License"),
        "expression": ("1.0", "MPL-2.0 AND MIT"),
        "openssl": ("1.1.1w", "OpenSSL"),
    }


def test_without_a_lab_there_is_nothing_to_tell(tmp_path):
    assert parts(tmp_path / "nowhere") == []
