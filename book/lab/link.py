"""The way from a page to its notebook in the lab: a Sphinx extension that puts it into the page's launch menu."""

from pathlib import Path
from urllib.parse import quote

from book.engine import fetch
from book.hooks import on_website
from book.lab.build import MANIFEST

MENU = "launch-buttons"  # as the theme calls it, whose own entries stay


def setup(app):
    """Register the extension and its one setting, the folder of the lab's packages."""
    app.add_config_value("nnlib_lab", ".cache/lab", "html")
    on_website(app, "html-page-context", put_link, priority=501)  # after the theme has made its buttons
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def put_link(app, pagename, templatename, context, doctree):
    """Put the link into the menu, if the page is a notebook and there will be a lab."""
    is_notebook = pagename in app.env.found_docs and str(app.env.doc2path(pagename)).endswith(".ipynb")
    if not is_notebook or "header_buttons" not in context or not _is_coming(app):
        return
    entry = {
        "type": "link",
        "text": "Run in the browser",
        "tooltip": "Open this page as a notebook, whose Python runs in your browser",
        "icon": "fas fa-play",
        "url": context["pathto"]("lite/notebooks/index.html", 1) + "?path=" + quote(f"{pagename}.ipynb"),
    }
    buttons = context["header_buttons"]
    menu = next((button for button in buttons if button.get("label") == MENU), None)
    if menu is None:
        menu = {"type": "group", "tooltip": "Launch this page", "icon": "fas fa-rocket", "buttons": [], "label": MENU}
        buttons.insert(0, menu)
    menu["buttons"].insert(0, entry)


def _is_coming(app):
    """Say whether all is there that the lab is built of, after the book: a link to nothing is worse than none."""
    wanted = {app.config.nnlib_engine: fetch.MANIFEST, app.config.nnlib_lab: MANIFEST}
    return not any(fetch.missing(Path(app.srcdir) / folder, manifest) for folder, manifest in wanted.items())
