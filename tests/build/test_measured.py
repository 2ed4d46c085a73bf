"""A claim on the page has the figures of its record, and no others."""

import json
from types import SimpleNamespace

import pytest
from conftest import ROOT
from docutils import nodes
from docutils.statemachine import StringList

from book.measured import RECORDED, Measured, filled, lasted

FIGURES = {"readers": 1200, "share": 99.5}
RECORD = {"seconds": 90, "day": "2026-11-30", "commit": "abc", "machine": "2 cores", "figures": FIGURES}


def written(folder, text, name="load"):
    """Return what the directive writes of a text, as one line."""
    (folder / RECORDED).mkdir(parents=True)
    (folder / RECORDED / "load.json").write_text(json.dumps(RECORD), encoding="utf-8")
    lines = StringList([text], items=[("page.md", 1)])

    def parse(content, offset, box):
        box += nodes.paragraph("", "\n".join(content))

    given = SimpleNamespace(
        arguments=[name],
        content=lines,
        content_offset=0,
        state=SimpleNamespace(nested_parse=parse),
        env=SimpleNamespace(app=SimpleNamespace(srcdir=folder), note_dependency=lambda path: None),
        error=lambda text: ValueError(text),
    )
    [box] = Measured.run(given)
    return box.astext().replace("\n\n", " ")


def test_a_claim_has_its_figures_and_how_to_measure_it_again(tmp_path):
    assert written(tmp_path, "{readers} readers, {share} %.") == (
        "1,200 readers, 99.5 %. make proof CLAIMS=load measures it again. "
        "Measured on November 30, 2026, at commit abc, in 2 minutes, on 2 cores."
    )


def test_a_figure_that_nobody_measured_is_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match="load has no figure 'writers'; it has readers, share"):
        written(tmp_path, "{writers} writers.")


def test_a_claim_that_nobody_measured_is_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match=r"Nothing has measured speed: there is no speed\.json"):
        written(tmp_path, "{readers}", name="speed")


def test_numbers_are_written_with_commas_and_times_as_one_says_them():
    assert filled("{a} {b} {c}", {"a": 1234567, "b": 0.5, "c": "text"}) == "1,234,567 0.5 text"
    assert [lasted(n) for n in (1, 89, 90, 3600)] == ["1 second", "89 seconds", "2 minutes", "60 minutes"]


def test_each_proof_has_its_record_and_its_place_on_the_page():
    scripts = {path.stem for path in (ROOT / "tests/proof").glob("*.py")} - {"record"}
    page = (ROOT / "chapters/tested.md").read_text(encoding="utf-8")
    told = [line.split()[1] for line in page.splitlines() if line.startswith("```{measured}")]
    assert len(told) == len({*told})
    assert {*told} == {path.stem for path in (ROOT / RECORDED).glob("*.json")} == scripts
