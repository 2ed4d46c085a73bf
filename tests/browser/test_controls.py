"""The controls for lists and tables, and the panel of many weights: by mouse, touch and keyboard, in a cell and in a page."""

import json
from urllib.parse import quote

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.test_accessibility import HOW
from figures import all_live, ask, drag, middle_of, settled, wait_until
from playwright.sync_api import expect
from sandbox import LARGE, Sandbox
from web import watch_over

from nnlib.explorables import EXPLORABLES
from nnlib.live import figure

REFUSALS = {  # what a program or a link may pass, and what is told
    "no list": ({"layers": 4}, "layers has shape ()"),
    "a layer of a million": ({"layers": [1e6]}, "layers has a layer of 1e+06 neurons"),
    "a thousand layers": ({"layers": [1] * 1000}, "layers has shape (1000,)"),
    "a size of text": ({"layers": ["<img src=x onerror=window.hacked=1>"]}, "layers holds"),
    "nothing chosen": ({"features": []}, "features has 0 of its options, but 1 must be chosen"),
    "no option": ({"features": ["<img src=x onerror=window.hacked=1>"]}, "features is a list, and each entry of it"),
    "a name of every object": ({"features": ["toString"]}, "features is a list, and each entry of it"),
    "an object for a list": ({"features": {"length": 1}}, "features must be a list"),
    "markup in a cell": ({"data": "1,2,<img src=x onerror=window.hacked=1>"}, "data has '<img"),
    "a megabyte": ({"data": "1," * 600_000}, "data is longer than 1,000,000 letters"),
    "a prototype": ({"data": {"__proto__": [], "rows": [[1, 2, 3]]}}, "data is a dictionary without"),
    "rows of objects": ({"data": [[{}, 1, 2]]}, "data holds {} in column 0"),
    "a number for a table": ({"data": 7}, "data has shape ()"),
    "null": ({"data": None}, "data holds None"),
}


@pytest.fixture
def widget(monkeypatch):
    """Return the sandbox as a widget."""
    monkeypatch.setitem(EXPLORABLES, "sandbox", Sandbox())
    return figure("sandbox")


@pytest.fixture
def shown(cell, widget):
    """Return the sandbox, live in a cell."""
    return cell(widget)


