"""Record what the same words mean in nnlib and in other libraries, into nnlib/data/words.json.

Each file beside this one is a word: its docstring says what is measured, and a function named after a library measures it
there. The function's docstring is what the word means in that library, its lines assert that, and what they return is shown.
Where a library has no such word, NONE says why; what was read in a source, and could not be run, is in READ, with the place.

`make peers` runs all of it anew, each library in its own process, and fails where a cell is not as it was recorded. nnlib's own
cells are run by `make test` as well. To renew the record, which the chapter *Where you go next* shows:

    .cache/peers/bin/python tests/peers/words/record.py
"""

import inspect
import json
import os
import subprocess
import sys
from datetime import date
from importlib import import_module, metadata
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
RECORD = ROOT / "nnlib" / "data" / "words.json"

#: The words in the chapter's order, in groups of which each is a cell there.
GROUPS = {
    "steps": ["adam_epsilon", "rmsprop_epsilon", "momentum_and_rate", "nesterov", "rate", "clipping"],
    "penalties": ["weight_decay", "adamw", "l2"],
    "layers": ["first_weights", "shapes", "precision", "dropout", "batch_norm", "gelu", "leaky_relu", "deviation"],
    "losses": ["squared_error", "several_outputs", "probability_or_logit", "probability_zero", "certain_mistake"],
    "epochs": ["batch_size", "left_over", "shuffling", "epoch_loss", "validation", "early_stopping"],
    "spikes": ["refractory"],
}

#: By the names of the functions: whose version is told, the environment of .cache that has it, and Keras's backend.
LIBRARIES = {
    "nnlib": (None, "peers", None),
    "pytorch": ("torch", "peers", None),
    "keras_on_jax": ("keras", "peers", "jax"),
    "keras_on_pytorch": ("keras", "peers", "torch"),
    "jax": ("optax", "peers", None),
    "scikit_learn": ("scikit-learn", "peers", None),
    "playground": (None, "peers", None),
    "brian2": ("brian2", "spiking", None),
    "nengo": ("nengo", "spiking", None),
    "snntorch": ("snntorch", "peers", None),
    "nest": (None, "spiking", None),
}
SPIKING = ("nnlib", "brian2", "nengo", "snntorch", "nest")
PLAYGROUND = "02469bd3751764b20486015d4202b792af5362a6"  #: The commit of TensorFlow Playground that was read.


def libraries_of(group):
    """Return the names of the libraries that a group of words compares."""
    return SPIKING if group == "spikes" else [name for name in LIBRARIES if name not in SPIKING[1:]]


def function_of(word, library):
    """Return the function that measures a word in a library; Keras's two backends may share one."""
    module = import_module(f"peers.words.{word}")
    return getattr(module, library, None) or getattr(module, library.partition("_on_")[0], None)


def lines_of(function):
    """Return the lines of a function, without its docstring."""
    lines = inspect.getsource(function).splitlines()
    end = next(at for at, line in enumerate(lines, 1) if at > 1 and line.rstrip().endswith('"""'))
    return "\n".join([lines[0], *lines[end:]])


def cell(word, library):
    """Return what a word means in a library: what it says, and what is shown with the lines, or why there is nothing."""
    function = function_of(word, library)
    module = import_module(f"peers.words.{word}")
    if function is None and library in getattr(module, "READ", {}):
        says, place = module.READ[library]
        return {"says": says, "read": place}
    if function is None:
        return {"none": module.NONE[library.partition("_on_")[0]]}
    return {"says": " ".join(function.__doc__.split()), "shows": function(), "lines": lines_of(function)}


def cells(libraries):
    """Return {word: {library: cell}} of the libraries that can run in this process."""
    return {
        word: {name: cell(word, name) for name in libraries if name in libraries_of(group)}
        for group, words in GROUPS.items()
        for word in words
    }


