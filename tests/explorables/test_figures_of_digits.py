"""The figure of the chapter on digits that opens its network: what one hidden neuron sees, and what is lost without it."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import mlp
from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.what_the_hidden_units_see import DEAD, HINGE, SILENCED, SIZES, SPECIALIST, trained, unseen
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
    picture, _ = shown(neuron=1)
    assert picture["equations"]["lines"][2].endswith("by: none") and not picture["favorites"]["values"].any()


@pytest.mark.parametrize(
    ("settings", "done"),
    [({"task": HINGE, "neuron": 3, "digit": 145, "silenced": SILENCED}, True), ({"task": HINGE, "silenced": SILENCED}, False),
     ({"task": HINGE, "neuron": 3, "digit": 145}, False), ({"task": SPECIALIST, "neuron": 18}, True),
     ({"task": SPECIALIST}, False), ({"task": SPECIALIST, "neuron": 41}, False), ({"task": DEAD, "neuron": 50}, True),
     ({"task": DEAD, "neuron": 41}, False)],
)  # fmt: skip
def test_what_the_hidden_units_see_recognizes_what_is_asked_for(settings, done):
    assert shown(**settings)[1] is done


def test_a_number_between_two_neurons_means_the_nearer_one():
    between, exact = (shown(neuron=neuron)[0]["weights"]["values"] for neuron in (17.8, 18))
    np.testing.assert_array_equal(between, exact)


def test_the_sentence_says_what_the_picture_shows():
    figure = EXPLORABLES["what_the_hidden_units_see"]
    settings = figure.check({"neuron": 1, "silenced": SILENCED})
    sentence = figure.describe(settings, figure.start(settings))
    assert sentence.startswith("Hidden neuron 1 gives 0.00 for this 6 and is silenced; the network reads a 6 with ")
    assert sentence.endswith("the neuron most: none.")
