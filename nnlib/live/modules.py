"""The view's modules joined: Jupyter takes them as one text, and a page as a few files in the place of forty."""

import re
from pathlib import Path

# What a page asks for; each brings along what it imports, but `early` is one for all who ask: it has the worker.
EARLY, ENTRIES = "early.mjs", ("page.mjs", "lessons.mjs", "theme.mjs", "worker.mjs", "exerciser.mjs")
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def as_one_module(entry: Path, apart: str = "") -> str:
    """Return the source of `entry` and of all that it imports, as one module.

    It imports nothing, or only the module named `apart`. The modules share one scope there, so their top-level names must
    differ.
    """
    sources = {}

    def add(path):
        if path in sources:
            return
        text = path.read_text(encoding="utf-8")
        for name in _IMPORT.findall(text):
            if name != apart:
                add(path.parent / name)
        sources[path] = _EXPORT.sub("", _IMPORT.sub(lambda line: line[0] if line[1] == apart else "", text))

    add(entry)
    return "\n".join(sources.values())
