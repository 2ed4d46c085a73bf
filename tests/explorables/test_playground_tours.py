"""The guided tours of the playground: each opens undone, is met by what a reader would do, and not by a shortcut."""

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import nbformat
import numpy as np
import pytest
from legal import ends
from notebooks.test_notebooks import CHAPTERS

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.models.playground import tours
from nnlib.explorables.models.playground.task import key_of
from nnlib.explorables.models.playground.tours import BASE, TOURS, Seen

FIGURE = EXPLORABLES["playground"]
LEARNING = [one for one in FIGURE.controls if one.name in BASE]
# What a reader does in a tour after its opening: settings and epochs, and weights that are set by hand, {place: value}.
PLAYED = {
    "no line will do": [({}, 60), ({"features": ["x₁²"]}, 30), ({"features": ["x₁²", "x₂²"]}, 30)],
    "one neuron too few": [({}, 100), ({"layers": [4]}, 100), ({"layers": [3]}, 100)],
    "dead neurons": [({}, 20), ({"learning_rate": 0.1}, 30), ("anew", 0), ({}, 30)],
    "learning by heart": [({}, 200), ({"penalty": "L2", "penalty_rate": 10}, 100), ("anew", 0), ({"penalty_rate": 0.5}, 200)],
    "too long a step": [({}, 20), ({"learning_rate": 0.03}, 0), ("anew", 0), ({}, 10), ({"learning_rate": 0.2}, 0),
                        ("anew", 0), ({}, 10)],
    "grams and shares": [({"learning_rate": 0.03}, 50), ({"standardize": "standardized"}, 50)],
    "all zeros": [({}, 20), ({0: 1.0}, 50), ({5: 1.0}, 50), ("anew", 0), ({0: 1.0, 5: 1.0, 2: 0.5}, 100)],
    "depth without need": [({}, 100), ({"layers": [8, 8, 8]}, 100), ({"layers": [8, 8]}, 100), ({"layers": [4]}, 100)],
}  # fmt: skip
OTHER_WAYS = [
    ("no line will do", {"layers": [3]}, 100),
    ("learning by heart", {"penalty": "L1", "penalty_rate": 0.3}, 200),
    ("learning by heart", {"dropout": 0.4}, 200),
    ("learning by heart", {"patience": 10}, 200),
    ("learning by heart", {"layers": [6]}, 200),
    ("learning by heart", {"share": 70}, 200),
    ("too long a step", {"learning_rate": 0.1}, 10),
    ("depth without need", {"layers": [8]}, 100),
    ("dead neurons", {"learning_rate": 0.03}, 30),
]


def opened(title, **changes):
    return FIGURE.check(FIGURE.defaults() | TOURS[title].settings | changes)


def after(settings, epochs):
    state = FIGURE.start(settings)
    return FIGURE.advance(state, settings, epochs) if epochs else state


def steps_of(title):
    """Yield (settings, state) after each thing that a reader does in a tour, its opening first."""
    settings = opened(title)
    state = after(settings, FIGURE.opening)
    yield settings, state
    for move, epochs in PLAYED[title]:
        if move == "anew":
            state = FIGURE.start(settings)
        elif any(isinstance(name, int) for name in move):
            state = FIGURE.edit(state, settings, move)
        else:
            settings = FIGURE.check(settings | move)
        if epochs:
            state = FIGURE.advance(state, settings, epochs)
        yield settings, state


def test_there_are_eight():
    assert len(TOURS) == len(PLAYED) == 8


def test_a_tour_begins_with_the_figures_own_settings_where_it_says_nothing():
    defaults = FIGURE.defaults()
    assert {name: defaults[name] for name in BASE} == BASE
    places = {"show", "points", "table", "probe_x", "probe_y"}  # which have nothing to do with learning, or are the reader's
    assert defaults.keys() - places <= BASE.keys() | {"lens", "layer", "neuron", "pinned", "tour"}


@pytest.mark.parametrize("title", TOURS)
def test_what_a_tour_lets_free_is_a_setting(title):
    tour = TOURS[title]
    assert set(tour.free) <= BASE.keys()
    assert tour.changes.keys() <= BASE.keys() | {"table"}
    assert tours.presets(FIGURE.defaults())[title].keys() == FIGURE.defaults().keys() | {"tour"}


@pytest.mark.parametrize("title", TOURS)
def test_a_tour_is_met_by_playing_it_and_at_its_end_alone(title):
    said = [TOURS[title].say(*step) for step in steps_of(title)]
    assert [done for _, done in said] == [False] * (len(said) - 1) + [True]
    assert said[0][0].startswith(TOURS[title].opening)
    assert said[-1][0].endswith(f"{TOURS[title].learned} The chapter “{TOURS[title].chapter}” explains it.")
    assert all(TOURS[title].task in sentence for sentence, _ in said)


