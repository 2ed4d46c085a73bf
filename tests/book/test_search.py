"""The search finds a chapter by the ways in which its word is written."""

import json

import pytest

WRITTEN = {  # stems, as the index has them
    "back propagation": (("back", "propag"), "backpropagation"),
    "backpropagation": (("backpropag",), "backpropagation"),
    "cross entropy": (("cross", "entropi"), "loss"),
    "gradient descent": (("gradient", "descent"), "gradient_descent"),
}


@pytest.fixture(scope="module")
def index(html):
    """Return, for each stem of the search's index, the pages that have it in their text or title."""
    text = (html / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    pages = {}
    for kind in ("terms", "titleterms"):
        for stem, found in index[kind].items():
            found = [found] if isinstance(found, int) else found
            pages.setdefault(stem, set()).update(index["docnames"][page] for page in found)
    return pages


@pytest.mark.parametrize("query", WRITTEN)
def test_a_query_finds_its_chapter(index, query):
    stems, chapter = WRITTEN[query]
    assert all(f"chapters/{chapter}" in index.get(stem, ()) for stem in stems)
