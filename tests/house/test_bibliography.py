"""The bibliography: each entry is complete for its kind, well formed, there once, and cited."""

import re
from collections import Counter
from pathlib import Path

import pytest
from pybtex.database import BibliographyData, parse_file, parse_string

ROOT = Path(__file__).parents[2]
# What a reader needs to find a source of each kind; alternatives stand in one tuple.
NEEDED = {
    "article": ("journal", ("volume", "doi")),
    "book": ("publisher",),
    "incollection": ("booktitle", "publisher"),
    "inproceedings": ("booktitle",),
    "mastersthesis": ("school",),
    "misc": (("howpublished", "url"),),
    "phdthesis": ("school",),
    "techreport": ("institution",),
}
FORMS = {
    "doi": r"10\.\d{4,9}/[^\s{}]+",
    "url": r"https?://[^\s{}]+",
    "year": r"(1[6-9]|20)\d\d",
    "volume": r"\d+|Extra Volume \w+",
    "number": r"\d+(--\d+)?",
    "pages": r"[\w:]+--[\w:]+|\d+",
}


def faults(bibliography, cited):
    """Return what is wrong with a bibliography, of which the keys `cited` are used, in words."""
    entries = bibliography.entries
    for key, entry in entries.items():
        if key not in cited:
            yield f"{key} is cited nowhere"
        if entry.type not in NEEDED:
            yield f"{key} is of the kind {entry.type}, which is not one of {', '.join(NEEDED)}"
        for names in ("title", "year", *NEEDED.get(entry.type, ())):
            names = names if isinstance(names, tuple) else (names,)
            if not any(entry.fields.get(name, "").strip() for name in names):
                yield f"{key} has no {' or '.join(names)}"
        if not (entry.persons.get("author") or entry.persons.get("editor")):
            yield f"{key} has no author"
        for name, form in FORMS.items():
            if name in entry.fields and not re.fullmatch(form, entry.fields[name]):
                yield f"{key} has the {name} {entry.fields[name]!r}"
    for what, of in {"DOI": "doi", "title": "title"}.items():
        values = Counter(entry.fields[of].lower() for entry in entries.values() if of in entry.fields)
        yield from (f"the {what} {value} is there {n} times" for value, n in values.items() if n > 1)
    yield from (f"{key} is cited, but is not there" for key in sorted(cited - set(entries)))


def citations(text):
    """Return the keys that a text cites."""
    return {key.strip() for keys in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", text) for key in keys.split(",")}


def test_the_bibliography_has_no_fault():
    chapters = [path for path in (ROOT / "chapters").iterdir() if path.suffix in (".ipynb", ".md")]
    cited = set().union(*(citations(path.read_text(encoding="utf-8")) for path in chapters))
    assert list(faults(parse_file(ROOT / "references.bib"), cited)) == []


GOOD = """@article{hebb1949, author = {Hebb, Donald}, title = {A title}, journal = {A journal}, volume = {3}, number = {1--2},
pages = {115--133}, year = {1949}, doi = {10.1007/BF02478259}, url = {https://example.invalid/}}"""


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("year = {1949},", ""), "hebb1949 has no year"),
        (("author = {Hebb, Donald},", ""), "hebb1949 has no author"),
        (("volume = {3},", ""), None),
        (("doi = {10.1007/BF02478259},", ""), None),
        (
            (
                "volume = {3}, number = {1--2},\npages = {115--133}, year = {1949}, doi = {10.1007/BF02478259},",
                "year = {1949},",
            ),
            "hebb1949 has no volume or doi",
        ),
        (("journal = {A journal},", "journal = { },"), "hebb1949 has no journal"),
        (("@article", "@misc"), None),
        (("@article", "@book"), "hebb1949 has no publisher"),
        (("@article", "@online"), "hebb1949 is of the kind online"),
        (("10.1007/BF02478259", "https://doi.org/10.1007/BF02478259"), "hebb1949 has the doi"),
        (("10.1007/BF02478259", "10.1007/BF0 2478259"), "hebb1949 has the doi"),
        (("https://example", "ftp://example"), "hebb1949 has the url"),
        (("115--133", "115-133"), "hebb1949 has the pages '115-133'"),
        (("{1949}", "{in press}"), "hebb1949 has the year"),
    ],
)
def test_a_fault_of_an_entry_is_found(change, fault):
    bibliography = parse_string(GOOD.replace(*change), "bibtex")
    assert [fault in found for found in faults(bibliography, {"hebb1949"})] == ([True] if fault else [])


def test_what_is_cited_nowhere_what_is_missing_and_what_is_there_twice_is_found():
    twin = parse_string(GOOD.replace("hebb1949", "hebb1950"), "bibtex").entries
    both = BibliographyData(entries={**parse_string(GOOD, "bibtex").entries, **twin})
    found = list(faults(both, {"hebb1949", "hebb1951"}))
    assert found == ["hebb1950 is cited nowhere", "the DOI 10.1007/bf02478259 is there 2 times",
                     "the title a title is there 2 times", "hebb1951 is cited, but is not there"]  # fmt: skip


def test_citations_are_read_from_a_text():
    text = "{cite:p}`hebb1949,bi1998`, {cite:t}`hodgkin1952` and {cite}`crick1989`, not {term}`synapse`"
    assert citations(text) == {"hebb1949", "bi1998", "hodgkin1952", "crick1989"}
