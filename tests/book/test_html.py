"""Every page is valid HTML, as html-validate reads it."""

import json
import subprocess
from pathlib import Path

from book.node import node

ROOT = Path(__file__).parents[2]
VALIDATE = ROOT / ".cache" / "javascript" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
SAME = "<!doctype html><html lang='en'><head><title>t</title></head><body>{}</body></html>"


def faults(paths):
    """Return each fault of some pages, as "page:line: what"."""
    command = [node(), VALIDATE, "--config", ROOT / "tools" / "javascript" / "html.json", "--formatter", "json", *paths]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return [f"{Path(page['filePath']).name}:{fault['line']}: {fault['message']}"
            for page in json.loads(told.stdout) for fault in page["messages"]]  # fmt: skip


def test_every_page_is_valid(html):
    pages = [*html.glob("*.html"), *(html / "chapters").glob("*.html"), *(html / "embed").glob("*.html")]
    assert len(pages) > 50 and faults(pages) == []


def test_faults_are_found(tmp_path):
    page = tmp_path / "page.html"
    for wrong, told in {
        "<label>both <input type='range' aria-label='a'><input type='number' aria-label='b'></label>": "multiple controls",
        "<details><summary><p>Show</p></summary></details>": "not permitted as content under <summary>",
        "<p><ul><li>one</li></ul></p>": "Stray end tag '</p>'",
    }.items():
        page.write_text(SAME.format(wrong), encoding="utf-8")
        assert any(told in fault for fault in faults([page])), wrong
    page.write_text(SAME.format("<p>fine</p>"), encoding="utf-8")
    assert faults([page]) == []
