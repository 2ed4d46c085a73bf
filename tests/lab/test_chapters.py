"""The lab beside the book: every chapter opens from its page and runs in the browser with the numbers that the book prints."""

import configparser
import copy
import re
from pathlib import Path

import nbformat
import pytest
from figures import panel, settled
from lab import driver
from web import watch_over

from book.lab.notebooks import chapters
from nnlib.exercises import EXERCISES

ROOT = Path(__file__).parent.parent.parent
CHAPTERS, NEURON = chapters(ROOT), "chapters/neuron.ipynb"
# Cells whose numbers may differ from the stored ones by this fraction, each with its reason.
TOLERANCES = {}
# What a cell says elsewhere and cannot say here.
UNSAID = {
    "activations-25": r" \(overflow encountered in exp\)",  # WebAssembly does not note that a number overflows
}
RULES = configparser.RawConfigParser()  # what is not compared anywhere
RULES.read(ROOT / "tests" / "notebooks" / "sanitize.cfg", encoding="utf-8")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?")


def differences(stored, run, tolerance):
    """Return where the texts differ: their words, or numbers by more than the tolerance."""
    if stored == run:
        return []
    words = [" ".join(NUMBER.sub("#", text).split()) for text in (stored, run)]
    numbers = [[float(number.replace(",", "")) for number in NUMBER.findall(text)] for text in (stored, run)]
    close = len(numbers[0]) == len(numbers[1]) and all(
        abs(a - b) <= tolerance * max(abs(a), abs(b)) for a, b in zip(*numbers, strict=True)
    )
    return [] if words[0] == words[1] and close else [f"stored {stored!r}, in the browser {run!r}"]


def sanitized(text):
    """Return a text without what nbval does not compare either."""
    for name in RULES.sections():
        text = re.sub(RULES[name]["regex"], RULES[name]["replace"], text)
    return text


def faults(stored, run, tolerances=TOLERANCES, unsaid=UNSAID):
    """Return, cell by cell, where a run differs from what is stored."""
    found = []
    for cell in (cell for cell in stored if cell["cell_type"] == "code"):
        ran = run.get(cell["id"])
        if ran is None or ran["execution_count"] is None:
            found.append(f"{cell['id']} was not run")
            continue
        wanted, got = (sanitized(driver.printed(one)) for one in (cell, ran))
        if cell["id"] in unsaid:
            wanted, count = re.subn(unsaid[cell["id"]], "", wanted)
            found += [] if count else [f"{cell['id']} leaves nothing unsaid"]
        found += [f"{cell['id']}: {fault}" for fault in differences(wanted, got, tolerances.get(cell["id"], 0))]
        found += [f"{cell['id']} wrote to stderr" for output in ran["outputs"] if output.get("name") == "stderr"]
        kinds = [{*output.get("data", {})} for output in cell["outputs"]]
        shown = {kind for output in ran["outputs"] for kind in output.get("data", {})}
        found += [f"{cell['id']} shows no {kind}" for kind in sorted(set().union(*kinds) - shown)]
    return found


def run_from_its_page(page, site, path):
    """Open a chapter, and from it its notebook, and run that to its end; return its cells."""
    page.goto(f"{site}{Path(path).with_suffix('.html').as_posix()}")
    # The book's own, which must not be in the lab's way.
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=60_000)
    page.locator("button[aria-label='Launch this page']").click()
    link = page.locator(".dropdown-menu.show").get_by_text("Run in the browser")
    page.goto(link.evaluate("element => element.closest('a').href"))
    driver.wait_for_python(page)
    driver.run_all(page)
    return driver.cells_of(page)


@pytest.mark.parametrize("path", [path for path in CHAPTERS if path != NEURON], ids=lambda path: Path(path).stem)
def test_a_chapter_opens_from_its_page_and_runs_to_its_end_with_the_numbers_that_are_stored(page, site, path):
    stored = nbformat.read(ROOT / path, as_version=4).cells
    assert faults(stored, run_from_its_page(page, site, path)) == []


