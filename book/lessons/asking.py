"""What a question and a prediction share: a label by which the reader's answer is kept, what is asked, and a body."""

from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from book.lessons.html_nodes import html, note


class Asking(SphinxDirective):
    """A directive that asks the reader for something; `options` and `answer` say what."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"label": directives.unchanged_required}
    what = ""  # in words
    role = ""  # in the page

    def run(self):
        """Return what is asked, and what is there to answer it, as one element of the page."""
        if "label" not in self.options:
            raise self.error(f"A {self.what} needs a :label:, by which the reader's answer is kept.")
        label = self.options["label"]
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        kind, answer = self.answer(label, body)
        asked, messages = self.state.inline_text(self.arguments[0], self.lineno)
        note(self.env, self.env.docname, self.what, label, nodes.paragraph("", "", *asked).astext())
        begin = f'<div class="nn-{self.role}" id="{escape(label)}" data-{self.role}="{escape(label)}" data-kind="{kind}">'
        return [html(begin), nodes.paragraph("", "", *asked, classes=["nn-asked"]), *answer, html("</div>"), *messages]

    def answer(self, label, body):
        """Return the kind of answer that is asked for, and the nodes of the body that ask for it."""
        raise NotImplementedError
