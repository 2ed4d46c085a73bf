"""What words mean elsewhere is told in HTML and in text: libraries that mean the same share a row; names lead to lines."""

import re

import pytest

from nnlib.live import words_html
from nnlib.live.words_html import LIBRARIES, libraries, meanings, record, rows_of

GROUPS = dict.fromkeys(word["group"] for word in record()["words"])


@pytest.mark.parametrize("group", GROUPS)
def test_every_link_leads_to_lines_and_every_cell_is_told(group):
    html = meanings(group)._repr_html_()
    places = re.findall(r'<pre id="([\w-]+)">', html)
    assert sorted(re.findall(r'href="#([\w-]+)"', html)) == sorted(places) and len(set(places)) == len(places)
    shown = [word for word in record()["words"] if word["group"] == group]
    assert html.count('<details class="nn-word">') == len(shown)
    assert len(places) == sum("lines" in cell for word in shown for cell in word["cells"].values())
    for tag in ("details", "table", "tr", "td", "pre", "code", "p", "b", "a"):
        assert len(re.findall(rf"<{tag}\b", html)) == html.count(f"</{tag}>")


def test_libraries_that_mean_the_same_share_a_row():
    [adam] = [word for word in record()["words"] if word["word"] == "adam_epsilon"]
    assert [libraries for libraries, _ in rows_of(adam)] == [["nnlib", "pytorch", "jax"], ["keras"], ["scikit_learn"]]
    assert "  -5.00e-04: nnlib, PyTorch, JAX and Optax\n" in str(meanings("steps"))


def test_the_signs_of_code_are_no_html(monkeypatch):
    cell = {"says": "`a < b` & *so* on, 2 * 3 * 4", "shows": "<1>", "lines": "if a < b: pass"}
    made = {"word": "w", "group": "g", "title": "T", "asks": "?", "cells": {"nnlib": cell, "nest": {"none": "no `x<y`"}}}
    monkeypatch.setattr(words_html, "record", lambda: {"words": [made]})
    html = meanings("g")._repr_html_()
    for told in ("<code>a &lt; b</code> &amp; <em>so</em> on, 2 * 3 * 4", "&lt;1&gt;", "if a &lt; b", "NEST (no <code>x&lt;y"):
        assert told in html


def test_every_library_of_the_record_has_a_name_and_its_version():
    assert {library for word in record()["words"] for library in word["cells"]} <= set(LIBRARIES)
    told = "\n".join(libraries())
    assert all(version in told for version in record()["versions"].values()) and record()["date"] in told and "{" not in told


def test_another_group_is_refused():
    with pytest.raises(ValueError, match="choose one of steps, penalties"):
        meanings("step")
