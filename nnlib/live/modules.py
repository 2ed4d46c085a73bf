"""The view's modules in the order of need: Jupyter takes them as one text, and a page may ask for all of them at once."""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def as_one_module(entry: Path) -> str:
    """Return the source of `entry` and of all that it imports, as one module that imports nothing.

    The modules share one scope there, so their top-level names must differ.
    """
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", path.read_text(encoding="utf-8"))) for path in needed_by(entry))


def needed_by(entry: Path) -> list[Path]:
    """Return the paths of all modules that `entry` imports, directly or not, in the order of need, and `entry` itself."""
    order = []

    def visit(path):
        if path in order:
            return
        for name in _IMPORT.findall(path.read_text(encoding="utf-8")):
            visit(path.parent / name)
        order.append(path)

    visit(entry)
    return order
