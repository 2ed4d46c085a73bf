"""Compile Python's own modules, and NumPy's, to what Python would make of them; it runs in Pyodide's Python.

Docstrings, assertions and columns of positions are left out of these, which nobody reads in a page. `nnlib` keeps its
sources and docstrings, and is compiled beside them.
"""

import importlib._bootstrap_external
import importlib.util
import re
import sys
import warnings
import zipfile

HOME = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/"
SITE = f"{HOME}site-packages/"
LEFT_OUT = re.compile(r"/$|\.pyi$|(^|/)tests?/|^numpy/(f2py|distutils)/|^nnlib/live/view/|\.dist-info/(?!METADATA)")
INSISTS = "numpy/_core/multiarray.py"  # it hands its docstrings to functions written in C, which take no None
DOCUMENTATION = re.compile(r"^numpy/_core/_add_newdocs(_scalars)?\.py$")  # docstrings for what is written in C


def compiled(standard_library, numpy, nnlib):
    """Yield the files of the two packages and of the standard library as pairs of path and bytes."""
    warnings.simplefilter("ignore")  # of others' code
    for archive, folder in ((standard_library, HOME), (numpy, SITE), (nnlib, SITE)):
        with zipfile.ZipFile(archive) as files:
            for name in sorted(files.namelist()):
                if LEFT_OUT.search(name):
                    continue
                content = files.read(name)
                if name.endswith(".py") and archive != nnlib:
                    source = b"" if DOCUMENTATION.match(name) else content
                    yield folder + name + "c", _compile(source, f"/{folder}{name}", 1 if name == INSISTS else 2)
                    continue
                yield folder + name, content
                if name.endswith(".py"):
                    beside = re.sub(r"(\w+)\.py$", rf"__pycache__/\1.{sys.implementation.cache_tag}.pyc", name)
                    yield folder + beside, _compile(content, f"/{folder}{name}", 0)


def _compile(source, path, optimize):
    code = compile(source, path, "exec", dont_inherit=True, optimize=optimize)
    return importlib._bootstrap_external._code_to_hash_pyc(code, importlib.util.source_hash(source), False)
