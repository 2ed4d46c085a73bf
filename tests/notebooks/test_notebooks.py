"""Guards for what a re-run of the notebooks cannot see: nbval passes a notebook without outputs, and looks at no picture."""

import copy
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebooks.store import VIEW, normalize, run

ROOT = Path(__file__).parent.parent.parent
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))

# What no cell may have, with the reason.
BANNED = {
    r"NBVAL_\w+": "hides the cell from the comparison",
    r"\bOutput\(\s*\)|\binteract(ive|ive_output|_manual)?\(": "swallows errors: use an explorable, or a Label's value",
    r"^\s*[%!]\s*(pip|conda|mamba)\b": "installs: requirements.txt does that",
    r"\btime\.(time|perf_counter)\(": "prints a different number on every run",
}
# What neither a cell nor an output may have.
LOCAL = {
    r"(?<![\w.])/(home|Users|root|tmp|work)/|[A-Z]:\\\\?Users": "is a path of one machine",
    r"(py" + r"pi|python" + r"hosted|npm" + r"js)\.\w+/": "is the host of a package registry",
}


def faults(notebook):
    """Return what is wrong with a notebook, cell by cell, in words."""
    found = []
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        found.append("the kernel is not python3")
    if "widgets" in notebook.metadata:
        found.append("widget state is stored")
    if normalize(copy.deepcopy(notebook)) != notebook:
        found.append("it was not stored by `make notebooks`")
    ids = [cell.get("id") for cell in notebook.cells]
    found += [f"the id {name!r} is there twice" for name in sorted({name for name in ids if name and ids.count(name) > 1})]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        found += [f"code cell {number} {fault}" for fault in _faults_of(cell, number)]
    return found


def _faults_of(cell, number):
    if not cell.source.strip():
        yield "is empty"
    if cell.execution_count != number:
        yield f"has the count {cell.execution_count}: it was not run from top to bottom"
    tags = " ".join(cell.metadata.get("tags", []))
    text = "\n".join([cell.source, tags.upper().replace("-", "_")])
    yield from (f"has «{hit[0].strip()}», which {why}" for hit, why in _hits(BANNED, text))
    outputs = "\n".join(_text(output) for output in cell.outputs)
    yield from (f"has «{hit[0]}», which {why}" for hit, why in _hits(LOCAL, f"{cell.source}\n{outputs}"))
    for output in cell.outputs:
        if output.output_type == "error" and "raises-exception" not in cell.metadata.get("tags", []):
            yield f"ended with an error, {output.ename}"
        if output.get("name") == "stderr":
            yield "wrote to stderr"
        if output.output_type in ("display_data", "execute_result") and not any(k.endswith("text/plain") for k in output.data):
            yield "has an output without text, which a screen reader could say and a test compare"
    if _shows(cell.source) and not cell.outputs:
        yield "shows something but has no outputs"


def _hits(patterns, text):
    return [(hit, why) for pattern, why in patterns.items() for hit in re.finditer(pattern, text, re.MULTILINE)]


def _shows(source):
    """Say whether a cell surely has an output: it prints at its top level, or its last line is a bare name or a figure."""
    last = source.strip().splitlines()[-1] if source.strip() else ""
    return bool(re.search(r"^print\(", source, re.MULTILINE) or re.fullmatch(r"[A-Za-z_]\w*|figure\(.*\)", last))


def _text(output):
    data = output.get("data", {})
    return "\n".join([output.get("text", ""), *(data[kind] for kind in ("text/plain", "text/html") if kind in data)])


def toc_files(toc):
    """Return the files that a table of contents names, in its order."""
    if isinstance(toc, list):
        return [name for part in toc for name in toc_files(part)]
    own = [toc[key] for key in ("root", "file") if key in toc]
    return own + [name for value in toc.values() if isinstance(value, list) for name in toc_files(value)]


