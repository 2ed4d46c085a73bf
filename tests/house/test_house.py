"""The house rules: imports point one way, the core needs NumPy alone, modules stay small, one version is told."""

import ast
import io
import re
import subprocess
import sys
import textwrap
import tokenize
import tomllib
from itertools import permutations
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# In each package a module may import those before it. A new module finds its place here first.
ORDER = {
    "nnlib": (
        "palette wording arrays doors activations losses initializers layers normalization network exchange optimizers "
        "recording training sweep neuron perceptron biology gradients autodiff datasets exercises clinic plotting "
        "explorables live"
    ),
    "nnlib.explorables": "writing panels controls explorable models figures",
    "book": (
        "hooks toc leads downloads reference node repository small kept stale engine lab renew parts licenses_page binder "
        "theme numbers touch_icon metadata foot road icons lighter plots unbroken policy unused loading lessons room "
        "margin finding pages mathematics stills figures openers drawn face cards gallery teaching citing measured beside "
        "paper epub embed"
    ),
}
LONGEST = 300  # lines of code of a module
WHOLE = 1800  # lines of code of what the package teaches: neither its figures and their hosts, nor what draws for the book
DRAWS = {"plotting.py", "palette.py"}  # no chapter teaches them, and no network needs them
REFUSES = {"doors.py"}  # checks of arguments: no chapter teaches them, and no formula needs them


def wrong_imports(root, package):
    """Return the imports in `package` that point the wrong way, or that come from a module without a place in its order."""
    order, folder, faults = ORDER[package].split(), root.joinpath(*package.split(".")), []
    for path in sorted(folder.rglob("*.py")):
        here = path.relative_to(folder).parts[0].removesuffix(".py")
        if here == "__init__":
            continue
        if here not in order:
            faults.append(f"{here} has no place in the order of {package}")
            continue
        faults += [
            f"{path.relative_to(folder)} imports {other}, which does not come before {here}"
            for other in imported(path, package)
            if other not in order[: order.index(here) + 1]
        ]
    return faults


