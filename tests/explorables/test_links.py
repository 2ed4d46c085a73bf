"""A link of TensorFlow Playground becomes the settings that its page makes of it, and what differs is said."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.models.playground import links, run
from nnlib.explorables.models.playground.links import opened
from nnlib.live.figure_html import PARTS

PLAYGROUND = EXPLORABLES["playground"]

HOST = "https://playground.tensorflow.org/"
# What its page writes into its address at the first visit, but for the seed.
FIRST_VISIT = (
    "activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0"
    "&networkShape=4,2&seed=0.04848&showTestData=false&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false"
    "&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false&problem=classification"
    "&initZero=false&hideText=false"
)
DEFAULTS = {
    "data": "circle", "noise": 0, "noise_on": "what its law says", "share": 50, "draw": 1, "standardize": "as given",
    "features": ["x₁", "x₂"], "layers": [4, 2], "activation": "tanh", "weights": "uniform ±0.5", "start": 1,
    "loss": "squared error", "optimizer": "SGD", "learning_rate": 0.015, "batch_size": 10, "penalty": "none",
    "penalty_rate": 0.001, "dropout": 0, "patience": 0, "show": [], "activations": [], "frozen": [],
}  # fmt: skip
ALWAYS = [
    "The learning rate is 0.03 there and 0.015 here: the loss there is ½(ŷ − y)², half of the one here, so the steps are "
    "alike.",
    "A new seed is drawn at each visit there: points and first weights follow the same laws here, but are draw 1 of ours.",
    "Each epoch has the points in the same order there, and in a new one here.",
]
# A link, the settings that are not as without it, and what is said besides.
READ = [
    ("activation=relu", {"activation": "relu"}, []),
    ("activation=sigmoid", {"activation": "sigmoid"}, []),
    ("activation=linear", {"activation": "identity"}, []),
    ("activation=Tanh", {}, ["activation is “Tanh”, which is none of relu, tanh, sigmoid, linear: as there, it stays tanh."]),
    ("regularization=L2", {}, ["L2 has the rate 0 there, which is no penalty."]),
    ("regularization=L2&regularizationRate=0.003", {"penalty": "L2", "penalty_rate": 0.006}, ["The penalty rate is 0.003"]),
    ("regularizationRate=0.3", {"penalty_rate": 0.6}, []),
    ("regularization=L1", {}, ["L1 has the rate 0 there, which is no penalty."]),
    ("regularization=L1&regularizationRate=0.001", {"penalty": "L1", "penalty_rate": 0.002},
     ["The penalty rate is 0.001", "A weight that L1 has made 0 stays 0 for ever there; here it can come back."]),
    ("regularization=l1", {}, ["regularization is “l1”, which is none of none, L1, L2"]),
    ("batchSize=1", {"batch_size": 1}, []),
    ("batchSize=30", {"batch_size": 30}, ["The last 10 points of an epoch, less than a batch, wait for the next epoch there"]),
    ("batchSize=249", {"batch_size": 249}, ["The last 1 point of an epoch"]),
    ("batchSize=251", {"batch_size": 250}, ["There a batch of 251, which is more than the 250 training points, is never full"]),
    ("batchSize=600&problem=regression", {"batch_size": 500, "data": "plane"}, ["Batches there are of more points than"]),
    ("batchSize=", {}, []),
    ("dataset=xor", {"data": "exclusive or"}, []),
    ("dataset=gauss", {"data": "two clouds"}, []),
    ("dataset=spiral", {"data": "spiral"}, []),
    ("dataset=moons", {}, ["dataset is “moons”, which is none of circle, xor, gauss, spiral: as there, it stays circle."]),
    ("problem=regression", {"data": "plane"}, []),
    ("problem=regression&regDataset=reg-gauss&dataset=xor", {"data": "hills"}, []),
    ("regDataset=reg-gauss", {}, []),
    ("problem=both", {}, ["problem is “both”, which is none of classification, regression"]),
    ("noise=25", {"noise": 25}, []),
    ("noise=80", {"noise": 80}, []),
    ("noise=81", {"noise": 50}, ["noise is 81, outside of 0 to 80: as there, 50 is taken."]),
    ("noise=-5", {"noise": 0}, ["noise is -5, outside of 0 to 80: as there, 0 is taken."]),
    ("networkShape=", {"layers": []}, []),
    ("networkShape=8,8,8,8,8,8", {"layers": [8] * 6}, []),
    ("networkShape=3,12", {"layers": [3, 8]}, ["The hidden layers have 3, 12 neurons there, and 3, 8 here, where 6 layers"]),
    ("networkShape=1,1,1,1,1,1,1", {"layers": [1] * 6}, ["The hidden layers have 1, 1, 1, 1, 1, 1, 1 neurons there"]),
    ("networkShape=2.5", {"layers": [3]}, ["networkShape is “2.5”: as there, the layers have 3 neurons."]),
    ("percTrainData=10", {"share": 10}, []),
    ("percTrainData=95", {"share": 90, "batch_size": 10}, ["95% of the points are for training there, and 90% here"]),
    ("percTrainData=33.3", {"share": 33}, ["33.3% of the points are for training there, and 33% here.", "The last 5 points"]),
    ("x=false", {"features": ["x₂"]}, []),
    ("y=false", {"features": ["x₁"]}, []),
    ("x=0", {}, ["x is “0”: as there, all but the word false is true."]),
    ("sinY=true&xTimesY=true", {"features": ["x₁", "x₂", "x₁x₂", "sin x₂"]}, []),
    ("xSquared=true&ySquared=true&sinX=true", {"features": ["x₁", "x₂", "x₁²", "x₂²", "sin x₁"]}, []),
    ("cosX=true&cosY=true", {}, ["“cosX”, “cosY”: without effect there, and here as well."]),
    ("collectStats=true", {}, ["“collectStats”: without effect there, and here as well."]),
    ("showTestData=true&discretize=true", {"show": ["test points", "classes only"]}, []),
    ("initZero=true", {"weights": "zeros"}, []),
    ("hideText=true", {}, ["There the text of the page is hidden; here it stays."]),
    ("tutorial=depth", {}, ["The tutorial “depth” stays there: it is a text beside the network."]),
    ("x=true&cosmic=1&foo_hide=true", {}, ["“cosmic”, “foo_hide”: passed over, as there, where no setting is called so."]),
    ("noise=5&noise=10", {"noise": 10}, ["The link has “noise” more than once: the last one counts."]),
    ("x=false=true&&", {"features": ["x₂"]}, []),
]  # fmt: skip
REFUSED = [
    ("", "“” is no link of TensorFlow Playground: paste its whole address, such as https://playground.tensorflow.org/#"),
    ("hello", "“hello” is no link of TensorFlow Playground"),
    ("https://example.org/page.html#figure-slopes", "“https://example.org/page.html#figure-slo…” is no link"),
    ("x=true&" + "a" * 10_000, "A link of more than 10,000 letters is none of TensorFlow Playground"),
    ("learningRate=0,03", "learningRate is “0,03”, which can't be had here: write a number above 0, such as 0.03."),
    ("learningRate=0", "learningRate is “0”"),
    ("learningRate=-1", "learningRate is “-1”"),
    ("learningRate=nan", "learningRate is “nan”"),
    ("learningRate=1e999", "learningRate is “1e999”"),
    ("learningRate=1_0", "learningRate is “1_0”"),
    (
        "regularizationRate=-0.1",
        "regularizationRate is “-0.1”, which can't be had here: write a number from 0 on",
    ),
    ("batchSize=0", "batchSize is “0”, which can't be had here: write a whole number from 1 on, such as 10."),
    ("batchSize=2.5", "batchSize is “2.5”"),
    ("noise=much", "noise is “much”, which can't be had here: write a number from 0 to 80."),
    ("percTrainData=0", "percTrainData is “0”, which can't be had here: write a number from 10 to 90."),
    ("networkShape", "networkShape has no =, and the page breaks there: write networkShape=4,2, or networkShape= for none."),
    (
        "networkShape=4,0",
        "networkShape is “4,0”, with “0” for the neurons of a layer: write whole numbers from 1 on",
    ),
    ("networkShape=4%2C2", "networkShape is “4%2C2”, with “4%2C2” for the neurons of a layer"),
    ("networkShape=4,,2", "networkShape is “4,,2”, with “” for the neurons of a layer"),
    ("x=false&y=false", "The link has no feature that is on, and nothing can be learned without one: write x=true."),
    ("x_hide=true&y_hide=true", "The link has no feature that is on"),
]
HIDDEN = [
    ("playButton", ["play-button"], []),
    ("stepButton", ["step-button"], []),
    ("resetButton", ["restart-button"], []),
    ("learningRate", ["learning_rate"], []),
    ("activation", ["activation"], []),
    ("regularization", ["penalty"], []),
    ("regularizationRate", ["penalty_rate"], []),
    ("dataset", ["data"], ["Problem and data are two choices there, of which one is hidden; here they are one."]),
    ("problem", [], ["Problem and data are two choices there, of which one is hidden; here they are one."]),
    ("percTrainData", ["share"], []),
    ("noise", ["noise", "noise_on"], []),
    ("batchSize", ["batch_size"], []),
    ("numHiddenLayers", ["layers"], []),
    ("showTestData", [], ["“showTestData”: hidden there; here it is one of a group, which stays."]),
    ("discretize", [], ["“discretize”: hidden there; here it is one of a group, which stays."]),
    ("sinX", [], ["“sin x₁”: hidden there, and so no input; here it can be switched on."]),
]  # fmt: skip


@pytest.mark.parametrize(
    "text", [HOST, "playground.tensorflow.org", f"{HOST}#", "#x=true", "y=true", "http://localhost:5000/#x=true"]
)
def test_a_setting_that_a_link_has_not_is_at_the_default_of_its_page(text):
    assert opened(text) == (DEFAULTS, [], ALWAYS)


def test_a_link_of_the_first_visit_gives_the_defaults_of_its_page_but_for_the_draw():
    settings, hidden, said = opened(HOST + "#" + FIRST_VISIT)
    draw = settings["draw"]
    assert (settings, hidden) == (DEFAULTS | {"draw": draw, "start": draw}, [])
    of_seed = "The seed “0.04848” belongs to the generator there: points and first weights follow the same laws here, but are"
    assert said == [ALWAYS[0], f"{of_seed} draw {draw} of ours.", ALWAYS[2]]
    assert opened("seed=0.04849")[0]["draw"] != draw and opened("seed=")[0]["draw"] == 1


@pytest.mark.parametrize(("text", "changed", "words"), READ, ids=[case[0] for case in READ])
def test_a_value_is_read_as_its_page_reads_it_and_what_differs_is_said(text, changed, words):
    settings, hidden, said = opened(text)
    assert (settings, hidden) == (DEFAULTS | changed, [])
    more = [sentence for sentence in said if sentence not in ALWAYS]
    assert len(more) == len(words) and all(any(one.startswith(word) for one in more) for word in words), more


def test_every_key_of_its_page_is_in_the_table():
    keys = set(re.findall(r"(\w+)=", "&".join(text for text, _, _ in READ) + f"&{FIRST_VISIT}"))
    assert keys >= links.KEYS and {key for key, _, _ in HIDDEN} >= links.HIDES.keys() - links.FEATURES.keys()


@pytest.mark.parametrize("there", [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10])
def test_every_rate_of_its_page_makes_the_same_steps_here(there):
    settings, _, said = opened(f"learningRate={there}&regularization=L2&regularizationRate={there}")
    assert (settings["learning_rate"], settings["penalty_rate"]) == (there / 2, 2 * there)
    assert any(one.startswith(f"The learning rate is {there:g} there and {there / 2:g} here") for one in said)
    assert any(one.startswith(f"The penalty rate is {there:g} there and {2 * there:g} here") for one in said)
    assert len(said) == 4


@pytest.mark.parametrize(
    ("rate", "taken", "words"),
    [(11, 20.0, "would be 22 here, where 20 is the most: the pull is weaker."),
     (1e-6, 1e-5, "would be 2e-06 here, where 1e-05 is the least: the pull is stronger.")],
)  # fmt: skip
def test_a_penalty_beyond_the_ends_is_told_of_where_there_is_one(rate, taken, words):
    settings, _, said = opened(f"regularization=L2&regularizationRate={rate}")
    assert settings["penalty_rate"] == taken and any(one.endswith(words) for one in said)
    settings, _, said = opened(f"regularizationRate={rate}")
    assert (settings["penalty"], settings["penalty_rate"], said) == ("none", taken, ALWAYS)


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[case[0][:30] for case in REFUSED])
def test_what_can_not_be_had_is_refused_with_its_value_and_the_cure(text, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}") as refusal:
        opened(text)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(("key", "names", "words"), HIDDEN, ids=[case[0] for case in HIDDEN])
def test_what_a_link_hides_is_hidden_here(key, names, words):
    settings, hidden, said = opened(f"{key}_hide=true")
    assert (settings, hidden, said[3:]) == (DEFAULTS, names, words)
    assert opened(f"{key}_hide=false") == (DEFAULTS, [], ALWAYS)
    settings, hidden, said = opened(f"{key}_hide=1")
    assert (settings, hidden) == (DEFAULTS, [])
    assert said[3:] == [f"{key}_hide is “1”: as there, it hides nothing without the word true."]


def test_what_stands_in_one_control_is_hidden_where_all_of_it_is():
    assert opened("discretize_hide=true&showTestData_hide=true") == (DEFAULTS, ["show"], ALWAYS)
    assert opened("dataset_hide=true&problem_hide=true") == (DEFAULTS, ["data"], ALWAYS)


def test_a_feature_that_is_hidden_is_no_input():
    settings, _, said = opened("x_hide=true&sinX=true")
    assert settings["features"] == ["x₂", "sin x₁"]
    assert said[3:] == ["“x₁”: hidden there, and so no input; here it can be switched on."]


def test_a_link_that_a_letter_has_broken_into_lines_is_whole():
    assert opened(f"  {HOST}#activation=relu&net\r\n\tworkShape=3 \n")[0] == DEFAULTS | {"activation": "relu", "layers": [3]}


text_of = st.text(max_size=12) | st.sampled_from(
    ["true", "false", "", "1", "-1", "4,2", "1e3", "L1", "spiral", "reg-gauss", "nan"]
)
key_of = st.sampled_from(sorted(links.KEYS)) | st.sampled_from([f"{key}_hide" for key in links.HIDES]) | st.text(max_size=6)


@given(st.lists(st.tuples(key_of, text_of), max_size=12))
def test_whatever_a_link_has_it_is_read_or_refused_in_words(pairs):
    text = HOST + "#" + "&".join(f"{key}={value}" for key, value in pairs)
    try:
        settings, hidden, said = opened(text)
    except ValueError:
        with pytest.raises(ValueError, match=r"write|paste") as refusal:
            opened(text)
        assert len(str(refusal.value)) < 300
        return
    assert settings.keys() == DEFAULTS.keys()
    assert 0 <= settings["noise"] <= 80 and 10 <= settings["share"] <= 90 and 1 <= settings["batch_size"] <= 500
    assert 1e-6 <= settings["learning_rate"] <= 10 and 0 <= settings["penalty_rate"] <= 20 and 1 <= settings["draw"] <= 99
    assert settings["features"] and len(settings["layers"]) <= 6 and all(1 <= size <= 8 for size in settings["layers"])
    assert len(set(hidden)) == len(hidden) and all(one.endswith(".") for one in said)


values = {
    "activation": st.sampled_from([*links.ACTIVATIONS]), "regularization": st.sampled_from([*links.PENALTIES]),
    "batchSize": st.integers(1, 30), "learningRate": st.sampled_from([0.0001, 0.03, 10]),
    "noise": st.integers(0, 80), "networkShape": st.lists(st.integers(1, 8), max_size=6).map(lambda s: ",".join(map(str, s))),
    "percTrainData": st.sampled_from(range(10, 91, 10)), "seed": st.floats(0, 1).map(lambda seed: f"{seed:.5f}"),
    **{key: st.sampled_from(["true", "false"]) for key in (*links.FEATURES, *links.SHOWS, "initZero")},
}  # fmt: skip


@given(st.fixed_dictionaries(values), st.randoms())
def test_the_order_of_the_keys_does_not_matter(values, random):
    entries = [f"{key}={value}" for key, value in ({"xSquared": "true"} | values | {"y": "true"}).items()]
    before = opened("&".join(entries))
    random.shuffle(entries)
    assert opened(f"{HOST}#{'&'.join(entries)}") == before


# beside the playground


@pytest.mark.parametrize("text", [text for text, _, _ in READ])
def test_the_playground_takes_the_settings_of_every_link(text):
    settings, _, _ = opened(text)
    np.testing.assert_equal({name: PLAYGROUND.check(settings)[name] for name in settings}, settings)


def test_the_ends_are_those_of_the_playgrounds_controls_and_what_is_hidden_is_there():
    control = {one.name: one for one in PLAYGROUND.controls}
    ends = {name: (one.low, one.high) for name, one in control.items() if one.kind == "number"}
    assert ends["learning_rate"] == links.RATES and ends["penalty_rate"] == links.PENALTY_RATES
    assert ends["batch_size"] == (1, links.MOST_BATCH) and ends["share"] == links.SHARES
    assert ends["noise"] == (0, links.MOST_NOISE) and ends["draw"] == ends["start"] == (1, links.DRAWS)
    assert (control["layers"].most, control["layers"].high) == (links.MOST_LAYERS, links.MOST_NEURONS)
    assert {name for names in links.HIDES.values() for name in names} | {"show"} <= {*control, *PARTS}


def its_step(network, X, y, rate, kind, penalty):
    """Make the step of its page, written by hand: half the squared error, weights pulled by what they were before."""
    outputs = [X]
    for layer in network.layers:
        outputs.append(layer.forward(outputs[-1]))
    delta = (outputs[-1] - y) / len(X)  # of the mean of ½(ŷ − y)²
    for layer, into in [*zip(network.layers, outputs, strict=False)][::-1]:
        if not layer.inputs:
            delta = delta * (1 - layer.forward(into) ** 2)  # tanh
            continue
        pull = {"L1": np.sign, "L2": np.copy, "none": np.zeros_like}[kind](layer.weights)
        gradient, bias, delta = into.T @ delta, delta.sum(axis=0), delta @ layer.weights.T
        stepped = layer.weights - rate * gradient
        layer.weights[:] = stepped - rate * penalty * pull
        layer.bias -= rate * bias


# With L1 for as long as no weight comes to 0, from where on L1 is another one here.
@pytest.mark.parametrize(("penalty", "steps"), [("none", 20), ("L1", 3), ("L2", 20)])
def test_the_steps_of_a_link_are_those_of_its_page(penalty, steps):
    link = f"batchSize=250&learningRate=0.03&regularization={penalty}&regularizationRate=0.003&networkShape=4,3"
    settings = PLAYGROUND.check(opened(link)[0])
    session = run.session_of(settings)
    state = session.start()
    theirs = session.network_at(state).astype(np.float64)
    for _ in range(steps):
        its_step(theirs, session.X, session.y, 0.03, penalty, 0.003)
    ours = session.advance(state, settings, steps)["parameters"]
    assert np.abs(ours - state["parameters"]).max() > 0.001
    np.testing.assert_allclose(ours, theirs.parameters, atol=1e-12)
