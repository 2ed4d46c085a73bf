"""Run notebooks from top to bottom, and store them with their outputs and without what differs from run to run.

python tests/notebooks/store.py chapters/neuron.ipynb …
"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}
KEPT = ("mystnb", "tags")  # of a cell's metadata: what the book reads
VIEW = "application/vnd.jupyter.widget-view+json"  # points into a running kernel, and to nothing in a stored notebook
SECONDS = 120  # a cell that takes longer does not belong into a chapter


def normalize(notebook):
    """Take out of `notebook`, in place, what would differ from run to run, and return it."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5  # the first version in which cells have ids
    for number, cell in enumerate(notebook.cells, start=1):
        cell.setdefault("id", f"cell-{number}")
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in KEPT if key in cell.metadata})
        if cell.cell_type == "code":
            cell.outputs = _in_whole(cell.outputs)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
    return notebook


def _in_whole(outputs):
    """Join what was printed in one go, and arrived in pieces that depend on the moment."""
    whole = []
    for output in outputs:
        if whole and output.output_type == "stream" and output.name == whole[-1].get("name"):
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def run(notebook, folder):
    """Run every cell of `notebook`, in place and with `folder` as the working directory, and return it; an error ends it."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
    )
    return client.execute()


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        print(f"{path} …", end=" ", flush=True)
        start = time.perf_counter()
        notebook = normalize(run(nbformat.read(path, as_version=4), path.parent))
        nbformat.validate(notebook)
        nbformat.write(notebook, path)
        print(f"stored, {time.perf_counter() - start:.1f} s")
