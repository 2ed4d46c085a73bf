"""How tests drive a notebook of the lab: as a reader does, by the menu, and by asking the notebook what it holds."""

NOTEBOOK = "window.jupyterapp?.shell.currentWidget?.content?.model"
KERNEL = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
DONE = f"""() => {{
    const cells = [...({NOTEBOOK})?.cells ?? []].filter((cell) => cell.type === "code");
    const failed = cells.some((cell) => cell.toJSON().outputs.some((output) => output.output_type === "error")
        && !(cell.getMetadata("tags") ?? []).includes("raises-exception"));
    const ran = cells.every((cell) => cell.executionCount !== null && cell.executionState !== "running");
    return (failed || ran) && ({KERNEL})?.status === "idle";
}}"""


def open_notebook(page, site, path):
    """Open a notebook by its address, and wait for its Python."""
    page.goto(f"{site}lite/notebooks/index.html?path={path}")
    wait_for_python(page)


def wait_for_python(page):
    """Wait until the notebook is shown and its Python answers: what is asked before is lost."""
    page.locator(".jp-Notebook").wait_for(timeout=60_000)
    wait(page, f"({KERNEL})?.status === 'idle'", timeout=120_000)


def wait(page, true, **how):
    """Wait until an expression is true; to ask at each frame would take the time of the Python that is waited for."""
    page.wait_for_function(true, polling=200, **how)


def run_all(page):
    """Run the notebook from top to bottom by its menu, and wait for its end."""
    choose(page, "Run", "Run All Cells")
    wait(page, DONE, timeout=600_000)


def choose(page, menu, entry):
    """Choose an entry of the notebook's menu bar."""
    page.locator(".lm-MenuBar-item", has_text=menu).first.click()
    page.locator(".lm-Menu-item").get_by_text(entry, exact=True).click()


def cells_of(page):
    """Return the notebook's code cells by their ids, as a file would hold them."""
    cells = page.evaluate(f"({NOTEBOOK}).toJSON().cells")
    return {cell["id"]: cell for cell in cells if cell["cell_type"] == "code"}


def show(page, cell):
    """Scroll to the cell of this id, which may not have been drawn before, and return its element."""
    index = page.evaluate(f"id => [...({NOTEBOOK}).cells].findIndex((cell) => cell.id === id)", cell)
    page.evaluate("index => window.jupyterapp.shell.currentWidget.content.scrollToItem(index, 'start')", index)
    element = page.locator(f'.jp-Cell[data-windowed-list-index="{index}"]')
    element.wait_for()
    return element


def run_cell(page, cell, source):
    """Write `source` into a cell, run it as a reader does, and return what it shows as text."""
    element = show(page, cell)
    element.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    before = cells_of(page)[cell]["execution_count"]
    page.keyboard.press("Control+Enter")
    waiting = f"""([id, before]) => {{ const cell = [...({NOTEBOOK}).cells].find((cell) => cell.id === id);
        return cell.executionCount !== before && cell.executionCount !== null && ({KERNEL}).status === "idle"; }}"""
    wait(page, waiting, arg=[cell, before], timeout=60_000)
    return printed(cells_of(page)[cell])


def printed(cell):
    """Return what a cell has printed or shown, as text; an error by its name and words."""
    parts = []
    for output in cell["outputs"]:
        kind = output["output_type"]
        if kind == "stream":
            parts.append(_text(output["text"]))
        elif kind == "error":
            parts.append(f"{output['ename']}: {output['evalue']}")
        else:
            parts.append(_text(output["data"].get("text/plain", "")) + "\n")
    return "".join(parts)


def _text(value):
    return "".join(value) if isinstance(value, list) else value
