"""The exercises, questions, predictions and the progress of the built book, in a real browser."""

import json
import re

import pytest
from web import Handler, serve, watch_over

from nnlib.exercises import CHAPTERS, EXERCISES

NAME = "neuron-weighted-sum"
EXERCISE = EXERCISES[NAME]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def chapter(page, site):
    page.goto(f"{site}chapters/neuron.html")
    page.locator('.nn-cell[data-state="ready"]').first.wait_for()
    return page


@pytest.fixture
def cell(chapter):
    """Return the first exercise of a page of its own."""
    cell = chapter.locator(f'[data-exercise="{NAME}"]')
    cell.scroll_into_view_if_needed()
    return cell


@pytest.fixture(scope="module")
def awake(browser, site):
    """Open a page for all the tests that only run programs: starting Python takes seconds."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        page.goto(f"{site}chapters/neuron.html")
        page.locator('.nn-cell[data-state="ready"]').first.wait_for()
        yield page.locator(f'[data-exercise="{NAME}"]')


@pytest.fixture
def shared(awake):
    """Return the exercise of the page that all share, as it was at first."""
    awake.page.bring_to_front()
    editor(awake).fill("")  # after a change, the button says Reset
    press(awake, "Reset")
    yield awake
    assert awake.page.watch == type(awake.page.watch)()


def editor(cell):
    return cell.get_by_role("textbox")


def press(cell, button):
    cell.get_by_role("button", name=button, exact=True).click()


def badge_of(cell):
    """Return how far the reader is, which the title of the box says that the exercise is in."""
    return cell.page.locator(f"#{NAME} > .admonition-title .nn-badge").inner_text()


def feedback(question):
    """Return what is said to an answer, in one line."""
    return " ".join(question.locator(".nn-feedback").inner_text().split())


def turn_to(page, label):
    """Return a question of the quiz, turned to."""
    question = page.locator(f'[data-question="{label}"]')
    steps = page.locator(".nn-steps")
    number = question.evaluate("""question => [...document.querySelectorAll(".nn-steps ~ .nn-question")].indexOf(question)""")
    steps.get_by_role("button", name=re.compile(rf"^Question {number + 1},")).click()
    return question


def settle(cell):
    cell.locator('xpath=self::*[@data-state="ready"]').wait_for(timeout=60_000)


def run(cell, source, button="Run"):
    editor(cell).fill(source)
    press(cell, button)
    settle(cell)


def mistaken(number):
    return EXERCISE.mistaken(EXERCISE.wrong[number]).strip()


# an exercise


def test_a_program_runs_and_shows_what_it_prints_and_its_value(shared):
    run(shared, "from nnlib import Neuron\nprint('hello')\nNeuron([1, 1], bias=-1.5)")
    assert shared.locator(".nn-printed").inner_text() == "hello"
    assert shared.locator(".nn-value").inner_text() == "Neuron(2 → 1): a = sigmoid(1·x₁ + 1·x₂ − 1.5)"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__.rpartition(".")[2])
def test_whoever_has_the_page_alone_can_do_every_exercise(page, site, html, chapter):
    tasks = json.loads((html / "live" / "lessons.json").read_text(encoding="utf-8"))
    where = {label: name for name, listed in tasks.items() for kind, label in listed if kind == "exercise"}
    for exercise in sorted(chapter.EXERCISES, key=lambda exercise: where[exercise.name]):
        address = f"{site}{where[exercise.name]}.html"
        if page.url != address:
            page.goto(address)
        cell = page.locator(f'[data-exercise="{exercise.name}"]')
        cell.scroll_into_view_if_needed()
        settle(cell)
        for answer, said in ((None, "Hint 1 of 3: "), (exercise.solution, "✓ Solved: ")):
            if answer is not None:
                editor(cell).fill(answer)
            press(cell, "Check")
            settle(cell)
            assert cell.locator(".nn-verdict").text_content().startswith(said), exercise.name


def test_an_error_is_told_and_the_learners_line_is_marked(shared):
    run(shared, "x = 1\n\nx / 0")
    assert shared.locator(".nn-error").inner_text() == "Line 3: ZeroDivisionError: division by zero"
    assert shared.locator(".nn-marked-line").inner_text() == "3"
    editor(shared).press("End")
    editor(shared).press("1")
    assert shared.locator(".nn-marked-line").count() == 0


def test_a_wrong_answer_gets_hint_after_hint_and_a_right_one_passes_and_stays_solved(cell, chapter):
    wrong = EXERCISE.wrong[0]
    assert badge_of(cell) == ""
    editor(cell).fill(mistaken(0))
    assert badge_of(cell) == "begun"
    said = []
    for button in ("Check", "Check", "Hint"):
        press(cell, button)
        settle(cell)
        said.append(cell.locator(".nn-verdict").text_content())
    plain = [hint.replace("`", "") for hint in wrong.hints]
    assert said == [f"Hint {stage} of 3: {hint}" for stage, hint in enumerate(plain, start=1)]
    run(cell, EXERCISE.solution, "Check")
    assert cell.locator(".nn-verdict").inner_text() == "✓ Solved: passed, all 23 tries."
    assert badge_of(cell) == "✓ solved"
    run(cell, mistaken(0), "Check")
    chapter.reload()
    assert badge_of(cell) == "✓ solved"


def test_an_endless_loop_is_stopped_the_program_stays_and_the_figures_go_on(cell, chapter):
    figure = chapter.locator('[data-explorable="tune_a_neuron"]')
    figure.scroll_into_view_if_needed()
    chapter.locator('[data-explorable="tune_a_neuron"][data-state="live"]').wait_for(timeout=60_000)
    run(cell, "1")
    editor(cell).fill("while True:\n    pass")
    press(cell, "Run")
    cell.get_by_text(re.compile("Running …|Still running")).wait_for()  # "Running …", and after some seconds "Still running"
    weights = figure.evaluate("async element => (await element.set({w1: -2}))[1].edges.map(edge => edge.value)")
    assert weights[0] == -2
    other = chapter.locator('[data-exercise="neuron-gate"]')
    press(other, "Run")
    assert "Another cell is still running" in other.locator(".nn-status").inner_text()
    press(cell, "Stop")
    settle(cell)
    assert cell.locator(".nn-status").inner_text() == "Stopped. Your program is as you wrote it."
    assert editor(cell).input_value() == "while True:\n    pass"
    run(cell, "6 * 7")
    assert cell.locator(".nn-value").inner_text() == "42"


def test_a_program_that_takes_all_the_memory_ends_with_an_error_and_the_next_one_runs(shared):
    run(shared, "rows = [0] * 1000\nwhile True:\n    rows = rows + rows")
    assert "MemoryError" in shared.locator(".nn-error").inner_text()
    run(shared, "6 * 7")
    assert shared.locator(".nn-value").inner_text() == "42"


@pytest.mark.parametrize("source", ["import matplotlib.pyplot as plt", "from nnlib import plotting"])
def test_where_a_picture_is_asked_for_a_sentence_says_why_there_is_none(shared, source):
    run(shared, source)
    assert "can't draw with matplotlib" in shared.locator(".nn-error").inner_text()


def test_a_program_that_changes_numpy_itself_changes_it_for_no_other(shared):
    run(shared, "import numpy as np\nnp.exp = 3")
    assert "The program has changed numpy.exp" in shared.locator(".nn-status").inner_text()
    run(shared, "import numpy as np\nnp.exp(0) == 1")
    assert shared.locator(".nn-value").inner_text() == "np.True_"


def test_python_begins_afresh_when_it_is_told_to(shared):
    run(shared, "import sys\nsys.mine = 1\nraise KeyboardInterrupt")
    assert shared.locator(".nn-error").inner_text() == "Line 3: KeyboardInterrupt"
    run(shared, "import sys\nsys.mine")
    assert shared.locator(".nn-value").inner_text() == "1"
    press(shared, "Restart Python")
    run(shared, "import sys\nhasattr(sys, 'mine')")
    assert shared.locator(".nn-value").inner_text() == "False"


def test_a_page_says_that_it_reaches_no_network_and_has_no_debugger(shared):
    run(shared, "from urllib.request import urlopen\nurlopen('https://example.org')")
    assert "reaches no network" in shared.locator(".nn-error").inner_text()
    run(shared, "breakpoint()")
    assert "debugger has nobody to ask" in shared.locator(".nn-error").inner_text()


def test_the_program_is_kept_and_reset_can_be_taken_back(cell, chapter):
    first = editor(cell).input_value()
    assert first.startswith("def weighted_sum(x, weights, bias):\n")
    editor(cell).fill("mine = 1")
    chapter.reload()
    assert editor(cell).input_value() == "mine = 1"
    press(cell, "Reset")
    assert editor(cell).input_value() == first
    press(cell, "Undo reset")
    assert editor(cell).input_value() == "mine = 1"
    press(cell, "Reset")
    chapter.reload()
    assert editor(cell).input_value() == first


FIRST = {  # of each tutorial that can be loaded, what its checklist names first
    "no hidden layer": "Begin with: more than one line.",
    "labels that the rule does not know": "Begin with: targets in reach.",
    "no training": "Begin with: every parameter moves.",
    "an attribute that is never set": "Begin with: runs.",
    "stored data and no biases": "Begin with: asked row by row.",
}


def test_each_of_the_five_tutorials_can_be_loaded_examined_and_taken_back(page, site):
    page.goto(f"{site}chapters/clinic.html")
    cell = page.locator('[data-exercise="clinic-own-program"][data-state="ready"]')
    cell.wait_for()
    editor(cell).fill("mine = 1")
    examples = EXERCISES["clinic-own-program"].examples
    assert examples.keys() == FIRST.keys()
    for name, first in FIRST.items():
        cell.get_by_role("combobox", name="A program to load").select_option(name)
        press(cell, "Load")
        assert editor(cell).input_value() == examples[name]
        press(cell, "Run")
        cell.locator(".nn-printed", has_text=first).wait_for(timeout=60_000)
    press(cell, "Undo reset")
    assert editor(cell).input_value() == examples["an attribute that is never set"]


def test_the_solution_is_hidden_until_it_is_asked_for(shared):
    solution = shared.locator(".nn-solution pre")
    assert not solution.is_visible()
    press(shared, "Show solution")
    assert solution.inner_text().strip() == EXERCISE.solution.strip()
    press(shared, "Hide solution")
    assert not solution.is_visible()


def test_the_keyboard_alone_writes_runs_and_leaves_the_editor(shared):
    keys = shared.page.keyboard
    editor(shared).fill("")
    editor(shared).focus()
    keys.type("def f():")
    keys.press("Enter")
    keys.type("return 6 * 7")
    assert editor(shared).input_value() == "def f():\n    return 6 * 7"
    keys.press("Shift+Tab")
    assert editor(shared).input_value() == "def f():\nreturn 6 * 7"
    keys.press("Tab")
    assert editor(shared).input_value() == "def f():\nreturn 6 * 7    "
    keys.press("Control+z")
    keys.press("Control+z")
    assert editor(shared).input_value() == "def f():\n    return 6 * 7"
    keys.press("Control+a")
    keys.press("Tab")
    assert editor(shared).input_value() == "    def f():\n        return 6 * 7"
    keys.press("Shift+Tab")
    keys.press("ArrowRight")
    keys.press("Enter")
    keys.press("Shift+Tab")
    keys.type("f()")
    keys.press("Control+Enter")
    settle(shared)
    assert shared.locator(".nn-value").inner_text() == "42"
    keys.press("Escape")
    keys.press("Tab")
    assert shared.page.evaluate("document.activeElement.textContent") == "Run"


@pytest.mark.planted
@pytest.mark.parametrize("context_options", [{"service_workers": "block"}], ids=["no store"])  # whose requests no test sees
def test_a_python_that_can_not_be_had_is_named_and_the_next_press_tries_again(cell, chapter):
    chapter.route("**/engine/files.json", lambda route: route.fulfill(status=404))
    run(cell, "1 + 1")
    assert "can't be reached" in cell.locator(".nn-status").inner_text()
    chapter.unroute_all()
    run(cell, "1 + 1")
    assert cell.locator(".nn-value").inner_text() == "2"


# questions and predictions


def test_each_answer_to_a_question_gets_its_reason_and_the_answer_is_kept(chapter):
    question = turn_to(chapter, "neuron-quiz-zero")
    press(question, "Check")
    assert feedback(question) == "Choose an answer first."
    for option, words in (("Zero.", "✗ Not this one. The products"), ("One half.", "✗ Not this one. That is right if")):
        question.get_by_label(option).check()
        assert feedback(question) == ""
        press(question, "Check")
        assert feedback(question).startswith(words)
    question.get_by_role("radio").nth(2).check()
    press(question, "Check")
    assert feedback(question).startswith("✓ Right. All the products vanish")
    chapter.reload()
    turn_to(chapter, "neuron-quiz-zero")
    assert question.get_by_role("radio").nth(2).is_checked()
    assert feedback(question).startswith("✓ Right.")


def test_a_question_is_answered_with_the_keyboard(chapter):
    question = turn_to(chapter, "neuron-quiz-zero")
    question.get_by_role("radio").first.focus()
    chapter.keyboard.press("Space")
    chapter.keyboard.press("ArrowDown")
    assert feedback(question) == ""  # to move is not yet to answer
    chapter.keyboard.press("Enter")
    assert feedback(question).startswith("✗ Not this one. That is right if")


def test_a_question_with_several_right_answers_wants_them_all(chapter):
    question = turn_to(chapter, "neuron-quiz-gates")
    question.get_by_label("NAND").check()
    press(question, "Check")
    assert "There is more that is right." in feedback(question)
    for number in (2, 3):
        question.get_by_role("checkbox").nth(number).check()
    press(question, "Check")
    assert feedback(question).count("✓ Right.") == 3


def test_the_answer_is_hidden_until_the_reader_commits_and_then_stands_beside_the_prediction(chapter):
    predict = chapter.locator('[data-predict="neuron-predict-bias"]')
    answer = chapter.get_by_text("The output goes up and creeps toward 1")
    assert not answer.is_visible()
    press(predict, "This is my prediction")
    assert "Commit to something first" in feedback(predict)
    assert not answer.is_visible()
    predict.get_by_label("It goes down.").check()
    press(predict, "This is my prediction")
    assert answer.is_visible()
    said = chapter.locator('[data-answers="neuron-predict-bias"] .nn-said')
    assert said.inner_text() == "You predicted: It goes down."
    chapter.reload()
    assert said.inner_text() == "You predicted: It goes down."
    assert answer.is_visible()


def test_a_number_is_predicted_and_what_is_no_number_is_not_taken(chapter):
    predict = chapter.locator('[data-predict="neuron-predict-random"]')
    said = chapter.locator('[data-answers="neuron-predict-random"] .nn-said')
    predict.get_by_role("textbox").fill("many")
    press(predict, "This is my prediction")
    assert "Write a number first" in feedback(predict)
    predict.get_by_role("textbox").fill("900")
    predict.get_by_role("textbox").press("Enter")
    assert said.inner_text() == "You predicted: 900"


def test_the_answer_can_be_had_without_a_prediction(chapter):
    predict = chapter.locator('[data-predict="neuron-predict-ten"]')
    press(predict, "Show the answer without one")
    assert chapter.get_by_text("The boundary stays where it is").is_visible()


def seen_of(page):
    """Return the numbers of the questions that are seen."""
    return [i for i, each in enumerate(page.locator(".nn-question").all(), start=1) if each.is_visible()]


def test_a_quiz_shows_one_question_at_a_time_and_says_which_and_how_the_others_went(chapter):
    count = chapter.locator(".nn-question").count()
    assert count > 4
    steps = chapter.get_by_role("group", name="The questions of this quiz")
    said = steps.locator("[aria-live]")
    assert seen_of(chapter) == [1] and said.inner_text() == f"Question 1 of {count}"
    assert steps.get_by_role("button", name="Previous").is_disabled()
    steps.get_by_role("button", name="Next").focus()
    chapter.keyboard.press("Enter")
    assert seen_of(chapter) == [2] and said.inner_text() == f"Question 2 of {count}"
    question = turn_to(chapter, "neuron-quiz-zero")
    number = seen_of(chapter)[0]
    for radio, state in ((0, "answered, not yet right"), (2, "answered right")):
        question.get_by_role("radio").nth(radio).check()
        press(question, "Check")
        assert steps.get_by_role("button", name=f"Question {number}, {state}").get_attribute("aria-current") == "true"
    steps.get_by_role("button", name=f"Question {count},").click()
    assert seen_of(chapter) == [count]
    assert steps.get_by_role("button", name="Next").is_disabled()
    chapter.emulate_media(media="print")
    assert seen_of(chapter) == [*range(1, count + 1)] and steps.is_hidden()


def test_a_question_that_is_put_by_is_led_to_by_its_name_and_found_by_its_words(page, site):
    page.goto(f"{site}chapters/neuron.html#neuron-quiz-zero")
    page.locator(".nn-steps").wait_for()
    zero = page.locator("#neuron-quiz-zero")
    assert zero.is_visible() and len(seen_of(page)) == 1
    page.evaluate("location.hash = 'neuron-quiz-gates'")
    gates = page.locator("#neuron-quiz-gates")
    gates.wait_for()
    assert zero.is_hidden() and zero.get_attribute("hidden") == "until-found"
    zero.dispatch_event("beforematch")  # as a browser's own search does
    assert zero.is_visible() and gates.is_hidden()


# progress


def done_of(page):
    mark = page.locator('.bd-sidebar-primary a[href$="neuron.html"] .nn-pie, .bd-sidebar-primary a[href="#"] .nn-pie').first
    return int(mark.get_attribute("aria-label").split()[0])


def test_what_is_done_is_marked_in_the_sidebar_saved_loaded_and_cleared(chapter, tmp_path):
    page = chapter
    assert done_of(page) == 0
    question = turn_to(page, "neuron-quiz-zero")
    question.get_by_role("radio").nth(2).check()
    press(question, "Check")
    assert done_of(page) == 1
    page.locator(".nn-progress-panel summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text(encoding="utf-8"))
    assert saved["questions"] == {"neuron-quiz-zero": {"chosen": [2], "right": True, "tries": 1}}
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="No", exact=True).click()
    assert done_of(page) == 1
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Yes, forget it all").click()
    assert done_of(page) == 0
    for text in ("not JSON", '{"version": 7}', "[]", "null"):
        bad = tmp_path / "bad.json"
        bad.write_text(text, encoding="utf-8")
        page.locator('.nn-progress-panel input[type="file"]').set_input_files(bad)
        page.get_by_text("This file holds no progress of this book.").wait_for()
        assert done_of(page) == 0
    page.locator('.nn-progress-panel input[type="file"]').set_input_files(file)
    page.get_by_text("Loaded.").wait_for()
    assert done_of(page) == 1


def test_a_summary_to_hand_in_tells_what_was_done_in_how_many_tries_and_with_which_program(chapter, tmp_path):
    page = chapter
    question = turn_to(page, "neuron-quiz-zero")
    for choice in (0, 2):
        question.get_by_role("radio").nth(choice).check()
        press(question, "Check")
    program = "a < b  # </pre><script>document.title = 'hacked'</script>"
    entry = {"source": program, "solved": False, "tries": 3}
    page.evaluate(
        "([name, entry]) => { const all = JSON.parse(localStorage['nnlib /book/']); all.exercises[name] = entry;"
        " localStorage['nnlib /book/'] = JSON.stringify(all); }",
        [NAME, entry],
    )
    page.locator(".nn-progress-panel summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Summary to hand in").click()
    download.value.save_as(tmp_path / "summary.html")
    told = page.context.new_page()
    told.goto((tmp_path / "summary.html").as_uri())
    assert told.title() == "Neural Networks, Live"
    assert told.locator("h2").all_inner_texts() == ["2 The artificial neuron"]
    assert told.locator("pre").all_inner_texts() == [program]
    words = told.locator("body").inner_text()
    assert "0 of " in words and "not yet solved after 3 tries" in words and "✓ right after 2 tries" in words
    assert told.locator("li").count() == 2 and told.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_chapter_counts_as_read_when_its_end_has_been_seen(chapter):
    assert done_of(chapter) == 0
    chapter.locator(".nn-page-end").scroll_into_view_if_needed()
    chapter.locator('.nn-pie[data-done="some"]').first.wait_for()
    assert done_of(chapter) == 1


def test_damaged_and_strange_memories_are_passed_over(page, site):
    page.goto(f"{site}chapters/neuron.html")
    key = "nnlib /book/"
    strange = {"version": 1, "exercises": {NAME: {"source": 3}}, "questions": {"neuron-quiz-zero": {"chosen": "x"}}, "read": 7}
    for text in (json.dumps(strange), "{", "null"):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
        page.reload()
        page.locator('.nn-cell[data-state="ready"]').first.wait_for()
        page.locator(".nn-pie").first.wait_for()
        assert done_of(page) == 0


# other readers


class TestWithoutJavaScript:
    @pytest.fixture
    def context_options(self):
        return {"java_script_enabled": False}

    def test_everything_reads(self, page, site):
        page.goto(f"{site}chapters/neuron.html")
        cell = page.locator(f'[data-exercise="{NAME}"]')
        assert cell.locator(".nn-starter").is_visible()
        cell.get_by_text("Worked solution").click()
        assert cell.locator(".nn-solution pre").is_visible()
        cell.get_by_text("Hints").click()
        assert cell.get_by_text(EXERCISE.hints[0]).is_visible()
        question = page.locator('[data-question="neuron-quiz-zero"]')
        assert len(seen_of(page)) == page.locator(".nn-question").count()
        question.get_by_text("Is this it?").first.click()
        assert question.get_by_text("The products are all zero").is_visible()
        answer = page.locator('[data-answers="neuron-predict-bias"]')
        assert not page.get_by_text("The output goes up and creeps toward 1").is_visible()
        answer.get_by_text("Show the answer").click()
        assert page.get_by_text("The output goes up and creeps toward 1").is_visible()


@pytest.mark.parametrize("context_options", [PHONE, PHONE | {"viewport": {"width": 320, "height": 640}}], ids=["390", "320"])
def test_on_a_phone_an_exercise_is_solved_by_touch_and_nothing_is_too_wide(cell, chapter):
    editor(cell).fill(EXERCISE.solution)
    cell.get_by_role("button", name="Check").tap()
    settle(cell)
    assert cell.locator(".nn-verdict").inner_text().startswith("✓ Solved")
    press(cell, "Show solution")
    width = chapter.viewport_size["width"]
    assert chapter.evaluate("document.documentElement.scrollWidth") <= width
    assert editor(cell).evaluate("area => parseFloat(getComputedStyle(area).fontSize)") >= 16  # or the phone zooms in
    for button in cell.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 28


@pytest.mark.planted
def test_lessons_work_where_eval_other_hosts_and_workers_that_a_page_has_written_are_forbidden(page, html):
    class Strict(Handler):
        def end_headers(self):
            policy = "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; img-src 'self' data:; "
            self.send_header("Content-Security-Policy", policy + "style-src 'self' 'unsafe-inline'")
            super().end_headers()

    with serve(html, Strict) as address:
        page.goto(f"{address}chapters/neuron.html")
        cell = page.locator(f'[data-exercise="{NAME}"]')
        run(cell, EXERCISE.solution, "Check")
        assert cell.locator(".nn-verdict").inner_text().startswith("✓ Solved")
        assert [worker.url.split(":")[0] for worker in page.workers] == ["http"] * 2
        assert page.watch.errors == [] and all("Content Security Policy" in line for line in page.watch.console)


REFUSED = """Worker = class extends Worker {
    constructor(address, how) { super(String(address).startsWith("blob:") ? "/missing.js" : address, how); }
}"""


@pytest.mark.planted
def test_no_program_runs_where_no_policy_binds_its_worker(page, site):
    page.add_init_script(REFUSED)
    page.goto(f"{site}chapters/neuron.html")
    cell = page.locator(f'[data-exercise="{NAME}"]')
    run(cell, "6 * 7")
    assert "No policy binds the worker that programs run in: none is run." in cell.inner_text()
    assert cell.locator(".nn-value").count() == 0
