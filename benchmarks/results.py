"""Where measurements are kept: _build/bench.json, in which each script has a key of its own."""

import json
from pathlib import Path

FILE = Path(__file__).parent.parent / "_build" / "bench.json"


def keep(key, value):
    """Store a script's results under its key, and leave those of the others."""
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(kept | {key: value}, indent=1) + "\n", encoding="utf-8")
