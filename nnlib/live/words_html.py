"""What the same words mean in other libraries: the record of `tests/peers/words`, as tables for a chapter."""

import json
import re
from functools import lru_cache
from html import escape
from importlib.resources import files

#: What readers call a library, by its name in the record; "{package}" is a version there.
LIBRARIES = {
    "nnlib": "nnlib",
    "pytorch": "PyTorch {torch}",
    "keras": "Keras {keras} on JAX and on PyTorch",
    "keras_on_jax": "Keras {keras} on JAX",
    "keras_on_pytorch": "Keras {keras} on PyTorch",
    "jax": "JAX {jax} and Optax {optax}",
    "scikit_learn": "scikit-learn {scikit-learn}",
    "playground": "TensorFlow Playground, commit {playground}",
    "brian2": "Brian2 {brian2}",
    "nengo": "Nengo {nengo}",
    "snntorch": "snnTorch {snntorch}",
    "nest": "NEST",
}


@lru_cache
def record():
    """Return the record: its date, the versions, and the words with their cells."""
    return json.loads((files("nnlib") / "data" / "words.json").read_text(encoding="utf-8"))


class Words:
    """The words of a group: a table each, in HTML behind a line to click on, in a terminal as text.

    Libraries that mean the same share a row; each name leads to the lines that were run.
    """

    def __init__(self, group):
        self.words = [word for word in record()["words"] if word["group"] == group]
        if not self.words:
            groups = ", ".join(dict.fromkeys(word["group"] for word in record()["words"]))
            raise ValueError(f"no words are in a group {group!r}: choose one of {groups}.")

    def __repr__(self):
        return "\n\n".join(_text(word) for word in self.words)

    def _repr_html_(self):
        return "\n".join(_html(word) for word in self.words)


def meanings(group) -> Words:
    """Return what a group of words means: "steps", "penalties", "layers", "losses", "epochs" or "spikes".

    Examples
    --------
    >>> print(str(meanings("spikes")).splitlines()[2])
      15.9 ms: nnlib
    """
    return Words(group)


def name_of(library) -> str:
    """Return what readers call a library, without its version."""
    return re.sub(r",? (commit )?{[\w-]+}", "", LIBRARIES[library])


def libraries() -> list[str]:
    """Return the libraries with their versions, and the day on which they were run.

    Examples
    --------
    >>> libraries()[0]
    'PyTorch 2.13.0'
    """
    named = [name for library, name in LIBRARIES.items() if "{" in name and "_on_" not in library]
    told = [re.sub(r"{([\w-]+)}", lambda found: record()["versions"][found[1]], name) for name in named]
    return [*told, f"run on {record()['date']}"]


def rows_of(word):
    """Return the rows of a word's table, (libraries, cell), those first that mean what the first does."""
    rows = {}
    for library, cell in word["cells"].items():
        if "says" in cell:
            rows.setdefault((cell["says"], cell.get("shows"), cell.get("read")), []).append(library)
    return [(libraries, word["cells"][libraries[0]]) for libraries in rows.values()]


def _text(word):
    told = [word["title"], f"  {word['asks']}"]
    for libraries, cell in rows_of(word):
        told.append(f"  {cell.get('shows', 'read')}: {', '.join(map(name_of, libraries))}\n    {cell['says']}")
    return "\n".join(told)


def _html(word):
    rows = "".join(_row(word, libraries, cell) for libraries, cell in rows_of(word))
    without = [f"{name_of(library)} ({_prose(cell['none'])})" for library, cell in word["cells"].items() if "none" in cell]
    without = f"<p>Without this word: {'; '.join(without)}.</p>" if without else ""
    lines = "".join(
        f'<p>{name_of(library)}</p><pre id="{_place(word, library)}">{escape(cell["lines"])}</pre>'
        for library, cell in word["cells"].items()
        if "lines" in cell
    )
    return (
        f'<details class="nn-word"><summary>{_prose(word["title"])}</summary><p>{_prose(word["asks"])}</p>'
        '<table class="table"><thead><tr><th scope="col">Measured</th><th scope="col">What it means</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>{without}<details><summary>The lines that were run</summary>{lines}</details></details>"
    )


def _row(word, libraries, cell):
    names = [
        f'<a href="#{_place(word, library)}">{name_of(library)}</a>' if "lines" in word["cells"][library] else name_of(library)
        for library in libraries
    ]
    measured = escape(cell["shows"]) if "shows" in cell else f"<i>read</i> in {escape(cell['read'])}"
    return f"<tr><td>{measured}</td><td><b>{', '.join(names)}</b><br>{_prose(cell['says'])}</td></tr>"


def _place(word, library):
    return f"word-{word['word']}-{library}"


def _prose(text):
    """Return text as HTML, in which `code` and *stress* are marked as in Markdown."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
    return re.sub(r"(?<!\w)\*(\w[^*]*)\*", r"<em>\1</em>", text)
