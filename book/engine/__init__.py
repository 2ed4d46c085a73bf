"""Python, frozen for the pages: `freeze.py` makes it, `freeze.mjs` does it in Node, `view/engine/thaw.mjs` is the other end."""
