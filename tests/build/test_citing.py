"""The book's own entry for a bibliography: what other programs read is what CITATION.cff says."""

import json
from types import SimpleNamespace

import pytest
import yaml
from conftest import ROOT
from pybtex.database import parse_string

from book.citing import FORMATS, GROUPS, REST, Citation, Credits, bibtex, credited, csl
from book.parts import PARTS

CITED = {
    "title": "Nets & 100 % of them",
    "authors": [{"name": "The authors of Nets"}, {"family-names": "Ng", "given-names": "A. B."}],
}
CITED |= {"version": "1.2.0", "year": 2026, "address": "https://example.org/nets/"}


def test_bibtex_reads_the_title_the_authors_and_the_address():
    [entry] = parse_string(bibtex(CITED), "bibtex").entries.values()
    assert entry.fields["title"] == r"Nets \& 100 \% of them" and entry.fields["url"] == "https://example.org/nets/"
    group, person = entry.persons["author"]
    assert str(group) == "{The authors of Nets}"
    assert (person.last_names, person.first_names, person.middle_names) == (["Ng"], ["A."], ["B."])
    assert (entry.type, entry.fields["year"], entry.fields["note"]) == ("misc", "2026", "Version 1.2.0")


def test_csl_has_the_same():
    [entry] = json.loads(csl(CITED))
    assert entry["author"] == [{"literal": "The authors of Nets"}, {"family": "Ng", "given": "A. B."}]
    assert (entry["title"], entry["URL"]) == ("Nets & 100 % of them", "https://example.org/nets/")
    assert entry["issued"] == {"date-parts": [[2026]]} and entry["version"] == "1.2.0"


@pytest.mark.parametrize("write", [bibtex, csl])
def test_an_address_that_is_not_known_is_left_out(write):
    assert "url" not in write(CITED | {"address": ""}).lower()


def test_the_books_own_file_has_all_that_is_told():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8")) | {"year": 2026, "address": ""}
    assert cited["title"] in bibtex(cited) and cited["title"] in csl(cited)


def test_another_format_is_refused_by_name():
    wrong = SimpleNamespace(arguments=["ris"], error=lambda text: ValueError(text))
    with pytest.raises(ValueError, match=f"{', '.join(FORMATS)}, not in ris"):
        Citation.run(wrong)


def test_every_part_of_the_site_is_credited_once_and_every_name_is_a_part():
    names = [part.name for group in (*GROUPS, REST) for part in credited(group)]
    assert sorted(names) == sorted(part.name for part in PARTS)
    assert {name for group in GROUPS.values() for name in group} <= {*names}


def test_credits_of_another_kind_are_refused_by_name():
    wrong = SimpleNamespace(arguments=["people"], error=lambda text: ValueError(text))
    with pytest.raises(ValueError, match="data, typefaces, python, pages, not for people"):
        Credits.run(wrong)
