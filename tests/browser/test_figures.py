"""The figures of the built book, in a real browser: alive, exact, and in the reader's hands."""

import numpy as np
import pytest
from figures import PAGES, ask, drag, panel, picture_of, settled, steps_of, wait_for, wait_for_steps
from same import differences
from web import watch_over

from nnlib.explorables import EXPLORABLES
from nnlib.explorables.figures.draw_a_digit import STROKES, as_digit
from nnlib.live.protocol import opening, reply

every = pytest.mark.parametrize("name", EXPLORABLES)
# What only looks opens each page once, for all of its figures.
every_page = pytest.mark.parametrize("chapter", dict.fromkeys(PAGES.values()))

# Each figure's state and size, by its name.
STATES = """() => Object.fromEntries([...document.querySelectorAll(".nn-figure")].map((figure) => {
    const { width, height } = figure.getBoundingClientRect();
    return [figure.dataset.explorable, [figure.dataset.state, width, height]];
}))"""


@pytest.fixture
def open_figure(page, site):
    def open_figure(name, live=True, query=""):
        page.goto(f"{site}chapters/{PAGES[name]}.html{query}")
        figure = page.locator(f'[data-explorable="{name}"]')
        figure.scroll_into_view_if_needed()
        if live:
            wait_for(figure, "live")
        return figure

    return open_figure


@pytest.fixture
def open_page(page, site):
    """Return a function that opens a page and returns its figures, by their names."""

    def open_page(chapter):
        page.goto(f"{site}chapters/{chapter}.html")
        names = page.locator(".nn-figure").evaluate_all("figures => figures.map(figure => figure.dataset.explorable)")
        assert {*names} >= {name for name, its in PAGES.items() if its == chapter}
        return {name: page.locator(f'[data-explorable="{name}"]') for name in names}

    return open_page