@pytest.mark.parametrize(("title", "move", "epochs"), OTHER_WAYS)
def test_a_tour_has_other_ways(title, move, epochs):
    settings = opened(title, **move)
    assert TOURS[title].done(settings, after(settings, epochs))


@pytest.mark.parametrize("title", TOURS)
def test_no_control_pushed_to_an_end_meets_a_task_however_long_it_plays(title):
    met = []
    for control in LEARNING:
        for end in ends(control):
            settings = opened(title, **{control.name: end})
            if TOURS[title].strayed(settings):
                continue  # the lesson keeps this setting: no training will meet it
            if TOURS[title].done(settings, after(settings, 200)):
                met.append((control.name, end))
    assert met == []


@pytest.mark.parametrize("title", TOURS)
def test_playing_alone_does_not_meet_a_task(title):
    settings = opened(title)
    assert not any(TOURS[title].done(settings, after(settings, epochs)) for epochs in (0, 1, 10, 100, 300))


@pytest.mark.parametrize("title", TOURS)
def test_another_data_set_is_no_way_and_the_tour_says_so(title):
    settings = opened(title, data="plane")
    sentence, done = TOURS[title].say(settings, after(settings, 20))
    assert not done and "Put back the data set" in sentence


@pytest.mark.parametrize(
    ("title", "changes", "words"),
    [
        ("no line will do", {"features": ["x₁", "x₁x₂"]}, "Impossible so far: with these features"),
        ("no line will do", {"features": ["x₁²", "x₂²"], "layers": [3]}, "put one of them back"),
        ("no line will do", {"layers": [8, 8]}, "more than it takes"),
        ("one neuron too few", {"layers": []}, "Impossible so far"),
        ("one neuron too few", {"layers": [2, 8]}, "Impossible so far"),
        ("dead neurons", {}, "of 16 neurons. No gradient"),
        ("learning by heart", {"penalty": "L2", "penalty_rate": 10}, "too strong"),
        ("learning by heart", {"penalty": "L2", "penalty_rate": 10, "patience": 5}, "too high: wait longer, or"),
        ("too long a step", {"learning_rate": 0.001}, "restart with another rate"),
        ("grams and shares", {}, "As the numbers are"),
        ("grams and shares", {"standardize": "standardized"}, "not in time"),
        ("all zeros", {}, "impossible so far"),
        ("depth without need", {"layers": []}, "Impossible so far"),
        ("depth without need", {"layers": [8, 8]}, "a layer too many"),
    ],
)
def test_a_tour_says_where_one_stands(title, changes, words):
    settings = opened(title, **changes)
    assert words in TOURS[title].say(settings, after(settings, 200))[0]


@pytest.mark.parametrize("neurons", [1, 2])
def test_two_tanh_neurons_cannot_close_a_ring_as_the_tour_and_the_chapter_say(neurons):
    rng = np.random.default_rng(0)
    for _ in range(20):
        W, b, v = rng.normal(size=(2, neurons)), rng.normal(size=neurons), rng.normal(size=neurons)
        way = np.linalg.lstsq(W.T, np.sign(v), rcond=None)[0]  # along which no neuron's contribution falls
        places = rng.normal(size=2) + np.outer(np.linspace(0, 50, 200), way)
        assert (np.diff(np.tanh(places @ W + b) @ v) >= -1e-12).all()


def test_equal_and_mirrored_neurons_count_once():
    settings = opened("all zeros")
    places = {0: 1.0, 1: 1.0, 2: -1.0, 7: 0.5}  # x₁ into three neurons, x₂ into the fourth
    assert Seen(settings, FIGURE.edit(FIGURE.start(settings), settings, places)).different == 2


def test_a_state_of_other_settings_counts_for_nothing():
    settings = opened("one neuron too few", layers=[3])
    met = after(settings, 100)
    assert TOURS["one neuron too few"].done(settings, met)
    assert not TOURS["one neuron too few"].done(opened("one neuron too few"), met)
    assert not TOURS["no line will do"].done(opened("no line will do", features=["x₁²", "x₂²"]), met)


@pytest.mark.parametrize("title", TOURS)
def test_the_chapter_that_a_tour_names_is_in_the_book(title):
    titles = [re.search(r"^# (.+)", nbformat.read(path, as_version=4).cells[0].source)[1] for path in CHAPTERS]
    assert TOURS[title].chapter in titles


def test_the_chapters_links_open_the_tours():
    [path] = [path for path in CHAPTERS if path.stem == "playground"]
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    links = re.findall(r'<a href="(\?playground=[^"]*)">([^<]*)</a>', text)
    assert [title for _, title in links] == [*TOURS]
    for address, title in links:
        link = urlsplit(html.unescape(address))
        linked = FIGURE.check(json.loads(parse_qs(link.query)["playground"][0]))
        opens = FIGURE.check(FIGURE.defaults() | TOURS[title].settings | {"tour": title})
        assert link.fragment == "figure-playground"
        assert key_of(linked) == key_of(opens)
