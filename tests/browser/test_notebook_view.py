"""The widget's front end in a real browser, as a notebook's cell shows it: see conftest.py."""

import pytest
from figures import drag, settled, wait_for_steps, wait_until

from nnlib.live import figure


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
    assert len(saved) < 10  # a slow machine may rest between two moves, but not after each


def test_a_cell_that_is_closed_at_once_still_saves_its_settings(cell, page):
    widget = figure("tune_a_neuron")
    shown = cell(widget)
    shown.evaluate(
        """element => {
            const slider = element.querySelector('[data-control="w1"] input[type=range]');
            slider.value = 2;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            close_cell();
        }"""
    )
    wait_until(page, lambda: widget.w1 == 2.0)


def test_a_closed_cell_listens_no_more(cell, page):
    shown = cell(figure("tune_a_neuron"))
    page.evaluate("close_cell()")
    page.evaluate("model.fromPython({w1: -2.5})")
    page.wait_for_timeout(200)
    assert shown.get_by_text("w₁ = 1.00").count() == 1


# what a kernel does to a figure


def test_a_setting_that_python_would_refuse_reaches_no_trait(cell, page):
    widget = figure("tune_a_neuron")
    shown = cell(widget)
    message = shown.evaluate("element => element.set({ w1: 99, w2: 3 }).catch(error => error.message)")
    assert message.startswith("w1 must be a number in [-6, 6].")
    assert (widget.w1, widget.w2) == (1, 2)
    assert page.evaluate("[model.get('w1'), model.get('w2')]") == [1, 2]
    shown.evaluate("element => element.set({ w2: 3 })")
    wait_until(page, lambda: (widget.w1, widget.w2) == (1, 3))


def test_nonsense_from_a_cell_is_one_error_there_and_the_view_stays(cell):
    widget = figure("tune_a_neuron", w1=2)
    shown = cell(widget)
    for nonsense in (99, float("nan"), None, "<b>", [1], 10**5000):
        with pytest.raises((TypeError, ValueError), match=r"^w1 must be a number"):
            widget.w1 = nonsense
    assert widget.w1 == 2
    shown.evaluate("element => element.set({ w2: -1 })")
    shown.get_by_text("w₁ = 2.00").wait_for()


def test_two_views_of_one_widget_show_the_same(cell, page):
    widget = figure("tune_a_neuron")
    first = cell(widget)
    page.evaluate("() => { show_again(); }")
    second = first.page.locator(".nn-figure").nth(1)
    second.locator('[data-control="w1"] input[type=range]').focus()
    page.keyboard.press("ArrowLeft")
    for view in (first.first, second):
        view.get_by_text("w₁ = 0.90").wait_for()
    wait_until(page, lambda: widget.w1 == 0.9)


def test_a_drag_that_sets_two_traits_sets_both(cell, page):
    widget = figure("tune_a_neuron")
    shown = cell(widget)
    drag(page, shown.locator(".nn-handle-weights .nn-knob"), (40, -30))
    settled(shown)
    wait_until(page, lambda: widget.w1 > 1.5 and widget.w2 > 2.3)


@pytest.mark.parametrize("event", ["comm_live_update", "comm:close"])
def test_a_kernel_that_restarts_in_mid_request_is_named_and_the_picture_stays(cell, page, event):
    shown = cell(figure("tune_a_neuron"))
    page.evaluate("() => { model.send = () => {}; }")  # it never answers again
    asked = """([element, event]) => {
        const asked = element.set({ w1: 3 }).catch(error => error.name);
        setTimeout(() => model.emit(event));
        return asked;
    }"""
    assert page.evaluate(asked, [shown.element_handle(), event]) == "EngineError"
    assert shown.locator(".nn-status").inner_text() == (
        "The kernel of this figure has stopped or restarted: run its cell again. The picture stays as it is."
    )
    assert shown.get_attribute("data-state") == "failed"
    shown.locator('[data-control="w2"] input[type=range]').focus()
    page.keyboard.press("ArrowRight")
    assert shown.get_by_text("w₁ = 1.00").count() == 1
    assert shown.evaluate("element => element.set({ w1: 3 }).catch(error => error.name)") == "EngineError"


