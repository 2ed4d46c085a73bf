"""Compare how many times as quick as its peers nnlib is with what it was before, and keep it.

    make bench, or python benchmarks/history.py [keep]

The ratios of one run, out of _build/bench.json, are compared with the last entry of history.jsonl that a machine of the same
kind has made: where one is worse by more than a tenth, this ends with an error. `keep` adds an entry, whatever it says: so
what is slower for a good reason is accepted. A ratio is that of two programs that ran in turn, so that a busy machine harms
it little; yet which of two programs a processor likes better differs from one to another.
"""

import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from compare import ratio
from peers.targets import TARGETS
from results import FILE

HISTORY = Path(__file__).with_name("history.jsonl")
PROCESSORS = Path("/proc/cpuinfo")
SLACK = 0.1  # of a ratio


def ratios(results):
    """Return {who / whom: times} out of what `make bench` has kept, on one thread; the larger, the better for nnlib."""
    found = {}
    for task, row, base, sign, *_ in TARGETS:
        rows = results.get("peers", {}).get(f"{task}, 1", {})
        if {row, base} <= {*rows}:
            above, below = (row, base) if sign == "≥" else (base, row)
            found[f"{task}: {above} / {below}"] = round(ratio(rows, above, below), 3)
    return found


def machine():
    """Return what kind of machine this is."""
    told = PROCESSORS.read_text(encoding="utf-8") if PROCESSORS.is_file() else ""
    model = re.search(r"^model name\s*: (.+)$", told, re.MULTILINE)
    return f"{os.cpu_count()} × {model[1] if model else platform.machine()}, {platform.system()}"


def entry(results):
    """Return the entry of a run, on this day and machine, of this commit."""
    command = ["git", "rev-parse", "--short=12", "HEAD"]
    commit = subprocess.run(command, cwd=HISTORY.parent, check=True, capture_output=True, text=True).stdout.strip()
    told = {"version": version("nnlib"), "commit": commit, "day": datetime.now(UTC).date().isoformat()}
    busy = results.get("peers", {}).get("busy", 0)
    return told | {"machine": machine(), "busy": round(busy, 1), "ratios": ratios(results)}


def last(entries, kind):
    """Return the last entry of a kind of machine that has a ratio, ratio by ratio; {} where there is none."""
    found = {}
    for one in entries:
        if one["machine"] == kind:
            found |= {name: (value, one["commit"], one["day"]) for name, value in one["ratios"].items()}
    return found


def worse(now, before):
    """Return, in words, each ratio that is worse than before by more than the slack."""
    return [
        f"{name}: {value:.2f}, and {before[name][0]:.2f} at {before[name][1]}, on {before[name][2]}"
        for name, value in now.items()
        if name in before and value < (1 - SLACK) * before[name][0]
    ]


def entries():
    """Return what has been kept, the oldest first."""
    lines = HISTORY.read_text(encoding="utf-8").splitlines() if HISTORY.is_file() else []
    return [json.loads(line) for line in lines]


def main(keep=""):
    """Judge the last run, and keep it where that is asked for."""
    if not FILE.is_file():
        sys.exit("Nothing has been measured: run make bench.")
    kept, now = entries(), entry(json.loads(FILE.read_text(encoding="utf-8")))
    if not now["ratios"]:
        sys.exit("No ratio to a peer has been measured: run make bench.")
    before = last(kept, now["machine"])
    compared = [name for name in now["ratios"] if name in before]
    print(f"{len(now['ratios'])} ratios, {len(compared)} of them measured before on {now['machine']}")
    if keep:
        with HISTORY.open("a", encoding="utf-8") as file:
            file.write(json.dumps(now, ensure_ascii=False) + "\n")
    elif found := worse(now["ratios"], before):
        told = "\n  ".join(found)
        sys.exit(f"Worse by more than {SLACK:.0%}:\n  {told}\nWhere that is meant, benchmarks/history.py keep accepts it.")


if __name__ == "__main__":
    main(*sys.argv[1:])
