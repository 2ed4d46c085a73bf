"""How to cite the book, from `CITATION.cff`, in the two formats that programs for references read: a Sphinx extension.

    ```{citation} bibtex
    ```

The address is told where it is known, `html_baseurl`; the year is that of the copyright.
"""

import json
from pathlib import Path

import yaml
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

SOURCE = "CITATION.cff"
KEY = "neural-networks-live"
PROTECTED = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_"})


def setup(app):
    """Register the directive."""
    app.add_directive("citation", Citation)
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
