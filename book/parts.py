"""What is on the site that others have made: each part with its license, where its text is, and which files it is in.

`tests/book` holds the list to the built site: no file is without a part, and no part without a file.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A part that others have made.

    `package` is the Python package that brings it, whose metadata have the version and the license. Where they do not,
    `version` says it, `text` names a file in `assets/licenses`, and `notice` is what the license wants to be told.
    `{pyodide}`, `{python}` and `{numpy}` stand for the versions of the engine's parts, `{series}` for Python's without its last
    number.
    """

    name: str
    license: str
    home: str
    files: tuple[str, ...]
    package: str = ""
    version: str = ""
    text: str = ""
    notice: str = ""


ENGINE, FROZEN = "live/*/engine/", "live/*/engine/frozen/"
WASM = (f"{ENGINE}pyodide.asm.wasm", f"{FROZEN}python.wasm.packed")
PYTHON = (f"{FROZEN}library.packed", f"{FROZEN}memory.packed")  # its modules, and its memory after it has imported
LIBRARIES = f"{FROZEN}libraries.packed"
RESERVED = "with the reserved font name “Source”. Changed: other letters and weights are left out, and so it has another name."


def static(names):
    """Return the paths of files below `_static`."""
    return tuple(f"_static/{name}" for name in names.split())


def styled(names):
    """Return the paths of files below `_static`, some of them stylesheets, which loading.py joins into one."""
    return static(f"{names} styles/all-*.css")


