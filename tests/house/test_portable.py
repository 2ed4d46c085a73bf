"""What runs on Linux runs on macOS and Windows: no shell, no paths of one system, no encoding that is left to it."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL = re.compile(r"^\s*(?:!|%%?(?:bash|sh|cmd|system|sx|pip|conda|cd|env)\b|\w+\s*=\s*!)", re.MULTILINE)
PLACES = re.compile(r"^(?:/(?:tmp|usr|home|dev|etc|var)\b|~/|[A-Za-z]:\\)")


def tricks_of_a_cell(source):
    """Return the lines of a notebook's cell that ask a shell."""
    return [match[0].strip() for match in SHELL.finditer(source)]


def tricks_of_a_module(source):
    """Return what a module does that another system may not understand."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and PLACES.match(node.value):
            found.append(f"the path {node.value}")
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        given = {word.arg: ast.unparse(word.value) for word in node.keywords}
        if name in ("os.system", "os.popen", "os.fork") or given.get("shell") == "True":
            found.append(f"the shell of {name}")
        binary = len(node.args) > 1 and "b" in ast.unparse(node.args[1])
        opens = name.endswith((".read_text", ".write_text")) or (name == "open" and not binary)
        if opens and "encoding" not in given:
            found.append(f"the encoding of {name}")
    return found


def test_no_notebook_asks_a_shell():
    for path in sorted((ROOT / "chapters").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert [t for c in cells if c["cell_type"] == "code" for t in tricks_of_a_cell("".join(c["source"]))] == [], path.name


@pytest.mark.parametrize("cell", ["!pip install x", "%pip install x", "%%bash\nls", "files = !ls", "x = 1\n  !ls", "%cd .."])
def test_a_cell_that_asks_a_shell_is_found(cell):
    assert len(tricks_of_a_cell(cell)) == 1


def test_a_cell_of_python_is_none():
    assert tricks_of_a_cell("%config A.b = 1\nx = 5 % 2\nif x != 1:\n    y = not x\n") == []


def test_the_package_and_its_tools_have_no_tricks():
    modules = [path for folder in ("nnlib", "tools") for path in sorted((ROOT / folder).rglob("*.py"))]
    found = {path.relative_to(ROOT).as_posix(): tricks_of_a_module(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: tricks for name, tricks in found.items() if tricks} == {}


@pytest.mark.parametrize(
    ("line", "trick"),
    [
        ("os.system('ls')", "the shell of os.system"),
        ("subprocess.run('ls', shell=True)", "the shell of subprocess.run"),
        ("open(path)", "the encoding of open"),
        ("path.read_text()", "the encoding of path.read_text"),
        ("Path('/tmp/x')", "the path /tmp/x"),
        (r"Path('C:\\x')", "the path C:\\x"),
    ],
)
def test_a_trick_in_a_module_is_found(line, trick):
    assert tricks_of_a_module(line) == [trick]


def test_the_commands_without_make_are_those_of_make():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    [block] = re.findall(r"`make serve` is this:\n\n```sh\n(.*?)```", readme, re.DOTALL)
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    made = made.replace("--quiet ", "").replace("$(PIP)", "$(PY) -m pip").replace("$(PY)", ".venv/bin/python")
    made = made.replace("$(PYTHON)", "python")
    assert [line for line in block.splitlines() if line not in made] == []