def test_there_are_chapters():
    assert CHAPTERS


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_is_stored_as_it_should_be(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert faults(notebook) == []


def test_the_table_of_contents_names_every_chapter_once_and_no_other():
    named = toc_files(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
    there = {f"chapters/{path.stem}" for path in (ROOT / "chapters").iterdir() if path.suffix in (".ipynb", ".md")}
    assert sorted(named) == sorted(there)


def good():
    """Return a notebook without a fault: text, a printed number, a value that is shown, and a figure."""
    shown = new_output("execute_result", {"text/plain": "3"}, execution_count=2)
    figure = new_output("display_data", {"text/plain": "figure('neuron')", "text/html": "<p>a figure</p>"})
    cells = [
        new_markdown_cell("# A chapter", id="title"),
        new_code_cell(
            "x = 3\nprint(x)", id="print", execution_count=1, outputs=[new_output("stream", name="stdout", text="3\n")]
        ),
        new_code_cell("x", id="show", execution_count=2, outputs=[shown]),
        new_code_cell("figure('neuron')", id="figure", execution_count=3, outputs=[figure]),
    ]
    return normalize(new_notebook(cells=cells))


def test_a_good_notebook_has_no_fault():
    assert faults(good()) == []


ERROR = new_output("error", ename="ValueError", evalue="too short", traceback=[])


def with_source(source):
    return lambda notebook: notebook.cells[1].update(source=source)


PLANTED = {
    "outputs stripped": (lambda n: n.cells[1].update(outputs=[]), "shows something but has no outputs"),
    "value stripped": (lambda n: n.cells[2].update(outputs=[]), "shows something but has no outputs"),
    "figure stripped": (lambda n: n.cells[3].update(outputs=[]), "shows something but has no outputs"),
    "count stripped": (lambda n: n.cells[1].update(execution_count=None), "has the count None"),
    "run out of order": (lambda n: n.cells[1].update(execution_count=7), "has the count 7"),
    "empty cell": (with_source(" "), "is empty"),
    "skip as a comment": (with_source("# NBVAL_SKIP\nprint(x)"), "hides the cell"),
    "ignore as a comment": (with_source("print(x)  # NBVAL_IGNORE_OUTPUT"), "hides the cell"),
    "skip as a tag": (lambda n: n.cells[1].metadata.update(tags=["nbval-skip"]), "hides the cell"),
    "an output widget": (with_source("out = widgets.Output()"), "swallows errors"),
    "interact": (with_source("widgets.interact(draw, x=(0, 1))"), "swallows errors"),
    "an installation": (with_source("%pip install nnlib"), "installs"),
    "a timing": (with_source("print(time.perf_counter() - start)"), "different number on every run"),
    "a local path": (with_source("np.load('/home/ada/data.npy')"), "path of one machine"),
    "a local path in an output": (lambda n: n.cells[1].outputs[0].update(text="/tmp/x"), "path of one machine"),
    "a registry": (with_source("# see https://py" + "pi.org/project/numpy"), "host of a package registry"),
    "another kernel": (lambda n: n.metadata.kernelspec.update(name="venv"), "the kernel is not python3"),
    "widget state": (lambda n: n.metadata.update(widgets={"state": {}}), "widget state is stored"),
    "the time of the run": (lambda n: n.cells[1].metadata.update(execution={"iopub.execute_input": "now"}), "make notebooks"),
    "a print in pieces": (lambda n: n.cells[1].outputs.append(new_output("stream", text="4\n")), "make notebooks"),
    "a dangling widget": (lambda n: n.cells[3].outputs[0].data.update({VIEW: {}}), "make notebooks"),
    "an id twice": (lambda n: n.cells[1].update(id="show"), "the id 'show' is there twice"),
    "a warning": (lambda n: n.cells[1].outputs[0].update(name="stderr"), "wrote to stderr"),
    "an error": (lambda n: n.cells[1].update(outputs=[ERROR]), "ValueError"),
    "a picture without text": (lambda n: n.cells[3].outputs[0].data.pop("text/plain"), "without text"),
}  # fmt: skip


@pytest.mark.parametrize(("plant", "words"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(plant, words):
    notebook = good()
    plant(notebook)
    assert any(words in fault for fault in faults(notebook)), faults(notebook)


def test_an_error_that_a_cell_announces_is_no_fault():
    notebook = good()
    notebook.cells[1].metadata.tags = ["raises-exception"]
    notebook.cells[1].outputs = [ERROR]
    notebook.cells[1].source = "neuron([1, 2, 3])"
    assert faults(notebook) == []


def compare(path):
    """Run nbval on a notebook as `make nbval` does, and return its report."""
    options = ["-c", "tests/notebooks/nbval.ini", f"--rootdir={path.parent}", "-q", "--color=no"]
    command = [sys.executable, "-m", "pytest", str(path), *options]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT).stdout


def test_a_number_or_a_picture_that_has_changed_is_found_by_the_comparison(tmp_path):
    sources = [
        "import matplotlib.pyplot as plt\n\nplt.rcParams['svg.hashsalt'] = 'nnlib'",
        "%config InlineBackend.figure_formats = ['png', 'svg']\n"
        "%config InlineBackend.print_figure_kwargs = {'metadata': {'Date': None}}",
        "print(0.25)",
        "[0.25];",
        "plt.plot([1, 2, 4])\nplt.show()",
    ]
    notebook = run(new_notebook(cells=[new_code_cell(source) for source in sources]), tmp_path)
    path = tmp_path / "chapter.ipynb"
    nbformat.write(normalize(notebook), path)
    assert "5 passed" in compare(path)
    stored = path.read_text(encoding="utf-8")
    path.write_text(
        stored.replace("print(0.25)", "print(0.26)").replace("plot([1, 2, 4])", "plot([1, 2, 3])"), encoding="utf-8"
    )
    assert "2 failed, 3 passed" in compare(path)


def test_the_network_of_the_digits_chapter_reads_97_of_100_digits_that_it_has_never_seen():
    notebook = nbformat.read(ROOT / "chapters" / "digits.ipynb", as_version=4)
    printed = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
    assert float(re.search(r"test accuracy ([\d.]+)%", printed)[1]) >= 97
