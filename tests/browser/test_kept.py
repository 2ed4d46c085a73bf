"""What a reader has done is kept, whatever the browser refuses: no newer thing is lost without a word."""

import json

import chromium
import pytest
from figures import wait_until
from web import watch_over

NAME = "neuron-weighted-sum"


@pytest.fixture(scope="module")
def blocked(browser, tmp_path_factory):
    """Return a page of a Chromium whose reader has forbidden all cookies, and with them every storage."""
    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Default" / "Preferences").write_text(json.dumps(settings), encoding="utf-8")
    path = chromium.find(chromium.WITH_WINDOWS)
    with browser.browser_type.launch_persistent_context(profile, executable_path=path, args=chromium.OPTIONS) as context:
        yield context.new_page()


def open_chapter(page, site):
    page.goto(f"{site}chapters/neuron.html")
    cell = page.locator(f'[data-exercise="{NAME}"][data-state="ready"]')
    cell.wait_for()
    page.locator(".nn-progress-panel").wait_for()
    return cell.get_by_role("textbox")


def test_where_all_cookies_are_blocked_search_colors_and_lessons_work_and_it_is_said_that_nothing_is_kept(blocked, site):
    watch = watch_over(blocked)
    editor = open_chapter(blocked, site)
    assert not blocked.evaluate("localStorage instanceof Storage"), "This shows nothing: the browser keeps what it is told."
    editor.fill("mine = 1")
    blocked.locator(".nn-progress-panel summary").click()
    assert "This browser keeps nothing" in blocked.locator(".nn-note").inner_text()
    before = blocked.evaluate("document.documentElement.dataset.mode")
    blocked.locator(".theme-switch-button").first.click()
    assert blocked.evaluate("document.documentElement.dataset.mode") != before
    blocked.keyboard.press("Control+k")
    blocked.locator(".nn-find .nn-found").first.wait_for()
    assert watch.errors == watch.outside == []


def test_a_write_that_the_browser_refuses_is_believed_and_saved_to_a_file(page, site, tmp_path):
    editor = open_chapter(page, site)
    editor.fill("first = 1")
    page.evaluate("""() => {
        for (let size = 1 << 23; size; size >>= 1) {
            try { localStorage.setItem(`a neighbor's ${size}`, "x".repeat(size)); } catch {}
        }
    }""")
    page.get_by_role("button", name="Question 2, not answered").click()
    question = page.locator('[data-question="neuron-quiz-zero"]')
    question.get_by_role("radio").nth(2).check()
    question.get_by_role("button", name="Check", exact=True).click()
    editor.fill("second = 2  # and longer than what there was")
    page.locator(".nn-progress-panel summary").click()
    assert page.locator(".nn-progress-panel summary").inner_text().startswith("Your progress: 1 of")
    assert "no room for more" in page.locator(".nn-note").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    download.value.save_as(tmp_path / "progress.json")
    saved = json.loads((tmp_path / "progress.json").read_text(encoding="utf-8"))
    assert saved["exercises"][NAME]["source"].startswith("second") and saved["questions"]["neuron-quiz-zero"]["right"]
    page.reload()
    open_chapter(page, site)
    page.locator(".nn-progress-panel summary").click()
    page.locator('.nn-progress-panel input[type="file"]').set_input_files(tmp_path / "progress.json")
    page.get_by_text("Loaded.").wait_for()
    assert editor.input_value().startswith("second")


def test_two_tabs_show_the_newest_program_and_neither_loses_what_the_other_keeps(page, site):
    editor = open_chapter(page, site)
    other = page.context.new_page()
    twin = open_chapter(other, site)
    editor.fill("one = 1")
    wait_until(other, lambda: other.evaluate("document.querySelector('.nn-editor textarea').value === 'one = 1'"))
    assert twin.input_value() == "one = 1"
    twin.press("End")
    twin.type(" + 1")
    wait_until(page, lambda: page.evaluate("document.querySelector('.nn-editor textarea').value === 'one = 1 + 1'"))
