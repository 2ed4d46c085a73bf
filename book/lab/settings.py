"""How the lab is set up, in the words of JupyterLite and JupyterLab."""

import sys
from pathlib import Path

# Loaded while Python starts: what the kernel asks for in any case, and what the chapters import.
KERNEL = ["micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"]
PACKAGES = [*KERNEL, "numpy", "matplotlib", "ipywidgets", "anywidget", "nnlib"]
# Named one by one, so that nothing comes along that happens to be installed.
EXTENSIONS = ["@jupyterlite/pyodide-kernel-extension", "@jupyter-widgets/jupyterlab-manager", "anywidget"]
APPS = ["notebooks", "tree", "edit", "consoles", "lab"]  # all that one of them leads to
ICON = "../_static/icon.svg"  # the book's, as the lab finds it
# The notebook's shortcuts swallow the arrow keys of a focused slider: keep them off it.
ARROWS = {
    "notebook:move-cursor-down": "ArrowDown",
    "notebook:move-cursor-up": "ArrowUp",
    "notebook:move-cursor-heading-above-or-collapse": "ArrowLeft",
    "notebook:move-cursor-heading-below-or-expand": "ArrowRight",
}
FOCUS = ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus"
OWN_KEYS = ":not(.noUi-handle):not([role=slider]):not(input):not(select)"


def for_build(output):
    """Return the settings of the command that builds the lab into the folder `output`."""
    installed = Path(sys.prefix, "share", "jupyter", "labextensions")
    return {
        "contents": ["files"],
        "output_dir": str(output),
        "apps": APPS,
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(installed / name) for name in EXTENSIONS],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }


def for_site():
    """Return the settings of the lab itself; what a reader edits is kept under JupyterLite's own name, by the lab's address."""
    kernel = {
        "pyodideUrl": "./pyodide/pyodide.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": PACKAGES},
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Neural Networks, Live",
            "faviconUrl": f"./{ICON}",  # what begins so is taken from the lab's folder, in every app
            "exposeAppInBrowser": True,  # so that tests, and the curious, can ask the notebook what it holds
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        },
    }


def overrides():
    """Return the settings of JupyterLab's plugins that differ from its own."""
    shortcuts = []
    for command, key in ARROWS.items():
        shortcuts.append({"command": command, "keys": [key], "selector": FOCUS, "disabled": True})
        shortcuts.append({"command": command, "keys": [key], "selector": FOCUS + OWN_KEYS})
    return {
        "@jupyterlab/shortcuts-extension:shortcuts": {"shortcuts": shortcuts},
        "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},  # dark where the reader's system is
    }
