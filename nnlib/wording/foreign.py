"""What other libraries call what nnlib has: whoever comes from Keras, PyTorch or scikit-learn is told our name for it.

The errors of the package ask here, and no other module knows a foreign name. The words are in `data/foreign.txt`: after
[names] those of functions, losses and first weights, in small letters without underscores; after [arguments] those of
arguments; after [instead] arguments that have no like here, and after [methods] what their networks can do, both with what
there is in their place.
"""

import difflib
import functools
import inspect
from importlib.resources import files

from nnlib.wording.printable import printable

OF_OPTIMIZERS = ("learning_rate", "momentum", "nesterov", "weight_decay")


@functools.cache
def words(section) -> dict:
    """Return the lines of a section, "ours = theirs" or "theirs = what to do", as a dictionary."""
    text = (files("nnlib") / "data" / "foreign.txt").read_text(encoding="utf-8")
    lines = text.partition(f"[{section}]\n")[2].partition("\n\n")[0]
    return dict(line.split(" = ", 1) for line in lines.splitlines())


def closest(name, table):
    """Return the name in `table` that is most likely meant by `name`, one that is foreign or misspelled; or None."""
    squeezed = {_squeezed(known): known for known in table}
    word = _squeezed(name)
    ours = next((ours for ours, theirs in words("names").items() if word in theirs.split() and ours in table), None)
    near = difflib.get_close_matches(word, squeezed, n=1) if len(word) <= 100 else []
    return squeezed.get(word) or ours or (squeezed[near[0]] if near else None)


def _squeezed(name):
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def our_arguments(function, more=None):
    """Return `function`, which refuses an argument of another library, or a misspelled one, and names ours.

    It may hand arguments on to a function `more`, and takes those as well. Any other argument is Python's to refuse.
    """
    arguments = [*inspect.signature(function).parameters, *(inspect.signature(more).parameters if more else ())]

    @functools.wraps(function)
    def door(*values, **by_name):
        for name in by_name:
            if name not in arguments and (cure := _cure(name, arguments)):
                called = function.__qualname__.removesuffix(".__init__")
                raise TypeError(printable(f"{called} has no argument {name!r}: {cure}"))
        return function(*values, **by_name)

    return door


def _cure(name, arguments):
    table, instead = words("arguments"), words("instead").get(name)
    meant = [ours for ours, theirs in table.items() if name in theirs.split()]
    if not meant and not instead:
        meant = [closest(name, [*arguments, *table])]
    for ours in meant:
        if ours in arguments:
            return f"write {ours}=…"
        if ours in OF_OPTIMIZERS and "optimizer" in arguments:
            return f"it is the optimizer's, write optimizer=SGD({ours}=…)."
    return instead
