"""Measure the live figures in JupyterLab, with a real kernel, against stated targets.

python benchmarks/in_jupyter.py

The lab is that of the environment `newest`, which `make environments` makes. *Frames* are 200 moves of a control, each from
the move until the picture that the kernel answers with has been drawn.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

import chromium  # noqa: E402
import measured  # noqa: E402
from nbformat import v4 as notebooks  # noqa: E402
from nbformat import write  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from results import keep  # noqa: E402

from nnlib.explorables import EXPLORABLES  # noqa: E402

PYTHON = ROOT / ".cache" / "environments" / "newest" / "bin" / "python"
FIGURES = ("tune_a_neuron", "train_a_perceptron", "draw_a_digit", "backprop_step_by_step")
MOST = {"median": 40, "95th percentile": 50}  # milliseconds: 25 and 20 frames a second


@contextmanager
def jupyter(folder):
    """Run JupyterLab in a folder; the value is its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [f"--ServerApp.port={port}", "--ServerApp.token=", "--ServerApp.open_browser=False", "--allow-root"]
    options += ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    settings = os.environ | {"JUPYTER_CONFIG_DIR": folder, "JUPYTER_DATA_DIR": folder, "OPENBLAS_NUM_THREADS": "1"}
    command = [PYTHON, "-m", "jupyter", "lab", *options]
    with subprocess.Popen(command, cwd=folder, env=settings, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for(address, server)
            yield address
        finally:
            server.terminate()


def wait_for(address, server):
    """Wait until a server answers; raise RuntimeError when it has ended instead."""
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab has ended with status {server.returncode}.")
        try:
            return urlopen(f"{address}api").close()
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("JupyterLab does not answer after a minute.")


def frames(browser, address, folder, name):
    """Open a notebook with one figure, run it, and return the milliseconds of each move."""
    cell = notebooks.new_code_cell(f'from nnlib.live import figure\n\nfigure("{name}")')
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    write(notebooks.new_notebook(cells=[cell], metadata=kernel), Path(folder, f"{name}.ipynb"))
    with browser.new_context(**measured.SCREEN) as context:
        tab = context.new_page()
        tab.goto(f"{address}lab/tree/{name}.ipynb?reset")
        tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=120_000)  # the notebook's own sign is idle too early
        tab.get_by_role("menuitem", name="Run", exact=True).click()
        tab.get_by_text("Run All Cells", exact=True).click()
        figure = tab.locator(f'[data-explorable="{name}"][data-state="live"]')
        figure.wait_for(timeout=120_000)
        return measured.drag(figure, EXPLORABLES[name], 200)["drawn"]


def main():
    """Measure, print, and keep."""
    if not PYTHON.is_file():
        sys.exit("There is no environment to measure in: run `make environments` first.")
    found = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        jupyter(folder) as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS) as browser,
    ):
        for name in FIGURES:
            times = frames(browser, address, folder, name)
            found[name] = {"median": median(times), "95th percentile": sorted(times)[int(0.95 * len(times))]}
            print(name, json.dumps({which: round(value, 1) for which, value in found[name].items()}), flush=True)
    targets = []
    for which, most in MOST.items():
        slowest = max(row[which] for row in found.values())
        verdict = "met" if slowest <= most else "NOT MET"
        targets.append([f"ms until drawn in JupyterLab, {which}, the slowest figure ≤ {most}", round(slowest, 1), verdict])
        print(*targets[-1])
    keep("jupyter", {"frames": found, "targets": targets})


if __name__ == "__main__":
    main()
