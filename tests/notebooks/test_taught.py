"""Nothing in between is a black box: what a chapter takes out of nnlib has been taught by then, or is named as coming.

The rule is one that a reader can see. A name is taught where a chapter shows its source (literalinclude), or where the text
that builds it by hand links it to its entry in the reference, {py:func}`~nnlib.losses.mse`: at the latest in the words below
the first cell that uses it. Where the paragraph with that link also leads to a later chapter, the name is named as coming, for
this chapter alone, and the later one must teach it. Only the tools are exempt: they deal out data, draw, ask and judge, and
nothing of a network is hidden in them.
"""

import ast
import re

import nbformat
import pytest
from notebooks.first_needed import ROOT

from book.reference import notebooks, used

APPENDIX = {"mathematics"}  # which readers may look up at any time, so that nothing is coming there
TOOLS = {"datasets", "exercises", "explorables", "live", "palette", "plotting"}
LINK = re.compile(r"\{py:\w+\}`(?:[^`<]*<)?~?(nnlib\.[\w.]+)>?`")
SOURCE = re.compile(r"\{literalinclude\} \.\./(nnlib[\w/]*)\.py\n(?:(?!:pyobject:):.*\n)*(?::pyobject: (\w+))?")
LEADS = re.compile(r"\{(?:doc|ref)\}`(?:[^`<]*<)?([\w-]+)>?`")


def cells_of(path):
    """Return (kind, source) of each cell of a notebook."""
    return [(cell.cell_type, cell.source) for cell in nbformat.read(path, as_version=4).cells]


CHAPTERS = {page.rpartition("/")[2]: cells_of(path) for page, path in notebooks(ROOT).items()}


def introduced(text, later):
    """Return the names that a text teaches, and {name: chapters} of those that it says are coming in later chapters."""
    taught = {".".join(filter(None, (file.replace("/", "."), name))) for file, name in SOURCE.findall(text)}
    coming = {}
    for paragraph in text.split("\n\n"):
        to = {page for target in LEADS.findall(paragraph) for page in later if f"{target}-".startswith(f"{page}-")}
        for name in LINK.findall(paragraph):
            if to:
                coming[name] = to
            else:
                taught.add(name)
    return taught, coming


def black_boxes(chapters):
    """Return what is wrong, a sentence each, given {chapter: (kind, source) of its cells} in the book's order."""
    road = [page for page in chapters if page not in APPENDIX]
    taught, promised, faults = {}, [], []

    def known(name, here):
        return name.split(".")[1] in TOOLS or name in taught or name.rpartition(".")[0] in taught or name in here

    for at, (page, cells) in enumerate(chapters.items()):
        imports, waiting, here = [], set(), {}
        for kind, source in [*cells, ("markdown", "")]:
            if kind == "code":
                cell = ast.parse(source)
                imports += [node for node in ast.walk(cell) if isinstance(node, ast.ImportFrom)]
                cell.body += imports  # so that the modules are known that an earlier cell has imported
                waiting |= set(used(cell))
                if re.search(r"^\s*import nnlib", source, re.MULTILINE):
                    faults.append(f"{page}: write “from nnlib import”, which says what is taken")
            else:
                new, coming = introduced(source, road[at + 1 :])
                taught = dict.fromkeys(new, page) | taught
                here |= coming
                faults += [f"{page}: {name} is used, and nothing has taught it" for name in waiting if not known(name, here)]
                for name in waiting:  # said once
                    here.setdefault(name, set())
                waiting = set()
        promised += [(page, name, to) for name, to in here.items() if to and taught.get(name) not in road[: at + 1]]
    for page, name, to in promised:
        if taught.get(name) not in to:
            faults.append(f"{page}: {name} is promised for {', '.join(sorted(to))}")
    return sorted(faults)


def test_what_a_chapter_takes_out_of_nnlib_has_been_taught_or_is_named_as_coming():
    assert black_boxes(CHAPTERS) == []


def test_the_rule_looks_at_many_names():
    code = {page: "\n".join(source for kind, source in cells if kind == "code") for page, cells in CHAPTERS.items()}
    names = {name for text in code.values() for name in used(ast.parse(text)) if name.split(".")[1] not in TOOLS}
    assert len(names) >= 30


TRAINS = "from nnlib import Adam, datasets\n\nAdam(0.01), datasets.xor()"
LINKED = "Two lines more make it {py:class}`~nnlib.optimizers.Adam`."
SHOWN = "```{literalinclude} ../nnlib/optimizers.py\n:language: python\n:pyobject: Adam\n```"
WHOLE = "```{literalinclude} ../nnlib/optimizers.py\n:language: python\n```"
COMING = "It steps by {py:class}`Adam <nnlib.optimizers.Adam>`, which {ref}`a later chapter <later-adam>` builds."
UNTAUGHT = "first: nnlib.optimizers.Adam is used, and nothing has taught it"


@pytest.mark.parametrize(
    ("first", "later", "faults"),
    [
        ([("code", TRAINS)], [], [UNTAUGHT]),
        ([("markdown", "We train with `Adam`."), ("code", TRAINS)], [("markdown", LINKED)], [UNTAUGHT]),
        ([("markdown", LINKED), ("code", TRAINS)], [], []),
        ([("code", TRAINS), ("markdown", SHOWN)], [], []),
        ([("code", TRAINS), ("markdown", WHOLE)], [], []),
        ([("code", TRAINS), ("markdown", "So far."), ("markdown", SHOWN)], [], [UNTAUGHT]),
        ([("markdown", COMING), ("code", TRAINS)], [("markdown", LINKED), ("code", TRAINS)], []),
        ([("markdown", COMING), ("code", TRAINS)], [], ["first: nnlib.optimizers.Adam is promised for later"]),
        ([("markdown", COMING)], [("code", TRAINS)],
         ["first: nnlib.optimizers.Adam is promised for later", UNTAUGHT.replace("first", "later")]),
        ([("markdown", LINKED), ("code", "from nnlib import optimizers"), ("code", "optimizers.SGD(1)")], [],
         ["first: nnlib.optimizers.SGD is used, and nothing has taught it"]),
        ([("code", "import nnlib\n\nnnlib.Adam(1)")], [], ["first: write “from nnlib import”, which says what is taken"]),
    ],
)  # fmt: skip
def test_a_black_box_is_found(first, later, faults):
    assert black_boxes({"first": first, "later": later}) == faults


def test_a_black_box_in_a_chapter_as_it_stands_is_found():
    planted = CHAPTERS | {"neuron": [*CHAPTERS["neuron"], ("code", "from nnlib import Adam")]}
    assert black_boxes(planted) == ["neuron: nnlib.optimizers.Adam is used, and nothing has taught it"]
