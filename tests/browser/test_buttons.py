"""What a figure's buttons do: the exported program, the full screen, a challenge that is met, a run that is long."""

import re
import subprocess
import sys

import numpy as np
import pytest
from figures import wait_until
from onnx_file import Model

from nnlib.explorables import EXPLORABLES, panels
from nnlib.explorables.explorable import Explorable
from nnlib.live import figure


def settled(shown):
    shown.evaluate("async element => { await element.set({}); }")


def exported(shown):
    shown.get_by_role("button", name="Export code").click()
    dialog = shown.get_by_role("dialog")
    dialog.wait_for()
    return dialog


# the exported program


def test_the_exported_program_runs_to_what_the_figure_shows(cell, page):
    widget = figure("tune_a_neuron")
    shown = cell(widget)
    shown.evaluate("async element => { await element.set({ w1: 2.5, activation: 'tanh' }); }")
    dialog = exported(shown)
    assert "It prints the numbers of this figure." in dialog.inner_text()
    program = dialog.locator("pre").inner_text()
    wait_until(page, lambda: widget.w1 == 2.5)  # the traits follow when the hand rests
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    nodes = [layer[0]["value"] for layer in widget.picture["diagram"]["layers"][1:]]
    assert [float(number) for number in re.findall(r"-?\d+\.\d+", out)] == pytest.approx(nodes, abs=1e-6)


