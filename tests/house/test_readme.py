"""The README keeps its word: its program prints what it says, its commands and files exist."""

import contextlib
import io
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_program_prints_what_it_says():
    [program], [told] = (re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL) for kind in ("python", "text"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {})
    assert printed.getvalue() == told


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "AUTHORING.md"])
def test_the_commands_and_files_that_are_named_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z-]+)", " ".join(re.findall(r"`[^`]*`", text)))) <= set(targets)
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if not (ROOT / link.partition("#")[0]).exists()] == []


def missing(text):
    """Return the files and folders that a text names in backticks, and that are nowhere in the repository."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split("\n")
    paths = [f"/{path}" for path in listed if (ROOT / path).is_file()]
    named = re.findall(r"`([\w/.-]+(?:\.(?:css|ipynb|js|json|md|mjs|py|ts|yml)|/))`", text)
    named = [name for name in named if not name.startswith("_build/")]  # what is made
    return [name for name in named if not any(path.endswith(f"/{name}") or f"/{name}" in f"{path}/" for path in paths)]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "AUTHORING.md"])
def test_no_row_of_a_table_stands_twice(name):
    rows = re.findall(r"^\|([^|]+)\|", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    rows = [row for row in rows if row.strip("- ")]
    assert [row for row in rows if rows.count(row) > 1] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "AUTHORING.md"])
def test_the_files_and_folders_of_the_maps_exist(name):
    assert missing((ROOT / name).read_text(encoding="utf-8")) == []


def test_a_file_that_has_moved_is_found():
    text = "`nnlib/live/page.py`, `judge.py`, `explorables/figures/`, `_build/b.json`, `exercises/judges/` and `a.word`"
    assert missing(text) == ["nnlib/live/page.py", "exercises/judges/"]
