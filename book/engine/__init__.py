"""Python, frozen for the pages: `freeze.py` makes it, `freeze.mjs` does it in Node, `view/thaw.mjs` is the other end."""