def test_the_program_can_be_copied_and_downloaded_and_escape_gives_the_focus_back(cell, page):
    shown = cell(figure("tune_a_neuron"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    dialog = exported(shown)
    program = dialog.locator("pre").inner_text()
    dialog.get_by_role("button", name="Copy").click()
    dialog.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == program
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "tune_a_neuron.py"
    assert download.value.path().read_text(encoding="utf-8") == program
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert page.evaluate("document.activeElement.textContent") == "Export code"


def test_a_program_of_a_run_whose_settings_changed_says_so(cell):
    shown = cell(figure("train_a_perceptron"))
    shown.evaluate("async element => { await element.advance(2); await element.advance(1); }")
    dialog = exported(shown)
    assert "It prints the numbers of this figure." in dialog.inner_text() and "range(3)" in dialog.inner_text()
    dialog.get_by_role("button", name="Close").click()
    shown.evaluate("async element => { await element.set({ learning_rate: 0.5 }); await element.advance(1); }")
    dialog = exported(shown)
    assert "Settings or weights were changed during this run" in dialog.inner_text()
    dialog.get_by_role("button", name="Close").click()
    shown.get_by_role("button", name="Restart").click()
    shown.evaluate("async element => { await element.advance(1); }")
    assert "It prints the numbers of this figure." in exported(shown).inner_text()


class Exporting(Explorable):
    name = "exporting"
    title = "Programs for three libraries, and a file"
    trains = True

    def start(self, settings):
        return {"steps": 0}

    def advance(self, state, settings, steps):
        return {"steps": state["steps"] + steps}

    def picture(self, settings, state):
        return [panels.network("net", "A network", [[panels.node("x", 1)], [panels.node("y", state["steps"])]], [])]

    def describe(self, settings, state):
        return f"{state['steps']} steps."

    def code(self, settings, steps):
        return self.programs(settings, {"steps": steps})["nnlib"]

    def programs(self, settings, state):
        libraries = {"nnlib": "from nnlib import mlp", "PyTorch": "import torch", "Keras": "import keras"}
        return {library: f"{line}  # {state['steps']}\n" * 60 for library, line in libraries.items()}

    def files(self, settings, state):
        return {"model.onnx": bytes([0, 255, state["steps"]])}


def test_one_of_several_programs_is_chosen_with_keys_and_copied_and_files_are_downloaded(cell, page, monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "exporting", Exporting())
    shown = cell(figure("exporting"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.evaluate("async element => { await element.advance(7); }")
    dialog = exported(shown)
    choices = dialog.get_by_role("group", name="with which library").get_by_role("button")
    assert choices.all_inner_texts() == ["nnlib", "PyTorch", "Keras"]
    pressed = "buttons => buttons.map((button) => button.ariaPressed)"
    assert choices.evaluate_all(pressed) == ["true", "false", "false"]
    assert dialog.locator("pre").inner_text().startswith("from nnlib import mlp  # 7")
    choices.nth(1).focus()
    page.keyboard.press("Enter")
    assert choices.evaluate_all(pressed) == ["false", "true", "false"]
    assert dialog.locator("pre").inner_text().startswith("import torch  # 7")
    dialog.locator("pre").evaluate("text => text.scrollTo(0, 1000)")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert dialog.locator("pre").inner_text().startswith("import keras  # 7")
    assert dialog.locator("pre").evaluate("text => text.scrollTop") == 0
    dialog.get_by_role("button", name="Copy").click()
    dialog.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "import keras  # 7\n" * 60
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download", exact=True).click()
    assert download.value.suggested_filename == "exporting_keras.py"
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Download model.onnx").click()
    assert download.value.suggested_filename == "model.onnx"
    assert download.value.path().read_bytes() == bytes([0, 255, 7])


def test_the_playground_hands_out_its_network_as_it_stands(cell):
    shown = cell(figure("playground"))
    dialog = exported(shown)
    dialog.get_by_role("button", name="PyTorch").click()
    assert "import torch" in dialog.locator("pre").inner_text()
    with shown.page.expect_download() as download:
        dialog.get_by_role("button", name="Download playground.onnx").click()
    model = Model(download.value.path().read_bytes())
    assert model.constants["W1"].shape == (2, 4) and model.outputs["y_hat"][1] == ["samples", 1]


def test_where_there_is_one_program_there_is_no_choice(cell):
    dialog = exported(cell(figure("tune_a_neuron")))
    assert dialog.get_by_role("group").count() == 0 and dialog.get_by_role("button").all_inner_texts() == [
        "Copy",
        "Download",
        "Close",
    ]


# the full screen


@pytest.mark.parametrize("able", [True, False], ids=["by the browser", "over the page"])
def test_a_figure_fills_the_screen_and_comes_back_with_its_focus(cell, page, able):
    shown = cell(figure("tune_a_neuron"))
    if not able:
        page.evaluate("delete Element.prototype.requestFullscreen")
    before = shown.bounding_box()
    button = shown.get_by_role("button", name="Full screen")
    button.click()
    shown.get_by_role("button", name="Leave full screen").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("Boolean(document.fullscreenElement)") == able
    box, size = shown.bounding_box(), page.evaluate("[innerWidth, innerHeight]")
    assert [box["x"], box["y"], box["width"], box["height"]] == [0, 0, *size]
    assert page.evaluate("document.activeElement.dataset.do") == "full"
    plane = shown.locator('[data-panel="plane"] .nn-panel-body').bounding_box()
    assert plane["height"] < size[1] and plane["width"] == pytest.approx(plane["height"], abs=1)
    if able:
        page.evaluate("document.exitFullscreen()")  # what the browser does at Escape
    else:
        page.keyboard.press("Escape")
    button.wait_for()
    page.wait_for_timeout(300)
    assert shown.bounding_box() == before
    assert page.evaluate("document.activeElement.dataset.do") == "full"


class TestOnAPhone:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 390, "height": 844}, "has_touch": True}

    def test_the_way_out_of_the_full_screen_is_in_reach_wherever_one_scrolls(self, cell, page):
        shown = cell(figure("backprop_step_by_step"))
        page.evaluate("delete Element.prototype.requestFullscreen")  # as on an iPhone, where no key leaves it either
        shown.get_by_role("button", name="Full screen").click()
        leave = shown.get_by_role("button", name="Leave full screen")
        for share in (0, 0.5, 1):
            shown.evaluate("(element, share) => element.scrollTo(0, share * element.scrollHeight)", share)
            box = leave.bounding_box()
            assert 0 <= box["y"] < 20 and box["x"] + box["width"] <= 390
        leave.tap()
        shown.get_by_role("button", name="Full screen").wait_for()


class TestOnAProjector:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 1920, "height": 1080}}

    def test_all_that_a_figure_says_is_larger_in_the_full_screen(self, cell):
        shown = cell(figure("tune_a_neuron"))
        said = (".nn-panel-title", ".nn-equation", ".nn-sentence", ".nn-challenge", ".nn-control", ".nn-tick")
        sizes = """(element, said) => said.map(name => element.querySelector(name)).map(part =>
            parseFloat(getComputedStyle(part).fontSize) * (part.getScreenCTM?.().a ?? 1))"""  # a picture is scaled
        before = shown.evaluate(sizes, said)
        shown.get_by_role("button", name="Full screen").click()
        shown.get_by_role("button", name="Leave full screen").wait_for()
        assert all(full > 1.3 * small for full, small in zip(shown.evaluate(sizes, said), before, strict=True))

    def test_what_is_set_stands_beside_what_is_seen(self, cell, page):
        shown = cell(figure("train_a_perceptron"))
        page.set_viewport_size({"width": 1280, "height": 720})
        shown.get_by_role("button", name="Full screen").click()
        shown.get_by_role("button", name="Leave full screen").wait_for()
        seen = [panel.bounding_box() for panel in shown.locator(".nn-panels > .nn-panel").all()]
        frame = shown.locator(".nn-panels").bounding_box()  # scrolls, where a figure has more panels than fit
        parts = (".nn-training", ".nn-controls", ".nn-challenge", ".nn-sentence")
        rest = [shown.locator(part).bounding_box() for part in parts]
        assert min(box["x"] for box in rest) >= max(box["x"] + box["width"] for box in seen)
        assert max(box["y"] + box["height"] for box in [frame, *rest]) <= 720

    def test_what_is_set_stays_where_it_is_while_more_is_looked_for(self, cell, page):
        shown = cell(figure("spiking_neuron"))
        page.set_viewport_size({"width": 1280, "height": 720})
        shown.get_by_role("button", name="Full screen").click()
        last, controls = shown.locator(".nn-panel").last, shown.locator(".nn-controls")
        before, hidden = controls.bounding_box(), shown.locator(".nn-panels").bounding_box()
        page.mouse.move(hidden["x"] + 100, hidden["y"] + 100)
        page.mouse.wheel(0, 2000)
        wait_until(page, lambda: last.bounding_box()["y"] + last.bounding_box()["height"] <= 720)
        assert controls.bounding_box() == before


