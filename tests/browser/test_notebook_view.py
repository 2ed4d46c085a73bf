"""The widget's front end in a real browser, as a notebook's cell shows it: see conftest.py."""

import pytest

from nnlib.live import figure


def wait_until(page, true):
    """Let the page go on until the kernel's side agrees."""
    for _ in range(200):
        if true():
            return
        page.wait_for_timeout(50)
    pytest.fail("The widget has not followed in 10 seconds.")


def test_a_key_in_the_view_sets_the_trait_and_draws_the_new_picture(cell, page):
    widget = figure("tune_a_neuron")
    shown = cell(widget)
    slider = shown.locator('[data-control="w1"] input[type=range]')
    slider.focus()
    assert slider.get_attribute("data-lm-suppress-shortcuts") == "true"  # else JupyterLab takes the key for its own
    page.keyboard.press("ArrowRight")
    shown.get_by_text("w₁ = 1.10").wait_for()
    wait_until(page, lambda: widget.w1 == 1.1)


def test_a_trait_set_by_a_cell_moves_the_view(cell, page):
    widget = figure("tune_a_neuron", task="AND")
    shown = cell(widget)
    page.evaluate("model.fromPython({w1: -2.5})")
    shown.get_by_text("w₁ = −2.50").wait_for()
    assert shown.locator('[data-control="w1"] input[type=number]').input_value() == "-2.5"


def test_a_view_that_opens_late_shows_what_cells_have_set_meanwhile(cell):
    widget = figure("tune_a_neuron", w2=-1)
    widget.w1 = 3
    shown = cell(widget)
    shown.get_by_text("w₁ = 3.00").wait_for()
    shown.get_by_text("w₂ = −1.00").wait_for()
    assert widget.w1 == 3


def test_the_copied_code_makes_the_same_figure(cell, page):
    widget = figure("tune_a_neuron", w2=-1)
    shown = cell(widget)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown.evaluate("element => element.set({ w1: 2.5 })")
    shown.get_by_role("button", name="Copy link").click()
    shown.get_by_text("Copied").wait_for()
    again = eval(page.evaluate("navigator.clipboard.readText()"), {"figure": figure})
    assert repr(again) == "figure('tune_a_neuron', w1=2.5, w2=-1.0)"


def test_points_and_training_cross_the_wire(cell, page):
    widget = figure("train_a_perceptron")
    shown = cell(widget)
    shown.get_by_role("button", name="XOR").click()
    for _ in range(3):
        shown.get_by_role("button", name="Step").click()
        shown.evaluate("element => element.set({})")
    shown.get_by_text("After 3 corrections").wait_for()
    wait_until(page, lambda: len(widget.points) == 4)


def test_a_drag_asks_for_pictures_alone_and_sets_the_trait_when_the_hand_rests(cell, page):
    widget = figure("tune_a_neuron")
    shown = cell(widget)
    saved = []
    widget.observe(lambda change: saved.append(change["new"]), "w1")
    shown.evaluate("async element => { for (let i = 1; i <= 30; i += 1) await element.set({ w1: i / 10 }); }")
    wait_until(page, lambda: widget.w1 == 3.0)
    assert len(saved) <= 3  # a slow machine may rest between two moves, but not after each


def test_a_cell_that_is_closed_at_once_still_saves_its_settings(cell, page):
    widget = figure("tune_a_neuron")
    shown = cell(widget)
    shown.evaluate("async element => { element.set({ w1: 2 }); close_cell(); }")
    wait_until(page, lambda: widget.w1 == 2.0)


def test_a_closed_cell_listens_no_more(cell, page):
    shown = cell(figure("tune_a_neuron"))
    page.evaluate("close_cell()")
    page.evaluate("model.fromPython({w1: -2.5})")
    page.wait_for_timeout(200)
    assert shown.get_by_text("w₁ = 1.00").count() == 1
