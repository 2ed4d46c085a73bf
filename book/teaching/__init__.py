"""The teacher's pack, a Sphinx extension: directives for lessons, hand-outs, the key of answers and the test.

What they show is out of the chapters, out of the figures, and out of the judge's tables of mistakes, so that it changes with
them. `source.py` reads the chapters, `links.py` leads to figures, `lessons.py` has what lessons and hand-outs are made of,
`answers.py` the key, and `exam.py` the test.
"""

from pathlib import Path

from book.hooks import add_to_head, on_website
from book.openers import narrow
from book.teaching.answers import Answers
from book.teaching.exam import Exam
from book.teaching.lessons import DRAWING, Aims, Drawing, Lines, Mistake, Notes, Room
from book.teaching.links import Show, leads_to, parsed, put_links
from nnlib.explorables import EXPLORABLES
from nnlib.live.protocol import opening

DIRECTIVES = {
    "aims": Aims,
    "answers": Answers,
    "drawing": Drawing,
    "exam": Exam,
    "lines": Lines,
    "mistake": Mistake,
    "notes": Notes,
    "room": Room,
}
PAPER = ("handout_", "teaching_test")  # what the names of pages begin with that are to be printed
PAGES = ("lesson_", "teaching", *PAPER)


def setup(app):
    """Register the directives and the role, and what happens when a page is written."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.add_role("show", Show())
    app.add_node(leads_to)
    app.connect("doctree-resolved", put_links)
    on_website(app, "html-page-context", put_drawings)
    on_website(app, "html-page-context", add_looks)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def put_drawings(app, pagename, templatename, context, doctree):
    """Put the still pictures into their places."""
    if not DRAWING.search(context.get("body", "")):
        return

    def drawn(place):
        name, settings = parsed(place["target"].replace("&quot;", '"'))
        stills = app.stills.of(opening(name, settings), bool(EXPLORABLES[name].groups))
        return f'<div class="nn-drawing">{narrow(stills[place["panel"]])}</div>'

    context["body"] = DRAWING.sub(drawn, context["body"])
    add_to_head(context, f'<link rel="stylesheet" href="{context["pathto"]("live/figures.css", 1)}">')


def add_looks(app, pagename, templatename, context, doctree):
    """Add the looks of teachers' pages, and those of a sheet of paper."""
    name = Path(pagename).name
    sheets = [*(["teaching.css"] if name.startswith(PAGES) else []), *(["handout.css"] if name.startswith(PAPER) else [])]
    add_to_head(context, *(f'<link rel="stylesheet" href="{context["pathto"](f"_static/{sheet}", 1)}">' for sheet in sheets))