# challenges


def test_a_challenge_that_is_met_is_shown(cell):
    shown = cell(figure("tune_a_neuron", task="AND"))
    line = shown.locator(".nn-challenge")
    assert line.inner_text().startswith("○ To do: AND:")
    shown.evaluate("async element => { await element.set({ w1: 1, w2: 1, bias: -1.5 }); }")
    assert line.inner_text().startswith("✔ Done: AND: 4 of 4")
    assert "nn-done" in line.get_attribute("class")


class TestReducedMotion:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}

    def test_nothing_moves_by_itself_for_those_who_asked_for_less_motion(self, cell, page):
        shown = cell(figure("tune_a_neuron", task="AND"))
        shown.evaluate("async element => { await element.set({ w1: 1, w2: 1, bias: -1.5 }); }")
        assert page.evaluate("document.getAnimations().length") == 0
        assert shown.locator(".nn-challenge").evaluate("line => getComputedStyle(line).transitionProperty") in ("none", "all")
        assert shown.locator(".nn-challenge").evaluate("line => getComputedStyle(line).transitionDuration") == "0s"


# weights edited by hand, where they are part of the state


class Editable(Explorable):
    name = "editable"
    title = "A weight in the state"
    trains = True

    def start(self, settings):
        return {"w": np.array([1.0, -1.0])}

    def advance(self, state, settings, steps):
        return {"w": state["w"] * 0.5**steps}

    def edit(self, state, settings, edits):
        w = state["w"].copy()
        for name, value in edits.items():
            w[int(name)] = value
        return {"w": w}

    def picture(self, settings, state):
        layers = [[panels.node("x₁", 1), panels.node("x₂", 1)], [panels.node("z", state["w"].sum())]]
        edges = [panels.edge((0, i), (1, 0), w, f"w{i}", edits=str(i)) for i, w in enumerate(state["w"])]
        return [panels.network("net", "A network", layers, edges)]

    def describe(self, settings, state):
        return f"w = {state['w'].tolist()}."


def test_a_weight_of_the_state_is_dragged_and_the_run_goes_on_from_it(cell, page, monkeypatch):
    monkeypatch.setitem(EXPLORABLES, "editable", Editable())
    shown = cell(figure("editable"))
    shown.evaluate("async element => { await element.advance(1); await element.advance(1); }")
    edge = shown.locator(".nn-pullable").first
    edge.focus()
    page.keyboard.press("Shift+ArrowUp")
    settled(shown)
    assert shown.locator(".nn-sentence").inner_text() == "w = [1.25, -0.25]."
    shown.evaluate("async element => { await element.advance(1); }")
    assert shown.locator(".nn-sentence").inner_text() == "w = [0.625, -0.125]."
    shown.locator('[data-do="rewind"]').fill("1")
    settled(shown)
    assert shown.locator(".nn-sentence").inner_text() == "w = [0.5, -0.5]."
    edge.focus()
    page.keyboard.press("ArrowDown")
    settled(shown)
    assert shown.locator(".nn-sentence").inner_text() == "w = [0.4, -0.5]."
    assert shown.locator('[data-do="rewind"]').get_attribute("max") == "1"  # what followed is void
