"""Keep what a proof has measured: a file of `recorded/` for each claim, out of which the book's page is written.

A proof is a file beside this one, named after its claim, which `make proof CLAIMS=<claim>` runs:

    with claim("load") as figures:
        figures["readers"] = …

It raises where the claim does not hold, and then the record stays what it was.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
RECORDED = Path(__file__).with_name("recorded")
GIGABYTE = 2**30


@contextmanager
def claim(name):
    """Give a dictionary for the figures of a claim, {name: number or text}, and keep it when nothing has been raised."""
    figures, begun = {}, time.monotonic()
    yield figures
    if not figures:
        raise ValueError(f"The proof {name} has measured nothing.")
    told = {"seconds": round(time.monotonic() - begun), "day": datetime.now(UTC).date().isoformat()}
    told |= {"commit": commit(), "machine": machine(), "figures": figures}
    path = RECORDED / f"{name}.json"
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {json.dumps(figures, ensure_ascii=False)}", flush=True)


def passed(*chosen):
    """Run tests, chosen as pytest's arguments, all of which must pass; return how many they are."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        subprocess.run([sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *chosen], cwd=ROOT, check=True)
        suite = ElementTree.parse(report).getroot()[0]
    assert suite.get("failures") == suite.get("errors") == suite.get("skipped") == "0"
    return int(suite.get("tests"))


def commit():
    """Return the commit that is measured, with a plus where files differ from it."""
    told = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
    # What proofs write is no change of what they measure.
    asked = ["git", "status", "--porcelain", "--untracked-files=no", "--", ".", ":!tests/proof/recorded"]
    changed = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return told.stdout.strip() + ("+" if changed else "")


def machine():
    """Return what the figures were measured on, in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, {platform.machine()}, {system}"
