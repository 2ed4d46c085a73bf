"""Settings from outside, by a link or a program: whatever they are, nothing is executed, and the figure goes on."""

import json
import random
from urllib.parse import quote

import pytest
from figures import ask, panel, picture_of, settled, wait_for
from web import watch_over

W1 = "w1 must be a number in [-6, 6]."
NAMES = "a setting of tune_a_neuron must be one of 'w1'"
TOLD = "The settings in this link can't be read, so the figure keeps its own."
HTML = "<img src=x onerror=window.hacked=1>\"'><script>window.hacked=1</script>"

TEXTS = {  # what a link may hold as JSON, and what the reader is told
    "huge": ('{"w1":1e308}', W1),
    "too large for a number": ('{"w1":1e999}', f"{W1} Got 'Infinity' instead."),
    "true": ('{"w1":true}', W1),
    "null": ('{"w1":null}', W1),
    "text": ('{"w1":"1"}', W1),
    "list": ('{"w1":[[[1]]]}', W1),
    "object": ('{"w1":{"toString":1,"valueOf":1}}', W1),
    "choice": ('{"activation":"toString"}', "activation must be one of"),
    "prototype": ('{"__proto__":{"w1":2}}', NAMES),
    "constructor": ('{"constructor":1}', NAMES),
    "own property": ('{"hasOwnProperty":null,"toString":7}', NAMES),
    "name of markup": (json.dumps({HTML: 1}), NAMES),
    "value of markup": (json.dumps({"task": HTML}), "task must be one of"),
    "good and bad": ('{"w2":-3,"w1":99}', W1),
    "long": (json.dumps({"task": "x" * 60_000}), "task must be one of"),
    "deep": ('{"w1":' + "[" * 900 + "]" * 900 + "}", W1),
}
UNREADABLE = {
    "array of the protocol": '{"w1":{"array":0,"dtype":"float64","shape":[1]}}',
    "array of an odd dtype": '{"w1":{"array":0,"dtype":"constructor","shape":[1]}}',
    "broken": '{"w1":',
    "not JSON": '{"w1":NaN}',
    "empty": "",
    "a number": "7",
    "a list": "[1]",
    "null": "null",
    "quoted": '"w1"',
    "too deep": '{"w1":' + "[" * 9_900 + "]" * 9_900 + "}",
}
CALLS = {  # what a program may pass to `set`, and what its promise rejects with
    "NaN": ("{w1: NaN}", f"{W1} Got 'NaN' instead."),
    "undefined": ("{w1: undefined}", f"{W1} Got 'undefined' instead."),
    "symbol": ("{w1: Symbol('s')}", W1),
    "function": ("{w1: () => { window.hacked = 1; }}", W1),
    "bigint": ("{w1: 5n}", f"{W1} Got '5' instead."),
    "date": ("{w1: new Date(0)}", W1),
    "element": ("{w1: document.body}", W1),
    "own prototype": ('JSON.parse(\'{"__proto__": {"w1": 2}}\')', NAMES),
    "a megabyte": ("{task: 'x'.repeat(1e6)}", "task must be one of"),
    "a million names": ("Object.fromEntries(Array.from({length: 1e5}, (_, i) => ['n' + i, i]))", NAMES),
    "circular": ("(() => { const a = {}; a.w1 = a; return a; })()", "circular"),
    "deep": ("{w1: (() => { let a = 1; for (let i = 0; i < 5000; i += 1) a = [a]; return a; })()}", ""),
    "raises": ("{w1: {toJSON() { throw new Error('caught'); }}}", "caught"),
    "nothing": ("null", "Settings are an object"),
    "a list": ("[1]", "Settings are an object"),
    "a text": ("'w1'", "Settings are an object"),
    **{f"JSON, {what}": (f"JSON.parse({json.dumps(text)})", words) for what, (text, words) in TEXTS.items()},
}