def imported(path, package):
    """Return the names of the modules of `package` that a file imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            names.add(f"{package}.a-relative-import")  # the course writes the full name, as its readers do
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if node.module == package else {node.module}
    return {name.removeprefix(f"{package}.").split(".")[0] for name in names if name.startswith(f"{package}.")}


def third_parties(statement):
    """Return the packages beyond the standard library that `statement` imports from files into a fresh interpreter."""
    program = f"""
        import sys
        before = set(sys.modules)
        {statement}
        files = [name for name in set(sys.modules) - before if getattr(sys.modules[name], "__spec__", None)]
        tops = {{name.partition(".")[0] for name in files}}
        print(*sorted(tops - set(sys.stdlib_module_names) - {{"nnlib"}}))
    """
    run = [sys.executable, "-W", "error", "-c", textwrap.dedent(program)]
    return subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()


def long_modules(package):
    """Return the modules in the folder `package` that are too long to read in one go."""
    lengths = {path: lines_of_code(path) for path in sorted(package.rglob("*.py"))}
    return [f"{path.relative_to(package)} has {n} lines of code" for path, n in lengths.items() if n > LONGEST]


def lines_of_code(path):
    """Return how many lines of a file hold code: neither blank, nor a comment, nor part of a docstring."""
    text = path.read_text(encoding="utf-8")
    nothing = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type not in nothing]
    code = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            code -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(code)


@pytest.mark.parametrize("package", ORDER)
def test_imports_point_one_way(package):
    assert wrong_imports(ROOT, package) == []


def figures_that_import_figures(root):
    """Return the figures that import another one: what two of them share is a model, or writing."""
    folder, package = root / "nnlib/explorables/figures", "nnlib.explorables.figures"
    return sorted(path.name for path in folder.glob("*.py") if path.stem != "__init__" and imported(path, package))


def test_no_figure_imports_another():
    assert figures_that_import_figures(ROOT) == []


@pytest.mark.parametrize(
    "line", ["from nnlib.explorables.figures.bumps import answers", "from nnlib.explorables.figures import bumps"]
)
def test_a_figure_that_imports_another_is_found(tmp_path, line):
    folder = tmp_path / "nnlib/explorables/figures"
    folder.mkdir(parents=True)
    for name, text in {"__init__": line, "bumps": "import numpy", "plane": line}.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    assert figures_that_import_figures(tmp_path) == ["plane.py"]


def test_what_runs_at_the_reader_does_not_know_what_builds():
    assert {name for path in (ROOT / "nnlib").rglob("*.py") for name in imported(path, "book")} == set()


@pytest.mark.parametrize(
    ("path", "line", "fault"),
    [
        ("nnlib/arrays.py", "import nnlib.network", "arrays.py imports network"),
        ("nnlib/losses.py", "from nnlib.layers import Dense", "losses.py imports layers"),
        ("nnlib/layers.py", "def late():\n    from nnlib import network", "layers.py imports network"),
        ("nnlib/explorables/figures/plane.py", "from nnlib.live.protocol import answer", "plane.py imports live"),
        ("nnlib/explorables/models/plane.py", "from nnlib.explorables.figures.bumps import Bumps", "plane.py imports figures"),
        ("nnlib/layers.py", "from .arrays import as_matrix", "layers.py imports a-relative-import"),
        ("nnlib/helpers.py", "import numpy", "helpers has no place"),
        ("book/engine/fetch.py", "from book.figures import put_figures", "fetch.py imports figures"),
    ],
)
def test_an_import_that_points_the_wrong_way_is_found(tmp_path, path, line, fault):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(f"from nnlib import palette\n{line}\n", encoding="utf-8")
    [found] = [fault for package in ORDER for fault in wrong_imports(tmp_path, package)]
    assert fault in found


@pytest.mark.parametrize("module", ["nnlib", "nnlib.explorables", "nnlib.live.protocol"])
def test_what_runs_in_the_browser_needs_numpy_alone(module):
    assert third_parties(f"import {module}") == ["numpy"]


def test_a_third_party_is_found():
    assert "matplotlib" in third_parties("import nnlib, matplotlib")


def test_no_module_is_too_long():
    assert long_modules(ROOT / "nnlib") == []


def test_a_module_that_is_too_long_is_found(tmp_path):
    docstring = '"""Say what it is.\n\nAt length: that is no code.\n"""\n'
    (tmp_path / "long.py").write_text(docstring + "x = 1\n" * (LONGEST + 1), encoding="utf-8")
    (tmp_path / "short.py").write_text(docstring + "x = 1\n" * LONGEST, encoding="utf-8")
    assert long_modules(tmp_path) == ["long.py has 301 lines of code"]


def test_the_package_can_be_read_whole_in_one_sitting():
    taught = [path for path in (ROOT / "nnlib").glob("*.py") if path.name not in DRAWS | REFUSES]
    assert sum(map(lines_of_code, taught)) <= WHOLE


def test_lines_of_code_are_counted_without_docstrings_comments_and_blank_lines(tmp_path):
    (tmp_path / "module.py").write_text(
        '"""One\nidea."""\n\n# why\n\ndef f():\n    """Say."""\n    return (1,\n        2)  # two\n'
    )
    assert lines_of_code(tmp_path / "module.py") == 3


def sizes_of_headings(css):
    """Return the largest size of h1, h2 and h3 in an article, in rem, where the stylesheet gives one."""
    rules = re.findall(r"\.bd-article (h[123]) \{ font-size: ([^;]*);", css)
    return {heading: float(re.findall(r"([\d.]+)rem", size)[-1]) for heading, size in rules}


def test_a_heading_is_larger_than_the_headings_below_it():
    sizes = sizes_of_headings((ROOT / "assets" / "book.css").read_text(encoding="utf-8"))
    assert sizes["h1"] > sizes["h2"] > sizes["h3"] > 1
    assert "h3" not in sizes_of_headings(".bd-article h2 { font-size: 1.6rem; }")


def test_one_version_is_told_everywhere():
    def told(name, pattern):
        return re.findall(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)

    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert told("CITATION.cff", r"^version: (.+)$") == [version]
    assert told("CHANGELOG.md", r"^## (\d\S*)")[0] == version
    assert set(told("README.md", r"nnlib[ =-]+(\d+\.\d+\.\d+)")) <= {version}


def test_readers_and_makers_install_the_same_ranges():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    ranges = {*project["dependencies"], *(line for extra in extras.values() for line in extra)}
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    assert wanted[-1] == "-e ."
    assert set(wanted[:-1]) - {"jupyterlab>=4.2"} <= ranges  # Jupyter is for readers alone: the book is built without it
    reader = {line for extra in ("plot", "live", "fit", "book") for line in extras[extra]}
    assert reader | set(project["dependencies"]) <= set(wanted)


def test_the_lock_has_a_checksum_for_every_package_and_knows_no_machine():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^(\S+)==\S+(?: ;[^\\]*)? \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z]", lock, re.MULTILINE)) > 100
    assert not re.search(r"://|find-links|index-url|^-e|file:", lock, re.MULTILINE)


def test_numpys_settings_are_changed_in_one_place():
    """`np.errstate` leaves them changed where Ctrl-C comes between its lines; `nnlib.arrays.quiet` does not."""
    files = [path for path in (ROOT / "nnlib").rglob("*.py") if path.name != "arrays.py"]
    changing = re.compile(r"np\.(errstate|seterr)\(")
    assert [path.name for path in files if changing.search(path.read_text(encoding="utf-8"))] == []
    assert changing.search("@np.errstate(all=None)")


def styled(css):
    """Return the classes of the view that a style sheet styles wherever they stand, not only within something of its own."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    while (within := re.sub(r"\([^()]*\)", "", bare)) != bare:  # the selectors of an :is() are parted by commas, too
        bare = within
    found = [one.strip() for rule in re.findall(r"([^{};]+)\{", bare) for one in rule.split(",")]
    return {match[1] for one in found if (match := re.fullmatch(r"\.(nn-[\w-]+)(\[[^\]]*\]|::?[\w-]+)*", one))}


