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

from docutils import nodes
from docutils.parsers.rst import directives

from book.lessons.asking import Asking
from book.lessons.html_nodes import html

MARKS = {"[ ] ": False, "[x] ": True}


class Question(Asking):
    """A question with options."""

    option_spec = Asking.option_spec | {"several": directives.flag}
    what = "question"
    role = "question"

    def answer(self, label, body):
        """Return the kind, "radio" or "checkbox", and the options as a list, each with its reason behind a `<details>`."""
        several = "several" in self.options
        if len(body) != 1 or not isinstance(body[0], nodes.bullet_list):
            raise self.error(f"The body of the question {label} is one list of options.")
        options = [_option(item) for item in body[0]]
        if fault := _fault(options, several):
            raise self.error(f"The question {label} {fault}.")
        parts = [html('<ul class="nn-options">')]
        for right, text, why in options:
            opening = html(f'<li data-right="{str(right).lower()}">')
            parts += [opening, nodes.paragraph("", "", *text, classes=["nn-option"])]
            parts += [html('<details class="nn-why"><summary>Is this it?</summary>'), *why, html("</details></li>")]
        return "checkbox" if several else "radio", [*parts, html("</ul>")]


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