def test_a_kernel_that_can_not_be_sent_to_is_named(cell, page):
    shown = cell(figure("tune_a_neuron"))
    page.evaluate("() => { model.send = () => { throw new Error('Cannot send'); }; }")
    assert shown.evaluate("element => element.set({ w1: 3 }).catch(error => error.name)") == "EngineError"
    shown.get_by_text("has stopped or restarted: run its cell again").wait_for()


def test_a_kernel_that_is_busy_is_waited_for_and_its_answer_taken(cell, page):
    shown = cell(figure("tune_a_neuron"))
    page.evaluate("() => { const send = model.send; model.send = (...what) => { window.later = () => send(...what); }; }")
    shown.evaluate("element => { window.asked = element.set({ w1: 3 }); }")
    shown.get_by_text("The kernel does not answer yet: it may be busy with another cell.").wait_for()
    page.evaluate("() => { later(); return asked; }")
    shown.get_by_text("w₁ = 3.00").wait_for()
    assert shown.locator(".nn-status").inner_text() == ""
    assert shown.get_attribute("data-state") == "live"


KEEP = """() => { // what is sent, and the ways to tell a status or to answer
    const send = model.send;
    window.sent = [];
    model.send = (content, callbacks, buffers) => {
        sent.push(content);
        window.tell = callbacks.iopub.status;
        if (content.id) window.answer = () => send(content, callbacks, buffers);
    };
}"""
TELL = """async ([times, pause]) => {
    for (let i = 0; i < times; i += 1) {
        tell({ content: { execution_state: i % 2 ? "idle" : "busy" } });
        if (pause) await new Promise(done => setTimeout(done, pause));
    }
    await new Promise(done => setTimeout(done, 100));
    return sent.length;
}"""


def test_the_view_nods_at_what_the_kernel_says_before_it_answers(cell, page):
    shown = cell(figure("tune_a_neuron"))
    page.evaluate(KEEP)
    shown.evaluate("element => { window.asked = element.set({ w1: 3 }); }")
    wait_until(page, lambda: page.evaluate("sent.length"))
    assert page.evaluate(TELL, [0, 0]) == 1  # a kernel that is busy with another cell says nothing, and is sent nothing
    assert page.evaluate(TELL, [5, 0]) == 2  # what it says in one breath has one nod
    assert page.evaluate("sent[1]") == {}
    page.evaluate("() => { answer(); return asked; }")  # "busy" comes first, and has a nod if the rest takes long
    shown.get_by_text("w₁ = 3.00").wait_for()
    sent = page.evaluate("sent.length")
    assert page.evaluate(TELL, [5, 30]) == sent  # nobody waits


def test_a_question_that_is_never_answered_has_few_nods_and_the_next_one_has_as_many(cell, page):
    shown = cell(figure("tune_a_neuron"))
    page.evaluate(KEEP)
    shown.evaluate("element => { window.asked = element.set({ w1: 3 }); }")
    wait_until(page, lambda: page.evaluate("sent.length"))
    assert page.evaluate(TELL, [12, 30]) == 5
    page.evaluate("() => { answer(); return asked; }")
    shown.evaluate("element => { element.set({ w1: 2 }); }")
    wait_until(page, lambda: page.evaluate("sent.length === 6"))
    assert page.evaluate(TELL, [12, 30]) == 10


def test_an_answer_to_a_question_of_another_life_is_ignored(cell, page):
    shown = cell(figure("tune_a_neuron"))
    for content in ({"id": "another-1", "text": '{"settings":{"w1":5}}'}, {}, {"id": None, "text": "{"}, "text"):
        page.evaluate("content => model.emit('msg:custom', content, [])", content)
    shown.evaluate("element => element.set({})")
    assert shown.get_by_text("w₁ = 1.00").count() == 1


def test_a_closed_cell_neither_plays_nor_redraws_nor_listens(cell, page):
    shown = cell(figure("train_a_perceptron"))
    shown.get_by_role("button", name="XOR").click()
    shown.get_by_role("button", name="Play").click()
    wait_for_steps(shown, 2)
    page.evaluate("close_cell()")
    assert page.evaluate("model.listening()") == 0
    assert shown.locator('[data-do="play"]').inner_text() == "Play"
    pixel = "element => element.querySelector('canvas').getContext('2d').getImageData(0, 0, 1, 1).data.join()"
    before = shown.evaluate(pixel)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(300)
    assert shown.evaluate(pixel) == before