def named(folder):
    """Return the classes that the modules of a part of the view name."""
    modules = (ROOT / "nnlib" / "live" / "view" / folder).glob("*.mjs")
    return {name for path in modules for name in re.findall(r"\bnn-[\w-]+", path.read_text(encoding="utf-8"))}


def test_no_class_is_styled_by_two_style_sheets():
    assert styled(".nn-a, .nn-b > p { x: y; } @media print { .nn-c[data-d], .nn-e .nn-f { x: y; } }") == {"nn-a", "nn-c"}
    figures, lessons = ((ROOT / "nnlib" / "live" / "view" / name).read_text(encoding="utf-8")
                        for name in ("figure/figures.css", "lessons/lessons.css"))  # fmt: skip
    assert styled(figures) and styled(lessons)
    sheets = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "assets").glob("*.css")}
    del sheets["lost.css"]  # stands on find.css
    del sheets["paper.css"]  # stands on all of them, and no page of the site has it
    named_in = {name: set(re.findall(r"\.(nn-[\w-]+)", css)) for name, css in sheets.items()}
    clashes = {(one, other): styled(sheets[one]) & named_in[other] for one, other in permutations(sheets, 2)}
    assert {pair: classes for pair, classes in clashes.items() if classes} == {}  # a card lay over the page's other cards
    assert not styled(figures) & styled(lessons)  # paper hid the points of the figures with the marks of progress
    assert styled(figures) & named("lessons") == {"nn-buttons", "nn-status"}  # a look that both are meant to have
    assert not styled(lessons) & (named("figure") | named("panels") | named("controls"))
