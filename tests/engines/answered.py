"""Exercises, answered with their worked solutions, which must pass."""

import re

from engines.window import EngineError

from nnlib.exercises import EXERCISES

CELL = "document.querySelector(`[data-exercise=${given[0]}]`)"
ANSWER = f"""const cell = {CELL}, area = cell.querySelector("textarea");
area.value = given[1];
area.dispatchEvent(new Event("input"));
cell.querySelector("button.nn-main").click();"""
# How an exercise ended; nothing while it runs.
VERDICT = f"""(() => {{
    const cell = {CELL}, verdict = cell.querySelector(".nn-verdict");
    if (cell.dataset.state !== "ready") return "";
    return verdict.hidden ? cell.querySelector(".nn-status").textContent : verdict.textContent;
}})()"""


def read(window, site, html, most=None):
    """Answer the exercises of the book at `html`, or the first `most` of them; yield (what, exercise, fault)."""
    of_page = {}
    for path in sorted((html / "chapters").glob("*.html")):
        of_page |= dict.fromkeys(re.findall(r'data-exercise="([^"]+)"', path.read_text(encoding="utf-8")), path.name)
    yield "all exercises have a page", "the book", ", ".join(sorted({*EXERCISES} - {*of_page}))
    shown = None
    for name, page in [*of_page.items()][:most]:
        if page != shown:
            window.open(f"{site}chapters/{page}")
            shown = page
        yield "exercises solved", name, _answer(window, EXERCISES[name])


def _answer(window, exercise):
    try:
        window.wait(f'{CELL}?.dataset.state === "ready"', exercise.name, what=f"the exercise {exercise.name}")
        window.run(ANSWER, exercise.name, exercise.solution)
        said = window.wait(VERDICT, exercise.name, what=f"the verdict on {exercise.name}")
    except EngineError as error:
        return str(error)
    return "" if said.startswith("✓ Solved") else said
