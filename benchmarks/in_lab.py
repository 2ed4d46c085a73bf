"""Measure how long each chapter takes in the lab: until its Python answers, and then to run from top to bottom.

python benchmarks/in_lab.py [CHAPTER...]
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT)]

import chromium  # noqa: E402 - beside the tests, whose browser it is
from lab import driver  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from results import keep  # noqa: E402
from web import serve  # noqa: E402

from book.lab.notebooks import chapters  # noqa: E402

MOST = 90  # seconds that a chapter may take


def main(names):
    """Run the chapters one after the other, each in a browser that has stored nothing; print a table, and keep it."""
    paths = [path for path in map(Path, chapters(ROOT)) if not names or path.stem in names]
    kept = {}
    how = {"executable_path": chromium.find(), "args": chromium.OPTIONS}
    with serve(ROOT / "_build" / "html") as site, sync_playwright() as playwright, playwright.chromium.launch(**how) as browser:
        for path in paths:
            with browser.new_context() as context:
                page, start = context.new_page(), time.monotonic()
                driver.open_notebook(page, site, path.as_posix())
                ready = time.monotonic()
                driver.run_all(page)
                kept[path.stem] = {"Python": ready - start, "chapter": time.monotonic() - ready}
            told = "met" if kept[path.stem]["chapter"] <= MOST else "NOT MET"
            row = "".join(f"{seconds:>8.1f} s" for seconds in kept[path.stem].values())
            print(f"{path.stem:24}{row}  ≤ {MOST} s {told}", flush=True)
    keep("lab", kept)


if __name__ == "__main__":
    main(sys.argv[1:])