@pytest.fixture(scope="module")
def neuron(browser, site):
    """Return a page with the notebook on the neuron, run from top to bottom; `page.ran` has its cells as they then were."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.watch = watch_over(page)
        page.ran = run_from_its_page(page, site, NEURON)
        yield page
        assert page.watch == type(page.watch)()


def test_the_chapter_that_the_tests_below_share_opens_and_runs_as_the_others_do(neuron):
    assert faults(nbformat.read(ROOT / NEURON, as_version=4).cells, neuron.ran) == []


def cell_with(page, words):
    return next(name for name, cell in driver.cells_of(page).items() if words in cell["source"])


def test_a_figure_lives_in_its_cell_and_follows_a_slider(neuron):
    shows, asks = cell_with(neuron, 'figure("tune_a_neuron"'), cell_with(neuron, 'check("neuron-gate"')
    figure = driver.show(neuron, shows).locator(".nn-figure")
    figure.locator("xpath=self::*[@data-state='live']").wait_for()
    before = driver.run_cell(neuron, asks, "tuned.w1, tuned.sentence")
    slider = figure.locator('[data-control="w1"] input[type=range]')
    driver.show(neuron, shows)
    slider.focus()
    neuron.keyboard.press("ArrowRight")
    picture = settled(figure)
    shown = float(figure.locator('[data-control="w1"] input[type=number]').input_value())
    assert panel(picture, "diagram")["edges"][0]["value"] == pytest.approx(shown)
    after = driver.run_cell(neuron, asks, "tuned.w1, tuned.sentence")
    assert after.startswith(f"({shown},") and after != before


def test_the_service_worker_of_the_book_keeps_nothing_of_the_lab(neuron):
    kept = """async () => {
        const stores = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
        return (await Promise.all(stores.map((store) => store.keys()))).flat().map((request) => request.url);
    }"""
    addresses = neuron.evaluate(kept)
    assert addresses
    assert [address for address in addresses if "/lite/" in address] == []


def test_an_exercise_is_checked_as_in_the_page(neuron):
    cell = cell_with(neuron, 'check("neuron-weighted-sum"')
    solution = EXERCISES["neuron-weighted-sum"].solution.strip()
    check = 'exercises.check("neuron-weighted-sum", weighted_sum)'
    assert driver.run_cell(neuron, cell, f"{solution}\n\n\n{check}").startswith("✓ neuron-weighted-sum")
    wrong = solution.replace("z = bias", "z = 0")
    assert "hint 1 of 3: The products are right" in driver.run_cell(neuron, cell, f"{wrong}\n\n\n{check}")


def test_the_arrow_keys_move_a_slider_of_ipywidgets_and_not_the_notebook(neuron):
    cell = cell_with(neuron, 'check("neuron-bug-hunt"')
    driver.run_cell(neuron, cell, "import ipywidgets\n\nn = ipywidgets.IntSlider()\nn")
    handle = driver.show(neuron, cell).locator(".noUi-handle")
    handle.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowRight"):
        handle.press(key)
    assert driver.run_cell(neuron, cell, "print(n.value)") == "3\n"


def test_an_endless_cell_gets_a_word_about_what_ends_it(neuron):
    driver.choose(neuron, "Kernel", "Interrupt Kernel")
    neuron.locator(".Toastify__toast", has_text="Restart Kernel ends what runs").wait_for()


def test_a_package_that_is_not_in_the_lab_is_not_fetched_from_elsewhere(neuron):
    told = driver.run_cell(neuron, cell_with(neuron, 'check("neuron-boundary"'), "%pip install cowsay")
    assert "ValueError" in told or "disabled" in told


TEXT = {"output_type": "stream", "name": "stdout", "text": "loss 0.250, 1,000 steps\n"}
PICTURE = {"output_type": "display_data", "data": {"text/plain": "x", "image/png": ""}}
STORED = [
    {"cell_type": "code", "id": "a", "outputs": [TEXT]},
    {"cell_type": "markdown", "id": "b"},
    {"cell_type": "code", "id": "c", "outputs": [PICTURE]},
]


def ran_well():
    return {cell["id"]: copy.deepcopy(cell) | {"execution_count": 1} for cell in STORED if cell["cell_type"] == "code"}


def test_a_run_that_is_as_stored_has_no_fault():
    assert faults(STORED, ran_well()) == []


PLANTED = {
    "another number": (lambda run: run["a"]["outputs"][0].update(text="loss 0.251, 1,000 steps\n"), "a: stored"),
    "another word": (lambda run: run["a"]["outputs"][0].update(text="cost 0.250, 1,000 steps\n"), "a: stored"),
    "a number less": (lambda run: run["a"]["outputs"][0].update(text="loss 0.250, steps\n"), "a: stored"),
    "a cell that was not reached": (lambda run: run["c"].update(execution_count=None), "c was not run"),
    "a cell that is not there": (lambda run: run.pop("c"), "c was not run"),
    "no picture": (lambda run: run["c"]["outputs"][0]["data"].pop("image/png"), "c shows no image/png"),
    "a warning": (lambda run: run["c"]["outputs"].append({"output_type": "stream", "name": "stderr", "text": ""}), "to stderr"),
    "an error": (
        lambda run: run["a"].update(outputs=[{"output_type": "error", "ename": "ValueError", "evalue": "no"}]),
        "'ValueError: no'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("plant", "words"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(plant, words):
    run = ran_well()
    plant(run)
    assert any(words in fault for fault in faults(STORED, run))


def test_only_a_declared_tolerance_lets_a_number_differ_and_only_so_far():
    run = ran_well()
    run["a"]["outputs"][0]["text"] = "loss 0.251, 1,000 steps\n"
    assert faults(STORED, run, {"a": 0.01}) == []
    assert len(faults(STORED, run, {"a": 0.001})) == 1


def test_what_is_left_unsaid_must_be_said_in_the_book():
    assert faults(STORED, ran_well(), unsaid={"a": " never said"}) == ["a leaves nothing unsaid"]