PARTS = [
    Part("Pyodide", "MPL-2.0", "https://github.com/pyodide/pyodide", (*WASM, f"{ENGINE}*pyodide*", f"{FROZEN}pyodide*"),
         version="{pyodide}", text="MPL-2.0",
         notice="The source of this version is at its home, under the tag {pyodide}. Changed: what is frozen has nothing in "
                "it that no page uses."),
    Part("CPython", "PSF-2.0", "https://docs.python.org/{series}/license.html", (*WASM, f"{ENGINE}python_stdlib.zip", *PYTHON),
         version="{python}", text="PSF-2.0",
         notice="© 2001 Python Software Foundation. Its home lists what is incorporated in it."),
    Part("NumPy", "BSD-3-Clause", "https://numpy.org", (f"{ENGINE}numpy-*.whl", LIBRARIES, *PYTHON), version="{numpy}"),
    Part("Emscripten, with musl", "MIT", "https://emscripten.org", (*WASM, f"{ENGINE}*.asm.js", f"{FROZEN}*.asm.js"),
         text="MIT", notice="© 2010–2014 Emscripten authors; © 2005–2020 Rich Felker and others."),
    Part("libffi", "MIT", "https://sourceware.org/libffi/", WASM, text="MIT",
         notice="© 1996–2024 Anthony Green, Red Hat, Inc and others."),
    Part("zlib", "Zlib", "https://zlib.net", WASM, text="Zlib"),
    Part("bzip2", "bzip2-1.0.6", "https://sourceware.org/bzip2/", WASM, text="bzip2-1.0.6"),
    Part("Iris", "CC-BY-4.0", "https://doi.org/10.24432/C56C76", (f"{ENGINE}nnlib-*.whl", LIBRARIES),
         notice="R. A. Fisher, by way of the UCI Machine Learning Repository. Changed: the names of columns and species."),
    Part("Optical Recognition of Handwritten Digits", "CC-BY-4.0", "https://doi.org/10.24432/C50P49",
         (f"{ENGINE}nnlib-*.whl", LIBRARIES),
         notice="E. Alpaydin and C. Kaynak, by way of the UCI Machine Learning Repository. Changed: the form only."),
    Part("Pen-Based Recognition of Handwritten Digits", "CC-BY-4.0", "https://doi.org/10.24432/C5MG6K",
         (f"{ENGINE}nnlib-*.whl", LIBRARIES),
         notice="E. Alpaydin and F. Alimoglu, by way of the UCI Machine Learning Repository. Changed: the form and the order."),
    Part("MathJax, with its fonts", "Apache-2.0", "https://www.mathjax.org", styled("mathematics.css mathematics/*"),
         version="{mathjax}", text="Apache-2.0",
         notice="© The MathJax Consortium. Changed: the fonts have the letters of the book's formulas alone."),
    Part("Sphinx", "BSD-2-Clause", "https://www.sphinx-doc.org",
         static("basic.css doctools.js documentation_options.js sphinx_highlight.js searchtools.js language_data.js file.png "
                "plus.png minus.png"), package="sphinx"),
    Part("PyData Sphinx Theme", "BSD-3-Clause", "https://pydata-sphinx-theme.readthedocs.io",
         styled("styles/theme.css styles/pydata-sphinx-theme.css* webpack-macros.html "
                "inline/*"),
         package="pydata-sphinx-theme"),
    Part("Sphinx Book Theme", "BSD-3-Clause", "https://sphinx-book-theme.readthedocs.io",
         styled("styles/sphinx-book-theme.css* sbt-webpack-macros.html images/* locales/*"),
         package="sphinx-book-theme"),
    Part("Bootstrap", "MIT", "https://getbootstrap.com", styled("styles/pydata-sphinx-theme.css*"), text="MIT",
         notice="© 2011–2024 The Bootstrap Authors."),
    Part("Font Awesome Free", "MIT AND CC-BY-4.0", "https://fontawesome.com/license/free",
         styled("styles/pydata-sphinx-theme.css*"), text="MIT",
         notice="© 2024 Fonticons, Inc. Code: MIT license, which follows; icons, which the pages have in them, unchanged: "
                "CC BY 4.0."),
    Part("Source Serif", "OFL-1.1", "https://github.com/adobe-fonts/source-serif",
         static("book-text*.woff2 book-italic*.woff2 book-heading*.woff2"), version="4.004", text="OFL-1.1",
         notice=f"© 2014–2021 Adobe Systems Incorporated, {RESERVED}"),
    Part("Source Sans", "OFL-1.1", "https://github.com/adobe-fonts/source-sans", static("book-interface*.woff2"),
         version="3.052", text="OFL-1.1", notice=f"© 2023 Adobe, {RESERVED}"),
    Part("Source Code Pro", "OFL-1.1", "https://github.com/adobe-fonts/source-code-pro", static("book-code*.woff2"),
         version="1.026", text="OFL-1.1", notice=f"© 2023 Adobe, {RESERVED}"),
    Part("sphinx-togglebutton", "MIT", "https://sphinx-togglebutton.readthedocs.io", styled("togglebutton.*"),
         package="sphinx-togglebutton"),
    Part("sphinx-design", "MIT", "https://sphinx-design.readthedocs.io", styled("sphinx-design.*"),
         package="sphinx-design"),
    Part("MyST-NB", "BSD-3-Clause", "https://myst-nb.readthedocs.io", styled("mystnb.*"), package="myst-nb"),
    Part("sphinx-exercise", "MIT", "https://ebp-sphinx-exercise.readthedocs.io", styled("exercise.css"),
         package="sphinx-exercise"),
    Part("sphinx-proof", "BSD-3-Clause", "https://sphinx-proof.readthedocs.io", styled("proof.css"), package="sphinx-proof"),
    Part("Pygments", "BSD-2-Clause", "https://pygments.org", styled("pygments.css"), package="pygments"),
]  # fmt: skip

# What is the book's own, though Sphinx may have written the page around it.
OURS = ("*.html", "chapters/*", "embed/*", "_sources/*", "searchindex.js", "objects.inv", "service-worker.js", "_headers",
        ".nojekyll", "live/*/view/*", "live/*.css", "live/renew.js", "live/*.json", f"{ENGINE}files.json",
        f"{ENGINE}nnlib-*.whl", "_static/figures/*.json", *static("icon.svg touch-icon.png"),
        *static("typefaces.css book.css front.css find.css margin.css teaching.css handout.css"))  # fmt: skip
