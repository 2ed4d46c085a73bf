"""Parts that the lessons are built of: pieces of HTML around nodes, and the note that there is something to do."""

from docutils import nodes


def html(text) -> nodes.raw:
    """Return a piece of HTML as a node; other builders leave it out and keep what stands around it."""
    return nodes.raw("", text, format="html")


def note(env, docname, kind, label, asked):
    """Note that a page has something to do: an "exercise", a "question" or a "prediction"; `asked` says what, in words."""
    env.nnlib_tasks.setdefault(docname, []).append((kind, label, asked))
