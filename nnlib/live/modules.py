"""Jupyter takes a widget's front end as one text: the view's modules, joined in the order in which they import each other."""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def as_one_module(entry: Path) -> str:
    """Return the source of `entry` and of all that it imports, as one module that imports nothing.

    The modules share one scope there, so their top-level names must differ.
    """
    order = []

    def visit(path):
        if path in order:
            return
        for name in _IMPORT.findall(path.read_text(encoding="utf-8")):
            visit(path.parent / name)
        order.append(path)

    visit(entry)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", path.read_text(encoding="utf-8"))) for path in order)
