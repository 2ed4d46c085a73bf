"""The figure of the chapter on digits that opens its network: what one hidden neuron sees, and what is lost without it."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import mlp
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.what_the_hidden_units_see import (
    HINGE,
    PROGRAM,
    RARE,
    SILENCED,
    SIZES,
    SPECIALIST,
    trained,
    unseen,
)
from nnlib.explorables.writing import article
from nnlib.live.protocol import reply

CHAPTER = Path(__file__).parents[2] / "chapters" / "digits.ipynb"


def shown(**settings):
    answer = reply("what_the_hidden_units_see", settings)
    return {panel["name"]: panel for panel in answer["picture"]}, answer["challenge"]["done"]


def network(silenced=None):
    network = mlp(SIZES, dtype=np.float64, rng=0)
    network.parameters[:] = trained()
    if silenced is not None:
        network.layers[2].weights[silenced] = 0
    return network


def test_the_network_is_the_one_that_the_chapter_trains():
    X, y = unseen()
    cells = nbformat.read(CHAPTER, as_version=4).cells
    printed = "".join(output.get("text", "") for cell in cells for output in cell.get("outputs", []))
    wrong, of = map(int, re.search(r"(\d+) of (\d+) digits wrong", printed).groups())
    assert [(network().predict(X) != y).sum(), len(y)] == [wrong, of]
    [kept] = re.findall(r"kept: epoch (\d+)", printed)
    assert f"epochs={kept}," in PROGRAM


def test_what_a_neuron_sees_adds_up_to_its_weighted_sum():
    picture, _ = shown(neuron=7, digit=12)
    hidden, (X, y) = network().layers[0], unseen()
    z = picture["evidence"]["values"].sum() + hidden.bias[6]
    assert z == pytest.approx(hidden.forward(X[[11]])[0, 6])
    np.testing.assert_array_equal(picture["weights"]["values"].ravel(), hidden.weights[:, 6])
    first, second, *_ = picture["equations"]["lines"]
    assert first.endswith(f" = {z:.2f}".replace("-", "−")) and second == f"a = max(0, z) = {max(z, 0):.2f}"
    assert picture["digit"]["label"] == f"The digit: {article(y[11])}"


def test_a_silenced_neuron_is_one_whose_outgoing_weights_are_zero():
    for silenced, like in (("at work", None), (SILENCED, 32)):
        picture, _ = shown(neuron=33, digit=2, silenced=silenced)
        expected = network(like).predict_proba(unseen()[0][[1]])[0]
        np.testing.assert_allclose(picture["answer"]["values"], expected)


def test_the_digits_that_excite_a_neuron_stand_in_their_order():
    sheet = shown(neuron=33)[0]["favorites"]["values"]
    X, _ = unseen()
    first, second, *_ = np.argsort(-network().layers[0].forward(X)[:, 32])
    np.testing.assert_array_equal(sheet[:8, :8], X[first].reshape(8, 8))
    np.testing.assert_array_equal(sheet[:8, 9:17], X[second].reshape(8, 8))
    assert not sheet[8].any() and not sheet[:, 8].any()


def test_a_neuron_that_never_fires_has_no_favorites():
    picture, _ = shown(neuron=64)
    assert picture["equations"]["lines"][2].endswith("by: none") and not picture["favorites"]["values"].any()


def solutions(task, **settings):
    """Return the numbers of the neurons with which the figure says that its task is done."""
    return [neuron for neuron in range(1, SIZES[1] + 1) if shown(task=task, neuron=neuron, **settings)[1]]


def test_a_digit_that_the_task_names_hangs_on_some_neuron_and_on_none_that_is_at_work():
    task = reply("what_the_hidden_units_see", {"task": HINGE})["challenge"]["task"]
    named = [int(number) for number in re.findall(r"\d+", task)]
    assert len(named) == 6
    for digit in named:
        some = solutions(HINGE, digit=digit, silenced=SILENCED)
        assert 1 <= len(some) <= 32, digit  # a search among the neurons, and not any neuron will do
        assert not shown(task=HINGE, neuron=some[0], digit=digit)[1]


def test_no_digit_that_is_misread_anyway_or_read_for_sure_hangs_on_a_neuron():
    X, y = unseen()
    probabilities = network().predict_proba(X)
    misread = int(np.flatnonzero(probabilities.argmax(axis=1) != y)[0]) + 1
    sure = int(probabilities.max(axis=1).argmax()) + 1
    assert solutions(HINGE, digit=misread, silenced=SILENCED) == solutions(HINGE, digit=sure, silenced=SILENCED) == []


@pytest.mark.parametrize("task", [SPECIALIST, RARE])
def test_a_few_neurons_are_what_the_task_asks_for_and_neither_the_first_nor_the_last(task):
    found = solutions(task)
    assert 3 <= len(found) <= 12
    assert not {1, 33, SIZES[1]} & set(found)  # where the figure opens, and the ends of the slider


def test_a_dead_neuron_is_called_dead_and_is_not_what_the_task_asks_for():
    dead = int(np.flatnonzero(~(network().layers[0].forward(unseen()[0]) > 0).any(axis=0))[0]) + 1
    challenge = reply("what_the_hidden_units_see", {"task": RARE, "neuron": dead})["challenge"]
    assert challenge["task"].endswith("this one fires for none of them: it is dead.") and not challenge["done"]


def test_a_number_between_two_neurons_means_the_nearer_one():
    between, exact = (shown(neuron=neuron)[0]["weights"]["values"] for neuron in (17.8, 18))
    np.testing.assert_array_equal(between, exact)


def test_the_sentence_says_what_the_picture_shows():
    figure = EXPLORABLES["what_the_hidden_units_see"]
    settings = figure.check({"neuron": 64, "silenced": SILENCED})
    sentence = figure.describe(settings, figure.start(settings))
    assert sentence.startswith("Hidden neuron 64 gives 0.00 for this 6 and is silenced; the network reads a 6 with ")
    assert sentence.endswith("the neuron most: none.")
