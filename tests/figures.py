"""How tests drive a live figure of a page: by its element, as a program would, and by its parts, as a hand would."""

import json

import numpy as np
import pytest
from playwright.sync_api import expect

PAGES = {
    "spiking_neuron": "biology",
    "two_neurons": "biology",
    "tune_a_neuron": "neuron",
    "neurons_in_a_row": "neuron",
    "slopes": "activations",
    "chain_of_slopes": "activations",
    "share_one_certainty": "activations",
    "train_a_perceptron": "perceptron",
    "xor_cannot_be_done": "perceptron",
    "loss_and_slope": "loss",
    "one_neuron_learns": "loss",
    "xor_by_hand": "layers",
    "shapes": "layers",
    "bumps": "layers",
    "learning_rate": "gradient_descent",
    "batch_size_and_noise": "gradient_descent",
    "backprop_step_by_step": "backpropagation",
    "watch_the_blame_flow": "backpropagation",
    "race": "optimizers",
    "schedules": "optimizers",
    "signal_through_depth": "depth",
    "what_depth_is_good_for": "depth",
    "too_much_capacity": "generalization",
    "what_a_test_score_is_worth": "generalization",
    "draw_a_digit": "digits",
    "what_the_hidden_units_see": "digits",
    "playground": "playground",
    "sliding_kernel": "frameworks",
    "atlas_of_xor": "atlas",
    "the_clinic": "clinic",
    "broadcasting": "mathematics",
    "dot_product": "mathematics",
    "chain_rule": "mathematics",
}
# An array crosses to the test as {shape, data}.
AS_PLAIN = """value => JSON.parse(JSON.stringify(value, (_, item) =>
    item && item.shape && item.data ? {shape: item.shape, data: Array.from(item.data, Number)} : item))"""


def wait_for(figure, state):
    figure.page.locator(f'[data-explorable="{figure.get_attribute("data-explorable")}"][data-state="{state}"]').wait_for(
        timeout=60_000
    )


def go_before_python(page, address, act):
    """Open a page and act on it before its Python can wake; no service worker may be there, whose requests nobody sees."""
    held, acted = [], []

    def hold(route):
        route.continue_() if acted else held.append(route)

    page.route("**/engine/files.json", hold)
    page.goto(address)
    act(page)
    acted.append(True)
    for route in held:
        route.continue_()


def all_live(page):
    """Wait until every figure of a page is live."""
    expect(page.locator(".nn-figure:not([data-state=live])")).to_have_count(0, timeout=60_000)


def let_python_sleep(page):
    """Let the view draw the figures of whatever a page opens while no Python comes, and nobody waits for it."""
    page.add_init_script("globalThis.nnPatience = 1e9")
    page.route("**/view/figure_worker.js", lambda route: route.fulfill(body="", content_type="text/javascript"))


def all_drawn(page):
    """Wait until the view has drawn every figure of a page."""
    expect(page.locator(".nn-figure:not([data-mounted])")).to_have_count(0, timeout=60_000)


def ask(figure, call, *arguments):
    """Call `set` or `advance` of the figure's element and return the picture that it resolves to."""
    asked = f"async (element, args) => ({AS_PLAIN})(await element.{call}(...args))"
    return figure.evaluate(asked, json.loads(json.dumps(list(arguments), default=np.ndarray.tolist)))


def picture_of(figure):
    return figure.evaluate(f"element => ({AS_PLAIN})(element.picture)")


def settled(figure):
    """Wait until the figure has answered all that was asked of it, and return its picture."""
    return ask(figure, "set", {})


def steps_of(figure):
    return int(figure.locator('[data-do="rewind"]').get_attribute("max"))


def wait_for_steps(figure, least):
    """Let a figure that plays go on until it has made so many steps."""
    for _ in range(600):
        if steps_of(figure) >= least:
            return
        figure.page.wait_for_timeout(50)
    pytest.fail(f"The figure has made {steps_of(figure)} steps in 30 seconds, not {least}.")


def panel(picture, name):
    return next(panel for panel in picture if panel["name"] == name)


def middle_of(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, locator, by):
    x, y = middle_of(locator)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=5)
    page.mouse.up()


def wait_until(page, true):
    """Let the page go on until `true()` is, on the other side of a wire or in a store."""
    for _ in range(200):
        if true():
            return
        page.wait_for_timeout(50)
    pytest.fail("This has not come true in 10 seconds.")
