"""The view's modules joined: Jupyter takes them as one module, and a page as a few scripts in the place of forty files."""

import re
from pathlib import Path

VIEW = Path(__file__).parent / "view"
ENTRIES = (  # what pages ask for
    "page/early.mjs",
    "page/page.mjs",
    "page/theme.mjs",
    "page/presenting/present.mjs",
    "page/finding/finding.mjs",
    "lessons/lessons.mjs",
    "engine/figure_worker.mjs",
    "engine/exercise_worker.mjs",
)
STAYS = "page/renew.mjs"  # what they ask for at the same address in every edition of the book
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w./]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://.*|/\*\*[^*]*(?:\*(?!/)[^*]*)*\*/)\n", re.MULTILINE)  # that has its lines to itself


def as_one_module(entry: Path) -> str:
    """Return the source of `entry` and of all that it imports, as one module that imports nothing, without its comments.

    The modules share one scope there, so their top-level names must differ.
    """
    sources = {}

    def add(path):
        if path in sources:
            return
        text = path.read_text(encoding="utf-8")
        for name in _IMPORT.findall(text):
            add((path.parent / name).resolve())
        sources[path] = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text))).strip("\n") + "\n"

    add(entry.resolve())
    return "\n".join(sources.values())


def as_script(entry: Path) -> str:
    """Return `as_one_module` as a script of the old kind.

    Such a script is named `.js`, which every host knows, and runs in a page that was opened as a file, or that stands in a
    frame with an origin of its own; a module runs in neither.
    """
    return f'"use strict";\n(async () => {{\n{as_one_module(entry)}}})().catch(reportError);\n'