@pytest.fixture(scope="module")
def shared(browser, site):
    """Open each page once for all the tests that only use its figures: starting Python takes seconds."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        pages = {}

        def open_once(name):
            if PAGES[name] not in pages:
                page = pages[PAGES[name]] = context.new_page()
                page.watch = watch_over(page)
                page.goto(f"{site}chapters/{PAGES[name]}.html")
            page = pages[PAGES[name]]
            page.bring_to_front()  # frames of a page in the background are slow
            figure = page.locator(f'[data-explorable="{name}"]')
            figure.scroll_into_view_if_needed()
            wait_for(figure, "live")
            return figure

        yield open_once


@pytest.fixture
def live(shared):
    """Return a function that gives a live figure as it was at first."""
    used = []

    def live(name):
        figure = shared(name)
        figure.get_by_role("button", name="Reset").click()
        settled(figure)
        used.append(figure)
        return figure

    yield live
    assert [figure.page.watch for figure in used] == [type(figure.page.watch)() for figure in used]


def assert_same(browser, cpython):
    """Assert that two pictures agree: names and texts exactly, numbers to 1e-6."""
    assert list(differences(browser, cpython)) == []


def test_every_explorable_has_its_page():
    assert PAGES.keys() == EXPLORABLES.keys()


# alive and exact


@every_page
def test_the_figures_of_a_page_go_live_without_a_jump(open_page, page, chapter):
    figures = open_page(chapter)
    before = page.evaluate(STATES)
    assert {state for state, *_ in before.values()} <= {"still", "waking"}
    for figure in figures.values():
        figure.scroll_into_view_if_needed()
        wait_for(figure, "live")
    page.wait_for_timeout(100)
    assert page.evaluate(STATES) == {name: ["live", *size] for name, (_, *size) in before.items()}


@every
def test_the_browsers_picture_is_cpythons_to_1e_6(live, name):
    figure, explorable = live(name), EXPLORABLES[name]
    start = opening(name, {})
    assert_same(picture_of(figure), start["picture"])
    numbers = [control for control in explorable.controls if control.kind == "number"]
    changes = [
        {},
        {control.name: control.low for control in numbers},
        {control.name: control.high for control in numbers},
        *explorable.presets.values(),
    ]
    changes += [{c.name: option} for c in explorable.controls if c.kind == "choice" for option in c.options]
    settings = {}
    for change in changes:
        settings |= change
        assert_same(ask(figure, "set", change), reply(name, settings, start["state"])["picture"])


def test_a_thousand_corrections_in_the_browser_are_a_thousand_corrections_in_cpython(live):
    figure = live("train_a_perceptron")
    settings = {"points": EXPLORABLES["train_a_perceptron"].presets["XOR"]["points"], "learning_rate": 0.3}
    ask(figure, "set", settings)
    browser = ask(figure, "advance", 1000)
    assert_same(browser, reply("train_a_perceptron", settings, steps=1000)["picture"])


# in the reader's hands


def test_dragging_the_tip_of_the_arrow_changes_both_weights(live):
    figure = live("tune_a_neuron")
    page = figure.page
    drag(page, figure.locator(".nn-handle-weights .nn-knob"), (40, -30))
    picture = settled(figure)
    w1, w2 = (edge["value"] for edge in panel(picture, "diagram")["edges"][:2])
    assert w1 > 1.5 and w2 > 2.5  # from 1 and 2
    assert_same(picture, reply("tune_a_neuron", {"w1": w1, "w2": w2})["picture"])


def test_dragging_the_boundary_shifts_the_bias_and_nothing_else(live):
    figure = live("tune_a_neuron")
    page = figure.page
    drag(page, figure.locator(".nn-handle-bias .nn-knob"), (0, 40))
    edges = [edge["value"] for edge in panel(settled(figure), "diagram")["edges"]]
    assert edges[:2] == [1, 2] and edges[2] > 0.6  # the line moved up the arrow's other way: a larger head start


@pytest.mark.parametrize(
    ("name", "where", "handle", "by", "control", "rises"),
    [("spiking_neuron", "voltage", "threshold", (0, -6), "threshold", True),
     ("spiking_neuron", "rate", "probe", (-30, 0), "current", False),
     ("two_neurons", "synapse", "probe", (0, -8), "weight", True),
     ("neurons_in_a_row", "plane", "probe", (40, 0), "x1", True),
     ("slopes", "function", "probe", (-60, 0), "z", False),
     ("slopes", "derivative", "probe", (60, 0), "z", True),
     ("chain_of_slopes", "gradient", "probe", (-40, 0), "depth", False),
     ("loss_and_slope", "loss", "probe", (40, 0), "y_hat", True),
     ("loss_and_slope", "by_prediction", "probe", (40, 0), "y_hat", True),
     ("loss_and_slope", "by_z", "probe", (-20, 0), "y_hat", False),
     ("one_neuron_learns", "pull", "start", (-20, 0), "bias", False),
     ("xor_cannot_be_done", "plane", "bias", (-20, 0), "bias", False),
     ("xor_cannot_be_done", "plane", "weights", (0, -20), "w2", True)],
)  # fmt: skip
def test_each_handle_changes_its_setting_by_mouse_and_by_keyboard(live, name, where, handle, by, control, rises):
    figure = live(name)
    field = figure.locator(f'[data-control="{control}"] input[type=number]')
    element = figure.locator(f'[data-panel="{where}"] .nn-handle-{handle}')
    before = float(field.input_value())
    element.locator(".nn-knob").scroll_into_view_if_needed()
    drag(figure.page, element.locator(".nn-knob"), by)
    settled(figure)
    dragged = float(field.input_value())
    assert (dragged > before) is rises and dragged != before
    element.focus()
    figure.page.keyboard.press("ArrowUp" if by[0] == 0 else "ArrowRight")
    settled(figure)
    assert float(field.input_value()) != dragged


def test_dragging_an_edge_of_the_diagram_changes_its_weight(live):
    figure = live("tune_a_neuron")
    page = figure.page
    drag(page, figure.locator(".nn-edge-label").nth(1), (0, -30))
    assert panel(settled(figure), "diagram")["edges"][1]["value"] == pytest.approx(3.0)


def test_no_edge_strikes_through_the_words_of_another_or_takes_a_finger_meant_for_them(live):
    figure = live("xor_by_hand")
    page, words = figure.page, figure.locator(".nn-edge-label")
    usual = page.viewport_size
    on_top = """word => {
        word.scrollIntoView({ block: "center" });
        const { x, y, width, height } = word.getBoundingClientRect();
        return [0.25, 0.5, 0.75].every(share => document.elementFromPoint(x + share * width, y + height / 2) === word);
    }"""
    for width in (1280, 390, 320):
        page.set_viewport_size({**usual, "width": width})
        page.wait_for_timeout(100)
        assert [words.nth(index).evaluate(on_top) for index in range(9)] == [True] * 9, width
    drag(page, words.nth(1), (0, -30))  # of w₂₁, which the edges of w₁₂ and b₁ pass
    drawn = panel(settled(figure), "network")["edges"]
    assert [edge["label"] for edge in drawn if edge["value"] == pytest.approx(6.0)] == ["w₂₁"]
    assert figure.locator(".nn-edge:focus").get_attribute("aria-label") == "weight w₂₁"
    page.set_viewport_size(usual)


def test_the_keyboard_moves_handles_edges_and_sliders(live):
    figure = live("tune_a_neuron")
    for locator, key, index, value in [
        (figure.locator(".nn-handle-weights"), "ArrowRight", 0, 1.1),
        (figure.locator(".nn-pullable").nth(1), "ArrowDown", 1, 1.9),
        (figure.locator('[data-control="bias"] input[type=range]'), "ArrowRight", 2, 0.6),
    ]:
        locator.focus()
        figure.page.keyboard.press(key)
        assert panel(settled(figure), "diagram")["edges"][index]["value"] == pytest.approx(value)


def test_the_title_of_a_panel_follows_its_picture(live):
    figure = live("xor_by_hand")
    title = figure.locator('[data-panel="plane"] .nn-panel-title')
    assert title.text_content() == "The output ŷ over the inputs: 3 of 4 right"
    ask(figure, "set", {"b1": -12, "b2": -12})
    assert title.text_content() == "The output ŷ over the inputs: 2 of 4 right"


def test_a_number_can_be_typed(live):
    figure = live("tune_a_neuron")
    figure.locator('[data-control="w1"] input[type=number]').fill("-2.5")
    assert panel(settled(figure), "diagram")["edges"][0]["value"] == -2.5


def test_points_are_added_moved_and_removed_by_mouse_and_by_keyboard(live):
    figure = live("train_a_perceptron")
    page = figure.page
    figure.get_by_role("button", name="a clean plane").click()
    plane = figure.locator('[data-panel="plane"] .nn-svg')
    plane.click(position={"x": 120, "y": 120})
    figure.get_by_label("adds ■ −1").check()
    plane.click(position={"x": 220, "y": 220})
    points = panel(settled(figure), "plane")["points"]
    assert points["labels"]["data"] == [1, -1]
    drag(page, figure.locator(".nn-point .nn-mark").first, (30, 0))
    moved = panel(settled(figure), "plane")["points"]["at"]["data"]
    assert moved[0] > points["at"]["data"][0] + 0.2 and moved[1] == pytest.approx(points["at"]["data"][1], abs=0.05)
    figure.locator(".nn-point").first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    changed = panel(settled(figure), "plane")["points"]
    assert changed["at"]["data"][0] < moved[0] and changed["labels"]["data"] == [-1, -1]
    page.keyboard.press("Delete")
    assert panel(settled(figure), "plane")["points"]["labels"]["data"] == [-1]


def test_step_play_pause_and_rewind(live):
    figure = live("train_a_perceptron")
    figure.get_by_role("button", name="XOR").click()
    pictures = [settled(figure)]
    for _ in range(3):
        figure.get_by_role("button", name="Step").click()
        pictures.append(settled(figure))
    figure.get_by_role("button", name="Play").click()
    wait_for_steps(figure, 6)
    figure.get_by_role("button", name="Pause").click()
    settled(figure)
    rewind = figure.locator('[data-do="rewind"]')
    for step in (2, 0, 3):
        rewind.fill(str(step))
        assert settled(figure) == pictures[step]


def test_a_figure_that_opens_in_the_middle_of_a_run_can_be_rewound_to_its_start_and_reset(live):
    figure, steps = live("race"), EXPLORABLES["race"].opening
    opened, rewind = settled(figure), figure.locator('[data-do="rewind"]')
    count = figure.locator(".nn-count")
    assert_same(opened, reply("race", {}, steps=steps)["picture"])
    for step in (steps // 2, 0):
        rewind.fill(str(step))
        assert_same(settled(figure), reply("race", {}, steps=step)["picture"])
        assert count.inner_text() == f"{step} of {steps}"
    figure.get_by_role("button", name="Restart").click()
    settled(figure)
    assert count.inner_text() == "0 of 0"
    figure.get_by_role("button", name="Reset").click()
    assert settled(figure) == opened and count.inner_text() == f"{steps} of {steps}"


def test_play_pressed_again_and_again_runs_once(live):
    figure = live("train_a_perceptron")
    figure.get_by_role("button", name="XOR").click()
    play = figure.locator('[data-do="play"]')
    begun = figure.evaluate("() => performance.now()")
    for _ in range(5):
        play.click()
    wait_for_steps(figure, 8)
    play.click()
    settled(figure)
    most = (figure.evaluate("() => performance.now()") - begun) / EXPLORABLES["train_a_perceptron"].pace + 5  # a step a click
    assert steps_of(figure) <= most


def test_play_goes_on_after_a_rewind(live):
    figure = live("train_a_perceptron")
    figure.get_by_role("button", name="XOR").click()
    for _ in range(4):
        ask(figure, "advance", 1)
    figure.locator('[data-do="rewind"]').fill("3")
    settled(figure)
    figure.locator('[data-do="play"]').click()
    wait_for_steps(figure, 6)
    figure.locator('[data-do="play"]').click()
    settled(figure)


def test_steps_that_were_still_waiting_are_gone_after_restart(live):
    figure = live("train_a_perceptron")
    figure.evaluate(
        """element => {
            const press = name => element.querySelector(`[data-do="${name}"]`).click();
            press("step"); press("step"); press("step"); press("restart");
        }"""
    )
    settled(figure)
    assert figure.locator(".nn-sentence").inner_text().startswith("Zero weights know nothing yet")


def test_a_newer_change_survives_an_older_refusal(live):
    figure = live("tune_a_neuron")
    both = """async element => {
        const refused = element.set({ w1: 99 }).catch(error => error.message);
        await Promise.resolve(); await Promise.resolve();
        const taken = element.set({ w2: 3 });
        return [await refused, (await taken)[1].edges.map(edge => edge.value)];
    }"""
    message, weights = figure.evaluate(both)
    assert message.startswith("w1 must be") and weights[:2] == [1, 3]


def test_a_number_that_was_not_taken_does_not_stay_in_its_field(live):
    figure = live("tune_a_neuron")
    field = figure.locator('[data-control="w1"] input[type=number]')
    for typed, shown in (("99", "1"), ("", "1"), ("1.234", "1.2")):
        field.fill(typed)
        field.blur()
        assert field.input_value() == shown


def test_points_can_be_added_and_removed_with_keys_alone(live):
    figure = live("train_a_perceptron")
    keys = figure.page.keyboard
    figure.get_by_role("button", name="a clean plane").click()
    figure.get_by_role("button", name="add one in the middle").focus()
    keys.press("Enter")
    keys.press("Enter")
    assert len(panel(settled(figure), "plane")["points"]["labels"]["data"]) == 2
    figure.locator(".nn-point").last.focus()
    keys.press("Delete")
    settled(figure)
    assert figure.evaluate("element => element.querySelector('.nn-point') === document.activeElement")
    keys.press("Delete")
    keys.press("ArrowLeft")  # before the answer: the point is gone already
    assert panel(settled(figure), "plane")["points"]["labels"]["data"] == []


def test_reset_brings_back_the_first_picture(live):
    figure = live("tune_a_neuron")
    first = picture_of(figure)
    ask(figure, "set", {"w1": -4, "activation": "relu"})
    figure.get_by_role("button", name="Reset").click()
    assert settled(figure) == first


def test_a_digit_drawn_with_the_mouse_is_read(live):
    figure = live("draw_a_digit")
    page = figure.page
    figure.get_by_role("button", name="a clean sheet").click()  # and at once, before the answer, begin to draw
    box = figure.locator(".nn-pad").bounding_box()
    first, *corners = [(box["x"] + x / 32 * box["width"], box["y"] + y / 32 * box["height"]) for x, y in STROKES["a five"]]
    page.mouse.move(*first)
    page.mouse.down()
    for corner in corners:
        page.mouse.move(*corner, steps=8)
    page.mouse.up()
    picture = settled(figure)
    assert panel(picture, "answer")["best"] == 5
    drawn = np.reshape(panel(picture, "paper")["values"]["data"], (32, 32))
    np.testing.assert_array_equal(panel(picture, "seen")["values"]["data"], as_digit(drawn).ravel())


def test_a_digit_can_be_drawn_with_the_keys_alone(live):
    figure = live("draw_a_digit")
    page = figure.page
    pad = figure.locator(".nn-pad")
    pad.focus()
    page.keyboard.press("Delete")
    for keys in (["Space"], ["Shift+ArrowUp"] * 11, ["Space"], ["ArrowDown"] * 18):  # pen up, to the top, pen down, a line
        for key in keys:
            page.keyboard.press(key)
    picture = settled(figure)
    assert panel(picture, "answer")["best"] == 1
    page.keyboard.press("Space")
    before = panel(picture, "paper")["values"]["data"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert panel(settled(figure), "paper")["values"]["data"] == before  # the pen is up


class TestTouch:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

    def test_a_finger_drags_a_handle(self, open_figure, page):
        figure = open_figure("tune_a_neuron")
        knob = figure.locator(".nn-handle-probe .nn-knob")
        knob.scroll_into_view_if_needed()
        box = knob.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        touch = page.context.new_cdp_session(page)
        send = lambda kind, *at: touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*at]})  # noqa: E731
        send("touchStart", {"x": x, "y": y})
        for step in range(1, 6):
            send("touchMove", {"x": x - 10 * step, "y": y - 12 * step})
        send("touchEnd")
        x1, x2, _ = (node["value"] for node in panel(settled(figure), "diagram")["layers"][0])
        assert x1 < 0.8 and x2 > -0.9  # from 1.0 and −1.2: upward as well, where the page would scroll

    @pytest.mark.parametrize("name", ["bumps", "backprop_step_by_step", "spiking_neuron"])
    def test_a_handle_is_never_hidden_below_its_neighbor(self, open_figure, page, name):
        page.set_viewport_size({"width": 320, "height": 844})
        figure = open_figure(name)
        for handle in figure.locator(".nn-handle").all():
            on_top = """handle => {
                handle.scrollIntoView({ block: "center", behavior: "instant" });
                const { left, right, top, bottom } = handle.querySelector(".nn-knob").getBoundingClientRect();
                return document.elementFromPoint((left + right) / 2, (top + bottom) / 2).closest(".nn-handle") === handle;
            }"""
            assert handle.evaluate(on_top), handle.get_attribute("data-name")

    def test_a_finger_draws_a_digit(self, open_figure, page):
        figure = open_figure("draw_a_digit")
        figure.get_by_role("button", name="a clean sheet").tap()
        pad = figure.locator(".nn-pad")
        pad.scroll_into_view_if_needed()
        box = pad.bounding_box()
        touch = page.context.new_cdp_session(page)
        send = lambda kind, *at: touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*at]})  # noqa: E731
        first, *corners = [
            {"x": box["x"] + x / 32 * box["width"], "y": box["y"] + y / 32 * box["height"]} for x, y in STROKES["a two"]
        ]
        send("touchStart", first)
        for corner in corners:
            send("touchMove", corner)
        send("touchEnd")
        assert panel(settled(figure), "answer")["best"] == 2


# links, faults, and pages without an engine


def test_the_settings_of_a_link_are_taken(open_figure):
    figure = open_figure("tune_a_neuron", query='?tune_a_neuron={"w1":-3.5,"activation":"tanh"}')
    assert panel(settled(figure), "diagram")["edges"][0]["value"] == -3.5
    assert figure.locator("select").first.input_value() == "tanh"


def test_copy_link_makes_a_link_to_the_same_picture(open_figure, page):
    figure = open_figure("tune_a_neuron")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    picture = ask(figure, "set", {"w1": -3.5, "task": "AND"})
    figure.get_by_role("button", name="Copy link").click()
    figure.get_by_text("Copied: whoever opens it sees these settings.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto("about:blank")
    page.goto(link)
    again = page.locator('[data-explorable="tune_a_neuron"]')
    wait_for(again, "live")
    assert settled(again) == picture


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ('?tune_a_neuron={"w1":1e99}', "w1 must be a number in [-6, 6]"),
        ('?tune_a_neuron={"w1":"<img src=x onerror=alert(1)>"}', "w1 must be a number"),
        ('?tune_a_neuron={"weight":1}', "a setting of tune_a_neuron must be one of"),
        ('?tune_a_neuron={"w1":{"array":0,"dtype":"x","shape":[1]}}', "can't be read"),
        ("?tune_a_neuron={", "can't be read"),
    ],
)
def test_a_bad_link_is_told_in_words_and_the_figure_lives(open_figure, query, words):
    figure = open_figure("tune_a_neuron", live=False, query=query)
    figure.locator(".nn-status", has_text=words).wait_for(timeout=60_000)
    assert panel(ask(figure, "set", {"w1": 2}), "diagram")["edges"][0]["value"] == 2


def test_a_refused_setting_rejects_and_the_figure_keeps_its_picture(live):
    figure = live("tune_a_neuron")
    before = picture_of(figure)
    refused = "element => element.set({w1: 99}).then(() => 'taken', error => `${error.name}: ${error.message}`)"
    assert figure.evaluate(refused) == "ValueError: w1 must be a number in [-6, 6]. Got 99 instead."
    assert settled(figure) == before


def test_what_the_reader_does_while_python_wakes_is_done_when_it_is_awake(open_figure, page):
    figure = open_figure("tune_a_neuron", live=False)
    figure.locator('[data-control="w1"] input[type=number]').fill("-2")
    assert figure.get_attribute("data-state") != "live"
    wait_for(figure, "live")
    assert panel(settled(figure), "diagram")["edges"][0]["value"] == -2


class TestWithoutJavaScript:
    @pytest.fixture
    def context_options(self):
        return {"java_script_enabled": False}

    @every_page
    def test_the_still_pictures_are_there(self, open_page, chapter):
        for name, figure in open_page(chapter).items():
            stills = figure.locator(".nn-panel-body > *, .nn-still > *").filter(visible=True)
            assert stills.count() >= figure.locator(".nn-panel:not([hidden])").count() > 1, name
            for body in figure.locator(".nn-panel:not([hidden]) .nn-panel-body").all():
                assert body.bounding_box()["height"] > 15, name
            assert figure.locator(".nn-sentence").inner_text().endswith("."), name

    def test_nothing_is_offered_that_would_not_answer(self, page, site):
        for chapter in ("perceptron", "digits"):  # buttons of all kinds: training, a brush, presets, a pad
            page.goto(f"{site}chapters/{chapter}.html")
            assert page.locator(".nn-figure :is(button, input, select)").count() > 10
            assert page.locator(".nn-figure :is(button, input, select) >> visible=true").count() == 0
