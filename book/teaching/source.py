"""What pages for teachers take over from the chapters: aims, predictions, exercises, and the solutions of those for paper.

It is read out of the notebooks, so that nothing is copied by hand. `Chapters` reads them once.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from book.leads import AIMS

APPENDIX = "Appendix"  # the part of the table of contents that has no lessons
BLOCK = re.compile(r"^:::\{(predict|exercise|solution)\} ([^\n]+)\n((?::[\w-]+:[^\n]*\n)*)(.*?)^:::$", re.MULTILINE | re.DOTALL)
LABEL = re.compile(r"^:label: (\S+)$", re.MULTILINE)
LEAD = re.compile(rf"\*\*{AIMS}\*\* (.+)")
OPTION = re.compile(r"^- (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block of a chapter: what it is called, where it stands, its text, and whether a number is asked for."""

    kind: str
    label: str
    title: str
    page: str
    text: str
    wants_number: bool = False

    @property
    def options(self) -> list[str]:
        """What a prediction offers, in its order."""
        return OPTION.findall(self.text)

    @property
    def words(self) -> str:
        """The text without options."""
        return OPTION.sub("", self.text).strip()


class Chapters:
    """The chapters of the book in the folder `root`, in their order, as far as teachers' pages need them."""

    def __init__(self, root):
        toc = yaml.safe_load(Path(root, "_toc.yml").read_text(encoding="utf-8"))
        parts = [part for part in toc["parts"] if part["caption"] != APPENDIX]
        self.pages = [chapter["file"] for part in parts for chapter in part["chapters"]]
        self.paths = {page: Path(root, f"{page}.ipynb") for page in self.pages}
        texts = {page: _text_of(path) for page, path in self.paths.items()}
        found = [block for page, text in texts.items() for block in _blocks(page, text)]
        self.predictions = {block.label: block for block in found if block.kind == "predict"}
        self.exercises = {block.label: block for block in found if block.kind == "exercise"}
        self.solutions = {block.label: block for block in found if block.kind == "solution"}
        self.aims = {page: _aims(text) for page, text in texts.items()}

    def page(self, name):
        """Return the page of a chapter, given by its file's name."""
        found = [page for page in self.pages if page.rpartition("/")[2] == name]
        if not found:
            raise ValueError(f"There is no chapter {name!r}: see _toc.yml.")
        return found[0]


def _text_of(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown") + "\n"


def _blocks(page, text):
    for kind, title, options, body in BLOCK.findall(text):
        label = LABEL.search(options)
        named = title if kind == "solution" else label and label[1]
        yield Block(kind, named, title, page, body.strip(), ":number:" in options)


def _aims(text):
    found = LEAD.search(text)
    parts = found[1].strip().removesuffix(".").split("; ") if found else []
    return [part.removeprefix("and ") for part in parts]
