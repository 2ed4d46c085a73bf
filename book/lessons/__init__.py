"""What a chapter asks of its reader, on the static page: a Sphinx extension for exercises, questions and predictions.

Each stands in the page as plain HTML, which reads well without JavaScript; `view/lessons/` brings it to life.
What there is to do on each page is listed in `live/lessons.json`, for the marks of progress in the sidebar, and what each
asks for stands in `live/asked.json`, for what a reader hands in.
"""

import json
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from book.hooks import add_to_head, on_website, when_built
from book.lessons.cells import put_cells
from book.lessons.predictions import Predict, put_predictions
from book.lessons.questions import Question
from nnlib import palette
from nnlib.live.join_modules import VIEW

logger = logging.getLogger(__name__)
SHARED = {"exercise-content", "solution-content", "proof-content"}


def setup(app):
    """Register the directives, and what happens when a page is read, when it is written, and when the book is done."""
    app.add_directive("question", Question)
    app.add_directive("predict", Predict)
    app.connect("builder-inited", lambda app: _tasks(app.env))
    app.connect("doctree-read", put_cells)
    app.connect("doctree-read", put_predictions)
    app.connect("doctree-resolved", _keep_ids_apart)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-check-consistency", _check_labels)
    on_website(app, "html-page-context", _add_looks)
    when_built(app, _put_list)
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 2}


def _keep_ids_apart(app, doctree, docname):
    """Take away the ids that sphinx_exercise and sphinx_proof give to the body of every box alike: a page has an id once."""
    for section in doctree.findall(nodes.section):
        section["ids"] = [name for name in section["ids"] if name not in SHARED]


def _tasks(env):
    """Return what there is to do in the book: {page: [(kind, label, what is asked), …]}."""
    if not hasattr(env, "nnlib_tasks"):
        env.nnlib_tasks = {}
    return env.nnlib_tasks


def _purge(app, env, docname):
    _tasks(env).pop(docname, None)


def _merge(app, env, docnames, other):
    _tasks(env).update({name: tasks for name, tasks in _tasks(other).items() if name in docnames})


def _check_labels(app, env):
    pages = {}
    for page, tasks in _tasks(env).items():
        for _, label, _ in tasks:
            pages.setdefault(label, []).append(page)
    for label, where in pages.items():
        if len(where) > 1:
            logger.warning("The label %s is there more than once, in %s.", label, " and ".join(where))


def _add_looks(app, pagename, templatename, context, doctree):
    add_to_head(context, f'<link rel="stylesheet" href="{context["pathto"]("live/lessons.css", 1)}">')


def _put_list(app):
    """Write the list of tasks, what they ask for, and the looks beside the pages."""
    live = Path(app.outdir) / "live"
    live.mkdir(exist_ok=True)
    tasks = {page: _tasks(app.env).get(page, []) for page in sorted(app.env.found_docs)}
    lists = {page: [[kind, label] for kind, label, _ in all_of] for page, all_of in tasks.items()}
    (live / "lessons.json").write_text(json.dumps(lists, indent=1), encoding="utf-8")
    asked = {label: words for all_of in tasks.values() for _, label, words in all_of}
    (live / "asked.json").write_text(json.dumps(asked, indent=1), encoding="utf-8")
    looks = palette.as_css() + (VIEW / "lessons" / "lessons.css").read_text(encoding="utf-8")
    (live / "lessons.css").write_text(looks, encoding="utf-8")
