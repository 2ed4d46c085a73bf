"""The lab: every chapter as a notebook that runs in the reader's browser, beside the book; `build.py` makes it."""
