"""The directive for a question with options, each of which says why it is right, or why it tempts and why it fails.

    :::{question} What does the bias do to the boundary?
    :label: neuron-quiz-bias
    - [ ] It turns it.

      That is what the weights do …
    - [x] It shifts it.

      Right: …
    :::

With `:several:` more than one option is right, and the reader must find them all.
"""

from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from book.lessons.html_nodes import html, note

MARKS = {"[ ] ": False, "[x] ": True}


class Question(SphinxDirective):
    """A question with options."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"label": directives.unchanged_required, "several": directives.flag}

    def run(self):
        """Return the question as a list of options, each with its reason behind a `<details>`."""
        if "label" not in self.options:
            raise self.error("A question needs a :label:, by which the reader's answer is kept.")
        label, several = self.options["label"], "several" in self.options
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        if len(body) != 1 or not isinstance(body[0], nodes.bullet_list):
            raise self.error(f"The body of the question {label} is one list of options.")
        options = [_option(item) for item in body[0]]
        if fault := _fault(options, several):
            raise self.error(f"The question {label} {fault}.")
        note(self.env, self.env.docname, "question", label)
        asked, messages = self.state.inline_text(self.arguments[0], self.lineno)
        kind = "checkbox" if several else "radio"
        begin = f'<div class="nn-question" id="{escape(label)}" data-question="{escape(label)}" data-kind="{kind}">'
        parts = [html(begin), nodes.paragraph("", "", *asked, classes=["nn-asked"]), html('<ul class="nn-options">')]
        for right, text, why in options:
            opening = html(f'<li data-right="{str(right).lower()}">')
            parts += [opening, nodes.paragraph("", "", *text, classes=["nn-option"])]
            parts += [html('<details class="nn-why"><summary>Is this it?</summary>'), *why, html("</details></li>")]
        return [*parts, html("</ul></div>"), *messages]


def _option(item):
    """Return an option as (whether it is right, or None where it is not marked; its inline nodes; the nodes of its reason)."""
    first = item[0] if len(item) else nodes.paragraph()
    text = first[0].astext() if len(first) and isinstance(first[0], nodes.Text) else ""
    right = MARKS.get(text[:4])
    if right is not None:
        first[0] = nodes.Text(text[4:])
    return right, first.children, item.children[1:]


def _fault(options, several):
    """Return what is wrong with a question's options in words, or None."""
    marks = [right for right, _, _ in options]
    if None in marks:
        return f"has an option without a mark, number {marks.index(None) + 1}: begin each with [ ] or [x]"
    if not all(why for _, _, why in options):
        return "has an option without a reason: write one below it, indented"
    if len(options) < 2 or False not in marks:
        return "needs a wrong option and a right one"
    if several != (marks.count(True) > 1) or True not in marks:
        return f"has {marks.count(True)} right options: mark one, or more than one and say :several:"
    return None