@pytest.fixture(scope="module")
def live(browser, stumbling):
    """Return the sandbox, live in a page, which must not complain in any test of the module."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        page.goto(f"{stumbling}sandbox.html")
        all_live(page)
        yield page.locator(".nn-figure")
        assert page.watch == type(page.watch)()


def row(shown, name):
    return shown.locator(f'[data-control="{name}"]')


def sentence(shown):
    settled(shown)
    return shown.locator(".nn-sentence").inner_text()


# sizes


def sizes_of(shown):
    return [int(field.input_value()) for field in row(shown, "layers").locator("input").all() if field.is_visible()]


def test_layers_and_neurons_come_and_go_by_their_buttons(shown, widget, page):
    layers = row(shown, "layers")
    layers.get_by_role("button", name="add layer").click()
    layers.get_by_role("button", name="a neuron more in layer 1").click()
    layers.get_by_role("button", name="a neuron less in layer 3").click()
    assert sizes_of(shown) == [5, 2, 1] and "the layers [5, 2, 1] has" in sentence(shown)
    wait_until(page, lambda: widget.layers == [5, 2, 1])
    for _ in range(3):
        layers.get_by_role("button", name="remove layer").click()
    assert sizes_of(shown) == [] and "the layers [] has" in sentence(shown)


def test_a_button_at_its_end_does_nothing_and_keeps_the_focus(shown, page):
    layers = row(shown, "layers")
    shown.evaluate("element => element.set({ layers: [8, 1, 1, 1, 1, 1] })")
    for name in ("a neuron more in layer 1", "a neuron less in layer 2", "add layer"):
        button = layers.get_by_role("button", name=name)
        assert button.get_attribute("aria-disabled") == "true"
        button.focus()
        page.keyboard.press("Enter")
        assert sizes_of(shown) == [8, 1, 1, 1, 1, 1] and button.evaluate("one => one === document.activeElement")


def test_a_size_is_typed_or_stepped_with_the_keys(shown, page):
    field = row(shown, "layers").get_by_label("neurons in layer 2")
    field.focus()
    page.keyboard.press("ArrowUp")
    assert "the layers [4, 3] has" in sentence(shown)
    page.keyboard.press("Control+a")
    page.keyboard.type("9")  # no layer has so many: it is not taken
    assert "the layers [4, 3] has" in sentence(shown)
    page.keyboard.press("Tab")
    assert field.input_value() == "3"


def test_on_a_slider_in_powers_of_ten_an_arrow_leads_to_another_count(cell, page):
    batches = figure("batch_size_and_noise")
    slider = cell(batches).locator('[data-control="batch_size"] input[type="range"]')
    seen = [batches.batch_size]
    for key in ["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown", "ArrowDown", "Home", "ArrowLeft", "End", "ArrowRight"]:
        slider.press(key)
        settled(page.locator(".nn-figure"))
        seen.append(batches.batch_size)
    assert seen == [8, 9, 10, 9, 8, 7, 1, 1, 150, 150]
    assert slider.get_attribute("aria-valuetext") == "150"


# several


def test_a_feature_is_pressed_and_let_go_by_mouse_and_keyboard(shown, widget, page):
    features = row(shown, "features")
    features.get_by_role("button", name="x₁x₂").click()
    features.get_by_role("button", name="x₂", exact=True).focus()
    page.keyboard.press("Space")
    pressed = features.locator('[aria-pressed="true"]').all_inner_texts()
    assert pressed == ["x₁", "x₁x₂"] and "a network of 2 features" in sentence(shown)
    wait_until(page, lambda: widget.features == ["x₁", "x₁x₂"])


def test_the_last_feature_stays_and_it_is_said_why(shown):
    for name in ("x₁", "x₂"):
        settled(shown)
        row(shown, "features").get_by_role("button", name=name, exact=True).click()
    shown.get_by_text("features has 0 of its options, but 1 must be chosen").wait_for()
    assert row(shown, "features").locator('[aria-pressed="true"]').all_inner_texts() == ["x₂"]


# single layers


def test_layers_are_frozen_and_have_an_activation_of_their_own_while_they_are_there(cell, page):
    widget = figure("playground", lens="a neuron", layer=3)
    shown = cell(widget)
    frozen, own, layers = (row(shown, name) for name in ("frozen", "activations", "layers"))
    dashed = shown.locator(".nn-wire.nn-frozen[d]")
    assert frozen.get_by_role("button").all_inner_texts() == ["1", "2", "output"] and dashed.count() == 0
    frozen.get_by_role("button", name="2", exact=True).click()
    wait_until(page, lambda: dashed.count() > 0)
    assert dashed.first.evaluate("path => getComputedStyle(path).strokeDasharray") != "none"
    own.locator("summary").click()
    assert own.locator("select:visible").count() == 2
    own.get_by_label("layer 2").select_option("relu")
    wait_until(page, lambda: widget.activations == ["as all", "relu"])
    assert own.locator("summary").inner_text() == "layer 2: relu"
    title = shown.locator('[data-panel="network"] .nn-panel-title')
    wait_until(page, lambda: title.inner_text().endswith("layer 2 has relu; layer 2 is frozen"))
    layers.get_by_role("button", name="remove layer").click()  # and what was said of it goes
    wait_until(page, lambda: (widget.activations, widget.frozen, widget.layer) == ([], [], 2))
    assert own.locator("summary").inner_text() == "the same in all layers" and dashed.count() == 0
    assert row(shown, "layer").locator('input[type="number"]').input_value() == "2"


# tables


def use(shown, text):
    row(shown, "data").locator("textarea").fill(text)
    row(shown, "data").get_by_role("button", name="Use this text").click()


def test_a_table_is_pasted(shown, widget, page):
    use(shown, "height;weight;class\n1.5;2;1\n-1;0;-1")
    assert "has seen 2 rows with height, weight, class." in sentence(shown)
    assert row(shown, "data").locator("output").inner_text() == "rows: 2, columns: 3: height, weight, class"
    wait_until(page, lambda: widget.data == {"columns": ["height", "weight", "class"], "rows": [[1.5, 2, 1], [-1, 0, -1]]})
    shown.get_by_role("button", name="Reset").click()
    assert "has seen 4 rows with x1, x2, y." in sentence(shown)
    assert row(shown, "data").locator("output").inner_text() == "rows: 4, columns: 3: x1, x2, y"


def choose(shown, file):
    with shown.page.expect_file_chooser() as chooser:
        row(shown, "data").locator("input[type=file]").click()
    chooser.value.set_files(file)


def test_a_table_comes_from_a_file_and_again_when_it_is_mended(shown, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("\ufeffa,b,c\n1,2,3\n4,5,x\n", encoding="utf-8")
    choose(shown, file)
    shown.locator(".nn-status").get_by_text("data has 'x' in row 3, column 3 (c), which is not a number").wait_for()
    assert "has seen 4 rows with x1, x2, y." in sentence(shown)
    file.write_text("a,b,c\n1,2,3\n4,5,6\n", encoding="utf-8")
    choose(shown, file)
    shown.get_by_text("has seen 2 rows with a, b, c.").wait_for()
    assert shown.locator(".nn-status").inner_text() == ""


def test_a_file_of_many_megabytes_is_refused_and_not_read_whole(shown, tmp_path):
    file = tmp_path / "large.csv"
    file.write_text("1,2,3\n" * 2_000_000, encoding="utf-8")
    choose(shown, file)
    shown.locator(".nn-status").get_by_text("data is longer than 1,000,000 letters").wait_for()


# pinned settings


def told_of_the_pin(shown):
    settled(shown)
    return row(shown, "pinned").locator("output").inner_text()


def test_settings_are_pinned_and_it_is_told_what_differs_from_them(shown, widget, page):
    assert told_of_the_pin(shown) == ""
    row(shown, "pinned").get_by_role("button", name="Pin these settings").focus()
    page.keyboard.press("Enter")
    assert told_of_the_pin(shown) == "Pinned. Nothing differs yet."
    row(shown, "layers").get_by_role("button", name="add layer").click()
    row(shown, "activation").locator("select").select_option("relu")
    assert told_of_the_pin(shown) == "Pinned. The other run differs in: hidden layers."
    assert sentence(shown).endswith("the layers [4, 2, 2] has seen 4 rows with x1, x2, y, while [4, 2] is pinned.")
    wait_until(page, lambda: widget.pinned and widget.pinned["layers"] == [4, 2] and widget.layers == [4, 2, 2])
    assert widget.pinned.keys() == {"learning_rate", "features", "layers", "data"}
    row(shown, "pinned").get_by_role("button", name="Unpin").click()
    assert told_of_the_pin(shown) == "" and sentence(shown).endswith("x1, x2, y.")
    wait_until(page, lambda: widget.pinned is None)


def test_a_cell_pins_settings_and_the_row_shows_it(shown, widget, page):
    widget.pinned = {"layers": [1], "data": [[1, 2, 3]]}
    page.evaluate("pinned => model.fromPython({ pinned })", widget.pinned)
    row(shown, "pinned").get_by_role("button", name="Unpin").wait_for()
    assert told_of_the_pin(shown) == "Pinned. The other run differs in: hidden layers, data."


def test_what_is_copied_in_a_notebook_can_be_run(shown, widget, page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.get_by_role("button", name="Copy link").click()
    shown.get_by_text("Copied: whoever opens it sees these settings.").wait_for()
    again = eval(page.evaluate("navigator.clipboard.readText()"), {"figure": figure})
    assert again.pinned is None and again.layers == widget.layers
    row(shown, "pinned").get_by_role("button", name="Pin these settings").click()
    tick(shown, "learning rate η")
    shown.get_by_role("button", name="Copy link").click()
    copied = "navigator.clipboard.readText().then(text => text.includes('hide'))"
    wait_until(page, lambda: page.evaluate(copied))
    text = page.evaluate("navigator.clipboard.readText()")
    again = eval(text, {"figure": figure})
    assert again.pinned["layers"] == [4, 2] and text.endswith(', hide=["learning_rate"])')


# what can be opened


def open_text(shown, text, *, key=False):
    field = shown.get_by_label("a text to open")
    field.fill(text)
    field.press("Enter") if key else shown.get_by_role("button", name="Open", exact=True).click()


@pytest.mark.parametrize("key", [False, True], ids=["by its button", "by Enter"])
def test_a_text_is_opened_and_what_was_said_of_it_stays(shown, widget, page, key):
    shown.evaluate("async element => { await element.advance(3); await element.set({ features: ['x₁'] }); }")
    open_text(shown, "3,1 relu data", key=key)
    told = shown.locator(".nn-told")
    told.get_by_text("There the layers are 3,1.").wait_for()
    assert told.get_attribute("role") == "status"
    assert told.locator("li").all_inner_texts() == ["There the layers are 3,1.", "<b>The rest</b> is alike."]
    assert sentence(shown) == "After 0 steps a network of 1 features and the layers [3, 1] has seen 4 rows with x1, x2, y."
    assert not row(shown, "data").is_visible() and row(shown, "layers").is_visible()
    wait_until(page, lambda: (widget.layers, widget.activation) == ([3, 1], "relu"))
    row(shown, "layers").get_by_role("button", name="add layer").click()
    shown.get_by_role("button", name="Step").click()
    settled(shown)
    assert told.locator("li").count() == 2


def test_a_text_that_hides_nothing_and_differs_in_nothing_is_opened(shown):
    open_text(shown, "3 relu")
    shown.get_by_text("Opened.", exact=True).wait_for()
    assert "the layers [3] has" in sentence(shown) and shown.locator(".nn-away").count() == 0


def test_a_text_that_can_not_be_opened_is_refused_and_the_figure_stays(shown):
    before = sentence(shown)
    for text, words in {"9 relu": "layers has a layer of 9 neurons", "<i>x</i> relu": "invalid literal"}.items():
        open_text(shown, text)
        shown.locator(".nn-told", has_text=words).wait_for()
        assert shown.locator(".nn-told").inner_text().endswith("The figure stays as it was.")
        assert sentence(shown) == before


def test_the_playground_opens_a_link_of_tensorflow_playground_and_copies_one_of_its_own(cell, page):
    widget = figure("playground")
    shown = cell(widget)
    field = shown.get_by_label("a link of TensorFlow Playground")
    field.fill("https://playground.tensorflow.org/#activation=relu&dataset=spiral&networkShape=8,9&learningRate=0,03")
    field.press("Enter")
    shown.get_by_text("learningRate is “0,03”, which can't be had here: write a number above 0, such as 0.03.").wait_for()
    field.fill("https://playground.tensorflow.org/#activation=relu&dataset=spiral&networkShape=8,9&noise_hide=true")
    field.press("Enter")
    shown.get_by_text("The hidden layers have 8, 9 neurons there, and 8, 8 here").wait_for()
    wait_until(page, lambda: (widget.data, widget.activation, widget.layers) == ("spiral", "relu", [8, 8]))
    assert widget.learning_rate == 0.015 and not row(shown, "noise").is_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.get_by_role("button", name="Copy link").click()
    shown.get_by_text("Copied: whoever opens it sees these settings.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(', hide=["noise","noise_on"])') and eval(copied, {"figure": figure}).layers == [8, 8]


def test_what_was_said_of_a_link_goes_with_its_settings_and_what_it_hides_stays_hidden(cell):
    shown = cell(figure("playground"))
    told, noise = shown.locator(".nn-told"), row(shown, "noise")

    def open_link():
        field = shown.get_by_label("a link of TensorFlow Playground")
        field.fill("https://playground.tensorflow.org/#noise_hide=true&playButton_hide=true")
        field.press("Enter")
        expect(told).to_contain_text("What differs")

    for name in ("Reset", "too long a step"):
        open_link()
        assert not noise.is_visible()
        shown.get_by_role("button", name=name, exact=True).click()
        expect(told).to_be_empty()
        assert not noise.is_visible()  # who sends a link hides on purpose
        assert shown.get_by_text("Some controls are hidden by the link.").is_visible()
    shown.get_by_role("button", name="Show all").click()
    assert noise.is_visible() and shown.locator('[data-do="play"]').is_visible()


def test_the_button_of_the_tour_that_is_on_is_marked(cell):
    shown = cell(figure("playground"))
    on = shown.locator('.nn-presets [aria-pressed="true"]')

    def of(name):
        return shown.get_by_role("button", name=name, exact=True)

    assert on.count() == 0 and shown.locator('.nn-presets [aria-pressed="false"]').count() == 8
    plain = of("all zeros").evaluate("one => getComputedStyle(one).backgroundColor")
    of("all zeros").click()
    expect(on).to_have_text("all zeros")
    assert on.evaluate("one => getComputedStyle(one).backgroundColor") != plain
    ask(shown, "set", {"learning_rate": 0.1})  # what is free in it
    expect(on).to_have_text("all zeros")
    of("one neuron too few").click()
    expect(on).to_have_text("one neuron too few")
    of("four corners").click()
    expect(on).to_have_count(0)
    assert row(shown, "tour").locator("select").input_value() == "free play"


# what is hidden


def tick(shown, label):
    toggle = shown.get_by_role("button", name="Hide controls")
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()
    shown.get_by_role("group", name="What is shown").get_by_label(label, exact=True).click()


def test_a_teacher_hides_controls_buttons_and_examples_by_the_keys_alone(shown, page):
    toggle = shown.get_by_role("button", name="Hide controls")
    toggle.focus()
    page.keyboard.press("Enter")
    boxes = shown.get_by_role("group", name="What is shown")
    assert boxes.locator("label").all_inner_texts() == [
        "features", "hidden layers", "activation", "learning rate η", "data", "second run", "Step", "Play", "rewind", "speed",
        "Restart", "examples", "a link to open",
    ]  # fmt: skip
    for _ in range(4):  # past Full screen and Reset, to hidden layers
        page.keyboard.press("Tab")
    for _ in range(12):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    assert [shown.locator(one).is_visible() for one in (".nn-training", ".nn-presets", ".nn-opener")] == [False] * 3
    assert [row(shown, name).is_visible() for name in ("features", "layers", "data", "pinned")] == [True, False, False, False]
    assert shown.get_by_text("Some controls are hidden.").is_visible()
    toggle.press("Enter")
    assert not boxes.is_visible() and toggle.get_attribute("aria-expanded") == "false"
    shown.get_by_role("button", name="Show all").press("Enter")
    assert shown.locator(".nn-away").count() == 0 and not shown.get_by_text("Some controls are hidden").is_visible()
    assert toggle.evaluate("one => one === document.activeElement")
    toggle.press("Enter")
    assert boxes.locator("input:not(:checked)").count() == 0


def test_what_is_hidden_can_still_be_set_by_an_example_a_cell_and_reset(shown, page):
    tick(shown, "hidden layers")
    shown.get_by_role("button", name="one neuron").click()
    assert "the layers [] has" in sentence(shown)
    page.evaluate("model.fromPython({ layers: [5] })")
    shown.get_by_text("the layers [5] has").wait_for()
    shown.get_by_role("button", name="Reset").click()
    assert "the layers [4, 2] has" in sentence(shown) and not row(shown, "layers").is_visible()


def test_whatever_can_be_hidden_of_a_figure_is_hidden(cell):
    shown = cell(figure("playground"))  # its controls stand in groups, which lay each kind out in a way of its own
    shown.get_by_role("button", name="Hide controls").click()
    boxes = shown.get_by_role("group", name="What is shown").get_by_role("checkbox")
    for box in boxes.all():
        box.uncheck()
    assert shown.locator(".nn-away").count() == boxes.count() > 30
    displays = shown.locator(".nn-away").evaluate_all("all => all.map(one => getComputedStyle(one).display)")
    assert set(displays) == {"none"}


def test_a_cell_shows_a_figure_without_some_of_its_controls(cell, monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "sandbox", Sandbox())
    shown = cell(figure("sandbox", hide=["data", "play-button"]))
    assert not row(shown, "data").is_visible() and not shown.get_by_role("button", name="Play").is_visible()
    assert shown.get_by_text("Some controls are hidden.").is_visible()
    shown.get_by_role("button", name="Show all").click()
    assert row(shown, "data").is_visible()


def test_a_group_whose_controls_are_all_hidden_is_hidden_with_its_title(shown):
    group = shown.locator(".nn-group", has=shown.page.locator('[data-control="data"]'))
    row(shown, "activation").locator("select").select_option("sigmoid")  # the learning rate is not shown with it
    settled(shown)
    assert group.is_visible() and not row(shown, "learning_rate").is_visible()
    tick(shown, "data")
    assert not group.is_visible()
    row(shown, "activation").locator("select").select_option("tanh")
    settled(shown)
    assert group.is_visible() and not row(shown, "data").is_visible()
    tick(shown, "learning rate η")
    assert not group.is_visible()


# in a page: links, and what comes from outside


def test_a_link_carries_what_is_hidden_and_the_page_shows_it_all_when_asked(live, stumbling):
    page = live.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live.get_by_role("button", name="Reset").click()
    tick(live, "data")
    tick(live, "Step")
    live.get_by_role("button", name="Copy link").click()
    live.get_by_text("Copied: whoever opens it sees these settings.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    live.get_by_role("button", name="Show all").click()
    live.get_by_role("button", name="Hide controls").click()
    with page.context.new_page() as again:
        again.goto(f"{link.replace('hide=', 'hide=nothing%2C')}")
        all_live(again)
        opened = again.locator(".nn-figure")
        assert not row(opened, "data").is_visible() and row(opened, "layers").is_visible()
        assert not opened.get_by_role("button", name="Step").is_visible()
        assert opened.get_by_text("Some controls are hidden by the link.").is_visible()
        opened.get_by_role("button", name="Show all").click()
        assert row(opened, "data").is_visible() and opened.get_by_role("button", name="Step").is_visible()


def test_a_link_carries_a_pin_without_the_readers_own_table(live):
    page = live.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(live, "set", {"layers": [3], "pinned": {"layers": [1], "data": [[1, 2, 3]]}})
    live.get_by_role("button", name="Copy link").click()
    live.get_by_text("without “data”: a link is too short for data of your own.").wait_for()
    with page.context.new_page() as again:
        again.goto(page.evaluate("navigator.clipboard.readText()"))
        all_live(again)
        opened = again.locator(".nn-figure")
        assert sentence(opened).endswith("the layers [3] has seen 4 rows with x1, x2, y, while [1] is pinned.")
        assert told_of_the_pin(opened) == "Pinned. The other run differs in: hidden layers."
    live.get_by_role("button", name="Reset").click()
    settled(live)


def test_a_link_brings_back_lists_and_leaves_the_readers_own_table_out(live, stumbling):
    page = live.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(live, "set", {"layers": [3, 3, 1], "features": ["x₁", "sin x₂"]})
    use(live, "a,b,c\n1,2,3")
    assert "has seen 1 rows with a, b, c." in sentence(live)
    live.get_by_role("button", name="Copy link").click()
    said = "Copied: whoever opens it sees these settings, without “data”: a link is too short for data of your own."
    live.get_by_text(said).wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    with page.context.new_page() as again:
        again.goto(link)
        all_live(again)
        opened = again.locator(".nn-figure")
        assert sentence(opened).endswith("the layers [3, 3, 1] has seen 4 rows with x1, x2, y.")
        assert row(opened, "features").locator('[aria-pressed="true"]').all_inner_texts() == ["x₁", "sin x₂"]
        assert sizes_of(opened) == [3, 3, 1]


def test_the_settings_of_a_link_without_a_table_are_all_that_is_said(live):
    live.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    live.get_by_role("button", name="Reset").click()
    settled(live)
    live.get_by_role("button", name="Copy link").click()
    live.get_by_text("Copied: whoever opens it sees these settings.").wait_for()


@pytest.mark.parametrize("what", REFUSALS)
def test_what_no_control_takes_is_refused_and_the_figure_goes_on(live, what):
    passed, words = REFUSALS[what]
    live.get_by_role("button", name="Reset").click()
    before = settled(live), live.locator(".nn-controls").inner_html()
    text = json.dumps(json.dumps(passed))
    message = live.evaluate(f"element => element.set(JSON.parse({text})).then(() => 'taken', error => error.message)")
    assert words in message and len(message) < 500
    assert (settled(live), live.locator(".nn-controls").inner_html()) == before
    assert "the layers [1, 2] has" in ask_and_say(live, {"layers": [1, 2]})
    assert not live.page.evaluate("'hacked' in window")


def ask_and_say(live, settings):
    ask(live, "set", settings)
    return live.locator(".nn-sentence").inner_text()


def test_markup_in_the_name_of_a_column_is_text(live):
    evil = "<img src=x onerror=window.hacked=1>"
    ask(live, "set", {"data": f"{evil},b,c\n1,2,3"})
    assert evil in live.locator(".nn-sentence").inner_text() and evil in row(live, "data").locator("output").inner_text()
    assert not live.page.evaluate("'hacked' in window")


@pytest.mark.parametrize("what", ["a layer of a million", "nothing chosen", "rows of objects"])
def test_a_link_that_no_control_takes_is_refused_in_words(page, stumbling, what):
    passed, words = REFUSALS[what]
    page.goto(f"{stumbling}sandbox.html?sandbox={quote(json.dumps(passed))}")
    status = page.locator(".nn-status", has_text="The figure stays as it was.")
    status.wait_for(timeout=60_000)
    assert words in status.inner_text()
    assert sentence(page.locator(".nn-figure")).startswith("After 0 steps a network of 2 features and the layers [4, 2]")


# the panel of many weights


def chosen(shown):
    return shown.locator(".nn-chosen")


def wire_at(shown, index):
    """Return the middle of the edge with this index, on the page, and its weight."""
    for _ in range(index):
        chosen(shown).press("PageDown")
    return middle_of(chosen(shown).locator("path").last), float(chosen(shown).get_attribute("aria-valuenow"))


def parameters(widget):
    panel = widget.picture["network"]
    return np.concatenate([part.ravel() for pair in zip(panel["weights"], panel["biases"], strict=True) for part in pair])


def test_the_largest_network_is_few_elements_with_one_stop_of_the_tab_key(cell, widget):
    widget.set_trait("layers", LARGE["layers"])
    widget.set_trait("features", LARGE["features"])
    shown = cell(widget)
    network = shown.locator('[data-panel="network"]')
    assert network.locator("canvas").count() == 56
    assert network.locator("svg *").count() < 50 + 56  # a node can be pointed at, but no edge is an element
    assert network.locator("[tabindex]").count() == 1
    drawn = "".join(path.get_attribute("d") or "" for path in network.locator("svg > g > .nn-wire").all()[:-1])
    assert drawn.count("C") == 384


def test_the_keys_go_from_weight_to_weight_and_to_the_biases_and_each_says_what_it_is(shown, widget, page):
    said, expected = [], parameters(widget)
    chosen(shown).focus()
    for index in range(len(expected)):
        assert float(chosen(shown).get_attribute("aria-valuenow")) == pytest.approx(expected[index])
        said.append(chosen(shown).get_attribute("aria-label"))
        page.keyboard.press("PageDown")
    assert said[:2] == ["weight from x₁ to neuron 1 of layer 1", "weight from x₁ to neuron 2 of layer 1"]
    assert said[8] == "bias of neuron 1 of layer 1" and said[-2:] == ["weight from neuron 2 of layer 2 to ŷ", "bias of ŷ"]
    assert chosen(shown).get_attribute("aria-label") == said[0]  # after the last comes the first
    page.keyboard.press("End")
    assert chosen(shown).get_attribute("aria-label") == "bias of ŷ"
    page.keyboard.press("Home")
    page.keyboard.press("Shift+PageDown")
    assert chosen(shown).get_attribute("aria-label") == said[10]


@pytest.mark.parametrize("index", [3, 9])
def test_the_arrow_keys_change_the_weight_or_bias_that_is_chosen_and_no_other(shown, widget, page, index):
    before = parameters(widget)
    chosen(shown).focus()
    for _ in range(index):
        page.keyboard.press("PageDown")
    page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowLeft")
    settled(shown)
    assert float(chosen(shown).get_attribute("aria-valuenow")) == pytest.approx(before[index] + 0.9)
    after = shown.evaluate(
        "element => [...element.picture[0].weights, ...element.picture[0].biases].map(({ data }) => [...data])"
    )
    assert np.abs(np.sort(np.concatenate(after)) - np.sort(before)).max() < 1
    assert sum(np.concatenate(after)) == pytest.approx(sum(before) + 0.9)


def test_a_mouse_that_is_near_an_edge_is_told_its_weight_and_pulls_it(shown, page):
    shown.locator('[data-panel="network"]').scroll_into_view_if_needed()
    (x, y), weight = wire_at(shown, 7)
    chosen(shown).press("Home")
    chosen(shown).blur()
    words = shown.locator('[data-panel="network"] .nn-edge-label')
    assert not words.is_visible()
    page.mouse.move(x, y + 2)
    assert words.text_content() == f"w = {weight:.2f}".replace("-", "−")
    page.mouse.down()
    page.mouse.move(x, y + 2 - 30, steps=5)  # 3 pixels a step of 0.1
    page.mouse.up()
    settled(shown)
    assert float(chosen(shown).get_attribute("aria-valuenow")) == pytest.approx(weight + 1)
    page.mouse.move(1, 1)
    assert words.is_visible()  # it has the focus


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_controls_and_the_panel(shown, page, scheme):
    page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
    tick(shown, "Play")
    open_text(shown, "3,1 relu data")
    shown.get_by_text("There the layers are 3,1.").wait_for()
    row(shown, "pinned").get_by_role("button", name="Pin these settings").click()
    settled(shown)
    chosen(shown).focus()
    violations = Axe().run(page, context=".nn-figure", options=HOW).response["violations"]
    assert [(violation["id"], node["html"][:200]) for violation in violations for node in violation["nodes"]] == []


class TestOnAPhone:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 390, "height": 844}, "has_touch": True}

    @pytest.fixture
    def shown(self, cell, widget, page):
        shown = cell(widget)
        page.locator("#cell").evaluate("cell => { cell.style.width = '100%'; }")
        page.wait_for_timeout(100)
        return shown

    def test_a_finger_taps_an_edge_and_scrolls_the_page_elsewhere(self, shown, page):
        box = shown.locator('[data-panel="network"] .nn-svg')
        box.scroll_into_view_if_needed()
        (x, y), weight = wire_at(shown, 7)
        chosen(shown).press("Home")
        chosen(shown).blur()
        page.touchscreen.tap(x, y)
        assert float(chosen(shown).get_attribute("aria-valuenow")) == pytest.approx(weight)
        assert chosen(shown).evaluate("one => one === document.activeElement")
        chosen(shown).blur()
        assert shown.locator(".nn-chosen > .nn-hit").evaluate("hit => getComputedStyle(hit).pointerEvents") == "none"

    def test_every_button_of_a_list_is_large_enough_for_a_finger(self, shown):
        tick(shown, "Step")
        boxes = shown.get_by_role("group", name="What is shown")
        assert all(box.bounding_box()["height"] >= 24 for box in boxes.locator("label").all())
        for name in ("layers", "features", "data", "pinned"):
            for button in row(shown, name).locator("button:visible").all():
                size = button.bounding_box()
                assert size["width"] >= 24 and size["height"] >= 24
        assert shown.evaluate("element => element.scrollWidth <= element.clientWidth")


@pytest.fixture
def playground(cell, page):
    """Return a function that shows the playground on a screen of this size, in a column of this width."""

    def playground(width, height, column, **settings):
        page.set_viewport_size({"width": width, "height": height})
        shown = cell(figure("playground", **settings))
        page.add_style_tag(content=f"body {{ margin: 0 }} #cell {{ width: {column}px !important; }} .nn-figure {{ margin: 0 }}")
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
        return shown

    return playground


@pytest.mark.parametrize("lens", ["learning curves", "a neuron", "learning rates"])
def test_network_output_and_all_that_is_set_are_seen_at_once_on_a_wide_screen(playground, lens):
    shown = playground(1440, 900, 1074, lens=lens)
    parts = shown.locator(':is([data-panel="network"], [data-panel="output"], [data-panel="curves"], .nn-training, .nn-group)')
    boxes = [box for part in parts.all() if (box := part.bounding_box())]
    assert len(boxes) >= 8 and max(box["y"] + box["height"] for box in boxes) <= 900
    network, output, curves = boxes[:3]
    assert network["x"] + network["width"] < output["x"] < output["x"] + output["width"] < curves["x"]
    assert not shown.locator(".nn-fold").first.is_visible()
    assert shown.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_no_name_of_a_control_is_broken_on_a_laptop(playground):
    shown = playground(1280, 720, 936)
    names = shown.locator(".nn-group .nn-control > span:first-child").all()
    heights = {name.inner_text(): box["height"] for name in names if (box := name.bounding_box())}
    assert len(heights) > 15 and max(heights.values()) < 1.6 * min(heights.values()), heights


def test_a_full_screen_of_a_projector_shows_all_without_scrolling(playground):
    shown = playground(1280, 720, 936)
    shown.get_by_role("button", name="Full screen").click()
    shown.page.wait_for_timeout(300)
    assert shown.evaluate("element => [element.scrollHeight, element.clientHeight]") == [718, 718]


def test_what_runs_takes_two_lines_on_a_phone(playground):
    shown = playground(390, 844, 357)
    rows = shown.locator(".nn-training").bounding_box()["height"]
    parts = shown.locator(".nn-training :is(button, input, span)").all()
    boxes = [box for part in parts if (box := part.bounding_box())]
    assert rows <= 72 and len(boxes) >= 9
    for one in boxes:
        for other in boxes:
            apart = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            assert one is other or apart or abs(one["y"] - other["y"]) > 15, (one, other)


def test_groups_are_folded_up_on_a_phone_and_open_by_keys(playground, page):
    shown = playground(390, 844, 390)
    group = shown.locator(".nn-group").first
    fold, row = group.locator(".nn-fold"), group.locator(".nn-control").first
    assert fold.get_attribute("aria-expanded") == "false" and not row.is_visible()
    fold.focus()
    page.keyboard.press("Enter")
    assert fold.get_attribute("aria-expanded") == "true" and row.is_visible()
    assert shown.locator(".nn-panels").bounding_box()["y"] < group.bounding_box()["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    fold.click()
    assert not row.is_visible()


def test_a_control_is_there_while_it_says_something(shown):
    rate = row(shown, "learning_rate")
    assert rate.is_visible()
    ask(shown, "set", {"activation": "sigmoid"})
    assert not rate.is_visible()
    ask(shown, "set", {"activation": "relu"})
    assert rate.is_visible()


def test_controls_of_every_kind_can_be_hidden_in_a_group(cell):
    shown = cell(figure("playground", hide=["noise", "noise_on", "standardize", "features", "loss", "optimizer"]))
    for name in ("noise", "noise_on", "standardize", "features", "loss", "optimizer"):
        assert not row(shown, name).is_visible(), name
    assert row(shown, "data").is_visible() and row(shown, "learning_rate").is_visible()


def test_a_handle_over_points_that_are_edited_is_no_place_of_the_plane(cell, page):
    shown = cell(figure("playground", data="your points", probe_x=2, probe_y=2))  # over the first point
    points, probe = shown.locator("[data-panel=output] .nn-point"), shown.locator(".nn-handle-probe .nn-knob")
    count = points.count()
    probe.scroll_into_view_if_needed()
    shown.get_by_role("radio", name="removes").check()
    page.mouse.click(*middle_of(probe))
    settled(shown)
    assert points.count() == count - 1
    shown.get_by_role("radio", name="adds ● +1").check()
    drag(page, probe, (-40, 30))
    settled(shown)
    assert points.count() == count - 1


def test_the_last_point_that_is_removed_leaves_the_focus_where_one_is_added(cell, page):
    shown = cell(figure("playground", data="your points", points=[[2, 2, 1], [1, 1, -1]]))
    shown.locator("[data-panel=output] .nn-point").first.focus()
    for left in (1, 0):
        page.keyboard.press("Delete")
        settled(shown)
        assert shown.locator("[data-panel=output] .nn-point").count() == left
    assert shown.locator(".nn-brush button").evaluate("one => one === document.activeElement")
