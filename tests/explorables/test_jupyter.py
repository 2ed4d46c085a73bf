"""The figures in a notebook: settings are traits, messages are answered as the page's engine answers them."""

import json
import re

import numpy as np
import pytest
import traitlets
from sandbox import Sandbox

from book.figures import PLACE
from nnlib.explorables import EXPLORABLES
from nnlib.live import figure
from nnlib.live.figure_html import PARTS
from nnlib.live.join_modules import ENTRIES, STAYS, as_one_module
from nnlib.live.jupyter import VIEW
from nnlib.live.protocol import pack, unpack


def test_settings_are_traits_that_a_cell_can_set_and_another_widget_can_follow():
    tuned, follower = figure("tune_a_neuron", w1=2), figure("tune_a_neuron")
    traitlets.dlink((tuned, "w1"), (follower, "w1"))
    tuned.w1 = -1.5
    assert follower.w1 == -1.5
    assert follower.picture["diagram"]["edges"][0]["value"] == -1.5


def test_a_setting_reaches_the_picture_and_the_sentence():
    tuned = figure("tune_a_neuron", w1=0, w2=0, bias=0, activation="sigmoid")
    assert tuned.picture["diagram"]["layers"][2][0]["value"] == 0.5
    assert tuned.sentence.endswith("gives z = 0.00 and the output a = 0.500.")


def test_a_figure_that_plays_by_itself_says_so_in_its_place_on_the_page():
    for shown, is_marked in ((figure("train_a_perceptron", autoplay=True), True), (figure("train_a_perceptron"), False)):
        data = shown._repr_mimebundle_()
        data = data[0] if isinstance(data, tuple) else data
        assert (" data-autoplay>" in data["text/html"]) == is_marked == ("autoplay=True" in data["text/plain"])
        found = PLACE.search(f'<div class="output text_html">{data["text/html"]}</div>')
        assert found[1] == "train_a_perceptron" and bool(found[4]) == is_marked


def test_points_can_be_given_as_a_list_or_an_array():
    rows = [[0.0, 1.0, 1.0], [1.0, 0.0, -1.0]]
    assert figure("train_a_perceptron", points=rows).points == rows
    assert figure("train_a_perceptron", points=np.array(rows)).points == rows


def test_lists_and_tables_are_traits_that_can_be_stored_and_written_as_code(monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "sandbox", Sandbox())
    shown = figure("sandbox", layers=(3,), data="a,b,c\n1,2,3")
    shown.features = ("x₁²", "x₁")
    assert (shown.layers, shown.features) == ([3], ["x₁", "x₁²"])
    assert shown.data == {"columns": ["a", "b", "c"], "rows": [[1, 2, 3]]}
    assert shown.sentence == "After 0 steps a network of 2 features and the layers [3] has seen 1 rows with a, b, c."
    again = eval(repr(shown), {"figure": figure})
    assert (again.layers, again.features, again.data) == (shown.layers, shown.features, shown.data)
    with pytest.raises(ValueError, match="data has 'x' in row 2, column 1"):
        shown.data = "1,2,3\nx,2,3"
    assert shown.data["rows"] == [[1, 2, 3]]


def test_settings_can_be_pinned_stored_and_written_as_code(monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "sandbox", Sandbox())
    shown = figure("sandbox", pinned={"layers": (3,)})
    assert shown.pinned["layers"] == [3] and shown.pinned["data"]["columns"] == ["x1", "x2", "y"]
    assert eval(repr(shown), {"figure": figure}).pinned == shown.pinned == json.loads(json.dumps(shown.pinned))
    shown.pinned = None
    assert repr(shown) == "figure('sandbox')"


