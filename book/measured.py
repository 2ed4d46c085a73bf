"""What the proofs have measured, in words on a page, with how to measure it again.

    ```{measured} load
    {readers} readers opened the book at once.
    ```

A Sphinx extension. A name in braces stands for a figure of the claim's record, which `tests/proof/` keeps.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from book.foot import in_words

RECORDED = "tests/proof/recorded"


def setup(app):
    """Register the directive."""
    app.add_directive("measured", Measured)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Measured(SphinxDirective):
    """A claim, in Markdown, with its figures, its command, and when and where it was measured."""

    required_arguments = 1
    has_content = True

    def run(self):
        """Return the claim's paragraphs, and below them the line that says how to measure it again."""
        name = self.arguments[0]
        path = Path(self.env.app.srcdir, RECORDED, f"{name}.json")
        if not path.is_file():
            raise self.error(f"Nothing has measured {name}: there is no {path.name} in {RECORDED}.")
        self.env.note_dependency(path)
        record = json.loads(path.read_text(encoding="utf-8"))
        try:
            lines = [filled(line, record["figures"]) for line in self.content]
        except KeyError as missing:
            raise self.error(f"{name} has no figure {missing}; it has {', '.join(record['figures'])}.") from None
        box = nodes.container(classes=["nn-measured"])
        self.state.nested_parse(type(self.content)(lines, items=self.content.items), self.content_offset, box)
        box += nodes.paragraph("", "", *_again(name, record), classes=["nn-again"])
        return [box]


def filled(line, figures):
    """Return a line with figures in the place of their names.

    >>> filled("{pages} pages, {share} %", {"pages": 12345, "share": 97.25})
    '12,345 pages, 97.25 %'
    """
    return line.format_map({name: f"{value:,}" if isinstance(value, int) else value for name, value in figures.items()})


def lasted(seconds):
    """Return a time as one says it.

    >>> [lasted(seconds) for seconds in (1, 45, 600)]
    ['1 second', '45 seconds', '10 minutes']
    """
    count, unit = (seconds, "second") if seconds < 90 else (round(seconds / 60), "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _again(name, record):
    """Yield the parts of the line below a claim."""
    command = f"make proof CLAIMS={name}"
    yield nodes.literal(command, command)
    told = f"{in_words(record['day'])}, at commit {record['commit']}, in {lasted(record['seconds'])}, on {record['machine']}"
    yield nodes.Text(f" measures it again. Measured on {told}.")
