"""What the programs of one Python share, and a program can change for those that come after: NumPy, nnlib and the builtins."""

import sys

import numpy as np

SHARED = {"builtins", "math", "numpy", "nnlib", "random"}
SETTINGS = {
    "how NumPy prints (np.set_printoptions)": np.get_printoptions,
    "what NumPy does about errors (np.seterr)": np.geterr,
    "what NumPy calls for errors (np.seterrcall)": np.geterrcall,
}


def snapshot():
    """Return what is shared now, for `changed`: the names of modules and of nnlib's classes, and NumPy's settings."""
    spaces = {name: module for name, module in list(sys.modules.items()) if name.partition(".")[0] in SHARED}
    for module in [module for name, module in spaces.items() if name.startswith("nnlib")]:
        for kind in vars(module).values():
            if isinstance(kind, type) and kind.__module__.startswith("nnlib"):
                spaces[f"{kind.__module__}.{kind.__name__}"] = kind
    return [(name, space, dict(vars(space))) for name, space in spaces.items()], {name: get() for name, get in SETTINGS.items()}


def changed(before) -> list[str]:
    """Return in words what is another thing than it was; what has been added changes nothing."""
    spaces, settings = before
    gone = object()
    found = [
        f"{name}.{key}"
        for name, space, names in spaces
        for key, value in names.items()
        if vars(space).get(key, gone) is not value and key not in ("__warningregistry__", "_")
    ]
    return found + [name for name, get in SETTINGS.items() if get() != settings[name]]
