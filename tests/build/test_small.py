"""Scripts become fewer bytes where the tool for it is installed, and do the same."""

import subprocess
from pathlib import Path

import pytest

from book.node import node
from book.small import program, small
from nnlib.live.join_modules import ENTRIES, VIEW, as_script

TOOLS = Path(__file__).parents[2] / ".cache" / "javascript"
SCRIPT = 'const words = ["nn-", "χ"];\n(() => { for (const word of words) { console.log(`${word}  two`); } })();\n'


def run(script):
    """Return what a script writes in Node."""
    return subprocess.run([node(), "-e", script], check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def esbuild():
    path = program(TOOLS)
    assert path, "run make .cache/javascript.complete"
    return path


def test_without_the_tool_there_is_none(tmp_path):
    assert program(tmp_path) is None


def test_a_script_does_the_same_in_fewer_bytes_and_each_time_the_same(esbuild):
    short = small(SCRIPT, esbuild)
    assert len(short) < len(SCRIPT) and short == small(SCRIPT, esbuild)
    assert run(short) == run(SCRIPT) == "nn-  two\nχ  two\n"


def test_what_is_no_script_is_told(esbuild):
    with pytest.raises(RuntimeError, match="esbuild has stopped"):
        small("const = 1;", esbuild)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_scripts_of_the_pages_lose_a_third(esbuild, name):
    script = as_script(VIEW / name)
    assert len(small(script, esbuild)) < 0.7 * len(script)
