"""Files that are loaded as progress: damaged, foreign, huge or made by a hostile hand, they get one clear error or are taken.

What is taken is entries, and nothing else; what is refused changes nothing. Nothing is asked of another host, and the console
stays silent: the fixture `page` sees to it.
"""

import copy
import json
import random

import pytest
from figures import wait_until

FILE = '.nn-progress-panel input[type="file"]'
FOREIGN = "This file holds no progress of this book."
LARGE = "This file is too large to hold progress of this book."
GOOD = {
    "version": 1,
    "read": {"chapters/neuron": True},
    "exercises": {"neuron-weighted-sum": {"source": "def f(x):\n    return x\n", "solved": True, "tries": 3}},
    "questions": {"neuron-quiz-zero": {"chosen": [2], "right": True, "tries": 1}},
    "predictions": {"neuron-predict": "up"},
    "times": {"read": {"chapters/neuron": 5}, "exercises": {}, "questions": {}, "predictions": {}},
    "cleared": 0,
}
NAMES = [
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "prototype",
    "",
    "\u202e",
    "<img src=x onerror=hacked=1>",
    "7",
]
VALUES = [None, True, 0, -1, 1e308, 2**70, "", "x" * 5000, "<script>hacked=1</script>", [[[]]], {}, {"__proto__": {"w1": 2}},
          [None] * 50, {"toJSON": 1}, {"then": 1}, float("nan"), "\ud800"]  # fmt: skip
WHOLE = {  # files that are something else, and what is said
    "empty": (b"", FOREIGN),
    "no text": (bytes(range(256)) * 10, FOREIGN),
    "a foreign JSON": (b'{"version": 1, "name": "a package", "dependencies": {}}', FOREIGN),
    "another version": (json.dumps(GOOD | {"version": 2}).encode(), FOREIGN),
    "a version as text": (json.dumps(GOOD | {"version": "1"}).encode(), FOREIGN),
    "too deep": (b'{"version":1,"read":' + b"[" * 100_000 + b"]" * 100_000 + b"}", FOREIGN),
    "half of it": (json.dumps(GOOD).encode()[:200], FOREIGN),
    "huge": (b'{"version":1,"read":{' + b" " * 10_000_000 + b"}}", LARGE),
}


def corrupted(seed):
    """Return the bytes of a file of progress that chance has changed: the same for the same seed."""
    chance = random.Random(seed)
    told = json.loads(json.dumps(GOOD))
    for _ in range(chance.randint(1, 5)):
        inside, place = told, chance.choice([*told])
        while isinstance(inside[place], dict) and inside[place] and chance.random() < 0.7:
            inside = inside[place]
            place = chance.choice([*inside])
        name = chance.choice([place, *NAMES])
        inside[name] = copy.deepcopy(chance.choice([*VALUES, inside[place]]))
        if chance.random() < 0.2:
            del inside[name]
        if not told:
            break
    content = bytearray(json.dumps(told, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass"))
    for _ in range(chance.choice([0, 0, 0, 1, 4])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


@pytest.fixture
def chapter(page, site):
    page.goto(f"{site}chapters/neuron.html")
    page.locator(".nn-progress-panel summary").click()
    return page


def load(page, content):
    """Load a file, and return what is said and whether what is kept has changed."""
    kept = "() => JSON.stringify({ ...localStorage })"
    before = page.evaluate(kept)
    status = page.locator(".nn-progress-panel .nn-status")
    status.evaluate("status => { status.textContent = ''; }")
    page.locator(FILE).set_input_files({"name": "p.json", "mimeType": "application/json", "buffer": content})
    wait_until(page, status.inner_text)
    return status.inner_text(), page.evaluate(kept) != before


def kept(page):
    """Return what is kept, of which the page is asked as a new one would be."""
    return json.loads(page.evaluate("localStorage.getItem(Object.keys(localStorage).find(name => name.startsWith('nnlib ')))"))


def is_well_formed(all_kept):
    """Say whether entries are kept, and nothing else, under names of their own."""
    return (
        set(all_kept) == {"version", "read", "exercises", "questions", "predictions", "times", "cleared"}
        and all(value is True for value in all_kept["read"].values())
        and all(set(value) == {"source", "solved", "tries"} for value in all_kept["exercises"].values())
        and all(set(value) == {"chosen", "right", "tries"} for value in all_kept["questions"].values())
        and all(isinstance(value, str) for value in all_kept["predictions"].values())
        and not any({"__proto__", "constructor", "toString"} & {*part} for part in all_kept.values() if isinstance(part, dict))
    )


@pytest.mark.parametrize("what", WHOLE)
def test_a_file_of_something_else_gets_one_error_and_changes_nothing(chapter, what):
    content, said = WHOLE[what]
    load(chapter, json.dumps(GOOD).encode())
    assert load(chapter, content) == (said, False)


def test_what_chance_has_made_of_a_file_is_refused_or_taken_and_the_book_goes_on(chapter):
    page, outcomes = chapter, set()
    for seed in range(150):
        said, changed = load(page, corrupted(seed))
        assert said == FOREIGN or said.startswith("Loaded."), seed
        assert said != FOREIGN or not changed, seed
        assert is_well_formed(kept(page)) or said == FOREIGN, seed
        outcomes.add(said == FOREIGN)
        if seed % 50 == 49:
            page.reload()
            page.locator('.nn-cell[data-state="ready"]').first.wait_for()
            page.locator(".nn-progress-panel summary").click()
    assert outcomes == {True, False}
    assert not page.evaluate("'hacked' in window || 'w1' in {} || 'source' in {}")
    said, _ = load(page, json.dumps(GOOD).encode())
    assert said.startswith("Loaded.")
    assert kept(page)["questions"]["neuron-quiz-zero"]["right"] is True


def test_the_check_of_what_is_kept_finds_faults():
    assert is_well_formed(GOOD)
    for part, wrong in (("read", {"a": 1}), ("exercises", {"a": {"source": ""}}), ("predictions", {"__proto__": "up"})):
        assert not is_well_formed(GOOD | {part: wrong})