def run_elsewhere(library):
    """Return the cells of a library, run in a process of its own, and its version."""
    _, environment, backend = LIBRARIES[library]
    python = ROOT / ".cache" / environment / "bin" / "python"
    settings = {"KERAS_BACKEND": backend} if backend else {}
    told = subprocess.run([python, __file__, "--only", library], env=os.environ | settings, stdout=subprocess.PIPE, check=True)
    return json.loads(told.stdout)


def compute():
    """Return the record: the date, the versions, and the words, each with its cells by library."""
    record = {"date": date.today().isoformat(), "versions": {"playground": PLAYGROUND[:7]}, "words": []}
    found = {library: run_elsewhere(library) for library in LIBRARIES}
    for result in found.values():
        record["versions"] |= result["versions"]
    for group, words in GROUPS.items():
        for word in words:
            title, asks = inspect.getdoc(import_module(f"peers.words.{word}")).split("\n\n", 1)
            of_word = merged({library: found[library]["cells"][word][library] for library in libraries_of(group)})
            told = {"word": word, "group": group, "title": title, "asks": " ".join(asks.split())}
            record["words"].append(told | {"cells": of_word})
    return record


def merged(of_word):
    """Return the cells of a word with one for Keras where its two backends have the same."""
    if of_word.get("keras_on_jax") != of_word.get("keras_on_pytorch"):
        return of_word
    both = {"keras_on_jax": "keras"}
    return {both.get(library, library): cell for library, cell in of_word.items() if library != "keras_on_pytorch"}


def versions_of(library):
    """Return {package: version} of what a library's cells are run with, in this process."""
    packages = {"jax": ["jax", "optax"], "keras_on_jax": ["keras"]}.get(library, [LIBRARIES[library][0]])
    return {package: metadata.version(package).partition("+")[0] for package in packages if package}


def changes(old, new):
    """Return what differs between two records, a sentence a cell; the date alone is no difference."""
    before, after = (
        {(word["word"], library): cell for word in record["words"] for library, cell in word["cells"].items()}
        for record in (old, new)
    )
    told = [f"versions: {old['versions']}, now {new['versions']}"] if old["versions"] != new["versions"] else []
    for place in sorted(before | after):
        was, now = (record.get(place, {}) for record in (before, after))
        told += [
            f"{place[0]}, {place[1]}: {part} was {was.get(part)!r}, and is {now.get(part)!r}"
            for part in ("says", "shows", "read", "none", "lines")
            if was.get(part) != now.get(part)
        ]
    return told


def written(record):
    """Return a record as text, a line a cell."""
    words = []
    for word in record["words"]:
        told = ",\n".join(f"  {json.dumps(name)}: {json.dumps(one, ensure_ascii=False)}" for name, one in word["cells"].items())
        head = json.dumps({key: value for key, value in word.items() if key != "cells"}, ensure_ascii=False)[:-1]
        words.append(f'{head}, "cells": {{\n{told}\n}}}}')
    head = f'"date": {json.dumps(record["date"])},\n"versions": {json.dumps(record["versions"])}'
    return f"{{\n{head},\n" + '"words": [\n' + ",\n".join(words) + "\n]\n}\n"


def main(*arguments):
    """Write the record; compare with it instead after --compare; print one library's cells after --only."""
    if arguments[:1] == ("--only",):
        json.dump({"versions": versions_of(arguments[1]), "cells": cells([arguments[1]])}, sys.stdout)
        return 0
    computed = compute()
    if arguments == ("--compare",):
        told = changes(json.loads(RECORD.read_text(encoding="utf-8")), computed)
        print("\n".join(told) or f"{sum(len(word['cells']) for word in computed['words'])} cells mean what was recorded.")
        return bool(told)
    RECORD.write_text(written(computed), encoding="utf-8")
    print(f"{RECORD.relative_to(ROOT)}: {len(computed['words'])} words")
    return 0


if __name__ == "__main__":
    sys.path[0] = str(HERE.parents[1])  # tests, in place of this folder, whose names are no modules of their own
    sys.exit(main(*sys.argv[1:]))
