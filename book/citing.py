"""How to cite the book, from `CITATION.cff`, in the two formats that programs for references read, and credits to others.

    ```{citation} bibtex
    ```

    ```{credits} data
    ```

A Sphinx extension. The address is told where it is known, `html_baseurl`; the year is that of the copyright.
"""

import json
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from book.licenses_page import filled
from book.parts import PARTS

SOURCE = "CITATION.cff"
KEY = "neural-networks-live"
REST = "pages"  # the group of the parts that are in no other
GROUPS = {
    "data": ("Iris", "Optical Recognition of Handwritten Digits", "Pen-Based Recognition of Handwritten Digits"),
    "typefaces": ("Source Serif", "Source Sans", "Source Code Pro"),
    "python": ("Pyodide", "CPython", "NumPy", "Emscripten, with musl", "libffi", "zlib", "bzip2"),
}
PROTECTED = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_"})


def setup(app):
    """Register the directive."""
    app.add_directive("citation", Citation)
    app.add_directive("credits", Credits)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


class Citation(SphinxDirective):
    """The book's own entry for a bibliography, in one of the formats."""

    required_arguments = 1

    def run(self):
        """Return the entry as a block of code, which can be copied."""
        name = self.arguments[0]
        if name not in FORMATS:
            raise self.error(f"A citation is in one of the formats {', '.join(FORMATS)}, not in {name}.")
        path = Path(self.env.app.srcdir, SOURCE)
        self.env.note_dependency(path)
        cited = yaml.safe_load(path.read_text(encoding="utf-8"))
        cited |= {"year": int(self.config.copyright), "address": self.config.html_baseurl}
        write, language = FORMATS[name]
        text = write(cited)
        return [nodes.literal_block(text, text, language=language)]


class Credits(SphinxDirective):
    """Who has made what the pages bring along, and under which license: `data`, `typefaces`, `python`, or the other `pages`."""

    required_arguments = 1

    def run(self):
        """Return them as a list, each with a link to its home."""
        name = self.arguments[0]
        if name not in (*GROUPS, REST):
            raise self.error(f"Credits are for one of {', '.join((*GROUPS, REST))}, not for {name}.")
        listed = nodes.bullet_list()
        for part in credited(name):
            line = nodes.paragraph(
                "", "", nodes.reference("", part.name, refuri=filled(part.home)), nodes.Text(f", {part.license}")
            )
            listed += nodes.list_item("", line)
        return [listed]


def credited(group):
    """Return the parts of a group."""
    grouped = [name for names in GROUPS.values() for name in names]
    return [part for part in PARTS if (part.name in GROUPS[group] if group in GROUPS else part.name not in grouped)]


def _names(cited):
    """Return the authors: a name, or (family name, given names) of a person."""
    return [
        author["name"] if "name" in author else (author["family-names"], author["given-names"]) for author in cited["authors"]
    ]


def bibtex(cited):
    """Return the entry for BibTeX and biblatex; `misc` is what both know."""
    names = [f"{{{one}}}" if isinstance(one, str) else ", ".join(one) for one in _names(cited)]
    fields = {"title": cited["title"], "author": " and ".join(names), "year": str(cited["year"])}
    fields = {name: text.translate(PROTECTED) for name, text in fields.items()}
    fields |= {"note": f"Version {cited['version']}"} | ({"url": cited["address"]} if cited["address"] else {})
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@misc{{{KEY},\n{lines}}}"


def csl(cited):
    """Return the entry in the JSON of the Citation Style Language, which Zotero and pandoc read."""
    keys = ("family", "given")
    names = [{"literal": one} if isinstance(one, str) else dict(zip(keys, one, strict=True)) for one in _names(cited)]
    entry = {"id": KEY, "type": "software", "title": cited["title"], "author": names}
    entry |= {"issued": {"date-parts": [[cited["year"]]]}, "version": str(cited["version"])}
    entry |= {"URL": cited["address"]} if cited["address"] else {}
    return json.dumps([entry], indent=2, ensure_ascii=False)


FORMATS = {"bibtex": (bibtex, "bibtex"), "csl": (csl, "json")}  #: by their names: who writes it, and its language
