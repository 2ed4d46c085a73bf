"""Hands that do more than a figure asks for: fast, many at once, interrupted, and with the keys held down."""

import pytest
from figures import all_live, ask, go_before_python, middle_of, panel, picture_of, settled, steps_of, wait_for_steps, wait_until


@pytest.fixture
def neuron(ten):
    figure = ten.locator('[data-explorable="tune_a_neuron"]').first
    figure.scroll_into_view_if_needed()
    figure.get_by_role("button", name="Reset").click()
    settled(figure)
    yield figure
    ten.mouse.up()
    assert figure.get_attribute("data-state") == "live"
    assert panel(ask(figure, "set", {"w1": 2.5}), "diagram")["edges"][0]["value"] == 2.5


@pytest.fixture
def perceptron(ten):
    figure = ten.locator('[data-explorable="train_a_perceptron"]').first
    figure.scroll_into_view_if_needed()
    figure.get_by_role("button", name="Reset").click()
    settled(figure)
    return figure


def probe_of(figure):
    return [node["value"] for node in panel(settled(figure), "diagram")["layers"][0][:2]]


@pytest.fixture
def held(neuron, ten):
    """Return the place at which the mouse holds the neuron's probe, after a first movement."""
    x, y = middle_of(neuron.locator(".nn-handle-probe .nn-knob"))
    ten.mouse.move(x, y)
    ten.mouse.down()
    ten.mouse.move(x - 20, y - 20)
    assert probe_of(neuron)[0] < 1
    return x, y


def test_a_thousand_movements_end_where_the_hand_ends_and_ask_for_fewer_pictures(neuron):
    moved = """async element => {
        const knob = element.querySelector(".nn-handle-probe"), box = knob.querySelector(".nn-knob").getBoundingClientRect();
        const at = (kind, x, y, more) => knob.dispatchEvent(new PointerEvent(kind, { clientX: x, clientY: y, bubbles: true,
            isPrimary: true, pointerId: 1, buttons: 1, ...more }));
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        knob.setPointerCapture = () => {};  // this pointer is none of the system's
        at("pointerdown", x, y);
        let frames = 0;
        const sentence = element.querySelector(".nn-sentence");
        const counted = new MutationObserver(() => { frames += 1; });
        counted.observe(sentence, { childList: true });
        for (let i = 1; i <= 1000; i += 1) {
            at("pointermove", x - 100 * Math.sin(i), y - 100 * Math.cos(i));
            if (i % 100 === 0) await new Promise(requestAnimationFrame);
        }
        at("pointermove", x - 40, y - 30);
        at("pointerup", x - 40, y - 30, { buttons: 0 });
        delete knob.setPointerCapture;
        await element.set({});
        counted.disconnect();
        return frames;
    }"""
    before = probe_of(neuron)
    frames = neuron.evaluate(moved)
    after = probe_of(neuron)
    assert after[0] < before[0] - 0.2 and after[1] > before[1] + 0.15
    assert 1 <= frames < 500
    x, y = (neuron.locator(f'[data-control="{name}"] input[type=number]').input_value() for name in ("x1", "x2"))
    assert [float(x), float(y)] == pytest.approx(after)


def test_a_drag_that_leaves_the_window_goes_on_and_ends_with_the_button(held, neuron, ten):
    ten.mouse.move(-50, -50)
    assert probe_of(neuron) == [-2, 2]
    ten.mouse.up()
    ten.mouse.move(*held)
    assert probe_of(neuron) == [-2, 2]


@pytest.mark.parametrize("interruption", ["pointercancel", "contextmenu", "blur", "Escape"])
def test_a_drag_that_is_interrupted_lets_go(held, neuron, ten, interruption):
    x, y = held
    before = probe_of(neuron)
    if interruption == "Escape":
        ten.keyboard.press("Escape")
    elif interruption == "blur":
        ten.evaluate("window.dispatchEvent(new Event('blur'))")
    else:
        event = f"new PointerEvent('{interruption}', {{ bubbles: true, cancelable: true, pointerId: 1, isPrimary: true }})"
        neuron.locator(".nn-handle-probe").evaluate(f"element => element.dispatchEvent({event})")
    ten.mouse.move(x - 120, y - 90)
    assert probe_of(neuron) == before
    ten.mouse.up()


def test_a_button_that_came_up_unseen_lets_go_at_the_next_movement(held, neuron):
    before = probe_of(neuron)
    over = "new PointerEvent('pointermove', { bubbles: true, pointerId: 1, buttons: 0, clientX: 5, clientY: 5 })"
    neuron.locator(".nn-handle-probe").evaluate(f"element => element.dispatchEvent({over})")
    assert probe_of(neuron) == before


def test_the_right_and_the_middle_button_drag_nothing(neuron, ten):
    before = probe_of(neuron)
    for button in ("right", "middle"):
        x, y = middle_of(neuron.locator(".nn-handle-probe .nn-knob"))
        ten.mouse.move(x, y)
        ten.mouse.down(button=button)
        ten.mouse.move(x - 60, y - 60)
        ten.mouse.up(button=button)
    ten.keyboard.press("Escape")
    assert probe_of(neuron) == before


def test_settings_that_change_under_the_hand_do_not_take_the_handle_out_of_it(held, neuron, ten):
    x, y = held
    ask(neuron, "set", {"w1": 0, "w2": 0, "x1": -1.5})
    neuron.get_by_role("button", name="Reset").evaluate("button => button.click()")
    ten.mouse.move(x - 60, y - 40)
    ten.mouse.up()
    box = neuron.locator(".nn-svg").first.bounding_box()
    assert probe_of(neuron)[0] < 1 and box["width"] > 100


