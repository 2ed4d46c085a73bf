"""The view's modules that need no browser: their tests are in tests/view, and run in the locked Node."""

import json
import re
import subprocess
from pathlib import Path

from book.node import node

TESTS = Path(__file__).parent
ROOT = Path(__file__).parents[2]
VIEW = ROOT / "nnlib" / "live" / "view"
WIDEST = 120


def run(*paths):
    """Run test files in Node, and return whether all passed, and what it said."""
    command = [node(), "--test", "--test-reporter=spec", *paths]
    end = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    return end.returncode == 0, end.stdout + end.stderr


def lines_that(are_wrong, folder):
    """Return the lines of JavaScript for which `are_wrong(line)` is true, as file:line."""
    return [
        f"{path.name}:{number}"
        for path in sorted(folder.rglob("*.*js"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if are_wrong(line)
    ]


def wide_lines(folder):
    """Return the lines that are too wide, as file:line."""
    return lines_that(lambda line: len(line) > WIDEST, folder)


def open_texts(folder):
    """Return the lines on which a text in backticks begins or ends, but not both, as file:line."""
    return lines_that(lambda line: line.replace('"`"', "").count("`") % 2, folder)


def undeclared_fields(folder):
    """Return the fields that a module uses and no class of it declares, as file:field."""
    found = []
    for path in sorted(folder.rglob("*.mjs")):
        source = path.read_text(encoding="utf-8")
        declared = set(re.findall(r"^  (?:async |get |set )?(#?\w+)(?:\(.*\{| = .*|;)$", source, re.MULTILINE))
        found += [f"{path.name}:{name}" for name in sorted(set(re.findall(r"\bthis\.(#?\w+)", source)) - declared)]
    return found


def test_what_needs_no_browser():
    passed, said = run(*sorted(TESTS.glob("*.test.mjs")))
    assert passed, said


def test_a_fault_is_told(tmp_path):
    path = tmp_path / "wrong.test.mjs"
    path.write_text(
        'import assert from "node:assert";\nimport test from "node:test";\ntest("sums", () => assert.equal(1 + 1, 3));\n',
        encoding="utf-8",
    )
    passed, said = run(path)
    assert not passed and "2 == 3" in said


def test_no_line_is_too_wide(tmp_path):
    assert wide_lines(VIEW) == []
    (tmp_path / "wide.mjs").write_text(f"// ok\n//{'x' * WIDEST}\n", encoding="utf-8")
    assert wide_lines(tmp_path) == ["wide.mjs:2"]


def test_the_tools_are_locked_by_hash_and_come_from_any_registry():
    lock = json.loads((ROOT / "tools" / "javascript" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert {"node_modules/oxlint", "node_modules/typescript"} <= set(packages)
    assert [name for name, package in packages.items() if "integrity" not in package or "resolved" in package] == []


def test_no_text_spans_lines(tmp_path):
    """Joining takes out each line that begins like a comment: it must be one."""
    assert open_texts(VIEW) == []
    (tmp_path / "a.mjs").write_text("const a = `\n// not a comment`;\n", encoding="utf-8")
    assert open_texts(tmp_path) == ["a.mjs:1", "a.mjs:2"]


def test_every_class_declares_its_fields(tmp_path):
    assert undeclared_fields(VIEW) == []
    (tmp_path / "a.mjs").write_text(
        "class A {\n  b = 1;\n  #c;\n\n  d() {\n    this.b = this.d;\n    this.e = this.#c;\n  }\n}\n", encoding="utf-8"
    )
    assert undeclared_fields(tmp_path) == ["a.mjs:e"]