@pytest.fixture(scope="module")
def chapter(browser, stumbling):
    """Return a live page with two figures, whose links are tried without starting Python again: `open(query)`."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        page.goto(f"{stumbling}stumble.html")
        for figure in page.locator(".nn-figure").all():
            wait_for(figure, "live")
        yield page
        assert page.watch == type(page.watch)()


@pytest.fixture
def neuron(chapter):
    """Return a live neuron at its first settings, beside another figure that must not notice anything."""
    figure, other = (chapter.locator(f'[data-explorable="{name}"]') for name in ("tune_a_neuron", "stumble"))
    figure.get_by_role("button", name="Reset").click()
    settled(figure)
    before = picture_of(other), other.locator(".nn-status").inner_text()
    yield figure
    assert (picture_of(other), other.locator(".nn-status").inner_text()) == before
    assert not chapter.evaluate("'hacked' in window || 'w1' in {}")


def lives(figure):
    return panel(ask(figure, "set", {"w1": 2.5}), "diagram")["edges"][0]["value"] == 2.5


@pytest.mark.parametrize("value", CALLS)
def test_a_program_is_refused_and_the_figure_stays_as_it_was(neuron, value):
    passed, words = CALLS[value]
    ask(neuron, "set", {"w1": -1.5})
    before = picture_of(neuron), neuron.locator(".nn-controls").inner_html()
    message = neuron.evaluate(f"element => element.set({passed}).then(() => 'taken', error => error.message)")
    assert words in message and message != "taken" and len(message) < 500
    assert (settled(neuron), neuron.locator(".nn-controls").inner_html()) == before
    assert lives(neuron)


GOOD = {"w1": 2.5, "w2": -1, "bias": 0.5, "activation": "tanh", "task": "the probe"}
ODD = [None, True, "", "1", "x" * 3000, HTML, [], [[1]], {}, {"__proto__": {"w1": 2}}, {"array": 0, "dtype": "float64",
       "shape": [1]}, 1e308, -1e-320, 2**70, 6.0000001, -6, 0, "__proto__"]  # fmt: skip
ODD_NAMES = ["__proto__", "constructor", "toString", "then", "toJSON", "", HTML, "\u202e", "w1 ", "W1", "0"]


def corrupted(seed):
    """Return the settings of a link that chance has changed, as a text: the same for the same seed."""
    chance, settings = random.Random(seed), dict(GOOD)
    for _ in range(chance.randint(0, 3)):
        name = chance.choice([*GOOD, *GOOD, *ODD_NAMES])
        settings[name] = chance.choice([*ODD, GOOD.get(name, 1)])
    text = json.dumps(settings)
    for _ in range(chance.choice([0, 0, 0, 0, 1, 3])):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice('{}[]",:\\0e-\u0000\u2028') + text[at + chance.randrange(2) :]
    return text


TRY = """async (element, text) => {
    let settings;
    try { settings = JSON.parse(text); } catch { return "unreadable"; }
    return element.set(settings).then(() => "taken", ({ message }) => message || "no words");
}"""


def test_what_chance_makes_of_settings_is_taken_or_refused_in_words_and_the_figure_goes_on(neuron):
    outcomes = set()
    for seed in range(50):
        ask(neuron, "set", {"w1": 1, "w2": 2, "bias": 0.5, "activation": "sigmoid", "task": "the probe"})
        before = picture_of(neuron), neuron.locator(".nn-controls").inner_html()
        said = neuron.evaluate(TRY, corrupted(seed))
        assert said != "no words" and len(said) < 500, seed
        assert said == "taken" or (settled(neuron), neuron.locator(".nn-controls").inner_html()) == before, seed
        assert all(abs(edge["value"]) <= 6 for edge in panel(settled(neuron), "diagram")["edges"][:3]), seed
        outcomes.add(said if said in ("taken", "unreadable") else "refused")
    assert outcomes == {"taken", "unreadable", "refused"}
    assert lives(neuron)


def test_what_a_program_changes_after_the_call_is_not_taken(neuron):
    weight = neuron.evaluate(
        """async element => {
            const mine = { w1: 2 };
            const asked = element.set(mine);
            mine.w1 = 99;
            return (await asked)[1].edges[0].value;
        }"""
    )
    assert weight == 2


def test_a_hand_that_moves_while_a_bad_offer_is_out_is_not_undone(neuron):
    message = neuron.evaluate(
        """async element => {
            const refused = element.set({ w1: 99 }).catch(error => error.message);
            const slider = element.querySelector('[data-control="w2"] input[type=range]');
            slider.value = -4;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            return refused;
        }"""
    )
    assert message.startswith(W1)
    assert [edge["value"] for edge in panel(settled(neuron), "diagram")["edges"][:2]] == [1, -4]


def open_link(page, site, query):
    """Open the page with `query` as the neuron's settings and good ones for its neighbor; return both figures."""
    page.goto(f"{site}stumble.html?tune_a_neuron={query}&stumble={quote(json.dumps({'slope': 3}))}")
    return [page.locator(f'[data-explorable="{name}"]') for name in ("tune_a_neuron", "stumble")]


@pytest.mark.parametrize("what", ["too large for a number", "prototype", "name of markup", "good and bad", "long", "deep"])
def test_a_link_is_refused_in_words_and_the_figures_live(page, stumbling, what):
    text, words = TEXTS[what]
    figure, other = open_link(page, stumbling, quote(text, safe=""))
    status = figure.locator(".nn-status", has_text="The figure stays as it was.")
    status.wait_for(timeout=60_000)
    assert words in status.inner_text() and len(status.inner_text()) < 500
    assert [edge["value"] for edge in panel(settled(figure), "diagram")["edges"][:3]] == [1, 2, 0.5]
    assert lives(figure)
    assert panel(settled(other), "equations")["lines"][0] == "slope 3.00"
    assert not page.evaluate("'hacked' in window || 'w1' in {}")


BROKEN = {raw: raw for raw in ("%E0%A4%A", "%", "%00", "%7B%22w1%22%3A%ED%A0%80%7D", "&w1=1")}  # as text already


@pytest.mark.parametrize("query", UNREADABLE | BROKEN)
def test_a_link_that_can_not_be_read_is_told_at_once(page, stumbling, query):
    figure, other = open_link(page, stumbling, BROKEN.get(query) or quote(UNREADABLE[query]))
    figure.locator(".nn-status", has_text=TOLD).wait_for()
    assert other.locator(".nn-status").inner_text().count(TOLD) == 0


def test_a_figure_whose_link_can_not_be_read_lives(page, stumbling):
    figure, _ = open_link(page, stumbling, "{%E0")
    wait_for(figure, "live")
    assert figure.locator(".nn-status").inner_text() == TOLD
    assert lives(figure)