def test_what_is_hidden_is_in_the_markup_in_the_code_and_in_the_stored_place():
    shown = figure("train_a_perceptron", hide=["play-button", "learning_rate"])
    assert 'data-hide="play-button,learning_rate"' in shown._markup
    assert repr(shown) == "figure('train_a_perceptron', hide=['play-button', 'learning_rate'])"
    bundle = shown._repr_mimebundle_()
    html = (bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"]
    assert 'data-settings="{}" data-hide="play-button,learning_rate">' in html
    assert "data-hide" not in figure("train_a_perceptron")._markup


def test_what_can_not_be_hidden_is_one_clear_error():
    with pytest.raises(ValueError, match=r"what tune_a_neuron can hide must be one of .* Did you mean 'play-button'\?"):
        figure("tune_a_neuron", hide=["play_button"])


def test_the_view_and_python_have_one_list_of_what_can_be_hidden():
    source = (VIEW / "figure" / "hiding.mjs").read_text(encoding="utf-8")
    assert tuple(re.findall(r'^  "([a-z-]+)": \[', source, re.MULTILINE)) == PARTS
    assert not {control.name for explorable in EXPLORABLES.values() for control in explorable.controls} & {"hide", *PARTS}


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("tune_a_nuron", {}, "Did you mean 'tune_a_neuron'?"),
        ("tune_a_neuron", {"weight1": 1}, "Got 'weight1' instead"),
        ("tune_a_neuron", {"w1": 7}, r"w1 must be a number in \[-6, 6\]. Got 7 instead."),
        ("tune_a_neuron", {"activation": "sigmoyd"}, "Did you mean 'sigmoid'?"),
    ],
)
def test_a_wrong_name_or_value_is_one_clear_error(name, settings, words):
    with pytest.raises(ValueError, match=words):
        figure(name, **settings)


def test_a_refused_setting_leaves_the_old_one():
    tuned = figure("tune_a_neuron", w1=2)
    with pytest.raises(ValueError, match="w1 must be"):
        tuned.w1 = 70
    assert tuned.w1 == 2


@pytest.mark.parametrize("name", EXPLORABLES)
def test_no_setting_hides_what_every_widget_has(name):
    import anywidget

    taken = set(dir(anywidget.AnyWidget)) | {"explorable", "picture", "sentence"}
    assert not {control.name for control in EXPLORABLES[name].controls} & taken


def test_a_message_from_the_view_is_answered_with_its_id():
    tuned, sent = figure("tune_a_neuron"), []
    tuned.send = lambda content, buffers: sent.append((content, buffers))
    text, buffers = pack({"explorable": "tune_a_neuron", "settings": {"w1": 3.0}, "state": None, "steps": 0})
    tuned._handle_custom_msg({"id": 17, "text": text}, buffers)
    ((content, answered),) = sent
    assert content["id"] == 17
    assert unpack(content["text"], answered)["settings"]["w1"] == 3.0


def test_an_empty_message_from_the_view_is_not_answered():
    tuned, sent = figure("tune_a_neuron"), []
    tuned.send = lambda content, buffers: sent.append(content)
    tuned._handle_custom_msg({}, [])
    assert sent == []


def test_a_stored_notebook_holds_a_short_text_in_the_figures_place():
    data = figure("tune_a_neuron", w1=2)._repr_mimebundle_()[0]
    assert data["text/plain"] == "figure('tune_a_neuron', w1=2.0)"
    assert 'data-explorable="tune_a_neuron" data-settings="{&quot;w1&quot;: 2.0}"' in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize("entry", ["jupyter.mjs", *ENTRIES, STAYS])
def test_the_view_is_one_module_that_imports_nothing_and_declares_no_name_twice(entry):
    source = as_one_module(VIEW / entry)
    assert not re.search(r"^import |^\s*(//|/\*)", source, re.MULTILINE)
    assert entry != "jupyter.mjs" or "import(" not in source
    names = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", source, re.MULTILINE)
    for some in re.findall(r"^const [\[{] ?(.+?) ?[\]}] =", source, re.MULTILINE):  # const [A, B] = …, const { a, b } = …
        names += some.split(", ")
    assert len(names) == len(set(names)) > 0
    assert re.findall(r"^export .*", source, re.MULTILINE) == (["export default { render };"] if entry == "jupyter.mjs" else [])
