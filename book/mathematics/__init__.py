"""The formulas of the pages, typeset when the book is built: a Sphinx extension.

A page then needs no program for its formulas, does not move while it loads, and shows them without JavaScript. Each has its
MathML beside it, for those who hear the page; with another builder than the website's it is its MathML.
"""

import json
import re
import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging

from book.hooks import is_website
from book.node import node as program

logger = logging.getLogger(__name__)
SHEET = "mathematics.css"
FONTS = "mathematics"  # the folder beside the style sheet
MATHML = re.compile(r"<math\b.*</math>", re.DOTALL)


def setup(app):
    """Register the way in which formulas are written, and the style sheet of them all."""
    app.add_html_math_renderer("typeset", (visit_math, None), (visit_math_block, None))
    app.connect("builder-inited", begin)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


class Typesetter:
    """MathJax in a process of its own, which is asked one formula after another."""

    def __init__(self):
        package = distribution("sphinx-mathjax-offline").locate_file("sphinx-mathjax-offline")
        self.mathjax = Path(package) / "static" / "mathjax"
        command = [program(), Path(__file__).with_name("typeset.mjs"), self.mathjax.resolve(), FONTS]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.known = {}

    def html(self, tex, display=False):
        """Return a formula as HTML; raises ValueError where it is none."""
        if (tex, display) not in self.known:
            self.known[tex, display] = self._ask({"tex": tex, "display": display})
        return self.known[tex, display]

    def put_style(self, folder):
        """Write the style sheet of all formulas so far into a folder, and the fonts that it names."""
        style = self._ask(None)
        (folder / SHEET).write_text(style, encoding="utf-8")
        (folder / FONTS).mkdir(exist_ok=True)
        for name in re.findall(rf'url\("{FONTS}/([^"]+)"\)', style):
            shutil.copy(self.mathjax / "output" / "chtml" / "fonts" / "woff-v2" / name, folder / FONTS)

    def close(self):
        """Let the process end."""
        self.process.communicate()

    def _ask(self, question):
        try:
            print(json.dumps(question), file=self.process.stdin, flush=True)
            answer = json.loads(self.process.stdout.readline())
        except (OSError, json.JSONDecodeError) as error:
            raise RuntimeError(f"The program that typesets the formulas has stopped: {error}") from error
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer["html"]


def begin(app):
    """Start the typesetter of this build, if its pages are HTML."""
    app.typesetter = Typesetter() if app.builder.format == "html" else None
    if is_website(app):
        app.add_css_file(SHEET, priority=400)


def finish(app, exception):
    """Write the style sheet, and let the typesetter go."""
    if not exception and is_website(app):
        app.typesetter.put_style(Path(app.outdir) / "_static")
    if app.typesetter:
        app.typesetter.close()


def visit_math(writer, node):
    """Write a formula within a line."""
    _write(writer, node, "span", display=False)


def visit_math_block(writer, node):
    """Write a formula on its own."""
    if node["number"]:
        raise ExtensionError(f"Formulas are not numbered in this book, but {node.astext()!r} is.")
    _write(writer, node, "div", display=True)


def _write(writer, node, tag, *, display):
    try:
        html = writer.builder.app.typesetter.html(node.astext(), display)
        html = html if is_website(writer.builder.app) else MATHML.search(html)[0]
    except ValueError as error:
        logger.warning("This formula can't be typeset, %s: %s", error, node.astext(), location=node)
        html = writer.encode(node.astext())
    writer.body.append(f"{writer.starttag(node, tag, '', CLASS='math notranslate nohighlight')}{html}</{tag}>")
    raise nodes.SkipNode