def test_points_that_vanish_under_the_hand_are_let_go(perceptron, ten):
    x, y = middle_of(perceptron.locator(".nn-point.nn-positive .nn-mark").first)
    ten.mouse.move(x, y)
    ten.mouse.down()
    ten.mouse.move(x + 10, y)
    perceptron.get_by_role("button", name="a clean plane").evaluate("button => button.click()")
    settled(perceptron)
    ten.mouse.move(x + 40, y + 10)
    ten.mouse.up()
    assert panel(settled(perceptron), "plane")["points"]["labels"]["data"] == []
    perceptron.get_by_role("button", name="XOR").click()
    assert len(panel(settled(perceptron), "plane")["points"]["labels"]["data"]) == 4


def test_points_can_be_dragged_while_it_trains(perceptron, ten):
    perceptron.get_by_role("button", name="XOR").click()
    perceptron.locator('[data-do="play"]').click()
    x, y = middle_of(perceptron.locator(".nn-point.nn-positive .nn-mark").first)
    ten.mouse.move(x, y)
    ten.mouse.down()
    for step in range(12):
        ten.mouse.move(x + 4 * step, y - 3 * step)
        wait_for_steps(perceptron, step // 3)
    ten.mouse.up()
    wait_for_steps(perceptron, 6)
    perceptron.locator('[data-do="play"]').click()
    picture = settled(perceptron)
    assert picture == picture_of(perceptron) and steps_of(perceptron) >= 6
    assert perceptron.locator(".nn-status").inner_text() == ""


def test_keys_that_are_held_down_move_as_far_as_they_are_pressed(neuron, ten):
    handle = neuron.locator(".nn-handle-probe")
    handle.focus()
    for _ in range(100):
        ten.keyboard.down("ArrowLeft")  # from the second on, a repetition
    ten.keyboard.up("ArrowLeft")
    assert probe_of(neuron)[0] == -2
    ten.keyboard.down("Shift")
    for _ in range(10):
        ten.keyboard.down("ArrowRight")
    ten.keyboard.up("ArrowRight")
    ten.keyboard.up("Shift")
    assert probe_of(neuron)[0] == 2


def test_the_wheel_over_a_number_scrolls_the_page_and_changes_nothing(neuron, ten):
    field = neuron.locator('[data-control="w1"] input[type=number]')
    field.click()
    scrolled = ten.evaluate("scrollY")
    ten.mouse.wheel(0, 120)
    wait_until(ten, lambda: ten.evaluate("scrollY") != scrolled)
    assert panel(settled(neuron), "diagram")["edges"][0]["value"] == 1


@pytest.mark.parametrize("typed", ["", "-", "e", "1e", "1e999", "-1e-999", "--1", "0x10", "99999", "１", "∞", "w1", "1" * 2000])
def test_absurd_text_in_a_number_field_leaves_the_last_number(neuron, ten, typed):
    field = neuron.locator('[data-control="w1"] input[type=number]')
    field.click()
    ten.keyboard.press("Control+A")
    ten.keyboard.press("Delete")
    ten.keyboard.insert_text(typed)
    field.blur()
    value = panel(settled(neuron), "diagram")["edges"][0]["value"]
    assert -6 <= value <= 6 and float(field.input_value()) == pytest.approx(value)
    assert neuron.locator(".nn-status").inner_text() == ""


@pytest.mark.parametrize(
    "context_options", [{"viewport": {"width": 1280, "height": 900}, "service_workers": "block"}], ids=[""]
)
def test_what_is_dragged_while_python_wakes_is_there_when_it_is_awake(page, stumbling):
    figure = page.locator('[data-explorable="tune_a_neuron"]').first
    at = []

    def drag_it(page):
        at[:] = middle_of(figure.locator(".nn-handle-probe .nn-knob"))
        page.mouse.move(*at)
        page.mouse.down()
        for step in range(40):
            page.mouse.move(at[0] - 3 * step, at[1] - 2 * step)
        assert figure.get_attribute("data-state") != "live"

    go_before_python(page, f"{stumbling}ten.html", drag_it)
    all_live(page)
    page.mouse.move(at[0] - 60, at[1] - 60)
    page.mouse.up()
    assert probe_of(figure)[0] < 0.5


class TestTouch:
    @pytest.fixture
    def context_options(self):
        return {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

    def test_a_second_finger_neither_moves_the_handle_nor_ends_the_drag(self, page, stumbling):
        page.goto(f"{stumbling}ten.html")
        figure = page.locator('[data-explorable="tune_a_neuron"]').first
        knob = figure.locator(".nn-handle-probe .nn-knob")
        knob.scroll_into_view_if_needed()
        all_live(page)
        x, y = middle_of(knob)
        touch = page.context.new_cdp_session(page)
        send = lambda kind, *at: touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [*at]})  # noqa: E731
        first, second = {"x": x, "y": y, "id": 1}, {"x": x + 8, "y": y + 8, "id": 2}
        send("touchStart", first)
        send("touchStart", first, second)
        for step in range(1, 6):
            send("touchMove", first, {"x": x + 8 + 6 * step, "y": y - 20 * step, "id": 2})
        assert probe_of(figure) == pytest.approx([1, -1.2], abs=0.06)
        send("touchMove", first)  # the second finger is lifted
        send("touchMove", {"x": x - 40, "y": y - 40, "id": 1})
        assert probe_of(figure)[0] < 0.8
        send("touchEnd")
