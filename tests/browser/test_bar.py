"""What the bar above a page does, and the buttons that copy code: by mouse, by keys, on a phone, without storage."""

import pytest
from figures import wait_until

pytestmark = pytest.mark.usefixtures("asleep")

MODES = "[document.documentElement.dataset.mode, document.documentElement.dataset.theme]"


@pytest.fixture
def chapter(page, site):
    page.goto(f"{site}chapters/neuron.html")
    page.wait_for_selector(".nn-way", state="attached")  # the bar is served by now
    return page


def shown(page):
    return page.locator(".dropdown-menu.show").all_inner_texts()


def test_light_dark_and_the_systems_choice_take_turns_and_are_kept(chapter):
    chapter.emulate_media(color_scheme="light")
    seen = []
    for _ in range(3):
        chapter.locator(".theme-switch-button").click()
        seen.append(chapter.evaluate(MODES))
    assert seen == [["dark", "dark"], ["light", "light"], ["auto", "light"]]
    chapter.emulate_media(color_scheme="dark")
    wait_until(chapter, lambda: chapter.evaluate(MODES)[1] == "dark")
    chapter.locator(".theme-switch-button").click()
    assert chapter.evaluate(MODES) == ["light", "light"]  # what is another one than before comes first
    chapter.reload()
    assert chapter.evaluate(MODES) == ["light", "light"]


def test_a_menu_opens_by_mouse_and_by_keys_and_closes_again(chapter):
    chapter.set_viewport_size({"width": 390, "height": 844})
    opener = chapter.get_by_label("Download this page")
    opener.focus()
    chapter.keyboard.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true" and len(shown(chapter)) == 1
    box = chapter.locator(".dropdown-menu.show").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    chapter.keyboard.press("ArrowDown")
    assert chapter.evaluate("document.activeElement.innerText.trim()") == ".ipynb"
    chapter.keyboard.press("ArrowUp")
    assert chapter.evaluate("document.activeElement.innerText.trim()") == ".pdf"
    chapter.keyboard.press("Escape")
    assert shown(chapter) == [] and opener.get_attribute("aria-expanded") == "false"
    assert chapter.evaluate("document.activeElement.ariaLabel") == "Download this page"
    opener.click()
    chapter.mouse.click(200, 700)
    assert shown(chapter) == []


def test_the_chapters_stand_beside_the_text_or_make_room_for_it(chapter):
    listed = chapter.locator("#pst-primary-sidebar nav")
    wide = chapter.locator("main").bounding_box()["width"]
    chapter.locator(".primary-toggle").click()
    wait_until(chapter, lambda: not listed.is_visible() and chapter.locator("main").bounding_box()["width"] > wide)
    chapter.locator(".primary-toggle").click()
    wait_until(chapter, lambda: listed.is_visible() and chapter.locator("main").bounding_box()["width"] == wide)


@pytest.mark.parametrize("left", ["by Escape", "by a click beside it", "by a link to a section"])
def test_on_a_phone_a_list_lies_over_the_page_until_it_is_left(chapter, left):
    chapter.set_viewport_size({"width": 390, "height": 844})
    chapter.locator(".secondary-toggle").click()
    over = chapter.locator("#pst-secondary-sidebar-modal")
    assert over.is_visible() and over.get_by_role("link", name="Exercises").is_visible()
    if left == "by Escape":
        chapter.keyboard.press("Escape")
    elif left == "by a click beside it":
        chapter.mouse.click(5, 400)
    else:
        over.get_by_role("link", name="Exercises").click()
        wait_until(chapter, lambda: chapter.evaluate("location.hash") == "#exercises")
    wait_until(chapter, lambda: not chapter.evaluate("document.getElementById('pst-secondary-sidebar-modal').open"))
    assert chapter.locator("#pst-secondary-sidebar .page-toc").count() == 2  # the heading and its list are back


def test_code_is_copied_as_it_stands(chapter):
    chapter.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = chapter.locator("div.highlight:has(pre)").first
    code.hover()
    code.get_by_role("button", name="Copy").click()
    code.get_by_role("button", name="Copied").wait_for()
    assert chapter.evaluate("navigator.clipboard.readText()") == code.locator("pre").inner_text().rstrip()


@pytest.mark.parametrize("context_options", [{"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}])
def test_all_programs_on_a_phone_have_a_whole_button_and_what_they_print_has_none(page, site):
    cut = """elements => elements.filter((element) => {
        const [made, { top, bottom }] = [element.querySelector(".nn-copy"), element.getBoundingClientRect()];
        return !made || made.getBoundingClientRect().top < top || made.getBoundingClientRect().bottom > bottom;
    }).map((element) => element.innerText)"""
    for name in ("neuron", "perceptron", "nnlib", "teaching_fork"):
        page.goto(f"{site}chapters/{name}.html")
        page.locator(".nn-copy").first.wait_for()
        programs = page.locator("div.highlight:not(.cell_output *):has(pre):visible")
        assert programs.count() and programs.evaluate_all(cut) == []
        assert page.locator(".cell_output .nn-copy").count() == 0


def test_a_browser_that_forbids_copying_says_so(chapter):
    chapter.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    code = chapter.locator("div.highlight:has(pre)").first
    code.hover()
    code.get_by_role("button", name="Copy").click()
    code.get_by_role("button", name="forbids").wait_for()
