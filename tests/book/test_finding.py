"""The palette's list: what readers look for is among the first answers, and every answer leads somewhere."""

import json
import re
import subprocess

import pytest

from book.node import node
from nnlib.explorables import EXPLORABLES
from nnlib.live.join_modules import VIEW

# What must be among the first three answers: a part of "kind: title".
WANTED = {
    "vanishing gradient": ["term: vanishing gradient"],
    "learning rate": ["term: learning rate", "figure: The learning rate", "section: The learning rate"],
    "XOR": ["figure: XOR by hand"],
    "what is a bias": ["term: bias"],
    "overfitting": ["term: overfitting", "section: Overfitting, seen"],
    "backprop": ["chapter: Backpropagation", "term: backpropagation"],
    "sigmod": ["term: sigmoid", "function: sigmoid"],
    "momentum": ["term: momentum", "section: Momentum"],
    "softmax": ["term: softmax", "section: Softmax", "function: softmax"],
    "dead relu": ["term: dead ReLU", "section: A ReLU can die"],
    "Rosenblatt": ["section: A rule in one sentence"],
    "numerical_gradient": ["term: numerical gradient", "function: numerical_gradient"],
    "Adam": ["term: Adam", "section: Adam"],
    "iris": ["function: iris", "section: Two species of iris"],
    "dropout": ["term: dropout", "function: Dropout"],
    "cross-entropy": ["term: cross-entropy", "section: Cross-entropy"],
    "graadient desscent": ["chapter: Gradient descent"],
}
MOST = 150_000  # bytes, of which a third crosses a wire that compresses
ASK = """
import {{ readFileSync }} from "node:fs";
const {{ Finder }} = await import({module});
const finder = new Finder(JSON.parse(readFileSync({listing}, "utf-8")));
console.log(JSON.stringify({queries}.map((query) => finder.find(query).map(({{ kind, title }}) => `${{kind}}: ${{title}}`))));
"""


@pytest.fixture(scope="module")
def listing(html):
    return json.loads((html / "live" / "finding.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def answers(html):
    """Return the answers to each query that is wanted, by the page's own module, run in Node."""
    module, path = (VIEW / "page" / "finding" / "find.mjs").as_uri(), str(html / "live" / "finding.json")
    words = {"module": module, "listing": path, "queries": [*WANTED]}
    program = ASK.format_map({name: json.dumps(value) for name, value in words.items()})
    end = subprocess.run([node(), "--input-type=module", "-e", program], capture_output=True, encoding="utf-8", check=True)
    return dict(zip(WANTED, json.loads(end.stdout), strict=True))


@pytest.mark.parametrize("query", WANTED)
def test_a_query_is_answered_rightly(answers, query):
    first = answers[query][:3]
    assert [wanted for wanted in WANTED[query] if not any(each.startswith(wanted) for each in first)] == [], first


def test_every_answer_leads_to_something_that_is_there(html, listing):
    ids = {
        page: {*re.findall(r'\bid="([^"]+)"', (html / f"{page}.html").read_text(encoding="utf-8"))} for page in listing["pages"]
    }
    lost = [f"{page}#{anchor}" for _, _, number, anchor, *_ in listing["entries"]
            if anchor and anchor not in ids[page := listing["pages"][number]]]  # fmt: skip
    assert lost == []


def test_all_chapters_figures_and_terms_are_in_it(html, listing):
    kinds = {kind: [entry for entry in listing["entries"] if entry[0] == at] for at, kind in enumerate(listing["kinds"])}
    assert len(kinds["chapter"]) == len(listing["pages"]) == len([*(html / "chapters").glob("*.html")])
    assert {f"figure-{name.replace('_', '-')}" for name in EXPLORABLES} == {entry[3] for entry in kinds["figure"]}
    glossary = (html / "chapters" / "glossary.html").read_text(encoding="utf-8")
    assert {*re.findall(r'<dt id="(term-[^"]+)"', glossary)} == {entry[3] for entry in kinds["term"]}
    assert kinds["exercise"] and kinds["function"] and kinds["section"]


def test_the_list_is_small_and_says_nothing_in_latex(html, listing):
    assert (html / "live" / "finding.json").stat().st_size < MOST
    assert [entry for entry in listing["entries"] if "\\" in entry[1] + entry[4] or "<" in entry[1]] == []
