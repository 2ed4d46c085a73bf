"""The directive for a prediction: the answer, a part of the chapter, stays hidden until the reader has committed to one.

    :::{predict} Will the output go up or down?
    :label: neuron-predict-bias
    - Up.
    - Down.
    :::

    … what is hidden: cells and text …

    <!-- end of prediction -->

Without options in its body the reader writes a sentence; with `:number:`, a number.
"""

from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging

from book.lessons.asking import Asking
from book.lessons.html_nodes import html

logger = logging.getLogger(__name__)
END = "<!-- end of prediction -->"


class prediction(nodes.General, nodes.Element):
    """Where a prediction's question ends, and its answer begins; `put_predictions` takes it out."""


class Predict(Asking):
    """A prediction that the reader is asked for."""

    option_spec = Asking.option_spec | {"number": directives.flag}
    what = "prediction"
    role = "predict"

    def run(self):
        """Return the question, its options as a list, and the mark where the answer begins."""
        return [*super().run(), prediction(label=self.options["label"])]

    def answer(self, label, body):
        """Return the kind, "choice", "number" or "sentence", and the options."""
        choices = bool(len(body)) and isinstance(body[-1], nodes.bullet_list)
        if choices and "number" in self.options:
            raise self.error(f"The prediction {label} asks for a number and has options: keep one of the two.")
        return "choice" if choices else "number" if "number" in self.options else "sentence", body.children


def put_predictions(app, doctree):
    """Put what stands between a prediction and its end into a `<details>`."""
    for mark in list(doctree.findall(prediction)):
        after = mark.parent.children[mark.parent.index(mark) + 1 :]
        ends = [node for node in after if isinstance(node, nodes.raw) and node.astext().strip() == END]
        nested = [node for node in after if isinstance(node, prediction)]
        if not ends or (nested and after.index(nested[0]) < after.index(ends[0])):
            text = "The prediction %s has no end: write %s below its answer, in the same section."
            logger.warning(text, mark["label"], END, location=mark)
            mark.parent.remove(mark)
            continue
        label = escape(mark["label"])
        mark.replace_self(html(f'<details class="nn-predicted" data-answers="{label}"><summary>Show the answer</summary>'))
        ends[0].replace_self(html("</details>"))
