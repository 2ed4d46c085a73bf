"""What each page begins with, in plain words: what a chapter is good for, or the first paragraph of another page.

It is read once, with the page, and other pages may tell it: the chapter before leads on with it, a search engine shows it.
"""

from docutils import nodes

AIMS = "After this chapter you can"  # the bold words before them, see AUTHORING.md


def setup_leads(app):
    """Register that the beginnings of pages are kept."""
    app.connect("doctree-read", _read)
    app.connect("env-purge-doc", lambda app, env, name: leads(env).pop(name, None))
    app.connect("env-merge-info", lambda app, env, names, other: leads(env).update({n: leads(other)[n] for n in names}))


def leads(env):
    """Return {page: {"aims": [text, …], "words": text}}; an aim with a formula in it is left out, as no text can say it."""
    if not hasattr(env, "nnlib_leads"):
        env.nnlib_leads = {}
    return env.nnlib_leads


def _read(app, doctree):
    leads(app.env)[app.env.docname] = lead_of(doctree)


def lead_of(doctree):
    """Return what a page begins with."""
    first = next(iter(doctree.findall(nodes.paragraph)), None)
    if first is None:
        return {"aims": [], "words": ""}
    if first.astext().startswith(AIMS):
        return {"aims": _aims(first), "words": ""}
    return {"aims": [], "words": " ".join(first.astext().split()) if first.next_node(nodes.math) is None else ""}


def _aims(paragraph):
    parts = [""]
    said = next(index for index, child in enumerate(paragraph) if isinstance(child, nodes.strong))
    for child in paragraph[said + 1 :]:
        text = "\0" if isinstance(child, nodes.math) or child.next_node(nodes.math) else child.astext()
        begun, *others = text.split(";") if isinstance(child, nodes.Text) else [text]
        parts[-1] += begun
        parts += others
    plain = [" ".join(part.split()).removeprefix("and ").removesuffix(".") for part in parts]
    return [part for part in plain if part and "\0" not in part]
