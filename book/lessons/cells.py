"""Exercise cells: a notebook's cell with the tag `exercise` becomes a cell that the reader can edit, run and check.

The cell holds what the reader begins with, and its last line checks the answer: `exercises.check("neuron-gate", first_only)`.
In the page, the buttons do what that line does.
"""

import json
import re
from html import escape

from docutils import nodes
from sphinx.util import logging

from book.lessons.html_nodes import html, note
from nnlib.arrays import choose
from nnlib.exercises import EXERCISES

logger = logging.getLogger(__name__)
CHECK = re.compile(r'^exercises\.check\("([\w-]+)", (\w+)\)$')


def split(source):
    """Return an exercise cell as (what the reader begins with, the name of the exercise, what the answer is called)."""
    *lines, last = source.rstrip().splitlines()
    found = CHECK.match(last)
    if not found:
        raise ValueError(f'an exercise cell ends with exercises.check("name", answer), and this one with {last!r}')
    return "\n".join(lines).strip() + "\n", found[1], found[2]


def put_cells(app, doctree):
    """Replace the exercise cells of a page."""
    for cell in list(doctree.findall(nodes.container)):
        if "tag_exercise" not in cell.get("classes", ()):
            continue
        try:
            starter, name, answer = split(next(iter(cell.findall(nodes.literal_block))).astext())
            exercise = choose(name, EXERCISES, "the name of an exercise")
            choose(answer, {exercise.answer: True}, "the answer that is checked")
        except ValueError as error:
            logger.warning("An exercise cell is not well formed: %s", error, location=cell)
            continue
        note(app.env, app.env.docname, "exercise", name, exercise.asks)
        place = cell.parent.index(cell)
        cell.parent[place : place + 1] = _parts(exercise, starter)


def _parts(exercise, starter):
    told = {"starter": starter, "asks": exercise.asks} | ({"examples": exercise.examples} if exercise.examples else {})
    data = json.dumps(told).replace("<", "\\u003c")
    hints = "".join(f"<li>{_prose(hint)}</li>" for hint in exercise.hints)
    return [
        html(f'<div class="nn-cell" data-exercise="{exercise.name}">'),
        nodes.literal_block(starter, starter, language="python", classes=["nn-starter"]),
        html(f'<details class="nn-hints"><summary>Hints</summary><ol>{hints}</ol></details>'),
        html('<details class="nn-solution"><summary>Worked solution</summary>'),
        nodes.literal_block(exercise.solution.strip(), exercise.solution.strip(), language="python"),
        html(f'</details><script type="application/json" class="nn-data">{data}</script></div>'),
    ]


def _prose(text):
    """Return a hint as HTML: what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
