"""The finishing of pages: every pass, once a page, what is idle is told, and all of it for the website alone."""

import io
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

ROOT = Path(__file__).parent.parent
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
```
"""
SECOND = "# Second\n\n$$\\frac{1}{2}$$\n"
EXTENSIONS = ["myst_parser", "book.mathematics", "book.figures", "book.pages", "book.lessons", "book.lab.link"]
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


def build(folder, builder):
    """Build a book of two pages, and return its folder and the warnings."""
    source = folder / "source"
    shutil.copytree(ROOT / "assets" / "licenses", source / "assets" / "licenses")
    for name, text in {"first.md": FIRST, "second.md": SECOND, "icon.svg": "<svg/>"}.items():
        (source / name).write_text(text, encoding="utf-8")
    warnings = io.StringIO()
    paths = (source, None, folder / builder, folder / "doctrees", builder)
    with docutils_namespace():
        app = Sphinx(*paths, confoverrides=SETTINGS, status=None, warning=warnings, freshenv=True)
        app.build()
    return folder / builder, re.sub(r"\x1b\[[\d;]*m", "", warnings.getvalue())


def ours(root):
    """Return what our hooks have left in a built book."""
    files = [path.relative_to(root).as_posix() for path in root.rglob("*")]
    tops = {name.split("/")[0] for name in files} & {"live", "_headers", "licenses.html"}
    text = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.*html"))
    return tops | {words for words in ("theme.mjs", "licenses.html", "Content-Security-Policy", "<mjx-") if words in text}


@pytest.mark.parametrize("builder", ["epub", "singlehtml", "dirhtml"])
def test_another_builder_has_none_of_our_hooks_and_no_warning(tmp_path, builder):
    root, warnings = build(tmp_path, builder)
    assert warnings == ""
    assert ours(root) == set()
    pages = [path for path in root.rglob("*.*html") if "<math" in path.read_text(encoding="utf-8")]
    assert len(pages) == (1 if builder == "singlehtml" else 2)
    if builder == "epub":
        assert all(ET.parse(path).getroot().tag.endswith("html") for path in root.rglob("*.xhtml"))


def test_the_website_has_them(tmp_path):
    root, warnings = build(tmp_path, "html")
    everything = {"live", "_headers", "licenses.html", "theme.mjs", "Content-Security-Policy", "<mjx-"}
    assert ours(root) == everything
    assert 'data-state="still"' in (root / "first.html").read_text(encoding="utf-8")
    assert "Nothing was left to mend for the rule or repair «aria-required-children»" in warnings
    assert "«region»" not in warnings
