"""The chapters as the lab's notebooks: plain Markdown, no outputs, and the Python of the browser."""

import hashlib
import json
from pathlib import Path

import nbformat
from sphinx_external_toc.parsing import parse_toc_yaml

from book.lab.markdown import Book

KERNEL = {"name": "python", "display_name": "Python (in your browser)", "language": "python"}
HIDDEN = {"hide-input", "remove-input", "remove-cell"}  # what the page hides is folded here
WELCOME = """*This notebook runs in your browser, and so does its Python, which takes some seconds to start. Press Shift + Enter
to run a cell and go on to the next, or choose* Run, Run All Cells. *A cell that never ends is ended by* Kernel, Restart
Kernel. *Change whatever you like: this browser keeps it, a private window until it is closed, and the page of the book stays
as it is.*"""


def chapters(root):
    """Return the notebooks that the table of contents of the book in the folder `root` names, as paths from there."""
    return [path for path in _pages(root) if path.endswith(".ipynb")]


def write_notebooks(root, folder):
    """Write every chapter of the book in the folder `root` into `folder`; return the edition of each, by its path."""
    notebooks = {path: nbformat.read(Path(root, path), as_version=4) for path in chapters(root)}
    book = Book(Path(root))
    book.read_sources()
    for path in _pages(root):
        cells = notebooks[path].cells if path in notebooks else [{"cell_type": "markdown", "source": _read(root, path)}]
        text = "\n\n".join(cell["source"] for cell in cells if cell["cell_type"] == "markdown")
        book.add(Path(path).stem, text, path in notebooks)
    for path, notebook in notebooks.items():
        Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(prepared(notebook, book), Path(folder, path))
    return {path: notebook.metadata.nnlib.edition for path, notebook in notebooks.items()}


def prepared(notebook, book):
    """Return a chapter's notebook as the lab has it."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            if HIDDEN & {*tags}:
                cell.metadata["jupyter"] = {"source_hidden": True}
        else:
            cell.source = book.plain(cell.source)
    title, _, rest = notebook.cells[0].source.partition("\n")
    notebook.cells[0].source = f"{title}\n\n{WELCOME}\n{rest}"
    whole = json.dumps(notebook, sort_keys=True)
    notebook.metadata.nnlib = {"edition": hashlib.sha256(whole.encode()).hexdigest()[:12]}  # see keep.mjs
    return notebook


def _pages(root):
    """Return all that the table of contents names, as paths of files."""
    names = [Path(name).with_suffix("").as_posix() for name in parse_toc_yaml(Path(root, "_toc.yml"))]
    return [next(name + end for end in (".ipynb", ".md") if Path(root, name + end).is_file()) for name in names]


def _read(root, path):
    return Path(root, path).read_text(encoding="utf-8")
