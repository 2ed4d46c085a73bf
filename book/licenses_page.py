"""The page that lists what is bundled with the book, and under which licenses: made anew by each build."""

import re
import zipfile
from html import escape
from importlib.metadata import distribution
from pathlib import Path

from book.engine.fetch import MANIFEST, PYTHON
from book.hooks import is_website, on_website
from book.lab.parts import LISTS, parts
from book.parts import PARTS

NAME = "licenses"
TITLE = "Licenses"
OPENING = """<p>The code of this book and of <code>nnlib</code> is under the MIT license, its text and pictures under
<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>. Beside them the site has these parts that others have
made. Nothing is fetched from anywhere else.</p>"""
ROW = '<tr><td><a href="{home}">{name}</a></td><td>{version}</td><td>{license}</td></tr>\n'
HEAD = "<thead><tr><th>Part</th><th>Version</th><th>License</th></tr></thead>"
TABLE = f'<div class="pst-scrollable-table-container"><table class="table">{HEAD}<tbody>{{rows}}</tbody></table></div>'
LAB = """<h2>In the lab</h2><p>The notebooks that run in the browser have these parts besides. Each package of Python has
the text of its license in itself; the programs of the page list what they are made of: {lists}.</p>{table}"""
PRE = '<pre style="white-space: pre-wrap">'
TEXT = "<details><summary>{name}</summary>{notice}{text}</details>\n"


def setup_licenses(app):
    """Add the page, and lead to it from the foot of every page."""
    app.connect("html-collect-pages", pages)
    on_website(app, "html-page-context", add_link)


def pages(app):
    """Return the pages that are to be added, as Sphinx wants them: none for another builder."""
    return [(NAME, {"title": TITLE, "body": body(Path(app.srcdir))}, "page.html")] if is_website(app) else []


def add_link(app, pagename, templatename, context, doctree):
    """Add the link to the foot of a page."""
    link = f'\n<p><a href="{context["pathto"](NAME)}">All that is bundled here, and its licenses</a>.</p>'
    context["theme_extra_footer"] = context.get("theme_extra_footer", "") + link


def body(root):
    """Return the text of the page, made of what is installed and of the files in the repository at `root`."""
    told = [{"name": part.name, "home": filled(part.home), "license": part.license, "version": version(part)} for part in PARTS]
    rows = "".join(ROW.format_map({key: escape(value) for key, value in part.items()}) for part in told)
    table = TABLE.format(rows=rows)
    texts = "".join(_text(part, root) for part in PARTS)
    return f"<section><h1>{TITLE}</h1>{OPENING}{table}<h2>Their texts</h2>\n{texts}{_lab(root)}</section>"


def _lab(root):
    told = [[escape(word) for word in part] for part in parts(Path(root, ".cache", "lab"))]
    if not told:
        return ""
    rows = "".join(f"<tr><td>{name}</td><td>{number}</td><td>{terms}</td></tr>\n" for name, number, terms in told)
    lists = ", ".join(f'<a href="{path}">{path.split("/")[-3]}</a>' for path in LISTS)
    return LAB.format(table=TABLE.format(rows=rows), lists=lists)


def _text(part, root):
    notice = f"<p>{escape(filled(part.notice))}</p>" if part.notice else ""
    text = license_text(part, root)
    return TEXT.format(name=escape(part.name), notice=notice, text=f"{PRE}{escape(text)}</pre>" if text else "")


def version(part):
    """Return the version of a part, as far as it is known."""
    return distribution(part.package).version if part.package else filled(part.version)


def filled(text):
    """Return a text with the versions of what is pinned by `engine.json`, or lies in a package that has another version."""
    [numpy] = [name.split("-")[1] for name in MANIFEST["files"] if name.startswith("numpy-")]
    names = {"pyodide": MANIFEST["pyodide"], "python": PYTHON, "series": PYTHON.rpartition(".")[0], "numpy": numpy}
    names |= {"mathjax": _mathjax() if "{mathjax}" in text else ""}
    return text.format_map(names)


def _mathjax():
    package = distribution("sphinx-mathjax-offline").locate_file("sphinx-mathjax-offline")
    program = Path(package, "static", "mathjax", "tex-chtml.js").read_text(encoding="utf-8")
    return re.search(r'VERSION="([\d.]+)"', program)[1]


def license_text(part, root):
    """Return the text of the license of a part: from its package, from the engine, or from `assets/licenses`."""
    if part.text:
        return Path(root, "assets", "licenses", f"{part.text}.txt").read_text(encoding="utf-8").strip()
    if part.package:
        files = distribution(part.package).files
        [path] = [file for file in files if re.search(r"\.dist-info/(?:licenses/)?LICENSE(?:\.\w+)?$", file.as_posix())]
        return path.locate().read_text(encoding="utf-8").strip()
    if part.name == "NumPy":
        return _of_wheel(root)
    return ""


def _of_wheel(root):
    """Return the licenses in NumPy's wheel, or nothing where the book is built without an engine."""
    texts = []
    for wheel in Path(root, ".cache", "engine").glob("numpy-*.whl"):
        with zipfile.ZipFile(wheel) as files:
            names = sorted(name for name in files.namelist() if re.search(r"/LICENSE(\.\w+)?$", name))
            texts += [f"{name}\n\n{files.read(name).decode().strip()}" for name in names]
    return "\n\n".join(texts)
