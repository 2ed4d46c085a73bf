"""The formulas of the pages, typeset when the book is built: a Sphinx extension.

A page then needs no program for its formulas, does not move while it loads, and shows them without JavaScript. Each has its
MathML beside it, for those who hear the page; with another builder than the website's it is its MathML.
"""

import json
import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging

from book.hooks import is_website, when_built
from book.mathematics.letters import put_fonts
from book.node import node as program

logger = logging.getLogger(__name__)
SHEET = "mathematics.css"
FONTS = "mathematics"  # the folder beside the style sheet
MATHML = re.compile(r"<math\b.*</math>", re.DOTALL)


def setup(app):
    """Register the way in which formulas are written, and the style sheet of them all."""
    app.add_html_math_renderer("typeset", (visit_math, None), (visit_math_block, None))
    app.connect("builder-inited", add_sheet)
    app.connect("doctree-read", collect)
    app.connect("env-updated", typeset_all)
    when_built(app, put_sheet)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def add_sheet(app):
    """Add the style sheet to the pages of the website."""
    if is_website(app):
        app.add_css_file(SHEET, priority=400)


def collect(app, doctree):
    """Note the formulas of a page that is read."""
    found = [(node.astext(), isinstance(node, nodes.math_block)) for node in doctree.findall(_is_formula)]
    app.env.metadata[app.env.docname]["formulas"] = found


def typeset_all(app, env):
    """Typeset the formulas of the book, in one order whichever page was read last, if they are not those of the last build."""
    formulas = [*dict.fromkeys(each for name in sorted(env.found_docs) for each in env.metadata[name].get("formulas", ()))]
    if formulas != [*getattr(env, "nnlib_formulas", {})]:
        env.nnlib_formulas, env.nnlib_formulas_sheet = typeset(formulas)


def put_sheet(app):
    """Write the style sheet of all formulas, and the fonts that it names."""
    folder, fonts = Path(app.outdir) / "_static", _mathjax() / "output" / "chtml" / "fonts" / "woff-v2"
    style = put_fonts(app.env.nnlib_formulas_sheet, fonts, folder / FONTS)
    (folder / SHEET).write_text(style, encoding="utf-8")


def typeset(formulas):
    """Return the answer to each formula, a pair (TeX, whether it stands on its own), and the style sheet of them all.

    An answer is {"html"}, or {"error"} for what is no formula.
    """
    command = [program(), Path(__file__).with_name("typeset.mjs"), _mathjax().resolve(), FONTS]
    questions = [*({"tex": tex, "display": display} for tex, display in formulas), None]
    asked = "".join(f"{json.dumps(question)}\n" for question in questions)
    end = subprocess.run(command, input=asked, check=False, capture_output=True, encoding="utf-8")
    if end.returncode:
        raise RuntimeError(f"The program that typesets the formulas has stopped: {end.stderr}")
    *answers, style = map(json.loads, end.stdout.splitlines())
    return dict(zip(formulas, answers, strict=True)), style["html"]


def visit_math(writer, node):
    """Write a formula within a line."""
    _write(writer, node, "span", display=False)


def visit_math_block(writer, node):
    """Write a formula on its own."""
    if node["number"]:
        raise ExtensionError(f"Formulas are not numbered in this book, but {node.astext()!r} is.")
    _write(writer, node, "div", display=True)


def _is_formula(node):
    return isinstance(node, nodes.math | nodes.math_block)


def _mathjax():
    return Path(distribution("sphinx-mathjax-offline").locate_file("sphinx-mathjax-offline"), "static", "mathjax")


def _write(writer, node, tag, *, display):
    app, tex = writer.builder.app, node.astext()
    answer = app.env.nnlib_formulas.get((tex, display), {"error": "it was not there when the page was read"})
    if "error" in answer:
        logger.warning("This formula can't be typeset, %s: %s", answer["error"], tex, location=node)
    html = answer.get("html", writer.encode(tex))
    if "html" in answer and not is_website(app):
        html = MATHML.search(html)[0]
    writer.body.append(f"{writer.starttag(node, tag, '', CLASS='math notranslate nohighlight')}{html}</{tag}>")
    raise nodes.SkipNode
