"""What lessons and hand-outs are made of: a chapter's aims, what the room predicts, known mistakes, drawings, room to write.

```{aims} neuron 1 2 3
```

```{room} neuron-predict-ten
```

:::{mistake} neuron-boundary
the bias is left out

What the teacher says.
:::
"""

import re
from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from book.teaching.links import leads_to, parsed
from book.teaching.source import Chapters
from nnlib.arrays import choose
from nnlib.exercises import EXERCISES
from nnlib.explorables import EXPLORABLES
from nnlib.live.protocol import opening

DRAWING = re.compile(r'<div class="nn-draw" data-target="(?P<target>[^"]*)" data-panel="(?P<panel>\w+)"></div>')


class Taught(SphinxDirective):
    """A directive that is made of the book's chapters."""

    required_arguments = 1
    final_argument_whitespace = True

    def chapters(self):
        """Return the chapters; the page is built again when one of them has changed."""
        found = Chapters(self.env.srcdir)
        for path in found.paths.values():
            self.env.note_dependency(path)
        return found

    def parsed(self, text, node=None):
        """Return what a text in Markdown is."""
        node = nodes.Element() if node is None else node
        self.state.nested_parse(StringList(text.splitlines(), self.env.docname), self.content_offset, node)
        return node.children

    def chosen(self, name, table, what):
        """Return what a table has under a name, or stop with a clear error."""
        try:
            return choose(name, table, what)
        except ValueError as error:
            raise self.error(str(error)) from error


class Aims(Taught):
    """Aims of a chapter, in its own words, by their numbers."""

    def run(self):
        """Return them as a list."""
        chapters, (name, *numbers) = self.chapters(), self.arguments[0].split()
        aims = {str(number): aim for number, aim in enumerate(chapters.aims[self.page_of(chapters, name)], 1)}
        told = [self.chosen(number, aims, f"the number of an aim of {name}") for number in numbers]
        return self.parsed("\n".join(f"- {aim[:1].upper()}{aim[1:]}." for aim in told))

    def page_of(self, chapters, name):
        """Return the page of a chapter, or stop with a clear error."""
        try:
            return chapters.page(name)
        except ValueError as error:
            raise self.error(str(error)) from error


class Room(Taught):
    """What the room is asked to predict: a prediction of a chapter, with letters to raise hands for; `:paper:` has no link."""

    option_spec = {"paper": directives.flag}

    def run(self):
        """Return the question and its options."""
        asked = self.chosen(self.arguments[0].strip(), self.chapters().predictions, "the label of a prediction")
        box = nodes.container(classes=["nn-room"])
        self.parsed(f"**Predict.** {asked.title}", box)
        if asked.words:
            self.parsed(asked.words, box)
        options = nodes.enumerated_list(enumtype="upperalpha", prefix="", suffix=".")
        for option in asked.options:
            item = nodes.list_item()
            self.parsed(option, item)
            options += item
        box += (
            options if asked.options else nodes.paragraph("", f"Your {'number' if asked.wants_number else 'answer'}: ________")
        )
        if "paper" not in self.options:
            ways = {"In its chapter, with the answer": "", "On a slide, with hands to count": "present"}
            links = [leads_to("", nodes.Text(words), page=asked.page, anchor=asked.label, query=q) for words, q in ways.items()]
            box += nodes.paragraph("", "", links[0], nodes.Text(" · "), links[1], classes=["nn-where"])
        return [box]


class Mistake(Taught):
    """A wrong answer that the judge knows: the program, the judge's words, and what the teacher says."""

    has_content = True

    def run(self):
        """Return it as a box."""
        exercise = self.chosen(self.arguments[0].strip(), EXERCISES, "the name of an exercise")
        name, *said = self.content or [""]
        wrong = self.chosen(
            name.strip(), {wrong.name: wrong for wrong in exercise.wrong}, f"a known mistake in {exercise.name}"
        )
        box = nodes.container(classes=["nn-mistake"])
        self.parsed(f"**{wrong.name[:1].upper()}{wrong.name[1:]}**, in {{ref}}`{exercise.name}`.", box)
        if wrong.changes:
            program = exercise.mistaken(wrong).strip()
            box += nodes.literal_block(program, program, language="python")
        self.parsed(f"The judge says: “{wrong.what} {wrong.where}”", box)
        self.parsed("\n".join(said).strip(), box)
        return [box]


class Notes(SphinxDirective):
    """What is meant for the teacher alone: it is no part of a slide, which has its links to figures besides."""

    has_content = True

    def run(self):
        """Return it as a box, and a line with the links in it."""
        box = nodes.container(classes=["nn-notes"])
        self.state.nested_parse(self.content, self.content_offset, box)
        links = [link.deepcopy() for link in box.findall(leads_to)]
        if not links:
            return [box]
        line = nodes.paragraph("", "On the screen: ", classes=["nn-where"])
        for link in links:
            line += [nodes.Text(" · "), link] if link is not links[0] else [link]
        return [box, line]


def lines(count):
    """Return lines to write on."""
    return nodes.raw("", f'<div class="nn-lines" aria-hidden="true">{"<i></i>" * count}</div>', format="html")


class Lines(SphinxDirective):
    """Lines to write on, on paper: how many of them."""

    required_arguments = 1

    def run(self):
        """Return the lines, which say nothing."""
        return [lines(directives.positive_int(self.arguments[0]))]


class Drawing(SphinxDirective):
    """A panel of a figure's still picture, with settings: `name: a=1`, and `:panel:`."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"panel": directives.unchanged_required}

    def run(self):
        """Return its place."""
        try:
            name, settings = parsed(self.arguments[0])
            panels = {panel["name"]: panel for panel in opening(name, settings)["picture"]}
            panel = self.options.get("panel", next(iter(panels)))
            choose(panel, panels, f"a panel of {EXPLORABLES[name].title}")
        except (TypeError, ValueError) as error:
            raise self.error(str(error)) from error
        target = escape(" ".join(self.arguments[0].split()))
        return [nodes.raw("", f'<div class="nn-draw" data-target="{target}" data-panel="{panel}"></div>', format="html")]
