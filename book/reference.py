"""The reference of nnlib: a Sphinx extension that says with each entry in which chapter it is first used."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import nbformat
from sphinx_external_toc.parsing import parse_toc_yaml


def setup(app):
    """Register the extension: the reference is read again when a chapter changes."""
    app.connect("autodoc-process-docstring", tidy, priority=899)  # after napoleon has made its sections
    app.connect("autodoc-process-docstring", say_first_used, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def tidy(app, what, name, entry, options, lines):
    """Make a docstring's lines what they say: an author's initial begins no list, a tuple's field says nothing."""
    if lines and lines[0].startswith("Alias for field number"):
        lines.clear()
    lines[:] = [re.sub(r"^(\s*[A-Z])\. ", r"\1\\. ", line) for line in lines]


def say_first_used(app, what, name, entry, options, lines):
    """Add the chapter in which an entry is first used to its docstring's lines."""
    chapters = notebooks(app.srcdir)
    for path in chapters.values():
        app.env.note_dependency(str(path))
    if not hasattr(app, "first_used"):
        app.first_used = first_used({page: read_code(path) for page, path in chapters.items()})
    if name in app.first_used:
        lines += ["", f"First used in :doc:`/{app.first_used[name]}`.", ""]


def notebooks(root):
    """Return {page: file} of the chapters that are notebooks, in the book's order."""
    pages = [Path(name).with_suffix("").as_posix() for name in parse_toc_yaml(Path(root, "_toc.yml"))]
    return {page: path for page in pages if (path := Path(root, f"{page}.ipynb")).exists()}


def read_code(path):
    """Return the code of a notebook's cells."""
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def first_used(code):
    """Return {dotted name in nnlib: the first page whose code uses it}, given {page: code of its cells}."""
    first = {}
    for page, cells in code.items():
        for name in used(ast.parse("\n".join(cells))):
            first.setdefault(name, page)
    return first


def used(tree):
    """Return the dotted names of what a program takes out of nnlib: what it imports, and what it asks a module for."""
    modules, names = {}, []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "nnlib":
            for alias in node.names:
                value = _found(node.module, alias.name)
                if inspect.ismodule(value):
                    modules[alias.asname or alias.name] = value
                else:
                    names.append(_dotted(node.module, alias.name, value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            module = modules[node.value.id]
            names.append(_dotted(module.__name__, node.attr, getattr(module, node.attr)))
    return names


def _found(module, name):
    """Return what a module gives by this name, be it a module inside it that nobody has imported yet."""
    package = importlib.import_module(module)
    return getattr(package, name) if hasattr(package, name) else importlib.import_module(f"{module}.{name}")


def _dotted(module, name, value):
    """Return where a function or a class is defined, and a table where it was asked for."""
    own = inspect.isfunction(value) or inspect.isclass(value)
    return f"{value.__module__}.{value.__name__}" if own else f"{module}.{name}"
